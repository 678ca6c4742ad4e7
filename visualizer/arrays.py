"""What numpy has as well, without ``numpy.ma``.

``numpy.unique`` and ``numpy.median`` look whether an array is masked, and so import a module that
takes 20 ms of the window's start and some megabytes.
"""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

__all__ = ["distinct", "median"]

Number = TypeVar("Number", bound=np.generic)


def distinct(numbers: NDArray[Number]) -> NDArray[Number]:
    """Return the different ones of some numbers, in order, whatever the shape of their array."""
    ordered = np.sort(numbers, axis=None)
    first = np.ones(len(ordered), bool)
    first[1:] = ordered[1:] != ordered[:-1]
    return ordered[first]


def median(numbers: NDArray[Any]) -> float:
    """Return the median of (N,) numbers, N > 0; of an even count the mean of the middle two."""
    middle = len(numbers) // 2
    below = middle if len(numbers) % 2 else middle - 1
    parted = np.partition(numbers, (below, middle))
    return float((parted[below] + parted[middle]) / 2)
