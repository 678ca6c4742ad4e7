"""Presenting: two windows on one talk, on two screens or on one; begins and ends as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QImage, QScreen
from PySide6.QtWidgets import QMainWindow, QWidget
from shiboken6 import isValid

from visualizer.analysis.veil import OPEN
from visualizer.app.classroom.audience import Audience
from visualizer.app.classroom.awake import Awake
from visualizer.app.classroom.clicker import Clicker
from visualizer.app.classroom.ink_view import InkPad
from visualizer.app.classroom.moments import Moments
from visualizer.app.classroom.predicting import column_in
from visualizer.app.classroom.presenter import NEXT_PX, Presenter
from visualizer.app.classroom.screens import (
    WINDOWED,
    all_screens,
    known_by,
    name_of_screen,
    place_on,
    screen_for,
)
from visualizer.app.classroom.talk import Talk, TalkStop
from visualizer.app.session.player import Player
from visualizer.app.session.scenes import ChartLike, Scenes, StageLike
from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.app.stage.pair import BodyPair
from visualizer.app.stage.posed_view import PosedView
from visualizer.app.widgets.pictures import image_of
from visualizer.app.widgets.theme import theme_of
from visualizer.exercise.repetition import Repetition
from visualizer.teaching.picture import request_of
from visualizer.texts import tr

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
    pair : BodyPair
        The teacher's stage, with one body or two.
    moments : Moments
        Shows the stops.
    stops : sequence of TalkStop
        At least one.
    index : int
        The stop to begin with.
    """

    over = Signal()
    said = Signal(str)  # where the audience is, when it is not where it was wanted

    def __init__(
        self,
        window: QMainWindow,
        session: Session,
        scenes: Scenes,
        jobs: Jobs,
        player: Player,
        pair: BodyPair,
        moments: Moments,
        stops: Sequence[TalkStop],
        index: int = 0,
        awake: Awake | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._session, self._scenes = window, session, scenes
        self._jobs, self._player, self._pair = jobs, player, pair
        self._awake = awake or Awake()
        self._ended = False
        self._was_full = window.isFullScreen()
        self.talk = Talk(stops, parent=self, index=index)
        self.talk.moved.connect(lambda stop: self._go_to(stop, moments))
        self.talk.played.connect(lambda: session.change(playing=True))
        self.talk.revealed.connect(lambda: session.change(veil=OPEN))
        self.audience = Audience(session, scenes, self.talk, pair)
        self.audience.installEventFilter(self)
        self.pad = InkPad(self.talk, pair.first)
        # what is drawn on one body is drawn on the other, at the same place in the room
        self._pads = [self.pad]
        pair.on_second(self._draw_on)
        self.presenter = Presenter(self.talk, self._draw_aside)
        self.presenter.ended.connect(self.end)
        self.presenter.swapped.connect(self.swap)
        self.presenter.screen_chosen.connect(self.choose_screen)
        self._dock = column_in(window, "presenter", self.presenter)
        self._clicker = Clicker(self.talk, (window, self.audience), self.end, self)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        # a turn later: while a screen goes the windows are still on it
        self._moved = QTimer(self)
        self._moved.setSingleShot(True)
        self._moved.setInterval(0)
        self._moved.timeout.connect(self.screens_changed)
        application.screenAdded.connect(self._wait_for_screens)
        application.screenRemoved.connect(self._wait_for_screens)

    def begin(self) -> None:
        """Put the windows on their screens and show the first stop."""
        self._player.waits_at_borders = True
        self._awake.on()
        self._place()
        self.talk.begin()

    def _go_to(self, stop: TalkStop, moments: Moments) -> None:
        """Show a stop as soon as it is ready, and veil at once what its question asks.

        The question can be read while another picture is still there, which may tell the answer.
        """
        veil = self._session.state.veil | stop.moment.veil
        self._session.change(veil=veil)
        moments.show(stop.moment)

    def _place(self) -> None:
        """Show the audience where it was shown last, else on another screen, else in a window."""
        screens, own = all_screens(), self._window.screen()
        wanted = self._session.state.audience_screen
        screen = screen_for(screens, own, wanted)
        # in a window beside the teacher's it stays above that one
        self._belong(self._window if screen is None else None)
        if screen is not None:
            place_on(self.audience, screen)
        else:
            room = own.availableGeometry()
            self.audience.hide()
            self.audience.setScreen(own)
            self.audience.showNormal()
            self.audience.resize(room.size() * _REHEARSED)
            # at the lower right it covers neither notes nor stage
            frame = self.audience.frameGeometry()
            frame.moveBottomRight(room.bottomRight())
            self.audience.move(frame.topLeft())
        self._window.activateWindow()
        self._list_screens()
        if wanted not in ("", WINDOWED, *map(known_by, screens)):
            text = tr("The screen “{wanted}” is not there. The audience is on: {shown}")
            shown = self.presenter.screens.currentText()
            self.said.emit(text.format(wanted=wanted, shown=shown))

    def _belong(self, to: QWidget | None) -> None:
        """Let the audience's window stay above another one, or above none."""
        self.audience.winId()  # makes the platform's window
        handle = self.audience.windowHandle()
        if handle is not None:
            above = None if to is None else to.windowHandle()
            handle.setTransientParent(above)  # type: ignore[arg-type]  # None is for none

    def _list_screens(self) -> None:
        """Let the presenter list the screens, and a window beside the teacher."""
        screens = all_screens()
        names = [name_of_screen(screen, k) for k, screen in enumerate(screens, start=1)]
        full = self.audience.isFullScreen()
        shown = self.audience.screen()
        index = screens.index(shown) if full and shown in screens else len(screens)
        if len(screens) == 1:  # it is the teacher's
            names, index = [], 0
        self.presenter.show_screens([*names, tr("a window beside yours")], index)
        self.presenter.swap.setEnabled(full and len(screens) > 1)

    def _wait_for_screens(self, screen: QScreen) -> None:
        self._moved.start()

    def screens_changed(self) -> None:
        """Place the audience anew: no window comes home by itself when a cable is pulled."""
        self._place()

    def choose_screen(self, index: int) -> None:
        """Show the audience on a screen of the list, or in a window; that is remembered."""
        screens = all_screens()
        chosen = screens[index] if index < len(screens) and len(screens) > 1 else None
        if chosen is not None and chosen is self._window.screen():
            # the teacher makes room
            free = screen_for(screens, chosen, known_by(self.audience.screen()))
            place_on(self._window, free or chosen)
        wanted = WINDOWED if chosen is None else known_by(chosen)
        self._session.change(audience_screen=wanted)
        self._place()

    def swap(self) -> None:
        """Let audience and teacher change places."""
        screens, own = all_screens(), self._window.screen()
        if own in screens:
            self.choose_screen(screens.index(own))

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
        self._pair.on_second(None)
        for pad in self._pads:
            if isValid(pad):  # it may have gone with its body
                pad.hide()
                pad.deleteLater()
        self.audience.deleteLater()
        self.audience.close()
        self._window.removeDockWidget(self._dock)
        self._dock.deleteLater()
        if self._window.isFullScreen() != self._was_full:
            self._window.showNormal()
        self.over.emit()
        self.deleteLater()

    def _draw_on(self, second: PosedView) -> None:
        self._pads.append(InkPad(self.talk, second))

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
