"""The shipped lessons: right, complete in both languages, every statement with its ground."""

from __future__ import annotations

from functools import cache

import pytest

from tests.helpers.repetitions import VARIATIONS, catalog, repetition
from visualizer.resources import data_folder
from visualizer.teaching.asking import asked_item, problems_of_asking
from visualizer.teaching.item import ItemKind
from visualizer.teaching.lesson import Ask, Lesson, Stop
from visualizer.teaching.lesson_file import LessonFile, find_lessons, lesson_text
from visualizer.teaching.link import link_of
from visualizer.teaching.moment import Moment
from visualizer.teaching.wording import question_text, reveal_of


@cache
def shipped() -> tuple[LessonFile, ...]:
    found, problems = find_lessons(catalog())
    assert problems == ()
    return found


NAMES = ("concentric-eccentric-isometric", "four-variations", "what-works-in-a-hip-thrust")
STOPS = [(entry.id, k) for entry in shipped() for k in range(len(entry.lesson.stops))]


def stop_of(name: str, index: int) -> Stop:
    return next(e.lesson.stops[index] for e in shipped() if e.id == name)


def test_three_lessons_ship_and_are_written_as_the_program_writes_them() -> None:
    assert tuple(entry.id for entry in shipped()) == NAMES
    for entry in shipped():
        assert entry.shipped
        assert entry.path.read_text(encoding="utf-8") == lesson_text(entry.lesson)
        assert 10 <= entry.lesson.minutes <= 45
        for text in (entry.lesson.title, entry.lesson.summary):
            assert text.keys() == {"en", "de"}


def test_the_first_goes_through_all_that_the_article_speaks_of() -> None:
    lesson = next(e.lesson for e in shipped() if e.id == NAMES[2])
    assert {stop.moment.variation for stop in lesson.stops} == set(VARIATIONS[:4])
    shown = {stop.moment.muscle for stop in lesson.stops}
    article = {"gluteus_maximus", "biceps_femoris", "erector_spinae", "quadriceps"}
    assert {*article, "adductors", "abdominals", "gluteus_medius"} <= shown


@pytest.mark.parametrize(("name", "index"), STOPS)
def test_a_stop_has_words_in_both_languages_and_its_grounds(name: str, index: int) -> None:
    stop = stop_of(name, index)
    assert stop.grounds
    texts = [stop.title, stop.notes]
    if stop.question:
        texts += [stop.question.ask, stop.question.why, *stop.question.answers]
        assert stop.question.grounds
    assert all(text.keys() == {"en", "de"} for text in texts)
    assert all(len(title) <= 60 for title in stop.title.values()), "to be read from the back row"
    # as the program itself writes it, so that a copied link is the same
    assert stop.link == link_of(stop.moment)


@pytest.mark.parametrize(("name", "index"), [s for s in STOPS if stop_of(*s).predict])
def test_a_question_of_a_stop_can_be_made_and_revealed(name: str, index: int) -> None:
    stop = stop_of(name, index)
    assert stop.predict
    own = repetition(stop.moment.variation)
    others = [repetition(v) for v in VARIATIONS]
    item = asked_item(stop, own, others)
    assert item is not None
    assert asked_item(stop, own, others) == item
    other = repetition(item.other) if item.other else None
    assert question_text(item, own, other)
    assert reveal_of(item, own, other).grounds
    if stop.predict.muscle:
        assert stop.predict.muscle in (item.muscle, item.right)


def test_a_question_that_the_data_do_not_give_is_told_with_its_place() -> None:
    ask = Ask(kind=ItemKind.CONTRACTION, muscle="deltoid")
    stop = Stop(link=link_of(Moment("glute-bridge")), predict=ask)
    lesson = Lesson(version=1, title={"en": "x"}, stops=(stop,))
    (problem,) = problems_of_asking(lesson, lambda moment: repetition(moment.variation))
    assert problem.path == "stops[0].predict"
    for entry in shipped():
        assert not [*problems_of_asking(entry.lesson, lambda m: repetition(m.variation))]


def test_all_of_them_lie_where_they_are_looked_for() -> None:
    files = sorted(p.name for p in (data_folder() / "lessons").iterdir())
    assert files == [f"{name}.lesson.toml" for name in NAMES]
