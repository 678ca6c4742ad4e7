"""Colours of estimated effort: one readable scale, and no colour where there is no share."""

from __future__ import annotations

import dataclasses
from functools import cache

import numpy as np
import pytest

from tests.helpers.attention import SIZE, SMALL, attention
from tests.helpers.colours import lab
from tests.helpers.pictures import stage
from tests.helpers.repetitions import body, repetition
from visualizer.analysis.effort_text import status_text
from visualizer.anatomy.muscle import Side
from visualizer.anatomy.surface import Part, PartKind
from visualizer.effort.kept import effort_of, known_effort
from visualizer.exercise.loading import load_of
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Pattern
from visualizer.render.colour import linear, luminance, rgb
from visualizer.scene.channel import EffortChannel, PartLook
from visualizer.scene.effort_scale import BLANK, SCALE, shade_of
from visualizer.scene.ghosts import Glass
from visualizer.scene.legend import LegendRoom
from visualizer.scene.painter import Painter, Seen
from visualizer.scene.palette import THEMES, theme
from visualizer.scene.request import Layers, RenderRequest, SceneOptions

BARBELL, SINGLE, DEADLIFT = "barbell-hip-thrust", "single-leg-hip-thrust", "romanian-deadlift"
# Protanopia, deuteranopia and tritanopia in linear light (Viénot, Brettel and Mollon 1999; the
# last one after Brettel, Viénot and Mollon 1997 with one plane).
DEFICIENT = (
    ((0.11238, 0.88762, 0.0), (0.11238, 0.88762, 0.0), (0.00401, -0.00401, 1.0)),
    ((0.29275, 0.70725, 0.0), (0.29275, 0.70725, 0.0), (-0.02234, 0.02234, 1.0)),
    ((1.01277, 0.13548, -0.14826), (-0.01243, 0.86812, 0.14431), (0.07589, 0.80500, 0.11911)),
)


@cache
def channel(name: str, bar_kg: float | None = None) -> EffortChannel:
    rep = repetition(name)
    return EffortChannel(rep, effort_of(rep, load_of(rep.variation, bar_kg=bar_kg)))


def look_of(
    muscle: str, of: EffortChannel, at: float = 0.5, side: Side = Side.RIGHT
) -> PartLook | None:
    part = Part(f"{muscle}{side.suffix}", muscle, side, PartKind.MUSCLE)
    return of.look(part, of.repetition.instant_of(PhaseId.LIFT, at), theme("light"))


def width(text: str, size_px: float) -> float:
    return 0.5 * size_px * len(text)


@pytest.mark.parametrize("name", SCALE)
def test_the_scale_is_even_in_grey_and_for_every_kind_of_eyes(name: str) -> None:
    look = THEMES[name]
    colours = np.array([linear(rgb(shade_of(share, look))) for share in np.linspace(0, 1, 11)])
    for seen in (np.eye(3), *map(np.array, DEFICIENT)):
        steps = np.diff(lab(np.clip(colours @ seen.T, 0, 1))[:, 0])
        assert (np.sign(steps) == np.sign(steps[0])).all()
        assert abs(steps).min() >= 3.0
    # what has no share lies beside the scale's end in grey, or is told by its lines
    quiet = luminance(rgb(BLANK[name])) - luminance(rgb(look.stage_bottom))
    loud = luminance(rgb(SCALE[name][-1])) - luminance(rgb(look.stage_bottom))
    assert abs(quiet) < 0.4 * abs(loud)


def test_the_more_effort_the_darker_on_paper_and_the_heavier_the_line() -> None:
    of = channel(BARBELL)
    looks = {m: look_of(m, of) for m in ("vastus_lateralis", "soleus")}
    assert looks["vastus_lateralis"] is not None
    assert looks["soleus"] is not None
    assert luminance(rgb(looks["vastus_lateralis"].colour)) < luminance(rgb(looks["soleus"].colour))
    assert looks["vastus_lateralis"].outline_width_px > looks["soleus"].outline_width_px
    assert looks["soleus"].colour == shade_of(0.01, theme("light"))


def test_what_the_model_does_not_hold_is_not_zero() -> None:
    for muscle in ("erector_spinae", "quadratus_femoris", "deltoid"):
        look = look_of(muscle, channel(BARBELL))
        assert look is not None
        assert look.colour == BLANK["light"]
        assert look.pattern is Pattern.BROKEN_LINES
        assert look.colour != shade_of(0.0, theme("light"))


