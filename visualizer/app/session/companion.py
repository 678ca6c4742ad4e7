"""The second body of a comparison: a session of its own that follows the window's.

Stage and tags show it as they show any session. Its place in the repetition is that of the first
body by phase and share, so that two of different tempo meet at every border; what is chosen on it
is chosen for both.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import QObject

from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState, fields_of
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.lifts.schedule import Playhead

__all__ = ["Companion"]


class Companion(Session):
    """Shows another repetition at the place of the session that it follows.

    Parameters
    ----------
    leader : Session
        What it follows, and what is told of every choice.
    repetition : Repetition
        What the second body does; nobody else's, since two pictures are drawn of it by turns.
    playhead : Playhead, optional
        Where it stays; None while it follows.
    """

    def __init__(
        self,
        leader: Session,
        repetition: Repetition,
        playhead: Playhead | None = None,
        parent: QObject | None = None,
    ) -> None:
        self._leader, self._stays, self._seen = leader, playhead, leader.instant
        own = leader.state, repetition
        super().__init__(leader.catalog, leader.body, _mirrored(*own), (), parent, [repetition])
        self._move()
        leader.state_changed.connect(self._follow_state)
        leader.instant_changed.connect(self._follow_instant)
        leader.hover_changed.connect(self.hover_changed)
        leader.held_changed.connect(self.held_changed)
        leader.slider_left.connect(self.slider_left)

    # ------------------------------------------------------------------------------- following
    @property
    def instant(self) -> Instant:
        """What the body does now, whoever asks first."""
        if self._seen is not self._leader.instant:
            self._move()
        return self._instant

    @property
    def stays(self) -> Playhead | None:
        """Where it stays; None while it follows."""
        return self._stays

    def stay(self, playhead: Playhead | None) -> None:
        """Stay at a place, or follow again."""
        self._stays = playhead
        self._move()
        self.instant_changed.emit(self._instant)

    def _move(self) -> None:
        self._seen = seen = self._leader.instant
        wanted = self._stays or Playhead(seen.phase, seen.fraction)
        self._playhead = self._repetition.schedule.nearest(wanted)
        self._instant = self._instant_now()

    def _follow_state(self, old: SessionState, new: SessionState) -> None:
        before, self._state = self._state, _mirrored(new, self._repetition)
        if self._state.tempo != before.tempo:
            self._repetition = self._repetition.usual.in_tempo(new.tempo)
            self._move()
        if self._state != before:
            self.state_changed.emit(before, self._state)

    def _follow_instant(self, instant: Instant) -> None:
        self.instant_changed.emit(self.instant)

    # -------------------------------------------------------------------------------- choosing
    @fields_of(SessionState)
    def change(self, **fields: Any) -> None:
        """Change the state of the session that it follows."""
        self._leader.change(**fields)

    def go_to(self, playhead: Playhead) -> None:
        """Let both go to a place."""
        self._leader.go_to(self._leader.repetition.schedule.nearest(playhead))

    @property
    def hover(self) -> str | None:
        """Id of the muscle under the mouse, on either body."""
        return self._leader.hover

    def set_hover(self, muscle: str | None) -> None:
        """Tell all views which muscle is under the mouse."""
        self._leader.set_hover(muscle)

    @property
    def held(self) -> bool:
        """Whether a hand holds the moment."""
        return self._leader.held

    @property
    def sliding(self) -> bool:
        """Whether a hand is on a slider."""
        return self._leader.sliding

    def hold(self, holder: QObject) -> None:
        """Keep the clock from moving the moment."""
        self._leader.hold(holder)

    def let_go(self, holder: QObject) -> None:
        """Let the clock go on."""
        self._leader.let_go(holder)


def _mirrored(state: SessionState, repetition: Repetition) -> SessionState:
    """Return what the second body is shown with while the first is with ``state``."""
    return replace(state, variation=repetition.variation.id, side=repetition.side, other=None)
