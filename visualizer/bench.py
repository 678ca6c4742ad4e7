"""The benchmark: how fast a scrub is on this machine.

The frames are measured in a child process, which holds the real window (off screen when there is
no display): every frame is posed, coloured, drawn and blitted into a widget of the size named. So
this process never loads Qt, and a machine where Qt cannot load still gets figures, without the
blit and the window.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from visualizer.errors import VisualizerError
from visualizer.system import missing_libraries

__all__ = ["FRAMES", "SIZES", "VARIATION", "measure", "scrub", "spread", "summary"]

SIZES = ((1280, 800), (1920, 1080))
FRAMES = 90
VARIATION = "barbell-hip-thrust"
_WARM_UP = 40
_TIMEOUT_S = 600


def spread(values_ms: list[float]) -> dict[str, float]:
    """Return median and 95th percentile of some times, milliseconds."""
    ordered = sorted(values_ms)
    p95 = ordered[min(int(0.95 * len(ordered)), len(ordered) - 1)]
    return {"median": round(statistics.median(ordered), 2), "p95": round(p95, 2)}


def scrub(
    show: Callable[[float, dict[str, list[float]]], None],
    duration_s: float,
    count: int = FRAMES,
) -> tuple[list[float], dict[str, list[float]]]:
    """Scrub once through a repetition and measure every frame.

    Parameters
    ----------
    show : callable
        ``show(time_s, parts)`` draws one frame and appends the milliseconds of its parts.
    duration_s : float
        Length of the repetition.
    count : int
        Number of frames.

    Returns
    -------
    frames_ms : list of float
        Milliseconds per frame.
    parts_ms : dict of str to list of float
        Milliseconds of each part of the work.
    """
    frames: list[float] = []
    parts: dict[str, list[float]] = {}
    # some frames first, to fill caches and to let the stage find its pace
    for k in range(-_WARM_UP, count):
        unmeasured: dict[str, list[float]] = {}
        start = time.perf_counter()
        show(max(k, 0) / (count - 1) * duration_s, parts if k >= 0 else unmeasured)
        if k >= 0:
            frames.append((time.perf_counter() - start) * 1e3)
    return frames, parts


def measure() -> dict[str, Any]:
    """Run the benchmark and return its figures; see ``visualizer bench --json``."""
    if missing_libraries(x11=False):
        return _without_window()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "visualizer.app.benchmark", repr(time.time())]
    try:
        done = subprocess.run(
            command, env=environment, capture_output=True, text=True, timeout=_TIMEOUT_S
        )
    except subprocess.TimeoutExpired:
        raise VisualizerError(f"the benchmark did not end within {_TIMEOUT_S} s") from None
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no message"])[-1]
        raise VisualizerError(f"the benchmark's window failed: {last}")
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def _without_window() -> dict[str, Any]:
    """Measure posing and drawing alone, in this process."""
    import resource

    from visualizer.anatomy.skeleton import Skeleton
    from visualizer.anatomy.surface import Body
    from visualizer.exercise.catalog import load_catalog
    from visualizer.exercise.repetition import Repetition
    from visualizer.scene.scene import SceneOptions, StageScene, View

    catalog = load_catalog().catalog
    repetition = Repetition(catalog.variation(VARIATION), catalog, Skeleton.load())
    scene = StageScene(Body.load(), repetition)
    options = SceneOptions()
    result: dict[str, Any] = {"frame_ms": {}, "breakdown_ms": {}}
    for size in SIZES:
        camera = scene.camera(View.SIDE, size)

        def show(
            t: float, parts: dict[str, list[float]], camera: Any = camera, size: Any = size
        ) -> None:
            clock = time.perf_counter()
            moment = repetition.moment(t)
            for name, work in (
                ("pose", lambda: scene.pose(moment)),
                ("draw", lambda: scene.draw(moment, camera, size, options)),
            ):
                work()
                now = time.perf_counter()
                parts.setdefault(name, []).append((now - clock) * 1e3)
                clock = now

        frames, parts = scrub(show, repetition.schedule.duration_s)
        key = f"{size[0]}x{size[1]}"
        result["frame_ms"][key] = spread(frames)
        result["breakdown_ms"] = {n: spread(v)["median"] for n, v in parts.items()}
    result |= {
        "first_frame_s": None,
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
        "kernel": scene.rasterizer.kernel_name,
        "threads": scene.rasterizer.threads,
        "triangles": len(scene.mesh.faces),
    }
    return result


def summary(result: dict[str, Any]) -> str:
    """Return the figures as text."""
    lines = []
    for size, frame in result.get("full_resolution_ms", {}).items():
        lines.append(
            f"full resolution {size:>9}   median {frame['median']:6.1f} ms   "
            f"p95 {frame['p95']:6.1f} ms"
        )
    for size, frame in result["frame_ms"].items():
        lines.append(
            f"scrub frame {size:>9}   median {frame['median']:6.1f} ms   p95 {frame['p95']:6.1f} ms"
        )
    parts = ", ".join(f"{name} {ms:.1f}" for name, ms in result["breakdown_ms"].items())
    lines.append(f"of it at the last size (ms)   {parts}")
    first = result["first_frame_s"]
    lines.append(
        "first window frame    "
        + (
            "no window: Qt cannot load here"
            if first is None
            else f"{first:.2f} s from process start"
        )
    )
    lines.append(f"resident memory       {result['rss_mb']:.0f} MB")
    kernel = (
        "native kernel"
        if result["kernel"] == "native"
        else "numpy reference (no native kernel: slow)"
    )
    lines.append(f"{kernel}, {result['threads']} threads, {result['triangles']} triangles")
    return "\n".join(lines)
