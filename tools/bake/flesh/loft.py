"""Regular grids over a fan of strands: surfaces, binding and closed meshes of sheets."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.bake.geometry.grid import Grid
from tools.bake.strands.centrelines import KNOTS

__all__ = ["closed_faces", "facing", "fan_surface", "grid_faces", "lifted", "sheet_normals"]

Array = NDArray[np.float64]
Volume = NDArray[np.float32]

_LIFT_ROUNDS = 24
_LIFT_STEP_M = 0.002


def fan_surface(lines: Array, a: Array, u: Array) -> Array:
    """Return points (rows, columns, 3) of the smooth surface through the strands."""
    from scipy.interpolate import CubicSpline

    across = CubicSpline(np.arange(len(lines)), lines, axis=0)(a[:, 0])
    place = np.clip(u * (KNOTS - 1), 0, KNOTS - 1)
    k = np.minimum(place.astype(int), KNOTS - 2)
    g = (place - k)[..., None]
    row = np.arange(len(a))[:, None]
    return np.asarray(across[row, k] * (1 - g) + across[row, k + 1] * g)


def sheet_normals(sheet: Array, axis: Array | None = None) -> Array:
    """Return the unit normals (n, m, 3) of a grid, away from the upright ``axis`` (x, y) if any."""
    normal = np.cross(np.gradient(sheet, axis=0), np.gradient(sheet, axis=1))
    normal /= np.linalg.norm(normal, axis=2, keepdims=True) + 1e-12
    if axis is not None and (normal[..., :2] * (sheet[..., :2] - axis)).sum() < 0:
        normal = -normal
    return np.asarray(normal)


def lifted(
    middle: Array, half: Array, grid: Grid, beneath: Volume, axis: Array, clear_m: float
) -> Array:
    """Return the sheet raised until its underside clears what lies beneath."""
    from scipy.ndimage import uniform_filter1d

    moved = np.zeros(middle.shape[:2])
    normal = sheet_normals(middle, axis)
    for _ in range(_LIFT_ROUNDS):
        here = middle + normal * moved[..., None]
        height = grid.sample(beneath, here.reshape(-1, 3), 0.03).reshape(moved.shape)
        moved = moved + np.clip(half + clear_m - height, 0.0, _LIFT_STEP_M)
        for ax in (0, 1):
            moved = 0.5 * moved + 0.5 * uniform_filter1d(moved, 3, axis=ax, mode="nearest")
    return np.asarray(middle + normal * moved[..., None])


def grid_faces(n: int, m: int) -> NDArray[np.int32]:
    """Return the triangles of a grid of n rows and m columns of vertices."""
    r, c = (v.ravel() for v in np.meshgrid(np.arange(n - 1), np.arange(m - 1), indexing="ij"))
    a = r * m + c
    return np.concatenate(
        [np.stack([a, a + 1, a + m], 1), np.stack([a + 1, a + m + 1, a + m], 1)]
    ).astype(np.int32)


def facing(
    vertices: Array, faces: NDArray[np.int32], outward: Array, first: int | None = None
) -> NDArray[np.int32]:
    """Return faces, turned over if they (or the ``first`` of them) look against ``outward``."""
    a, b, c = (vertices[faces[:first, k]] for k in range(3))
    return faces[:, ::-1].copy() if (np.cross(b - a, c - a) @ outward).sum() < 0 else faces


def closed_faces(n: int, m: int) -> NDArray[np.int32]:
    """Return the triangles of two grids, one over the other, and of the rim between them.

    Of the lower one, which is hardly ever seen, every other row and column is left out.
    """
    upper = grid_faces(n, m)
    rows, columns = (np.unique(np.append(np.arange(0, k, 2), k - 1)) for k in (n, m))
    kept = (rows[:, None] * m + columns).ravel()
    lower = kept[grid_faces(len(rows), len(columns))][:, ::-1] + n * m
    rim = np.concatenate(
        [
            np.arange(m - 1),
            np.arange(n - 1) * m + m - 1,
            (n - 1) * m + np.arange(m - 1, 0, -1),
            np.arange(n - 1, 0, -1) * m,
        ]
    )
    following = np.roll(rim, -1)
    # beneath each vertex of the rim: the last one that is there
    last = np.maximum.accumulate(np.where(np.isin(rim, kept), np.arange(len(rim)), 0))
    beneath = rim[last] + n * m
    next_beneath = np.roll(beneath, -1)
    on = next_beneath != beneath
    wall = [
        np.stack([following, rim, beneath], 1),
        np.stack([following, beneath, next_beneath], 1)[on],
    ]
    return np.concatenate([upper, lower, *wall]).astype(np.int32)
