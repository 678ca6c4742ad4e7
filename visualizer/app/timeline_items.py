"""What is painted into the timeline's plot, in pixels: phases, lanes, cursor."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from visualizer.analysis.words import phase_word, seconds
from visualizer.app.curve_strip import Range, Strip, Trace
from visualizer.app.lanes import CURVES_PX, HEADER_PX, LANE_PX, Lane, draw_bar
from visualizer.app.theme import BODY_PX, CAPTION_PX, blend, font
from visualizer.lifts.schedule import PhaseSpan
from visualizer.scene.palette import Theme

__all__ = ["TOP_PX", "Content", "Cursor", "Ground", "curve_y"]

TOP_PX = HEADER_PX + CURVES_PX
_CURVE_MARGIN = 9.0  # the cursor’s handle reaches little farther
_RING_PX = 3.5


def curve_y(trace: Trace, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the y (px) of values (N,) on a trace's axis."""
    span = trace.high - trace.low or 1.0
    height = CURVES_PX - 2 * _CURVE_MARGIN
    return HEADER_PX + _CURVE_MARGIN + height * (1.0 - (values - trace.low) / span)


@dataclass(frozen=True)
class Content:
    """What the plot shows, and how large it is.

    Attributes
    ----------
    look : Theme
        Colours.
    width_px, height_px : float
        Size of the plot.
    spans : tuple of PhaseSpan
        Phases in their order.
    lanes : tuple of Lane
        Lanes from top to bottom.
    selected : frozenset of str
        Muscles whose lanes are ringed.
    offset_px : int
        How far the lanes are scrolled.
    strip : Strip or None
        The curves above the lanes.
    """

    look: Theme
    width_px: float = 1.0
    height_px: float = 1.0
    spans: tuple[PhaseSpan, ...] = ()
    lanes: tuple[Lane, ...] = ()
    selected: frozenset[str] = frozenset()
    offset_px: int = 0
    strip: Strip | None = None

    @property
    def duration_s(self) -> float:
        """Duration of the repetition, never zero."""
        return max(self.spans[-1].end_s if self.spans else 0.0, 1e-3)

    def x_of(self, time_s: float) -> float:
        """Return the x (px) of a time (s)."""
        return time_s / self.duration_s * self.width_px

    def time_at(self, x: float) -> float:
        """Return the time (s) at an x (px)."""
        return x / max(self.width_px, 1.0) * self.duration_s

    @property
    def lanes_hidden(self) -> bool:
        """Whether there is no room for all lanes."""
        return TOP_PX + len(self.lanes) * LANE_PX > self.height_px

    def lane_at(self, y: float) -> Lane | None:
        """Return the lane at a y (px)."""
        index = int((y - TOP_PX + self.offset_px) // LANE_PX)
        return self.lanes[index] if y >= TOP_PX and 0 <= index < len(self.lanes) else None


class _PixelItem(pg.GraphicsObject):  # type: ignore[misc]
    """Paints in pixels, although the plot's unit of width is the second."""

    def __init__(self, content: Content) -> None:
        super().__init__()
        self.content = content
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def show_content(self, content: Content) -> None:
        """Show other content."""
        self.prepareGeometryChange()
        self.content = content
        self.update()

    def boundingRect(self) -> QRectF:  # noqa: N802
        """Return the whole plot, in its own units."""
        return QRectF(0.0, 0.0, self.content.duration_s, self.content.height_px)

    def paint(
        self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None
    ) -> None:
        """Paint in pixels of the plot."""
        painter.save()
        # what is left is the widget's own system: logical pixels
        painter.resetTransform()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_pixels(painter)
        painter.restore()

    def paint_pixels(self, painter: QPainter) -> None:
        """Paint with the pixel as unit."""
        raise NotImplementedError


class Ground(_PixelItem):
    """Phase bands with their names, hairlines, bars of the lanes.

    Painted once and kept as a picture: every step of the cursor uncovers a piece of it.
    """

    def __init__(self, content: Content) -> None:
        super().__init__(content)
        self._kept: QPixmap | None = None

    def show_content(self, content: Content) -> None:
        """Show other content."""
        self._kept = None
        super().show_content(content)

    def paint_pixels(self, painter: QPainter) -> None:
        """Paint all but curves and cursor."""
        ratio = painter.device().devicePixelRatio()
        if self._kept is None or self._kept.devicePixelRatio() != ratio:
            self._kept = QPixmap(
                round(self.content.width_px * ratio), round(self.content.height_px * ratio)
            )
            self._kept.setDevicePixelRatio(ratio)
            self._kept.fill(QColor(self.content.look.panel))
            inner = QPainter(self._kept)
            inner.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_all(inner)
            inner.end()
        painter.drawPixmap(0, 0, self._kept)

    def _paint_all(self, painter: QPainter) -> None:
        show = self.content
        spans = [(s, show.x_of(s.start_s), show.x_of(s.end_s)) for s in show.spans]
        for _, left, right in spans[::2]:
            band = QRectF(left, 0.0, right - left, show.height_px)
            painter.fillRect(band, QColor(show.look.raised))
        painter.setPen(QPen(QColor(show.look.hairline), 1.0))
        for y in (HEADER_PX, TOP_PX):
            painter.drawLine(QPointF(0.0, y - 0.5), QPointF(show.width_px, y - 0.5))
        for k, (phase, left, right) in enumerate(spans):
            box = QRectF(left + 8.0, 0.0, right - left - 16.0, HEADER_PX - 1.0)
            self._paint_name(painter, box, phase, caption=k + 1 == len(spans))
        if show.strip is not None:
            self._paint_strip(painter, show.strip)
        painter.setClipRect(QRectF(0.0, TOP_PX, show.width_px, show.height_px - TOP_PX))
        ring = QColor(show.look.ring)
        for row, lane in enumerate(show.lanes):
            top = TOP_PX + row * LANE_PX - show.offset_px
            for k, (phase, left, right) in enumerate(spans):
                draw_bar(
                    painter,
                    QRectF(left, top, right - left, LANE_PX),
                    lane.role,
                    lane.contraction[phase.id],
                    letter=k == 0,
                    disputed=phase.id in lane.disputed,
                    ring=ring if lane.muscle in show.selected else None,
                )

    def _paint_name(
        self, painter: QPainter, box: QRectF, span: PhaseSpan, *, caption: bool
    ) -> None:
        look, strip = self.content.look, self.content.strip
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(CAPTION_PX, bold=True))
        painter.setPen(QColor(look.text))
        word, duration = phase_word(span.id), seconds(span.seconds)
        painter.drawText(box, flags, word)
        box.setLeft(box.left() + painter.fontMetrics().horizontalAdvance(word) + 8.0)
        painter.setFont(font(CAPTION_PX))
        painter.setPen(QColor(look.secondary))
        metrics = painter.fontMetrics()
        if metrics.horizontalAdvance(duration) <= box.width():
            painter.drawText(box, flags, duration)
        box.setLeft(box.left() + metrics.horizontalAdvance(duration) + 16.0)
        if caption and strip is not None and not strip.empty and box.width() > 0:
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            elide = Qt.TextElideMode.ElideRight
            painter.drawText(box, flags, metrics.elidedText(strip.caption, elide, int(box.width())))

    # --------------------------------------------------------------------------------- strip
    def _paint_strip(self, painter: QPainter, strip: Strip) -> None:
        """Paint what lies behind the curves, and their rings."""
        show, look = self.content, self.content.look
        if strip.empty:
            painter.setFont(font(BODY_PX))
            painter.setPen(QColor(look.secondary))
            box = QRectF(8.0, HEADER_PX, show.width_px - 16.0, CURVES_PX)
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(box, flags, strip.empty)
            return
        first, x = strip.traces[0], strip.time_s / show.duration_s * show.width_px
        for published in strip.boxes:
            edges = np.array([published.low, published.high])
            low, high = curve_y(strip.traces[published.trace], edges)
            place = QRectF(show.x_of(published.start_s), high, 0.0, low - high)
            place.setRight(show.x_of(published.end_s))
            painter.fillRect(place, blend(look.panel, look.text, 0.14))
        for band in strip.ranges:
            self._paint_range(painter, x, first, band)
        if strip.shared and first.low < 0.0 < first.high:
            (zero,) = curve_y(first, np.zeros(1))
            painter.setPen(QPen(QColor(look.secondary), 1.0, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(0.0, zero), QPointF(show.width_px, zero))
        painter.setPen(QPen(blend(look.panel, look.text, 0.34), 1.0))
        for part in strip.parts:
            painter.drawPolyline(_points(x, curve_y(first, part)))
        painter.setPen(QPen(QColor(look.text), 1.5))
        painter.setBrush(QColor(look.panel))
        for switch in strip.switches:
            value = np.interp([switch.time_s], strip.time_s, first.values)
            (y,) = curve_y(first, value)
            painter.drawEllipse(QPointF(show.x_of(switch.time_s), y), _RING_PX, _RING_PX)

    def _paint_range(
        self, painter: QPainter, x: NDArray[np.float64], trace: Trace, band: Range
    ) -> None:
        low, high = curve_y(trace, band.low), curve_y(trace, band.high)
        outline = _points(np.concatenate([x, x[::-1]]), np.concatenate([high, low[::-1]]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(blend(self.content.look.panel, self.content.look.text, band.share))
        painter.drawPolygon(outline)


def _points(x: NDArray[np.float64], y: NDArray[np.float64]) -> QPolygonF:
    return QPolygonF([QPointF(a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)])


class Cursor(_PixelItem):
    """The line at the shown moment, with a handle on top; its position is the time.

    It begins below the names of the phases and the caption: it must not strike out what they say.
    """

    def boundingRect(self) -> QRectF:  # noqa: N802
        """Return the line's surroundings, relative to the time."""
        wide = self.content.time_at(8.0)
        return QRectF(-wide, 0.0, 2 * wide, self.content.height_px)

    def paint_pixels(self, painter: QPainter) -> None:
        """Paint line and handle."""
        show = self.content
        # half a line's width inside, so that it is whole at both ends
        x = min(max(show.x_of(self.pos().x()), 1.0), show.width_px - 1.0)
        ink, paper = QColor(show.look.ring), QColor(show.look.panel)
        painter.setPen(QPen(paper, 4.0))
        painter.drawLine(QPointF(x, TOP_PX), QPointF(x, show.height_px))
        painter.setPen(QPen(ink, 2.0))
        painter.drawLine(QPointF(x, HEADER_PX), QPointF(x, show.height_px))
        painter.setPen(QPen(paper, 1.0))
        painter.setBrush(ink)
        handle = [(-6.0, 0.5), (6.0, 0.5), (6.0, 6.0), (0.0, 12.0), (-6.0, 6.0)]
        painter.drawPolygon(QPolygonF([QPointF(x + dx, HEADER_PX + y) for dx, y in handle]))
