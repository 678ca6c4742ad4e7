"""Moments as texts: they come back exactly, and nothing hostile does more than get a sentence."""

from __future__ import annotations

import contextlib
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.repetitions import VARIATIONS, catalog
from visualizer.analysis.plot_kinds import PLOT_KINDS
from visualizer.analysis.veil import Veil
from visualizer.anatomy.muscle import Side
from visualizer.catalog.variation import Role
from visualizer.errors import UsageError
from visualizer.exercise.loading import LoadChoice
from visualizer.exercise.loop_range import LoopRange
from visualizer.exercise.tempo import Tempo
from visualizer.lifts.base import ViewName
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Camera
from visualizer.scene.channel import Colours
from visualizer.teaching.link import MOST_CHARACTERS, is_link, link_of, moment_of, read_link
from visualizer.teaching.moment import Moment, OtherBody

LINK = (
    "hipthrust:barbell-hip-thrust/lift/0.42?side=right&view=side&labels=1&xray=0"
    "&muscle=gluteus_maximus"
)

variations = st.sampled_from(VARIATIONS)
sides = st.sampled_from(Side)
fractions = st.floats(0.0, 1.0).map(abs)
playheads = st.builds(Playhead, st.sampled_from([PhaseId.LIFT, PhaseId.LOWERING]), fractions)
angles = st.floats(-math.pi, math.pi)
metres = st.floats(-5.0, 5.0)
cameras = st.builds(
    Camera,
    st.tuples(metres, metres, metres),
    angles,
    st.floats(-1.5, 1.5),
    st.floats(0.02, 20.0),
    st.floats(0.02, 2.0),
)
loads = st.builds(
    LoadChoice,
    st.floats(40.0, 200.0),
    st.none() | st.floats(0.0, 150.0),
    st.booleans(),
    st.floats(0.0, 5000.0),
)
tempos = st.builds(
    lambda *quarters: Tempo(*(q / 4 for q in quarters)),
    st.integers(1, 40),
    st.integers(0, 20).filter(lambda q: q != 1),
    st.integers(1, 40),
)


others = st.builds(OtherBody, variations, sides, st.none() | playheads)


@st.composite
def moments(draw: st.DrawFn) -> Moment:
    muscle = draw(st.none() | st.sampled_from(sorted(catalog().muscles)))
    return Moment(
        draw(variations),
        draw(playheads),
        side=draw(sides),
        view=draw(st.sampled_from(ViewName)),
        camera=draw(st.none() | cameras),
        labels=draw(st.booleans()),
        xray=draw(st.booleans()),
        swelling=draw(st.booleans()),
        skin=draw(st.booleans()),
        colours=draw(st.sampled_from(Colours)),
        muscle=muscle,
        focus=muscle is not None and draw(st.booleans()),
        alone=muscle is not None and draw(st.booleans()),
        only=draw(st.none() | st.sampled_from(Role)),
        veil=draw(st.builds(Veil, *[st.booleans()] * 4)),
        other=draw(st.none() | others),
        overlaid=draw(st.booleans()),
        load=draw(loads),
        plot=draw(st.sampled_from(sorted(PLOT_KINDS))),
        tempo=draw(st.none() | tempos),
        marked=draw(st.none() | st.builds(LoopRange, playheads, playheads)),
    )


@settings(max_examples=60, deadline=None)
@given(moments())
def test_a_moment_comes_back_from_its_text_and_the_text_from_the_moment(moment: Moment) -> None:
    text = link_of(moment)
    assert len(text) < MOST_CHARACTERS
    assert moment_of(text, catalog()) == moment
    assert link_of(read_link(text)) == text


