"""The picture of a moment is the same before and after it was a text."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.repetitions import body, catalog, repetition
from visualizer.analysis.veil import Veil
from visualizer.anatomy.muscle import Side
from visualizer.cli import run
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


@pytest.mark.usefixtures("commands_share")
def test_a_link_is_drawn_by_the_command_as_its_options_would_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    size = ["--size", "160x100", "-o"]
    link = "hipthrust:glute-bridge/lowering/0.25?side=right&view=front&labels=0&xray=1"
    one, two, three = (tmp_path / f"{name}.png" for name in "abc")
    assert run(["render", link, *size, str(one)]) == 0
    words = ["--phase", "lowering", "--at", "0.25", "--view", "front", "--xray"]
    assert run(["render", "glute-bridge", *words, *size, str(two)]) == 0
    assert one.read_bytes() == two.read_bytes()
    # what is said beside a link counts more
    assert run(["render", link, "--at", "0.75", *size, str(three)]) == 0
    assert three.read_bytes() != one.read_bytes()
    capsys.readouterr()
    assert run(["render", "hipthrust:../../etc/passwd", *size, str(one)]) == 2
    assert run(["render", "hipthrust:glute-brigde", *size, str(one)]) == 2
    assert (
        run(["render", "romanian-deadlift", "--phase", "hold", "--at", "0", *size, str(one)]) == 2
    )
    assert capsys.readouterr().err.count("\n") == 3


def test_what_is_veiled_leaves_no_colour_and_no_mark() -> None:
    moment = Moment("glute-bridge", Playhead(PhaseId.LIFT, 0.5), swelling=False)
    covered = replace(moment, veil=Veil(roles=True))
    own = scene("glute-bridge", Side.RIGHT)
    shown, hidden = (
        own.render(request_of(m, own.repetition, SIZE, supersample=1)) for m in (moment, covered)
    )
    assert shown.marks
    assert not hidden.marks
    assert not np.array_equal(shown.picture.pixels, hidden.picture.pixels)


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
