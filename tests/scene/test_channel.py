"""What colours mean is a channel's to say; the painter only follows."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
import pytest

from tests.helpers.repetitions import body, repetition
from visualizer.anatomy.muscle import Side
from visualizer.anatomy.surface import Part
from visualizer.exercise.repetition import Instant
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Pattern
from visualizer.scene.channel import PartFigure, PartLook, RoleChannel, unstated
from visualizer.scene.legend import Legend, LegendRoom, legend
from visualizer.scene.painter import Painter, Seen
from visualizer.scene.palette import Theme, rgb, theme
from visualizer.scene.request import SceneOptions

SEEN = Seen(Side.RIGHT, from_below=False, body_hidden=False)


class Halves:
    """Green from the middle of a phase on, for one muscle alone."""

    def __init__(self) -> None:
        self.asked = 0

    def key(self, instant: Instant) -> Hashable:
        return instant.fraction >= 0.5

    def changing(self, parts: Sequence[Part]) -> Sequence[int]:
        return range(len(parts))

    def look(self, part: Part, instant: Instant, theme: Theme) -> PartLook | None:
        self.asked += 1
        if part.muscle != "masseter" or instant.fraction < 0.5:
            return None
        return PartLook("#00FF00", "#00FF00", 1.0, 0.5)

    def legend(
        self, room: LegendRoom, look: Theme, instant: Instant, selection: str | None
    ) -> Legend:
        return legend(room, look)

    def figures(self, parts: Sequence[Part], instant: Instant) -> tuple[PartFigure, ...]:
        return ()

    def words(self, instant: Instant) -> str:
        return ""


def test_another_channel_colours_other_muscles_and_only_when_something_changed() -> None:
    rep, channel = repetition("glute-bridge"), Halves()
    painter = Painter(body(), (), rep)
    masseter = next(i for i, p in enumerate(body().parts) if p.muscle == "masseter")
    gluteus = next(i for i, p in enumerate(body().parts) if p.muscle == "gluteus_maximus")
    greens = []
    for at in (0.0, 0.4, 0.6, 0.9):
        m = painter.paint(rep.instant_of(PhaseId.LIFT, at), SceneOptions(channel=channel), SEEN)
        greens.append(bool(np.allclose(m.colour[masseter], rgb("#00FF00"))))
        np.testing.assert_allclose(m.colour[gluteus], rgb(theme("light").inactive), atol=1e-6)
    assert greens == [False, False, True, True]
    assert channel.asked == 2 * len(body().parts)


@pytest.mark.parametrize("phase", list(PhaseId))
def test_roles_give_working_and_unstated_parts_a_look_and_others_none(phase: PhaseId) -> None:
    rep = repetition("barbell-hip-thrust")
    channel, instant = RoleChannel(rep), rep.instant_of(phase, 0.5)
    shown = {p.id for p in body().parts if channel.look(p, instant, theme("light")) is not None}
    silent = {p.id for p in body().parts if p.muscle in unstated(rep)}
    assert shown == set(rep.part_states(phase)) & {p.id for p in body().parts} | silent


def test_what_only_other_variations_state_has_a_look_of_its_own() -> None:
    rep = repetition("barbell-hip-thrust")
    silent = unstated(rep)
    stated = {p.removesuffix(s.suffix) for p in rep.part_states(PhaseId.LIFT) for s in Side}
    assert "biceps_femoris_short_head" in silent  # stated of another variation
    assert "soleus" not in silent  # stated nowhere
    assert not silent & stated
    channel, instant = RoleChannel(rep), rep.instant_of(PhaseId.LIFT, 0.5)
    looks = {p.muscle: channel.look(p, instant, theme("light")) for p in body().parts if p.muscle}
    assert looks["biceps_femoris_short_head"] is not None
    assert looks["biceps_femoris_short_head"].pattern is Pattern.BROKEN_LINES


def test_a_muscle_is_firm_where_it_is_short() -> None:
    rep = repetition("barbell-hip-thrust")
    painter = Painter(body(), (), rep)
    gluteus = next(i for i, p in enumerate(body().parts) if p.id == "gluteus_maximus_r")
    shine = []
    for at in (0.0, 0.5, 1.0):
        m = painter.paint(rep.instant_of(PhaseId.LIFT, at), SceneOptions(), SEEN)
        shine.append((float(m.gloss[gluteus]), float(m.glow[gluteus]), float(m.sharpness[gluteus])))
    assert shine == sorted(shine)
    assert shine[2][2] == pytest.approx(1.0)
    assert shine[0][2] == pytest.approx(0.0)


def test_far_leg_and_arms_step_back_towards_the_paper() -> None:
    rep = repetition("barbell-hip-thrust")
    index = {p.id: i for i, p in enumerate(body().parts)}
    m = Painter(body(), (), rep).paint(rep.instant_of(PhaseId.LIFT, 0.5), SceneOptions(), SEEN)
    paper = np.array(rgb(theme("light").stage_bottom))

    def away(part: str) -> float:
        return float(np.linalg.norm(m.colour[index[part]] - paper))

    assert away("soleus_l") < 0.7 * away("soleus_r")
    assert away("biceps_brachii_r") < 0.85 * away("soleus_r")
    assert away("gluteus_maximus_l") > 0.85 * away("gluteus_maximus_r")
