"""Shares of effort: balance, range, and a solution of the published model for the same motion.

``barbell_105kg.csv`` holds activations computed with OpenSim 4.6 from RajagopalLaiUhlrich2023
(opensim-org/opensim-models, commit 20a888b), body 75 kg, bar 105 kg, least friction.
"""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from tests.helpers.repetitions import HIP_THRUSTS, body_model, catalog, repetition
from visualizer.anatomy.muscle import Side
from visualizer.effort.kept import effort_of
from visualizer.effort.sharing import DOFS, Effort
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


# kilograms of bar with a body of 75 kg: what is met, and what is beyond the model's strength
MET = {
    "barbell-hip-thrust": (0.0, 40.0, 60.0, 80.0, 105.0, 115.0),
    "single-leg-hip-thrust": (0.0, 18.75),
    "banded-hip-thrust": (0.0, 40.0, 60.0, 80.0, 105.0, 115.0),
    "glute-bridge": (0.0,),
}
BEYOND = {
    "barbell-hip-thrust": (120.0, 300.0),
    "single-leg-hip-thrust": (40.0, 60.0, 105.0),
    "banded-hip-thrust": (120.0,),
    "glute-bridge": (),
}
GROUPS = {
    "gluteus_maximus": ("glmax1", "glmax2", "glmax3"),
    "biceps_femoris": ("bflh",),
    "semimembranosus": ("semimem",),
    "semitendinosus": ("semiten",),
    "adductor_magnus": ("addmagProx", "addmagMid", "addmagDist", "addmagIsch"),
    "vasti": ("vasint", "vaslat", "vasmed"),
    "rectus_femoris": ("recfem",),
    "gluteus_medius": ("glmed1", "glmed2", "glmed3"),
}


def effort(name: str, bar_kg: float | None = None) -> Effort:
    return effort_of(repetition(name), load_of(catalog().variation(name), bar_kg=bar_kg))


def missed(found: Effort) -> NDArray[np.bool_]:
    """At which times a moment is not met to 1 %, or to half a newton metre where it is small."""
    each = [
        np.abs(found.unmet_nm[dof]) > np.maximum(0.01 * np.abs(found.moments_nm[dof]), 0.5)
        for dof in DOFS
    ]
    return np.asarray(np.any(each, axis=0))


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_moments_are_met_or_said_to_be_unmet_and_the_range_holds_the_nominal(name: str) -> None:
    for bar_kg in (*MET[name], *BEYOND[name]):
        found = effort(name, bar_kg)
        assert not found.overstretched
        assert len(found.time_s) >= 20
        short = missed(found)
        assert found.beyond_strength is bool(short.any()) is (bar_kg in BEYOND[name]), bar_kg
        active = np.array([found.units[unit].nominal for unit in found.units])
        # nothing is left unmet while a muscle that could help still has strength to give
        assert (active.max(axis=0)[short] > 0.999).all()
        for band in [*found.units.values(), *found.muscles.values()]:
            assert (band.low <= band.nominal).all()
            assert (band.nominal <= band.high).all()
            assert band.low.min() >= 0.01 - 1e-12
            assert band.high.max() <= 1.0 + 1e-12


def test_more_load_asks_for_more_and_what_is_unmet_grows_with_it() -> None:
    name = "barbell-hip-thrust"
    efforts = [effort(name, kg) for kg in (*MET[name], *BEYOND[name])]
    for muscle in ("gluteus_maximus", "adductor_magnus", "semitendinosus"):
        means = [found.muscles[muscle].nominal.mean() for found in efforts]
        assert all(a < b for a, b in pairwise(means)), muscle
    unmet = [np.abs(found.unmet_nm["hip_flexion"]).max() for found in efforts]
    assert max(unmet[:-2]) < 0.5 < unmet[-2] < 50 < unmet[-1]


def test_it_follows_the_published_model() -> None:
    with (Path(__file__).parent / "barbell_105kg.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    times = np.array([float(row["time_s"]) for row in rows])
    found = effort("barbell-hip-thrust", 105.0)
    differences, lift = {}, np.array([row["phase"] == "lift" for row in rows])
    means: dict[str, tuple[float, float]] = {}
    for unit in [key for key in rows[0] if key not in ("time_s", "phase")]:
        theirs = np.array([float(row[unit]) for row in rows])
        ours = np.interp(times, found.time_s, found.units[unit + "_r"].nominal)
        differences[unit] = float(np.abs(ours - theirs).mean())
        means[unit] = float(ours[lift].mean()), float(theirs[lift].mean())
        if unit == "glmax2":
            assert np.corrcoef(ours, theirs)[0, 1] >= 0.90
    assert np.mean(list(differences.values())) <= POOLED_MOST
    assert max(differences.values()) <= UNIT_MOST
    groups = np.array([np.mean([means[u] for u in units], axis=0) for units in GROUPS.values()])
    ranks = groups.argsort(axis=0).argsort(axis=0)
    assert np.corrcoef(*ranks.T)[0][1] >= 0.85  # Spearman
    assert np.abs(groups[:, 0] - groups[:, 1]).max() <= 0.05


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
