"""The dialogs that save questions and numbers about the shown variation."""

from __future__ import annotations

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
from visualizer.export.motion import MOTION_FILES
from visualizer.export.output import check_output
from visualizer.export.picture import Pictures
from visualizer.export.questions.formats import QUESTION_FILES
from visualizer.export.questions.sheet import make_sheet
from visualizer.texts import tr

__all__ = ["NumbersDialog", "QuestionsDialog"]

_COUNT, _MOST = 20, 100


class QuestionsDialog(ExportDialog):
    """How many questions for which teaching system.

    Parameters
    ----------
    parent : QWidget
        The window.
    session : Session
        What is shown.
    jobs : Jobs
        Draws and writes, beside the window.
    """

    kept_as = "questions"

    def __init__(self, parent: QWidget, session: Session, jobs: Jobs) -> None:
        names = {"moodle": "Moodle XML", "gift": "GIFT", "qti": "QTI 2.1", "anki": "Anki"}
        kinds = [(suffix, names.get(kind.id, kind.id)) for suffix, kind in QUESTION_FILES.items()]
        stem = f"{session.variation.id}-questions"
        super().__init__(parent, session, tr("Save questions"), jobs, kinds, stem)
        self.count = self.add_count(tr("How many questions"), _MOST, _COUNT, "count")
        self.seed = self.add_count(tr("Selection"), 999, 1, "seed")
        self.seed.setToolTip(tr("Another number gives other questions"))
        self.recall()

    def task(self, path: Path) -> Task:
        """Return what asks, draws and writes."""
        session = self._session
        repetition, catalog = session.repetition, session.catalog
        count, seed = round(self.count.value()), round(self.seed.value())
        write = QUESTION_FILES[self.suffix].write
        alike = [v.id for v in catalog.alike(repetition.variation)]

        def make(tell: Tell) -> None:
            check_output(path)
            others = []
            for k, name in enumerate(alike):
                others.append(session.solve(name, repetition.side))
                tell(k + 1, len(alike) + 2)
            pictures = Pictures(repetition.body.surface, repetition)
            view = unless_given_up(pictures.view, tell)
            sheet = make_sheet(repetition, view, count, seed, others)
            tell(len(alike) + 1, len(alike) + 2)
            write_unless_given_up(path, lambda stream: write(stream, sheet), tell)

        return make


class NumbersDialog(ExportDialog):
    """Which numbers, and the file that they go into.

    Parameters
    ----------
    parent : QWidget
        The window.
    session : Session
        What is shown.
    jobs : Jobs
        Writes, beside the window.
    """

    kept_as = "numbers"

    def __init__(self, parent: QWidget, session: Session, jobs: Jobs) -> None:
        kinds = (
            (".csv", tr("Table of angles and lengths")),
            (".mot", tr("Joint angles for OpenSim")),
            (".sto", tr("Muscle lengths for OpenSim")),
        )
        super().__init__(parent, session, tr("Save numbers"), jobs, kinds, session.variation.id)
        self.recall()

    def task(self, path: Path) -> Task:
        """Return what writes the numbers."""
        repetition, write = self._session.repetition, MOTION_FILES[self.suffix]

        def make(tell: Tell) -> None:
            check_output(path)
            write_unless_given_up(path, lambda stream: write(stream, repetition, tell), tell)
            tell(1, 1)

        return make
