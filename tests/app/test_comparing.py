"""A second body follows the first by phase and share, and is got ready beside the window."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.window import AtOnce, Turn
from visualizer.analysis.veil import COVERED
from visualizer.anatomy.muscle import Side
from visualizer.app.session.companion import Companion
from visualizer.app.session.comparing import Comparing, is_shown, others
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.app.session.settings import Settings, load_settings, save_settings
from visualizer.app.timeline.timeline import Timeline
from visualizer.catalog.catalog import Catalog
from visualizer.errors import UsageError
from visualizer.exercise.tempo import Tempo
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId
from visualizer.teaching.moment import OtherBody

BRIDGE = OtherBody("glute-bridge")


@pytest.fixture
def comparing(session: Session, scenes: Scenes, at_once: AtOnce) -> Comparing:
    return Comparing(session, scenes, at_once)


def second_of(comparing: Comparing) -> Companion:
    assert comparing.second is not None
    return comparing.second


def test_both_meet_in_phase_and_share_whatever_their_tempo(
    session: Session, catalog: Catalog, comparing: Comparing, turn: Turn
) -> None:
    slow = catalog.variation("glute-bridge")
    slow = replace(slow, phases=Tempo(6.0, 3.0, 2.0).applied(slow.phases))
    session.replace_data(
        replace(catalog, variations=(session.variation, slow)), solved=[session.repetition]
    )
    comparing.compare_with("glute-bridge", Side.RIGHT)
    second = second_of(comparing)
    heard: list[float] = []
    second.instant_changed.connect(lambda instant: heard.append(instant.fraction))
    for phase, fraction in ((PhaseId.LIFT, 0.3), (PhaseId.HOLD, 1.0), (PhaseId.LOWERING, 0.75)):
        session.go_to(Playhead(phase, fraction))
        session.show_newest()
        assert (second.instant.phase, second.instant.fraction) == (phase, fraction)
        assert second.instant.time_s != session.instant.time_s
    assert heard == [0.3, 1.0, 0.75]


def test_the_second_body_is_where_the_first_is_whoever_asks_first(
    session: Session, comparing: Comparing
) -> None:
    seen: list[float] = []
    # told before the second body is
    session.instant_changed.connect(lambda _: seen.append(second_of(comparing).instant.fraction))
    session.change(other=BRIDGE)
    session.go_to(Playhead(PhaseId.LIFT, 0.6))
    session.show_newest()
    assert seen == [0.6]


def test_what_is_chosen_on_either_body_is_chosen_on_both(
    session: Session, comparing: Comparing, turn: Turn
) -> None:
    session.change(other=BRIDGE, selection="gluteus_maximus")
    second = second_of(comparing)
    assert second.state.selection == "gluteus_maximus"
    second.change(selection="gluteus_medius")
    second.set_hover("sartorius")
    assert session.state.selection == second.state.selection == "gluteus_medius"
    assert session.hover == second.hover == "sartorius"
    session.change(veil=COVERED)
    assert second.state.veil == COVERED
    assert second.only == frozenset()
    second.go_to(Playhead(PhaseId.LOWERING, 0.5))
    turn()
    assert session.instant.phase is PhaseId.LOWERING
    # it never becomes the other variation itself
    session.change(variation="banded-hip-thrust")
    assert second.state.variation == second.variation.id == "glute-bridge"


def test_the_second_body_can_stay_at_a_moment(
    session: Session, comparing: Comparing, turn: Turn
) -> None:
    session.change(other=BRIDGE)
    session.go_to(Playhead(PhaseId.LIFT, 0.25))
    turn()
    second = second_of(comparing)
    comparing.stay(True)
    session.go_to(Playhead(PhaseId.LOWERING, 0.5))
    turn()
    assert (second.instant.phase, second.instant.fraction) == (PhaseId.LIFT, 0.25)
    assert session.state.other == OtherBody("glute-bridge", playhead=Playhead(PhaseId.LIFT, 0.25))
    comparing.stay(False)
    assert second.instant.phase is PhaseId.LOWERING
    assert comparing.second is second


def test_nothing_changes_from_a_variation_to_itself(session: Session, comparing: Comparing) -> None:
    comparing.compare_with(session.variation.id, Side.RIGHT)
    assert comparing.differences() == ()
    comparing.compare_with("glute-bridge", Side.RIGHT)
    assert comparing.differences() != ()


def test_left_against_right(session: Session, comparing: Comparing) -> None:
    session.change(variation="single-leg-hip-thrust", other=OtherBody("single-leg-hip-thrust"))
    assert comparing.differences() == ()
    comparing.compare_with("single-leg-hip-thrust", Side.LEFT)
    assert [d.subject for d in comparing.differences()] == ["side"]
    sides = [side for variation, side in others(session.catalog.variations)
             if variation.id == "single-leg-hip-thrust"]  # fmt: skip
    assert sides == [Side.RIGHT, Side.LEFT]


def test_the_key_goes_in_and_out_and_comes_back_to_what_was_compared(
    session: Session, comparing: Comparing
) -> None:
    comparing.toggle()
    assert second_of(comparing).variation.id == "single-leg-hip-thrust"  # the next one
    comparing.compare_with("glute-bridge", Side.RIGHT)
    session.change(overlaid=True)
    assert comparing.overlaid
    comparing.toggle()
    assert comparing.second is None
    assert session.state.other is None
    comparing.toggle()
    assert second_of(comparing).variation.id == "glute-bridge"
    assert comparing.overlaid
    # who stands is not laid over who lies
    comparing.compare_with("romanian-deadlift", Side.RIGHT)
    assert not comparing.overlaid
    assert session.state.overlaid


def test_what_cannot_be_done_is_refused_and_left(
    session: Session, comparing: Comparing, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(variation: str, side: Side) -> None:
        raise UsageError("no body can do that")

    monkeypatch.setattr(session, "solved_apart", refused)
    with qtbot.waitSignal(comparing.refused):
        session.change(other=BRIDGE)
    assert session.state.other is None
    assert comparing.second is None


def test_of_two_choices_the_last_one_is_shown(session: Session, scenes: Scenes, turn: Turn) -> None:
    class Later(AtOnce):
        def __init__(self) -> None:
            self.waiting: list[object] = []

        def run(self, job, done, failed, *, owner, urgent=False, apart=False):  # type: ignore[no-untyped-def]
            self.waiting.append(lambda: done(job()))

    later = Later()
    comparing = Comparing(session, scenes, later)
    session.change(other=BRIDGE)
    session.change(other=OtherBody("banded-hip-thrust"))
    for do in later.waiting:
        assert callable(do)
        do()
    assert second_of(comparing).variation.id == "banded-hip-thrust"
    assert is_shown(second_of(comparing), "banded-hip-thrust", Side.LEFT)


def test_it_is_remembered_and_comes_back_with_new_data(
    session: Session, comparing: Comparing, catalog: Catalog, tmp_path: Path
) -> None:
    path = tmp_path / "settings.json"
    wanted = OtherBody("glute-bridge", Side.RIGHT, Playhead(PhaseId.LIFT, 0.5))
    save_settings(path, Settings(state=replace(session.state, other=wanted)))
    assert load_settings(path).state.other == wanted
    session.change(other=wanted)
    before = second_of(comparing)
    read_again = tuple(replace(v) for v in catalog.variations)
    session.replace_data(replace(catalog, variations=read_again))
    assert second_of(comparing) is not before
    assert second_of(comparing).catalog is session.catalog
    # a variation that is gone is compared with no more
    rest = tuple(v for v in catalog.variations if v.id != "glute-bridge")
    session.replace_data(replace(catalog, variations=tuple(replace(v) for v in rest)))
    assert session.state.other is None
    assert comparing.second is None


def test_the_timeline_shows_the_curves_of_both_while_there_are_two(
    session: Session, comparing: Comparing, qtbot: QtBot
) -> None:
    timeline = Timeline(session)
    qtbot.addWidget(timeline)
    timeline.compare(comparing)
    shown = timeline.plot.plot
    assert shown is not None
    assert not shown.second
    session.change(other=BRIDGE)
    shown = timeline.plot.plot
    assert shown is not None
    assert {curve.of for curve in shown.second} == {"Glute bridge"}
    assert len(timeline.plot.curves) == len(shown.curves)
    assert "Glute bridge" in timeline.plot.accessibleDescription()
    session.change(other=None)
    shown = timeline.plot.plot
    assert shown is not None
    assert not shown.second
