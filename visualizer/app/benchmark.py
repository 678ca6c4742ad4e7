"""The window's half of ``visualizer bench``: the child process that holds a real window.

:func:`main` prints one line of JSON on stdout, and on stderr what it is about to do.
"""

from __future__ import annotations

import json
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from visualizer.app.heartbeat import Heartbeat
from visualizer.app.run import Places, build_window
from visualizer.app.stage.pair import BodyPair
from visualizer.app.stage.stage import Stage
from visualizer.app.window.main_window import MainWindow
from visualizer.bench import FRAMES, MOST_S, PROGRESS, SIZES, scrub, spread
from visualizer.errors import VisualizerError
from visualizer.kept import keep_in
from visualizer.language import ENGLISH
from visualizer.lifts.vocabulary import PhaseId
from visualizer.resources import kept_folder
from visualizer.system import resident_mb
from visualizer.texts import language, set_language, speaking, tr

__all__ = ["main", "measure_window", "wait_for"]

# After so long no further size is begun without the native kernel, so that a minute is enough.
_ENOUGH_S = 30.0
# What has not come after so long will not.
_LATEST_S = 20.0


class _FullResolution:
    """Stands in for the pace, which would lower the resolution on a slow machine."""

    scale = 1.0

    def drawn(self, took_ms: float) -> None:
        """Ignore timings."""

    def resized(self, width_px: int, height_px: int) -> None:
        """Stay as it is."""


def measure_window(
    start_s: float,
    frames: int = FRAMES,
    most_s: float = MOST_S,
    tell: Callable[[str], None] = lambda text: None,
    settle_s: float = 1.0,
) -> dict[str, Any]:
    """Open the window off screen, scrub, and return the figures.

    Parameters
    ----------
    start_s : float
        When the process was started, seconds since the epoch.
    frames : int
        Frames per size.
    most_s : float
        About how long each size may take.
    tell : callable
        Takes a line on what is done next.
    settle_s : float
        How long the window may go on with each chosen variation; other waits are in proportion.

    Raises
    ------
    VisualizerError
        When something of it does not come, such as a variation or the second body.
    """
    application = QApplication.instance() or QApplication(["visualizer"])
    assert isinstance(application, QApplication)
    tells_in = language()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        window = build_window(Places(place / "settings.json", place / "data", place / "log"))
    set_language(tells_in)  # the window has chosen the system's
    tell(tr("opening the window"))
    first: list[float] = []
    window.stage.first_frame.connect(
        lambda: first.extend((time.time() - start_s, time.process_time()))
    )
    window.resize(1280, 800)
    window.show()
    wait_for(tr("the first picture"), lambda: bool(first))
    _settle(seconds=2.0 * settle_s)
    session, scenes = window.session, window.scenes
    for k in range(20):
        session.seek(session.repetition.schedule.duration_s * k / 19)
        _settle(seconds=0.02)
    if scenes.has_native_kernel:  # each small picture has a scene of its own while it is drawn
        wait_for(tr("the small pictures"), lambda: window.thumbnails.are_drawn)
    _settle(seconds=0.5 * settle_s)
    # of the window in use; the measuring below opens further, larger stages
    rss_mb = resident_mb()
    tell(tr("choosing each variation"))
    choosing = _choose_all(window, settle_s)
    window.hide()
    session.change(variation=session.catalog.variations[0].id)
    figures: dict[str, Any] = {"frame_ms": {}, "full_resolution_ms": {}, "breakdown_ms": {}}
    # without the native kernel a frame takes seconds, and the window never draws all of its pixels
    fast = scenes.has_native_kernel
    for size in SIZES:
        if not fast and figures["frame_ms"] and time.time() - start_s > _ENOUGH_S:
            text = tr("{size} is left out: it would take too long")
            tell(text.format(size=f"{size[0]}x{size[1]}"))
            continue
        for full in (True, False) if fast else (False,):
            text = (
                tr("drawing {size} at full resolution")
                if full
                else tr("drawing {size} as the window draws")
            )
            tell(text.format(size=f"{size[0]}x{size[1]}"))
            stage = Stage(session, scenes)
            if full:
                stage.drawn.pace = _FullResolution()  # type: ignore[assignment]
            session.instant_changed.connect(stage.show_instant)
            stage.resize(*size)
            stage.show()
            _settle(seconds=0.3 * settle_s)
            duration_s = session.repetition.schedule.duration_s
            frame_ms, parts = scrub(partial(_show, stage), duration_s, frames, most_s)
            assert session.instant.phase is PhaseId.LOWERING
            session.instant_changed.disconnect(stage.show_instant)
            cpu_ms = spread(parts.pop("cpu"))["median"]
            figure: dict[str, float] = spread(frame_ms) | {"cpu": cpu_ms}
            if not full:
                figure["internal_scale"] = stage.drawn.pace.scale
            which = "full_resolution_ms" if full else "frame_ms"
            figures[which][f"{size[0]}x{size[1]}"] = figure
            if full or not fast:
                figures["breakdown_ms"] = {n: spread(v)["median"] for n, v in parts.items()}
            stage.close()
            stage.deleteLater()
    if fast:
        tell(tr("drawing two bodies that are compared"))
        figures["comparing_ms"] = _compare(window, frames, most_s / 2, settle_s)
    scene = scenes.stage(session.repetition)
    figures |= {
        "first_frame_s": round(first[0], 3),
        "first_frame_cpu_s": round(first[1], 3),
        "choosing_ms": choosing,
        "rss_mb": round(rss_mb, 1),
        "kernel": scene.rasterizer.kernel_name,
        "threads": scene.rasterizer.threads,
        "triangles": len(scene.mesh.faces),
    }
    window.close()
    window.deleteLater()
    return figures


