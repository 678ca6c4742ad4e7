"""The timeline: phases, curves and one lane per working muscle, with a cursor to drag.

A pyqtgraph plot whose horizontal unit is the second and whose vertical unit is the pixel, so that
lanes keep their height at any size of the window. The plot's own mouse handling is off: any press
or drag seeks the session, so nothing in it can be moved out of place.
"""

from __future__ import annotations

import math

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPen,
    QPolygonF,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QScrollBar,
    QStyleOptionGraphicsItem,
    QWidget,
)

from visualizer.app.lane_names import CURVES_PX, HEADER_PX, LaneNames, shown_height_m
from visualizer.app.lanes import LANE_PX, Lane, draw_bar, lanes_of
from visualizer.app.session import Session, SessionState
from visualizer.app.theme import CAPTION_PX, blend, font
from visualizer.app.words import language, phase_word, seconds
from visualizer.exercise.repetition import Moment
from visualizer.exercise.variation import PhaseId
from visualizer.scene.palette import Theme, theme

__all__ = ["Timeline"]

_TOP = HEADER_PX + CURVES_PX
_CURVE_MARGIN = 6.0
_CURVE_SAMPLES = 121
_STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine, Qt.PenStyle.DotLine)
# A press that moves less than this is a click.
_CLICK_PX = 4
_WHEEL_STEP = 0.02  # of the repetition per notch


class Timeline(QWidget):
    """Phases, curves, lanes and the cursor.

    Parameters
    ----------
    session : Session
        What is shown and sought.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("zone")
        self.setAccessibleName(self.tr("Timeline"))
        self._session = session
        self.names = LaneNames(session, self)
        self.plot = _Plot(session, self)
        self._scroll = QScrollBar(Qt.Orientation.Vertical, self)
        self._scroll.setAccessibleName(self.tr("Scroll the muscles' lanes"))
        self._scroll.setSingleStep(LANE_PX)
        self._scroll.valueChanged.connect(self._scrolled)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 8, 8)
        row.setSpacing(0)
        row.addWidget(self.names)
        row.addWidget(self.plot, 1)
        row.addWidget(self._scroll)
        self.setMinimumHeight(_TOP + 3 * LANE_PX + 8)
        self.plot.resized.connect(self._fit)
        self.show_state(None, session.state)
        self.show_moment(session.moment)

    @property
    def lanes(self) -> tuple[Lane, ...]:
        """The lanes from top to bottom."""
        return self.plot.lanes

    @property
    def wanted_height(self) -> int:
        """The height (px) that shows all lanes without scrolling."""
        return _TOP + max(len(self.lanes), 3) * LANE_PX + 8

    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Show a variation, the selection, a theme."""
        changed = old is None or (old.variation, old.side) != (new.variation, new.side)
        if changed:
            lanes = lanes_of(self._session.repetition, language())
            self.plot.show_repetition(lanes)
            self.names.show_lanes(lanes)
        if changed or old is None or old.theme != new.theme:
            self.plot.show_theme(theme(new.theme))
            self.names.show_theme(theme(new.theme))
        chosen = self._session.surfaces(new.selection)
        muscles = frozenset(
            lane.muscle for lane in self.lanes if chosen & self._session.surfaces(lane.muscle)
        )
        self.plot.show_selection(muscles)
        self.names.show_selection(muscles)
        if changed:
            self._fit()
            self.show_moment(self._session.moment)

    def show_moment(self, moment: Moment) -> None:
        """Move the cursor; never emits."""
        self.plot.show_time(moment.time_s)
        self.names.show_moment(moment)

    def show_hover(self, muscle: str | None) -> None:
        """Point out the lane of the muscle under the mouse."""
        surfaces = self._session.surfaces(muscle)
        self.names.show_hover(
            frozenset(
                lane.muscle for lane in self.lanes if surfaces & self._session.surfaces(lane.muscle)
            )
        )

    def _fit(self) -> None:
        hidden = max(0, len(self.lanes) * LANE_PX - (self.plot.height() - _TOP))
        self._scroll.setRange(0, hidden)
        self._scroll.setPageStep(max(self.plot.height() - _TOP, LANE_PX))
        self._scroll.setVisible(hidden > 0)

    def _scrolled(self, offset_px: int) -> None:
        self.plot.scroll_to(offset_px)
        self.names.scroll_to(offset_px)


