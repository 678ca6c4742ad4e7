"""Coarse meshes made round: every triangle in four, on a smooth surface through the corners."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["rounded"]

Array = NDArray[np.float64]
Faces = NDArray[np.int32]

# Plain subdivision rounds the corners off; the corners are moved out so often against it.
_ROUNDS = 6


def rounded(vertices: Array, faces: Faces) -> tuple[Array, Faces]:
    """Return a mesh with four times the triangles, smooth between its corners, which stay.

    Loop's subdivision (Loop, C.: Smooth subdivision surfaces based on triangles. Thesis, University
    of Utah 1987), of corners that are first moved so that it leads through the given ones.

    Parameters
    ----------
    vertices : (V, 3) ndarray
        Corners.
    faces : (F, 3) ndarray
        Triangles; edges of one triangle only, or of more than two, stay straight.
    """
    pairs = np.sort(faces[:, [[0, 1], [1, 2], [2, 0]]].reshape(-1, 2), axis=1)
    edges, of_side, count = np.unique(pairs, axis=0, return_inverse=True, return_counts=True)
    of_side = of_side.ravel()
    smooth = count == 2
    across = faces[:, [2, 0, 1]].ravel()
    still = np.zeros(len(vertices), bool)
    still[edges[~smooth].ravel()] = True
    neighbours = np.maximum(np.bincount(edges.ravel(), minlength=len(vertices)), 1)
    share = np.where(neighbours == 3, 3 / 16, 3 / (8 * neighbours))

    def moved(corner: Array) -> Array:
        total = np.zeros_like(corner)
        for one, other in ((0, 1), (1, 0)):
            np.add.at(total, edges[:, one], corner[edges[:, other]])
        return np.asarray((1 - neighbours * share)[:, None] * corner + share[:, None] * total)

    corner = vertices.astype(float)
    for _ in range(_ROUNDS):
        corner = np.where(still[:, None], vertices, corner + vertices - moved(corner))
    ends, opposite = corner[edges].sum(1), np.zeros((len(edges), 3))
    np.add.at(opposite, of_side, corner[across])
    middle = np.where(smooth[:, None], 0.375 * ends + 0.125 * opposite, 0.5 * ends)
    ab, bc, ca = (len(vertices) + of_side.reshape(-1, 3)).T
    a, b, c = faces.T
    quarters = np.stack(
        [np.stack(q, 1) for q in ((a, ab, ca), (ab, b, bc), (ca, bc, c), (ab, bc, ca))], 1
    )
    return np.vstack([vertices, middle]), quarters.reshape(-1, 3).astype(np.int32)
