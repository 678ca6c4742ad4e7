"""The legend is a display list that fits its room, for whoever paints it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.helpers.pictures import look_at, stage
from tests.helpers.repetitions import body, repetition
from visualizer.catalog.variation import Contraction
from visualizer.export.png import to_image
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.channel import RoleChannel
from visualizer.scene.chart import ChartScene
from visualizer.scene.legend import ROW, LegendRoom, legend
from visualizer.scene.palette import ROLE_STYLES, theme
from visualizer.scene.request import Layers
from visualizer.scene.symbols import contraction_mark


def width(text: str, size_px: float) -> float:
    return 0.5 * size_px * len(text)


@pytest.mark.parametrize("text_px", [12.0, 24.0])
@pytest.mark.parametrize("share", [100.0, 60.0, 35.0])
def test_it_fits_its_room_and_says_all_roles(text_px: float, share: float) -> None:
    room = LegendRoom(width, text_px, share * text_px)
    made = legend(room, theme("light"))
    assert made.size_px[0] <= room.width_px + 2
    said = {t.text for t in made.overlay.texts}
    assert {"prime mover", "synergist", "stabilizer"} <= said
    assert {s.letter for s in ROLE_STYLES.values()} <= said
    for text in made.overlay.texts:
        assert 0 <= text.y <= made.size_px[1]


def test_its_marks_are_those_of_the_contractions() -> None:
    ends = {}
    for contraction in Contraction:
        strokes = contraction_mark(contraction, 0.0, 0.0, "#000000")
        # where most lines meet on the right: the arrow's tip
        points = [p for s in strokes for p in s.points if p[0] > 0]
        ends[contraction] = max(set(points), key=points.count)[0]
    assert ends[Contraction.CONCENTRIC] < ends[Contraction.ECCENTRIC]
    assert len(contraction_mark(Contraction.ISOMETRIC, 0.0, 0.0, "#000000")) == 4


@pytest.mark.parametrize("chart", [False, True])
def test_the_body_makes_room_for_the_legend(chart: bool) -> None:
    size, name = (640, 400), "glute-bridge"
    scene = ChartScene(body(), repetition(name)) if chart else stage(name)
    instant = repetition(name).instant_of(PhaseId.LIFT, 0.5)
    layers = Layers(legend=LegendRoom(width, 12.0, 600.0))
    shown = look_at(scene, instant, ViewName.SIDE, size, layers)
    boxes = shown.legend.boxes
    assert all(0 < b.x < b.x + b.width < size[0] for b in boxes)
    assert all(b.y + b.height <= size[1] for b in boxes)
    top = int(min(b.y for b in boxes))
    flesh = np.arange(len(body().parts))
    assert not np.isin(shown.picture.part[top:], flesh).any()
    plain = look_at(scene, instant, ViewName.SIDE, size)
    assert plain.legend.boxes == ()
    rows = np.asarray(to_image(shown))[top:].astype(float)
    vermillion = (np.abs(rows - (0xD5, 0x5E, 0x00)) < 8).all(-1)
    assert vermillion.sum() > 50


def test_further_signs_are_explained_where_there_is_room() -> None:
    own = repetition("barbell-hip-thrust")
    for signs in ((), (("?", "length does not fit"),)):
        room = LegendRoom(width, 12.0, 1200.0, signs=signs)
        made = RoleChannel(own).legend(room, theme("light"), own.instant(0.0), None)
        said = [text.text for text in made.overlay.texts]
        assert ("?" in said) is bool(signs)
        assert not signs or said[said.index("?") + 1] == "length does not fit"


def test_a_further_sign_stands_in_whichever_of_two_rows_has_room() -> None:
    signs, found = (("?", "length does not fit"),), []
    for width_px in (620.0, 480.0):
        room = LegendRoom(width, 12.0, width_px, signs=signs)
        made = legend(room, theme("light"))
        rows = {text.text: round(text.y) for text in made.overlay.texts}
        assert made.size_px[1] == 44
        assert made.size_px[0] <= width_px + 2
        found.append((rows["prime mover"], rows["concentric"], rows["?"]))
    (above, below, first), (*_, second) = found
    assert (first, second) == (above, below)


@pytest.mark.parametrize("width_px", [float(w) for w in range(200, 1300, 50)])
def test_a_further_sign_is_explained_wherever_two_rows_have_room(width_px: float) -> None:
    # at 800 px it was left out, to spare the second row, and stood on the body unexplained
    room = LegendRoom(width, 12.0, width_px)
    plain = legend(room, theme("light"))
    made = legend(replace(room, signs=(("?", "length does not fit"),)), theme("light"))
    said = [text.text for text in made.overlay.texts]
    high = ROW * 2
    assert plain.size_px[1] <= made.size_px[1] <= high
    complete = "nothing stated" in said
    assert ("?" in said) is (width_px >= 500.0)
    assert complete is ("nothing stated" in [text.text for text in plain.overlay.texts])
