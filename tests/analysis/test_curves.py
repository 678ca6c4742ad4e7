"""Curves over the repetition: timing, lengths, velocities, moment arms, switches."""

from __future__ import annotations

import gc
import weakref
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.repetitions import HIP_THRUSTS, repetition
from visualizer.analysis.curves import DEAD_BAND_PER_S, curves_of, published_bands
from visualizer.catalog.variation import BodyCurve, Contraction
from visualizer.errors import UnknownNameError
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.vocabulary import PhaseId

BARBELL = "barbell-hip-thrust"
MUSCLES = ("gluteus_maximus", "quadriceps", "hamstrings", "adductors", "erector_spinae", "soleus")


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_timing_is_that_of_the_repetition(name: str) -> None:
    rep = repetition(name)
    grid = rep.schedule.grid()
    at = rep.schedule.profile(grid)
    np.testing.assert_allclose(
        at.progress, [rep.instant(float(t)).progress for t in grid], atol=1e-12
    )
    assert np.all(np.diff(grid) > 0)
    for phase in PhaseId:
        assert rep.schedule.time_of(phase, 0.0) in grid
    assert grid[-1] == pytest.approx(rep.schedule.duration_s)


@settings(max_examples=40, deadline=None)
@given(time=st.floats(0.001, 3.499))
def test_rates_are_the_derivatives_of_progress(time: float) -> None:
    rep = repetition(BARBELL)
    step = 1e-5
    before, here, after = (rep.schedule.profile([time + d * step]) for d in (-1, 0, 1))
    slope = (after.progress - before.progress) / (2 * step)
    bend = (after.rate_per_s - before.rate_per_s) / (2 * step)
    np.testing.assert_allclose(here.rate_per_s, slope, atol=1e-6)
    np.testing.assert_allclose(here.acceleration_per_s2, bend, atol=1e-2)


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_body_curves_are_those_of_the_moments(name: str) -> None:
    rep, curves = repetition(name), curves_of(repetition(name))
    for i in range(0, len(curves.time_s), 17):
        instant = rep.instant(float(curves.time_s[i]))
        assert curves.hip_flexion_rad[i] == pytest.approx(instant.hip_flexion_rad, abs=1e-9)
        assert curves.knee_flexion_rad[i] == pytest.approx(instant.knee_flexion_rad, abs=1e-9)
        assert curves.hip_height_m[i] == pytest.approx(instant.hip_height_m, abs=1e-9)
        assert curves.bar_height_m[i] == pytest.approx(instant.bar_height_m, abs=1e-9)


@pytest.mark.parametrize("name", HIP_THRUSTS)
@pytest.mark.parametrize("muscle", MUSCLES)
def test_changes_end_at_the_length_change_of_the_lift(name: str, muscle: str) -> None:
    rep, curves = repetition(name), curves_of(repetition(name))
    top = int(np.searchsorted(curves.time_s, rep.schedule.time_of(PhaseId.HOLD, 0.0)))
    change = rep.length_change(muscle)
    parts = {u.name: u for u in curves.parts(change)}
    assert set(parts) == {p.tendon for p in change.parts}
    for p in change.parts:
        assert parts[p.tendon].change_m[top] == pytest.approx(p.lift_m, abs=1e-4)
        assert parts[p.tendon].change_m[0] == 0
    mean = curves.muscle(change)
    assert mean is not None
    if change.lift_percent is not None:
        assert mean.change_percent is not None
        assert mean.change_percent[top] == pytest.approx(change.lift_percent, abs=0.1)


@pytest.mark.parametrize("name", HIP_THRUSTS)
@pytest.mark.parametrize("muscle", ["gluteus_maximus", "rectus_femoris", "adductor_magnus"])
def test_velocity_is_minus_the_derivative_of_length(name: str, muscle: str) -> None:
    rep, curves = repetition(name), curves_of(repetition(name))
    unit = curves.muscle(rep.length_change(muscle))
    assert unit is not None
    between = (curves.time_s[1:] + curves.time_s[:-1]) / 2
    slope = np.diff(unit.length_m) / np.diff(curves.time_s)
    velocity = np.interp(between, curves.time_s, unit.shortening_m_per_s)
    np.testing.assert_allclose(velocity, -slope, atol=0.02 * np.abs(slope).max())


