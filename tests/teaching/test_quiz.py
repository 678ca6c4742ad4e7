"""Questions from the data: every key derived anew, wrong answers wrong, the quiz remembered."""

from __future__ import annotations

import math
import random
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.repetitions import VARIATIONS, catalog, repetition
from visualizer.analysis.dispute import disputed_phases
from visualizer.errors import UsageError
from visualizer.lifts.vocabulary import PhaseId
from visualizer.resources import data_folder
from visualizer.teaching.item import ItemKind, QuizItem
from visualizer.teaching.items import ANTAGONIST, ItemMaker
from visualizer.teaching.quiz import AGAIN_AFTER, Quiz
from visualizer.teaching.wording import choice_text, question_text, reveal_of
from visualizer.texts import speaking

ALL = [repetition(name) for name in VARIATIONS]


@cache
def makers() -> dict[str, ItemMaker]:
    return {r.variation.id: ItemMaker(r, seed=7, others=ALL) for r in ALL}


@cache
def every() -> list[QuizItem]:
    return [item for maker in makers().values() for item in maker.every()]


@cache
def raw(variation: str) -> dict[str, Any]:
    return tomllib.loads((data_folder() / "variations" / f"{variation}.toml").read_text("utf-8"))


def stated(variation: str, muscle: str) -> dict[str, Any]:
    """Return what the file itself says of a muscle, read without the program's records."""
    own = raw(variation)
    for entry in own["muscles"]:
        if entry["muscle"] == muscle:
            return dict(entry)
    against = [e["muscle"] for e in own.get("antagonists", [])]
    assert muscle in against, f"{variation} states nothing of {muscle}"
    return {"role": ANTAGONIST}


def contraction(variation: str, muscle: str, phase: PhaseId) -> str:
    entry = stated(variation, muscle)
    return str(entry.get(str(phase), {"contraction": "isometric"})["contraction"])


def members(muscle: str) -> set[str]:
    file = data_folder() / "muscles" / f"{muscle}.toml"
    return set(tomllib.loads(file.read_text("utf-8")).get("members", [muscle]))


def moved_deg(variation: str, joint: str) -> float:
    own = repetition(variation)
    name = {"hip": "hip_flexion_r", "knee": "knee_angle_r"}[joint]
    at = own.skeleton.joint_address(name)
    return abs(math.degrees(own.motion.at(1.0)[at] - own.motion.at(0.0)[at]))


def key_of(item: QuizItem) -> list[str]:
    """Return the choices that the data make right, from the files and the description alone."""
    v = item.variation
    match item.kind:
        case ItemKind.ROLE:
            assert item.muscle
            return [stated(v, item.muscle)["role"]]
        case ItemKind.CONTRACTION:
            assert item.muscle
            return [contraction(v, item.muscle, item.phase)]
        case ItemKind.PHASE:
            assert item.muscle
            own = item.muscle
            return [p for p in item.choices if contraction(v, own, PhaseId(p)) == item.asked]
        case ItemKind.PRIME_MOVER | ItemKind.WITH_ROLE:
            return [m for m in item.choices if stated(v, m)["role"] == item.asked]
        case ItemKind.WITH_CONTRACTION:
            return [m for m in item.choices if contraction(v, m, item.phase) == item.asked]
        case ItemKind.ODD_ROLE:
            assert len({stated(v, m)["role"] for m in item.choices}) == 2
            return [m for m in item.choices if stated(v, m)["role"] != item.asked]
        case ItemKind.LENGTH:
            assert item.muscle
            length = repetition(v).stated_change(item.muscle)
            change, excursion = length.lift_percent, length.excursion_percent
            assert change is not None
            assert excursion is not None
            if excursion < 5:
                return ["holds"]
            if abs(change) < excursion / 2:
                return ["both"]
            return ["shortens" if change < 0 else "lengthens"]
        case ItemKind.RANGE:
            assert item.other
            here, there = (moved_deg(name, item.asked) for name in (v, item.other))
            if math.isclose(here, there, abs_tol=1.1):
                return ["alike"]
            return ["farther" if here > there else "less"]


def test_every_key_follows_from_the_data_and_every_other_answer_does_not() -> None:
    items = every()
    assert {item.kind for item in items} == set(ItemKind)
    for item in items:
        assert key_of(item) == [item.right], item
        # where a lift has no hold there are only two phases
        least = 2 if item.kind is ItemKind.PHASE else 3
        assert len(set(item.choices)) == len(item.choices) >= least


