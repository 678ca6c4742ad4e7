"""Equipment: real proportions, closed solids, where it belongs."""

from __future__ import annotations

import math
from functools import cache

import numpy as np
import pytest

from tests.helpers.pictures import stage
from tests.helpers.repetitions import HIP_THRUSTS, PROGRESS, body, repetition
from visualizer.anatomy.rotations import rotation_rows
from visualizer.lifts.motion import PLATE_RADIUS_M, landmark_path
from visualizer.lifts.vocabulary import Equipment, PhaseId
from visualizer.render import Mesh, Rasterizer
from visualizer.scene import equipment
from visualizer.scene.equipment import GEAR, Piece, pieces
from visualizer.scene.flesh import Flesh
from visualizer.scene.scene import StageScene, body_mesh
from visualizer.scene.shapes import lathe, rounded_box


def volume_l(mesh: Mesh, position: np.ndarray | None = None) -> float:
    p = (mesh.rest_position if position is None else position).astype(float)
    a, b, c = (p[mesh.faces[:, k]] for k in range(3))
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6 * 1000)


def posed(piece: Piece, progress: float, name: str) -> np.ndarray:
    frames = piece.frames(repetition(name).instant_of(PhaseId.LIFT, progress))
    mine = frames[piece.mesh.influence[:, 0]]
    turned = np.einsum("vij,vj->vi", mine[:, :, :3], piece.mesh.rest_position)
    return np.asarray(turned + mine[:, :, 3])


@cache
def flesh(name: str) -> Flesh:
    return Flesh.posed(body(), body_mesh(body()), repetition(name), Rasterizer())


def by_name(name: str) -> dict[str, Piece]:
    rep = repetition(name)
    return {p.name: p for p in pieces(rep, flesh(name))}


def test_lathe_and_box_have_the_volume_of_their_solids() -> None:
    cylinder = lathe([(0, 0), (0, 0.1), (0, 0.1), (0.5, 0.1), (0.5, 0.1), (0.5, 0)], 256)
    assert volume_l(cylinder) == pytest.approx(math.pi * 0.01 * 0.5 * 1000, rel=1e-3)
    box = rounded_box((0, 0, 0), (1, 0.5, 0.2), 0.0001)
    assert volume_l(box) == pytest.approx(100, rel=1e-2)


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_every_piece_is_a_closed_solid_seen_from_outside(name: str) -> None:
    for piece in by_name(name).values():
        position = posed(piece, 0.0, name)
        assert volume_l(piece.mesh, position) > 0, piece.name
        turn = piece.frames(repetition(name).instant_of(PhaseId.LIFT, 0.0))[:, :, :3]
        normals = piece.mesh.rest_normal
        np.testing.assert_allclose(np.linalg.norm(normals, axis=1), 1, atol=1e-5)
        normals = np.einsum("vij,vj->vi", turn[piece.mesh.influence[:, 0]], normals)
        a, b, c = (position[piece.mesh.faces[:, k]] for k in range(3))
        facing = np.einsum("ij,ij->i", np.cross(b - a, c - a), normals[piece.mesh.faces].sum(1))
        area = np.linalg.norm(np.cross(b - a, c - a), axis=1)
        assert (facing[area > 1e-10] > 0).mean() > 0.999, piece.name


def test_the_barbell_has_real_proportions() -> None:
    gear = by_name("barbell-hip-thrust")
    bar, plate = gear["bar"].mesh.rest_position, gear["plate_l"].mesh.rest_position
    assert gear["sleeve_l"].mesh.rest_position[:, 0].max() == pytest.approx(1.1, abs=1e-3)
    assert gear["sleeve_r"].mesh.rest_position[:, 0].min() == pytest.approx(-1.1, abs=1e-3)
    assert np.hypot(plate[:, 1], plate[:, 2]).max() == pytest.approx(PLATE_RADIUS_M, abs=1e-3)
    shaft = bar[np.abs(bar[:, 0]) < 0.6555]
    inner = np.hypot(shaft[:, 1], shaft[:, 2])
    assert np.isclose(inner, 0.014, atol=1e-4).any()


