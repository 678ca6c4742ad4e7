"""Flat tendons that lie on the flesh: lofted sheets lowered onto it from outside.

A tendon along the middle of a strand runs inside whatever the strand passes through. One that
is superficial in the body is laid down instead: every place of it sinks along its outward direction
until it rests on muscle, bone and capsule, half its depth beneath their surface.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.bake.flesh.binding import Bound, on_strand
from tools.bake.flesh.fibres import stretched
from tools.bake.flesh.loft import closed_faces, facing, sheet_normals
from tools.bake.geometry.grid import Grid
from tools.bake.muscles.record import Cord
from tools.bake.strands.centrelines import KNOTS, Centrelines

__all__ = ["draped"]

Array = NDArray[np.float64]
Volume = NDArray[np.float32]

# Columns on the whole length of a strand, more for slender ones, which wind; up to which half-width
# one is slender; and the breadth that one row is for.
_COLUMNS, _SLENDER_COLUMNS, _SLENDER_M, _ROW_M = 40, 64, 0.008, 0.006
_LEAST_ROWS, _MOST_ROWS = 4, 7
# It is let down from the first height, by at most the second a round.
_FROM_M, _DOWN_M, _UP_M, _ROUNDS = 0.024, 0.002, 0.003, 48
_LEAST_M = -0.008
_CALM = 1.0
# The share of its half-depth that its middle stays above the surface, and a little more, since
# the surface is known to a fraction of the grid's step.
_ABOVE, _CLEAR_M = 0.35, 0.0024
# The share of that by which the edges of a broad one are lower: standing off they would cast a
# dark line beside it.
_LOWER_EDGE = 0.7
_RIM_M = 0.0003
_SUNK_M = (0.0005, 0.0045)
# How thick its first and last ring are.
_TIP = 0.35


def draped(
    cord: Cord,
    strands: list[int],
    belly: tuple[float, float],
    centrelines: Centrelines,
    grid: Grid,
    distance: Volume,
) -> Bound:
    """Return a tendon of the right side that lies on the flesh.

    Parameters
    ----------
    cord : Cord
        One that says what it lies ``over``.
    strands : list of int
        The strand that it follows, or two that it runs midway between.
    belly : (float, float)
        Where the muscle's flesh begins and ends along the strand.
    centrelines : Centrelines
        All strands.
    grid, distance : Grid, float32 volume
        Signed distance to what it lies on.
    """
    from scipy.ndimage import gaussian_filter

    assert cord.over is not None
    slender = max(cord.width_mm) * 1e-3 < _SLENDER_M
    fine = _SLENDER_COLUMNS if slender else _COLUMNS
    columns = max(6, round((cord.end - cord.start) * fine))
    u = np.linspace(cord.start, cord.end, columns)
    wide, deep = (_stations(axes, columns) * 1e-3 for axes in (cord.width_mm, cord.depth_mm))
    rows = int(np.clip(round(2 * wide.max() / _ROW_M) + 1, _LEAST_ROWS, _MOST_ROWS))
    centre = _along(centrelines.rest[strands].mean(0), u)
    tangent = np.gradient(centre, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    out = np.stack([_stations(axis, columns) for axis in np.array(cord.over, float).T], 1)
    out -= (out * tangent).sum(1, keepdims=True) * tangent
    out /= np.linalg.norm(out, axis=1, keepdims=True)
    side = np.cross(tangent, out)
    across = np.linspace(-1, 1, rows)[:, None]
    start = centre + (across * wide)[..., None] * side
    lower = 0.0 if slender else _LOWER_EDGE
    target = _ABOVE * deep + _CLEAR_M * (1 - lower * across**4)
    height = np.full((rows, columns), _FROM_M)
    for _ in range(_ROUNDS):
        sheet = start + height[..., None] * out
        now = grid.sample(distance, sheet.reshape(-1, 3), 0.03).reshape(height.shape)
        height = height + 0.7 * np.clip(target - now, -_DOWN_M, _UP_M)
        height = gaussian_filter(np.maximum(height, _LEAST_M), _CALM, mode="nearest")
    # its last ring lies in what it is attached to, or its edge would stand on it
    height[:, -2:] -= np.array(_SUNK_M)
    sheet = start + height[..., None] * out
    normal = sheet_normals(sheet)
    if (normal * out).sum() < 0:
        normal = -normal
    tip = np.ones(columns)
    tip[[0, -1]] = _TIP
    half = deep * tip * np.sqrt(np.clip(1 - np.abs(across) ** 3, 0, 1))
    offset = normal * np.maximum(half, _RIM_M)[..., None]
    vertices = np.concatenate([(sheet + offset).reshape(-1, 3), (sheet - offset).reshape(-1, 3)])
    faces = closed_faces(rows, columns)
    faces = facing(vertices, faces, out.mean(0), 2 * (rows - 1) * (columns - 1))
    along = np.tile(np.tile(u, rows), 2)
    count = centrelines.strands.strand_count
    part = np.full(len(along), 1 / len(strands))
    pairs = [on_strand(np.full(len(along), s), along, count, part) for s in strands]
    (frame, weight), (other, its) = pairs[0], pairs[-1]
    if len(pairs) == 1:
        its = np.zeros_like(weight)
    fibre = np.stack(
        [np.tile((across * wide).ravel(), 2), np.zeros(len(along)), stretched(along, belly)], 1
    )
    return Bound(
        vertices, faces, np.concatenate([frame, other], 1), np.concatenate([weight, its], 1),
        fibre, np.ones(len(along)),
    )  # fmt: skip


def _stations(values: object, n: int) -> Array:
    """Return values at ``n`` places, given at stations evenly spaced from the first to the last."""
    given = np.asarray(values, float)
    return np.asarray(np.interp(np.linspace(0, 1, n), np.linspace(0, 1, len(given)), given))


def _along(line: Array, u: Array) -> Array:
    """Return points of a strand (K, 3) at places along it."""
    from scipy.interpolate import CubicSpline

    return np.asarray(CubicSpline(np.linspace(0, 1, KNOTS), line)(u))
