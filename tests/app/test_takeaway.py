"""What the window saves: made beside it, given up without a trace, refused in one sentence."""

from __future__ import annotations

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO
from xml.etree import ElementTree

import pytest
from PIL import Image
from PySide6.QtCore import QEvent, QMimeData, QPointF, QSize, Qt
from PySide6.QtGui import QDrag, QGuiApplication, QImage, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QStyle, QStyleOptionComboBox, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.window import AtOnce, Mouse
from visualizer.analysis.veil import COVERED
from visualizer.app.session.session import Session
from visualizer.app.session.worker import Worker
from visualizer.app.takeaway import picture
from visualizer.app.takeaway.dialog import ExportDialog
from visualizer.app.takeaway.exporting import Exporting, Tell
from visualizer.app.takeaway.film import FilmDialog
from visualizer.app.takeaway.handout import HandoutDialog, NotesDialog
from visualizer.app.takeaway.picture import PictureDialog, copy_picture
from visualizer.app.takeaway.tables import NumbersDialog, QuestionsDialog
from visualizer.app.window.main_window import MainWindow
from visualizer.errors import VisualizerError
from visualizer.export import motion
from visualizer.export.film import Film
from visualizer.export.orders import films
from visualizer.export.output import write_output
from visualizer.export.picture import Pictures
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Rasterizer
from visualizer.scene.palette import theme
from visualizer.scene.request import RenderedView, RenderRequest
from visualizer.teaching.lesson import Lesson, Stop
from visualizer.teaching.link import is_link
from visualizer.teaching.moment import Moment, OtherBody

pytestmark = pytest.mark.usefixtures("orders_here")

SMALL = (64, 36)
SVG = "{http://www.w3.org/2000/svg}"
LINK = "hipthrust:barbell-hip-thrust/lift/0.5"


@pytest.fixture
def moment(session: Session) -> Moment:
    return Moment(session.variation.id)


@pytest.fixture
def told() -> list[object]:
    return []


def made_small(dialog: PictureDialog | FilmDialog) -> None:
    dialog.size_.addItem("small", SMALL)
    dialog.size_.setCurrentIndex(dialog.size_.count() - 1)


def choose(dialog: ExportDialog, suffix: str) -> None:
    dialog.kind.setCurrentIndex(dialog.kind.findData(suffix))
    assert dialog.suffix == suffix


@pytest.mark.parametrize("suffix", [".png", ".svg"])
def test_a_picture_is_saved_as_it_was_chosen(
    over: QWidget, session: Session, moment: Moment, tmp_path: Path, told: list[object], suffix: str
) -> None:
    dialog = PictureDialog(over, session, AtOnce(), moment)
    dialog.saved.connect(told.append)
    made_small(dialog)
    choose(dialog, suffix)
    dialog.transparent.setChecked(True)
    path = tmp_path / f"picture{suffix}"
    dialog.write(path)
    assert told == [path]
    if suffix == ".png":
        with Image.open(path) as image:
            assert image.size == SMALL
            assert image.mode == "RGBA"
    else:
        assert b"<svg" in path.read_bytes()[:200]


