import numpy as np
import pytest

from visualizer.app.choices import CurveKind, LoadChoice
from visualizer.app.curve_strip import figure, strip_of
from visualizer.errors import UsageError
from visualizer.exercise.curves import published_bands
from visualizer.exercise.variation import Contraction
from visualizer.lifts.loads import Load
from visualizer.lifts.vocabulary import PhaseId


def show(session, kind, **fields):
    session.change(curves=kind, **fields)
    return strip_of(session)


def test_figures_have_a_real_minus_and_none_on_zero():
    assert figure(-63.4, " %") == "−63 %"
    assert figure(-0.004, " /s", 2) == "0.00 /s"
    assert figure(0.22, " /s", 2) == "0.22 /s"


def test_angles_end_where_the_motion_does(session):
    strip = show(session, CurveKind.ANGLES)
    hip, _, bar = strip.traces
    bottom = session.repetition.moment(0.0)
    assert hip.values[0] == pytest.approx(np.degrees(bottom.hip_flexion_rad), abs=0.1)
    assert strip.value_text(bar, bottom) == f"{bottom.bar_height_m * 100:.0f} cm"
    assert [t.unit for t in strip.traces] == ["°", "°", " cm"]
    (published,) = published_bands(session.repetition)
    (box,) = strip.boxes
    assert (box.low, box.high) == pytest.approx((100 * published.low, 100 * published.high))
    assert strip.traces[box.trace] is bar
    fact = session.catalog.fact("zabaleta2024-hip-thrust-travel")
    assert fact.value_text in strip.caption
    assert "2024" in strip.caption
    assert "mean ± SD" in strip.tip
    hold = session.repetition.moment_of(PhaseId.HOLD, 0.0).time_s
    assert box.start_s == pytest.approx(hold)


def test_no_published_figure_no_box(session):
    assert show(session, CurveKind.ANGLES, variation="single-leg-hip-thrust").boxes == ()


def test_length_is_of_the_selected_muscle_and_starts_at_zero(session):
    strip = show(session, CurveKind.LENGTH, selection="biceps_femoris")
    (trace,) = strip.traces
    assert trace.name == session.catalog.muscle("biceps_femoris").display_name()
    assert trace.values[0] == 0.0
    # the statement is about the long head; the short head does not cross the hip
    lift = session.repetition.length_change("biceps_femoris_long_head").lift_percent
    top = session.repetition.moment_of(PhaseId.HOLD, 0.0)
    assert strip.value(trace, top) == pytest.approx(lift, abs=0.5)
    assert strip.contraction_at(0.5) is Contraction.CONCENTRIC
    assert strip.switches[0].after is Contraction.CONCENTRIC
    assert "not measured" in strip.tip


def test_parts_that_go_opposite_ways_have_no_mean(session):
    strip = show(session, CurveKind.LENGTH, selection="quadriceps")
    shorter, longer = strip.traces
    assert (shorter.name, longer.name) == (
        "Parts that shorten in the lift",
        "Parts that lengthen in the lift",
    )
    top = session.repetition.moment_of(PhaseId.HOLD, 0.0)
    assert strip.value(longer, top) == pytest.approx(94, abs=1)
    assert strip.value(shorter, top) == pytest.approx(-8.6, abs=0.5)
    assert len(strip.parts) == 4
    assert strip.contraction == strip.switches == ()


def test_without_a_selection_the_prime_mover_is_shown(session):
    strip = show(session, CurveKind.VELOCITY)
    assert strip.traces[0].name == "Gluteus maximus"


def test_a_muscle_without_a_path_says_so(session):
    strip = show(session, CurveKind.LENGTH, selection="masseter")
    assert strip.traces == ()
    assert "Masseter" in strip.empty


def test_moment_arms_of_a_hip_extensor_extend(session):
    hip, knee = show(session, CurveKind.ARMS, selection="gluteus_maximus").traces
    assert hip.values.min() > 0
    assert np.abs(knee.values).max() < 1e-6


@pytest.mark.parametrize("kind", [CurveKind.HIP_MOMENT, CurveKind.KNEE_MOMENT])
def test_moments_are_those_of_the_load_and_say_that_they_are_computed(session, kind):
    choice = LoadChoice(body_mass_kg=80, bar=60, in_percent=False)
    strip = show(session, kind, load=choice)
    found = session.repetition.joint_moments(Load(body_mass_kg=80, bar_kg=60))
    wanted = found.hip_nm if kind is CurveKind.HIP_MOMENT else found.knee_nm
    np.testing.assert_allclose(strip.traces[0].values, wanted)
    pale, dark = strip.ranges
    assert dark.share > pale.share
    assert (pale.low <= dark.low + 1e-9).all()
    assert (pale.high >= dark.high - 1e-9).all()
    assert "computed" in strip.caption
    assert "bar 60 kg, body 80 kg" in strip.caption
    assert "not measured" in strip.tip
    trace = strip.traces[0]
    assert trace.low <= pale.low.min()
    assert trace.high >= pale.high.max()


def test_the_band_counts_where_there_is_one(session):
    strip = show(session, CurveKind.HIP_MOMENT, variation="banded-hip-thrust")
    soft = strip.traces[1].values.max()
    harder = LoadChoice(band_n_per_m=120)
    assert show(session, CurveKind.HIP_MOMENT, load=harder).traces[1].values.max() == pytest.approx(
        2 * soft
    )
    assert len(show(session, CurveKind.KNEE_MOMENT).traces) == 1


def test_a_load_that_cannot_be_is_refused(catalog):
    with pytest.raises(UsageError, match="body mass must be 30 to 250 kg, not 5"):
        LoadChoice(body_mass_kg=5)
    with pytest.raises(UsageError, match="the bar's mass"):
        LoadChoice(bar=900)
    bridge = catalog.variation("glute-bridge")
    assert LoadChoice().load(bridge).bar_kg == 0.0
    assert LoadChoice().load(catalog.variation("barbell-hip-thrust")).bar_kg == 75.0
