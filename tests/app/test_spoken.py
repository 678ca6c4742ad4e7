"""What a screen reader hears of stage, chart and timeline."""

import math

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QEnterEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QScroller, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.window import Turn, timeline_of
from visualizer.app.inspector.inspector import Inspector
from visualizer.app.session.player import Player
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.app.stage.chart import Chart
from visualizer.app.stage.stage import Stage
from visualizer.app.window.main_window import MainWindow
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId


def spoken(widget: QWidget, what: QAccessible.Text = QAccessible.Text.Description) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(what)


def test_the_stage_tells_the_moment_and_the_selected_muscle(window: MainWindow, turn: Turn) -> None:
    session = window.session
    session.go_to(Playhead(PhaseId.LOWERING, 0.42))
    session.change(selection="gluteus_maximus")
    turn()
    told = spoken(window.stage)
    hip = round(math.degrees(session.instant.hip_flexion_rad))
    assert told.startswith(f"Lowering, 42 %. Hip {hip}°, knee ")
    assert "Selected: Gluteus maximus, prime mover, eccentric." in told
    session.change(selection="masseter")
    turn()
    assert "Selected: Masseter." in spoken(window.stage)
    session.change(selection=None)
    turn()
    assert "Selected" not in spoken(window.stage)


def test_the_chart_tells_the_selected_muscle_with_its_phase(window: MainWindow, turn: Turn) -> None:
    session = window.session
    session.change(selection="gluteus_maximus")
    turn()
    assert spoken(window.views.of(Chart)).endswith("Gluteus maximus, prime mover, concentric.")
    session.go_to(Playhead(PhaseId.LOWERING, 0.5))
    turn()
    assert spoken(window.views.of(Chart)).endswith("Gluteus maximus, prime mover, eccentric.")


def test_lane_names_tell_the_contraction_of_the_phase(window: MainWindow, turn: Turn) -> None:
    button = timeline_of(window).names.buttons[0]
    assert spoken(button, QAccessible.Text.Name) == "Gluteus maximus, prime mover, concentric"
    window.session.go_to(Playhead(PhaseId.LOWERING, 0.5))
    turn()
    assert spoken(button, QAccessible.Text.Name) == "Gluteus maximus, prime mover, eccentric"


def test_the_timeline_is_a_slider_with_a_value(window: MainWindow, turn: Turn) -> None:
    session, scrubber = window.session, timeline_of(window).scrubber
    session.go_to(Playhead(PhaseId.LIFT, 0.5))
    turn()
    found = QAccessible.queryAccessibleInterface(scrubber)
    assert found.role() == QAccessible.Role.Slider
    share = session.instant.time_s / session.repetition.schedule.duration_s
    assert found.valueInterface().currentValue() == round(100 * share)
    assert found.text(QAccessible.Text.Description).startswith("Lift, 50 %.")
    assert session.instant.fraction == pytest.approx(0.5)
    found.valueInterface().setCurrentValue(70)
    turn()
    wanted_s = 0.7 * session.repetition.schedule.duration_s
    assert session.instant.time_s == pytest.approx(wanted_s)


def test_tab_reaches_the_timeline_and_keys_go_through_the_repetition(
    window: MainWindow, qtbot: QtBot, turn: Turn
) -> None:
    window.activateWindow()
    window.stage.setFocus()
    for _ in range(200):
        qtbot.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
        if window.focusWidget() is timeline_of(window).scrubber:
            break
    scrubber, session = timeline_of(window).scrubber, window.session
    assert window.focusWidget() is scrubber
    plain = timeline_of(window).grab().toImage()
    scrubber.clearFocus()
    assert timeline_of(window).grab().toImage() != plain  # the ring
    scrubber.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(scrubber, Qt.Key.Key_Up)
    assert session.wanted_s == pytest.approx(0.01 * session.repetition.schedule.duration_s)
    qtbot.keyClick(scrubber, Qt.Key.Key_Right)
    assert session.wanted_s == pytest.approx(0.02 * session.repetition.schedule.duration_s)
    qtbot.keyClick(scrubber, Qt.Key.Key_End)
    assert session.wanted_s == session.repetition.schedule.duration_s


def test_a_key_on_the_slider_goes_on_from_the_moment_not_from_what_was_said(
    window: MainWindow, qtbot: QtBot, turn: Turn
) -> None:
    session, scrubber = window.session, timeline_of(window).scrubber
    session.change(playing=True)
    window.player.timer.stop()
    window.player.advance(1.0)
    session.show_newest()
    assert scrubber.value() == 0  # not said yet
    qtbot.keyClick(scrubber, Qt.Key.Key_Up)
    assert session.wanted_s == pytest.approx(1.0, abs=0.06)
    session.change(playing=False)


def test_the_mouse_reaches_the_plot_through_the_slider(window: MainWindow) -> None:
    timeline = timeline_of(window)
    place = timeline.plot.geometry().center()
    assert timeline.childAt(place) is timeline.plot.viewport()


def test_while_playing_it_is_said_seldom_and_at_the_end_at_once(
    session: Session, scenes: Scenes, qtbot: QtBot, turn: Turn, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, player = Stage(session, scenes), Player(session)
    qtbot.addWidget(stage)
    session.instant_changed.connect(stage.show_instant)
    session.state_changed.connect(stage.show_state)
    turn()
    told: list[str] = []
    monkeypatch.setattr(stage, "setAccessibleDescription", told.append)
    session.change(playing=True)
    for _ in range(20):
        player.advance(0.02)
        session.show_newest()
    turn()
    assert len(told) <= 1
    session.change(playing=False)
    turn()
    assert told[-1].startswith(f"Lift, {round(100 * session.instant.fraction)} %")


def test_what_can_be_scrolled_can_be_scrolled_by_a_finger(window: MainWindow) -> None:
    window.actions_["shortcuts"].trigger()
    found = window.findChildren(QAbstractScrollArea)
    areas = [a for a in found if a.isVisible() and a is not timeline_of(window).plot]
    # one without bars shows all that it has: what lies round it is scrolled
    off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    areas = [a for a in areas if a.verticalScrollBarPolicy() is not off]
    assert window.views.of(Inspector) in areas
    assert len(areas) >= 3
    for area in areas:
        assert QScroller.hasScroller(area.viewport()), area


def test_a_finger_holds_and_drags_the_timeline_and_rests_nowhere(
    window: MainWindow, turn: Turn
) -> None:
    session, view = window.session, timeline_of(window).bars
    screen = QTest.createTouchDevice()

    def touch() -> QTest.QTouchEventSequence:
        return QTest.touchEvent(view, screen, False)

    def at(share: float) -> QPoint:
        return QPoint(round(share * view.width()), 10)

    touch().press(0, at(0.3), view).commit()
    assert session.held
    touch().move(0, at(0.6), view).commit()
    share = session.wanted_s / session.repetition.schedule.duration_s
    assert share == pytest.approx(0.6, abs=0.01)
    touch().release(0, at(0.6), view).commit()
    assert not session.held
    turn()
    assert session.hover is None


def test_a_row_that_goes_away_below_the_mouse_is_no_longer_pointed_at(
    window: MainWindow, turn: Turn, qapp: QApplication
) -> None:
    session = window.session
    row = window.views.of(Inspector).rows[0]
    place = QPointF(20, 10)
    qapp.sendEvent(row, QEnterEvent(place, place, place))
    assert session.hover == row.muscle
    session.change(selection="masseter")
    turn()
    assert session.hover is None
