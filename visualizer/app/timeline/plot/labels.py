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
        best: tuple[float, tuple[float, float]] | None = None
        lefts = np.linspace(2.0, room[0] - wide - 2.0, 40) if room[0] > wide + 4.0 else np.empty(0)
        firsts, ends = (
            np.searchsorted(x, lefts - 2.0),
            np.searchsorted(x, lefts + wide + 2.0, "right"),
        )
        for left, first, end in zip(lefts.tolist(), firsts, ends, strict=True):
            if first == end:
                continue
            # how high and how low each curve runs under the name
            over, under = (f(rows[:, first:end], axis=1).tolist() for f in (np.min, np.max))
            highest, lowest = over[row], under[row]
            for top in (highest - high - _GAP_PX, lowest + _GAP_PX):
                box = (left, top, left + wide, top + high)
                wider = (left - _BETWEEN_PX, top, left + wide + _BETWEEN_PX, top + high)
                if top < 0.0 or box[3] > room[1] or any(_meet(wider, t) for t in taken):
                    continue
                free = min(
                    (_distance(over[k], under[k], top, top + high) for k in beside), default=room[1]
                )
                # a name beside a steep piece could belong to anything
                worth = min(free, 2.0 * high) - 0.5 * (lowest - highest)
                if free > clear_px and (best is None or worth > best[0] + 1e-9):
                    best = worth, (box[0], top)
        places.append(None if best is None else best[1])
        if best is not None:
            left, top = best[1]
            taken.append((left, top, left + wide, top + high))
    return places


def _distance(highest: float, lowest: float, top: float, bottom: float) -> float:
    """Return how far a curve stays from between two heights; 0 where it goes through."""
    if highest < bottom and lowest > top:
        return 0.0
    return max(highest - bottom, top - lowest)


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
