"""Contraction from length, and its agreement with the claims."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.helpers.repetitions import HIP_THRUSTS, repetition
from visualizer.catalog.variation import Contraction, Role
from visualizer.exercise.contraction import (
    Agreement,
    LengthChange,
    TendonChange,
    agreement,
    derive,
    on_the_whole,
)
from visualizer.lifts.vocabulary import PhaseId

C, E, I = Contraction.CONCENTRIC, Contraction.ECCENTRIC, Contraction.ISOMETRIC  # noqa: E741


@given(st.floats(-300, 300))
def test_a_steady_change_has_the_contraction_of_its_sign(percent: float) -> None:
    if percent <= -5:
        assert derive(percent, abs(percent)) is C
    elif percent >= 5:
        assert derive(percent, abs(percent)) is E
    else:
        assert derive(percent, abs(percent)) is I


@given(st.floats(-300, 300), st.floats(0, 300))
def test_what_moves_on_the_way_is_not_isometric(percent: float, more: float) -> None:
    # the uppermost part of adductor magnus: -2 % from end to end, 12 % on the way
    excursion = abs(percent) + more
    assert (derive(percent, excursion) is I) is (excursion < 5)


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_the_gluteus_maximus_shortens_up_and_lengthens_down(name: str) -> None:
    change = repetition(name).length_change("gluteus_maximus")
    lift, lowering = change.percent(PhaseId.LIFT), change.percent(PhaseId.LOWERING)
    assert lift is not None
    assert lift < -15
    assert lowering == pytest.approx(-lift)
    assert {p.contraction(PhaseId.LIFT) for p in change.parts} == {C}
    assert {third for p in change.parts for third in p.thirds(PhaseId.LIFT)} == {C}


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


def part(*path: float, volume: float = 1.0, fibre: float | None = 0.1) -> TendonChange:
    """Return a unit that passes these lengths, in per cent of its fibre length."""
    lengths = tuple(0.3 + p / 100 * (fibre or 0.1) for p in (0.0, *path))
    return TendonChange("t_r", "m", lengths, fibre, volume)


def change(*percents: float) -> LengthChange:
    return LengthChange("m", tuple(part(p / 3, 2 * p / 3, p) for p in percents))


@pytest.mark.parametrize(
    ("claim", "percents", "phase", "expected"),
    [
        (C, (-40, -50), PhaseId.LIFT, Agreement.AGREES),
        (E, (-40, -50), PhaseId.LOWERING, Agreement.AGREES),
        (C, (-40, 30), PhaseId.LIFT, Agreement.NUANCE),
        (I, (-2, 3), PhaseId.LIFT, Agreement.AGREES),
        (I, (-20, -30), PhaseId.LIFT, Agreement.DIFFERS),
        (I, (40, -2), PhaseId.LIFT, Agreement.NUANCE),
        (I, (-8, -7), PhaseId.LIFT, Agreement.NUANCE),
        (I, (-8, -7, 40, 50), PhaseId.LIFT, Agreement.DIFFERS),
        (I, (0, 0), PhaseId.LIFT, Agreement.BY_CONSTRUCTION),
        (I, (-40, -50), PhaseId.HOLD, Agreement.AGREES),
        (None, (-40,), PhaseId.LIFT, Agreement.NO_CLAIM),
    ],
)
def test_agreement(
    claim: Contraction | None, percents: tuple[float, ...], phase: PhaseId, expected: Agreement
) -> None:
    assert agreement(claim, change(*percents), phase) is expected


def test_opposite_changes_do_not_cancel_into_stillness() -> None:
    # rectus femoris +94 %, the three vasti -15 %: their mean is +1 %, and none holds its length
    quadriceps = LengthChange(
        "quadriceps", (part(94, volume=275), part(-15, volume=854), part(-15, volume=700))
    )
    assert agreement(I, quadriceps, PhaseId.LIFT) is Agreement.DIFFERS
    assert quadriceps.lift_percent is None
    assert quadriceps.percent(PhaseId.LOWERING) is None
    assert quadriceps.excursion_percent == pytest.approx((94 * 275 + 15 * 1554) / 1829)


def test_one_still_part_of_seven_is_not_enough() -> None:
    parts = [part(-70) for _ in range(6)]
    assert agreement(I, LengthChange("m", (*parts, part(1))), PhaseId.LIFT) is Agreement.DIFFERS
    large = part(1, volume=6)
    assert agreement(I, LengthChange("m", (*parts, large)), PhaseId.LIFT) is Agreement.NUANCE


def test_a_part_that_shortens_and_comes_back_is_not_still() -> None:
    there_and_back = part(-6, -12, -2)
    assert there_and_back.contraction(PhaseId.LIFT) is None
    assert there_and_back.thirds(PhaseId.LIFT) == (C, C, E)
    assert there_and_back.thirds(PhaseId.LOWERING) == (C, E, E)
    for claim in Contraction:
        verdict = agreement(claim, LengthChange("m", (there_and_back,)), PhaseId.LIFT)
        assert verdict is Agreement.DIFFERS
    assert there_and_back.contraction(PhaseId.HOLD) is I


def test_a_turn_on_the_way_makes_it_a_nuance() -> None:
    # adductor longus: shortens by 11 % first, then lengthens to +24 %
    turning = LengthChange("m", (part(-11, 0, 24),))
    assert agreement(E, turning, PhaseId.LIFT) is Agreement.NUANCE
    assert agreement(C, turning, PhaseId.LOWERING) is Agreement.NUANCE


PATHS = st.lists(st.floats(-120, 120), min_size=3, max_size=6)
MUSCLES = st.builds(
    lambda parts: LengthChange("m", tuple(part(*path, volume=v) for path, v in parts)),
    st.lists(st.tuples(PATHS, st.floats(1, 900)), min_size=1, max_size=7),
)


@given(MUSCLES, st.sampled_from(list(Contraction)), st.sampled_from(list(PhaseId)))
def test_what_a_verdict_promises(muscle: LengthChange, claim: Contraction, phase: PhaseId) -> None:
    verdict = agreement(claim, muscle, phase)
    fitting = [p for p in muscle.known if p.contraction(phase) is claim]
    share = sum(p.volume_cm3 for p in fitting) / sum(p.volume_cm3 for p in muscle.known)
    if verdict is Agreement.AGREES:
        assert share == 1
    if on_the_whole(claim, muscle, phase):
        assert share > 0.5
    if verdict is Agreement.DIFFERS:
        assert share < 0.25
    if share > 0.5:
        assert verdict is not Agreement.DIFFERS
    if claim is I and phase is not PhaseId.HOLD:
        assert all((p.excursion_percent or 0) < 5 for p in fitting)


@given(MUSCLES)
def test_the_lowering_mirrors_the_lift(muscle: LengthChange) -> None:
    for claim, mirrored in ((C, E), (E, C), (I, I)):
        up = agreement(claim, muscle, PhaseId.LIFT)
        assert up is agreement(mirrored, muscle, PhaseId.LOWERING)
    excursion, mean = muscle.excursion_percent, muscle.lift_percent
    assert excursion is not None
    if mean is not None:
        assert excursion >= abs(mean) - 1e-9


def test_unknown_fibre_length_is_no_number() -> None:
    unknown = part(-20, fibre=None)
    assert unknown.lift_percent is None
    assert unknown.excursion_percent is None
    change = LengthChange("m", (unknown,))
    assert change.lift_percent is None
    assert agreement(C, change, PhaseId.LIFT) is Agreement.NO_CLAIM


# Every shipped verdict, in every phase: none rests on a part that moves being "still".
@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_no_shipped_verdict_takes_a_moving_part_for_still(name: str) -> None:
    rep = repetition(name)
    for action in rep.variation.muscles:
        for p in rep.reach(action).change.known:
            if p.contraction(PhaseId.LIFT) is I:
                assert (p.excursion_percent or 0) < 5
    adductors = {p.tendon: p for p in rep.length_change("adductors").parts}
    uppermost = adductors["addmagProx_r"]
    assert uppermost.excursion_percent is not None
    assert uppermost.excursion_percent > 10
    assert uppermost.contraction(PhaseId.LIFT) is not I


def test_the_knee_bends_before_it_opens() -> None:
    rep = repetition("barbell-hip-thrust")
    vasti = [p for p in rep.length_change("quadriceps").parts if p.tendon != "recfem_r"]
    for p in vasti:
        assert p.thirds(PhaseId.LIFT) == (E, C, C)
        assert 10 < (p.excursion_percent or 0) < 12
        assert -9.5 < (p.lift_percent or 0) < -8
    knee = np.degrees([rep.motion.at(f)[rep.skeleton.joint_address("knee_angle_r")] for f in
                       np.linspace(0, 1, 101)])  # fmt: skip
    assert knee[0] == pytest.approx(103.7, abs=0.5)
    assert (knee.max(), knee.argmax() / 100) == pytest.approx((109.7, 0.29), abs=0.5)
    assert knee[-1] == pytest.approx(82.6, abs=0.5)


@pytest.mark.parametrize("name", HIP_THRUSTS)
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
