"""Documents in any script: what runs from right to left begins at the right."""

from __future__ import annotations

import io
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from typing import Any

import numpy as np
import pytest
from PIL import Image

from visualizer.errors import VisualizerError
from visualizer.export import pdf
from visualizer.export.document import Heading, Paragraph, Printed, PrintedQuestion
from visualizer.export.document_html import html_text
from visualizer.export.document_pdf import document_pages
from visualizer.export.drawing import Drawing
from visualizer.export.output import Tell
from visualizer.export.svg import svg_bytes
from visualizer.export.typesetting import set_pages
from visualizer.export.writable import writable_all
from visualizer.scene.overlay import Overlay, Text

HEBREW, ENGLISH = "\u05e9\u05e8\u05d9\u05e8.", "Muscle."
BLOCKS = (Heading(HEBREW), Paragraph(HEBREW), PrintedQuestion(HEBREW, (HEBREW, ENGLISH)))


def test_a_page_lets_every_text_run_in_its_own_direction() -> None:
    lines = html_text(Printed("Notes", "en", BLOCKS)).splitlines()
    with_text = [line for line in lines if HEBREW in line]
    assert len(with_text) == 4
    assert all('dir="auto"' in line for line in with_text)


def test_letters_that_no_file_can_hold_leave_a_page_and_a_picture_whole() -> None:
    text = "a slide\x0bbreaks \x01here\ufeff"
    page = html_text(Printed(text, "en", (Paragraph(text),)))
    assert page.count("a slide breaks here<") == 3
    named = Overlay(texts=(Text(1.0, 1.0, text, 9.0, "#000000", "left", False),))
    drawing = Drawing(Image.new("RGB", (9, 9)), (named,), text, text, "en")
    said = [element.text for element in ET.fromstring(svg_bytes(drawing)).iter() if element.text]
    assert said == ["a slide breaks here"] * 3
    assert writable_all({"a": [text, 1]}) == {"a": ["a slide breaks here", 1]}


@pytest.mark.parametrize(("text", "left"), [(HEBREW, False), (ENGLISH, True)])
def test_on_paper_a_text_begins_where_its_script_begins(text: str, left: bool) -> None:
    pytest.importorskip("typst", reason="only where the extra 'pdf' is")
    (page,) = document_pages(Printed("Notes", "en", (Paragraph(text), Paragraph(text))), 40.0)
    with Image.open(io.BytesIO(page)) as image:
        ink = np.asarray(image.convert("L"), int) < 200
    high, wide = ink.shape
    body = ink[high // 14 : high // 2]  # below the title
    assert body[:, : wide // 2].any() is np.bool_(left)
    assert body[:, wide // 2 :].any() is np.bool_(not left)


def test_letters_that_no_font_has_are_refused_for_a_picture_of_a_page_too() -> None:
    pytest.importorskip("typst", reason="only where the extra 'pdf' is")
    with pytest.raises(VisualizerError, match="no font of this machine has the letters"):
        document_pages(Printed("Notes", "en", (Paragraph("\U0010fffd"),)), 40.0)


def test_the_pages_of_a_document_are_set_once(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("typst", reason="only where the extra 'pdf' is")
    sources = list[str]()

    def watched(source: str, data: str, how: Mapping[str, Any], tell: Tell) -> list[bytes]:
        sources.append(source)
        return set_pages(source, data, how, tell)

    monkeypatch.setattr(pdf, "set_pages", watched)
    document_pages(Printed("Notes", "en", BLOCKS), 40.0)
    assert len(sources) == 2  # the other one asks for letters alone
    assert len(set(sources)) == 2
