"""Where the parts of the window stand: splitters, their sizes, the corners of the stage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QMargins, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from visualizer.app.controls import hairline
from visualizer.app.lanes import HEADER_PX, LANE_PX, PLOT_PX
from visualizer.app.legend import LegendView
from visualizer.app.panels import PANELS, Panels
from visualizer.app.stage import Stage
from visualizer.app.stage_bar import StageBar

__all__ = ["Zones"]

_EDGE = 12  # distance of what lies on the stage from its edges
_LOW_PX = 260
_BESIDE_PX = 360  # so wide at least is the body's room beside a legend
_TIMELINE_PX = HEADER_PX + PLOT_PX + 3 * LANE_PX + 8
_LEFT_PX, _RIGHT_PX = (236, 380), (312, 620)
_LANES, _HIGH_PX = 6, 1000  # so many lanes at most in a window lower than this
_PLOT_SHARE = 0.13  # of a window’s height
_ABOVE_PX = 80  # menu bar and rows at the top
_ENDLESS = (1 << 24) - 1  # Qt's largest size


class Zones(QWidget):
    """The window's centre.

    Parameters
    ----------
    top : sequence of QWidget
        Rows above everything, from top to bottom.
    library, stage, chart, inspector, transport : QWidget
        The parts.
    stage_bar, legend : StageBar, LegendView
        What lies on the stage.
    panels : Panels
        Which of the parts are shown.
    """

    def __init__(
        self,
        top: Sequence[QWidget],
        library: QWidget,
        stage: Stage,
        chart: QWidget,
        inspector: QWidget,
        transport: QWidget,
        stage_bar: StageBar,
        legend: LegendView,
        panels: Panels,
    ) -> None:
        super().__init__()
        self.setObjectName("zone")
        self._stage, self._stage_bar, self._legend = stage, stage_bar, legend
        self._panels, self._transport = panels, transport
        # from the start where the timeline will be, so that nothing jumps when it comes
        self.timeline_place = QWidget()
        self.timeline_place.setMinimumHeight(_TIMELINE_PX)
        place = QVBoxLayout(self.timeline_place)
        place.setContentsMargins(0, 0, 0, 0)
        self._below = QWidget()
        self._below.setObjectName("zone")
        column = QVBoxLayout(self._below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(transport)
        column.addWidget(self.timeline_place, 1)
        self.right = _splitter("right", Qt.Orientation.Vertical, chart, inspector)
        self.upper = _splitter("upper", Qt.Orientation.Horizontal, library, stage, self.right)
        self.whole = _splitter("whole", Qt.Orientation.Vertical, self.upper, self._below)
        self.upper.setStretchFactor(1, 1)
        self.whole.setStretchFactor(0, 1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        for widget in top:
            stack.addWidget(widget)
        stack.addWidget(hairline())
        stack.addWidget(self.whole, 1)
        # the pane of each panel, and which pane gives and takes its room
        self._panes: dict[str, tuple[QSplitter, QWidget, int]] = {
            "library": (self.upper, library, 1),
            "chart": (self.right, chart, 1),
            "inspector": (self.right, inspector, 0),
            "timeline": (self.whole, self._below, 0),
        }
        # sizes of what is hidden, for when it comes back
        self._before: dict[QWidget, int] = {}
        stage.setMinimumWidth(stage_bar.least_width_px + _EDGE)
        stage.installEventFilter(self)
        panels.changed.connect(self.show_panels)

    # --------------------------------------------------------------------------------- sizes
    @property
    def splitters(self) -> tuple[QSplitter, ...]:
        """The splitters, from the outermost inwards."""
        return self.whole, self.upper, self.right

    def arrange(self, size: QSize, lanes: int, kept: Mapping[str, Sequence[int]]) -> None:
        """Share the window among the parts.

        Parameters
        ----------
        size : QSize
            Of the window, which may not have come down to here yet.
        lanes : int
            How many lanes the timeline has.
        kept : mapping of str to sequence of int
            Sizes by splitter that were kept; ours where they make no sense.
        """
        width, height = size.width(), size.height()
        left = min(max(round(width * 0.19), _LEFT_PX[0]), _LEFT_PX[1])
        right = min(max(round(width * 0.25), _RIGHT_PX[0]), _RIGHT_PX[1])
        if width < 1000:
            right = 280
        # in a low window the rest is scrolled to, so that the body keeps its room
        rows = max(lanes if height >= _HIGH_PX else min(lanes, _LANES), 4)
        plot = max(PLOT_PX, round(height * _PLOT_SHARE))
        below = self._transport.height() + HEADER_PX + plot + rows * LANE_PX + 16
        below = min(below, round(height * 0.42))
        above = height - below - _ABOVE_PX
        usual = {
            "upper": [left, width - left - right, right],
            "whole": [above, below],
            "right": [round(above * 0.52), round(above * 0.48)],
        }
        for splitter in self.splitters:
            name = splitter.objectName()
            sizes = list(kept.get(name, ()))
            if len(sizes) != splitter.count() or any(s <= 0 for s in sizes):
                sizes = usual[name]
            splitter.setSizes(sizes)
            self._before.update(zip(_panes(splitter), sizes, strict=True))
        self.show_panels()

    def sizes(self) -> dict[str, list[int]]:
        """Return the sizes by splitter; of what is hidden, those that it will have again."""
        return {
            splitter.objectName(): [
                self._before.get(pane, 0) if self._away(pane) else size
                for pane, size in zip(_panes(splitter), splitter.sizes(), strict=True)
            ]
            for splitter in self.splitters
        }

    def _away(self, pane: QWidget) -> bool:
        return pane.isHidden() or (pane is self._below and self.timeline_place.isHidden())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Let the timeline give way, too, when the stage becomes low."""
        super().resizeEvent(event)
        above, below = self.whole.sizes()
        # not on the way to the first size, which begins small
        if above < _LOW_PX and self.isVisible():
            least = self._below.minimumSizeHint().height()
            most = max(above + below - _LOW_PX, least)
            if below > most:
                self.whole.setSizes([above + below - most, most])

    # -------------------------------------------------------------------------------- panels
    def show_panels(self) -> None:
        """Show the panels that are to be shown."""
        for name in PANELS:
            splitter, pane, giver = self._panes[name]
            on = self._panels.shown(name)
            if on == self._away(pane):
                self._show(name, splitter, pane, giver, on)
        right = self._panels.shown("chart") or self._panels.shown("inspector")
        if right == self.right.isHidden():
            self._show("", self.upper, self.right, 1, right)

    def _show(self, name: str, splitter: QSplitter, pane: QWidget, giver: int, on: bool) -> None:
        sizes, index = splitter.sizes(), splitter.indexOf(pane)
        if not on:
            self._before[pane] = sizes[index] or self._before.get(pane, 0)
        if name == "timeline":
            self.timeline_place.setVisible(on)
            least = self._transport.height()
            self._below.setMaximumHeight(_ENDLESS if on else least)
            if not on:
                splitter.setSizes([sum(sizes) - least, least])
        else:
            pane.setVisible(on)
        if on and not _panes(splitter)[giver].isHidden() and pane in self._before:
            wanted = self._before[pane]
            sizes[giver] = max(sizes[giver] - wanted + sizes[index], 0)
            sizes[index] = wanted
            splitter.setSizes(sizes)

    # -------------------------------------------------------------------------- on the stage
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep row and legend in the stage's corners."""
        if watched is self._stage and event.type() == QEvent.Type.Resize:
            self._place_on_stage()
        return super().eventFilter(watched, event)

    def _place_on_stage(self) -> None:
        stage, bar, legend = self._stage, self._stage_bar, self._legend
        bar.fit(stage.width() - _EDGE)
        bar.move(_EDGE - 4, _EDGE - 6)
        # on a low stage the body gets the rows, and the legend stands beside it
        low = stage.height() < _LOW_PX
        room_px = stage.height() - bar.height() - 2 * _EDGE
        legend.fit(stage.width() - 2 * _EDGE, room_px, column=low)
        beside = legend.width() + 2 * _EDGE if low else 0
        # rather none than one across row or body; what it says stands in the lanes as well
        fits = legend.height() <= room_px
        fits = fits and (not low or stage.width() - beside >= _BESIDE_PX)
        legend.setVisible(fits)
        legend.move(_EDGE + 4, stage.height() - legend.height() - _EDGE + 2)
        below = legend.height() + _EDGE if fits and not low else _EDGE
        insets = QMargins(beside if fits else 0, bar.height() + _EDGE, 0, below)
        if insets != stage.insets_px:
            stage.cover(insets)


def _splitter(name: str, orientation: Qt.Orientation, *widgets: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    splitter.setObjectName(name)
    splitter.setHandleWidth(1)
    splitter.setChildrenCollapsible(False)
    for index, widget in enumerate(widgets):
        splitter.addWidget(widget)
        splitter.setStretchFactor(index, 0)
    return splitter


def _panes(splitter: QSplitter) -> list[QWidget]:
    return [w for k in range(splitter.count()) if (w := splitter.widget(k)) is not None]
