"""One large arrow beside the pelvis for the way of the hips: what the body does, at one glance.

It follows the path of the hip joint as the lift moves it, up where the hips rise, forwards where
they come from behind; filled in the lift, open and the other way round in the lowering, two bars in
the hold. It stands where it covers neither body nor gear.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.muscle import Side
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Camera, Mesh
from visualizer.scene.flesh import Flesh
from visualizer.scene.overlay import NOTHING, Overlay, Shape, Stroke
from visualizer.scene.palette import Theme

__all__ = ["HipsWay"]

Array = NDArray[np.float64]

# Length of the arrow, width of its shaft and what stays free round it, shares of the height.
_LENGTH, _WIDTH, _CLEAR = 0.22, 0.050, 0.025
# A way that is seen so much shortened (share of its length) is not shown.
_LEAST_SEEN = 0.30
_CELLS = 90  # rows of the grid in which a free place is looked for
_EVERY = 97  # every so-maniest vertex stands for the body
_GEAR = 0.3  # what a point of the gear counts against one of the body


class HipsWay:
    """Draws the way of the hips.

    Parameters
    ----------
    repetition : Repetition
        What is done.
    flesh : Flesh
        The body on its way from the bottom to the top.
    gear : sequence of Mesh
        What stands still.
    plates : mapping of Side to (N, 3) ndarray
        Points of the plates on their way, by their side, metres.
    """

    def __init__(
        self,
        repetition: Repetition,
        flesh: Flesh,
        gear: Sequence[Mesh],
        plates: Mapping[Side, Array],
    ) -> None:
        hip = repetition.skeleton.body("femur" + repetition.side.suffix)
        self._path = np.array([i.pose.body_position[hip] for i in flesh.instants], float)
        self._length_m = float(np.linalg.norm(self._path[-1] - self._path[0]))
        body = [p[::_EVERY].astype(float) for p in flesh.positions]
        still = [m.rest_position[m.faces].mean(axis=1).astype(float) for m in gear]
        self._body, self._gear = np.vstack(body), np.vstack([np.zeros((0, 3)), *still])
        self._plates = plates
        self._known: tuple[Camera, tuple[int, int], Array | None] | None = None

    def _way(self, camera: Camera, size: tuple[int, int]) -> Array | None:
        """Return the arrow's line (n, 2) in pixels, None where the way is not to be seen."""
        if self._known is None or self._known[0] != camera or self._known[1] != size:
            self._known = camera, size, self._found(camera, size)
        return self._known[2]

    def _found(self, camera: Camera, size: tuple[int, int]) -> Array | None:
        width, height = size
        way = np.asarray(camera.project(self._path, size)[:, :2], float)
        middle, way_px = way.mean(axis=0), math.hypot(*(way[-1] - way[0]))
        px_per_m = camera.focal_px(height) / camera.distance_m
        if not np.isfinite(way).all():
            return None
        inside = (middle > 0).all() and middle[0] < width and middle[1] < height
        if not inside or way_px < _LEAST_SEEN * self._length_m * px_per_m:
            return None
        way = (way - way[0] - (way[-1] - way[0]) / 2.0) * (_LENGTH * height / way_px) + middle
        room = (np.array([1.2, 0.6]) * _WIDTH + _CLEAR) * height
        low, high = way.min(axis=0) - room, way.max(axis=0) + room
        across, down = np.meshgrid(
            np.linspace(-0.85, 0.85, 69) * height, np.linspace(-0.30, 0.42, 37) * height
        )
        covered = self._covered(camera, size)
        cost = covered(low[0] + across, low[1] + down, high[0] + across, high[1] + down) * 40.0
        cost += (abs(across) + 0.8 * abs(down)) / height
        outside = (low[0] + across < 0) | (low[1] + down < 0)
        outside |= (high[0] + across > width) | (high[1] + down > height)
        cost[outside] += 10.0
        best = np.unravel_index(int(cost.argmin()), cost.shape)
        return np.asarray(way + np.array([across[best], down[best]]))

    def _covered(
        self, camera: Camera, size: tuple[int, int]
    ) -> Callable[[Array, Array, Array, Array], Array]:
        """Return a function of boxes: how much of body and gear they would cover."""
        width, height = size
        cell = height / _CELLS
        left = camera.eye[0] > camera.target[0]
        far = self._plates.get(Side.RIGHT if left else Side.LEFT, self._gear[:0])
        cloud = np.vstack([self._body, self._gear, far])
        weight = np.full(len(cloud), _GEAR)
        weight[: len(self._body)] = 1.0
        # what lies behind a close camera is nowhere
        place = np.nan_to_num(camera.project(cloud, size)[:, :2] / cell, nan=-1.0)
        at = np.clip(place, -1.0, 1e4).astype(int)
        columns = math.ceil(width / cell)
        seen = (at >= 0).all(axis=1) & (at[:, 0] < columns) & (at[:, 1] < _CELLS)
        total = np.zeros((_CELLS + 1, columns + 1))
        np.add.at(total[1:, 1:], (at[seen, 1], at[seen, 0]), weight[seen])
        total = total.cumsum(axis=0).cumsum(axis=1) / len(self._body)

        def covered(left: Array, top: Array, right: Array, bottom: Array) -> Array:
            x0, x1 = (np.clip(v / cell, 0, columns).astype(int) for v in (left, right))
            y0, y1 = (np.clip(v / cell, 0, _CELLS).astype(int) for v in (top, bottom))
            return np.asarray(total[y1, x1] - total[y0, x1] - total[y1, x0] + total[y0, x0])

        return covered

    def box(self, camera: Camera, size: tuple[int, int]) -> tuple[float, ...] | None:
        """Return left, top, right, bottom of the arrow in pixels; None where there is none."""
        way = self._way(camera, size)
        if way is None:
            return None
        room = 1.2 * _WIDTH * size[1]
        return *(way.min(axis=0) - room).tolist(), *(way.max(axis=0) + room).tolist()

    def drawn(
        self, instant: Instant, camera: Camera, size: tuple[int, int], look: Theme
    ) -> Overlay:
        """Return the arrow for a moment."""
        way = self._way(camera, size)
        if way is None:
            return NOTHING
        wide, ink = _WIDTH * size[1], look.way
        if instant.phase is PhaseId.HOLD:
            # nothing moves
            (x, y), w, h = way.mean(axis=0).tolist(), 0.36 * wide, 1.6 * wide
            bars = [
                ((a, y - h / 2), (a + w, y - h / 2), (a + w, y + h / 2), (a, y + h / 2))
                for a in (x - 1.6 * w, x + 0.6 * w)
            ]
            return Overlay(shapes=tuple(Shape(bar, ink) for bar in bars))
        if instant.phase is PhaseId.LIFT:
            return Overlay(shapes=(Shape(_arrow(way, wide), ink),))
        points = _arrow(way[::-1], 0.92 * wide)
        return Overlay((Stroke((*points, points[0], points[1]), ink, 0.17 * wide),))


def _arrow(way: Array, wide: float) -> tuple[tuple[float, float], ...]:
    """Return the outline of an arrow along a line of points (n, 2)."""
    share, fine = np.linspace(0, 1, len(way)), np.linspace(0, 1, 16)
    line = np.stack([np.interp(fine, share, way[:, k]) for k in (0, 1)], -1)
    for _ in range(6):
        line[1:-1] = 0.25 * line[:-2] + 0.5 * line[1:-1] + 0.25 * line[2:]
    head, tip = 1.5 * wide, line[-1]
    shaft = line[np.hypot(*(line - tip).T) > 1.12 * head]
    d = (tip - shaft[-1]) / np.hypot(*(tip - shaft[-1]))
    foot = tip - d * head
    shaft = np.vstack([shaft, foot])
    tangent = np.gradient(shaft, axis=0)
    tangent /= np.hypot(*tangent.T)[:, None] + 1e-9
    normal = np.stack([-tangent[:, 1], tangent[:, 0]], -1) * wide * 0.5
    n = np.array([-d[1], d[0]]) * wide * 1.15
    points = [*(shaft + normal), foot + n, tip, foot - n, *(shaft - normal)[::-1]]
    return tuple((float(x), float(y)) for x, y in points)
