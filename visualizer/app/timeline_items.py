"""What is painted into the timeline's plot, in pixels: phases, lanes, cursor."""

from __future__ import annotations

from dataclasses import dataclass

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QStyleOptionGraphicsItem, QWidget

from visualizer.app.lane_names import CURVES_PX, HEADER_PX
from visualizer.app.lanes import LANE_PX, Lane, draw_bar
from visualizer.app.theme import CAPTION_PX, font
from visualizer.app.words import phase_word, seconds
from visualizer.exercise.variation import Phase
from visualizer.scene.palette import Theme

__all__ = ["TOP_PX", "Content", "Cursor", "Ground"]

TOP_PX = HEADER_PX + CURVES_PX


@dataclass(frozen=True)
class Content:
    """What the plot shows, and how large it is.

    Attributes
    ----------
    look : Theme
        Colours.
    width_px, height_px : float
        Size of the plot.
    phases : tuple of Phase
        Phases in their order.
    lanes : tuple of Lane
        Lanes from top to bottom.
    selected : frozenset of str
        Muscles whose lanes are ringed.
    offset_px : int
        How far the lanes are scrolled.
    """

    look: Theme
    width_px: float = 1.0
    height_px: float = 1.0
    phases: tuple[Phase, ...] = ()
    lanes: tuple[Lane, ...] = ()
    selected: frozenset[str] = frozenset()
    offset_px: int = 0

    @property
    def duration_s(self) -> float:
        """Duration of the repetition, never zero."""
        return max(sum(p.seconds for p in self.phases), 1e-3)

    def x_of(self, time_s: float) -> float:
        """Return the x (px) of a time (s)."""
        return time_s / self.duration_s * self.width_px

    def time_at(self, x: float) -> float:
        """Return the time (s) at an x (px)."""
        return x / max(self.width_px, 1.0) * self.duration_s

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
        spans, start = [], 0.0
        for phase in show.phases:
            left, right = show.x_of(start), show.x_of(start + phase.seconds)
            spans.append((phase, left, right))
            start += phase.seconds
        for _, left, right in spans[::2]:
            band = QRectF(left, 0.0, right - left, show.height_px)
            painter.fillRect(band, QColor(show.look.raised))
        painter.setPen(QPen(QColor(show.look.hairline), 1.0))
        for y in (HEADER_PX, TOP_PX):
            painter.drawLine(QPointF(0.0, y - 0.5), QPointF(show.width_px, y - 0.5))
        for phase, left, right in spans:
            box = QRectF(left + 8.0, 0.0, right - left - 10.0, HEADER_PX - 1.0)
            self._paint_name(painter, box, phase)
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
                    ring=ring if lane.muscle in show.selected else None,
                )

    def _paint_name(self, painter: QPainter, box: QRectF, phase: Phase) -> None:
        look = self.content.look
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(font(CAPTION_PX, bold=True))
        painter.setPen(QColor(look.text))
        word, duration = phase_word(phase.id), seconds(phase.seconds)
        painter.drawText(box, flags, word)
        box.setLeft(box.left() + painter.fontMetrics().horizontalAdvance(word) + 8.0)
        painter.setFont(font(CAPTION_PX))
        painter.setPen(QColor(look.secondary))
        if painter.fontMetrics().horizontalAdvance(duration) <= box.width():
            painter.drawText(box, flags, duration)


class Cursor(_PixelItem):
    """The line at the shown moment, with a handle on top; its position is the time."""

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
        painter.drawLine(QPointF(x, 4.0), QPointF(x, show.height_px))
        painter.setPen(QPen(paper, 1.0))
        painter.setBrush(ink)
        handle = [(-6.0, 0.5), (6.0, 0.5), (6.0, 9.0), (0.0, 15.0), (-6.0, 9.0)]
        painter.drawPolygon(QPolygonF([QPointF(x + dx, y) for dx, y in handle]))
