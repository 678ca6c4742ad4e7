"""Flesh gives way: nothing of the body in steel or band, and a body that lies, lies."""

from __future__ import annotations

import numpy as np
import pytest

from tests.helpers.pictures import shot, stage
from visualizer.anatomy.native import native
from visualizer.anatomy.rotations import rotation_rows
from visualizer.exercise.repetition import Instant
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.contact import Grip, Press, Rod

INSTANTS = [0.0, 0.3, 0.5, 0.8, 1.0]
STEEL_M = 0.014


def flesh(name: str, at: float) -> tuple[np.ndarray, Instant]:
    scene = stage(name)
    instant = scene.repetition.instant_of(PhaseId.LIFT, at)
    return scene.pose(instant)[: len(scene.body.rest_position)].astype(float), instant


@pytest.mark.parametrize(
    "name",
    ["barbell-hip-thrust", "single-leg-hip-thrust", "banded-hip-thrust", "romanian-deadlift"],
)
def test_no_flesh_in_the_steel_of_the_bar(name: str) -> None:
    for at in INSTANTS:
        position, instant = flesh(name, at)
        way = position[:, 1:] - instant.bar_position_m[1:]
        assert np.hypot(way[:, 0], way[:, 1]).min() > STEEL_M, at


@pytest.mark.parametrize(
    "name", ["barbell-hip-thrust", "single-leg-hip-thrust", "banded-hip-thrust"]
)
def test_no_flesh_spreads_over_a_bar_that_lies_on_the_hips(name: str) -> None:
    skeleton = stage(name).repetition.skeleton
    hips = [skeleton.body(f"femur_{side}") for side in "rl"]
    for at in INSTANTS:
        position, instant = flesh(name, at)
        way = position[:, 1:] - instant.bar_position_m[1:]
        into = instant.pose.body_position[hips, 1:].mean(0) - instant.bar_position_m[1:]
        into /= np.linalg.norm(into)
        over, aside = -(way @ into), np.abs(way @ np.array([-into[1], into[0]]))
        # hands hold it further out
        held = np.abs(position[:, 0] - instant.bar_position_m[0]) > 0.18
        assert not ((aside < STEEL_M) & (over > 0) & (over < 0.045) & ~held).any(), at


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        # where the hips open and the front of the thigh comes under the bar, and the back leaves
        # the edge of the bench
        ("barbell-hip-thrust", range(28, 53)),
        ("banded-hip-thrust", range(36, 44)),
        # where the thigh that works takes over from the one held up
        ("single-leg-hip-thrust", range(7, 24)),
        # where the bar slides along the thighs
        ("romanian-deadlift", range(4, 36)),
    ],
)
def test_nothing_jumps_where_flesh_gives_way(name: str, steps: range) -> None:
    way = []
    for k in steps:  # an eightieth of the lift a step
        position, instant = flesh(name, k / 80)
        off = position[:, 1:] - instant.bar_position_m[1:]
        assert np.hypot(off[:, 0], off[:, 1]).min() > STEEL_M, k
        way.append(position)
    jump = np.linalg.norm(np.diff(way, n=2, axis=0), axis=2)
    assert jump.max() < 0.0015


def lowest_mm(bone: str, along_m: tuple[float, float], within_m: float, at: float) -> float:
    """How far the flesh round a bone is above the mat, from ``along_m`` to ``along_m`` along it."""
    position, instant = flesh("glute-bridge", at)
    repetition = stage("glute-bridge").repetition
    index = repetition.skeleton.body(bone)
    turn = np.array(rotation_rows(instant.pose.body_quaternion[index]))
    local = (position - instant.pose.body_position[index]) @ turn
    mine = (local[:, 1] > along_m[0]) & (local[:, 1] < along_m[1])
    mine &= np.hypot(local[:, 0], local[:, 2]) < within_m
    assert mine.sum() > 50
    return float(position[mine, 2].min() - repetition.motion.support_height_m) * 1000


