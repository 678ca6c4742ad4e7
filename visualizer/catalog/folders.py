"""Which files of a folder of data are meant to be read, and to which folder a file belongs."""

from __future__ import annotations

import os
from pathlib import Path

from visualizer.catalog.datafile import display_path
from visualizer.catalog.foreign import might_be_meant
from visualizer.errors import Problem
from visualizer.texts import tr

__all__ = ["files_of", "home_of"]

# Each is read at every start.
_MOST_FILES = 1_000
_SUBFOLDERS = ("muscles", "facts", "variations")


def home_of(path: Path) -> Path | None:
    """Return the data folder that a file belongs to, None where it stands for itself."""
    folder = path.absolute().parent
    if folder.name in _SUBFOLDERS:
        return folder.parent
    return folder if path.name == "disagreements.toml" else None


def files_of(folder: Path) -> tuple[list[Path], list[Problem]]:
    """Return the files of a data folder that are meant to be read, and what stands in the way.

    Parameters
    ----------
    folder : Path
        Folder with ``*.toml`` or ``*.hipthrust``, ``variations/``, ``muscles/``, ``facts/`` or
        ``sources.json``; one that does not exist is empty.
    """
    files: list[Path] = []
    problems: list[Problem] = []

    def report(path: Path, message: str) -> None:
        problems.append(Problem(display_path(path), "", message))

    for place in (folder, *(folder / name for name in _SUBFOLDERS)):
        try:
            entries = sorted(place.iterdir())
        except FileNotFoundError:
            continue
        except OSError as error:
            report(
                place, tr("cannot be read ({reason})").format(reason=os.strerror(error.errno or 0))
            )
            continue
        for entry in entries:
            if entry.name.lower() == "sources.json" and place != folder:
                continue
            if might_be_meant(entry):
                files.append(entry)
    if len(files) > _MOST_FILES:
        message = tr("has {count} data files; only the first {most} are read")
        report(folder, message.format(count=len(files), most=_MOST_FILES))
    return files[:_MOST_FILES], problems
