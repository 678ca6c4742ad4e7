"""One window for an account: a second start hands over what it was given, and ends.

The window that is open has a :class:`Door`: it holds a lock, which the system takes away with the
process however that ends, and answers those who knock. What it is handed is an :class:`Errand`.
A window that does not answer in time, or a place where nothing of this works, is no reason not to
open another one. Nothing here needs Qt, since it is asked before that is loaded.
"""

from __future__ import annotations

import contextlib
import json
import os
import stat
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from multiprocessing.connection import Client, Connection, Listener
from pathlib import Path

from visualizer.kept import short_name

__all__ = ["MOST_BYTES", "Door", "Errand", "hand_over"]

# A path has some thousand characters at most, a link as well; written, one may take six bytes.
MOST_BYTES = 65_536
_TAKEN = b"taken"
# The other window may still be opening, on a slow machine; and who knocks may have died.
_PATIENCE_S, _SAYING_S = 8.0, 2.0
_STEP_S = 0.05
_AT_ONCE = 4
# What a path of a socket may have; macOS allows the least.
_MOST_ADDRESS = 100


@dataclass(frozen=True)
class Errand:
    """What a start was to do.

    Attributes
    ----------
    opening : str
        A link or the absolute path of a file; empty where there is none.
    language : str
        Code of the language that was asked for; empty where none was.
    token : str
        What lets the window come to the front, where the desktop wants to be asked (Wayland).
    """

    opening: str = ""
    language: str = ""
    token: str = ""

    def to_bytes(self) -> bytes:
        """Return it as it is sent."""
        return json.dumps(asdict(self)).encode("ascii")

    @classmethod
    def of(cls, data: bytes) -> Errand:
        """Return what was sent.

        Raises
        ------
        ValueError
            When it is nothing that a start would send.
        """
        try:
            told = json.loads(data)
        except RecursionError:
            raise ValueError("nested too deeply") from None
        if not isinstance(told, dict) or told.keys() != asdict(cls()).keys():
            raise ValueError("no errand")
        if not all(isinstance(value, str) for value in told.values()):
            raise ValueError("no texts")
        return cls(**told)


class Door:
    """What makes a window the one of its account; made by :meth:`hold`."""

    def __init__(self, address: str, listener: Listener, lock: int | None) -> None:
        self._address, self._listener, self._lock = address, listener, lock
        self._closing = False
        self._inside = threading.Semaphore(_AT_ONCE)
        self._thread: threading.Thread | None = None

    @classmethod
    def hold(cls, folder: Path) -> Door | None:
        """Return the door of an account; None where another process has it, or there is none.

        Parameters
        ----------
        folder : Path
            Of the account's settings; programs with others do not know each other.
        """
        address = _address(folder)
        if address is None:
            return None
        if sys.platform == "win32":
            with contextlib.suppress(OSError):  # there may be one pipe of a name
                return cls(address, Listener(address, "AF_PIPE"), None)
            return None
        lock = _locked(f"{address}.lock")
        if lock is None:
            return None
        try:
            with contextlib.suppress(FileNotFoundError):  # left by one that has crashed
                Path(address).unlink()
            return cls(address, Listener(address, "AF_UNIX", backlog=_AT_ONCE), lock)
        except OSError:
            os.close(lock)
            return None

    def answer(self, take: Callable[[Errand, Callable[[], object]], object]) -> None:
        """Take errands from now on; those who came before have waited.

        Parameters
        ----------
        take : callable
            Called in another thread with an errand and what is to be called when it is taken.
        """

        def attend() -> None:
            while not self._closing:
                try:
                    connection = self._listener.accept()
                except (OSError, EOFError):  # who knocked is gone, or nothing more can be opened
                    time.sleep(_STEP_S)
                    continue
                if self._closing or not self._inside.acquire(blocking=False):
                    connection.close()
                    continue
                threading.Thread(target=serve, args=(connection,), daemon=True).start()

        def serve(connection: Connection) -> None:
            try:
                with connection:
                    _serve(connection, take)
            finally:
                self._inside.release()

        self._thread = threading.Thread(target=attend, daemon=True, name="door")
        self._thread.start()

    def close(self) -> None:
        """Answer no more, and let another window be the one."""
        self._closing = True
        if self._thread is not None:
            with contextlib.suppress(OSError):  # it waits for somebody
                Client(self._address).close()
            self._thread.join(_SAYING_S)
        self._listener.close()
        if self._lock is not None:
            with contextlib.suppress(OSError):
                Path(f"{self._address}.lock").unlink()
            os.close(self._lock)


