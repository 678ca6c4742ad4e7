"""How open the surface lies: baked occlusion from blurred occupancy at three scales."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.bake.geometry.grid import Grid

__all__ = ["Occlusion"]

Array = NDArray[np.float64]

# blur (m), how far above the surface it is looked up (m), weight
_SCALES = ((0.004, 0.005, 0.9), (0.010, 0.014, 0.8), (0.022, 0.034, 0.7))


class Occlusion:
    """Occupancy of the whole body, blurred.

    Parameters
    ----------
    grid : Grid
        The right half's grid.
    solid : bool volume
        Muscle and bone on it.
    midplane_x_m : float
        The left half is the mirror image.
    """

    def __init__(self, grid: Grid, solid: NDArray[np.bool_], midplane_x_m: float) -> None:
        from scipy.ndimage import gaussian_filter

        self._grid = grid
        self._midplane = midplane_x_m
        middle = round(float((midplane_x_m - grid.low[0]) / grid.step_m))
        half = solid[: middle + 1]
        whole = np.concatenate([half, half[::-1][1:]]).astype(np.float32)
        self._blurred = [
            gaussian_filter(whole, blur / grid.step_m)[: middle + 14] for blur, _, _ in _SCALES
        ]

    def at(self, points: Array, normals: Array) -> Array:
        """Return 1 (open) … 0 (deep in a groove) at points (n, 3) with outward normals."""
        mirrored = points[:, 0] > self._midplane
        points, normals = points.copy(), normals.copy()
        points[mirrored, 0] = 2 * self._midplane - points[mirrored, 0]
        normals[mirrored, 0] *= -1
        dark = np.zeros(len(points))
        for (_, above, weight), volume in zip(_SCALES, self._blurred, strict=True):
            dark += weight * self._grid.sample(volume, points + normals * above, 0.0)
        return np.clip(1.12 - 0.95 * dark, 0.05, 1.0)
