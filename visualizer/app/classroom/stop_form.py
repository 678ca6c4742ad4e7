"""What a stop of a lesson says beside its moment: title, notes, what "next" does, the question."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from visualizer.app.classroom.question_form import QuestionForm
from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.app.widgets.controls import label
from visualizer.app.widgets.fields import Line, Note, Number, Pick
from visualizer.language import in_language, with_text
from visualizer.teaching.lesson import Advance, Stop
from visualizer.texts import N_, ntr, tr

__all__ = ["StopForm"]

_ADVANCES = {
    Advance.STAY: N_("The picture stands still"),
    Advance.PHASE: N_("Play to the end of the phase"),
    Advance.REPETITION: N_("Play to the end, phase by phase"),
}
_MOST_MINUTES = 120.0


class StopForm(QWidget):
    """Shows what a stop says, and tells what is changed by hand.

    Parameters
    ----------
    session, jobs
        For the question that the program makes.
    """

    changed = Signal(dict)  # fields of the stop

    def __init__(self, session: Session, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self._stop: Stop | None = None
        self._language = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(2, 4, 8, 8)
        column.setSpacing(4)
        self.title = Line(tr("Title of the stop"))
        self.title.typed.connect(lambda text: self._write("title", text))
        self._add(column, tr("Title, for the audience"), self.title)
        self.notes = Note(tr("Notes"), 4)
        self.notes.typed.connect(lambda text: self._write("notes", text))
        self._add(column, tr("Notes, for you alone"), self.notes)
        self.advance = Pick(tr("What “next” does first"))
        for text in _ADVANCES.values():
            self.advance.addItem(tr(text))
        self.advance.activated.connect(self._choose_advance)
        self._add(column, tr("“Next” does first"), self.advance)
        column.addLayout(self._minutes_row())
        self.question = QuestionForm(session, jobs)
        self.question.changed.connect(self.changed.emit)
        column.addSpacing(4)
        column.addWidget(self.question)
        column.addLayout(self._pen_row())
        column.addStretch(1)

    def _add(self, column: QVBoxLayout, text: str, field: QWidget) -> None:
        caption = label(text, "caption")
        caption.setBuddy(field)
        column.addWidget(caption)
        column.addWidget(field)

    def _minutes_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.minutes = Number(tr("Minutes at this stop"))
        self.minutes.setRange(0.0, _MOST_MINUTES)
        self.minutes.setDecimals(1)
        self.minutes.setSingleStep(0.5)
        self.minutes.setSpecialValueText(tr("open"))
        self.minutes.valueChanged.connect(
            lambda value: self.changed.emit({"minutes": round(value, 1) or None})
        )
        row.addWidget(label(tr("Minutes"), "caption", wrap=False))
        row.addWidget(self.minutes)
        row.addStretch(1)
        return row

    def _pen_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.pen: QLabel = label("", "caption")
        self.erase_all = QPushButton(tr("Erase all"))
        self.erase_all.setProperty("kind", "small")
        self.erase_all.setToolTip(tr("Erase all lines of this stop"))
        self.erase_all.clicked.connect(lambda: self.changed.emit({"pen": ()}))
        row.addWidget(self.pen, 1)
        row.addWidget(self.erase_all)
        return row

    # ------------------------------------------------------------------------------- showing
    def show_stop(self, stop: Stop, language: str) -> None:
        """Show a stop, its texts in a language."""
        self._stop, self._language = stop, language
        for field, texts in ((self.title, stop.title), (self.notes, stop.notes)):
            own = texts.get(language, "")
            # what it says in another language stands there in grey, to be translated
            field.show_text(own, "" if own else in_language(texts, language))
        self.advance.setCurrentIndex(list(_ADVANCES).index(stop.advance))
        with QSignalBlocker(self.minutes):
            self.minutes.setValue(stop.minutes or 0.0)
        self.question.show_stop(stop, language)
        count = len(stop.pen)
        self.pen.setText(ntr("{n} line drawn", "{n} lines drawn", count).format(n=count))
        for widget in (self.pen, self.erase_all):
            widget.setVisible(count > 0)

    # --------------------------------------------------------------------------------- by hand
    def _write(self, field: str, text: str) -> None:
        assert self._stop is not None
        texts: Any = getattr(self._stop, field)
        self.changed.emit({field: with_text(texts, self._language, text)})

    def _choose_advance(self, index: int) -> None:
        self.changed.emit({"advance": list(_ADVANCES)[index]})
