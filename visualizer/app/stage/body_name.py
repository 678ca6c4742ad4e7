"""Whose body it is: a name at the top of a picture, for the eye alone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from visualizer.app.widgets.kept import KeptPicture
from visualizer.app.widgets.theme import blend, font, theme_of

__all__ = ["BodyName", "outline_pen"]

_LINES = 1.3  # height of the row, in letters
_SWATCH = 0.8  # width of the swatch, in letters
_GAP = 0.45
_FILL = 0.10


def outline_pen(colour: str, letter_px: float) -> QPen:
    """Return the pen of a body's outline, beside letters of a size."""
    return QPen(QColor(colour), max(1.5, letter_px / 9.0))


class BodyName(QWidget):
    """A name, cut where there is no room; before it what an outline looks like, where it is one.

    What it says is the accessible name of the picture, so it is none of its own.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._text, self._letter_px, self._outlined = "", 14, False
        self._kept = KeptPicture(self._paint, self)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def say(self, text: str, letter_px: int, *, outlined: bool = False) -> None:
        """Say a name in letters of a size; ``outlined`` where the body is an outline."""
        self._text, self._letter_px, self._outlined = text, letter_px, outlined
        self._kept.stale()
        self.resize(self.sizeHint())
        self.update()

    @property
    def _lead_px(self) -> float:
        return (_SWATCH + _GAP) * self._letter_px if self._outlined else 0.0

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the room of the whole name."""
        metrics = QFontMetrics(font(self._letter_px, bold=True))
        wide = metrics.horizontalAdvance(self._text) + self._lead_px + 2
        return QSize(round(wide), round(_LINES * self._letter_px))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint swatch and name: once in a theme."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._kept.picture())
        painter.end()

    def _paint(self, painter: QPainter) -> None:
        look = theme_of(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._outlined:
            side = _SWATCH * self._letter_px
            box = QRectF(1.0, (self.height() - side) / 2.0, side, side)
            painter.setPen(outline_pen(look.text, self._letter_px))
            painter.setBrush(blend(look.stage_top, look.text, _FILL))
            painter.drawRoundedRect(box, side / 3.0, side / 3.0)
        painter.setPen(QColor(look.text))
        painter.setFont(font(self._letter_px, bold=True))
        room = QRectF(self.rect()).adjusted(self._lead_px, 0.0, 0.0, 0.0)
        metrics = painter.fontMetrics()
        text = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, int(room.width()) + 1)
        painter.drawText(room, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
