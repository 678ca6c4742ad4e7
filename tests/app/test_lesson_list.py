"""The lessons below the variations: found after the first picture, opened by mouse and by key."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from tests.helpers.repetitions import catalog
from tests.helpers.window import Turn
from visualizer.app.library.lesson_list import Found, LessonList
from visualizer.app.library.library import Library
from visualizer.app.window.main_window import MainWindow
from visualizer.teaching.lesson_file import LessonFile, find_lessons

GOOD = """lesson = 1
title = { en = "Mine & yours, and what a long title needs: more than one line" }
[[stops]]
moment = "hipthrust:glute-bridge/lowering/0.25?side=right&view=front"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "mine.lesson.toml").write_text(GOOD)
    bad = GOOD.replace("glute-bridge", "glute-brigde").replace("lesson = 1", "lesson = 1\nx = 2")
    (tmp_path / "bad.lesson.toml").write_text(bad)
    return tmp_path


@pytest.fixture
def lessons(folder: Path, qtbot: QtBot) -> LessonList:
    def find(owner: object, done: Callable[[Found], object]) -> None:
        done(find_lessons(catalog(), [folder]))

    made = LessonList(find)
    qtbot.addWidget(made)
    made.resize(240, 500)
    return made


def titles(lessons: LessonList) -> list[str]:
    return [lessons.list.item(row).text() for row in range(lessons.list.count())]


def test_what_ships_the_users_own_and_bad_files_with_one_sentence_each(
    lessons: LessonList, folder: Path
) -> None:
    assert titles(lessons) == []
    lessons.refresh()  # nobody has said yet that the first picture is there
    assert titles(lessons) == []
    lessons.begin()
    assert titles(lessons)[-1] == "Mine & yours, and what a long title needs: more than one line"
    assert "Concentric, eccentric, isometric" in titles(lessons)
    spoken = lessons.list.item(lessons.list.count() - 1).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith(", 1 stop")
    (wrong,) = [x.text() for x in lessons.findChildren(QLabel) if "bad.lesson" in x.text()]
    assert len(wrong.splitlines()) == 1
    (folder / "bad.lesson.toml").unlink()
    lessons.list.setCurrentRow(lessons.list.count() - 1)
    lessons.refresh()
    assert not [
        x for x in lessons.findChildren(QLabel) if x.isVisibleTo(lessons) and "bad" in x.text()
    ]
    assert lessons.list.currentRow() == lessons.list.count() - 1


def test_enter_and_double_click_open_and_the_menu_edits(lessons: LessonList, qtbot: QtBot) -> None:
    lessons.begin()
    lessons.show()
    opened: list[LessonFile] = []
    edited: list[LessonFile] = []
    lessons.opened.connect(opened.append)
    lessons.edited.connect(edited.append)
    files = lessons.list
    lessons.activateWindow()
    files.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(files.hasFocus)
    assert files.currentRow() == 0  # a key needs no click first
    qtbot.keyClick(files, Qt.Key.Key_Down)
    qtbot.keyClick(files, Qt.Key.Key_Return)
    assert [file.lesson.title["en"] for file in opened] == [titles(lessons)[1]]
    place = files.visualItemRect(files.item(2)).center()
    qtbot.mouseClick(files.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(files.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert opened[1].lesson.title["en"] == titles(lessons)[2]
    present, edit = files.menu_of(files.item(3)).actions()
    present.trigger()
    edit.trigger()
    assert opened[2] == edited[0]
    assert edited[0].path.name == "mine.lesson.toml"


@pytest.mark.parametrize("width", [200, 380])
def test_every_title_is_seen_whole(lessons: LessonList, width: int, qtbot: QtBot) -> None:
    lessons.begin()
    lessons.resize(width, 600)
    lessons.show()
    qtbot.wait(10)
    files = lessons.list
    last = files.visualItemRect(files.item(files.count() - 1))
    assert last.bottom() <= files.viewport().height()
    assert files.verticalScrollBar().maximum() == 0
    metrics = files.fontMetrics()
    for row in range(files.count()):
        room = files.visualItemRect(files.item(row))
        text = metrics.boundingRect(
            0, 0, room.width() - 20, 999, int(Qt.TextFlag.TextWordWrap), files.item(row).text()
        )
        assert text.height() <= room.height()


def test_the_window_presents_what_is_opened_and_lists_what_is_saved(
    window: MainWindow, turn: Turn
) -> None:
    window.stage.orbit.duration_ms = 0
    lessons = window.views.of(Library).lessons
    lessons.begin()
    turn()
    assert lessons.list.count() == 3
    window.classroom.new_lesson()
    assert window.classroom.editing is not None
    window.data_folder.mkdir(parents=True)
    window.classroom.editing.save_to(window.data_folder / "new.lesson.toml")
    turn()
    assert lessons.list.count() == 4
    window.classroom.close_lesson()
    lessons.list.itemActivated.emit(lessons.list.item(0))
    turn()
    assert window.classroom.show is not None
    window.classroom.end()
