"""Whatever a data file says to a reader is written for readers: no keys, no notes to ourselves."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pytest

from tests.helpers import repetitions
from visualizer.analysis.evidence import SENTENCES
from visualizer.analysis.validation_table import REASONS
from visualizer.catalog.catalog import Catalog
from visualizer.catalog.citation import citation_line, plain_title, short_citation
from visualizer.catalog.variation import Ground
from visualizer.lifts import LIFTS
from visualizer.lifts.dynamics import ASSUMPTIONS

# Brackets, braces and markup, identifiers in code's spelling, files.
_SIGNS = re.compile(r"\[[^\]]*\]|\{[^}]*\}|`|\b\w+_\w+\b|\b\w+\.(?:toml|json|py|csv)\b")
# What a developer, or a reader of abstracts, says to himself.
_PHRASES = re.compile(
    r"not seen|not read\b|cut off|what was read|that was read|page that|TODO|FIXME|see facts"
    r"|as at first|mend the|about alike|let (?:it|the \w+) grow|(?<!given )not in the abstract"
    r"|^not in |so the protocol|as printed\b|\bno MVIC\b|\?\?",
    re.IGNORECASE,
)


@pytest.fixture(scope="module")
def catalog() -> Catalog:
    return repetitions.catalog()


def of_grounds(where: str, grounds: tuple[Ground, ...]) -> Iterator[tuple[str, str]]:
    for ground in grounds:
        yield f"{where}: ground", ground.note


def by_language(where: str, texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for language, text in texts.items():
        yield f"{where}.{language}", text


def texts(catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield where a text stands, and the text, for everything that some page or export shows."""
    for v in catalog.variations:
        yield from by_language(f"{v.id}.name", v.name)
        yield from by_language(f"{v.id}.summary", v.summary.text)
        yield from of_grounds(f"{v.id}.summary", v.summary.grounds)
        yield from by_language(f"{v.id}.suits", v.suits.text)
        yield from of_grounds(f"{v.id}.suits", v.suits.grounds)
        for action in v.muscles:
            yield from by_language(f"{v.id}.{action.muscle}.why", action.why)
            yield from of_grounds(f"{v.id}.{action.muscle}", action.grounds)
            for phase, claim in action.contraction.items():
                yield from of_grounds(f"{v.id}.{action.muscle}.{phase}", claim.grounds)
        for question in v.questions:
            yield from by_language(f"{v.id}.question", question.question)
            yield from by_language(f"{v.id}.answer", question.answer)
            yield from of_grounds(f"{v.id}.answer", question.grounds)
    for card in catalog.disagreements:
        yield from by_language(f"{card.id}.title", card.title)
        yield from by_language(f"{card.id}.meaning", card.meaning)
        for side in card.positions:
            yield from by_language(f"{card.id}.says", side.says)
    for f in catalog.facts.values():
        for field in ("quantity", "exercise", "load", "phase", "method", "part", "finding", "note",
                      "normalisation", "unit", "value_text", "comparison_text"):  # fmt: skip
            yield f"{f.key}.{field}", getattr(f, field)
        yield f"{f.key}.population", f.population.text
        yield f"{f.key}.spread", f.spread.text
        yield f"{f.key}.spread", f.spread.missing
    for muscle in catalog.muscles.values():
        yield from by_language(f"{muscle.id}.name", muscle.name)
        for field in ("latin", "group", "origin", "insertion", "nerve", "actions"):
            yield f"{muscle.id}.{field}", getattr(muscle, field)
        for part in muscle.part_names.values():
            yield from by_language(f"{muscle.id}.part", part)
        if muscle.volume is not None:
            yield f"{muscle.id}.volume", muscle.volume.note
    for source in catalog.sources.values():
        yield f"{source.id}.line", citation_line(source).replace(f" {source.url}", "")
        yield f"{source.id}.short", short_citation(source)
        yield f"{source.id}.title", plain_title(source)
    yield from (("assumptions", text) for text in ASSUMPTIONS)
    for lift in LIFTS.values():
        yield from ((f"{lift.id}.assumptions", text) for text in lift.assumptions)
        yield f"{lift.id}.motion", lift.motion
    yield from (("reasons", text) for text in REASONS.values())
    yield from (("sentences", re.sub(r"\{\w+\}", "", text)) for text in SENTENCES.values())


def keys_of(catalog: Catalog) -> set[str]:
    """Return what only the program calls by these names, and no reader does."""
    words = {
        word
        for muscle in catalog.muscles.values()
        for word in re.findall(r"\w+", f"{muscle.display_name()} {muscle.latin}".lower())
    }
    keys = {*catalog.sources, *catalog.facts, *(card.id for card in catalog.disagreements)}
    keys |= {v.id for v in catalog.variations}
    keys |= {tendon for muscle in catalog.muscles.values() for tendon in muscle.tendons}
    return keys - words


def faults_in(text: str | None, keys: set[str]) -> list[str]:
    if not text:
        return []
    named = sorted(set(re.findall(r"[\w-]+", text)) & keys)
    return [*named, *_SIGNS.findall(text), *_PHRASES.findall(text)]


def test_no_text_of_the_data_carries_keys_or_notes_to_ourselves(catalog: Catalog) -> None:
    keys = keys_of(catalog)
    found = [f"{where}: {bad} in {text!r}" for where, text in texts(catalog)
             if (bad := faults_in(text, keys))]  # fmt: skip
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("Just above the knees, as in choi2015.", "choi2015"),
        ("see contreras2015-biceps-femoris-mean", "contreras2015-biceps-femoris-mean"),
        ("[authors not seen] (2022)", "[authors not seen]"),
        ("gaslat differs", "gaslat"),
        ("gluteus_maximus works", "gluteus_maximus"),
        ("The numbers were cut off on the page that was read.", "cut off"),
        ("spread not in the abstract", "not in the abstract"),
        ("if it does, mend the form first", "mend the"),
        ("Nine weeks let it grow about alike", "let it grow"),
        ("phase not stated in the abstract", None),
        ("Psoas major and soleus", None),
    ],
)
def test_what_counts_as_a_fault(catalog: Catalog, text: str, bad: str) -> None:
    found = faults_in(text, keys_of(catalog))
    assert found == [] if bad is None else bad in found


def test_every_text_is_a_whole_one(catalog: Catalog) -> None:
    for where, text in texts(catalog):
        if text and where != "sentences":
            assert text == " ".join(text.split()), f"{where}: {text!r}"
        if text and where.endswith((".meaning.en", ".says.en", ".answer.en", ".why.en")):
            assert text[0].isupper(), where
            assert text[-1] in ".?", where
