"""Files: PNG pictures with the display list, and the contact sheet."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont, features

from tests.helpers.pictures import shot
from tests.helpers.repetitions import body, repetition
from visualizer.errors import VisualizerError
from visualizer.export import lettering
from visualizer.export.lettering import draw_text, fonts_tried, missing_letters
from visualizer.export.picture import Pictures, render_image
from visualizer.export.png import to_image, write_png
from visualizer.export.sheet import contact_sheet
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.labels import LabelRoom
from visualizer.scene.overlay import Disc, Overlay, Stroke, Text
from visualizer.scene.request import BARE, Layers, RenderedView, RenderRequest


def test_png_holds_the_picture(tmp_path: Path) -> None:
    picture = shot("glute-bridge", PhaseId.LIFT, 0.5)
    path = tmp_path / "p.png"
    write_png(to_image(RenderedView(picture, Overlay(), ())), path)
    with Image.open(path) as image:
        assert image.size == picture.size
        np.testing.assert_array_equal(np.asarray(image), picture.rgb)


def test_the_overlay_is_painted_where_it_says() -> None:
    picture = shot("glute-bridge", PhaseId.LIFT, 0.5)
    overlay = Overlay(
        (Stroke(((10.0, 10.0), (60.0, 10.0)), "#FF0000", 4.0),),
        (Text(300, 40, "label", 24, "#0000FF"),),
        (Disc(110.0, 110.0, 10.0, "#00FF00", 4.0, "#0000FF"),),
    )
    plain, painted = (
        np.asarray(to_image(RenderedView(picture, over, ()))) for over in (Overlay(), overlay)
    )
    assert tuple(painted[110, 110]) == (0, 255, 0)
    assert tuple(painted[110, 122]) == (0, 0, 255)
    assert tuple(painted[10, 30]) == (255, 0, 0)
    changed = (plain != painted).any(-1)
    assert changed[28:52, 260:340].any()
    assert not changed[150:].any()


def test_a_place_that_cannot_be_written_is_one_clear_error(tmp_path: Path) -> None:
    picture = shot("glute-bridge", PhaseId.LIFT, 0.5)
    with pytest.raises(VisualizerError, match="cannot be written"):
        write_png(to_image(RenderedView(picture, Overlay(), ())), tmp_path)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_contact_sheet_shows_all_cells(theme: str) -> None:
    image = np.asarray(
        contact_sheet(body(), repetition("glute-bridge"), theme, supersample=1)
    ).astype(float)
    assert image.shape[0] > 1800
    vermillion = (image[..., 0] - image[..., 2] > 110) & (image[..., 0] > 120)
    rows = np.array_split(vermillion[160:-110], 4, axis=0)
    for row in rows:
        cells = [row[:, 150 + k * 720 : 150 + (k + 1) * 720] for k in range(3)] + [row[:, 2310:]]
        assert all(cell.sum() > 150 for cell in cells)


NAMES = {
    "Latin": "Hüftheben – Évasion, Dvořák ½ → ≤",
    "Cyrillic": "Ягодичный мост",
    "Greek": "Γέφυρα γλουτών",
}


@pytest.mark.parametrize("script", NAMES)
def test_names_are_drawn_in_their_own_letters(script: str) -> None:
    text = NAMES[script]
    if missing_letters(text):
        pytest.skip("no font of this machine has them")
    image = Image.new("L", (900, 60))
    draw_text(ImageDraw.Draw(image), (5, 30), text, 24, "white", "lm")
    boxes = Image.new("L", (900, 60))
    draw_text(ImageDraw.Draw(boxes), (5, 30), "\U0010fffe" * len(text), 24, "white", "lm")
    drawn = np.asarray(image)
    assert drawn.any()
    assert (drawn != np.asarray(boxes)).any()
    # the letters differ from each other, which boxes do not
    columns = {drawn[:, x].tobytes() for x in range(5, 300)}
    assert len(columns) > 80


def test_letters_that_no_font_has_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lettering, "_SYSTEM_FONTS", ())
    assert missing_letters("Hip thrust") == ""
    assert missing_letters("Мост, мост") == "Мостм"
    assert "Aileron" in fonts_tried()
    # and they do not stop the drawing
    draw_text(ImageDraw.Draw(Image.new("L", (90, 30))), (5, 5), "Мост", 12, "white")


def test_a_font_is_looked_for_once_whatever_the_sizes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pillow walks all folders of fonts for each that is asked for by its name."""
    asked: list[str] = []

    def truetype(font: Any, size: float = 10, **more: Any) -> ImageFont.FreeTypeFont:
        if isinstance(font, str) and not Path(font).is_absolute():
            asked.append(font)
        return really(font, size, **more)

    really = ImageFont.truetype
    monkeypatch.setattr(ImageFont, "truetype", truetype)
    names = ("no-such-font.ttf", "nor-this-one.ttc", *lettering._SYSTEM_FONTS)
    monkeypatch.setattr(lettering, "_SYSTEM_FONTS", names)
    widths = [lettering.text_width("Größe → Länge", size) for size in range(8, 60)]
    assert widths == sorted(widths)
    assert asked[:2] == ["no-such-font.ttf", "nor-this-one.ttc"]
    assert len(asked) == len(set(asked))


