"""The hand on the timeline: a press or a drag goes to a moment and holds it there."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from visualizer.app.session.pointing import hold_lost
from visualizer.app.session.session import Session

__all__ = ["ScrubHand"]

# A press that moves less than this is a click.
_CLICK_PX = 4
_WHEEL_STEP = 0.02  # of the repetition per notch
_PRESSES = (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick)


class ScrubHand(QObject):
    """Lets a view scrub with the left button; its other events stay the view's own.

    Parameters
    ----------
    view : QWidget
        Gets the mouse's events; a scroll area's viewport.
    session : Session
        What is sought and held.
    time_at : callable
        Returns the time (s) at an x (px) of the view.
    """

    clicked = Signal(QPointF)  # pressed and released without a drag

    def __init__(self, view: QWidget, session: Session, time_at: Callable[[float], float]) -> None:
        super().__init__(view)
        self._session, self._time_at = session, time_at
        self._pressed: QPointF | None = None
        view.installEventFilter(self)

    @property
    def down(self) -> bool:
        """Whether the hand holds the moment."""
        return self._pressed is not None

    def watch(self, widget: QWidget) -> None:
        """Let go also by what only this widget is told, e.g. that its window is left."""
        widget.installEventFilter(self)

    def wheel(self, notches: float) -> None:
        """Go by a fiftieth of the repetition per notch, away from the user: back."""
        if self._pressed is None:
            step_s = _WHEEL_STEP * self._session.repetition.schedule.duration_s
            self._session.nudge(self._session.wanted_s - notches * step_s)

    def let_go(self) -> None:
        """Let the clock go on."""
        self._pressed = None
        self._session.let_go(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Press, drag, release with the left button; let go when the release goes elsewhere."""
        if hold_lost(event):
            self.let_go()
        elif isinstance(event, QMouseEvent) and watched is self.parent():
            return self._mouse(event)
        return False

    def _mouse(self, event: QMouseEvent) -> bool:
        left, place = Qt.MouseButton.LeftButton, event.position()
        if event.type() in _PRESSES:
            if event.button() != left or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return False
            self._pressed = place
            self._session.hold(self)
            self._session.seek(self._time_at(place.x()))
            return True
        if event.type() == QEvent.Type.MouseMove:
            if not event.buttons() & left:
                self.let_go()
            if self._pressed is not None:
                self._session.seek(self._time_at(place.x()))
        elif event.type() == QEvent.Type.MouseButtonRelease and event.button() == left:
            pressed = self._pressed
            self.let_go()
            if pressed is not None and (place - pressed).manhattanLength() < _CLICK_PX:
                self.clicked.emit(place)
        return False
