"""The dialogs of what is printed: the hand-out of a variation, the notes of a lesson."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QWidget

from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.app.takeaway.dialog import ExportDialog
from visualizer.app.takeaway.exporting import (
    Task,
    Tell,
    unless_given_up,
    write_unless_given_up,
)
from visualizer.app.takeaway.print_preview import (
    Preview,
    PrintPreview,
    check_printing,
    set_preview,
)
from visualizer.app.widgets.fields import Pick
from visualizer.export.document import Printed
from visualizer.export.document_files import check_document
from visualizer.export.handout import Sheet, make_handout
from visualizer.export.lesson_notes import make_notes
from visualizer.export.picture import Pictures
from visualizer.teaching.lesson import Lesson
from visualizer.texts import tr

__all__ = ["HandoutDialog", "NotesDialog"]

_PAPERS = (("A4", "a4"), ("Letter", "letter"))


Maker = Callable[[Tell], Printed]


class _PrintDialog(ExportDialog):
    """A document that is saved, or looked at and printed.

    Parameters
    ----------
    parent, session, title, jobs, stem
        As for every export.
    """

    def __init__(
        self, parent: QWidget, session: Session, title: str, jobs: Jobs, stem: str
    ) -> None:
        super().__init__(parent, session, title, jobs, _kinds(), stem)
        self._jobs = jobs
        self.look = self.add_start(tr("Look and print…"), self.preview)

    def add_paper(self) -> Pick:
        """Add the list of papers to the form."""
        return self.add_pick(tr("Paper"), _PAPERS, "paper")

    def maker(self) -> Maker:
        """Return what makes the document; asked in the window's thread, done beside it."""
        raise NotImplementedError

    def task(self, path: Path) -> Task:
        """Return what draws the pictures and writes the document."""
        made = self.maker()

        def make(tell: Tell) -> None:
            write = check_document(path)
            document = made(tell)
            write_unless_given_up(path, lambda stream: write(stream, document, tell), tell)

        return make

    def preview(self) -> None:
        """Show the pages as they would be printed."""
        made = self.maker()

        def make(tell: Tell) -> Preview:
            check_printing()
            return set_preview(made(tell), tell)

        self.work(make, self._show)

    def _show(self, preview: Preview) -> None:
        PrintPreview(self, self._jobs, preview).open()
        self._jobs.soon(self._remember, self)


class HandoutDialog(_PrintDialog):
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

    kept_as = "handout"

    def __init__(self, parent: QWidget, session: Session, jobs: Jobs) -> None:
        stem = f"{session.variation.id}-handout"
        super().__init__(parent, session, tr("Save or print a hand-out"), jobs, stem)
        sheets = (
            (tr("To read"), Sheet.PLAIN.value),
            (tr("Blank, to fill in"), Sheet.BLANK.value),
            (tr("With the answers"), Sheet.ANSWERS.value),
        )
        self.sheet = self.add_pick(tr("Sheet"), sheets, "sheet")
        self.paper = self.add_paper()
        self.recall()

    def maker(self) -> Maker:
        """Return what draws the pictures of the sheet and sets it."""
        repetition = self._session.repetition
        sheet, paper = Sheet(self.sheet.currentData()), str(self.paper.currentData())

        def make(tell: Tell) -> Printed:
            pictures = Pictures(repetition.body.surface, repetition)
            view = unless_given_up(pictures.view, tell)
            return make_handout(repetition, view, sheet, paper, tell=tell)

        return make


class NotesDialog(_PrintDialog):
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

    kept_as = "notes"

    def __init__(self, parent: QWidget, session: Session, jobs: Jobs, lesson: Lesson) -> None:
        title = tr("Save or print the notes")
        super().__init__(parent, session, title, jobs, "lesson-notes")
        self._lesson = lesson
        self.paper = self.add_paper()
        self.recall()

    def maker(self) -> Maker:
        """Return what draws the pictures of the notes and sets them."""
        lesson, solve, paper = self._lesson, self._session.solve, str(self.paper.currentData())
        return lambda tell: make_notes(lesson, solve, paper, tell)


def _kinds() -> tuple[tuple[str, str], ...]:
    return (".html", tr("Web page to print")), (".pdf", tr("PDF document"))