def test_a_script_that_must_be_shaped_is_named_where_nothing_shapes(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(features, "check", lambda _: False)
    assert missing_letters("رفع") == "رفع"


def test_runs_of_several_fonts_stand_on_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    usual, large = lettering.text_font(20), lettering.text_font(21)
    monkeypatch.setattr(
        lettering, "_fonts_of", lambda text, _: [usual, usual, large, large][: len(text)]
    )
    whole, parts = (Image.new("L", (120, 40)) for _ in range(2))
    draw_text(ImageDraw.Draw(parts), (60, 20), "HHHH", 20, "white", "mm")
    ImageDraw.Draw(whole).text((60, 20), "HHHH", fill="white", font=usual, anchor="mm")
    for axis in (0, 1):
        spans = [np.flatnonzero(np.asarray(image).any(axis)) for image in (whole, parts)]
        assert abs(spans[0].min() - spans[1].min()) <= 3
        assert abs(spans[0].max() - spans[1].max()) <= 3


def test_a_dash_does_not_change_the_face_of_what_it_stands_in() -> None:
    if missing_letters("\u2013é"):
        pytest.skip("no font of this machine has them")
    usual = lettering.text_width("Vastus lateralis 66 %", 20)
    dashed = lettering.text_width("Vastus lateralis 66 % \u2013", 20)
    assert usual < dashed < usual + 30
    assert lettering.text_width("Vastus lateralis 66 %é", 20) > usual + 15  # in a wider font, whole


def test_a_text_is_as_wide_as_it_is_drawn() -> None:
    for text in ("Gluteus maximus", "Hüftstrecker"):
        image = Image.new("L", (600, 60))
        draw_text(ImageDraw.Draw(image), (5, 30), text, 24, "white", "lm")
        ends = np.flatnonzero(np.asarray(image).any(0))
        assert lettering.text_width(text, 24.0) == pytest.approx(ends[-1] + 1 - 5, abs=4)


def test_one_request_is_one_image_with_marks_and_names() -> None:
    rep, size = repetition("glute-bridge"), (640, 400)
    instant = rep.instant_of(PhaseId.LIFT, 0.5)
    room = LabelRoom(lettering.text_width, 14.0)
    plain, marked, named = (
        render_image(body(), rep, RenderRequest(instant, size, layers=layers))
        for layers in (BARE, Layers(), Layers(labels=room))
    )
    assert plain.size == marked.size == named.size == size
    assert len({image.tobytes() for image in (plain, marked, named)}) == 3


def test_a_picture_of_the_chart_is_asked_for_in_the_same_way() -> None:
    rep = repetition("glute-bridge")
    request = RenderRequest(rep.instant_of(PhaseId.LIFT, 0.5), (200, 200))
    pictures = Pictures(body(), rep)
    stage, chart = (pictures.view(replace(request, chart=chart)) for chart in (False, True))
    assert {p.id for p in stage.parts} > {p.id for p in chart.parts}
    assert chart.overlay == Overlay()
