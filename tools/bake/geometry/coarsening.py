"""Makes the part of a mesh that nobody sees coarser."""

from __future__ import annotations

import heapq

import numpy as np
from numpy.typing import NDArray

__all__ = ["coarsened"]

Array = NDArray[np.float64]
Faces = NDArray[np.int32]
Triangle = tuple[int, int, int]

# How far the surface may move where a vertex is left out, on average over the triangles round it.
_MOST_MOVE_M = 0.0012
# Triangles may turn so far, and be so slim (twice their area over the square of the longest side).
_LEAST_AGREEMENT, _LEAST_SHAPE = 0.30, 0.20


def coarsened(
    vertices: Array, faces: Faces, hidden: NDArray[np.bool_], longest_m: float
) -> tuple[Array, Faces]:
    """Return a closed mesh with fewer vertices where it is hidden; the others stay as they are.

    A vertex that lies among hidden ones is left out, the next one takes its triangles, as long as
    the surface hardly moves and no edge becomes longer than ``longest_m``.

    Parameters
    ----------
    vertices, faces : (V, 3) and (F, 3) ndarray
        A closed mesh, metres.
    hidden : (V,) bool ndarray
        Which vertices may go.
    longest_m : float
        How long edges may become.
    """
    mesh = _Mesh(vertices, faces)
    inside = hidden.copy()
    for corner in range(3):
        for other in range(3):
            inside[faces[~hidden[faces[:, other]], corner]] = False
    ends = np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])
    ends = ends[inside[ends[:, 0]]]
    length = np.linalg.norm(vertices[ends[:, 0]] - vertices[ends[:, 1]], axis=1)
    waiting = [(float(m), int(a), int(b)) for m, (a, b) in zip(length, ends, strict=True)]
    heapq.heapify(waiting)
    while waiting:
        _, gone, heir = heapq.heappop(waiting)
        if mesh.joined(gone, heir) and mesh.leave_out(gone, heir, longest_m):
            for other in mesh.neighbours(heir):
                apart = float(np.linalg.norm(vertices[heir] - vertices[other]))
                for a, b in ((heir, other), (other, heir)):
                    if inside[a]:
                        heapq.heappush(waiting, (apart, a, b))
    left = np.array(sorted(mesh.triangles.values()), np.int64)
    used, renumbered = np.unique(left, return_inverse=True)
    return vertices[used], renumbered.reshape(-1, 3).astype(np.int32)


class _Mesh:
    """Triangles by number, and by the vertices that they meet at."""

    def __init__(self, vertices: Array, faces: Faces) -> None:
        self.vertices = vertices
        self.triangles: dict[int, Triangle] = {}
        self.at: list[set[int]] = [set() for _ in vertices]
        for k, (a, b, c) in enumerate(faces.tolist()):
            self.triangles[k] = (a, b, c)
            for corner in (a, b, c):
                self.at[corner].add(k)

    def neighbours(self, vertex: int) -> set[int]:
        return {v for k in self.at[vertex] for v in self.triangles[k]} - {vertex}

    def joined(self, a: int, b: int) -> bool:
        return not self.at[a].isdisjoint(self.at[b])

    def leave_out(self, gone: int, heir: int, longest_m: float) -> bool:
        """Give a vertex's triangles to another one, if that does no harm; return whether."""
        between = self.at[gone] & self.at[heir]
        if len(between) != 2 or len(self.neighbours(gone) & self.neighbours(heir)) != 2:
            return False
        kept = sorted(self.at[gone] - between)
        old = np.array([self.triangles[k] for k in kept])
        new = np.where(old == gone, heir, old)
        before, after = self.vertices[old], self.vertices[new]
        sides = after - after[:, [1, 2, 0]]
        longest = (sides**2).sum(2).max(1)
        if longest.max() > longest_m**2:
            return False
        was = np.cross(before[:, 1] - before[:, 0], before[:, 2] - before[:, 0])
        area = np.cross(after[:, 1] - after[:, 0], after[:, 2] - after[:, 0])
        size = np.linalg.norm(area, axis=1)
        agreement = (was * area).sum(1)
        if (agreement < _LEAST_AGREEMENT * size * np.linalg.norm(was, axis=1)).any():
            return False
        if (size < _LEAST_SHAPE * longest).any():
            return False
        off = np.abs(((self.vertices[gone] - after[:, 0]) * area).sum(1))
        if off.sum() > _MOST_MOVE_M * size.sum():
            return False
        for k in between:
            for corner in self.triangles.pop(k):
                self.at[corner].discard(k)
        for k, (a, b, c) in zip(kept, new.tolist(), strict=True):
            self.triangles[k] = (a, b, c)
            self.at[heir].add(k)
        self.at[gone].clear()
        return True
