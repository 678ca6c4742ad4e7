"""What must hold for measurements, citations and the texts that speak of them.

Numbers are what a teacher will quote, so they carry their unit, their spread, what a percentage
is a percentage of, and a citation that can be looked up; and a text that mentions a number of a
study mentions one of its facts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from visualizer.catalog.facts import Disagreements, Fact, Spread, Study
from visualizer.catalog.source import Source
from visualizer.catalog.variation import Basis, Ground
from visualizer.errors import Problem
from visualizer.reading import unknown
from visualizer.records import Mark, fields_of, walk
from visualizer.texts import tr

__all__ = [
    "bare_percentages",
    "numbers_in",
    "numbers_of",
    "problems_of_citation",
    "problems_of_disagreements",
    "problems_of_ground",
    "problems_of_study",
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
    found: set[float] = set()
    for path, _, value in walk(fact):
        if isinstance(value, str) and path != "key":
            found |= numbers_in(value)
        elif isinstance(value, int | float):
            found.add(abs(float(value)))
    return found


# ------------------------------------------------------------------------------------- citations
def problems_of_citation(source: Source, path: str) -> Iterator[Problem]:
    """Yield what a publication lacks to be found again.

    Parameters
    ----------
    source : Source
        The publication.
    path : str
        Where it stands in the file.
    """
    names = {field.key: field.name for field in fields_of(Source) if field.key}
    for index, name in enumerate(source.not_seen):
        if name not in names:
            where = f"{path}.custom.not_seen[{index}]"
            yield Problem("", where, unknown(tr("field"), name, names))
    for name in _CITATION.get(source.type, ()):
        if not getattr(source, names[name]) and name not in source.not_seen:
            message = tr(
                "required for the citation of a {type!r}, or to be named in custom.not_seen"
            ).format(type=source.type)
            yield Problem("", f"{path}.{name}", message)
    for index, author in enumerate(source.author):
        if not author.family and not author.literal:
            message = tr("must have a 'family' or a 'literal' name")
            yield Problem("", f"{path}.author[{index}]", message)


# ----------------------------------------------------------------------------------------- facts
def problems_of_study(study: Study, sources: Mapping[str, Source]) -> Iterator[Problem]:
    """Yield what is wrong in a file of facts.

    Parameters
    ----------
    study : Study
        The file.
    sources : mapping of str to Source
        Every known publication.
    """
    source = sources.get(study.source)
    if source is not None and not source.is_complete:
        message = tr(
            "the citation of {source!r} is incomplete (not seen: {not_seen}); a "
            "fact needs one that can be looked up"
        ).format(source=study.source, not_seen=", ".join(source.not_seen))
        yield Problem("", "source", message)
    for index, fact in enumerate(study.complete_facts()):
        for key, message in _problems_of_fact(fact):
            yield Problem("", f"facts[{index}].{key}".removesuffix("."), message)
    yield from bare_percentages(study)


def _problems_of_fact(fact: Fact) -> Iterator[tuple[str, str]]:
    """Yield the keys of a fact that are wrong, and why."""
    for name in _CIRCUMSTANCES:
        if not getattr(fact, name):
            yield name, tr("required here, or at the top of the file for the whole study")
    bounds, spread = fact.low is not None or fact.high is not None, fact.spread
    given = [fact.value is not None, bounds, bool(fact.finding)]
    if sum(given) != 1:
        yield "", tr("must have either a 'value', bounds ('low', 'high') or a 'finding' in words")
    if fact.value is not None or bounds:
        if not fact.unit:
            yield "unit", tr("required: a number without its unit says nothing")
        elif "%" in fact.unit and not fact.normalisation:
            yield (
                "normalisation",
                tr("required with the unit {unit!r}: a percentage of what?").format(unit=fact.unit),
            )
        if spread == Spread():
            yield (
                "no_spread",
                tr(
                    "required where none of sd, se, ci95, range and p is given: why is there no "
                    "spread?"
                ),
            )
    else:
        numbers = {
            "unit": fact.unit or None, "sd": spread.sd, "se": spread.se, "ci95": spread.ci95,
            "range": spread.range, "comparison": fact.comparison,
        }  # fmt: skip
        for name, value in numbers.items():
            if value is not None:
                yield name, tr("only with a number, not with a finding in words")
    for name, pair in (("ci95", spread.ci95), ("range", spread.range)):
        if pair is not None and (len(pair) != 2 or pair[0] > pair[1]):
            yield name, tr("must be two numbers, the smaller one first")
    if fact.low is not None and fact.high is not None and fact.low > fact.high:
        yield (
            "low",
            tr("must not be above high ({high:g}), but is {low:g}").format(
                high=fact.high, low=fact.low
            ),
        )


# --------------------------------------------------------------------------------- disagreements
def problems_of_disagreements(file: Disagreements, facts: Mapping[str, Fact]) -> Iterator[Problem]:
    """Yield what is wrong in a file of disagreements.

    Parameters
    ----------
    file : Disagreements
        The file.
    facts : mapping of str to Fact
        Every known fact.
    """
    yield from bare_percentages(file)
    for number, card in enumerate(file.cards):
        for index, position in enumerate(card.positions):
            where = f"cards[{number}].positions[{index}]"
            if not position.facts and not position.sources:
                message = tr("a statement without grounds; name its 'facts' or 'sources'")
                yield Problem("", where, message)
            yield from _strange_numbers(position.says, position.facts, facts, f"{where}.says")


# ------------------------------------------------------------------------------- grounds and texts
def problems_of_ground(ground: Ground, path: str, facts: Mapping[str, Fact]) -> Iterator[Problem]:
    """Yield what is wrong with a ground.

    Parameters
    ----------
    ground : Ground
        The ground.
    path : str
        Where it stands in the file.
    facts : mapping of str to Fact
        Every known fact.
    """
    basis = ground.basis.value
    if ground.basis in _CITED and ground.source is None:
        yield Problem(
            "", f"{path}.source", tr("required with basis = {basis!r}").format(basis=basis)
        )
    if ground.basis not in _CITED and not ground.note:
        yield Problem(
            "",
            f"{path}.note",
            tr("required with basis = {basis!r}: the reasoning").format(basis=basis),
        )
    if ground.facts and ground.basis not in _MEASURED:
        yield Problem("", f"{path}.facts", tr("only with basis = 'study' or 'model'"))
    for index, key in enumerate(ground.facts):
        if key in facts and ground.source is not None and facts[key].source != ground.source:
            message = tr("{key!r} was measured by {source!r}, not by {other!r}").format(
                key=key, source=facts[key].source, other=ground.source
            )
            yield Problem("", f"{path}.facts[{index}]", message)
    if ground.basis is Basis.MODEL and numbers_in(ground.note):
        message = tr("a note on the model carries no numbers; the program computes and shows them")
        yield Problem("", f"{path}.note", message)
    elif ground.basis is Basis.STUDY:
        yield from _strange_numbers(ground.note, ground.facts, facts, f"{path}.note")


def bare_percentages(record: object) -> Iterator[Problem]:
    """Yield the texts of a record in which a percentage says not of what."""
    for path, marks, text in walk(record):
        for where, words in _by_language(text, path) if Mark.PROSE in marks else ():
            if _BARE_PERCENT.search(words):
                message = tr(
                    "a percentage without its normalisation; write what it is a percentage "
                    "of, like '40 %MVIC' or '70 % of 1RM'"
                )
                yield Problem("", where, message)


def _strange_numbers(
    text: str | Mapping[str, str], keys: Collection[str], facts: Mapping[str, Fact], path: str
) -> Iterator[Problem]:
    if not all(key in facts for key in keys):
        return  # said already; what an unknown fact says is unknown
    for where, words in _by_language(text, path):
        strange = sorted(numbers_in(words))
        if strange:
            strange = sorted(set(strange).difference(*(numbers_of(facts[key]) for key in keys)))
        if strange:
            named = ", ".join(f"{value:g}" for value in strange[:5])
            message = tr("mentions {named}, which none of the named 'facts' says").format(
                named=named
            )
            yield Problem("", where, message)


def _by_language(text: str | Mapping[str, str], path: str) -> Iterator[tuple[str, str]]:
    """Yield a text and its place; a text in English only most likely is no table of languages."""
    if isinstance(text, str):
        yield path, text
        return
    for language, words in text.items():
        yield path if len(text) == 1 else f"{path}.{language}", words
