"""What is kept of a lesson that is not saved yet, for when the program ends without being asked.

Two files in a folder of the window's own: the lesson as it stands, and where it is to be saved. A
lock tells a draft that another window is working on from one that nobody is left to save.
"""

from __future__ import annotations

import contextlib
import logging
from pathlib import Path

from PySide6.QtCore import QLockFile

from visualizer.catalog.catalog import Catalog
from visualizer.errors import DataError
from visualizer.files import read_regular, write_whole
from visualizer.teaching.lesson import Lesson
from visualizer.teaching.lesson_file import ENDING, read_lesson, write_lesson

__all__ = ["DraftKeeper"]

_log = logging.getLogger(__name__)
_MOST_BYTES = 10_000  # of a path


class DraftKeeper:
    """Keeps one draft.

    Parameters
    ----------
    folder : Path or None
        Where; it need not be there. None keeps nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._lock: QLockFile | None = None

    def _file(self, folder: Path) -> Path:
        return folder / f"unsaved{ENDING}"

    def _place(self, folder: Path) -> Path:
        return folder / "unsaved.place"

    def _locked(self, folder: Path) -> bool:
        """Take the draft for this window; return whether it is ours."""
        if self._lock is None:
            lock = QLockFile(str(folder / "unsaved.lock"))
            lock.setStaleLockTime(0)  # only a process that is gone lets go of it
            if not lock.tryLock(0):
                return False
            self._lock = lock
        return True

    def keep(self, lesson: Lesson, place: Path | None) -> None:
        """Keep a lesson as it stands; what cannot be kept is logged, and the work goes on.

        Parameters
        ----------
        lesson : Lesson
            What is not saved.
        place : Path or None
            Its file, where it has one.
        """
        folder = self._folder
        if folder is None:
            return
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if self._locked(folder):
                text = str(place or "").encode("utf-8", "surrogateescape")
                write_whole(self._place(folder), lambda stream: stream.write(text))
                write_lesson(lesson, self._file(folder))
        except OSError as error:
            _log.warning("the unsaved lesson could not be kept: %s", error)

    def forget(self) -> None:
        """Drop what is kept: it is saved, or not wanted."""
        folder = self._folder
        if folder is None or self._lock is None:
            return
        for file in (self._file(folder), self._place(folder)):
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)
        self._lock.unlock()
        self._lock = None

    def found(self, catalog: Catalog) -> tuple[Lesson, Path | None] | None:
        """Return the lesson that nobody is left to save, and its file; None where there is none."""
        folder = self._folder
        if folder is None or not self._file(folder).is_file() or not self._locked(folder):
            return None
        try:
            lesson = read_lesson(self._file(folder), catalog)
        except DataError as error:
            _log.warning("the unsaved lesson cannot be read: %s", error)
            with contextlib.suppress(OSError):
                self._file(folder).replace(folder / f"broken{ENDING}")
            self.forget()
            return None
        place = ""
        with contextlib.suppress(OSError):
            place = read_regular(self._place(folder), _MOST_BYTES).decode(
                "utf-8", "surrogateescape"
            )
        return lesson, Path(place) if place else None
