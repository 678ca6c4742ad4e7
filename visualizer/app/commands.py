"""What each action of the window does."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractScrollArea, QDialog

from visualizer.anatomy.muscle import Side
from visualizer.app import dialogs
from visualizer.app.choices import CurveKind
from visualizer.app.method import method_dialog
from visualizer.app.panels import PANELS
from visualizer.app.state import SPEEDS
from visualizer.app.touch import scroll_by_touch
from visualizer.lifts.base import ViewName
from visualizer.texts import tr

if TYPE_CHECKING:
    from visualizer.app.main_window import MainWindow

__all__ = ["Commands"]

_STEP_S = 0.05


class Commands(QObject):
    """The handlers of the window's actions.

    Parameters
    ----------
    window : MainWindow
        The window, whose session, player and stage they use.
    """

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._session = window.session

    def handlers(self) -> dict[str, Callable[..., object]]:
        """Return what each action of :data:`visualizer.app.actions.SPECS` does, by its id."""
        session, window = self._session, self._window
        handlers: dict[str, Callable[..., object]] = {
            "reload": window.reload_data,
            "quit": window.close,
            "play": window.player.toggle,
            "step_back": lambda: session.nudge(session.wanted_s - _STEP_S),
            "step_forward": lambda: session.nudge(session.wanted_s + _STEP_S),
            "phase_back": lambda: self.to_phase_end(-1),
            "phase_forward": lambda: self.to_phase_end(1),
            "start": lambda: session.nudge(0.0),
            "end": lambda: session.nudge(session.repetition.schedule.duration_s),
            "loop": lambda on: session.change(loop=on),
            "xray": lambda on: session.change(xray=on),
            "labels": lambda on: session.change(labels=on),
            "dark": lambda on: session.change(theme="dark" if on else "light"),
            "reset_view": lambda: window.stage.reset_view(),
            "deselect": self.escape,
            "focus": lambda on: session.change(focus=on),
            "full_screen": lambda _: window.toggle_full_screen(),
            "slower": lambda: self.change_speed(-1),
            "faster": lambda: self.change_speed(1),
            "stage_alone": window.panels.stand_alone,
            "next_curves": self.next_curves,
            "shortcuts": self.show_shortcuts,
            "method": lambda: self._open(method_dialog(window, session)),
            "data_folder": lambda: self._open(dialogs.data_folder(window, window.data_folder)),
            "problems": self.show_problems,
            "about": lambda: self._open(dialogs.about(window)),
        }
        handlers["load"] = self.set_load
        for panel in PANELS:
            handlers[f"panel_{panel}"] = lambda on, p=panel: window.panels.choose(p, on)
        for kind in CurveKind:
            handlers[f"curves_{kind.value}"] = lambda k=kind: session.change(curves=k)
        for side in Side:
            handlers[f"side_{side.value}"] = lambda s=side: window.chooser.choose_side(s)
        for speed in SPEEDS:
            handlers[f"speed_{speed}"] = lambda s=speed: session.change(speed=s)
        for view in ViewName:
            handlers[f"view_{view.value}"] = lambda v=view: window.stage.show_view(v)
        return handlers

    def to_phase_end(self, direction: int) -> None:
        """Go to the next (1) or previous (−1) border between phases."""
        session, schedule = self._session, self._session.repetition.schedule
        now = session.wanted_s
        session.nudge(schedule.border_after(now) if direction > 0 else schedule.border_before(now))

    def escape(self) -> None:
        """Leave the focus, then deselect the muscle."""
        if self._session.state.focus:
            self._session.change(focus=False)
        else:
            self._session.change(selection=None)

    def change_speed(self, steps: int) -> None:
        """Play faster (1) or slower (−1)."""
        index = SPEEDS.index(self._session.state.speed) + steps
        if 0 <= index < len(SPEEDS):
            self._session.change(speed=SPEEDS[index])

    def next_curves(self) -> None:
        """Show the next kind of curves; after the last one the first."""
        kinds = list(CurveKind)
        index = kinds.index(self._session.state.curves) + 1
        self._session.change(curves=kinds[index % len(kinds)])

    def show_shortcuts(self) -> None:
        """List the keys, and what the mouse does."""
        menus, native = self._window.actions_.menus, QKeySequence.SequenceFormat.NativeText
        groups = []
        for menu in menus.values():
            rows = [
                (", ".join(k.toString(native) for k in a.shortcuts()), a.text().replace("&", ""))
                for a in menu.actions()
                if a.shortcuts() and not a.data()
            ]
            if menu is menus["variation"]:
                rows.insert(0, ("1 … 9", tr("Variation")))
            if rows:
                groups.append((menu.title().replace("&", ""), rows))
        mouse = [
            (tr("Drag, or one finger, on the stage"), tr("Turn the body")),
            (tr("Wheel, or two fingers apart"), tr("Zoom")),
            (tr("Shift or middle drag, two fingers"), tr("Shift the body")),
            (tr("Double-click on a muscle"), tr("Focus on it")),
            (tr("Double-click beside the body"), tr("Reset the view")),
            (tr("Drag or wheel on the timeline"), tr("Go to a moment")),
            (tr("Hold the timeline"), tr("Pause until it is released")),
            (tr("Wheel on the muscles’ names"), tr("Scroll the lanes")),
        ]
        focus = [
            (tr("Tab"), tr("To the next control")),
            (tr("Space or Enter"), tr("Press the button that has the focus")),
            (tr("Arrows"), tr("Walk through a group of choices")),
            (tr("Home, End, page keys"), tr("Scroll the page that has the focus")),
            (tr("Ctrl and arrows on the stage"), tr("Turn the body")),
            (tr("Alt and arrows on the stage"), tr("Shift the body")),
            (tr("+ and − on the stage"), tr("Zoom")),
        ]
        groups += [(tr("With the mouse"), mouse), (tr("With the focus"), focus)]
        self._open(dialogs.shortcuts(self._window, groups))

    def set_load(self) -> None:
        """Ask for the load, with the moment that it makes in view."""
        timeline = self._window.timeline
        if timeline is None:
            return
        before = self._session.state.curves
        if before.of_load:
            timeline.show_load_panel()
            return
        self._session.change(curves=CurveKind.HIP_MOMENT)
        panel = timeline.show_load_panel(borrowed=True)
        once = Qt.ConnectionType.SingleShotConnection
        panel.closed.connect(lambda: self._give_back(before), once)

    def _give_back(self, curves: CurveKind) -> None:
        if self._session.state.curves is CurveKind.HIP_MOMENT:
            self._session.change(curves=curves)

    def show_problems(self) -> None:
        """List what could not be read of the data files."""
        self._open(dialogs.problems(self._window, self._session.problems))

    def _open(self, dialog: QDialog) -> None:
        for area in dialog.findChildren(QAbstractScrollArea):
            scroll_by_touch(area)
        dialog.open()
