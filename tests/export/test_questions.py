"""Questions for teaching systems: the right answer in every format, and nowhere else."""

from __future__ import annotations

import html
import io
import json
import re
import sqlite3
import xml.etree.ElementTree as ET
import zipfile
from contextlib import closing
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PIL import Image

from tests.helpers.gift import read_gift
from tests.helpers.moodle import read_moodle
from tests.helpers.repetitions import VARIATIONS, repetition
from visualizer.cli import run
from visualizer.export.picture import Pictures
from visualizer.export.questions.formats import FORMATS, format_of
from visualizer.export.questions.sheet import (
    QuestionSheet,
    make_sheet,
    name_boxes,
    questions_of,
)
from visualizer.export.writable import writable
from visualizer.scene.overlay import Overlay, Text
from visualizer.scene.request import RenderedView, RenderRequest
from visualizer.teaching.item import ItemKind
from visualizer.teaching.items import ItemMaker
from visualizer.texts import speaking

NAME = "barbell-hip-thrust"
QTI = "{http://www.imsglobal.org/xsd/imsqti_v2p1}"
PACKAGE = "{http://www.imsglobal.org/xsd/imscp_v1p1}"


@cache
def pictures() -> Pictures:
    own = repetition(NAME)
    return Pictures(own.body.surface, own)


def draw(request: RenderRequest) -> RenderedView:
    return pictures().view(replace(request, size=(192, 108), supersample=1))


@cache
def sheet(seed: int = 0, code: str = "en", time: int = 1) -> QuestionSheet:
    del time  # made anew for each
    others = [repetition(name) for name in VARIATIONS[:4]]
    with speaking(code):
        return make_sheet(repetition(NAME), draw, 14, seed, others)


def written(kind: str, of: QuestionSheet) -> bytes:
    stream = io.BytesIO()
    FORMATS[kind].write(stream, of)
    return stream.getvalue()


@pytest.mark.parametrize("kind", FORMATS)
def test_the_same_seed_gives_the_same_file_and_another_one_another(kind: str) -> None:
    assert written(kind, sheet(time=2)) == written(kind, sheet())
    assert written(kind, sheet(5)) != written(kind, sheet())


def test_no_picture_tells_the_answer() -> None:
    for seed in (0, 5):
        for question in sheet(seed).questions:
            told = question.figure.alt.casefold()
            for word in ("prime mover", "synergist", "stabilizer", "concentric", "eccentric"):
                assert word not in told
            # the muscle that is asked about may be named, those that are offered may not
            if question.right.casefold() not in ("lift", "hold", "lowering"):
                assert question.right.casefold() not in told
            assert re.fullmatch(r"picture-\d+\.png", question.figure.name)
            assert Image.open(io.BytesIO(question.figure.png)).size == (192, 108)


def test_a_question_about_a_phase_is_always_shown_in_the_same_one() -> None:
    asked = [q for seed in (0, 5) for q in sheet(seed).questions if "which phase" in q.text]
    assert {q.right for q in asked} != {"Lift"}
    assert len({q.figure.alt.split(". Yellow")[0] for q in asked}) == 1


@pytest.mark.parametrize("name", [NAME, "romanian-deadlift"])
def test_what_is_said_to_be_yellow_is_seen_and_no_phase_is_told_that_is_asked_for(
    name: str,
) -> None:
    own = repetition(name)
    view = Pictures(own.body.surface, own).view
    kinds = (ItemKind.LENGTH, ItemKind.ROLE, ItemKind.PHASE)
    seen_at = None

    def small(request: RenderRequest) -> RenderedView:
        nonlocal seen_at
        seen_at = view(replace(request, size=(320, 180), supersample=1))
        return seen_at

    for item in ItemMaker(own).every(kinds):
        (question,) = questions_of((item,), own, small)
        assert seen_at is not None
        assert item.muscle is not None
        surfaces = own.catalog.surface_set(item.muscle)
        parts = [k for k, part in enumerate(seen_at.parts) if part.muscle in surfaces]
        share = float(np.isin(seen_at.picture.part, parts).mean())
        assert ("Yellow" in question.figure.alt) == (share >= 0.001), (item.muscle, share)
        if item.kind is ItemKind.PHASE:
            assert not any(word in question.figure.alt for word in ("Lift", "Lowering", "Hold"))