def test_velocity_of_a_one_joint_muscle_is_moment_arm_times_joint_velocity() -> None:
    curves = curves_of(repetition(BARBELL))
    (unit,) = curves.parts(repetition(BARBELL).length_change("vastus_intermedius"))
    knee_rate = np.gradient(curves.knee_flexion_rad, curves.time_s)
    np.testing.assert_allclose(unit.shortening_m_per_s, unit.knee_arm_m * knee_rate, atol=0.0006)
    assert np.abs(unit.shortening_m_per_s).max() > 0.01
    assert not unit.hip_arm_m.round(6).any()


def test_signs_of_the_moment_arms() -> None:
    curves = curves_of(repetition(BARBELL))
    gluteus, rectus, biceps = (
        curves.muscle(repetition(BARBELL).length_change(m))
        for m in ("gluteus_maximus", "rectus_femoris", "biceps_femoris_long_head")
    )
    assert gluteus is not None
    assert rectus is not None
    assert biceps is not None
    assert gluteus.hip_arm_m.max() < 0
    assert rectus.hip_arm_m.min() > 0
    assert rectus.knee_arm_m.max() < 0
    assert biceps.hip_arm_m.max() < 0
    assert biceps.knee_arm_m.min() > 0


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_the_gluteus_switches_from_concentric_over_holding_to_eccentric(name: str) -> None:
    rep, curves = repetition(name), curves_of(repetition(name))
    unit = curves.muscle(rep.length_change("gluteus_maximus"))
    assert unit is not None
    i, c, e = Contraction.ISOMETRIC, Contraction.CONCENTRIC, Contraction.ECCENTRIC
    assert [(s.before, s.after) for s in unit.switches] == [(i, c), (c, i), (i, e), (e, i)]
    times = [s.time_s for s in unit.switches]
    assert times == sorted(times)
    hold, lowering = (
        rep.schedule.time_of(PhaseId.HOLD, 0.0),
        rep.schedule.time_of(PhaseId.LOWERING, 0.0),
    )
    assert 0 < times[0] < times[1] < hold < lowering < times[2] < times[3] < rep.schedule.duration_s
    assert unit.shortening_per_s is not None
    for t in times:
        speed = np.interp(t, curves.time_s, unit.shortening_per_s)
        assert abs(speed) == pytest.approx(DEAD_BAND_PER_S, rel=1e-6)


def test_what_is_held_never_switches() -> None:
    unit = curves_of(repetition(BARBELL)).muscle(
        repetition(BARBELL).length_change("erector_spinae")
    )
    assert unit is not None
    assert unit.switches == ()
    assert set(unit.contraction) == {Contraction.ISOMETRIC}
    assert not unit.change_m.any()


def test_muscles_without_paths_and_unknown_ones() -> None:
    rep = repetition(BARBELL)
    change = rep.length_change("masseter")
    assert curves_of(rep).muscle(change) is None
    assert curves_of(rep).parts(change) == ()
    with pytest.raises(UnknownNameError, match="did you mean 'gluteus_maximus'"):
        rep.length_change("gluteus_maximos")


def test_curves_are_made_once_and_let_go() -> None:
    rep = repetition(BARBELL)
    assert curves_of(rep) is curves_of(rep)
    own = Repetition(rep.variation, rep.catalog, rep.body)
    gone = weakref.ref(curves_of(own))
    del own
    gc.collect()
    assert gone() is None


def test_a_slower_lift_shortens_more_slowly() -> None:
    rep = repetition(BARBELL)
    phases = tuple(replace(p, seconds=2 * p.seconds) for p in rep.variation.phases)
    slow = Repetition(replace(rep.variation, phases=phases), rep.catalog, rep.body)
    fast, slower = (curves_of(r).muscle(r.length_change("gluteus_maximus")) for r in (rep, slow))
    assert fast is not None
    assert slower is not None
    ratio = fast.shortening_m_per_s.max() / slower.shortening_m_per_s.max()
    assert ratio == pytest.approx(2, rel=0.01)


def test_published_travel_is_drawn_where_it_was_measured() -> None:
    (band,) = published_bands(repetition(BARBELL))
    curves = curves_of(repetition(BARBELL))
    assert band.quantity is BodyCurve.BAR_HEIGHT
    assert band.source == "zabaleta2024"
    bottom, top = curves.bar_height_m[0], curves.bar_height_m.max()
    assert (band.low - bottom, band.high - bottom) == pytest.approx((0.3225, 0.3905), abs=1e-4)
    assert abs(top - band.mean) < 2 * (band.high - band.mean)
    (bridge,) = published_bands(repetition("glute-bridge"))
    assert bridge.high - bridge.low == pytest.approx(2 * 0.0482)
    assert published_bands(repetition("single-leg-hip-thrust")) == ()
    assert published_bands(repetition("banded-hip-thrust")) == ()
