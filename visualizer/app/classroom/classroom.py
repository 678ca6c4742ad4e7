"""What a teacher does with the window: present, ask, open and copy links; one object for all of it.

The window makes one and keeps it. What presenting and asking need is imported when it is asked for,
since start-up counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from visualizer.app.classroom.moments import Moments
from visualizer.app.classroom.talk import TalkStop
from visualizer.app.session.chooser import Chooser
from visualizer.app.session.player import Player
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.app.stage.stage import Stage
from visualizer.app.widgets.banner import Banner
from visualizer.errors import VisualizerError
from visualizer.texts import tr

if TYPE_CHECKING:
    from visualizer.app.classroom.predicting import Predicting
    from visualizer.app.classroom.show import Show
    from visualizer.teaching.lesson_file import LessonFile

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

    @property
    def stage(self) -> Stage:
        """The posed body."""

    def refuse(self, error: VisualizerError) -> None:
        """Say why something could not be done; what was shown stays."""


class Classroom(QObject):
    """Presenting, asking, links.

    Parameters
    ----------
    window : QMainWindow
        Gets the columns of whoever presents or asks.
    host : Host
        The same, as what is worked on.

    Attributes
    ----------
    show : Show or None
        The presentation that is under way.
    asking : Predicting or None
        The round of questions that is under way.
    """

    changed = Signal()  # what is under way
    presents = Signal(bool)  # whether a presentation begins, or is over

    def __init__(self, window: QMainWindow, host: Host) -> None:
        super().__init__(window)
        self._window, self._host = window, host
        self.show: Show | None = None
        self.asking: Predicting | None = None

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

    def end(self) -> None:
        """End whatever is under way."""
        if self.asking is not None:
            self.asking.end()
        if self.show is not None:
            self.show.end()

    # -------------------------------------------------------------------------------- present
    def present(self, stops: Sequence[TalkStop] = ()) -> None:
        """Present stops to an audience, the shown moment where there are none."""
        from visualizer.app.classroom.show import Show

        if self.show is not None:
            return
        host, moments = self._host, self.moments
        self.show = Show(
            self._window, host.session, host.scenes, host.jobs, host.player, host.stage, moments,
            stops or (TalkStop(moments.now()),),
        )  # fmt: skip
        self.show.over.connect(self._present_no_more)
        self.presents.emit(True)
        self.show.begin()
        self.changed.emit()

    def present_lesson(self, file: LessonFile) -> None:
        """Present a lesson; its questions are made beside the window."""
        from visualizer.app.classroom.lessons import talk_stops

        host = self._host
        host.jobs.run(
            lambda: talk_stops(file.lesson, host.session),
            self.present,
            host.refuse,
            owner=self,
            urgent=True,
        )

    def _present_no_more(self) -> None:
        self.show = None
        self.presents.emit(False)
        self.changed.emit()

    # ------------------------------------------------------------------------------------ ask
    def predict(self, *, alone: bool) -> None:
        """Ask questions about the shown variation, of one person or of a class."""
        from visualizer.app.classroom.predicting import Predicting

        if self.asking is None:
            talk = None if self.show is None else self.show.talk
            self.asking = Predicting(self._window, self._host.session, talk, alone=alone)
            self.asking.over.connect(self._predict_no_more)
            self.changed.emit()

    def _predict_no_more(self) -> None:
        self.asking = None
        self.changed.emit()

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
