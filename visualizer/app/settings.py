"""What the window remembers between runs, as a JSON file.

A file that cannot be read is kept aside as ``*.broken`` and replaced by the defaults; a folder that
cannot be written to is no reason to stop.
"""

from __future__ import annotations

import logging
from pathlib import Path

import msgspec

from visualizer.anatomy.muscle import Side
from visualizer.app.choices import CurveKind, LoadChoice
from visualizer.app.session import SPEEDS
from visualizer.errors import UsageError
from visualizer.scene.palette import THEMES

__all__ = ["Settings", "load_settings", "save_settings"]

_log = logging.getLogger(__name__)
# Our file has some hundred bytes; whatever is larger is something else.
_MOST_BYTES = 200_000


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered.

    Attributes
    ----------
    variation : str
        Id of the variation shown last; empty for the first one.
    side : Side
        Working side.
    theme : str
        ``"light"`` or ``"dark"``.
    labels, loop : bool
        Options of stage and player.
    speed : float
        Playback speed.
    curves : CurveKind
        What the strip above the timeline's lanes shows.
    load : LoadChoice
        What moments are computed for.
    geometry : bytes
        ``QWidget.saveGeometry``; empty for the default.
    splitters : dict of str to list of int
        Sizes of the zones by splitter, in pixels.
    """

    variation: str = ""
    side: Side = Side.RIGHT
    theme: str = "light"
    labels: bool = False
    loop: bool = True
    speed: float = 1.0
    curves: CurveKind = CurveKind.ANGLES
    load: LoadChoice = LoadChoice()
    geometry: bytes = b""
    splitters: dict[str, list[int]] = {}


def load_settings(path: Path) -> Settings:
    """Return the settings in a file, the defaults where it is missing or broken."""
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise ValueError("too large for a settings file")
        settings = msgspec.json.decode(path.read_bytes(), type=Settings)
        if settings.theme not in THEMES or settings.speed not in SPEEDS:
            raise ValueError(f"theme {settings.theme!r}, speed {settings.speed!r}")
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError, UsageError) as error:  # msgspec's errors are ValueErrors
        _log.warning("settings replaced by the defaults: %s", error)
        _keep_aside(path)
        return Settings()
    return settings


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings; what cannot be written is logged and left."""
    scratch = path.with_suffix(".new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        scratch.write_bytes(msgspec.json.format(msgspec.json.encode(settings), indent=2))
        scratch.replace(path)
    except OSError as error:
        _log.warning("settings not saved: %s", error)


def _keep_aside(path: Path) -> None:
    try:
        path.replace(path.with_name(path.name + ".broken"))
    except OSError as error:
        _log.warning("broken settings not kept aside: %s", error)
