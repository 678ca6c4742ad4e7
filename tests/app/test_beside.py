"""What takes long is made in a process of its own, from its dialog, while other jobs go on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.window import AtOnce
from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs, Worker
from visualizer.app.takeaway import dialog as module
from visualizer.app.takeaway.dialog import SIZES, ExportDialog
from visualizer.app.takeaway.film import FilmDialog
from visualizer.app.takeaway.handout import HandoutDialog, NotesDialog
from visualizer.app.takeaway.picture import PictureDialog
from visualizer.app.takeaway.tables import NumbersDialog, QuestionsDialog
from visualizer.teaching.lesson import Lesson, Stop
from visualizer.teaching.moment import Moment

LESSON = Lesson(
    version=1,
    title={"en": "One stop"},
    stops=(Stop(link="hipthrust:barbell-hip-thrust/lift/0.5"),),
)


@pytest.fixture
def jobs(over: QWidget) -> Iterator[Worker]:
    made = Worker(over)
    yield made
    made.stop()


@pytest.fixture
def film(over: QWidget, session: Session, jobs: Worker) -> FilmDialog:
    """Return the dialog of a short and small film."""
    made = FilmDialog(over, session, jobs, Moment(session.variation.id))
    made.size_.addItem("small", (64, 36))
    made.size_.setCurrentIndex(made.size_.count() - 1)
    made.phase.setCurrentIndex(1)
    made.speed.setCurrentIndex(made.speed.count() - 1)
    made.kind.setCurrentIndex(made.kind.findData(".webp"))
    return made


def test_a_film_is_made_while_other_jobs_go_on(
    film: FilmDialog, over: QWidget, jobs: Worker, tmp_path: Path, qtbot: QtBot
) -> None:
    told: list[object] = []
    film.exporting.progressed.connect(lambda done, of, left_s: told.append((done, of)))
    film.exporting.finished.connect(lambda _: told.append("film"))
    with qtbot.waitSignal(film.saved, timeout=300_000):
        film.write(tmp_path / "film.webp")
        jobs.run(lambda: "other", told.append, told.append, owner=over)
    assert told.index("other") < told.index("film")
    steps = [step for step in told if isinstance(step, tuple)]
    assert steps == sorted(steps)
    with Image.open(tmp_path / "film.webp") as image:
        assert image.size == (64, 36)
        assert steps[-1] == (image.n_frames, image.n_frames)  # type: ignore[attr-defined]


def test_a_film_is_given_up_and_leaves_nothing(
    film: FilmDialog, tmp_path: Path, qtbot: QtBot
) -> None:
    film.exporting.progressed.connect(film.reject)
    with qtbot.waitSignal(film.exporting.cancelled, timeout=300_000):
        film.write(tmp_path / "film.webp")
    assert list(tmp_path.iterdir()) == []
    assert film.message.text() == "Given up; nothing was saved."
    assert film.save.isEnabled()


@pytest.mark.parametrize("ends", [False, True])
def test_neither_a_window_that_closes_nor_the_end_of_the_program_waits_for_the_film(
    film: FilmDialog,
    over: QWidget,
    jobs: Worker,
    tmp_path: Path,
    qtbot: QtBot,
    qapp: QApplication,
    ends: bool,
) -> None:
    film.speed.setCurrentIndex(0)  # long enough that it is not done before
    told: list[str] = []
    film.exporting.finished.connect(lambda _: told.append("done"))
    with qtbot.waitSignal(film.exporting.progressed, timeout=300_000):
        film.write(tmp_path / "film.webp")
    if ends:
        qapp.aboutToQuit.emit()
    else:
        QApplication.sendEvent(over, QCloseEvent())
    jobs.stop()
    assert list(tmp_path.iterdir()) == []
    assert told == []


def large(dialog: PictureDialog) -> PictureDialog:
    dialog.size_.setCurrentIndex(SIZES.index((3840, 2160)))
    return dialog


MakeDialog = Callable[[QWidget, Session, Jobs], ExportDialog]
BRIDGE = Moment("glute-bridge")
LONG: dict[str, MakeDialog] = {
    "film.gif": lambda over, session, jobs: FilmDialog(over, session, jobs, BRIDGE),
    "handout.html": HandoutDialog,
    "notes.html": lambda over, session, jobs: NotesDialog(over, session, jobs, LESSON),
    "picture.pdf": lambda over, session, jobs: PictureDialog(over, session, jobs, BRIDGE),
    "picture.png": lambda over, session, jobs: large(PictureDialog(over, session, jobs, BRIDGE)),
    "picture.svg": lambda over, session, jobs: PictureDialog(over, session, jobs, BRIDGE),
    "numbers.csv": NumbersDialog,
    "questions.xml": QuestionsDialog,
}


@pytest.mark.parametrize("name", LONG)
def test_what_takes_long_leaves_this_process_alone(
    name: str, over: QWidget, session: Session, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    monkeypatch.setattr(
        module, "beside", lambda order, catalog, body, tell: asked.append((order.path, catalog))
    )
    LONG[name](over, session, AtOnce()).write(tmp_path / name)
    assert asked == [(str(tmp_path / name), session.catalog)]
    assert list(tmp_path.iterdir()) == []
