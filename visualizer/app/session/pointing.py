"""What the hand points at: the muscle under a resting mouse, and whether a hold is lost."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer
from PySide6.QtGui import QFocusEvent, QMouseEvent, QPointingDevice
from PySide6.QtWidgets import QWidget

from visualizer.app.session.session import Session

__all__ = ["Pointed", "hold_lost"]

_AWAY = (
    QEvent.Type.WindowDeactivate,
    QEvent.Type.WindowBlocked,
    QEvent.Type.Hide,
)


def hold_lost(event: QEvent) -> bool:
    """Return whether an event ends a press without a release: nothing may stay held for ever."""
    kind = event.type()
    if kind in _AWAY or kind in (QEvent.Type.UngrabMouse, QEvent.Type.TouchCancel):
        return True
    # a menu that opens takes the release
    popup = Qt.FocusReason.PopupFocusReason
    return isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() is popup


class Pointed(QObject):
    """Tells the session which muscle lies under the mouse in a view, as long as one does.

    The mouse may rest while the picture moves below it: views call :meth:`soon` whenever what they
    show may have changed.

    Parameters
    ----------
    view : QWidget
        Gets the mouse's events; a scroll area's viewport.
    session : Session
        Told which muscle it is.
    pick : callable
        Returns the id of the muscle at a point of the view, or None.
    hand : bool
        Whether the mouse becomes a hand over a muscle.
    """

    def __init__(
        self,
        view: QWidget,
        session: Session,
        pick: Callable[[QPointF], str | None],
        *,
        hand: bool = True,
    ) -> None:
        super().__init__(view)
        self._view, self._session, self._pick, self._hand = view, session, pick, hand
        self.place: QPointF | None = None
        # true while a muscle is looked for because the picture, not the mouse has moved
        self.again = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._look_again)
        view.installEventFilter(self)

    def move_to(self, place: QPointF) -> None:
        """Take the mouse's new place."""
        self.place = QPointF(place)
        self._soon.stop()
        self._tell(self._pick(self.place))

    def leave(self) -> None:
        """Forget the mouse: no muscle is under it any more."""
        if self.place is not None:
            self.place = None
            self._soon.stop()
            self._tell(None)
            self._view.update()

    def soon(self) -> None:
        """Look again at the end of the turn, when a mouse is there."""
        if self.place is not None:
            self._soon.start()

    def muscle(self) -> str | None:
        """Return the muscle under the mouse in what the view shows now."""
        return None if self.place is None else self._pick(self.place)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Forget the mouse when it leaves, or another window comes between."""
        kind = event.type()
        # a finger that is lifted rests nowhere
        lifted = (
            kind == QEvent.Type.MouseButtonRelease
            and isinstance(event, QMouseEvent)
            and event.pointerType() is QPointingDevice.PointerType.Finger
        )
        if lifted or kind == QEvent.Type.Leave or kind in _AWAY:
            self.leave()
        return False

    def _look_again(self) -> None:
        if self.place is not None:
            self.again = True
            self._tell(self._pick(self.place))
            self.again = False

    def _tell(self, muscle: str | None) -> None:
        if self._hand:
            if muscle is None:
                self._view.unsetCursor()
            else:
                self._view.setCursor(Qt.CursorShape.PointingHandCursor)
        self._session.set_hover(muscle)
