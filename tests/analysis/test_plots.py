"""What plots show: curves in the units that people read, bands, and words that say what they are."""

from __future__ import annotations

import numpy as np
import pytest

from tests.helpers.repetitions import VARIATIONS, repetition
from visualizer.analysis.curves import published_bands
from visualizer.analysis.plot import Plot, Quantity
from visualizer.analysis.plot_kinds import PLOT_KINDS, plot_of
from visualizer.analysis.plot_subject import Subject
from visualizer.anatomy.muscle import Side
from visualizer.catalog.variation import Basis, Contraction
from visualizer.effort.kept import effort_of
from visualizer.lifts.loads import Load, LoopBand
from visualizer.lifts.vocabulary import Equipment, PhaseId

BARBELL = "barbell-hip-thrust"


def shown(
    kind: str,
    muscle: str | None = None,
    variation: str = BARBELL,
    *,
    body_mass_kg: float = 75.0,
    bar_kg: float = 75.0,
) -> Plot:
    rep = repetition(variation)
    band = LoopBand() if Equipment.LOOP_BAND in rep.variation.equipment else None
    if Equipment.BARBELL not in rep.variation.equipment:
        bar_kg = 0.0
    load = Load(body_mass_kg=body_mass_kg, bar_kg=bar_kg, band=band)
    effort = effort_of(rep, load) if PLOT_KINDS[kind].of_effort else None
    return plot_of(kind, Subject(rep, load, muscle, effort=effort))


@pytest.mark.parametrize("variation", VARIATIONS)
@pytest.mark.parametrize("kind", PLOT_KINDS)
def test_every_kind_shows_curves_or_says_why_not(kind: str, variation: str) -> None:
    for muscle in (None, "quadriceps", "gluteus_medius", "masseter"):
        plot = shown(kind, muscle, variation)
        assert (plot.kind, plot.title) == (kind, PLOT_KINDS[kind].title)
        assert plot.subject == repetition(variation).variation.display_name()
        assert bool(plot.curves) is not bool(plot.empty)
        assert len(plot.quantities) <= 2  # two sides, two axes
        for curve in plot.curves:
            assert curve.values.shape == plot.time_s.shape
            assert np.isfinite(curve.values).all()
            assert curve.name
        for band in plot.bands:
            assert band.quantity in plot.quantities
            there = ~np.isnan(band.low)
            assert there.any()
            assert (band.low[there] <= band.high[there]).all()
            assert band.about
        if plot.curves:
            assert plot.tip
            assert plot.sentence(0.5).startswith("At 0.50 s: ")
        for quantity in plot.quantities:
            low, high = plot.limits(quantity)
            assert low < high
            assert not quantity.from_zero or low <= 0.0 <= high


def test_a_value_has_its_unit_and_a_range_can_be_read() -> None:
    moment = Quantity("Moment", "Nm")
    assert moment.text(-63.4) == "−63 Nm"
    assert moment.span(-12.0, 40.0) == "−12 … 40 Nm"
    assert moment.span(12.0, 40.0) == "12–40 Nm"
    assert Quantity("Angle", "°").text(31.2) == "31°"
    assert Quantity("Speed", "/s", 2).text(-0.004) == "0.00 /s"


def test_angles_are_those_of_the_motion() -> None:
    plot, rep = shown("angles"), repetition(BARBELL)
    hip, knee, bar = plot.curves
    bottom = rep.instant(0.0)
    assert hip.values[0] == pytest.approx(np.degrees(bottom.hip_flexion_rad), abs=0.1)
    assert plot.value_text(bar, bottom) == f"{bottom.bar_height_m * 100:.0f} cm"
    assert hip.quantity == knee.quantity
    assert [q.unit for q in plot.quantities] == ["°", "cm"]
    for curve in plot.curves:
        exact = [plot.value(curve, rep.instant(float(t))) for t in plot.time_s]
        np.testing.assert_allclose(exact, curve.values, atol=0.2)
        assert curve.ground is Basis.MODEL


def test_a_published_figure_stands_where_it_was_measured_and_says_whose_it_is() -> None:
    plot, rep = shown("angles"), repetition(BARBELL)
    (published,) = published_bands(rep)
    (band,) = plot.bands
    assert band.published
    assert band.ground is Basis.STUDY
    assert np.nanmin(band.low) == pytest.approx(100 * published.low)
    assert np.nanmax(band.high) == pytest.approx(100 * published.high)
    hold = rep.schedule.span(PhaseId.HOLD)
    there = plot.time_s[~np.isnan(band.low)]
    assert (there[0], there[-1]) == pytest.approx((hold.start_s, hold.end_s))
    assert band.name not in dict(plot.readout(0.1))
    assert band.name in dict(plot.readout(hold.start_s + 0.1))
    fact = rep.catalog.fact("zabaleta2024-hip-thrust-travel")
    assert fact.value_text in plot.caption
    assert "2024" in plot.caption
    assert "mean ± SD" in plot.tip


