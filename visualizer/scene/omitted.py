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
    parts, free, inside = picture.part.reshape(-1).data, [], 0
    for (x, y), (u, v) in zip(rim, inner, strict=True):
        is_free = True
        for p, q in ((x, y), (u, v)):
            if 0.0 <= p < width and 0.0 <= q < height:
                inside += 1
                is_free = is_free and parts[int(q) * width + int(p)] < 0
        free.append(is_free)
    if inside < _LEAST_INSIDE * 2 * _STEPS:
        return ()
    runs = _runs(free)
    return tuple(
        _band([far[k] for k in run], [near[k] for k in run], colour)
        for far, near, colour in (
            (rim, inner, look.glass_rim),
            (beyond, within, look.glass_edge),
        )
        for run in runs
    )


def _band(far: list[list[float]], near: list[list[float]], colour: str) -> Shape:
    """Return what lies between two lines of points that run beside each other."""
    # a stroke as wide as that would take three times as long to paint
    near.reverse()
    return Shape(tuple([(x, y) for x, y in far + near]), colour)


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


def _runs(free: list[bool]) -> list[list[int]]:
    """Return the steps of each stretch of a ring that is free, in their order."""
    count = len(free)
    if all(free):
        return [[*range(count), 0]]
    start = free.index(False)
    runs: list[list[int]] = [[]]
    for k in (*range(start, count), *range(start)):
        if free[k]:
            runs[-1].append(k)
        elif runs[-1]:
            runs.append([])
    return [run for run in runs if len(run) > 1]


def on_outline(
    instant: Instant, side: Side, camera: Camera, size: tuple[int, int], place: tuple[float, float]
) -> bool:
    """Return whether a place (x, y in pixels of a picture of this size) is on the rim."""
    at = _seen_at(instant, side, camera, size)
    if at is None:
        return False
    away = np.hypot(*(at[1] - place).T)
    return bool((away < _NEAR * size[1]).any())
