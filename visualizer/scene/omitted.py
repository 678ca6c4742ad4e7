"""The near plate, where it is left out because it would hide the body: the rim of a plate of glass.

A pale rim stands where the plate's is, with a fine line round it. It stops at the body and at the
equipment, so that nothing runs over a muscle and nothing reads as a mark on something else.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.muscle import Side
from visualizer.exercise.repetition import Instant
from visualizer.lifts.motion import PLATE_RADIUS_M
from visualizer.render import Camera, Picture
from visualizer.scene.equipment import PLATE_FROM_MIDDLE_M
from visualizer.scene.overlay import Stroke
from visualizer.scene.palette import Theme

__all__ = ["on_outline", "plate_outline"]

_STEPS = 96
_RIM_M = 0.024
_LEAST_INSIDE = 0.9  # share of the rim within the picture
_WIDTH = 1.5 / 1080  # of the fine line, share of the picture's height
_NEAR = 0.025  # of the picture's height: what counts as pointing at it


def _ring(radius_m: float) -> NDArray[np.float64]:
    """Return the points (steps, 3) of a circle round the bar's axis, metres."""
    angle = np.arange(_STEPS) * 2 * math.pi / _STEPS
    return radius_m * np.stack([0 * angle, np.cos(angle), np.sin(angle)], -1)


_RIMS_M = np.stack([_ring(PLATE_RADIUS_M), _ring(PLATE_RADIUS_M - _RIM_M)])


def plate_outline(
    instant: Instant, side: Side, camera: Camera, picture: Picture, look: Theme
) -> tuple[Stroke, ...]:
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
    at = _seen_at(instant, side, camera, picture.size)
    width, height = picture.size
    if not np.isfinite(at).all():  # some of it is behind a camera that stands close
        return ()
    column, row = np.moveaxis(np.floor(at).astype(int), -1, 0)
    inside = (column >= 0) & (row >= 0) & (column < width) & (row < height)
    if inside.mean() < _LEAST_INSIDE:
        return ()
    part = picture.part[np.where(inside, row, 0), np.where(inside, column, 0)]
    free = ~(inside & (part >= 0)).any(axis=0)
    outer, inner = at
    wide = float(np.median(np.hypot(*(outer - inner).T)))
    rim = [
        Stroke(run, look.glass_rim, wide, blunt=True) for run in _runs((outer + inner) / 2.0, free)
    ]
    edge = [Stroke(run, look.glass_edge, _WIDTH * height, blunt=True) for run in _runs(outer, free)]
    return (*rim, *edge)


def _seen_at(
    instant: Instant, side: Side, camera: Camera, size: tuple[int, int]
) -> NDArray[np.float64]:
    """Return where the outer and the inner edge of the rim are seen, pixels (2, steps, 2)."""
    x = PLATE_FROM_MIDDLE_M * (1.0 if side is Side.LEFT else -1.0)
    return camera.project(_RIMS_M + instant.bar_position_m + (x, 0.0, 0.0), size)[..., :2]


def _runs(
    ring: NDArray[np.float64], free: NDArray[np.bool_]
) -> list[tuple[tuple[float, float], ...]]:
    """Return the lines along a ring (steps, 2) where it is free."""
    if free.all():
        return [tuple((x, y) for x, y in [*ring.tolist(), ring[0].tolist()])]
    start = int(np.argmin(free))  # where it is covered
    ring, free = np.roll(ring, -start, axis=0), np.roll(free, -start)
    edges = np.flatnonzero(np.diff(np.concatenate(([False], free, [False])).astype(int)))
    pairs = edges.reshape(-1, 2)
    return [tuple((x, y) for x, y in ring[a:b].tolist()) for a, b in pairs if b - a > 1]


def on_outline(
    instant: Instant, side: Side, camera: Camera, size: tuple[int, int], place: tuple[float, float]
) -> bool:
    """Return whether a place (x, y in pixels of a picture of this size) is on the rim."""
    away = np.hypot(*(_seen_at(instant, side, camera, size)[0] - place).T)
    return bool((away < _NEAR * size[1]).any())
