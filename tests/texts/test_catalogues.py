"""The translations are whole, fit their texts, and are compiled as they stand."""

from __future__ import annotations

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog

from tests.helpers.marked import marked_texts
from tools import catalogues
from visualizer import texts
from visualizer.catalog.facts import Population, Sex
from visualizer.texts.figures import seconds

FILES = sorted(catalogues.FOLDER.glob("*.po"))
ROOT = Path(__file__).parents[2]


def fields(text: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def forms(of: object) -> tuple[str, ...]:
    return (of,) if isinstance(of, str) else tuple(of)  # type: ignore[arg-type]


@cache
def messages(file: Path) -> Catalog:
    return catalogues.read(file)


def pairs(file: Path) -> list[tuple[str, str]]:
    found = []
    for message in messages(file):
        if message.id:
            ids = forms(message.id)
            found += [(ids[min(k, len(ids) - 1)], s) for k, s in enumerate(forms(message.string))]
    return found


def test_every_marked_text_is_extracted() -> None:
    # the tool does not look into the pieces of an f-string
    known = marked_texts()
    for path in (ROOT / "visualizer").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if not re.search(r"\b(tr|ntr|N_)\s*\(", source):
            continue
        for call in ast.walk(ast.parse(source)):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") in ("tr", "ntr", "N_"):
                said = {a.value for a in call.args if isinstance(a, ast.Constant)} - known
                assert not {s for s in said if isinstance(s, str)}, f"{path.name}:{call.lineno}"


def test_there_is_german() -> None:
    assert texts.languages() == ("en", *(f.stem for f in FILES))
    assert texts.language_name("de") == "Deutsch"
    assert texts.language_name("en") == "English"


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_nothing_is_missing(file: Path) -> None:
    missing = catalogues.untranslated(messages(file))
    assert missing == [], "run python -m tools.catalogues, then translate them"


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_the_compiled_catalogue_is_that_of_the_texts(file: Path) -> None:
    compiled = file.with_suffix(".mo").read_bytes()
    assert compiled == catalogues.compiled(messages(file)), "run python -m tools.catalogues"


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_a_translation_has_what_its_text_has(file: Path) -> None:
    for text, translated in pairs(file):
        assert fields(text) == fields(translated), text
        for edge in (0, -1):
            assert text[edge].isspace() == translated[edge].isspace(), text
        assert text.endswith("…") == translated.endswith("…"), text
        # mnemonics of menus
        assert text.count("&") == translated.count("&"), text


def test_a_region_takes_its_language_and_an_unknown_one_english() -> None:
    for code, word in (("de", "Heben"), ("de-AT", "Heben"), ("fr", "Lift"), ("en", "Lift")):
        with texts.speaking(code):
            assert texts.tr("Lift") == word
            assert texts.language() == code
    assert texts.language() == "en"


def test_numbers_and_counts_follow_the_language() -> None:
    one, three = Population(studies=1), Population(n=5, studies=3, sex=Sex.FEMALE)
    assert (one.text, three.text, seconds(0.5)) == ("1 study", "3 studies, 5 women", "0.5 s")
    with texts.speaking("de"):
        assert (one.text, three.text) == ("1 Studie", "3 Studien, 5 Frauen")
        assert seconds(0.5) == "0,5 s"
