"""The state of the window: what may be chosen, and what tells of a change."""

from dataclasses import replace

import pytest

from tests.helpers.window import Turn
from visualizer.anatomy.muscle import Side
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.catalog.catalog import Catalog
from visualizer.errors import DataError, Problem, UnknownNameError, UsageError
from visualizer.exercise.repetition import Instant
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId

BARBELL, SINGLE, BRIDGE = "barbell-hip-thrust", "single-leg-hip-thrust", "glute-bridge"


def test_five_hundred_seeks_in_one_turn_make_one_moment(session: Session, turn: Turn) -> None:
    instants: list[Instant] = []
    session.instant_changed.connect(instants.append)
    for k in range(500):
        session.seek(k / 500 * session.repetition.schedule.duration_s)
    assert instants == []
    turn()
    assert len(instants) == 1
    assert instants[0].time_s == pytest.approx(499 / 500 * session.repetition.schedule.duration_s)
    assert session.instant is instants[0]


def test_show_newest_shows_at_once_and_only_once(session: Session, turn: Turn) -> None:
    instants: list[Instant] = []
    session.instant_changed.connect(instants.append)
    session.seek(0.5)
    session.show_newest()
    turn()
    assert [m.time_s for m in instants] == [0.5]


def test_seek_stays_within_the_repetition(session: Session, turn: Turn) -> None:
    session.seek(-3.0)
    assert session.wanted_s == 0.0
    session.seek(1e9)
    turn()
    assert session.instant.time_s == session.repetition.schedule.duration_s


def test_going_to_a_share_of_a_phase(session: Session, turn: Turn) -> None:
    session.go_to(Playhead(PhaseId.LOWERING, 0.25))
    turn()
    assert session.instant.phase is PhaseId.LOWERING
    assert session.instant.fraction == pytest.approx(0.25)


def test_change_tells_old_and_new_once(session: Session) -> None:
    told: list[object] = []
    session.state_changed.connect(lambda old, new: told.append((old, new)))
    session.change(xray=True, labels=True)
    session.change(xray=True)
    assert told == [(SessionState(BARBELL), replace(SessionState(BARBELL), xray=True, labels=True))]


def test_another_variation_keeps_phase_and_share(session: Session, turn: Turn) -> None:
    session.go_to(Playhead(PhaseId.LOWERING, 0.4))
    turn()
    session.change(variation=BRIDGE)
    assert session.variation.id == BRIDGE
    assert session.instant.phase is PhaseId.LOWERING
    assert session.instant.fraction == pytest.approx(0.4)
    assert session.instant.variation.id == BRIDGE


def test_variation_side_and_new_data_keep_the_playhead_though_seconds_differ(
    session: Session, catalog: Catalog
) -> None:
    session.change(variation=SINGLE)
    session.seek(session.repetition.schedule.time_of(PhaseId.LOWERING, 0.4))
    playhead = session.playhead
    assert playhead.phase is PhaseId.LOWERING
    assert playhead.fraction == pytest.approx(0.4)
    session.change(side=Side.LEFT)
    slow = replace(
        session.variation,
        phases=tuple(replace(p, seconds=3 * p.seconds) for p in session.variation.phases),
    )
    before_s = session.wanted_s
    others = tuple(v for v in catalog.variations if v.id != SINGLE)
    session.replace_data(replace(catalog, variations=(slow, *others)))
    assert session.wanted_s == session.instant.time_s == pytest.approx(3 * before_s)
    session.change(variation=BRIDGE)
    assert session.playhead == playhead
    assert (session.instant.phase, session.instant.fraction) == (playhead.phase, playhead.fraction)


def test_a_phase_that_the_repetition_lacks_is_refused_and_replaced_by_its_start(
    session: Session, catalog: Catalog
) -> None:
    short = replace(session.variation, phases=session.variation.phases[:1])
    session.go_to(Playhead(PhaseId.LOWERING, 0.4))
    session.replace_data(replace(catalog, variations=(short,)))
    assert session.playhead == Playhead(PhaseId.LIFT, 0.0)
    with pytest.raises(UsageError, match="no phase lowering"):
        session.go_to(Playhead(PhaseId.LOWERING, 0.4))
    assert session.playhead == Playhead(PhaseId.LIFT, 0.0)


def test_what_can_be_changed_is_the_state(session: Session) -> None:
    with pytest.raises(TypeError, match="lables"):
        session.change(lables=True)  # type: ignore[call-arg]  # what is refused
    assert session.state == SessionState(BARBELL)


def test_an_unknown_variation_changes_nothing(session: Session) -> None:
    told: list[object] = []
    session.state_changed.connect(lambda *a: told.append(a))
    with pytest.raises(UnknownNameError, match="did you mean 'glute-bridge'"):
        session.change(variation="glute-brige")
    assert told == []
    assert session.state.variation == BARBELL
    assert session.variation.id == BARBELL


def test_the_side_matters_on_one_leg_only(session: Session) -> None:
    both = session.repetition
    session.change(side=Side.LEFT)
    assert not session.one_leg
    assert session.repetition is both
    session.change(variation=SINGLE)
    assert session.one_leg
    left = session.repetition
    session.change(side=Side.RIGHT)
    assert session.repetition is not left
    assert (left.side, session.repetition.side) == (Side.LEFT, Side.RIGHT)


def test_hover_is_told_once(session: Session) -> None:
    told: list[object] = []
    session.hover_changed.connect(told.append)
    session.set_hover("masseter")
    session.set_hover("masseter")
    session.set_hover(None)
    assert told == ["masseter", None]


def test_new_data_keep_what_still_exists(session: Session, catalog: Catalog, turn: Turn) -> None:
    session.change(selection="masseter")
    session.go_to(Playhead(PhaseId.LIFT, 0.5))
    turn()
    told: list[object] = []
    session.data_changed.connect(lambda: told.append(session.state))
    rest = replace(
        catalog,
        variations=tuple(v for v in catalog.variations if v.id == BRIDGE),
        muscles={k: m for k, m in catalog.muscles.items() if k != "masseter"},
    )
    session.replace_data(rest, (Problem("x.toml", "", "bad"),))
    assert len(told) == 1
    assert session.state.variation == BRIDGE
    assert session.state.selection is None
    assert session.instant.fraction == pytest.approx(0.5)
    assert [p.file for p in session.problems] == ["x.toml"]


def test_data_of_which_nothing_can_be_shown_are_refused(session: Session, catalog: Catalog) -> None:
    with pytest.raises(DataError, match="there is no variation; please reinstall"):
        session.replace_data(replace(catalog, variations=()))
    assert session.catalog is catalog
    session.change(variation=BRIDGE)
    assert session.variation.id == BRIDGE
