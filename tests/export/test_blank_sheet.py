"""The sheet to fill in: numbers that lead to every muscle, room to write, and no answer on it."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import combinations

import numpy as np
import pytest
from PIL import Image

from tests.helpers.handouts import drawn
from tests.helpers.repetitions import HIP_THRUSTS, VARIATIONS, repetition
from visualizer.anatomy.muscle import Side
from visualizer.catalog.variation import MuscleAction
from visualizer.export import handout
from visualizer.export.chart_letters import chart_letters
from visualizer.export.document import (
    Block,
    Paragraph,
    PictureRow,
    Printed,
    PrintedQuestion,
    PrintedTable,
)
from visualizer.export.document_html import html_text
from visualizer.export.document_pdf import document_pages
from visualizer.export.handout import Sheet, make_handout
from visualizer.export.handout_notes import possible_words, word_notes
from visualizer.export.lettering import text_width
from visualizer.export.numbered import bare, numbered, with_numbers
from visualizer.export.picture import Pictures
from visualizer.export.sheet import strip_moments
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.labels import LabelRoom, gap
from visualizer.scene.overlay import Overlay
from visualizer.scene.palette import ROLE_STYLES, theme
from visualizer.scene.request import BARE, Layers, RenderedView, RenderRequest
from visualizer.scene.sizes import MarkSizes
from visualizer.texts import speaking

DAY = datetime.date(2026, 11, 29)
SIZE, LETTER_PX = (1280, 640), 31.0
LANGUAGES = ("en", "de")
# On the way of a repetition: the number of a phase, and how much of it has passed.
MOMENTS = ((0, 0.0), (0, 0.3), (0, 0.5), (0, 0.8), (0, 1.0), (-1, 0.4))

Point = tuple[float, float]


@pytest.fixture(autouse=True, scope="module")
def _pictures_as_they_were_drawn() -> Iterator[None]:
    """Choose no few colours for the pictures of some hundred sheets; test_handout.py has them."""

    def plain(image: Image.Image, colours: int) -> bytes:
        del colours
        stream = io.BytesIO()
        image.save(stream, "PNG", compress_level=1)
        return stream.getvalue()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handout, "png_bytes", plain)
        yield


@cache
def sheet(name: str, code: str, kind: Sheet = Sheet.BLANK, paper: str = "a4") -> Printed:
    own = repetition(name)
    beside = [n for n in HIP_THRUSTS if n != name][:1] if name in HIP_THRUSTS else []
    with speaking(code):
        return make_handout(own, drawn(own), kind, paper, DAY, others=list(map(repetition, beside)))


def named(name: str, share: float, phase: int, code: str = "en") -> RenderRequest:
    """Return what draws the named body of a hand-out, at any moment."""
    own = repetition(name)
    span = own.schedule.spans[phase]
    room = LabelRoom(text_width, LETTER_PX, above_px=20.0, language=code, apart=0.8)
    layers = replace(BARE, labels=room)
    return RenderRequest(own.instant_of(span.id, share), SIZE, ViewName.SIDE, layers=layers)


def leaders(overlay: Overlay) -> list[tuple[Point, Point]]:
    """Return the lines that lead to muscles: each is there twice, on light ground."""
    lines = [s.points for s in overlay.strokes if s.blunt]
    return list(dict.fromkeys((a, b) for a, b in lines))


def boxes(overlay: Overlay) -> Iterator[tuple[float, float, float, float]]:
    """Yield what names and numbers take."""
    for text in overlay.texts:
        wide = text_width(text.text, text.size_px)
        left = text.x - {"left": 0.0, "centre": wide / 2.0, "right": wide}[text.align]
        yield left, text.y - text.size_px / 2, left + wide, text.y + text.size_px / 2


def runs_through(line: tuple[Point, Point], box: tuple[float, float, float, float]) -> bool:
    (x0, y0), (x1, y1) = line
    for t in np.linspace(0.06, 1.0, 60):
        x, y = x0 + t * (x1 - x0), y0 + t * (y1 - y0)
        if box[0] < x < box[2] and box[1] < y < box[3]:
            return True
    return False


@pytest.mark.parametrize("name", VARIATIONS)
def test_no_leader_crosses_another_one_nor_runs_through_its_name(name: str) -> None:
    """Names and numbers, on the whole way: they keep off each other by a quarter of their height."""
    own = repetition(name)
    view = drawn(own)
    for phase, share in MOMENTS:
        asked = [named(name, share, phase, code) for code in LANGUAGES]
        asked += [with_numbers(asked[0], own, beside=beside) for beside in (False, True)]
        for request in asked:
            overlay = view(request).overlay
            lines = leaders(overlay)
            assert len(lines) >= 3
            for one, other in combinations(lines, 2):
                tips = float(np.hypot(*np.subtract(one[1], other[1])))
                height = overlay.texts[0].size_px
                assert gap(one, other) > min(0.25 * height, 0.8 * tips), (phase, share)
            for line in lines:
                assert not [box for box in boxes(overlay) if runs_through(line, box)]


def crosses_the_head(shown: RenderedView) -> bool:
    """Return whether a leader to a muscle runs over the head."""
    heads = [k for k, p in enumerate(shown.parts) if p.id in ("skin_head", "bone_skull")]
    head = np.isin(shown.picture.part, heads)
    assert head.any()
    places = (
        np.add(a, t * np.subtract(b, a)).astype(int)
        for a, b in leaders(shown.overlay)
        for t in np.linspace(0.0, 1.0, 200)
    )
    return any(head[y, x] for x, y in places)


@pytest.mark.parametrize("name", VARIATIONS)
def test_no_leader_to_a_muscle_runs_over_the_badge_of_another(name: str) -> None:
    """On the sheets with names: it would seem to lead there."""
    own = repetition(name)
    view = Pictures(own.body.surface, own).view
    for code in LANGUAGES:
        request = named(name, 0.5, 0, code)
        layers = Layers(labels=request.layers.labels, least_letter_px=27.5)
        shown = view(replace(request, layers=layers))
        assert not crosses_the_head(shown)
        sizes = MarkSizes.of(SIZE[1], least_letter_px=27.5)
        ids = {own.name_of(a, code): a.muscle for a in own.variation.muscles}
        ink = theme("light").secondary
        lines = [s.points for s in shown.overlay.strokes if s.blunt and s.colour == ink]
        said = iter(shown.overlay.texts)
        for a, b in lines:
            name_, muscle = "", None
            while muscle is None:  # a name may have two lines
                name_ = f"{name_} {next(said).text}".strip()
                muscle = ids.get(name_)
            for mark in shown.marks:
                if mark.marked.name != muscle:
                    at = mark.x, mark.y
                    radius = sizes.radius_px(mark.marked.role)
                    assert gap((a, b), (at, at)) > radius, (code, muscle, mark.marked.name)


@pytest.mark.parametrize("name", VARIATIONS)
def test_every_row_has_a_number_that_leads_to_its_muscle_once(name: str) -> None:
    own = repetition(name)
    request = named(name, 0.5, 0)
    chart = replace(request, size=(620, 640), chart=True, layers=BARE)
    view = drawn(own)
    pictures = view(with_numbers(request, own, beside=False)), view(bare(chart))
    made = numbered(own, *pictures, digit_share=0.043)
    assert set(made.numbers) == {action.muscle for action in own.variation.muscles}
    assert list(made.numbers.values()) == list(range(1, len(made.numbers) + 1))
    shown = [int(t.text) for over in (made.picture, made.chart) for t in over.texts]
    assert shown == list(made.numbers.values()), "each stands once"
    assert made.on_picture == len(made.picture.texts)
    ids = list(made.numbers)
    for picture, over in zip(pictures, (made.picture, made.chart), strict=True):
        for (_, tip), text in zip(leaders(over), over.texts, strict=True):
            surfaces = own.catalog.surface_set(ids[int(text.text) - 1])
            x, y = tip
            found = {picture.muscle_at(x + i, y + k) for i in (-3, 0, 3) for k in (-3, 0, 3)}
            assert found & surfaces, ids[int(text.text) - 1]
        discs = [d for d in over.discs if d.radius_px > 0.5 * over.texts[0].size_px]
        for one, other in combinations(discs, 2):
            assert np.hypot(one.x - other.x, one.y - other.y) > one.radius_px + other.radius_px
    # on the chart they stand beside the body
    bodies = pictures[1].picture.part
    assert all(bodies[int(t.y), int(t.x)] < 0 for t in made.chart.texts)


@pytest.mark.parametrize("name", VARIATIONS)
def test_small_pictures_have_no_mark_far_off_its_muscle(name: str) -> None:
    own = repetition(name)
    view = Pictures(own.body.surface, own).view
    size = (400, 560) if name == "romanian-deadlift" else (800, 340)
    for _, instant in strip_moments(own):
        shown = view(RenderRequest(instant, size, layers=Layers(least_letter_px=24.5, near=True)))
        sizes = MarkSizes.of(size[1], least_letter_px=24.5)
        assert shown.marks
        for mark in shown.marks:
            if mark.tip is not None:
                far = np.hypot(mark.x - mark.tip[0], mark.y - mark.tip[1])
                assert far <= 4.0 * sizes.radius_px(mark.marked.role)


@pytest.mark.parametrize("side", list(Side))
@pytest.mark.parametrize("name", VARIATIONS)
def test_letters_and_numbers_on_the_chart_lie_on_what_works(name: str, side: Side) -> None:
    """Where one leg works the other one has none, whichever it is."""
    own = repetition(name, side)
    request = replace(named(name, 0.5, 0), instant=own.instant_of(PhaseId.LIFT, 0.5))
    view = drawn(own)
    chart = view(bare(replace(request, size=(620, 640), chart=True, layers=BARE)))
    made = numbered(own, view(with_numbers(request, own, beside=False)), chart, digit_share=0.043)
    states = own.part_states(PhaseId.LIFT)

    def actions_at(x: float, y: float) -> list[MuscleAction]:
        parts = [chart.part_at(x + i, y + k) for i in (-1, 0, 1) for k in (-1, 0, 1)]
        return [states[p.id].action for p in parts if p is not None and p.id in states]

    ids = list(made.numbers)
    assert len(made.picture.texts) + len(made.chart.texts) == len(ids), "all are shown"
    for (_, tip), text in zip(leaders(made.chart), made.chart.texts, strict=True):
        stated = [a.muscle for a in actions_at(*tip)]
        assert ids[int(text.text) - 1] in stated
    letters = chart_letters(chart, own, 0.043)
    assert letters.texts
    for text in letters.texts:
        roles = {ROLE_STYLES[a.role].letter for a in actions_at(text.x, text.y)}
        assert text.text in roles


@pytest.mark.parametrize("name", VARIATIONS)
def test_the_key_goes_by_the_same_numbers(name: str) -> None:
    own = repetition(name)
    blank, key = (
        next(b for b in sheet(name, "en", kind).blocks if isinstance(b, PrintedTable))
        for kind in (Sheet.BLANK, Sheet.ANSWERS)
    )
    assert [row[0] for row in blank.rows] == [row[0] for row in key.rows]
    assert [row[0] for row in key.rows] == [str(k + 1) for k in range(len(key.rows))]
    assert {row[1] for row in key.rows} == {own.name_of(a) for a in own.variation.muscles}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", VARIATIONS)
def test_the_key_shows_the_numbers_in_the_order_of_the_sheet_and_on_the_same_places(
    name: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, seen = repetition(name), dict[bool, list[Overlay]]()
    view = drawn(own)

    def watched(request: RenderRequest) -> RenderedView:
        shown = view(request)
        if request.layers.labels is not None and request.layers.marks:
            seen.setdefault(False, []).append(shown.overlay)
            assert not crosses_the_head(shown)
            sizes = MarkSizes.of(shown.picture.size[1], least_letter_px=13.75)
            ids = [a.muscle for a in own.variation.muscles]
            ink = theme("light").secondary
            lines = [s.points for s in shown.overlay.strokes if s.blunt and s.colour == ink]
            said = dict(request.layers.labels.said)
            assert set(said) == set(ids)
            for (a, b), text in zip(lines, shown.overlay.texts, strict=True):
                for mark in shown.marks:
                    if said[mark.marked.name] != text.text:
                        at = mark.x, mark.y
                        assert gap((a, b), (at, at)) > sizes.radius_px(mark.marked.role)
        return shown

    def painted(image: Image.Image, overlay: Overlay) -> None:
        seen.setdefault(True, []).append(overlay)

    monkeypatch.setattr(handout, "handout_questions", lambda *of, **how: ())
    monkeypatch.setattr(handout, "paint", painted)
    with speaking(code):
        blocks = make_handout(own, watched, Sheet.ANSWERS, date=DAY).blocks
    rows = next(b.rows for b in blocks if isinstance(b, PrintedTable))
    texts = sorted(seen[False][0].texts, key=lambda t: (t.align != "right", t.x, t.y)
                   if t.align == "centre" else (t.align != "right", t.y, t.x))  # fmt: skip
    on_picture = [int(n) for t in texts for n in re.findall(r"^\d+", t.text)]
    assert on_picture == list(range(1, len(on_picture) + 1))
    discs = [
        overlay for overlay in seen[True] if overlay.discs and overlay.texts and overlay.strokes
    ]
    on_chart = [int(t.text) for overlay in discs[-1:] for t in overlay.texts if t.text.isdigit()]
    assert [*on_picture, *on_chart] == [int(row[0]) for row in rows]


def muscles_of(name: str, code: str) -> set[str]:
    """Return what every muscle that a sheet could ask for is called, whole and in parts."""
    own = repetition(name)
    stated = [a.muscle for a in own.variation.muscles]
    stated += [a.muscle for a in own.variation.antagonists]
    ids = {*stated, *(s for muscle in stated for s in own.catalog.surfaces(muscle))}
    names = {own.catalog.muscle(i).display_name(code) for i in ids}
    names |= {own.name_of(a, code) for a in own.variation.muscles}
    return {re.sub(r" \(.*\)", "", name).lower() for name in names}


def told_by(document: Printed) -> Iterator[str]:
    """Yield all texts of a document, and what is read aloud of its pictures."""

    def pictures(block: Block) -> list[str]:
        if isinstance(block, PictureRow):
            return [f"{p.alt} {p.caption}" for p in block.row]
        if isinstance(block, PrintedQuestion):
            alt = block.picture.alt if block.picture else ""
            return [block.text, *block.choices, block.answer, alt]
        return []

    for block in document.blocks:
        yield from pictures(block)
        if isinstance(block, Paragraph):
            yield block.text
        if isinstance(block, PrintedTable):
            yield from (block.caption, *(cell for row in block.rows for cell in row))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("name", VARIATIONS)
def test_no_question_gives_away_what_the_same_sheet_asks_for(name: str, code: str) -> None:
    document = sheet(name, code)
    with speaking(code):
        said_of_all = possible_words(), word_notes(filled=False)  # for any row
    told = " ".join(text for text in told_by(document) if text not in said_of_all).lower()
    assert not [muscle for muscle in muscles_of(name, code) if muscle in told]
    words = {"en": ("prime mover", "synergist", "concentric", "eccentric", "isometric"),
             "de": ("hauptbeweger", "synergist", "konzentrisch", "exzentrisch", "isometrisch")}[code]  # fmt: skip
    assert not [word for word in words if word in told]
    # where a muscle is pointed at, it is one with a number, and called by that
    asked = [b for b in document.blocks if isinstance(b, PrintedQuestion)]
    assert len(asked) == 3
    pointed = [
        b for b in asked if b.picture and ("Yellow" in b.picture.alt or "Gelb" in b.picture.alt)
    ]
    for question in pointed:
        number = re.search(r"(?:Muscle|Muskel) (\d+)", question.text)
        assert number is not None
        assert question.picture is not None
        assert number[0] in question.picture.alt
    # and the plain sheet says which it is
    plain = [b for b in sheet(name, code, Sheet.PLAIN).blocks if isinstance(b, PrintedQuestion)]
    assert [b.choices for b in plain] == [b.choices for b in asked]
    key = [b for b in sheet(name, code, Sheet.ANSWERS).blocks if isinstance(b, PrintedQuestion)]
    assert all(b.answer for b in key)
    assert not any(b.answer for b in (*asked, *plain))


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_page_says_in_one_sentence_what_to_do(code: str) -> None:
    blocks = sheet("glute-bridge", code).blocks
    tables = [k for k, b in enumerate(blocks) if isinstance(b, PrintedTable)]
    said = [b.text for b in blocks if isinstance(b, Paragraph)]
    start = {"en": "Write", "de": "Schreibe"}[code]
    told = [text for text in said if text.startswith(start)]
    assert len(told) == len(tables) == 2
    assert all(text.count(".") == 1 for text in told)
    nothing = [
        b.text for b in sheet("glute-bridge", code, Sheet.PLAIN).blocks if isinstance(b, Paragraph)
    ]
    assert not set(told) & set(nothing)


def rules_mm(page: bytes, high_mm: float) -> list[float]:
    """Return how high the lines that go all across a page stand, millimetres from above."""
    with Image.open(io.BytesIO(page)) as image:
        grey = np.asarray(image.convert("L"), int)
    inner = grey[:, grey.shape[1] // 12 : -grey.shape[1] // 12]
    dark = np.flatnonzero((inner < 225).mean(axis=1) > 0.97)
    starts = [y for k, y in enumerate(dark) if k == 0 or y > dark[k - 1] + 1]
    return [y * high_mm / grey.shape[0] for y in starts]


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("name", VARIATIONS)
def test_rows_take_handwriting_and_the_pages_are_used(name: str, paper: str) -> None:
    """Rows of 9 mm or more on both pages, and no more than a seventh of a page left over."""
    pytest.importorskip("typst", reason="only where the extra 'pdf' is")
    high_mm = {"a4": 297.0, "letter": 279.4}[paper]
    document = sheet(name, "de", Sheet.BLANK, paper)
    pages = document_pages(document, 150.0)
    assert len(pages) == 2
    tables = [b for b in document.blocks if isinstance(b, PrintedTable)]
    for page, table in zip(pages, tables, strict=True):
        lines = rules_mm(page, high_mm)
        rows = np.diff(lines[1 : len(table.rows) + 2])
        assert len(rows) == len(table.rows)
        assert min(rows) >= 9.0, rows
        assert max(rows) - min(rows) < 1.0, "none has grown over the others"
        with Image.open(io.BytesIO(page)) as image:
            inked = np.flatnonzero((np.asarray(image.convert("L")) < 200).any(axis=1))
        # the number of the page stands below all else
        last = max(y for y in inked if y < 0.955 * image.height) / image.height
        assert last > 0.80, last


def test_a_web_page_has_as_high_rows_and_lines_to_write_on() -> None:
    text = html_text(sheet("glute-bridge", "en"))
    rows = re.findall(r'<tr style="height: ([\d.]+)mm">', text)
    assert len(rows) == 8 + 9
    assert min(map(float, rows)) >= 9.0
    assert text.count('class="line"') == 2
    assert "<th></th>" not in text
