"""A lesson on the desk: the draft, its file, and what is kept of it until it is saved.

It knows no window. The column shows it and tells it what to do; everything that changes the lesson
goes through :meth:`LessonDesk.edit`, so that all is taken back in one way.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from visualizer.analysis.words import text_in
from visualizer.app.classroom.recovery import DraftKeeper
from visualizer.catalog.catalog import Catalog
from visualizer.errors import DataError
from visualizer.files import read_regular
from visualizer.reading import first_problems
from visualizer.teaching.draft import LessonDraft
from visualizer.teaching.lesson import Lesson
from visualizer.teaching.lesson_file import problems_of_lesson, write_lesson

__all__ = ["LessonDesk"]

# After so long a pause what was typed is a step of its own, and is kept.
_REST_MS = 1000
_MOST_BYTES = 2_000_000


class LessonDesk(QObject):
    """A lesson that is edited.

    Parameters
    ----------
    lesson : Lesson
        What is edited.
    file : Path or None
        Where it is saved; None until that is said.
    keeper : DraftKeeper
        Keeps it while it is not saved.
    saved : bool
        Whether the file says the same.
    """

    changed = Signal()

    def __init__(
        self,
        lesson: Lesson,
        file: Path | None,
        keeper: DraftKeeper,
        *,
        saved: bool = True,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.draft = LessonDraft(lesson, saved=saved)
        self.file = file
        self._keeper = keeper
        self._on_disk = self._read()
        self.rest = QTimer(self)
        self.rest.setSingleShot(True)
        self.rest.setInterval(_REST_MS)
        self.rest.timeout.connect(self.keep)

    # -------------------------------------------------------------------------------- reading
    @property
    def title(self) -> str:
        """What the lesson is called, in the language of the interface."""
        return text_in(self.draft.lesson.title)

    @property
    def unsaved(self) -> bool:
        """Whether something would be lost without saving."""
        return self.draft.changed

    @property
    def changed_elsewhere(self) -> bool:
        """Whether the file says something else than when it was read or saved here."""
        return self.file is not None and self._read() not in (None, self._on_disk)

    def _read(self) -> bytes | None:
        if self.file is None:
            return None
        try:
            return read_regular(self.file, _MOST_BYTES)
        except OSError:
            return None

    # -------------------------------------------------------------------------------- editing
    def edit(self, step: Callable[[LessonDraft], object]) -> None:
        """Do something to the draft, and tell whoever shows it."""
        step(self.draft)
        self.changed.emit()
        self.rest.start()

    def keep(self) -> None:
        """End what is being typed, and keep the lesson in case the program ends without asking."""
        self.rest.stop()
        self.draft.settle()
        if self.unsaved:
            self._keeper.keep(self.draft.lesson, self.file)
        else:
            self._keeper.forget()

    def leave(self) -> None:
        """Let go of the lesson: it is saved, or what is new in it is not wanted."""
        self.rest.stop()
        self._keeper.forget()

    def save(self, file: Path, catalog: Catalog) -> None:
        """Write the lesson into a file, which it belongs to from then on.

        Raises
        ------
        DataError
            When it says something with which it could not be opened again.
        UsageError
            When the name is not that of a lesson.
        OSError
            When it cannot be written.
        """
        problems = first_problems(problems_of_lesson(self.draft.lesson, catalog))
        if problems:
            raise DataError([problem.in_file(file.name) for problem in problems])
        file.parent.mkdir(parents=True, exist_ok=True)
        write_lesson(self.draft.lesson, file)
        self.file = file
        self._on_disk = self._read()
        self.draft.saved()
        self.leave()
        self.changed.emit()
