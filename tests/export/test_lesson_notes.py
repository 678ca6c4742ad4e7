"""Notes of a lesson: every stop with its picture, what is said, and the question with its answer."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.repetitions import catalog, repetition
from visualizer.analysis.words import text_in
from visualizer.cli import run
from visualizer.export.document import Heading, Paragraph, PictureRow, PrintedQuestion
from visualizer.export.lesson_notes import make_notes
from visualizer.teaching.lesson_file import find_lessons


@pytest.mark.usefixtures("small_pictures")
def test_each_stop_has_its_picture_its_notes_and_its_answer() -> None:
    lesson = next(f.lesson for f in find_lessons(catalog())[0] if f.id == "four-variations")
    told: list[tuple[int, int]] = []
    notes = make_notes(lesson, repetition, tell=lambda done, of: told.append((done, of)))
    stops = len(lesson.stops)
    assert told == [(k, stops) for k in range(1, stops + 1)]
    titles = [block.text for block in notes.blocks if isinstance(block, Heading)]
    assert titles == [f"{k}. {text_in(stop.title)}" for k, stop in enumerate(lesson.stops, 1)]
    pictures = [block.row[0] for block in notes.blocks if isinstance(block, PictureRow)]
    assert len(pictures) == stops
    # both bodies where a stop compares two
    names = [v.display_name("en") for v in catalog().variations]
    for picture, stop in zip(pictures, lesson.stops, strict=True):
        said_of = sum(f"{name}:" in picture.alt for name in names)
        assert said_of == (2 if stop.moment.other else 1)
    assert any(stop.moment.other for stop in lesson.stops)
    said = " ".join(block.text for block in notes.blocks if isinstance(block, Paragraph))
    for stop in lesson.stops:
        assert all(line.strip() in said for line in text_in(stop.notes).splitlines())
    asked = [stop for stop in lesson.stops if stop.question or stop.predict]
    questions = [block for block in notes.blocks if isinstance(block, PrintedQuestion)]
    assert len(questions) == len(asked)
    for question in questions:
        letter, _, rest = question.answer.partition(". ")
        assert rest.startswith(question.choices["ABCDEF".index(letter)])


def test_a_lesson_that_is_not_there_is_refused_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["notes", "four-variatons", "-o", str(tmp_path / "notes.html")]) == 2
    assert "did you mean 'four-variations'?" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
