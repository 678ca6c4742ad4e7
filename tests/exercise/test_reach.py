"""Which parts of its muscle a statement is about, and which of them are shown with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.helpers.repetitions import HIP_THRUSTS, repetition
from visualizer.analysis.evidence import explain_reach
from visualizer.catalog.variation import (
    Basis,
    Claim,
    Contraction,
    Ground,
    Joint,
    MuscleAction,
    Role,
)
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.vocabulary import Laterality, PhaseId

GROUNDS = (Ground(Basis.INFERENCE, note="For the test."),)


def action(muscle: str, lift: Contraction, joint: Joint | None = None) -> MuscleAction:
    """Return a statement: so in the lift, its mirror image in the lowering."""
    lowering = {
        Contraction.CONCENTRIC: Contraction.ECCENTRIC,
        Contraction.ECCENTRIC: Contraction.CONCENTRIC,
        Contraction.ISOMETRIC: Contraction.ISOMETRIC,
    }[lift]
    return MuscleAction(
        muscle=muscle,
        role=Role.SYNERGIST,
        side=Laterality.BOTH,
        lift=Claim(lift, GROUNDS),
        lowering=Claim(lowering, GROUNDS),
        why={"en": "For the test."},
        grounds=GROUNDS,
        joint=joint,
    )


def with_statements(*actions: MuscleAction) -> Repetition:
    rep = repetition("barbell-hip-thrust")
    variation = replace(rep.variation, muscles=actions)
    return Repetition(variation, rep.catalog, rep.body)


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_hip_extensors_are_shown_and_the_short_head_is_not(name: str) -> None:
    states = repetition(name).part_states(PhaseId.LIFT)
    for muscle in ("biceps_femoris_long_head", "semitendinosus", "semimembranosus"):
        assert states[muscle + "_r"].role is Role.SYNERGIST
    assert states["adductor_magnus_r"].role is Role.SYNERGIST
    assert states["adductor_magnus_r"].contraction is Contraction.CONCENTRIC
    assert states["adductor_longus_r"].role is Role.STABILIZER
    assert "biceps_femoris_short_head_r" not in states
    assert "biceps_femoris_short_head_l" not in states


@pytest.mark.parametrize("joint", [Joint.HIP, None])
def test_a_part_off_the_joint_or_against_the_statement_is_left_out(joint: Joint | None) -> None:
    # with the joint named the short head does not cross it; without, its length runs against it
    biceps = action("biceps_femoris", Contraction.CONCENTRIC, joint)
    rep = with_statements(biceps)
    reach = rep.reach(biceps)
    assert reach.surfaces == ("biceps_femoris_long_head",)
    assert {p.tendon: reach.states(p) for p in reach.parts} == {"bflh_r": True, "bfsh_r": False}
    (sentence,) = explain_reach(biceps, reach, rep.catalog)
    assert "short head" in sentence
    assert ("hip" in sentence) is (joint is Joint.HIP)


def test_what_is_left_out_for_its_length_still_counts_in_the_verdict() -> None:
    quadriceps = action("quadriceps", Contraction.CONCENTRIC)
    reach = with_statements(quadriceps).reach(quadriceps)
    assert "rectus_femoris" not in reach.surfaces
    assert {p.tendon for p in reach.change.parts} == {
        "recfem_r",
        "vaslat_r",
        "vasint_r",
        "vasmed_r",
    }


def test_a_statement_that_the_whole_muscle_contradicts_stays_in_sight() -> None:
    iliopsoas = action("iliopsoas", Contraction.CONCENTRIC)
    reach = with_statements(iliopsoas).reach(iliopsoas)
    assert reach.surfaces == ("iliacus", "psoas_major")
    assert reach.against == frozenset()


def test_a_knee_extensor_is_meant_at_the_knee_and_not_at_the_hip() -> None:
    knee = action("quadriceps", Contraction.ISOMETRIC, Joint.KNEE)
    hip = action("quadriceps", Contraction.ISOMETRIC, Joint.HIP)
    assert len(with_statements(knee).reach(knee).surfaces) == 4
    assert with_statements(hip).reach(hip).surfaces == ("rectus_femoris",)


def test_a_statement_on_a_muscle_beats_one_on_its_group() -> None:
    group = action("adductors", Contraction.ISOMETRIC)
    own = action("adductor_magnus", Contraction.CONCENTRIC, Joint.HIP)
    for actions in ((group, own), (own, group)):
        rep = with_statements(*actions)
        assert rep.reach(own).surfaces == ("adductor_magnus",)
        assert "adductor_magnus" not in rep.reach(group).surfaces
        assert {p.muscle for p in rep.reach(group).parts} == {
            "adductor_longus",
            "adductor_brevis",
            "gracilis",
        }
        assert rep.part_states(PhaseId.LIFT)["adductor_magnus_r"].action is own
