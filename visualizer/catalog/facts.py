"""Published measurements as structured facts, and where they disagree.

A fact is one result of one study: what was measured in whom, under which load, in which phase,
with its spread and with what was read of the publication. Grounds refer to facts by key, so a
number stands in one place only; :mod:`visualizer.analysis.evidence` makes table rows of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

from visualizer.catalog.names import FactKey, MuscleId, Prose, SourceKey, VariationId
from visualizer.records import AtLeast, Id, Key, Mark, Range, Words
from visualizer.texts import ntr, tr
from visualizer.texts.figures import number

__all__ = [
    "LENGTH_UNITS",
    "Circumstances",
    "Comparison",
    "Disagreement",
    "Disagreements",
    "Fact",
    "Population",
    "Position",
    "Read",
    "Sex",
    "Spread",
    "Study",
]

NotNegative = Annotated[float, Range(0, 1_000_000)]
# two, which the rules of a fact say
Pair = Annotated[tuple[float, ...], AtLeast(2)]

# Units of length that a curve can be compared with, in metres.
LENGTH_UNITS: Mapping[str, float] = MappingProxyType({"m": 1.0, "cm": 0.01, "mm": 0.001})


class Read(StrEnum):
    """What was read of a publication to know the value."""

    ABSTRACT = "abstract"
    FULL_TABLE = "full table"
    SECONDARY = "secondary"


class Sex(StrEnum):
    """Sex of the people measured."""

    FEMALE = "female"
    MALE = "male"
    MIXED = "mixed"


def _with_unit(text: str, unit: str) -> str:
    # an effect size is no unit that one multiplies with: its name goes first
    return f"{unit} {text}" if unit == "effect size" else f"{text} {unit}"


@dataclass(frozen=True)
class Population:
    """Who was measured; None and empty where what was read does not say.

    Attributes
    ----------
    n : int or None
        How many people.
    studies : int or None
        How many studies, for a review.
    sex : Sex or None
        Women, men or both.
    training : str
        Training state, age or anything else that says who they are.
    """

    n: Annotated[int, Range(1, 1_000_000)] | None = None
    studies: Annotated[int, Range(1, 10_000)] | None = None
    sex: Sex | None = None
    training: Words = ""

    @property
    def text(self) -> str:
        """One line, e.g. ``13 women, resistance-trained``."""
        people = {
            Sex.FEMALE: tr("women"),
            Sex.MALE: tr("men"),
            Sex.MIXED: tr("women and men"),
        }
        who = people[self.sex] if self.sex is not None else tr("people")
        parts = []
        if self.studies is not None:
            parts.append(ntr("{n} study", "{n} studies", self.studies).format(n=self.studies))
        if self.n is not None:
            parts.append(f"{self.n} {who}")
        elif self.sex is not None:
            parts.append(who)
        if self.training:
            parts.append(self.training)
        return ", ".join(parts) or tr("people not described")


@dataclass(frozen=True)
class Spread:
    """How far the values scatter, or how sure the mean is.

    Attributes
    ----------
    sd, se : float or None
        Standard deviation, standard error.
    ci95, range : (float, float) or None
        95 % confidence interval; smallest and largest value.
    p : str
        Result of a significance test, as printed.
    missing : str
        Why there is no spread, e.g. ``not given in the abstract``; read after the word spread.
    """

    sd: NotNegative | None = None
    se: NotNegative | None = None
    ci95: Pair | None = None
    range: Pair | None = None
    p: Words = ""
    missing: Annotated[Words, Key("no_spread")] = ""

    @property
    def text(self) -> str:
        """One line, e.g. ``SD 33`` or ``SE 0.7; 95 % CI 1.2 to 3.9``."""
        parts = []
        if self.sd is not None:
            parts.append(tr("SD {}").format(number(self.sd)))
        if self.se is not None:
            parts.append(tr("SE {}").format(number(self.se)))
        if self.ci95 is not None:
            parts.append(tr("95 % CI {} to {}").format(*map(number, self.ci95)))
        if self.range is not None:
            parts.append(tr("range {} to {}").format(*map(number, self.range)))
        if self.p:
            parts.append(f"p {self.p}")
        if self.missing:
            parts.append(tr("spread {}").format(self.missing))
        return "; ".join(parts)


@dataclass(frozen=True)
class Comparison:
    """What the value was compared with in the same study, in the same unit."""

    label: Words
    value: float
    sd: NotNegative | None = None


@dataclass(frozen=True)
class Circumstances:
    """Under which circumstances something was measured: said of a study or of one fact.

    Attributes
    ----------
    exercise, load, phase, method : str
        What was done and how it was measured, in words.
    normalisation : str
        What a percentage is a percentage of.
    read : Read
        What was read of the publication.
    population : Population
        Who was measured.
    """

    exercise: Words = ""
    load: Words = ""
    phase: Words = ""
    method: Words = ""
    normalisation: Words = ""
    # None only while a file is read: said neither of the study nor of the fact
    read: Read = None  # type: ignore[assignment]
    population: Population = None  # type: ignore[assignment]


@dataclass(frozen=True, kw_only=True)
class Fact(Circumstances):
    """One result of one study.

    Attributes
    ----------
    key : str
        By which grounds name it.
    quantity : str
        What was measured, e.g. ``mean activity``.
    muscle : str or None
        Id of the muscle or group, where it concerns one.
    part : str
        Which part of it, or which place.
    value, low, high : float or None
        The value, or its bounds (one of them may be missing); none of them for a ``finding``.
    unit : str
        Unit of the numbers; empty for a ``finding``.
    finding : str
        The result in words where no number was seen.
    spread : Spread
        How far the values scatter.
    comparison : Comparison or None
        What it was compared with.
    note : str
        What one must know when reading it.
    source : str
        Citation key of the study.
    """

    key: Id
    quantity: Words
    muscle: MuscleId | None = None
    part: Words = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    unit: Words = ""
    finding: Annotated[Words, Mark.PROSE] = ""
    spread: Annotated[Spread, Mark.INLINE] = Spread()
    comparison: Comparison | None = None
    note: Annotated[Words, Mark.PROSE] = ""
    source: Annotated[str, Mark.ELSEWHERE] = ""

    @property
    def value_text(self) -> str:
        """The value with its standard deviation and unit, or the finding in words."""
        if self.value is not None:
            text = number(self.value)
            if self.spread.sd is not None:
                text += f" ± {number(self.spread.sd)}"
        elif self.low is not None and self.high is not None:
            text = tr("{} to {}").format(number(self.low), number(self.high))
        elif self.low is not None:
            text = tr("at least {}").format(number(self.low))
        elif self.high is not None:
            text = tr("below {}").format(number(self.high))
        else:
            return self.finding
        return _with_unit(text, self.unit)

    @property
    def comparison_text(self) -> str:
        """What it was compared with, e.g. ``back squat: 155 ± 28 Nm``; may be empty."""
        if self.comparison is None:
            return ""
        spread = "" if self.comparison.sd is None else f" ± {number(self.comparison.sd)}"
        text = _with_unit(f"{number(self.comparison.value)}{spread}", self.unit)
        return f"{self.comparison.label}: {text}"


@dataclass(frozen=True, kw_only=True)
class Study(Circumstances):
    """A file of ``facts/``: what one study measured.

    Attributes
    ----------
    source : str
        Citation key of the study.
    facts : tuple of Fact
        Its results; a circumstance that a fact leaves open is the study's.
    """

    source: SourceKey
    facts: Annotated[tuple[Fact, ...], AtLeast(1)]

    def complete_facts(self) -> tuple[Fact, ...]:
        """Return the facts with their source and with the circumstances that they share."""
        shared = [field.name for field in fields(Circumstances)]
        return tuple(
            replace(
                fact,
                source=self.source,
                **{name: getattr(fact, name) or getattr(self, name) for name in shared},
            )
            for fact in self.facts
        )


@dataclass(frozen=True)
class Position:
    """One side of a disagreement.

    Attributes
    ----------
    says : mapping of str to str
        What this side found or states, per language code.
    facts : tuple of str
        Keys of the facts that it rests on.
    sources : tuple of str
        Citation keys; in the catalogue also those of the facts.
    """

    says: Prose
    facts: tuple[FactKey, ...] = ()
    sources: tuple[SourceKey, ...] = ()


class Bearing(StrEnum):
    """What of a statement a disagreement puts in doubt, so that nobody is examined on it."""

    ROLE = "role"
    CONTRACTION = "contraction"


@dataclass(frozen=True)
class Disagreement:
    """A question on which studies, or usages, do not agree.

    Attributes
    ----------
    id : str
        Its name in the file.
    title : mapping of str to str
        The question, per language code.
    meaning : mapping of str to str
        What it means for the reader, per language code.
    positions : tuple of Position
        At least two.
    variations : tuple of str
        Ids of the variations it concerns; empty for all.
    muscles : tuple of str
        Ids of the muscles or groups it concerns; empty for none in particular.
    bears_on : tuple of Bearing
        What it puts in doubt of the statements about its muscles; empty where they stand.
    """

    id: Id
    title: Prose
    meaning: Prose
    positions: Annotated[tuple[Position, ...], AtLeast(2)]
    variations: tuple[VariationId, ...] = ()
    muscles: tuple[MuscleId, ...] = ()
    bears_on: tuple[Bearing, ...] = ()

    def with_sources_of(self, facts: Mapping[str, Fact]) -> Disagreement:
        """Return it with the sources of each position's facts before its own."""
        positions = tuple(
            replace(
                p,
                sources=tuple(dict.fromkeys([*(facts[key].source for key in p.facts), *p.sources])),
            )
            for p in self.positions
        )
        return replace(self, positions=positions)


@dataclass(frozen=True)
class Disagreements:
    """The file ``disagreements.toml``."""

    cards: Annotated[tuple[Disagreement, ...], AtLeast(1)]
