"""The dialogs of what is printed: the hand-out of a variation, the notes of a lesson."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.app.takeaway.dialog import ExportDialog
from visualizer.app.takeaway.exporting import Tell
from visualizer.app.takeaway.print_preview import (
    SEEN_PPI,
    Preview,
    PrintPreview,
    check_printing,
    preview_of,
)
from visualizer.app.widgets.fields import Pick
from visualizer.export.handout import Sheet
from visualizer.export.orders.documents import (
    DocumentOrder,
    HandoutContent,
    NotesContent,
    PagesOrder,
    PrintedContent,
)
from visualizer.export.orders.order import Order
from visualizer.teaching.lesson import Lesson
from visualizer.texts import tr

__all__ = ["HandoutDialog", "NotesDialog"]

_PAPERS = (("A4", "a4"), ("Letter", "letter"))


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

    def content(self) -> PrintedContent:
        """Return what is printed."""
        raise NotImplementedError

    def order(self, path: Path) -> Order:
        """Return the order of the document."""
        return DocumentOrder(str(path), self.content())

    def preview(self) -> None:
        """Show the pages as they would be printed."""
        setting = self.beside(PagesOrder(self.content(), SEEN_PPI))

        def make(tell: Tell) -> Preview:
            check_printing()
            return preview_of(setting(tell))

        self.work(make, self._show)

    def _show(self, preview: Preview) -> None:
        PrintPreview(self, self._jobs, preview, self.beside).open()
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

    def content(self) -> PrintedContent:
        """Return the hand-out."""
        sheet, paper = Sheet(self.sheet.currentData()), str(self.paper.currentData())
        return HandoutContent(self.shown(), sheet, paper)


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

    def content(self) -> PrintedContent:
        """Return the notes."""
        return NotesContent(self._lesson, str(self.paper.currentData()))


def _kinds() -> tuple[tuple[str, str], ...]:
    return (".html", tr("Web page to print")), (".pdf", tr("PDF document"))
