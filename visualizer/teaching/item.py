"""A question whose answer follows from the data: what it asks, what may be answered, what is right.

Teachers' handbooks call it an item, the right answer its key and the others distractors. It holds
codes of the data only, so it can be kept in a file and shown in any language;
:mod:`visualizer.teaching.wording` says it in words, :mod:`visualizer.teaching.items` makes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from visualizer.analysis.veil import Veil
from visualizer.anatomy.muscle import Side
from visualizer.lifts.vocabulary import PhaseId

__all__ = ["Course", "HowFar", "ItemKind", "QuizItem"]


class ItemKind(StrEnum):
    """What is asked.

    The choices are codes: of roles, contractions, phases or muscles, :class:`Course` for a length,
    :class:`HowFar` for a range.
    """

    PRIME_MOVER = "prime mover"  # which of these muscles drives the lift?
    ROLE = "role"  # which role has this muscle?
    CONTRACTION = "contraction"  # what does this muscle do in this phase?
    PHASE = "phase"  # in which phase does this muscle contract so?
    WITH_ROLE = "with role"  # which of these muscles has this role?
    WITH_CONTRACTION = "with contraction"  # which of these muscles contracts so in this phase?
    ODD_ROLE = "odd role"  # which of these muscles has another role than the others?
    LENGTH = "length"  # what does the model say of this muscle's length in this phase?
    RANGE = "range"  # does a joint move farther in another variation, or less far?

    @property
    def of_muscles(self) -> bool:
        """Whether the choices are muscles, so that the body can be clicked on for an answer."""
        return self in _OF_MUSCLES

    @property
    def of_contraction(self) -> bool:
        """Whether what is asked for is a contraction, its phase, or who contracts so."""
        return self in _OF_CONTRACTION


class Course(StrEnum):
    """What a length may do in a phase."""

    SHORTENS = "shortens"
    LENGTHENS = "lengthens"
    HOLDS = "holds"
    BOTH = "both"  # there and back


class HowFar(StrEnum):
    """How much farther a joint moves than in another variation."""

    FARTHER = "farther"
    LESS = "less"
    ALIKE = "alike"


_OF_MUSCLES = frozenset(
    {
        ItemKind.PRIME_MOVER,
        ItemKind.WITH_ROLE,
        ItemKind.WITH_CONTRACTION,
        ItemKind.ODD_ROLE,
    }
)
_OF_CONTRACTION = frozenset({ItemKind.CONTRACTION, ItemKind.PHASE, ItemKind.WITH_CONTRACTION})


@dataclass(frozen=True)
class QuizItem:
    """A question with its choices.

    Attributes
    ----------
    kind : ItemKind
        What is asked.
    variation : str
        Id of the variation that it is about.
    choices : tuple of str
        Codes of the answers, in the order in which they are offered: A, B, C, D.
    key : int
        Which of them is right.
    side : Side
        The working side.
    phase : PhaseId
        The phase that is asked about, or that the body is shown in.
    muscle : str or None
        Id of the muscle that is asked about; it is pointed at, and may be named.
    asked : str
        Code of the role, contraction or joint that is asked for; empty where the kind needs none.
    other : str or None
        Id of the variation that is compared with the first one.
    """

    kind: ItemKind
    variation: str
    choices: tuple[str, ...]
    key: int
    side: Side = Side.RIGHT
    phase: PhaseId = PhaseId.LIFT
    muscle: str | None = None
    asked: str = ""
    other: str | None = None

    @property
    def right(self) -> str:
        """Code of the right answer."""
        return self.choices[self.key]

    @property
    def about(self) -> str:
        """The muscle that its answer tells of; empty where it tells of a joint."""
        return (self.right if self.kind.of_muscles else self.muscle) or ""

    @property
    def fact(self) -> tuple[str, ...]:
        """What one must know to answer it: questions that have it in common ask the same."""
        if self.kind is ItemKind.RANGE:
            return "range", self.asked, self.other or ""
        if self.kind is ItemKind.LENGTH or self.kind.of_contraction:
            # a muscle at work that becomes shorter is what concentric means
            return "contraction", self.about, self.phase
        return "role", self.about

    @property
    def stem(self) -> tuple[str, ...]:
        """What is read before the answers: two questions with one stem look like one."""
        phase = "" if self.kind is ItemKind.PHASE or not self.kind.of_contraction else self.phase
        asked = "" if self.kind is ItemKind.ODD_ROLE else self.asked
        return self.kind, phase, self.muscle or "", asked, self.other or ""

    @property
    def beside(self) -> tuple[str, ...]:
        """The wrong muscles, in an order of their own; nothing where muscles are no choices."""
        return tuple(sorted({*self.choices} - {self.right})) if self.kind.of_muscles else ()

    @property
    def veil(self) -> Veil:
        """What must be hidden until it is answered: all that would tell, everywhere."""
        return Veil(names=self.kind.of_muscles, roles=True, contractions=True, reasons=True)

    def is_right(self, choice: str, surfaces: frozenset[str] = frozenset()) -> bool:
        """Return whether an answer is right.

        Parameters
        ----------
        choice : str
            Code of an answer, or the muscle that was clicked on.
        surfaces : frozenset of str
            The muscles that the right answer stands for, where it is a group.
        """
        return choice == self.right or choice in surfaces
