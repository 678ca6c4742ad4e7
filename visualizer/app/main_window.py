"""The window: puts the zones together, gives the keys to the session, remembers its state.

The stage comes first; timeline, chart and thumbnails follow when its first picture is on the
screen, since plotting alone takes half a second to import. Their places are there from the start,
so nothing jumps.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QObject, Qt
from PySide6.QtGui import QAction, QActionGroup, QCloseEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QMainWindow,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from visualizer.anatomy.muscle import Side
from visualizer.app.actions import TRANSPORT, Actions
from visualizer.app.banner import Banner
from visualizer.app.chart import Chart
from visualizer.app.commands import Commands
from visualizer.app.controls import hairline
from visualizer.app.inspector import Inspector
from visualizer.app.lanes import CURVES_PX, HEADER_PX, LANE_PX
from visualizer.app.legend import Legend
from visualizer.app.library import Library
from visualizer.app.player import Player
from visualizer.app.scenes import Scenes
from visualizer.app.session import Session, SessionState
from visualizer.app.settings import Settings
from visualizer.app.stage import Stage
from visualizer.app.stage_bar import StageBar
from visualizer.app.theme import apply_theme, icon
from visualizer.app.thumbnails import Thumbnails
from visualizer.app.top_bar import TopBar
from visualizer.app.transport import Transport
from visualizer.app.view import View
from visualizer.app.words import language
from visualizer.errors import VisualizerError
from visualizer.exercise.catalog import CatalogLoad
from visualizer.exercise.repetition import Moment
from visualizer.scene.palette import theme
from visualizer.scene.scene import View as Direction

if TYPE_CHECKING:
    from visualizer.app.timeline import Timeline

__all__ = ["MainWindow"]

_EDGE = 12  # distance of what lies on the stage from its edges


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
    """

    def __init__(
        self,
        session: Session,
        scenes: Scenes,
        read_data: Callable[[], CatalogLoad],
        data_folder: Path,
        settings: Settings | None = None,
    ) -> None:
        super().__init__()
        self.session, self.scenes = session, scenes
        self._read_data, self.data_folder = read_data, data_folder
        self._settings = settings or Settings()
        self.setWindowTitle(self.tr("Hip thrust"))
        # before any widget is made: they take their fonts from it
        self._style(session.state.theme)
        self.setMinimumSize(1000, 620)
        self.player = Player(session, self)
        self.commands = Commands(self)
        self.actions_ = Actions(self, self.commands.handlers())
        self.thumbnails = Thumbnails(session, scenes, self)
        self._make_zones()
        self._views: tuple[View, ...] = (
            self.top_bar, self.library, self.stage, self.legend, self.chart, self.inspector,
            self.transport,
        )  # fmt: skip
        self._fill_variations()
        session.state_changed.connect(self._show_state)
        session.moment_changed.connect(self._show_moment)
        session.hover_changed.connect(self._show_hover)
        session.data_changed.connect(self._show_data)
        self.stage.first_frame.connect(self._finish)
        self._show_all()
        self._view_changed(self.stage.orbit.view)
        self.stage.setFocus()
        self._restore()

    # -------------------------------------------------------------------------------- zones
    def _make_zones(self) -> None:
        session, scenes, actions = self.session, self.scenes, self.actions_
        self.banner = Banner()
        self.top_bar = TopBar(session, actions.menus["variation"], actions["dark"])
        self.library = Library(session, self.thumbnails)
        self.stage = Stage(session, scenes)
        self.library.chosen.connect(self._choose)
        self.stage.view_changed.connect(self._view_changed)
        views = [actions[f"view_{d.value}"] for d in Direction]
        self.stage_bar = StageBar(
            [views, [actions["xray"]], [actions["labels"]]], actions["reset_view"], self.stage
        )
        self.legend = Legend(session, self.stage)
        self.stage.installEventFilter(self)
        self.chart = Chart(session, scenes)
        self.inspector = Inspector(session)
        self.transport = Transport(session, [actions[name] for name in TRANSPORT])
        self.timeline: Timeline | None = None
        self._below = QWidget()
        self._below.setObjectName("zone")
        column = QVBoxLayout(self._below)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.transport)
        self._below.setMinimumHeight(44 + HEADER_PX + CURVES_PX + 3 * LANE_PX + 8)

        self._right = self._splitter("right", Qt.Orientation.Vertical, self.chart, self.inspector)
        self._upper = self._splitter(
            "upper", Qt.Orientation.Horizontal, self.library, self.stage, self._right
        )
        self._whole = self._splitter("whole", Qt.Orientation.Vertical, self._upper, self._below)
        self._upper.setStretchFactor(1, 1)
        self._whole.setStretchFactor(0, 1)
        centre = QWidget()
        centre.setObjectName("zone")
        stack = QVBoxLayout(centre)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(0)
        for widget in (hairline(), self.banner, self.top_bar, hairline()):
            stack.addWidget(widget)
        stack.addWidget(self._whole, 1)
        self.setCentralWidget(centre)

    def _splitter(self, name: str, orientation: Qt.Orientation, *widgets: QWidget) -> QSplitter:
        splitter = QSplitter(orientation)
        splitter.setObjectName(name)
        splitter.setHandleWidth(1)
        splitter.setChildrenCollapsible(False)
        for index, widget in enumerate(widgets):
            splitter.addWidget(widget)
            splitter.setStretchFactor(index, 0)
        return splitter

    def _arrange(self) -> None:
        """Share the window among the zones; their sizes are the user's afterwards."""
        width, height = self.width(), self.height()
        left = min(max(round(width * 0.19), 236), 380)
        right = min(max(round(width * 0.25), 312), 620)
        lanes = max(len(self.session.variation.muscles), 4)
        below = min(44 + HEADER_PX + CURVES_PX + lanes * LANE_PX + 16, round(height * 0.42))
        above = height - below - 80
        self._upper.setSizes([left, width - left - right, right])
        self._whole.setSizes([above, below])
        self._right.setSizes([round(above * 0.52), round(above * 0.48)])

    def _finish(self) -> None:
        """Add what the first picture did not need."""
        from visualizer.app.timeline import Timeline  # half a second: pyqtgraph

        timeline = Timeline(self.session)
        self.timeline = timeline
        layout = self._below.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.addWidget(timeline, 1)
        self._views += (timeline,)
        self.chart.begin()
        self.thumbnails.begin()
        if not self.scenes.has_native_kernel:
            self.banner.say(
                self.tr(
                    "The fast renderer is missing in this installation, so pictures come slowly "
                    "and coarse while they move. Install again with a C compiler."
                )
            )

    # ------------------------------------------------------------------------------- session
    def _show_all(self) -> None:
        self._recolour(self.session.state.theme)
        for view in self._views:
            view.show_state(None, self.session.state)
            view.show_moment(self.session.moment)
        self._check_actions(self.session.state)
        self._say_problems()

    def _show_state(self, old: SessionState, new: SessionState) -> None:
        if old.theme != new.theme:
            self._style(new.theme)
            self._recolour(new.theme)
        for view in self._views:
            view.show_state(old, new)
        self._check_actions(new)

    def _show_moment(self, moment: Moment) -> None:
        for view in self._views:
            view.show_moment(moment)

    def _show_hover(self, muscle: str | None) -> None:
        for view in self._views:
            view.show_hover(muscle)

    def _show_data(self) -> None:
        self.scenes.forget()
        self.thumbnails.forget()
        self._fill_variations()
        self._show_all()

    @staticmethod
    def _style(name: str) -> None:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        apply_theme(application, name)

    def _recolour(self, name: str) -> None:
        look = theme(name)
        self.actions_.recolour(look.text)
        self.actions_["dark"].setIcon(
            icon("theme-light" if name == "dark" else "theme-dark", look.text)
        )
        self._recolour_play(self.session.state)
        self.banner.recolour(look.text)

    def _recolour_play(self, state: SessionState) -> None:
        action, colour = self.actions_["play"], theme(state.theme).text
        action.setIcon(icon("pause" if state.playing else "play", colour))
        text = self.tr("&Pause") if state.playing else self.tr("&Play")
        if action.text() != text:
            action.setText(text)
            action.setToolTip(text.replace("&", "") + " (Space)")

    def _check_actions(self, state: SessionState) -> None:
        actions = self.actions_
        actions["dark"].setChecked(state.theme == "dark")
        actions["xray"].setChecked(state.xray)
        actions["labels"].setChecked(state.labels)
        actions["focus"].setChecked(state.focus)
        actions["focus"].setEnabled(state.selection is not None)
        actions["loop"].setChecked(state.loop)
        actions.show_group("speed", str(state.speed))
        actions.show_group("side", state.side.value)
        actions.show_group("curves", state.curves.value)
        for side in Side:
            actions[f"side_{side.value}"].setVisible(self.session.one_leg)
        for action in self._variation_actions:
            action.setChecked(action.data() == state.variation)
        self._recolour_play(state)

    def _view_changed(self, direction: Direction | None) -> None:
        self.actions_.show_group("view", direction.value if direction is not None else None)

    # ---------------------------------------------------------------------------- variations
    def _fill_variations(self) -> None:
        """Put the variations on top of their menu, with the keys 1 … 9."""
        menu = self.actions_.menus["variation"]
        for action in getattr(self, "_variation_actions", ()):
            menu.removeAction(action)
            self.removeAction(action)
            action.deleteLater()
        if not hasattr(self, "_variation_group"):
            self._variation_group = QActionGroup(self)
        first = menu.actions()[0]
        made = []
        for number, variation in enumerate(self.session.catalog.variations, start=1):
            name = self.session.catalog.telling_name(variation, language())
            action = QAction(name.replace("&", "&&"), self)
            action.setData(variation.id)
            action.setCheckable(True)
            if number <= 9:
                action.setShortcut(QKeySequence(str(number)))
            action.triggered.connect(lambda _=False, v=variation.id: self._choose(v))
            self._variation_group.addAction(action)
            menu.insertAction(first, action)
            self.addAction(action)
            made.append(action)
        self._variation_actions = tuple(made)

    def _choose(self, variation: str) -> None:
        try:
            self.session.change(variation=variation)
        except VisualizerError as error:
            self.refuse(error)

    def refuse(self, error: VisualizerError) -> None:
        """Say why something could not be done; what was shown stays."""
        self.banner.say(str(error))
        self.library.recheck()
        self._check_actions(self.session.state)

    # ---------------------------------------------------------------------------------- data
    def reload_data(self) -> None:
        """Read the data files again."""
        load = self._read_data()
        try:
            self.session.replace_data(load.catalog, load.problems)
        except VisualizerError as error:
            self.refuse(error)

    def _say_problems(self) -> None:
        found = self.session.problems
        if not found:
            self.banner.hide()
            return
        files = len({p.file for p in found})
        text = (
            self.tr("One data file could not be read; everything else is loaded.")
            if files == 1
            else self.tr("{} data files could not be read; everything else is loaded.").format(
                files
            )
        )
        self.banner.say(text, self.tr("Show"), self.commands.show_problems)

    # -------------------------------------------------------------------------------- window
    def _restore(self) -> None:
        kept = self._settings
        if not (kept.geometry and self.restoreGeometry(QByteArray(kept.geometry))):
            screen = self.screen().availableGeometry()
            self.resize(min(1440, screen.width()), min(900, screen.height()))
        self._arranged = False
        self._sizes = dict(kept.splitters)

    def settings(self) -> Settings:
        """Return what is to be remembered."""
        state = self.session.state
        return Settings(
            variation=state.variation,
            side=state.side,
            theme=state.theme,
            labels=state.labels,
            loop=state.loop,
            speed=state.speed,
            curves=state.curves,
            load=state.load,
            geometry=bytes(self.saveGeometry().data()),
            splitters={s.objectName(): s.sizes() for s in self._splitters()},
        )

    def _splitters(self) -> tuple[QSplitter, ...]:
        return self._whole, self._upper, self._right

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the window among the zones when it is shown first."""
        super().resizeEvent(event)
        if not self._arranged:
            self._arrange()
            for splitter in self._splitters():
                sizes = self._sizes.get(splitter.objectName(), [])
                if len(sizes) == splitter.count() and all(s > 0 for s in sizes):
                    splitter.setSizes(sizes)
            self._arranged = True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep row and legend in the stage's corners."""
        if watched is self.stage and event.type() == QEvent.Type.Resize:
            self._place_on_stage()
        return super().eventFilter(watched, event)

    def _place_on_stage(self) -> None:
        stage, bar, legend = self.stage, self.stage_bar, self.legend
        bar.adjustSize()
        stage.setMinimumWidth(bar.width() + _EDGE)
        bar.move(_EDGE - 4, _EDGE - 6)
        legend.fit(stage.width() - 2 * _EDGE)
        legend.move(_EDGE + 4, stage.height() - legend.height() - _EDGE + 2)
        insets = (bar.height() + _EDGE, legend.height() + _EDGE)
        if insets != stage.insets_px:
            stage.insets_px = insets
            stage.orbit.refit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Press the focused button with Enter, since the space bar plays."""
        focus = self.focusWidget()
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and isinstance(focus, QAbstractButton):
            focus.click()
            return
        super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Stop playing, so that nothing is drawn into a closed window."""
        self.session.change(playing=False)
        super().closeEvent(event)
