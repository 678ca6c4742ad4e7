"""What drawing returns: pixels, the part under every pixel, and depth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

__all__ = ["Picture", "halved"]


@dataclass(frozen=True, eq=False)
class Picture:
    """A drawn picture; its arrays are never drawn into again while it is alive.

    Attributes
    ----------
    pixels : (h, w, 4) uint8 ndarray
        Blue, green, red, 255: the layout of ``QImage.Format_RGB32``, rows without gaps.
    part : (h, w) int16 ndarray
        Part under every pixel, -1 = nothing. Translucent parts count only where nothing opaque
        lies beneath them.
    inv_depth : (h, w) float32 ndarray, 1/metre
        1 / depth of that part along the view, 0 = nothing; (0, 0) when drawn without depth.
    """

    pixels: npt.NDArray[np.uint8]
    part: npt.NDArray[np.int16]
    inv_depth: npt.NDArray[np.float32]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.pixels.shape[1], self.pixels.shape[0]

    @property
    def depth(self) -> npt.NDArray[np.float32]:
        """(h, w) float32 ndarray, metres: distance along the view, inf = nothing. Made anew."""
        with np.errstate(divide="ignore"):
            return np.reciprocal(self.inv_depth)

    @property
    def rgb(self) -> npt.NDArray[np.uint8]:
        """(h, w, 3) uint8 ndarray: red, green, blue, for files. Made anew."""
        return np.ascontiguousarray(self.pixels[..., 2::-1])

    def copy(self) -> Picture:
        """Return a picture with arrays of its own."""
        return Picture(self.pixels.copy(), self.part.copy(), self.inv_depth.copy())

    @classmethod
    def beside(cls, pictures: Sequence[Picture]) -> Picture:
        """Return pictures of one height joined from left to right."""
        if not pictures:
            raise ValueError("no pictures to join")
        return cls(
            np.concatenate([p.pixels for p in pictures], axis=1),
            np.concatenate([p.part for p in pictures], axis=1),
            np.concatenate([p.inv_depth for p in pictures], axis=1),
        )

    def part_at(self, x: float, y: float) -> int | None:
        """Return the part under a pixel position, None outside and where there is nothing."""
        column, row = int(np.floor(x)), int(np.floor(y))
        width, height = self.size
        if not (0 <= column < width and 0 <= row < height):
            return None
        part = int(self.part[row, column])
        return None if part < 0 else part


def halved(pixels: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """Return the mean of every 2 x 2 pixels.

    Parameters
    ----------
    pixels : (2 h, 2 w, 4) uint8 ndarray
        A picture with even sides.
    """
    height, width = pixels.shape[0] // 2, pixels.shape[1] // 2
    blocks = pixels.reshape(height, 2, width, 2, 4).astype(np.uint16)
    mean: npt.NDArray[np.uint8] = ((blocks.sum(axis=(1, 3)) + 2) >> 2).astype(np.uint8)
    return mean
