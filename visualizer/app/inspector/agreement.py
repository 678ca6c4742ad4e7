"""How what is stated stands to what the model gives: one line, and the numbers behind it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from visualizer.analysis.curves import curves_of, extending_mm
from visualizer.analysis.evidence import explain_agreement, explain_reach
from visualizer.analysis.words import part_name, phase_word
from visualizer.app.session.session import Session
from visualizer.app.widgets.controls import label
from visualizer.app.widgets.theme import icon, px, theme_of
from visualizer.catalog.variation import Contraction, MuscleAction
from visualizer.exercise.contraction import (
    Agreement,
    LengthChange,
    TendonChange,
    agreement,
)
from visualizer.lifts.vocabulary import PhaseId
from visualizer.texts import language, tr
from visualizer.texts.figures import figure

__all__ = ["AgreementLine", "agreement_word", "left_out_words"]

_FIGURE_PX = 38
_JUDGED = (PhaseId.LIFT, PhaseId.LOWERING)


def agreement_word(verdict: Agreement) -> str:
    """Return a verdict in a few words: of the change of length, for the model knows no activity."""
    return {
        Agreement.AGREES: tr("The change of length fits"),
        Agreement.NUANCE: tr("The change of length fits in part"),
        Agreement.DIFFERS: tr("The change of length does not fit"),
        Agreement.BY_CONSTRUCTION: tr("By construction: held still in the model"),
        Agreement.NO_CLAIM: tr("No contraction is stated"),
    }[verdict]


def left_out_words(muscle: str, session: Session) -> tuple[str, ...]:
    """Return sentences on what a statement about a muscle, or one around it, does not mean."""
    repetition, own = session.repetition, session.catalog.surface_set(muscle)
    return tuple(
        sentence
        for action in session.variation.muscles
        if action.muscle == muscle
        or (
            own <= session.catalog.surface_set(action.muscle)
            and repetition.statement_for(muscle) is None
        )
        for sentence in explain_reach(action, repetition.reach(action), session.catalog, language())
    )


class AgreementLine(QWidget):
    """The verdict, per phase where the phases differ; opens to sentences and numbers.

    Parameters
    ----------
    change : LengthChange
        What the model gives.
    action : MuscleAction or None
        What is stated.
    session : Session
        Repetition and theme.
    """

    def __init__(
        self,
        change: LengthChange,
        action: MuscleAction | None,
        session: Session,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._muscle, self._change, self._action = change.muscle, change, action
        self._session = session
        self._body: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(4)
        self.verdict = label(self._verdict(), "strong")
        self.verdict.setToolTip(
            tr(
                "Whether the length computed by the model changes as the stated contraction says. "
                "The model does not know whether the muscle is active."
            )
        )
        self.verdict.setVisible(action is not None)
        row.addWidget(self.verdict, 1)
        self.opener = QToolButton()
        self.opener.setProperty("kind", "quiet")
        self.opener.setText(tr("Numbers"))
        self.opener.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.opener.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.opener.setIconSize(QSize(px(14), px(14)))
        self.opener.setCheckable(True)
        self.opener.setAccessibleName(tr("Numbers behind the verdict"))
        self.opener.toggled.connect(self._open)
        row.addWidget(self.opener, 0, Qt.AlignmentFlag.AlignTop)
        if action is None:
            row.addStretch(1)
        self._column.addLayout(row)
        # nothing differs without a reason in view
        if any(self._judged(phase) is Agreement.DIFFERS for phase in _JUDGED):
            self.opener.setChecked(True)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Take the theme of the window that it has come into."""
        super().showEvent(event)
        self.recolour(theme_of(self).secondary)

    def recolour(self, colour: str) -> None:
        """Draw the icon in a colour."""
        self.opener.setIcon(icon("chevron-down", colour))

    def _stated(self, phase: PhaseId) -> Contraction | None:
        claim = self._action.contraction.get(phase) if self._action is not None else None
        return claim.contraction if claim is not None else None

    def _judged(self, phase: PhaseId) -> Agreement:
        return agreement(self._stated(phase), self._change, phase)

    def _verdict(self) -> str:
        """Return one verdict, or one per phase where they differ."""
        if self._action is None:
            return ""
        said: dict[str, list[str]] = {}
        for phase in _JUDGED:
            word = agreement_word(self._judged(phase))
            if self._stated(phase) is not None and self._judged(phase) is Agreement.NO_CLAIM:
                word = tr("No fibre length to judge by")
            said.setdefault(word, []).append(phase_word(phase))
        if len(said) == 1:
            return next(iter(said))
        return "\n".join(f"{', '.join(phases)}: {word}" for word, phases in said.items())

    # -------------------------------------------------------------------------- behind it
    def _open(self, on: bool) -> None:
        if on and self._body is None:
            self._body = self._make_body()
            self._column.addWidget(self._body)
        if self._body is not None:
            self._body.setVisible(on)

    def _make_body(self) -> QWidget:
        body = QWidget()
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        catalog = self._session.catalog
        for phase in _JUDGED:
            sentence = explain_agreement(
                self._stated(phase), self._change, phase, catalog, language()
            )
            column.addWidget(label(sentence, "caption", selectable=True))
        if self._change.parts:
            column.addSpacing(4)
            column.addLayout(self._numbers(self._change.parts))
            column.addWidget(
                label(
                    tr(
                        "Computed over the lift, not measured: change of length in mm and in % of "
                        "the fibre length, mean shortening velocity in fibre lengths per second "
                        "(+ shortens), mean moment arms at hip and knee in mm (+ extends)."
                    ),
                    "caption",
                )
            )
        return body

    def _numbers(self, parts: tuple[TendonChange, ...]) -> QGridLayout:
        catalog = self._session.catalog
        curves = curves_of(self._session.repetition)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        heads = (
            ("mm", tr("Change of length in millimetres; − shortens")),
            ("%", tr("Change of length in per cent of the optimal fibre length; − shortens")),
            ("/s", tr("Mean velocity in fibre lengths per second; + shortens")),
            (tr("hip"), tr("Mean moment arm at the hip in millimetres; + extends")),
            (tr("knee"), tr("Mean moment arm at the knee in millimetres; + extends")),
        )  # fmt: skip
        grid.setColumnStretch(len(heads), 1)
        rows = []
        for part in parts:
            lift = curves.over_lift(curves.unit(part))
            percent, speed = part.lift_percent, lift.shortening_per_s
            rows.append(
                (
                    part_name(part.tendon, catalog, self._muscle),
                    figure(1e3 * part.lift_m, ""),
                    "–" if percent is None else figure(percent, ""),
                    "–" if speed is None else figure(speed, "", 2),
                    figure(extending_mm(lift.hip_arm_m), ""),
                    figure(extending_mm(lift.knee_arm_m), ""),
                )
            )
        for column, (word, tip) in enumerate(heads):
            head = label(word, "caption", wrap=False)
            head.setToolTip(tip)
            head.setAccessibleDescription(tip)
            self._place(grid, head, 0, column)
        for k, (name, *texts) in enumerate(rows):
            # its name stands above its figures: beside them it would be cut in a narrow zone
            grid.addWidget(label(name, "caption"), 2 * k + 1, 0, 1, len(heads) + 1)
            for column, text in enumerate(texts):
                self._place(grid, label(text, "figure", wrap=False), 2 * k + 2, column)
        return grid

    @staticmethod
    def _place(grid: QGridLayout, cell: QLabel, row: int, column: int) -> None:
        cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        cell.setMinimumWidth(max(cell.sizeHint().width(), px(_FIGURE_PX)))
        grid.addWidget(cell, row, column)