def test_moodle_has_each_question_with_one_right_answer_and_its_picture() -> None:
    path, found = read_moodle(written("moodle", sheet()))
    assert path == "$course$/top/Barbell hip thrust"
    assert len(found) == len(sheet().questions) == 14
    for own, question in zip(found, sheet().questions, strict=True):
        assert own.idnumber == question.id
        assert own.answers == tuple(
            (f"<p>{choice}</p>", float(choice == question.right)) for choice in question.choices
        )
        assert own.files == {question.figure.name: question.figure.png}
        assert question.why.split(".")[0] in own.feedback


def test_gift_has_each_question_with_one_right_answer() -> None:
    path, found = read_gift(written("gift", sheet()))
    assert path == "$course$/top/Barbell hip thrust"
    assert [q.id for q in found] == [q.id for q in sheet().questions]
    for own, question in zip(found, sheet().questions, strict=True):
        assert own.text == question.text
        assert own.answers == tuple((c, c == question.right) for c in question.choices)
        assert own.reason.startswith(" ".join(question.why.split()))


LETTERS = "ab \\~=#{}:\n<&\"'é[]%5/\x0b\x1f\x01\ufffe"


@given(st.lists(st.text(st.sampled_from(LETTERS), min_size=1), min_size=2, max_size=4))
@example(["[html]", "[plain]", "%50%", "<b>"])
@example(["a\x0bb", "\x1f\x01", "&amp;"])
def test_no_letter_of_a_text_means_anything_to_a_format(texts: list[str]) -> None:
    choices = tuple(f"{text}{k}" for k, text in enumerate(texts))
    question = replace(sheet().questions[0], text=texts[0] + "?", choices=choices, key=1)
    hostile = replace(sheet(), title=texts[0] + "!", questions=(question,))
    plain = [" ".join(writable(choice).split()) for choice in choices]
    right = tuple((choice, k == 1) for k, choice in enumerate(plain))
    _, (own,) = read_gift(written("gift", hostile))
    assert own.answers == right
    assert own.text == " ".join(writable(question.text).split())
    assert not own.as_html
    _, (read,) = read_moodle(written("moodle", hostile))
    found = [html.unescape(said[3:-4]) for said, _ in read.answers]
    assert [" ".join(said.split()) for said in found] == plain
    with zipfile.ZipFile(io.BytesIO(written("qti", hostile))) as package:
        item = ET.fromstring(package.read(f"{question.id}.xml"))
    assert [c.text for c in item.iter(f"{QTI}simpleChoice")] == list(map(writable, choices))


def test_a_deck_has_as_many_fields_as_its_notes_whatever_a_text_holds(tmp_path: Path) -> None:
    question = replace(sheet().questions[0], text="a\x1fb", why="c\x1fd")
    fields = fields_of(written("anki", replace(sheet(), questions=(question,))), tmp_path)
    assert [len(row) for row in fields] == [5, 5]


def test_qti_packs_items_that_the_manifest_names_with_their_pictures() -> None:
    with zipfile.ZipFile(io.BytesIO(written("qti", sheet()))) as package:
        manifest = ET.fromstring(package.read("imsmanifest.xml"))
        named = [f.get("href") for f in manifest.iter(f"{PACKAGE}file")]
        assert set(named) | {"imsmanifest.xml"} == set(package.namelist())
        for question in sheet().questions:
            item = ET.fromstring(package.read(f"{question.id}.xml"))
            right = item.findtext(f"{QTI}responseDeclaration/{QTI}correctResponse/{QTI}value")
            choices = {c.get("identifier"): c.text for c in item.iter(f"{QTI}simpleChoice")}
            assert choices[right] == question.right
            assert tuple(choices.values()) == question.choices
            image = next(item.iter(f"{QTI}img"))
            assert package.read(image.get("src") or "") == question.figure.png
            # those who answer do not see the reason
            assert {r.get("view") for r in item.iter(f"{QTI}rubricBlock")} == {"scorer tutor"}


