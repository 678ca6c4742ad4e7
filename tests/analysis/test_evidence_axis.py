"""Published figures share an axis only where they are comparable, and lie within its ends."""

from __future__ import annotations

from dataclasses import replace

from tests.helpers.repetitions import catalog
from visualizer.analysis.evidence import evidence_about, evidence_row
from visualizer.analysis.evidence_axis import IntervalKind, axes_of, exercises_of

ROWS = [evidence_row(key, catalog()) for key in catalog().facts]


def test_no_axis_mixes_quantities_units_or_what_figures_are_relative_to() -> None:
    axes = axes_of(ROWS)
    assert axes
    for axis in axes:
        for point in axis.points:
            fact = point.row.fact
            assert (fact.unit, fact.normalisation) == (axis.unit, axis.normalisation)
            assert fact.quantity.split(", mean of ")[0] == axis.quantity
    measured = [(axis.quantity, axis.unit, axis.normalisation) for axis in axes]
    assert len(set(measured)) == len(measured)


def test_another_normalisation_is_another_axis() -> None:
    row = next(r for r in ROWS if r.fact.quantity == "mean activity" and r.fact.value)
    other = replace(row, fact=replace(row.fact, normalisation="the activity in the squat"))
    first, second = axes_of([row, other])
    assert [axis.points[0].row for axis in (first, second)] == [row, other]
    assert first.normalisation != second.normalisation


def test_every_figure_and_both_ends_of_its_interval_lie_on_the_axis_with_zero() -> None:
    for axis in axes_of(ROWS):
        assert 0.0 in axis.ticks
        assert 2 <= len(axis.ticks) <= 7
        for point in axis.points:
            assert all(0.0 <= axis.share(n) <= 1.0 for n in point.reach)
            assert point.reach == tuple(sorted(point.reach))


def test_the_gluteus_maximus_is_compared_between_studies_and_with_the_squat() -> None:
    axis = axes_of(evidence_about(catalog().muscle("gluteus_maximus"), catalog()))[0]
    assert (axis.quantity, axis.unit) == ("mean activity", "%MVIC")
    assert len({point.row.study for point in axis.points}) > 1
    values = [(p.row.fact.part, p.compared, p.value) for p in axis.points]
    at = values.index(("upper part", False, 69.5))
    assert values[at + 1] == ("upper part", True, 29.4)
    pooled = next(p for p in axis.points if p.value == 75.41)
    assert (pooled.interval, pooled.low) == (IntervalKind.DEVIATION, 75.41 - 18.49)
    assert len(exercises_of(axis)) > 1
    one = axis.of_exercise("barbell hip thrust")
    assert {p.row.fact.exercise for p in one} == {"barbell hip thrust"}
    assert len(axis.of_exercise(None)) == len(axis.points) > len(one)


def test_a_confidence_interval_is_told_from_a_scatter() -> None:
    growth = next(a for a in axes_of(ROWS) if a.unit == "cm²")
    assert {p.interval for p in growth.points} == {IntervalKind.CONFIDENCE}
    assert growth.ticks[0] < 0.0 < growth.ticks[-1]
