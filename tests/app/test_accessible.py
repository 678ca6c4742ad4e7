"""The accessibility tree: whatever has the focus has a name, and values change with the moment."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QLabel, QTabBar, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.window import Turn, key_of, page_of, timeline_of
from visualizer.app.inspector.inspector import Inspector
from visualizer.app.library.library import Library
from visualizer.app.session.announcer import Announcer
from visualizer.app.session.session import Session
from visualizer.app.stage.chart import Chart
from visualizer.app.stage.stage_bar import StageBar
from visualizer.app.timeline.transport import Transport
from visualizer.app.window.commands import COMMANDS
from visualizer.app.window.main_window import MainWindow
from visualizer.catalog.variation import Role
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId

What, Kind = QAccessible.Text, QAccessible.Role


@pytest.fixture(autouse=True)
def _reader() -> Iterator[None]:
    QAccessible.setActive(True)
    yield
    QAccessible.setActive(False)


def of(widget: QWidget) -> QAccessibleInterface:
    return QAccessible.queryAccessibleInterface(widget)


def tree(top: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield top
    for index in range(top.childCount()):
        below = top.child(index)
        if below is not None:
            yield from tree(below)


def test_whatever_takes_the_focus_has_a_name_and_a_role(window: MainWindow) -> None:
    window.session.change(variation="single-leg-hip-thrust", selection="gluteus_maximus")
    found = 0
    for node in tree(of(window)):
        state = node.state()
        if state.focusable and not state.invisible and node.role() is not Kind.Window:
            found += 1
            said = node.text(What.Name)
            assert said, (node.role(), node.object(), node.object().parent())
    assert found > 30


def test_pictures_say_what_they_show_at_the_moment(window: MainWindow, turn: Turn) -> None:
    session, chart = window.session, window.views.of(Chart)
    seen = []
    for phase, fraction in ((PhaseId.LIFT, 0.42), (PhaseId.LOWERING, 0.5)):
        session.go_to(Playhead(phase, fraction))
        turn()
        seen.append((of(window.stage).text(What.Value), of(chart).text(What.Value)))
        scrubber = of(timeline_of(window).scrubber)
        assert scrubber.role() is Kind.Slider
        assert scrubber.text(What.Description).startswith(seen[-1][0][:6])
    assert of(window.stage).role() is Kind.Graphic is of(chart).role()
    assert of(window.stage).text(What.Name) == "Stage"
    assert seen[0][0].startswith("Lift, 42 %. Hip ")
    assert seen[1][0].startswith("Lowering, 50 %. Hip ")
    assert [chart for _, chart in seen] == ["Lift.", "Lowering."]
    # no finer than the picture: whole per cent, whole degrees
    assert "." not in seen[0][0].replace("%.", "").replace("°.", "")


def test_headings_tabs_and_choices_are_what_they_are(window: MainWindow) -> None:
    window.session.change(selection="gluteus_maximus")
    inspector = window.views.of(Inspector)
    heads = [x for x in page_of(inspector).findChildren(QLabel) if x.property("kind") == "title"]
    assert [of(x).role() for x in heads] == [Kind.Heading]
    assert of(heads[0]).text(What.Name) == "Gluteus maximus"
    assert isinstance(inspector.tabs, QTabBar)
    roles = {node.role() for node in tree(of(inspector.tabs))}
    assert Kind.PageTab in roles
    choices = [
        *window.views.of(Transport).speed.buttons,
        *window.views.of(StageBar).views.buttons,
        *window.views.of(Library).cards,
    ]
    assert {of(button).role() for button in choices} == {Kind.RadioButton}


def test_changes_are_announced_politely(session: Session, turn: Turn) -> None:
    said: list[str] = []
    announcer = Announcer(session, said.append)
    session.change(selection="gluteus_maximus")
    session.go_to(Playhead(PhaseId.LOWERING, 0.1))
    turn()
    session.change(selection=None)
    session.change(only_role=Role.SYNERGIST)
    session.change(only_role=None)
    session.change(variation="glute-bridge")
    assert said == [
        "Selected: Gluteus maximus, prime mover, concentric.", "Lowering.", "No muscle selected.",
        "Shown alone: synergist.", "All roles shown.", "Glute bridge.",
    ]  # fmt: skip
    # while playing one a second, and of many the newest
    said.clear()
    session.change(playing=True)
    for text in ("a", "b", "c"):
        announcer.tell(text)
    assert said == ["a"]
    announcer.pause.timeout.emit()
    assert said == ["a", "c"]
    session.change(playing=False)


def test_single_letters_can_be_switched_off(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    session = window.session
    assert window.actions_["letter_keys"].isChecked()
    window.actions_["letter_keys"].trigger()
    before = session.state
    for key in (Qt.Key.Key_X, Qt.Key.Key_L, Qt.Key.Key_2, Qt.Key.Key_0, Qt.Key.Key_E):
        qtbot.keyClick(window, key)
    assert session.state == before
    for command in COMMANDS:
        for sequence in window.actions_[command.id].shortcuts():
            assert len(sequence.toString().removeprefix("Shift+")) > 1
    # what is no letter still works, and every command is still in its menu
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert session.state.tab.value == "why"
    assert window.actions_["xray"].toolTip().startswith("X-ray\n")
    window.actions_["letter_keys"].trigger()
    qtbot.keyClick(window, Qt.Key.Key_X)
    assert session.state.xray


def test_the_whole_window_by_keyboard(window: MainWindow, qtbot: QtBot, turn: Turn) -> None:
    """From the start to a muscle's evidence without a mouse, each step by the keys on the list."""
    window.activateWindow()
    session, key = window.session, Qt.Key
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

    def press(name: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        window.activateWindow()
        qtbot.keyClick(window.focusWidget() or window, name, held)
        turn()

    def tab_to(wanted: QWidget) -> None:
        for _ in range(120):
            if window.focusWidget() is wanted:
                return
            assert window.focusNextPrevChild(True)
        raise AssertionError(f"Tab does not reach {wanted}")

    press(key.Key_2)
    assert session.state.variation == window.session.catalog.numbered()[1].id
    press(key.Key_L, shift)
    assert session.state.side.value == "left"
    press(key.Key_Right, shift)
    assert session.instant.time_s == session.repetition.schedule.borders_s[1]
    press(key.Key_F)
    assert window.actions_["view_front"].isChecked()
    azimuth = window.stage.orbit.camera.azimuth_rad
    press(key.Key_Left, control)
    assert window.stage.orbit.camera.azimuth_rad != azimuth
    press(key.Key_0)
    press(key.Key_X)
    press(key.Key_L)
    assert session.state.xray
    assert session.state.labels
    # a muscle by its lane, its evidence by the tabs' own keys
    tab_to(timeline_of(window).names.buttons[0])
    press(key.Key_Space)
    assert session.state.selection == "gluteus_maximus"
    inspector = window.views.of(Inspector)
    tab_to(inspector.tabs)
    for _ in range(3):
        press(key.Key_Right)
    assert session.state.tab.value == "evidence"
    press(key.Key_1, control)
    assert session.state.tab.value == "now"
    # the moment by the timeline's slider
    tab_to(timeline_of(window).scrubber)
    press(key.Key_Home)
    press(key.Key_PageUp)
    assert 0.0 < session.wanted_s / session.repetition.schedule.duration_s < 0.11
    # another speed by the arrows in its group
    speed = window.views.of(Transport).speed
    tab_to(speed.button(1.0))
    press(key.Key_Left)
    assert session.state.speed == 0.5
    for name in ("panel_chart", "panel_library", "stage_alone"):
        (sequence,) = window.actions_[name].shortcuts()
        before = window.actions_[name].isChecked()
        window.stage.setFocus()
        press(key_of(sequence))
        assert window.actions_[name].isChecked() is not before
    press(key.Key_A)
    for _ in range(3):
        press(key.Key_Escape)
    assert session.state.selection is None
