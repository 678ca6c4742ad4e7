"""Hand-outs: the same as the data say, readable for all, and a blank sheet that tells nothing."""

from __future__ import annotations

import datetime
import io
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.helpers.handouts import drawn
from tests.helpers.repetitions import VARIATIONS, repetition
from visualizer.analysis.dispute import disputed_phases
from visualizer.analysis.words import contraction_word, role_word
from visualizer.catalog.variation import Contraction, Role
from visualizer.cli import run
from visualizer.exercise.repetition import Repetition
from visualizer.export import handout
from visualizer.export.chart_letters import chart_letters
from visualizer.export.document import (
    Block,
    Paragraph,
    PictureRow,
    Printed,
    PrintedPicture,
    PrintedQuestion,
    PrintedTable,
)
from visualizer.export.document_html import html_text
from visualizer.export.document_pdf import document_pages, document_pdf
from visualizer.export.handout import Sheet, make_handout
from visualizer.export.picture import Pictures as Drawn
from visualizer.export.sheet import strip_moments
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.overlay import Overlay
from visualizer.scene.palette import ROLE_STYLES
from visualizer.scene.request import RenderedView, RenderRequest
from visualizer.texts import speaking

NAME = "barbell-hip-thrust"
DAY = datetime.date(2026, 11, 29)


@cache
def made(sheet: Sheet) -> Printed:
    own = repetition(NAME)
    return make_handout(own, drawn(own), sheet, date=DAY)


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
    assert not re.search(r"<th[^>]*>\s*</th>", text)  # what is empty heads nothing
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
            *(
                contraction_word(own.contraction(action, phase))
                + (" ?" if phase in disputed_phases(action, own) else "")
                for phase in phases
            ),
        )
        for action in own.variation.muscles
    )
    moved = [row[1] for row in movements.rows]
    assert any(re.match(r"flexion -?\d+° → ", text) for text in moved)
    assert any(re.match(r"extension \(flexion -?\d+° → ", text) for text in moved)
    assert not any("flexion (flexion" in text for text in moved)
    # what pictures show the sign of doubt of has it here, too, and one note explains it
    assert sum(cell.endswith("?") for row in muscles.rows for cell in row) == 6
    notes = [b.text for b in made(Sheet.PLAIN).blocks if isinstance(b, Paragraph) and b.small]
    assert sum("?: stated, but" in note for note in notes) == 1
    assert sum("–: not stated." in note for note in notes) == 1
    assert any("Quadriceps femoris ?" in row for row in movements.rows)
    assert [len(row) for row in movements.rows] == [7] * 9


def test_words_that_mean_the_same_and_who_is_in_a_group_are_said() -> None:
    for sheet in Sheet:
        words = " ".join(b.text for b in made(sheet).blocks if isinstance(b, Paragraph))
        assert words.count("Agonist is another word for prime mover.") == 1
        roles = "Roles: prime mover, synergist, stabilizer."
        assert (roles in words) == (sheet is Sheet.BLANK)
        others = "Hamstrings (others): Semitendinosus; Semimembranosus."
        assert (others in words) == (sheet is Sheet.ANSWERS)


def test_the_key_answers_what_was_asked_and_names_whom_by_number() -> None:
    blank, key = (
        [b for b in made(sheet).blocks if isinstance(b, PrintedQuestion)]
        for sheet in (Sheet.BLANK, Sheet.ANSWERS)
    )
    for own, answered in zip(blank, key, strict=True):
        for number in re.findall(r"Muscle \d+", own.text):
            assert f"{number} (" in answered.text
    told = " ".join(question.answer for question in key)
    if "how can you tell" in " ".join(question.text for question in key):
        assert "How to tell: they extend the hip against the load" in told
    assert "Lengthens; eccentric" not in told


