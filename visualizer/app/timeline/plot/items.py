"""What lies behind and over the curves of the plot, in pixels: phases, bands, marks, lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from visualizer.analysis.plot import Band
from visualizer.app.timeline.plot.labels import CLEAR_PX, places_of
from visualizer.app.widgets.theme import CAPTION_PX, blend, font, px
from visualizer.scene.palette import Theme

if TYPE_CHECKING:
    from visualizer.app.timeline.plot.canvas import PlotCanvas

__all__ = [
    "DARK",
    "LINES",
    "PALE",
    "PART",
    "Back",
    "Marks",
    "paint_crosshair",
    "paint_playhead",
    "paint_published",
]

# Styles of the curves, in their order.
LINES = (
    Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine, Qt.PenStyle.DashDotLine,
)  # fmt: skip
# How dark computed ranges are.
DARK, PALE = 0.34, 0.12
# How dark the thin curves of parts are.
PART = 0.45
_HATCH = 0.45
_RING_PX, _DOT_PX = 3.5, 3.0
_UNCUT = Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextDontClip
_HANDLE = ((-6.0, 0.5), (6.0, 0.5), (6.0, 6.0), (0.0, 12.0), (-6.0, 6.0))


def paint_published(painter: QPainter, box: QRectF, panel: str, text: str) -> None:
    """Paint a published range: hatched and outlined, never like a computed one."""
    ink = blend(panel, text, _HATCH)
    painter.fillRect(box, ink if box.height() < 2.0 else blend(panel, text, PALE / 2))
    painter.setPen(QPen(ink, 1.0))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box)
    painter.save()
    painter.setClipRect(box, Qt.ClipOperation.IntersectClip)
    step = 5.0
    start = box.left() - box.height()
    for k in range(int((box.width() + box.height()) / step) + 1):
        x = start + k * step
        painter.drawLine(QPointF(x, box.bottom()), QPointF(x + box.height(), box.top()))
    painter.restore()


class _Layer(QGraphicsItem):
    """Paints over the curves' area, in the view's pixels."""

    def __init__(self, canvas: PlotCanvas, depth: float) -> None:
        super().__init__()
        self.canvas = canvas
        self.setZValue(depth)
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:  # noqa: N802
        """Return the area of the curves."""
        return self.canvas.area

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint within the area of the curves."""
        painter.save()
        painter.setClipRect(self.canvas.area, Qt.ClipOperation.IntersectClip)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_pixels(painter)
        painter.restore()

    def paint_pixels(self, painter: QPainter) -> None:
        """Paint in pixels of the view."""
        raise NotImplementedError


class Back(_Layer):
    """Phases, lines at the ticks, zero, bands."""

    def paint_pixels(self, painter: QPainter) -> None:
        """Paint what lies behind the curves."""
        canvas, look, area = self.canvas, self.canvas.look, self.canvas.area
        for span in canvas.window_.spans[::2]:
            left, right = canvas.x_of(span.start_s), canvas.x_of(span.end_s)
            painter.fillRect(
                QRectF(left, area.top(), right - left, area.height()), QColor(look.raised)
            )
        plot = canvas.plot
        if plot is None or not plot.curves:
            return
        main = plot.quantities[0]
        painter.setPen(QPen(QColor(look.hairline), 1.0))
        for value in canvas.left.ticks:
            y = round(canvas.y_of(value, main)) + 0.5
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        for band in plot.bands:
            self._paint_band(painter, band)
        if main.from_zero and plot.limits(main)[0] < 0.0 < plot.limits(main)[1]:
            zero = canvas.y_of(0.0, main)
            painter.setPen(QPen(QColor(look.secondary), 1.0))
            painter.drawLine(QPointF(area.left(), zero), QPointF(area.right(), zero))

    def _paint_band(self, painter: QPainter, band: Band) -> None:
        canvas, look = self.canvas, self.canvas.look
        assert canvas.plot is not None
        there = ~np.isnan(band.low)
        if not there.any():
            return
        x = canvas.x_of(canvas.plot.time_s[there])
        low, high = (canvas.y_of(edge[there], band.quantity) for edge in (band.low, band.high))
        if band.published:
            paint_published(painter, _box_of(canvas, band), look.panel, look.text)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend(look.panel, look.text, PALE if band.wide else DARK))
        edges = np.concatenate([x, x[::-1]]), np.concatenate([high, low[::-1]])
        painter.drawPolygon(_polygon(*edges))


