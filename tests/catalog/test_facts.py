"""Measurements and disagreements in files: one clear line for each fault, and how they read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.helpers.data_files import changed, lines
from visualizer.catalog.catalog import check_files, load_catalog
from visualizer.catalog.check_facts import numbers_in, numbers_of
from visualizer.catalog.facts import Comparison, Fact, Population, Read, Sex, Spread

FACTS = """\
source = "otsuka2021"
read = "abstract"
exercise = "hip thrust"
method = "EMG"
load = "6RM"
phase = "lift"
normalisation = "maximal voluntary isometric contraction"

[population]
n = 11
sex = "male"
training = "sprinters"

[[facts]]
key = "my-first"
muscle = "gluteus_maximus"
quantity = "mean activity"
value = 66
unit = "%MVIC"
sd = 33

[[facts]]
key = "my-second"
quantity = "order"
finding = "first of all"
"""

CARDS = """\
[[cards]]
id = "my-card"
title = "Which?"
meaning = "Who knows."
variations = ["glute-bridge"]
muscles = ["gluteus_maximus"]

[[cards.positions]]
says = "The knee moment is 66 Nm."
facts = ["otsuka2021-knee-extension-moment"]

[[cards.positions]]
says = "Nobody knows."
sources = ["isbs2017"]
"""


def test_the_templates_are_valid(tmp_path: Path) -> None:
    assert lines(tmp_path / "facts.toml", FACTS) == []
    assert lines(tmp_path / "cards.toml", CARDS) == []


FACT_FAULTS = {
    "value without a unit": (
        ('unit = "%MVIC"\n', ""),
        "facts[0].unit: required: a number without its unit says nothing",
    ),
    "percentage without its normalisation": (
        ('normalisation = "maximal voluntary isometric contraction"\n', ""),
        "facts[0].normalisation: required with the unit '%MVIC': a percentage of what?",
    ),
    "number without its spread": (
        ("sd = 33\n", ""),
        "facts[0].no_spread: required where none of sd, se, ci95, range and p is given: why is "
        "there no spread?",
    ),
    "neither value nor finding": (
        ('finding = "first of all"\n', ""),
        "facts[1]: must have either a 'value', bounds ('low', 'high') or a 'finding' in words",
    ),
    "value and finding": (
        ("value = 66", 'value = 66\nfinding = "much"'),
        "facts[0]: must have either a 'value', bounds ('low', 'high') or a 'finding' in words",
    ),
    "unit of a finding": (
        ('finding = "first of all"', 'finding = "first of all"\nunit = "Nm"'),
        "facts[1].unit: only with a number, not with a finding in words",
    ),
    "no load": (
        ('load = "6RM"\n', ""),
        [
            "facts[0].load: required here, or at the top of the file for the whole study",
            "facts[1].load: required here, or at the top of the file for the whole study",
        ],
    ),
    "no population": (
        ('[population]\nn = 11\nsex = "male"\ntraining = "sprinters"\n', ""),
        [
            "facts[0].population: required here, or at the top of the file for the whole study",
            "facts[1].population: required here, or at the top of the file for the whole study",
        ],
    ),
    "unknown source": (
        ('source = "otsuka2021"', 'source = "otsuka2012"'),
        "source: unknown source 'otsuka2012' (did you mean 'otsuka2021'?)",
    ),
    "incomplete citation": (
        ('source = "otsuka2021"', 'source = "isbs2017"'),
        "source: the citation of 'isbs2017' is incomplete (not seen: author, title); a fact needs "
        "one that can be looked up",
    ),
    "unknown muscle": (
        ('muscle = "gluteus_maximus"', 'muscle = "gluteus_maximum"'),
        "facts[0].muscle: unknown muscle 'gluteus_maximum' (did you mean 'gluteus_maximus'?)",
    ),
    "unknown reading": (
        ('read = "abstract"', 'read = "abstrakt"'),
        "read: unknown read 'abstrakt' (did you mean 'abstract'?)",
    ),
    "unknown key": (
        ("sd = 33", "std = 33"),
        "facts[0].std: unknown key 'std' (did you mean 'sd'?)",
    ),
    "negative spread": (
        ("sd = 33", "sd = -33"),
        "facts[0].sd: must be between 0 and 1000000, not -33",
    ),
    "interval of three": (
        ("sd = 33", "ci95 = [1, 2, 3]"),
        "facts[0].ci95: must be two numbers, the smaller one first",
    ),
    "interval the wrong way round": (
        ("sd = 33", "range = [80, 20]"),
        "facts[0].range: must be two numbers, the smaller one first",
    ),
    "bounds the wrong way round": (
        ("value = 66", "low = 70\nhigh = 60"),
        "facts[0].low: must not be above high (60), but is 70",
    ),
    "percentage of nothing in a finding": (
        ('"first of all"', '"20 % more"'),
        "facts[1].finding: a percentage without its normalisation; write what it is a percentage "
        "of, like '40 %MVIC' or '70 % of 1RM'",
    ),
    "the same key twice": (
        ('key = "my-second"', 'key = "my-first"'),
        "facts[1].key: duplicate id 'my-first', already in this file",
    ),
}


@pytest.mark.parametrize("kind", FACT_FAULTS)
def test_a_fault_in_the_measurements(tmp_path: Path, kind: str) -> None:
    change, expected = FACT_FAULTS[kind]
    wanted = [expected] if isinstance(expected, str) else expected
    assert lines(tmp_path / "facts.toml", changed(FACTS, change)) == wanted


CARD_FAULTS = {
    "one position": (
        ('\n[[cards.positions]]\nsays = "Nobody knows."\nsources = ["isbs2017"]\n', ""),
        "cards[0].positions: must have at least 2 entries",
    ),
    "statement without grounds": (
        ('sources = ["isbs2017"]\n', ""),
        "cards[0].positions[1]: a statement without grounds; name its 'facts' or 'sources'",
    ),
    "unknown fact": (
        ('"otsuka2021-knee-extension-moment"', '"otsuka2021-knee-moment"'),
        "cards[0].positions[0].facts[0]: unknown fact 'otsuka2021-knee-moment' "
        "(did you mean 'otsuka2021-hip-moment'?)",
    ),
    "unknown source": (
        ('"isbs2017"', '"isbs2071"'),
        "cards[0].positions[1].sources[0]: unknown source 'isbs2071' (did you mean 'isbs2017'?)",
    ),
    "unknown variation": (
        ('"glute-bridge"', '"glut-bridge"'),
        "cards[0].variations[0]: unknown variation 'glut-bridge' (did you mean 'glute-bridge'?)",
    ),
    "unknown muscle": (
        ('"gluteus_maximus"', '"gluteus"'),
        "cards[0].muscles[0]: unknown muscle 'gluteus' (did you mean 'gluteus_medius'?)",
    ),
    "strange number": (
        ("66 Nm", "67 Nm"),
        "cards[0].positions[0].says: mentions 67, which none of the named 'facts' says",
    ),
    "number without a fact": (
        ("Nobody knows.", "It is 3.13 Nm/kg."),
        "cards[0].positions[1].says: mentions 3.13, which none of the named 'facts' says",
    ),
    "percentage of nothing": (
        ("Who knows.", "Half: 50 %."),
        "cards[0].meaning: a percentage without its normalisation; write what it is a percentage "
        "of, like '40 %MVIC' or '70 % of 1RM'",
    ),
}


@pytest.mark.parametrize("kind", CARD_FAULTS)
def test_a_fault_in_the_disagreements(tmp_path: Path, kind: str) -> None:
    change, expected = CARD_FAULTS[kind]
    assert lines(tmp_path / "cards.toml", changed(CARDS, change)) == [expected]


def test_a_fact_twice_in_two_files(tmp_path: Path) -> None:
    first, second = tmp_path / "a.toml", tmp_path / "b.toml"
    first.write_text(FACTS)
    second.write_text(FACTS)
    assert [str(p) for p in check_files([first, second])] == [
        f"{second}: facts[0].key: duplicate id 'my-first', already in {first}",
        f"{second}: facts[1].key: duplicate id 'my-second', already in {first}",
    ]


def test_a_teacher_adds_facts_and_cards_in_her_own_folder(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "mine.toml").write_text(FACTS)
    (tmp_path / "disagreements.toml").write_text(
        CARDS.replace("otsuka2021-knee-extension-moment", "my-first")
    )
    loaded = load_catalog([tmp_path])
    assert loaded.problems == ()
    assert loaded.catalog.fact("my-first").value == 66
    card = loaded.catalog.disagreements[-1]
    assert card.id == "my-card"
    assert card.positions[0].sources == ("otsuka2021",)
    # the check of one file knows the folder that it lies in
    assert check_files([tmp_path / "disagreements.toml"]) == []


def test_a_fact_says_otherwise_than_its_study(tmp_path: Path) -> None:
    (tmp_path / "facts").mkdir()
    (tmp_path / "facts" / "mine.toml").write_text(
        changed(FACTS, ("sd = 33", 'sd = 33\nload = "1RM"\nread = "secondary"'))
    )
    catalog = load_catalog([tmp_path]).catalog
    first, second = catalog.fact("my-first"), catalog.fact("my-second")
    assert (first.load, first.read) == ("1RM", Read.SECONDARY)
    assert (second.load, second.read) == ("6RM", Read.ABSTRACT)
    assert first.population.text == "11 men, sprinters"


def fact(**fields: Any) -> Fact:
    said: dict[str, Any] = {
        "key": "k9",
        "source": "s2020",
        "quantity": "moment",
        "exercise": "thrust",
        "load": "70 % of 1RM",
        "phase": "lift",
        "method": "EMG",
        "read": Read.ABSTRACT,
        "population": Population(n=11, sex=Sex.MALE),
    }
    return Fact(**(said | fields))


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        ({"value": 66.0, "unit": "Nm", "spread": Spread(sd=33)}, "66 ± 33 Nm"),
        ({"value": -1.6, "unit": "cm²", "spread": Spread(se=2.1)}, "−1.6 cm²"),
        ({"low": 40.0, "high": 54.0, "unit": "%MVIC"}, "40 to 54 %MVIC"),
        ({"high": 45.0, "unit": "%MVIC"}, "below 45 %MVIC"),
        ({"low": 45.0, "unit": "%MVIC"}, "at least 45 %MVIC"),
        ({"value": 2.27, "unit": "effect size"}, "effect size 2.27"),
        ({"finding": "first of all"}, "first of all"),
    ],
)
def test_how_a_value_reads(fields: dict[str, Any], text: str) -> None:
    assert fact(**fields).value_text == text


def test_how_spread_comparison_and_people_read() -> None:
    spread = Spread(se=0.7, ci95=(1.2, 3.9), range=(-3, 4), p="< 0.05")
    assert spread.text == "SE 0.7; 95 % CI 1.2 to 3.9; range −3 to 4; p < 0.05"
    assert Spread(missing="not given in the abstract").text == "spread not given in the abstract"
    compared = fact(value=66.0, unit="Nm", comparison=Comparison("back squat", 155, 28))
    assert compared.comparison_text == "back squat: 155 ± 28 Nm"
    assert fact(finding="so").comparison_text == ""
    assert Population(n=58, studies=5, sex=Sex.MIXED).text == "5 studies, 58 women and men"
    assert Population().text == "people not described"
    assert Population(n=15, studies=1).text == "1 study, 15 people"


def test_numbers_of_texts_and_facts() -> None:
    assert numbers_in("40.5 %MVIC at 10RM, L4, glmax1, -3 and 49.2-105.") == {
        40.5,
        10,
        3,
        49.2,
        105,
    }
    said = numbers_of(fact(value=-66.0, unit="Nm", spread=Spread(ci95=(1, 2))))
    assert said == {66, 70, 1, 2, 11}  # of value, load, interval and people; not of its names