def test_a_blank_sheet_tells_nothing_in_words() -> None:
    blank, plain, answers = (made(sheet) for sheet in (Sheet.BLANK, Sheet.PLAIN, Sheet.ANSWERS))
    for own, other in zip(
        (b for b in blank.blocks if isinstance(b, PrintedTable)),
        (b for b in answers.blocks if isinstance(b, PrintedTable)),
        strict=True,
    ):
        assert own.head == other.head
        assert [row[0] for row in own.rows] == [row[0] for row in other.rows]
        assert not any(any(row[1:]) for row in own.rows)
        assert all(all(row) for row in other.rows)
    named = [repetition(NAME).name_of(a).lower() for a in repetition(NAME).variation.muscles]
    words = [b.text for b in blank.blocks if isinstance(b, Paragraph)]
    words += [p.alt + p.caption for b in blank.blocks for p in pictures_of(b)]
    assert not any(name in text.lower() for name in named for text in words)
    assert not any(b.answer for b in blank.blocks if isinstance(b, PrintedQuestion))
    assert not any(b.answer for b in plain.blocks if isinstance(b, PrintedQuestion))
    assert all(b.answer for b in answers.blocks if isinstance(b, PrintedQuestion))


def test_a_blank_sheet_tells_nothing_in_pictures() -> None:
    """Orange, the prime mover's colour, is on the plain sheet and nowhere on the blank one."""

    def orange(sheet: Sheet) -> int:
        pictures = [b for b in made(sheet).blocks if isinstance(b, PictureRow)]
        found = 0
        # the legend of the plain sheet has the colour, too
        for picture in (p for b in pictures for p in b.row if p.aspect < 10):
            with Image.open(io.BytesIO(picture.png)) as image:
                red, green, blue = np.moveaxis(np.asarray(image.convert("RGB"), int), -1, 0)
            found += int(((red - green > 60) & (green - blue > 20)).sum())
        return found

    assert orange(Sheet.PLAIN) > 1000
    assert orange(Sheet.BLANK) == 0


def test_every_role_has_its_letter_on_the_chart_which_is_read_in_grey_too() -> None:
    """In grey, orange, purple and flesh are equally dark: letters on the muscles tell them apart."""
    own = repetition(NAME)
    request = RenderRequest(own.instant_of(PhaseId.LIFT, 0.5), (280, 350), chart=True)
    shown = Drawn(own.body.surface, own).view(request)
    letters = chart_letters(shown, own, 0.043)
    stated = {s: a.role for a in own.variation.muscles for s in own.catalog.surfaces(a.muscle)}
    for text in letters.texts:
        muscle = shown.muscle_at(text.x, text.y)
        assert muscle is not None
        assert ROLE_STYLES[stated[muscle]].letter == text.text
    assert {text.text for text in letters.texts} == {ROLE_STYLES[role].letter for role in Role}
    for box, text in zip(letters.boxes, letters.texts, strict=True):
        assert contrast(text.colour, box.colour) > 3
    boxes = letters.boxes
    assert all(
        abs(a.x - b.x) >= a.width or abs(a.y - b.y) >= a.height for a, b in combinations(boxes, 2)
    )


