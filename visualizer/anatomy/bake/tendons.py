"""Tendons as lofted cords along the strands.

A tendon of 2–3 mm does not survive a 3 mm grid, so cords are built directly: elliptic rings along
the strand, closed at both ends, pushed out of bone.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.bake.binding import Bound, on_strand
from visualizer.anatomy.bake.centrelines import KNOTS, Centrelines
from visualizer.anatomy.bake.fibres import stretched
from visualizer.anatomy.bake.grid import Grid
from visualizer.anatomy.bake.shapes import MuscleShape
from visualizer.anatomy.bake.strand import PathStrand, Strand

__all__ = ["Cord", "cords_of"]

Array = NDArray[np.float64]
Volume = NDArray[np.float32]
_AXES = np.eye(3)
_LEFT, _BACK = 0, 1


@dataclass(frozen=True)
class Cord:
    """A tendon along part of a strand.

    Attributes
    ----------
    start, end : float
        Where it begins and ends along the strand, 0…1.
    width_mm, depth_mm : (float, float)
        Half-axes of its cross-section at both ends.
    axis : int
        World axis that the width lies along.
    end_shift_mm : (3,) tuple
        Moves the end off the strand, the start not at all.
    """

    start: float
    end: float
    width_mm: tuple[float, float]
    depth_mm: tuple[float, float]
    axis: int = _BACK
    end_shift_mm: tuple[float, float, float] = (0.0, 0.0, 0.0)


# Flat tendons: half-width, half-depth (mm) and the axis of the width; others are round.
_FLAT: dict[str, tuple[tuple[float, float], tuple[float, float], int]] = {
    "tensor_fasciae_latae": ((13, 13), (2.2, 2.2), _BACK),
    "soleus": ((8, 8), (4.2, 4.2), _LEFT),
    "gastrocnemius_medial_head": ((11, 7), (3.0, 3.5), _LEFT),
    "gastrocnemius_lateral_head": ((11, 7), (3.0, 3.5), _LEFT),
    "biceps_brachii": ((4.5, 3.5), (3, 2.5), _LEFT),
    "triceps_brachii_long_head": ((12, 9), (2.5, 3), _LEFT),
    "sartorius": ((6, 6), (2, 2), _BACK),
    "gracilis": ((3, 3), (2, 2), _BACK),
    "semimembranosus": ((5, 5), (3, 3), _BACK),
    "biceps_femoris_long_head": ((4.8, 4.8), (3, 3), _BACK),
    "tibialis_anterior": ((4.2, 3.6), (2.6, 2.2), _LEFT),
}
# No cord: fleshy to the bone, or covered by one.
_NONE = frozenset(
    [
        "multifidus",
        "latissimus_dorsi",
        "plantaris",
        "vastus_lateralis",
        "vastus_medialis",
        "vastus_intermedius",
        "gluteus_minimus",
        "piriformis",
        "adductor_brevis",
        "adductor_longus",
        "adductor_magnus",
        "subscapularis",
        "supraspinatus",
        "iliacus",
        "psoas_major",
        "popliteus",
        "tensor_fasciae_latae",
        "pectineus",
    ]
)
# Tendons that end in front of this run along the foot; behind it is the heel.
_HEEL_Y_M = 0.19


def cords_of(
    shape: MuscleShape,
    authored: list[Strand],
    centrelines: Centrelines,
    grid: Grid,
    bone_distance: Volume,
    skin_z: float,
) -> list[Bound]:
    """Return the tendons of one muscle of the right side.

    Those that run forward along the foot end in its skin, at the height ``skin_z``.
    """
    if shape.id in _NONE:
        return []
    b0, b1 = shape.belly
    r = shape.tendon_mm * 0.85
    width, depth, axis = _FLAT.get(shape.id, ((r, r), (r, r), _BACK))
    specs: list[Cord] = []
    if b0 >= 0.02:
        specs.append(Cord(0.0, b0 + 0.05, width, depth, axis))
    if b1 <= 0.965:
        specs.append(Cord(b1 - 0.07, 1.0, width, depth, axis))
    out = []
    strands = centrelines.right[shape.id]
    paths = any(isinstance(s, PathStrand) for s in authored)
    for strand, how in zip(strands, authored, strict=True):
        if paths and not isinstance(how, PathStrand):
            continue
        if shape.id == "rectus_femoris":
            specs = _quadriceps(centrelines, int(strand))
        specs = [_up_to_skin(c, centrelines.rest[strand], skin_z) for c in specs]
        out += [_loft(cord, int(strand), shape, centrelines, grid, bone_distance) for cord in specs]
    return out


def _up_to_skin(cord: Cord, line: Array, skin_z: float) -> Cord:
    forward = line[-1, 1] < _HEEL_Y_M and line[-1, 2] < skin_z
    if not forward:
        return cord
    u = np.linspace(0, 1, KNOTS)
    below = np.flatnonzero(line[:, 2] < skin_z)[0]
    at = np.interp(skin_z, line[[below, below - 1], 2], u[[below, below - 1]])
    return replace(cord, end=min(cord.end, float(at)))


def _quadriceps(centrelines: Centrelines, strand: int) -> list[Cord]:
    """Return the tendon from the rectus femoris to the patella and on to the tibia."""
    z = centrelines.rest[strand][:, 2]
    u = np.linspace(0, 1, KNOTS)
    # heights fall along the strand
    base, apex = (float(np.interp(-height, -z, u)) for height in (0.548, 0.512))
    return [
        Cord(0.0, 0.10, (4, 5), (3, 3), _LEFT),
        Cord(0.62, base, (8, 19), (3.0, 3.4), _LEFT),
        # the path ends beside the tuberosity, in the air
        Cord(apex, 1.0, (13, 9), (2.8, 3.4), _LEFT, (-8.0, 5.0, -8.0)),
    ]


def _loft(
    cord: Cord, strand: int, shape: MuscleShape, centrelines: Centrelines, grid: Grid,
    bone_distance: Volume,
) -> Bound:  # fmt: skip
    from scipy.ndimage import gaussian_filter1d

    n = max(5, int((cord.end - cord.start) * 34))
    sides = 10 if shape.id in _FLAT or shape.id == "rectus_femoris" else 6
    u = np.linspace(cord.start, cord.end, n)
    line = centrelines.rest[strand]
    place = np.clip(u * (KNOTS - 1), 0, KNOTS - 1)
    k = np.minimum(place.astype(int), KNOTS - 2)
    f = (place - k)[:, None]
    centre = line[k] * (1 - f) + line[k + 1] * f
    share = np.linspace(0, 1, n)
    centre = centre + share[:, None] ** 2 * np.array(cord.end_shift_mm) * 1e-3
    tangent = np.gradient(centre, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)

    wide = np.interp(share, (0, 1), cord.width_mm) * 1e-3
    deep = np.interp(share, (0, 1), cord.depth_mm) * 1e-3
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
    faces = _tube_faces(n, sides)
    along = np.concatenate([np.repeat(u, sides), u[[0, -1]]])
    count = centrelines.strands.strand_count
    frame, weight = on_strand(np.full(len(along), strand), along, count, np.ones(len(along)))
    pad = np.zeros_like(weight)
    offset = np.concatenate([ring.reshape(-1, 3), np.zeros((2, 3))])
    fibre = np.stack([offset[:, 0], offset[:, 1], stretched(along, shape.belly)], 1)
    return Bound(
        vertices, faces, np.concatenate([frame, frame], 1), np.concatenate([weight, pad], 1),
        fibre, np.ones(len(vertices)),
    )  # fmt: skip


def _tube_faces(n: int, sides: int) -> NDArray[np.int32]:
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
