"""The clock that plays the repetition."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer

from visualizer.app.session import Session, SessionState

__all__ = ["Player"]

_INTERVAL_MS = 16
# After a hiccup (a window dragged, a machine asleep) playing goes on from where it was.
_LONGEST_STEP_S = 0.25


class Player(QObject):
    """Seeks the session in real time while ``state.playing`` is set.

    Parameters
    ----------
    session : Session
        What is played.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._since = QElapsedTimer()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.setInterval(_INTERVAL_MS)
        self._timer.timeout.connect(self._tick)
        session.state_changed.connect(self._follow)

    @property
    def running(self) -> bool:
        """Whether the clock ticks."""
        return self._timer.isActive()

    def toggle(self) -> None:
        """Play or pause; at the end playing starts again from the beginning."""
        session = self._session
        if not session.state.playing and session.wanted_s >= session.repetition.duration_s:
            session.seek(0.0)
        session.change(playing=not session.state.playing)

    def _follow(self, old: SessionState, new: SessionState) -> None:
        if new.playing and not self._timer.isActive():
            self._since.start()
            self._timer.start()
        elif not new.playing:
            self._timer.stop()

    def _tick(self) -> None:
        self.advance(min(self._since.restart() / 1000.0, _LONGEST_STEP_S))

    def advance(self, seconds: float) -> None:
        """Go on by an interval of real time, seconds."""
        session = self._session
        duration_s = session.repetition.duration_s
        time_s = session.wanted_s + seconds * session.state.speed
        if time_s < duration_s:
            session.seek(time_s)
        elif session.state.loop:
            session.seek(time_s % duration_s)
        else:
            session.seek(duration_s)
            session.change(playing=False)
