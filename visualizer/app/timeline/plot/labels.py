"""Where the names of curves stand beside them, so that they can be told apart without colour."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["CLEAR_PX", "places_of"]

Array = NDArray[np.float64]
Box = tuple[float, float, float, float]

_GAP_PX = 3.0
CLEAR_PX = 2.0 * _GAP_PX  # from here on a name is clearly nearer to its own curve
_BETWEEN_PX = 10.0  # side by side, two names would be read as one


def places_of(
    x: Array,
    curves: Sequence[Array],
    sizes: Sequence[tuple[float, float]],
    room: tuple[float, float],
    avoid: Sequence[Box] = (),
    others: Sequence[Array] = (),
    clear_px: float = 1.0,
) -> list[tuple[float, float] | None]:
    """Return where the names of curves stand: left and top (px), None where there is no room.

    Each name stands just above or below its curve, where the other curves are farthest away, never
    on one of them, and with a gap to the names before it.

    Parameters
    ----------
    x : (N,) ndarray
        Places of the values, px from the left, rising.
    curves : sequence of (N,) ndarray
        Heights of the curves, px from the top.
    sizes : sequence of (width, height)
        Of the names, px.
    room : (width, height)
        Of the plot, px.
    avoid : sequence of (left, top, right, bottom)
        Where no name stands, px.
    others : sequence of (N,) ndarray
        Curves without a name, or with one already.
    clear_px : float
        How far every other curve keeps from a name at least: farther than its own, and nobody can
        take it for the other's.
    """
    places: list[tuple[float, float] | None] = []
    taken = list(avoid)
    every = (*curves, *others)
    rows = np.array(every).reshape(len(every), x.size)
    for row, (wide, high) in enumerate(sizes):
        beside = [k for k, curve in enumerate(every) if curve is not curves[row]]
        lefts = np.linspace(2.0, room[0] - wide - 2.0, 40) if room[0] > wide + 4.0 else np.empty(0)
        ends = np.searchsorted(x, lefts - 2.0), np.searchsorted(x, lefts + wide + 2.0, "right")
        lefts, over, under = _runs(rows, lefts, *ends)
        highest, lowest = over[row], under[row]
        # above its curve and below it
        tops = np.stack([highest - high - _GAP_PX, lowest + _GAP_PX], axis=1)
        bottoms, free = tops + high, np.full(tops.shape, room[1])
        for n, k in enumerate(beside):
            distance = _distance(over[k, :, None], under[k, :, None], tops, bottoms)
            free = np.minimum(free, distance) if n else distance
        good = (tops >= 0.0) & (bottoms <= room[1]) & (free > clear_px)
        from_, to = lefts[:, None] - _BETWEEN_PX, lefts[:, None] + wide + _BETWEEN_PX
        for left, top, right, bottom in taken:
            good &= ~((from_ < right) & (left < to) & (tops < bottom) & (top < bottoms))
        # a name beside a steep piece could belong to anything
        worth = np.minimum(free, 2.0 * high) - 0.5 * (lowest - highest)[:, None]
        best: tuple[float, int, int] | None = None
        for at, side in np.argwhere(good).tolist():
            if best is None or worth[at, side] > best[0] + 1e-9:
                best = float(worth[at, side]), at, side
        if best is None:
            places.append(None)
            continue
        left, top = float(lefts[best[1]]), float(tops[best[1:]])
        places.append((left, top))
        taken.append((left, top, left + wide, top + high))
    return places


def _runs(
    rows: Array, lefts: Array, first: NDArray[np.intp], end: NDArray[np.intp]
) -> tuple[Array, Array, Array]:
    """Return those of the places (L,) with values, and how high and low rows (R, L) run there."""
    some = first < end
    bounds = np.stack([first[some], end[some]], axis=1).ravel()
    if not len(bounds):
        return np.empty(0), np.empty((len(rows), 0)), np.empty((len(rows), 0))
    # a run may end where the values do, and reduceat wants a value there
    longer = np.concatenate([rows, rows[:, -1:]], axis=1)
    over, under = (f.reduceat(longer, bounds, axis=1)[:, ::2] for f in (np.minimum, np.maximum))
    return lefts[some], over, under


def _distance(highest: Array, lowest: Array, tops: Array, bottoms: Array) -> Array:
    """Return how far a curve stays from between two heights; 0 where it goes through."""
    through = (highest < bottoms) & (lowest > tops)
    return np.where(through, 0.0, np.maximum(highest - bottoms, tops - lowest))