def _choose_all(window: MainWindow, settle_s: float) -> dict[str, dict[str, float]]:
    """Choose every variation once and return the longest pauses of the event loop meanwhile.

    Each is unseen but the last, which is the one that the window was opened with.
    """
    session = window.session
    ids = [v.id for v in session.catalog.numbered()]
    first = ids.index(session.state.variation)
    heart, found = Heartbeat(window), {}
    for chosen in (*ids[first + 1 :], *ids[: first + 1]):
        heart.start()
        window.chooser.choose_variation(chosen)
        wait_for(chosen, lambda chosen=chosen: session.state.variation == chosen)
        _settle(seconds=settle_s)
        pause = heart.stop()
        found[chosen] = {"longest": round(pause.wall_ms, 1), "cpu": round(pause.cpu_ms, 1)}
    return found


def _compare(
    window: MainWindow, frames: int, most_s: float, settle_s: float
) -> dict[str, dict[str, float]]:
    """Compare with the next variation, and return what a frame of both bodies takes."""
    session, found = window.session, {}
    window.comparing.toggle()
    wait_for(tr("the second body"), lambda: window.comparing.second is not None)
    for name, overlaid in (("side by side", False), ("overlaid", True)):
        session.change(overlaid=overlaid)
        pair = BodyPair(session, window.scenes, window.comparing)
        session.instant_changed.connect(pair.show_instant)
        pair.resize(*SIZES[-1])
        pair.show()
        _settle(seconds=0.3 * settle_s)
        duration_s = session.repetition.schedule.duration_s
        frame_ms, parts = scrub(partial(_show_pair, pair), duration_s, frames, most_s)
        session.instant_changed.disconnect(pair.show_instant)
        cpu_ms, scale = spread(parts["cpu"])["median"], pair.first.drawn.pace.scale
        found[name] = spread(frame_ms) | {"cpu": cpu_ms, "internal_scale": scale}
        pair.close()
        pair.deleteLater()
    window.comparing.toggle()
    return found


def _show_pair(pair: BodyPair, time_s: float, parts: dict[str, list[float]]) -> None:
    """Show one frame of two bodies."""
    del parts  # it is not told apart what takes how long
    session = pair.first.session
    session.seek(time_s)
    session.show_newest()
    pair.repaint()  # and in the same go what lies on it, as the event loop does


def _show(stage: Stage, time_s: float, parts: dict[str, list[float]]) -> None:
    """Show one frame as a drag of the timeline does: pose, draw, marks, blit."""
    session = stage.session
    session.seek(time_s)
    start = time.perf_counter()
    session.show_newest()
    posed = time.perf_counter()
    stage.repaint()
    done = time.perf_counter()
    draw_ms, marks_ms = stage.drawn.last_ms
    for name, ms in (
        ("moment", (posed - start) * 1e3),
        ("draw", draw_ms),
        ("marks", marks_ms),
        ("blit", (done - posed) * 1e3 - draw_ms - marks_ms),
    ):
        parts.setdefault(name, []).append(ms)


def _settle(seconds: float) -> None:
    """Run the event loop for some seconds."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()


def wait_for(what: str, until: Callable[..., bool]) -> None:
    """Run the event loop until a condition holds.

    Parameters
    ----------
    what : str
        What is waited for, in a few words.
    until : callable
        Returns whether it is there.

    Raises
    ------
    VisualizerError
        When it has not come after :data:`_LATEST_S`.
    """
    loop = QEventLoop()
    timer, latest = QTimer(), QTimer()
    timer.timeout.connect(lambda: loop.quit() if until() else None)
    timer.start(5)
    latest.setSingleShot(True)
    latest.timeout.connect(loop.quit)
    latest.start(round(_LATEST_S * 1000))
    loop.exec()
    if not until():
        message = tr("this did not come within {seconds:.0f} s: {what}")
        raise VisualizerError(message.format(seconds=_LATEST_S, what=what))


def main(start_s: float, code: str = ENGLISH) -> int:
    """Measure and print the figures as one line of JSON.

    Parameters
    ----------
    start_s : float
        When this process was started, seconds since the epoch: the first frame counts from there.
    code : str
        The language of what is told meanwhile.

    Returns
    -------
    int
        0, or 1 where something did not come, with a line on stderr that says what.
    """

    def tell(text: str) -> None:
        print(f"{PROGRESS}{text}", file=sys.stderr, flush=True)

    # with what an earlier start has kept, as the window opens whenever it is not the first time
    keep_in(kept_folder())
    with speaking(code):
        try:
            print(json.dumps(measure_window(start_s, tell=tell)))
        except VisualizerError as error:
            print(error, file=sys.stderr, flush=True)
            return 1
    return 0
