"""A quiz that one person takes: scored, what was wrong comes back, and it can be left and resumed.

It is a value: every answer gives a new one, and its text is what is kept on the disk.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Annotated, Any

import msgspec

from visualizer.anatomy.muscle import Side
from visualizer.errors import UsageError
from visualizer.lifts.vocabulary import PhaseId
from visualizer.reading import read
from visualizer.records import AtLeast, Id, Key, Name, Range
from visualizer.teaching.item import ItemKind, QuizItem
from visualizer.texts import tr

__all__ = ["AGAIN_AFTER", "Quiz"]

# What was wrong comes back after so many others, or at the end.
AGAIN_AFTER = 3
_MOST_CHARACTERS = 200_000


@dataclass(frozen=True)
class Quiz:
    """A quiz as far as it has come.

    Attributes
    ----------
    items : tuple of QuizItem
        All its questions.
    queue : tuple of int
        Which of them are still to come, the present one first.
    right_at_once, missed : frozenset of int
        Which were right at the first try, and which were not.
    answers : int
        How many answers have been given.
    """

    items: tuple[QuizItem, ...]
    queue: tuple[int, ...]
    right_at_once: frozenset[int] = frozenset()
    missed: frozenset[int] = frozenset()
    answers: int = 0

    @classmethod
    def of(cls, items: Sequence[QuizItem]) -> Quiz:
        """Return a quiz at its start."""
        return cls(tuple(items), tuple(range(len(items))))

    @property
    def current(self) -> QuizItem | None:
        """The present question; None at the end."""
        return self.items[self.queue[0]] if self.queue else None

    @property
    def again(self) -> bool:
        """Whether the present question was missed before."""
        return bool(self.queue) and self.queue[0] in self.missed

    @property
    def score(self) -> tuple[int, int]:
        """How many questions were right at the first try, and how many have been answered."""
        return len(self.right_at_once), len(self.right_at_once) + len(self.missed)

    def answered(self, choice: str, surfaces: frozenset[str] = frozenset()) -> Quiz:
        """Return the quiz after an answer to the present question.

        Parameters
        ----------
        choice : str
            Code of the answer, or the muscle that was clicked on.
        surfaces : frozenset of str
            The muscles that the right answer stands for, see :meth:`QuizItem.is_right`.
        """
        item = self.current
        if item is None:
            return self
        now, rest = self.queue[0], self.queue[1:]
        if item.is_right(choice, surfaces):
            fresh = frozenset() if now in self.missed else frozenset({now})
            return replace(
                self,
                queue=rest,
                right_at_once=self.right_at_once | fresh,
                answers=self.answers + 1,
            )
        return replace(
            self,
            queue=(*rest[:AGAIN_AFTER], now, *rest[AGAIN_AFTER:]),
            missed=self.missed | {now},
            answers=self.answers + 1,
        )

    def only(self, holds: Callable[[QuizItem], bool]) -> Quiz:
        """Return it without the questions to which the data no longer give the same answer."""
        stays = [k for k, item in enumerate(self.items) if holds(item)]
        place = {old: new for new, old in enumerate(stays)}
        return replace(
            self,
            items=tuple(self.items[k] for k in stays),
            queue=tuple(place[k] for k in self.queue if k in place),
            right_at_once=frozenset(place[k] for k in self.right_at_once if k in place),
            missed=frozenset(place[k] for k in self.missed if k in place),
        )

    # --------------------------------------------------------------------------------- keeping
    def text(self) -> str:
        """Return it as a text (JSON) to keep."""
        kept = {
            "quiz": 1,
            "items": [{k: v for k, v in asdict(i).items() if v is not None} for i in self.items],
            "queue": self.queue,
            "right_at_once": sorted(self.right_at_once),
            "missed": sorted(self.missed),
            "answers": self.answers,
        }
        return msgspec.json.encode(kept).decode()

    @classmethod
    def from_text(cls, text: str) -> Quiz:
        """Return the quiz that a text states.

        Raises
        ------
        UsageError
            When it is none; in one sentence.
        """
        refused = UsageError(tr("the quiz that was kept cannot be read; a new one begins"))
        if len(text) > _MOST_CHARACTERS:
            raise refused
        try:
            value = msgspec.json.decode(text)
        except (msgspec.DecodeError, ValueError, RecursionError):
            raise refused from None
        problems, kept = read(value, _KeptQuiz)
        if problems or kept is None or not kept.is_whole:
            raise refused
        items = tuple(entry.item() for entry in kept.items)
        return cls(
            items, kept.queue, frozenset(kept.right_at_once), frozenset(kept.missed), kept.answers
        )


_Index = Annotated[int, Range(0, 10_000)]


@dataclass(frozen=True, kw_only=True)
class _KeptItem:
    kind: ItemKind
    variation: Id
    choices: Annotated[tuple[Name, ...], AtLeast(2)]
    key: _Index
    side: Side
    phase: PhaseId
    muscle: Id | None = None
    asked: str = ""
    other: Id | None = None

    def item(self) -> QuizItem:
        fields: dict[str, Any] = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return QuizItem(**fields)


@dataclass(frozen=True, kw_only=True)
class _KeptQuiz:
    version: Annotated[int, Range(1, 1), Key("quiz")]
    items: tuple[_KeptItem, ...]
    queue: tuple[_Index, ...]
    right_at_once: tuple[_Index, ...] = field(default=())
    missed: tuple[_Index, ...] = field(default=())
    answers: _Index = 0

    @property
    def is_whole(self) -> bool:
        """Whether all that it counts is there."""
        indices = (*self.queue, *self.right_at_once, *self.missed)
        return all(k < len(self.items) for k in indices) and all(
            entry.key < len(entry.choices) for entry in self.items
        )
