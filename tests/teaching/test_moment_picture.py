"""The picture of a moment is the same before and after it was a text."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from tests.helpers.repetitions import body, catalog, repetition
from visualizer.anatomy.muscle import Side
from visualizer.exercise.tempo import Tempo
from visualizer.lifts.base import ViewName
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Camera, Picture
from visualizer.scene.scene import StageScene
from visualizer.teaching.link import link_of, moment_of
from visualizer.teaching.moment import Moment
from visualizer.teaching.picture import repetition_at, request_of

SIZE = (240, 160)
BY_HAND = Camera((0.0123456789, 0.1 + 0.2, 1 / 3), -1.234567890123, 0.2718281828, 1.7, 0.19)


@cache
def scene(variation: str, side: Side) -> StageScene:
    return StageScene(body(), repetition(variation, side))


def picture(moment: Moment) -> Picture:
    own = scene(moment.variation, moment.side)
    return own.render(request_of(moment, own.repetition, SIZE, supersample=1)).picture


@pytest.mark.parametrize(
    "moment",
    [
        Moment("glute-bridge", Playhead(PhaseId.LIFT, 1 / 3), camera=BY_HAND),
        Moment("glute-bridge", Playhead(PhaseId.LOWERING, 0.1 + 0.2), view=ViewName.FRONT, xray=True),
        Moment(
            "single-leg-hip-thrust",
            Playhead(PhaseId.LIFT, 0.7),
            side=Side.LEFT,
            muscle="gluteus_maximus",
            focus=True,
            swelling=False,
        ),
    ],
)  # fmt: skip
def test_the_picture_before_and_after_is_equal_pixel_by_pixel(moment: Moment) -> None:
    again = moment_of(link_of(moment), catalog())
    before, after = picture(moment), picture(again)
    assert np.array_equal(before.pixels, after.pixels)
    assert np.array_equal(before.part, after.part)
    nudged = Moment(moment.variation, Playhead(moment.playhead.phase, 0.95), side=moment.side)
    assert not np.array_equal(before.pixels, picture(nudged).pixels)


def test_the_repetition_of_a_moment_has_its_tempo_and_its_side() -> None:
    from tests.helpers.repetitions import body_model

    moment = Moment("single-leg-hip-thrust", side=Side.LEFT, tempo=Tempo(3, 0, 2))
    own = repetition_at(moment, catalog(), body_model())
    assert own.side is Side.LEFT
    assert own.schedule.duration_s == 5
    # with both legs on the floor there is no side
    assert repetition_at(Moment("glute-bridge", side=Side.LEFT), catalog(), body_model()).side is (
        Side.RIGHT
    )
