"""The Romanian deadlift: balance, planted feet, a bar at the legs, a neutral spine, moments."""

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
from visualizer.exercise.loading import load_of
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.dynamics import JointMoments
from visualizer.lifts.hinge import Hinge
from visualizer.lifts.hinge.assumptions import ASSUMPTIONS
from visualizer.lifts.hinge.chain import BAR_SHARE, solve_motion
from visualizer.lifts.hinge.setup import HingeSetup
from visualizer.lifts.loads import Load, LoopBand
from visualizer.lifts.motion import PLATE_RADIUS_M, Motion, landmark_path
from visualizer.lifts.schedule import Profile
from visualizer.lifts.segments import FIGURES, segment_paths
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


def moments(bar_kg: float | None = None, at: Profile | None = None) -> JointMoments:
    rep = repetition()
    return rep.joint_moments(load_of(rep.variation, bar_kg=bar_kg), at)


def at_rest(progress: list[float]) -> Profile:
    zero = np.zeros(len(progress))
    return Profile(np.arange(float(len(progress))), np.array(progress), zero, zero)


@pytest.mark.parametrize("progress", [0.0, 0.5, 1.0])
def test_at_rest_the_hips_bear_what_hangs_above_them(progress: float) -> None:
    """The hip moment by hand, from the other side: the masses above the hips and their levers."""
    rep, at = repetition(), at_rest([progress])
    q = rep.motion.at(progress)
    figures = FIGURES[rep.body.build]
    hip = rep.skeleton.body_frames(q)[0][rep.skeleton.body("femur_r")]
    found = moments(at=at)
    weight_nm = found.load.bar_kg * 9.81 * (hip[1] - rep.motion.bar_at(progress)[1])
    for name, (start, end) in segment_paths(rep.body, q[None]).items():
        figure = figures[name.removesuffix("_r").removesuffix("_l")]
        if not name.startswith(("thigh", "shank", "foot")):
            y = start[0, 1] + figure.centre * (end[0, 1] - start[0, 1])
            weight_nm += figure.mass * found.load.body_mass_kg * 9.81 * (hip[1] - y)
    # 2 Nm: the path is smoothed within 1.3 mm
    assert found.hip_nm[0] == pytest.approx(weight_nm / 2, rel=0.01, abs=2.0)


def test_at_rest_the_feet_bear_all_and_the_pressure_lies_under_their_middle() -> None:
    found = moments(at=at_rest([0.0, 0.25, 0.5, 0.75, 1.0]))
    weight_n = (found.load.body_mass_kg + found.load.bar_kg) * 9.81
    np.testing.assert_allclose(found.foot_up_n, weight_n, rtol=3e-4)
    np.testing.assert_allclose(found.foot_forward_n, 0.0, atol=1e-8)
    points = body_model().landmarks
    middle_m = points.sole_middle.point_m[0] - points.sole_heel.point_m[0]
    np.testing.assert_allclose(found.pressure_from_heel_m, middle_m, atol=0.008)


def test_the_hip_moment_is_largest_at_the_bottom_and_extends_throughout() -> None:
    found = moments()
    peak = found.hip_peak()
    assert peak.phase is PhaseId.LIFT
    assert peak.fraction < 0.2
    assert found.hip_nm.min() > 0
    assert found.decided
    # the figures that the module tells
    assert peak.per_kg == pytest.approx(2.6, abs=0.1)
    still = moments(at=at_rest([0.0, 1.0]))
    assert still.hip_nm_per_kg == pytest.approx([2.1, 0.3], abs=0.1)
    assert still.knee_nm_per_kg[0] == pytest.approx(-0.5, abs=0.1)


def test_a_heavier_bar_asks_for_more() -> None:
    bottom = [moments(kg, at_rest([0.0])).hip_nm[0] for kg in (40.0, 60.0, 100.0)]
    assert np.diff(bottom) / np.diff([40.0, 60.0, 100.0]) == pytest.approx([1.4, 1.4], abs=0.1)


def test_a_load_with_which_the_body_would_tip_over_is_refused() -> None:
    with pytest.raises(UsageError, match="would tip over; it is balanced for a bar of 60 kg"):
        moments(0.0)
    with pytest.raises(UsageError, match="without a loop band"):
        repetition().joint_moments(Load(bar_kg=60.0, band=LoopBand()))


def test_the_assumptions_tell_the_bar_that_it_is_balanced_for() -> None:
    assert any(f"{BAR_SHARE} times" in text for text in ASSUMPTIONS)
    assert load_of(repetition().variation).bar_kg == BAR_SHARE * Load.body_mass_kg


@pytest.mark.parametrize("muscle", ["hamstrings", "gluteus_maximus"])
def test_the_prime_movers_shorten_in_the_lift(muscle: str) -> None:
    rep = repetition()
    action = next(a for a in rep.variation.muscles if a.muscle == muscle)
    for phase, claim in action.contraction.items():
        verdict = agreement(claim.contraction, rep.reach(action).change, phase)
        assert verdict is Agreement.AGREES, (muscle, phase)


def test_joint_moments_are_not_invented(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Hinge, "dynamics", lambda *setting: None)
    known = repetition()
    with pytest.raises(UsageError, match="not computed"):
        Repetition(known.variation, known.catalog, known.body).joint_moments(Load())
