"""The shipped body: its meshes, binding, volumes and how they hold in poses."""

from __future__ import annotations

import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.repetitions import body, catalog, repetition, skeleton
from visualizer.anatomy.muscle import Side
from visualizer.anatomy.skeleton import SkeletonPose
from visualizer.anatomy.surface import Body, PartKind
from visualizer.catalog.variation import Variation
from visualizer.errors import DataError
from visualizer.lifts.vocabulary import PhaseId
from visualizer.resources import body_file
from visualizer.scene.scene import body_mesh

HIP_AND_THIGH = [
    "gluteus_maximus",
    "gluteus_medius",
    "gluteus_minimus",
    "piriformis",
    "tensor_fasciae_latae",
    "iliacus",
    "psoas_major",
    "biceps_femoris_long_head",
    "biceps_femoris_short_head",
    "semitendinosus",
    "semimembranosus",
    "rectus_femoris",
    "vastus_intermedius",
    "vastus_lateralis",
    "vastus_medialis",
    "adductor_magnus",
    "adductor_longus",
    "adductor_brevis",
    "pectineus",
    "gracilis",
    "sartorius",
]
POSES = [(0, 0), (45, 60), (70, 100), (90, 110), (0, 90)]


def pose(**angles_deg: float) -> SkeletonPose:
    angles = dict(body().rest_angles)
    for name, angle in angles_deg.items():
        angles |= {f"{name}_{side}": math.radians(angle) for side in "rl"}
    return skeleton().pose(angles)


@cache
def posed(hip: float, knee: float) -> np.ndarray:
    return body().posed(body().frames(pose(hip_flexion=hip, knee_angle=knee)))


def test_a_body_lies_within_rows_that_say_the_same() -> None:
    b = Body.load()
    longer = np.vstack([b.rest_position, np.zeros((2, 3), np.float32)])
    with pytest.raises(ValueError, match="rest_position differs"):
        b.lie_within({"rest_position": longer + 1})
    for _ in range(2):
        b.lie_within({"rest_position": longer})
        assert np.shares_memory(b.rest_position, longer)
        assert b.rest_position.shape == body().rest_position.shape
    b.lie_within({"rest_position": longer.copy()})
    assert np.shares_memory(b.rest_position, longer)


def belly(part_id: str) -> np.ndarray:
    part = body().parts[body().part_index(part_id)]
    return body().faces[part.first_face : part.first_face + part.belly_faces]


def edges(faces: np.ndarray) -> np.ndarray:
    return np.concatenate([faces[:, [0, 1]], faces[:, [1, 2]], faces[:, [2, 0]]])


def test_arrays_are_what_the_renderer_takes() -> None:
    b = body()
    v, f = len(b.rest_position), len(b.faces)
    for array, shape, dtype in (
        (b.rest_position, (v, 3), np.float32),
        (b.rest_normal, (v, 3), np.float32),
        (b.faces, (f, 3), np.int32),
        (b.face_part, (f,), np.int32),
        (b.influence, (v, 4), np.int32),
        (b.weight, (v, 4), np.float32),
    ):
        assert array.shape == shape
        assert array.dtype == dtype
        assert array.flags.c_contiguous
        assert np.isfinite(array).all()
    # these lie side by side, and a mesh of the body keeps no copy
    surface = body_mesh(b).surface
    for shading in (b.occlusion, b.tendon, b.fibre):
        assert shading.dtype == np.float32
        assert np.isfinite(shading).all()
        assert np.shares_memory(shading, surface)
    assert b.faces.min() == 0
    assert b.faces.max() == v - 1
    assert b.influence.min() >= 0
    assert b.influence.max() < b.frame_count
    assert 0 <= b.occlusion.min() <= b.occlusion.max() <= 1
    assert 0 <= b.tendon.min() <= b.tendon.max() <= 1
    np.testing.assert_allclose(np.linalg.norm(b.rest_normal, axis=1), 1, atol=1e-4)


def test_budget() -> None:
    # 7,000 of them are the skeleton within the skin, which is drawn in x-ray and focus only
    assert len(body().faces) <= 113_000
    assert len(body().rest_position) <= 57_500


def test_weights_sum_to_one() -> None:
    np.testing.assert_allclose(body().weight.sum(1), 1, atol=1e-6)
    assert body().weight.min() >= 0


def test_rest_pose_reproduces_the_rest_mesh() -> None:
    moved = body().posed(body().frames(pose()))
    assert np.abs(moved - body().rest_position).max() < 1e-4


