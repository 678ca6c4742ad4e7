"""A page that is filled in slices: what is begun gives way, and the page itself stays."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import product

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from tests.helpers.window import page_of
from visualizer.app.inspector.inspector import Inspector
from visualizer.app.session.choices import InspectorTab
from visualizer.app.session.session import Session
from visualizer.app.widgets import growing_page
from visualizer.app.widgets.growing_page import GrowingPage


class Turns:
    """Keeps steps until the test lets a turn of the event loop pass."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Callable[[], object], QObject]] = []

    def __call__(self, step: Callable[[], object], owner: QObject) -> None:
        self.waiting.append((step, owner))

    def turn(self) -> None:
        steps, self.waiting = self.waiting, []
        for step, owner in steps:
            if isValid(owner):
                step()

    def all(self) -> None:
        while self.waiting:
            self.turn()


@pytest.fixture
def turns(monkeypatch: pytest.MonkeyPatch) -> Turns:
    monkeypatch.setattr(growing_page, "_SLICE_S", -1.0)  # a block a turn
    return Turns()


def blocks(page: QWidget, texts: str, made: list[str]) -> Iterator[QWidget]:
    for text in texts:
        made.append(text)
        block = QLabel(text, page)
        block.hide()
        yield block


def seen(page: GrowingPage) -> list[str]:
    layout = page.column
    items = (layout.itemAt(k) for k in range(layout.count()))
    widgets = (item.widget() for item in items if item is not None)
    return [w.text() for w in widgets if isinstance(w, QLabel) and not w.isHidden()]


def test_blocks_come_turn_by_turn_and_old_ones_go_at_once(qtbot: QtBot, turns: Turns) -> None:
    page, made = GrowingPage(turns), list[str]()
    qtbot.addWidget(page)
    page.show()
    page.fill(blocks(page, "abc", made))
    assert seen(page) == ["a"]
    turns.turn()
    assert seen(page) == ["a", "b"]
    turns.all()
    assert seen(page) == ["a", "b", "c"]
    page.fill(blocks(page, "de", made))
    assert seen(page) == ["d"]
    turns.all()
    assert seen(page) == ["d", "e"]
    assert page.column.count() == 3  # and the stretch below them


def test_what_is_begun_gives_way_to_what_comes_after_it(qtbot: QtBot, turns: Turns) -> None:
    page, made = GrowingPage(turns), list[str]()
    qtbot.addWidget(page)
    page.show()
    page.fill(blocks(page, "abc", made))
    page.fill(blocks(page, "de", made))
    turns.all()
    assert seen(page) == ["d", "e"]
    assert made == ["a", "d", "e"]


def test_without_later_turns_all_is_there_at_once(qtbot: QtBot) -> None:
    page, made = GrowingPage(), list[str]()
    qtbot.addWidget(page)
    page.fill(blocks(page, "abc", made))
    assert seen(page) == ["a", "b", "c"]


def test_the_inspector_makes_a_page_in_many_small_turns_and_keeps_its_frame(
    session: Session, qtbot: QtBot, turns: Turns
) -> None:
    inspector = Inspector(session, turns)
    qtbot.addWidget(inspector)
    inspector.resize(320, 600)
    inspector.show()
    turns.all()
    page, counts = page_of(inspector), []
    assert page is not None
    for selection, tab in product(("gluteus_maximus", None), reversed(InspectorTab)):
        session.change(selection=selection, tab=tab)
        inspector.show_state(None, session.state)
        while turns.waiting:
            before = len(page.findChildren(QLabel))
            turns.turn()
            counts.append(len(page.findChildren(QLabel)) - before)
    assert inspector.widget() is page
    # no turn makes more than a small part of the page
    assert len(counts) > 8
    assert max(counts) < 60
    assert inspector.rows
    inspector.show_state(None, session.state)
    assert turns.waiting == []  # it shows that already


def test_a_page_that_is_gone_grows_no_more(qtbot: QtBot, turns: Turns) -> None:
    page = GrowingPage(turns)
    page.fill(QLabel("1", page) for _ in range(3))
    page.fill(QLabel("2", page) for _ in range(3))
    assert turns.waiting
    delete(page)
    turns.all()
