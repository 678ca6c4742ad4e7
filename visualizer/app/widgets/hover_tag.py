"""The small tag that names the muscle under the mouse."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from visualizer.app.widgets.marks import draw_badge, draw_mark
from visualizer.app.widgets.theme import BODY_PX, RADIUS_PX, font, px
from visualizer.exercise.repetition import PartState
from visualizer.scene.palette import Theme
from visualizer.scene.symbols import MARK_WIDTH

__all__ = ["draw_tag"]

_HEIGHT = 28.0
_AWAY = 14.0


def draw_tag(
    painter: QPainter,
    mouse: QPointF,
    room: QRectF,
    name: str,
    state: PartState | None,
    look: Theme,
) -> None:
    """Draw the tag beside the mouse, inside ``room``.

    Parameters
    ----------
    painter : QPainter
        Its unit is the pixel.
    mouse : QPointF
        Where the mouse is.
    room : QRectF
        What the tag may not leave.
    name : str
        The muscle's name.
    state : PartState or None
        What the part under the mouse does; None where it does not work.
    look : Theme
        Colours.
    """
    face = font(px(BODY_PX))
    width = QFontMetricsF(face).horizontalAdvance(name) + 16.0
    if state is not None:
        width += px(24.0 + 8.0 + MARK_WIDTH + 8.0)
    left, top = mouse.x() + _AWAY, mouse.y() + _AWAY
    if left + width > room.right() - 4.0:
        left = mouse.x() - _AWAY - width
    if top + px(_HEIGHT) > room.bottom() - 4.0:
        top = mouse.y() - _AWAY - px(_HEIGHT)
    box = QRectF(max(left, 4.0), max(top, 4.0), width, px(_HEIGHT))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(look.hairline), 1.0))
    painter.setBrush(QColor(look.panel))
    painter.drawRoundedRect(box, RADIUS_PX, RADIUS_PX)
    x = box.left() + 8.0
    if state is not None:
        draw_badge(painter, QPointF(x, box.center().y() - px(9)), state.role)
        x += px(32)
    painter.setFont(face)
    painter.setPen(QColor(look.text))
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.drawText(QRectF(x, box.top(), box.right() - x, px(_HEIGHT)), flags, name)
    if state is not None:
        centre = QPointF(box.right() - 8.0 - px(MARK_WIDTH) / 2.0, box.center().y())
        draw_mark(painter, centre, state.contraction, QColor(look.text))
