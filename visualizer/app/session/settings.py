"""What the window remembers between runs, as a JSON file.

A file that cannot be read, or with which the last start did not come to its first picture, is kept
aside as ``*.broken`` and replaced by the defaults; a folder that cannot be written to is no reason
to stop.
"""

from __future__ import annotations

import logging
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import msgspec
from PySide6.QtCore import QLockFile

from visualizer.app.session.state import SessionState, problems_of, remembered_names
from visualizer.errors import UsageError
from visualizer.files import read_regular, write_whole
from visualizer.lifts.base import ViewName

__all__ = ["Settings", "WindowLayout", "load_settings", "save_settings", "starting"]

_log = logging.getLogger(__name__)
# Our file has some hundred bytes; whatever is larger is something else.
_MOST_BYTES = 200_000
# Qt takes sizes as 32-bit numbers and dies of larger ones. No screen has so many pixels, no window
# so many zones; Qt's description of a window's place has less than a hundred bytes.
_MOST_PX = 100_000
_MOST_ZONES = 20
_MOST_GEOMETRY_BYTES = 1_000


class WindowLayout(msgspec.Struct, frozen=True, kw_only=True):
    """Where the window and its parts stand.

    Attributes
    ----------
    view : ViewName
        Named view of the stage.
    panels : dict of str to bool
        Panels that the user has shown or hidden against the window's own sense of room.
    geometry : bytes
        ``QWidget.saveGeometry``; empty for the default.
    maximised : bool
        Whether the window is maximised, or will be when it leaves full screen.
    splitters : dict of str to list of int
        Sizes of the zones by splitter, in pixels.
    """

    view: ViewName = ViewName.SIDE
    panels: dict[str, bool] = {}
    geometry: bytes = b""
    maximised: bool = False
    splitters: dict[str, list[int]] = {}


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """What is remembered.

    Attributes
    ----------
    state : SessionState
        What the user has chosen; only the fields that are marked as remembered are written.
    window : WindowLayout
        Where the window and its parts stand.
    """

    state: SessionState = SessionState()
    window: WindowLayout = WindowLayout()


def load_settings(path: Path) -> Settings:
    """Return the settings in a file, the defaults where it is missing or broken."""
    try:
        settings = _settings_of(msgspec.json.decode(read_regular(path, _MOST_BYTES)))
        _check(settings)
    except FileNotFoundError:
        return Settings()
    # msgspec's errors are ValueErrors; a number with hundreds of digits is an ArithmeticError
    except (OSError, ValueError, ArithmeticError, RecursionError, UsageError) as error:
        _log.warning("settings replaced by the defaults: %s", error)
        _keep_aside(path)
        return Settings()
    return settings


def _settings_of(read: object) -> Settings:
    """Return what a file says; unknown fields, as of a later version, are left out."""
    if not isinstance(read, dict):
        raise ValueError("no settings")
    if not read.keys() & set(Settings.__struct_fields__):
        # until November 2026 all fields of both stood side by side
        read = {"state": read, "window": read}
    state = read.get("state", {})
    if isinstance(state, dict):
        kept = remembered_names()
        state = {name: value for name, value in state.items() if name in kept}
    return msgspec.convert({**read, "state": state}, Settings)


def _check(settings: Settings) -> None:
    """Refuse what no window has written; Qt would take some of it badly."""
    window = settings.window
    if wrong := problems_of(settings.state):
        raise ValueError(", ".join(wrong))
    if len(window.geometry) > _MOST_GEOMETRY_BYTES:
        raise ValueError(f"geometry of {len(window.geometry)} bytes")
    if len(window.splitters) > _MOST_ZONES:
        raise ValueError(f"{len(window.splitters)} splitters")
    for name, sizes in window.splitters.items():
        if len(sizes) > _MOST_ZONES or not all(0 <= size <= _MOST_PX for size in sizes):
            raise ValueError(f"sizes of the splitter {name!r:.60}")


def save_settings(path: Path, settings: Settings) -> None:
    """Write the settings; what cannot be written is logged and left."""
    state = {name: getattr(settings.state, name) for name in remembered_names()}
    whole = {"state": state, "window": settings.window}
    text = msgspec.json.format(msgspec.json.encode(whole), indent=2)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, lambda stream: stream.write(text))
    except OSError as error:
        _log.warning("settings not saved: %s", error)


class Start:
    """A start that is under way; :meth:`done` says that it went well."""

    def __init__(self, lock: QLockFile | None) -> None:
        self._lock = lock

    def done(self) -> None:
        """Take the mark of the start away; does nothing the second time."""
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None


@contextmanager
def starting(path: Path) -> Iterator[Start]:
    """Guard a start with the settings in a file, until it is done or this block is left.

    A mark beside the file names this process. A mark that a process has left that is gone tells
    that it died before it was done; since the settings may be why, they are kept aside.

    Parameters
    ----------
    path : Path
        The settings file, not read yet.
    """
    mark = path.with_suffix(".starting")
    lock: QLockFile | None = QLockFile(str(mark))
    assert lock is not None
    lock.setStaleLockTime(0)  # not by its age: only a process that is gone counts
    left = mark.is_file()
    if not path.parent.is_dir() or not lock.tryLock(0):
        lock = None  # no folder yet, not for us to write, or another start is under way
    elif left and path.is_file():
        _log.warning("settings replaced by the defaults: the last start with them did not end well")
        _keep_aside(path)
    start = Start(lock)
    try:
        with _signals_unwind():
            yield start
    finally:
        start.done()


@contextmanager
def _signals_unwind() -> Iterator[None]:
    """Let a request to end leave by the blocks' ends: a log-out is no fault of the settings."""

    def leave(number: int, frame: FrameType | None) -> None:
        del frame
        raise SystemExit(128 + number)

    before = {}
    for name in ("SIGTERM", "SIGHUP"):  # Windows has no SIGHUP
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_DFL:
            before[number] = signal.signal(number, leave)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _keep_aside(path: Path) -> None:
    try:
        path.replace(path.with_name(path.name + ".broken"))
    except OSError as error:
        _log.warning("broken settings not kept aside: %s", error)