# What the schema imsqti_v2p1.xsd asks of the elements that are used: children in their order, each
# once unless starred, optional where queried; attributes that are required, others that may stand.
ITEM_SCHEMA = {
    "assessmentItem": (
        "responseDeclaration* outcomeDeclaration* itemBody? responseProcessing?",
        "identifier title adaptive timeDependent",
        "lang",
    ),
    "responseDeclaration": ("correctResponse?", "identifier cardinality", "baseType"),
    "correctResponse": ("value*", "", ""),
    "outcomeDeclaration": ("defaultValue?", "identifier cardinality", "baseType"),
    "defaultValue": ("value*", "", ""),
    "value": ("", "", ""),
    "itemBody": ("rubricBlock* p* choiceInteraction*", "", ""),
    "rubricBlock": ("p*", "view", ""),
    "p": ("img*", "", ""),
    "img": ("", "src alt", ""),
    "choiceInteraction": ("prompt? simpleChoice*", "responseIdentifier shuffle maxChoices", ""),
    "prompt": ("", "", ""),
    "simpleChoice": ("", "identifier", ""),
    "responseProcessing": ("", "", "template"),
}
PACKAGE_SCHEMA = {
    "manifest": ("metadata? organizations resources", "identifier", ""),
    "metadata": ("schema? schemaversion?", "", ""),
    "schema": ("", "", ""),
    "schemaversion": ("", "", ""),
    "organizations": ("", "", ""),
    "resources": ("resource*", "", ""),
    "resource": ("file*", "identifier type", "href"),
    "file": ("", "href", ""),
}


def check_structure(
    element: ET.Element, space: str, schema: dict[str, tuple[str, str, str]]
) -> None:
    """Hold an element and all in it against what a schema says."""
    assert element.tag.startswith(space)
    children, required, allowed = schema[element.tag.removeprefix(space)]
    order = "".join(f"<{child.tag.removeprefix(space)}>" for child in element)
    pattern = re.sub(r"(\w+)(\S?) ?", r"(?:<\1>)\2", children)
    assert re.fullmatch(pattern, order), (element.tag, order)
    names = {name.rpartition("}")[2] for name in element.attrib}
    assert set(required.split()) <= names <= {*required.split(), *allowed.split()}
    for name in ("identifier", "responseIdentifier"):
        assert re.fullmatch(r"[A-Za-z_][\w.-]*", element.get(name, "a"))  # an NCName
    for child in element:
        check_structure(child, space, schema)


def test_qti_has_the_structure_that_its_schema_asks_for() -> None:
    with zipfile.ZipFile(io.BytesIO(written("qti", sheet()))) as package:
        manifest = ET.fromstring(package.read("imsmanifest.xml"))
        check_structure(manifest, PACKAGE, PACKAGE_SCHEMA)
        assert package.namelist()[0] == "imsmanifest.xml"
        names = [r.get("identifier") for r in manifest.iter(f"{PACKAGE}resource")]
        assert len(set(names)) == len(names)
        for question in sheet().questions:
            item = ET.fromstring(package.read(f"{question.id}.xml"))
            check_structure(item, QTI, ITEM_SCHEMA)
            values = {e.get("cardinality") for e in item.iter() if e.get("cardinality")}
            kinds = {e.get("baseType") for e in item.iter() if e.get("baseType")}
            assert values == {"single"}
            # texts in attributes have at most 256 letters; views are some of six
            assert all(len(text) <= 256 for e in item.iter() for text in e.attrib.values())
            views = {v for e in item.iter() for v in e.get("view", "").split()}
            assert views <= {"author", "candidate", "proctor", "scorer", "testConstructor", "tutor"}
            assert kinds == {"identifier", "float"}
            (asked,) = item.iter(f"{QTI}choiceInteraction")
            (declared,) = item.iter(f"{QTI}responseDeclaration")
            assert asked.get("responseIdentifier") == declared.get("identifier") == "RESPONSE"


