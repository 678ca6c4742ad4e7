"""How a muscle's length changes, phase by phase, and whether that fits what is stated."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from visualizer.app.controls import label
from visualizer.app.marks import ContractionMark
from visualizer.app.session import Session
from visualizer.app.words import (
    agreement_sentence,
    contraction_word,
    language,
    percent,
    phase_word,
)
from visualizer.exercise.contraction import LengthChange, TendonChange, agreement, derive
from visualizer.exercise.variation import MuscleAction, PhaseId

__all__ = ["LengthTable"]


class LengthTable(QWidget):
    """Per phase: contraction as stated, and change of length; parts where they differ.

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
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(3, 1)
        for row, phase in enumerate(p.id for p in session.variation.phases):
            grid.addWidget(label(phase_word(phase), wrap=False), row, 0)
            if action is not None:
                contraction = session.repetition.contraction(action, phase)
                word = contraction_word(contraction)
                grid.addWidget(ContractionMark(contraction, word), row, 1)
                grid.addWidget(label(word, wrap=False), row, 2)
            value = change.percent(phase)
            text = "–" if value is None else percent(value)
            number = label(text, wrap=False)
            number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(number, row, 3)
        column.addLayout(grid)
        column.addWidget(label(self._explained(change), "caption"))
        if action is not None:
            for line in self._agreements(change, action):
                column.addWidget(label(line, "caption"))
        for name, text in self._parts(change, session):
            column.addWidget(label(f"{name}: {text}", "caption"))

    def _explained(self, change: LengthChange) -> str:
        if change.lift_percent is None:
            return self.tr("The model has no path or no fibre length for it.")
        return self.tr(
            "Change of length in per cent of the optimal fibre length, computed from the model."
        )

    def _agreements(self, change: LengthChange, action: MuscleAction) -> list[str]:
        """Return one sentence, or one per phase where they differ."""
        said: dict[str, list[str]] = {}
        for phase in (PhaseId.LIFT, PhaseId.LOWERING):
            claim = action.contraction.get(phase)
            if claim is not None:
                sentence = agreement_sentence(agreement(claim.contraction, change, phase))
                said.setdefault(sentence, []).append(phase_word(phase))
        if len(said) == 1:
            return list(said)
        return [f"{', '.join(phases)}: {sentence}" for sentence, phases in said.items()]

    def _parts(self, change: LengthChange, session: Session) -> list[tuple[str, str]]:
        """Return what the parts do in the lift, where one of them differs from the whole."""
        known = [p for p in change.parts if p.lift_percent is not None]
        kinds = {derive(p.lift_percent) for p in known if p.lift_percent is not None}
        if len(kinds) < 2:
            return []
        by_muscle: dict[str, list[TendonChange]] = {}
        for part in known:
            by_muscle.setdefault(part.muscle, []).append(part)
        lines = []
        for muscle, parts in by_muscle.items():
            name = session.catalog.muscle(muscle).display_name(language())
            values = [percent(p.lift_percent) for p in parts if p.lift_percent is not None]
            lines.append((name, self.tr("{} in the lift").format(", ".join(dict.fromkeys(values)))))
        return lines
