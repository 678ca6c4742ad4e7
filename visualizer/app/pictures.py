"""From the renderer's pictures to Qt's, and the overlay painted with QPainter."""

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPainterPath, QPen, QPolygonF

from visualizer.app.theme import font
from visualizer.render import Picture
from visualizer.scene.overlay import Overlay

__all__ = ["image_of", "paint_overlay"]


def image_of(picture: Picture) -> QImage:
    """Return a picture as an image that shares its memory; keep the picture alive as long."""
    height, width = picture.pixels.shape[:2]
    row_bytes = picture.pixels.strides[0]
    return QImage(picture.pixels.data, width, height, row_bytes, QImage.Format.Format_RGB32)


def paint_overlay(painter: QPainter, overlay: Overlay) -> None:
    """Paint strokes, then texts; the painter's unit is the overlay's pixel."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for stroke in overlay.strokes:
        points = QPolygonF([QPointF(x, y) for x, y in stroke.points])
        colour = QColor(stroke.colour)
        colour.setAlphaF(stroke.opacity)
        if stroke.filled:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawPolygon(points)
        else:
            cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
            pen = QPen(colour, stroke.width_px, Qt.PenStyle.SolidLine, cap, join)
            painter.setPen(pen)
            painter.drawPolyline(points)
    for text in overlay.texts:
        face = font(round(text.size_px), bold=text.bold)
        painter.setFont(face)
        metrics = painter.fontMetrics()
        width = metrics.horizontalAdvance(text.text)
        left = {"left": 0.0, "centre": width / 2.0, "right": float(width)}[text.align]
        middle = (metrics.ascent() - metrics.descent()) / 2.0
        place = QPointF(text.x - left, text.y + middle)
        if text.halo:
            path = QPainterPath()
            path.addText(place, face, text.text)
            pen = QPen(QColor(text.halo), max(3.0, text.size_px / 5.0))
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            painter.strokePath(path, pen)
        painter.setPen(QColor(text.colour))
        painter.drawText(place, text.text)
