"""Where a vertex lies among the fibres: what bands, streaks and the white of tendons follow.

Bands must run as clean lines across the fibres. The nearest point of a muscle's fan jumps where
strands of different length meet, and averaging over a coarse mesh leaves the jumps of its
triangles. So the places across and along are fitted by polynomials of the position: as smooth as
the muscle is, however its mesh was cut.
"""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from tools.bake.flesh.competition import MuscleFlesh
from tools.bake.muscles.record import AuthoredMuscle
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.strands.centrelines import KNOTS

__all__ = [
    "evened_along",
    "fan_point",
    "fibre_coordinates",
    "fitted",
    "stretched",
    "whiteness",
]

Array = NDArray[np.float64]

_DEGREE = 3
# What a coefficient costs; keeps the fit calm where a muscle is too thin to tell.
_RIDGE = 2e-4
_BELLY = (0.08, 0.92)
# belly coordinates converge towards the ends, but streaks may not become infinitely fine
_LEAST_SPREAD = 0.3


def stretched(u: Array, belly: tuple[float, float]) -> Array:
    """Return u with the belly's part of it stretched over 0.08…0.92."""
    b0, b1 = belly
    return np.interp(u, [min(0.0, b0 - 1e-6), b0, b1, max(1.0, b1 + 1e-6)], [0.0, *_BELLY, 1.0])


def fitted(points: Array, values: Array, degree: int = _DEGREE) -> Array:
    """Return values (V, c) replaced by the polynomial of the points (V, 3) that fits them best."""
    centre = points.mean(0)
    scale = np.abs(points - centre).max()
    x = (points - centre) / scale
    columns = [
        np.prod(x[:, list(term)], axis=1)
        for d in range(degree + 1)
        for term in itertools.combinations_with_replacement(range(3), d)
    ]
    basis = np.stack(columns, 1)
    spread = np.maximum(np.sqrt((basis**2).mean(0)), 1e-9)
    # the constant is free, the ridge weighs higher terms where the points say little about them
    cost = np.full(len(spread), np.sqrt(_RIDGE * len(points)))
    cost[0] = 0.0
    scaled = np.vstack([basis, np.diag(cost)])
    wanted = np.vstack([values, np.zeros((len(spread), values.shape[1]))])
    solution, *_ = np.linalg.lstsq(scaled, wanted, rcond=None)
    return np.asarray(basis @ solution)


def evened_along(sheet: Array) -> Array:
    """Return places along the fibres of a sheet, (r, c) 0…1, whose bands are of even width.

    The share of each fibre's length would do where all are of one length. In a fan that ends on a
    bent edge (the external oblique: sheath, groin, crest) its bands bend as sharply as that edge.
    So the places are those whose slope is nearest, by least squares over the edges of the grid, to
    one metre for each metre along the fibres and none across them.

    Parameters
    ----------
    sheet : (r, c, 3) ndarray
        Its points, fibres along the columns, metres.
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.linalg import spsolve

    rows, columns = sheet.shape[:2]
    fibre = np.gradient(sheet, axis=1)
    fibre /= np.linalg.norm(fibre, axis=2, keepdims=True)
    number = np.arange(rows * columns).reshape(rows, columns)
    start = np.concatenate([number[:-1].ravel(), number[:, :-1].ravel()])
    end = np.concatenate([number[1:].ravel(), number[:, 1:].ravel()])
    points, way = sheet.reshape(-1, 3), fibre.reshape(-1, 3)
    edge = points[end] - points[start]
    rise = (edge * (way[start] + way[end]) / 2).sum(1)
    # the gradient counts for the area, not for how the grid is cut
    weight = 1 / np.maximum(np.linalg.norm(edge, axis=1), 1e-4)
    n, k = rows * columns, np.arange(len(start))
    slope = coo_matrix(
        (np.concatenate([-np.ones(len(k)), np.ones(len(k))]),
         (np.concatenate([k, k]), np.concatenate([start, end]))),
        shape=(len(k), n),
    ).tocsr()  # fmt: skip
    weighted = slope.multiply(weight[:, None]).tocsr()
    normal = (weighted.T @ slope).tolil()
    # only differences are known: the first place is held
    normal[0, 0] += 1.0
    place = spsolve(normal.tocsc(), weighted.T @ rise)
    low, high = place.min(), place.max()
    return np.asarray(((place - low) / (high - low)).reshape(rows, columns))


def fan_point(lines: Array, a: Array, u: Array) -> Array:
    """Return points (V, 3) of the fan of strands (n, K, 3) at places across and along."""
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


def fibre_coordinates(points: Array, lines: Array, a: Array, u: Array, flesh: MuscleFlesh) -> Array:
    """Return the coordinates (V, 3) of ``Body.fibre``.

    Parameters
    ----------
    points : (V, 3) ndarray
        Vertices, metres.
    lines : (n, K, 3) ndarray
        The muscle's strands.
    a, u : (V,) ndarray
        Smooth places across (in strands) and along (0…1).
    flesh : MuscleFlesh
        The muscle.
    """
    across, out = _frames_along(lines)
    place = np.clip(u * (KNOTS - 1), 0, KNOTS - 1)
    knots = np.arange(KNOTS)
    offset = points - fan_point(lines, a, u)
    spread = np.maximum(flesh.profile / max(flesh.profile.max(), 1e-9), _LEAST_SPREAD)
    scale = 1 / np.interp(place, knots, spread)
    columns = []
    for direction in (across, out):
        d = np.stack([np.interp(place, knots, direction[:, c]) for c in range(3)], 1)
        columns.append((offset * d).sum(1) * scale)
    if len(lines) > 1:
        gap = np.linalg.norm(np.diff(lines, axis=0), axis=2).max(1)
        columns[0] += np.interp(a, np.arange(len(lines)), np.concatenate(([0.0], np.cumsum(gap))))
    return np.stack([*columns, stretched(u, flesh.muscle.belly)], 1)


def whiteness(muscle: AuthoredMuscle, land: BoneLandmarks, points: Array, u: Array) -> Array:
    """Return how tendinous the surface looks: towards the ends, and where sheets are white.

    Parameters
    ----------
    muscle : AuthoredMuscle
        The muscle.
    land : BoneLandmarks
        Where on the body.
    points : (V, 3) ndarray
        Vertices, metres.
    u : (V,) ndarray
        Smooth place along the fibres.
    """
    b0, b1 = muscle.belly
    # fleshy ends are red to the bone
    start = np.clip((b0 - u) / muscle.fade + 0.5, 0, 1) if b0 > 0.01 else np.zeros(len(u))
    end = np.clip((u - b1) / muscle.fade + 0.5, 0, 1) if b1 < 0.99 else np.zeros(len(u))
    white = np.maximum(start, end)
    for knot in muscle.inscriptions:
        white = np.maximum(white, 0.9 * np.exp(-(((u * (KNOTS - 1) - knot) / 0.30) ** 2)))
    if muscle.white is not None:
        white = np.maximum(white, muscle.white(land, points, u))
    return np.asarray(white)
