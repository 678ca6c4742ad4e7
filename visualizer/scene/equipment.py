"""Bench, barbell, plates, pad, band and mat: real proportions, built from plain solids.

Where things are follows from the motion: the bench's edge and the mat's pivot lie at y = 0, the bar
in the hip crease, the band round both thighs just above the knees, where it stretches because each
half of it follows its own thigh.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.muscle import Side
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.lifts.motion import PLATE_RADIUS_M
from visualizer.lifts.vocabulary import Equipment
from visualizer.render import Mesh
from visualizer.scene.contact import Cuboid, Grip, Loop, Press, Rod
from visualizer.scene.flesh import Flesh
from visualizer.scene.shapes import lathe, rounded_box, swept_loop

__all__ = ["GEAR", "PLATE_FROM_MIDDLE_M", "SUPPORT", "Piece", "Wearer", "pieces"]

Array = NDArray[np.float64]

# What the body lies on, where it is not the floor: see Piece.fades.
SUPPORT = "support"
# Vertices that come no nearer to the bar, on straight ways from one of the instants looked at to
# the next, stay off it.
_NEAR_M = 0.05

# International bar: 28 mm shaft, 50 mm sleeves, 2.2 m long, 1.31 m between the collars.
_SHAFT_RADIUS_M = 0.014
_SLEEVE_RADIUS_M = 0.025
_COLLAR_RADIUS_M = 0.036
_INNER_HALF_M = 0.655
_BAR_HALF_M = 1.1
_PLATE_THICKNESS_M = 0.05
PLATE_FROM_MIDDLE_M = _INNER_HALF_M + 0.032  # its inner face
_PAD_RADIUS_M = 0.046
_PAD_HALF_LENGTH_M = 0.20
_PAD_PRESSED_M = 0.026  # from the bar's axis to what lies under the pad: steel and flattened foam
_STEEL_CLEARANCE_M = 0.0005
# The same without a pad, where it slides along the legs: flesh follows the steel less sharply.
_STEEL_PRESSED_M = 0.0276
_GROOVE_M, _SLID_GROOVE_M = 0.020, 0.035  # see Rod
_BENCH_HALF_LENGTH_M = 0.46
_BENCH_DEPTH_M = 0.30
_BENCH_PAD_M = 0.065
_BENCH_TUBE_M = 0.04
_BAND_HALF_WIDTH_M = 0.032
_BAND_THICKNESS_M = 0.004
_BAND_CLEARANCE_M = 0.0025
_BAND_PRESSES_M = 0.003  # into the thigh at its fullest
_BAND_STEPS = 25  # round each thigh


@dataclass(frozen=True)
class Piece:
    """A piece of equipment.

    Attributes
    ----------
    name : str
        What it is, e.g. ``"bench"``; parts are named ``equipment_bench``.
    colour : str
        Name of the theme's colour token.
    gloss : float
        Strength of its highlight.
    mesh : Mesh
        One part; its vertices lie in the coordinates of its frames.
    frames : callable
        ``frames(moment)`` returns the world frames (K, 3, 4) of the mesh.
    side : Side or None
        Where it stands; seen from that side it may hide the body, and then it is not drawn.
    underfoot : bool
        Whether it lies under the body, and so is not drawn when seen from below.
    solid : Cuboid or None
        Where flesh may not enter it.
    presses : tuple of Press
        What of it flesh gives way to, otherwise.
    fades : str
        Name of what becomes glass together where it covers the working muscles; empty for what
        stays as it is.
    on_skin : bool
        Whether it lies on the body, which never shows before it: bar, pad, band.
    framed : bool
        Whether named views hold all of it: the feet of the bench and the plates belong into the
        picture, the ends of the bar do not. What is framed and stands on no side does not move.
    """

    name: str
    colour: str
    gloss: float
    mesh: Mesh
    frames: Callable[[Instant], NDArray[np.float32]]
    side: Side | None = None
    underfoot: bool = False
    solid: Cuboid | None = None
    presses: tuple[Press, ...] = ()
    fades: str = ""
    on_skin: bool = False
    framed: bool = False


@dataclass(frozen=True)
class Wearer:
    """Who uses the equipment: what it is fitted to.

    Attributes
    ----------
    repetition : Repetition
        The motion, with the height of its support, and the skeleton.
    flesh : Flesh
        The body's surface on its way.
    """

    repetition: Repetition
    flesh: Flesh


def pieces(repetition: Repetition, flesh: Flesh) -> tuple[Piece, ...]:
    """Return the equipment of a repetition, fitted to the body that uses it."""
    wearer = Wearer(repetition, flesh)
    return tuple(p for gear in repetition.variation.equipment for p in GEAR[gear](wearer))


_UNMOVED = np.eye(3, 4, dtype=np.float32)[None]
_UNMOVED.flags.writeable = False


def _still(instant: Instant) -> NDArray[np.float32]:
    del instant
    return _UNMOVED


def _at_bar(instant: Instant) -> NDArray[np.float32]:
    frame = _UNMOVED.copy()
    frame[0, :, 3] = instant.bar_position_m
    return frame


def _bench(wearer: Wearer) -> tuple[Piece, ...]:
    """Return a flat bench that stands across the body: padded board, beam, a T at either end."""
    height_m = wearer.repetition.motion.support_height_m
    half, depth = _BENCH_HALF_LENGTH_M, _BENCH_DEPTH_M
    front = -0.012  # the edge's rounding lies in front of the point that the back rests on
    under, middle, tube = height_m - _BENCH_PAD_M, front + depth / 2, _BENCH_TUBE_M / 2
    pad = rounded_box((-half, front, under), (half, front + depth, height_m), 0.022)
    solid = Cuboid((-half, front, under), (half, front + depth, height_m))
    inset = half - 0.14
    beam = [(-inset - tube, middle - tube, under - 3 * tube), (inset + tube, middle + tube, under)]
    bars = [beam]
    for x in (-inset, inset):
        bars += [
            [(x - tube, middle - tube, tube), (x + tube, middle + tube, under - 2 * tube)],
            [(x - tube, front, 0.0), (x + tube, front + depth, 2 * tube)],
        ]
    frame = [rounded_box(low, high, 0.006) for low, high in bars]
    return (
        Piece("bench", "upholstery", 0.08, pad, _still, solid=solid, fades=SUPPORT),
        Piece("bench_frame", "metal", 0.15, _one_part(frame), _still, fades=SUPPORT, framed=True),
    )


def _one_part(meshes: list[Mesh]) -> Mesh:
    """Join rigid meshes that share one part and one frame."""
    joined = Mesh.join(meshes)
    zero = np.zeros(len(joined.faces), np.int32)
    return Mesh.rigid(joined.rest_position, joined.rest_normal, joined.faces, zero)


def _felt(wearer: Wearer) -> tuple[Press, ...]:
    """Return the bar as the body feels it, with its pad where there is one, and as hands do."""
    flesh = wearer.flesh
    ways = [
        position[:, 1:] - np.asarray(instant.bar_position_m[1:], np.float32)
        for instant, position in zip(flesh.instants, flesh.positions, strict=True)
    ]
    near = np.zeros(len(ways[0]), bool)
    for one, other in pairwise(ways):
        near |= _nearest_m(one, other) < _NEAR_M
    index = np.flatnonzero(near).astype(np.int32)
    across = flesh.positions[0][index, 0]
    skeleton, landmarks = wearer.repetition.skeleton, wearer.repetition.body.landmarks
    hips, knees = (
        tuple(skeleton.body(bone + side.suffix) for side in Side) for bone in ("femur", "tibia")
    )
    padded = Equipment.HIP_PAD in wearer.repetition.variation.equipment
    seat = index[np.abs(across) < _PAD_HALF_LENGTH_M]
    rod = (
        Rod(seat, _PAD_PRESSED_M, _GROOVE_M, (hips, hips))
        if padded
        else Rod(seat, _STEEL_PRESSED_M, _SLID_GROOVE_M, (hips, knees))
    )
    grips = [
        Grip.of(
            skeleton.body(landmarks.palm.on(side.suffix)[0]),
            index[held],
            _SHAFT_RADIUS_M + _STEEL_CLEARANCE_M,
            flesh.instants,
            flesh.positions,
        )
        for side, held in (
            (Side.RIGHT, across <= -_PAD_HALF_LENGTH_M),
            (Side.LEFT, across >= _PAD_HALF_LENGTH_M),
        )
    ]
    return rod, *grips


def _nearest_m(start: NDArray[np.float32], end: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how near straight ways from ``start`` to ``end`` (N, 2) come to the origin (N,)."""
    along = end - start
    share = -(start * along).sum(1) / np.maximum((along * along).sum(1), np.float32(1e-12))
    nearest = start + np.clip(share, 0.0, 1.0)[:, None] * along
    return np.asarray(np.hypot(nearest[:, 0], nearest[:, 1]), np.float32)


