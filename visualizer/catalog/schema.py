"""The shapes of the data files.

Field names are the keys of the files, with their unit (``bench_height_cm``, ``seconds``); what a
shape says is all that a file may say. :mod:`visualizer.catalog.catalog` turns it into the plain
types of :mod:`visualizer.catalog.variation` and :mod:`visualizer.anatomy.muscle`.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Annotated, Any

import msgspec

from visualizer.anatomy.muscle import MuscleKind
from visualizer.catalog.facts import Read, Sex
from visualizer.catalog.variation import Basis, BodyCurve, Contraction, Joint, Role
from visualizer.lifts import LIFTS
from visualizer.lifts.base import Lift
from visualizer.lifts.vocabulary import Equipment, Laterality, PhaseId
from visualizer.validation import AtLeast, Like, Range, Table

__all__ = [
    "VARIATION_SHAPES",
    "AntagonistShape",
    "CardShape",
    "ClaimShape",
    "ComparedShape",
    "ComparisonShape",
    "CslCustomShape",
    "CslDateShape",
    "CslEntryShape",
    "CslNameShape",
    "DisagreementsShape",
    "FactShape",
    "FactsShape",
    "GroundShape",
    "MuscleActionShape",
    "MuscleShape",
    "PhaseShape",
    "PopulationShape",
    "PositionShape",
    "QuestionShape",
    "StatementShape",
    "Text",
    "VariationShape",
    "VolumeShape",
]

Id = Annotated[
    str, Like(r"[a-z0-9]+([-_][a-z0-9]+)*", "small letters and digits joined by '-' or '_'")
]
Fma = Annotated[str, Like(r"FMA[0-9]+", "FMA and digits, like FMA22314")]
Words = Annotated[str, Like(r"(?s).*\S.*", "some words")]
Doi = Annotated[str, Like(r"10\.\d{4,9}/\S+", "a DOI like 10.1123/jab.2014-0301")]
Url = Annotated[str, Like(r"https?://\S+", "an address like https://example.org/page")]
NotNegative = Annotated[float, Range(0, 1_000_000)]
Pair = Annotated[tuple[float, ...], AtLeast(2)]
DateParts = Annotated[tuple[Annotated[int, Range(0, 9999)], ...], AtLeast(1)]
# Plain text is English; a table holds one text per language code: { en = "…", de = "…" }.
Text = Words | dict[str, Words]


class GroundShape(Table, frozen=True):
    """``{ basis = "study", source = "key", facts = ["key"], note = "what it says" }``."""

    basis: Basis
    source: Words | None = None
    note: Words | None = None
    facts: tuple[Words, ...] = ()


Grounds = Annotated[tuple[GroundShape, ...], AtLeast(1)]


class StatementShape(Table, frozen=True):
    """A text with its grounds."""

    text: Text
    grounds: Grounds


class ClaimShape(Table, frozen=True):
    """The contraction in one phase, with its grounds."""

    contraction: Contraction
    grounds: Grounds


class MuscleActionShape(Table, frozen=True):
    """One ``[[muscles]]`` entry of a variation."""

    muscle: Words
    role: Role
    why: Text
    grounds: Grounds
    lift: ClaimShape
    lowering: ClaimShape
    hold: ClaimShape | None = None
    side: Laterality = Laterality.BOTH
    joint: Joint | None = None


class AntagonistShape(Table, frozen=True):
    """One ``[[antagonists]]`` entry of a variation: a muscle that would turn the joint back."""

    muscle: Words
    joint: Joint
    why: Text
    grounds: Grounds


class PhaseShape(Table, frozen=True):
    """One ``[[phases]]`` entry: its duration."""

    phase: PhaseId
    seconds: Annotated[float, Range(0.05, 60)]


class ComparedShape(Table, frozen=True):
    """One ``[[compared]]`` entry: a published figure that a curve is drawn against.

    The figure is the change of the curve over the lift.
    """

    curve: BodyCurve
    fact: Words
    note: Text | None = None


class QuestionShape(Table, frozen=True):
    """A question with its answer."""

    question: Text
    answer: Text
    grounds: Grounds


class VariationShape(Table, frozen=True):
    """A file of ``variations/``."""

    id: Id
    name: Text
    summary: StatementShape
    suits: StatementShape
    setup: Table
    phases: Annotated[tuple[PhaseShape, ...], AtLeast(2)]
    muscles: Annotated[tuple[MuscleActionShape, ...], AtLeast(1)]
    order: Annotated[int, Range(0, 1_000_000)] = 1000
    equipment: tuple[Equipment, ...] = ()
    questions: tuple[QuestionShape, ...] = ()
    antagonists: tuple[AntagonistShape, ...] = ()
    compared: tuple[ComparedShape, ...] = ()
    lift: Words | None = None


def _with_setup(lift: Lift) -> type[VariationShape]:
    """Return the shape anew, in the same order of keys, with the lift's own ``[setup]``."""
    fields: list[Any] = []
    for field in msgspec.structs.fields(VariationShape):
        kind = lift.setup_shape if field.name == "setup" else field.type
        default = () if field.required else (field.default,)
        fields.append((field.name, kind, *default))
    return msgspec.defstruct(  # type: ignore[return-value]
        "VariationShape", fields, bases=(Table,), frozen=True, kw_only=True
    )


