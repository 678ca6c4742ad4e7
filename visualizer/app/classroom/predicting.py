"""Asking in the window: the column with the question, and what the audience sees of it."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDockWidget, QMainWindow, QWidget

from visualizer.app.classroom.predict_panel import PredictPanel
from visualizer.app.classroom.prediction import Prediction
from visualizer.app.classroom.talk import Talk
from visualizer.app.session.session import Session

__all__ = ["Predicting", "column_in"]


def column_in(window: QMainWindow, name: str, widget: QWidget) -> QDockWidget:
    """Put a widget as a column into the window, left of everything; return what it stands in."""
    dock = QDockWidget(window)
    dock.setObjectName(name)
    dock.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
    dock.setTitleBarWidget(QWidget(dock))
    dock.setWidget(widget)
    window.addDockWidget(Qt.DockWidgetArea.LeftDockWidgetArea, dock)
    return dock


class Predicting(QObject):
    """One round of questions, from its begin to its end.

    Parameters
    ----------
    window : QMainWindow
        Gets the column.
    session : Session
        What is asked about.
    talk : Talk or None
        The audience is shown the question in it, where something is presented.
    alone : bool
        Whether one person answers.
    """

    over = Signal()

    def __init__(
        self, window: QMainWindow, session: Session, talk: Talk | None, *, alone: bool
    ) -> None:
        super().__init__(window)
        self._window, self._talk = window, talk
        self.prediction = Prediction(session, alone=alone, parent=self)
        if talk is not None:
            self.prediction.changed.connect(lambda: talk.ask(self.prediction.asked))
        self.prediction.begin()
        self.panel = PredictPanel(self.prediction, session.catalog)
        self._dock = column_in(window, "predict", self.panel)
        self.panel.forward.setFocus()
        self.prediction.over.connect(self._leave)

    def end(self) -> None:
        """Leave, and show everything again."""
        self.prediction.end()

    def _leave(self) -> None:
        if self._talk is not None:
            self._talk.ask(None)
        self._window.removeDockWidget(self._dock)
        self._dock.deleteLater()
        self.over.emit()
        self.deleteLater()
