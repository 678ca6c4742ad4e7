"""Pictures as PNG, SVG and PDF: texts are texts, and a ground that is left out shines through."""

from __future__ import annotations

import base64
import io
import xml.etree.ElementTree as ET
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests.helpers.repetitions import repetition
from visualizer.cli import run
from visualizer.errors import VisualizerError
from visualizer.export.document import Paragraph, Printed
from visualizer.export.document_pdf import document_pages, document_pdf
from visualizer.export.drawing import Drawing, draw
from visualizer.export.lettering import text_width
from visualizer.export.picture import Pictures
from visualizer.export.picture_files import PICTURE_FILES, picture_file_of
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.labels import LabelRoom
from visualizer.scene.legend import LegendRoom
from visualizer.scene.request import Layers, RenderRequest, SceneOptions
from visualizer.teaching.link import is_link
from visualizer.texts import speaking

NAME, SIZE = "barbell-hip-thrust", (480, 270)
SVG = "{http://www.w3.org/2000/svg}"


@cache
def pictures() -> Pictures:
    own = repetition(NAME)
    return Pictures(own.body.surface, own)


@cache
def drawing(*, transparent: bool = False, theme: str = "light", code: str = "en") -> Drawing:
    own = repetition(NAME)
    layers = Layers(
        labels=LabelRoom(text_width, 11.0, language=code), legend=LegendRoom(text_width, 11.0, 460)
    )
    instant = own.instant_of(PhaseId.LIFT, 0.5)
    request = RenderRequest(instant, SIZE, options=SceneOptions(theme=theme), layers=layers)
    with speaking(code):
        return draw(pictures().view, request, own, transparent=transparent)


def png(of: Drawing) -> Image.Image:
    stream = io.BytesIO()
    PICTURE_FILES[".png"](stream, of)
    return Image.open(stream)


def svg(of: Drawing) -> ET.Element:
    stream = io.BytesIO()
    PICTURE_FILES[".svg"](stream, of)
    return ET.fromstring(stream.getvalue())


def test_an_svg_has_every_word_as_text_and_says_what_it_shows() -> None:
    root = svg(drawing())
    texts = [t.text for t in root.iter(f"{SVG}text")]
    assert texts == [t.text for o in drawing().overlays for t in o.plain.texts]
    assert {"Quadriceps", "prime mover", "P"} <= set(texts)
    assert root.findtext(f"{SVG}title") == "Barbell hip thrust"
    said = root.findtext(f"{SVG}desc") or ""
    assert said.startswith(
        "Barbell hip thrust: Lift, 50 %. Prime mover: Gluteus maximus (concentric)."
    )
    assert (root.get("role"), root.get("{http://www.w3.org/XML/1998/namespace}lang")) == (
        "img",
        "en",
    )


def test_the_body_in_an_svg_is_the_picture_without_what_is_painted_over_it() -> None:
    title = '<image xlink:href="data:image/png;base64,'  # whatever the words say
    image = next(svg(replace(drawing(), title=title)).iter(f"{SVG}image"))
    data = (image.get("{http://www.w3.org/1999/xlink}href") or "").partition(",")[2]
    inside = Image.open(io.BytesIO(base64.b64decode(data)))
    np.testing.assert_array_equal(np.asarray(inside), np.asarray(drawing().body))


def test_a_german_svg_is_german() -> None:
    root = svg(drawing(code="de"))
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "de"
    assert "(konzentrisch)" in (root.findtext(f"{SVG}desc") or "")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_without_ground_over_its_ground_is_the_picture_with_it(theme: str) -> None:
    clear, whole = drawing(transparent=True, theme=theme).body, drawing(theme=theme).body
    alpha = np.asarray(clear)[..., 3]
    assert alpha[:20].max() == 0  # above the body there is nothing
    assert (alpha == 255).mean() > 0.1
    # the ground at the left edge, row by row, stands for all of it
    ground = np.repeat(np.asarray(whole)[:, :1], SIZE[0], axis=1)
    over = Image.fromarray(ground).convert("RGBA")
    over.alpha_composite(clear)
    off = np.abs(np.asarray(over.convert("RGB"), int) - np.asarray(whole, int))
    assert off.mean() < 0.5
    assert (off.max(axis=-1) > 12).mean() < 0.002


def test_the_shadow_darkens_any_ground() -> None:
    alpha = np.asarray(drawing(transparent=True).body)[..., 3]
    faint = (alpha > 5) & (alpha < 200)
    assert faint[int(0.7 * SIZE[1]) :].mean() > 0.02


def test_marks_are_painted_on_a_clear_picture_too() -> None:
    image = png(drawing(transparent=True))
    assert image.mode == "RGBA"
    # the large arrow stands beside the body, on nothing
    bare = np.asarray(drawing(transparent=True).body)[..., 3] == 0
    assert (np.asarray(image)[..., 3][bare] == 255).sum() > 300


def test_a_png_tells_what_it_shows_how_large_it_is_and_what_opens_it() -> None:
    link = "hipthrust:barbell-hip-thrust/lift/0.5"
    image = png(replace(drawing(), link=link))
    assert image.info["dpi"] == pytest.approx((192, 192), abs=0.1)
    assert image.info["Title"] == "Barbell hip thrust"
    assert image.info["Description"].startswith("Barbell hip thrust: Lift, 50 %.")
    assert is_link(image.info["Source"])
    assert "Source" not in png(drawing()).info


