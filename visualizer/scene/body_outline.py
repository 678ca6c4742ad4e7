"""A body as an outline over another one: how opaque its line and what it encloses are."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["opacity_of", "shaded", "share_of"]

# Opacity, 0 … 255: of the line, of the line where it crosses the first body, of what it encloses.
_LINE, _CROSSING, _FILL = 230, 170, 26


def opacity_of(
    inside: NDArray[np.bool_],
    first: NDArray[np.bool_],
    wide: int = 5,
    share: NDArray[np.uint8] | None = None,
) -> NDArray[np.uint8]:
    """Return how opaque the outline of a body is, (h, w), 0 … 255.

    Parameters
    ----------
    inside : (h, w) bool ndarray
        Where the body is.
    first : (h, w) bool ndarray
        Where the body is that it lies over: there it is not filled.
    wide : int
        Pixels from the line's one soft edge to the other, odd.
    share : (h, w) uint8 ndarray, optional
        How many pixels round each are inside, where that is known.
    """
    # How much of a pixel's neighbourhood is inside climbs evenly across an edge. The line is where
    # it is about half, so that the steps of the pixels are smoothed away.
    if share is None:
        share = share_of(inside, wide)
    plain = np.maximum(_line(_LINE, wide)[share], _FILL * inside.view(np.uint8))
    return np.where(first, _line(_CROSSING, wide)[share], plain)


def shaded(
    inside: NDArray[np.bool_],
    first: NDArray[np.bool_],
    wide: int,
    share: NDArray[np.uint8],
    shades: NDArray[np.uint32],
) -> NDArray[np.uint32]:
    """Return ``shades[opacity_of(...)]`` (h, w), looked up on the line alone.

    Parameters
    ----------
    inside, first, wide, share
        As for :func:`opacity_of`.
    shades : (256,) ndarray
        A pixel for every opacity; nothing for 0.
    """
    made: NDArray[np.uint32] = np.multiply(inside & ~first, shades[_FILL], dtype=np.uint32)
    line = np.flatnonzero((share > 0) & (share < wide**2))
    round_it, over = share.ravel()[line], first.ravel()[line]
    plain = np.maximum(_line(_LINE, wide)[round_it], _FILL * inside.ravel()[line].view(np.uint8))
    made.ravel()[line] = shades[np.where(over, _line(_CROSSING, wide)[round_it], plain)]
    return made


def share_of(inside: NDArray[np.bool_], wide: int) -> NDArray[np.uint8]:
    """Return how many pixels of each one's neighbourhood are inside, (h, w).

    Parameters
    ----------
    inside : (h, w) bool ndarray
        Where the body is.
    wide : int
        Width of the neighbourhood in pixels, odd, at most 15.
    """
    return _summed(_summed(inside.view(np.uint8), wide).T, wide).T


def _summed(values: NDArray[np.uint8], wide: int) -> NDArray[np.uint8]:
    """Return the sums of ``wide`` rows around each row (h, w)."""
    sums, reach = values.copy(), wide // 2
    for k in range(1, reach + 1):
        sums[k:] += values[:-k]
        sums[:-k] += values[k:]
    return sums


@cache
def _line(most: int, wide: int) -> NDArray[np.uint8]:
    """Return the opacity by how many pixels of a neighbourhood are inside."""
    share = np.arange(wide**2 + 1) / wide**2
    return (most * np.clip(2.0 * (1.0 - np.abs(2.0 * share - 1.0)), 0.0, 1.0)).astype(np.uint8)
