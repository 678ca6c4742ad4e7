"""A soft shadow on the floor z = 0, as a small map seen from above.

The lowest height of the body over every cell tells how dark and how soft its shadow is: what
touches the floor darkens it sharply, what hovers above dims it widely.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from visualizer.render.mesh import checked

__all__ = ["Shadow", "darkness", "world_rectangle"]

FloatArray = npt.NDArray[np.float32]

CELL_M = 0.02
# Room round the body for the blur to fade out in.
MARGIN_CELLS = 14
MAX_CELLS = 256
# Points farther off, and senseless ones, cast no shadow.
FAR_M = 20.0
# Marks a cell with nothing above it.
EMPTY_M = 1e9
# What touches the floor, and what hovers: falloff with height in metres, strength, radius of the
# blur in cells.
LAYERS = np.array([[0.05, 0.62, 1], [0.55, 0.55, 5]], np.float32)


@dataclass(frozen=True, eq=False)
class Shadow:
    """Darkness over a rectangle of the floor.

    Attributes
    ----------
    darkness : (h, w) float32 ndarray
        0 .. 1, rows along y, columns along x; 0 at the border.
    low : tuple of 2 float, metres
        x and y of the first cell's outer corner.
    cell_m : float
        Side of a cell.
    """

    darkness: FloatArray
    low: tuple[float, float]
    cell_m: float

    def __post_init__(self) -> None:
        checked("darkness", self.darkness, np.float32, (None, None))
        if not np.isfinite(self.darkness).all():
            raise ValueError("darkness must be finite")
        if not (np.isfinite([*self.low, self.cell_m]).all() and self.cell_m > 0):
            raise ValueError("a shadow needs a finite corner and a positive cell")


def world_rectangle(position: FloatArray) -> tuple[tuple[float, float], float, tuple[int, int]]:
    """Return corner (metres), cell (metres) and cells (columns, rows) that hold all points.

    The corner is a whole number of cells from the origin, so that a still body's shadow does not
    shimmer when a hand moves the border.
    """
    flat = position[:, :2].T.copy()
    if not np.abs(flat).max(initial=0.0) < FAR_M:
        flat = flat[:, (np.abs(flat) < FAR_M).all(axis=0)]
    if not flat.size:
        return (0.0, 0.0), CELL_M, (2, 2)
    low, high = flat.min(axis=1).astype(float), flat.max(axis=1).astype(float)
    cell = CELL_M
    while (high - low).max() / cell > MAX_CELLS and cell < 1.0:
        cell *= 2.0
    high = np.minimum(high, low + MAX_CELLS * cell)
    first = np.floor(low / cell).astype(int) - MARGIN_CELLS
    last = np.ceil(high / cell).astype(int) + MARGIN_CELLS
    columns, rows = (last - first).tolist()
    return (float(first[0] * cell), float(first[1] * cell)), cell, (columns, rows)


def _blurred(image: FloatArray, radius: int) -> FloatArray:
    """Return the image after two box blurs of ``2 radius + 1`` cells along both axes."""
    width = 2 * radius + 1
    for _ in range(2):
        for _ in range(2):
            total = np.zeros((image.shape[0] + 2 * radius + 1, image.shape[1]), np.float32)
            total[radius + 1 : -radius] = image
            np.cumsum(total[: -radius or None], axis=0, out=total[: -radius or None])
            total[-radius:] = total[-radius - 1]
            image = (total[width:] - total[:-width]) * np.float32(1.0 / width)
        image = np.ascontiguousarray(image.T)
    return image


def darkness(lowest_m: FloatArray) -> FloatArray:
    """Return how dark the floor is under heights: the reference of ``darken`` in native/floor.c.

    Parameters
    ----------
    lowest_m : (h, w) float32 ndarray, metres
        Lowest height of anything over a cell; ``EMPTY_M`` where there is nothing.

    Returns
    -------
    (h, w) float32 ndarray
        0 .. 1; 0 at the border.
    """
    height = np.maximum(lowest_m, np.float32(0.0))
    dark = np.zeros_like(height)
    for falloff_m, strength, radius in LAYERS.tolist():
        dark += strength * _blurred(np.exp(height * np.float32(-1.0 / falloff_m)), int(radius))
    np.clip(dark, 0.0, 1.0, out=dark)
    dark[0], dark[-1], dark[:, 0], dark[:, -1] = 0.0, 0.0, 0.0, 0.0
    return np.ascontiguousarray(dark, np.float32)
