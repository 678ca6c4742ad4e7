"""Every triangle cut into four, the new corners on the round surface that the normals suggest.

Phong tessellation (Boubekeur and Alexa 2008): the middle of an edge is projected onto the tangent
planes of its two ends, and lies three quarters of the way to the mean of the two. So the outline of
a coarse mesh is round in pictures that are looked at closely.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from visualizer.arrays import distinct

__all__ = ["Tessellation"]

FloatArray = NDArray[np.float32]
IntArray = NDArray[np.int32]

_ROUNDNESS = np.float32(0.75)


class Tessellation:
    """What cutting the triangles of a mesh needs, whatever its pose.

    Parameters
    ----------
    faces : (F, 3) int32 ndarray
        Its triangles.
    vertices : int
        How many vertices it has.

    Attributes
    ----------
    faces : (4 F, 3) int32 ndarray
        The smaller triangles; those of one triangle follow each other.
    """

    def __init__(self, faces: IntArray, vertices: int) -> None:
        corner, after = faces.astype(np.int64), np.roll(faces, -1, axis=1).astype(np.int64)
        edge = np.minimum(corner, after) * vertices + np.maximum(corner, after)
        known = distinct(edge)
        middle = vertices + np.searchsorted(known, edge)
        self._ends = np.stack(np.divmod(known, vertices))
        (a, b, c), (ab, bc, ca) = corner.T, middle.T
        cut = np.stack([a, ab, ca, ab, b, bc, ca, bc, c, ab, bc, ca], axis=1)
        self.faces = np.ascontiguousarray(cut.reshape(-1, 3), np.int32)

    def of(self, position: FloatArray, normal: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Return the vertices (m) and unit normals of the finer mesh, first the given ones.

        Parameters
        ----------
        position, normal : (V, 3) float32 ndarray
            Of the coarse mesh.
        """
        one, two = self._ends
        begin, end = position.take(one, axis=0), position.take(two, axis=0)
        here, there = normal.take(one, axis=0), normal.take(two, axis=0)
        half = (end - begin) * np.float32(0.5)
        between = here + there
        length = np.sqrt(np.einsum("ij,ij->i", between, between))
        between /= np.maximum(length, np.float32(1e-6))[:, None]
        # the middle lies above the tangent plane of one end by half · normal, of the other by its
        # negative
        here *= np.einsum("ij,ij->i", half, here)[:, None]
        there *= np.einsum("ij,ij->i", half, there)[:, None]
        there -= here
        there *= _ROUNDNESS * np.float32(0.5)
        middle = begin + half + there
        return np.concatenate([position, middle]), np.concatenate([normal, between])
