"""The near plate, where it is left out because it would hide the body: the rim of a plate of glass.

A pale rim stands where the plate's is, with a fine line round it. It stops at the body and at the
equipment, so that nothing runs over a muscle and nothing reads as a mark on something else.
"""

from __future__ import annotations

import math
import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.muscle import Side
from visualizer.exercise.repetition import Instant
from visualizer.lifts.motion import PLATE_RADIUS_M
from visualizer.render import Camera, Picture
from visualizer.render.camera import NEAR_M
from visualizer.render.places import parts_at
from visualizer.scene.equipment import PLATE_FROM_MIDDLE_M
from visualizer.scene.overlay import Area, Motif, Overlay, Shape
from visualizer.scene.palette import Theme

__all__ = ["on_outline", "plate_outline"]

_STEPS = 96
_FREE = re.compile(b"\x01{2,}")  # two steps or more
_RIM_M = 0.024
_LEAST_INSIDE = 0.9  # share of the rim within the picture
_WIDTH = 1.5 / 1080  # of the fine line, share of the picture's height
_NEAR = 0.025  # of the picture's height: what counts as pointing at it


_OUTER_M, _INNER_M = PLATE_RADIUS_M, PLATE_RADIUS_M - _RIM_M
_TURNS = np.arange(_STEPS) * 2.0 * math.pi / _STEPS
_CIRCLE = np.stack([np.cos(_TURNS), np.sin(_TURNS), np.ones(_STEPS)], axis=-1)
# (2, steps, 3): across, up and 1 of the outer and of the inner edge, metres from the bar's axis
_EDGES = _CIRCLE * np.array([[[_OUTER_M, _OUTER_M, 1.0]], [[_INNER_M, _INNER_M, 1.0]]])


def plate_outline(
    instant: Instant, side: Side, camera: Camera, picture: Picture, look: Theme
) -> Area | None:
    """Return the rim of the plate on a side, where nothing is behind it; None for none.

    A rim that leaves the picture reads as a stray line: then there is none.

    Parameters
    ----------
    instant : Instant
        Where the bar is.
    side : Side
        Which plate.
    camera, picture
        Tell where the rim lies and what is there.
    look : Theme
        Colours.
    """
    matrix = _plane(instant, side, camera, picture.size)
    seen = _seen(matrix)
    if seen is None:
        return None
    width, height = picture.size
    low, high = seen[0].min(axis=0).tolist(), seen[0].max(axis=0).tolist()
    if min(low) < 0.0 or high[0] >= width or high[1] >= height:
        inside = (seen >= 0.0) & (seen < (width, height))
        if inside.all(axis=2).mean() < _LEAST_INSIDE:
            return None
    # beside the picture nothing is behind it
    shown = parts_at(picture, seen.reshape(-1, 2)).tolist()
    free = [a < 0 and b < 0 for a, b in zip(shown[:_STEPS], shown[_STEPS:], strict=True)]
    runs = _runs(free)
    if not runs:
        return None
    line_m = _WIDTH / 2.0 * camera.height_m
    return Area(_rim(runs, line_m, look.glass_rim, look.glass_edge), matrix)


@lru_cache(maxsize=128)
def _rim(runs: tuple[tuple[int, int], ...], line_m: float, rim: str, edge: str) -> Motif:
    """Return a rim with a fine line, so wide to either side, on some stretches; metres."""
    # strokes as wide as that would take three times as long to paint
    bands = ((_OUTER_M, _INNER_M, rim), (_OUTER_M + line_m, _OUTER_M - line_m, edge))
    circle = [(x, y) for x, y, _ in _CIRCLE.tolist()] * 2
    return Motif(
        Overlay(
            shapes=tuple(
                Shape(
                    (
                        *[(x * far, y * far) for x, y in circle[start:end]],
                        *[(x * near, y * near) for x, y in reversed(circle[start:end])],
                    ),
                    colour,
                )
                for far, near, colour in bands
                for start, end in runs
            )
        ),
        turns=True,
    )


def _plane(
    instant: Instant, side: Side, camera: Camera, size: tuple[int, int]
) -> tuple[tuple[float, float, float], ...]:
    """Return what takes places of the plate, [across, up, 1] in metres, into the picture."""
    (ax, ay, az), across, up, (dx, dy, dz) = camera.matrix(size).tolist()
    x, y, z = instant.bar_position_m.tolist()
    x += PLATE_FROM_MIDDLE_M * (1.0 if side is Side.LEFT else -1.0)
    (bx, by, bz), (cx, cy, cz) = across, up
    middle = (
        x * ax + y * bx + z * cx + dx,
        x * ay + y * by + z * cy + dy,
        x * az + y * bz + z * cz + dz,
    )
    return (bx, by, bz), (cx, cy, cz), middle


def _seen(matrix: tuple[tuple[float, float, float], ...]) -> NDArray[np.float64] | None:
    """Return where outer and inner edge of the rim are seen, pixels (2, steps, 2).

    None where some of it is behind a camera that stands close.
    """
    (*_, across), (*_, up), (*_, depth) = matrix
    if depth - 1.1 * _OUTER_M * math.hypot(across, up) <= NEAR_M:
        return None
    seen = _EDGES @ np.array(matrix)
    return np.asarray(seen[..., :2] / seen[..., 2:])


def _runs(free: list[bool]) -> tuple[tuple[int, int], ...]:
    """Return where each stretch of a ring that is free begins and ends, steps; longer than one."""
    count = len(free)
    if all(free):
        return ((0, count + 1),)
    start = free.index(False)
    turned = bytes(free[start:] + free[:start])
    return tuple((start + run.start(), start + run.end()) for run in _FREE.finditer(turned))


def on_outline(
    instant: Instant, side: Side, camera: Camera, size: tuple[int, int], place: tuple[float, float]
) -> bool:
    """Return whether a place (x, y in pixels of a picture of this size) is on the rim."""
    at = _seen(_plane(instant, side, camera, size))
    if at is None:
        return False
    away = np.hypot(*(at[0] - place).T)
    return bool((away < _NEAR * size[1]).any())
