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
import threading
import time
from collections.abc import Callable
from typing import Any

from visualizer.child import child_main
from visualizer.errors import VisualizerError
from visualizer.lifts.base import ViewName
from visualizer.system import missing_libraries, resident_mb
from visualizer.texts import language, tr
from visualizer.texts.figures import figure

__all__ = [
    "FRAMES",
    "MOST_S",
    "PROGRESS",
    "SIZES",
    "measure",
    "scrub",
    "spread",
    "summary",
]

SIZES = ((1280, 800), (1920, 1080))
FRAMES = 90
# About how long each size may take, so that all ends within a minute where the native kernel is
# missing, with fewer frames.
MOST_S = 8.0
# What the child process puts before a line on what it does.
PROGRESS = "bench: "
_WARM_UP = 40
_LEAST_FRAMES = 3
_TIMEOUT_S = 300


def spread(values_ms: list[float]) -> dict[str, float]:
    """Return median and 95th percentile of some times, milliseconds."""
    ordered = sorted(values_ms)
    p95 = ordered[min(int(0.95 * len(ordered)), len(ordered) - 1)]
    return {"median": round(statistics.median(ordered), 2), "p95": round(p95, 2)}


def scrub(
    show: Callable[[float, dict[str, list[float]]], None],
    duration_s: float,
    count: int = FRAMES,
    most_s: float = MOST_S,
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
    most_s : float
        About how long it may take; where that is not enough, there are fewer frames.

    Returns
    -------
    frames_ms : list of float
        Milliseconds per frame.
    parts_ms : dict of str to list of float
        Milliseconds of each part of the work; ``cpu`` is the time that all processors worked on a
        frame, which other programs change least.
    """
    begun = time.perf_counter()
    # some frames first, to fill caches and to let the stage find its pace
    for _ in range(_WARM_UP):
        start = time.perf_counter()
        show(0.0, {})
        last_s = time.perf_counter() - start
        if time.perf_counter() - begun > most_s / 4:
            break
    left_s = most_s - (time.perf_counter() - begun)
    count = max(min(count, int(left_s / max(last_s, 1e-6))), min(count, _LEAST_FRAMES))
    frames: list[float] = []
    parts: dict[str, list[float]] = {}
    for k in range(count):
        start, worked = time.perf_counter(), time.process_time()
        show(k / (count - 1) * duration_s, parts)
        frames.append((time.perf_counter() - start) * 1e3)
        parts.setdefault("cpu", []).append((time.process_time() - worked) * 1e3)
    return frames, parts


def measure(tell: Callable[[str], None] = lambda text: None) -> dict[str, Any]:
    """Run the benchmark and return its figures; see ``visualizer bench --json``.

    Parameters
    ----------
    tell : callable
        Takes a line on what is done next, so that a long measurement does not look dead.
    """
    from visualizer.render import Rasterizer

    if Rasterizer().kernel_name != "native":
        tell(tr("there is no native kernel here, so drawing is slow and fewer frames are measured"))
    if missing_libraries(x11=False):
        return _without_window(tell)
    process = subprocess.Popen(
        child_main("visualizer.app.benchmark", time.time(), language()),
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    late = threading.Timer(_TIMEOUT_S, process.kill)
    late.start()
    said = [""]
    with process:
        assert process.stdout is not None
        assert process.stderr is not None
        for line in process.stderr:
            if line.startswith(PROGRESS):
                tell(line.removeprefix(PROGRESS).strip())
            elif line.strip():
                said.append(line.strip())
        printed = process.stdout.read().splitlines()
    in_time = late.is_alive()
    late.cancel()
    if not in_time:
        raise VisualizerError(
            tr("the benchmark did not end within {seconds} s").format(seconds=_TIMEOUT_S)
        )
    if process.returncode != 0 or not printed:
        reason = said[-1] or tr("no message")
        raise VisualizerError(tr("the benchmark's window failed: {reason}").format(reason=reason))
    result: dict[str, Any] = json.loads(printed[-1])
    return result


def _without_window(tell: Callable[[str], None]) -> dict[str, Any]:
    """Measure posing and drawing alone, in this process."""
    from visualizer.anatomy.body_model import BodyModel
    from visualizer.catalog.catalog import load_catalog
    from visualizer.exercise.repetition import Repetition
    from visualizer.scene.request import BARE, RenderRequest
    from visualizer.scene.scene import StageScene

    catalog, body = load_catalog().catalog, BodyModel.load()
    repetition = Repetition(catalog.variations[0], catalog, body)
    scene = StageScene(body.surface, repetition)
    result: dict[str, Any] = {"frame_ms": {}, "breakdown_ms": {}}
    for size in SIZES:
        tell(tr("drawing {size}").format(size=f"{size[0]}x{size[1]}"))
        camera = scene.camera(ViewName.SIDE, size)

        def show(
            t: float, parts: dict[str, list[float]], camera: Any = camera, size: Any = size
        ) -> None:
            clock = time.perf_counter()
            instant = repetition.instant(t)
            request = RenderRequest(instant, size, camera, layers=BARE)
            for name, work in (
                ("pose", lambda: scene.pose(instant)),
                ("draw", lambda: scene.render(request)),
            ):
                work()
                now = time.perf_counter()
                parts.setdefault(name, []).append((now - clock) * 1e3)
                clock = now

        frames, parts = scrub(show, repetition.schedule.duration_s)
        key = f"{size[0]}x{size[1]}"
        result["frame_ms"][key] = spread(frames) | {"cpu": spread(parts.pop("cpu"))["median"]}
        result["breakdown_ms"] = {n: spread(v)["median"] for n, v in parts.items()}
    result |= {
        "first_frame_s": None,
        "rss_mb": round(resident_mb(), 1),
        "kernel": scene.rasterizer.kernel_name,
        "threads": scene.rasterizer.threads,
        "triangles": len(scene.mesh.faces),
    }
    return result


def summary(result: dict[str, Any]) -> str:
    """Return the figures as text."""
    lines = [
        tr("full resolution {size}   median {median} ms   p95 {p95} ms   CPU {cpu} ms").format(
            size=f"{size:>9}", **_padded(frame)
        )
        for size, frame in result.get("full_resolution_ms", {}).items()
    ]
    lines += [
        tr("scrub frame {size}   median {median} ms   p95 {p95} ms   CPU {cpu} ms").format(
            size=f"{size:>9}", **_padded(frame)
        )
        for size, frame in result["frame_ms"].items()
    ]
    words = {"side by side": tr("side by side"), "overlaid": tr("overlaid")}
    lines += [
        tr("two bodies {how}   median {median} ms   p95 {p95} ms   CPU {cpu} ms").format(
            how=words[how], **_padded(frame)
        )
        for how, frame in result.get("comparing_ms", {}).items()
    ]
    parts = ", ".join(
        f"{name} {figure(ms, digits=1)}" for name, ms in result["breakdown_ms"].items()
    )
    lines.append(tr("of it at the last size (ms)   {parts}").format(parts=parts))
    first = result["first_frame_s"]
    lines.append(
        tr("first window frame    no window: Qt cannot load here")
        if first is None
        else tr("first window frame    {seconds} s from process start   CPU {cpu} s").format(
            seconds=figure(first, digits=2), cpu=figure(result["first_frame_cpu_s"], digits=2)
        )
    )
    choosing = result.get("choosing_ms", {}).values()
    if choosing:
        longest, cpu = (max(pause[which] for pause in choosing) for which in ("longest", "cpu"))
        lines.append(
            tr("choosing a variation  longest pause {longest} ms, {cpu} ms of it at work").format(
                longest=figure(longest), cpu=figure(cpu)
            )
        )
    lines.append(tr("resident memory       {mb} MB").format(mb=figure(result["rss_mb"])))
    kernel = (
        tr("native kernel, {threads} threads, {triangles} triangles")
        if result["kernel"] == "native"
        else tr(
            "numpy reference (no native kernel: slow), {threads} threads, {triangles} triangles"
        )
    )
    lines.append(kernel.format(threads=result["threads"], triangles=result["triangles"]))
    return "\n".join(lines)


def _padded(frame: dict[str, float]) -> dict[str, str]:
    """Return the times of a frame as text, right-aligned."""
    return {name: f"{figure(frame[name], digits=1):>6}" for name in ("median", "p95", "cpu")}
