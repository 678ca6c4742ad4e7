"""A closed triangle mesh and what is measured on it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["ClosedMesh", "is_closed", "mesh_volume_cm3", "vector_areas", "vertex_normals"]

Array = NDArray[np.float64]
Faces = NDArray[np.int32]


@dataclass(frozen=True)
class ClosedMesh:
    """A closed triangle mesh: vertices (V, 3) in metres, faces (F, 3) counter-clockwise."""

    vertices: Array
    faces: Faces


def vector_areas(vertices: Array, faces: Faces) -> Array:
    """Return twice the sum of the vector areas of the triangles round each vertex, (V, 3) m².

    A sixth of that is how the enclosed volume grows with the vertex.
    """
    a, b, c = (vertices[faces[:, k]] for k in range(3))
    normal = np.cross(b - a, c - a)
    out = np.zeros_like(vertices)
    for corner in range(3):
        for axis in range(3):
            out[:, axis] += np.bincount(faces[:, corner], normal[:, axis], len(vertices))
    return out


def vertex_normals(vertices: Array, faces: Faces) -> Array:
    """Return unit vertex normals, weighted by area, (V, 3)."""
    out = vector_areas(vertices, faces)
    length = np.linalg.norm(out, axis=1)
    # a vertex between two coincident faces has no normal of its own: away from the middle, then
    flat = length < 1e-12
    out[flat] = vertices[flat] - vertices.mean(0)
    length[flat] = np.linalg.norm(out[flat], axis=1)
    return np.asarray(out / np.maximum(length, 1e-12)[:, None])


def mesh_volume_cm3(mesh: ClosedMesh) -> float:
    """Return the volume within a closed mesh, negative when its faces point inwards."""
    centre = mesh.vertices.mean(0)
    a, b, c = (mesh.vertices[mesh.faces[:, k]] - centre for k in range(3))
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6 * 1e6)


def is_closed(faces: Faces) -> bool:
    """Return whether every directed edge is met by its opposite equally often.

    Such a mesh encloses a volume. Two sheets may touch along an edge: simplification leaves a
    handful of those where a muscle is paper-thin.
    """
    n = int(faces.max()) + 1
    edges = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]]).astype(np.int64)
    there = np.sort(edges[:, 0] * n + edges[:, 1])
    back = np.sort(edges[:, 1] * n + edges[:, 0])
    return bool((there == back).all())
