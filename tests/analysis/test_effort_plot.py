"""Estimated effort is a model's: drawn with its range, and never beside what was measured."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.repetitions import VARIATIONS, repetition
from visualizer.analysis.evidence import evidence_about
from visualizer.analysis.evidence_axis import axes_of
from visualizer.analysis.plot import Plot
from visualizer.analysis.plot_kinds import PLOT_KINDS, plot_of
from visualizer.analysis.plot_subject import Subject
from visualizer.analysis.plot_table import table_text
from visualizer.catalog.variation import Basis
from visualizer.effort.kept import effort_of
from visualizer.effort.sharing import Effort
from visualizer.exercise.loading import load_of
from visualizer.texts import catalogues

BARBELL, DEADLIFT = "barbell-hip-thrust", "romanian-deadlift"


@cache
def effort(name: str, bar_kg: float | None = None) -> Effort:
    rep = repetition(name)
    return effort_of(rep, load_of(rep.variation, bar_kg=bar_kg))


def shown(name: str, muscle: str | None = None, bar_kg: float | None = None) -> Plot:
    rep = repetition(name)
    load = load_of(rep.variation, bar_kg=bar_kg)
    return plot_of("effort", Subject(rep, load, muscle, effort=effort(name, bar_kg)))


def test_the_line_is_the_nominal_course_and_its_range_a_band() -> None:
    plot, found = shown(BARBELL), effort(BARBELL).muscles["gluteus_maximus"]
    (curve,), (band,) = plot.curves, plot.bands
    np.testing.assert_allclose(curve.values, 100 * found.nominal)
    np.testing.assert_allclose(band.low, 100 * found.low)
    np.testing.assert_allclose(band.high, 100 * found.high)
    assert curve.ground is band.ground is Basis.MODEL
    assert curve.quantity.unit == "%"
    assert "not measured" in plot.caption
    assert "75 kg" in plot.caption
    table = table_text(plot, repetition(BARBELL).schedule)
    assert "Range, low [%]" in table
    assert "not EMG" in table


def test_each_muscle_of_a_group_has_its_own_line() -> None:
    plot = shown(BARBELL, "quadriceps")
    assert {curve.name for curve in plot.curves} == {
        "Rectus femoris",
        "Vastus intermedius",
        "Vastus lateralis",
        "Vastus medialis",
    }
    assert len(plot.bands) == 4


@pytest.mark.parametrize(
    ("name", "muscle", "bar_kg", "why"),
    [
        (DEADLIFT, None, None, "stretches fibres further than the model can describe"),
        (BARBELL, "erector_spinae", None, "not in the model, which does not mean"),
        (BARBELL, None, 300.0, "Beyond this model’s strength: up to "),
    ],
)
def test_where_there_is_no_share_a_sentence_says_why(
    name: str, muscle: str | None, bar_kg: float | None, why: str
) -> None:
    plot = shown(name, muscle, bar_kg)
    assert why in plot.empty
    assert not plot.curves
    assert not plot.bands


def test_no_axis_mixes_what_is_estimated_with_what_was_measured() -> None:
    for name in VARIATIONS:
        rep = repetition(name)
        load, found = load_of(rep.variation), effort(name)
        stated = [action.muscle for action in rep.variation.muscles]
        for kind, record in PLOT_KINDS.items():
            for muscle in stated if record.of_muscle else stated[:1]:
                plot = plot_of(kind, Subject(rep, load, muscle, effort=found))
                for quantity in plot.quantities:
                    assert "MVIC" not in quantity.title + quantity.unit
                if record.of_effort:
                    assert all(curve.ground is Basis.MODEL for curve in plot.curves)
                    assert all(band.ground is Basis.MODEL for band in plot.bands)
                    assert len(plot.quantities) <= 1
        for muscle in stated:
            about = evidence_about(rep.catalog.muscle(muscle), rep.catalog)
            for axis in axes_of(about):
                assert all(point.row.fact.source for point in axis.points)


def test_no_text_says_that_it_is_measured_or_an_activation() -> None:
    catalogue = (Path(catalogues.__path__[0]) / "de.po").read_text(encoding="utf-8")
    entries = [
        (block, "".join(re.findall(r'"(.*)"', block.split("msgstr")[0])))
        for block in catalogue.split("\n\n")
        if re.search(r"^#: .*effort", block, re.MULTILINE)
    ]
    assert len(entries) > 20
    for _, text in entries:
        bare = re.sub(r"not measured|sum of activation squared|full activation", "", text)
        assert not re.search(r"activation|activity|measured|%MVIC", bare), text