def test_parts_cover_the_faces_in_order_and_have_unique_names() -> None:
    b = body()
    assert len({p.id for p in b.parts}) == len(b.parts)
    end = 0
    for i, part in enumerate(b.parts):
        assert part.first_face == end
        end += part.face_count
        assert (b.face_part[part.first_face : end] == i).all()
        assert 0 < part.belly_faces <= part.face_count
        if part.side is not None:
            assert part.id.endswith(part.side.suffix)
        assert (part.muscle is not None) == (part.kind in (PartKind.MUSCLE, PartKind.FASCIA))
    assert end == len(b.faces)
    assert b.part_index(b.parts[7].id) == 7
    with pytest.raises(KeyError):
        b.part_index("tail")


def test_every_muscle_of_the_catalogue_has_a_surface_on_both_sides() -> None:
    mine = {(p.muscle, p.side) for p in body().parts if p.muscle is not None}
    wanted = {m.id for m in catalog().muscles.values() if m.kind.value != "group"}
    assert wanted == {m for m, _ in mine}
    assert mine == {(m, s) for m in wanted for s in Side}


@cache
def at_rest() -> dict[str, float]:
    return body().volumes_cm3()


def test_muscles_are_closed_and_face_outwards() -> None:
    parts = [p.id for p in body().parts if p.kind is PartKind.MUSCLE]
    assert len(parts) > 100
    open_, inside_out = [], []
    for part in parts:
        faces = belly(part)
        n = int(faces.max()) + 1
        e = edges(faces).astype(np.int64)
        there, back = np.sort(e[:, 0] * n + e[:, 1]), np.sort(e[:, 1] * n + e[:, 0])
        if not np.array_equal(there, back):
            open_.append(part)
        v = body().rest_position[faces]
        normal = np.cross(v[:, 1] - v[:, 0], v[:, 2] - v[:, 0])
        stored = body().rest_normal[faces].sum(1)
        outwards = (np.einsum("ij,ij->i", normal, stored) > 0).mean() > 0.95
        if not (outwards and at_rest()[part] > 0):
            inside_out.append(part)
    assert open_ == []
    assert inside_out == []


@pytest.mark.parametrize("muscle", HIP_AND_THIGH)
def test_volumes_of_hip_and_thigh_are_the_published_ones(muscle: str) -> None:
    target = catalog().muscles[muscle].volume
    assert target is not None
    volume = at_rest()[f"{muscle}_r"]
    assert volume == pytest.approx(target.volume_cm3, rel=0.03)


def test_every_muscle_has_the_volume_that_its_entry_states() -> None:
    volumes = at_rest()
    flesh = {p.muscle for p in body().parts if p.kind is PartKind.MUSCLE}
    off = {
        muscle.id: volumes[f"{muscle.id}_r"] / muscle.volume.volume_cm3 - 1
        for muscle in catalog().muscles.values()
        if muscle.volume is not None and muscle.id in flesh
    }
    assert len(off) > 70
    assert np.mean(np.abs(list(off.values()))) < 0.02
    # a published volume binds more than an estimate of ours
    most = {m: 0.03 if catalog().muscle(m).volume.source else 0.04 for m in off}  # type: ignore[union-attr]
    assert not {m: f"{share:+.1%}" for m, share in off.items() if abs(share) > most[m]}


@pytest.mark.parametrize(("hip", "knee"), POSES)
def test_volumes_are_kept_in_poses(hip: float, knee: float) -> None:
    rest, now = at_rest(), body().volumes_cm3(posed(hip, knee))
    off = {m: now[f"{m}_r"] / rest[f"{m}_r"] - 1 for m in HIP_AND_THIGH}
    worst = max(off, key=lambda m: abs(off[m]))
    assert abs(off[worst]) < 0.20, f"{worst} {off[worst]:+.0%}"
    assert np.mean(np.abs(list(off.values()))) < 0.08


@pytest.mark.parametrize("variation", catalog().variations, ids=lambda v: v.id)
def test_volumes_are_kept_over_every_lift(variation: Variation) -> None:
    lift = repetition(variation.id)
    rest = at_rest()
    for fraction in (0.0, 1 / 3, 1 / 2, 1.0):
        frames = body().frames(lift.instant_of(PhaseId.LIFT, fraction).pose)
        now = body().volumes_cm3(body().posed(frames))
        parts = [p.id for p in body().parts if p.kind is PartKind.MUSCLE]
        off = {p: now[p] / rest[p] - 1 for p in parts}
        worst = max(off, key=lambda p: abs(off[p]))
        assert abs(off[worst]) < 0.10, f"{worst} {off[worst]:+.1%} at {fraction:.2f}"