def test_the_leg_that_does_not_work_is_beside_the_one_that_does() -> None:
    assert shown("angles").parts == ()
    plot = shown("angles", variation="single-leg-hip-thrust")
    left = plot_of(
        "angles", Subject(repetition("single-leg-hip-thrust", Side.LEFT), Load(body_mass_kg=75.0))
    )
    hip, knee = plot.parts
    assert hip.name == "Hip flexion, other leg"
    assert hip.quantity == plot.main[0].quantity
    assert np.ptp(knee.values) < np.ptp(plot.main[1].values)
    for mirrored, part in zip(left.parts, plot.parts, strict=True):
        np.testing.assert_allclose(mirrored.values, part.values, atol=0.1)
    assert "leg that does not work" in plot.tip


def test_no_published_figure_no_band() -> None:
    assert shown("angles", variation="single-leg-hip-thrust").bands == ()


def test_length_is_of_the_selected_muscle_and_starts_at_zero() -> None:
    plot, rep = shown("length", "biceps_femoris"), repetition(BARBELL)
    (curve,) = plot.main
    assert curve.name == rep.catalog.muscle("biceps_femoris").display_name()
    assert curve.values[0] == 0.0
    # the statement is about the long head; the short head does not cross the hip
    change = rep.length_change("biceps_femoris_long_head").lift_percent
    top = rep.instant_of(PhaseId.HOLD, 0.0)
    assert plot.value(curve, top) == pytest.approx(change, abs=0.5)
    assert plot.contraction_at(0.5) is Contraction.CONCENTRIC
    assert plot.switches[0].after is Contraction.CONCENTRIC
    assert "not measured" in plot.tip


def test_parts_that_go_opposite_ways_have_no_mean_and_have_names() -> None:
    plot = shown("length", "quadriceps")
    shorter, longer = plot.main
    assert (shorter.name, longer.name) == (
        "Parts that shorten in the lift",
        "Parts that lengthen in the lift",
    )
    top = repetition(BARBELL).instant_of(PhaseId.HOLD, 0.0)
    assert plot.value(longer, top) == pytest.approx(94, abs=1)
    assert plot.value(shorter, top) == pytest.approx(-8.6, abs=0.5)
    assert "Rectus femoris" in {part.name for part in plot.parts}
    assert len({part.name for part in plot.parts}) == 4
    assert len(plot.readout(1.0)) == 2
    assert len(plot.readout(1.0, parts=True)) == 6
    assert not plot.contraction
    assert not plot.switches


def test_without_a_selection_the_prime_mover_is_shown() -> None:
    assert shown("velocity").curves[0].name == "Gluteus maximus"


def test_a_muscle_without_a_path_says_so() -> None:
    plot = shown("length", "masseter")
    assert plot.curves == ()
    assert "Masseter" in plot.empty
    assert plot.sentence(0.5) == ""


def test_extension_is_positive_everywhere() -> None:
    """A hip extensor has a positive arm and, where it drives the lift, a positive moment."""
    arms = shown("arms", "gluteus_maximus")
    hip, knee = arms.curves
    assert hip.values.min() > 0
    assert np.abs(knee.values).max() < 1e-6
    assert "+ extends" in arms.caption
    assert shown("arms", "vastus_lateralis").curves[1].values.min() > 0
    assert shown("arms", "iliopsoas").curves[0].values.max() < 0
    moment = shown("hip-moment")
    assert moment.curves[0].values.min() > 0
    assert "+ extends" in moment.caption


@pytest.mark.parametrize("kind", ["hip-moment", "knee-moment"])
def test_moments_are_those_of_the_load_and_say_that_they_are_computed(kind: str) -> None:
    plot = shown(kind, body_mass_kg=80.0, bar_kg=60.0)
    found = repetition(BARBELL).joint_moments(Load(body_mass_kg=80, bar_kg=60))
    wanted = found.hip_nm if kind == "hip-moment" else found.knee_nm
    np.testing.assert_allclose(plot.curves[0].values, wanted)
    pale, dark = plot.bands
    assert pale.wide
    assert not dark.wide
    assert not pale.published
    assert (pale.low <= dark.low + 1e-9).all()
    assert (pale.high >= dark.high - 1e-9).all()
    low, high = plot.limits(pale.quantity)
    assert low <= pale.low.min()
    assert high >= pale.high.max()
    assert "computed" in plot.caption
    assert "bar 60 kg, body 80 kg" in plot.caption
    assert "not measured" in plot.tip


def test_the_band_counts_where_there_is_one() -> None:
    def against(stiffness: float) -> float:
        rep = repetition("banded-hip-thrust")
        band = LoopBand(stiffness_n_per_m=stiffness)
        load = Load(body_mass_kg=75.0, bar_kg=75.0, band=band)
        assert len(plot_of("knee-moment", Subject(rep, load)).curves) == 1
        return float(plot_of("hip-moment", Subject(rep, load)).curves[1].values.max())

    assert against(120.0) == pytest.approx(2 * against(60.0))
