"""The estimated effort of the selected muscle now: its share with the range, and what limits it.

It stands there only while the estimate is wanted, by the colours or by the curves. What was
measured is told apart below, each quantity with what it is relative to.
"""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visualizer.analysis.effort_text import (
    headline,
    measured_lines,
    other_quantity_text,
    why_lines,
)
from visualizer.app.inspector.grounds import basis_badge
from visualizer.app.session.following import Following
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.app.widgets.controls import clear_layout, hairline, label
from visualizer.catalog.variation import Basis
from visualizer.effort.now import effort_at
from visualizer.exercise.repetition import Instant
from visualizer.texts import tr

__all__ = ["EffortLines"]


class EffortLines(QWidget):
    """What the model estimates of a muscle, or of the members of a group.

    Parameters
    ----------
    muscle : str
        Its id.
    session : Session
        What is shown.
    """

    def __init__(self, muscle: str, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._muscle, self._session = muscle, session
        self._said: tuple[str, ...] | None = None
        self._lines: QVBoxLayout | None = None  # made when it is wanted first
        session.effort_changed.connect(Following(session, self._show, self).follow)
        session.state_changed.connect(self._follow)
        self._show()

    def _made(self) -> QVBoxLayout:
        """Return where the lines on the moment go, with all that stands round them."""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(4)
        column.addWidget(hairline())
        column.addSpacing(8)
        column.addWidget(label(tr("Estimated effort (model)"), "heading"))
        line = QHBoxLayout()
        line.addWidget(basis_badge(Basis.MODEL))
        line.addWidget(label(tr("computed, not measured"), "secondary"), 1)
        column.addLayout(line)
        lines = QVBoxLayout()
        lines.setSpacing(4)
        column.addLayout(lines)
        catalog = self._session.catalog
        measured = measured_lines(catalog.muscle(self._muscle), catalog)
        if measured:
            column.addSpacing(4)
            column.addWidget(label(tr("Measured by EMG, relative to something else"), "strong"))
            for text in measured:
                column.addWidget(label(text, "secondary"))
            column.addWidget(label(other_quantity_text(), "caption"))
        return lines

    @property
    def texts(self) -> tuple[str, ...]:
        """What is said of the moment, from top to bottom."""
        session = self._session
        effort = session.effort
        now = None if effort is None else effort_at(effort, session.instant.time_s)
        first = headline(session.repetition, now, self._muscle)
        why = why_lines(session.repetition, now, self._muscle, session.state.mass_unit)
        return (*first, "", *why)

    def show_instant(self, instant: Instant) -> None:
        """Say it of another moment; never emits."""
        del instant
        self._show()

    def _follow(self, old: SessionState, new: SessionState) -> None:
        if (old.colours, old.curves, old.mass_unit) != (new.colours, new.curves, new.mass_unit):
            self._show()

    def _show(self) -> None:
        state = self._session.state
        wanted = state.shows_effort
        self.setVisible(wanted)
        if not wanted:
            return
        said = self.texts
        if said == self._said:
            return
        self._said = said
        if self._lines is None:
            self._lines = self._made()
        clear_layout(self._lines)
        kind = "strong"
        for text in said:
            if text:
                self._lines.addWidget(label(text, kind))
            else:
                kind = "secondary"