def test_the_leg_that_does_not_work_has_no_share() -> None:
    of = channel(SINGLE)
    for side, blank in ((Side.RIGHT, False), (Side.LEFT, True)):
        look = look_of("gluteus_maximus", of, side=side)
        assert look is not None
        assert (look.colour == BLANK["light"]) is blank


def test_beyond_the_strength_only_what_gives_all_has_a_colour_and_a_sign() -> None:
    of = channel(BARBELL, 300.0)
    instant = of.repetition.instant_of(PhaseId.LIFT, 0.2)
    now = of.now(instant)
    assert now is not None
    assert now.beyond
    assert now.shares
    assert all(share.beyond for share in now.shares.values())
    for muscle in now.shares:
        look = look_of(muscle, of, 0.2)
        assert look is not None
        assert look.pattern is Pattern.STILL_LINES
    soleus = look_of("soleus", of, 0.2)
    assert soleus is not None
    assert soleus.colour == BLANK["light"]
    said = status_text(of.repetition, now, "gluteus_maximus")
    assert "Beyond this model’s strength" in said
    assert "Nm" in said
    assert "%" not in said


@pytest.mark.parametrize("of", [channel(DEADLIFT), EffortChannel(repetition(BARBELL), None)])
def test_without_shares_nothing_is_coloured_and_a_sentence_says_why(of: EffortChannel) -> None:
    instant = of.repetition.instant_of(PhaseId.LIFT, 0.5)
    looks = [of.look(part, instant, theme("dark")) for part in body().parts]
    assert {look.colour for look in looks if look is not None} == {BLANK["dark"]}
    said = status_text(of.repetition, of.now(instant), "gluteus_maximus")
    assert said in (
        "The estimate is being computed.",
        "No shares are given: this lift stretches fibres further than the model can describe.",
    )


def test_a_picture_is_drawn_with_scale_and_range() -> None:
    of, scene = channel(BARBELL), stage(BARBELL)
    instant = of.repetition.instant_of(PhaseId.LIFT, 0.5)
    room = LegendRoom(width, 12.0, 620.0)
    shown = scene.render(
        RenderRequest(
            instant, (640, 400), ViewName.SIDE,
            SceneOptions(channel=of, selection="vastus_lateralis"), Layers(legend=room),
        )
    )  # fmt: skip
    said = " ".join(text.text for text in shown.legend.texts)
    for words in ("Estimated effort (model)", "100 %", "not in the model", "Vastus lateralis: "):
        assert words in said
    assert "–" in said  # its range
    # figures stand on the muscles: letters of roles would not fit the colours
    figures = {mark.marked.name: mark.marked.said for mark in shown.marks}
    now = of.now(instant)
    assert now is not None
    share = now.shares["vastus_lateralis"].nominal
    assert figures["figure vastus_lateralis"] == f"{100 * share:.0f}"
    assert {text.text for text in shown.overlay.plain.texts} == set(figures.values())
    assert all(b.x + b.width <= 640 for b in shown.legend.boxes)


@pytest.mark.parametrize("name", [BARBELL, SINGLE])
def test_the_first_glance_falls_on_the_muscle_with_the_highest_effort(name: str) -> None:
    of, scene = channel(name), stage(name)
    for view, look, at in (
        (ViewName.SIDE, "light", 0.1),
        (ViewName.THREE_QUARTER, "light", 0.5),
        (ViewName.SIDE, "dark", 0.5),
    ):
        instant = of.repetition.instant_of(PhaseId.LIFT, at)
        options = SceneOptions(theme=look, channel=of)
        shown = scene.render(RenderRequest(instant, SIZE, view, options))
        seen, now = attention(shown), of.now(instant)
        assert now is not None
        block = SIZE[1] // SMALL[1]
        found = []
        for muscle, share in now.shares.items():
            parts = [i for i, part in enumerate(scene.parts) if part.muscle == muscle]
            on = np.isin(shown.picture.part, parts).astype(float)
            on = on.reshape(SMALL[1], block, SMALL[0], block).mean(axis=(1, 3))
            if on.mean() >= 0.003:
                found.append((share.nominal, float((seen * on).sum() / on.sum())))
        highest, loudness = max(found)
        assert loudness > max(loud for share, loud in found if share < 0.5 * highest)


