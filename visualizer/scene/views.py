"""How a view fits a motion into a picture; where a view stands is the lift's."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from visualizer.anatomy.muscle import Side
from visualizer.arrays import distinct
from visualizer.render import Camera

__all__ = ["FOCUS_FILL", "FOV_RAD", "LOW_RAD", "fitted_camera", "outermost"]

# A long lens: the near ends of bar and bench must not loom over the body.
FOV_RAD = math.radians(11)
# From lower than this what carries the body stands before it, and is seen through.
LOW_RAD = math.radians(-8)
# Shares of the picture that a motion may span. What lies on the stage keeps its distance already
# above and below, see Stage.insets_px, so that little is left free there.
_FILL_WIDTH, _FILL_HEIGHT = 0.90, 0.95
# Of the picture, a muscle that the camera goes close to.
FOCUS_FILL = 0.55
_PIECE = 2048
_RUN = 32
_ROUNDING_M = 1e-4


def fitted_camera(
    angles_deg: tuple[float, float], side: Side, points: npt.ArrayLike, size: tuple[int, int]
) -> Camera:
    """Return the camera of a view that just holds all points.

    Parameters
    ----------
    angles_deg : (float, float)
        Azimuth and elevation of the view, the working side being the right.
    side : Side
        The working side: the camera stands there.
    points : (N, 3) array-like, metres
        What must be seen.
    size : (int, int)
        Width and height of the picture in pixels.
    """
    azimuth, elevation = (math.radians(angle) for angle in angles_deg)
    if side is Side.LEFT:
        azimuth = -azimuth
    camera = Camera(azimuth_rad=azimuth, elevation_rad=elevation, fov_rad=FOV_RAD)
    width, height = size
    inner = max(round(width * _FILL_WIDTH), 1), max(round(height * _FILL_HEIGHT), 1)
    camera = camera.fitted(points, inner, 1.0)
    return replace(camera, height_m=camera.height_m * height / inner[1])


def outermost(points: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Return those of the points (N, 3) that lie farthest out, each in one of 96 directions.

    A camera is fitted anew with every move of the mouse, so it must not see all of them; and
    every n-th would miss the tip of a toe, which is a single one.
    """
    k = np.arange(96) + 0.5
    z, turn = 1.0 - 2.0 * k / len(k), k * math.pi * (1.0 + math.sqrt(5.0))
    level = np.sqrt(1.0 - z**2)
    ways = np.stack([level * np.cos(turn), level * np.sin(turn), z], axis=-1)
    ways = ways.astype(np.float32)
    chosen = _far_out(points, ways)
    farthest, best = np.zeros(len(k), int), np.full(len(k), -np.inf)
    # in pieces: all at once would be 20 MB for a moment
    for first in range(0, len(chosen), _PIECE):
        piece = chosen[first : first + _PIECE]
        along = ways @ points[piece].T
        here = along.argmax(axis=1)
        reach = along[np.arange(len(k)), here]
        farther = reach > best
        farthest[farther], best[farther] = piece[here[farther]], reach[farther]
    return np.asarray(points[distinct(farthest)], float)


def _far_out(
    points: npt.NDArray[np.float32], ways: npt.NDArray[np.float32]
) -> npt.NDArray[np.intp]:
    """Return which of the points may lie farthest out, in their order.

    Points that follow each other lie near each other. Of most runs of them the whole box does not
    reach as far, in any direction, as one point of another run.
    """
    starts = np.arange(0, len(points), _RUN)
    low, high = np.minimum.reduceat(points, starts), np.maximum.reduceat(points, starts)
    ahead, back = np.maximum(ways, 0.0), np.minimum(ways, 0.0)
    most = ahead @ high.T + back @ low.T
    reached = (ways @ points[starts].T).max(axis=1, keepdims=True)
    runs = np.flatnonzero((most >= reached - _ROUNDING_M).any(axis=0))
    chosen = (runs[:, None] * _RUN + np.arange(_RUN)).ravel()
    return np.asarray(chosen[chosen < len(points)])
