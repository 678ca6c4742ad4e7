"""The plot of curves over the repetition: axes with units, bands, cross-hair, line at the moment.

pyqtgraph draws curves and axes; its own mouse handling is off, since a press or drag goes to a
moment. Along time it shows the timeline's piece of the repetition, so that curves and lanes stay in
line. A second quantity has its axis at the right: its values are laid onto the first one's axis.
"""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGraphicsGridLayout, QWidget

from visualizer.analysis.plot import Plot, Quantity
from visualizer.app.timeline.loop_mark import paint_outside
from visualizer.app.timeline.plot.axis import AXIS_PX, TIME_PX, PlotAxis
from visualizer.app.timeline.plot.items import (
    LINES,
    PART,
    Back,
    Marks,
    paint_crosshair,
    paint_playhead,
)
from visualizer.app.timeline.time_window import TimeWindow
from visualizer.app.widgets.growing_page import Later
from visualizer.app.widgets.kept import KeptPicture
from visualizer.app.widgets.theme import blend, px
from visualizer.scene.palette import Theme
from visualizer.texts import tr

__all__ = ["PlotCanvas"]

_Value = TypeVar("_Value", float, NDArray[np.float64])

# Lower than this, the phases' durations have to do as an axis of time.
_TIME_FROM_PX = 104
# Curves keep so far from the edges: the handle of the line reaches little farther.
_TOP_PX, _BOTTOM_PX = 12.0, 7.0
_SECOND = 0.6  # and those of a second body, which are as thick as the first one's
_MOST_ZOOM = 40.0
_REACH_PX = 8  # of the line with its handle, to both sides


