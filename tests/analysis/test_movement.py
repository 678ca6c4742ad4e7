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
        held = rows[phase, "trunk"]
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


EVERY = (*KEY, "romanian-deadlift")


@pytest.mark.parametrize("name", EVERY)
def test_no_contraction_is_said_where_nobody_contracts(name: str) -> None:
    for row in movements_of(repetition(name)):
        muscles = (*row.agonists, *row.synergists, *row.stabilizers)
        if row.joint in {"hip", "knee"}:
            muscles = (*row.agonists, *row.synergists)
        assert muscles or row.contraction is None, (row.phase, row.joint)


@pytest.mark.parametrize("name", EVERY)
def test_held_is_said_only_of_joints_that_our_motion_holds(name: str) -> None:
    own = repetition(name)
    joints = {
        "trunk": ("flex_extension", "lat_bending", "axial_rotation"),
        "shoulder": ("arm_flex_r", "arm_add_r", "arm_rot_r"),
        "fingers": ("mcp2_flex_r", "pip3_flex_r", "dip5_flex_r"),
        "hip": ("hip_flexion_r",),
        "knee": ("knee_angle_r",),
    }
    for row in movements_of(own):
        span = next(s for s in own.schedule.spans if str(s.id) == row.phase)
        poses = [own.instant_of(span.id, k / 10).pose.joint_position for k in range(11)]
        address = [own.skeleton.joint_address(joint) for joint in joints[row.joint]]
        turned = np.degrees(np.ptp(np.array(poses)[:, address], axis=0)).max()
        assert (row.movement == "held") == (turned < 2.0), (row.phase, row.joint, turned)


def test_a_deadlift_moves_the_shoulder_and_holds_trunk_and_fingers() -> None:
    rows = rows_of("romanian-deadlift")
    for phase, movement in (("lowering", "flexion"), ("lift", "extension")):
        trunk, shoulder = rows[phase, "trunk"], rows[phase, "shoulder"]
        assert (ids(trunk, "stabilizers"), trunk.movement) == ({"erector_spinae"}, "held")
        assert ids(shoulder, "stabilizers") == {"latissimus_dorsi"}
        assert (shoulder.movement, shoulder.contraction) == (movement, None)
        assert ids(rows[phase, "fingers"], "stabilizers") == {"forearm_flexors"}
        assert rows[phase, "fingers"].contraction is Contraction.ISOMETRIC
        assert rows[phase, "knee"].contraction is None
    first, last = rows["lowering", "shoulder"].flexion_rad or (0.0, 0.0)
    assert np.degrees((first, last)) == pytest.approx((11.1, 35.0), abs=0.5)


def test_the_table_goes_out_as_plain_data() -> None:
    rows = movement_data(repetition("barbell-hip-thrust"), "de")
    hip = rows[0]
    assert hip["flexion_deg"][0] > 90 > 5 > hip["flexion_deg"][1]
    assert hip["agonists"][0]["contraction"] == "concentric"
    assert hip["agonists"][0]["arm_mm"] > 10
    assert hip["antagonists"][0]["arm_mm"] < -10
    assert hip["antagonists"][0]["contraction"] is None
