"""Variations of the lift, and what is said of each muscle, with its grounds.

Everything here is plain, immutable data, and at the same time what a file of ``variations/`` may
say, see :mod:`visualizer.records`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Annotated

from visualizer.catalog.names import FactKey, MuscleId, Prose, SourceKey
from visualizer.language import in_language
from visualizer.lifts import FIRST_LIFT, LIFTS
from visualizer.lifts.base import Lift, Setup
from visualizer.lifts.vocabulary import Equipment, Laterality, Phase, PhaseId
from visualizer.records import AtLeast, Id, Mark, OneOf, Range, Text, Words, nothing
from visualizer.texts import N_

__all__ = [
    "HOLD_GROUND",
    "Antagonist",
    "Basis",
    "BodyCurve",
    "Claim",
    "Compared",
    "Contraction",
    "Ground",
    "Joint",
    "Laterality",
    "MuscleAction",
    "Question",
    "Role",
    "Statement",
    "Variation",
]


class Role(StrEnum):
    """What a muscle does for the lift."""

    PRIME_MOVER = "prime mover"
    SYNERGIST = "synergist"
    STABILIZER = "stabilizer"


class Contraction(StrEnum):
    """How the length of a working muscle changes."""

    CONCENTRIC = "concentric"
    ECCENTRIC = "eccentric"
    ISOMETRIC = "isometric"


class Basis(StrEnum):
    """What a statement rests on."""

    ARTICLE = "article"
    STUDY = "study"
    MODEL = "model"
    INFERENCE = "inference"


class Joint(StrEnum):
    """Joints that a statement may be about and that the movement turns."""

    HIP = "hip"
    KNEE = "knee"


@dataclass(frozen=True)
class Ground:
    """Why a statement may be made.

    Attributes
    ----------
    basis : Basis
        Article, study, model or inference.
    source : str or None
        Key in ``data/sources.json``; required for article and study.
    note : str
        What the source says or how we reason, in our own words. Of the model it carries no
        numbers: they are computed and shown beside it.
    facts : tuple of str
        Keys of the measurements that it rests on (:class:`visualizer.catalog.facts.Fact`).
    """

    basis: Basis
    source: SourceKey | None = None
    note: Annotated[Words, Mark.PROSE] = ""
    facts: tuple[FactKey, ...] = ()


Grounds = Annotated[tuple[Ground, ...], AtLeast(1)]


# Where the data state nothing of the hold (they need not): what it is called, and why.
HOLD_GROUND = Ground(
    Basis.INFERENCE,
    note=N_(
        "In the hold no joint moves, so no muscle changes its length. That a muscle which works "
        "in the lift goes on working here is our conclusion: the hips must still be carried."
    ),
)


@dataclass(frozen=True)
class Claim:
    """The contraction stated for one phase, with its grounds.

    Attributes
    ----------
    contraction : Contraction
        What is stated.
    grounds : tuple of Ground
        At least one. Where the article is silent the ground says so.
    """

    contraction: Contraction
    grounds: Grounds


@dataclass(frozen=True)
class MuscleAction:
    """What one muscle or muscle group does in a variation.

    Attributes
    ----------
    muscle : str
        Id of the muscle or group.
    role : Role
        Its role in the whole repetition.
    why : mapping of str to str
        The reason in one or two plain sentences, per language code.
    grounds : tuple of Ground
        Grounds of the role and the reason.
    lift, lowering, hold : Claim
        The contraction of each phase; that of the hold is optional (isometric by construction).
    side : Laterality
        ``WORKING`` where only the working side is meant.
    joint : Joint or None
        The joint that it acts on by this statement, where it is about one: parts that do not
        cross it are not meant.
    """

    muscle: MuscleId
    role: Role
    why: Prose
    grounds: Grounds
    lift: Claim
    lowering: Claim
    hold: Claim | None = None
    side: Laterality = Laterality.BOTH
    joint: Joint | None = None

    @cached_property
    def contraction(self) -> Mapping[PhaseId, Claim]:
        """What is stated for each phase, where anything is."""
        claims = {PhaseId.LIFT: self.lift, PhaseId.LOWERING: self.lowering}
        return MappingProxyType(claims if self.hold is None else claims | {PhaseId.HOLD: self.hold})


@dataclass(frozen=True)
class Antagonist:
    """A muscle whose action is against the lift: it would turn the joint the other way.

    Attributes
    ----------
    muscle : str
        Id of the muscle or group.
    joint : Joint
        The joint that it would turn back.
    why : mapping of str to str
        The reason in one or two plain sentences, per language code.
    grounds : tuple of Ground
        Grounds of it.
    """

    muscle: MuscleId
    joint: Joint
    why: Prose
    grounds: Grounds


class BodyCurve(StrEnum):
    """Curves of the body that a published figure may be drawn against."""

    BAR_HEIGHT = "bar height"
    HIP_HEIGHT = "hip height"


@dataclass(frozen=True)
class Compared:
    """A published figure beside a curve: the curve's change over the lift.

    Attributes
    ----------
    curve : BodyCurve
        The curve.
    fact : str
        Key of the measurement.
    note : mapping of str to str
        What has to be said of the comparison, per language code; may be empty.
    """

    curve: BodyCurve
    fact: FactKey
    note: Text = field(default_factory=nothing)


@dataclass(frozen=True)
class Question:
    """A question that people ask about the lift, with its answer, per language code."""

    question: Text
    answer: Prose
    grounds: Grounds


@dataclass(frozen=True)
class Statement:
    """A text with its grounds.

    Attributes
    ----------
    text : mapping of str to str
        What is stated, per language code.
    grounds : tuple of Ground
        Why it may be.
    """

    text: Prose
    grounds: Grounds


@dataclass(frozen=True, kw_only=True)
class Variation:
    """A variation of the lift.

    Attributes
    ----------
    id : str
        File name without suffix.
    name : mapping of str to str
        Display name per language code; ``"en"`` is always there.
    summary, suits : Statement
        What it is, and whom it suits.
    setup : Setup
        Placement of the body.
    phases : tuple of Phase
        The phases in their order, with their durations.
    muscles : tuple of MuscleAction
        Prime movers first, then synergists, then stabilizers.
    order : int
        Place in lists; equal places are ordered by name.
    equipment : tuple of Equipment
        Gear, in the order in which it is named.
    questions : tuple of Question
        Questions and answers shown with it.
    antagonists : tuple of Antagonist
        Muscles that would turn a joint against the lift.
    compared : tuple of Compared
        Published figures that its curves are drawn against.
    lift : Lift
        What lift it is a variation of.
    """

    id: Id
    name: Text
    summary: Statement
    suits: Statement
    setup: Setup
    phases: Annotated[tuple[Phase, ...], AtLeast(2)]
    muscles: Annotated[tuple[MuscleAction, ...], AtLeast(1)]
    order: Annotated[int, Range(0, 1_000_000)] = 1000
    equipment: tuple[Equipment, ...] = ()
    questions: tuple[Question, ...] = ()
    antagonists: tuple[Antagonist, ...] = ()
    compared: tuple[Compared, ...] = ()
    # files that name no lift were written before there was a choice
    lift: Annotated[Lift, OneOf(LIFTS)] = FIRST_LIFT

    def display_name(self, language: str = "en") -> str:
        """Return the name in ``language``, in English where it has none."""
        return in_language(self.name, language)

    def by_role(self) -> Variation:
        """Return it with its muscles in the order of their roles."""
        roles = list(Role)
        actions = sorted(self.muscles, key=lambda action: roles.index(action.role))
        return replace(self, muscles=tuple(actions))
