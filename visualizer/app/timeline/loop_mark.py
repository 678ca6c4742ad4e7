"""How the marked range is shown on the timeline: a bar over it, and what is outside is paler."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from visualizer.app.timeline.time_window import TimeWindow
from visualizer.scene.palette import Theme

__all__ = ["EDGE_PX", "paint_bar", "paint_outside"]

EDGE_PX = 5  # so near to an end of the bar the mouse takes hold of it
_BAR_PX, _END_PX = 3.0, 2.0
_PALE = 0.55


def paint_outside(painter: QPainter, window: TimeWindow, area: QRectF, look: Theme) -> None:
    """Make paler what of an area (px) lies outside the marked range; nothing where none is."""
    if window.marked_s is None:
        return
    start, end = (area.left() + window.x_of(s, area.width()) for s in window.marked_s)
    colour = QColor(look.panel)
    colour.setAlphaF(_PALE)
    for left, right in ((area.left(), start), (end, area.right())):
        left, right = max(left, area.left()), min(right, area.right())
        if right > left:
            painter.fillRect(QRectF(left, area.top(), right - left, area.height()), colour)


def paint_bar(painter: QPainter, window: TimeWindow, row: QRectF, look: Theme) -> None:
    """Paint a bar with two ends at the foot of a row (px), over the marked range."""
    if window.marked_s is None:
        return
    start, end = (row.left() + window.x_of(s, row.width()) for s in window.marked_s)
    left, right = max(start, row.left()), min(end, row.right())
    if right <= left:
        return
    ink = QColor(look.ring)
    painter.fillRect(QRectF(left, row.bottom() - _BAR_PX, right - left, _BAR_PX), ink)
    for x in (start, end - _END_PX):
        if row.left() <= x <= row.right():
            painter.fillRect(QRectF(x, row.top() + 2.0, _END_PX, row.height() - 2.0), ink)
