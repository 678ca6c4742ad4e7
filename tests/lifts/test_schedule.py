"""Phases on one clock: lifts that begin at the bottom, and lifts that begin at the top."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visualizer.errors import UsageError
from visualizer.lifts.schedule import PhaseSchedule
from visualizer.lifts.vocabulary import Phase, PhaseId

LIFT, HOLD, LOWERING = PhaseId.LIFT, PhaseId.HOLD, PhaseId.LOWERING


def schedule(*phases: tuple[PhaseId, float]) -> PhaseSchedule:
    return PhaseSchedule([Phase(name, seconds) for name, seconds in phases])


# every order in which the three phases make a closed repetition
seconds = st.floats(0.05, 60)
orders = st.sampled_from(
    [(LIFT, HOLD, LOWERING), (LIFT, LOWERING), (LOWERING, LIFT), (LOWERING, HOLD, LIFT)]
)
schedules = st.builds(
    lambda order, lengths: schedule(*zip(order, lengths, strict=False)),
    orders,
    st.tuples(seconds, seconds, seconds),
)


def test_a_lift_from_the_bottom() -> None:
    found = schedule((LIFT, 1.0), (HOLD, 0.5), (LOWERING, 2.0))
    assert found.duration_s == 3.5
    assert found.borders_s == (0.0, 1.0, 1.5, 3.5)
    assert [(s.start_progress, s.end_progress) for s in found.spans] == [(0, 1), (1, 1), (1, 0)]


def test_a_deadlift_begins_at_the_top() -> None:
    found = schedule((LOWERING, 2.0), (HOLD, 0.5), (LIFT, 1.0))
    assert [(s.start_progress, s.end_progress) for s in found.spans] == [(1, 0), (0, 0), (0, 1)]
    at = found.profile([0.0, 2.25, 3.5])
    np.testing.assert_allclose(at.progress, [1.0, 0.0, 1.0])


def test_unknown_phase() -> None:
    with pytest.raises(UsageError, match="hold"):
        schedule((LIFT, 1.0), (LOWERING, 1.0)).span(HOLD)


def test_borders_of_phases() -> None:
    found = schedule((LIFT, 1.0), (HOLD, 0.5), (LOWERING, 2.0))
    assert [found.border_after(t) for t in (0.0, 0.4, 1.0, 3.5)] == [1.0, 1.0, 1.5, 3.5]
    assert [found.border_before(t) for t in (3.5, 1.5, 0.4, 0.0)] == [1.5, 1.0, 0.0, 0.0]


@given(found=schedules, share=st.floats(0, 1))
def test_time_and_phase_are_inverse(found: PhaseSchedule, share: float) -> None:
    span, fraction = found.at(share * found.duration_s)
    assert found.time_of(span.id, fraction) == pytest.approx(share * found.duration_s)


@given(found=schedules)
def test_progress_is_continuous_and_closed(found: PhaseSchedule) -> None:
    for before, after in zip(found.spans, found.spans[1:], strict=False):
        assert before.end_progress == after.start_progress
        assert before.end_s == after.start_s
    assert found.spans[0].start_progress == found.spans[-1].end_progress


@given(found=schedules, share=st.floats(0, 1))
def test_profile_and_span_agree(found: PhaseSchedule, share: float) -> None:
    time_s = share * found.duration_s
    span, fraction = found.at(time_s)
    at = found.profile([time_s])
    assert at.progress[0] == pytest.approx(span.progress(fraction), abs=1e-9)


@given(found=schedules)
def test_grid_holds_every_border(found: PhaseSchedule) -> None:
    grid = found.grid()
    assert np.all(np.diff(grid) > 0)
    assert set(found.borders_s) <= set(grid.tolist())
