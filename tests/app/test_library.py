"""The cards of the variations, their pictures, and the data files that are bad."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton
from pytestqt.qtbot import QtBot

from tests.helpers.window import AtOnce
from visualizer.app.library.lesson_list import Found
from visualizer.app.library.library import Library
from visualizer.app.library.thumbnails import Thumbnails
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.app.widgets.theme import apply_theme
from visualizer.errors import Problem
from visualizer.scene.palette import THEMES

PROBLEMS = (
    Problem("folder/mine.toml", "muscles[2].role", "unknown role 'prime moover'"),
    Problem("folder/mine.toml", "", "duplicate id"),
    Problem("folder/other.toml", "", "this is a binary file"),
)


def nothing_found(owner: object, done: Callable[[Found], object]) -> None:
    done(((), ()))


@pytest.fixture
def thumbnails(session: Session, scenes: Scenes, at_once: AtOnce) -> Thumbnails:
    return Thumbnails(session, scenes, at_once)


@pytest.fixture
def library(session: Session, thumbnails: Thumbnails, qtbot: QtBot) -> Library:
    made = Library(session, thumbnails, nothing_found)
    made.show_state(None, session.state)
    session.state_changed.connect(made.show_state)
    made.chosen.connect(lambda variation: session.change(variation=variation))
    qtbot.addWidget(made)
    made.resize(240, 500)
    made.show()
    return made


def test_a_card_per_variation_in_order(session: Session, library: Library) -> None:
    ids = [c.variation.id for c in library.cards]
    assert ids == [v.id for v in session.catalog.variations]
    assert len(ids) >= 4
    assert [c.variation.id for c in library.cards if c.isChecked()] == ["barbell-hip-thrust"]
    first = library.cards[0]
    assert first.accessibleName() == "Barbell hip thrust"
    assert "Bench, barbell, hip pad" in first.accessibleDescription()
    assert first.toolTip() == session.variation.suits.text["en"]


def test_a_click_chooses(session: Session, library: Library, qtbot: QtBot) -> None:
    qtbot.mouseClick(library.cards[-1], Qt.MouseButton.LeftButton)
    assert session.state.variation == library.cards[-1].variation.id
    assert [c.isChecked() for c in library.cards].count(True) == 1
    assert library.cards[-1].isChecked()


@pytest.mark.parametrize("width", [200, 240, 380])
def test_cards_are_as_high_as_their_text(library: Library, width: int, qtbot: QtBot) -> None:
    library.resize(width, 700)
    qtbot.wait(10)
    for card in library.cards:
        assert card.height() >= card.heightForWidth(card.width())
        name, gear, suits = card.text_boxes(card.width())
        assert name.bottom() <= gear.top() < gear.bottom() <= suits.top()
        assert suits.bottom() <= card.height()


def test_one_click_leads_to_the_lessons_below(library: Library, qtbot: QtBot) -> None:
    library.resize(240, 300)
    bar = library.verticalScrollBar()
    library.lessons.show()  # as where some were found
    qtbot.waitUntil(lambda: bar.maximum() > 0 and library.lessons.y() > 0)
    assert bar.value() == 0
    (down,) = (b for b in library.findChildren(QToolButton) if b.text() == "Lessons")
    down.click()
    assert bar.value() == min(library.lessons.y(), bar.maximum()) > 0


def test_pictures_come_one_by_one_after_the_first_frame(
    session: Session, library: Library, thumbnails: Thumbnails, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    pictures_at_return: list[int] = []
    monkeypatch.setattr(
        "visualizer.app.library.thumbnails.return_freed",
        lambda: pictures_at_return.append(sum(c.picture is not None for c in library.cards)),
    )
    qtbot.wait(200)
    assert all(c.picture is None for c in library.cards)
    thumbnails.begin()
    qtbot.waitUntil(lambda: all(c.picture is not None for c in library.cards), timeout=8000)
    # what was needed on the way goes back once, with the last
    assert pictures_at_return == [len(library.cards) - 1]


def test_pictures_are_kept_per_theme(
    session: Session, library: Library, thumbnails: Thumbnails, qtbot: QtBot
) -> None:
    drawn = []
    thumbnails.ready.connect(lambda v, t, p: drawn.append((v, t)))
    thumbnails.begin()
    count = len(library.cards)
    qtbot.waitUntil(lambda: len(drawn) == count, timeout=8000)
    apply_theme(library, "dark")
    session.change(theme="dark")
    assert all(c.picture is None for c in library.cards)
    qtbot.waitUntil(lambda: len(drawn) == 2 * count, timeout=8000)
    assert {t for _, t in drawn} == set(THEMES)
    apply_theme(library, "light")
    session.change(theme="light")
    # kept ones are there at once
    assert all(c.picture is not None for c in library.cards)


def test_no_picture_is_drawn_while_playing(
    session: Session, library: Library, thumbnails: Thumbnails, qtbot: QtBot
) -> None:
    session.change(playing=True)
    drawn = []
    thumbnails.ready.connect(lambda *a: drawn.append(a))
    thumbnails.begin()
    qtbot.wait(250)
    assert drawn == []


def test_bad_files_are_listed_below_with_all_their_problems(
    session: Session, thumbnails: Thumbnails, qtbot: QtBot
) -> None:
    session.problems = PROBLEMS
    library = Library(session, thumbnails, nothing_found)
    qtbot.addWidget(library)
    library.show_state(None, session.state)
    shown = [x.text() for x in library.findChildren(QLabel)]
    assert "Files that could not be read" in shown
    assert shown.count("mine.toml") == 1
    assert shown.count("other.toml") == 1
    assert "muscles[2].role: unknown role 'prime moover'" in shown
    assert "duplicate id" in shown
    assert any("Reload data" in text for text in shown)
    session.problems = ()
    library.show_state(None, session.state)
    qtbot.wait(5)
    assert "Files that could not be read" not in [x.text() for x in library.findChildren(QLabel)]


def test_cards_of_one_name_are_told_apart_by_their_id(session: Session, library: Library) -> None:
    variations = session.catalog.variations
    twin = replace(variations[0], id="my-thrust")
    session.replace_data(replace(session.catalog, variations=(*variations, twin)))
    library.show_state(None, session.state)
    names = [card.accessibleName() for card in library.cards]
    assert "Barbell hip thrust (my-thrust)" in names
    assert len(set(names)) == len(names)
