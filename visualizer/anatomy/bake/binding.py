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

from visualizer.anatomy.bake.centrelines import KNOTS, Centrelines
from visualizer.anatomy.bake.competition import Flesh
from visualizer.anatomy.bake.extraction import Mesh

__all__ = ["Bound", "bind_belly", "joined", "on_strand", "smoothed", "stretched"]

Array = NDArray[np.float64]
IntArray = NDArray[np.int64]

_FAN_SPACING_M = 0.006
_ALONG_PARTS = 4
_SMOOTHING_PASSES = 12
# across the fan more: a vertex between a deep and a superficial strand may follow neither alone
_ACROSS_PASSES = 40
_CALM_PASSES = 80
_BELLY = (0.08, 0.92)
# belly coordinates converge towards the ends, but streaks may not become infinitely fine
_LEAST_SPREAD = 0.3


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


def stretched(u: Array, belly: tuple[float, float]) -> Array:
    """Return u with the belly's part of it stretched over 0.08…0.92."""
    b0, b1 = belly
    return np.interp(u, [min(0.0, b0 - 1e-6), b0, b1, max(1.0, b1 + 1e-6)], [0.0, *_BELLY, 1.0])


def on_strand(
    strand: IntArray, u: Array, strand_count: int, share: Array
) -> tuple[IntArray, Array]:
    """Return the two frames beside ``u`` on a strand, (V, 2), and their shares."""
    place = np.clip(u * (KNOTS - 1), 0, KNOTS - 1)
    k = np.minimum(place.astype(np.int64), KNOTS - 2)
    f = place - k
    frame = np.stack([k * strand_count + strand, (k + 1) * strand_count + strand], 1)
    return frame, np.stack([(1 - f) * share, f * share], 1)


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


def _at(lines: Array, a: Array, u: Array) -> Array:
    """Return points of the fan at places across and along."""
    i = np.clip(a.astype(int), 0, max(len(lines) - 2, 0))
    j = np.minimum(i + 1, len(lines) - 1)
    f = np.clip(a - i, 0, 1)[:, None]
    place = np.clip(u * (KNOTS - 1), 0, KNOTS - 1)
    k = np.minimum(place.astype(int), KNOTS - 2)
    g = (place - k)[:, None]
    first = lines[i, k] * (1 - g) + lines[i, k + 1] * g
    other = lines[j, k] * (1 - g) + lines[j, k + 1] * g
    return np.asarray(first * (1 - f) + other * f)