def _barbell(wearer: Wearer) -> tuple[Piece, ...]:
    inner, end = _INNER_HALF_M, _BAR_HALF_M
    shaft = lathe(_stepped([(-inner, inner, _SHAFT_RADIUS_M)]), 20)
    steps = [(inner, inner + 0.03, _COLLAR_RADIUS_M), (inner + 0.03, end, _SLEEVE_RADIUS_M)]
    sleeve = lathe(_stepped(steps), 24)
    plate = lathe(_plate(PLATE_FROM_MIDDLE_M), 72)
    return (
        Piece("bar", "metal", 0.35, shaft, _at_bar, presses=_felt(wearer), on_skin=True),
        Piece("sleeve_l", "metal", 0.35, sleeve, _at_bar, Side.LEFT),
        Piece("sleeve_r", "metal", 0.35, _mirrored(sleeve), _at_bar, Side.RIGHT),
        Piece("plate_l", "rubber", 0.12, plate, _at_bar, Side.LEFT, framed=True),
        Piece("plate_r", "rubber", 0.12, _mirrored(plate), _at_bar, Side.RIGHT, framed=True),
    )


def _stepped(steps: list[tuple[float, float, float]]) -> list[tuple[float, float]]:
    """Return the lathe profile of cylinders (x0, x1, radius) in a row, closed at both ends."""
    profile = [(steps[0][0], 0.0)]
    for x0, x1, radius in steps:
        profile += [(x0, profile[-1][1])] if profile[-1] != (x0, profile[-1][1]) else []
        profile += [(x0, radius), (x0, radius), (x1, radius), (x1, radius)]
    profile.append((steps[-1][1], 0.0))
    return profile


