"""What the program is given is opened in the window that there is: links, lessons, variations."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit
from pytestqt.qtbot import QtBot

from tests.helpers.data_files import VARIATION
from tests.helpers.window import AtOnce, Turn
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.app.window.main_window import MainWindow
from visualizer.app.window.opening import Opening
from visualizer.catalog import catalog
from visualizer.catalog.opened import open_file
from visualizer.errors import DataError
from visualizer.handover import Door, Errand, hand_over
from visualizer.resources import data_folder

LINK = "hipthrust:glute-bridge/lift/0.5?view=side"
LESSON = f'lesson = 1\ntitle = {{ en = "Mine" }}\n[[stops]]\nmoment = "{LINK}"\n'


@pytest.fixture
def files() -> list[Path]:
    return []


@pytest.fixture
def opener(
    qtbot: QtBot, session: Session, scenes: Scenes, tmp_path: Path, files: list[Path]
) -> Opening:
    data = tmp_path / "data"
    window = MainWindow(
        session, scenes, lambda: catalog.load_catalog([data], files), data, None, AtOnce()
    )
    qtbot.addWidget(window)
    opener = Opening(window, files)
    window.resize(1280, 800)
    window.show()
    qtbot.waitUntil(lambda: window.timeline is not None)
    return opener


@pytest.fixture
def window(opener: Opening) -> MainWindow:
    window = opener.parent()
    assert isinstance(window, MainWindow)
    return window


def variation(path: Path, name: str = "Mine", id_: str = "mine") -> Path:
    text = VARIATION.replace("test-lift", id_).replace('"Test lift"', f'"{name}"')
    path.write_text(text, "utf-8")
    return path


def shown(window: MainWindow) -> str:
    return window.session.state.variation


def test_a_variation_from_elsewhere_is_shown_and_can_be_kept(
    opener: Opening,
    window: MainWindow,
    files: list[Path],
    tmp_path: Path,
    qapp: QApplication,
    turn: Turn,
) -> None:
    path = variation(tmp_path / "from a mail.hipthrust")
    # as macOS asks for it
    assert opener.eventFilter(qapp, QFileOpenEvent(str(path)))
    turn()
    assert shown(window) == "mine"
    assert window.banner.message.text() == "Mine is shown from from a mail.hipthrust."
    # changed and opened again: the new content
    variation(path, "Mine, better")
    opener.open(str(path))
    turn()
    assert window.session.variation.display_name() == "Mine, better"
    assert files == [path]
    window.banner.step.click()
    turn()
    kept = window.data_folder / "mine.hipthrust"
    assert kept.read_bytes() == path.read_bytes()
    assert (files, shown(window), window.session.problems) == ([], "mine", ())
    assert str(kept) in window.banner.message.text()


def test_what_is_known_anyway_is_not_read_twice(tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    kept = variation(own / "mine.hipthrust")
    assert open_file(kept, [own]).known
    assert open_file(variation(tmp_path / "copy.toml"), [own]).known
    other = variation(tmp_path / "other.toml", "Other")
    with pytest.raises(DataError, match=r"already in .*mine\.hipthrust"):
        open_file(other, [own])


def test_a_file_that_cannot_be_shown_says_why(
    opener: Opening, window: MainWindow, files: list[Path], tmp_path: Path, turn: Turn
) -> None:
    unreachable = variation(tmp_path / "far.toml")
    text = unreachable.read_text("utf-8")
    unreachable.write_text(
        text.replace("hip_bottom_deg = 80", "hip_bottom_deg = 80\nshank_top_deg = 35"), "utf-8"
    )
    muscle = next((data_folder() / "muscles").glob("*.toml"))
    for path in (unreachable, muscle):
        opener.open(str(path))
        turn()
        assert window.banner.message.text() == f"{path.name} cannot be shown."
        window.banner.step.click()
        (dialog,) = window.findChildren(QDialog)
        (told,) = dialog.findChildren(QPlainTextEdit)
        assert path.name in told.toPlainText()
        dialog.close()
        dialog.setParent(None)
        dialog.deleteLater()
    assert (files, shown(window)) == ([], "barbell-hip-thrust")


def test_a_lesson_is_one_under_either_ending(
    opener: Opening, window: MainWindow, tmp_path: Path, turn: Turn
) -> None:
    for name in ("mine.lesson.toml", "mine.hipthrust"):
        path = tmp_path / name
        path.write_text(LESSON, "utf-8")
        opener.open(str(path))
        assert window.classroom.show is not None
        opener.open(str(path))
        assert window.banner.message.text() == f"End the presentation, then open {name} again."
        window.classroom.show.end()
        turn()


def test_another_start_hands_its_errand_to_the_window(
    opener: Opening,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qtbot: QtBot,
    turn: Turn,
) -> None:
    place = tmp_path / "run"
    place.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(place))
    door = Door.hold(tmp_path)
    assert door is not None
    door.answer(opener.came.emit)
    window.showMinimized()
    done: list[bool] = []
    errand = Errand(LINK, "de")
    start = threading.Thread(target=lambda: done.append(hand_over(tmp_path, errand)))
    start.start()
    try:
        qtbot.waitUntil(lambda: shown(window) == "glute-bridge")
        qtbot.waitUntil(lambda: done == [True])
    finally:
        start.join(10)
        door.close()
    assert not window.isMinimized()
    assert window.session.state.language == "de"
    window.session.change(language="en")
    turn()


def test_strange_errands_do_no_harm(opener: Opening, window: MainWindow, turn: Turn) -> None:
    before = window.session.state
    for text in ("", "\0", "\0.toml", "x" * 60_000, "file:///etc/passwd", "../..", "a.hipthrust"):
        opener.came.emit(Errand(text, text), lambda: None)
        turn()
        assert window.session.state == before
        assert "\n" not in window.banner.message.text()