class PlotCanvas(pg.GraphicsView):  # type: ignore[misc]
    """Draws one plot; knows no session.

    Parameters
    ----------
    window : TimeWindow
        Which piece of time is shown.
    look : Theme
        Colours.
    later : callable, optional
        Does a step in a later turn of the event loop; without it all is painted at once.
    """

    fitted = Signal()  # other size, other piece of time or other range of values

    def __init__(
        self,
        window: TimeWindow,
        look: Theme,
        parent: QWidget | None = None,
        later: Later | None = None,
    ) -> None:
        self._ready = False
        super().__init__(parent, background=look.panel)
        self.window_, self.look = window, look
        self.plot: Plot | None = None
        self._time_s = 0.0
        self._values: tuple[float, float] | None = None  # of the first axis, when zoomed
        self._shown = (0.0, 1.0)
        self.line_ratio = 0  # pixels per pixel of the layout where it is no screen's; 0 for that
        self.setAntialiasing(True)
        self.setFrameShape(self.Shape.NoFrame)
        self.left, self.right = PlotAxis("left"), PlotAxis("right")
        self.bottom = PlotAxis("bottom")
        self.box = pg.ViewBox(enableMenu=False, enableMouse=False, defaultPadding=0.0)
        self.box.disableAutoRange()
        centre = pg.GraphicsWidget()
        grid = QGraphicsGridLayout(centre)
        grid.setContentsMargins(0.0, 0.0, 0.0, 0.0)
        grid.setSpacing(0.0)
        for item, row, column in (
            (self.left, 0, 0), (self.box, 0, 1), (self.right, 0, 2), (self.bottom, 1, 1),
        ):  # fmt: skip
            grid.addItem(item, row, column)
        self._grid = grid
        self.left.linkToView(self.box)
        self.bottom.linkToView(self.box)
        self.curves: list[pg.PlotCurveItem] = []
        self.back = Back(self, -20.0)
        self.marks = Marks(self, 20.0)
        self.pointed: QPointF | None = None  # where the cross-hair is
        self.line_x: float | None = None  # where the line at the moment is, px
        # all but cross-hair and line: every step of the line uncovers a piece of it
        self._kept = KeptPicture(self._paint, self, later)
        self.setCentralItem(centre)
        for layer in (self.back, self.marks):
            self.scene().addItem(layer)
        self._ready = True
        self.bottom.show_quantity(Quantity(tr("Time"), "s", 1))
        window.changed.connect(self.refit)
        window.marked.connect(self.viewport().update)
        self.show_theme(look)

    # ------------------------------------------------------------------------------- showing
    def show_plot(self, plot: Plot) -> None:
        """Take other curves; all of their values are shown."""
        self.plot, self._values = plot, None
        self.pointed = None
        for old in self.curves:
            self.box.removeItem(old)
        self.curves = []
        for curve in plot.painted:
            item = pg.PlotCurveItem(antialias=True)
            item.setAcceptedMouseButtons(Qt.MouseButton.NoButton)
            item.setData(plot.time_s, self._on_first(curve.values, curve.quantity))
            self.curves.append(item)
            self.box.addItem(item, ignoreBounds=True)
        quantities = plot.quantities
        assert len(quantities) <= 2, "two sides, two axes"
        self.left.show_quantity(quantities[0] if quantities else None)
        self.right.show_quantity(quantities[1] if len(quantities) > 1 else None)
        self._ink()
        self.refit()

    def show_theme(self, look: Theme) -> None:
        """Take a theme's colours."""
        self.look = look
        self.setBackground(look.panel)
        for axis in (self.left, self.right, self.bottom):
            axis.show_theme(look)
        self._ink()
        self._redraw()

    def show_time(self, time_s: float) -> None:
        """Move the line to a time (s)."""
        self._time_s = time_s
        area, x = self.area, self.x_of(time_s)
        # half a line's width inside, so that it is whole at both ends
        seen = area.left() - 1.0 <= x <= area.right() + 1.0
        new = min(max(x, area.left() + 1.0), area.right() - 1.0) if seen else None
        for at in {x for x in (self.line_x, new) if x is not None}:
            self.viewport().update(round(at) - _REACH_PX, 0, 2 * _REACH_PX, self.height())
        self.line_x = new

    def point_at(self, place: QPointF | None) -> float | None:
        """Put the cross-hair at a place of the view (px); return its time (s), None if beside."""
        inside = place is not None and self.area.contains(place) and self.shows_curves
        if self.pointed is not None or inside:
            self.viewport().update()
        self.pointed = place if inside else None
        return self.time_at(place.x()) if inside and place is not None else None

    @property
    def shows_curves(self) -> bool:
        """Whether there is a curve."""
        return self.plot is not None and bool(self.plot.curves)

    # -------------------------------------------------------------------------------- places
    @property
    def area(self) -> QRectF:
        """Where the curves are, in pixels of the view."""
        low = px(TIME_PX) if self.has_time_axis else 0
        wide = max(self.width() - 2 * px(AXIS_PX), 1)
        return QRectF(px(AXIS_PX), 0.0, wide, max(self.height() - low, 1))

    @property
    def has_time_axis(self) -> bool:
        """Whether there is room for the seconds."""
        return bool(self.height() >= _TIME_FROM_PX)

    def x_of(self, time_s: _Value) -> _Value:
        """Return the x (px) of a time (s)."""
        area, window = self.area, self.window_
        scale = area.width() / (window.end_s - window.start_s)
        return area.left() + (time_s - window.start_s) * scale

    def time_at(self, x: float) -> float:
        """Return the time (s) at an x (px)."""
        area = self.area
        return self.window_.time_at(x - area.left(), area.width())

    def y_of(self, values: _Value, quantity: Quantity) -> _Value:
        """Return the y (px) of values of a quantity."""
        (low, high), area = self._shown, self.area
        share = (self._on_first(values, quantity) - low) / (high - low)
        return area.bottom() - share * area.height()

    def _on_first(self, values: _Value, quantity: Quantity) -> _Value:
        """Return values of a quantity on the scale of the first axis."""
        assert self.plot is not None
        first = self.plot.quantities[0]
        if quantity == first:
            return values
        (low, high), (a, b) = self.plot.limits(quantity), self.plot.limits(first)
        return a + (values - low) * ((b - a) / (high - low))

    def _from_first(self, value: float, quantity: Quantity) -> float:
        assert self.plot is not None
        (low, high), (a, b) = self.plot.limits(quantity), self.plot.limits(self.plot.quantities[0])
        return low + (value - a) * ((high - low) / (b - a))

    # ---------------------------------------------------------------------------------- zoom
    @property
    def values_zoomed(self) -> bool:
        """Whether some of the values are out of sight."""
        return self._values is not None

    def zoom_values(self, factor: float, y: float) -> None:
        """Show a smaller range of values (a factor above 1) or a larger one, about a y (px)."""
        if not self.shows_curves:
            return
        whole = self._whole()
        (low, high), area = self._shown, self.area
        new = max((high - low) / factor, (whole[1] - whole[0]) / _MOST_ZOOM)
        share = (area.bottom() - y) / area.height()
        start = low + share * (high - low - new)
        self._values = self._within(start, start + new, whole)
        self.refit()

    def pan_values(self, by_px: float) -> None:
        """Move the shown range of values by pixels, downwards above zero."""
        if self._values is not None:
            by = by_px / self.area.height() * (self._values[1] - self._values[0])
            low, high = self._values
            self._values = self._within(low + by, high + by, self._whole())
            self.refit()

    def show_all_values(self) -> None:
        """Show all values."""
        self._values = None
        self.refit()

    @staticmethod
    def _within(low: float, high: float, whole: tuple[float, float]) -> tuple[float, float] | None:
        wide = high - low
        if wide >= whole[1] - whole[0]:
            return None
        low = min(max(low, whole[0]), whole[1] - wide)
        return low, low + wide

    def _whole(self) -> tuple[float, float]:
        """Return the range of the first axis that shows all values, with some air."""
        if self.plot is None or not self.plot.curves:
            return 0.0, 1.0
        low, high = self.plot.limits(self.plot.quantities[0])
        per_px = (high - low) / max(self.area.height() - _TOP_PX - _BOTTOM_PX, 1.0)
        return low - _BOTTOM_PX * per_px, high + _TOP_PX * per_px

    # -------------------------------------------------------------------------------- fitting
    def refit(self) -> None:
        """Show the window's piece of time and the chosen range of values in the present size."""
        if not self._ready:
            return
        self.bottom.setVisible(self.has_time_axis)
        self.bottom.setHeight(px(TIME_PX) if self.has_time_axis else 0)
        self._grid.invalidate()
        self._grid.activate()
        low, high = self._shown = self._values or self._whole()
        self.box.setRange(
            xRange=(self.window_.start_s, self.window_.end_s), yRange=(low, high), padding=0.0
        )
        if self.plot is not None and len(self.plot.quantities) > 1:
            second = self.plot.quantities[1]
            self.right.setRange(self._from_first(low, second), self._from_first(high, second))
        # the ticks are needed by the lines behind the curves, before the axis is painted
        self.left.tickValues(low, high, self.area.height())
        self._redraw()
        self.show_time(self._time_s)
        self.fitted.emit()

    def _redraw(self) -> None:
        self._kept.stale()
        for layer in (self.back, self.marks):
            layer.prepareGeometryChange()
            layer.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Put the kept picture on the screen, cross-hair and line over it."""
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._kept.paint(painter, edge_px=px(AXIS_PX))
        paint_outside(painter, self.window_, self.area, self.look)
        if self.pointed is not None:
            paint_crosshair(painter, self, self.pointed)
        if self.line_x is not None:
            area = self.area  # not across the seconds
            paint_playhead(painter, self.look, self.line_x, area.top(), area.bottom())
        painter.end()

    def _ink(self) -> None:
        if self.plot is None:
            return
        # a cosmetic pen is measured in pixels of the screen, not in logical ones
        ratio, look = self.line_ratio or self.devicePixelRatioF(), self.look
        for item, curve in zip(self.curves, self.plot.painted, strict=True):
            if curve.part:
                pen = QPen(blend(look.panel, look.text, PART), 1.0 * ratio)
            else:
                among = self.plot.second if curve.of else self.plot.main
                line = LINES[among.index(curve) % len(LINES)]
                ink = blend(look.panel, look.text, _SECOND) if curve.of else QColor(look.text)
                pen = QPen(ink, 1.6 * ratio, line)
            pen.setCosmetic(True)
            item.setPen(pen)
        self._kept.stale()

    def _paint(self, painter: QPainter) -> None:
        self.render(painter, QRectF(self.rect()), self.rect())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fit the new size."""
        super().resizeEvent(event)
        self._ink_if_ready()

    def _ink_if_ready(self) -> None:
        if getattr(self, "_ready", False):
            self._ink()
            self.refit()

    def event(self, event: QEvent) -> bool:
        """Draw lines of the right width when the window comes to another screen."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._ink_if_ready()
        return bool(super().event(event))
