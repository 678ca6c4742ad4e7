"""Looping a marked range: by keys, by the hand on the row of phases, in every tempo."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.helpers.window import MakeWindow, Mouse, timeline_of
from visualizer.app.session.looping import mark_between
from visualizer.app.session.player import Player
from visualizer.app.session.session import Session
from visualizer.app.window.main_window import MainWindow
from visualizer.exercise.loop_range import LoopRange
from visualizer.exercise.tempo import Tempo
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId


def test_the_clock_stays_in_the_marked_range(session: Session) -> None:
    player = Player(session)
    mark_between(session, 1.0, 0.5)  # whichever is earlier
    session.seek(0.9)
    player.advance(0.2)
    assert session.wanted_s == pytest.approx(0.6)
    session.seek(3.0)  # outside, as by a drag
    player.advance(0.1)
    assert session.wanted_s == pytest.approx(0.5)
    session.change(marked=None)
    session.seek(0.9)
    player.advance(0.2)
    assert session.wanted_s == pytest.approx(1.1)


def test_the_range_means_the_same_in_another_tempo(session: Session) -> None:
    mark_between(session, 0.5, 2.5)  # half of the lift to half of the lowering
    half = Playhead(PhaseId.LIFT, 0.5), Playhead(PhaseId.LOWERING, 0.5)
    assert session.state.marked == LoopRange(*half)
    session.change(tempo=Tempo(4.0, 0.0, 2.0))
    assert session.marked_s == (1.0, 4.0)


def test_a_range_that_is_too_short_is_none(session: Session) -> None:
    mark_between(session, 0.5, 2.5)
    mark_between(session, 0.5, 0.52)
    assert session.state.marked is None
    mark_between(session, 1.1, 1.4)  # in the hold
    session.change(tempo=Tempo(2.0, 0.0, 1.0))  # which is left out
    assert session.marked_s is None
    session.change(tempo=None)
    assert session.marked_s == pytest.approx((1.1, 1.4))


def test_keys_mark_start_and_end(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    session, ctrl = window.session, Qt.KeyboardModifier.ControlModifier
    session.change(loop_phase=True)
    session.seek(1.0)
    qtbot.keyClick(window, Qt.Key.Key_B, ctrl)
    assert session.marked_s == (1.0, 3.5)
    assert not session.state.loop_phase
    session.seek(3.0)
    qtbot.keyClick(window, Qt.Key.Key_E, ctrl)
    assert session.marked_s == (1.0, 3.0)
    session.seek(0.5)
    qtbot.keyClick(window, Qt.Key.Key_E, ctrl)
    assert session.marked_s == (0.0, 0.5)
    window.actions_["unmark"].trigger()
    assert session.state.marked is None
    assert not window.actions_["unmark"].isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_B, ctrl)
    window.actions_["loop_phase"].trigger()
    assert session.state.marked is None


def test_a_drag_on_the_row_of_phases_marks_and_moves_an_end(
    window: MainWindow, mouse: type[Mouse]
) -> None:
    session, timeline = window.session, timeline_of(window)
    row, hand = timeline.phases, mouse(timeline.phases)
    whole_s = session.repetition.schedule.duration_s
    before = timeline.bars.grab().toImage(), timeline.plot.grab().toImage()
    hand.drag(hand.at(0.2), hand.at(0.6))
    assert session.marked_s == pytest.approx((0.2 * whole_s, 0.6 * whole_s), abs=0.02)
    assert timeline.bars.grab().toImage() != before[0]
    assert timeline.plot.grab().toImage() != before[1]
    hand.drag(hand.at(0.6), hand.at(0.8))
    assert session.marked_s == pytest.approx((0.2 * whole_s, 0.8 * whole_s), abs=0.02)
    hand.click(hand.at(0.5))
    assert session.wanted_s == pytest.approx(0.5 * whole_s, abs=0.02)
    assert session.state.marked is not None
    double = QMouseEvent(
        QEvent.Type.MouseButtonDblClick, hand.at(0.1), row.mapToGlobal(hand.at(0.1)),
        Qt.MouseButton.LeftButton, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QApplication.sendEvent(row, double)
    assert session.marked_s == (0.0, 1.0)


def test_the_range_is_said_aloud(make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    window = make_window()
    said: list[str] = []
    monkeypatch.setattr(window.announcer, "_say", said.append)
    mark_between(window.session, 0.5, 2.5)
    window.actions_["unmark"].trigger()
    assert said == ["Looped from Lift 50 % to Lowering 50 %.", "The whole repetition is looped."]
