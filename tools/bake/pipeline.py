"""Generates ``assets/body.npz`` from the source model and the shipped skeleton."""

from __future__ import annotations

import math
from collections.abc import Callable
from importlib.metadata import version

import numpy as np

from tools.bake.asset.assembly import Arrays, Piece, body_arrays
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
from tools.bake.flesh.competition import Flesh
from tools.bake.flesh.fasciae import PosedFlesh, fascia_sheet, rectus_sheath
from tools.bake.flesh.fleshing import flesh_out
from tools.bake.flesh.sheets import SHEETS, loft_sheet
from tools.bake.flesh.tendons import cords_of
from tools.bake.geometry.grid import occupancy, signed_distance, surface_samples
from tools.bake.muscles.shapes import FASCIAE, SHAPES
from tools.bake.muscles.strands_arm import arm_strands
from tools.bake.muscles.strands_hip import hip_strands
from tools.bake.muscles.strands_leg import leg_strands, thigh_strands
from tools.bake.muscles.strands_neck import neck_strands
from tools.bake.muscles.strands_shoulder import shoulder_strands
from tools.bake.muscles.strands_trunk import trunk_strands
from tools.bake.muscles.volumes import target_volumes_cm3
from tools.bake.skeleton.landmarks import Landmarks
from tools.bake.skeleton.rest import Rest
from tools.bake.source.model import PACKAGE, SourceModel
from tools.bake.strands.centrelines import Centrelines
from tools.bake.strands.strand import Strand
from visualizer.anatomy.muscle import Side
from visualizer.anatomy.skeleton import Skeleton
from visualizer.anatomy.surface import Body, PartKind
from visualizer.resources import data_folder

__all__ = ["COMMAND", "all_strands", "bake_body"]

COMMAND = "python -m tools.bake"
FINE_STEP_M = 0.003
_ROUNDS = 3
_EXPONENT_ROUNDS = 2
# Hip and knee flexion (degrees) in which no muscle may come through a fascia: standing, and the
# way of the lift. And how closely the muscles' surfaces are probed.
_DRAPING_POSES_DEG = ((0, 0), (0, 90), (45, 95), (80, 105))
_DRAPING_SPACING_M = 0.004
# It lies before the iliotibial tract's edge, and would lift it when it swells in the flexed hip.
_BEFORE_FASCIAE = ("tensor_fasciae_latae",)
_PACKAGES = (
    PACKAGE,
    "mujoco-core",
    "numpy",
    "scipy",
    "scikit-image",
    "fast-simplification",
    "numba",
)
_REGIONS = (
    hip_strands,
    thigh_strands,
    leg_strands,
    trunk_strands,
    shoulder_strands,
    arm_strands,
    neck_strands,
)


def all_strands(land: Landmarks) -> dict[str, list[Strand]]:
    """Return every muscle's and fascia's strands of the right side, in the tables' order."""
    authored: dict[str, list[Strand]] = {}
    for region in _REGIONS:
        authored |= region(land)
    wanted = [s.id for s in SHAPES] + [f.id for f in FASCIAE]
    if set(authored) != set(wanted):
        raise ValueError(f"strands and shapes differ: {sorted(set(authored) ^ set(wanted))}")
    return {name: authored[name] for name in wanted}


def bake_body(
    source: SourceModel,
    skeleton: Skeleton,
    say: Callable[[str], None] = lambda _: None,
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
    land = Landmarks(rest)
    strands = all_strands(land)
    centrelines = Centrelines.build(rest, strands, {})
    say(f"{centrelines.strands.strand_count} strands")
    fleshes = [Flesh.build(shape, centrelines) for shape in SHAPES]
    targets = target_volumes_cm3(data_folder())
    fleshed = flesh_out(rest, fleshes, targets, step_m, rounds, say, SHEETS)
    grid, surfaces = fleshed.grid, fleshed.surfaces
    carved = [m for m in surfaces.inside if m not in SHEETS]
    flesh_of = {flesh.shape.id: flesh for flesh in fleshes}
    lofts: dict[str, Bound] = {}
    for muscle, loft in SHEETS.items():
        beneath = surfaces.solid(m for m in loft.beneath if m not in SHEETS) | fleshed.bone
        beneath |= occupancy(grid, (lofts[m] for m in loft.beneath if m in SHEETS))
        distance = signed_distance(beneath, grid.step_m)
        lofts[muscle] = loft_sheet(
            flesh_of[muscle], centrelines, targets[muscle], grid, distance, land.axis
        )
    say("sheets lofted")
    edges = (foot_edge(rest), hand_edge(land))
    pieces = []
    for flesh in fleshes:
        shape = flesh.shape
        if shape.id in SHEETS:
            belly = lofts[shape.id]
        else:
            belly = bind_belly(surfaces.meshes[shape.id], flesh, centrelines)
        cords = cords_of(shape, strands[shape.id], centrelines, grid, surfaces.bone_distance, edges)
        if shape.id == "external_oblique":
            cords.append(rectus_sheath(centrelines, rest.midplane_x_m))
        pieces.append(Piece(f"{shape.id}_r", shape.id, PartKind.MUSCLE, belly, tuple(cords)))
    solid = surfaces.solid(carved) | fleshed.bone | occupancy(grid, lofts.values())
    distance = signed_distance(solid, grid.step_m)
    for name, bound in bone_parts(rest).items():
        pieces.append(Piece(name, "", PartKind.BONE, bound))
    for name, bound in capsule_parts(rest).items():
        pieces.append(Piece(name, "", PartKind.BONE, bound))
    pieces.append(Piece("neck_core", "", PartKind.BONE, neck_core(rest, SKULL)))
    for name, bound in skin_parts(rest, land, centrelines, grid, distance).items():
        pieces.append(Piece(name, "", PartKind.SKIN, bound))
    say("shading")
    occlusion = Occlusion(grid, solid, rest.midplane_x_m)
    provenance = {"command": COMMAND} | {p: version(p) for p in _PACKAGES}

    def as_arrays() -> Arrays:
        arrays = body_arrays(pieces, rest, centrelines, occlusion, provenance)
        for _ in range(_EXPONENT_ROUNDS):
            body = Body.from_arrays(arrays)
            arrays["strand_exponent"] = volume_keeping_exponents(body, skeleton, centrelines)
        return arrays

    poses = _posed_flesh(Body.from_arrays(as_arrays()), skeleton)
    for fascia in FASCIAE:
        sheet = fascia_sheet(fascia, centrelines, grid, distance, rest.midplane_x_m, poses)
        pieces.append(Piece(f"{fascia.id}_r", fascia.id, PartKind.FASCIA, sheet))
    return as_arrays()


def _posed_flesh(body: Body, skeleton: Skeleton) -> list[PosedFlesh]:
    """Return muscles and bones of the right side in :data:`_DRAPING_POSES_DEG`."""
    firm = (PartKind.MUSCLE, PartKind.BONE)
    right = [
        part
        for part in body.parts
        if part.kind in firm and part.side is Side.RIGHT and part.muscle not in _BEFORE_FASCIAE
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
