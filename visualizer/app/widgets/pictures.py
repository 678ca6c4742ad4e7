"""From the renderer's pictures to Qt's, and the overlay painted with QPainter."""

from __future__ import annotations

import itertools
import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFontMetrics,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QTransform,
)

from visualizer.app.widgets.theme import font
from visualizer.render import Picture
from visualizer.scene.overlay import Motif, Overlay, Stamp, Stroke

__all__ = ["caption_width", "image_of", "image_of_pixels", "paint_overlay", "text_width"]

# A stamp is laid down at so many places within a pixel, across and down.
_STEPS = 4


def image_of(picture: Picture) -> QImage:
    """Return a picture as an image that shares its memory; keep the picture alive as long."""
    return image_of_pixels(picture.pixels)


def image_of_pixels(pixels: NDArray[np.uint8]) -> QImage:
    """Return pixels (h, w, 4) as an image that shares their memory; keep them alive as long."""
    height, width = pixels.shape[:2]
    return QImage(pixels.data, width, height, pixels.strides[0], QImage.Format.Format_RGB32)


def _style(stroke: Stroke) -> tuple[str, float, bool]:
    return stroke.colour, stroke.width_px, stroke.blunt


@lru_cache(maxsize=256)
def text_width(text: str, size_px: float) -> float:
    """Return the width (px) of bold text as :func:`paint_overlay` paints it."""
    return QFontMetricsF(font(round(size_px), bold=True)).horizontalAdvance(text)


@lru_cache(maxsize=256)
def caption_width(text: str, size_px: float) -> float:
    """Return the width (px) of text in normal weight as :func:`paint_overlay` paints it."""
    return QFontMetricsF(font(round(size_px))).horizontalAdvance(text)


@lru_cache(maxsize=256)
def _extent(text: str, size_px: int, bold: bool) -> tuple[float, float]:
    """Return the width of text and how far below its middle its base is, pixels."""
    metrics = QFontMetrics(font(size_px, bold=bold))
    return float(metrics.horizontalAdvance(text)), (metrics.ascent() - metrics.descent()) / 2.0


@lru_cache(maxsize=64)
def _brush(colour: str) -> QBrush:
    return QBrush(QColor(colour))


@lru_cache(maxsize=512)
def _outlines(motif: Motif) -> tuple[tuple[QPainterPath, QBrush], ...]:
    """Return the shapes of a motif that turns; neighbours of one colour are one path."""
    found = []
    for colour, shapes in itertools.groupby(motif.overlay.shapes, lambda shape: shape.colour):
        path = QPainterPath()
        for shape in shapes:
            path.addPolygon(QPolygonF([QPointF(*point) for point in shape.points]))
            path.closeSubpath()
        found.append((path, _brush(colour)))
    return tuple(found)


@lru_cache(maxsize=256)
def _laid(motif: Motif, scale: float, right: int, down: int) -> tuple[int, int, QImage]:
    """Return a motif as an image, and where that lies from the motif's (0, 0), whole pixels.

    ``right`` and ``down`` are how far beside a whole pixel its (0, 0) is, steps of a stamp.
    """
    overlay = motif.overlay._placed((scale, scale), (right / _STEPS, down / _STEPS))
    left, top, right_px, bottom = overlay.bounds
    x, y = math.floor(left) - 1, math.floor(top) - 1
    size = QSize(max(math.ceil(right_px) + 1 - x, 1), max(math.ceil(bottom) + 1 - y, 1))
    image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    painter.translate(-x, -y)
    paint_overlay(painter, overlay)
    painter.end()
    return x, y, image


def _spread(painter: QPainter, motif: Motif, onto: QTransform) -> None:
    for path, brush in _outlines(motif):
        painter.fillPath(onto.map(path), brush)


def _lay(painter: QPainter, stamp: Stamp) -> None:
    motif, scale = stamp.motif, stamp.scale
    if motif.turns:
        c, s = stamp.along[0] * scale, stamp.along[1] * scale
        _spread(painter, motif, QTransform(c, s, -s, c, stamp.x, stamp.y))
        return
    across, right = divmod(round(stamp.x * _STEPS), _STEPS)
    along, down = divmod(round(stamp.y * _STEPS), _STEPS)
    x, y, image = _laid(motif, scale, right, down)
    painter.drawImage(QPoint(across + x, along + y), image)


def paint_overlay(painter: QPainter, overlay: Overlay) -> None:
    """Paint an overlay in its order; the painter's unit is the overlay's pixel."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    for area in overlay.areas:
        _spread(painter, area.motif, QTransform(*itertools.chain(*area.matrix)))
    for stamp in overlay.under:
        _lay(painter, stamp)
    for box in overlay.boxes:
        painter.setPen(Qt.PenStyle.NoPen)
        fill = QColor(box.colour)
        fill.setAlphaF(box.opacity)
        painter.setBrush(fill)
        corners = QRectF(box.x, box.y, box.width, box.height)
        painter.drawRoundedRect(corners, box.radius_px, box.radius_px)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for (colour, width_px, blunt), strokes in itertools.groupby(overlay.strokes, _style):
        cap, join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
        if blunt:
            cap, join = Qt.PenCapStyle.FlatCap, Qt.PenJoinStyle.MiterJoin
        painter.setPen(QPen(QColor(colour), width_px, Qt.PenStyle.SolidLine, cap, join))
        # neighbours in one style are one path, which costs as much as one with a single line;
        # only blunt straight lines cost less by themselves
        path = QPainterPath()
        for stroke in strokes:
            if blunt and len(stroke.points) == 2:
                painter.drawLine(QPointF(*stroke.points[0]), QPointF(*stroke.points[1]))
                continue
            path.moveTo(*stroke.points[0])
            for x, y in stroke.points[1:]:
                path.lineTo(x, y)
        painter.drawPath(path)
    painter.setPen(Qt.PenStyle.NoPen)
    for shape in overlay.shapes:
        painter.setBrush(_brush(shape.colour))
        painter.drawPolygon([QPointF(x, y) for x, y in shape.points])
    for disc in overlay.discs:
        painter.setPen(Qt.PenStyle.NoPen)  # two fills cost less than one and its outline
        middle, outer = QPointF(disc.x, disc.y), disc.radius_px + disc.rim_px
        painter.setBrush(QColor(disc.rim_colour))
        painter.drawEllipse(middle, outer, outer)
        painter.setBrush(QColor(disc.colour))
        painter.drawEllipse(middle, disc.radius_px, disc.radius_px)
    for stamp in overlay.stamps:
        _lay(painter, stamp)
    for text in overlay.texts:
        size_px = round(text.size_px)
        painter.setFont(font(size_px, bold=text.bold))
        width, base = _extent(text.text, size_px, text.bold)
        left = {"left": 0.0, "centre": width / 2.0, "right": width}[text.align]
        place = QPointF(text.x - left, text.y + base)
        painter.setPen(QColor(text.colour))
        painter.drawText(place, text.text)
