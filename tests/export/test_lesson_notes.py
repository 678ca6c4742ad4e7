"""Notes of a lesson: every stop with its picture, what is said, and the question with its answer."""

from __future__ import annotations

import io
import re
from itertools import pairwise
from pathlib import Path

import pytest

from tests.helpers.repetitions import catalog, repetition
from visualizer.analysis.words import text_in
from visualizer.cli import run
from visualizer.export.document import Bullets, Heading, Paragraph, PictureRow, PrintedQuestion
from visualizer.export.document_html import html_text
from visualizer.export.document_pdf import document_pdf
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
    lines = [block.text for block in notes.blocks if isinstance(block, Paragraph)]
    lines += [item for block in notes.blocks if isinstance(block, Bullets) for item in block.items]
    for stop in lesson.stops:
        noted = [line.strip() for line in text_in(stop.notes).splitlines()]
        assert {line.removeprefix("- ") for line in noted if line} <= set(lines)
    assert not any(line.startswith("- ") for line in lines)
    asked = [stop for stop in lesson.stops if stop.question or stop.predict]
    questions = [block for block in notes.blocks if isinstance(block, PrintedQuestion)]
    assert len(questions) == len(asked)
    for question in questions:
        letter, _, rest = question.answer.partition(". ")
        assert rest.startswith(question.choices["ABCDEF".index(letter)])


@pytest.mark.usefixtures("small_pictures")
def test_points_are_a_list_and_no_question_stands_alone_on_a_page() -> None:
    pytest.importorskip("typst", reason="only where the extra 'pdf' is")
    pypdf = pytest.importorskip("pypdf", reason="only where pypdf is")
    known = {f.id: f.lesson for f in find_lessons(catalog())[0]}
    notes = make_notes(known["concentric-eccentric-isometric"], repetition)
    for before, block in pairwise(notes.blocks):
        if isinstance(block, PrintedQuestion):
            assert isinstance(before, (Bullets, Paragraph, PictureRow))
            assert before.keep
    asked = [block.text for block in notes.blocks if isinstance(block, PrintedQuestion)]
    file = pypdf.PdfReader(io.BytesIO(document_pdf(notes)))
    for page in file.pages:
        lines = page.extract_text().strip().splitlines()
        assert not any(text[:20] in lines[0] for text in asked), lines[0]
        # the last line is the number of the page
        assert not re.fullmatch(r"\d+ minutes?", lines[-2].strip()), "a title stands alone"
    text = html_text(notes)
    assert "<ul" in text
    assert ">- " not in text


def test_a_lesson_that_is_not_there_is_refused_before_anything_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["notes", "four-variatons", "-o", str(tmp_path / "notes.html")]) == 2
    assert "did you mean 'four-variations'?" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
