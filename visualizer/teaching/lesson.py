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

from visualizer.catalog.names import MuscleId, Prose, VariationId
from visualizer.catalog.variation import Ground
from visualizer.records import SOME_WORDS, AtLeast, Key, Like, Mark, Range, Text, Words, nothing
from visualizer.teaching.item import ItemKind
from visualizer.teaching.link import MOST_CHARACTERS, SCHEME, read_link
from visualizer.teaching.moment import Moment
from visualizer.texts import N_

__all__ = ["FORMAT", "Advance", "Ask", "Lesson", "OwnQuestion", "PenStroke", "Stop"]

FORMAT = 1

# Notes keep their lines: a teacher writes them as a list of points.
Notes = Annotated[Mapping[str, Annotated[str, SOME_WORDS]], Mark.PER_LANGUAGE]
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
    """A line drawn with the pen; it stays with its stop.

    Attributes
    ----------
    points : tuple of float
        x and y in turn: from the middle of the picture to the right and down, in shares of its
        height, so that the line keeps its place at any size.
    width : float
        In shares of the picture's height.
    pen : str
        Which of the pens; how it looks is decided where it is drawn.
    """

    points: Annotated[tuple[Annotated[float, Range(-4, 4)], ...], AtLeast(4)]
    width: Annotated[float, Range(0.0005, 0.1)] = 0.006
    pen: Annotated[str, Like(r"[a-z]{1,20}", N_("a word of small letters"))] = "red"


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
    why: Prose = field(default_factory=nothing)
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
        What is drawn over the picture.
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
