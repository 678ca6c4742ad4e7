"""The small panel that asks for the tempo: seconds of each part, or as coaches write it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from visualizer.analysis.words import capitalised
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.app.widgets.controls import label
from visualizer.app.widgets.geometry import above
from visualizer.app.widgets.popover import Popover
from visualizer.app.widgets.theme import BODY_PX, font, px
from visualizer.errors import UsageError
from visualizer.exercise.tempo import LEAST_S, LONGEST_S, Tempo, notation
from visualizer.lifts.vocabulary import PhaseId
from visualizer.texts import tr

__all__ = ["TempoPanel"]

_WIDTH_PX, _FIELD_PX = 336, 108
_STEP_S = 0.5


class _Seconds(QDoubleSpinBox):
    """Seconds of a part; its steps are whole halves."""

    def __init__(self, name: str, least_s: float) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSuffix(" s")
        self.setRange(least_s, LONGEST_S)
        self.setDecimals(1)
        self.setFixedWidth(px(_FIELD_PX))
        self.setKeyboardTracking(False)  # what is typed counts when it is finished

    def stepBy(self, steps: int) -> None:  # noqa: N802
        """Go to the next or previous half of a second."""
        self.setValue((round(self.value() / _STEP_S) + steps) * _STEP_S)


class TempoPanel(Popover):
    """Asks for the tempo and gives it to the session.

    Parameters
    ----------
    session : Session
        Whose tempo it is.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(tr("Tempo"), _WIDTH_PX, parent)
        self._session, column = session, self.column
        self.lowering = _Seconds(tr("Lowering"), LEAST_S)
        self.pause = _Seconds(tr("Pause"), 0.0)
        self.lift = _Seconds(tr("Lift"), LEAST_S)
        for field in (self.lowering, self.pause, self.lift):
            field.valueChanged.connect(self._stepped)
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(8)
        self._grid.setVerticalSpacing(6)
        self._grid.setColumnStretch(0, 1)
        self._names = {
            field: label(field.accessibleName(), wrap=False)
            for field in (self.lowering, self.pause, self.lift)
        }
        self.written = QLineEdit()
        self.written.setAccessibleName(tr("As coaches write it"))
        self.written.setFixedWidth(px(_FIELD_PX))
        self.written.setMaxLength(24)
        self.written.editingFinished.connect(self._typed)
        column.addLayout(self._grid)
        line = QHBoxLayout()
        line.addWidget(label(self.written.accessibleName(), wrap=False), 1)
        line.addWidget(self.written)
        column.addLayout(line)
        self.note = label("", "caption")
        self.note.setFixedHeight(2 * QFontMetrics(font(px(BODY_PX))).lineSpacing())
        self.note.setAlignment(Qt.AlignmentFlag.AlignTop)
        column.addWidget(self.note)
        line = QHBoxLayout()
        self.reset = QPushButton(tr("Reset"))
        self.reset.setProperty("kind", "plain")
        self.reset.setToolTip(tr("Back to the tempo that each variation’s data state"))
        self.reset.clicked.connect(lambda: session.change(tempo=None))
        line.addWidget(self.reset)
        line.addStretch(1)
        column.addLayout(line)
        self.show_state(session.state)

    def open_above(self, anchor: QWidget) -> None:
        """Open above a widget, and put the cursor into what coaches write."""
        self.show_state(self._session.state)
        self.adjustSize()
        self.move(above(anchor, self.size()))
        self.show()
        self.written.setFocus()
        self.written.selectAll()

    @property
    def _from_bottom(self) -> bool:
        return self._session.variation.phases[0].id is PhaseId.LIFT

    def show_state(self, new: SessionState) -> None:
        """Show the tempo of what is shown; never emits."""
        phases = self._session.variation.phases
        seconds = {phase.id: phase.seconds for phase in phases}
        pause = tr("Pause at the top") if self._from_bottom else tr("Pause at the bottom")
        self.pause.setAccessibleName(pause)
        self._names[self.pause].setText(pause)
        rows = (
            (self.lowering, self.lift, self.pause)
            if self._from_bottom
            else (self.lowering, self.pause, self.lift)
        )
        values = {
            self.lowering: seconds[PhaseId.LOWERING],
            self.pause: seconds.get(PhaseId.HOLD, 0.0),
            self.lift: seconds[PhaseId.LIFT],
        }
        before: QWidget | None = None
        for row, field in enumerate(rows):
            self._grid.addWidget(self._names[field], row, 0)
            self._grid.addWidget(field, row, 1)
            field.blockSignals(True)
            field.setValue(values[field])
            field.blockSignals(False)
            if before is not None:
                QWidget.setTabOrder(before, field)
            before = field
        self.written.setText(notation(phases))
        self.written.setModified(False)
        self.reset.setEnabled(new.tempo is not None)
        self._say("")

    def _stepped(self) -> None:
        self._take(lambda: Tempo(self.lowering.value(), self.pause.value(), self.lift.value()))

    def _typed(self) -> None:
        if self.written.isModified():
            self.written.setModified(False)
            text, bottom = self.written.text(), self._from_bottom
            self._take(lambda: Tempo.parse(text, from_bottom=bottom))

    def _take(self, make: Callable[[], Tempo]) -> None:
        try:
            tempo = make()
        except UsageError as error:
            text = str(error)
            self._say(f"{capitalised(text)}.")
            return
        self._session.change(tempo=tempo)
        self.show_state(self._session.state)

    def _say(self, text: str) -> None:
        self.note.setText(
            text or tr("Seconds of lowering, bottom, lift, top. X: as fast as possible.")
        )
