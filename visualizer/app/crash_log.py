"""What is left of a process that the system had to end, offered at the next start.

Python writes where every thread stood when it is ended by a fault in native code. The file lies
beside the log; nothing is sent.
"""

from __future__ import annotations

import contextlib
import faulthandler
import platform
import sys
from pathlib import Path
from typing import BinaryIO

from visualizer import __version__
from visualizer.files import read_regular

__all__ = ["CrashLog"]

# As much as is worth reading, and as a mail takes.
_MOST_BYTES = 40_000
_READ_BYTES = 10_000_000


class CrashLog:
    """The file that is written to when the process dies.

    Parameters
    ----------
    path : Path
        The file.

    Attributes
    ----------
    last : str
        What an earlier process left, with what a developer needs to know; empty for nothing.
    told : Path
        Where that lies from now on.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.told = path.with_name(f"{path.stem}-last{path.suffix}")
        self.last = self._taken()
        self._file: BinaryIO | None = None

    def _taken(self) -> str:
        """Return what was left, and put it aside, so that it is offered once."""
        try:
            data = read_regular(self._path, _READ_BYTES)
            if not data.strip():
                return ""
            self._path.replace(self.told)
        except (OSError, ValueError):
            return ""
        text = data[-_MOST_BYTES:].decode("utf-8", "replace")
        about = f"visualizer {__version__}, Python {sys.version.split()[0]}, {platform.platform()}"
        return f"{about}\n\n{text}"

    def begin(self) -> None:
        """Write to the file from now on, should the process die; without a place do nothing."""
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._path.open("ab")
            faulthandler.enable(self._file)

    def end(self) -> None:
        """Write no more, and leave no empty file."""
        if self._file is None:
            return
        faulthandler.disable()
        self._file.close()
        self._file = None
        with contextlib.suppress(OSError):
            if not self._path.stat().st_size:
                self._path.unlink()
