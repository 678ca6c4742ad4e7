"""Lessons edited in the window: stops, texts, questions, undo, files, and nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QAccessible, QDropEvent
from PySide6.QtWidgets import QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.repetitions import catalog as shipped_catalog
from tests.helpers.window import MakeWindow, Mouse, Turn
from visualizer.app.classroom.editing import Editing, as_lesson_file, file_name
from visualizer.app.classroom.ink import InkStroke
from visualizer.app.classroom.kept_ink import ink_of, pen_of
from visualizer.app.classroom.recovery import DraftKeeper
from visualizer.app.classroom.talk import Tool
from visualizer.app.widgets.focus import tab_stops
from visualizer.app.window.main_window import MainWindow
from visualizer.language import in_language
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId
from visualizer.teaching.draft import new_lesson
from visualizer.teaching.item import ItemKind
from visualizer.teaching.lesson import MOST_NUMBERS, MOST_STROKES, Advance, Lesson
from visualizer.teaching.lesson_file import (
    find_lessons,
    problems_of_lesson,
    read_lesson,
    write_lesson,
)
from visualizer.teaching.moment import Moment
from visualizer.texts import speaking

Key, Modifier = Qt.Key, Qt.KeyboardModifier
LIFT = Playhead(PhaseId.LIFT, 0.5)


def edited(window: MainWindow) -> Editing:
    assert window.classroom.editing is not None
    return window.classroom.editing


@pytest.fixture
def editing(window: MainWindow, turn: Turn) -> Iterator[Editing]:
    """A new lesson of three stops: at the begin, at half of the lift, at its end."""
    window.stage.orbit.duration_ms = 0
    window.actions_["new_lesson"].trigger()
    for fraction in (0.5, 1.0):
        window.session.go_to(Playhead(PhaseId.LIFT, fraction))
        turn()
        window.actions_["add_stop"].trigger()
    yield edited(window)
    if window.classroom.show is not None:
        window.classroom.show.end()
    if window.classroom.editing is not None:
        window.classroom.editing.close()


def fractions(editing: Editing) -> list[float]:
    return [stop.moment.playhead.fraction for stop in editing.draft.lesson.stops]


def question(window: MainWindow) -> QMessageBox:
    (box,) = [b for b in window.findChildren(QMessageBox) if b.isVisible()]
    return box


def answer(window: MainWindow, says: str, turn: Turn) -> None:
    box = question(window)
    next(b for b in box.buttons() if b.text() == says).click()
    turn()


def test_a_new_lesson_is_named_first_and_enter_leads_back_to_the_stage(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.activateWindow()
    with speaking("de-AT"):
        window.actions_["new_lesson"].trigger()
    editing = edited(window)
    assert editing.desk.draft.lesson.title == {"de": "Neue Stunde"}
    title = editing.panel.title
    assert window.focusWidget() is title
    qtbot.keyClicks(title, "Meine Stunde")
    qtbot.keyClick(title, Key.Key_Return)
    assert editing.desk.title == "Meine Stunde"
    assert window.focusWidget() is window.stage
    editing.close()


# ------------------------------------------------------------------------------------- the stops
def test_a_moment_is_added_behind_the_chosen_stop_and_gone_to_by_a_click(
    window: MainWindow, editing: Editing, turn: Turn, qtbot: QtBot
) -> None:
    assert fractions(editing) == [0.0, 0.5, 1.0]
    assert editing.draft.selected == 2
    stops = editing.panel.stops
    place = stops.visualItemRect(stops.item(1)).center()
    qtbot.mouseClick(stops.viewport(), Qt.MouseButton.LeftButton, pos=place)
    turn()
    assert editing.draft.selected == 1
    assert window.session.playhead == LIFT
    # once more, after the stage was turned to something else
    window.session.go_to(Playhead(PhaseId.LOWERING, 0.5))
    turn()
    qtbot.mouseClick(stops.viewport(), Qt.MouseButton.LeftButton, pos=place)
    turn()
    assert window.session.playhead == LIFT
    window.session.go_to(Playhead(PhaseId.LIFT, 0.75))
    turn()
    window.actions_["add_stop"].trigger()
    assert fractions(editing) == [0.0, 0.5, 0.75, 1.0]
    window.session.go_to(Playhead(PhaseId.LIFT, 0.7))
    turn()
    window.actions_["replace_stop"].trigger()
    assert fractions(editing) == [0.0, 0.5, 0.7, 1.0]
    window.actions_["duplicate_stop"].trigger()
    assert fractions(editing) == [0.0, 0.5, 0.7, 0.7, 1.0]
    assert stops.item(3).text().splitlines()[1] == "Lift, 70 %"
    assert not any(stops.item(row).icon().isNull() for row in range(5))


def test_stops_are_moved_and_taken_out_by_key_and_by_mouse(
    window: MainWindow, editing: Editing, qtbot: QtBot
) -> None:
    stops = editing.panel.stops
    stops.setFocus()
    qtbot.keyClick(stops, Key.Key_Up, Modifier.AltModifier)
    assert fractions(editing) == [0.0, 1.0, 0.5]
    assert stops.currentRow() == editing.draft.selected == 1
    window.actions_["stop_up"].trigger()
    assert fractions(editing) == [1.0, 0.0, 0.5]
    assert not window.actions_["stop_up"].isEnabled()
    # dragged behind the last one
    below = QPointF(10, stops.visualItemRect(stops.item(2)).bottom())
    mime, either = QMimeData(), Qt.DropAction.MoveAction | Qt.DropAction.CopyAction
    event = QDropEvent(
        below, either, mime, Qt.MouseButton.LeftButton,
        Modifier.NoModifier,
    )  # fmt: skip
    stops.dropEvent(event)
    assert fractions(editing) == [0.0, 0.5, 1.0]
    action = event.dropAction()
    assert action is not Qt.DropAction.MoveAction  # else Qt takes the row out
    assert stops.count() == 3
    offered = [action.objectName() for action in stops.actions()]
    assert offered[:2] == ["add_stop", "replace_stop"]
    window.activateWindow()
    qtbot.keyClick(stops, Key.Key_F2)
    assert window.focusWidget() is editing.panel.form.title
    qtbot.keyClick(stops, Key.Key_Delete)
    qtbot.keyClick(stops, Key.Key_Delete)
    qtbot.keyClick(stops, Key.Key_Delete)
    assert fractions(editing) == [0.0]  # the last one stays
    assert not window.actions_["remove_stop"].isEnabled()


def test_steps_are_named_and_taken_back_wherever_the_cursor_is(
    window: MainWindow, editing: Editing, qtbot: QtBot, turn: Turn
) -> None:
    window.activateWindow()
    undo, redo = window.actions_["undo_lesson"], window.actions_["redo_lesson"]
    assert undo.text() == "&Undo: add a moment"
    form = editing.panel.form
    form.title.setFocus()
    qtbot.keyClicks(form.title, "Here")
    form.notes.setFocus()
    qtbot.keyClicks(form.notes, "s, f and k")  # no view's keys here
    assert editing.draft.stop.title == {"en": "Here"}
    assert editing.draft.stop.notes == {"en": "s, f and k"}
    assert window.stage.orbit.view.value == "side"
    qtbot.keyClick(form.notes, Key.Key_Z, Modifier.ControlModifier)
    assert editing.draft.stop.notes == {}
    assert form.notes.toPlainText() == ""
    form.title.setFocus()
    qtbot.keyClick(form.title, Key.Key_Z, Modifier.ControlModifier)
    assert (editing.draft.stop.title, form.title.text()) == ({}, "")
    qtbot.keyClick(form.title, Key.Key_Z, Modifier.ControlModifier | Modifier.ShiftModifier)
    assert form.title.text() == "Here"
    assert redo.text() == "&Redo: change the moment"
    while undo.isEnabled():
        undo.trigger()
    assert fractions(editing) == [0.0]
    assert not editing.desk.unsaved
    assert undo.text() == "&Undo"
    # while something is asked, what a stop says would tell the answer
    window.actions_["predict_alone"].trigger()
    assert not editing.panel.isVisible()
    assert not window.actions_["add_stop"].isEnabled()
    assert window.classroom.asking is not None
    window.classroom.asking.end()
    assert editing.panel.isVisible()


# ------------------------------------------------------------------------- what a stop says
def test_a_stop_keeps_texts_in_two_languages_time_and_what_next_does(
    editing: Editing, qtbot: QtBot
) -> None:
    panel, form = editing.panel, editing.panel.form
    qtbot.keyClicks(form.title, "Up")
    panel.language.button("de").click()
    assert form.title.text() == ""
    assert form.title.placeholderText() == "Up"  # to be translated
    qtbot.keyClicks(form.title, "Hinauf")
    panel.title.clear()
    qtbot.keyClicks(panel.title, "Meine Stunde")
    assert editing.draft.stop.title == {"en": "Up", "de": "Hinauf"}
    assert editing.draft.lesson.title == {"en": "New lesson", "de": "Meine Stunde"}
    form.title.clear()
    form.title.textEdited.emit("")
    assert editing.draft.stop.title == {"en": "Up"}

    # what is needed does not stay empty
    panel.language.button("en").click()
    title = panel.title
    title.setFocus()
    title.selectAll()
    qtbot.keyClick(title, Key.Key_Backspace)
    assert editing.draft.lesson.title["en"] == "New lesson"
    form.title.setFocus()
    assert title.text() == "New lesson"
    form.minutes.setValue(2.5)
    form.advance.activated.emit(1)
    stop = editing.draft.stop
    assert (stop.minutes, stop.advance) == (2.5, Advance.PHASE)
    form.minutes.setValue(0.0)
    assert editing.draft.stop.minutes is None


def test_the_program_asks_what_the_data_bear_out(window: MainWindow, editing: Editing) -> None:
    form = editing.panel.form.question

    def choose(code: str) -> None:
        form.kind.activated.emit(form.kind.findData(code))

    choose("contraction")
    form.about.activated.emit(form.about.findData("gluteus_maximus"))
    ask = editing.draft.stop.predict
    assert ask is not None
    assert (ask.kind, ask.muscle) == (ItemKind.CONTRACTION, "gluteus_maximus")
    lines = form.preview.text().splitlines()
    assert lines[0].startswith("Gluteus maximus, phase “Lift”")
    assert [line for line in lines if "✓" in line] == [next(x for x in lines if "concentric" in x)]
    for kind in ItemKind:
        choose(kind.value)
        assert form.preview.text() != "…"
        assert [*problems_of_lesson(editing.draft.lesson, window.session.catalog)] == []
    assert form.about.accessibleName() == "Compared with"
    choose("")
    assert editing.draft.stop.predict is None
    assert form.preview.isHidden()


def test_a_question_of_ones_own_is_whole_at_every_moment(
    window: MainWindow, editing: Editing, qtbot: QtBot
) -> None:
    form = editing.panel.form.question
    form.kind.activated.emit(form.kind.findData("own"))
    own = form.own
    own.ask.clear()
    qtbot.keyClicks(own.ask, "What lifts?")
    own.answers[0].clear()
    qtbot.keyClicks(own.answers[0], "Glute")
    qtbot.keyClicks(own.answers[2], "Calf")
    own.right[2].click()
    qtbot.keyClicks(own.why, "Why not")
    made = editing.draft.stop.question
    assert made is not None
    assert made.ask == {"en": "What lifts?"}
    assert [a["en"] for a in made.answers] == ["Glute", "Second answer", "Calf"]
    assert (made.right, made.why) == (3, {"en": "Why not"})
    assert own.answers[3].isEnabled()
    own.answers[2].clear()
    own.answers[2].textEdited.emit("")
    made = editing.draft.stop.question
    assert made is not None
    assert (len(made.answers), made.right) == (2, 2)
    assert [*problems_of_lesson(editing.draft.lesson, window.session.catalog)] == []


# --------------------------------------------------------------------------------------- files
def test_what_is_saved_is_read_again_and_stands_in_the_menus(
    window: MainWindow, editing: Editing, tmp_path: Path, turn: Turn
) -> None:
    assert "no file yet" in editing.panel.place.text()
    assert editing.panel.place.accessibleName().endswith("not saved")
    path = window.data_folder / "lessons" / "mine.lesson.toml"
    editing.save_to(path)
    assert window.banner.message.text() == f"Saved: {path}"
    assert editing.panel.place.text() == "mine.lesson.toml"
    assert read_lesson(path, window.session.catalog) == editing.draft.lesson
    found, _ = find_lessons(window.session.catalog, [window.data_folder])
    assert path in [file.path for file in found]
    # Ctrl+S knows the file from now on
    editing.panel.form.minutes.setValue(3.0)
    assert editing.panel.place.text().startswith("•")
    window.actions_["save_lesson"].trigger()
    assert read_lesson(path, window.session.catalog).stops[2].minutes == 3.0

    # another program has written to it meanwhile
    path.write_text(path.read_text().replace("New lesson", "Theirs"))
    editing.panel.form.minutes.setValue(4.0)
    editing.save()
    assert "mine.lesson.toml has been changed" in question(window).text()
    answer(window, "Cancel", turn)
    assert "Theirs" in path.read_text()
    editing.save()
    answer(window, "Replace", turn)
    assert "Theirs" not in path.read_text()
    assert not editing.desk.unsaved

    # why something was not saved is one sentence
    editing.panel.form.minutes.setValue(5.0)
    (tmp_path / "file").write_text("")
    for path, why in (
        (tmp_path / "file" / "x.lesson.toml", "not saved"),
        (tmp_path / "x.toml", ".lesson.toml"),
    ):
        editing.save_to(path)
        said = window.banner.message.text()
        assert why in said
        assert "\n" not in said
        assert editing.desk.unsaved
    assert as_lesson_file(tmp_path / "x.toml") == tmp_path / "x.lesson.toml"
    assert as_lesson_file(tmp_path / "x.lesson") == tmp_path / "x.lesson.toml"
    assert as_lesson_file(tmp_path / "x.hipthrust") == tmp_path / "x.hipthrust"
    assert file_name("Übung: Hüfte / 1") == "übung-hüfte-1"
    assert file_name("…") == "lesson"


def test_nothing_is_lost_without_being_asked(
    window: MainWindow, editing: Editing, turn: Turn, tmp_path: Path
) -> None:
    assert not window.close()
    assert "Save the changes to “New lesson”?" in question(window).text()
    assert [b.text() for b in question(window).buttons()] != []
    answer(window, "Cancel", turn)
    assert window.isVisible()
    assert edited(window) is editing
    # the same where another lesson is to be opened
    lessons, _ = find_lessons(window.session.catalog)
    window.classroom.edit(lessons[0])
    answer(window, "Don’t save", turn)
    assert edited(window) is not editing
    assert edited(window).desk.title == lessons[0].lesson.title["en"]
    # it came with the program, so it is a copy
    assert edited(window).desk.file is None
    assert "copy" in window.banner.message.text()
    path = tmp_path / "x.lesson.toml"
    edited(window).save_to(path)
    edited(window).panel.form.minutes.setValue(4.0)
    assert not window.close()
    answer(window, "Save", turn)
    assert not window.isVisible()
    assert read_lesson(path, window.session.catalog).stops[0].minutes == 4.0


# ------------------------------------------------------------------------------------ a crash
def test_an_unsaved_lesson_is_there_again_after_a_crash(
    make_window: MakeWindow, tmp_path: Path, turn: Turn
) -> None:
    folder = tmp_path / "drafts"
    catalog = shipped_catalog()
    keeper = DraftKeeper(folder)
    place = tmp_path / "mine.lesson.toml"
    lesson = new_lesson(Moment("glute-bridge", LIFT), "Mine")
    write_lesson(lesson, place)
    changed = replace(lesson, author="me")
    keeper.keep(changed, place)
    # another window sees that somebody is at work on it
    assert DraftKeeper(folder).found(catalog) is None
    (folder / "unsaved.lock").unlink()  # the process is gone
    found = DraftKeeper(folder).found(catalog)
    assert found == (changed, place)
    window = make_window(drafts=folder)
    window.classroom.recover()
    editing = edited(window)
    assert "not saved when the program ended" in window.banner.message.text()
    assert (editing.desk.file, editing.desk.unsaved) == (place, True)
    # the next autosave is of this one; saving ends it
    editing.panel.form.minutes.setValue(1.0)
    editing.desk.rest.timeout.emit()
    assert "minutes = 1" in (folder / "unsaved.lesson.toml").read_text()
    editing.save()
    assert list(folder.iterdir()) == []
    assert read_lesson(place, catalog).author == "me"
    # when the system ends the program nobody is asked, and it is kept
    editing.panel.form.minutes.setValue(2.0)
    window.classroom.leave()
    assert window.close()
    assert "minutes = 2" in (folder / "unsaved.lesson.toml").read_text()


def test_a_draft_that_cannot_be_read_is_put_aside(tmp_path: Path) -> None:
    (tmp_path / "unsaved.lesson.toml").write_text("lesson = ")
    assert DraftKeeper(tmp_path).found(shipped_catalog()) is None
    assert [file.name for file in tmp_path.iterdir()] == ["broken.lesson.toml"]
    assert DraftKeeper(None).found(shipped_catalog()) is None


# ----------------------------------------------------------------------------------- presenting
def test_it_is_presented_from_here_and_the_ink_stays_with_its_stop(
    window: MainWindow, editing: Editing, turn: Turn, mouse: type[Mouse], tmp_path: Path
) -> None:
    editing.look_at(1)
    window.actions_["present_here"].trigger()
    show = window.classroom.show
    assert show is not None
    turn()
    assert show.talk.index == 1
    assert not editing.panel.isVisible()
    assert not window.actions_["undo_lesson"].isEnabled()
    window.classroom.edit(find_lessons(window.session.catalog)[0][0])
    assert "then edit" in window.banner.message.text()
    assert edited(window) is editing
    show.talk.take(Tool.PEN)
    hand = mouse(show.pad)
    hand.drag(hand.at(0.4), hand.at(0.6))
    show.talk.forward()
    show.end()
    turn()
    assert editing.panel.isVisible()
    assert [len(stop.pen) for stop in editing.draft.lesson.stops] == [0, 1, 0]
    assert editing.draft.undoes == "draw on the picture"
    path = tmp_path / "inked.lesson.toml"
    editing.save_to(path)
    editing.look_at(1)
    assert "1 line drawn" in editing.panel.form.pen.text()
    editing.close()
    window.classroom.open_text(str(path))
    show = window.classroom.show
    assert show is not None
    show.talk.go(1)
    (stroke,) = show.talk.ink.strokes
    turn()
    assert stroke.facing == show.pad.plane.facing
    ends = [show.pad.plane.at(p).x() / show.pad.width() for p in stroke.places]
    assert (min(ends), max(ends)) == pytest.approx((0.4, 0.6), abs=0.02)
    # drawn on a file that is not edited: offered to be kept
    show.talk.ink.clear()
    show.end()
    assert "You have drawn" in window.banner.message.text()
    window.banner.step.click()
    assert edited(window).desk.file == path
    assert [len(stop.pen) for stop in edited(window).draft.lesson.stops] == [0, 0, 0]
    edited(window).look_at(2)
    window.actions_["present"].trigger()  # all of it, from the begin
    assert window.classroom.show is not None
    assert (window.classroom.show.talk.index, len(window.classroom.show.talk.stops)) == (0, 3)
    window.classroom.show.end()
    edited(window).close()


def test_ink_is_drawn_on_the_stage_while_editing_and_taken_back_with_the_rest(
    window: MainWindow, editing: Editing, turn: Turn, mouse: type[Mouse]
) -> None:
    draw, erase = (window.actions_[name] for name in ("draw_stop", "erase_stop"))
    window.session.go_to(Playhead(PhaseId.LOWERING, 0.5))
    turn()
    assert not editing.ink.pad.isVisible()
    editing.look_at(1)
    window.session.go_to(Playhead(PhaseId.LOWERING, 0.5))
    turn()
    draw.trigger()  # goes to the stop that is drawn on
    assert draw.isChecked()
    assert not erase.isChecked()
    assert editing.ink.at_stop
    assert editing.ink.pad.isVisible()
    hand = mouse(editing.ink.pad)
    hand.drag(hand.at(0.4), hand.at(0.6))
    assert [len(stop.pen) for stop in editing.draft.lesson.stops] == [0, 1, 0]
    hand.drag(hand.at(0.3), hand.at(0.35))
    assert len(editing.draft.stop.pen) == 2
    editing.undo()
    assert len(editing.ink.talk.ink.strokes) == len(editing.draft.stop.pen) == 1
    erase.trigger()
    assert (draw.isChecked(), erase.isChecked()) == (False, True)
    hand.drag(hand.at(0.5), hand.at(0.5))
    assert not editing.draft.stop.pen
    editing.undo()
    assert len(editing.draft.stop.pen) == 1
    # another stop has its own ink; presented, the tool is put down
    editing.look_at(2)
    assert editing.ink.talk.ink.strokes == ()
    window.actions_["present_here"].trigger()
    assert not editing.ink.pad.isVisible()
    assert not erase.isChecked()


def test_ink_keeps_its_place_within_bounds() -> None:
    far = InkStroke(tuple((x / 1000, 50.0) for x in range(5000)), (0.1, 0.2))
    dot = InkStroke(((0.12345, -0.2),), (0.1, 0.2))
    pen = pen_of([*[dot] * MOST_STROKES, far])
    assert len(pen) == MOST_STROKES
    assert len(pen[-1].points) <= MOST_NUMBERS
    assert max(pen[-1].points) <= 10
    (again,) = ink_of(pen[:1])
    assert again.places[0] == pytest.approx(dot.places[0], abs=1e-4)
    first, last = ink_of(pen[-1:])[0].places[0], ink_of(pen[-1:])[0].places[-1]
    assert (first[0], last[0]) == pytest.approx((0.0, 4.999))
    lesson = new_lesson(Moment("glute-bridge"), "Mine")
    drawn = replace(lesson, stops=(replace(lesson.stops[0], pen=pen),))
    assert [*problems_of_lesson(drawn, shipped_catalog())] == []


# ------------------------------------------------------------------------------- the window
def test_the_column_stays_in_another_language_and_size(
    window: MainWindow, editing: Editing, turn: Turn
) -> None:
    editing.panel.form.minutes.setValue(2.0)
    window.session.change(language="de")
    turn()
    panel = edited(window).panel
    assert panel.isVisible()
    assert panel.stops.count() == 3
    assert panel.form.minutes.value() == 2.0
    assert panel.form.minutes.accessibleName().startswith("Minuten")
    window.session.change(language="en")
    turn()
    assert not window.panels.shown("library")  # its room is needed
    # in a small window the inspector gives way, too
    window.resize(940, 620)
    assert not window.panels.shown("inspector")
    assert edited(window).panel.isVisible()
    edited(window).close()
    assert window.panels.shown("inspector")
    window.resize(1280, 800)
    assert window.panels.shown("library")


def test_the_keyboard_reaches_all_of_it_and_all_has_a_name(
    window: MainWindow, editing: Editing, qtbot: QtBot
) -> None:
    panel = editing.panel
    panel.form.question.kind.activated.emit(panel.form.question.kind.findData("own"))
    stops = tab_stops([panel])
    wanted: list[QWidget] = [
        panel.title, panel.stops, panel.form.title, panel.form.notes, panel.form.advance,
        panel.form.minutes, panel.form.question.kind, panel.form.question.own.ask,
    ]  # fmt: skip
    assert [w for w in wanted if w not in stops] == []
    QAccessible.setActive(True)
    for widget in stops:
        spoken = QAccessible.queryAccessibleInterface(widget)
        assert spoken.text(QAccessible.Text.Name), widget
    QAccessible.setActive(False)
    window.stage.setFocus()
    reached = set()
    for _ in range(60):
        window.focusNextPrevChild(True)
        reached.add(window.focusWidget())
    assert panel.stops in reached
    assert panel.form.notes in reached


def test_a_lesson_in_one_language_only_is_read(tmp_path: Path) -> None:
    lesson: Lesson = new_lesson(Moment("glute-bridge"), "Meine Stunde", "de")
    path = tmp_path / "stunde.lesson.toml"
    write_lesson(lesson, path)
    assert read_lesson(path, shipped_catalog()) == lesson
    assert in_language(lesson.title, "en") == "Meine Stunde"
    path.write_text(path.read_text().replace('{ de = "Meine Stunde" }', "{}"))
    with pytest.raises(Exception, match="any language"):
        read_lesson(path, shipped_catalog())
