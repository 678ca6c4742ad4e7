"""Takes the pictures of the README: ``python -m tools.readme_pictures [NAME ...]``.

Windows are photographed off screen, on two screens that Qt makes up, with settings and data of
nobody; contact sheets are drawn as ``visualizer render --sheet`` draws them. Names are those of the
files in ``docs`` without suffix; without any all are taken. Run it when the window or the body has
changed. Where the machine is busy the stage is drawn coarsely while it moves, so each picture waits
until all rest.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

__all__ = ["FOLDER", "SHEETS", "WINDOWS", "main"]

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs"
_SIZE = (1440, 900)
# a frame must fit round the window
_DESK = (1600, 1000)
_PROJECTOR = (1920, 1080)
_LATEST_S = 60.0
_LESSON, _STOP = "what-works-in-a-hip-thrust", 2

SHEETS = {
    f"sheet-{name}": name
    for name in (
        "barbell-hip-thrust", "single-leg-hip-thrust", "banded-hip-thrust", "glute-bridge",
        "romanian-deadlift",
    )
}  # fmt: skip
"""Contact sheets: a file's name, and the variation on it."""


class _Photographer:
    """A window on one of two screens, and what brings it to where its picture is taken."""

    def __init__(self, place: Path) -> None:
        from PySide6.QtWidgets import QApplication

        from visualizer.app.run import Places, build_window

        self.application = QApplication.instance() or QApplication(["visualizer"])
        self.window = build_window(
            Places(place / "settings.json", place / "data", place / "log"), language="en"
        )
        self.session = self.window.session
        self.session.change(theme="light", toured=True, played=True)
        self.window.resize(*_SIZE)
        self.window.show()
        self.rest()
        self.window.showNormal()
        self.window.resize(*_SIZE)

    def turn(self, seconds: float) -> None:
        """Let the event loop run."""
        from PySide6.QtCore import QEventLoop, QTimer

        loop = QEventLoop()
        QTimer.singleShot(round(seconds * 1000), loop.quit)
        loop.exec()

    def wait(self, until: Callable[[], bool]) -> None:
        """Let the event loop run until a condition holds."""
        end = time.monotonic() + _LATEST_S
        while not until():
            if time.monotonic() > end:
                raise SystemExit("a picture did not come to rest")
            self.turn(0.05)

    def rest(self) -> None:
        """Wait until the window is complete and every body drawn finely."""
        window = self.window
        self.wait(lambda: window.timeline is not None and window.thumbnails.are_drawn)
        self.turn(2.0)
        self.wait(lambda: not window.stage.is_stale)

    def at(self, phase: str, share: float) -> None:
        """Go to a moment."""
        from visualizer.lifts.vocabulary import PhaseId

        self.session.seek(self.session.repetition.instant_of(PhaseId(phase), share).time_s)
        self.turn(0.1)

    def choose(self, variation: str) -> None:
        """Choose a variation and wait for it."""
        self.window.chooser.choose_variation(variation)
        self.wait(lambda: self.session.state.variation == variation)

    def take(self, name: str) -> None:
        """Save the window's picture."""
        self.rest()
        self.window.grab().save(str(FOLDER / f"{name}.png"))


def _light(on: _Photographer) -> None:
    on.session.change(labels=True)
    on.at("lift", 0.5)
    on.take("window-light")


def _dark(on: _Photographer) -> None:
    on.choose("glute-bridge")
    on.session.change(theme="dark", selection="gluteus_maximus")
    on.at("lowering", 0.5)
    on.take("window-dark")


def _effort(on: _Photographer) -> None:
    from visualizer.scene.channel import Colours

    on.choose("single-leg-hip-thrust")
    on.session.change(selection="gluteus_maximus", colours=Colours.EFFORT)
    on.at("lift", 0.5)
    on.wait(lambda: on.session.channel is not None)
    on.take("effort")


def _compare(on: _Photographer) -> None:
    from visualizer.anatomy.muscle import Side

    on.at("lift", 0.5)
    on.window.comparing.compare_with("glute-bridge", Side.RIGHT)
    on.wait(lambda: on.window.comparing.second is not None)
    on.take("compare")


def _predict(on: _Photographer) -> None:
    on.at("lift", 0.5)
    on.window.classroom.predict(alone=False)
    on.take("predict")


def _present(on: _Photographer) -> None:
    from visualizer.teaching.lesson_file import find_lessons

    window = on.window
    files, _ = find_lessons(on.session.catalog)
    window.classroom.present_lesson(next(file for file in files if file.id == _LESSON))
    on.wait(lambda: window.classroom.show is not None)
    show = window.classroom.show
    assert show is not None
    on.turn(1.0)
    for _ in range(_STOP):
        show.talk.go(show.talk.index + 1)
        on.turn(1.0)
    on.wait(lambda: not show.audience.isHidden())
    on.at("lift", 0.55)
    on.take("presenter")
    show.audience.grab().save(str(FOLDER / "audience.png"))


WINDOWS: Mapping[str, Callable[[_Photographer], None]] = {
    "window-light": _light,
    "window-dark": _dark,
    "effort": _effort,
    "compare": _compare,
    "predict": _predict,
    "presenter": _present,
}
"""What is done in a fresh window before its picture is taken; ``audience`` comes with presenter."""


def _screens() -> str:
    """Return two screens for Qt's platform without a display: a laptop's and a projector."""
    sizes = {"A-Laptop": _DESK, "B-Projector": _PROJECTOR}
    found, x = [], 0
    for name, (width, height) in sizes.items():
        found.append({
            "name": name, "x": x, "y": 0, "width": width, "height": height,
            "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1,
        })  # fmt: skip
        x += width
    return json.dumps({"screens": found})


def _child(name: str) -> None:
    """Take one picture in this process, whose screens are made up."""
    with tempfile.TemporaryDirectory() as folder:
        WINDOWS[name](_Photographer(Path(folder)))
        sys.stdout.flush()
        os._exit(0)  # what is open need not be put away


def main(argv: Sequence[str]) -> int:
    """Take the pictures of these names, all without any; return the exit status."""
    if argv[:1] == ["--child"]:
        _child(argv[1])
    known = {**dict.fromkeys(WINDOWS), **dict.fromkeys(SHEETS)}
    unknown = [name for name in argv if name not in known]
    if unknown:
        print(f"no such picture: {', '.join(unknown)}; there are {', '.join(known)}")
        return 2
    with tempfile.TemporaryDirectory() as folder:
        config = Path(folder) / "screens.json"
        config.write_text(_screens(), "utf-8")
        platform = f"offscreen:configfile={config}"
        for name in argv or known:
            print(name, flush=True)
            if name in SHEETS:
                to = str(FOLDER / f"{name}.png")
                command = ["visualizer", "render", "--sheet", SHEETS[name], "-o", to]
            else:
                command = ["tools.readme_pictures", "--child", name]
            environment = {**os.environ, "QT_QPA_PLATFORM": platform, "LANGUAGE": "en"}
            done = subprocess.run([sys.executable, "-m", *command], cwd=ROOT, env=environment)
            if done.returncode:
                return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
