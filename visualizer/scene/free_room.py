"""What is free in a picture for a mark that has no room on its muscle.

A mark beside its muscle is as long as its arrows and as broad as its badge, so it is tried as three
squares in a row along the fibres. All places round the muscle are weighed at once: by what they
cover, by what else stands there, by what the leader to the muscle runs over, and by its length.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from visualizer.render import Picture

__all__ = ["FreeRoom", "Standing"]

Array = NDArray[np.float64]
Box = tuple[float, float, float, float]
Point = tuple[float, float]

_ROWS = 90  # of the grid on which the picture is weighed
# Places are tried on so many rings with so many ways each, the first one and from one to the next
# shares of the mark's reach.
_RINGS, _WAYS, _FIRST, _NEXT = 9, 24, 0.55, 0.26
_TURNS = np.arange(_WAYS) * 2.0 * np.pi / _WAYS
_TRIED = (
    (_FIRST + _NEXT * np.arange(_RINGS))[:, None, None]
    * np.stack([np.cos(_TURNS), np.sin(_TURNS)], axis=-1)
).reshape(-1, 2)
_TRIED_FAR = np.hypot(_TRIED[:, 0], _TRIED[:, 1])
# Where the three squares are along the mark, and half of their sides, shares of its reach.
_SQUARES, _HALF = np.array([-0.64, 0.0, 0.64]), 0.36
# Where the leader is looked at on its way, from the muscle to the badge.
_ON_WAY = np.array([0.3, 0.45, 0.6, 0.75])
# What it costs to stand in another's place, to cross a leader, to run over something, and to be
# one reach away, against covering the body.
_CROWDED, _CROSSES, _RUNS_OVER, _FAR = 1.5, 0.9, 0.35, 0.16
_LEAVES = 0.05  # a leader leaves the marks behind that its first stretch, so long a share, is on

_Disc = tuple[float, float, float]  # x, y, radius


class Standing(NamedTuple):
    """A mark as it stands or might stand.

    Attributes
    ----------
    along : (float, float)
        Unit direction of its arrows.
    ends_px : (float, float)
        How far its arrows reach from its middle, against and along that direction.
    radius_px : float
        Radius of its badge.
    """

    along: Point
    ends_px: tuple[float, float]
    radius_px: float

    @property
    def reach_px(self) -> float:
        """How far the longer of its arrows reaches."""
        return max(self.ends_px)


class FreeRoom:
    """What is free in a picture.

    Parameters
    ----------
    picture : Picture
        What is drawn.
    boxes : sequence of (left, top, right, bottom)
        What is taken, pixels.
    weights : (P,) ndarray, optional
        What it counts to cover each part; 1 otherwise.
    """

    def __init__(
        self, picture: Picture, boxes: Sequence[Box], weights: NDArray[np.float32] | None = None
    ) -> None:
        self._picture, self._weights = picture, weights
        # no part is the last one
        self._own = np.zeros(0) if weights is None else np.append(weights, 0.0)
        self._boxes = tuple(boxes)
        self._step = max(1, round(picture.size[1] / _ROWS))
        self._marks: list[tuple[float, float, float, list[_Disc]]] = []
        self._leaders: list[tuple[float, float, float, float]] = []
        self._grid: tuple[Array, Array] | None = None

    def take(self, x: float, y: float, mark: Standing, tip: Point | None) -> None:
        """Keep the place of a mark at (x, y) free of others; ``tip`` is where its leader ends."""
        self._marks.append((x, y, mark.reach_px, _discs(x, y, mark)))
        if tip is not None:
            self._leaders.append((*tip, x, y))

    def crowded(self, x: float, y: float, mark: Standing, room: float = 1.05) -> bool:
        """Return whether a mark at (x, y) would stand on another, with so much room round it."""
        near, reach = [], room * mark.reach_px
        for u, v, far, discs in self._marks:
            if abs(x - u) < reach + far and abs(y - v) < reach + far:
                near += discs
        return bool(near) and any(
            (a - u) ** 2 + (b - v) ** 2 < (room * (p + q)) ** 2
            for a, b, p in _discs(x, y, mark)
            for u, v, q in near
        )

    def crossed(self, x: float, y: float, mark: Standing) -> bool:
        """Return whether a leader would run over a mark at (x, y)."""
        (u, v), (back, ahead) = mark.along, mark.ends_px
        start, far = (x - back * u, y - back * v), back + ahead
        return any(_crosses(start, far * u, far * v, leader) for leader in self._leaders)

    def aside(self, at: Point, mark: Standing) -> tuple[Point, float]:
        """Return the offset from a point to the best place for a mark, and what is wrong there."""
        offsets = _TRIED * mark.reach_px
        cost = self._wrong(at, offsets, mark) + _FAR * _TRIED_FAR
        best = int(cost.argmin())
        x, y = offsets[best].tolist()
        return (x, y), float(cost[best])

    def cost(self, at: Point, offset: Point, mark: Standing) -> float:
        """Return what is wrong with one place; inf outside the picture."""
        offsets = np.array([offset])
        far = _FAR * math.hypot(*offset) / mark.reach_px
        return float(self._wrong(at, offsets, mark)[0]) + far

    def _wrong(self, at: Point, offsets: Array, mark: Standing) -> Array:
        """Return (n,) what is wrong with places (n, 2) beside a point, but for the distance."""
        (u, v), reach, half = mark.along, mark.reach_px, _HALF * mark.reach_px
        dx, dy = offsets[:, 0], offsets[:, 1]
        x = (at[0] + dx)[:, None] + _SQUARES * (u * reach)  # (n, 3)
        y = (at[1] + dy)[:, None] + _SQUARES * (v * reach)
        far = dx * dx + dy * dy
        wrong = self._covered(x, y, half)
        wrong += _RUNS_OVER / reach * np.sqrt(far) * self._below(at, offsets)
        discs = [disc for _, _, _, discs in self._marks for disc in discs]
        if discs:
            p, q, r = np.array(discs).T
            near = (x[:, :, None] - p) ** 2 + (y[:, :, None] - q) ** 2 < (half + r) ** 2
            wrong += _CROWDED * near.any(axis=2).sum(axis=1)
            # nor may its leader run over another mark
            p, q = p - at[0], q - at[1]
            on = np.minimum(np.maximum((np.outer(dx, p) + np.outer(dy, q)) / far[:, None], 0), 1)
            hit = (on * dx[:, None] - p) ** 2 + (on * dy[:, None] - q) ** 2 < r**2
            wrong += _CROSSES * (hit & (on > _LEAVES)).any(axis=1)
        for left, top, right, bottom in self._boxes:
            over = (x > left - half) & (x < right + half) & (y > top - half) & (y < bottom + half)
            wrong += _CROWDED * over.any(axis=1)
        for leader in self._leaders:
            wrong += _CROSSES * _crosses(at, dx, dy, leader)
            # nor may its arrows lie across another's leader
            ends = x[:, 1] - reach * u, y[:, 1] - reach * v
            wrong += _CROSSES * _crosses(ends, 2.0 * reach * u, 2.0 * reach * v, leader)
        width, height = self._picture.size
        outside = (x < half) | (y < half) | (x > width - half) | (y > height - half)
        wrong[outside.any(axis=1)] = np.inf
        return wrong

    def _below(self, at: Point, offsets: Array) -> Array:
        """Return (n,) the mean weight of what leaders from a point to offsets (n, 2) run over."""
        rows, columns = self._cells
        x = (at[0] + offsets[:, :1] * _ON_WAY) / self._step
        y = (at[1] + offsets[:, 1:] * _ON_WAY) / self._step
        x, y = np.minimum(np.maximum(x, 0), columns - 1), np.minimum(np.maximum(y, 0), rows - 1)
        row, column = y.astype(np.intp), x.astype(np.intp)
        if len(offsets) == 1:
            weight = self._weight(self._thin[row, column])
        else:
            weight = self._weighed()[0][row, column]
        return np.asarray(weight.sum(axis=1) / len(_ON_WAY))

    @property
    def _thin(self) -> NDArray[np.int16]:
        """The parts at the cells of the grid."""
        step = self._step
        return self._picture.part[step // 2 :: step, step // 2 :: step]

    @property
    def _cells(self) -> tuple[int, int]:
        """Rows and columns of the grid."""
        rows, columns = self._thin.shape
        return rows, columns

    def _weight(self, part: NDArray[np.int16]) -> Array:
        """Return what it counts to cover parts."""
        if self._weights is None:
            return (part >= 0).astype(float)
        return self._own[part]

    def _weighed(self) -> tuple[Array, Array]:
        """Return what each cell of a grid weighs, and its summed-area table."""
        if self._grid is None:
            weight = self._weight(self._thin)
            total = np.zeros((weight.shape[0] + 1, weight.shape[1] + 1))
            total[1:, 1:] = weight.cumsum(axis=0).cumsum(axis=1)
            self._grid = weight, total
        return self._grid

    def _covered(self, x: Array, y: Array, half: float) -> Array:
        """Return (n,) the mean weight in three squares each round x, y (n, 3)."""
        rows, columns = self._cells
        x, y, half = x / self._step, y / self._step, half / self._step
        x0 = np.minimum(np.maximum(x - half, 0), columns).astype(np.intp)
        y0 = np.minimum(np.maximum(y - half, 0), rows).astype(np.intp)
        x1 = np.minimum(np.maximum(x + half + 1, 0), columns).astype(np.intp)
        y1 = np.minimum(np.maximum(y + half + 1, 0), rows).astype(np.intp)
        if len(x) == 1:
            # of one place it is quicker to look than to sum up all of the picture
            thin, boxes = self._thin, zip(*(c[0].tolist() for c in (x0, x1, y0, y1)), strict=True)
            means = [
                self._weight(thin[top:bottom, left:right]).mean()
                for left, right, top, bottom in boxes
                if left < right and top < bottom
            ]
            return np.array([sum(means) / 3.0])
        _, total = self._weighed()
        inside = total[y1, x1] - total[y0, x1] - total[y1, x0] + total[y0, x0]
        return np.asarray((inside / np.maximum((x1 - x0) * (y1 - y0), 1)).sum(axis=1) / 3.0)


def _discs(x: float, y: float, mark: Standing) -> list[_Disc]:
    """Return circles that cover a mark: badge, and two on each of its arrows."""
    discs, (u, v) = [(x, y, mark.radius_px)], mark.along
    for sign, end in zip((-1.0, 1.0), mark.ends_px, strict=True):
        bare = end - mark.radius_px
        for share in (0.35, 0.8):
            at = sign * (mark.radius_px + share * bare)
            discs.append((x + u * at, y + v * at, 0.28 * bare))
    return discs


def _crosses(
    at: tuple[Array | float, Array | float],
    dx: Array | float,
    dy: Array | float,
    other: tuple[float, float, float, float],
) -> NDArray[np.bool_]:
    """Return (n,) whether the stretches from points by (dx, dy) cross another from end to end."""
    a, b = other[0] - at[0], other[1] - at[1]
    c, d = other[2] - at[0], other[3] - at[1]
    one, two = dx * b - dy * a > 0, dx * d - dy * c > 0
    # where the start is seen from the other stretch, and the ends
    start, ends = (c - a) * -b + (d - b) * a > 0, (c - a) * (dy - b) - (d - b) * (dx - a) > 0
    return np.asarray((one != two) & (ends != start))