def test_a_picture_leaves_a_processor_to_the_window(
    over: QWidget,
    session: Session,
    moment: Moment,
    tmp_path: Path,
    told: list[object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    draw = Rasterizer.draw

    def watched(rasterizer: Rasterizer, *given: Any, **named: Any) -> Any:
        told.append(rasterizer.threads)
        return draw(rasterizer, *given, **named)

    monkeypatch.setattr(Rasterizer, "draw", watched)
    dialog = PictureDialog(over, session, AtOnce(), moment)
    made_small(dialog)
    choose(dialog, ".png")
    dialog.write(tmp_path / "p.png")
    assert set(told) == {1}


def test_a_film_is_made_apart_from_the_other_jobs(
    over: QWidget, session: Session, moment: Moment, tmp_path: Path, qtbot: QtBot
) -> None:
    jobs = Worker(over)
    dialog = FilmDialog(over, session, jobs, moment)
    made_small(dialog)
    dialog.phase.setCurrentIndex(1)
    dialog.speed.setCurrentIndex(dialog.speed.count() - 1)
    path = tmp_path / "film.webp"
    choose(dialog, ".webp")
    with qtbot.waitSignal(dialog.saved, timeout=300_000):
        dialog.write(path)
    with Image.open(path) as image:
        assert image.size == SMALL
        assert getattr(image, "n_frames", 1) > 5
    jobs.stop()


def test_what_is_given_up_leaves_nothing_and_can_be_begun_again(
    over: QWidget, session: Session, moment: Moment, tmp_path: Path, qtbot: QtBot
) -> None:
    jobs = Worker(over)
    dialog = FilmDialog(over, session, jobs, moment)
    made_small(dialog)
    choose(dialog, ".webp")
    dialog.exporting.progressed.connect(dialog.reject)
    with qtbot.waitSignal(dialog.exporting.cancelled, timeout=300_000):
        dialog.write(tmp_path / "film.webp")
    assert list(tmp_path.iterdir()) == []
    assert dialog.message.text() == "Given up; nothing was saved."
    assert dialog.save.isEnabled()
    jobs.stop()


def test_the_window_that_closes_gives_up_what_is_under_way(over: QWidget, session: Session) -> None:
    dialog = NumbersDialog(over, session, AtOnce())
    asked: list[bool] = []

    def task(tell: Tell) -> None:
        over.close()
        asked.append(True)
        tell(1, 2)

    dialog.exporting.cancelled.connect(lambda: asked.append(False))
    dialog.exporting.start(task)
    assert asked == [True, False]


def test_time_left_follows_from_what_was_done(told: list[object], tmp_path: Path) -> None:
    now = [0.0]
    exporting = Exporting(AtOnce(), clock=lambda: now[0])
    exporting.progressed.connect(lambda *what: told.append(what))
    exporting.failed.connect(told.append)

    def task(tell: Tell) -> None:
        for k in range(1, 4):
            now[0] += 2.0
            tell(k, 4)
        raise VisualizerError("no more room")

    exporting.start(task)
    assert told == [(1, 4, 6.0), (2, 4, 4.0), (3, 4, 2.0), "no more room"]
    assert not exporting.working


def test_to_get_ready_does_not_count_for_the_time_left(told: list[object]) -> None:
    now = [0.0]
    exporting = Exporting(AtOnce(), clock=lambda: now[0])
    exporting.progressed.connect(lambda *what: told.append(what))

    def task(tell: Tell) -> None:
        for k, seconds in enumerate((10.0, 2.0, 2.0, 2.0), 1):
            now[0] += seconds
            tell(0, 1)  # is only asked whether to go on
            tell(k, 4)

    exporting.start(task)
    assert told == [(1, 4, 30.0), (2, 4, 4.0), (3, 4, 2.0), (4, 4, 0.0)]


def test_what_cannot_be_written_is_one_sentence_in_the_dialog(
    over: QWidget, session: Session, moment: Moment, tmp_path: Path
) -> None:
    for dialog in (
        PictureDialog(over, session, AtOnce(), moment),
        FilmDialog(over, session, AtOnce(), moment),
        QuestionsDialog(over, session, AtOnce()),
        NumbersDialog(over, session, AtOnce()),
    ):
        dialog.write(tmp_path / "none" / f"file{dialog.suffix}")
        assert "does not exist" in dialog.message.text()
        assert dialog.save.isEnabled()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.usefixtures("small_pictures")
def test_questions_and_numbers_are_saved(over: QWidget, session: Session, tmp_path: Path) -> None:
    questions = QuestionsDialog(over, session, AtOnce())
    choose(questions, ".gift")
    questions.count.setValue(3)
    numbers = NumbersDialog(over, session, AtOnce())
    for dialog, name in ((questions, "q.gift"), (numbers, "n.csv")):
        dialog.write(tmp_path / name)
        assert not dialog.exporting.working
        assert (tmp_path / name).stat().st_size > 100


def test_a_picture_is_copied(
    over: QWidget,
    session: Session,
    moment: Moment,
    told: list[object],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(picture, "SIZES", (SMALL,))
    copy_picture(over, session, AtOnce(), moment, told.append, told.append)
    image = QGuiApplication.clipboard().image()
    assert (image.width(), image.height()) == SMALL
    assert told == ["The picture was copied."]


def test_the_key_of_the_picture_saves_the_lesson_while_one_is_edited(window: MainWindow) -> None:
    key = QKeySequence("Ctrl+S")
    save: Callable[[str], bool] = lambda name: key in window.action(name).shortcuts()  # noqa: E731
    assert save("save_picture")
    window.classroom.new_lesson()
    window.actions_.follow()
    assert not save("save_picture")
    assert window.action("save_picture").isEnabled()
    assert save("save_lesson")
    # while a class thinks, no file tells the answer
    window.session.change(veil=COVERED)
    hidden = ("save_picture", "copy_picture", "save_film", "save_questions")
    assert not any(window.action(name).isEnabled() for name in hidden)


def test_a_file_that_was_there_stays_when_the_new_one_is_given_up(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_text("old")
    exporting = Exporting(AtOnce())

    def task(tell: Tell) -> None:
        def write(stream: object) -> None:
            exporting.cancel()
            tell(1, 2)

        write_output(path, write)

    exporting.start(task)
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["old.txt"]


@pytest.mark.usefixtures("small_pictures")
def test_hand_out_and_notes_are_saved_with_progress(
    over: QWidget, session: Session, tmp_path: Path
) -> None:
    lesson = Lesson(version=1, title={"en": "One stop"}, stops=(Stop(link=LINK),))
    sheet = HandoutDialog(over, session, AtOnce())
    notes = NotesDialog(over, session, AtOnce(), lesson)
    for dialog, name in ((sheet, "sheet.html"), (notes, "notes.html")):
        told: list[tuple[int, int]] = []
        dialog.exporting.progressed.connect(lambda done, of, _, t=told: t.append((done, of)))
        dialog.write(tmp_path / name)
        assert told[-1][0] == told[-1][1]
        assert "<h1 " in (tmp_path / name).read_text("utf-8")


def test_no_choice_of_a_dialog_is_cut(over: QWidget, session: Session) -> None:
    dialog = HandoutDialog(over, session, AtOnce())
    dialog.show()
    for pick in (dialog.kind, dialog.sheet, dialog.paper):
        widest = max(
            pick.fontMetrics().horizontalAdvance(pick.itemText(k)) for k in range(pick.count())
        )
        box, part = QStyleOptionComboBox(), QStyle.SubControl.SC_ComboBoxEditField
        pick.initStyleOption(box)
        style = pick.style()
        room = style.subControlRect(QStyle.ComplexControl.CC_ComboBox, box, part, pick)
        assert widest <= room.width(), pick.accessibleName()


def test_lists_and_numbers_of_a_dialog_are_equally_high(over: QWidget, session: Session) -> None:
    dialog = QuestionsDialog(over, session, AtOnce())
    dialog.show()
    assert {field.height() for field in (dialog.kind, dialog.count, dialog.seed)} == {
        dialog.kind.height()
    }


@pytest.mark.parametrize("overlaid", [False, True])
def test_both_bodies_of_a_comparison_are_saved_as_they_are_seen(
    over: QWidget, session: Session, tmp_path: Path, overlaid: bool
) -> None:
    other = OtherBody("glute-bridge", playhead=Playhead(PhaseId.LIFT, 1.0))
    moment = Moment(session.variation.id, other=other, overlaid=overlaid)
    dialog = PictureDialog(over, session, AtOnce(), moment)
    made_small(dialog)
    choose(dialog, ".svg")
    dialog.write(tmp_path / "two.svg")
    root = ElementTree.parse(tmp_path / "two.svg").getroot()
    assert (root.get("width"), root.get("height")) == ("64", "36")
    places = {t.text: float(t.get("x", "nan")) for t in root.iter(f"{SVG}text")}
    first = session.variation.display_name("en")
    second = next(text for text in places if text and text.startswith("Glute bridge"))
    assert "100 %" in second
    assert (places[first] < 32 < places[second]) is not overlaid
    # the square before the name of the outline
    assert (root.find(f"{SVG}polyline[@stroke='{theme('light').text}']") is not None) >= overlaid


@pytest.mark.parametrize("overlaid", [False, True])
def test_a_film_is_of_what_is_seen(
    over: QWidget,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    overlaid: bool,
) -> None:
    made: list[Film] = []
    monkeypatch.setattr(films, "save_film", lambda path, what, *more, **words: made.append(what))
    stays = Playhead(PhaseId.LIFT, 1.0)
    moment = Moment(
        session.variation.id,
        other=OtherBody("glute-bridge", playhead=stays),
        overlaid=overlaid,
        muscle="gluteus_maximus",
        alone=True,
    )
    dialog = FilmDialog(over, session, AtOnce(), moment)
    made_small(dialog)
    dialog.write(tmp_path / "two.gif")
    second = made[0].second
    assert second is not None
    assert second.repetition.variation.id == "glute-bridge"
    assert made[0].size == SMALL
    assert (second.overlaid, second.stays) == (overlaid, stays)
    assert second.request.size == made[0].request.size
    assert second.names[1].startswith("Glute bridge")
    assert "100 %" in second.names[1]
    assert made[0].request.options.only == second.request.options.only != frozenset()


def test_a_film_has_a_title_unless_it_is_switched_off(
    over: QWidget,
    session: Session,
    moment: Moment,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made: list[Film] = []
    monkeypatch.setattr(films, "save_film", lambda path, what, *more, **words: made.append(what))
    dialog = FilmDialog(over, session, AtOnce(), moment)
    made_small(dialog)
    dialog.write(tmp_path / "a.gif")
    dialog.titled.setChecked(False)
    dialog.write(tmp_path / "b.gif")
    titled, plain = made
    assert titled.size == plain.size == SMALL
    assert titled.title_px > plain.title_px == 0
    assert titled.title == session.variation.display_name("en")


def test_without_an_encoder_the_choice_of_an_mp4_says_what_to_install(
    over: QWidget, session: Session, moment: Moment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    monkeypatch.setitem(sys.modules, "imageio_ffmpeg", None)
    dialog = FilmDialog(over, session, AtOnce(), moment)
    choose(dialog, ".mp4")
    assert "MP4 needs ffmpeg" in dialog.message.text()
    choose(dialog, ".gif")
    assert dialog.message.text() == ""


def test_folder_and_choices_are_remembered_for_each_dialog(
    over: QWidget, session: Session, tmp_path: Path
) -> None:
    first = QuestionsDialog(over, session, AtOnce())
    choose(first, ".gift")
    first.count.setValue(3)
    first.write(tmp_path / "q.gift")
    again, other = (kind(over, session, AtOnce()) for kind in (QuestionsDialog, NumbersDialog))
    assert isinstance(again, QuestionsDialog)
    assert (again.suffix, again.count.value()) == (".gift", 3)
    assert other.suffix == ".csv"
    again.ask()
    (asked,) = again.findChildren(QFileDialog)
    assert Path(asked.directory().absolutePath()) == tmp_path
    asked.reject()
    # what is not there any more, or never was, changes nothing
    strange = {"kind": ".doc", "count": "many", "loop": "1", "other": "?"}
    session.change(exports={"questions": strange}, export_folder=str(tmp_path / "gone"))
    third = QuestionsDialog(over, session, AtOnce())
    assert (third.suffix, third.count.value()) == (".xml", 20)
    third.ask()
    (asked,) = third.findChildren(QFileDialog)
    assert "gone" not in asked.directory().absolutePath()
    asked.reject()


def test_the_end_of_a_name_says_what_kind_of_file_it_is(
    over: QWidget, session: Session, tmp_path: Path
) -> None:
    def saved(name: str) -> tuple[str, list[object]]:
        dialog = NumbersDialog(over, session, AtOnce())
        choose(dialog, ".csv")
        told: list[object] = []
        dialog.saved.connect(told.append)
        dialog.write(tmp_path / name)
        return dialog.message.text(), told

    assert saved("a.STO") == ("", [tmp_path / "a.STO"])
    assert "nRows=" in (tmp_path / "a.STO").read_text("utf-8")
    assert saved("version 2.0") == ("", [tmp_path / "version 2.0.csv"])
    # the one that is there was not chosen to be replaced
    said, told = saved("version 2.0")
    assert said.startswith("version 2.0.csv is there already")
    assert told == []


def test_what_is_given_up_while_it_is_written_leaves_nothing(
    over: QWidget, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = NumbersDialog(over, session, AtOnce())

    def write(stream: BinaryIO, repetition: object, tell: object) -> None:
        stream.write(b"all of it")
        dialog.reject()

    monkeypatch.setattr(motion, "MOTION_FILES", {".csv": write})
    dialog.write(tmp_path / "n.csv")
    assert dialog.message.text() == "Given up; nothing was saved."
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("kind", [HandoutDialog, QuestionsDialog])
def test_a_document_is_given_up_before_the_next_of_its_pictures(
    kind: type[HandoutDialog | QuestionsDialog],
    over: QWidget,
    session: Session,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    told: list[object],
) -> None:
    view, dialog = Pictures.view, kind(over, session, AtOnce())

    def watched(pictures: Pictures, request: RenderRequest) -> RenderedView:
        told.append(request)
        dialog.reject()
        return view(pictures, request)

    monkeypatch.setattr(Pictures, "view", watched)
    dialog.write(tmp_path / f"n{dialog.suffix}")
    assert dialog.message.text() == "Given up; nothing was saved."
    assert len(told) == 1
    assert not list(tmp_path.iterdir())


def test_a_dialog_is_read_beside_the_window_the_first_time(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, told: list[object]
) -> None:

    def watched(name: str) -> object:
        told.append((name, window.findChildren(ExportDialog)))
        return import_module(name)

    monkeypatch.setattr("visualizer.app.window.export_commands.import_module", watched)
    monkeypatch.delitem(sys.modules, "visualizer.app.takeaway.tables")
    waiting: list[Callable[[], None]] = []
    monkeypatch.setattr(
        window.jobs,
        "run",
        lambda job, done, failed, **words: waiting.append(lambda: done(job())),
    )
    window.action("save_numbers").trigger()
    assert told == []  # the window goes on
    waiting.pop()()
    assert told == [("visualizer.app.takeaway.tables", [])]
    (dialog,) = window.findChildren(ExportDialog)
    assert dialog.isVisible()
    dialog.reject()


def test_what_failed_is_not_remembered(over: QWidget, session: Session, tmp_path: Path) -> None:
    dialog = NumbersDialog(over, session, AtOnce())
    dialog.write(tmp_path / "none" / "n.csv")
    assert session.state.export_folder == ""


def test_a_drag_with_ctrl_takes_the_picture_out_and_turns_nothing(
    window: MainWindow,
    mouse: Callable[[QWidget], Mouse],
    monkeypatch: pytest.MonkeyPatch,
    qapp: QApplication,
) -> None:
    begun: list[QMimeData] = []

    def exec_(self: QDrag, action: object) -> Qt.DropAction:
        begun.append(self.mimeData())
        data = self.mimeData()
        assert QImage(data.imageData()).size() == QSize(*SMALL)
        (url,) = data.urls()
        assert url.fileName() == "barbell-hip-thrust-lift-0.png"
        with Image.open(url.toLocalFile()) as image:
            assert image.size == SMALL
        assert is_link(data.text())  # where only text is wanted
        return Qt.DropAction.CopyAction

    monkeypatch.setattr(QDrag, "exec", exec_)
    monkeypatch.setattr(picture, "SIZES", (SMALL,))
    stage, before = window.stage, window.stage.orbit.camera
    hand = mouse(stage)

    def drag(modifiers: Qt.KeyboardModifier) -> None:
        left = Qt.MouseButton.LeftButton
        for kind, x, button in (
            (QEvent.Type.MouseButtonPress, 0.5, left),
            (QEvent.Type.MouseMove, 0.6, Qt.MouseButton.NoButton),
            (QEvent.Type.MouseButtonRelease, 0.7, left),
        ):
            at, held = QPointF(hand.at(x, 0.5)), left
            if kind is QEvent.Type.MouseButtonRelease:
                held = Qt.MouseButton.NoButton
            on_screen = QPointF(stage.mapToGlobal(at))
            QApplication.sendEvent(stage, QMouseEvent(kind, at, on_screen, button, held, modifiers))

    drag(Qt.KeyboardModifier.ControlModifier)
    assert len(begun) == 1
    assert stage.orbit.camera == before
    assert not stage.in_hand
    # while a class thinks, nothing is taken out
    window.session.change(veil=COVERED)
    drag(Qt.KeyboardModifier.ControlModifier)
    assert len(begun) == 1
    drag(Qt.KeyboardModifier.NoModifier)
    assert stage.orbit.camera != before
    folder = Path(begun[0].urls()[0].toLocalFile()).parent
    assert folder.is_dir()
    qapp.aboutToQuit.emit()
    assert not folder.exists()
