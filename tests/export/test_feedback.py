"""What teaching systems say after an answer: short, grounded, and clear without this program."""

from __future__ import annotations

import re
from functools import cache

import pytest

from tests.helpers.repetitions import VARIATIONS, repetition
from visualizer.analysis.evidence import grounds_of
from visualizer.export.questions.feedback import based_on, feedback
from visualizer.teaching.item import ItemKind, QuizItem
from visualizer.teaching.items import ItemMaker
from visualizer.texts import speaking

# What a text may not lean on where nothing of this program is in sight.
OURS = (
    "our figure", "the article", "this bound", "the model", "this program", "entry of its own",
    "stands beside", "unsere Figur", "der Artikel", "dieses Programm", "das Modell",
)  # fmt: skip


@cache
def items(name: str) -> tuple[QuizItem, ...]:
    own = repetition(name)
    alike = [
        repetition(n) for n in VARIATIONS if repetition(n).variation.lift is own.variation.lift
    ]
    return ItemMaker(own, 3, alike).every()


def said(item: QuizItem) -> tuple[str, str]:
    own = repetition(item.variation)
    return feedback(item, own, repetition(item.other) if item.other else None), based_on(item, own)


@pytest.mark.parametrize("code", ["en", "de"])
@pytest.mark.parametrize("name", VARIATIONS)
def test_it_is_short_and_speaks_of_nothing_that_is_not_there(name: str, code: str) -> None:
    with speaking(code):
        for item in items(name):
            why, ground = said(item)
            assert len(re.findall(r"[.!?](?=\s+\w|$)", why)) <= 2, why
            assert len(why) <= 220, why
            assert len(ground) <= 200, ground
            assert not [word for word in OURS if word.lower() in f"{why} {ground}".lower()]


@pytest.mark.parametrize("name", VARIATIONS)
def test_its_ground_is_named_so_that_it_is_found(name: str) -> None:
    """A title, or who published when; where nobody did, that it was computed or inferred."""
    own = repetition(name)
    stated = {a.muscle: grounds_of(a) for a in own.variation.muscles}
    stated |= {a.muscle: a.grounds for a in own.variation.antagonists}
    for item in items(name):
        _, ground = said(item)
        named = re.findall(r"“([^”]+)” \(|\b([A-Z]\w+ et al\. \d{4})", ground)
        assert named or "not a measurement" in ground or "computed with a" in ground
        if item.about:
            sources = [own.catalog.source(g.source) for g in stated[item.about] if g.source]
            known = {s.title for s in sources} | {
                s.authors[0].split(",")[0] for s in sources if s.authors
            }
            for title, who in named:
                assert (title or who.split(" et al.")[0]) in known
        # that the article says so is claimed only where it does
        if "Hip Thrusts" in ground:
            assert "not a measurement" not in ground


def test_no_share_of_a_fibre_is_told_to_pupils() -> None:
    """A muscle with its tendon that changes by 85 % of a fibre's length has not shrunk to 15 %."""
    for item in items("romanian-deadlift"):
        if item.kind is ItemKind.LENGTH:
            assert "%" not in said(item)[0]


def test_it_says_what_the_answer_is_about() -> None:
    by_kind = {item.kind: item for item in items("glute-bridge")}
    assert set(by_kind) == set(ItemKind)
    own = repetition("glute-bridge")
    for kind, item in by_kind.items():
        why, _ = said(item)
        assert (
            own.variation.display_name("en") in why
            or own.catalog.muscle(item.about).display_name("en") in why
        ), kind