def test_the_text_is_as_described() -> None:
    moment = read_link(LINK)
    assert moment == Moment(
        "barbell-hip-thrust",
        Playhead(PhaseId.LIFT, 0.42),
        labels=True,
        muscle="gluteus_maximus",
    )
    assert link_of(moment) == LINK


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("hipthrust:glute-bridge", Moment("glute-bridge")),
        (f"  <{LINK}>\n", read_link(LINK)),
        (LINK.replace("/", "%2F").replace("=", "%3D"), read_link(LINK)),
        ("HIPTHRUST:glute-bridge/hold/1", Moment("glute-bridge", Playhead(PhaseId.HOLD, 1.0))),
        ("hipthrust:glute-bridge?v=1&xray=1", Moment("glute-bridge", xray=True)),
    ],
)
def test_what_mail_programs_and_people_make_of_a_link_is_read(text: str, moment: Moment) -> None:
    assert is_link(text)
    assert moment_of(text, catalog()) == moment


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "not a link"),
        ("http://example.org/", "not a link"),
        ("hipthrust:", "not a name"),
        ("hipthrust:../../etc/passwd", "no place"),
        ("hipthrust:..%2f..%2fetc%2fpasswd/lift/0", "no place"),
        ("hipthrust:C:\\Windows\\win.ini", "not a name"),
        ("hipthrust:file:///etc/passwd", "no place"),
        ("hipthrust:glute-bridge\0", "not a name"),
        ("hipthrust:glute-brigde", "did you mean 'glute-bridge'"),
        ("hipthrust:glute-bridge/lift", "no place"),
        ("hipthrust:glute-bridge/lfit/0.5", "did you mean 'lift'"),
        ("hipthrust:glute-bridge/lift/1.5", "between 0 and 1"),
        ("hipthrust:glute-bridge/lift/nan", "not a number"),
        ("hipthrust:glute-bridge/lift/1e999", "between 0 and 1"),
        ("hipthrust:glute-bridge/lift/" + "9" * 500, "not a number"),
        ("hipthrust:romanian-deadlift/hold/0.5", "unknown phase"),
        ("hipthrust:glute-bridge?labels=yes", "0 or 1"),
        ("hipthrust:glute-bridge?labels", "not like labels=1"),
        ("hipthrust:glute-bridge?labels=1&labels=0", "twice"),
        ("hipthrust:glute-bridge?label=1", "did you mean 'labels'"),
        ("hipthrust:glute-bridge?view=top", "unknown view"),
        ("hipthrust:glute-bridge?muscle=gluteus_maximos", "did you mean 'gluteus_maximus'"),
        ("hipthrust:glute-bridge?muscle=/etc/passwd", "not a name"),
        ("hipthrust:glute-bridge?focus=1", "need a muscle"),
        ("hipthrust:glute-bridge?hide=everything", "unknown thing to hide"),
        ("hipthrust:glute-bridge?with=bridge/left", "unknown variation"),
        ("hipthrust:glute-bridge?with=a/b/c/d/e", "no second body"),
        ("hipthrust:glute-bridge?camera=1,2,3", "seven numbers"),
        ("hipthrust:glute-bridge?camera=0,0,0,0,0,0,0", "no camera"),
        ("hipthrust:glute-bridge?camera=1e300,0,2,0,0,0,0.3", "no camera"),
        ("hipthrust:glute-bridge?bar=40", "kg or in per cent"),
        ("hipthrust:glute-bridge?bar=4000kg", "must be 0 to 500"),
        ("hipthrust:glute-bridge?body=1e400", "must be 30 to 250"),
        ("hipthrust:glute-bridge?plot=pie", "unknown plot"),
        ("hipthrust:glute-bridge?tempo=3-1", "no tempo"),
        ("hipthrust:glute-bridge?loop=lift/0.5", "no range"),
        ("hipthrust:glute-bridge?loop=lift/0/up/1", "unknown phase"),
        ("hipthrust:glute-bridge?loop=lift/0/lowering/1.5", "between 0 and 1"),
        ("hipthrust:glute-bridge?v=2", "newer version"),
        ("hipthrust:glute-bridge?v=0", "no version"),
        ("hipthrust:glute-bridge?v=²", "no version"),
        ("hipthrust:" + "a" * 1_000_000, "too long"),
    ],
)
def test_a_hostile_link_gets_one_short_sentence(text: str, says: str) -> None:
    with pytest.raises(UsageError) as caught:
        moment_of(text, catalog())
    message = str(caught.value)
    assert says in message
    assert "\n" not in message
    assert len(message) < 220


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=120) | st.text("hipthrus:/?&=%-_.0123456789abmelgw", max_size=120))
def test_no_text_does_more_than_be_refused(tail: str) -> None:
    for text in (tail, "hipthrust:" + tail, LINK + "&" + tail):
        with contextlib.suppress(UsageError):
            moment = moment_of(text, catalog())
            assert moment_of(link_of(moment), catalog()) == moment