def test_no_two_muscles_that_are_offered_have_a_part_in_common() -> None:
    for item in every():
        if item.kind.of_muscles:
            parts = [members(muscle) for muscle in item.choices]
            assert sum(map(len, parts)) == len(set().union(*parts)), item


def test_nothing_is_asked_that_model_or_sources_put_in_doubt_unless_it_is_wanted() -> None:
    doubted = {
        (own.variation.id, action.muscle, str(phase))
        for own in ALL
        for action in own.variation.muscles
        for phase in disputed_phases(action, own)
    }
    assert doubted
    for item in every():
        muscle = item.right if item.kind.of_muscles else item.muscle
        if item.kind in (ItemKind.CONTRACTION, ItemKind.WITH_CONTRACTION):
            assert (item.variation, muscle, str(item.phase)) not in doubted
        if item.kind is ItemKind.ROLE:
            assert (item.variation, muscle) != ("barbell-hip-thrust", "quadriceps")
    barbell = repetition("barbell-hip-thrust")
    open_ones = ItemMaker(barbell, disputed=True)
    asked = open_ones.make(ItemKind.ROLE, "quadriceps")
    assert asked is not None
    assert "in dispute" in question_text(asked, barbell)
    assert reveal_of(asked, barbell).doubt


def test_the_same_seed_gives_the_same_questions_and_another_one_others() -> None:
    one = repetition("single-leg-hip-thrust")
    first, again, other = (ItemMaker(one, seed).draw(12) for seed in (1, 1, 2))
    assert first == again != other
    assert len(set(first)) == 12
    assert len({item.kind for item in first[:6]}) == 6
    # a question for a stop does not depend on what else was asked
    maker = ItemMaker(one, 1)
    assert maker.make(ItemKind.WITH_ROLE, "erector_spinae") in maker.every()


@pytest.mark.parametrize("name", VARIATIONS)
def test_no_two_questions_of_a_set_ask_the_same(name: str) -> None:
    """Whoever knows one answer knows the other: a role, or what a muscle does in a phase."""
    for seed in range(25):
        known = set()
        for item in ItemMaker(repetition(name), seed, ALL).draw(40):
            muscle = item.right if item.kind.of_muscles else item.muscle
            told: tuple[object, ...] = "role", muscle
            if item.kind is ItemKind.RANGE:
                told = item.asked, item.other
            elif (
                item.kind is ItemKind.LENGTH
                or "contraction" in item.kind
                or item.kind is ItemKind.PHASE
            ):
                told = "contraction", muscle, item.phase
            assert told not in known, item
            known.add(told)
        assert len(known) > 12


@pytest.mark.parametrize("name", VARIATIONS)
def test_no_set_has_one_stem_twice(name: str) -> None:
    own = repetition(name)
    for seed in range(25):
        drawn = ItemMaker(own, seed, ALL).draw(20)
        others = {r.variation.id: r for r in ALL}
        stems = [question_text(item, own, others.get(item.other or "")) for item in drawn]
        assert len(set(stems)) == len(stems)


@pytest.mark.parametrize("name", VARIATIONS)
def test_no_set_offers_the_same_wrong_muscles_twice(name: str) -> None:
    """Whoever has seen them once would know the right one by its being new."""
    for seed in range(25):
        drawn = ItemMaker(repetition(name), seed, ALL).draw(20)
        wrong = [frozenset(item.choices) - {item.right} for item in drawn if item.kind.of_muscles]
        assert len(wrong) == len(set(wrong)) > 2


def test_of_several_prime_movers_one_is_asked_for() -> None:
    for name, word in (("romanian-deadlift", "a prime mover"), ("glute-bridge", "the prime mover")):
        own = repetition(name)
        item = ItemMaker(own).every((ItemKind.PRIME_MOVER,))[0]
        assert question_text(item, own).endswith(f" {word}?")


def test_how_far_is_asked_only_where_the_difference_is_clear() -> None:
    asked = [item for item in every() if item.kind is ItemKind.RANGE]
    assert asked
    for item in asked:
        assert item.other
        here, there = (moved_deg(n, item.asked) for n in (item.variation, item.other))
        assert abs(here - there) > 9.5
        own = repetition(item.variation)
        text = question_text(item, own, repetition(item.other))
        assert f"how far does the {item.asked} move, if differences of more than 10° count?" in text


