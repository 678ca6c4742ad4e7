"""The legend on the stage: what the colours, letters and marks mean."""

from __future__ import annotations

import math

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from visualizer.analysis.dispute import (
    DISPUTED_SIGN,
    disputed_phases,
    disputed_short,
    disputed_words,
)
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.app.widgets.pictures import caption_width, paint_overlay
from visualizer.app.widgets.theme import CAPTION_PX, theme_of
from visualizer.exercise.repetition import Instant
from visualizer.scene.legend import Legend, LegendRoom, legend, legend_words
from visualizer.texts import tr

__all__ = ["LegendView"]


class LegendView(QWidget):
    """Roles and contractions in one quiet row, or two; the mouse passes through.

    Parameters
    ----------
    session : Session
        Whose variation it explains.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Legend"))
        self._signs: list[tuple[str, str]] = []
        self._room_px, self._height_px, self._column = 10_000.0, math.inf, False
        self._take_signs()

    def fit(self, width_px: float, height_px: float = math.inf, *, column: bool = False) -> None:
        """Take the most telling arrangement within this room, or one entry below another."""
        self._room_px, self._height_px, self._column = width_px, height_px, column
        self.resize(QSize(*self._made().size_px))
        self.update()

    def _made(self) -> Legend:
        """Return the legend in the colours of the window's theme."""
        room = LegendRoom(
            caption_width, CAPTION_PX, self._room_px, self._column, height_px=self._height_px
        )
        return legend(room, theme_of(self), self._signs)

    def _take_signs(self) -> None:
        """Explain the sign of doubt where the variation needs it."""
        session = self._session
        doubt = any(disputed_phases(a, session.repetition) for a in session.variation.muscles)
        self._signs = [(DISPUTED_SIGN, disputed_short())] if doubt else []
        said = list(legend_words())
        if doubt:
            said.append(f"{DISPUTED_SIGN}: {disputed_words()}")
        self.setAccessibleDescription("; ".join(said))
        self.fit(self._room_px, self._height_px, column=self._column)

    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Take the theme, and the signs that the variation needs."""
        if old is None or (old.variation, old.side) != (new.variation, new.side):
            bottom = self.geometry().bottom()
            self._take_signs()
            self.move(self.x(), bottom - self.height() + 1)
        self.update()

    def show_instant(self, instant: Instant) -> None:
        """Nothing here depends on it."""

    def show_hover(self, muscle: str | None) -> None:
        """Nothing here depends on it."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the rows."""
        painter = QPainter(self)
        paint_overlay(painter, self._made().overlay)
        painter.end()
