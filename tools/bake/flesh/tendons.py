"""Tendons as lofted cords along the strands.

A tendon of 2–3 mm does not survive a 3 mm grid, so cords are built directly: elliptic rings along
the strand, closed at both ends, pushed out of bone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from tools.bake.flesh.binding import Bound, on_strand
from tools.bake.flesh.drape import draped
from tools.bake.flesh.fibres import stretched
from tools.bake.geometry.grid import Grid
from tools.bake.muscles.record import AuthoredMuscle, Cord
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.strands.centrelines import KNOTS, Centrelines
from tools.bake.strands.strand import PathStrand, Strand

__all__ = ["cords_of", "tube_faces"]

Array = NDArray[np.float64]
Volume = NDArray[np.float32]
_AXES = np.eye(3)
# How far cords begin within the belly, as a share of the strand, and how many rings they have on
# the whole length of one.
_INTO_BELLY = 0.07
_RINGS = 30
# The least taper to reckon with in a belly between several lines: its tip leaves the strand, too.
_BROAD_TAPER = 2.0
_NEAR_EDGE_M = 0.06


def cords_of(
    muscle: AuthoredMuscle,
    authored: list[Strand],
    land: BoneLandmarks,
    centrelines: Centrelines,
    grid: Grid,
    bone_distance: Volume,
    lying_on: Callable[[tuple[str, ...]], Volume],
    edges: Sequence[tuple[Array, Array]],
) -> list[Bound]:
    """Return the tendons of one muscle of the right side.

    Parameters
    ----------
    muscle, authored, centrelines : AuthoredMuscle, list of Strand, Centrelines
        The muscle and its strands.
    land : BoneLandmarks
        Where some tendons end.
    grid, bone_distance : Grid, float32 volume
        Signed distance to bone.
    lying_on : callable
        Returns the signed distance to all that a tendon may lie on (muscle, bone and capsule) but
        the muscles that lie over it.
    edges : sequence of ((3,), (3,)) ndarray
        Tendons that run on into hand or foot end in the skin, behind one of its edges: a point and
        the direction inwards.
    """
    tendon = muscle.tendon
    every = _from_the_ends(muscle) if tendon.cords is None else list(tendon.cords)
    out = []
    strands = centrelines.right[muscle.id]
    paths = any(isinstance(s, PathStrand) for s in authored)
    over = muscle.handed_over
    for k, (strand, how) in enumerate(zip(strands, authored, strict=True)):
        specs = every
        if over:
            specs = [c for c in every if k == (c.start >= over[1])]
        elif paths and not isinstance(how, PathStrand):
            continue
        line = centrelines.rest[strand]
        specs = [_ended(c, land, line) for c in specs]
        end = _skin_at(line, edges)
        specs = [replace(c, end=min(c.end, end)) for c in specs if c.start < end]
        for cord in specs:
            if cord.over is None:
                out.append(_loft(cord, int(strand), muscle, centrelines, grid, bone_distance))
            else:
                mine = _strands(cord, int(strand), centrelines)
                on = lying_on(cord.beneath)
                out.append(draped(cord, mine, muscle.belly, centrelines, grid, on))
    return out


def _strands(cord: Cord, strand: int, centrelines: Centrelines) -> list[int]:
    """Return the strand that a cord follows, or the two that it runs midway between."""
    beside = [] if cord.beside is None else [int(centrelines.right[cord.beside][0])]
    return [strand, *beside]


def _skin_at(line: Array, edges: Sequence[tuple[Array, Array]]) -> float:
    """Return where a strand enters the skin, 0…1 (1 when it does not)."""
    u = np.linspace(0, 1, KNOTS)
    for point, inwards in edges:
        depth = (line - point) @ inwards
        near = np.linalg.norm(line - point, axis=1) < _NEAR_EDGE_M
        entered = np.flatnonzero((depth[:-1] < 0) & (depth[1:] >= 0))
        if len(entered) and depth[-1] > 0 and near.any():
            k = int(entered[0])
            return float(np.interp(0.0, depth[k : k + 2], u[k : k + 2]))
    return 1.0


def _from_the_ends(muscle: AuthoredMuscle) -> list[Cord]:
    """Return the cords that run on where the belly ends."""
    b0, b1 = muscle.belly
    r = muscle.tendon_mm * 0.85
    width = muscle.tendon.width_mm or (r, r)
    depth = muscle.tendon.depth_mm or (r, r)
    axis = muscle.tendon.axis
    cords = []
    if b0 >= 0.02:
        cords.append(Cord(0.0, b0 + 0.05, width, depth, axis))
    if b1 <= 0.965:
        # the longer a belly tapers, the further up its tip is thinner than the tendon
        taper = max(1.0, muscle.taper or muscle.power)
        if muscle.lines_mm:
            taper = max(taper, _BROAD_TAPER)
        cords.append(Cord(b1 - _INTO_BELLY * taper, 1.0, width, depth, axis))
    return cords


def _ended(cord: Cord, land: BoneLandmarks, line: Array) -> Cord:
    """Return a cord that ends on the patella with its place along a strand (K, 3)."""
    if cord.down_to_patella is None:
        return cord
    # heights fall along the strand
    z = land.patella_z(cord.down_to_patella)
    end = float(np.interp(-z, -line[:, 2], np.linspace(0, 1, KNOTS)))
    return replace(cord, end=end, down_to_patella=None)


def _loft(
    cord: Cord, strand: int, muscle: AuthoredMuscle, centrelines: Centrelines, grid: Grid,
    bone_distance: Volume,
) -> Bound:  # fmt: skip
    from scipy.ndimage import gaussian_filter1d

    n = max(5, int((cord.end - cord.start) * _RINGS))
    sides = 10 if max(cord.width_mm) > 1.3 * max(cord.depth_mm) else 6
    u = np.linspace(cord.start, cord.end, n)
    strands = _strands(cord, strand, centrelines)
    line = centrelines.rest[strands].mean(0)
    place = np.clip(u * (KNOTS - 1), 0, KNOTS - 1)
    k = np.minimum(place.astype(int), KNOTS - 2)
    f = (place - k)[:, None]
    centre = line[k] * (1 - f) + line[k + 1] * f
    share = np.linspace(0, 1, n)
    tangent = np.gradient(centre, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)

    wide, deep = (
        np.interp(share, np.linspace(0, 1, len(axes)), axes) * 1e-3
        for axes in (cord.width_mm, cord.depth_mm)
    )
    # out of the bone by as much as the cord's depth sinks into it
    sunk = deep * 0.9 - grid.sample(bone_distance, centre, 0.03)
    lift = gaussian_filter1d(np.clip(sunk, 0, 0.012), 1.5)
    centre = centre + grid.gradient(bone_distance, centre, 0.004) * lift[:, None]

    side = _AXES[cord.axis] - (tangent @ _AXES[cord.axis])[:, None] * tangent
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    out = np.cross(tangent, side)
    angle = np.arange(sides) * 2 * np.pi / sides
    # rounded ends: the first and last ring are small
    tip = np.ones(n)
    tip[[0, -1]] = 0.45
    ring = (
        np.cos(angle)[None, :, None] * side[:, None] * (wide * tip)[:, None, None]
        + np.sin(angle)[None, :, None] * out[:, None] * (deep * tip)[:, None, None]
    )
    body = (centre[:, None] + ring).reshape(-1, 3)
    vertices = np.vstack([body, centre[0], centre[-1]])
    faces = tube_faces(n, sides)
    along = np.concatenate([np.repeat(u, sides), u[[0, -1]]])
    count = centrelines.strands.strand_count
    # one strand stands for both where there is no second
    part = np.full(len(along), 1 / len(strands))
    pairs = [on_strand(np.full(len(along), s), along, count, part) for s in strands]
    (frame, weight), (other, its) = pairs[0], pairs[-1]
    if len(pairs) == 1:
        its = np.zeros_like(weight)
    offset = np.concatenate([ring.reshape(-1, 3), np.zeros((2, 3))])
    fibre = np.stack([offset[:, 0], offset[:, 1], stretched(along, muscle.belly)], 1)
    return Bound(
        vertices, faces, np.concatenate([frame, other], 1), np.concatenate([weight, its], 1),
        fibre, np.ones(len(vertices)),
    )  # fmt: skip


def tube_faces(n: int, sides: int) -> NDArray[np.int32]:
    """Return the triangles of a closed tube: ``n`` rings of ``sides`` vertices, then two tips."""
    i = np.arange(n - 1)[:, None] * sides
    q = np.arange(sides)[None]
    a, b = (i + q).ravel(), (i + (q + 1) % sides).ravel()
    wall = [np.stack([a, b, a + sides], 1), np.stack([b, b + sides, a + sides], 1)]
    first, last = n * sides, n * sides + 1
    ring, following = q.ravel(), (q.ravel() + 1) % sides
    top = (n - 1) * sides
    caps = [
        np.stack([np.full(sides, first), following, ring], 1),
        np.stack([np.full(sides, last), top + ring, top + following], 1),
    ]
    return np.concatenate([*wall, *caps]).astype(np.int32)
