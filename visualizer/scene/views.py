"""The named views: from where they look, and how they fit a motion into a picture.

The directions were chosen by counting: over the whole sphere, at the bottom, the middle and the top
of every variation, how much of each working muscle is seen (weighted by its role, both sides
counted). Among directions of nearly equal worth the calmer one was taken:
upright, the floor below the feet, the bench behind the body.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from visualizer.anatomy.muscle import Side
from visualizer.render import Camera

__all__ = ["FOV_RAD", "View", "fitted_camera", "outermost", "view_angles_rad"]

# A long lens: the near ends of bar and bench must not loom over the body.
FOV_RAD = math.radians(11)
# Shares of the picture that a motion may span. What lies on the stage keeps its distance already
# above and below, see Stage.insets_px, so that little is left free there.
_FILL_WIDTH, _FILL_HEIGHT = 0.90, 0.95


class View(StrEnum):
    """Named directions to look from."""

    SIDE = "side"
    FRONT = "front"
    BACK = "back"
    THREE_QUARTER = "three-quarter"


# Azimuth and elevation in degrees. The body lies with the head away from −y and faces up.
_ANGLES: Mapping[View, tuple[float, float]] = {
    View.SIDE: (-90.0, 6.0),
    # low from the feet: quadriceps and abdominals above, glutei and adductors between the thighs.
    # Lower and a little from the side the bar and its pad clear the glutei: 11 to 20 % more than
    # from (-18, 8)
    View.FRONT: (-26.0, 3.0),
    # from below and behind the feet. Steeper shows a tenth to a quarter more of the gluteus maximus
    # (at -10), but then near feet stand above far ones and everything hangs in the air
    View.BACK: (-54.0, -5.0),
    View.THREE_QUARTER: (-50.0, 17.0),
}


# Who lies on the floor is not seen from below it: the mat would vanish and hands and head float.
_ON_FLOOR_DEG = 4.0


def view_angles_rad(view: View, side: Side, *, on_floor: bool = False) -> tuple[float, float]:
    """Return azimuth and elevation of a view, radians.

    Parameters
    ----------
    view : View
        The view.
    side : Side
        The working side: the camera stands there.
    on_floor : bool
        Whether the body lies on the floor.
    """
    azimuth, elevation = _ANGLES[view]
    if on_floor:
        elevation = max(elevation, _ON_FLOOR_DEG)
    if side is Side.LEFT:
        azimuth = -azimuth
    return math.radians(azimuth), math.radians(elevation)


def fitted_camera(
    view: View, side: Side, points: npt.ArrayLike, size: tuple[int, int], *, on_floor: bool = False
) -> Camera:
    """Return the camera of a view that just holds all points.

    Parameters
    ----------
    view, side, on_floor
        As for :func:`view_angles_rad`.
    points : (N, 3) array-like, metres
        What must be seen.
    size : (int, int)
        Width and height of the picture in pixels.
    """
    azimuth, elevation = view_angles_rad(view, side, on_floor=on_floor)
    camera = Camera(azimuth_rad=azimuth, elevation_rad=elevation, fov_rad=FOV_RAD)
    width, height = size
    inner = max(round(width * _FILL_WIDTH), 1), max(round(height * _FILL_HEIGHT), 1)
    camera = camera.fitted(points, inner, 1.0)
    return replace(camera, height_m=camera.height_m * height / inner[1])


def outermost(points: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Return those of the points (N, 3) that lie farthest out, each in one of 96 directions.

    A camera is fitted anew with every move of the mouse, so it must not see all of them; and
    every so-maniest will not do, since the tip of a toe is a single one.
    """
    k = np.arange(96) + 0.5
    z, turn = 1.0 - 2.0 * k / len(k), k * math.pi * (1.0 + math.sqrt(5.0))
    level = np.sqrt(1.0 - z**2)
    ways = np.stack([level * np.cos(turn), level * np.sin(turn), z], axis=-1)
    farthest = (ways.astype(np.float32) @ points.T).argmax(axis=1)
    return np.asarray(points[np.unique(farthest)], float)
