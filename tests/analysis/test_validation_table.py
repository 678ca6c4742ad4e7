"""Our model against OpenSim, and the command that prints it."""

from __future__ import annotations

import json
import math
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.helpers.repetitions import repetition, skeleton
from visualizer.analysis.validation_table import (
    EXPLAINED_ABOVE_POINTS,
    REASONS,
    ValidationRow,
    format_table,
    load_reference,
    summary_lines,
    validate,
)
from visualizer.cli import run
from visualizer.errors import DataError
from visualizer.resources import asset

CALF = ("gaslat_r", "gasmed_r")


@cache
def rows() -> dict[str, ValidationRow]:
    return {r.unit: r for r in validate(repetition("barbell-hip-thrust"))}


def test_every_unit_of_the_reference_is_compared() -> None:
    assert set(rows()) == set(load_reference())
    assert len(rows()) == 33


def test_changes_agree_within_six_points_but_for_the_gastrocnemius() -> None:
    for r in rows().values():
        if r.unit in CALF:
            assert r.grid_points.largest < 14
        else:
            assert r.motion_points.largest < 2, r.unit
            assert r.grid_points.largest < 6, r.unit


@pytest.mark.parametrize("muscle", ["glmax", "bflh", "semimem", "semiten", "addmag", "rec", "vas"])
def test_moment_arms_agree(muscle: str) -> None:
    found = [r for r in rows().values() if r.unit.startswith(muscle)]
    assert found
    for r in found:
        assert r.hip_arm_grid_m.largest < 0.002, r.unit
        assert r.hip_arm_motion_m.largest < 0.002, r.unit
        assert r.knee_arm_grid_m.mean < 0.005, r.unit
        assert r.ours_hip_arm_m == pytest.approx(r.theirs_hip_arm_m, abs=0.001)


def test_large_differences_are_explained_and_no_reason_is_idle() -> None:
    large = {r.unit for r in rows().values() if r.largest_points > EXPLAINED_ABOVE_POINTS}
    assert large == set(REASONS)
    for r in rows().values():
        assert r.reason == REASONS.get(r.unit, "")


def test_shown_changes_are_those_of_the_app() -> None:
    change = repetition("barbell-hip-thrust").length_change("gluteus_maximus")
    for p in change.parts:
        assert rows()[p.tendon].shown_percent == pytest.approx(p.lift_percent, abs=0.01)


@settings(max_examples=50, deadline=None)
@given(hip=st.floats(-30, 130), knee=st.floats(20, 140))
def test_interpolation_stays_between_its_neighbours(hip: float, knee: float) -> None:
    r = load_reference()["bflh_r"]
    value = float(r.at(r.length_m, np.array([hip]), np.array([knee]))[0])
    assert r.length_m.min() - 1e-12 <= value <= r.length_m.max() + 1e-12


def test_interpolation_returns_the_grid() -> None:
    r = load_reference()["recfem_r"]
    for i, hip in enumerate(r.hip_deg):
        at = r.at(r.knee_arm_m, np.full(len(r.knee_deg), hip), r.knee_deg)
        np.testing.assert_allclose(at, r.knee_arm_m[i], atol=1e-12)


@settings(max_examples=25, deadline=None)
@given(hip=st.floats(0, 100), knee=st.floats(40, 110))
def test_arms_are_lost_length_per_angle(hip: float, knee: float) -> None:
    s = skeleton()

    def lengths(h: float, k: float) -> np.ndarray:
        angles = {"hip_flexion_r": math.radians(h), "knee_angle_r": math.radians(k)}
        return s.pose_at(s.joint_positions(angles)).tendon_length_m

    q = s.joint_positions({"hip_flexion_r": math.radians(hip), "knee_angle_r": math.radians(knee)})
    step = 0.02
    for joint, (dh, dk) in {"hip_flexion_r": (step, 0.0), "knee_angle_r": (0.0, step)}.items():
        lost = lengths(hip - dh, knee - dk) - lengths(hip + dh, knee + dk)
        names = [s.tendon(n) for n in ("semimem_r", "recfem_r", "vaslat_r", "addlong_r")]
        expected = lost[names] / (2 * math.radians(step))
        np.testing.assert_allclose(s.moment_arms_m(q, joint)[names], expected, atol=3e-4)


def test_table_has_a_line_per_unit_and_sums_up() -> None:
    text = format_table(tuple(rows().values()), "Some lift")
    for unit, reason in REASONS.items():
        assert unit in text
        assert reason in text
    lines = text.splitlines()
    for unit in rows():
        assert sum(line.startswith(unit + " ") for line in lines) == 1
    assert "-0.0" not in text
    assert len(summary_lines(tuple(rows().values()))) == 6


def test_command_prints_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["describe", "--validate"]) == 0
    text = capsys.readouterr().out
    assert "glmax1_r" in text
    assert "change of length on the grid, points: largest" in text
    assert run(["describe", "--validate", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert {d["unit"] for d in data} == set(rows())
    assert {"shown_percent", "motion_points", "hip_arm_grid_m", "reason"} <= set(data[0])


def test_describe_without_a_variation_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["describe"]) == 2
    assert "needs a VARIATION, or --validate" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t.replace("mtu_length_m", "length"), "not the reference of lengths"),
        (lambda t: t.replace("0.191454", "long"), "not the reference of lengths"),
        (lambda t: "\n".join(t.splitlines()[:-5]), "poses are missing for"),
        (lambda t: "", "poses are missing for every muscle"),
    ],
)
def test_a_broken_reference_is_one_clear_error(
    change: object, message: str, tmp_path: Path
) -> None:
    assert callable(change)
    bad = tmp_path / "opensim_reference.csv"
    bad.write_text(change(asset("opensim_reference.csv").read_text()))
    with pytest.raises(DataError, match=message):
        load_reference(bad)