def _plate(start_m: float) -> list[tuple[float, float]]:
    """Return the profile of a plate: hub, recessed face, rounded rim."""
    t, r = _PLATE_THICKNESS_M, PLATE_RADIUS_M
    face = [
        (0.0, _SLEEVE_RADIUS_M),
        (0.0, 0.06),
        (0.012, 0.075),
        (0.012, r - 0.055),
        (0.0, r - 0.04),
    ]
    rim = [
        (0.008 * (1 - math.cos(a)), r - 0.008 * (1 - math.sin(a)))
        for a in np.linspace(0, math.pi / 2, 5)
    ]
    near = face + rim
    far = [(t - x, y) for x, y in reversed(near)]
    profile: list[tuple[float, float]] = []
    for x, y in near + far:
        profile.append((start_m + x, y))
    return profile


def _mirrored(mesh: Mesh) -> Mesh:
    """Return a rigid mesh reflected in the plane x = 0."""
    flip = np.array([-1, 1, 1], np.float32)
    faces = np.ascontiguousarray(mesh.faces[:, ::-1])
    return Mesh.rigid(mesh.rest_position * flip, mesh.rest_normal * flip, faces)


def _hip_pad(wearer: Wearer) -> tuple[Piece, ...]:
    del wearer
    half, radius = _PAD_HALF_LENGTH_M, _PAD_RADIUS_M
    bevel = [
        (0.014 * (1 - math.cos(a)), radius - 0.014 * (1 - math.sin(a)))
        for a in np.linspace(0, math.pi / 2, 5)
    ]
    left = [(-half, _SHAFT_RADIUS_M), *[(-half + x, r) for x, r in bevel]]
    profile = left + [(-x, r) for x, r in reversed(left)]
    pad = lathe(profile, 32)
    return (Piece("hip_pad", "upholstery", 0.04, pad, _at_bar, fades="pad", on_skin=True),)


def _mat(wearer: Wearer) -> tuple[Piece, ...]:
    thickness_m = wearer.repetition.motion.support_height_m
    low, high = (-0.42, -0.79, 0.0), (0.42, 0.62, thickness_m)
    mesh = rounded_box(low, high, 0.005)
    # open below: what is under the mat's top is pressed up, however deep
    solid = Cuboid((low[0], low[1], -1.0), high)
    return (Piece("mat", "mat", 0.03, mesh, _still, underfoot=True, solid=solid),)


