"""Every script on paper: set by a font that knows it, or refused in one sentence."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from inspect import signature
from typing import Any

import pytest
from PIL import Image

from visualizer.errors import VisualizerError
from visualizer.export import pdf
from visualizer.export.document import Paragraph, Printed
from visualizer.export.document_pdf import document_pages, document_pdf
from visualizer.export.drawing import Drawing
from visualizer.export.output import Tell
from visualizer.export.typesetting import TypstRefusalError
from visualizer.scene.overlay import Overlay, Text

# A word of each, most of them "muscle".
WORDS = {
    "Latin": "Größe", "Vietnamese": "Cơ mông lớn", "Greek": "Μέγας", "Cyrillic": "Мышца",
    "Armenian": "Մկան", "Georgian": "კუნთი", "Hebrew": "שריר", "Arabic": "العضلة",
    "Devanagari": "मांसपेशी", "Bengali": "পেশী", "Tamil": "தசை", "Telugu": "కండరము",
    "Thai": "กล้ามเนื้อ", "Lao": "ກ້າມຊີ້ນ", "Burmese": "ကြွက်သား", "Tibetan": "ཤ་གནད",
    "Ethiopic": "ጡንቻ", "Chinese": "臀大肌", "Japanese": "だいでんきん", "Korean": "근육",
    "mathematics": "𝑥 ∑ ∫",
}  # fmt: skip
REFUSED = "no font of this machine has the letters"


def sheet(text: str) -> Printed:
    return Printed("Sheet", "en", (Paragraph(text),))


def picture(text: str) -> Drawing:
    named = Overlay(texts=(Text(100.0, 50.0, text, 20.0, "#000000", "centre", False),))
    return Drawing(Image.new("RGB", (200, 100), "white"), (named,), "Picture", "A word", "en")


def fonts_in(made: bytes) -> set[str]:
    return {name.decode() for name in re.findall(rb"/BaseFont ?/[A-Z]{6}\+([\w-]+)", made)}


def outcome_of(make: Callable[[], bytes]) -> set[str] | str:
    """Return the fonts that were used, or why nothing was made."""
    try:
        return fonts_in(make())
    except VisualizerError as error:
        return str(error)


@pytest.mark.parametrize("script", WORDS)
def test_a_script_is_set_by_a_font_for_words_or_refused_in_a_sentence(script: str) -> None:
    pytest.importorskip("typst", reason="only where the extra 'pdf' is")
    word = WORDS[script]
    makers: tuple[Callable[[], bytes], ...] = (
        lambda: document_pdf(sheet(word)),
        lambda: pdf.pdf_bytes(picture(word)),
    )
    outcomes = [outcome_of(make) for make in makers]
    for outcome in outcomes:
        if isinstance(outcome, str):
            assert outcome.startswith(REFUSED)
        else:
            assert script == "mathematics" or not any("Math" in name for name in outcome)
    if script in ("Latin", "Vietnamese", "Greek", "Cyrillic", "Hebrew"):  # by what Typst brings
        assert isinstance(outcomes[0], set)
    if isinstance(outcomes[0], str):
        with pytest.raises(VisualizerError, match=REFUSED):
            document_pages(sheet(word), 30.0)


class Typesetter:
    """Sets Devanagari by a font for mathematics, unless others are asked for."""

    def __init__(self, patch: pytest.MonkeyPatch, *families: str) -> None:
        self.known, self.asked = families, list[dict[str, object]]()
        for mine, name in ((self.font_families, "font_families"), (self.set_pages, "set_pages")):
            assert signature(mine) == signature(getattr(pdf, name))
            patch.setattr(pdf, name, mine)

    def font_families(self) -> list[str]:
        return [*self.known, "New Computer Modern Math"]

    def set_pages(self, source: str, data: str, how: Mapping[str, Any], tell: Tell) -> list[bytes]:
        fonts = json.loads(data)["fonts"]
        self.asked.append(fonts)
        if not fonts:
            return [b"<</BaseFont/ABCDEF+NewCMMath-Regular-Identity-H>>"]
        if "Noto Serif Devanagari" not in fonts["font"]:
            reason = 'the text `"म"` could not be displayed with font `"Libertinus Serif"`'
            raise TypstRefusalError(f"PDF/UA-1 error: {reason}")
        return [b"<</BaseFont/ABCDEF+NotoSerifDevanagari-Regular>>"]


def test_letters_that_only_a_font_for_mathematics_has_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Typesetter(monkeypatch, "DejaVu Sans")
    with pytest.raises(VisualizerError, match=f"{REFUSED} म,"):
        document_pdf(sheet(WORDS["Devanagari"]))


def test_a_font_for_words_is_asked_where_the_machine_has_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = Typesetter(monkeypatch, "DejaVu Sans", "Noto Serif Devanagari")
    assert fonts_in(document_pdf(sheet(WORDS["Devanagari"]))) == {"NotoSerifDevanagari-Regular"}
    families = ["Libertinus Serif", "DejaVu Sans", "Noto Serif Devanagari"]
    assert made.asked[1] == {"font": families, "fallback": False}
    document_pages(sheet(WORDS["Devanagari"]), 30.0)  # with the same fonts as in the file
    assert made.asked[-1] == made.asked[1]


def test_a_picture_that_is_set_by_such_a_font_all_the_same_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    Typesetter(monkeypatch, "Noto Serif Devanagari")
    monkeypatch.setattr(pdf, "set_pages", lambda *_: [b"/BaseFont/ABCDEF+NewCMMath-Regular"])
    with pytest.raises(VisualizerError, match=f"{REFUSED} मा"):
        pdf.pdf_bytes(picture(WORDS["Devanagari"]))


def test_signs_of_mathematics_may_come_from_a_font_for_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    made = Typesetter(monkeypatch, "DejaVu Sans")
    assert fonts_in(document_pdf(sheet(WORDS["mathematics"]))) == {"NewCMMath-Regular-Identity-H"}
    assert made.asked == [{}]