@pytest.mark.parametrize("at", INSTANTS)
@pytest.mark.parametrize(
    ("bone", "along_m", "within_m", "most_mm"),
    [
        ("head", (-0.02, 0.2), 0.15, 1),
        ("humerus_r", (-0.27, -0.05), 0.07, 10),
        ("ulna_r", (-0.06, 0.05), 0.07, 4),
        ("ulna_r", (-0.24, -0.06), 0.06, 4),
        ("hand_r", (-0.2, 0.02), 0.09, 4),
    ],
)
def test_head_and_arms_lie_on_the_mat(
    bone: str, along_m: tuple[float, float], within_m: float, most_mm: float, at: float
) -> None:
    assert 0 <= lowest_mm(bone, along_m, within_m, at) + 1e-3 < most_mm


def test_hands_lie_within_the_mat() -> None:
    scene = stage("glute-bridge")
    mat = next(p for p in scene._pieces if p.name == "mat").mesh.rest_position
    skin = [k for k, part in enumerate(scene.parts) if part.id.startswith("skin_hand")]
    for at in INSTANTS:
        position = scene.pose(scene.repetition.instant_of(PhaseId.LIFT, at))
        mine = np.unique(scene.mesh.faces[np.isin(scene.mesh.face_part, skin)])
        for axis in range(2):
            assert position[mine, axis].min() > mat[:, axis].min()
            assert position[mine, axis].max() < mat[:, axis].max()


@pytest.mark.parametrize("at", INSTANTS)
def test_nothing_pokes_through_the_band(at: float) -> None:
    picture = shot("banded-hip-thrust", PhaseId.LIFT, at, ViewName.SIDE, (1200, 750))
    parts = stage("banded-hip-thrust").parts
    band = picture.part == next(k for k, p in enumerate(parts) if p.id == "equipment_band")
    assert band.sum() > 2000
    # what of the thigh shows between two pixels of the band, a few pixels apart, pokes through it
    mine = ("iliotibial_tract_r", "rectus_femoris_r", "vastus_lateralis_r", "sartorius_r")
    thigh = np.isin(picture.part, [k for k, p in enumerate(parts) if p.id in mine])
    poking = 0
    for of_band, of_thigh in zip([*band, *band.T], [*thigh, *thigh.T], strict=True):
        edges = np.flatnonzero(np.diff(of_band.astype(int))) + 1
        gaps = zip(edges[1:-1:2], edges[2::2], strict=False)
        poking += sum(int(of_thigh[a:b].sum()) for a, b in gaps if b - a < 13)
    assert poking < 20


def presses() -> list[Press]:
    return [p for p in stage("barbell-hip-thrust")._presses if isinstance(p, Rod | Grip)]


def test_native_contact_agrees_with_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    if native() is None:
        pytest.skip("the native contact was not built here")
    before, instant = flesh("barbell-hip-thrust", 0.3)
    # back into the steel, from its place
    before = (before + np.array([0.0, 0.004, 0.012])).astype(np.float32)
    for press in presses():
        one, other, some = before.copy(), before.copy(), before.copy()
        press.press(instant, one)
        moved = np.abs(one - before).max(axis=1) > 1e-4
        assert moved.sum() > 50
        shown = np.zeros(len(before), np.uint8)
        shown[::2] = 1
        press.press(instant, some, shown)
        np.testing.assert_array_equal(some, np.where(shown[:, None] > 0, one, before))
        with monkeypatch.context() as patch:
            patch.setattr("visualizer.scene.contact.native", lambda: None)
            press.press(instant, other)
        np.testing.assert_allclose(one, other, atol=2e-6)


def test_native_contact_refuses_vertices_that_are_none() -> None:
    if native() is None:
        pytest.skip("the native contact was not built here")
    position, instant = flesh("barbell-hip-thrust", 0.3)
    for press in presses():
        with pytest.raises(ValueError, match="near must be vertices"):
            press.press(instant, position[:10].astype(np.float32))
        with pytest.raises(ValueError, match="of another mesh"):
            press.press(instant, position.astype(np.float32), np.ones(9, np.uint8))
