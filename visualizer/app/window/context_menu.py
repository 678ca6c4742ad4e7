"""The context menu: what can be done with what lies under the mouse, or has the focus.

A view knows what lies where; what can be done with a muscle or a moment is the same in every view
and stands here. Plot and cards of variations have menus of their own. The Menu key and Shift+F10
ask for what has the focus.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import QMenu, QWidget

from visualizer.analysis.words import role_word
from visualizer.app.inspector.muscle_row import MuscleRow
from visualizer.app.session.choices import InspectorTab
from visualizer.app.stage.body_view import BodyView
from visualizer.app.stage.stage import Stage
from visualizer.app.timeline.lane_bars import LaneBars
from visualizer.app.timeline.lane_names import LaneName
from visualizer.app.timeline.loop_menu import fill_loop
from visualizer.app.timeline.phase_row import PhaseRow
from visualizer.app.timeline.scrubber import Scrubber
from visualizer.app.window.command import CommandContext
from visualizer.texts import tr

__all__ = ["ContextMenu"]

_ON_STAGE = ("xray", "labels", "reset_view", "copy_link", "add_stop")


class ContextMenu:
    """Makes the menu of a place.

    Parameters
    ----------
    window : QWidget
        What it belongs to.
    context : CommandContext
        What is changed.
    action : callable
        Returns the action of a command, by its id.
    """

    def __init__(
        self, window: QWidget, context: CommandContext, action: Callable[[str], QAction]
    ) -> None:
        self._window, self._context, self._action = window, context, action

    def open(self, event: QContextMenuEvent) -> bool:
        """Open the menu that an event asks for; return whether there is one."""
        menu = QMenu(self._window)
        place = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            widget: QWidget | None = self._window.focusWidget()
            if widget is not None:
                self.fill(menu, widget, None)
                place = widget.mapToGlobal(widget.rect().center())
        else:
            widget = self._window.childAt(self._window.mapFromGlobal(place))
            if widget is not None:
                self.fill(menu, widget, place)
        if menu.isEmpty():
            menu.deleteLater()
            return False
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(place)
        return True

    def fill(self, menu: QMenu, widget: QWidget | None, place: QPoint | None) -> None:
        """Put what can be done with a widget into a menu.

        Parameters
        ----------
        menu : QMenu
            What is filled; it stays empty where there is nothing to do.
        widget : QWidget or None
            What lies there; where nothing is known of it, what it lies in counts.
        place : QPoint or None
            Where on the screen the mouse is; None for what has the focus.
        """
        hit = widget
        while widget is not None and widget is not self._window:
            at = None if place is None else widget.mapFromGlobal(place).toPointF()
            if self._fill_of(menu, widget, at, covered=widget is not hit):
                return
            widget = widget.parentWidget()

    def _fill_of(self, menu: QMenu, widget: QWidget, at: QPointF | None, *, covered: bool) -> bool:
        """Fill a menu of what a widget shows at a point of it; return whether it shows any."""
        session = self._context.session
        if isinstance(widget, BodyView):
            muscle = session.state.selection if at is None else widget.muscle_at(at)
            self._muscle(menu, None if covered else muscle)
            if isinstance(widget, Stage):
                menu.addActions([self._action(name) for name in _ON_STAGE])
        elif isinstance(widget, MuscleRow):
            self._muscle(menu, widget.muscle)
        elif isinstance(widget, LaneName):
            self._muscle(menu, widget.lane.muscle)
        elif isinstance(widget, LaneBars | PhaseRow):
            lane = widget.lane_at(at.y()) if isinstance(widget, LaneBars) and at else None
            self._muscle(menu, lane.muscle if lane is not None else None)
            self._moment(menu, session.wanted_s if at is None else widget.time_at(at.x()))
        elif isinstance(widget, Scrubber):
            self._moment(menu, session.wanted_s)
        else:
            return False
        return True

    def _muscle(self, menu: QMenu, muscle: str | None) -> None:
        """Offer what can be done with a muscle; nothing while its name would tell the answer."""
        session = self._context.session
        state, change = session.state, session.change
        if muscle is None or muscle not in session.catalog.muscles or state.veil:
            return
        selected = state.selection == muscle
        menu.addAction(session.name_of(muscle)).setEnabled(False)
        other = None if selected else muscle
        menu.addAction(
            tr("De&select") if selected else tr("&Select"), partial(change, selection=other)
        )
        alone, focus = selected and state.alone, selected and state.focus
        _switch(menu, tr("Show it &alone"), alone, partial(
            change, selection=muscle, alone=not alone, only_role=None,
        ))  # fmt: skip
        action = session.repetition.statement_for(muscle)
        if action is not None:
            only = state.only_role is action.role and not state.alone
            role = None if only else action.role
            text = tr("Show its &role alone: {}").format(role_word(action.role))
            _switch(menu, text, only, partial(change, only_role=role, alone=False))
        _switch(menu, tr("&Focus on it"), focus, partial(
            change, selection=muscle, focus=not focus,
        ))  # fmt: skip
        menu.addSeparator()
        for tab, text in (
            (InspectorTab.WHY, tr("&Why it works so")),
            (InspectorTab.ANATOMY, tr("Its a&natomy")),
            (InspectorTab.EVIDENCE, tr("Its &evidence")),
        ):
            menu.addAction(text, partial(self._read, muscle, tab))
        menu.addSeparator()

    def _read(self, muscle: str, tab: InspectorTab) -> None:
        self._context.session.change(selection=muscle)
        self._action(f"tab_{tab.value}").trigger()

    def _moment(self, menu: QMenu, time_s: float) -> None:
        session = self._context.session
        menu.addAction(tr("Go &here"), partial(session.nudge, time_s))
        fill_loop(menu, session, time_s)
        menu.addAction(self._action("loop_phase"))


def _switch(menu: QMenu, text: str, on: bool, do: Callable[[], object]) -> None:
    action = menu.addAction(text, do)
    action.setCheckable(True)
    action.setChecked(on)
