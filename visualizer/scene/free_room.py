"""What is free in a picture for a mark that has no room on its muscle.

A mark beside its muscle is as long as its arrows and as broad as its badge, so it is tried as three
squares in a row along the fibres. All places round the muscle are weighed at once: by what they
cover, by what else stands there, by what the leader to the muscle runs over, and by its length.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
# Where the three squares are along the mark, and half of their sides, shares of its reach.
_SQUARES, _HALF = np.array([-0.64, 0.0, 0.64]), 0.36
# Where the leader is looked at on its way, from the muscle to the badge.
_ON_WAY = np.array([0.3, 0.45, 0.6, 0.75])
# What it costs to stand in another's place, to cross a leader, to run over something, and to be
# one reach away, against covering the body.
_CROWDED, _CROSSES, _RUNS_OVER, _FAR = 1.5, 0.5, 0.35, 0.16


@dataclass(frozen=True)
class Standing:
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
        self._boxes = np.array(boxes, float).reshape(-1, 4)
        self._step = max(1, round(picture.size[1] / _ROWS))
        self._discs: list[tuple[float, float, float]] = []
        self._leaders: list[tuple[float, float, float, float]] = []
        self._grid: tuple[Array, Array] | None = None

    def take(self, x: float, y: float, mark: Standing, tip: Point | None) -> None:
        """Keep the place of a mark at (x, y) free of others; ``tip`` is where its leader ends."""
        self._discs += self._discs_of(x, y, mark)
        if tip is not None:
            self._leaders.append((*tip, x, y))

    def crowded(self, x: float, y: float, mark: Standing, room: float = 1.05) -> bool:
        """Return whether a mark at (x, y) would stand on another, with so much room round it."""
        mine = self._discs_of(x, y, mark)
        return any(
            (a - u) ** 2 + (b - v) ** 2 < (room * (p + q)) ** 2
            for a, b, p in mine
            for u, v, q in self._discs
        )

    @staticmethod
    def _discs_of(x: float, y: float, mark: Standing) -> list[tuple[float, float, float]]:
        """Return circles that cover a mark: badge, and two on each of its arrows."""
        discs, (u, v) = [(x, y, mark.radius_px)], mark.along
        for sign, end in zip((-1.0, 1.0), mark.ends_px, strict=True):
            bare = end - mark.radius_px
            for share in (0.35, 0.8):
                at = sign * (mark.radius_px + share * bare)
                discs.append((x + u * at, y + v * at, 0.28 * bare))
        return discs

    def aside(self, at: Point, mark: Standing) -> tuple[Point, float]:
        """Return the offset from a point to the best place for a mark, and what is wrong there."""
        offsets = _TRIED * mark.reach_px
        cost = self._wrong(at, offsets, mark) + _FAR * np.hypot(*offsets.T) / mark.reach_px
        best = int(cost.argmin())
        x, y = offsets[best].tolist()
        return (x, y), float(cost[best])

    def cost(self, at: Point, offset: Point, mark: Standing) -> float:
        """Return what is wrong with one place; inf outside the picture."""
        offsets = np.array([offset])
        far = _FAR * float(np.hypot(*offset)) / mark.reach_px
        return float(self._wrong(at, offsets, mark)[0]) + far

    def _wrong(self, at: Point, offsets: Array, mark: Standing) -> Array:
        """Return (n,) what is wrong with places (n, 2) beside a point, but for the distance."""
        start, way = np.array(at), np.array(mark.along) * mark.reach_px
        middle = start + offsets
        squares = middle[:, None] + _SQUARES[:, None] * way  # (n, 3, 2)
        half = _HALF * mark.reach_px
        grid, total = self._weighed()
        wrong = self._covered(total, squares, half).mean(axis=1)
        lines = start + offsets[:, None] * _ON_WAY[:, None]
        below = np.clip((lines / self._step).astype(int), 0, np.array(grid.shape)[::-1] - 1)
        length = np.hypot(*offsets.T) / mark.reach_px
        wrong += _RUNS_OVER * length * grid[below[..., 1], below[..., 0]].mean(axis=1)
        if self._discs:
            discs = np.array(self._discs)
            away = np.hypot(*np.moveaxis(squares[:, :, None] - discs[:, :2], -1, 0))
            wrong += _CROWDED * (away < half + discs[:, 2]).any(axis=1).sum(axis=1)
            # nor may its leader run over a badge
            along = np.clip(
                ((discs[:, :2] - start) @ offsets.T).T / (offsets**2).sum(axis=1)[:, None], 0, 1
            )
            near = discs[:, :2] - start - along[..., None] * offsets[:, None]
            hit = (np.hypot(near[..., 0], near[..., 1]) < discs[:, 2]) & (along > 0.05)
            wrong += _CROSSES * hit.any(axis=1)
        for left, top, right, bottom in self._boxes:
            x, y = squares[..., 0], squares[..., 1]
            over = (x > left - half) & (x < right + half) & (y > top - half) & (y < bottom + half)
            wrong += _CROWDED * over.any(axis=1)
        for u, v, s, t in self._leaders:
            wrong += _CROSSES * _crosses(start, middle, np.array([u, v]), np.array([s, t]))
        low, high = squares.min(axis=1) - half, squares.max(axis=1) + half
        outside = (low < 0).any(axis=1) | (high > np.array(self._picture.size)).any(axis=1)
        wrong[outside] = np.inf
        return np.asarray(wrong)

    def _weighed(self) -> tuple[Array, Array]:
        """Return what each cell of a grid weighs, and its summed-area table."""
        if self._grid is None:
            step = self._step
            part = self._picture.part[step // 2 :: step, step // 2 :: step].astype(np.intp)
            if self._weights is None:
                weight = (part >= 0).astype(float)
            else:
                weight = np.append(self._weights, 0.0)[part]  # no part is the last one
            total = np.zeros((weight.shape[0] + 1, weight.shape[1] + 1))
            total[1:, 1:] = weight.cumsum(axis=0).cumsum(axis=1)
            self._grid = weight, total
        return self._grid

    def _covered(self, total: Array, middle: Array, half: float) -> Array:
        """Return the mean weight in squares round points (…, 2)."""
        most = np.array(total.shape)[::-1] - 1
        low = np.clip(((middle - half) / self._step).astype(int), 0, most)
        high = np.clip(((middle + half) / self._step).astype(int) + 1, 0, most)
        (x0, y0), (x1, y1) = np.moveaxis(low, -1, 0), np.moveaxis(high, -1, 0)
        inside = total[y1, x1] - total[y0, x1] - total[y1, x0] + total[y0, x0]
        return np.asarray(inside / np.maximum((x1 - x0) * (y1 - y0), 1))


def _crosses(start: Array, ends: Array, c: Array, d: Array) -> NDArray[np.bool_]:
    """Return (n,) whether the stretches from a start to ends (n, 2) cross that from c to d."""

    def left(p: Array, q: Array, r: Array) -> NDArray[np.bool_]:
        cross = (q[..., 0] - p[..., 0]) * (r[..., 1] - p[..., 1])
        return np.asarray(cross > (q[..., 1] - p[..., 1]) * (r[..., 0] - p[..., 0]))

    apart = left(start, ends, c) != left(start, ends, d)
    return np.asarray(apart & (left(c, d, start) != left(c, d, ends)))
