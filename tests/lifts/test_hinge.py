"""The Romanian deadlift: balance, planted feet, a bar at the legs, a neutral spine."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers import repetitions as helpers
from tests.helpers.repetitions import body_model, skeleton
from visualizer.anatomy.muscle import Side
from visualizer.errors import PoseError, UsageError
from visualizer.exercise.contraction import Agreement, agreement
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.hinge import Hinge
from visualizer.lifts.hinge.chain import solve_motion
from visualizer.lifts.hinge.setup import HingeSetup
from visualizer.lifts.loads import Load
from visualizer.lifts.motion import PLATE_RADIUS_M, Motion, landmark_path
from visualizer.lifts.vocabulary import PhaseId

PROGRESS = np.linspace(0, 1, 61)


def repetition() -> Repetition:
    return helpers.repetition("romanian-deadlift")


def motion() -> Motion:
    return repetition().motion


def angle_deg(joint: str) -> np.ndarray:
    return np.degrees(motion().joint_position[:, skeleton().joint_address(joint)])


def test_feet_stay_planted() -> None:
    assert max(repetition().slips_m().values()) < 0.001


def test_it_begins_upright_and_lowers_first() -> None:
    rep = repetition()
    first = rep.instant(0.0)
    assert first.phase is PhaseId.LOWERING
    assert first.progress == 1.0
    assert rep.instant_of(PhaseId.LIFT, 0.0).progress == 0.0
    assert rep.instant(rep.schedule.duration_s).progress == pytest.approx(1.0)


def test_the_trunk_leans_and_the_knees_hardly_bend() -> None:
    trunk = np.degrees(motion().trunk_rad)
    assert trunk[0] == pytest.approx(20.0)
    assert trunk[-1] == pytest.approx(90.0)
    assert np.all(np.diff(trunk) > 0)
    knee, hip = angle_deg("knee_angle_r"), angle_deg("hip_flexion_r")
    assert np.ptp(knee) < 20
    assert np.ptp(hip) > 80
    assert np.all(np.diff(hip) < 0)


def test_no_joint_leaves_its_range() -> None:
    for joint in skeleton().free_joint_names:
        low, high = skeleton().joint_range[joint]
        q = motion().joint_position[:, skeleton().joint_address(joint)]
        assert low - 1e-6 <= q.min() <= q.max() <= high + 1e-6, joint


def test_hips_go_back_as_the_trunk_leans() -> None:
    frames = [skeleton().body_frames(q) for q in motion().joint_position]
    back = np.array([f[0][skeleton().body("femur_r")][1] for f in frames])
    assert back[0] - back[-1] > 0.12  # +y is behind


def test_the_bar_hangs_over_the_feet_and_clears_the_floor() -> None:
    bar = motion().bar_position_m
    heel = landmark_path(skeleton(), motion(), body_model().landmarks.sole_heel, "_r", PROGRESS)
    ball = landmark_path(skeleton(), motion(), body_model().landmarks.sole_ball, "_r", PROGRESS)
    assert np.all(bar[:, 1] > ball[:, 1].min())
    assert np.all(bar[:, 1] < heel[:, 1].max() + 0.05)
    assert bar[:, 2].min() > PLATE_RADIUS_M
    assert np.all(np.diff(bar[:, 2]) > 0)


def test_hands_hold_the_bar() -> None:
    for suffix in ("_r", "_l"):
        palm = landmark_path(skeleton(), motion(), body_model().landmarks.palm, suffix, PROGRESS)
        bar = np.array([motion().bar_at(float(p)) for p in PROGRESS])
        assert np.linalg.norm((palm - bar)[:, 1:], axis=1).max() < 0.02


def test_both_sides_move_alike() -> None:
    for joint in ("hip_flexion", "knee_angle", "ankle_angle", "arm_flex"):
        np.testing.assert_allclose(angle_deg(joint + "_r"), angle_deg(joint + "_l"))


@settings(max_examples=6, deadline=None)
@given(trunk=st.floats(15, 45), knee=st.floats(10, 30))
def test_placements_that_coaches_teach_close(trunk: float, knee: float) -> None:
    setup = HingeSetup(
        trunk_bottom_rad=math.radians(trunk),
        knee_bottom_rad=math.radians(knee),
        knee_top_rad=math.radians(8),
    )
    found = solve_motion(setup, body_model(), 9)
    assert math.degrees(found.trunk_rad[0]) == pytest.approx(trunk)


def test_what_the_body_cannot_take_is_refused() -> None:
    lift = Hinge()
    setup = HingeSetup(trunk_bottom_rad=math.radians(5), knee_bottom_rad=0.0, knee_top_rad=0.0)
    with pytest.raises(PoseError):
        lift.solve(setup, (), body_model(), Side.RIGHT)


def test_joint_moments_are_not_invented() -> None:
    with pytest.raises(UsageError, match="not computed"):
        repetition().joint_moments(Load())


@pytest.mark.parametrize("muscle", ["hamstrings", "gluteus_maximus"])
def test_the_prime_movers_shorten_in_the_lift(muscle: str) -> None:
    rep = repetition()
    action = next(a for a in rep.variation.muscles if a.muscle == muscle)
    for phase, claim in action.contraction.items():
        verdict = agreement(claim.contraction, rep.reach(action).change, phase)
        assert verdict is Agreement.AGREES, (muscle, phase)
