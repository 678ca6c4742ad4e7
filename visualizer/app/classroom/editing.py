"""Editing a lesson in the window: the column, the file, and asking before anything is lost."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QDockWidget, QFileDialog, QMainWindow, QStyle

from visualizer.app.classroom.desk import LessonDesk
from visualizer.app.classroom.draft_ink import DraftInk
from visualizer.app.classroom.lesson_panel import LessonPanel
from visualizer.app.classroom.moments import Moments
from visualizer.app.classroom.predicting import column_in
from visualizer.app.classroom.stop_pictures import StopPictures
from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.app.stage.posed_view import PosedView
from visualizer.app.widgets.question import ask
from visualizer.catalog.endings import SHARED_ENDING
from visualizer.errors import VisualizerError
from visualizer.teaching.draft import LessonDraft
from visualizer.teaching.lesson_file import ENDING
from visualizer.texts import tr

__all__ = ["Editing", "as_lesson_file", "file_name"]

_MOST_LETTERS = 60


def file_name(title: str) -> str:
    """Return a name for the file of a lesson that every system takes."""
    letters = "".join(c if c.isalnum() else " " for c in title.casefold())
    return "-".join(letters.split())[:_MOST_LETTERS].strip("-") or "lesson"


def as_lesson_file(path: Path) -> Path:
    """Return a path with the ending of a lesson, whatever was typed."""
    if path.name.lower().endswith((ENDING, SHARED_ENDING)):
        return path
    name = path.name.removesuffix(".toml").removesuffix(".lesson")
    return path.with_name(name + ENDING)


class Editing(QObject):
    """One lesson that is edited, from opening to closing it.

    Parameters
    ----------
    window : QMainWindow
        Gets the column.
    desk : LessonDesk
        The lesson.
    session, jobs : Session and Jobs
        For what a stop may ask.
    pictures : StopPictures
        Draws the stops.
    moments : callable
        Returns what takes the shown moment, and shows others.
    stage : callable
        Returns the stage, which is drawn on.
    action : callable
        Returns the action of a command, by its id.
    folder : Path
        Where lessons of the user lie.
    """

    changed = Signal()  # what can be done
    over = Signal()
    said = Signal(str)  # what was done
    saved = Signal()  # to a file
    failed = Signal(str)  # what was not, and why
    left = Signal()  # by Enter in the title: the stage is next

    def __init__(
        self,
        window: QMainWindow,
        desk: LessonDesk,
        session: Session,
        jobs: Jobs,
        pictures: StopPictures,
        moments: Callable[[], Moments],
        stage: Callable[[], PosedView],
        action: Callable[[str], QAction],
        folder: Path,
    ) -> None:
        super().__init__(window)
        self._window, self.desk, self._session, self._jobs = window, desk, session, jobs
        self._pictures, self._moments, self._action = pictures, moments, action
        self._stage = stage
        self._folder = folder
        desk.setParent(self)
        desk.changed.connect(self.changed.emit)
        self.panel, self._dock = self._column()
        self.ink = self._ink()

    def _ink(self) -> DraftInk:
        ink = DraftInk(self.desk, self._session, self._stage(), self._look_again)
        ink.changed.connect(self.changed.emit)
        return ink

    def _look_again(self) -> None:
        self._moments().show(self.draft.stop.moment)

    def _column(self) -> tuple[LessonPanel, QDockWidget]:
        panel = LessonPanel(self.desk, self._session, self._jobs, self._pictures, self._action)
        panel.stops.looked_at.connect(self.look_at)
        beside = self._window.centralWidget()
        assert beside is not None
        between = self._window.style().pixelMetric(QStyle.PixelMetric.PM_DockWidgetSeparatorExtent)
        panel.fit(self._window.width() - beside.minimumSizeHint().width() - between)
        panel.title.returnPressed.connect(self.left.emit)
        return panel, column_in(self._window, "lesson", panel)

    def _clear(self) -> None:
        self.desk.changed.disconnect(self.panel.show_lesson)
        self.ink.end()
        self._window.removeDockWidget(self._dock)
        self._dock.deleteLater()

    def make_anew(self) -> None:
        """Make the column anew, in another language or size of texts."""
        self.desk.keep()
        self._clear()
        self.panel, self._dock = self._column()
        self.ink = self._ink()

    def name(self) -> None:
        """Let the title be written."""
        self.panel.title.setFocus()
        self.panel.title.selectAll()

    def set_aside(self, away: bool) -> None:
        """Put the column away while something is presented, or bring it back."""
        self._dock.setVisible(not away)
        self.ink.set_aside(away)

    # ---------------------------------------------------------------------------------- stops
    @property
    def draft(self) -> LessonDraft:
        """The lesson as it stands; what changes it goes through the desk."""
        return self.desk.draft

    def look_at(self, index: int) -> None:
        """Choose a stop, and show it on the stage."""
        if index != self.draft.selected:
            self.desk.edit(lambda draft: draft.select(index))
        self._look_again()

    def add(self) -> None:
        """Add the shown moment behind the chosen stop."""
        moment = self._moments().now()
        self.desk.edit(lambda draft: draft.add(moment))
        count = len(self.draft.lesson.stops)
        self.said.emit(
            tr("Added as stop {number} of {count}.").format(
                number=self.draft.selected + 1, count=count
            )
        )

    def replace(self) -> None:
        """Let the chosen stop show what the stage shows now."""
        moment = self._moments().now()
        self.desk.edit(lambda draft: draft.show(moment))

    def duplicate(self) -> None:
        """Put a copy behind the chosen stop."""
        self.desk.edit(lambda draft: draft.insert(draft.stop))

    def remove(self) -> None:
        """Take the chosen stop out."""
        self.desk.edit(lambda draft: draft.remove())

    def move(self, by: int) -> None:
        """Move the chosen stop up (−1) or down (1)."""
        self.desk.edit(lambda draft: draft.move(draft.selected, draft.selected + by))

    def undo(self) -> None:
        """Take the last step back."""
        self.desk.edit(lambda draft: draft.undo())

    def redo(self) -> None:
        """Do again what was taken back last."""
        self.desk.edit(lambda draft: draft.redo())

    # ----------------------------------------------------------------------------------- file
    def save(self, then: Callable[[], object] | None = None) -> None:
        """Save the lesson; ask where to, if that is not known.

        Parameters
        ----------
        then : callable, optional
            What is done when it is saved, and not else.
        """
        desk = self.desk
        if desk.file is None:
            self.save_as(then)
        elif desk.changed_elsewhere:
            file = desk.file
            ask(
                self._window,
                tr("{file} has been changed by another program.").format(file=file.name),
                tr("Saving replaces what it says now."),
                (
                    (tr("Save as…"), lambda: self.save_as(then)),
                    (tr("Replace"), lambda: self.save_to(file, then)),
                    (tr("Cancel"), None),
                ),
            )
        else:
            self.save_to(desk.file, then)

    def save_as(self, then: Callable[[], object] | None = None) -> None:
        """Ask for a file, and save the lesson there."""
        file = self.desk.file or self._folder / f"{file_name(self.desk.title)}{ENDING}"
        folder = file.parent
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            folder = Path.home()
        dialog = QFileDialog(self._window, tr("Save the lesson"), str(folder))
        dialog.setNameFilter(tr("Lessons") + f" (*{ENDING} *{SHARED_ENDING})")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ENDING.removeprefix("."))
        dialog.selectFile(file.name)
        dialog.fileSelected.connect(lambda name: self._save_named(Path(name), then))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save_named(self, chosen: Path, then: Callable[[], object] | None) -> None:
        file = as_lesson_file(chosen)
        if file != chosen and file.exists():  # the dialog asked about another name
            ask(
                self._window,
                tr("{file} is there already.").format(file=file.name),
                tr("Saving replaces what it says now."),
                (
                    (tr("Save as…"), lambda: self.save_as(then)),
                    (tr("Replace"), lambda: self.save_to(file, then)),
                    (tr("Cancel"), None),
                ),
            )
        else:
            self.save_to(file, then)

    def save_to(self, file: Path, then: Callable[[], object] | None = None) -> None:
        """Write the lesson into a file; say what came of it."""
        try:
            self.desk.save(file, self._session.catalog)
        except OSError as error:
            why = os.strerror(error.errno) if error.errno else str(error)
            self.failed.emit(tr("{file} was not saved: {why}.").format(file=file, why=why))
        except VisualizerError as error:
            why = str(error).splitlines()[0]
            self.failed.emit(tr("The lesson was not saved: {why}").format(why=why))
        else:
            self.saved.emit()
            self.said.emit(tr("Saved: {}").format(file))
            if then is not None:
                then()

    # -------------------------------------------------------------------------------- the end
    def let_go(self, then: Callable[[], object]) -> None:
        """Do something that leaves the lesson, when nothing of it can be lost or nobody minds."""

        def leave() -> None:
            self.close()
            then()

        if not self.desk.unsaved:
            leave()
            return
        ask(
            self._window,
            tr("Save the changes to “{title}”?").format(title=self.desk.title),
            tr("Without saving, they are lost."),
            (
                (tr("Save"), lambda: self.save(leave)),
                (tr("Don’t save"), leave),
                (tr("Cancel"), None),
            ),
        )

    def close(self) -> None:
        """Close the column; what was not saved is dropped."""
        self.desk.leave()
        self._clear()
        self.over.emit()
        self.deleteLater()
