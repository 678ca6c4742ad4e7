"""The benchmark measures this package, ends in time, and shows that it goes on."""

from __future__ import annotations

import sys

import pytest

from visualizer import bench
from visualizer.child import child
from visualizer.errors import VisualizerError


class Clock:
    """Time that passes only when a frame is drawn."""

    def __init__(self, frame_s: float) -> None:
        self.now, self.frame_s = 0.0, frame_s
        self.drawn: list[float] = []

    def perf_counter(self) -> float:
        return self.now

    def process_time(self) -> float:
        return 2 * self.now

    def show(self, time_s: float, parts: object) -> None:
        self.drawn.append(time_s)
        self.now += self.frame_s


@pytest.mark.parametrize(("frame_s", "frames"), [(0.01, 90), (0.5, 11), (5.0, 3)])
def test_slow_frames_are_fewer_and_cover_all_the_same(
    monkeypatch: pytest.MonkeyPatch, frame_s: float, frames: int
) -> None:
    clock = Clock(frame_s)
    monkeypatch.setattr(bench, "time", clock)
    measured, parts = bench.scrub(clock.show, 4.0, most_s=8.0)
    assert measured == pytest.approx([frame_s * 1e3] * frames)
    assert parts["cpu"] == pytest.approx([2 * frame_s * 1e3] * frames)
    assert clock.drawn[-frames] == 0.0
    assert clock.drawn[-1] == 4.0
    assert clock.now <= max(8.0, 4 * frame_s)


def measured(monkeypatch: pytest.MonkeyPatch, statements: str) -> tuple[object, list[str]]:
    monkeypatch.setattr(bench, "child_main", lambda *_: child(statements))
    monkeypatch.setattr(bench, "missing_libraries", lambda x11: {})
    told: list[str] = []
    return bench.measure(told.append), told


def test_what_the_child_does_is_passed_on(monkeypatch: pytest.MonkeyPatch) -> None:
    told = "print('bench: drawing', file=sys.stderr); print('noise', file=sys.stderr)"
    result, lines = measured(monkeypatch, f"{told}; print('noise'); print('{{\"a\": 1}}')")
    assert result == {"a": 1}
    assert lines[-1] == "drawing"


def test_a_child_that_fails_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(VisualizerError, match="window failed: ZeroDivisionError"):
        measured(monkeypatch, "1 / 0")
    with pytest.raises(VisualizerError, match="window failed: no message"):
        measured(monkeypatch, "sys.exit(3)")


def test_a_child_without_end_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bench, "_TIMEOUT_S", 0.5)
    with pytest.raises(VisualizerError, match="did not end within"):
        measured(monkeypatch, "import time; time.sleep(600)")


def test_a_missing_kernel_is_said_first(monkeypatch: pytest.MonkeyPatch) -> None:
    import visualizer.render

    class Slow:
        kernel_name = "numpy"

    monkeypatch.setattr(visualizer.render, "Rasterizer", Slow)
    _, lines = measured(monkeypatch, "print('{}')")
    assert "no native kernel" in lines[0]


def test_memory_is_told_without_the_module_of_unix(monkeypatch: pytest.MonkeyPatch) -> None:
    from visualizer.system import resident_mb

    told = resident_mb()
    assert told > 10
    monkeypatch.setitem(sys.modules, "resource", None)
    if sys.platform == "linux":
        assert resident_mb() > told / 2
    else:
        assert resident_mb() == 0
