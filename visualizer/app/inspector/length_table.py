"""How a muscle's length changes, phase by phase, and whether that fits what is stated."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from visualizer.analysis.words import contraction_word, phase_word
from visualizer.app.inspector.agreement import AgreementLine
from visualizer.app.session.session import Session
from visualizer.app.widgets.controls import label
from visualizer.app.widgets.marks import ContractionMark
from visualizer.catalog.variation import MuscleAction
from visualizer.exercise.contraction import EXCURSION_TOLD_FROM_PERCENT, LengthChange
from visualizer.texts import tr
from visualizer.texts.figures import figure, percent_change

__all__ = ["LengthTable"]


class LengthTable(QWidget):
    """Per phase: contraction as stated, change of length, and how they agree.

    Parameters
    ----------
    change : LengthChange
        The computed change from bottom to top.
    action : MuscleAction or None
        What is stated; None where the muscle is silent.
    session : Session
        Names and phases.
    """

    def __init__(
        self,
        change: LengthChange,
        action: MuscleAction | None,
        session: Session,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        if change.known:
            column.addLayout(self._rows(change, action, session))
        column.addWidget(label(self._explained(change), "caption"))
        column.addSpacing(4)
        if change.parts:
            column.addWidget(AgreementLine(change, action, session))

    @staticmethod
    def _rows(change: LengthChange, action: MuscleAction | None, session: Session) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(6)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(3, 1)
        for row, phase in enumerate(p.id for p in session.variation.phases):
            cells = [(0, label(phase_word(phase), wrap=False))]
            if action is not None:
                contraction = session.repetition.contraction(action, phase)
                word = contraction_word(contraction)
                grid.addWidget(ContractionMark(contraction, word), row, 1)
                cells.append((2, label(word, wrap=False)))
            value = change.percent(phase)
            number = label("–" if value is None else percent_change(value), wrap=False)
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            for column, cell in (*cells, (3, number)):
                grid.addWidget(cell, row, column)
                cell.setMinimumWidth(cell.sizeHint().width())
        return grid

    def _explained(self, change: LengthChange) -> str:
        if not change.parts:
            return tr("The model has no path for it, so its length is not computed.")
        if not change.known:
            return tr("No fibre length is published for it; the numbers are in millimetres.")
        if change.opposed:
            return tr(
                "Its parts change in opposite directions, so there is no number for the whole; the "
                "numbers show each part. Computed from the model."
            )
        text = tr(
            "Change of length in per cent of the optimal fibre length, computed from the model."
        )
        excursion, whole = change.excursion_percent or 0.0, abs(change.lift_percent or 0.0)
        if excursion - whole > EXCURSION_TOLD_FROM_PERCENT:
            text += " " + tr("From end to end; on the way the length varies by {} of it.").format(
                figure(excursion, " %")
            )
        return text
