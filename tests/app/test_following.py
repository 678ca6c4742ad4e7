"""Curves follow a hand on a slider: some times a second, the last load for certain, none twice."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.window import MakeWindow, Turn
from visualizer.analysis.plot import Plot
from visualizer.app.session.following import Following
from visualizer.app.session.session import Session
from visualizer.app.timeline.plot.view import PlotView
from visualizer.app.timeline.timeline import Timeline
from visualizer.exercise.loading import LoadChoice
from visualizer.scene.channel import Colours
from visualizer.teaching.moment import OtherBody


@pytest.fixture
def plots(monkeypatch: pytest.MonkeyPatch) -> list[Plot]:
    """Every plot that a timeline shows."""
    shown: list[Plot] = []
    show = PlotView.show_plot

    def counted(view: PlotView, plot: Plot) -> None:
        shown.append(plot)
        show(view, plot)

    monkeypatch.setattr(PlotView, "show_plot", counted)
    return shown


def hold_clocks(parent: QWidget) -> None:
    """Let nothing that follows come by the clock."""
    for following in parent.findChildren(Following):
        for timer in following.findChildren(QTimer):
            timer.setInterval(3_600_000)


@pytest.fixture
def dragged(session: Session, qtbot: QtBot, plots: list[Plot]) -> Timeline:
    """Curves of the hip's moment, with the hand on a slider of the load."""
    timeline = Timeline(session)
    qtbot.addWidget(timeline)
    session.state_changed.connect(timeline.show_state)
    session.change(curves="hip-moment")
    hold_clocks(timeline)
    session.slide(True)
    return timeline


def bar(kg: float) -> LoadChoice:
    return LoadChoice(bar=kg, in_percent=False)


@pytest.mark.usefixtures("dragged")
@pytest.mark.parametrize("told", ["before", "after"])
@pytest.mark.parametrize("waiting", [True, False])
def test_letting_go_of_a_slider_makes_one_plot_whether_the_last_load_is_told_before_or_after(
    session: Session, turn: Turn, plots: list[Plot], told: str, waiting: bool
) -> None:
    if waiting:
        session.change(load=bar(50.0))
        turn()
    plots.clear()
    steps: list[Callable[[], object]] = [
        partial(session.change, load=bar(70.0)),
        partial(session.slide, False),
    ]
    for step in steps if told == "before" else reversed(steps):
        step()
    turn()
    assert ["bar 70 kg" in plot.caption for plot in plots] == [True]


def test_a_hand_back_on_the_slider_in_the_same_turn_has_not_let_go(
    session: Session, turn: Turn
) -> None:
    told: list[bool] = []
    session.slider_left.connect(lambda: told.append(session.sliding))
    session.slide(True)
    session.slide(False)
    session.slide(True)
    turn()
    assert told == []
    session.slide(False)
    turn()
    session.slide(False)
    turn()
    assert told == [False]


def test_curves_of_moments_follow_the_panel_s_slider_and_come_once_when_it_is_let_go(
    make_window: MakeWindow, turn: Turn, plots: list[Plot]
) -> None:
    window = make_window()
    session, timeline = window.session, window.timeline
    assert timeline is not None
    session.change(curves="knee-moment")
    slider = (panel := timeline.show_load_panel()).sliders[panel.bar]
    turn()
    (clock,) = [t for f in timeline.findChildren(Following) for t in f.findChildren(QTimer)]
    clock.setInterval(3_600_000)
    plots.clear()
    slider.setSliderDown(True)
    for value in (60, 61, 62):
        slider.setSliderPosition(value)
        turn()
    assert plots == []
    clock.timeout.emit()  # the hand is still on it
    assert ["bar 46 kg" in plot.caption for plot in plots] == [True]
    for value in (80, 100):
        slider.setSliderPosition(value)
        turn()
    slider.setSliderPosition(120)
    slider.setSliderDown(False)
    turn()
    assert ["bar 90 kg" in plot.caption for plot in plots] == [False, True]
    # closed with the hand on it, it lets go
    slider.setSliderDown(True)
    slider.setSliderPosition(140)
    turn()
    panel.close()
    turn()
    assert not session.sliding
    assert len(plots) == 3
    assert "bar 105 kg" in plots[-1].caption


@pytest.mark.usefixtures("dragged")
def test_another_choice_during_a_drag_shows_the_plot_and_leaves_nothing_waiting(
    session: Session, turn: Turn, plots: list[Plot]
) -> None:
    session.change(load=bar(70.0))
    plots.clear()
    session.change(curves="knee-moment")
    session.slide(False)
    turn()
    assert [plot.kind for plot in plots] == ["knee-moment"]


def test_no_plot_of_an_estimate_is_made_twice_and_none_of_the_second_body_is_missed(
    make_window: MakeWindow, turn: Turn, plots: list[Plot]
) -> None:
    window = make_window()
    session, timeline = window.session, window.timeline
    assert timeline is not None
    session.change(colours=Colours.EFFORT, curves="effort", selection="gluteus_maximus")
    turn()
    session.change(other=OtherBody("single-leg-hip-thrust"))
    turn()
    second = window.comparing.second
    assert second is not None
    assert second.effort is not None
    assert plots[-1].second
    told: list[int] = []
    session.effort_changed.connect(lambda: told.append(1))
    second.effort_changed.connect(lambda: told.append(2))
    plots.clear()
    session.change(load=bar(40.0))
    turn()
    assert sorted(told) == [1, 2]
    assert len(plots) == 2
    # the drag: nothing by the clock, and one plot for both bodies when the hand lets go
    hold_clocks(timeline)
    slider = (panel := timeline.show_load_panel()).sliders[panel.bar]
    turn()
    plots.clear()
    slider.setSliderDown(True)
    for value in (60, 61, 62):
        slider.setSliderPosition(value)
        turn()
    assert plots == []
    slider.setSliderDown(False)
    turn()
    assert len(plots) == 1
