"""Sculpting with level sets: a volume that smooth lumps are added to and cut away from.

Coordinates are millimetres, on the body that the sculpture was made for, from an origin along the
world's axes: aside (unsigned when the sculpture is symmetric), back, up. Everything else in the
bake is in metres.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from tools.bake.covering.hull import smooth_union
from tools.bake.geometry.grid import Grid

__all__ = ["Clay", "Point"]

Array = NDArray[np.float64]
Volume = NDArray[np.float32]
Point = tuple[float, float, float]


class Clay:
    """A level set (negative inside, metres) that is worked on.

    Parameters
    ----------
    grid : Grid
        Where it is sampled.
    origin : (3,) array-like
        Zero of the sculptor's coordinates, world, metres.
    scale : float
        How many times as large everything is made.
    symmetric : bool
        Whether every lump is also put on the other side of the origin's sagittal plane.
    level : Volume, optional
        What to start from; empty space by default.
    """

    def __init__(
        self,
        grid: Grid,
        origin: ArrayLike,
        scale: float,
        *,
        symmetric: bool = False,
        level: Volume | None = None,
    ) -> None:
        self.grid, self.scale = grid, scale
        self.origin = start = np.asarray(origin, float)
        x, y, z = (
            ((axis - zero) * (1e3 / scale)).astype(np.float32)
            for axis, zero in zip(grid.axes, start, strict=True)
        )
        self._x = (np.abs(x) if symmetric else x)[:, None, None]
        self._y = y[None, :, None]
        self._z = z[None, None, :]
        self.level = np.full(grid.shape, 0.03, np.float32) if level is None else level

    def add(self, lump: Volume, blend_mm: float) -> None:
        """Add a lump; the seam is rounded over ``blend_mm``."""
        self.level = smooth_union(self.level, lump, blend_mm * 1e-3 * self.scale)

    def cut(self, lump: Volume, blend_mm: float) -> None:
        """Cut a lump away; the rim is rounded over ``blend_mm``."""
        self.level = -smooth_union(-self.level, lump, blend_mm * 1e-3 * self.scale)

    def ellipsoid(
        self, centre: Point, radii: Point, pitch_deg: float = 0.0, yaw_deg: float = 0.0
    ) -> Volume:
        """Return an ellipsoid, millimetres.

        ``pitch_deg`` leans its top forwards, ``yaw_deg`` turns its back inwards.
        """
        x, y, z = self._x - centre[0], self._y - centre[1], self._z - centre[2]
        if pitch_deg:
            c, s = math.cos(math.radians(pitch_deg)), math.sin(math.radians(pitch_deg))
            y, z = y * c + z * s, z * c - y * s
        if yaw_deg:
            c, s = math.cos(math.radians(yaw_deg)), math.sin(math.radians(yaw_deg))
            x, y = x * c + y * s, y * c - x * s
        a, b, c = radii
        reach = np.sqrt((x / a) ** 2 + (y / b) ** 2 + (z / c) ** 2)
        # to first order a distance: the value over the length of its gradient
        steep = np.sqrt((x / a**2) ** 2 + (y / b**2) ** 2 + (z / c**2) ** 2) + 1e-6
        return np.asarray(reach * (reach - 1) / steep * (1e-3 * self.scale), np.float32)

    def rod(self, start: Point, end: Point, start_radius: float, end_radius: float) -> Volume:
        """Return a rod with round ends whose radius changes evenly along it, millimetres."""
        a, d = np.array(start), np.subtract(end, start)
        x, y, z = self._x - a[0], self._y - a[1], self._z - a[2]
        share = np.clip((x * d[0] + y * d[1] + z * d[2]) / (d @ d), 0, 1)
        away = np.sqrt((x - share * d[0]) ** 2 + (y - share * d[1]) ** 2 + (z - share * d[2]) ** 2)
        radius = start_radius + (end_radius - start_radius) * share
        return np.asarray((away - radius) * (1e-3 * self.scale), np.float32)

    def local(self, point: ArrayLike) -> Point:
        """Return a world point (metres) in the sculptor's coordinates."""
        x, y, z = (np.asarray(point, float) - self.origin) * (1e3 / self.scale)
        return float(x), float(y), float(z)