@pytest.mark.parametrize("fascia", ["iliotibial_tract", "thoracolumbar_fascia"])
def test_fasciae_have_the_estimated_volume(fascia: str) -> None:
    target = catalog().muscles[fascia].volume
    assert target is not None
    assert at_rest()[f"{fascia}_r"] == pytest.approx(target.volume_cm3, rel=0.10)


@pytest.mark.parametrize(("hip", "knee"), POSES)
def test_edges_are_not_torn(hip: float, knee: float) -> None:
    b = body()
    e = edges(b.faces)
    rest = np.linalg.norm(b.rest_position[e[:, 0]] - b.rest_position[e[:, 1]], axis=1)
    e, rest = e[rest > 5e-4], rest[rest > 5e-4]
    p = posed(hip, knee)
    ratio = np.linalg.norm(p[e[:, 0]] - p[e[:, 1]], axis=1) / rest
    assert np.quantile(ratio, 0.99) < 2.0
    assert ratio.max() < 3


def test_left_and_right_are_mirror_images() -> None:
    b = body()
    middle = skeleton().pose({}).body_position[skeleton().body("pelvis"), 0]
    position = posed(70, 100)
    for part in b.parts:
        if part.side is not Side.RIGHT:
            continue
        twin = b.parts[b.part_index(part.id[:-2] + "_l")]
        assert twin.face_count == part.face_count
        mine = b.faces[part.first_face : part.first_face + part.face_count]
        its = b.faces[twin.first_face : twin.first_face + twin.face_count, ::-1]
        mirrored = position[its] * (-1, 1, 1) + (2 * middle, 0, 0)
        assert np.abs(mirrored - position[mine]).max() < 1.5e-3, part.id


def test_fibre_coordinates_have_no_jumps_and_the_belly_in_the_middle() -> None:
    b = body()
    u = b.fibre[:, 2]
    assert u.min() >= -1e-3
    assert u.max() <= 1 + 1e-3
    for part in b.parts:
        if part.kind is not PartKind.MUSCLE:
            continue
        faces = belly(part.id)
        e = edges(faces)
        length = np.linalg.norm(b.rest_position[e[:, 0]] - b.rest_position[e[:, 1]], axis=1)
        step = np.abs(u[e[:, 0]] - u[e[:, 1]])
        extent = np.ptp(b.rest_position[faces.ravel()], axis=0).max()
        # along any edge u changes by no more than a few times the edge's share of the muscle
        assert (step < 0.12 + 6 * length / extent).all(), part.id
        fleshy = u[np.unique(faces)][b.tendon[np.unique(faces)] < 0.5]
        assert 0.25 < np.median(fleshy) < 0.75, part.id


def test_the_file_is_small_and_records_where_it_comes_from() -> None:
    assert body_file("body.npz").stat().st_size < 3_000_000
    with np.load(body_file("body.npz")) as archive:
        provenance = " ".join(archive["provenance"])
        assert "python -m tools.bake" in provenance
        assert "musclemimic-models" in provenance
        names = skeleton().body_names
        assert tuple(archive["body_names"]) == names, "skeleton.xml and body.npz differ: bake again"
        assert tuple(archive["tendon_names"]) == skeleton().tendon_names


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 not a zip", b"x" * 100])
def test_a_damaged_file_is_one_clear_line(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "body.npz"
    file.write_bytes(content)
    with pytest.raises(DataError, match="not a readable body") as error:
        Body.load(file)
    assert len(error.value.problems) == 1


def test_a_missing_file_or_array_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="please reinstall"):
        Body.load(tmp_path / "body.npz")
    np.savez(tmp_path / "other.npz", format=np.array(1))
    with pytest.raises(DataError, match="please reinstall"):
        Body.load(tmp_path / "other.npz")
    np.savez(tmp_path / "newer.npz", format=np.array(99))
    with pytest.raises(DataError, match="format 99"):
        Body.load(tmp_path / "newer.npz")


def test_bones_on_the_midline_have_both_halves() -> None:
    for name in ("bone_pelvis", "bone_sacrum", "bone_torso"):
        part = body().parts[body().part_index(name)]
        x = body().rest_position[np.unique(body().faces[part.first_face :][: part.face_count]), 0]
        middle = 0.5 * (body().rest_position[:, 0].min() + body().rest_position[:, 0].max())
        assert abs((x.min() + x.max()) / 2 - middle) < 0.004, name
