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
from visualizer.render.camera import NEAR_M
from visualizer.scene.equipment import PLATE_FROM_MIDDLE_M
from visualizer.scene.overlay import Shape
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


# with a fourth coordinate of 1 for the plate's middle
_RIMS = np.stack(
    [
        np.concatenate([_ring(radius_m), np.ones((_STEPS, 1))], axis=1)
        for radius_m in (PLATE_RADIUS_M, PLATE_RADIUS_M - _RIM_M)
    ]
)


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
    at = _seen_at(instant, side, camera, picture.size)
    if at is None:
        return ()
    (width, height), part = picture.size, picture.part.reshape(-1)
    column, row = at.astype(np.intp).transpose(2, 0, 1)
    low, high = at.min(axis=(0, 1)).tolist(), at.max(axis=(0, 1)).tolist()
    if min(low) >= 0.0 and high[0] < width and high[1] < height:
        covered = part[row * width + column] >= 0
    else:
        inside = (at >= 0.0).all(axis=2) & (column < width) & (row < height)
        if np.count_nonzero(inside) < _LEAST_INSIDE * inside.size:
            return ()
        covered = inside & (part[np.where(inside, row * width + column, 0)] >= 0)
    runs = _runs(~(covered[0] | covered[1]))
    outer, inner = at
    across = outer - inner
    line = across * (_WIDTH * height / 2.0 / np.hypot(across[:, 0], across[:, 1]))[:, None]
    return tuple(
        _band(far[run], near[run], colour)
        for far, near, colour in (
            (outer, inner, look.glass_rim),
            (outer + line, outer - line, look.glass_edge),
        )
        for run in runs
    )


def _band(far: NDArray[np.float64], near: NDArray[np.float64], colour: str) -> Shape:
    """Return what lies between two lines (n, 2) that run beside each other."""
    # a stroke as wide as that would take three times as long to paint
    return Shape(tuple(map(tuple, (*far.tolist(), *near[::-1].tolist()))), colour)


def _seen_at(
    instant: Instant, side: Side, camera: Camera, size: tuple[int, int]
) -> NDArray[np.float64] | None:
    """Return where the outer and the inner edge of the rim are seen, pixels (2, steps, 2).

    None where some of it is behind a camera that stands close.
    """
    matrix = camera.matrix(size).copy()
    x, y, z = instant.bar_position_m.tolist()
    aside = PLATE_FROM_MIDDLE_M * (1.0 if side is Side.LEFT else -1.0)
    matrix[3] += np.array([x + aside, y, z]) @ matrix[:3]
    seen = _RIMS @ matrix
    depth = seen[..., 2:]
    return None if depth.min() <= NEAR_M else seen[..., :2] / depth


def _runs(free: NDArray[np.bool_]) -> list[NDArray[np.intp]]:
    """Return the steps of each stretch of a ring (steps,) that is free, in their order."""
    count = len(free)
    if free.all():
        return [np.arange(count + 1) % count]
    start = int(free.argmin())  # where it is covered
    steps = np.arange(start, start + count) % count
    # it ends covered, too, so that each stretch has a first step and one that follows the last
    turned = np.append(free[steps], False)
    first, last = np.flatnonzero(turned[1:] != turned[:-1]).reshape(-1, 2).T.tolist()
    return [steps[a + 1 : b + 1] for a, b in zip(first, last, strict=True) if b - a > 1]


def on_outline(
    instant: Instant, side: Side, camera: Camera, size: tuple[int, int], place: tuple[float, float]
) -> bool:
    """Return whether a place (x, y in pixels of a picture of this size) is on the rim."""
    at = _seen_at(instant, side, camera, size)
    if at is None:
        return False
    away = np.hypot(*(at[0] - place).T)
    return bool((away < _NEAR * size[1]).any())
