"""The dialog that saves the hand-out of the shown variation."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.app.takeaway.dialog import ExportDialog
from visualizer.app.takeaway.exporting import Task, Tell
from visualizer.app.widgets.fields import Pick
from visualizer.export.handout import DOCUMENT_FILES, Sheet, make_handout
from visualizer.export.output import check_output, write_output
from visualizer.export.pdf import typesetter
from visualizer.export.picture import Pictures
from visualizer.texts import tr

__all__ = ["HandoutDialog"]


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
        kinds = ((".html", tr("Web page to print")), (".pdf", tr("PDF document")))
        stem = f"{session.variation.id}-handout"
        super().__init__(parent, tr("Save a hand-out"), jobs, kinds, stem)
        self._session = session
        self.sheet = Pick(tr("Sheet"))
        for sheet, text in (
            (Sheet.PLAIN, tr("To read")),
            (Sheet.BLANK, tr("Blank, to fill in")),
            (Sheet.ANSWERS, tr("With the answers")),
        ):
            self.sheet.addItem(text, sheet.value)
        self.add_row(tr("Sheet"), self.sheet)
        self.paper = Pick(tr("Paper"))
        self.paper.addItem("A4", "a4")
        self.paper.addItem("Letter", "letter")
        self.add_row(tr("Paper"), self.paper)

    def task(self, path: Path) -> Task:
        """Return what draws the pictures and writes the sheet."""
        repetition, write = self._session.repetition, DOCUMENT_FILES[self.suffix]
        sheet, paper = Sheet(self.sheet.currentData()), str(self.paper.currentData())
        is_pdf = self.suffix == ".pdf"

        def make(tell: Tell) -> None:
            check_output(path)
            if is_pdf:
                typesetter()
            view = Pictures(repetition.body.surface, repetition).view
            document = make_handout(repetition, view, sheet, paper, tell=tell)
            write_output(path, lambda stream: write(stream, document))

        return make
