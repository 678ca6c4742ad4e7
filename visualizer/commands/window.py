"""The window, which opens where no command is given."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from visualizer.console import note
from visualizer.errors import VisualizerError
from visualizer.texts import tr

__all__ = ["open_window"]


def open_window(arguments: argparse.Namespace) -> int:
    """Open the window and return the exit status when it is closed."""
    from visualizer.system import missing_libraries, why_no_display

    reason = why_no_display()
    if reason is not None:
        raise VisualizerError(
            tr(
                "{reason}, so the window cannot open; `visualizer render VARIATION "
                "--phase lift --at 0.5 -o FILE.png` draws a picture without one"
            ).format(reason=reason)
        )
    platform = os.environ.get("QT_QPA_PLATFORM") or "xcb"
    missing = missing_libraries(x11="xcb" in platform and bool(os.environ.get("DISPLAY")))
    if missing:
        raise VisualizerError(
            tr(
                "system libraries are missing: {missing}; on Debian: apt-get install {packages}"
            ).format(missing=", ".join(missing), packages=" ".join(sorted(set(missing.values()))))
        )
    from visualizer.handover import Door, Errand, hand_over
    from visualizer.resources import user_settings_folder

    folder = user_settings_folder()
    door = Door.hold(folder)
    if door is None:
        token = os.environ.get("XDG_ACTIVATION_TOKEN", "")
        errand = Errand(_absolute(arguments.open), arguments.language or "", token)
        if hand_over(folder, errand):
            note(tr("the window that is open already shows it"))
            return 0
    from visualizer.app.run import run_window

    try:
        return int(run_window(language=arguments.language, opening=arguments.open, door=door))
    finally:
        if door is not None:
            door.close()


def _absolute(opening: str | None) -> str:
    """Return what is to be opened as another process understands it, which is in another folder."""
    from visualizer.teaching.link import is_link

    if not opening or is_link(opening):
        return opening or ""
    return str(Path(opening).absolute())
