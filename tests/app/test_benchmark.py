"""The benchmark's window: it measures, whatever the figures are."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from visualizer import bench
from visualizer.app import benchmark
from visualizer.app.benchmark import measure_window, wait_for
from visualizer.app.session.scenes import Scenes
from visualizer.bench import SIZES, spread, summary
from visualizer.catalog.catalog import Catalog, CatalogLoad
from visualizer.errors import VisualizerError

NAMES = ("barbell-hip-thrust", "glute-bridge")


@pytest.fixture
def small(catalog: Catalog, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two small sizes, and of the variations only two."""
    few = replace(catalog, variations=tuple(catalog.variation(name) for name in NAMES))
    monkeypatch.setattr("visualizer.app.run.load_catalog", lambda *_: CatalogLoad(few, ()))
    for module in ("visualizer.bench", "visualizer.app.benchmark"):
        monkeypatch.setattr(f"{module}.SIZES", ((480, 300), (720, 405)))


def test_the_sizes_are_those_of_a_laptop_and_a_screen() -> None:
    assert SIZES == ((1280, 800), (1920, 1080))


@pytest.mark.usefixtures("small")
def test_the_window_is_measured(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    del qtbot
    limits: list[float] = []

    def scrub(show: Any, duration_s: float, count: int, most_s: float) -> Any:
        limits.append(most_s)
        return really(show, duration_s, count, most_s)

    really = bench.scrub
    monkeypatch.setattr("visualizer.app.benchmark.scrub", scrub)
    result = measure_window(time.time(), frames=3, most_s=0.5, settle_s=0.05)
    # two sizes in two ways, then two bodies in two
    assert limits == [0.5] * 4 + [0.25] * 2
    assert set(result["frame_ms"]) == {"480x300", "720x405"}
    assert set(result["full_resolution_ms"]) == set(result["frame_ms"])
    assert all(0 < f["internal_scale"] <= 1 for f in result["frame_ms"].values())
    assert all(0 < f["median"] <= f["p95"] for f in result["frame_ms"].values())
    assert set(result["breakdown_ms"]) == {"moment", "draw", "marks", "blit"}
    assert result["first_frame_s"] > 0
    assert result["first_frame_cpu_s"] > 0
    assert all(f["cpu"] > 0 for f in result["full_resolution_ms"].values())
    assert set(result["choosing_ms"]) == set(NAMES)
    assert all(p["longest"] >= p["cpu"] * 0.9 > 0 for p in result["choosing_ms"].values())
    assert result["rss_mb"] > 10
    assert result["kernel"] in ("native", "numpy")
    assert result["triangles"] > 10_000
    assert set(result["comparing_ms"]) == {"side by side", "overlaid"}
    assert all(0 < f["median"] <= f["p95"] for f in result["comparing_ms"].values())
    text = summary(result)
    assert "720x405" in text
    assert "two bodies overlaid" in text
    assert "choosing a variation" in text
    assert str(result["triangles"]) in text


@pytest.mark.usefixtures("small")
def test_without_the_native_kernel_what_takes_long_is_left_out(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Scenes, "has_native_kernel", property(lambda scenes: False))
    monkeypatch.setattr("visualizer.app.benchmark._choose_all", lambda window, settle_s: {})
    told: list[str] = []
    result = measure_window(
        time.time() - 100, frames=3, most_s=0.5, tell=told.append, settle_s=0.05
    )
    assert set(result["frame_ms"]) == {"480x300"}
    assert result["full_resolution_ms"] == {}
    assert set(result["breakdown_ms"]) == {"moment", "draw", "marks", "blit"}
    assert told[-1] == "720x405 is left out: it would take too long"
    assert "480x300" in summary(result)


def test_spread_is_median_and_95th_percentile() -> None:
    assert spread([float(v) for v in range(1, 101)]) == {"median": 50.5, "p95": 96.0}


def test_what_does_not_come_is_said_in_a_line(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    del qtbot

    def measured(start_s: float, tell: object) -> None:
        del start_s, tell
        wait_for("glute-bridge", lambda: False)

    monkeypatch.setattr(benchmark, "_LATEST_S", 0.02)
    monkeypatch.setattr(benchmark, "measure_window", measured)
    monkeypatch.setattr(benchmark, "keep_in", lambda folder: None)
    with pytest.raises(VisualizerError, match="glute-bridge"):
        measured(0.0, None)
    assert benchmark.main(0.0) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == "this did not come within 0 s: glute-bridge\n"


def test_what_comes_is_not_waited_for_any_longer(qtbot: QtBot) -> None:
    del qtbot
    asked = iter([False, False, True, True])
    wait_for("three", lambda: next(asked))
    assert list(asked) in ([], [True])
