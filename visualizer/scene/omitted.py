"""The near plate, where it is left out because it would hide the body: the rim of a plate of glass.

A pale rim stands where the plate's is, with a fine line round it. It stops at the body and at the
equipment, so that nothing runs over a muscle and nothing reads as a mark on something else.
"""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.muscle import Side
from visualizer.exercise.repetition import Instant
from visualizer.lifts.motion import PLATE_RADIUS_M
from visualizer.render import Camera, Picture
from visualizer.render.camera import NEAR_M
from visualizer.render.places import parts_at
from visualizer.scene.equipment import PLATE_FROM_MIDDLE_M
from visualizer.scene.overlay import Shape
from visualizer.scene.palette import Theme

__all__ = ["on_outline", "plate_outline"]

_STEPS = 96
_FREE = re.compile(b"\x01{2,}")  # two steps or more
_RIM_M = 0.024
_LEAST_INSIDE = 0.9  # share of the rim within the picture
_WIDTH = 1.5 / 1080  # of the fine line, share of the picture's height
_NEAR = 0.025  # of the picture's height: what counts as pointing at it


_TURNS = np.arange(_STEPS) * 2.0 * math.pi / _STEPS
_CIRCLE = np.stack([np.cos(_TURNS), np.sin(_TURNS)], axis=-1)  # (steps, 2): across, up


def plate_outline(
    instant: Instant, side: Side, camera: Camera, picture: Picture, look: Theme
) -> tuple[Shape, ...]:
    """Return the rim of the plate on a side, where nothing is behind it.

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
    width, height = picture.size
    seen = _seen_at(instant, side, camera, picture.size, _WIDTH * height / 2.0)
    if seen is None:
        return ()
    beyond, rim, within, inner = seen.tolist()
    if min(map(min, rim)) < 0.0 or max(rim)[0] >= width or max(y for _, y in rim) >= height:
        inside = (seen[1::2] >= 0.0) & (seen[1::2] < (width, height))
        if inside.all(axis=2).mean() < _LEAST_INSIDE:
            return ()
    # beside the picture nothing is behind it
    shown = parts_at(picture, seen[1::2].reshape(-1, 2)).tolist()
    free = [a < 0 and b < 0 for a, b in zip(shown[:_STEPS], shown[_STEPS:], strict=True)]
    runs = _runs(free)
    return tuple(
        [_band(rim, inner, run, look.glass_rim) for run in runs]
        + [_band(beyond, within, run, look.glass_edge) for run in runs]
    )


def _band(
    far: list[list[float]], near: list[list[float]], run: tuple[int, int], colour: str
) -> Shape:
    """Return what lies between two rings on a stretch of steps; the second turn follows on."""
    # a stroke as wide as that would take three times as long to paint
    start, end = run
    between: tuple[Any, ...] = (*(far * 2)[start:end], *(near * 2)[start:end][::-1])
    return Shape(tuple(map(tuple, between)), colour)


def _seen_at(
    instant: Instant, side: Side, camera: Camera, size: tuple[int, int], line_px: float = 0.0
) -> NDArray[np.float64] | None:
    """Return where the rim is seen, pixels (4, steps, 2).

    So far beyond and within its outer edge as half of the fine line is wide, and between the two
    that edge: first, third and second; last the inner edge. None where some of it is behind a
    camera that stands close.
    """
    matrix = camera.matrix(size)
    x, y, z = instant.bar_position_m.tolist()
    x += PLATE_FROM_MIDDLE_M * (1.0 if side is Side.LEFT else -1.0)
    middle = [x * a + y * b + z * c + d for a, b, c, d in zip(*matrix.tolist(), strict=True)]
    reach = PLATE_RADIUS_M * math.hypot(matrix[1, 2], matrix[2, 2])
    if middle[2] - 1.1 * reach <= NEAR_M:
        return None
    line_m = line_px * middle[2] / camera.focal_px(size[1])
    outer, inner = PLATE_RADIUS_M, PLATE_RADIUS_M - _RIM_M
    radii_m = np.array([outer + line_m, outer, outer - line_m, inner])
    seen = middle + radii_m[:, None, None] * (_CIRCLE @ matrix[1:3])
    return np.asarray(seen[..., :2] / seen[..., 2:])


def _runs(free: list[bool]) -> list[tuple[int, int]]:
    """Return where each stretch of a ring that is free begins and ends, steps; longer than one."""
    count = len(free)
    if all(free):
        return [(0, count + 1)]
    start = free.index(False)
    turned = bytes(free[start:] + free[:start])
    return [(start + run.start(), start + run.end()) for run in _FREE.finditer(turned)]


def on_outline(
    instant: Instant, side: Side, camera: Camera, size: tuple[int, int], place: tuple[float, float]
) -> bool:
    """Return whether a place (x, y in pixels of a picture of this size) is on the rim."""
    at = _seen_at(instant, side, camera, size)
    if at is None:
        return False
    away = np.hypot(*(at[1] - place).T)
    return bool((away < _NEAR * size[1]).any())
