"""Keys: what the focus owns, digits on every layout, the clicker's keys, the order of Tab."""

from typing import Any

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.window import Turn, child, key_of, timeline_of
from visualizer.app.inspector.inspector import Inspector
from visualizer.app.library.library import Library
from visualizer.app.stage.chart import Chart
from visualizer.app.stage.legend import LegendView
from visualizer.app.stage.stage_bar import StageBar
from visualizer.app.timeline.load_panel import LoadPanel
from visualizer.app.timeline.transport import Transport
from visualizer.app.widgets.keys import CLICKER, digit_of
from visualizer.app.window.main_window import MainWindow
from visualizer.app.window.top_bar import TopBar

Key, Modifier = Qt.Key, Qt.KeyboardModifier
# The row of digits as these layouts give it without Shift.
ROWS = {"fr": "&é\"'(-è_çà", "be": "&é\"'(§è!çà", "cz": "+ěščřžýáíé", "hu cs": "+ľščťžýáíé"}


def native(
    char: str,
    number: int,
    modifiers: Qt.KeyboardModifier = Modifier.NoModifier,
    kind: QEvent.Type = QEvent.Type.KeyPress,
) -> QKeyEvent:
    """Return the event of a key in the row of digits, as X11 and Wayland give it."""
    scan = 19 if number == 0 else 9 + number
    key = key_of(QKeySequence.fromString(char)) if char not in "+" else Key.Key_Plus
    return QKeyEvent(kind, key, modifiers, scan, 0, 0, char)


def strike(widget: QWidget, char: str, number: int) -> bool:
    """Send a key as Qt does: first it asks whether anybody wants it before the shortcuts."""
    asked = native(char, number, kind=QEvent.Type.ShortcutOverride)
    asked.ignore()
    QApplication.sendEvent(widget, asked)
    QApplication.sendEvent(widget, native(char, number))
    return asked.isAccepted()


def test_digits_need_no_shift_on_layouts_that_have_them_there(window: MainWindow) -> None:
    variations = window.session.catalog.variations
    for layout, row in ROWS.items():
        for number in (2, 3, 4, 1):
            assert strike(window.stage, row[number - 1], number), layout
            assert window.session.state.variation == variations[number - 1].id, layout
        # nothing has this number: the key stays what its letter says
        assert not strike(window.stage, row[8], 9), layout
        window.stage.show_view(list(type(window.stage.orbit.view))[1])
        window.stage.orbit.turn(30, 0)
        assert not window.stage.orbit.at_view
        strike(window.stage, row[9], 0)
        assert window.stage.orbit.at_view, layout


def test_a_digit_is_taken_from_the_row_of_digits_alone() -> None:
    assert digit_of(native("é", 2)) == 2
    assert digit_of(native("2", 2)) is None  # the shortcut itself
    assert digit_of(native("é", 2, Modifier.ControlModifier)) is None
    assert digit_of(native("à", 0)) == 0
    quote = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Apostrophe, Modifier.NoModifier, 48, 0, 0, "'")
    assert digit_of(quote) is None
    typed = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Eacute, Modifier.NoModifier, 3, 0, 0, "é")
    assert digit_of(typed, "windows") == 2
    typed = QKeyEvent(QEvent.Type.KeyPress, Key.Key_Eacute, Modifier.NoModifier, 0, 19, 0, "é")
    assert digit_of(typed, "cocoa") == 2


