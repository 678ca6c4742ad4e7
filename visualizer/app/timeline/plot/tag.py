"""The values of all curves at the pointer, on a small card beside it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from visualizer.app.widgets.theme import CAPTION_PX, font, px
from visualizer.scene.palette import Theme

__all__ = ["PlotTag"]

_PAD_PX, _ROW_PX, _GAP_PX, _AWAY_PX = 8.0, 16.0, 12.0, 14


class PlotTag(QWidget):
    """A title and rows of name and value; the mouse goes through it."""

    def __init__(self, look: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._look, self._room = look, parent
        self.title = ""
        self.rows: tuple[tuple[str, str], ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_theme(self, look: Theme) -> None:
        """Take a theme's colours."""
        self._look = look
        self.update()

    def show_values(self, place: QPoint, title: str, rows: tuple[tuple[str, str], ...]) -> None:
        """Say values beside a place of the parent, at the side where there is room."""
        self.title, self.rows = title, rows
        wide = QFontMetricsF(font(px(CAPTION_PX), bold=True)).horizontalAdvance
        name = max((wide(n) for n, _ in rows), default=0.0)
        value = max((wide(v) for _, v in rows), default=0.0)
        width = round(max(wide(title), name + px(_GAP_PX) + value) + 2 * px(_PAD_PX))
        height = round(px(_ROW_PX) * (len(rows) + 1) + px(_PAD_PX))
        room = self._room.rect()
        right = place.x() + _AWAY_PX + width <= room.right()
        x = place.x() + _AWAY_PX if right else place.x() - _AWAY_PX - width
        y = min(max(place.y() - height // 2, 0), max(room.height() - height, 0))
        self.setGeometry(max(x, 0), y, width, height)
        self.show()
        self.raise_()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the card."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(self._look.hairline), 1.0))
        painter.setBrush(QColor(self._look.raised))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        middle = Qt.AlignmentFlag.AlignVCenter
        box = QRectF(px(_PAD_PX), px(_PAD_PX) / 2, self.width() - 2 * px(_PAD_PX), px(_ROW_PX))
        painter.setFont(font(px(CAPTION_PX), bold=True))
        painter.setPen(QColor(self._look.text))
        painter.drawText(box, middle, self.title)
        painter.setFont(font(px(CAPTION_PX)))
        for name, value in self.rows:
            box.translate(0.0, px(_ROW_PX))
            painter.setPen(QColor(self._look.secondary))
            painter.drawText(box, middle, name)
            painter.setPen(QColor(self._look.text))
            painter.drawText(box, middle | Qt.AlignmentFlag.AlignRight, value)
        painter.end()
