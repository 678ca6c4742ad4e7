"""The legend on the stage: what the colours, letters and marks mean."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from visualizer.app.marks import MARK_WIDTH, draw_badge, draw_mark
from visualizer.app.session import Session, SessionState
from visualizer.app.theme import CAPTION_PX, font
from visualizer.app.words import change_word, contraction_word, role_word
from visualizer.exercise.repetition import Moment
from visualizer.exercise.variation import Contraction, Role
from visualizer.scene.palette import theme

__all__ = ["Legend"]

_ROW = 22.0
_GAP = 16.0


class Legend(QWidget):
    """Two quiet rows: roles, contractions; the mouse passes through.

    Parameters
    ----------
    session : Session
        Whose theme is followed.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Legend"))
        self._roles = [(role, role_word(role)) for role in Role]
        self._contractions = [
            (c, f"{contraction_word(c)}: {change_word(c)}") for c in Contraction
        ]
        self.setAccessibleDescription(
            "; ".join(word for _, word in self._roles + self._contractions)  # type: ignore[operator]
        )
        self.resize(self.sizeHint())

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of both rows."""
        metrics = QFontMetricsF(font(CAPTION_PX))
        roles = sum(24 + 6 + metrics.horizontalAdvance(w) + _GAP for _, w in self._roles)
        marks = sum(
            MARK_WIDTH + 6 + metrics.horizontalAdvance(w) + _GAP for _, w in self._contractions
        )
        return QSize(round(max(roles, marks)) + 2, round(2 * _ROW))

    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Take the theme."""
        self.update()

    def show_moment(self, moment: Moment) -> None:
        """Nothing here depends on it."""

    def show_hover(self, muscle: str | None) -> None:
        """Nothing here depends on it."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint both rows."""
        look = theme(self._session.state.theme)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        face = font(CAPTION_PX)
        metrics = QFontMetricsF(face)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        ink = QColor(look.text)
        x = 1.0
        for role, word in self._roles:
            draw_badge(painter, QRectF(x, (_ROW - 18) / 2, 24, 18), role)
            x += 24 + 6
            painter.setFont(face)
            painter.setPen(ink)
            width = metrics.horizontalAdvance(word)
            painter.drawText(QRectF(x, 0, width + 2, _ROW), flags, word)
            x += width + _GAP
        x = 1.0
        for contraction, word in self._contractions:
            draw_mark(painter, QPointF(x + MARK_WIDTH / 2, 1.5 * _ROW), contraction, ink)
            x += MARK_WIDTH + 6
            painter.setFont(face)
            painter.setPen(ink)
            width = metrics.horizontalAdvance(word)
            painter.drawText(QRectF(x, _ROW, width + 2, _ROW), flags, word)
            x += width + _GAP
        painter.end()