def _frames_along(lines: Array) -> tuple[Array, Array]:
    """Return two unit directions across the fibres at every knot: in the fan and out of it."""
    middle = lines.mean(0)
    tangent = np.gradient(middle, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    if len(lines) > 1:
        across = np.repeat((lines[-1] - lines[0]).mean(0)[None], KNOTS, 0)
    else:
        across = np.repeat(np.array([[1.0, 0.3, 0.0]]), KNOTS, 0)
    across = across - (across * tangent).sum(1, keepdims=True) * tangent
    across /= np.linalg.norm(across, axis=1, keepdims=True) + 1e-9
    return across, np.cross(tangent, across)


def bind_belly(mesh: Mesh, flesh: Flesh, centrelines: Centrelines) -> Bound:
    """Bind the belly of a muscle of the right side to its strands."""
    from scipy.spatial import cKDTree

    strands = centrelines.right[flesh.shape.id]
    lines = centrelines.rest[strands]
    fan, place = _fan(lines)
    fine = np.linspace(0, KNOTS - 1, (KNOTS - 1) * _ALONG_PARTS + 1)
    k = np.minimum(fine.astype(int), KNOTS - 2)
    g = (fine - k)[None, :, None]
    samples = fan[:, k] * (1 - g) + fan[:, k + 1] * g
    _, nearest = cKDTree(samples.reshape(-1, 3)).query(mesh.vertices)
    a = place[nearest // len(fine)]
    u = fine[nearest % len(fine)] / (KNOTS - 1)
    a = smoothed(a[:, None], mesh.faces, _ACROSS_PASSES)[:, 0]
    u = smoothed(u[:, None], mesh.faces)[:, 0]

    n = centrelines.strands.strand_count
    i = np.clip(a.astype(np.int64), 0, max(len(lines) - 2, 0))
    j = np.minimum(i + 1, len(lines) - 1)
    f = np.clip(a - i, 0, 1)
    one, one_weight = on_strand(strands[i], u, n, 1 - f)
    two, two_weight = on_strand(strands[j], u, n, f)
    return Bound(
        vertices=mesh.vertices,
        faces=mesh.faces,
        influence=np.concatenate([one, two], 1),
        weight=np.concatenate([one_weight, two_weight], 1),
        fibre=_fibre(mesh.vertices, lines, a, _calm(u, mesh.faces), flesh),
        tendon=_tendon(flesh, mesh.vertices, u),
    )


def _calm(u: Array, faces: NDArray[np.int32]) -> Array:
    """Return u smoothed much further, over the same range: bands that follow it run straight.

    Neighbouring strands of a muscle begin at different heights, so their u do not agree.
    """
    passes = int(np.clip(len(u) / 12, _SMOOTHING_PASSES, _CALM_PASSES))
    calm = smoothed(u[:, None], faces, passes)[:, 0]
    low, high = calm.min(), calm.max()
    return np.asarray(u.min() + (calm - low) * (np.ptp(u) / max(high - low, 1e-9)))


def _fibre(points: Array, lines: Array, a: Array, u: Array, flesh: Flesh) -> Array:
    across, out = _frames_along(lines)
    place = np.clip(u * (KNOTS - 1), 0, KNOTS - 1)
    knots = np.arange(KNOTS)
    offset = points - _at(lines, a, u)
    spread = np.maximum(flesh.profile / max(flesh.profile.max(), 1e-9), _LEAST_SPREAD)
    scale = 1 / np.interp(place, knots, spread)
    columns = []
    for direction in (across, out):
        d = np.stack([np.interp(place, knots, direction[:, c]) for c in range(3)], 1)
        columns.append((offset * d).sum(1) * scale)
    if len(lines) > 1:
        gap = np.linalg.norm(np.diff(lines, axis=0), axis=2).max(1)
        columns[0] += np.interp(a, np.arange(len(lines)), np.concatenate(([0.0], np.cumsum(gap))))
    return np.stack([*columns, stretched(u, flesh.shape.belly)], 1)


_FADE = 0.07


def _tendon(flesh: Flesh, points: Array, u: Array) -> Array:
    """Return how tendinous the surface looks: towards the ends, and where sheets are white."""
    b0, b1 = flesh.shape.belly
    start = (
        np.clip((b0 - u) / _FADE + 0.5, 0, 1) if b0 > 0.01 else np.clip((0.012 - u) / 0.02, 0, 0.6)
    )
    end = (
        np.clip((u - b1) / _FADE + 0.5, 0, 1) if b1 < 0.99 else np.clip((u - 0.985) / 0.02, 0, 0.6)
    )
    white = np.maximum(start, end)
    name = flesh.shape.id
    if name == "rectus_abdominis":
        for knot in (4, 8, 12):
            white = np.maximum(white, 0.5 * np.exp(-(((u * (KNOTS - 1) - knot) / 0.45) ** 2)))
        white = np.maximum(white, 0.5 * np.clip((u - 0.93) / 0.05, 0, 1))
    if name == "external_oblique":
        # the aponeurosis: in front only, broader below the hip bone's spine
        edge = np.interp(points[:, 2], [0.93, 1.02, 1.12], [0.62, 0.78, 0.88])
        front = np.clip((0.135 - points[:, 1]) / 0.01, 0, 1)
        white = np.maximum(white, 0.85 * np.clip((u - edge) / 0.06, 0, 1) * front)
    if name == "trapezius":
        diamond = np.exp(-(((points[:, 2] - 1.50) / 0.04) ** 2))
        white = np.maximum(white, 0.6 * np.clip((0.10 - u) / 0.06, 0, 1) * diamond)
    return np.asarray(white)