def test_digits_with_shift_and_of_the_keypad(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    variations = window.session.catalog.variations
    qtbot.keyClick(window, Key.Key_3, Modifier.KeypadModifier)
    assert window.session.state.variation == variations[2].id


def test_the_clickers_keys_do_nothing_else(window: MainWindow, qtbot: QtBot, turn: Turn) -> None:
    window.activateWindow()
    window.session.seek(1.0)
    turn()
    taken = {k.toString() for a in window.actions_.all() for k in a.shortcuts()}
    state, instant = window.session.state, window.session.instant
    view, camera = window.stage.orbit.view, window.stage.orbit.camera
    for name in set(CLICKER) - {"F5"}:  # which starts presenting
        sequence = QKeySequence(name)
        assert sequence.toString() not in taken
        qtbot.keyClick(window.stage, key_of(sequence))
    turn()
    assert (window.session.state, window.session.instant) == (state, instant)
    assert (window.stage.orbit.view, window.stage.orbit.camera) == (view, camera)


def test_space_presses_the_focused_button_and_plays_elsewhere(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.activateWindow()
    start = window.views.of(Transport).buttons["loop"]
    start.setFocus(Qt.FocusReason.TabFocusReason)
    assert window.session.state.loop
    qtbot.keyClick(start, Key.Key_Space)
    assert not window.session.state.loop
    assert not window.session.state.playing
    window.views.of(Inspector).rows[1].setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(window.views.of(Inspector).rows[1], Key.Key_Space)
    assert window.session.state.selection is not None
    assert not window.session.state.playing
    window.stage.setFocus()
    qtbot.keyClick(window.stage, Key.Key_Space)
    assert window.session.state.playing


def test_enter_presses_the_focused_button(window: MainWindow, qtbot: QtBot) -> None:
    button = window.views.of(Transport).buttons["loop"]
    button.setFocus()
    qtbot.keyClick(button, Key.Key_Return)
    assert not window.session.state.loop


def test_a_click_on_a_choice_leaves_the_space_bar_to_playing(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.activateWindow()
    window.stage.setFocus()
    qtbot.mouseClick(window.views.of(Transport).speed.button(0.5), Qt.MouseButton.LeftButton)
    assert window.session.state.speed == 0.5
    qtbot.keyClick(window.focusWidget(), Key.Key_Space)
    assert window.session.state.playing


def groups_of(window: MainWindow) -> dict[str, Any]:
    window.session.change(variation="single-leg-hip-thrust")
    return {
        "speed": window.views.of(Transport).speed.buttons,
        "view": window.views.of(StageBar).views.buttons,
        "side": window.views.of(TopBar).side.buttons,
        "variation": window.views.of(Library).cards,
        "unit": child(timeline_of(window), LoadPanel).unit.buttons,
    }


@pytest.mark.parametrize("name", ["speed", "view", "side", "variation"])
def test_arrows_walk_through_a_group_and_tab_enters_it_at_the_chosen_one(
    window: MainWindow, qtbot: QtBot, name: str
) -> None:
    window.activateWindow()
    buttons = groups_of(window)[name]
    chosen = next(b for b in buttons if b.isChecked())
    stops = [b for b in buttons if b.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [chosen]
    time_s = window.session.wanted_s
    chosen.setFocus(Qt.FocusReason.TabFocusReason)
    first = buttons.index(chosen)
    down = name == "variation"
    forth = Key.Key_Down if down else Key.Key_Right
    back = Key.Key_Up if down else Key.Key_Left
    way = (forth, back) if first + 1 < len(buttons) else (back, forth)
    step = 1 if way[0] == forth else -1
    qtbot.keyClick(chosen, way[0])
    other = buttons[first + step]
    assert other.isChecked()
    assert window.focusWidget() is other
    qtbot.keyClick(other, way[1])
    assert chosen.isChecked()
    assert window.session.wanted_s == time_s  # not sought


def test_choices_are_radio_buttons_to_screen_readers(window: MainWindow) -> None:
    for name, buttons in groups_of(window).items():
        for button in buttons:
            role = QAccessible.queryAccessibleInterface(button).role()
            assert role == QAccessible.Role.RadioButton, name


def test_play_is_named_by_what_it_does(window: MainWindow) -> None:
    button = window.views.of(Transport).buttons["play"]
    assert button.accessibleName() == "Play"
    window.session.change(playing=True)
    assert button.accessibleName() == "Pause"
    assert button.toolTip().startswith("Pause (")


def test_home_end_and_page_keys_scroll_the_page_that_has_the_focus(
    window: MainWindow, qtbot: QtBot, turn: Turn
) -> None:
    window.activateWindow()
    window.session.change(selection="gluteus_maximus")
    qtbot.waitUntil(lambda: window.views.of(Inspector).verticalScrollBar().maximum() > 0)
    window.session.seek(1.0)
    turn()
    bar = window.views.of(Inspector).verticalScrollBar()
    inside = next(w for w in stops_of(window) if window.views.of(Inspector).isAncestorOf(w))
    inside.setFocus(Qt.FocusReason.TabFocusReason)
    for key, place in (
        (Key.Key_End, bar.maximum()), (Key.Key_Home, 0),
        (Key.Key_PageDown, bar.pageStep()), (Key.Key_PageUp, 0),
    ):  # fmt: skip
        qtbot.keyClick(inside, key)
        assert bar.value() == min(place, bar.maximum())
    turn()
    assert window.session.wanted_s == 1.0
    window.stage.setFocus()
    qtbot.keyClick(window.stage, Key.Key_Home)
    assert window.session.wanted_s == 0.0


def stops_of(window: MainWindow) -> list[QWidget]:
    window.activateWindow()
    window.stage.setFocus()
    found: list[QWidget] = []
    for _ in range(200):
        qt_tab(window)
        if window.focusWidget() in found:
            return found
        found.append(window.focusWidget())
    raise AssertionError("Tab does not come round")


def qt_tab(window: MainWindow) -> None:
    assert window.focusNextPrevChild(True)


@pytest.mark.parametrize("selection", [None, "gluteus_maximus"])
def test_tab_follows_the_eye(window: MainWindow, selection: str | None, qtbot: QtBot) -> None:
    # pages built anew must not fall to the end of the chain
    window.session.change(selection="masseter")
    window.session.change(selection=selection)
    qtbot.wait(10)
    zones = [
        window.views.of(TopBar), window.views.of(Library), window.stage, window.views.of(StageBar), window.views.of(LegendView), window.views.of(Chart),
        window.views.of(Inspector), window.views.of(Transport), timeline_of(window),
    ]  # fmt: skip

    def zone_of(widget: QWidget) -> int:
        inner_first = sorted(
            (z for z in zones if z is widget or z.isAncestorOf(widget)),
            key=lambda z: z is window.stage,
        )
        return zones.index(inner_first[0])

    stops = stops_of(window)
    start = next(k for k, w in enumerate(stops) if zone_of(w) == 0)
    order = [zone_of(w) for w in stops[start:] + stops[:start]]
    assert order == sorted(order)
    assert {0, 1, 2, 3, 4, 6, 7, 8} <= set(order)
    for widget in stops:
        assert widget.accessibleName() or (isinstance(widget, QAbstractButton) and widget.text())
    # backwards the same way
    assert window.focusNextPrevChild(False)


def test_no_stop_of_tab_is_empty(window: MainWindow) -> None:
    assert window.views.of(Inspector) not in stops_of(window)
    assert window.views.of(Library) not in stops_of(window)


def test_choosing_a_row_by_key_keeps_the_focus_on_the_page(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.activateWindow()
    row = window.views.of(Inspector).rows[2]
    muscle = row.muscle
    row.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(row, Key.Key_Return)
    assert window.session.state.selection == muscle
    focus = window.focusWidget()
    assert focus.accessibleName().startswith("Back to ")
    qtbot.keyClick(focus, Key.Key_Return)
    assert window.session.state.selection is None
    assert window.focusWidget() in window.views.of(Inspector).rows
    assert window.focusWidget().muscle == muscle


def test_a_selection_from_elsewhere_leaves_the_focus_where_it_was(window: MainWindow) -> None:
    window.activateWindow()
    window.stage.setFocus()
    window.session.change(selection="gluteus_maximus")
    assert window.focusWidget() is window.stage


def test_deselecting_is_offered_with_a_selection_only(window: MainWindow) -> None:
    action = window.actions_["deselect"]
    assert not action.isEnabled()
    window.session.change(selection="masseter")
    assert action.isEnabled()


def test_escape_peels_off_layer_by_layer(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    window.session.change(selection="masseter", focus=True)
    qtbot.keyClick(window.actions_["full_screen"].parent(), Key.Key_F11)
    assert window.isFullScreen()
    left = []
    for _ in range(3):
        qtbot.keyClick(window, Key.Key_Escape)
        state = window.session.state
        left.append((state.focus, state.selection, window.isFullScreen()))
    assert left == [(False, "masseter", True), (False, None, True), (False, None, False)]


def test_speed_loop_sides_curves_and_theme_have_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    session = window.session
    qtbot.keyClick(window, Key.Key_Down, Modifier.ShiftModifier)
    assert session.state.speed == 0.5
    for _ in range(4):
        qtbot.keyClick(window, Key.Key_Up, Modifier.ShiftModifier)
    assert session.state.speed == 2.0
    qtbot.keyClick(window, Key.Key_R)
    assert not session.state.loop
    kind = session.state.curves
    qtbot.keyClick(window, Key.Key_N)
    assert session.state.curves is not kind
    qtbot.keyClick(window, Key.Key_D)
    assert session.state.theme == "dark"
    session.change(variation="single-leg-hip-thrust")
    qtbot.keyClick(window, Key.Key_L, Modifier.ShiftModifier)
    assert session.state.side.value == "left"


def test_tool_tips_say_the_key_and_what_it_does(window: MainWindow) -> None:
    for name in ("loop", "xray", "labels", "focus", "reset_view", "play", "dark"):
        first, what = window.actions_[name].toolTip().split("\n")
        assert first.endswith(")")
        assert what
    light = window.actions_["dark"].toolTip()
    window.session.change(theme="dark")
    assert window.actions_["dark"].toolTip() != light
    for button in window.views.of(StageBar).views.buttons:
        assert "(" in button.toolTip()