def _serve(connection: Connection, take: Callable[[Errand, Callable[[], object]], object]) -> None:
    try:
        if not connection.poll(_SAYING_S):
            return
        errand = Errand.of(connection.recv_bytes(MOST_BYTES))
        taken = threading.Event()
        take(errand, taken.set)
        if taken.wait(_PATIENCE_S):
            connection.send_bytes(_TAKEN)
    except (OSError, EOFError, ValueError):
        return  # whoever it was


def hand_over(folder: Path, errand: Errand, patience_s: float = _PATIENCE_S) -> bool:
    """Hand an errand to the window that is open; return whether it was taken.

    Parameters
    ----------
    folder : Path
        Of the account's settings.
    errand : Errand
        What is to be done.
    patience_s : float, optional
        How long to wait for the window, seconds.
    """
    address, data = _address(folder), errand.to_bytes()
    if address is None or len(data) > MOST_BYTES:
        return False
    answers: list[bytes] = []
    end = time.monotonic() + patience_s

    def knock() -> None:
        while time.monotonic() < end:
            try:
                connection = Client(address)
            except OSError:  # not yet: who holds the lock listens in a moment
                time.sleep(_STEP_S)
                continue
            with contextlib.suppress(OSError, EOFError), connection:
                connection.send_bytes(data)
                if connection.poll(max(0.0, end - time.monotonic())):
                    answers.append(connection.recv_bytes(len(_TAKEN)))
            return

    if sys.platform == "win32":  # who was started by hand may let another come to the front
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
    # a connection to a window that hangs may take for ever
    thread = threading.Thread(target=knock, daemon=True)
    thread.start()
    thread.join(patience_s + _STEP_S)
    return answers == [_TAKEN]


def _address(folder: Path) -> str | None:
    """Return where the window of an account and a screen is to be found, None for nowhere."""
    screen = (
        os.environ.get(name, "") for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY")
    )
    parts = "\0".join((str(folder.absolute()), os.environ.get("USERNAME", ""), *screen))
    name = short_name(parts)[:12]  # a socket's whole address may have about a hundred letters
    if sys.platform == "win32":
        return rf"\\.\pipe\hip-thrust-{name}"
    place = _own_folder()
    address = None if place is None else str(place / name)
    return address if address is None or len(os.fsencode(address)) <= _MOST_ADDRESS else None


def _own_folder() -> Path | None:
    """Return a folder that nobody but this account can look into, None where there is none."""
    named = os.environ.get("XDG_RUNTIME_DIR", "")
    if Path(named).is_absolute() and _is_own(Path(named)):
        return Path(named)
    place = Path(tempfile.gettempdir()) / f"hip-thrust-{os.getuid()}"
    with contextlib.suppress(OSError):
        place.mkdir(mode=0o700)
    return place if _is_own(place) else None


def _is_own(place: Path) -> bool:
    try:
        status = place.lstat()
    except OSError:
        return False
    private = stat.S_ISDIR(status.st_mode) and not status.st_mode & 0o077
    return private and status.st_uid == os.getuid()


def _locked(path: str) -> int | None:
    """Return an open file that no other process can have locked meanwhile, None where one has."""
    import fcntl  # which Windows has not

    while True:
        try:
            lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError:
            return None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(lock), Path(path).stat()):
                return lock
        except FileNotFoundError:
            pass  # removed by the one who had it
        except OSError:
            os.close(lock)
            return None
        os.close(lock)
