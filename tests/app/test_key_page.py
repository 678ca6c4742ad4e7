"""Keys that the user chooses: given, refused with the reason, taken away, reset, told everywhere."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from visualizer.app.timeline.transport import Transport
from visualizer.app.window.commands import COMMANDS, MENUS
from visualizer.app.window.help import steps
from visualizer.app.window.key_page import KeyPage
from visualizer.app.window.main_window import MainWindow
from visualizer.app.window.shortcuts import shortcut_groups

IDS = [command.id for command in COMMANDS]


@pytest.fixture
def page(window: MainWindow, qtbot: QtBot) -> Iterator[KeyPage]:
    window.actions_["change_keys"].trigger()
    (made,) = window.findChildren(KeyPage)
    yield made
    made.close()


def give(page: KeyPage, command: str, key: str) -> None:
    page.table.setCurrentCell(IDS.index(command), 1)
    page.field.setKeySequence(QKeySequence(key))
    page.give.click()


def test_another_key_works_and_is_told_everywhere(window: MainWindow, page: KeyPage) -> None:
    session, action = window.session, window.actions_["play"]
    give(page, "play", "Ctrl+K")
    assert page.message.text() == ""
    assert session.state.keys == {"play": "Ctrl+K"}
    assert [key.toString() for key in action.shortcuts()] == ["Ctrl+K"]
    assert "(Ctrl+K)" in action.toolTip()
    rows = dict(shortcut_groups(COMMANDS, MENUS, session.state.keys))["Play"]
    assert ("Ctrl+K", "Play") in rows
    assert window.views.of(Transport).hint.text().startswith("Ctrl+K plays")
    assert steps(window.press)[0][2].startswith("Ctrl+K plays the repetition.")
    assert window.settings().state.keys == {"play": "Ctrl+K"}


def test_a_key_that_is_taken_is_refused_by_name(window: MainWindow, page: KeyPage) -> None:
    for key, holder in (("R", "Loop"), ("3", "Variation"), ("PgDown", "Clicker"), ("F1", "Help")):
        give(page, "labels", key)
        assert f"“{holder}”" in page.message.text()
        assert window.session.state.keys == {}


def test_no_key_and_reset(window: MainWindow, page: KeyPage) -> None:
    session = window.session
    page.table.setCurrentCell(IDS.index("loop"), 1)
    page.none.click()
    assert session.state.keys == {"loop": ""}
    assert window.actions_["loop"].shortcuts() == []
    give(page, "labels", "R")  # which is free now
    assert session.state.keys == {"loop": "", "labels": "R"}
    page.table.setCurrentCell(IDS.index("loop"), 1)
    page.reset.click()
    assert "“Labels”" in page.message.text()
    page.reset_all.click()
    assert session.state.keys == {}
    assert window.actions_["loop"].shortcut().toString() == "R"
    page.letters.setChecked(False)
    assert window.actions_["loop"].shortcuts() == []


def test_what_no_page_has_written_counts_as_no_key(window: MainWindow) -> None:
    window.session.change(keys={"loop": "no key at all", "unknown": "Ctrl+J"})
    assert window.actions_["loop"].shortcuts() == []
    window.session.change(keys={})
    assert window.actions_["loop"].shortcut().toString() == "R"


def test_a_chosen_key_does_what_its_command_does(window: MainWindow, qtbot: QtBot) -> None:
    window.session.change(keys={"labels": "Ctrl+K"})
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_L)
    assert not window.session.state.labels
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window.session.state.labels
