"""The row above the timeline: the phases with their durations, and what the curves are."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from visualizer.analysis.words import phase_word
from visualizer.app.timeline.lanes import HEADER_PX
from visualizer.app.timeline.time_window import TimeWindow
from visualizer.app.widgets.theme import CAPTION_PX, font, px
from visualizer.lifts.schedule import PhaseSpan
from visualizer.scene.palette import Theme
from visualizer.texts.figures import seconds

__all__ = ["PhaseRow", "paint_phase"]


class PhaseRow(QWidget):
    """Names of the phases, over what is shown of them.

    Parameters
    ----------
    window : TimeWindow
        What is shown.
    look : Theme
        Colours.
    """

    def __init__(self, window: TimeWindow, look: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._window, self._look = window, look
        self._caption = ""
        self.setFixedHeight(px(HEADER_PX))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        window.changed.connect(self.update)

    def show_theme(self, look: Theme) -> None:
        """Take a theme's colours."""
        self._look = look
        self.update()

    def show_caption(self, caption: str) -> None:
        """Say at the right what the curves are."""
        self._caption = caption
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the phases, then the caption where there is room behind the last one."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._look.panel))
        box = QRectF()
        for k, span in enumerate(self._window.spans):
            box = paint_phase(painter, self._window, span, QRectF(self.rect()), self._look, k)
        if self._caption and box.width() > 0:
            metrics = painter.fontMetrics()
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            elide = Qt.TextElideMode.ElideRight
            painter.drawText(box, flags, metrics.elidedText(self._caption, elide, int(box.width())))
        painter.setPen(QPen(QColor(self._look.hairline), 1.0))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()


def paint_phase(
    painter: QPainter, window: TimeWindow, span: PhaseSpan, row: QRectF, look: Theme, index: int
) -> QRectF:
    """Paint a phase's band, name and duration into a row; return the room behind them (px)."""
    left = row.left() + max(window.x_of(span.start_s, row.width()), 0.0)
    right = row.left() + min(window.x_of(span.end_s, row.width()), row.width())
    box = QRectF(left, row.top(), right - left, row.height())
    if box.width() <= 0:
        return QRectF()
    if index % 2 == 0:
        painter.fillRect(box, QColor(look.raised))
    box = box.adjusted(8.0, 0.0, -8.0, -1.0)
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.setFont(font(px(CAPTION_PX), bold=True))
    painter.setPen(QColor(look.text))
    word, duration = phase_word(span.id), seconds(span.seconds)
    painter.drawText(box, flags, word)
    box.setLeft(box.left() + painter.fontMetrics().horizontalAdvance(word) + 8.0)
    painter.setFont(font(px(CAPTION_PX)))
    painter.setPen(QColor(look.secondary))
    wide = painter.fontMetrics().horizontalAdvance(duration)
    if wide <= box.width():
        painter.drawText(box, flags, duration)
    return box.adjusted(wide + 16.0, 0.0, 0.0, 0.0)
