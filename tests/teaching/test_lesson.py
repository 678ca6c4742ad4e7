"""Lessons: read with all problems at once, written the same way each time, edited with undo."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.repetitions import catalog
from visualizer.cli import run
from visualizer.errors import DataError, UsageError
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId
from visualizer.reading import read
from visualizer.teaching.draft import LessonDraft, new_lesson
from visualizer.teaching.item import ItemKind
from visualizer.teaching.lesson import Advance, Ask, Lesson, OwnQuestion, PenStroke, Stop
from visualizer.teaching.lesson_file import (
    find_lessons,
    lesson_text,
    problems_of_lesson,
    read_lesson,
    write_lesson,
)
from visualizer.teaching.link import link_of
from visualizer.teaching.moment import Moment

FILE = '''\
# For my own class.
# Two stops will do.

lesson = 1
title = { en = "A small lesson", de = "Eine kleine Stunde" }

[[stops]]
moment = "hipthrust:glute-bridge/lift/0.5?labels=1"
notes = """
First point.
  Second point: "quoted" and \\\\ told apart."""
# why it stands here
minutes = 2

# The important one
[[stops]]
moment = "hipthrust:glute-bridge/hold/1"
advance = "phase"
predict = { kind = "role", muscle = "hamstrings" }
title = """# no comment
[[stops]]
# nor this"""
'''


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "small.lesson.toml"
    path.write_text(FILE, encoding="utf-8")
    return path


def lesson_of(path: Path) -> Lesson:
    return read_lesson(path, catalog())


def test_a_lesson_is_read_with_its_comments(file: Path) -> None:
    lesson = lesson_of(file)
    first, second = lesson.stops
    assert lesson.title["de"] == "Eine kleine Stunde"
    assert first.moment == Moment("glute-bridge", Playhead(PhaseId.LIFT, 0.5), labels=True)
    assert first.notes["en"] == 'First point.\n  Second point: "quoted" and \\ told apart.'
    assert second.advance is Advance.PHASE
    assert second.predict == Ask(kind=ItemKind.ROLE, muscle="hamstrings")
    assert second.title["en"] == "# no comment [[stops]] # nor this"
    assert lesson.comment == "For my own class.\nTwo stops will do."
    assert (first.comment, second.comment) == ("why it stands here", "The important one")


def test_it_is_written_so_that_it_comes_back_and_the_same_way_each_time(file: Path) -> None:
    lesson = lesson_of(file)
    moved = replace(lesson, stops=lesson.stops[::-1])
    for own in (lesson, moved):
        write_lesson(own, file)
        text = file.read_text(encoding="utf-8")
        again = lesson_of(file)
        assert again == own
        assert [s.comment for s in again.stops] == [s.comment for s in own.stops]
        assert again.comment == own.comment
        assert lesson_text(again) == text
    assert '# The important one\n[[stops]]\nmoment = "hipthrust:glute-bridge/hold/1"' in text


pieces = [
    "a",
    "\n",
    '"',
    '"""',
    "\\",
    "'",
    "#",
    "[[stops]]",
    "\t\r",
    "\x00\x7f",
    "ä→",
    "word " * 25,
]
words = st.lists(st.sampled_from(pieces), max_size=6).map(lambda p: "x" + "".join(p))


@settings(max_examples=60, deadline=None)
@given(words, words, st.lists(st.floats(-4, 4), min_size=4, max_size=4))
def test_whatever_a_lesson_says_survives_the_file(
    one: str, other: str, points: list[float]
) -> None:
    joined, also = (" ".join(text.split()) for text in (one, other))
    stop = Stop(
        link=link_of(Moment("glute-bridge")),
        title={"en": joined, "fr-CA": also},
        notes={"en": one, "de": other},
        minutes=2.5,
        question=OwnQuestion(
            ask={"en": also}, answers=({"en": joined}, {"en": "b", "de": also}), right=1
        ),
        pen=(PenStroke((0.1, -0.2), tuple(points)),),
    )
    own = replace(stop, notes={"en": other}, question=None, predict=Ask(kind=ItemKind.ROLE))
    lesson = Lesson(version=1, title={"en": joined}, author=also, stops=(stop, own))
    text = lesson_text(lesson)
    problems, again = read(tomllib.loads(text), Lesson)
    assert problems == []
    assert again == lesson
    assert lesson_text(again) == text


def test_all_problems_of_a_file_are_told_at_once_with_their_places(tmp_path: Path) -> None:
    path = tmp_path / "bad.lesson.toml"
    path.write_text(
        """
lesson = 1
title = "Bad"
[[stops]]
moment = "hipthrust:glute-brigde/lift/0"
[[stops]]
moment = "hipthrust:glute-bridge/lift/2"
grounds = [{ basis = "study" }]
[[stops]]
moment = "hipthrust:glute-bridge"
predict = { kind = "role", muscle = "hamstring" }
[stops.question]
ask = "Which?"
answers = ["a", "b"]
right = 3
[[stops.pen]]
facing = [0.0, 0.0, 0.0]
points = [0.0, 0.1, 0.2]
[[stops.pen]]
facing = [0.0, 0.1]
points = ["""
        + "0.0, " * 802
        + """]
""",
        encoding="utf-8",
    )
    with pytest.raises(DataError) as caught:
        lesson_of(path)
    found = {p.path: p.message for p in caught.value.problems}
    assert "did you mean 'glute-bridge'" in found["stops[0].moment"]
    assert "between 0 and 1" in found["stops[1].moment"]
    assert "required" in found["stops[1].grounds[0].source"]
    assert "did you mean 'hamstrings'" in found["stops[2].predict.muscle"]
    assert "only 2 answers" in found["stops[2].question.right"]
    assert "one question" in found["stops[2].predict"]
    assert "two angles" in found["stops[2].pen[0].facing"]
    assert "even count" in found["stops[2].pen[0].points"]
    assert "at most 800" in found["stops[2].pen[1].points"]
    many = replace(new_lesson(at(0.1), "Mine").stops[0], pen=(PenStroke((0, 0), (0, 0)),) * 201)
    (problem,) = problems_of_lesson(replace(new_lesson(at(0.1), "Mine"), stops=(many,)), catalog())
    assert "at most 200" in problem.message


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("x.lesson.toml", "", "empty"),
        ("x.lesson.toml", "lesson = 2\ntitle = 3\nwhat = 1\n", "newer version"),
        ("x.lesson.toml", "lesson = 0\ntitle = 'a'\n[[stops]]\nmoment = 'hipthrust:a'", "lesson"),
        ("x.lesson.toml", "lesson = 1\ntitle = 'a'\nstops = []", "at least one"),
        ("x.lesson.toml", "lesson = 1\ntitle = 'a'\nstops = 'all'", "must be a list"),
        ("x.lesson.toml", "lesson = 1\ntitle = 'a'\n[[stops]]\nmoment = 7", "must be text"),
        ("x.lesson.toml", "lesson = 1\ntitle = 'a'\n[[stops]]\nmoment = '/etc/passwd'", "hipthrust:"),
        ("x.lesson.toml", "<html></html>", "web page"),
        ("x.lesson.toml", "a" * 1_000_001, "too large"),
        ("x.lesson.toml", "a" + ".a" * 100_000 + " = 1", "parts"),
        ("x.toml", FILE, ".lesson.toml"),
    ],
)  # fmt: skip
def test_a_hostile_file_gets_its_sentence(
    tmp_path: Path, name: str, content: str, says: str
) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        lesson_of(path)
    assert says in str(caught.value)
    assert all(len(line) < 400 for line in str(caught.value).splitlines())


def test_check_tells_right_lessons_from_wrong_ones(
    file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], commands_share: None
) -> None:
    assert run(["check", str(file)]) == 0
    wrong = tmp_path / "wrong.lesson.toml"
    wrong.write_text(FILE.replace("glute-bridge/hold", "glute-brigde/hold"), encoding="utf-8")
    assert run(["check", str(file), str(wrong)]) == 1
    assert "stops[1].moment: unknown variation" in capsys.readouterr().err
    wrong.write_text(FILE.replace('"hamstrings"', '"deltoid"'), encoding="utf-8")
    assert run(["check", str(wrong)]) == 1
    assert "stops[1].predict: the data give no such question" in capsys.readouterr().err


def test_lessons_are_found_and_bad_ones_listed(file: Path, tmp_path: Path) -> None:
    (tmp_path / "lessons").mkdir()
    (tmp_path / "lessons" / "bad.lesson.toml").write_text("lesson = 1", encoding="utf-8")
    (tmp_path / "other.toml").write_text("a = 1", encoding="utf-8")
    found, problems = find_lessons(catalog(), [tmp_path, tmp_path / "nowhere"])
    assert [entry.id for entry in found if not entry.shipped] == ["small"]
    assert {Path(p.file).name for p in problems} == {"bad.lesson.toml"}


def test_no_lesson_is_written_under_another_name(file: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.lesson\.toml"):
        write_lesson(lesson_of(file), tmp_path / "x.toml")


# ------------------------------------------------------------------------------------- editing
def at(share: float) -> Moment:
    return Moment("glute-bridge", Playhead(PhaseId.LIFT, share))


def shares(draft: LessonDraft) -> list[float]:
    return [stop.moment.playhead.fraction for stop in draft.lesson.stops]


def test_every_edit_can_be_taken_back_and_done_again() -> None:
    draft = LessonDraft(new_lesson(at(0.1), "Mine"))
    assert not draft.changed
    assert draft.undoes == draft.redoes == ""
    draft.add(at(0.2))
    draft.add(at(0.3))
    draft.add(at(0.0), 0)
    draft.move(0, 3)
    draft.remove(1)
    draft.show(at(0.9))
    draft.change_stop(title={"en": "Here"})
    draft.change(author="me")
    assert shares(draft) == [0.1, 0.9, 0.0]
    assert draft.stop.title["en"] == "Here"
    assert draft.undoes == "change the lesson"
    states = [draft.lesson]
    while draft.undoes:
        draft.undo()
        states.append(draft.lesson)
    assert shares(draft) == [0.1]
    assert not draft.changed
    assert len(states) == 9
    for state in states[-2::-1]:
        draft.redo()
        assert draft.lesson == state
    draft.undo()
    draft.add(at(0.5))
    assert draft.redoes == ""
    assert all(not [*problems_of_lesson(state, catalog())] for state in states)


def test_typing_is_one_step_until_the_hand_rests() -> None:
    draft = LessonDraft(new_lesson(at(0.1), "Mine"))
    for text in ("a", "ab", "abc"):
        draft.change_stop(notes={"en": text})
    draft.settle()
    draft.change_stop(notes={"en": "abcd"})
    draft.change_stop(title={"en": "x"})
    draft.undo()
    draft.undo()
    assert draft.stop.notes["en"] == "abc"
    draft.undo()
    assert draft.stop.notes == {}
    assert not draft.undoes


def test_what_changes_nothing_is_no_step_and_the_last_stop_stays() -> None:
    draft = LessonDraft(new_lesson(at(0.1), "Mine"))
    draft.remove()
    draft.show(at(0.1))
    draft.move(0, 5)
    draft.select(99)
    assert draft.selected == 0
    assert not draft.undoes
    draft.add(at(0.2))
    draft.saved()
    assert not draft.changed
    draft.undo()
    assert draft.changed