def _band(wearer: Wearer) -> tuple[Piece, ...]:
    """Return the loop band: round the outside of each thigh, and straight from one to the other.

    Each half follows its own thigh, so that what lies between them stretches as the knees part.
    """
    skeleton, flesh = wearer.repetition.skeleton, wearer.flesh
    band = wearer.repetition.body.landmarks.band
    edges, outwards, frames, loops = [], [], [], []
    for k, suffix in enumerate(("_r", "_l")):
        bone, middle = band.on(suffix)
        side = 1.0 if suffix == "_r" else -1.0
        rims = [
            _outer_half(flesh.section(bone, middle[1] + w, (middle[0], middle[2])), side)
            for w in (-_BAND_HALF_WIDTH_M, _BAND_HALF_WIDTH_M)
        ]
        along = np.gradient((rims[0] + rims[1]) / 2, axis=0)
        out = np.stack([along[:, 1], -along[:, 0]], -1) * side
        out /= np.linalg.norm(out, axis=1, keepdims=True)
        rims = [rim - _BAND_PRESSES_M * out for rim in rims]
        made = np.empty((len(out), 2, 3))
        for j, (rim, w) in enumerate(zip(rims, (-1.0, 1.0), strict=True)):
            made[:, j] = np.insert(rim, 1, middle[1] + w * _BAND_HALF_WIDTH_M, axis=1)
        loops.append(_loop(flesh, bone, made, side))
        # right: front → outside → back; left: back → outside → front, so that the loop closes
        step = 1 if suffix == "_r" else -1
        edges.append(made[::step])
        outwards.append(np.insert(out, 1, 0.0, axis=1)[::step])
        frames += [k] * len(out)
    mesh = swept_loop(
        np.concatenate(edges), np.concatenate(outwards), _BAND_THICKNESS_M,
        np.array(frames, np.int32),
    )  # fmt: skip
    bodies = [skeleton.body(band.on(s)[0]) for s in ("_r", "_l")]

    def follow(instant: Instant) -> NDArray[np.float32]:
        return np.array([instant.pose.frame(b) for b in bodies], np.float32)

    return (Piece("band", "band", 0.10, mesh, follow, presses=tuple(loops), on_skin=True),)


def _loop(flesh: Flesh, bone: str, edges_m: Array, side: float) -> Loop:
    """Return half a band as flesh feels it: its edges (N, 2, 3) run from front to back."""
    ends = edges_m[[0, -1]].mean(axis=(0, 1))
    local = edges_m - ends
    # a back end that lies a little inwards is beyond pi
    angle = np.unwrap(np.arctan2(side * local[:, :, 2], local[:, :, 0]), axis=0)
    radius = np.hypot(local[:, :, 0], local[:, :, 2]) - _BAND_CLEARANCE_M
    grid = np.linspace(0.0, math.pi, _BAND_STEPS)
    table = np.array([np.interp(grid, angle[:, j], radius[:, j]) for j in range(2)])
    place = float(ends[0]), float(ends[2])
    near = flesh.near(bone, float(ends[1]), place, 1.5 * _BAND_HALF_WIDTH_M)
    return Loop(flesh.skeleton.body(bone), side, ends, _BAND_HALF_WIDTH_M, grid, table, near)


def _outer_half(hull: Array, side: float) -> Array:
    """Return points (N, 2) from the front of a thigh's outline over its outside to its back.

    Parameters
    ----------
    hull : (H, 2) ndarray, metres
        x (forwards) and z (to the right) of its corners, counter-clockwise.
    side : float
        1 where the outside lies towards +z, -1 where it lies towards -z.
    """
    around = hull if side > 0 else hull[::-1]
    start = int(around[:, 0].argmax())
    around = np.roll(around, -start, axis=0)
    line = around[: int(around[:, 0].argmin()) + 1]
    far = np.concatenate([[0.0], np.hypot(*np.diff(line, axis=0).T).cumsum()])
    share = np.linspace(0.0, far[-1], _BAND_STEPS)
    return np.stack([np.interp(share, far, line[:, k]) for k in range(2)], -1)


# Adding a piece of equipment is one entry here, besides its id and its word.
GEAR: Mapping[Equipment, Callable[[Wearer], tuple[Piece, ...]]] = {
    Equipment.BENCH: _bench,
    Equipment.BARBELL: _barbell,
    Equipment.HIP_PAD: _hip_pad,
    Equipment.LOOP_BAND: _band,
    Equipment.MAT: _mat,
}
