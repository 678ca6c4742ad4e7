"""The lanes of the working muscles: a bar per phase, over the piece of time that is shown."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from visualizer.app.session.pointing import Pointed
from visualizer.app.session.session import Session
from visualizer.app.timeline.lanes import LANE_PX, Lane, draw_bar
from visualizer.app.timeline.loop_mark import paint_outside
from visualizer.app.timeline.scrub_hand import ScrubHand
from visualizer.app.timeline.time_window import TimeWindow
from visualizer.app.widgets.growing_page import Later
from visualizer.app.widgets.kept import KeptPicture
from visualizer.app.widgets.theme import px, theme_of

__all__ = ["LaneBars"]

_DIMMED = 0.3  # a lane that is not shown alone
_REACH_PX = 4  # of the line at the moment, to both sides


class LaneBars(QWidget):
    """Bars with their textures, and the line at the shown moment.

    Painted once and kept as a picture: every step of the line uncovers a piece of it.

    Parameters
    ----------
    session : Session
        Sought by press and drag; told which muscle is selected or under the mouse.
    window : TimeWindow
        Which piece of time is shown.
    later : callable, optional
        Does a step in a later turn of the event loop; without it all is painted at once.
    """

    wheel_turned = Signal(float)  # notches, where some lanes are hidden

    def __init__(
        self,
        session: Session,
        window: TimeWindow,
        parent: QWidget | None = None,
        later: Later | None = None,
    ) -> None:
        super().__init__(parent)
        self.session, self._window = session, window
        self.lanes: tuple[Lane, ...] = ()
        self.selected: frozenset[str] = frozenset()
        self.lit: frozenset[str] = frozenset()
        self.offset_px = 0
        self._time_s = session.instant.time_s
        self._kept = KeptPicture(self._paint, self, later)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        self._pointed = Pointed(self, session, self._muscle_at, hand=False)
        self.hand = ScrubHand(self, session, self.time_at)
        self.hand.clicked.connect(self._select)
        window.changed.connect(self.redraw)
        window.marked.connect(self.update)

    # ------------------------------------------------------------------------------- showing
    def show_lanes(self, lanes: tuple[Lane, ...]) -> None:
        """Take the lanes of a variation."""
        self.lanes = lanes
        self.redraw()

    def show_selection(self, muscles: frozenset[str]) -> None:
        """Ring the lanes of the selected muscle."""
        if muscles != self.selected:
            self.selected = muscles
            self.redraw()

    def show_lit(self, muscles: frozenset[str]) -> None:
        """Dim the lanes of all other muscles."""
        if muscles != self.lit:
            self.lit = muscles
            self.redraw()

    def scroll_to(self, offset_px: int) -> None:
        """Scroll the lanes."""
        self.offset_px = offset_px
        self.redraw()

    def show_time(self, time_s: float) -> None:
        """Move the line to a time (s)."""
        for at in (self._time_s, time_s):
            x = round(self.x_of(at))
            self.update(QRect(x - _REACH_PX, 0, 2 * _REACH_PX, self.height()))
        self._time_s = time_s

    def redraw(self) -> None:
        """Paint all anew."""
        self._kept.stale()
        self._pointed.soon()

    # --------------------------------------------------------------------------------- places
    def x_of(self, time_s: float) -> float:
        """Return the x (px) of a time (s)."""
        return self._window.x_of(time_s, self.width())

    def time_at(self, x: float) -> float:
        """Return the time (s) at an x (px)."""
        return self._window.time_at(x, self.width())

    def lane_at(self, y: float) -> Lane | None:
        """Return the lane at a y (px)."""
        index = int((y + self.offset_px) // px(LANE_PX))
        return self.lanes[index] if y >= 0 and 0 <= index < len(self.lanes) else None

    @property
    def hidden_px(self) -> int:
        """How much of the lanes there is no room for."""
        return max(0, len(self.lanes) * px(LANE_PX) - self.height())

    # ------------------------------------------------------------------------------- painting
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Put the picture of the lanes on the screen, and the line over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look = theme_of(self)
        self._kept.paint(painter, high=False)  # lanes do not become higher
        paint_outside(painter, self._window, QRectF(self.rect()), look)
        # half a line's width inside, so that it is whole at both ends
        x = min(max(self.x_of(self._time_s), 1.0), self.width() - 1.0)
        if abs(x - self.x_of(self._time_s)) <= 1.0:
            for colour, wide in ((look.panel, 4.0), (look.ring, 2.0)):
                painter.setPen(QPen(QColor(colour), wide))
                painter.drawLine(QPointF(x, 0.0), QPointF(x, self.height()))
        painter.end()

    def _paint(self, painter: QPainter) -> None:
        look = theme_of(self)
        painter.fillRect(self.rect(), QColor(look.panel))
        spans = [(s, self.x_of(s.start_s), self.x_of(s.end_s)) for s in self._window.spans]
        for _, left, right in spans[::2]:
            band = QRectF(left, 0.0, right - left, self.height())
            painter.fillRect(band, QColor(look.raised))
        ring = QColor(look.ring)
        for row, lane in enumerate(self.lanes):
            top = row * px(LANE_PX) - self.offset_px
            painter.setOpacity(1.0 if lane.muscle in self.lit else _DIMMED)
            for k, (span, left, right) in enumerate(spans):
                if span.id not in lane.contraction:
                    continue  # the phases of another variation come before its lanes
                draw_bar(
                    painter,
                    QRectF(left, top, right - left, px(LANE_PX)),
                    lane.role,
                    lane.contraction[span.id],
                    letter=k == 0,
                    disputed=span.id in lane.disputed,
                    ring=ring if lane.muscle in self.selected else None,
                )

    # --------------------------------------------------------------------------------- events
    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Paint anew in the new size."""
        self.redraw()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Name the muscle of the lane."""
        self._pointed.move_to(event.position())

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Scroll the lanes when some are hidden; else go through the repetition."""
        delta = event.angleDelta()
        event.accept()
        if delta.y() and self.hidden_px:
            self.wheel_turned.emit(delta.y() / 120.0)
        else:
            self.hand.wheel((delta.y() or delta.x()) / 120.0)

    def _muscle_at(self, point: QPointF) -> str | None:
        lane = self.lane_at(point.y()) if self.rect().contains(point.toPoint()) else None
        return lane.muscle if lane is not None else None

    def _select(self, place: QPointF) -> None:
        lane = self.lane_at(place.y())
        if lane is not None:
            self.session.change(selection=lane.muscle)
