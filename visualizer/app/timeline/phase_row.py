"""The row above the timeline: the phases with their durations, and what the curves are."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from visualizer.analysis.words import phase_word
from visualizer.app.timeline.lanes import HEADER_PX
from visualizer.app.timeline.loop_mark import EDGE_PX, paint_bar
from visualizer.app.timeline.time_window import TimeWindow
from visualizer.app.widgets.kept import KeptPicture
from visualizer.app.widgets.theme import CAPTION_PX, font, px, theme_of
from visualizer.lifts.schedule import PhaseSpan
from visualizer.scene.palette import Theme
from visualizer.texts import tr
from visualizer.texts.figures import seconds

__all__ = ["PhaseRow", "paint_phase"]


_DRAG_PX = 4  # a press that moves less is a click


class PhaseRow(QWidget):
    """Names of the phases, over what is shown of them; a drag marks a range.

    Parameters
    ----------
    window : TimeWindow
        What is shown.
    """

    range_wanted = Signal(float, float)  # two times, seconds
    clicked = Signal(float)  # a time, seconds

    def __init__(self, window: TimeWindow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._window = window
        self._caption = ""
        self._dragged = False
        self._pressed: float | None = None  # where the hand went down, px
        self._other_s = 0.0  # the end of the range that is not dragged
        self.setMouseTracking(True)
        self.setToolTip(tr("Drag to mark a range that is looped; double-click for a phase"))
        self.setFixedHeight(px(HEADER_PX))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._kept = KeptPicture(self._paint, self)
        window.changed.connect(self._kept.stale)
        window.marked.connect(self._kept.stale)

    def show_caption(self, caption: str) -> None:
        """Say at the right what the curves are."""
        if caption != self._caption:
            self._caption = caption
            self._kept.stale()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the row: it stays while what lies on it follows the moment."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._kept.picture())
        painter.end()

    def _paint(self, painter: QPainter) -> None:
        """Paint the phases, then the caption where there is room behind the last one."""
        look = theme_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.fillRect(self.rect(), QColor(look.panel))
        box = QRectF()
        for k, span in enumerate(self._window.spans):
            box = paint_phase(painter, self._window, span, QRectF(self.rect()), look, k)
        if self._caption and box.width() > 0:
            metrics = painter.fontMetrics()
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            elide = Qt.TextElideMode.ElideRight
            painter.drawText(box, flags, metrics.elidedText(self._caption, elide, int(box.width())))
        painter.setPen(QPen(QColor(look.hairline), 1.0))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        paint_bar(painter, self._window, QRectF(self.rect()), look)

    # ---------------------------------------------------------------------------------- mouse
    def time_at(self, x: float) -> float:
        """Return the time (s) at an x (px)."""
        return self._window.time_at(x, self.width())

    def _end_at(self, x: float) -> int | None:
        """Return which end of the marked range is at an x (px): 0, 1, None for none."""
        for index, time_s in enumerate(self._window.marked_s or ()):
            if abs(self._window.x_of(time_s, self.width()) - x) <= EDGE_PX:
                return index
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take hold of an end of the marked range, or begin another one."""
        if event.button() != Qt.MouseButton.LeftButton:
            event.ignore()
            return
        x = event.position().x()
        end, marked = self._end_at(x), self._window.marked_s
        self._other_s = self.time_at(x) if end is None or marked is None else marked[1 - end]
        self._pressed, self._dragged = x, False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Drag an end of the range."""
        x, shape = event.position().x(), Qt.CursorShape
        if self._pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            self._pressed = None
            over = self._end_at(x) is not None
            self.setCursor(shape.SizeHorCursor if over else shape.IBeamCursor)
        elif self._dragged or abs(x - self._pressed) >= _DRAG_PX:
            self._dragged = True
            self.range_wanted.emit(self._other_s, self.time_at(x))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Go to the moment of a click."""
        if self._pressed is not None and not self._dragged:
            self.clicked.emit(self.time_at(self._pressed))
        self._pressed = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Mark a phase."""
        time_s = self.time_at(event.position().x())
        for span in self._window.spans:
            if span.start_s <= time_s <= span.end_s:
                self.range_wanted.emit(span.start_s, span.end_s)
                break


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
