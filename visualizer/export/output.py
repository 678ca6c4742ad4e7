"""Where exports go: looked at before the work, and written whole or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import BinaryIO, Protocol, TypeVar

from visualizer.catalog.datafile import display_path
from visualizer.errors import UsageError, VisualizerError
from visualizer.files import write_whole
from visualizer.texts import tr

__all__ = [
    "Tell",
    "Writer",
    "by_ending",
    "check_output",
    "go_on",
    "unknown_ending",
    "unless_given_up",
    "write_output",
    "write_unless_given_up",
]

A = TypeVar("A")
B = TypeVar("B")
T = TypeVar("T")
C = TypeVar("C", contravariant=True)

# Takes how much is done, and of how much; what it raises ends the work. Called with 0 it is only
# asked whether to go on.
Tell = Callable[[int, int], object]


def go_on(done: int, of: int) -> None:
    """Take how much is done where nobody is to be told, and nobody can ask to stop."""


class Writer(Protocol[C]):
    """Whatever writes some content into an open file."""

    def __call__(self, stream: BinaryIO, content: C, tell: Tell = go_on, /) -> object:
        """Write it."""


def by_ending(path: Path, kinds: Mapping[str, T]) -> T | None:
    """Return the kind of file that a name asks for by its end, None where it asks for none.

    Parameters
    ----------
    path : Path
        The file.
    kinds : mapping of str to anything
        Kinds by how the names of their files end, e.g. ``.svg``.
    """
    return kinds.get(path.suffix.lower())


def unknown_ending(path: Path, endings: Iterable[str]) -> UsageError:
    """Return the error that the end of a name is none of those that are known."""
    text = tr("{name}: let the file's name end in one of {ends}")
    return UsageError(text.format(name=display_path(path), ends=", ".join(endings)))


def check_output(path: Path) -> None:
    """Refuse a file that cannot be written before time is spent on what goes into it.

    Raises
    ------
    UsageError
        When it is no name of a file.
    VisualizerError
        When its folder does not exist, or nothing can be written there.
    """
    name = display_path(path)
    if "\0" in str(path):
        raise UsageError(tr("{name}: is not a valid file name").format(name=name))
    try:
        if not path.parent.is_dir():
            folder = display_path(path.parent)
            raise VisualizerError(
                tr("{name}: the folder {folder} does not exist").format(name=name, folder=folder)
            )
        if path.is_dir():
            raise VisualizerError(
                tr("{name}: is a folder; give the name of a file").format(name=name)
            )
        writable = os.access(path if path.exists() else path.parent, os.W_OK)
    except OSError as error:
        raise VisualizerError(f"{name}: {error.strerror}") from None
    if not writable:
        raise _refused(path, os.strerror(errno.EACCES))


def write_output(path: Path, write: Callable[[BinaryIO], object]) -> None:
    """Write a file, whole or not at all.

    Parameters
    ----------
    path : Path
        The file.
    write : callable
        Writes the content to the open file that it is given.

    Raises
    ------
    VisualizerError
        When it cannot be written; nothing is left behind.
    """
    try:
        write_whole(path, write)
    except OSError as error:
        raise _refused(path, error.strerror or str(error)) from None


def write_unless_given_up(path: Path, write: Callable[[BinaryIO], object], tell: Tell) -> None:
    """Write a file; what is given up before it is put into its place leaves nothing.

    Parameters
    ----------
    path : Path
        The file.
    write : callable
        Writes the content to the open file that it is given.
    tell : callable
        Raises where somebody has asked to stop.

    Raises
    ------
    VisualizerError
        When it cannot be written, or was given up.
    """

    def whole(stream: BinaryIO) -> None:
        write(stream)
        tell(0, 1)

    write_output(path, whole)


def unless_given_up(view: Callable[[A], B], tell: Tell) -> Callable[[A], B]:
    """Return what draws the pictures of a document, and asks before each whether to go on.

    Parameters
    ----------
    view : callable
        Draws a picture.
    tell : callable
        Raises where somebody has asked to stop.
    """

    def asked(request: A) -> B:
        tell(0, 1)
        return view(request)

    return asked


def _refused(path: Path, reason: str) -> VisualizerError:
    text = tr("{name}: the file cannot be written: {reason}")
    return VisualizerError(text.format(name=display_path(path), reason=reason))