class _Plot(pg.PlotWidget):  # type: ignore[misc]
    """The plot: x in seconds, y in pixels downwards."""

    resized = Signal()

    def __init__(self, session: Session, parent: QWidget) -> None:
        super().__init__(parent, enableMenu=False)
        self.session = session
        self.lanes: tuple[Lane, ...] = ()
        self.selected: frozenset[str] = frozenset()
        self.look = theme(session.state.theme)
        self.offset_px = 0
        self._pressed: QPointF | None = None
        self.setAccessibleName(self.tr("Timeline of the repetition"))
        self.setAccessibleDescription(
            self.tr("Click or drag to go to a moment; arrow keys go step by step.")
        )
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAntialiasing(True)
        self.setFrameShape(self.Shape.NoFrame)
        self.setMinimumWidth(160)
        item = self.getPlotItem()
        item.hideButtons()
        for side in ("left", "right", "top", "bottom"):
            item.hideAxis(side)
        item.layout.setContentsMargins(0, 0, 0, 0)
        box = item.getViewBox()
        box.setMouseEnabled(False, False)
        box.disableAutoRange()
        box.setDefaultPadding(0.0)
        box.invertY(True)
        self._ground = _Ground(self)
        self.addItem(self._ground, ignoreBounds=True)
        self.curves = tuple(pg.PlotCurveItem(antialias=True) for _ in _STYLES)
        for curve in self.curves:
            curve.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            self.addItem(curve, ignoreBounds=True)
        self.cursor_item = _Cursor(self)
        self.addItem(self.cursor_item, ignoreBounds=True)

    # ------------------------------------------------------------------------------- showing
    def show_repetition(self, lanes: tuple[Lane, ...]) -> None:
        """Take the lanes and compute the curves of the session's repetition."""
        self.lanes = lanes
        repetition = self.session.repetition
        times = np.linspace(0.0, repetition.duration_s, _CURVE_SAMPLES)
        moments = [repetition.moment(float(t)) for t in times]
        values = np.array(
            [(m.hip_flexion_rad, m.knee_flexion_rad, shown_height_m(m)) for m in moments]
        )
        low, span = values.min(0), np.ptp(values, axis=0)
        span[span == 0] = 1.0
        height = CURVES_PX - 2 * _CURVE_MARGIN
        y = HEADER_PX + _CURVE_MARGIN + height * (1.0 - (values - low) / span)
        for k, curve in enumerate(self.curves):
            curve.setData(times, y[:, k])
        self._fit()

    def show_theme(self, look: Theme) -> None:
        """Take a theme's colours."""
        self.look = look
        self.setBackground(look.panel)
        for curve, line in zip(self.curves, _STYLES, strict=True):
            pen = QPen(QColor(look.text), 1.5, line)
            pen.setCosmetic(True)
            curve.setPen(pen)
        self._ground.update()
        self.cursor_item.update()

    def show_selection(self, muscles: frozenset[str]) -> None:
        """Ring the lanes of the selected muscle."""
        if muscles != self.selected:
            self.selected = muscles
            self._ground.update()

    def show_time(self, time_s: float) -> None:
        """Move the cursor."""
        self.cursor_item.setPos(time_s, 0.0)

    def scroll_to(self, offset_px: int) -> None:
        """Scroll the lanes; phases and curves stay."""
        self.offset_px = offset_px
        self._ground.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep one unit of height one pixel."""
        super().resizeEvent(event)
        if hasattr(self, "_ground"):
            self._fit()
            self.resized.emit()

    def _fit(self) -> None:
        box = self.getPlotItem().getViewBox()
        duration_s = max(self.session.repetition.duration_s, 1e-3)
        box.setRange(
            xRange=(0.0, duration_s), yRange=(0.0, float(max(self.height(), 1))), padding=0.0
        )
        self._ground.prepareGeometryChange()
        self.cursor_item.prepareGeometryChange()

    # --------------------------------------------------------------------------------- mouse
    def x_of(self, time_s: float) -> float:
        """Return the x (px) of a time (s)."""
        return time_s / max(self.session.repetition.duration_s, 1e-3) * self.width()

    def time_at(self, x: float) -> float:
        """Return the time (s) at an x (px)."""
        return x / max(self.width(), 1) * self.session.repetition.duration_s

    def lane_at(self, y: float) -> Lane | None:
        """Return the lane at a y (px)."""
        index = math.floor((y - _TOP + self.offset_px) / LANE_PX)
        return self.lanes[index] if y >= _TOP and 0 <= index < len(self.lanes) else None

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Seek where the mouse is pressed."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            self.session.seek(self.time_at(event.position().x()))
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Seek along while dragging; name the muscle of the lane otherwise."""
        if self._pressed is not None:
            self.session.seek(self.time_at(event.position().x()))
        else:
            lane = self.lane_at(event.position().y())
            self.session.set_hover(lane.muscle if lane is not None else None)
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Select the lane's muscle when the mouse was not dragged."""
        pressed, self._pressed = self._pressed, None
        if pressed is not None:
            way = event.position() - pressed
            lane = self.lane_at(event.position().y())
            if lane is not None and abs(way.x()) + abs(way.y()) < _CLICK_PX:
                self.session.change(selection=lane.muscle)
        event.accept()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Do what a press does."""
        self.mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Seek by a fiftieth of the repetition per notch."""
        delta = event.angleDelta()
        notches = (delta.y() or delta.x()) / 120.0
        session = self.session
        session.seek(session.wanted_s - notches * _WHEEL_STEP * session.repetition.duration_s)
        event.accept()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """No muscle is under the mouse any more."""
        self.session.set_hover(None)
        super().leaveEvent(event)