def fields_of(deck: bytes, folder: Path) -> list[list[str]]:
    """Return the fields of all notes of a deck."""
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        (folder / "collection").write_bytes(package.read("collection.anki2"))
    with closing(sqlite3.connect(folder / "collection")) as database:
        return [row[0].split("\x1f") for row in database.execute("select flds from notes")]


def test_anki_has_a_card_for_each_question_and_each_name(tmp_path: Path) -> None:
    deck = written("anki", sheet())
    with zipfile.ZipFile(io.BytesIO(deck)) as package:
        media = json.loads(package.read("media"))
        assert {*map(str, range(len(media))), "media", "collection.anki2"} == set(
            package.namelist()
        )
    fields = fields_of(deck, tmp_path)
    with closing(sqlite3.connect(tmp_path / "collection")) as database:
        (cards,) = database.execute("select count(*) from cards").fetchone()
    names = sheet().labelled.boxes
    assert len(names) >= 3
    assert cards == len(sheet().questions) + len(names)
    shown = {name for row in fields for name in re.findall(r'src="([^"]+)"', "".join(row))}
    assert shown == set(media.values())
    texts = {row[0]: row for row in fields}
    for question in sheet().questions:
        _, _, choices, answer, why = texts[html.escape(question.text)]
        assert answer.endswith(html.escape(question.right))
        assert choices.count("<div>") == len(question.choices)
        assert html.escape(question.why) in why


def test_anki_itself_opens_the_deck(tmp_path: Path) -> None:
    anki = pytest.importorskip("anki.collection", reason="only where the anki package is")
    path = tmp_path / "deck.apkg"
    path.write_bytes(written("anki", sheet()))
    collection = anki.Collection(str(tmp_path / "collection.anki2"))
    try:
        request = anki.ImportAnkiPackageRequest(package_path=str(path))
        log = collection.import_anki_package(request).log
        assert len(log.new) == len(sheet().questions) + 1
        assert not collection.media.check().missing
    finally:
        collection.close()


def test_two_lines_of_a_name_are_covered_as_one() -> None:
    texts = (
        Text(100.0, 10.0, "Adductor", 10.0, "#000000", "left", True),
        Text(100.0, 22.0, "magnus", 10.0, "#000000", "left", True),
        Text(200.0, 10.0, "Psoas", 10.0, "#000000", "right", True),
    )
    boxes = name_boxes(Overlay(texts=texts), (300, 100))
    assert len(boxes) == 2
    (left, top, width, height), (other, *_) = boxes
    assert left < 100 / 300 < left + width
    assert top == pytest.approx(2.5 / 100)
    assert top + height == pytest.approx(29.5 / 100)
    assert other < 200 / 300


def test_a_sheet_speaks_the_language_that_is_spoken() -> None:
    german = sheet(0, "de")
    assert german.language == "de"
    assert "Muskeln" in german.questions[0].text
    assert [q.id for q in german.questions] == [q.id for q in sheet().questions]


@pytest.mark.usefixtures("commands_share", "small_pictures")
def test_the_command_writes_what_the_name_asks_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "q.gift"
    assert run(["questions", NAME, "--count", "3", "-o", str(path)]) == 0
    assert len(read_gift(path.read_bytes())[1]) == 3
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["-o", "q.doc"], "q.doc: name a --format, or let the file's name end in one of .xml"),
        (["--format", "moodel", "-o", "q.xml"], "'moodel' (did you mean 'moodle'?)"),
        (["--count", "0", "-o", "q.xml"], "'0' is not a number from 1 to 500"),
        (["--seed", "-1", "-o", "q.xml"], "'-1' is not a number from 0 to 999999999"),
        (["-o", "nowhere/q.xml"], "nowhere/q.xml: the folder nowhere does not exist"),
    ],
)
def test_wrong_usage_is_said_in_one_line(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert run(["questions", NAME, *words]) in (1, 2)
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_every_format_is_chosen_by_the_end_of_a_name() -> None:
    assert {format_of(Path("Q" + kind.suffix.upper())) for kind in FORMATS.values()} == set(
        FORMATS.values()
    )
    assert format_of(Path("q.txt")) is None