def test_with_xray_what_has_no_share_becomes_glass() -> None:
    of = channel(BARBELL)
    instant = of.repetition.instant_of(PhaseId.LIFT, 0.5)
    painter = Painter(body(), (), of.repetition)
    index = {part.muscle: i for i, part in enumerate(body().parts)}
    seen = Seen(Side.RIGHT, from_below=False, body_hidden=False)
    for xray in (False, True):
        opacity = painter.paint(instant, SceneOptions(channel=of, xray=xray), seen).opacity
        assert bool(opacity[index["rectus_abdominis"]] < 1.0) is xray
        assert opacity[index["gluteus_maximus"]] == 1.0


def test_what_is_known_is_the_same_object_and_is_not_computed() -> None:
    rep = repetition(BARBELL)
    load = load_of(rep.variation, bar_kg=41.0)
    assert known_effort(rep, load) is None
    found = effort_of(rep, load)
    assert known_effort(rep, load) is found
    assert effort_of(rep, load) is found


def test_the_leg_that_rests_has_no_figure_and_a_deadlift_none_at_all() -> None:
    of = channel(SINGLE)
    parts = body().parts
    figures = of.figures(parts, of.repetition.instant_of(PhaseId.LIFT, 0.2))
    assert {parts[i].side for figure in figures for i in figure.parts} == {Side.RIGHT}
    deadlift = channel(DEADLIFT)
    assert not deadlift.figures(parts, deadlift.repetition.instant_of(PhaseId.LIFT, 0.2))


def test_why_there_is_no_share_is_not_cut_where_there_is_room() -> None:
    of = channel(DEADLIFT)
    instant = of.repetition.instant_of(PhaseId.LIFT, 0.5)
    made = of.legend(LegendRoom(width, 12.0, 692.0), theme("light"), instant, None)
    said = {text.text for text in made.overlay.texts}
    assert status_text(of.repetition, of.now(instant), None) in said
    assert "no share is given" in said
    assert "beyond this model’s strength" not in said


def test_colouring_what_has_changed_is_colouring_all_anew() -> None:
    rep = repetition(BARBELL)
    of = EffortChannel(rep, None)
    kept = Painter(body(), (), rep)
    options = SceneOptions(channel=of)
    seen = Seen(Side.RIGHT, from_below=False, body_hidden=False)
    glass = Glass(frozenset({3}), frozenset({5}))
    for bar_kg, at in ((None, 0.1), (60.0, 0.1), (60.0, 0.5), (300.0, 0.2), (60.0, 0.2)):
        if bar_kg is not None:
            of.take(effort_of(rep, load_of(rep.variation, bar_kg=bar_kg)))
        instant = rep.instant_of(PhaseId.LIFT, at)
        changed = kept.paint(instant, options, seen, glass)
        anew = Painter(body(), (), rep).paint(instant, options, seen, glass)
        for field in dataclasses.fields(changed):
            np.testing.assert_array_equal(getattr(changed, field.name), getattr(anew, field.name))


@pytest.mark.parametrize("name", [BARBELL, SINGLE])
def test_no_figure_hides_another_one(name: str) -> None:
    rep, size = repetition(name), (960, 540)
    most, count = 0.0, 0
    for view in (ViewName.SIDE, ViewName.FRONT, ViewName.THREE_QUARTER, ViewName.BELOW):
        for k in range(8):
            instant = rep.instant(rep.schedule.duration_s * k / 8)
            asked = RenderRequest(instant, size, view, SceneOptions(channel=channel(name)))
            plates = [
                (stamp.x + box.x, stamp.y + box.y, box.width, box.height)
                for stamp in stage(name).render(asked).overlay.stamps
                for box in stamp.motif.overlay.boxes
            ]
            count += len(plates)
            for i, (x, y, wide, high) in enumerate(plates):
                for left, top, w, h in plates[:i]:
                    across = min(x + wide, left + w) - max(x, left)
                    down = min(y + high, top + h) - max(y, top)
                    most = max(most, max(across, 0.0) * max(down, 0.0) / (wide * high))
    assert count > 100
    assert most < 0.15
