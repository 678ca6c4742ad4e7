"""Contraction from length, and its agreement with the claims."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.exercise.test_motion import VARIATIONS, repetition
from visualizer.exercise.contraction import Agreement, LengthChange, TendonChange, agreement, derive
from visualizer.exercise.variation import Contraction, PhaseId, Role

C, E, I = Contraction.CONCENTRIC, Contraction.ECCENTRIC, Contraction.ISOMETRIC  # noqa: E741


@given(st.floats(-300, 300))
def test_contraction_follows_the_sign_of_the_change(percent: float) -> None:
    if percent <= -5:
        assert derive(percent) is C
    elif percent >= 5:
        assert derive(percent) is E
    else:
        assert derive(percent) is I


@pytest.mark.parametrize("name", VARIATIONS)
def test_the_gluteus_maximus_shortens_up_and_lengthens_down(name: str) -> None:
    change = repetition(name).length_change("gluteus_maximus")
    lift, lowering = change.percent(PhaseId.LIFT), change.percent(PhaseId.LOWERING)
    assert lift is not None
    assert lift < -15
    assert lowering == pytest.approx(-lift)
    assert {derive(p.lift_percent or 0) for p in change.parts} == {C}


def test_where_the_simple_story_bends() -> None:
    rep = repetition("barbell-hip-thrust")
    quadriceps = {p.tendon: p.lift_percent for p in rep.length_change("quadriceps").parts}
    adductors = {p.tendon: p.lift_percent for p in rep.length_change("adductors").parts}
    assert (quadriceps["recfem_r"] or 0) > 50
    assert (adductors["addmagIsch_r"] or 0) < -20
    assert (adductors["addlong_r"] or 0) > 20


def test_a_neutral_spine_is_by_construction() -> None:
    rep = repetition("barbell-hip-thrust")
    change = rep.length_change("erector_spinae")
    assert change.by_construction
    assert change.percent(PhaseId.LIFT) == 0
    assert agreement(I, change, PhaseId.LIFT) is Agreement.BY_CONSTRUCTION


def change(*percents: float) -> LengthChange:
    parts = tuple(TendonChange(f"t{i}", "m", p / 100 * 0.1, 0.1) for i, p in enumerate(percents))
    return LengthChange("m", parts, sum(percents) / len(percents))


@pytest.mark.parametrize(
    ("claim", "percents", "phase", "expected"),
    [
        (C, (-40, -50), PhaseId.LIFT, Agreement.AGREES),
        (E, (-40, -50), PhaseId.LOWERING, Agreement.AGREES),
        (C, (-40, 30), PhaseId.LIFT, Agreement.NUANCE),
        (I, (-2, 3), PhaseId.LIFT, Agreement.AGREES),
        (I, (-20, -30), PhaseId.LIFT, Agreement.DIFFERS),
        (I, (40, -2), PhaseId.LIFT, Agreement.NUANCE),
        (I, (0, 0), PhaseId.LIFT, Agreement.BY_CONSTRUCTION),
        (None, (-40,), PhaseId.LIFT, Agreement.NO_CLAIM),
    ],
)
def test_agreement(
    claim: Contraction | None, percents: tuple[float, ...], phase: PhaseId, expected: Agreement
) -> None:
    assert agreement(claim, change(*percents), phase) is expected


def test_unknown_fibre_length_is_no_number() -> None:
    part = TendonChange("t", "m", -0.02, None)
    assert part.lift_percent is None
    assert agreement(C, LengthChange("m", (part,), None), PhaseId.LIFT) is Agreement.NO_CLAIM


@pytest.mark.parametrize("name", VARIATIONS)
def test_only_stated_parts_work(name: str) -> None:
    rep = repetition(name)
    states = rep.part_states(PhaseId.LIFT)
    assert states["gluteus_maximus_r"].role is Role.PRIME_MOVER
    single = name == "single-leg-hip-thrust"
    assert ("gluteus_maximus_l" in states) is not single
    assert "deltoid_r" not in states


def test_the_hold_is_isometric() -> None:
    states = repetition("barbell-hip-thrust").part_states(PhaseId.HOLD)
    assert {s.contraction for s in states.values()} == {I}
