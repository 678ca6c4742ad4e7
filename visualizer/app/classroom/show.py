"""Presenting: two windows on one talk, on two screens or on one; begins and ends as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage, QScreen
from PySide6.QtWidgets import QMainWindow

from visualizer.analysis.veil import OPEN
from visualizer.app.classroom.audience import Audience
from visualizer.app.classroom.awake import Awake
from visualizer.app.classroom.clicker import Clicker
from visualizer.app.classroom.ink_view import InkPad
from visualizer.app.classroom.moments import Moments
from visualizer.app.classroom.predicting import column_in
from visualizer.app.classroom.presenter import NEXT_PX, Presenter
from visualizer.app.classroom.screens import other_screen, place_on
from visualizer.app.classroom.talk import Talk, TalkStop
from visualizer.app.session.player import Player
from visualizer.app.session.scenes import ChartLike, Scenes, StageLike
from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.app.stage.stage import Stage
from visualizer.app.widgets.pictures import image_of
from visualizer.app.widgets.theme import theme_of
from visualizer.exercise.repetition import Repetition
from visualizer.teaching.picture import request_of

__all__ = ["Show"]

_Drawn = tuple[QImage, Repetition, tuple[StageLike, ChartLike] | None]

# The audience's window where there is one screen, as a share of that screen.
_REHEARSED = 0.5


class Show(QObject):
    """One presentation, from its begin to its end.

    Parameters
    ----------
    window : QMainWindow
        The teacher's; it gets the presenter's column.
    session, scenes, jobs, player
        What is shown, where pictures come from, who draws aside, and the clock.
    stage : Stage
        The teacher's stage.
    moments : Moments
        Shows the stops.
    stops : sequence of TalkStop
        At least one.
    index : int
        The stop to begin with.
    """

    over = Signal()

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        scenes: Scenes,
        jobs: Jobs,
        player: Player,
        stage: Stage,
        moments: Moments,
        stops: Sequence[TalkStop],
        index: int = 0,
        awake: Awake | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._scenes = window, session, scenes
        self._jobs, self._player = jobs, player
        self._awake = awake or Awake()
        self._ended = False
        self._was_full = window.isFullScreen()
        self.talk = Talk(stops, parent=self, index=index)
        self.talk.moved.connect(lambda stop: moments.show(stop.moment))
        self.talk.played.connect(lambda: session.change(playing=True))
        self.talk.revealed.connect(lambda: session.change(veil=OPEN))
        self.audience = Audience(session, scenes, self.talk, stage)
        self.audience.installEventFilter(self)
        self.pad = InkPad(self.talk, stage)
        self.presenter = Presenter(self.talk, self._draw_aside)
        self.presenter.ended.connect(self.end)
        self.presenter.swapped.connect(self.swap)
        self._dock = column_in(window, "presenter", self.presenter)
        self._clicker = Clicker(self.talk, (window, self.audience), self.end, self)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenAdded.connect(self.screens_changed)
        application.screenRemoved.connect(self.screens_changed)

    def begin(self) -> None:
        """Put the windows on their screens and show the first stop."""
        self._player.waits_at_borders = True
        self._awake.on()
        self._place()
        self.talk.begin()

    def _place(self) -> None:
        """Let the audience fill the screen that the teacher is not on; else show it smaller."""
        screen = other_screen(QGuiApplication.screens(), self._window)
        self.presenter.swap.setEnabled(screen is not None)
        if screen is not None:
            place_on(self.audience, screen)
        else:
            room = self._window.screen().availableGeometry()
            self.audience.showNormal()
            self.audience.resize(room.size() * _REHEARSED)
            self.audience.move(room.topLeft())
        self._window.activateWindow()

    def screens_changed(self, screen: QScreen | None = None) -> None:
        """Place the audience anew: no window comes home by itself when a cable is pulled."""
        self._place()

    def swap(self) -> None:
        """Let audience and teacher change places."""
        mine, other = self._window.screen(), self.audience.screen()
        if mine is other:
            return
        place_on(self._window, other)
        place_on(self.audience, mine)
        self._window.activateWindow()

    def end(self) -> None:
        """Close the audience's window and leave the teacher's as it was before."""
        if self._ended:
            return
        self._ended = True
        if self.talk.stop.moment.veil:  # nobody would uncover it any more
            self._session.change(veil=OPEN)
        self._player.waits_at_borders = False
        self._awake.off()
        self._clicker.deleteLater()
        self.audience.removeEventFilter(self)
        self.pad.hide()
        for widget in (self.audience, self.pad):
            widget.deleteLater()
        self.audience.close()
        self._window.removeDockWidget(self._dock)
        self._dock.deleteLater()
        if self._window.isFullScreen() != self._was_full:
            self._window.showNormal()
        self.over.emit()
        self.deleteLater()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """End when the audience's window is closed by its frame."""
        if watched is self.audience and event.type() == QEvent.Type.Close:
            self.end()
        return super().eventFilter(watched, event)

    # ------------------------------------------------------------------------------- pictures
    def _draw_aside(self, stop: TalkStop, then: Callable[[QImage], object]) -> None:
        """Draw a stop's picture beside the window, and hand it over while the talk goes on."""
        session, scenes, theme = self._session, self._scenes, theme_of(self._window).name

        def draw() -> _Drawn:
            moment = stop.moment
            repetition = session.solve(moment.variation, moment.side)
            # so that the stop is there at once when it is gone to
            ready = None if scenes.has(repetition) else scenes.prepared(repetition)
            scene = scenes.passing(repetition) if ready is None else ready[0]
            request = request_of(moment, repetition, (NEXT_PX.width(), NEXT_PX.height()), theme)
            return image_of(scene.render(request).picture).copy(), repetition, ready

        def done(drawn: _Drawn) -> None:
            picture, repetition, ready = drawn
            if self._ended or repetition.catalog is not session.catalog:
                return
            if ready is not None and not scenes.has(repetition):
                scenes.keep(repetition, ready)
            then(picture)

        # a stop that cannot be shown says why when it is gone to
        self._jobs.run(draw, done, lambda error: None, owner=self, urgent=True)
