"""The window: puts the zones together, gives the keys to the session, remembers its state.

The stage comes first; timeline, chart and thumbnails follow when its first picture is on the
screen, since plotting alone takes half a second to import. Their places are there from the start,
so nothing jumps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QByteArray, QEvent, QLocale, QSize, Qt, QTimer
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QContextMenuEvent,
    QGuiApplication,
    QKeySequence,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QDialog, QDockWidget, QMainWindow, QWidget
from shiboken6 import isValid

from visualizer.app.classroom.classroom import Classroom
from visualizer.app.languages import LanguageMenu, speak
from visualizer.app.library.compare_menu import CompareMenu
from visualizer.app.library.thumbnails import Thumbnails
from visualizer.app.library.variation_menu import VariationMenu
from visualizer.app.session.announcer import Announcer
from visualizer.app.session.chooser import Chooser
from visualizer.app.session.comparing import Comparing
from visualizer.app.session.estimating import Estimating
from visualizer.app.session.player import Player
from visualizer.app.session.scenes import ChartLike, Scenes, StageLike
from visualizer.app.session.session import Session
from visualizer.app.session.settings import Settings, WindowLayout
from visualizer.app.session.state import SessionState, load_alone
from visualizer.app.session.worker import Jobs, Worker
from visualizer.app.stage.legend import LegendView
from visualizer.app.stage.pair import BodyPair
from visualizer.app.stage.stage import Stage
from visualizer.app.stage.stage_bar import StageBar
from visualizer.app.stage.stage_corners import StageCorners
from visualizer.app.timeline.transport import Transport
from visualizer.app.widgets import accessible
from visualizer.app.widgets.banner import Banner
from visualizer.app.widgets.controls import hairline
from visualizer.app.widgets.focus import move_focus
from visualizer.app.widgets.geometry import first_size, keep_on_screen, room_of
from visualizer.app.widgets.keys import FocusKeys
from visualizer.app.widgets.theme import apply_theme, dress, shown_theme, theme_of, tint, zoom
from visualizer.app.widgets.touch import scroll_by_touch
from visualizer.app.window import dialogs
from visualizer.app.window.actions import Actions
from visualizer.app.window.commands import COMMANDS, MENUS
from visualizer.app.window.export_commands import drag_out
from visualizer.app.window.panels import Panels
from visualizer.app.window.view import ViewContext
from visualizer.app.window.view_set import ViewSet
from visualizer.app.window.views import PANELS, VIEWS
from visualizer.app.window.zones import Zones
from visualizer.catalog.catalog import CatalogLoad
from visualizer.errors import VisualizerError
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.base import ViewName
from visualizer.texts import tr

if TYPE_CHECKING:
    from visualizer.app.timeline.timeline import Timeline
    from visualizer.app.window.tour import Tour

__all__ = ["MainWindow"]

# By then a window manager has said how wide its frame is.
_FRAMED_MS = 300
# The columns of presenter and lesson take their place.
_NOT_WHILE_PRESENTING = ("library", "chart")
_NOT_WHILE_EDITING = ("library",)
# Two bodies and what changes take theirs; each comes back by its key.
_NOT_WHILE_COMPARING = ("library", "chart", "inspector")

_Ready = tuple[Repetition, tuple[StageLike, ChartLike]]


class MainWindow(QMainWindow):
    """The window with its four zones.

    Parameters
    ----------
    session : Session
        What is shown.
    scenes : Scenes
        Where pictures come from.
    read_data : callable
        Reads the data files again.
    data_folder : Path
        Where the user's own files lie; shown in the Help menu.
    settings : Settings
        What is remembered of the last run.
    jobs : Jobs, optional
        Does what takes long, normally on a thread of its own.
    drafts : Path, optional
        Where a lesson is kept that is not saved yet.
    """

    actions_: Actions
    views: ViewSet

    def __init__(
        self,
        session: Session,
        scenes: Scenes,
        read_data: Callable[[], CatalogLoad],
        data_folder: Path,
        settings: Settings | None = None,
        jobs: Jobs | None = None,
        drafts: Path | None = None,
    ) -> None:
        dress(session.state.zoom)
        super().__init__()
        self.session, self.scenes = session, scenes
        self._read_data, self.data_folder = read_data, data_folder
        # the repetition to show and its scenes, while data that were read again are taken over
        self._ready: _Ready | None = None
        self._kept = (settings or Settings()).window
        tint(self, session.state.theme)
        self.player = Player(session, self)
        self.panels = Panels(PANELS, self._kept.panels, self)
        self.panels.lock("alone", ["changes"])  # nothing is compared yet
        self.panels.changed.connect(lambda: self.actions_.follow())
        self.jobs = jobs or Worker(self)
        self.chooser = Chooser(session, scenes, self.jobs, self)
        self.comparing = Comparing(session, scenes, self.jobs, self)
        self.estimating = Estimating(session, self.jobs, self)
        self.thumbnails = Thumbnails(session, scenes, self.jobs, self)
        self.classroom = Classroom(self, self, drafts)
        self.classroom.changed.connect(self._make_room)
        self._away: tuple[str, ...] = ()
        self._tour: Tour | None = None
        accessible.install()
        self.announcer = Announcer(session, partial(accessible.announce, self), self)
        self._keys = FocusKeys(self, self._choose_digit, self.toggle_full_screen)
        self._make(self._kept.view)
        # all stands in its place by now
        apply_theme(self, session.state.theme)
        self.chooser.wanted_changed.connect(self._mark)
        self.chooser.refused.connect(self.refuse)
        self.comparing.refused.connect(self.refuse)
        self.comparing.changed.connect(self._show_comparison)
        session.state_changed.connect(self._show_state)
        session.data_changed.connect(self._show_data)
        QGuiApplication.styleHints().colorSchemeChanged.connect(self.follow_system)
        self._restore()

    def _make(self, view: ViewName | None) -> None:
        """Make all that has texts: menus, actions and the zones, with a view of the stage."""
        session = self.session
        # what stands in the window writes its figures as the window does, not as is usual
        self.setLocale(QLocale())
        self.setWindowTitle(tr("Hip thrust"))
        self.actions_ = Actions(self, self, COMMANDS, MENUS)
        self.variations = VariationMenu(
            self, self.actions_.menus["variation"], self.chooser.choose_variation
        )
        view_menu = self.actions_.menus["view"]
        view_menu.addMenu(LanguageMenu(session.state.language, self._choose_language, view_menu))
        self.classroom.fill(self.actions_.menus["teach"])
        CompareMenu(self.actions_.menus["compare"], session, self.comparing)
        self.banner = Banner()
        self.views = ViewSet(VIEWS, self._context(), self)
        StageCorners(self.pair, self.views.of(StageBar), self.views.of(LegendView))
        drag_out(self, self.pair)
        self.stage.view_changed.connect(self.actions_.follow)
        self.zones = Zones((hairline(), self.banner), self.views, self.panels)
        self.setCentralWidget(self.zones)
        self.variations.fill(session.catalog)
        # after whoever else is told: it takes long
        self.stage.first_frame.connect(self._finish, Qt.ConnectionType.QueuedConnection)
        self._show_all()
        # where a digit's key says + or −, the stage would zoom by it
        self.pair.filter_keys(self._keys)
        if view is not None:
            self.stage.orbit.view = view
        self.actions_.follow()
        self.stage.setFocus()

    def _retranslate(self) -> None:
        """Make everything anew in the language that is chosen now; sizes and state stay."""
        self._make_anew(self.zones.sizes())

    def _zoom(self) -> None:
        """Make everything anew with texts of another size, and share the room anew."""
        dress(self.session.state.zoom)
        apply_theme(self, self.session.state.theme)
        self._make_anew({})

    def _make_anew(self, sizes: Mapping[str, Sequence[int]]) -> None:
        self.classroom.end()
        view = self.stage.orbit.view
        for dialog in self.findChildren(QDialog):
            dialog.close()
        self._end_tour()
        self.views.retire()
        self.variations.remove()
        self.actions_.remove()
        # the names on the stage are drawn into its scenes
        self.scenes.forget()
        self._make(view)
        self.classroom.make_anew()
        self.panels.fit(self._text_size)
        self.zones.arrange(self._free, len(self.session.variation.muscles), sizes)

    def _choose_language(self, code: str) -> None:
        # when the menu that was clicked in is closed: it is made anew, too
        QTimer.singleShot(0, self, lambda: self.session.change(language=code))

    # -------------------------------------------------------------------------------- views
    def _context(self) -> ViewContext:
        return ViewContext(
            self,
            self.session,
            self.scenes,
            self.thumbnails,
            self.chooser,
            self.comparing,
            self.classroom,
            soon=self.jobs.soon,
            action=self.actions_.__getitem__,
            menu=self.actions_.menus.__getitem__,
            confirm=self.banner.confirm,
            warn=self.banner.say,
        )

    @property
    def pair(self) -> BodyPair:
        """The stage with one body or two."""
        return self.views.of(BodyPair)

    @property
    def stage(self) -> Stage:
        """The posed body."""
        return self.pair.first

    @property
    def transport(self) -> Transport:
        """The row of playback."""
        return self.views.of(Transport)

    @property
    def timeline(self) -> Timeline | None:
        """Curves and lanes; None until the first picture is on the screen."""
        return cast("Timeline | None", self.views.get("timeline"))

    def _finish(self) -> None:
        """Add what the first picture did not need."""
        self.views.finish(self.zones.put)
        self.thumbnails.begin()
        self.comparing.begin()
        if not self.scenes.has_native_kernel:
            self.banner.say(
                tr(
                    "The fast renderer is missing in this installation, so pictures come slowly "
                    "and coarse while they move. Install a C compiler and start once more with "
                    "python3 -m visualizer.bootstrap: it builds the renderer, or says why not."
                )
            )

    # ------------------------------------------------------------------------------- session
    def _show_all(self) -> None:
        self._recolour()
        self.views.show_all()
        self._follow()
        self._say_problems()

    def _show_state(self, old: SessionState, new: SessionState) -> None:
        if old.theme != new.theme:
            apply_theme(self, new.theme)
            self._recolour()
        if old.veil != new.veil:
            # what they say is the answer
            self.panels.lock("veil", [panel.id for panel in PANELS] if new.veil else ())
        if old.language != new.language:
            speak(new.language)
            if self.session.problems:  # they are told in the language in which they were found
                self.session.problems = self._read_data().problems
            self._retranslate()
            return
        if old.zoom != new.zoom:
            # when the menu that was clicked in is closed: it is made anew, too
            QTimer.singleShot(0, self, self._zoom)
            return
        self.views.show_state(old, new)
        if not load_alone(old, new):  # no command depends on it, and a slider has many
            self._follow()

    def _show_data(self) -> None:
        self.scenes.forget()
        if self._ready is not None:
            self.scenes.keep(*self._ready)
        self.thumbnails.forget()
        self.variations.fill(self.session.catalog)
        self._show_all()

    def follow_system(self) -> None:
        """Take the system's dark mode, or leave it, until a theme is chosen."""
        name = shown_theme(self.session.state.theme)
        if name != theme_of(self).name:
            apply_theme(self, name)
            self._show_all()

    def _recolour(self) -> None:
        look = theme_of(self)
        self.actions_.recolour(look.text)
        self.banner.recolour(look.text)

    def _follow(self) -> None:
        """Let actions and marks show what is chosen."""
        self.actions_.follow()
        self.variations.use_keys(self.session.state.letter_keys)
        # which may be another one than what is shown yet
        self.chooser.wanted_changed.emit(self.chooser.wanted)

    # ---------------------------------------------------------------------------- variations
    def _mark(self, variation: str) -> None:
        self.variations.mark(variation)

    def _choose_digit(self, digit: int, do: bool) -> bool:
        """Do what a digit stands for, or only say whether it stands for something."""
        if not self.session.state.letter_keys:
            return False
        zero = (a for a in self.actions_.all() if QKeySequence("0") in a.shortcuts())
        action = next(zero, None) if digit == 0 else self.variations.numbered(digit)
        if action is not None and do:
            action.trigger()
        return action is not None

    def refuse(self, error: VisualizerError) -> None:
        """Say why something could not be done; what was shown stays."""
        self.banner.say(str(error))
        self.views.show_state(self.session.state, self.session.state)
        self._follow()

    def _make_room(self) -> None:
        """Let panels rest whose place a column of the classroom takes."""
        room = self.classroom
        away: tuple[str, ...] = () if room.editing is None else _NOT_WHILE_EDITING
        away = _NOT_WHILE_PRESENTING if room.presenting else away
        if room.presenting or room.predicting:
            self._end_tour()  # its card would lie over the column
        if away != self._away:
            self._away = away
            self.panels.rest("classroom", away)
            self.panels.fit(self._text_size)
        self.actions_.follow()

    def _show_comparison(self) -> None:
        """Make room for a second body and what changes, or give it back."""
        compares = self.comparing.second is not None
        if compares is self.panels.locked("changes"):
            self.panels.rest("comparing", _NOT_WHILE_COMPARING if compares else ())
            self.panels.lock("alone", () if compares else ["changes"])
        self.actions_.follow()

    def action(self, name: str) -> QAction:
        """Return the action of a command, by its id."""
        return self.actions_[name]

    # ---------------------------------------------------------------------------------- data
    def reload_data(self, then: Callable[[], object] | None = None) -> None:
        """Read the data files again, beside the window; then confirm it, or do what is given."""
        session, scenes, state = self.session, self.scenes, self.session.state

        def read() -> tuple[CatalogLoad, _Ready | None]:
            load = self._read_data()
            try:
                shown = session.solve(state.variation, state.side, load.catalog)
            except VisualizerError:  # then another one is shown, or nothing has changed
                return load, None
            return load, (shown, scenes.prepared(shown))

        take = partial(self._take_data, then)
        self.jobs.run(read, take, self.refuse, owner=self, urgent=True)

    def _take_data(
        self, then: Callable[[], object] | None, found: tuple[CatalogLoad, _Ready | None]
    ) -> None:
        load, self._ready = found
        solved = () if self._ready is None else (self._ready[0],)
        try:
            self.session.replace_data(load.catalog, load.problems, solved)
        except VisualizerError as error:
            self.refuse(error)
            return
        finally:
            self._ready = None
        if then is not None:
            then()
        elif not self.session.problems:
            self.banner.confirm(tr("The data were read again."))

    def _say_problems(self) -> None:
        found = self.session.problems
        if not found:
            self.banner.hide()
            return
        files = len({p.file for p in found})
        text = (
            tr("One data file could not be read; everything else is loaded.")
            if files == 1
            else tr("{} data files could not be read; everything else is loaded.").format(files)
        )
        self.banner.say(text, tr("Show"), lambda: self.open(partial(dialogs.problems, found=found)))

    # -------------------------------------------------------------------------------- window
    def press(self, name: str) -> str:
        """Return what to press for a command, by its id."""
        return self.actions_.press(name)

    def tour(self) -> None:
        """Lead through the window in five steps."""
        # not before it is asked for: start-up counts
        from visualizer.app.window.help import steps
        from visualizer.app.window.tour import Tour

        self._end_tour()
        self.session.change(toured=True)
        self._tour = Tour(self, steps(self.press), self.views.get)

    def offer_tour(self) -> None:
        """Offer the tour to who has never seen the window; once, and not over other news."""
        state = self.session.state
        if state.toured or state.played or self.banner.isVisible():
            return
        self.session.change(toured=True)

        def begin() -> None:
            self.banner.hide()
            self.tour()

        text = tr("New here? A tour shows you the window in five steps.")
        self.banner.say(text, tr("Take the tour"), begin)

    def _end_tour(self) -> None:
        if self._tour is not None and isValid(self._tour):
            self._tour.leave()
        self._tour = None

    def open(self, make: Callable[[QWidget], QDialog]) -> None:
        """Open a dialog over the window; ``make`` gets the window."""
        dialog = make(self)
        for area in dialog.findChildren(QAbstractScrollArea):
            scroll_by_touch(area)
        dialog.open()

    def _restore(self) -> None:
        kept = self._kept
        self._arranged = self._placed = False
        self._maximised = kept.maximised
        if not (kept.geometry and self.restoreGeometry(QByteArray(kept.geometry))):
            room = room_of(self)
            size = first_size(room)
            self.resize(size)
            if size == room:  # all of it: then the taskbar's side and the frame are known best
                self.setWindowState(Qt.WindowState.WindowMaximized)

    def settings(self) -> Settings:
        """Return what is to be remembered."""
        return Settings(
            state=self.session.state.to_remember(),
            window=WindowLayout(
                view=self.stage.orbit.view,
                panels=self.panels.chosen,
                geometry=bytes(self.saveGeometry().data()),
                maximised=self._maximised,
                splitters=self.zones.sizes(),
            ),
        )

    @property
    def full_screen(self) -> bool:
        """Whether the window fills the screen."""
        return self.isFullScreen()

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back to what the window was before."""
        full, largest = Qt.WindowState.WindowFullScreen, Qt.WindowState.WindowMaximized
        if not self.isFullScreen():
            self.setWindowState(self.windowState() | full)
        else:
            self.setWindowState(largest if self._maximised else Qt.WindowState.WindowNoState)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Follow the window's real state, whoever has changed it."""
        super().changeEvent(event)
        if event.type() != QEvent.Type.WindowStateChange:
            return
        full = self.isFullScreen()
        self.actions_.follow()
        if not full and not self.isMinimized():
            self._maximised = self.isMaximized()
            if not self._maximised:
                QTimer.singleShot(0, self, self.keep_on_screen)

    def keep_on_screen(self) -> None:
        """Bring all of the window, with its frame, onto a screen; not where it fills one."""
        large = self.isFullScreen() or self.isMaximized() or self.isMinimized()
        if self.isVisible() and not large:
            keep_on_screen(self)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Come onto the screen with the frame, too, which is known only now."""
        super().showEvent(event)
        if not self._placed:
            self._placed = True
            self.keep_on_screen()
            QTimer.singleShot(_FRAMED_MS, self, self.keep_on_screen)

    @property
    def _free(self) -> QSize:
        """The window's size without the column in which a lesson is edited."""
        return self.size() - QSize(self.classroom.column_px, 0)

    @property
    def _text_size(self) -> QSize:
        """The same by the room that it has for texts: at 200 % half of it."""
        return self._free / zoom()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the window among the zones when it is shown first."""
        super().resizeEvent(event)
        self.panels.fit(self._text_size)
        if not self._arranged:
            self._arranged = True
            lanes = len(self.session.variation.muscles)
            self.zones.arrange(self.size(), lanes, self._kept.splitters)
            self.actions_.follow()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Offer what can be done with what lies there, or has the focus."""
        # not before it is asked for: start-up counts
        from visualizer.app.window.context_menu import ContextMenu

        event.setAccepted(ContextMenu(self, self, self.actions_.__getitem__).open(event))

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, N802
        """Move the focus as the eye goes through the window: from top to bottom, left to right."""
        columns = [dock for dock in self.findChildren(QDockWidget) if dock.isVisible()]
        zones = [self.banner, *columns, *self.views.all()]
        return move_focus(zones, self.focusWidget(), forward=next)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Ask before a lesson is lost; stop playing: nothing is drawn into a closed window."""
        if not self.classroom.may_close(self.close):
            event.ignore()
            return
        self.session.change(playing=False)
        self.hide()  # what is under way may take a moment to end
        self.jobs.stop()
        super().closeEvent(event)
