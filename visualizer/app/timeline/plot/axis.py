"""An axis of the plot: round ticks as far apart as their figures need, and the unit."""

from __future__ import annotations

import math

import pyqtgraph as pg
from PySide6.QtGui import QColor, QFontMetricsF, QPen

from visualizer.analysis.plot import Quantity
from visualizer.app.widgets.theme import CAPTION_PX, font, px
from visualizer.scene.palette import Theme
from visualizer.texts.figures import figure

__all__ = ["AXIS_PX", "TIME_PX", "PlotAxis", "tick_step"]

# Room beside and below the curves; the same for all, so that nothing jumps.
AXIS_PX, TIME_PX = 56, 18
_APART_PX = {"left": 24.0, "right": 24.0, "bottom": 56.0}
_TICK_PX, _EDGE_PX = 4, 5.0


def tick_step(span: float, room: float) -> float:
    """Return the least round step (1, 2 or 5 times a power of ten) of which ``room`` fit."""
    rough = span / max(room, 1.0)
    power = 10.0 ** math.floor(math.log10(rough))
    return next(f * power for f in (1.0, 2.0, 5.0, 10.0) if f * power >= rough * (1 - 1e-9))


class PlotAxis(pg.AxisItem):  # type: ignore[misc]
    """Ticks with figures; the quantity along it where there is room, else the unit.

    Parameters
    ----------
    orientation : str
        ``"left"``, ``"right"`` or ``"bottom"``.
    """

    # pyqtgraph lays the axis out while it makes it
    quantity: Quantity | None = None
    ticks: tuple[float, ...] = ()

    def __init__(self, orientation: str) -> None:
        super().__init__(orientation, maxTickLength=_TICK_PX)
        self.setStyle(
            tickFont=font(px(CAPTION_PX)), autoExpandTextSpace=False, hideOverlappingLabels=False
        )
        self.enableAutoSIPrefix(False)
        if orientation == "bottom":
            self.setHeight(px(TIME_PX))
        else:
            self.setWidth(px(AXIS_PX))

    def show_theme(self, look: Theme) -> None:
        """Take a theme's colours."""
        self.setPen(QPen(QColor(look.hairline), 1.0))
        self.setTickPen(QPen(QColor(look.hairline), 1.0))
        self.setTextPen(QPen(QColor(look.secondary)))
        self.label.setDefaultTextColor(QColor(look.secondary))

    def show_quantity(self, quantity: Quantity | None) -> None:
        """Say what the axis measures; nothing is drawn where it measures nothing."""
        self.quantity = quantity
        self.setOpacity(0.0 if quantity is None else 1.0)  # hidden, it would give up its room
        self.label.setFont(font(px(CAPTION_PX)))
        self._fit_title()
        self.picture = None
        self.update()

    def resizeEvent(self, event: object = None) -> None:  # noqa: N802
        """Write the quantity along the axis where it fits."""
        super().resizeEvent(event)
        self._fit_title()

    def _fit_title(self) -> None:
        if self.orientation == "bottom" or self.label is None or self.quantity is None:
            return
        title, unit = self.quantity.title, self.quantity.unit
        wide = QFontMetricsF(font(px(CAPTION_PX))).horizontalAdvance
        whole = f"{title} ({unit})" if unit not in title else title
        text = whole if wide(whole) + 8.0 <= self.size().height() else unit
        self.label.setVisible(True)
        if self.label.toPlainText() != text:
            self.label.setPlainText(text)
            super().resizeEvent()

    def tickValues(  # noqa: N802
        self, low: float, high: float, length_px: float
    ) -> list[tuple[float, list[float]]]:
        """Return the step and the ticks between two values."""
        self.ticks = ()
        if self.quantity is None or not high > low:
            return []
        step = tick_step(high - low, length_px / _APART_PX[self.orientation])
        # no figure is cut at the ends
        edge = 0.0 if self.orientation == "bottom" else _EDGE_PX * (high - low) / length_px
        first, last = math.ceil((low + edge) / step), math.floor((high - edge) / step + 1e-9)
        self.ticks = tuple(k * step for k in range(first, last + 1))
        return [(step, list(self.ticks))]

    def tickStrings(  # noqa: N802
        self, values: list[float], scale: float, spacing: float
    ) -> list[str]:
        """Return the figures at the ticks; of time with the unit at the last one."""
        assert self.quantity is not None
        digits = max(0, -math.floor(math.log10(spacing) + 1e-9))
        texts = [figure(v, "", digits) for v in values]
        if texts and self.orientation == "bottom":
            texts[-1] += f" {self.quantity.unit}"
        return texts
