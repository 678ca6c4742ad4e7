"""Hand-outs: the same as the data say, readable for all, and a blank sheet that tells nothing."""

from __future__ import annotations

import datetime
import io
import re
import shutil
import subprocess
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.helpers.repetitions import repetition
from visualizer.analysis.words import contraction_word, role_word
from visualizer.cli import run
from visualizer.export.document import (
    Paragraph,
    PictureRow,
    Printed,
    PrintedQuestion,
    PrintedTable,
)
from visualizer.export.document_html import html_text
from visualizer.export.document_pdf import document_pdf
from visualizer.export.handout import Sheet, make_handout
from visualizer.export.picture import Pictures as Drawn
from visualizer.scene.request import RenderedView, RenderRequest

NAME = "barbell-hip-thrust"
DAY = datetime.date(2026, 11, 29)


@cache
def pictures() -> Drawn:
    own = repetition(NAME)
    return Drawn(own.body.surface, own)


def draw(request: RenderRequest) -> RenderedView:
    """Draw as the hand-out asks for, with a sample for a pixel."""
    return pictures().view(replace(request, supersample=1))


@cache
def made(sheet: Sheet) -> Printed:
    own = repetition(NAME)
    return make_handout(own, draw, sheet, date=DAY)


def contrast(ink: str, paper: str) -> float:
    """Return the contrast of two colours as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        shares = (int(colour[k : k + 2], 16) / 255 for k in (1, 3, 5))
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in shares]
        return float(np.dot(linear, (0.2126, 0.7152, 0.0722)))

    dark, bright = sorted((luminance(ink), luminance(paper)))
    return (bright + 0.05) / (dark + 0.05)


class Page(HTMLParser):
    """What an accessibility checker looks at."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.mark.parametrize("sheet", list(Sheet))
def test_the_page_passes_an_accessibility_check(sheet: Sheet) -> None:
    text = html_text(made(sheet))
    page = Page(text)
    assert page.all("html") == [{"lang": "en"}]
    assert len(page.all("title")) == len(page.all("h1")) == len(page.all("main")) == 1
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert levels[0] == 1
    assert all(b - a <= 1 for a, b in pairwise(levels))
    assert page.all("img")
    assert all((image["alt"] or "").strip() for image in page.all("img"))
    assert all(cell["scope"] in ("col", "row") for cell in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table")) == 2
    assert not re.search(r'(src|href)="(?!data:)', text)  # nothing is fetched
    style = text[text.index("<style>") : text.index("</style>")]
    inks = re.findall(r"(?<![-\w])color: (#\w{6})", style)
    papers = re.findall(r"background: (#\w{6})", style)
    assert len(inks) > 1
    assert all(contrast(ink, paper) >= 4.5 for ink in inks for paper in papers)


def test_the_tables_say_what_the_data_say() -> None:
    own = repetition(NAME)
    muscles, movements = (b for b in made(Sheet.PLAIN).blocks if isinstance(b, PrintedTable))
    phases = [span.id for span in own.schedule.spans]
    assert muscles.rows == tuple(
        (
            own.name_of(action),
            role_word(action.role),
            *(contraction_word(own.contraction(action, phase)) for phase in phases),
        )
        for action in own.variation.muscles
    )
    assert [len(row) for row in movements.rows] == [7] * 9


def test_a_blank_sheet_tells_nothing_in_words() -> None:
    blank, plain = made(Sheet.BLANK), made(Sheet.PLAIN)
    for own, other in zip(
        (b for b in blank.blocks if isinstance(b, PrintedTable)),
        (b for b in plain.blocks if isinstance(b, PrintedTable)),
        strict=True,
    ):
        assert own.head == other.head
        assert len(own.rows) == len(other.rows)
        first = 0 if own.head[0] == "Muscle" else 1
        assert not any(any(row[first:]) for row in own.rows)
    named = [repetition(NAME).name_of(a).lower() for a in repetition(NAME).variation.muscles]
    words = [b.text for b in blank.blocks if isinstance(b, Paragraph)]
    words += [p.alt + p.caption for b in blank.blocks if isinstance(b, PictureRow) for p in b.row]
    # the picture of a question points at the muscle that the question names
    words = [text for text in words if "Yellow: " not in text]
    assert not any(name in text.lower() for name in named for text in words)
    assert not any(b.answer for b in blank.blocks if isinstance(b, PrintedQuestion))
    assert not any(b.answer for b in plain.blocks if isinstance(b, PrintedQuestion))
    answers = made(Sheet.ANSWERS)
    assert all(b.answer for b in answers.blocks if isinstance(b, PrintedQuestion))


def test_a_blank_sheet_tells_nothing_in_pictures() -> None:
    """Orange, the prime mover's colour, is on the plain sheet and nowhere on the blank one."""

    def orange(sheet: Sheet) -> int:
        pictures = [b for b in made(sheet).blocks if isinstance(b, PictureRow)]
        found = 0
        for picture in (p for b in pictures[:2] for p in b.row):
            with Image.open(io.BytesIO(picture.png)) as image:
                red, green, blue = np.moveaxis(np.asarray(image.convert("RGB"), int), -1, 0)
            found += int(((red - green > 60) & (green - blue > 20)).sum())
        return found

    assert orange(Sheet.PLAIN) > 1000
    assert orange(Sheet.BLANK) == 0


def test_a_pdf_is_tagged_and_has_title_and_language(tmp_path: Path) -> None:
    pytest.importorskip("typst")
    content = document_pdf(made(Sheet.BLANK))
    assert content == document_pdf(made(Sheet.BLANK))
    assert b"/StructTreeRoot" in content
    assert b"/Lang" in content
    if shutil.which("pdftotext") is None:
        return
    path = tmp_path / "sheet.pdf"
    path.write_bytes(content)
    words = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True)
    assert b"Barbell hip thrust" in words.stdout
    assert b"eccentric\n" not in words.stdout.split(b"Questions")[0]


@pytest.mark.usefixtures("commands_share")
def test_the_command_writes_a_page_or_says_why_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["handout", NAME, "--blank", "--answers", "-o", str(tmp_path / "a.html")]) == 2
    assert run(["handout", NAME, "-o", str(tmp_path / "a.docx")]) == 2
    assert list(tmp_path.iterdir()) == []
    assert "--blank or --answers" in capsys.readouterr().err
    path = tmp_path / "a.html"
    assert run(["--language", "de", "handout", NAME, "--paper", "letter", "-o", str(path)]) == 0
    text = path.read_text("utf-8")
    assert '<html lang="de">' in text
    assert "size: letter" in text
