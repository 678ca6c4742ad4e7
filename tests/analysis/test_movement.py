"""The movement table against a key written by hand, and against the definitions it rests on."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from tests.helpers.repetitions import repetition
from visualizer.analysis.movement import JointMovement, movement_data, movements_of
from visualizer.anatomy.muscle import Side
from visualizer.catalog.variation import Contraction
from visualizer.exercise.repetition import Repetition

# How a textbook of applied anatomy fills in such a sheet for the four variations. The weight (bar,
# or the body itself) pulls the hips to the floor all the time, which flexes the hip; so the hip
# extensors bear it in every phase. They shorten while the hips rise (extension, concentric), hold
# at the top (no movement, isometric) and are drawn out while the hips go down (flexion, eccentric):
# the agonists stay the same, only their contraction turns. What flexes the hip in front of it,
# iliopsoas and the one head of the quadriceps that crosses the hip, is against them throughout.
# Nobody moves the spine: what holds it is a stabilizer, isometric.
HIP = {
    "lift": ("extension", "extensor", Contraction.CONCENTRIC),
    "hold": ("held", "extensor", Contraction.ISOMETRIC),
    "lowering": ("flexion", "extensor", Contraction.ECCENTRIC),
}
FLEXORS = {"iliopsoas", "rectus_femoris"}
# (synergists at the hip, holding trunk): what differs between the four.
KEY: Mapping[str, tuple[set[str], set[str]]] = {
    "barbell-hip-thrust": (
        {"biceps_femoris", "hamstrings", "adductor_magnus"},
        {"erector_spinae", "abdominals"},
    ),
    # one leg: the trunk must not turn either, so rectus abdominis and obliques are named
    "single-leg-hip-thrust": (
        {"biceps_femoris", "hamstrings", "adductor_magnus"},
        {"rectus_abdominis", "obliques", "erector_spinae"},
    ),
    "banded-hip-thrust": ({"hamstrings", "adductor_magnus"}, {"erector_spinae", "abdominals"}),
    "glute-bridge": ({"hamstrings", "adductor_magnus"}, {"abdominals", "erector_spinae"}),
}


def ids(row: JointMovement, column: str) -> set[str]:
    return {muscle.id for muscle in row.columns[column]}


def rows_of(name: str) -> dict[tuple[str, str], JointMovement]:
    return {(row.phase, row.joint): row for row in movements_of(repetition(name))}


@pytest.mark.parametrize("name", KEY)
def test_the_hip_is_as_a_textbook_has_it(name: str) -> None:
    rows, (synergists, trunk) = rows_of(name), KEY[name]
    for phase, (movement, moment, contraction) in HIP.items():
        if (phase, "hip") not in rows:
            continue
        row = rows[phase, "hip"]
        assert (row.movement, row.moment, row.contraction) == (movement, moment, contraction)
        assert (row.plane, row.axis) == ("sagittal", "mediolateral")
        assert ids(row, "agonists") == {"gluteus_maximus"}
        assert ids(row, "synergists") == synergists
        assert ids(row, "antagonists") == FLEXORS
        # they steady the thigh sideways: across the sagittal plane
        assert {"gluteus_medius", "adductors"} <= ids(row, "stabilizers")
        assert ids(rows[phase, "knee"], "stabilizers") == {"quadriceps"}
        held = rows[phase, "trunk and arms"]
        assert ids(held, "stabilizers") == trunk
        assert held.contraction is Contraction.ISOMETRIC


@pytest.mark.parametrize("name", [*KEY, "romanian-deadlift"])
def test_lowering_turns_the_contraction_round_and_not_the_agonist(name: str) -> None:
    rows = rows_of(name)
    lift, lowering = rows["lift", "hip"], rows["lowering", "hip"]
    assert (lift.contraction, lowering.contraction) == (
        Contraction.CONCENTRIC,
        Contraction.ECCENTRIC,
    )
    for column in lift.columns:
        assert ids(lift, column) == ids(lowering, column)


@pytest.mark.parametrize("name", ["barbell-hip-thrust", "single-leg-hip-thrust"])
@pytest.mark.parametrize("side", list(Side))
def test_the_sign_of_a_moment_arm_is_that_of_the_change_of_length(name: str, side: Side) -> None:
    """Turn the hip by a degree at mid-way: an extensor must get longer as it flexes."""
    own = repetition(name, side)
    middle = own.motion.joint_position[len(own.motion.joint_position) // 2]
    skeleton, joint = own.skeleton, "hip_flexion" + own.side.suffix
    step, lengths = np.radians(1.0), []
    for turn in (-step, step):
        q = np.array(middle)
        q[skeleton.joint_address(joint)] += turn
        lengths.append(skeleton.pose_at(q).tendon_length_m)
    change = dict(zip(skeleton.tendon_names, lengths[1] - lengths[0], strict=True))
    row = next(r for r in movements_of(own) if (r.phase, r.joint) == ("lift", "hip"))
    for muscle in (*row.agonists, *row.synergists, *row.antagonists):
        assert muscle.arm_m is not None
        parts = _parts(own, muscle.id)
        mean = sum(change[part] for part in parts) / len(parts)
        assert np.sign(mean) == np.sign(muscle.arm_m), muscle.id


def _parts(own: Repetition, muscle: str) -> list[str]:
    statement = own.statement_for(muscle)
    exact = statement is not None and statement.muscle == muscle
    change = own.reach(statement).change if exact and statement else own.length_change(muscle)
    return [part.tendon for part in change.parts]


def test_the_table_goes_out_as_plain_data() -> None:
    rows = movement_data(repetition("barbell-hip-thrust"), "de")
    hip = rows[0]
    assert hip["flexion_deg"][0] > 90 > 5 > hip["flexion_deg"][1]
    assert hip["agonists"][0]["contraction"] == "concentric"
    assert hip["agonists"][0]["arm_mm"] > 10
    assert hip["antagonists"][0]["arm_mm"] < -10
    assert hip["antagonists"][0]["contraction"] is None
