"""Texts and curves follow the hand on a slider, but not in each of its steps.

Whoever shows something long has one :class:`Following` for it and shows it in no other way, so that
nothing is made twice: what waits is forgotten as soon as what is newest is shown.

Nobody reads a figure thirty times a second, and laying it out takes longer than colouring a body.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from visualizer.app.session.session import Session

__all__ = ["CURVES_MS", "TEXT_MS", "Following"]

TEXT_MS, CURVES_MS = 100, 150


class Following(QObject):
    """Shows a change at once; while a hand is on a slider some times a second, the last one too.

    Parameters
    ----------
    session : Session
        Knows whether a hand is on a slider.
    show : callable
        Shows what is newest.
    parent : QObject
        Who shows it; when it is gone, nothing more is shown.
    every_ms : int
        How long a change waits while a hand is on a slider. What takes long waits longer, so that
        it seldom comes in one turn with the rest.
    """

    def __init__(
        self,
        session: Session,
        show: Callable[[], object],
        parent: QObject,
        every_ms: int = TEXT_MS,
    ) -> None:
        super().__init__(parent)
        self._session, self._show = session, show
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(every_ms)
        self._timer.timeout.connect(self.now)
        session.slider_left.connect(self._catch_up)

    def follow(self) -> None:
        """Show what is newest, now or before long."""
        if not self._session.sliding:
            self.now()
        elif not self._timer.isActive():
            self._timer.start()

    def now(self) -> None:
        """Show what is newest, whether a hand is on a slider or not."""
        self._timer.stop()
        self._show()

    def _catch_up(self) -> None:
        """Show what waits, since the hand has let go."""
        if self._timer.isActive():
            self.now()
