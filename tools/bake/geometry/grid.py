"""A regular grid over the right half of the body, and the solids in it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

__all__ = ["Grid", "occupancy", "signed_distance", "surface_samples"]

Array = NDArray[np.float64]
Block = tuple[slice, slice, slice]

# How far round the bones it reaches: room for the flesh (left, back, up).
_BEFORE_M, _AFTER_M = (0.0315, 0.0195, 0.0280), (0.0, 0.0340, 0.0233)
# how far beyond the midplane the grid reaches, so that filters see both sides
_BEYOND_M = 0.030


@dataclass(frozen=True)
class Grid:
    """Points ``low + h · (i, j, k)``.

    Attributes
    ----------
    low : (3,) ndarray
        First point, metres.
    step_m : float
        Distance between neighbours.
    shape : (int, int, int)
        Number of points.
    """

    low: Array
    step_m: float
    shape: tuple[int, int, int]

    @classmethod
    def around(cls, bones: Iterable[_Closed], midplane_x_m: float, step_m: float) -> Grid:
        """Return the grid that covers the right half of the body with these bones at rest."""
        points = np.vstack([bone.vertices for bone in bones])
        low, high = points.min(0) - _BEFORE_M, points.max(0) + _AFTER_M
        # a plane of points exactly on the midplane makes mirrored filters exact
        low[0] = midplane_x_m - np.ceil((midplane_x_m - low[0]) / step_m) * step_m
        high[0] = midplane_x_m + _BEYOND_M
        shape = np.ceil((high - low) / step_m).astype(int) + 1
        return cls(low, step_m, (int(shape[0]), int(shape[1]), int(shape[2])))

    @property
    def axes(self) -> tuple[Array, Array, Array]:
        """x, y and z of its planes of points, metres."""
        x, y, z = (self.low[c] + self.step_m * np.arange(self.shape[c]) for c in range(3))
        return x, y, z

    def block_around(self, points: Array, margin_m: float) -> tuple[Block, Grid]:
        """Return the block of the grid around points (n, 3), as slices and as a grid of its own."""
        first = np.floor((points.min(0) - margin_m - self.low) / self.step_m).astype(int)
        last = np.ceil((points.max(0) + margin_m - self.low) / self.step_m).astype(int) + 1
        first, last = np.maximum(first, 0), np.minimum(last, self.shape)
        x, y, z = (slice(int(a), int(b)) for a, b in zip(first, last, strict=True))
        shape = (x.stop - x.start, y.stop - y.start, z.stop - z.start)
        return (x, y, z), Grid(self.low + first * self.step_m, self.step_m, shape)

    def coordinates(self, points: Array) -> Array:
        """Return fractional grid coordinates (3, n) of points (n, 3)."""
        return np.asarray(((points - self.low) / self.step_m).T)

    def sample(self, volume: NDArray[np.float32], points: Array, outside: float) -> Array:
        """Return the linear interpolation of a volume at points (n, 3)."""
        from scipy.ndimage import map_coordinates

        return np.asarray(
            map_coordinates(
                volume, self.coordinates(points), order=1, mode="constant", cval=outside
            ),
            float,
        )

    def gradient(self, volume: NDArray[np.float32], points: Array, reach_m: float) -> Array:
        """Return the unit direction in which a volume grows at points (n, 3)."""
        from scipy.ndimage import map_coordinates

        g = np.empty_like(points)
        for axis in range(3):
            d = np.zeros(3)
            d[axis] = reach_m
            ahead, behind = (
                map_coordinates(volume, self.coordinates(points + s * d), order=1, mode="nearest")
                for s in (1, -1)
            )
            g[:, axis] = ahead - behind
        return np.asarray(g / (np.linalg.norm(g, axis=1, keepdims=True) + 1e-9))


def surface_samples(vertices: Array, faces: NDArray[np.int32], spacing_m: float) -> Array:
    """Return points that cover a triangle mesh at least every ``spacing_m``."""
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    edge = np.max([np.linalg.norm(u - v, axis=1) for u, v in ((a, b), (b, c), (c, a))], 0)
    parts = np.maximum(np.ceil(edge / spacing_m).astype(int), 1)
    out = [vertices]
    for n in np.unique(parts):
        mine = parts == n
        u, v = (w.ravel() / n for w in np.meshgrid(np.arange(n + 1), np.arange(n + 1)))
        inside = u + v <= 1 + 1e-9
        u, v = u[inside], v[inside]
        points = (
            a[mine][:, None] * (1 - u - v)[None, :, None]
            + b[mine][:, None] * u[None, :, None]
            + c[mine][:, None] * v[None, :, None]
        )
        out.append(points.reshape(-1, 3))
    return np.vstack(out)


class _Closed(Protocol):
    """A closed triangle mesh: vertices (V, 3) in metres, faces (F, 3)."""

    @property
    def vertices(self) -> Array: ...
    @property
    def faces(self) -> NDArray[np.int32]: ...


def occupancy(grid: Grid, meshes: Iterable[_Closed]) -> NDArray[np.bool_]:
    """Return which points of the grid lie within closed meshes (bones, sheets)."""
    from scipy.ndimage import binary_fill_holes

    solid = np.zeros(grid.shape, bool)
    limit = grid.low[0] + grid.step_m * (grid.shape[0] - 1)
    for mesh in meshes:
        if mesh.vertices[:, 0].min() > limit:
            continue
        samples = surface_samples(mesh.vertices, mesh.faces, grid.step_m * 0.7)
        index = np.round(grid.coordinates(samples).T).astype(int)
        first = index.min(0) - 1
        block = np.zeros(index.max(0) - first + 2, bool)
        block[tuple((index - first).T)] = True
        filled = np.argwhere(binary_fill_holes(block)) + first
        inside = ((filled >= 0) & (filled < grid.shape)).all(1)
        solid[tuple(filled[inside].T)] = True
    return solid


def signed_distance(solid: NDArray[np.bool_], step_m: float) -> NDArray[np.float32]:
    """Return the smoothed signed distance to a solid, negative inside, metres."""
    from scipy.ndimage import distance_transform_edt, gaussian_filter

    away = distance_transform_edt(~solid).astype(np.float32)
    away -= distance_transform_edt(solid).astype(np.float32)
    away *= np.float32(step_m)
    return np.asarray(gaussian_filter(away, 1.2), np.float32)
