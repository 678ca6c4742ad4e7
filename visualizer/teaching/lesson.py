"""A lesson: stops in their order, each a moment with notes for the teacher and a question.

It is what a file ``NAME.lesson.toml`` may say, see :mod:`visualizer.records`, and at the same time
what the program works with. Comments of a file are part of it, so that they survive an edit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Annotated

from visualizer.catalog.names import MuscleId, VariationId
from visualizer.catalog.variation import Ground
from visualizer.records import SOME_WORDS, AtLeast, Key, Like, Mark, Range, Words, nothing
from visualizer.teaching.item import ItemKind
from visualizer.teaching.link import MOST_CHARACTERS, SCHEME, read_link
from visualizer.teaching.moment import Moment
from visualizer.texts import N_

__all__ = [
    "FORMAT",
    "MOST_NUMBERS",
    "MOST_STROKES",
    "Advance",
    "Ask",
    "Lesson",
    "OwnQuestion",
    "PenStroke",
    "Stop",
]

FORMAT = 1
# Of one stop, and numbers in one line: far more than anybody draws in a lesson.
MOST_STROKES, MOST_NUMBERS = 200, 800

# A teacher writes in the language of the class, so English may be missing.
Text = Annotated[Mapping[str, Words], Mark.PER_LANGUAGE, Mark.ANY_LANGUAGE]
Reason = Annotated[Text, Mark.PROSE]
# Notes keep their lines: a teacher writes them as a list of points.
Notes = Annotated[Mapping[str, Annotated[str, SOME_WORDS]], Mark.PER_LANGUAGE, Mark.ANY_LANGUAGE]
Link = Annotated[
    str,
    Like(rf"(?i){SCHEME}.{{1,{MOST_CHARACTERS}}}", N_("a link that begins with hipthrust:")),
    Key("moment"),
]


class Advance(StrEnum):
    """What the clicker's "next" does at a stop before it goes to the next one."""

    STAY = "stay"  # the picture stands still
    PHASE = "phase"  # plays to the end of the phase, stops and waits
    REPETITION = "repetition"  # plays phase by phase to the end, stopping at each


@dataclass(frozen=True)
class PenStroke:
    """A line drawn with the pen in one go; it stays with its stop.

    It lies in a plane through the world's origin that faces the viewer, so that it keeps its place
    on the body in a picture of any size and shape.

    Attributes
    ----------
    facing : tuple of float
        Azimuth and elevation of the camera (rad): seen from elsewhere the line means nothing.
    points : tuple of float
        x and y in turn: to the right and up from the origin, metres.
    """

    facing: Annotated[tuple[Annotated[float, Range(-1000, 1000)], ...], AtLeast(2)]
    points: Annotated[tuple[Annotated[float, Range(-10, 10)], ...], AtLeast(2)]


@dataclass(frozen=True, kw_only=True)
class OwnQuestion:
    """A question that the teacher has written.

    Attributes
    ----------
    ask : mapping of str to str
        The question, per language code.
    answers : tuple of mapping of str to str
        What may be answered, A first.
    right : int
        Which of them is right, counted from 1.
    why : mapping of str to str
        What is said at the reveal, per language code; may be empty.
    grounds : tuple of Ground
        What that rests on.
    """

    ask: Text
    answers: Annotated[tuple[Text, ...], AtLeast(2)]
    right: Annotated[int, Range(1, 6)]
    why: Reason = field(default_factory=nothing)
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Ask:
    """A question that the program makes from the data for the stop's moment.

    Attributes
    ----------
    kind : ItemKind
        What is asked.
    muscle : str or None
        Id of the muscle that is asked about, where the kind asks about one; the moment's selected
        one if none is named.
    other : str or None
        Id of the variation that a range is compared with.
    """

    kind: ItemKind
    muscle: MuscleId | None = None
    other: VariationId | None = None


@dataclass(frozen=True, kw_only=True)
class Stop:
    """A stop of a lesson.

    Attributes
    ----------
    link : str
        The moment, as a link.
    title : mapping of str to str
        What the audience reads, per language code; may be empty.
    notes : mapping of str to str
        What only the teacher reads, per language code; may be empty.
    grounds : tuple of Ground
        What title and notes rest on, where they say something of a muscle.
    advance : Advance
        What "next" does first.
    minutes : float or None
        How long the teacher means to stay.
    question : OwnQuestion or None
        A question that the teacher has written.
    predict : Ask or None
        A question that the program makes.
    pen : tuple of PenStroke
        What is drawn over the picture, at most :data:`MOST_STROKES` lines.
    comment : str
        The comment above it in the file.
    """

    link: Link
    title: Text = field(default_factory=nothing)
    advance: Advance = Advance.STAY
    minutes: Annotated[float, Range(0.1, 600)] | None = None
    notes: Notes = field(default_factory=nothing)
    grounds: tuple[Ground, ...] = ()
    predict: Ask | None = None
    question: OwnQuestion | None = None
    pen: tuple[PenStroke, ...] = ()
    comment: Annotated[str, Mark.ELSEWHERE] = field(default="", compare=False)

    @cached_property
    def moment(self) -> Moment:
        """What the stage shows; a lesson that was read has no link that cannot be."""
        return read_link(self.link)


@dataclass(frozen=True, kw_only=True)
class Lesson:
    """A lesson.

    Attributes
    ----------
    version : int
        Of the form of the file.
    title, summary : mapping of str to str
        What it is called and what it is about, per language code.
    author : str
        Who wrote it; may be empty.
    stops : tuple of Stop
        At least one, in their order.
    comment : str
        The comment at the top of the file.
    """

    version: Annotated[int, Range(1, FORMAT), Key("lesson")]
    title: Text
    author: Words = ""
    summary: Text = field(default_factory=nothing)
    stops: Annotated[tuple[Stop, ...], AtLeast(1)]
    comment: Annotated[str, Mark.ELSEWHERE] = field(default="", compare=False)

    @property
    def minutes(self) -> float:
        """How long the stops take in all that say so."""
        return sum(stop.minutes or 0.0 for stop in self.stops)