def test_letters_that_no_font_has_are_named_before_a_pdf_is_made() -> None:
    pytest.importorskip("typst", reason="only where the extra 'pdf' is")
    page = Printed("\U00012000", "en", (Paragraph("some"),))
    for make in (document_pdf, lambda document: document_pages(document, 30.0)):
        with pytest.raises(
            VisualizerError, match="no font of this machine has the letters \U00012000"
        ):
            make(page)


def test_the_end_of_a_name_chooses_the_kind() -> None:
    assert picture_file_of(Path("A.SVG")) is PICTURE_FILES[".svg"]
    assert picture_file_of(Path("a.jpg")) is None


def test_a_pdf_is_tagged_and_has_title_and_language() -> None:
    pytest.importorskip("typst", reason="only where the extra 'pdf' is")
    stream = io.BytesIO()
    PICTURE_FILES[".pdf"](stream, drawing())
    made = stream.getvalue()
    assert made.startswith(b"%PDF-")
    assert b"/Lang (en)" in made or b"/Lang(en)" in made
    assert b"/StructTreeRoot" in made


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ([NAME, "--phase", "lift", "--at", "1", "-o", "r.jpg"], "end in one of .png, .svg, .pdf"),
        (["--sheet", NAME, "-o", "r.svg"], "r.svg: a sheet is a PNG file"),
    ],
)
def test_wrong_usage_is_said_in_one_line(
    words: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    assert run(["render", *words]) == 2
    err = capsys.readouterr().err
    assert said in err
    assert err.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_without_typst_one_sentence_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "typst", None)
    words = ["render", NAME, "--phase", "lift", "--at", "1", "-o", str(tmp_path / "r.pdf")]
    assert run(words) == 1
    assert "PDF needs typst" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_the_command_writes_an_svg(tmp_path: Path) -> None:
    path = tmp_path / "r.svg"
    words = [NAME, "--phase", "lift", "--at", "1", "--size", "160x90", "--transparent"]
    assert run(["render", *words, "-o", str(path)]) == 0
    assert ET.fromstring(path.read_bytes()).get("width") == "160"


def test_request_takes_another_ground() -> None:
    own = repetition(NAME)
    request = RenderRequest(own.instant(0.0), (64, 36), layers=replace(Layers(), marks=False))
    shown = pictures().view(replace(request, options=SceneOptions(ground="#ff00ff", skin=False)))
    assert tuple(shown.picture.pixels[0, 0, :3]) == (255, 0, 255)


@pytest.mark.usefixtures("commands_share")
def test_two_variations_stand_side_by_side_at_one_moment(tmp_path: Path) -> None:
    path = tmp_path / "two.svg"
    words = ["render", "glute-bridge", "--phase", "lift", "--at", "1", "--size", "320x100"]
    assert run([*words, "--legend", "--compare", "barbell-hip-thrust", "-o", str(path)]) == 0
    root = ET.fromstring(path.read_bytes())
    assert (root.get("width"), root.get("height")) == ("320", "100")
    texts = {
        t.text: float(t.get("x", "nan")) for t in root.iter("{http://www.w3.org/2000/svg}text")
    }
    assert texts["Glute bridge"] < 160 < texts["Barbell hip thrust"]
    legend = [x for text, x in texts.items() if text and "prime mover" in text.lower()]
    assert len(legend) == 1


@pytest.mark.usefixtures("commands_share")
@pytest.mark.parametrize("names", [("romanian-deadlift", "glute-bridge"), ("romanian-deadlift",)])
def test_one_legend_explains_the_marks_of_both_bodies(
    tmp_path: Path, names: tuple[str, ...]
) -> None:
    path = tmp_path / "two.svg"
    first, *second = names
    words = ["render", first, "--phase", "lift", "--at", "0.5", "--size", "3840x1080", "--legend"]
    more = ["--compare", *second] if second else []
    assert run([*words, *more, "-o", str(path)]) == 0
    texts = [t.text for t in ET.parse(path).iter("{http://www.w3.org/2000/svg}text")]
    # nothing that is stated of the first one is in doubt
    assert texts.count("length does not fit") == len(second)


@pytest.mark.usefixtures("commands_share")
@pytest.mark.parametrize("more", [[], ["--compare", "glute-bridge"]])
def test_a_picture_of_effort_says_that_it_is_an_estimate(tmp_path: Path, more: list[str]) -> None:
    path = tmp_path / "effort.svg"
    link = "hipthrust:barbell-hip-thrust/lift/0.8?colour=effort"
    assert run(["render", link, "--size", "640x360", "--legend", *more, "-o", str(path)]) == 0
    root = ET.fromstring(path.read_bytes())
    space = "{http://www.w3.org/2000/svg}"
    said = (root.findtext(f"{space}desc") or "").lower()
    texts = [text.text or "" for text in root.iter(f"{space}text")]
    # a scale for each body, since its line is on that body's moment
    bodies = 1 + bool(more)
    assert texts.count("Estimated effort (model)") == bodies
    assert said.count("estimated effort (model)") == bodies
    assert sum(text.startswith("Highest now: ") for text in texts) == bodies
    for word in ("prime mover", "activ", "measured"):
        assert word not in said + " ".join(texts).lower()
