"""A body view that the hand turns, shifts and zooms: by mouse, keys, fingers and trackpad."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QTouchEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from visualizer.app.session.pointing import hold_lost
from visualizer.app.session.session import Session
from visualizer.app.stage.body_view import REST_MS, BodyView
from visualizer.app.stage.orbit import Orbit
from visualizer.app.widgets.touch import Touch

__all__ = ["TurnedView"]

_CLICK_PX = 4.0
_ZOOM_PER_NOTCH = 1.15
_MOST_NOTCHES = 20.0  # of one event
# What a key does: the way of a drag to turn, a share of the stage's height to shift.
_KEY_TURN_PX, _KEY_SHIFT = 12.0, 0.06
_ARROWS = {
    Qt.Key.Key_Left: (-1.0, 0.0),
    Qt.Key.Key_Right: (1.0, 0.0),
    Qt.Key.Key_Up: (0.0, -1.0),
    Qt.Key.Key_Down: (0.0, 1.0),
}


class TurnedView(BodyView):
    """A body view with a camera in the user's hand.

    Parameters
    ----------
    session : Session
        What is shown; told what is under the mouse and selected.
    """

    orbit: Orbit

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self._grabbed: QPointF | None = None
        self._grip = QPointF()
        self._dragged = False
        self.touch = Touch(self)
        self.touch.turned.connect(lambda way: self.orbit.turn(way.x(), way.y()))
        self.touch.pinched.connect(self.pinch)
        self.touch.tapped.connect(self._select_at)
        self.touch.double_tapped.connect(self._focus_at)

    def reset_view(self) -> None:
        """Go back to the view that was chosen last."""
        raise NotImplementedError

    @property
    def in_hand(self) -> bool:
        """Whether a button or a finger holds the body."""
        return self._grabbed is not None or self.touch.down

    def event(self, event: QEvent) -> bool:
        """Follow fingers; let go when the release goes elsewhere."""
        if isinstance(event, QTouchEvent):
            return self._follow_fingers(event)
        if isinstance(event, QNativeGestureEvent):
            return self._follow_trackpad(event)
        if hold_lost(event):
            self._drop()
        return bool(super().event(event))

    # --------------------------------------------------------------------------------- mouse
    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Take hold of the body."""
        if event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton):
            self._grabbed = self._grip = event.position()
            self._dragged = False

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Turn or shift while dragging; name the muscle otherwise."""
        held = Qt.MouseButton.LeftButton | Qt.MouseButton.MiddleButton
        if self._grabbed is not None and not event.buttons() & held:
            self._drop()
        if self._grabbed is None:
            self.pointed.move_to(event.position())
            self.update()
            return
        way = event.position() - self._grabbed
        if not self._dragged and abs(way.x()) + abs(way.y()) < _CLICK_PX:
            return
        if not self._dragged:
            self._dragged = True
            self.pointed.move_to(event.position())
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        step = event.position() - self._grip
        self._grip = event.position()
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.buttons() & Qt.MouseButton.MiddleButton or shift:
            self.orbit.pan(step.x(), step.y())
        else:
            self.orbit.turn(step.x(), step.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Select what was clicked; a click beside the body selects nothing."""
        clicked = self._grabbed is not None and not self._dragged
        self._drop()
        if clicked and event.button() == Qt.MouseButton.LeftButton:
            self._select_at(event.position())
        if self.pointed.place is not None:
            self.pointed.move_to(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Focus on the muscle under the mouse; beside the body go back to the view."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._focus_at(event.position())
        else:
            self._leave_focus()

    def _drop(self) -> None:
        """Let go of the body, whether or not the release was seen."""
        if self._grabbed is not None:
            self._grabbed, self._dragged = None, False
            self.unsetCursor()
            self._rest.start(REST_MS)

    def _select_at(self, place: QPointF) -> None:
        self.session.change(selection=self.muscle_at(place))

    def _focus_at(self, place: QPointF) -> None:
        muscle = self.muscle_at(place)
        if muscle is None:
            self._leave_focus()
        else:
            self.session.change(selection=muscle, focus=True)

    def _leave_focus(self) -> None:
        self.session.change(focus=False)
        self.reset_view()

    def _pick(self, point: QPointF) -> str | None:
        # who turns the body points at nothing
        return None if self._dragged else super()._pick(point)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zoom towards the mouse."""
        notches = event.angleDelta().y() / 120.0
        notches = min(max(notches, -_MOST_NOTCHES), _MOST_NOTCHES)
        self.zoom_at(_ZOOM_PER_NOTCH**notches, event.position())
        event.accept()

    def zoom_at(self, factor: float, place: QPointF) -> None:
        """Come nearer by a factor, while what lies at a place (logical pixels) stays there."""
        self.orbit.zoom(factor, place.x(), place.y())

    # --------------------------------------------------------------------- fingers and keys
    def _follow_fingers(self, event: QTouchEvent) -> bool:
        """Take what fingers do beside the buttons on the stage."""
        begins = event.type() == QEvent.Type.TouchBegin
        if begins and self.childAt(event.points()[0].position().toPoint()) is not None:
            event.ignore()
            return False
        self.touch.take(event)
        if not self.touch.down:
            self._rest.start(REST_MS)
        event.accept()
        return True

    def pinch(self, factor: float, middle: QPointF, way: QPointF) -> None:
        """Zoom by a factor about the middle of two fingers, which moved by ``way`` together."""
        self.orbit.pan(way.x(), way.y())
        self.zoom_at(factor, middle)

    def _follow_trackpad(self, event: QNativeGestureEvent) -> bool:
        """Zoom with the gesture of a trackpad."""
        if event.gestureType() == Qt.NativeGestureType.ZoomNativeGesture:
            self.zoom_at(max(1.0 + event.value(), 0.1), event.position())
        event.accept()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Turn with Ctrl and the arrows, shift with Alt and the arrows, zoom with + and −."""
        keys = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        across, down = _ARROWS.get(Qt.Key(event.key()), (0.0, 0.0))
        arrow = bool(across or down)
        if arrow and keys == Qt.KeyboardModifier.ControlModifier:
            self.orbit.turn(across * _KEY_TURN_PX, down * _KEY_TURN_PX)
        elif arrow and keys == Qt.KeyboardModifier.AltModifier:
            step = _KEY_SHIFT * self.height()
            self.orbit.pan(across * step, down * step)
        elif event.text() in ("+", "=", "-") and not keys & ~Qt.KeyboardModifier.ShiftModifier:
            sign = -1.0 if event.text() == "-" else 1.0
            self.zoom_at(_ZOOM_PER_NOTCH**sign, QRectF(self.rect()).center())
        else:
            super().keyPressEvent(event)
