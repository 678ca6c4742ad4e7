"""What a teacher does with the window: present, ask, edit lessons, open and copy links.

The window makes one and keeps it. What presenting and asking need is imported when it is asked for,
since start-up counts.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMainWindow, QMenu

from visualizer.app.classroom.lessons import LessonMenu
from visualizer.app.classroom.moments import Moments
from visualizer.app.classroom.recovery import DraftKeeper
from visualizer.app.classroom.talk import TalkStop
from visualizer.app.session.chooser import Chooser
from visualizer.app.session.player import Player
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.app.stage.pair import BodyPair
from visualizer.app.stage.stage import Stage
from visualizer.app.widgets.banner import Banner
from visualizer.errors import Problem, VisualizerError
from visualizer.texts import catalogue, tr

if TYPE_CHECKING:
    from visualizer.app.classroom.editing import Editing
    from visualizer.app.classroom.predicting import Predicting
    from visualizer.app.classroom.show import Show
    from visualizer.app.classroom.stop_pictures import StopPictures
    from visualizer.teaching.lesson import Lesson, PenStroke
    from visualizer.teaching.lesson_file import LessonFile

    Found = tuple[tuple[LessonFile, ...], tuple[Problem, ...]]
    _Pens = Mapping[int, tuple[PenStroke, ...]]

__all__ = ["Classroom", "Host"]


class Host(Protocol):
    """What a classroom works on: a window, without its being one.

    Stage and banner may be others each time, since the window makes them anew.
    """

    session: Session
    scenes: Scenes
    jobs: Jobs
    player: Player
    chooser: Chooser
    banner: Banner
    data_folder: Path

    @property
    def pair(self) -> BodyPair:
        """The stage with one body or two."""

    @property
    def stage(self) -> Stage:
        """The posed body."""

    def action(self, name: str) -> QAction:
        """Return the action of a command, by its id."""

    def refuse(self, error: VisualizerError) -> None:
        """Say why something could not be done; what was shown stays."""


class Classroom(QObject):
    """Presenting, asking, editing, links.

    Parameters
    ----------
    window : QMainWindow
        Gets the columns of whoever presents or asks.
    host : Host
        The same, as what is worked on.
    drafts : Path or None
        Folder in which a lesson is kept that is not saved yet; None keeps none.

    Attributes
    ----------
    show : Show or None
        The presentation that is under way.
    asking : Predicting or None
        The round of questions that is under way.
    editing : Editing or None
        The lesson that is edited.
    """

    changed = Signal()  # what is under way
    lessons_changed = Signal()  # one of the user's was saved

    def __init__(self, window: QMainWindow, host: Host, drafts: Path | None = None) -> None:
        super().__init__(window)
        self._window, self._host = window, host
        self.show: Show | None = None
        self.asking: Predicting | None = None
        self.editing: Editing | None = None
        self._keeper = DraftKeeper(drafts)
        self._pictures: StopPictures | None = None
        # what becomes of what is drawn while presenting
        self._keep_ink: Callable[[_Pens], object] | None = None
        self._leaving = False

    @property
    def moments(self) -> Moments:
        """Takes the shown moment, and shows others."""
        return Moments(self._host.session, self._host.chooser, self._host.stage.orbit)

    @property
    def presenting(self) -> bool:
        """Whether something is presented to an audience."""
        return self.show is not None

    @property
    def predicting(self) -> bool:
        """Whether questions are asked."""
        return self.asking is not None

    @property
    def column_px(self) -> int:
        """How wide the column is in which a lesson is edited; 0 while it is not there."""
        if self.editing is None or self.presenting or self.predicting:
            return 0
        return self.editing.panel.minimumWidth()

    def end(self) -> None:
        """End what is presented and asked; a lesson that is edited stays."""
        if self.asking is not None:
            self.asking.end()
        if self.show is not None:
            self.show.end()

    def make_anew(self) -> None:
        """Take another language, or size of texts."""
        if self.editing is not None:
            self.editing.make_anew()

    # -------------------------------------------------------------------------------- present
    def start(self) -> None:
        """Present the lesson that is edited from its begin, or else the shown moment."""
        if self.editing is None or self.predicting:
            self.present()
        else:
            self._present_edited(0)

    def start_here(self) -> None:
        """Present the lesson that is edited from the stop that is looked at."""
        if self.editing is not None:
            self._present_edited(self.editing.draft.selected)

    def _present_edited(self, index: int) -> None:
        editing = self.editing
        assert editing is not None
        editing.desk.keep()
        self._present_lesson(
            editing.draft.lesson,
            lambda pens: editing.desk.edit(lambda draft: draft.draw(pens)),
            index,
        )

    def present(
        self,
        stops: Sequence[TalkStop] = (),
        keep_ink: Callable[[_Pens], object] | None = None,
        index: int = 0,
    ) -> None:
        """Present stops to an audience, the shown moment where there are none.

        Parameters
        ----------
        stops : sequence of TalkStop
            The stops.
        keep_ink : callable, optional
            Called at the end with what was drawn, by the indices of the stops, if anything was.
        index : int
            The stop to begin with.
        """
        from visualizer.app.classroom.show import Show

        if self.show is not None:
            return
        host, moments = self._host, self.moments
        self.show = Show(
            self._window, host.session, host.scenes, host.jobs, host.player, host.pair, moments,
            stops or (TalkStop(moments.now()),), index,
        )  # fmt: skip
        self._keep_ink = keep_ink
        self.show.said.connect(lambda text: host.banner.confirm(text))
        self.show.over.connect(self._present_no_more)
        self._follow()
        self.show.begin()

    def present_lesson(self, file: LessonFile) -> None:
        """Present the lesson of a file; what is drawn on it may be kept."""
        self._present_lesson(file.lesson, partial(self._offer_to_keep, file))

    def _present_lesson(
        self, lesson: Lesson, keep_ink: Callable[[_Pens], object], index: int = 0
    ) -> None:
        """Present a lesson; its questions are made beside the window."""
        from visualizer.app.classroom.lessons import talk_stops

        host = self._host
        host.jobs.run(
            lambda: talk_stops(lesson, host.session),
            lambda stops: self.present(stops, keep_ink, index),
            host.refuse,
            owner=self,
            urgent=True,
        )

    def _offer_to_keep(self, file: LessonFile, pens: _Pens) -> None:
        def keep() -> None:
            self._host.banner.hide()
            self.edit(file, pens)

        self._host.banner.say(
            tr("You have drawn on this lesson; the lines go when they are not kept."),
            tr("Keep them in the lesson"),
            keep,
        )

    def _present_no_more(self) -> None:
        assert self.show is not None
        drawn, self.show = self.show.talk.drawn_anew, None
        keep, self._keep_ink = self._keep_ink, None
        self._follow()
        if drawn and keep is not None:
            from visualizer.app.classroom.kept_ink import pen_of

            keep({index: pen_of(ink) for index, ink in drawn.items()})

    # ------------------------------------------------------------------------------------ ask
    def predict(self, *, alone: bool) -> None:
        """Ask questions about the shown variation, of one person or of a class."""
        from visualizer.app.classroom.predicting import Predicting

        if self.asking is None:
            talk = None if self.show is None else self.show.talk
            self.asking = Predicting(self._window, self._host.session, talk, alone=alone)
            self.asking.over.connect(self._predict_no_more)
            self._follow()

    def _predict_no_more(self) -> None:
        self.asking = None
        self._follow()

    def _follow(self) -> None:
        """Put the lesson that is edited away while another column is there, and tell the window.

        While something is asked its titles and questions would tell the answer.
        """
        if self.editing is not None:
            self.editing.set_aside(self.presenting or self.predicting)
        self.changed.emit()

    # ----------------------------------------------------------------------------------- edit
    def new_lesson(self) -> None:
        """Edit a new lesson, which begins with the shown moment; its title is to be written."""
        self._instead(lambda: self._begin().name())

    def _begin(self) -> Editing:
        from visualizer.teaching.draft import new_lesson

        return self._edit(new_lesson(self.moments.now(), tr("New lesson"), catalogue()), None)

    def add_stop(self) -> None:
        """Add the shown moment to the lesson; a new one begins with it where none is edited."""
        if self.editing is None:
            self._begin()
            self._host.banner.confirm(tr("A new lesson begins with this moment."))
        else:
            self.editing.add()

    def choose_lesson(self) -> None:
        """Ask for the file of a lesson, and edit it."""
        from visualizer.catalog.endings import LESSON_ENDING, SHARED_ENDING

        folder = self._folder if self._folder.is_dir() else Path.home()
        dialog = QFileDialog(self._window, tr("Open a lesson"), str(folder))
        dialog.setNameFilter(tr("Lessons") + f" (*{LESSON_ENDING} *{SHARED_ENDING})")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda name: self.edit_file(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def edit_file(self, path: Path) -> None:
        """Edit the lesson of a file; say it where that cannot be read."""
        from visualizer.teaching.lesson_file import LessonFile, read_lesson

        try:
            self.edit(LessonFile(path, read_lesson(path, self._host.session.catalog)))
        except VisualizerError as error:
            self._host.banner.say(str(error))

    def edit(self, file: LessonFile, pens: _Pens | None = None) -> None:
        """Edit a lesson, with what was drawn on it; one that came with the program as a copy."""
        place = None if file.shipped else file.path

        def begin() -> None:
            editing = self._edit(file.lesson, place)
            if pens:
                editing.desk.edit(lambda draft: draft.draw(pens))
            elif file.shipped:
                self._host.banner.confirm(
                    tr("This is a copy: the lesson that came with the program stays as it is.")
                )

        self._instead(begin)

    def recover(self) -> None:
        """Edit once more what was not saved when the program ended, if there is anything."""
        found = self._keeper.found(self._host.session.catalog) if self.editing is None else None
        if found is None:
            return
        lesson, place = found
        self._edit(replace(lesson), place, saved=False)
        self._host.banner.say(
            tr("This lesson was not saved when the program ended last; here it is again.")
        )

    @property
    def _folder(self) -> Path:
        """Where the user's own lessons lie."""
        return self._host.data_folder / "lessons"

    def _instead(self, begin: Callable[[], object]) -> None:
        """Begin to edit another lesson when nothing of this one can be lost."""
        if self.presenting or self.predicting:
            self._host.banner.say(tr("End what is presented or asked, then edit the lesson."))
        elif self.editing is None:
            begin()
        else:
            self.editing.let_go(begin)

    def _edit(self, lesson: Lesson, place: Path | None, *, saved: bool = True) -> Editing:
        # not before it is asked for: start-up counts
        from visualizer.app.classroom.desk import LessonDesk
        from visualizer.app.classroom.editing import Editing
        from visualizer.app.classroom.stop_pictures import StopPictures

        host = self._host
        if self._pictures is None:
            self._pictures = StopPictures(host.session, host.scenes, host.jobs, self)
        desk = LessonDesk(lesson, place, self._keeper, saved=saved)
        editing = self.editing = Editing(
            self._window, desk, host.session, host.jobs, self._pictures,
            lambda: self.moments, lambda: host.stage, host.action, self._folder,
        )  # fmt: skip
        editing.changed.connect(self.changed.emit)
        editing.over.connect(self._edit_no_more)
        editing.saved.connect(self.lessons_changed)
        editing.said.connect(lambda text: host.banner.confirm(text))
        editing.left.connect(lambda: host.stage.setFocus())
        editing.failed.connect(lambda text: host.banner.say(text))
        self.changed.emit()
        return editing

    def _edit_no_more(self) -> None:
        self.editing = None
        self.changed.emit()

    def close_lesson(self) -> None:
        """Close the lesson that is edited, when nothing of it can be lost."""
        self._instead(lambda: None)

    def may_close(self, close: Callable[[], object]) -> bool:
        """Return whether the window may close; else ask first, and close then."""
        if self.editing is None or self._leaving or not self.editing.desk.unsaved:
            return True
        self.editing.let_go(close)
        return False

    def leave(self) -> None:
        """Keep what is not saved, since the program ends and nobody can be asked."""
        self._leaving = True
        if self.editing is not None:
            self.editing.desk.keep()

    # -------------------------------------------------------------------------------- lessons
    def fill(self, menu: QMenu) -> None:
        """Add to a menu what can be done with the lessons that there are."""
        session, folder = self._host.session, self._host.data_folder
        for title, choose in (
            (tr("Pr&esent a lesson"), self.present_lesson),
            (tr("E&dit a lesson"), self.edit),
        ):
            menu.addMenu(LessonMenu(session, folder, choose, menu, title))

    def find_lessons(self, owner: QObject, done: Callable[[Found], object]) -> None:
        """Look for lessons beside the window; ``done`` is told unless ``owner`` is gone."""
        from visualizer.teaching.lesson_file import find_lessons

        host = self._host
        catalog, folder = host.session.catalog, host.data_folder
        host.jobs.run(lambda: find_lessons(catalog, [folder]), done, host.refuse, owner=owner)

    # ---------------------------------------------------------------------------------- links
    def open_text(self, text: str) -> None:
        """Show the moment of a link, or present the lesson of a file; say it where neither is."""
        from visualizer.teaching.lesson_file import LessonFile, is_lesson_file, read_lesson
        from visualizer.teaching.link import is_link, moment_of

        catalog = self._host.session.catalog
        try:
            if is_link(text) or not is_lesson_file(Path(text)):
                self.moments.show(moment_of(text, catalog))
            else:
                path = Path(text)
                self.present_lesson(LessonFile(path, read_lesson(path, catalog)))
        except (VisualizerError, OSError, ValueError) as error:
            self._host.banner.say(str(error))

    def copy_link(self) -> None:
        """Put the shown moment into the clipboard, as a link."""
        from visualizer.teaching.link import link_of

        QGuiApplication.clipboard().setText(link_of(self.moments.now()))
        self._host.banner.confirm(tr("A link to this moment is in the clipboard."))

    def paste_link(self) -> None:
        """Show the moment of the link that is in the clipboard."""
        self.open_text(QGuiApplication.clipboard().text())
