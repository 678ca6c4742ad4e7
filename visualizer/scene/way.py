"""One large arrow beside the body for the way of the load: what the body does, at one glance.

It follows what is lifted, the bar or, where there is none, the hips; filled in the lift, open and
the other way round in the lowering, two bars in the hold. It stands where it covers neither body
nor gear nor names.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from visualizer.exercise.repetition import Instant, Repetition
from visualizer.lifts.vocabulary import Equipment, PhaseId
from visualizer.render import Camera
from visualizer.scene.clutter import Covered
from visualizer.scene.overlay import Motif, Overlay, Shape, Stamp, Stroke
from visualizer.scene.palette import Theme

__all__ = ["LiftWay", "WayArrow"]

Array = NDArray[np.float64]

# Length of the arrow, width of its shaft and what stays free round it, shares of the height.
_LENGTH, _WIDTH, _CLEAR = 0.22, 0.050, 0.025
# Where the arrow would cover something it is tried smaller (shares of that size), and what it costs
# to be smaller by a share of it.
_SIZES, _SMALLER = (1.0, 0.8, 0.6), 0.8
# So much of its surroundings, weighed, may be covered where it is as large as it can be.
_CLEAN = 0.1
# A way that is seen so much shortened (share of its length) is not shown.
_LEAST_SEEN = 0.30
# So far beside the way, and above and below, a place is looked for: shares of the height.
_ACROSS, _DOWN = np.meshgrid(np.linspace(-0.85, 0.85, 69), np.linspace(-0.36, 0.42, 40))
# What it costs to be a picture's height away, beside and above or below, to cover everything, to
# stand on what is taken, and to leave the picture.
_ASIDE, _UP, _COVERS, _TAKEN, _OUTSIDE = 0.6, 1.3, 3.0, 3.0, 10.0
# Close to a limb it would read as that limb's way: so much room round it, a share of the height,
# should be free of the body, and what it costs when it is not.
_APART, _CLOSE = 0.08, 0.9
# Left and right are often nearly alike; with this against the left a picture that is fitted anew,
# for names or a legend, keeps the arrow on the side where it was.
_LEFT = 0.3

Box = tuple[float, float, float, float]


class LiftWay:
    """Draws the way of the bar, or of the hips where there is none.

    Parameters
    ----------
    repetition : Repetition
        What is done.
    instants : sequence of Instant
        From the bottom to the top.
    """

    def __init__(self, repetition: Repetition, instants: Sequence[Instant]) -> None:
        hip = repetition.skeleton.body("femur" + repetition.side.suffix)
        barbell = Equipment.BARBELL in repetition.variation.equipment
        path = [i.bar_position_m if barbell else i.pose.body_position[hip] for i in instants]
        self._path = np.array(path, float)
        self._length_m = float(np.linalg.norm(self._path[-1] - self._path[0]))

    def beside(
        self, camera: Camera, size: tuple[int, int], covered: Covered, taken: Sequence[Box]
    ) -> WayArrow | None:
        """Return the arrow where it stands best; None where the way is not to be seen.

        Parameters
        ----------
        camera : Camera
            What the picture is drawn with.
        size : (int, int)
            Its width and height in pixels.
        covered : Covered
            What body and gear cover on their way.
        taken : sequence of (left, top, right, bottom)
            What else is to stay free, pixels.
        """
        width, height = size
        way = np.asarray(camera.project(self._path, size)[:, :2], float)
        middle, way_px = way.mean(axis=0), math.hypot(*(way[-1] - way[0]))
        px_per_m = camera.focal_px(height) / camera.distance_m
        if not np.isfinite(way).all():
            return None
        inside = (middle > 0).all() and middle[0] < width and middle[1] < height
        if not inside or way_px < _LEAST_SEEN * self._length_m * px_per_m:
            return None
        way = (way - way[0] - (way[-1] - way[0]) / 2.0) * (_LENGTH / way_px)
        found: list[tuple[float, WayArrow]] = []
        for scale in _SIZES:
            cost, clean, at = _place(scale * way * height, middle, size, scale, covered, taken)
            arrow = WayArrow(scale * way * height + at, scale * height)
            if clean:
                return arrow
            found.append((cost + _SMALLER * (1.0 - scale), arrow))
        return min(found, key=lambda tried: tried[0])[1]


def _place(
    way: Array, middle: Array, size: tuple[int, int], scale: float, covered: Covered,
    taken: Sequence[Box],
) -> tuple[float, bool, Array]:  # fmt: skip
    """Return what the best place for an arrow costs, whether it is free there, and where it is.

    Parameters
    ----------
    way : (N, 2) ndarray
        Its line round (0, 0), pixels.
    middle : (2,) ndarray
        Where the middle of the load's way is.
    size, scale
        Of the picture, pixels, and of the arrow, as a share of the usual one.
    covered, taken
        As for :meth:`LiftWay.beside`.
    """
    width, height = size
    room = (np.array([1.2, 0.6]) * _WIDTH * scale + _CLEAR) * height
    low, high = middle + way.min(axis=0) - room, middle + way.max(axis=0) + room
    left, right = low[0] + _ACROSS * height, high[0] + _ACROSS * height
    top, bottom = low[1] + _DOWN * height, high[1] + _DOWN * height
    wrong = _COVERS * covered.share(left, top, right, bottom)
    for box in taken:
        over = (left < box[2]) & (right > box[0]) & (top < box[3]) & (bottom > box[1])
        wrong[over] += _TAKEN
    wrong[(left < 0) | (top < 0) | (right > width) | (bottom > height)] += _OUTSIDE
    apart = _APART * height
    cost = wrong + _CLOSE * covered.body_share(left - apart, top, right + apart, bottom)
    cost += _ASIDE * abs(_ACROSS) + _UP * abs(_DOWN) + _LEFT * (_ACROSS < 0)
    best = np.unravel_index(int(cost.argmin()), cost.shape)
    at = middle + np.array([_ACROSS[best], _DOWN[best]]) * height
    return float(cost[best]), bool(wrong[best] < _COVERS * _CLEAN), at


class WayArrow:
    """The arrow in a view.

    Parameters
    ----------
    way : (N, 2) ndarray
        Its line from the bottom to the top of the lift, pixels.
    height_px : float
        The height of a picture in which it would have its usual size.

    Attributes
    ----------
    box : (left, top, right, bottom)
        What it takes, pixels.
    """

    def __init__(self, way: Array, height_px: float) -> None:
        self._way, self._wide = way, _WIDTH * height_px
        room = 1.2 * self._wide
        (left, top), (right, bottom) = way.min(axis=0).tolist(), way.max(axis=0).tolist()
        self.box: Box = left - room, top - room, right + room, bottom + room
        self._drawn: dict[tuple[PhaseId, str], Stamp] = {}

    def drawn(self, phase: PhaseId, look: Theme) -> Stamp:
        """Return the arrow in a phase."""
        key = phase, look.way
        if key not in self._drawn:
            self._drawn[key] = Stamp(Motif(self._of(phase, look.way)))
        return self._drawn[key]

    def _of(self, phase: PhaseId, ink: str) -> Overlay:
        way, wide = self._way, self._wide
        if phase is PhaseId.HOLD:
            # nothing moves
            (x, y), w, h = way.mean(axis=0).tolist(), 0.36 * wide, 1.6 * wide
            bars = [
                ((a, y - h / 2), (a + w, y - h / 2), (a + w, y + h / 2), (a, y + h / 2))
                for a in (x - 1.6 * w, x + 0.6 * w)
            ]
            return Overlay(shapes=tuple(Shape(bar, ink) for bar in bars))
        if phase is PhaseId.LIFT:
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
