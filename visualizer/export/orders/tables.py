"""The orders of questions and of numbers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from visualizer.export.motion import MOTION_FILES, motion_file_of
from visualizer.export.orders.order import Desk, shown_at
from visualizer.export.output import (
    Tell,
    by_ending,
    check_output,
    unknown_ending,
    unless_given_up,
    write_unless_given_up,
)
from visualizer.export.picture import Pictures
from visualizer.export.questions.formats import QUESTION_FILES
from visualizer.export.questions.sheet import make_sheet
from visualizer.teaching.moment import Moment

__all__ = ["NumbersOrder", "QuestionsOrder"]


@dataclass(frozen=True)
class QuestionsOrder:
    """Questions about a variation for a teaching system.

    Attributes
    ----------
    path : str
        The file; how it ends says what kind it is.
    moment : Moment
        What they are about: its variation, side and tempo count.
    count, seed : int
        How many at most, and which of those that there are.
    """

    path: str
    moment: Moment
    count: int
    seed: int

    def check(self) -> None:
        """Refuse a file that cannot be written."""
        check_output(Path(self.path))

    def __call__(self, desk: Desk, tell: Tell) -> None:
        """Ask, draw and write."""
        self.check()
        path = Path(self.path)
        kind = by_ending(path, QUESTION_FILES)
        if kind is None:
            raise unknown_ending(path, QUESTION_FILES)
        repetition = shown_at(desk, self.moment)
        alike = [v.id for v in desk.catalog.alike(repetition.variation)]
        others = []
        for k, name in enumerate(alike):
            others.append(desk.solve(name, repetition.side))
            tell(k + 1, len(alike) + 2)
        pictures = Pictures(repetition.body.surface, repetition)
        view = unless_given_up(pictures.view, tell)
        sheet = make_sheet(repetition, view, self.count, self.seed, others)
        tell(len(alike) + 1, len(alike) + 2)
        write_unless_given_up(path, lambda stream: kind.write(stream, sheet), tell)


@dataclass(frozen=True)
class NumbersOrder:
    """The numbers of a motion.

    Attributes
    ----------
    path : str
        The file; how it ends says which numbers.
    moment : Moment
        Whose: its variation, side and tempo count.
    """

    path: str
    moment: Moment

    def check(self) -> None:
        """Refuse a file that cannot be written."""
        check_output(Path(self.path))

    def __call__(self, desk: Desk, tell: Tell) -> None:
        """Write the numbers."""
        self.check()
        path = Path(self.path)
        write = motion_file_of(path)
        if write is None:
            raise unknown_ending(path, MOTION_FILES)
        repetition = shown_at(desk, self.moment)
        write_unless_given_up(path, lambda stream: write(stream, repetition, tell), tell)
        tell(1, 1)
