"""The inspector's axis of published figures: filtered, spoken, and every study a link."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.repetitions import catalog
from visualizer.analysis.evidence import evidence_about
from visualizer.analysis.evidence_axis import axes_of, exercises_of
from visualizer.app.inspector.figure_axis import FigureAxis
from visualizer.app.widgets.links import LinkLabel


@pytest.fixture
def axis(qtbot: QtBot) -> FigureAxis:
    made = FigureAxis(axes_of(evidence_about(catalog().muscle("gluteus_maximus"), catalog())), {})
    qtbot.addWidget(made)
    return made


def test_each_figure_is_a_line_with_its_numbers_for_screen_readers(axis: FigureAxis) -> None:
    assert [line.accessibleName() for line in axis.lines[:2]] == ["69.5 %MVIC", "29.4 %MVIC"]
    said = [line.accessibleName() for line in axis.lines]
    assert "75.41 (standard deviation: 56.92 to 93.9) %MVIC" in said
    assert len(said) == len(axis.axis.points)
    links = [x for found in axis.findChildren(LinkLabel) for x in found.addresses]
    assert any(address.startswith("https://doi.org/") for address in links)


def test_the_filter_leaves_one_exercise_and_another_quantity_shows_all_again(
    axis: FigureAxis,
) -> None:
    exercise = exercises_of(axis.axis)[0]
    axis.exercise.setCurrentIndex(1)
    assert len(axis.lines) == len(axis.axis.of_exercise(exercise)) < len(axis.axis.points)
    axis.quantity.setCurrentIndex(1)
    assert axis.exercise.currentIndex() == 0
    assert len(axis.lines) == len(axis.axis.points)
