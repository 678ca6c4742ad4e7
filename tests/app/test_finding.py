"""Finding one's way: a muscle by name, help, words of the field, the tour, the first hint."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from tests.helpers.said import said_by
from tests.helpers.window import MakeWindow, Turn
from visualizer.app.session.player import Player
from visualizer.app.session.session import Session
from visualizer.app.timeline.transport import Transport
from visualizer.app.window.finder import Finder
from visualizer.app.window.help import STEPS, GlossaryDialog
from visualizer.app.window.main_window import MainWindow
from visualizer.app.window.tour import Tour
from visualizer.errors import Problem
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId


def found(window: MainWindow, kind: type[Finder]) -> Finder:
    (dialog,) = window.findChildren(kind)
    return dialog


def test_a_muscle_is_found_by_key_and_name(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    dialog = found(window, Finder)
    # all of them from A to Z at first
    names = [hit.name for hit in dialog.found.hits]
    assert len(names) == len(window.session.catalog.muscles)
    assert names[0].startswith("A")
    qtbot.keyClicks(dialog.field, "musculus glutaeus med")
    assert "Gluteus medius" in [hit.name for hit in dialog.found.hits]
    dialog.field.clear()
    qtbot.keyClicks(dialog.field, "glut")
    first, second = dialog.found.hits[:2]
    qtbot.keyClick(dialog.field, Qt.Key.Key_Down)
    assert dialog.list.currentIndex().row() == 1
    qtbot.keyClick(dialog.field, Qt.Key.Key_Return)
    assert window.session.state.selection == second.muscle != first.muscle
    assert not dialog.isVisible()


def test_each_row_says_latin_and_role(window: MainWindow) -> None:
    window.actions_["find_muscle"].trigger()
    dialog = found(window, Finder)
    dialog.field.setText("gluteus maximus")
    text = dialog.found.data(dialog.found.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert text == "Gluteus maximus, Musculus gluteus maximus, prime mover"
    dialog.field.setText("xyzzy")
    assert dialog.found.rowCount() == 0
    assert dialog.said.text().startswith("No muscle has such a name.")
    dialog.close()


def test_help_leads_to_tour_glossary_and_keys(window: MainWindow, qtbot: QtBot) -> None:
    window.activateWindow()
    qtbot.keyClick(window, Qt.Key.Key_F1)
    buttons = {b.text(): b for b in window.findChildren(QPushButton) if b.isVisible()}
    assert {"Tour", "Glossary", "Keyboard shortcuts"} <= set(buttons)
    buttons["Glossary"].click()
    (words,) = window.findChildren(GlossaryDialog)
    assert {"concentric", "eccentric", "isometric"} <= {t.words("en")[0] for t in words.shown}
    words.field.setText("eccentric")
    assert words.shown[0].words("en")[0] == "eccentric"
    words.field.setText("xyzzy")
    assert "No such word is explained here." in said_by(words)
    words.close()


def test_the_tour_has_five_steps_and_can_be_left(window: MainWindow, turn: Turn) -> None:
    window.actions_["tour"].trigger()
    tour = window.findChild(Tour)
    assert isinstance(tour, Tour)
    assert len(STEPS) == 5
    seen = []
    for _ in STEPS:
        assert window.rect().contains(tour.geometry())
        seen.append((tour.count.text(), tour.heading.text()))
        tour.next.click()
    assert [count for count, _ in seen] == [f"{k} of 5" for k in range(1, 6)]
    assert not tour.isVisible()
    turn()
    window.actions_["tour"].trigger()
    again = [t for t in window.findChildren(Tour) if t.isVisible()]
    again[0].skip.click()
    assert not again[0].isVisible()


def test_the_tour_is_offered_once(window: MainWindow) -> None:
    banner = window.banner
    window.offer_tour()
    assert banner.step.text() == "Take the tour"
    banner.dismiss.click()
    window.offer_tour()
    assert banner.isHidden()
    assert window.settings().state.toured


def test_the_tour_that_is_offered_begins_by_one_click(window: MainWindow) -> None:
    window.offer_tour()
    window.banner.step.click()
    assert window.banner.isHidden()
    tour = window.findChild(Tour)
    assert isinstance(tour, Tour)
    tour.skip.click()


def test_no_tour_is_offered_over_trouble_or_to_who_has_played(make_window: MakeWindow) -> None:
    window = make_window(problems=(Problem("a.toml", "id", "is missing"),))
    window.offer_tour()
    assert window.banner.step.text() == "Show"
    window.banner.hide()
    window.session.change(played=True)
    window.offer_tour()
    assert window.banner.isHidden()


def test_a_line_says_how_to_begin_until_somebody_has(make_window: MakeWindow, turn: Turn) -> None:
    window = make_window(size=(1600, 900))
    transport = window.views.of(Transport)
    hint, angles = transport.hint, transport.angles
    assert hint.isVisible()
    assert angles.isVisible()
    window.resize(1280, 900)  # there is room for one of them, and neither is cut
    turn()
    assert hint.isVisible()
    assert hint.width() >= hint.sizeHint().width()
    assert not angles.isVisible()
    window.actions_["play"].trigger()
    turn()
    assert hint.isHidden()
    assert angles.isVisible()
    assert angles.width() >= angles.sizeHint().width()
    window.actions_["play"].trigger()
    assert hint.isHidden()
    assert window.settings().state.played
    known = make_window()  # the session knows
    assert known.views.of(Transport).hint.isHidden()


@pytest.mark.parametrize("phase", [PhaseId.LIFT, PhaseId.LOWERING])
def test_a_phase_can_be_looped(session: Session, phase: PhaseId, turn: Turn) -> None:
    player = Player(session)
    session.change(loop_phase=True, playing=True)
    session.go_to(Playhead(phase, 0.9))
    for _ in range(20):
        player.advance(0.11)
        assert session.playhead.phase is phase
    session.change(loop_phase=False)
    for _ in range(30):
        player.advance(0.11)
    session.change(playing=False)
    assert session.playhead.phase is not phase or session.state.loop
