"""A variation's file that lies anywhere, opened to be shown."""

from __future__ import annotations

import filecmp
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from visualizer.catalog.catalog import check
from visualizer.catalog.datafile import DataKind, display_path
from visualizer.catalog.variation import Variation
from visualizer.errors import DataError, Problem
from visualizer.reading import quote
from visualizer.texts import tr

__all__ = ["OpenedFile", "open_file"]


@dataclass(frozen=True)
class OpenedFile:
    """A file with a variation that can be shown as far as the data go.

    Attributes
    ----------
    path : Path
        The file.
    variation : Variation
        What it holds.
    known : bool
        Whether the same is among the shipped ones or the user's own, so that it is read anyway.
    """

    path: Path
    variation: Variation
    known: bool


def open_file(path: Path, folders: Iterable[Path]) -> OpenedFile:
    """Return the variation of a file.

    Parameters
    ----------
    path : Path
        Any path that a user may give.
    folders : iterable of Path
        Folders of the user, whose muscles and sources it may name.

    Raises
    ------
    DataError
        With all that is wrong, or when another variation has its id.
    """
    file = display_path(path)
    found = check([path], folders)
    if found.problems:
        raise DataError(found.problems)
    if not found.variations:
        message = tr("holds no variation; put it into your data folder")
        raise DataError([Problem(file, "", message)])
    variation = next(iter(found.variations.values()))
    first = found.known.get((DataKind.VARIATION, variation.id))
    if first is not None and not _same(path, Path(first)):
        message = tr("duplicate id {name}, already in {first}")
        text = message.format(name=quote(variation.id), first=first)
        raise DataError([Problem(file, "id", text)])
    return OpenedFile(path, variation, known=first is not None)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other) or filecmp.cmp(one, other, shallow=False)
    except OSError:
        return False
