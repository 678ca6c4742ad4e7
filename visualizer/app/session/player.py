"""The clock that plays the repetition."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer

from visualizer.app.session.session import Session
from visualizer.lifts.schedule import Playhead

__all__ = ["Player"]

_INTERVAL_MS = 16
# After a hiccup (a window dragged, a machine asleep) playing goes on from where it was.
_LONGEST_STEP_S = 0.25
# A moment that a key or the wheel went to stands still so long. Longer than a held key takes to
# repeat, or the clock would move between the first two steps.
_LINGER_S = 0.7


class Player(QObject):
    """Seeks the session in real time while ``state.playing`` is set and no hand holds the moment.

    Parameters
    ----------
    session : Session
        What is played.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._since = QElapsedTimer()
        self.timer = QTimer(self)
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.setInterval(_INTERVAL_MS)
        self.timer.timeout.connect(self._tick)
        self._linger_s = 0.0
        session.state_changed.connect(self._follow)
        session.held_changed.connect(self._follow)
        session.nudged.connect(self._linger)

        self.waits_at_borders = False  # whether playing stops at every phase's end

    @property
    def running(self) -> bool:
        """Whether the clock ticks."""
        return self.timer.isActive()

    def toggle(self) -> None:
        """Play or pause; at the end playing starts again from the beginning."""
        session = self._session
        at_end = session.wanted_s >= session.repetition.schedule.duration_s
        if not session.state.playing and at_end and not session.held:
            session.seek(0.0)
        self._linger_s = 0.0
        session.change(playing=not session.state.playing)

    def _follow(self) -> None:
        runs = self._session.state.playing and not self._session.held
        if runs and not self._session.state.played:
            self._session.change(played=True)
        if runs and not self.timer.isActive():
            self._since.start()
            self.timer.start()
        elif not runs:
            self.timer.stop()

    def _linger(self) -> None:
        self._linger_s = _LINGER_S

    def _tick(self) -> None:
        self.advance(min(self._since.restart() / 1000.0, _LONGEST_STEP_S))

    def advance(self, seconds: float) -> None:
        """Go on by an interval of real time, seconds; not while a hand holds the moment."""
        session = self._session
        if session.held:
            return
        waited_s = min(seconds, self._linger_s)
        self._linger_s -= waited_s
        seconds -= waited_s
        if seconds <= 0.0:
            return
        schedule = session.repetition.schedule
        duration_s = schedule.duration_s
        time_s = session.wanted_s + seconds * session.state.speed
        # a talk waits at the end of each phase
        if session.marked_s is not None and not self.waits_at_borders:
            start_s, end_s = session.marked_s
            if not start_s <= session.wanted_s <= end_s:
                time_s = start_s
            if time_s >= end_s:
                time_s = start_s + (time_s - end_s) % (end_s - start_s)
            session.seek(time_s)
            return
        if session.state.loop_phase and not self.waits_at_borders:
            span, passed_s = schedule.span(session.playhead.phase), seconds * session.state.speed
            share = session.playhead.fraction + passed_s / max(span.seconds, 1e-3)
            session.go_to(Playhead(span.id, share % 1.0))
            return
        border_s = session.repetition.schedule.border_after(session.wanted_s)
        if self.waits_at_borders and time_s >= border_s:
            # the end of this phase, not the beginning of the next
            session.go_to(Playhead(session.repetition.schedule.at(session.wanted_s)[0].id, 1.0))
            session.change(playing=False)
        elif time_s < duration_s:
            session.seek(time_s)
        elif session.state.loop:
            session.seek(time_s % duration_s)
        else:
            session.seek(duration_s)
            session.change(playing=False)
