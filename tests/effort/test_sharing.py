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

from tests.helpers.repetitions import HIP_THRUSTS, body_model, catalog
from visualizer.effort.sharing import DOFS, Effort, Sharing
from visualizer.exercise.loading import load_of
from visualizer.exercise.repetition import Repetition

CORE_MOST = 0.18


@cache
def sharing(name: str) -> Sharing:
    return Sharing(Repetition(catalog().variation(name), catalog(), body_model()))


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
    assert np.mean(list(differences.values())) <= 0.07
    assert max(differences.values()) <= CORE_MOST


def test_too_heavy_a_bar_is_beyond_the_models_strength() -> None:
    found = effort("barbell-hip-thrust", 300.0)
    assert found.beyond_strength
    assert np.abs(found.unmet_nm["hip_flexion"]).max() > 50


def test_fibres_too_long_for_the_model_are_told() -> None:
    assert "semimem_r" in effort("romanian-deadlift").overstretched