def test_a_question_can_be_asked_about_a_muscle_and_a_phase() -> None:
    maker = makers()["glute-bridge"]
    item = maker.make(ItemKind.CONTRACTION, "gluteus_maximus", PhaseId.LOWERING)
    assert item is not None
    assert item.right == "eccentric"
    assert maker.make(ItemKind.CONTRACTION, "deltoid") is None
    assert maker.holds(item)
    assert not makers()["barbell-hip-thrust"].holds(item)


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_question_has_its_words_and_its_reason_with_grounds(language: str) -> None:
    by_name = {r.variation.id: r for r in ALL}
    seen = set()
    with speaking(language):
        for item in every():
            own, other = by_name[item.variation], by_name.get(item.other or "")
            text = question_text(item, own, other)
            answers = [choice_text(item, choice, own) for choice in item.choices]
            reveal = reveal_of(item, own, other)
            assert text.endswith("?")
            assert "{" not in text + reveal.why + "".join(answers)
            assert len(set(answers)) == len(answers)
            assert reveal.answer in answers
            assert reveal.why
            assert reveal.grounds
            assert not reveal.doubt
            seen.add((item.variation, text, item.right, frozenset(item.choices)))
    assert len(seen) == len(every()), "no question is asked twice"


def test_what_would_tell_the_answer_is_veiled() -> None:
    for item in every():
        assert item.veil.roles
        assert item.veil.contractions
        assert item.veil.reasons
        assert item.veil.names == item.kind.of_muscles


# ---------------------------------------------------------------------------------- the quiz
@cache
def small() -> Quiz:
    return Quiz.of(makers()["glute-bridge"].draw(6))


def wrong(quiz: Quiz) -> str:
    assert quiz.current
    return next(c for c in quiz.current.choices if c != quiz.current.right)


def right(quiz: Quiz) -> str:
    assert quiz.current
    return quiz.current.right


def test_what_was_wrong_comes_back_and_counts_once() -> None:
    quiz = small()
    missed = quiz.current
    quiz = quiz.answered(wrong(quiz))
    assert quiz.score == (0, 1)
    for _ in range(AGAIN_AFTER):
        assert quiz.current is not missed
        assert not quiz.again
        quiz = quiz.answered(right(quiz))
    assert quiz.current is missed
    assert quiz.again
    quiz = quiz.answered(wrong(quiz))
    while quiz.current:
        quiz = quiz.answered(right(quiz))
    assert quiz.score == (5, 6)
    assert quiz.answers == 8
    assert quiz.answered("anything") == quiz


def test_any_quiz_ends_when_all_has_been_answered_rightly() -> None:
    for seed in range(20):
        chance = random.Random(seed)
        quiz = small()
        for _ in range(200):
            if quiz.current is None:
                break
            quiz = quiz.answered(right(quiz) if chance.random() < 0.6 else wrong(quiz))
        assert quiz.current is None
        assert quiz.score[1] == 6


def test_a_muscle_of_the_right_group_may_be_clicked_on() -> None:
    item = makers()["glute-bridge"].make(ItemKind.WITH_ROLE, "hamstrings")
    assert item is not None
    own = frozenset(catalog().surfaces("hamstrings"))
    assert item.is_right("semitendinosus", own)
    assert not item.is_right("gluteus_maximus", own)


def test_it_can_be_left_and_resumed_and_drops_what_no_longer_holds() -> None:
    quiz = small()
    quiz = quiz.answered(wrong(quiz)).answered(right(quiz))
    again = Quiz.from_text(quiz.text())
    assert again == quiz
    maker = makers()["glute-bridge"]
    assert again.only(maker.holds) == quiz
    gone = quiz.items[0]
    fewer = quiz.only(lambda item: item != gone)
    assert gone not in fewer.items
    assert len(fewer.items) == 5
    while fewer.current:
        fewer = fewer.answered(right(fewer))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"quiz": 2, "items": [], "queue": []}',
        '{"quiz": 1, "items": [], "queue": [0]}',
        '{"quiz": 1, "items": [{"kind": "role"}], "queue": [0]}',
        '{"quiz": 1, "items": [], "queue": [-1]}',
        '{"quiz": 1, "items": [], "queue": [], "answers": 1e400}',
        "[" * 100_000,
        "x" * 1_000_000,
    ],
)
def test_a_kept_quiz_that_is_broken_is_refused_in_a_sentence(text: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        Quiz.from_text(text)
