"""The command ``effort``: its JSON, its text, and what it refuses."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.helpers.repetitions import HIP_THRUSTS, catalog
from visualizer.cli import run
from visualizer.effort.words import SOURCES

pytestmark = pytest.mark.usefixtures("commands_share")


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert run(["effort", *words]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    return out


def shape(data: dict[str, Any]) -> list[Any]:
    """Check what every answer has; return the shares and unmet moments."""
    assert data["body_mass_kg"] == 75
    assert {s["key"] for s in data["sources"]} == set(SOURCES) <= set(catalog().sources)
    assert data["dofs"] == ["hip_flexion", "hip_adduction", "knee", "ankle"]
    assert {"glmax1_r", "bflh_r", "addmagIsch_r", "vaslat_r", "glmed3_r"} <= set(data["units"])
    assert {"gluteus_maximus", "adductor_magnus", "rectus_femoris"} <= set(data["muscles"])
    bands = [band for kind in ("units", "muscles") for band in data[kind].values()]
    assert all(band.keys() == {"nominal", "low", "high"} for band in bands)
    count = len(data["time_s"])
    lists = [data["phase"], data["progress"], *data["moments_nm"].values()]
    assert [len(values) for values in lists] == [count] * len(lists)
    return [*(values for band in bands for values in band.values()), *data["unmet_nm"].values()]


# first: efforts of four repetitions are kept, and the hip thrusts' serve the other tests
def test_an_overstretched_lift_has_no_shares(capsys: pytest.CaptureFixture[str]) -> None:
    bars = ["romanian-deadlift", "--compare-bar-kg", "80"]
    data = json.loads(printed(capsys, *bars, "--json"))
    figures = shape(data)
    assert figures == [None] * len(figures)
    assert (data["reason"], data["beyond_strength"]) == ("overstretched", True)
    assert "semimem_r" in data["overstretched"]
    assert (data["compared"]["reason"], data["compared"]["changes"]) == ("overstretched", None)
    out = printed(capsys, *bars)
    assert "No shares are given" in out
    assert "Shares of effort cannot be compared" in out
    assert "%" not in out


@pytest.mark.parametrize("name", HIP_THRUSTS)
def test_json(capsys: pytest.CaptureFixture[str], name: str) -> None:
    data = json.loads(printed(capsys, name, "--json"))
    for values in shape(data):
        assert len(values) == len(data["time_s"])
    assert (data["reason"], data["beyond_strength"], data["overstretched"]) == (None, False, [])
    assert data["range_beyond_strength"] is False


def test_no_bar_is_a_zero_without_a_sign(capsys: pytest.CaptureFixture[str]) -> None:
    out = printed(capsys, "barbell-hip-thrust", "--bar-kg=-0", "--json")
    assert '"bar_kg": 0.0,' in out


def test_text_says_what_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["effort", "glute-bridge"]) == 0
    assert "not measured, not EMG" in capsys.readouterr().out
    assert run(["effort", "glute-bridge", "--language", "de"]) == 0
    out = capsys.readouterr().out
    assert "nicht gemessen" in out
    assert "doi:10.1007/s10439-017-1920-7" in out.partition("Quellen")[2]
    assert run(["effort", "barbell-hip-thrust", "--bar-kg", "300"]) == 0
    out = capsys.readouterr().out
    assert "Beyond this model's strength" in out
    assert "%" not in out


def test_a_second_bar_is_compared(capsys: pytest.CaptureFixture[str]) -> None:
    bars = ["effort", "barbell-hip-thrust", "--bar-kg=40", "--compare-bar-kg", "60"]
    assert run([*bars, "--json"]) == 0
    compared = json.loads(capsys.readouterr().out)["compared"]
    assert (compared["bar_kg"], compared["paired"], compared["reason"]) == (60, True, None)
    gluteus = next(c for c in compared["changes"] if c["subject"] == "gluteus_maximus")
    assert gluteus["decided"]
    assert 0 < gluteus["low"] <= gluteus["change"] <= gluteus["high"]
    assert run([*bars, "--language", "de"]) == 0
    assert "Stange 40,0 kg → 60,0 kg" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words",
    [
        ["nothing"],
        ["barbell-hip-thrust", "--bar-kg", "-1"],
        ["barbell-hip-thrust", "--bar-kg", "nan"],
        ["barbell-hip-thrust", "--bar-kg", "1_0"],
        ["barbell-hip-thrust", "--bar-kg", "60 lb"],
        ["barbell-hip-thrust", "--bar-kg", "inf"],
        ["barbell-hip-thrust", "--bar-kg", "1e308"],
        ["barbell-hip-thrust", "--bar-kg"],
        ["barbell-hip-thrust", "--body-mass-kg", "0"],
        ["barbell-hip-thrust", "--body-mass-kg", "much"],
        ["glute-bridge", "--bar-kg", "20"],
        ["glute-bridge", "--compare-bar-kg", "20"],
        ["barbell-hip-thrust", "--compare-bar-kg", "1e9"],
    ],
)
def test_bad_input(capsys: pytest.CaptureFixture[str], words: list[str]) -> None:
    assert run(["effort", *words, "--json"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert len(err.splitlines()) == 1
