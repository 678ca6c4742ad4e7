"""Evens out a simplified mesh: long slivers make bands ragged and tear in poses.

Vertices slide along the surface towards the middle of their neighbours and are put back on the
level set that they came from; edges are turned where that makes the triangles rounder.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.bake.geometry.grid import Grid
from tools.bake.geometry.mesh import ClosedMesh, mesh_volume_cm3, vector_areas

__all__ = ["evened"]

Array = NDArray[np.float64]
Volume = NDArray[np.float32]
Faces = NDArray[np.int32]
Indices = NDArray[np.int64]

_ROUNDS = 6
_SLIDE = 0.6
# Where the faces round a vertex agree less than this, it lies on a rim and does not slide.
_RIM = 0.8
_MOST_CORRECTION_M = 0.0008
# Two triangles that meet at a sharper angle than this keep their edge: it is a rim.
_FLAT = 0.85


def evened(
    vertices: Array, faces: Faces, level: Volume, grid: Grid, first: tuple[int, int, int]
) -> tuple[Array, Faces]:
    """Return a mesh of the same size with rounder triangles on the same surface.

    Parameters
    ----------
    vertices, faces : (V, 3) and (F, 3) ndarray
        A closed mesh, metres.
    level : float32 volume
        The field whose zero level it is, about metres.
    grid : Grid
        Its grid.
    first : (int, int, int)
        Index of the volume's first point on the grid.
    """
    low = grid.low + np.array(first) * grid.step_m
    here = Grid(low, grid.step_m, (level.shape[0], level.shape[1], level.shape[2]))
    # simplification leaves vertices a little outside, which keeps the volume: there they stay
    wanted = here.sample(level, vertices, 0.0)
    volume_cm3 = mesh_volume_cm3(ClosedMesh(vertices, faces))
    for _ in range(_ROUNDS):
        faces = _turned(vertices, faces)
        vertices = _slid(vertices, faces)
        height = here.sample(level, vertices, 0.0) - wanted
        height = np.clip(height, -_MOST_CORRECTION_M, _MOST_CORRECTION_M)
        vertices = vertices - here.gradient(level, vertices, 0.7 * grid.step_m) * height[:, None]
    faces = _turned(vertices, faces)
    # on a coarse grid sliding shrinks what is strongly curved: give it back all round
    missing_cm3 = volume_cm3 - mesh_volume_cm3(ClosedMesh(vertices, faces))
    areas = vector_areas(vertices, faces)
    length = np.linalg.norm(areas, axis=1, keepdims=True)
    lift_m = missing_cm3 * 1e-6 / max(float(length.sum()) / 6.0, 1e-12)
    return vertices + areas / (length + 1e-18) * lift_m, faces


def _slid(vertices: Array, faces: Faces) -> Array:
    """Move vertices within the surface towards the mean of their neighbours; rims stay."""
    n = len(vertices)
    total = np.zeros_like(vertices)
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    face_area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
    area = np.zeros(n)
    count = np.zeros(n)
    for corner in range(3):
        at, next_, last = (faces[:, (corner + k) % 3] for k in range(3))
        both = vertices[next_] + vertices[last]
        area += np.bincount(at, face_area, n)
        count += 2.0 * np.bincount(at, minlength=n)
        for axis in range(3):
            total[:, axis] += np.bincount(at, both[:, axis], n)
    normal = vector_areas(vertices, faces)
    length = np.linalg.norm(normal, axis=1)
    free = np.clip((length / np.maximum(area, 1e-18) - _RIM) / (1 - _RIM), 0, 1)
    normal /= length[:, None] + 1e-18
    move = _SLIDE * free[:, None] * (total / np.maximum(count, 1)[:, None] - vertices)
    return np.asarray(vertices + move - (move * normal).sum(1, keepdims=True) * normal)


def _turned(vertices: Array, faces: Faces) -> Faces:
    """Turn edges whose two opposite angles exceed two right angles (Delaunay), where it is flat."""
    n = len(vertices)
    faces = faces.copy()
    start, end, apex = (
        np.concatenate([faces[:, (k + j) % 3] for k in range(3)]).astype(np.int64) for j in range(3)
    )
    owner = np.tile(np.arange(len(faces)), 3)
    key = start * n + end
    order = np.argsort(key, kind="stable")
    back = np.searchsorted(key[order], end * n + start)
    twin = order[np.minimum(back, len(order) - 1)]
    _, which, times = np.unique(key, return_inverse=True, return_counts=True)
    once = times[which]
    good = (key[twin] == end * n + start) & (start < end) & (once == 1) & (once[twin] == 1)
    e = np.flatnonzero(good)
    p, q, r, s = start[e], end[e], apex[e], apex[twin[e]]
    old = [_normals(vertices, p, q, r), _normals(vertices, q, p, s)]
    new = [_normals(vertices, r, p, s), _normals(vertices, s, q, r)]
    flat = (old[0] * old[1]).sum(1) > _FLAT
    for normal in new:
        flat &= ((normal * old[0]).sum(1) > _FLAT) & ((normal * old[1]).sum(1) > _FLAT)
    gain = _angle(vertices, r, p, q) + _angle(vertices, s, p, q) - np.pi
    wanted = np.flatnonzero(flat & (gain > 0.02) & (r != s))
    edges = set(np.minimum(start, end) * n + np.maximum(start, end))
    touched = np.zeros(len(faces), bool)
    for i in wanted[np.argsort(-gain[wanted], kind="stable")]:
        one, two = owner[e[i]], owner[twin[e[i]]]
        across = min(r[i], s[i]) * n + max(r[i], s[i])
        if touched[one] or touched[two] or across in edges:
            continue
        touched[[one, two]] = True
        edges.add(across)
        faces[one] = r[i], p[i], s[i]
        faces[two] = s[i], q[i], r[i]
    return faces


def _normals(vertices: Array, a: Indices, b: Indices, c: Indices) -> Array:
    normal = np.cross(vertices[b] - vertices[a], vertices[c] - vertices[a])
    return np.asarray(normal / (np.linalg.norm(normal, axis=1, keepdims=True) + 1e-18))


def _angle(vertices: Array, at: Indices, a: Indices, b: Indices) -> Array:
    one, two = vertices[a] - vertices[at], vertices[b] - vertices[at]
    cosine = (one * two).sum(1) / (
        np.linalg.norm(one, axis=1) * np.linalg.norm(two, axis=1) + 1e-18
    )
    return np.asarray(np.arccos(np.clip(cosine, -1, 1)))
