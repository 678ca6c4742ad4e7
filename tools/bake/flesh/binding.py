"""What each vertex follows, and where it lies among the fibres.

The strands of a muscle, in authored order, span a fan. A vertex gets two coordinates on it: *a*
across (0 at the first strand, 1 at the second, …) and *u* along, those of the nearest point of
the fan, smoothed over the mesh. It follows the two strands beside *a* and on each the two knots
beside *u*: four influences that change continuously over the surface.

Fibre coordinates come from the same place: *u* with the belly stretched over 0.08…0.92, the
distance across the fan, and the distance from it. Tried and dropped: the two strands nearest in
space. Where a third is as near as the second, neighbouring vertices follow different ones and
the surface creases in deep poses.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.bake.flesh.competition import MuscleFlesh
from tools.bake.flesh.fibres import fibre_coordinates, fitted, whiteness
from tools.bake.geometry.mesh import ClosedMesh
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.strands.centrelines import KNOTS, Centrelines

__all__ = ["Bound", "bind_belly", "joined", "on_fan", "on_strand", "smoothed"]

Array = NDArray[np.float64]
IntArray = NDArray[np.int64]

_FAN_SPACING_M = 0.006
_ALONG_PARTS = 4
_SMOOTHING_PASSES = 12
# across the fan more: a vertex between a deep and a superficial strand may follow neither alone
_ACROSS_PASSES = 40


@dataclass(frozen=True)
class Bound:
    """A piece of surface with everything the asset stores per vertex.

    Attributes
    ----------
    vertices, faces : (V, 3) ndarray
        Metres; counter-clockwise.
    influence, weight : (V, 4) ndarray
        Frame indices ``k · S + s`` of the right side (or negative: −1 − bone) and shares.
    fibre : (V, 3) ndarray
        As in ``Body.fibre``.
    tendon : (V,) ndarray
        As in ``Body.tendon``.
    """

    vertices: Array
    faces: NDArray[np.int32]
    influence: IntArray
    weight: Array
    fibre: Array
    tendon: Array


def joined(bounds: Sequence[Bound]) -> Bound:
    """Return several pieces of surface as one."""
    start = np.cumsum([0] + [len(b.vertices) for b in bounds])
    return Bound(
        np.vstack([b.vertices for b in bounds]),
        np.vstack([b.faces + s for b, s in zip(bounds, start, strict=False)]).astype(np.int32),
        np.vstack([b.influence for b in bounds]),
        np.vstack([b.weight for b in bounds]),
        np.vstack([b.fibre for b in bounds]),
        np.concatenate([b.tendon for b in bounds]),
    )


def on_strand(
    strand: IntArray, u: Array, strand_count: int, share: Array
) -> tuple[IntArray, Array]:
    """Return the two frames beside ``u`` on a strand, (V, 2), and their shares."""
    place = np.clip(u * (KNOTS - 1), 0, KNOTS - 1)
    k = np.minimum(place.astype(np.int64), KNOTS - 2)
    f = place - k
    frame = np.stack([k * strand_count + strand, (k + 1) * strand_count + strand], 1)
    return frame, np.stack([(1 - f) * share, f * share], 1)


def on_fan(strands: IntArray, a: Array, u: Array, strand_count: int) -> tuple[IntArray, Array]:
    """Return influences and weights, (V, 4), of places across (in strands) and along a fan."""
    i = np.clip(a.astype(np.int64), 0, max(len(strands) - 2, 0))
    j = np.minimum(i + 1, len(strands) - 1)
    f = np.clip(a - i, 0, 1)
    one, one_weight = on_strand(strands[i], u, strand_count, 1 - f)
    two, two_weight = on_strand(strands[j], u, strand_count, f)
    return np.concatenate([one, two], 1), np.concatenate([one_weight, two_weight], 1)


def smoothed(values: Array, faces: NDArray[np.int32], passes: int = _SMOOTHING_PASSES) -> Array:
    """Average (V, c) values over mesh neighbours."""
    from scipy.sparse import coo_matrix

    n = len(values)
    i = np.concatenate([faces[:, [0, 1, 2]].ravel(), faces[:, [1, 2, 0]].ravel()])
    j = np.concatenate([faces[:, [1, 2, 0]].ravel(), faces[:, [0, 1, 2]].ravel()])
    graph = coo_matrix((np.ones(len(i)), (i, j)), shape=(n, n)).tocsr()
    graph.data[:] = 1.0
    degree = np.maximum(np.asarray(graph.sum(1)), 1.0)
    for _ in range(passes):
        values = 0.5 * values + 0.5 * (graph @ values) / degree
    return values


def _fan(lines: Array) -> tuple[Array, Array]:
    """Return strands and strands between them (n, K, 3), and their places across (n,)."""
    filled, place = [], []
    for i in range(len(lines) - 1):
        gap = np.linalg.norm(lines[i] - lines[i + 1], axis=1).max()
        parts = int(np.clip(np.ceil(gap / _FAN_SPACING_M), 1, 16))
        for j in range(parts):
            filled.append(lines[i] + (lines[i + 1] - lines[i]) * (j / parts))
            place.append(i + j / parts)
    filled.append(lines[-1])
    place.append(float(len(lines) - 1))
    return np.array(filled), np.array(place)


def bind_belly(
    mesh: ClosedMesh, flesh: MuscleFlesh, land: BoneLandmarks, centrelines: Centrelines
) -> Bound:
    """Bind the belly of a muscle of the right side to its strands."""
    from scipy.spatial import cKDTree

    strands = centrelines.right[flesh.muscle.id]
    over = flesh.muscle.handed_over
    lines = centrelines.rest[strands[1:2] if over else strands]
    fan, place = _fan(lines)
    fine = np.linspace(0, KNOTS - 1, (KNOTS - 1) * _ALONG_PARTS + 1)
    k = np.minimum(fine.astype(int), KNOTS - 2)
    g = (fine - k)[None, :, None]
    samples = fan[:, k] * (1 - g) + fan[:, k + 1] * g
    _, nearest = cKDTree(samples.reshape(-1, 3)).query(mesh.vertices)
    a = place[nearest // len(fine)]
    u = fine[nearest % len(fine)] / (KNOTS - 1)
    calm = fitted(mesh.vertices, np.stack([a, u], 1))
    calm_a, calm_u = np.clip(calm[:, 0], 0, len(lines) - 1), np.clip(calm[:, 1], 0, 1)
    a = smoothed(a[:, None], mesh.faces, _ACROSS_PASSES)[:, 0]
    u = smoothed(u[:, None], mesh.faces)[:, 0]
    if over:
        share = np.clip((u - over[0]) / (over[1] - over[0]), 0, 1)
        a = share * share * (3 - 2 * share)

    influence, weight = on_fan(strands, a, u, centrelines.strands.strand_count)
    return Bound(
        vertices=mesh.vertices,
        faces=mesh.faces,
        influence=influence,
        weight=weight,
        fibre=fibre_coordinates(mesh.vertices, lines, calm_a, calm_u, flesh),
        tendon=whiteness(flesh.muscle, land, mesh.vertices, calm_u),
    )
