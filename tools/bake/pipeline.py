"""The stages of the bake: each takes what those before it made, and returns one artefact."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

import numpy as np
from numpy.typing import NDArray

from tools.bake.asset.assembly import Arrays, BodyPiece, body_arrays
from tools.bake.asset.calibration import volume_keeping_exponents
from tools.bake.asset.occlusion import Occlusion
from tools.bake.covering.bones import bone_parts
from tools.bake.covering.capsules import capsule_parts
from tools.bake.covering.foot import foot_edge
from tools.bake.covering.hand import hand_edge
from tools.bake.covering.head import SKULL
from tools.bake.covering.neck import neck_core
from tools.bake.covering.skin import skin_parts
from tools.bake.flesh.binding import Bound, bind_belly
from tools.bake.flesh.competition import MuscleFlesh
from tools.bake.flesh.fasciae import PosedFlesh, fascia_sheet, sheath
from tools.bake.flesh.fleshing import Fleshed, flesh_out
from tools.bake.flesh.sheets import loft_sheet
from tools.bake.flesh.tendons import cords_of
from tools.bake.geometry.grid import Grid, occupancy, signed_distance, surface_samples
from tools.bake.muscles.table import FASCIAE, MUSCLES, authored_strands, lofted_inside_out
from tools.bake.muscles.volumes import target_volumes_cm3
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.skeleton.rest import Rest
from tools.bake.source.model import PACKAGE, SourceModel
from tools.bake.strands.centrelines import Centrelines
from tools.bake.strands.strand import Strand
from visualizer.anatomy.muscle import Side
from visualizer.anatomy.skeleton import Skeleton
from visualizer.anatomy.surface import Body, PartKind
from visualizer.resources import data_folder

__all__ = ["COMMAND", "bake_body"]

COMMAND = "python -m tools.bake"
FINE_STEP_M = 0.003
# what of the grid counts round a sheet
_AROUND_SHEET_M = 0.05
_ROUNDS = 10
_EXPONENT_ROUNDS = 9
# Hip and knee flexion (degrees) in which no muscle may come through a fascia: standing, and the
# way of the lift. And how closely the muscles' surfaces are probed.
_DRAPING_POSES_DEG = ((0, 0), (20, 12), (0, 90), (45, 95), (80, 105))
_DRAPING_SPACING_M = 0.004
_PACKAGES = (
    PACKAGE,
    "mujoco-core",
    "numpy",
    "scipy",
    "scikit-image",
    "fast-simplification",
    "numba",
)

Volume = NDArray[np.float32]
Say = Callable[[str], None]


@dataclass(frozen=True)
class Anatomy:
    """The skeleton stage: bones at rest and the landmarks on them."""

    rest: Rest
    land: BoneLandmarks


@dataclass(frozen=True)
class Lines:
    """The strands stage: centre lines of the right side as authored, and of both as knots."""

    authored: Mapping[str, list[Strand]]
    centrelines: Centrelines


@dataclass(frozen=True)
class Musculature:
    """The flesh stage.

    Attributes
    ----------
    pieces : tuple of BodyPiece
        Bellies with their tendons, right side.
    grid : Grid
        The points that the volumes are given at.
    solid, distance : bool and float32 volume
        Points within muscle or bone, and the signed distance to them, metres.
    """

    pieces: tuple[BodyPiece, ...]
    grid: Grid
    solid: NDArray[np.bool_]
    distance: Volume


def bake_body(
    source: SourceModel,
    skeleton: Skeleton,
    say: Say = lambda _: None,
    step_m: float = FINE_STEP_M,
    rounds: int = _ROUNDS,
) -> Arrays:
    """Return the arrays of the body.

    Parameters
    ----------
    source : SourceModel
        Bone meshes.
    skeleton : Skeleton
        The slim skeleton, for the rest pose and the muscle paths.
    say : callable
        Told what happens.
    step_m : float
        Step of the grid, metres.
    rounds : int
        How often radii are corrected by the final volumes.
    """
    rest = Rest.build(source, skeleton)
    anatomy = Anatomy(rest, BoneLandmarks(rest))
    lines = _draw_lines(anatomy)
    say(f"{lines.centrelines.strands.strand_count} strands")
    capsules = capsule_parts(anatomy.rest, anatomy.land)
    muscles = _flesh(anatomy, lines, capsules, say, step_m, rounds)
    covering = _cover(anatomy, lines, capsules, muscles)
    say("shading")
    return _pack(anatomy, lines, muscles, capsules, covering)


def _draw_lines(anatomy: Anatomy) -> Lines:
    authored = authored_strands(anatomy.land)
    return Lines(authored, Centrelines.build(anatomy.rest, authored, {}))


def _flesh(
    anatomy: Anatomy,
    lines: Lines,
    capsules: Mapping[str, Bound],
    say: Say,
    step_m: float,
    rounds: int,
) -> Musculature:
    rest, centrelines = anatomy.rest, lines.centrelines
    fleshes = {muscle.id: MuscleFlesh.build(muscle, centrelines) for muscle in MUSCLES}
    sheets = {muscle.id for muscle in MUSCLES if muscle.loft is not None}
    targets = target_volumes_cm3(data_folder())
    fleshed = flesh_out(rest, list(fleshes.values()), targets, step_m, rounds, say, sheets)
    grid, surfaces = fleshed.grid, fleshed.surfaces
    lofts = _loft(anatomy, centrelines, fleshes, fleshed, targets)
    say("sheets lofted")
    carved = [m for m in surfaces.inside if m not in sheets]
    solid = surfaces.solid(carved) | fleshed.bone | occupancy(grid, lofts.values())
    bones_too = fleshed.bone | occupancy(grid, [*lofts.values(), *capsules.values()])

    @cache
    def lying_on(beneath: tuple[str, ...]) -> Volume:
        flesh = surfaces.solid(m for m in carved if m not in beneath)
        return signed_distance(flesh | bones_too, grid.step_m)

    edges = (foot_edge(rest), hand_edge(anatomy.land))
    pieces = []
    for muscle in MUSCLES:
        if muscle.id in lofts:
            belly = lofts[muscle.id]
        else:
            belly = bind_belly(
                surfaces.meshes[muscle.id], fleshes[muscle.id], anatomy.land, centrelines
            )
        authored = lines.authored[muscle.id]
        cords = cords_of(
            muscle,
            authored,
            anatomy.land,
            centrelines,
            grid,
            surfaces.bone_distance,
            lying_on,
            edges,
        )
        if muscle.sheathes is not None:
            cords.append(sheath(muscle.sheathes, centrelines, rest.midplane_x_m))
        pieces.append(BodyPiece(f"{muscle.id}_r", muscle.id, PartKind.MUSCLE, belly, tuple(cords)))
    return Musculature(tuple(pieces), grid, solid, signed_distance(solid, grid.step_m))


def _loft(
    anatomy: Anatomy,
    centrelines: Centrelines,
    fleshes: Mapping[str, MuscleFlesh],
    fleshed: Fleshed,
    targets: Mapping[str, float],
) -> dict[str, Bound]:
    """Return the lofted sheets by muscle."""
    grid, surfaces = fleshed.grid, fleshed.surfaces
    lofts: dict[str, Bound] = {}
    for muscle in lofted_inside_out():
        assert muscle.loft is not None
        flesh, under = fleshes[muscle.id], muscle.loft.beneath
        beneath = surfaces.solid(m for m in under if m not in lofts) | fleshed.bone
        beneath |= occupancy(grid, (lofts[m] for m in under if m in lofts))
        block, near = grid.block_around(flesh.lines.reshape(-1, 3), _AROUND_SHEET_M)
        distance = signed_distance(beneath[block], grid.step_m)
        lofts[muscle.id] = loft_sheet(
            flesh, centrelines, targets[muscle.id], near, distance, anatomy.land
        )
    return lofts


def _cover(
    anatomy: Anatomy, lines: Lines, capsules: Mapping[str, Bound], muscles: Musculature
) -> tuple[BodyPiece, ...]:
    """Return bones, capsules, neck and skin, right side and midline."""
    rest = anatomy.rest
    bones = {**bone_parts(rest), **capsules}
    skin = {"skin_neck": neck_core(rest, anatomy.land, SKULL)}
    skin |= skin_parts(rest, anatomy.land, lines.centrelines, muscles.grid, muscles.distance)
    return (
        *(BodyPiece(name, "", PartKind.BONE, bound) for name, bound in bones.items()),
        *(BodyPiece(name, "", PartKind.SKIN, bound) for name, bound in skin.items()),
    )


def _pack(
    anatomy: Anatomy,
    lines: Lines,
    muscles: Musculature,
    capsules: Mapping[str, Bound],
    covering: tuple[BodyPiece, ...],
) -> Arrays:
    """Return the arrays; the fasciae are laid over the muscles as those move in the asset."""
    rest, centrelines = anatomy.rest, lines.centrelines
    grid = muscles.grid
    occlusion = Occlusion(grid, muscles.solid, rest.midplane_x_m)
    provenance = {"command": COMMAND} | {p: version(p) for p in _PACKAGES}

    def as_arrays(pieces: list[BodyPiece]) -> Arrays:
        arrays = body_arrays(pieces, rest, centrelines, occlusion, provenance)
        for _ in range(_EXPONENT_ROUNDS):
            body = Body.from_arrays(arrays)
            exponent = volume_keeping_exponents(body, rest.skeleton, centrelines)
            arrays["strand_exponent"] = exponent
        return arrays

    pieces = [*muscles.pieces, *covering]
    poses = _posed_flesh(Body.from_arrays(as_arrays(pieces)), rest.skeleton)
    firm = signed_distance(muscles.solid | occupancy(grid, capsules.values()), grid.step_m)
    for fascia in FASCIAE:
        sheet = fascia_sheet(fascia, centrelines, grid, firm, rest.midplane_x_m, poses)
        pieces.append(BodyPiece(f"{fascia.id}_r", fascia.id, PartKind.FASCIA, sheet))
    return as_arrays(pieces)


def _posed_flesh(body: Body, skeleton: Skeleton) -> list[PosedFlesh]:
    """Return muscles and bones of the right side in :data:`_DRAPING_POSES_DEG`."""
    before = {muscle.id for muscle in MUSCLES if muscle.before_fasciae}
    firm = (PartKind.MUSCLE, PartKind.BONE)
    right = [
        part
        for part in body.parts
        if part.kind in firm and part.side is Side.RIGHT and part.muscle not in before
    ]
    faces = np.vstack([body.faces[p.first_face : p.first_face + p.belly_faces] for p in right])
    poses = []
    for hip, knee in _DRAPING_POSES_DEG:
        angles = dict(body.rest_angles)
        for side in Side:
            angles[f"hip_flexion{side.suffix}"] = math.radians(hip)
            angles[f"knee_angle{side.suffix}"] = math.radians(knee)
        frames = body.frames(skeleton.pose(angles))
        position = body.posed(frames).astype(float)
        poses.append(PosedFlesh(frames, surface_samples(position, faces, _DRAPING_SPACING_M)))
    return poses
