"""Where the views of the window stand: splitters, their sizes, which panels are shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from visualizer.app.stage.stage_corners import LOW_PX
from visualizer.app.timeline.lanes import HEADER_PX, LANE_PX, PLOT_PX
from visualizer.app.widgets.controls import hairline
from visualizer.app.widgets.theme import px
from visualizer.app.window.panels import Panels
from visualizer.app.window.view import Place
from visualizer.app.window.view_set import ViewSet

__all__ = ["Zones"]

_TIMELINE_PX = HEADER_PX + PLOT_PX + 3 * LANE_PX + 8
_LEFT_PX, _RIGHT_PX = (236, 380), (312, 620)
# In a low window few lanes, the last one cut so that one sees that there are more; from a high
# one all; between them as many as the height allows.
_LANES, _LOW_PX, _HIGH_PX, _PER_LANE_PX = 4.5, 820, 1000, 60
_PLOT_SHARES = 0.1, 0.13  # of a window’s height, where it is not high and where it is
_ABOVE_PX = 80  # menu bar and rows at the top
_ENDLESS = (1 << 24) - 1  # Qt's largest size


class Zones(QWidget):
    """The window's centre.

    Parameters
    ----------
    top : sequence of QWidget
        Rows above all views, from top to bottom.
    views : ViewSet
        The views; those that are made later come through :meth:`put`.
    panels : Panels
        Which of them are shown.
    """

    def __init__(self, top: Sequence[QWidget], views: ViewSet, panels: Panels) -> None:
        super().__init__()
        self.setObjectName("zone")
        self._views, self._panels = views, panels
        rows, (stage,) = self._at(Place.ROW), self._at(Place.STAGE)
        self._rows = rows
        # from the start where the timeline will be, so that nothing jumps when it comes
        self.timeline_place = QWidget()
        self.timeline_place.setMinimumHeight(px(_TIMELINE_PX))
        place = QVBoxLayout(self.timeline_place)
        place.setContentsMargins(0, 0, 0, 0)
        self._below = QWidget()
        self._below.setObjectName("zone")
        column = QVBoxLayout(self._below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for row in rows:
            column.addWidget(row)
        column.addWidget(self.timeline_place, 1)
        left = self._at(Place.LEFT)
        self.right = _splitter("right", Qt.Orientation.Vertical, *self._at(Place.RIGHT))
        self.upper = _splitter("upper", Qt.Orientation.Horizontal, *left, stage, self.right)
        self.whole = _splitter("whole", Qt.Orientation.Vertical, self.upper, self._below)
        self.upper.setStretchFactor(self.upper.indexOf(stage), 1)
        self.whole.setStretchFactor(0, 1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        for widget in (*top, *self._at(Place.TOP)):
            stack.addWidget(widget)
        stack.addWidget(hairline())
        stack.addWidget(self.whole, 1)
        # the pane of each panel, and which pane gives and takes its room
        self._panes: dict[str, tuple[QSplitter, QWidget, int]] = {}
        for record in views.records:
            if record.panel is None:
                continue
            if record.place is Place.BELOW:
                self._panes[record.panel.id] = self.whole, self._below, 0
            elif record.place is Place.RIGHT:
                pane = views[record.id]
                giver = 1 if self.right.indexOf(pane) == 0 and self.right.count() > 1 else 0
                self._panes[record.panel.id] = self.right, pane, giver
            else:
                self._panes[record.panel.id] = (
                    self.upper, views[record.id], self.upper.indexOf(stage),
                )  # fmt: skip
        # what cannot be shown yet must not make the window larger before it is laid out
        for name, (_, pane, _giver) in self._panes.items():
            if panels.locked(name):
                pane.hide()
        # sizes of what is hidden, for when it comes back
        self._before: dict[QWidget, int] = {}
        panels.changed.connect(self.show_panels)

    def _at(self, place: Place) -> list[QWidget]:
        return [widget for _, widget in self._views.at(place)]

    def put(self, place: Place, widget: QWidget) -> None:
        """Take a view that was made after the others."""
        layout = self.timeline_place.layout()
        assert place is Place.BELOW
        assert layout is not None
        layout.addWidget(widget)
        widget.show()

    @property
    def _rows_px(self) -> int:
        return sum(row.height() for row in self._rows)

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
        left = min(max(round(width * 0.19), px(_LEFT_PX[0])), px(_LEFT_PX[1]))
        right = min(max(round(width * 0.25), px(_RIGHT_PX[0])), px(_RIGHT_PX[1]))
        if width < px(1000):
            right = min(px(280), round(width * 0.36))
        # in a low window the rest is scrolled to, so that the body keeps its room
        most = _LANES + max(height - px(_LOW_PX), 0) / px(_PER_LANE_PX)
        high = height >= px(_HIGH_PX)
        rows = max(lanes if high else min(lanes, most), 4)
        plot = max(px(PLOT_PX), round(height * _PLOT_SHARES[high]))
        below = self._rows_px + px(HEADER_PX) + plot + round(rows * px(LANE_PX)) + 11
        below = min(below, round(height * 0.42))
        above = height - below - px(_ABOVE_PX)
        beside = len(self._at(Place.LEFT))
        shares = [record.share for record, _ in self._views.at(Place.RIGHT)]
        usual = {
            "upper": [*[left] * beside, width - beside * left - right, right],
            "whole": [above, below],
            "right": [round(above * share / sum(shares)) for share in shares],
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
        if above < LOW_PX and self.isVisible():
            least = self._below.minimumSizeHint().height()
            most = max(above + below - LOW_PX, least)
            if below > most:
                self.whole.setSizes([above + below - most, most])

    # -------------------------------------------------------------------------------- panels
    def show_panels(self) -> None:
        """Show the panels that are to be shown."""
        for name, (splitter, pane, giver) in self._panes.items():
            on = self._panels.shown(name)
            if on == self._away(pane):
                self._show(splitter, pane, giver, on)
        right = any(not pane.isHidden() for pane in _panes(self.right))
        if right == self.right.isHidden():
            self._show(self.upper, self.right, self.upper.count() - 2, right)

    def _show(self, splitter: QSplitter, pane: QWidget, giver: int, on: bool) -> None:
        sizes, index = splitter.sizes(), splitter.indexOf(pane)
        if not on:
            self._before[pane] = sizes[index] or self._before.get(pane, 0)
        if pane is self._below:
            self.timeline_place.setVisible(on)
            least = self._rows_px
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