class _PixelItem(pg.GraphicsObject):  # type: ignore[misc]
    """Covers the plot and paints in pixels instead of seconds."""

    def __init__(self, plot: _Plot) -> None:
        super().__init__()
        self._plot = plot
        self.setAcceptedMouseButtons(Qt.MouseButton.NoButton)

    def boundingRect(self) -> QRectF:  # noqa: N802
        """Return the whole plot, in its own units."""
        plot = self._plot
        return QRectF(0.0, 0.0, max(plot.time_at(plot.width()), 1e-3), float(plot.height()))

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


class _Ground(_PixelItem):
    """Phase bands with their names, hairlines, bars of the lanes."""

    def paint_pixels(self, painter: QPainter) -> None:
        """Paint all but curves and cursor."""
        plot, look = self._plot, self._plot.look
        height, start = float(plot.height()), 0.0
        phases = plot.session.variation.phases
        spans: list[tuple[PhaseId, float, float]] = []
        shade = blend(look.panel, look.raised, 1.0)
        for index, phase in enumerate(phases):
            left, right = plot.x_of(start), plot.x_of(start + phase.seconds)
            spans.append((phase.id, left, right))
            if index % 2 == 0:
                painter.fillRect(QRectF(left, 0.0, right - left, height), shade)
            start += phase.seconds
        painter.setPen(QPen(QColor(look.hairline), 1.0))
        for y in (HEADER_PX, _TOP):
            painter.drawLine(QPointF(0.0, y - 0.5), QPointF(plot.width(), y - 0.5))
        self._paint_phase_names(painter, spans)
        painter.setClipRect(QRectF(0.0, _TOP, plot.width(), height - _TOP))
        ring = QColor(look.ring)
        for row, lane in enumerate(plot.lanes):
            top = _TOP + row * LANE_PX - plot.offset_px
            for k, (phase_id, left, right) in enumerate(spans):
                draw_bar(
                    painter,
                    QRectF(left, top, right - left, LANE_PX),
                    lane.role,
                    lane.contraction[phase_id],
                    letter=k == 0,
                    ring=ring if lane.muscle in plot.selected else None,
                )

    def _paint_phase_names(
        self, painter: QPainter, spans: list[tuple[PhaseId, float, float]]
    ) -> None:
        plot, look = self._plot, self._plot.look
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        bold, plain = font(CAPTION_PX, bold=True), font(CAPTION_PX)
        for phase, (phase_id, left, right) in zip(
            plot.session.variation.phases, spans, strict=True
        ):
            box = QRectF(left + 8.0, 0.0, right - left - 10.0, HEADER_PX - 1.0)
            painter.setFont(bold)
            painter.setPen(QColor(look.text))
            word = phase_word(phase_id)
            painter.drawText(box, flags, word)
            box.setLeft(box.left() + painter.fontMetrics().horizontalAdvance(word) + 8.0)
            painter.setFont(plain)
            painter.setPen(QColor(look.secondary))
            if painter.fontMetrics().horizontalAdvance(seconds(phase.seconds)) <= box.width():
                painter.drawText(box, flags, seconds(phase.seconds))


class _Cursor(_PixelItem):
    """The line at the shown moment, with a handle on top; its position is the time."""

    def boundingRect(self) -> QRectF:  # noqa: N802
        """Return the line's surroundings, relative to the time."""
        plot = self._plot
        wide = plot.time_at(8.0)
        return QRectF(-wide, 0.0, 2 * wide, float(plot.height()))

    def paint_pixels(self, painter: QPainter) -> None:
        """Paint line and handle."""
        plot = self._plot
        # half a line's width inside, so that it is whole at both ends
        x = min(max(plot.x_of(self.pos().x()), 1.0), plot.width() - 1.0)
        ink, paper = QColor(plot.look.ring), QColor(plot.look.panel)
        painter.setPen(QPen(paper, 4.0))
        painter.drawLine(QPointF(x, _TOP), QPointF(x, plot.height()))
        painter.setPen(QPen(ink, 2.0))
        painter.drawLine(QPointF(x, 4.0), QPointF(x, plot.height()))
        painter.setPen(QPen(paper, 1.0))
        painter.setBrush(ink)
        handle = [(-6.0, 0.5), (6.0, 0.5), (6.0, 9.0), (0.0, 15.0), (-6.0, 9.0)]
        painter.drawPolygon(QPolygonF([QPointF(x + dx, y) for dx, y in handle]))
