"""Curves of two bodies on one plot meet by phase and share, on the first one's axes."""

from __future__ import annotations

import numpy as np
import pytest

from tests.helpers.repetitions import repetition
from visualizer.analysis.plot import Plot
from visualizer.analysis.plot_kinds import PLOT_KINDS, plot_of
from visualizer.analysis.plot_pair import with_second
from visualizer.analysis.plot_subject import Subject
from visualizer.exercise.loading import LoadChoice
from visualizer.exercise.repetition import Repetition
from visualizer.exercise.tempo import Tempo


def plotted(of: Repetition, kind: str = "angles") -> Plot:
    return plot_of(kind, Subject(of, LoadChoice().load(of.variation), "gluteus_maximus"))


def both(one: Repetition, other: Repetition, kind: str = "angles") -> Plot:
    first, second = plotted(one, kind), plotted(other, kind)
    return with_second(first, one.schedule, second, other.schedule, "other")


def test_the_same_in_another_tempo_lies_on_the_first() -> None:
    one = repetition("barbell-hip-thrust")
    made = both(one, one.in_tempo(Tempo(5.0, 2.0, 3.0)))
    assert len(made.second) == len(made.main) > 1
    for mine, its in zip(made.main, made.second, strict=True):
        assert its.values == pytest.approx(mine.values, abs=0.2)
        assert (its.quantity, its.of) == (mine.quantity, "other")
        assert its.name == f"{mine.name} · other"


@pytest.mark.parametrize("kind", sorted(PLOT_KINDS))
def test_every_kind_of_plot_of_lifts_that_begin_at_other_ends(kind: str) -> None:
    one, other = repetition("barbell-hip-thrust"), repetition("romanian-deadlift")
    alone, made = plotted(one, kind), both(one, other, kind)
    assert [c.name for c in made.main] == [c.name for c in alone.main]
    assert set(made.quantities) == set(alone.quantities)
    assert len(made.bands) == len(alone.bands)
    for curve in made.second:
        assert curve.values.shape == made.time_s.shape
        assert np.isfinite(curve.values).all()
        low, high = made.limits(curve.quantity)
        assert low <= curve.values.min() <= curve.values.max() <= high


def test_the_second_is_told_in_words_and_in_the_caption() -> None:
    made = both(repetition("barbell-hip-thrust"), repetition("glute-bridge"))
    assert "other" in made.caption
    assert sum("other" in name for name, _ in made.readout(1.0)) == len(made.second)
    assert "other" in made.sentence(1.0)
