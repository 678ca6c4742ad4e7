"""The near plate, where it is left out because it would hide the body: a broken outline.

Broken lines are the draughtsman's way to show what is taken away. They stop at the body and at the
equipment, so that no line runs over a muscle and none reads as a mark on something else.
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

_DASHES, _POINTS, _DASH_SHARE = 22, 2, 0.45
_LEAST_INSIDE = 0.9  # share of the outline within the picture
_WIDTH = 2.0 / 1080  # share of the picture's height
_NEAR = 0.025  # of the picture's height: what counts as pointing at it


def _ring() -> NDArray[np.float64]:
    """Return the points (dashes * points, 3) of the outline round the bar's axis, metres."""
    start = np.arange(_DASHES) * 2 * math.pi / _DASHES
    along = np.linspace(0.0, _DASH_SHARE * 2 * math.pi / _DASHES, _POINTS)
    angle = (start[:, None] + along).ravel()
    return PLATE_RADIUS_M * np.stack([0 * angle, np.cos(angle), np.sin(angle)], -1)


_RING_M = _ring()


def plate_outline(
    instant: Instant, side: Side, camera: Camera, picture: Picture, look: Theme
) -> tuple[Stroke, ...]:
    """Return the outline of the plate on a side, where nothing is behind it.

    A ring that leaves the picture reads as a stray line: then there is none.

    Parameters
    ----------
    instant : Instant
        Where the bar is.
    side : Side
        Which plate.
    camera, picture
        Tell where the outline lies and what is there.
    look : Theme
        Colours.
    """
    x = PLATE_FROM_MIDDLE_M * (1.0 if side is Side.LEFT else -1.0)
    at = camera.project(_RING_M + instant.bar_position_m + (x, 0.0, 0.0), picture.size)[:, :2]
    width, height = picture.size
    if not np.isfinite(at).all():  # some of it is behind a camera that stands close
        return ()
    column, row = np.floor(at).astype(int).T
    inside = (column >= 0) & (row >= 0) & (column < width) & (row < height)
    if inside.mean() < _LEAST_INSIDE:
        return ()
    part = picture.part[np.where(inside, row, 0), np.where(inside, column, 0)]
    covered = inside & (part >= 0)
    free = ~covered.reshape(_DASHES, _POINTS).any(axis=1)
    dashes = at.reshape(_DASHES, _POINTS, 2)[free].tolist()
    width_px = _WIDTH * height
    return tuple(
        Stroke(tuple((x, y) for x, y in dash), look.secondary, width_px, blunt=True)
        for dash in dashes
    )


def on_outline(
    instant: Instant, side: Side, camera: Camera, size: tuple[int, int], place: tuple[float, float]
) -> bool:
    """Return whether a place (x, y in pixels of a picture of this size) is on the outline."""
    x = PLATE_FROM_MIDDLE_M * (1.0 if side is Side.LEFT else -1.0)
    at = camera.project(_RING_M + instant.bar_position_m + (x, 0.0, 0.0), size)[:, :2]
    away = np.hypot(*(at - place).T)
    return bool((away < _NEAR * size[1]).any())
