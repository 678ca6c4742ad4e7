"""Reading and writing files that may be anything, or be cut off at any moment.

A file that a user or a crash has left may be huge, a pipe that never ends, or half written; a disk
may be full. What is read is a regular file of bounded size; what is written appears whole or not
at all.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Callable
from glob import escape
from pathlib import Path
from typing import BinaryIO

__all__ = ["NotRegularError", "TooLargeError", "clear_scratch", "read_regular", "write_whole"]


class NotRegularError(OSError):
    """A folder, a pipe, a device: nothing that has an end."""


class TooLargeError(OSError):
    """More than was asked for.

    Parameters
    ----------
    size : int
        Bytes of the file.
    """

    def __init__(self, size: int) -> None:
        super().__init__(f"has {size} bytes")
        self.size = size


def read_regular(path: Path, most_bytes: int) -> bytes:
    """Return the content of a regular file.

    Parameters
    ----------
    path : Path
        The file.
    most_bytes : int
        A larger file is not read.

    Raises
    ------
    IsADirectoryError
        When it is a folder.
    NotRegularError
        When it is a pipe, a socket or a device; it is not even opened.
    TooLargeError
        When it is larger than ``most_bytes``.
    OSError
        When it cannot be read.
    """
    _check(path.stat(), most_bytes)
    # opened without waiting, in case a pipe has taken its place meanwhile
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as stream:
        _check(os.fstat(stream.fileno()), most_bytes)
        data = stream.read(most_bytes + 1)
    if len(data) > most_bytes:
        raise TooLargeError(len(data))
    return data


def _check(status: os.stat_result, most_bytes: int) -> None:
    if stat.S_ISDIR(status.st_mode):
        raise IsADirectoryError("is a folder")
    if not stat.S_ISREG(status.st_mode):
        raise NotRegularError("is not a regular file")
    if status.st_size > most_bytes:
        raise TooLargeError(status.st_size)


def write_whole(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file so that it is there whole or as it was before.

    It is written beside its place under another name and then put there; when anything fails, the
    other file is removed again.

    Parameters
    ----------
    path : Path
        The file; a link is followed.
    write : callable
        Writes the content to the open file that it is given.

    Raises
    ------
    OSError
        When it cannot be written; nothing is left behind.
    """
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        if target.is_dir():
            raise IsADirectoryError(f"{target} is a folder")
        with target.open("wb") as stream:  # a device or a pipe: nothing can take its place
            write(stream)
        return
    # a short name of its own: two processes may write at once, one may write two files that differ
    # in their endings, and names have a greatest length
    short = f"{target.stem[:40]}{target.suffix[:8]}"
    scratch = target.with_name(f".{short}-{os.getpid()}.new")
    try:
        with scratch.open("wb") as stream:
            write(stream)
            stream.flush()
            # a full disk may only be noticed here
            os.fsync(stream.fileno())
        if target.exists():
            with contextlib.suppress(OSError):
                scratch.chmod(stat.S_IMODE(target.stat().st_mode))
        scratch.replace(target)
    except BaseException:
        with contextlib.suppress(OSError):
            scratch.unlink()
        raise


def clear_scratch(path: Path, process: int) -> None:
    """Remove what a process has left that was ended in the midst of :func:`write_whole`.

    Parameters
    ----------
    path : Path
        The file that it wrote; what it left of others that differ in their endings goes as well.
    process : int
        Its number.
    """
    target = Path(os.path.realpath(path))
    with contextlib.suppress(OSError):
        for left in target.parent.glob(f".{escape(target.stem[:40])}*-{process}.new"):
            left.unlink()
