"""A talk: its stops, where it is, and what the audience sees instead of or over the picture.

It knows no window. Audience and presenter show it; keys and buttons tell it what to do.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from PySide6.QtCore import QObject, Signal

from visualizer.app.classroom.asked import Asked
from visualizer.app.classroom.ink import Ink, InkStroke, Place
from visualizer.teaching.moment import Moment

__all__ = ["Cover", "Talk", "TalkStop", "Tool"]


@dataclass(frozen=True)
class TalkStop:
    """A moment to stop at.

    Attributes
    ----------
    moment : Moment
        What is shown.
    title : str
        What it is about; the audience reads it.
    notes : str
        For the teacher alone.
    question : Asked, optional
        What the audience is asked, with the right answer and the reason where there is one.
    plays : int
        How many phases are played, one at a time, before "next" leads on.
    ink : tuple of InkStroke
        What is drawn on it from the start.
    """

    moment: Moment
    title: str = ""
    notes: str = ""
    question: Asked | None = None
    plays: int = 0
    ink: tuple[InkStroke, ...] = ()


class Cover(Enum):
    """What covers the audience's screen."""

    NONE = auto()
    BLACK = auto()
    WHITE = auto()


class Tool(Enum):
    """What the mouse does on the teacher's stage."""

    TURN = auto()
    POINTER = auto()
    SPOTLIGHT = auto()
    PEN = auto()
    ERASER = auto()


class Talk(QObject):
    """Goes from stop to stop.

    Parameters
    ----------
    stops : sequence of TalkStop
        At least one.
    clock : callable
        Returns seconds that never go backwards.
    index : int
        The stop to begin with.
    """

    moved = Signal(object)  # TalkStop: it is to be shown
    played = Signal()  # the next phase is to be played
    revealed = Signal()  # the answer of the stop's question is uncovered
    changed = Signal()  # cover, frozen, tool, question
    drawn = Signal()  # ink, place of the pointer: with every move of the hand

    def __init__(
        self,
        stops: Sequence[TalkStop],
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
        index: int = 0,
    ) -> None:
        super().__init__(parent)
        assert stops
        self.stops = tuple(stops)
        self.index = index
        self.cover, self.frozen, self.tool = Cover.NONE, False, Tool.TURN
        self.pointed: Place | None = None
        self.line: InkStroke | None = None
        self._open, self._to_play = False, self.stop.plays
        self._quiz: Asked | None = None
        self._ink = [Ink(stop.ink) for stop in self.stops]
        self._clock = clock
        self._began_s = clock()

    # ------------------------------------------------------------------------------- reading
    @property
    def stop(self) -> TalkStop:
        """Where the talk is."""
        return self.stops[self.index]

    @property
    def following(self) -> TalkStop | None:
        """The stop after this one, None after the last."""
        return self.stops[self.index + 1] if self.index + 1 < len(self.stops) else None

    @property
    def ink(self) -> Ink:
        """What is drawn on this stop; it is there again when the talk comes back."""
        return self._ink[self.index]

    @property
    def drawn_anew(self) -> dict[int, tuple[InkStroke, ...]]:
        """What is drawn now, by the indices of the stops on which it has become other ink."""
        pairs = zip(self.stops, self._ink, strict=True)
        return {k: ink.strokes for k, (stop, ink) in enumerate(pairs) if ink.strokes != stop.ink}

    @property
    def asked(self) -> Asked | None:
        """What the audience is asked now, as far as it is uncovered."""
        question = self.stop.question
        if self._quiz is not None or question is None or self._open:
            return self._quiz or question
        return replace(question, right=None, why="")

    @property
    def covered(self) -> bool:
        """Whether the stop's question has an answer that is still covered."""
        question = self.stop.question
        return question is not None and question.right is not None and not self._open

    def ask(self, asked: Asked | None) -> None:
        """Ask the audience something that is no part of the talk; None takes it away."""
        self._quiz = asked
        self.changed.emit()

    def reveal(self) -> None:
        """Uncover the answer of the stop's question."""
        self._open = True
        self.changed.emit()
        self.revealed.emit()

    @property
    def passed_s(self) -> float:
        """Seconds since the talk, or its timer, was begun."""
        return self._clock() - self._began_s

    # ------------------------------------------------------------------------------- the way
    def begin(self) -> None:
        """Show the stop where the talk is, and start the timer."""
        self.restart_timer()
        self.moved.emit(self.stop)

    def restart_timer(self) -> None:
        """Let the timer begin at nought."""
        self._began_s = self._clock()
        self.changed.emit()

    def forward(self) -> None:
        """Go to the next stop.

        First a cover is taken away, then what is to be played is played phase by phase, then an
        answer is uncovered.
        """
        if self._uncovered():
            return
        if self._to_play:
            self._to_play -= 1
            self.played.emit()
        elif self.covered:
            self.reveal()
        else:
            self.go(self.index + 1)

    def back(self) -> None:
        """Go to the stop before; a cover is taken away first."""
        if not self._uncovered():
            self.go(self.index - 1)

    def _uncovered(self) -> bool:
        """Take a cover away; return whether there was one."""
        there = self.cover is not Cover.NONE
        if there:
            self.cover_with(Cover.NONE)
        return there

    def go(self, index: int) -> None:
        """Go to a stop; nothing happens beyond the ends."""
        if 0 <= index < len(self.stops) and index != self.index:
            self.index, self.pointed, self._open = index, None, False
            self._to_play = self.stop.plays
            self.frozen = False  # what is frozen belongs to the stop that was left
            self.changed.emit()
            self.moved.emit(self.stop)

    # --------------------------------------------------------------------------- the audience
    def cover_with(self, cover: Cover) -> None:
        """Cover the audience's screen; once more takes it away."""
        self.cover = Cover.NONE if cover is self.cover else cover
        self.changed.emit()

    def freeze(self, on: bool) -> None:
        """Let the audience keep its picture while the teacher looks round."""
        self.frozen = on
        self.changed.emit()

    # -------------------------------------------------------------------------------- by hand
    def take(self, tool: Tool) -> None:
        """Take a tool; once more puts it down."""
        self.tool = Tool.TURN if tool is self.tool else tool
        self.pointed = None
        self.changed.emit()

    def point_at(self, place: Place | None) -> None:
        """Move pointer or spotlight; None where the mouse has left the picture."""
        self.pointed = place
        self.drawn.emit()

    def lead(self, line: InkStroke | None) -> None:
        """Show the line that is being drawn; None when it is done."""
        self.line = line
        self.drawn.emit()

    def inked(self) -> None:
        """Tell that the ink has changed."""
        self.drawn.emit()
