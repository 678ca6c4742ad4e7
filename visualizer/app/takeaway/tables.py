"""The dialogs that save questions and numbers about the shown variation."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.app.takeaway.dialog import ExportDialog
from visualizer.export.orders.order import Order
from visualizer.export.orders.tables import NumbersOrder, QuestionsOrder
from visualizer.export.questions.formats import QUESTION_FILES
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

    def order(self, path: Path) -> Order:
        """Return the order of the questions."""
        count, seed = round(self.count.value()), round(self.seed.value())
        return QuestionsOrder(str(path), self.shown(), count, seed)


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

    def order(self, path: Path) -> Order:
        """Return the order of the numbers."""
        return NumbersOrder(str(path), self.shown())
