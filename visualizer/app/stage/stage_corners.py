"""What lies on the stage: a row along its top, the legend in its lower left corner."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QObject

from visualizer.app.stage.legend import LegendView
from visualizer.app.stage.pair import BodyPair
from visualizer.app.stage.stage_bar import StageBar

__all__ = ["LOW_PX", "StageCorners"]

LOW_PX = 260  # on a stage lower than this the body gets the rows
_EDGE = 12  # distance of what lies on the stage from its edges
_BESIDE_PX = 360  # so wide at least is the body's room beside a legend


class StageCorners(QObject):
    """Keeps row and legend in the stage's corners, and tells the stage what they cover.

    Parameters
    ----------
    stage : BodyPair
        Becomes their parent.
    bar, legend : StageBar, LegendView
        What lies on it.
    """

    def __init__(self, stage: BodyPair, bar: StageBar, legend: LegendView) -> None:
        super().__init__(stage)
        self._stage, self._bar, self._legend = stage, bar, legend
        for widget in (bar, legend):
            stage.lie_on(widget)
        stage.setMinimumWidth(bar.least_width_px + _EDGE)
        stage.installEventFilter(self)
        legend.installEventFilter(self)
        self._placing = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Follow the stage's size."""
        # another meaning of the colours has a legend of another height
        if event.type() == QEvent.Type.Resize and not self._placing:
            self._placing = True
            self._place()
            self._placing = False
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        stage, bar, legend = self._stage, self._bar, self._legend
        # on a low stage the legend stands beside the body
        low = stage.height() < LOW_PX
        bar.fit(stage.width() - _EDGE, low=low)
        bar.move(_EDGE - 4, _EDGE - 6)
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