# By the lift that a variation's file names: the shape with the ``[setup]`` of that lift.
VARIATION_SHAPES = MappingProxyType({lift.id: _with_setup(lift) for lift in LIFTS.values()})


class PopulationShape(Table, frozen=True):
    """Who was measured."""

    n: Annotated[int, Range(1, 1_000_000)] | None = None
    studies: Annotated[int, Range(1, 10_000)] | None = None
    sex: Sex | None = None
    training: Words | None = None


class ComparisonShape(Table, frozen=True):
    """What a value was compared with, in the same unit: ``{ label = …, value = …, sd = … }``."""

    label: Words
    value: float
    sd: NotNegative | None = None


class FactShape(Table, frozen=True):
    """One ``[[facts]]`` entry: a result of the study.

    The last block says otherwise, for this fact, what the file says of the study as a whole.
    """

    key: Id
    quantity: Words
    muscle: Words | None = None
    part: Words | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: Words | None = None
    finding: Words | None = None
    sd: NotNegative | None = None
    se: NotNegative | None = None
    ci95: Pair | None = None
    range: Pair | None = None
    p: Words | None = None
    no_spread: Words | None = None
    comparison: ComparisonShape | None = None
    note: Words | None = None

    exercise: Words | None = None
    load: Words | None = None
    phase: Words | None = None
    method: Words | None = None
    normalisation: Words | None = None
    read: Read | None = None
    population: PopulationShape | None = None


class FactsShape(Table, frozen=True):
    """A file of ``facts/``: what one study measured."""

    source: Words
    facts: Annotated[tuple[FactShape, ...], AtLeast(1)]
    exercise: Words | None = None
    load: Words | None = None
    phase: Words | None = None
    method: Words | None = None
    normalisation: Words | None = None
    read: Read | None = None
    population: PopulationShape | None = None


class PositionShape(Table, frozen=True):
    """One side of a disagreement."""

    says: Text
    facts: tuple[Words, ...] = ()
    sources: tuple[Words, ...] = ()


class CardShape(Table, frozen=True):
    """One ``[[cards]]`` entry: a question on which studies disagree."""

    id: Id
    title: Text
    meaning: Text
    positions: Annotated[tuple[PositionShape, ...], AtLeast(2)]
    variations: tuple[Words, ...] = ()
    muscles: tuple[Words, ...] = ()


class DisagreementsShape(Table, frozen=True):
    """The file ``disagreements.toml``."""

    cards: Annotated[tuple[CardShape, ...], AtLeast(1)]


class VolumeShape(Table, frozen=True):
    """Target volume of one side, with its origin."""

    cm3: Annotated[float, Range(0.1, 3000)]
    note: Words
    source: Words | None = None


class MuscleShape(Table, frozen=True):
    """A file of ``muscles/``."""

    id: Id
    name: Text
    latin: Words
    group: Words
    kind: MuscleKind = MuscleKind.MUSCLE
    ta2: Annotated[int, Range(1, 99999)] | None = None
    fma: Fma | None = None
    members: tuple[Words, ...] = ()
    tendons: tuple[Words, ...] = ()
    part_names: dict[str, Text] = {}  # noqa: RUF012 - msgspec copies it
    optimal_fibre_length_m: dict[str, Annotated[float, Range(0.001, 1)]] = {}  # noqa: RUF012
    volume: VolumeShape | None = None
    origin: str = ""
    insertion: str = ""
    nerve: str = ""
    actions: str = ""
    sources: tuple[Words, ...] = ()


class CslNameShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A name of CSL-JSON: family and given name, or a literal one."""

    family: Words | None = None
    given: Words | None = None
    literal: Words | None = None


class CslDateShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """A date of CSL-JSON."""

    date_parts: Annotated[tuple[DateParts, ...], AtLeast(1)]


class CslCustomShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Our own field of CSL-JSON: which fields of the citation could not be read anywhere."""

    not_seen: tuple[Words, ...] = ()


class CslEntryShape(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One publication of ``sources.json`` (the part of CSL-JSON that we use)."""

    id: Id
    type: Words
    title: Words
    author: tuple[CslNameShape, ...] = ()
    issued: CslDateShape | None = None
    accessed: CslDateShape | None = None
    container_title: Words | None = msgspec.field(default=None, name="container-title")
    container_title_short: Words | None = msgspec.field(default=None, name="container-title-short")
    publisher: Words | None = None
    volume: Words | None = None
    issue: Words | None = None
    page: Words | None = None
    number: Words | None = None
    version: Words | None = None
    language: Words | None = None
    abstract: Words | None = None
    note: Words | None = None
    custom: CslCustomShape | None = None
    doi: Doi | None = msgspec.field(default=None, name="DOI")
    url: Url | None = msgspec.field(default=None, name="URL")
    pmid: Words | None = msgspec.field(default=None, name="PMID")
    pmcid: Words | None = msgspec.field(default=None, name="PMCID")
