"""Arrays of pictures that are gone, for the next ones.

Fresh arrays cost a page fault per 4 KB, about 2 ms at 1920 x 1080. So a picture's arrays lie over
memory of the pool, each with a :class:`_Lease` between: the array, and every view that somebody
makes of it, keeps the lease alive, and when the last is gone the memory is free again.
"""

from __future__ import annotations

import weakref
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from visualizer.render.contract import CLEAN_PIXELS, TILE_PX
from visualizer.render.picture import Picture

__all__ = ["PicturePool"]

Arrays = tuple[npt.NDArray[Any], npt.NDArray[Any], npt.NDArray[Any]]

# Sets of arrays that are kept: one on show, one being drawn.
_KEPT = 2


class _Lease:
    """Stands between memory of the pool and the arrays over it."""

    def __init__(self, memory: npt.NDArray[Any]) -> None:
        self._memory = memory  # must not go before the arrays over it
        self.__array_interface__ = memory.__array_interface__


@dataclass(eq=False)
class _Memory:
    """Arrays for one picture, what they hold already, and who has them."""

    arrays: Arrays
    clean: npt.NDArray[np.uint8]
    gradient: npt.NDArray[np.uint32]
    leases: list[weakref.ref[_Lease]] = field(default_factory=list)

    @property
    def free(self) -> bool:
        return all(lease() is None for lease in self.leases)

    def lease(self) -> Picture:
        leases = [_Lease(a) for a in self.arrays]
        self.leases = [weakref.ref(lease) for lease in leases]
        return Picture(*(np.asarray(lease) for lease in leases))


class PicturePool:
    """Hands out the arrays of pictures, all of one size at a time."""

    def __init__(self) -> None:
        self._kept: list[_Memory] = []

    def lease(
        self, size: tuple[int, int], depth: bool, gradient: npt.NDArray[np.uint32]
    ) -> tuple[Picture, npt.NDArray[np.uint8]]:
        """Return a picture to draw into, and what its tiles hold already (see ``CLEAN_PIXELS``).

        Parameters
        ----------
        size : tuple of int
            Width and height in pixels.
        depth : bool
            Whether the picture has a depth; otherwise ``inv_depth`` is (0, 0).
        gradient : (h, 8) uint32 ndarray
            What empty tiles show; tiles that hold another one are not clean.
        """
        width, height = size
        far = (height, width) if depth else (0, 0)
        same = [
            m for m in self._kept
            if (m.arrays[1].shape, m.arrays[2].shape) == ((height, width), far)
        ]  # fmt: skip
        self._kept = same[-_KEPT:]
        memory = next((m for m in self._kept if m.free), None)
        if memory is None:
            tiles = -(-width // TILE_PX) * -(-height // TILE_PX)
            memory = _Memory(
                (
                    np.empty((height, width, 4), np.uint8),
                    np.empty((height, width), np.int16),
                    np.empty(far, np.float32),
                ),
                np.zeros(tiles, np.uint8),
                gradient,
            )
            self._kept.append(memory)
        elif memory.gradient is not gradient:
            memory.clean &= ~np.uint8(CLEAN_PIXELS)
            memory.gradient = gradient
        return memory.lease(), memory.clean
