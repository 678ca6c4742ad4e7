"""What must hold for measurements, citations and the texts that speak of them.

Numbers are what a teacher will quote, so they carry their unit, their spread, what a percentage
is a percentage of, and a citation that can be looked up; and a text that mentions a number of a
study mentions one of its facts.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import msgspec

from visualizer.catalog.facts import Fact
from visualizer.catalog.schema import (
    CardShape,
    CslEntryShape,
    DisagreementsShape,
    FactShape,
    FactsShape,
    GroundShape,
    Text,
)
from visualizer.catalog.variation import Basis, Source
from visualizer.validation import Fault, unknown

__all__ = [
    "faults_of_citation",
    "faults_of_disagreements",
    "faults_of_facts",
    "faults_of_ground",
    "faults_of_percentages",
    "numbers_in",
    "numbers_of",
]

_CITED = (Basis.ARTICLE, Basis.STUDY)
_MEASURED = (Basis.STUDY, Basis.MODEL)
# What a reader needs to find a publication again, by its CSL type.
_CITATION = {
    "article-journal": ("author", "issued", "container-title"),
    "paper-conference": ("author", "issued", "container-title"),
    "chapter": ("author", "issued", "container-title"),
    "book": ("author", "issued"),
    "webpage": ("container-title",),
}
# Digits that belong to a name (L4, glmax1) are no numbers.
_NUMBER = re.compile(r"(?<![\w.])\d+(?:\.\d+)?")
_BARE_PERCENT = re.compile(
    r"%(?!\s*(?:MVI?C|BW|\d*RM|CI|confidence|of|"
    r"(?:larger|greater|more|less|higher|lower|smaller) than)\b)"
)
# Said once at the top of a file of facts or for a single fact.
_CIRCUMSTANCES = ("exercise", "load", "phase", "method", "read", "population")


def numbers_in(text: str) -> set[float]:
    """Return the numbers that a text mentions."""
    return {float(found) for found in _NUMBER.findall(text)}


def numbers_of(fact: Fact) -> set[float]:
    """Return every number that a fact knows: its values and what its words mention."""
    return _numbers_within(dataclasses.asdict(fact))


def _numbers_within(value: Any) -> set[float]:
    match value:
        case str():
            return numbers_in(value)
        case bool() | None:
            return set()
        case int() | float():
            return {abs(float(value))}
        case Mapping():
            return set().union(*(_numbers_within(v) for k, v in value.items() if k != "key"))
        case _:
            return set().union(*map(_numbers_within, value))


# ------------------------------------------------------------------------------------- citations
def faults_of_citation(entry: CslEntryShape, path: str) -> Iterator[Fault]:
    """Yield what a publication lacks to be found again.

    Parameters
    ----------
    entry : CslEntryShape
        The publication.
    path : str
        Where it stands in the file.
    """
    fields = {field.encode_name: field.name for field in msgspec.structs.fields(CslEntryShape)}
    not_seen = entry.custom.not_seen if entry.custom else ()
    for index, name in enumerate(not_seen):
        if name not in fields:
            yield f"{path}.custom.not_seen[{index}]", unknown("field", name, fields)
    for name in _CITATION.get(entry.type, ()):
        if not getattr(entry, fields[name]) and name not in not_seen:
            yield (
                f"{path}.{name}",
                f"required for the citation of a {entry.type!r}, or to be named in custom.not_seen",
            )
    for index, author in enumerate(entry.author):
        if not author.family and not author.literal:
            yield f"{path}.author[{index}]", "must have a 'family' or a 'literal' name"


# ----------------------------------------------------------------------------------------- facts
def faults_of_facts(
    study: FactsShape, muscles: Collection[str], sources: Mapping[str, Source]
) -> Iterator[Fault]:
    """Yield what is wrong in a file of facts.

    Parameters
    ----------
    study : FactsShape
        The file.
    muscles : collection of str
        Every known muscle id.
    sources : mapping of str to Source
        Every known publication.
    """
    source = sources.get(study.source)
    if source is None:
        yield "source", unknown("source", study.source, sources)
    elif not source.is_complete:
        yield (
            "source",
            f"the citation of {study.source!r} is incomplete (not seen: "
            f"{', '.join(source.not_seen)}); a fact needs one that can be looked up",
        )
    for index, fact in enumerate(study.facts):
        for key, message in _faults_of_fact(fact, study, muscles):
            yield f"facts[{index}]{key}", message


def _faults_of_fact(
    fact: FactShape, study: FactsShape, muscles: Collection[str]
) -> Iterator[Fault]:
    if fact.muscle is not None and fact.muscle not in muscles:
        yield ".muscle", unknown("muscle", fact.muscle, muscles)
    for name in _CIRCUMSTANCES:
        if getattr(fact, name) is None and getattr(study, name) is None:
            yield f".{name}", "required here, or at the top of the file for the whole study"
    bounds = fact.low is not None or fact.high is not None
    given = [fact.value is not None, bounds, fact.finding is not None]
    if sum(given) != 1:
        yield "", "must have either a 'value', bounds ('low', 'high') or a 'finding' in words"
    if fact.value is not None or bounds:
        yield from _faults_of_number(fact, fact.normalisation or study.normalisation)
    else:
        for name in ("unit", "sd", "se", "ci95", "range", "comparison"):
            if getattr(fact, name) is not None:
                yield f".{name}", "only with a number, not with a finding in words"
    for name in ("ci95", "range"):
        pair = getattr(fact, name)
        if pair is not None and (len(pair) != 2 or pair[0] > pair[1]):
            yield f".{name}", "must be two numbers, the smaller one first"
    if fact.low is not None and fact.high is not None and fact.low > fact.high:
        yield ".low", f"must not be above high ({fact.high:g}), but is {fact.low:g}"
    for name in ("finding", "note"):
        yield from faults_of_percentages(getattr(fact, name), f".{name}")


def _faults_of_number(fact: FactShape, normalisation: str | None) -> Iterator[Fault]:
    if fact.unit is None:
        yield ".unit", "required: a number without its unit says nothing"
    elif "%" in fact.unit and normalisation is None:
        yield ".normalisation", f"required with the unit {fact.unit!r}: a percentage of what?"
    spread = (fact.sd, fact.se, fact.ci95, fact.range, fact.p, fact.no_spread)
    if all(value is None for value in spread):
        yield (
            ".no_spread",
            "required where none of sd, se, ci95, range and p is given: why is there no spread?",
        )


# --------------------------------------------------------------------------------- disagreements
def faults_of_disagreements(
    shape: DisagreementsShape,
    facts: Mapping[str, Fact],
    sources: Collection[str],
    muscles: Collection[str],
    variations: Collection[str],
) -> Iterator[Fault]:
    """Yield what is wrong in a file of disagreements.

    Parameters
    ----------
    shape : DisagreementsShape
        The file.
    facts : mapping of str to Fact
        Every known fact.
    sources, muscles, variations : collection of str
        Every known citation key, muscle id and variation id.
    """
    for index, card in enumerate(shape.cards):
        path = f"cards[{index}]"
        yield from _unknown_names(card.variations, "variation", variations, f"{path}.variations")
        yield from _unknown_names(card.muscles, "muscle", muscles, f"{path}.muscles")
        yield from faults_of_percentages(card.title, f"{path}.title")
        yield from faults_of_percentages(card.meaning, f"{path}.meaning")
        yield from _faults_of_positions(card, path, facts, sources)


def _faults_of_positions(
    card: CardShape, path: str, facts: Mapping[str, Fact], sources: Collection[str]
) -> Iterator[Fault]:
    for index, position in enumerate(card.positions):
        where = f"{path}.positions[{index}]"
        if not position.facts and not position.sources:
            yield where, "a statement without grounds; name its 'facts' or 'sources'"
        yield from _unknown_names(position.facts, "fact", facts, f"{where}.facts")
        yield from _unknown_names(position.sources, "source", sources, f"{where}.sources")
        yield from faults_of_percentages(position.says, f"{where}.says")
        yield from _strange_numbers(position.says, position.facts, facts, f"{where}.says")


# ------------------------------------------------------------------------------- grounds and texts
def faults_of_ground(
    ground: GroundShape, path: str, sources: Collection[str], facts: Mapping[str, Fact]
) -> Iterator[Fault]:
    """Yield what is wrong with a ground.

    Parameters
    ----------
    ground : GroundShape
        The ground.
    path : str
        Where it stands in the file.
    sources : collection of str
        Every known citation key.
    facts : mapping of str to Fact
        Every known fact.
    """
    if ground.source is not None and ground.source not in sources:
        yield f"{path}.source", unknown("source", ground.source, sources)
    if ground.basis in _CITED and ground.source is None:
        yield f"{path}.source", f"required with basis = {ground.basis.value!r}"
    if ground.basis not in _CITED and ground.note is None:
        yield f"{path}.note", f"required with basis = {ground.basis.value!r}: the reasoning"
    if ground.facts and ground.basis not in _MEASURED:
        yield f"{path}.facts", "only with basis = 'study' or 'model'"
    yield from _unknown_names(ground.facts, "fact", facts, f"{path}.facts")
    for index, key in enumerate(ground.facts):
        if key in facts and ground.source is not None and facts[key].source != ground.source:
            yield (
                f"{path}.facts[{index}]",
                f"{key!r} was measured by {facts[key].source!r}, not by {ground.source!r}",
            )
    if ground.basis is Basis.MODEL and ground.note and numbers_in(ground.note):
        yield (
            f"{path}.note",
            "a note on the model carries no numbers; the program computes and shows them",
        )
    elif ground.basis is Basis.STUDY and ground.note:
        yield from _strange_numbers(ground.note, ground.facts, facts, f"{path}.note")
    yield from faults_of_percentages(ground.note, f"{path}.note")


def faults_of_percentages(text: Text | None, path: str) -> Iterator[Fault]:
    """Yield a fault for each language of a text in which a percentage says not of what."""
    for where, words in _by_language(text, path):
        if _BARE_PERCENT.search(words):
            yield (
                where,
                "a percentage without its normalisation; write what it is a percentage of, "
                "like '40 %MVIC' or '70 % of 1RM'",
            )


def _strange_numbers(
    text: Text, keys: Collection[str], facts: Mapping[str, Fact], path: str
) -> Iterator[Fault]:
    if not all(key in facts for key in keys):
        return  # said already; what an unknown fact says is unknown
    known = set().union(*(numbers_of(facts[key]) for key in keys))
    for where, words in _by_language(text, path):
        strange = sorted(numbers_in(words) - known)
        if strange:
            named = ", ".join(f"{value:g}" for value in strange[:5])
            yield where, f"mentions {named}, which none of the named 'facts' says"


def _by_language(text: Text | None, path: str) -> Iterator[tuple[str, str]]:
    if isinstance(text, str):
        yield path, text
    elif text is not None:
        for language, words in text.items():
            yield f"{path}.{language}", words


def _unknown_names(
    names: Collection[str], kind: str, known: Collection[str], path: str
) -> Iterator[Fault]:
    for index, name in enumerate(names):
        if name not in known:
            yield f"{path}[{index}]", unknown(kind, name, known)
