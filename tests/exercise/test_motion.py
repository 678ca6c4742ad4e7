"""The closed linkage: what stays where it is, what the joints may do, what was published."""

from __future__ import annotations

import math

import numpy as np
import pytest

from tests.helpers.repetitions import HIP_THRUSTS, PROGRESS, body_model, placement, repetition
from visualizer.anatomy.muscle import Side
from visualizer.errors import PoseError
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.motion import PLATE_RADIUS_M, landmark_path
from visualizer.lifts.vocabulary import Equipment, Laterality, PhaseId


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_feet_and_back_stay(name: str) -> None:
    rep = repetition(name)
    slips = rep.slips_m()
    assert slips["foot"] < 0.001
    assert slips["back"] < 0.003


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_soles_are_flat_on_the_floor(name: str) -> None:
    rep = repetition(name)
    landmarks = rep.body.landmarks
    for sole in (landmarks.sole_heel, landmarks.sole_ball):
        path = landmark_path(rep.skeleton, rep.motion, sole, rep.side.suffix, PROGRESS)
        np.testing.assert_allclose(path[:, 2], 0.0, atol=1e-3)


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_no_joint_leaves_its_range(name: str) -> None:
    rep = repetition(name)
    for joint in rep.skeleton.free_joint_names:
        low, high = rep.skeleton.joint_range[joint]
        angle = rep.motion.joint_position[:, rep.skeleton.joint_address(joint)]
        assert low - 1e-6 <= angle.min(), joint
        assert angle.max() <= high + 1e-6, joint


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_hips_are_extended_at_the_top(name: str) -> None:
    top = repetition(name).instant_of(PhaseId.LIFT, 1.0)
    assert abs(math.degrees(top.hip_flexion_rad)) < 5


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_the_shank_is_upright_at_the_top(name: str) -> None:
    rep = repetition(name)
    top = rep.instant_of(PhaseId.LIFT, 1.0)
    quaternion = top.pose.body_quaternion[rep.skeleton.body("tibia" + rep.side.suffix)]
    w, x, y, z = quaternion
    shin = np.array([2 * (x * y - w * z), 1 - 2 * (x * x + z * z), 2 * (y * z + w * x)])
    lean = math.degrees(math.acos(min(float(shin[2]), 1.0)))
    # In the bridge the feet must stand farther: with an upright shank at the top the knee would
    # have to bend beyond its 120° when the hips are down on the floor.
    assert lean < (19 if name == "glute-bridge" else 5)


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_lift_and_lowering_pass_the_same_poses(name: str) -> None:
    rep = repetition(name)
    for f in (0.0, 0.2, 0.5, 0.9, 1.0):
        up, down = rep.instant_of(PhaseId.LIFT, f), rep.instant_of(PhaseId.LOWERING, 1 - f)
        np.testing.assert_allclose(up.pose.body_position, down.pose.body_position, atol=1e-9)


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_the_spine_stays_neutral(name: str) -> None:
    rep = repetition(name)
    for joint in ("flex_extension", "lat_bending", "axial_rotation"):
        assert not rep.motion.joint_position[:, rep.skeleton.joint_address(joint)].any()


def test_travel_is_the_published_one() -> None:
    # Zabaleta-Korta & Fernández-Peña 2024: 35.65 ± 3.4 cm and 15.45 ± 4.82 cm, mean ± 2 SD
    thrust, bridge = (repetition(n).motion.travel_m for n in ("barbell-hip-thrust", "glute-bridge"))
    assert 0.289 <= thrust <= 0.425
    assert 0.058 <= bridge <= 0.251
    assert bridge < 0.6 * thrust


def test_plates_touch_and_never_enter_the_floor() -> None:
    bar = repetition("barbell-hip-thrust").motion.bar_position_m
    assert bar[0, 2] == pytest.approx(PLATE_RADIUS_M, abs=0.002)
    assert bar[:, 2].min() >= PLATE_RADIUS_M - 0.002
    assert np.all(np.diff(bar[:, 2]) > 0)


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_hands_stay_on_the_bar(name: str) -> None:
    rep = repetition(name)
    if Equipment.BARBELL not in rep.variation.equipment:
        pytest.skip("no bar")
    for suffix in ("_r", "_l"):
        palm = landmark_path(rep.skeleton, rep.motion, rep.body.landmarks.palm, suffix, PROGRESS)
        bar = np.array([rep.motion.bar_at(float(p)) for p in PROGRESS])
        assert np.abs(palm[:, 1:] - bar[:, 1:]).max() < 0.012


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_nothing_jumps(name: str) -> None:
    q = repetition(name).motion.joint_position[:, 7:]
    step = np.abs(np.diff(q, axis=0))
    assert step.max() < math.radians(6)
    assert np.abs(np.diff(q, n=2, axis=0)).max() < math.radians(1.5)


def test_single_leg_sides_mirror_each_other() -> None:
    right, left = (repetition("single-leg-hip-thrust", s) for s in (Side.RIGHT, Side.LEFT))
    assert right.motion.travel_m == pytest.approx(left.motion.travel_m, abs=1e-3)
    s = right.skeleton
    a = right.motion.joint_position[0, s.joint_address("hip_flexion_r")]
    b = left.motion.joint_position[0, s.joint_address("hip_flexion_l")]
    assert a == pytest.approx(b, abs=1e-3)
    held = right.motion.joint_position[:, s.joint_address("hip_flexion_l")]
    assert np.ptp(held) == 0
    assert math.degrees(held[0]) == pytest.approx(95)


def test_two_legs_move_alike() -> None:
    rep = repetition("banded-hip-thrust")
    assert rep.variation.setup.legs is Laterality.BOTH
    for joint in ("hip_flexion", "hip_adduction", "knee_angle", "ankle_angle"):
        r, k = (
            rep.motion.joint_position[:, rep.skeleton.joint_address(joint + s)]
            for s in ("_r", "_l")
        )
        np.testing.assert_array_equal(r, k)


def test_an_impossible_placement_is_one_clear_error() -> None:
    from dataclasses import replace

    variation = repetition("barbell-hip-thrust").variation
    absurd = replace(variation, setup=replace(placement(variation), bench_height_m=1.4))
    with pytest.raises(PoseError, match="barbell-hip-thrust: the body cannot reach the top"):
        Repetition(absurd, repetition("barbell-hip-thrust").catalog, body_model())
