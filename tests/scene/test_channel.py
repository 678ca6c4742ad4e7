"""What colours mean is a channel's to say; the painter only follows."""

from __future__ import annotations

from collections.abc import Hashable

import numpy as np
import pytest

from tests.helpers.repetitions import body, repetition
from visualizer.anatomy.muscle import Side
from visualizer.anatomy.surface import Part
from visualizer.exercise.repetition import Instant
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Pattern
from visualizer.scene.channel import PartLook, RoleChannel
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

    def look(self, part: Part, instant: Instant, theme: Theme) -> PartLook | None:
        self.asked += 1
        if part.muscle != "masseter" or instant.fraction < 0.5:
            return None
        return PartLook("#00FF00", Pattern.NONE, 0.0, theme.gap, 0.0, 1.0, 0.5)


def test_another_channel_colours_other_muscles_and_only_when_something_changed() -> None:
    rep, channel = repetition("glute-bridge"), Halves()
    painter = Painter(body(), (), rep, channel)
    masseter = next(i for i, p in enumerate(body().parts) if p.muscle == "masseter")
    gluteus = next(i for i, p in enumerate(body().parts) if p.muscle == "gluteus_maximus")
    greens = []
    for at in (0.0, 0.4, 0.6, 0.9):
        m = painter.paint(rep.instant_of(PhaseId.LIFT, at), SceneOptions(), SEEN)
        greens.append(bool(np.allclose(m.colour[masseter], rgb("#00FF00"))))
        np.testing.assert_allclose(m.colour[gluteus], rgb(theme("light").inactive), atol=1e-6)
    assert greens == [False, False, True, True]
    assert channel.asked == 2 * len(body().parts)


@pytest.mark.parametrize("phase", list(PhaseId))
def test_roles_give_working_parts_a_look_and_others_none(phase: PhaseId) -> None:
    rep = repetition("barbell-hip-thrust")
    channel, instant = RoleChannel(rep), rep.instant_of(phase, 0.5)
    shown = {p.id for p in body().parts if channel.look(p, instant, theme("light")) is not None}
    assert shown == set(rep.part_states(phase)) & {p.id for p in body().parts}
