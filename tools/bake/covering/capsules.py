"""Knee, elbow and pelvic floor: what closes the skeleton where no muscle of ours does.

Bare condyles with a ligament in the air look broken, and one hull over the whole joint crumples
when it bends. So each bone keeps a rounded end of its own, drawn in the colour of tendon and moved
with the bone alone: the condyles are nearly round about the joint's axis, so one end turns within
the other without a gap. What runs across (the patellar ligament and the retinacula beside it) is
a ribbon between its two bones, thin at its edges so that it ends on them without a step. Floor and
ligaments of the pelvis and the lip of its crest are sculpted, and the joint of the collarbone.
Places are millimetres in a frame of the landmarks: to the left, back and up.
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
from tools.bake.geometry.mesh import ClosedMesh
from tools.bake.skeleton.frames import BoneFrame
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.skeleton.rest import Rest

__all__ = ["capsule_parts"]

Array = NDArray[np.float64]

_STEP_M = 0.0018
_MARGIN_M = 0.030
_LUMPS_BLEND_MM = 14
_UP = np.array([0.0, 0.0, 1.0])
_INF = float("inf")


@dataclass(frozen=True)
class _End:
    """The rounded end of bones that move together.

    Attributes
    ----------
    bones : tuple of str
        The source's names; they belong to one body.
    low_mm, high_mm : float
        Heights from the joint between which they are covered; ±inf where the bone ends.
    ball_m : float
        Ball that closes hollows.
    cover_m : float
        Thickness of capsule and cartilage.
    blur : float
        Smoothing, grid steps.
    density : float
        Relative density of triangles.
    lumps_mm : tuple of ((3,), (3,)) tuples
        Centres and radii of ellipsoids that round it, from the joint.
    """

    bones: tuple[str, ...]
    low_mm: float
    high_mm: float
    ball_m: float
    cover_m: float = 0.0022
    blur: float = 2.0
    density: float = 1.0
    lumps_mm: tuple[tuple[Point, Point], ...] = ()


@dataclass(frozen=True)
class _Ribbon:
    """A band from one body to another: points from a joint, half-width and half-depth (mm).

    It moves with the first body at its start, with the last at its end. A cord may run in it: its
    half-width and how far it stands out in front, mm. It is bent about what it lies on, whose
    radius is given, so that its edges sink into that instead of standing on it.
    """

    bodies: tuple[str, str]
    points: tuple[Point, ...]
    width_mm: tuple[float, ...]
    depth_mm: tuple[float, ...]
    across: Point
    cord_mm: tuple[tuple[float, float], ...] = ()
    rings: int = 12
    sides: int = 14
    round_mm: float = _INF


_KNEE = (
    _End(
        ("r_femur",), -_INF, 71.9, 0.020, 0.0022,
        density=0.9,
        lumps_mm=(
            # beneath the tract and beside the suprapatellar bursa, where flesh has ended
            ((-23.8, -20.1, 26.9), (18, 24, 24)),
            ((17.2, -16.1, 26.9), (18, 24, 22)),
            # the hollow of the knee
            ((-4.8, 15.9, 34.9), (25, 15, 31)),
        ),
    ),
    _End(
        ("r_tibia", "r_fibula"), -358.1, _INF, 0.014, 0.0022,
        density=0.9,
        lumps_mm=(
            # where the tendons of the pes anserinus end
            ((9.2, -4.1, -72.1), (9, 17, 16)),
            # the head of the fibula, from which the fibularis longus comes
            ((-33.0, 21.0, -52.0), (11.5, 19, 17)),
        ),
    ),
    _End(
        ("r_patella",), -_INF, _INF, 0.015, 0.0020,
        lumps_mm=(((-0.8, -43.1, 8.9), (23, 13, 27)),),
    ),
)  # fmt: skip
_ELBOW = (
    _End(("humerus_r",), -_INF, 58.4, 0.014, 0.0018),
    _End(("ulna_r", "radius_r"), -56.6, _INF, 0.009, 0.0015),
)
_KNEE_RIBBONS = (
    # the patellar ligament in the retinacula beside it, over the fat pad
    _Ribbon(
        ("patella_r", "tibia_r"),
        (
            (-0.8, -44.0, 14.0),
            (-1.2, -41.5, 0.0),
            (-1.8, -37.6, -13.0),
            (-4.8, -30.1, -32.1),
            (-6.8, -20.6, -52.1),
            (-9.8, -13.6, -84.1),
        ),
        (16, 26, 31, 33, 27, 9),
        (6, 10, 10.5, 11, 9.5, 4),
        (1, 0, 0),
        cord_mm=((13, 0), (12, 3.0), (11, 4.6), (10, 5.0), (9, 4.6), (7, 2.5)),
        rings=13,
        sides=20,
        round_mm=60,
    ),
    # the retinacula from the patella's edges to the femur
    _Ribbon(
        ("patella_r", "femur_r"),
        ((16, -49, 8), (27, -42, 7), (35, -27, 8), (38, -12, 10), (36, 3, 12)),
        (21, 24, 24, 22, 14),
        (3, 4, 4, 3, 1.5),
        (0, 0, 1),
        rings=9,
        sides=10,
        round_mm=40,
    ),
    _Ribbon(
        ("patella_r", "femur_r"),
        ((-18, -49, 8), (-29, -42, 7), (-37, -27, 8), (-39, -12, 10), (-36, 3, 12)),
        (21, 24, 24, 22, 14),
        (3, 4, 4, 3, 1.5),
        (0, 0, -1),
        rings=9,
        sides=10,
        round_mm=40,
    ),
    # and to the tibia, over the joint's gap, which opens before the bent knee
    _Ribbon(
        ("patella_r", "tibia_r"),
        ((15, -44, 6), (25, -35, -5), (32, -22, -15), (34, -8, -20), (32, 5, -22)),
        (13, 20, 22, 20, 12),
        (3, 4, 4, 3, 1.5),
        (0, 0, 1),
        rings=9,
        sides=10,
        round_mm=60,
    ),
    _Ribbon(
        ("patella_r", "tibia_r"),
        ((-18, -45, 6), (-28, -36.5, -5), (-34.5, -23, -15), (-36.5, -8, -20), (-34, 5, -22)),
        (13, 20, 22, 20, 12),
        (3, 4, 4, 3, 1.5),
        (0, 0, -1),
        rings=9,
        sides=10,
        round_mm=60,
    ),
)
# the nuchal ligament
_NECK_RIBBONS = (
    _Ribbon(
        ("torso", "head"),
        ((0, 41.5, -36.3), (0, 38.5, 3.7), (0, 32, 43.7), (0, 34.5, 83.7), (0, 47.7, 119.7)),
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
            (25.2, 32, 103.4),
            (20.2, 31, 75.4),
            (14.2, 29, 43.4),
            (6.2, 26, 13.4),
            (-1.8, 22, -14.6),
        ),
        (6, 11, 14, 12, 6),
        (2.0, 3.0, 3.5, 3.5, 1.5),
        (1, 0, 0),
    ),
)


@dataclass(frozen=True)
class _Sculpture:
    """What covers a place of one body.

    Ellipsoids are centre and radii, rods their ends and the radii there; places are to either side
    of the midplane if it has two sides. Its density is that of its triangles.
    """

    frame: str
    body: str
    ellipsoids: tuple[tuple[Point, Point], ...]
    rods: tuple[tuple[Point, Point, float, float], ...]
    both_sides: bool
    density: float = 0.8


_PELVIC_FLOOR = _Sculpture(
    "pelvis",
    "pelvis",
    ellipsoids=(
        ((0, 68.1, -9.5), (52, 62, 15)),
        # up to the coccyx behind
        ((0, 114.1, 4.5), (30, 28, 16)),
        ((0, 136.1, 26.5), (16, 10, 22)),
        # symphysis
        ((0, 13, -13), (24, 12, 17)),
        # the spine in front of the hip bone, which one feels
        ((121, 1, 78), (9, 9, 12)),
    ),
    rods=(
        # pubic arch, sacrotuberous ligament
        ((16, 8.1, -13.5), (48, 60.1, -37.5), 8, 9),
        ((48, 68.1, -37.5), (10, 132.1, 16.5), 8, 8),
        # inguinal ligament, behind the lower edge of the external oblique
        ((121, 1, 80), (110, -4, 69.5), 6, 6),
        ((110, -4, 69.5), (100, -8, 59), 6, 6),
        ((100, -8, 59), (90, -10.5, 49.5), 6, 6),
        ((90, -10.5, 49.5), (80, -12, 40), 6, 6),
        ((80, -12, 40), (69, -11, 31), 6, 6),
        ((69, -11, 31), (59, -9, 23), 6, 6),
        ((59, -9, 23), (49, -5.5, 15), 6, 6),
        # lip of the iliac crest
        ((121, 1, 80), (129, 14, 102), 6.0, 5.0),
        ((129, 14, 102), (127, 29, 120), 5.0, 5.0),
        ((127, 29, 120), (118, 45, 137), 5.0, 5.0),
        ((118, 45, 137), (105, 60, 149), 5.0, 5.0),
        ((105, 60, 149), (79, 77, 159), 5.0, 5.0),
        ((79, 77, 159), (62, 100, 153), 5.0, 5.0),
        ((62, 100, 153), (53.5, 118.5, 145.5), 5.0, 8.0),
        ((53.5, 118.5, 145.5), (45.5, 132, 127.5), 8.0, 8.0),
        ((45.5, 132, 127.5), (37.5, 138, 110), 8.0, 5.0),
    ),
    both_sides=True,
)
# the ligament along the spines of the vertebrae, between the two trapezii
_SPINES = _Sculpture(
    "chest",
    "torso",
    ellipsoids=(),
    rods=(
        ((0, -19.5, 142.5), (0, -13, 115.5), 5, 5),
        ((0, -13, 115.5), (0, -1.5, 65.5), 5, 5),
        ((0, -1.5, 65.5), (0, 1.5, 20.5), 5, 5),
        ((0, 1.5, 20.5), (0, -3, -27.5), 5, 5),
        ((0, -3, -27.5), (0, -10, -85.5), 5, 4),
    ),
    both_sides=False,
)
# the joint between collarbone and acromion, and the spine of the shoulder blade between the muscles
_SHOULDER = _Sculpture(
    "shoulder_girdle",
    "scapula_r",
    ellipsoids=(
        ((16.1, 4.3, -0.7), (20, 25, 9)),
        # between deltoid and pectoralis, before the coracoid process
        ((41, -20, -33), (16, 14, 20)),
    ),
    rods=(
        ((49.1, -3.7, -1.7), (11.1, -1.7, 0.3), 7.5, 7.5),
        ((1, 6, -1), (13, 30, -2), 7.5, 7),
        ((13, 30, -2), (36.5, 40, 2), 6.5, 6.5),
        ((36.5, 40, 2), (64, 57, -2), 6.5, 6),
        ((64, 57, -2), (80.5, 63.5, -6), 6, 5.5),
        ((80.5, 63.5, -6), (108, 69, -20), 5.5, 4.5),
    ),
    both_sides=False,
    density=1.5,
)


def _sculpted(it: _Sculpture, rest: Rest, land: BoneLandmarks) -> Bound:
    frame: BoneFrame = getattr(land, it.frame)
    points = np.array([p for rod in it.rods for p in rod[:2]])
    for centre, radii in it.ellipsoids:
        points = np.vstack([points, np.subtract(centre, radii), np.add(centre, radii)])
    if it.both_sides:
        points = np.vstack([points, points * (-1.0, 1.0, 1.0)])
    grid = local_grid(np.array([frame.at(*p) for p in points]), 0.016, _STEP_M)
    clay = Clay(grid, frame.origin, frame.scale, symmetric=it.both_sides)
    for centre, radii in it.ellipsoids:
        clay.add(clay.ellipsoid(centre, radii), 6)
    for start, end, first, last in it.rods:
        clay.add(clay.rod(start, end, first, last), 8)
    return _rigid(hull_mesh(clay.level, grid, it.density, 1.0), rest.skeleton.body(it.body))


def _end_mesh(end: _End, frame: BoneFrame, rest: Rest) -> ClosedMesh:
    low_z, high_z = (frame.at(0, 0, mm)[2] for mm in (end.low_mm, end.high_mm))
    bones = [rest.bones[n] for n in end.bones]
    points = np.vstack([b.vertices for b in bones])
    within = points[(points[:, 2] > low_z) & (points[:, 2] < high_z)]
    grid = local_grid(within, end.ball_m + 0.006, _STEP_M)
    z = grid.axes[2]
    # towards its margin the cover sinks into the bone
    inside = np.minimum(high_z - z, z - low_z)
    cover = end.cover_m - 0.003 * np.clip(1 - inside / _MARGIN_M, 0, 1)
    level = ball_closed(bone_level(grid, bones), grid, end.ball_m) - cover.astype(np.float32)
    clay = Clay(grid, frame.origin, frame.scale, level=level)
    for lump in end.lumps_mm:
        clay.add(clay.ellipsoid(*lump), _LUMPS_BLEND_MM)
    level = clay.level
    if np.isfinite(high_z):
        level = np.maximum(level, half_space(grid, _UP * high_z, _UP))
    if np.isfinite(low_z):
        level = np.maximum(level, half_space(grid, _UP * low_z, -_UP))
    return hull_mesh(level, grid, end.density, end.blur)


def _rigid(mesh: ClosedMesh, body: int) -> Bound:
    n = len(mesh.vertices)
    weight = np.zeros((n, 4))
    weight[:, 0] = 1.0
    return Bound(
        mesh.vertices, mesh.faces, np.full((n, 4), -1 - body), weight,
        mesh.vertices * (1.0, 1.0, 0.0), np.ones(n),
    )  # fmt: skip


def _ribbon(ribbon: _Ribbon, frame: BoneFrame, rest: Rest) -> Bound:
    from scipy.interpolate import CubicSpline

    share = np.linspace(0, 1, ribbon.rings)
    station = np.linspace(0, 1, len(ribbon.points))
    centre = CubicSpline(station, np.array([frame.at(*p) for p in ribbon.points]))(share)
    tangent = np.gradient(centre, axis=0)
    tangent /= np.linalg.norm(tangent, axis=1, keepdims=True)
    across = np.array(ribbon.across, float)
    side = across - (tangent @ across)[:, None] * tangent
    side /= np.linalg.norm(side, axis=1, keepdims=True)
    out = np.cross(tangent, side)
    wide, deep = (
        np.interp(share, np.linspace(0, 1, len(axes)), axes)[:, None, None]
        for axes in (ribbon.width_mm, ribbon.depth_mm)
    )
    angle = (np.arange(ribbon.sides) * 2 * np.pi / ribbon.sides)[None, :, None]
    x, sine = np.cos(angle) * wide, np.sin(angle)
    height = np.sign(sine) * sine**2 * deep
    if ribbon.cord_mm:
        reach, stands = (
            np.interp(share, np.linspace(0, 1, len(ribbon.cord_mm)), mm)[:, None, None]
            for mm in zip(*ribbon.cord_mm, strict=True)
        )
        height = height + np.clip(sine, 0, 0.5) * 2 * stands * np.exp(-((x / reach) ** 4))
    height = height - x**2 / (2 * ribbon.round_mm)
    ring = x * side[:, None] + height * out[:, None]
    ring *= 1e-3 * frame.scale
    vertices = np.vstack([(centre[:, None] + ring).reshape(-1, 3), centre[0], centre[-1]])
    along = np.concatenate([np.repeat(share, ribbon.sides), (0.0, 1.0)])
    first, last = (-1 - rest.skeleton.body(b) for b in ribbon.bodies)
    n = len(vertices)
    weight = np.zeros((n, 4))
    weight[:, 0], weight[:, 1] = 1 - along, along
    return Bound(
        vertices, tube_faces(ribbon.rings, ribbon.sides),
        np.tile([first, last, last, last], (n, 1)), weight, vertices * (1.0, 1.0, 0.0), np.ones(n),
    )  # fmt: skip


def capsule_parts(rest: Rest, land: BoneLandmarks) -> dict[str, Bound]:
    """Return the capsules of the right side, and of the pelvis, by part id."""
    parts = {
        "capsule_pelvis": _sculpted(_PELVIC_FLOOR, rest, land),
        "capsule_spine": _sculpted(_SPINES, rest, land),
        "capsule_shoulder_r": _sculpted(_SHOULDER, rest, land),
    }
    for part_id, frame, ends, ribbons in (
        ("capsule_knee_r", land.knee, _KNEE, _KNEE_RIBBONS),
        ("capsule_elbow_r", land.elbow, _ELBOW, _ELBOW_RIBBONS),
    ):
        bounds = []
        for end in ends:
            body = rest.skeleton.body(rest.bones[end.bones[0]].body)
            bounds.append(_rigid(_end_mesh(end, frame, rest), body))
        bounds += [_ribbon(r, frame, rest) for r in ribbons]
        parts[part_id] = joined(bounds)
    parts["capsule_neck"] = joined([_ribbon(r, land.neck, rest) for r in _NECK_RIBBONS])
    return parts
