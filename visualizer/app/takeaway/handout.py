"""The dialogs that save what is printed: the hand-out of a variation, the notes of a lesson."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.app.takeaway.dialog import ExportDialog
from visualizer.app.takeaway.exporting import Task, Tell
from visualizer.export.document_files import check_document
from visualizer.export.handout import Sheet, make_handout
from visualizer.export.lesson_notes import make_notes
from visualizer.export.output import write_output
from visualizer.export.picture import Pictures
from visualizer.teaching.lesson import Lesson
from visualizer.texts import tr

__all__ = ["HandoutDialog", "NotesDialog"]

_PAPERS = (("A4", "a4"), ("Letter", "letter"))


class HandoutDialog(ExportDialog):
    """Which sheet on which paper, and the file that it goes into.

    Parameters
    ----------
    parent : QWidget
        The window.
    session : Session
        What is shown.
    jobs : Jobs
        Draws and writes, beside the window.
    """

    def __init__(self, parent: QWidget, session: Session, jobs: Jobs) -> None:
        stem = f"{session.variation.id}-handout"
        super().__init__(parent, tr("Save a hand-out"), jobs, _kinds(), stem)
        self._session = session
        sheets = (
            (tr("To read"), Sheet.PLAIN.value),
            (tr("Blank, to fill in"), Sheet.BLANK.value),
            (tr("With the answers"), Sheet.ANSWERS.value),
        )
        self.sheet = self.add_pick(tr("Sheet"), sheets)
        self.paper = self.add_pick(tr("Paper"), _PAPERS)

    def task(self, path: Path) -> Task:
        """Return what draws the pictures and writes the sheet."""
        repetition = self._session.repetition
        sheet, paper = Sheet(self.sheet.currentData()), str(self.paper.currentData())

        def make(tell: Tell) -> None:
            write = check_document(path)
            view = Pictures(repetition.body.surface, repetition).view
            document = make_handout(repetition, view, sheet, paper, tell=tell)
            write_output(path, lambda stream: write(stream, document))

        return make


class NotesDialog(ExportDialog):
    """The paper, and the file that the notes of a lesson go into.

    Parameters
    ----------
    parent : QWidget
        The window.
    session : Session
        Solves what the lesson shows.
    jobs : Jobs
        Draws and writes, beside the window.
    lesson : Lesson
        The lesson.
    """

    def __init__(self, parent: QWidget, session: Session, jobs: Jobs, lesson: Lesson) -> None:
        title = tr("Save the notes of the lesson")
        super().__init__(parent, title, jobs, _kinds(), "lesson-notes")
        self._session, self._lesson = session, lesson
        self.paper = self.add_pick(tr("Paper"), _PAPERS)

    def task(self, path: Path) -> Task:
        """Return what draws the pictures and writes the notes."""
        session, lesson, paper = self._session, self._lesson, str(self.paper.currentData())

        def make(tell: Tell) -> None:
            write = check_document(path)
            document = make_notes(lesson, session.solve, paper, tell)
            write_output(path, lambda stream: write(stream, document))

        return make


def _kinds() -> tuple[tuple[str, str], ...]:
    return (".html", tr("Web page to print")), (".pdf", tr("PDF document"))
