"""Knee, elbow and pelvic floor: what closes the skeleton where no muscle of ours does.

Bare condyles with a ligament in the air look broken, and one hull over the whole joint crumples
when it bends. So each bone keeps a rounded end of its own, drawn in the colour of tendon and moved
with the bone alone: the condyles are nearly round about the joint's axis, so one end turns within
the other without a gap. What runs across (the patellar ligament and the retinacula beside it) is
a ribbon between its two bones. Floor and ligaments of the pelvis are sculpted, and the joint of the
collarbone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.bake.covering.clay import Clay, Point
from tools.bake.covering.hull import (
    ball_closed,
    bone_level,
    half_space,
    hull_mesh,
    local_grid,
)
from tools.bake.flesh.binding import Bound, joined
from tools.bake.flesh.tendons import tube_faces
from tools.bake.geometry.mesh import Mesh
from tools.bake.skeleton.rest import Rest

__all__ = ["capsule_parts"]

Array = NDArray[np.float64]

_STEP_M = 0.0018
_MARGIN_M = 0.030
_LUMPS_BLEND_MM = 14
_SIDES = 14
_UP = np.array([0.0, 0.0, 1.0])


@dataclass(frozen=True)
class _End:
    """The rounded end of bones that move together.

    Attributes
    ----------
    bones : tuple of str
        The source's names; they belong to one body.
    low_z, high_z : float
        Heights between which they are covered, metres; ±inf where the bone ends.
    ball_m : float
        Ball that closes hollows.
    cover_m : float
        Thickness of capsule and cartilage.
    blur : float
        Smoothing, grid steps.
    density : float
        Relative density of triangles.
    lumps_mm : tuple of ((3,), (3,)) tuples
        Centres and radii of ellipsoids that round it, world at rest.
    """

    bones: tuple[str, ...]
    low_z: float
    high_z: float
    ball_m: float
    cover_m: float = 0.0022
    blur: float = 2.0
    density: float = 1.0
    lumps_mm: tuple[tuple[Point, Point], ...] = ()


@dataclass(frozen=True)
class _Ribbon:
    """A band from one body to another: points (mm, world at rest), half-width and half-depth (mm).

    It moves with the first body at its start, with the last at its end.
    """

    bodies: tuple[str, str]
    points: tuple[Point, ...]
    width_mm: tuple[float, ...]
    depth_mm: tuple[float, ...]
    across: Point
    rings: int = 12


_INF = float("inf")
_KNEE = (
    _End(
        ("r_femur",), -_INF, 0.590, 0.020, 0.0022,
        lumps_mm=(
            # beneath the tract and beside the suprapatellar bursa, where flesh has ended
            ((-153, 136, 545), (18, 24, 24)),
            ((-112, 140, 545), (18, 24, 22)),
            # the hollow of the knee
            ((-134, 172, 553), (25, 15, 31)),
        ),
    ),
    _End(
        ("r_tibia", "r_fibula"), 0.160, _INF, 0.014, 0.0022,
        # where the tendons of the pes anserinus end
        lumps_mm=(((-120, 152, 446), (9, 17, 16)),),
    ),
    _End(
        ("r_patella",), -_INF, _INF, 0.015, 0.0020,
        lumps_mm=(((-130, 113, 527), (23, 13, 27)),),
    ),
)  # fmt: skip
_ELBOW = (
    _End(("humerus_r",), -_INF, 1.245, 0.014, 0.0018),
    _End(("ulna_r", "radius_r"), 1.130, _INF, 0.009, 0.0015),
)
_KNEE_RIBBONS = (
    # the patellar ligament
    _Ribbon(
        ("patella_r", "tibia_r"),
        ((-130, 104, 520), (-131, 107, 503), (-134, 113, 482), (-138, 124, 461), (-140, 137, 438)),
        (16, 14, 12, 10.5, 7.5),
        (1.0, 2.0, 2.2, 2.2, 1.6),
        (1, 0, 0),
    ),
    # behind it and beside it: fat pad and retinacula
    _Ribbon(
        ("patella_r", "tibia_r"),
        ((-130, 117, 530), (-131, 118, 508), (-134, 125, 488), (-136, 135, 468), (-139, 143, 444)),
        (16, 24, 28, 25, 14),
        (4, 11, 13, 11, 6),
        (1, 0, 0),
    ),
)
# the nuchal ligament
_NECK_RIBBONS = (
    _Ribbon(
        ("torso", "head"),
        ((-25, 268, 1480), (-25, 266, 1520), (-25, 262, 1560), (-25, 270, 1600), (-25, 284, 1636)),
        (3.5, 3.5, 3.5, 4, 5),
        (5, 6, 7, 7, 5),
        (1, 0, 0),
    ),
)
_ELBOW_RIBBONS = (
    # the tendon of the triceps
    _Ribbon(
        ("humerus_r", "ulna_r"),
        (
            (-240, 226, 1290),
            (-245, 225, 1262),
            (-251, 223, 1230),
            (-259, 220, 1200),
            (-267, 216, 1172),
        ),
        (6, 11, 14, 12, 6),
        (2.0, 3.0, 3.5, 3.5, 1.5),
        (1, 0, 0),
    ),
)


@dataclass(frozen=True)
class _Sculpture:
    """What covers a place of one body: millimetres aside from the midplane, back, up, at rest.

    Ellipsoids are centre and radii; rods their ends and the radii there.
    """

    body: str
    ellipsoids: tuple[tuple[Point, Point], ...]
    rods: tuple[tuple[Point, Point, float, float], ...]
    both_sides: bool


_PELVIC_FLOOR = _Sculpture(
    "pelvis",
    ellipsoids=(
        ((0, 168, 912), (52, 62, 15)),
        # up to the coccyx behind
        ((0, 214, 926), (30, 28, 16)),
        ((0, 236, 948), (16, 10, 22)),
    ),
    rods=(
        # pubic arch, sacrotuberous ligament
        ((16, 108, 908), (48, 160, 884), 8, 9),
        ((48, 168, 884), (10, 232, 938), 8, 8),
        # inguinal ligament, beneath the lower edge of the external oblique
        ((119, 99, 999), (80, 88, 959), 6, 7),
        ((80, 88, 959), (32, 99, 927), 7, 6),
    ),
    both_sides=True,
)
# the ligament along the spines of the vertebrae, between the two trapezii
_SPINES = _Sculpture(
    "torso",
    ellipsoids=(),
    rods=(
        ((0, 271, 1490), (0, 280, 1463), 5, 5),
        ((0, 280, 1463), (0, 293, 1413), 5, 5),
        ((0, 293, 1413), (0, 300, 1368), 5, 5),
        ((0, 300, 1368), (0, 298, 1320), 5, 5),
        ((0, 298, 1320), (0, 291, 1262), 5, 4),
    ),
    both_sides=False,
)
# the joint between collarbone and acromion
_SHOULDER = _Sculpture(
    "scapula_r",
    ellipsoids=(((-155, 212, 1507), (17, 22, 6)),),
    rods=(((-122, 204, 1506), (-160, 206, 1508), 7, 7),),
    both_sides=False,
)


def _sculpted(it: _Sculpture, rest: Rest) -> Bound:
    middle = np.array([rest.midplane_x_m, 0.0, 0.0])
    points = np.array([p for rod in it.rods for p in rod[:2]]) * 1e-3
    for centre, radii in it.ellipsoids:
        span = np.array([np.subtract(centre, radii), np.add(centre, radii)]) * 1e-3
        points = np.vstack([points, span])
    if it.both_sides:
        points = np.vstack([points, points * (-1.0, 1.0, 1.0)])
    grid = local_grid(points + middle, 0.016, _STEP_M)
    clay = Clay(grid, middle, symmetric=it.both_sides)
    for centre, radii in it.ellipsoids:
        clay.add(clay.ellipsoid(centre, radii), 6)
    for start, end, first, last in it.rods:
        clay.add(clay.rod(start, end, first, last), 8)
    return _rigid(hull_mesh(clay.level, grid, 0.7, 1.0), rest.skeleton.body(it.body))


def _end_mesh(end: _End, rest: Rest) -> Mesh:
    bones = [rest.bones[n] for n in end.bones]
    points = np.vstack([b.vertices for b in bones])
    within = points[(points[:, 2] > end.low_z) & (points[:, 2] < end.high_z)]
    grid = local_grid(within, end.ball_m + 0.006, _STEP_M)
    z = grid.axes[2]
    # towards its margin the cover sinks into the bone
    inside = np.minimum(end.high_z - z, z - end.low_z)
    cover = end.cover_m - 0.003 * np.clip(1 - inside / _MARGIN_M, 0, 1)
    level = ball_closed(bone_level(grid, bones), grid, end.ball_m) - cover.astype(np.float32)
    clay = Clay(grid, (0, 0, 0), level=level)
    for lump in end.lumps_mm:
        clay.add(clay.ellipsoid(*lump), _LUMPS_BLEND_MM)
    level = clay.level
    if np.isfinite(end.high_z):
        level = np.maximum(level, half_space(grid, _UP * end.high_z, _UP))
    if np.isfinite(end.low_z):
        level = np.maximum(level, half_space(grid, _UP * end.low_z, -_UP))
    return hull_mesh(level, grid, end.density, end.blur)


def _rigid(mesh: Mesh, body: int) -> Bound:
    n = len(mesh.vertices)
    weight = np.zeros((n, 4))
    weight[:, 0] = 1.0
    return Bound(
        mesh.vertices, mesh.faces, np.full((n, 4), -1 - body), weight,
        mesh.vertices * (1.0, 1.0, 0.0), np.ones(n),
    )  # fmt: skip


def _ribbon(ribbon: _Ribbon, rest: Rest) -> Bound:
    from scipy.interpolate import CubicSpline

    share = np.linspace(0, 1, ribbon.rings)
    station = np.linspace(0, 1, len(ribbon.points))
    centre = CubicSpline(station, np.array(ribbon.points) * 1e-3)(share)
    tangent = np.gradient(centre, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    across = np.array(ribbon.across, float)
    side = across - (tangent @ across)[:, None] * tangent
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    out = np.cross(tangent, side)
    wide, deep = (
        np.interp(share, np.linspace(0, 1, len(axes)), axes)[:, None, None] * 1e-3
        for axes in (ribbon.width_mm, ribbon.depth_mm)
    )
    angle = (np.arange(_SIDES) * 2 * np.pi / _SIDES)[None, :, None]
    ring = np.cos(angle) * side[:, None] * wide + np.sin(angle) * out[:, None] * deep
    vertices = np.vstack([(centre[:, None] + ring).reshape(-1, 3), centre[0], centre[-1]])
    along = np.concatenate([np.repeat(share, _SIDES), (0.0, 1.0)])
    first, last = (-1 - rest.skeleton.body(b) for b in ribbon.bodies)
    n = len(vertices)
    weight = np.zeros((n, 4))
    weight[:, 0], weight[:, 1] = 1 - along, along
    return Bound(
        vertices, tube_faces(ribbon.rings, _SIDES), np.tile([first, last, last, last], (n, 1)),
        weight, vertices * (1.0, 1.0, 0.0), np.ones(n),
    )  # fmt: skip


def capsule_parts(rest: Rest) -> dict[str, Bound]:
    """Return the capsules of the right side, and of the pelvis, by part id."""
    parts = {
        "capsule_pelvis": _sculpted(_PELVIC_FLOOR, rest),
        "capsule_spine": _sculpted(_SPINES, rest),
        "capsule_shoulder_r": _sculpted(_SHOULDER, rest),
    }
    for part_id, ends, ribbons in (
        ("capsule_knee_r", _KNEE, _KNEE_RIBBONS),
        ("capsule_elbow_r", _ELBOW, _ELBOW_RIBBONS),
    ):
        bounds = []
        for end in ends:
            body = rest.skeleton.body(rest.bones[end.bones[0]].body)
            bounds.append(_rigid(_end_mesh(end, rest), body))
        bounds += [_ribbon(r, rest) for r in ribbons]
        parts[part_id] = joined(bounds)
    parts["capsule_neck"] = joined([_ribbon(r, rest) for r in _NECK_RIBBONS])
    return parts
