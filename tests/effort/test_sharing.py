"""Shares of effort: balance, range, and a solution of the published model for the same motion.

``barbell_105kg.csv`` holds activations computed with OpenSim 4.6 from RajagopalLaiUhlrich2023
(opensim-org/opensim-models, commit 20a888b), body 75 kg, bar 105 kg, least friction.
"""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from tests.helpers.repetitions import HIP_THRUSTS, body_model, catalog, repetition
from visualizer.anatomy.muscle import Side
from visualizer.effort.sharing import DOFS, Effort, Sharing
from visualizer.effort.units import units_of
from visualizer.exercise.loading import load_of

# what docs/effort.md and the words of effort say, with little to spare
POOLED_MOST, UNIT_MOST = 0.02, 0.07
# a pose of the lift between those of effort_arms.csv, and arms of that model at the knee
BETWEEN_DEG = {
    "hip_flexion": 38.7288, "hip_adduction": -4.5055, "hip_rotation": 4.9321,
    "knee_angle": 102.991, "ankle_angle": -0.1141, "subtalar_angle": 0.713,
}  # fmt: skip
ARMS_M = {"vaslat": -0.017782, "vasint": -0.018681, "recfem": -0.01901, "gaslat": 0.028714}


@cache
def sharing(name: str) -> Sharing:
    return Sharing(repetition(name))


def effort(name: str, bar_kg: float | None = None) -> Effort:
    return sharing(name).of(load_of(catalog().variation(name), bar_kg=bar_kg))


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_moments_are_met_and_the_range_holds_the_nominal(name: str) -> None:
    found = effort(name)
    assert not found.beyond_strength
    assert not found.overstretched
    for dof in DOFS:
        allowed = np.maximum(0.01 * np.abs(found.moments_nm[dof]), 0.5)
        assert (np.abs(found.unmet_nm[dof]) <= allowed).all()
    assert len(found.time_s) >= 20
    for band in [*found.units.values(), *found.muscles.values()]:
        assert (band.low <= band.nominal).all()
        assert (band.nominal <= band.high).all()
        assert band.low.min() >= 0.0
        assert band.high.max() <= 1.0 + 1e-9


def test_it_follows_the_published_model() -> None:
    with (Path(__file__).parent / "barbell_105kg.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    times = np.array([float(row["time_s"]) for row in rows])
    found = effort("barbell-hip-thrust", 105.0)
    differences = {}
    for unit in [key for key in rows[0] if key not in ("time_s", "phase")]:
        theirs = np.array([float(row[unit]) for row in rows])
        ours = np.interp(times, found.time_s, found.units[unit + "_r"].nominal)
        differences[unit] = float(np.abs(ours - theirs).mean())
        if unit == "glmax2":
            assert np.corrcoef(ours, theirs)[0, 1] >= 0.90
    assert np.mean(list(differences.values())) <= POOLED_MOST
    assert max(differences.values()) <= UNIT_MOST


def test_too_heavy_a_bar_is_beyond_the_models_strength() -> None:
    found = effort("barbell-hip-thrust", 300.0)
    assert found.beyond_strength
    assert np.abs(found.unmet_nm["hip_flexion"]).max() > 50


def test_arms_at_the_knee_are_the_published_models() -> None:
    skeleton, units = body_model().skeleton, units_of(body_model().skeleton, Side.RIGHT)
    position = skeleton.pose(
        {f"{joint}_r": float(np.radians(angle)) for joint, angle in BETWEEN_DEG.items()}
    ).joint_position
    tendons = [skeleton.tendon(name) for name in units.names]
    ours = skeleton.moment_arms_m(position, "knee_angle_r")[tendons]
    added = units.knee.arms_m(np.radians([BETWEEN_DEG["knee_angle"]]))[0]
    arms = dict(zip(units.names, zip(ours, ours + added, strict=True), strict=True))
    for unit, theirs in ARMS_M.items():
        assert abs(arms[f"{unit}_r"][0] - theirs) > 0.002, unit
        assert abs(arms[f"{unit}_r"][1] - theirs) < 0.001, unit


def test_corrected_arms_and_lengths_do_the_same_work() -> None:
    knee = units_of(body_model().skeleton, Side.RIGHT).knee
    angles = np.radians(np.linspace(-20, 150, 341))
    slope = np.gradient(knee.lengths_m(angles), angles, axis=0)
    np.testing.assert_allclose(slope[1:-1], -knee.arms_m(angles)[1:-1], atol=2e-4)
    assert np.abs(knee.arms_m(np.radians([20.0, 140.0]))).max() == 0.0


def test_fibres_too_long_for_the_model_are_told() -> None:
    assert "semimem_r" in effort("romanian-deadlift").overstretched