def test_the_bench_is_a_slender_flat_bench() -> None:
    gear = by_name("barbell-hip-thrust")
    pad, frame = gear["bench"].mesh.rest_position, gear["bench_frame"].mesh.rest_position
    assert np.ptp(pad[:, 1]) == pytest.approx(0.30, abs=2e-3)
    assert 0.38 <= pad[:, 2].max() <= 0.46
    assert frame[:, 2].min() == pytest.approx(0.0, abs=1e-3)
    # between feet and beam there is nothing but two posts
    posts = frame[(frame[:, 2] > 0.06) & (frame[:, 2] < 0.2)]
    assert len(posts) == 0 or np.ptp(posts[:, 1]) < 0.06
    assert frame[:, 1].min() >= pad[:, 1].min() - 1e-3


@pytest.mark.parametrize("name", HIP_THRUSTS)
@pytest.mark.parametrize("progress", [0.0, 0.5, 1.0])
def test_nothing_enters_the_floor(name: str, progress: float) -> None:
    for piece in by_name(name).values():
        assert posed(piece, progress, name)[:, 2].min() > -0.003, piece.name


def test_the_band_stretches_between_the_thighs() -> None:
    name = "banded-hip-thrust"
    band = by_name(name)["band"]
    rep = repetition(name)
    ring = rep.body.landmarks.band
    ends = [landmark_path(rep.skeleton, rep.motion, ring, s, PROGRESS)[:, 0] for s in ("_r", "_l")]
    apart = np.interp([0.0, 0.5], PROGRESS, ends[1] - ends[0])
    width = [np.ptp(posed(band, p, name)[:, 0]) for p in (0.0, 0.5)]
    assert abs(apart[1] - apart[0]) > 0.03
    assert width[1] - width[0] == pytest.approx(apart[1] - apart[0], abs=0.01)


@pytest.mark.parametrize("progress", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("suffix", ["_r", "_l"])
def test_the_band_hugs_the_outside_of_the_thigh(suffix: str, progress: float) -> None:
    name = "banded-hip-thrust"
    rep, band = stage(name).repetition, by_name(name)["band"]
    instant = rep.instant_of(PhaseId.LIFT, progress)
    bone, middle = rep.body.landmarks.band.on(suffix)
    index = rep.skeleton.body(bone)
    turn = np.array(rotation_rows(instant.pose.body_quaternion[index]))
    body = flesh(name).body
    thigh = {f"{m}{suffix}" for m in ("vastus_lateralis", "rectus_femoris", "iliotibial_tract",
                                      "biceps_femoris_long_head")}  # fmt: skip
    faces = [
        body.faces[p.first_face : p.first_face + p.face_count] for p in body.parts if p.id in thigh
    ]
    skin = stage(name).pose(instant)[np.unique(np.concatenate(faces))]
    skin = (skin - instant.pose.body_position[index]) @ turn
    skin = skin[np.abs(skin[:, 1] - middle[1]) < 0.015]
    frame = 0 if suffix == "_r" else 1
    mine = band.mesh.influence[:, 0] == frame
    line = band.mesh.rest_position[mine].astype(float)
    outside = 1.0 if suffix == "_r" else -1.0
    for degrees in range(-30, 61, 10):
        way = np.array([math.sin(math.radians(degrees)), math.cos(math.radians(degrees)) * outside])
        gap = (line[:, [0, 2]] @ way).max() - (skin[:, [0, 2]] @ way).max()
        assert 0.001 < gap < 0.02, degrees


def test_every_piece_of_equipment_can_be_made() -> None:
    assert set(GEAR) == set(Equipment)


def test_another_piece_is_one_entry(monkeypatch: pytest.MonkeyPatch) -> None:
    name = "glute-bridge"
    ball = Piece("ball", "rubber", 0.1, lathe([(0.0, 0.0), (0.1, 0.2), (0.2, 0.0)], 16), still)
    monkeypatch.setattr(equipment, "GEAR", {**GEAR, Equipment.MAT: lambda wearer: (ball,)})
    scene = StageScene(flesh(name).body, repetition(name))
    assert "equipment_ball" in {part.id for part in scene.parts}


def still(instant: object) -> np.ndarray:
    return np.eye(3, 4, dtype=np.float32)[None]