@pytest.mark.parametrize(("name", "in_row"), [(NAME, 2), ("romanian-deadlift", 4)])
def test_letters_of_roles_are_read_on_paper(
    name: str, in_row: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At least 7.5 points on a page 186 mm wide; rows have 3 mm between two pictures."""
    own, letters = repetition(name), dict[tuple[int, int], list[float]]()

    def note(shown: RenderedView, overlay: Overlay) -> None:
        roles = {style.letter for style in ROLE_STYLES.values()}
        sizes = [text.size_px for text in overlay.plain.texts if text.text in roles]
        letters.setdefault(shown.picture.size, []).extend(sizes)

    def watched(request: RenderRequest) -> RenderedView:
        shown = drawn(own)(request)
        note(shown, shown.overlay)
        return shown

    def on_chart(shown: RenderedView, of: Repetition, height: float) -> Overlay:
        overlay = chart_letters(shown, of, height)
        note(shown, overlay)
        return overlay

    monkeypatch.setattr(handout, "chart_letters", on_chart)
    monkeypatch.setattr(handout, "handout_questions", lambda *of, **how: ())
    blocks = make_handout(own, watched, date=DAY).blocks
    rows = [block.row for block in blocks if isinstance(block, PictureRow)]
    assert [len(row) for row in rows] == [*[in_row] * (4 // in_row), 2, 1]
    for row in rows[:-1]:
        room_pt = (186 - 3 * (len(row) - 1)) / 25.4 * 72
        for picture in row:
            with Image.open(io.BytesIO(picture.png)) as image:
                size = image.size
            wide_pt = room_pt * picture.aspect / sum(p.aspect for p in row)
            assert min(letters[size]) * wide_pt / size[0] >= 7.45


@pytest.mark.parametrize("name", VARIATIONS)
def test_small_pictures_follow_the_phases_and_an_end_that_is_held_shows_the_hold(name: str) -> None:
    own = repetition(name)
    shown = [(caption, at.phase, at.fraction) for caption, at in strip_moments(own)]
    lift, hold, lowering = PhaseId.LIFT, PhaseId.HOLD, PhaseId.LOWERING
    if name == "romanian-deadlift":
        assert shown == [
            ("Top", lowering, 0.0), ("Lowering", lowering, 0.5),
            ("Bottom", lift, 0.0), ("Lift", lift, 0.5),
        ]  # fmt: skip
    else:
        assert shown == [
            ("Bottom", lift, 0.0), ("Lift", lift, 0.5),
            ("Top", hold, 0.5), ("Lowering", lowering, 0.5),
        ]  # fmt: skip
    for caption, at in strip_moments(own):
        assert (
            caption not in ("Bottom", "Top") or at.progress == {"Bottom": 0.0, "Top": 1.0}[caption]
        )


def test_signs_of_roles_and_contractions_are_apart_in_grey() -> None:
    """The legend of the sheet, cut into its signs: none looks like another."""
    row = [b for b in made(Sheet.PLAIN).blocks if isinstance(b, PictureRow)][-1].row[0]
    with Image.open(io.BytesIO(row.png)) as image:
        grey = np.asarray(image.convert("L"), int)
    high = grey.shape[0] // 2
    signs = []
    for line, count in ((grey[:high], 4), (grey[high : 2 * high], 3)):
        inked = line.min(axis=0) < 235
        # signs and words by turns; a gap within a sign or a word is narrower than one between
        starts = [x for x in np.flatnonzero(inked) if not inked[max(x - 15, 0) : x].any()]
        signs += [line[:, x : x + 50] for x in starts[::2][:count]]
    assert len(signs) == 7
    for one, other in combinations(signs, 2):
        assert (np.abs(one - other) > 40).mean() > 0.02


def test_the_legend_says_whose_way_the_large_arrow_is() -> None:
    """It stands where there is room: beside a shin it is not the shin's way."""
    row = [b for b in made(Sheet.PLAIN).blocks if isinstance(b, PictureRow)][-1].row[0]
    assert "↑ direction of the bar" in row.alt
    assert "hips" not in row.alt


def longest(sheet: Sheet, paper: str) -> Printed:
    own = repetition("single-leg-hip-thrust")
    others = [repetition("barbell-hip-thrust")]
    with speaking("de"):
        return make_handout(own, drawn(own), sheet, paper, DAY, others=others)


@pytest.mark.parametrize("paper", ["a4", "letter"])
@pytest.mark.parametrize("sheet", list(Sheet))
def test_a_hand_out_is_two_pages(sheet: Sheet, paper: str) -> None:
    pytest.importorskip("typst", reason="only where the extra 'pdf' is")
    with speaking("de"):
        assert len(document_pages(longest(sheet, paper), 20.0)) == 2


@cache
def read(sheet: Sheet) -> Any:
    """Return the PDF file as another program reads it."""
    pytest.importorskip("typst", reason="only where the extra 'pdf' is")
    pypdf = pytest.importorskip("pypdf", reason="only where pypdf is")
    return pypdf.PdfReader(io.BytesIO(document_pdf(made(sheet))))


def test_a_pdf_is_tagged_and_has_title_and_language() -> None:
    file = read(Sheet.PLAIN)
    assert document_pdf(made(Sheet.BLANK)) == document_pdf(made(Sheet.BLANK))
    root = file.root_object
    assert file.metadata is not None
    assert file.metadata.title == "Barbell hip thrust"
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    tags = list(tagged(root["/StructTreeRoot"]))
    kinds = {str(tag["/S"]) for tag in tags if "/S" in tag}
    assert {"/H1", "/H2", "/P", "/Figure", "/Table", "/TH", "/TD", "/TR"} <= kinds
    figures = [tag for tag in tags if tag.get("/S") == "/Figure"]
    pictures = [p for b in made(Sheet.PLAIN).blocks for p in pictures_of(b)]
    assert sorted(str(f["/Alt"]) for f in figures) == sorted(p.alt for p in pictures)


def test_the_text_of_a_pdf_is_text_in_letters_that_it_carries() -> None:
    file = read(Sheet.PLAIN)
    words = " ".join("".join(page.extract_text() for page in file.pages).split())
    for said in ("Barbell hip thrust", "prime mover", "Movement analysis", "doi:10.1519"):
        assert said in words
    fonts = [f.get_object() for p in file.pages for f in p["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        described = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert {"/FontFile2", "/FontFile3"} & set(described)
        assert "/ToUnicode" in font


def test_a_blank_pdf_tells_nothing_in_text_metadata_or_what_is_read_aloud() -> None:
    file = read(Sheet.BLANK)
    words = "".join(page.extract_text() for page in file.pages)
    alts = [
        str(tag["/Alt"]) for tag in tagged(file.root_object["/StructTreeRoot"]) if "/Alt" in tag
    ]
    about = " ".join(map(str, (file.metadata or {}).values()))
    xmp = file.xmp_metadata
    told = " ".join([words, *alts, about, "" if xmp is None else str(xmp.dc_title)]).lower()
    own = repetition(NAME)
    answers = {own.name_of(a) for a in own.variation.muscles}
    assert "bottom" in told
    # what can be written in is listed on the sheet, not where it belongs
    words = " ".join([*alts, about]).lower()
    possible = {role_word(r) for r in Role} | {contraction_word(c) for c in Contraction}
    assert not [word for word in possible if word in words]
    assert not [word for word in answers if word.lower() in told]


@pytest.mark.parametrize("code", ["en", "de"])
def test_the_foot_names_the_app_and_no_other_lift(code: str) -> None:
    own = repetition("glute-bridge")
    with speaking(code):
        foot = make_handout(own, drawn(own), Sheet.BLANK, date=DAY).blocks[-1]
    assert isinstance(foot, Paragraph)
    quoted = re.search("[“„](.+)[”“]", foot.text)
    assert quoted is not None
    assert quoted[1] == "Hip thrust visualizer"
    assert "hip thrust" not in foot.text.replace(quoted[1], "").lower()
    assert DAY.isoformat() in foot.text


def tagged(node: Any) -> Iterator[Any]:
    """Yield all elements of the tree of tags."""
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        child = kid.get_object() if hasattr(kid, "get_object") else kid
        if isinstance(child, dict):
            yield child
            yield from tagged(child)


def pictures_of(block: Block) -> tuple[PrintedPicture, ...]:
    """Return the pictures of a block."""
    if isinstance(block, PictureRow):
        return block.row
    if isinstance(block, PrintedQuestion) and block.picture is not None:
        return (block.picture,)
    return ()


@pytest.mark.usefixtures("commands_share", "small_pictures")
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
