"""How what is stated stands to what the model gives: one line, and the numbers behind it."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QSize, Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from visualizer.app.controls import label
from visualizer.app.curve_strip import figure
from visualizer.app.session import Session
from visualizer.app.theme import icon
from visualizer.app.words import language, phase_word
from visualizer.exercise.contraction import Agreement, LengthChange, agreement
from visualizer.exercise.curves import UnitCurves, curves_of
from visualizer.exercise.evidence import explain_agreement
from visualizer.exercise.variation import Contraction, MuscleAction, PhaseId
from visualizer.scene.palette import theme

__all__ = ["AgreementLine", "agreement_word"]

_JUDGED = (PhaseId.LIFT, PhaseId.LOWERING)


def _tr(text: str) -> str:
    return QCoreApplication.translate("agreement", text)


def agreement_word(verdict: Agreement) -> str:
    """Return a verdict in a few words."""
    return {
        Agreement.AGREES: _tr("The model agrees"),
        Agreement.NUANCE: _tr("Nuance: the model agrees in part"),
        Agreement.DIFFERS: _tr("The model differs"),
        Agreement.BY_CONSTRUCTION: _tr("By construction: held still in the model"),
        Agreement.NO_CLAIM: _tr("Nothing stated to compare"),
    }[verdict]


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
        row.addWidget(self.verdict, 1)
        self.opener = QToolButton()
        self.opener.setProperty("kind", "quiet")
        self.opener.setText(self.tr("Numbers"))
        self.opener.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.opener.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self.opener.setIconSize(QSize(14, 14))
        self.opener.setIcon(icon("chevron-down", theme(session.state.theme).secondary))
        self.opener.setCheckable(True)
        self.opener.setAccessibleName(self.tr("Numbers behind the verdict"))
        self.opener.toggled.connect(self._open)
        row.addWidget(self.opener, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)
        # nothing differs without a reason in view
        if any(self._judged(phase) is Agreement.DIFFERS for phase in _JUDGED):
            self.opener.setChecked(True)

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
        said: dict[str, list[str]] = {}
        for phase in _JUDGED:
            said.setdefault(agreement_word(self._judged(phase)), []).append(phase_word(phase))
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
                self._stated(phase), self._change, phase, catalog, language(), _tr
            )
            column.addWidget(label(sentence, "caption", selectable=True))
        curves = curves_of(self._session.repetition)
        units = curves.parts(self._muscle)
        if units:
            column.addSpacing(4)
            column.addLayout(self._numbers(units))
            column.addWidget(
                label(
                    self.tr(
                        "Computed, bottom to top: change of length, mean shortening velocity in "
                        "fibre lengths (L) per second, mean moment arms (− extends). Not measured."
                    ),
                    "caption",
                )
            )
        return body

    def _numbers(self, units: tuple[UnitCurves, ...]) -> QGridLayout:
        curves = curves_of(self._session.repetition)
        grid = QGridLayout()
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(2)
        grid.setColumnStretch(0, 1)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        heads = (self.tr("Part"), "mm", "%", "L/s", self.tr("hip mm"), self.tr("knee mm"))
        rows = [heads]
        for unit in units:
            lift = curves.over_lift(unit)
            percent, speed = lift.change_percent, lift.shortening_per_s
            rows.append(
                (
                    self._part_name(unit.name),
                    figure(1e3 * lift.change_m, ""),
                    "–" if percent is None else figure(percent, ""),
                    "–" if speed is None else figure(speed, "", 2),
                    figure(1e3 * lift.hip_arm_m, ""),
                    figure(1e3 * lift.knee_arm_m, ""),
                )
            )
        for k, texts in enumerate(rows):
            for column, text in enumerate(texts):
                cell = label(text, "caption" if k == 0 else "figure", wrap=column == 0)
                if column:
                    cell.setAlignment(right)
                    cell.setMinimumWidth(cell.sizeHint().width())
                grid.addWidget(cell, k, column)
        return grid

    def _part_name(self, unit: str) -> str:
        """Return the name of a muscle-tendon unit in words."""
        tendon = unit.removesuffix("_r").removesuffix("_l")
        catalog = self._session.catalog
        for surface in catalog.surfaces(self._muscle):
            muscle = catalog.muscle(surface)
            if tendon in muscle.tendons:
                names = muscle.part_names.get(tendon)
                whole = muscle.display_name(language())
                if names is None:
                    return whole
                part = names.get(language(), names["en"])
                return part if surface == self._muscle else f"{whole}, {part}"
        return unit
