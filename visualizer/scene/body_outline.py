"""A body as an outline over another one: how opaque its line and what it encloses are."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

__all__ = ["enlarged", "opacities", "opacity_of", "share_of"]

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
    plain = np.maximum(_line(_LINE, wide**2)[share], _FILL * inside.view(np.uint8))
    return np.where(first, _line(_CROSSING, wide**2)[share], plain)


def opacities(levels: int, width: float = 1.0) -> NDArray[np.uint8]:
    """Return how opaque an outline is (2 levels + 2,), by share and by whether the first body is.

    Of a pixel with a share of ``s`` beside the first body the place is ``s``, before the first body
    ``s + levels + 1``.

    Parameters
    ----------
    levels : int
        The share of a pixel with nothing round it but the body.
    width : float
        Width of the line, 1 for the usual one.
    """
    share = np.arange(levels + 1)
    # where the body begins is on the line, which is more opaque than what it encloses
    fill = np.where(2 * share > levels, _FILL, 0)
    plain = np.maximum(_line(_LINE, levels, width), fill)
    return np.concatenate([plain, _line(_CROSSING, levels, width)]).astype(np.uint8)


def enlarged(share: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return shares of at most 9 (h, w) on twice as many rows and columns, times 8.

    They rise evenly between the pixels, so a line along half of them has no corners: of a body that
    was drawn coarsely it looks nearly as of one that was drawn twice as finely.
    """
    high, wide = share.shape
    rows = np.empty((high, 2, wide), np.uint8)
    rows[...] = (share * np.uint8(3))[:, None]
    for side, (to, of) in enumerate(((np.s_[1:], np.s_[:-1]), (np.s_[:-1], np.s_[1:]))):
        rows[to, side] += share[of]
    rows[0, 0] += share[0]
    rows[-1, 1] += share[-1]
    lines = rows.reshape(2 * high, wide)
    right = lines * np.uint8(3)
    left = right.copy()
    left[:, 1:] += lines[:, :-1]
    left[:, 0] += lines[:, 0]
    right[:, :-1] += lines[:, 1:]
    right[:, -1] += lines[:, -1]
    # of up to 144 half: beside as many of the first body they fit into a byte. Two bytes at once,
    # the left one first: each for itself takes three times as long.
    pairs = np.multiply(right >> 1, 256, dtype="<u2")
    pairs |= left >> 1
    return np.asarray(pairs.view(np.uint8))


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
def _line(most: int, levels: int, width: float = 1.0) -> NDArray[np.uint8]:
    """Return the opacity of a line by how much of a neighbourhood is inside, of ``levels``."""
    share = np.arange(levels + 1) / levels
    risen = 2.0 * (1.0 - np.abs(2.0 * share - 1.0) / width)
    return (most * np.clip(risen, 0.0, 1.0)).astype(np.uint8)
