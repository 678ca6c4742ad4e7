import re

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from visualizer.analysis.curves import published_bands
from visualizer.app.choices import CurveKind, LoadChoice
from visualizer.app.curve_key import CurveKey, strip_tip
from visualizer.app.curve_strip import figure, strip_of
from visualizer.app.dispute import disputed_words
from visualizer.app.lane_names import LaneName
from visualizer.app.lanes import CURVES_PX, HEADER_PX, draw_bar, lanes_of
from visualizer.app.legend import Legend
from visualizer.app.method import method_sections
from visualizer.app.transport import Transport
from visualizer.catalog.variation import Contraction, Role
from visualizer.errors import UsageError
from visualizer.exercise.contraction import Agreement, agreement
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
    bottom = session.repetition.instant(0.0)
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
    hold = session.repetition.instant_of(PhaseId.HOLD, 0.0).time_s
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
    top = session.repetition.instant_of(PhaseId.HOLD, 0.0)
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
    top = session.repetition.instant_of(PhaseId.HOLD, 0.0)
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


@pytest.mark.parametrize(
    "variation",
    ["barbell-hip-thrust", "single-leg-hip-thrust", "banded-hip-thrust", "glute-bridge"],
)
def test_the_range_that_is_shown_is_the_motions_own(session, variation):
    strip = show(session, CurveKind.ANGLES, variation=variation)
    instants = [session.repetition.instant(t) for t in strip.time_s]
    for trace in strip.traces:
        values = [round(strip.value(trace, m)) for m in instants]
        low, high = (int(end.replace("−", "-")) for end in trace.span_text.split("–"))
        assert (low, high) == (min(values), max(values))


def test_travel_is_the_same_figure_everywhere(session):
    strip = show(session, CurveKind.ANGLES)
    page = "\n".join(p for s in method_sections(session) for p in s.points)
    (travel,) = re.findall(r"Travel of the bar: ([\d.]+ cm)", page)
    assert f"Travel: {travel}" in strip.tip
    heights = [m.bar_height_m for m in map(session.repetition.instant, strip.time_s)]
    assert travel == f"{100 * (max(heights) - min(heights)):.1f} cm"
    # the published figure is named as such, and by whom
    assert strip.boxes[0].name.startswith("published travel")


def test_angles_in_the_read_out_are_those_of_the_curves(session, qtbot):
    strip = show(session, CurveKind.ANGLES)
    transport = Transport(session, [])
    qtbot.addWidget(transport)
    for time_s in (0.0, 0.4, 0.9, 1.2, 2.0, 3.1):
        instant = session.repetition.instant(time_s)
        transport.show_instant(instant)
        hip, knee, _ = (strip.value_text(trace, instant) for trace in strip.traces)
        assert hip in transport.angles.text()
        assert knee in transport.angles.text()


def test_extension_is_positive_everywhere(session):
    """A hip extensor has a positive arm and, where it drives the lift, a positive moment."""
    arms = show(session, CurveKind.ARMS, selection="gluteus_maximus")
    assert arms.traces[0].values.min() > 0
    assert "+ extends" in arms.caption
    knee = show(session, CurveKind.ARMS, selection="vastus_lateralis").traces[1]
    assert knee.values.min() > 0
    hip = show(session, CurveKind.ARMS, selection="iliopsoas").traces[0]
    assert hip.values.max() < 0
    instant = show(session, CurveKind.HIP_MOMENT)
    assert instant.traces[0].values.min() > 0
    assert "+ extends" in instant.caption


def test_values_under_the_mouse_have_names_and_units(session):
    strip = show(session, CurveKind.ANGLES)
    text = strip.readout(0.5)
    assert re.fullmatch(r"At 0\.50 s: Hip flexion \d+°, Knee flexion \d+°, Bar height \d+ cm", text)
    assert text in strip_tip(strip, 0.5)
    assert show(session, CurveKind.LENGTH, selection="masseter").readout(0.5) == ""


def test_rings_and_bands_are_explained(session, qtbot):
    assert "○" in show(session, CurveKind.VELOCITY).caption
    strip = show(session, CurveKind.HIP_MOMENT)
    assert all(band.about for band in strip.ranges)
    key = CurveKey(session)
    qtbot.addWidget(key)
    key.show_strip(strip)
    tips = {key.tip_at(float(y)) for y in range(HEADER_PX, HEADER_PX + CURVES_PX, 6)}
    for band in strip.ranges:
        assert any(band.name in tip and band.about in tip for tip in tips)


def test_what_the_model_does_not_bear_out_carries_a_sign(session, qtbot):
    lanes = {lane.muscle: lane for lane in lanes_of(session.repetition, "en")}
    for action in session.variation.muscles:
        change = session.repetition.reach(action).change
        for phase, claim in action.contraction.items():
            differs = agreement(claim.contraction, change, phase) is Agreement.DIFFERS
            assert (phase in lanes[action.muscle].disputed) is differs
    assert any(lane.disputed for lane in lanes.values())
    for lane in lanes.values():
        assert (disputed_words() in lane.tip) is bool(lane.disputed)
        assert LaneName(lane, session).toolTip() == lane.tip
    legend = Legend(session)
    qtbot.addWidget(legend)
    assert disputed_words() in legend.accessibleDescription()


def test_a_lane_with_the_sign_is_painted_otherwise(qapp):
    def painted(disputed):
        image = QImage(200, 22, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        role, held = Role.STABILIZER, Contraction.ISOMETRIC
        box = QRectF(0, 0, 200, 22)
        draw_bar(painter, box, role, held, letter=True, disputed=disputed)
        painter.end()
        return image

    assert painted(True) != painted(False)
