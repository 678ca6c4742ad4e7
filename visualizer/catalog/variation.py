"""Variations of the lift, and what is said of each muscle, with its grounds.

Everything here is plain, immutable data: :mod:`visualizer.catalog.catalog` reads it from
``data/``, nothing else makes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from visualizer.language import in_language
from visualizer.lifts.base import Lift, Setup
from visualizer.lifts.vocabulary import Equipment, Laterality, Phase, PhaseId
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
    "Source",
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
    source: str | None = None
    note: str = ""
    facts: tuple[str, ...] = ()


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
    grounds: tuple[Ground, ...]


@dataclass(frozen=True)
class MuscleAction:
    """What one muscle or muscle group does in a variation.

    Attributes
    ----------
    muscle : str
        Id of the muscle or group.
    role : Role
        Its role in the whole repetition.
    side : Laterality
        ``WORKING`` where only the working side is meant.
    contraction : mapping of PhaseId to Claim
        Stated for the lift and the lowering; the hold is optional (isometric by construction).
    why : mapping of str to str
        The reason in one or two plain sentences, per language code.
    grounds : tuple of Ground
        Grounds of the role and the reason.
    joint : Joint or None
        The joint that it acts on by this statement, where it is about one: parts that do not
        cross it are not meant.
    """

    muscle: str
    role: Role
    side: Laterality
    contraction: Mapping[PhaseId, Claim]
    why: Mapping[str, str]
    grounds: tuple[Ground, ...]
    joint: Joint | None = None


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

    muscle: str
    joint: Joint
    why: Mapping[str, str]
    grounds: tuple[Ground, ...]


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
    fact: str
    note: Mapping[str, str]


@dataclass(frozen=True)
class Question:
    """A question that people ask about the lift, with its answer, per language code."""

    question: Mapping[str, str]
    answer: Mapping[str, str]
    grounds: tuple[Ground, ...]


@dataclass(frozen=True)
class Variation:
    """A variation of the lift.

    Attributes
    ----------
    id : str
        File name without suffix.
    name : mapping of str to str
        Display name per language code; ``"en"`` is always there.
    order : int
        Place in lists; equal places are ordered by name.
    summary, suits : mapping of str to str
        What it is, and whom it suits, per language code.
    summary_grounds, suits_grounds : tuple of Ground
        Grounds of ``summary`` and of ``suits``.
    equipment : tuple of Equipment
        Gear, in the order in which it is named.
    lift : Lift
        What lift it is a variation of.
    setup : Setup
        Placement of the body.
    phases : tuple of Phase
        The phases in their order, with their durations.
    muscles : tuple of MuscleAction
        Prime movers first, then synergists, then stabilizers.
    questions : tuple of Question
        Questions and answers shown with it.
    compared : tuple of Compared
        Published figures that its curves are drawn against.
    antagonists : tuple of Antagonist
        Muscles that would turn a joint against the lift.
    """

    id: str
    name: Mapping[str, str]
    order: int
    summary: Mapping[str, str]
    suits: Mapping[str, str]
    summary_grounds: tuple[Ground, ...]
    suits_grounds: tuple[Ground, ...]
    equipment: tuple[Equipment, ...]
    lift: Lift
    setup: Setup
    phases: tuple[Phase, ...]
    muscles: tuple[MuscleAction, ...]
    questions: tuple[Question, ...] = ()
    compared: tuple[Compared, ...] = ()
    antagonists: tuple[Antagonist, ...] = ()

    def display_name(self, language: str = "en") -> str:
        """Return the name in ``language``, in English where it has none."""
        return in_language(self.name, language)


@dataclass(frozen=True)
class Source:
    """A publication, from ``data/sources.json`` (CSL-JSON).

    Attributes
    ----------
    id : str
        Citation key.
    title : str
        Title as published.
    authors : tuple of str
        "Family, Given" or a literal name, in order.
    year : int or None
        Year of publication.
    container : str
        Journal, site or proceedings.
    doi, url : str or None
        Where it can be found.
    csl : mapping
        The entry as it stands in the file, for citation export.
    not_seen : tuple of str
        Fields of the citation (CSL names) that could not be read anywhere. Without authors or
        the like nobody can check a number, so facts need a source with none of them missing.
    """

    id: str
    title: str
    authors: tuple[str, ...]
    year: int | None
    container: str
    doi: str | None
    url: str | None
    csl: Mapping[str, object] = field(default_factory=dict)
    not_seen: tuple[str, ...] = ()

    @property
    def is_complete(self) -> bool:
        """True when authors, title, year and container of the publication are known."""
        return not set(self.not_seen) & {"author", "title", "issued", "container-title"}