class Marks(_Layer):
    """Rings where the contraction changes, and the names beside the curves."""

    def paint_pixels(self, painter: QPainter) -> None:
        """Paint what lies on the curves."""
        canvas, look, plot = self.canvas, self.canvas.look, self.canvas.plot
        if plot is None or not plot.curves:
            return
        first = plot.curves[0]
        painter.setPen(QPen(QColor(look.text), 1.5))
        painter.setBrush(QColor(look.panel))
        for switch in plot.switches:
            y = canvas.y_of(plot.at(first.values, switch.time_s), first.quantity)
            painter.drawEllipse(QPointF(canvas.x_of(switch.time_s), y), _RING_PX, _RING_PX)
        if len(plot.main) + len(plot.second) > 1:
            self._paint_names(painter)

    def _paint_names(self, painter: QPainter) -> None:
        painter.setFont(font(px(CAPTION_PX)))
        painter.setPen(QColor(self.canvas.look.secondary))
        for name, box in self.names():
            painter.drawText(box, _UNCUT, name)

    def names(self) -> list[tuple[str, QRectF]]:
        """Return the names that stand beside curves, and where (px of the view).

        The shown body's curves come first. A second body's name is left out where its curve has no
        place of its own beside it: the card at the pointer says it, and its grey line tells whose
        it is. Where only the long name, with the body's, has no room, the short one stands there.
        """
        canvas, plot, area = self.canvas, self.canvas.plot, self.canvas.area
        if plot is None:
            return []
        metrics = QFontMetricsF(font(px(CAPTION_PX)))
        x = canvas.x_of(plot.time_s) - area.left()
        room = (area.width(), area.height())
        main, second = (
            [canvas.y_of(c.values, c.quantity) - area.top() for c in curves]
            for curves in (plot.main, plot.second)
        )
        boxes = [_box_of(canvas, b).translated(-area.topLeft()) for b in plot.bands if b.published]
        taken = [(b.left(), b.top(), b.right(), b.bottom()) for b in boxes]
        found: list[tuple[str, QRectF]] = []

        def size(name: str) -> tuple[float, float]:
            return metrics.horizontalAdvance(name), metrics.height() - 1.0

        def put(name: str, place: tuple[float, float] | None) -> bool:
            if place is not None:
                wide, high = size(name)
                taken.append((place[0], place[1], place[0] + wide, place[1] + high))
                at = QPointF(area.left() + place[0], area.top() + place[1])
                found.append((name, QRectF(at.x(), at.y(), wide, high)))
            return place is not None

        names = [curve.name for curve in plot.main]
        places = places_of(x, main, [size(name) for name in names], room, taken, second)
        for name, place in zip(names, places, strict=True):
            put(name, place)
        for curve, own in zip(plot.second, second, strict=True):
            rest = [*main, *(other for other in second if other is not own)]
            for name in (curve.name, curve.name.removesuffix(f" · {curve.of}")):
                (place,) = places_of(x, [own], [size(name)], room, taken, rest, CLEAR_PX)
                if put(name, place):
                    break
        return found


def paint_crosshair(painter: QPainter, canvas: PlotCanvas, place: QPointF) -> None:
    """Paint lines through a place of the view (px), and a dot on every curve at its time."""
    plot, area = canvas.plot, canvas.area
    if plot is None:
        return
    painter.setPen(QPen(QColor(canvas.look.secondary), 1.0, Qt.PenStyle.DashLine))
    painter.drawLine(QPointF(place.x(), area.top()), QPointF(place.x(), area.bottom()))
    painter.drawLine(QPointF(area.left(), place.y()), QPointF(area.right(), place.y()))
    painter.setPen(QPen(QColor(canvas.look.panel), 1.0))
    painter.setBrush(QColor(canvas.look.text))
    time_s = canvas.time_at(place.x())
    for curve in plot.curves:
        y = canvas.y_of(plot.at(curve.values, time_s), curve.quantity)
        radius = _DOT_PX - 1.0 if curve.part else _DOT_PX
        painter.drawEllipse(QPointF(place.x(), y), radius, radius)


def paint_playhead(painter: QPainter, look: Theme, x: float, top: float, bottom: float) -> None:
    """Paint the line at the shown moment, with a handle on top."""
    ink, paper = QColor(look.ring), QColor(look.panel)
    painter.setPen(QPen(ink, 2.0))
    painter.drawLine(QPointF(x, top), QPointF(x, bottom))
    painter.setPen(QPen(paper, 1.0))
    painter.setBrush(ink)
    painter.drawPolygon(QPolygonF([QPointF(x + dx, top + dy) for dx, dy in _HANDLE]))


def _box_of(canvas: PlotCanvas, band: Band) -> QRectF:
    """Return where a published range is (px)."""
    assert canvas.plot is not None
    there = ~np.isnan(band.low)
    x = canvas.x_of(canvas.plot.time_s[there])
    low, high = (canvas.y_of(edge[there], band.quantity) for edge in (band.low, band.high))
    return QRectF(x[0], high.min(), x[-1] - x[0], low.max() - high.min())


def _polygon(x: NDArray[np.float64], y: NDArray[np.float64]) -> QPolygonF:
    return QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)])
