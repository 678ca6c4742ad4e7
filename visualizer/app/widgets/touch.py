"""Fingers on the stage: one turns, two zoom and shift, a tap is a click.

The raw points are used: Qt's own pinch recogniser counts every move twice and tells a centre that
is off by some pixels.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, QPointF, Signal
from PySide6.QtGui import QEventPoint, QTouchEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QScroller,
    QScrollerProperties,
)

__all__ = ["Touch", "scroll_by_touch"]

# A finger that moves less than this taps.
_TAP_PX = 10.0
# Two fingers nearer than this tell nothing about a factor.
_NEAREST_PX = 24.0
_SAME_PLACE_PX = 40.0


def scroll_by_touch(area: QAbstractScrollArea) -> None:
    """Let a finger (not the mouse) scroll an area, which stops at its ends."""
    if isinstance(area, QAbstractItemView):
        # a finger moves by pixels, not by rows
        pixels = QAbstractItemView.ScrollMode.ScrollPerPixel
        area.setVerticalScrollMode(pixels)
        area.setHorizontalScrollMode(pixels)
    view = area.viewport()
    QScroller.grabGesture(view, QScroller.ScrollerGestureType.TouchGesture)
    scroller = QScroller.scroller(view)
    how = scroller.scrollerProperties()
    off = QScrollerProperties.OvershootPolicy.OvershootAlwaysOff
    for metric in (
        QScrollerProperties.ScrollMetric.VerticalOvershootPolicy,
        QScrollerProperties.ScrollMetric.HorizontalOvershootPolicy,
    ):
        how.setScrollMetric(metric, off)
    scroller.setScrollerProperties(how)


class Touch(QObject):
    """Reads touch events of one widget; all places and ways are in its logical pixels."""

    turned = Signal(QPointF)  # the way that one finger went
    pinched = Signal(float, QPointF, QPointF)  # factor, middle of the fingers, its way
    tapped = Signal(QPointF)
    double_tapped = Signal(QPointF)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._last: dict[int, QPointF] = {}
        self._start = QPointF()
        self._moved = False
        # how many fingers there were at most: after a pinch the last one does not turn the body
        self._most = 0
        self._since_tap = QElapsedTimer()
        self._tap_at = QPointF()

    @property
    def down(self) -> bool:
        """Whether a finger is on the widget."""
        return bool(self._last)

    def take(self, event: QTouchEvent) -> None:
        """Follow the fingers."""
        kind = event.type()
        if kind == QEvent.Type.TouchCancel:
            self.cancel()
            return
        released = QEventPoint.State.Released
        now = {p.id(): QPointF(p.position()) for p in event.points() if p.state() != released}
        if kind == QEvent.Type.TouchBegin:
            self._moved, self._most = False, 0
            self._last = {}
            self._start = QPointF(event.points()[0].position())
        self._most = max(self._most, len(now))
        before, self._last = self._last, now
        if kind == QEvent.Type.TouchEnd:
            self._last = {}
            if self._most == 1 and not self._moved:
                self._tap(QPointF(event.points()[0].position()))
            return
        # a finger more or less: they begin anew, or the body would jump
        if now.keys() != before.keys():
            return
        if len(now) >= 2:
            one, other = sorted(now)[:2]
            self._pinch(before[one], before[other], now[one], now[other])
        elif len(now) == 1 and self._most == 1:
            (finger,) = now
            self._moved = self._moved or _far(now[finger] - self._start, _TAP_PX)
            if self._moved:
                self.turned.emit(now[finger] - before[finger])

    def cancel(self) -> None:
        """Forget the fingers, which belong to somebody else now."""
        self._last = {}
        self._moved = True

    def _pinch(self, a0: QPointF, b0: QPointF, a1: QPointF, b1: QPointF) -> None:
        self._moved = True
        apart = [max(math.hypot(d.x(), d.y()), _NEAREST_PX) for d in (b0 - a0, b1 - a1)]
        middle = (a1 + b1) / 2.0
        self.pinched.emit(apart[1] / apart[0], middle, middle - (a0 + b0) / 2.0)

    def _tap(self, place: QPointF) -> None:
        again = self._since_tap.isValid() and not self._since_tap.hasExpired(
            QApplication.doubleClickInterval()
        )
        if again and not _far(place - self._tap_at, _SAME_PLACE_PX):
            self._since_tap.invalidate()
            self.double_tapped.emit(place)
            return
        self._tap_at = place
        self._since_tap.start()
        self.tapped.emit(place)


def _far(way: QPointF, limit_px: float) -> bool:
    return math.hypot(way.x(), way.y()) >= limit_px
