"""Every action of the window with its key, as records; menus and buttons are made from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from visualizer.app.theme import icon

__all__ = ["SPECS", "TRANSPORT", "ActionSpec", "Actions"]


def _tr(text: str) -> str:
    return QCoreApplication.translate("actions", text)


@dataclass(frozen=True)
class ActionSpec:
    """An action of the window.

    Attributes
    ----------
    id : str
        Name in code.
    menu : str
        Id of the menu that it stands in.
    text : str
        What the menu says, with the mnemonic.
    keys : tuple of str
        Shortcuts; the first is shown in the menu.
    icon : str
        File in ``icons/``; empty for none.
    group : str
        Actions of a group are checkable, one at a time.
    checkable : bool
        Whether it is switched on and off.
    separated : bool
        Whether a separator stands before it.
    """

    id: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    group: str = ""
    checkable: bool = False
    separated: bool = False


MENUS: tuple[tuple[str, str], ...] = (
    ("file", "&File"),
    ("variation", "&Variation"),
    ("play", "&Play"),
    ("view", "V&iew"),
    ("curves", "&Curves"),
    ("help", "&Help"),
)

SPECS: tuple[ActionSpec, ...] = (
    ActionSpec("reload", "file", "&Reload data", ("Ctrl+R",)),
    ActionSpec("quit", "file", "&Quit", ("Ctrl+Q",), separated=True),
    ActionSpec("side_left", "variation", "&Left side works", (), group="side", separated=True),
    ActionSpec("side_right", "variation", "&Right side works", (), group="side"),
    ActionSpec("play", "play", "&Play", ("Space",), "play"),
    ActionSpec("step_back", "play", "Step &back", ("Left",), "step-back", separated=True),
    ActionSpec("step_forward", "play", "Step &forward", ("Right",), "step-forward"),
    ActionSpec("phase_back", "play", "To the phase’s start", ("Shift+Left",)),
    ActionSpec("phase_forward", "play", "To the phase’s end", ("Shift+Right",)),
    ActionSpec("start", "play", "To the &start", ("Home",), "to-start"),
    ActionSpec("end", "play", "To the &end", ("End",), "to-end"),
    ActionSpec("loop", "play", "&Loop", (), "loop", checkable=True, separated=True),
    ActionSpec("speed_0.25", "play", "Speed ¼×", (), group="speed", separated=True),
    ActionSpec("speed_0.5", "play", "Speed ½×", (), group="speed"),
    ActionSpec("speed_1.0", "play", "Speed 1×", (), group="speed"),
    ActionSpec("speed_2.0", "play", "Speed 2×", (), group="speed"),
    ActionSpec("view_side", "view", "&Side", ("S",), group="view"),
    ActionSpec("view_front", "view", "&Front", ("F",), group="view"),
    ActionSpec("view_back", "view", "&Back", ("B",), group="view"),
    ActionSpec("view_three-quarter", "view", "Three-&quarter", ("Q",), group="view"),
    ActionSpec("reset_view", "view", "&Reset the view", ("0",), "reset-view"),
    ActionSpec("xray", "view", "&X-ray", ("X",), "xray", checkable=True, separated=True),
    ActionSpec("labels", "view", "&Labels", ("L",), "labels", checkable=True),
    ActionSpec("focus", "view", "Fo&cus on the selected muscle", ("Z",), checkable=True),
    ActionSpec("deselect", "view", "Deselect the &muscle", ("Esc",)),
    ActionSpec("dark", "view", "&Dark theme", (), "theme-dark", checkable=True, separated=True),
    ActionSpec("full_screen", "view", "F&ull screen", ("F11",), checkable=True),
    ActionSpec("curves_angles", "curves", "&Angles and height", (), group="curves"),
    ActionSpec("curves_length", "curves", "&Length of the muscle", (), group="curves"),
    ActionSpec("curves_velocity", "curves", "Shortening &velocity", (), group="curves"),
    ActionSpec("curves_arms", "curves", "Moment a&rms", (), group="curves"),
    ActionSpec("curves_hip-moment", "curves", "&Hip moment, computed", (), group="curves"),
    ActionSpec("curves_knee-moment", "curves", "&Knee moment, computed", (), group="curves"),
    ActionSpec("load", "curves", "L&oad…", (), separated=True),
    ActionSpec("shortcuts", "help", "&Keyboard shortcuts", ()),
    ActionSpec("method", "help", "&Method and limits…", ()),
    ActionSpec("data_folder", "help", "Your data &folder", ()),
    ActionSpec("problems", "help", "&Problems in data files", ()),
    ActionSpec("about", "help", "&About and licences", (), separated=True),
)

# What the transport shows as buttons, in its order.
TRANSPORT = ("start", "step_back", "play", "step_forward", "end", "loop")


class Actions:
    """The window's actions and menus.

    Parameters
    ----------
    window : QMainWindow
        Gets the actions and a menu bar.
    handlers : mapping of str to callable
        What each action does; checkable ones are called with their new state.
    """

    def __init__(self, window: QMainWindow, handlers: Mapping[str, Callable[..., object]]) -> None:
        self._window = window
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self.menus: dict[str, QMenu] = {}
        bar = window.menuBar()
        for menu_id, text in MENUS:
            menu = bar.addMenu(_tr(text))
            menu.setToolTipsVisible(True)
            self.menus[menu_id] = menu
        for spec in SPECS:
            menu = self.menus[spec.menu]
            if spec.separated:
                menu.addSeparator()
            menu.addAction(self._make(spec, handlers[spec.id]))

    def _make(self, spec: ActionSpec, handler: Callable[..., object]) -> QAction:
        action = QAction(_tr(spec.text), self._window)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setIconVisibleInMenu(False)
        key = f" ({action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)})"
        action.setToolTip(action.text().replace("&", "") + (key if spec.keys else ""))
        if spec.group or spec.checkable:
            action.setCheckable(True)
        if spec.group:
            if spec.group not in self._groups:
                self._groups[spec.group] = QActionGroup(self._window)
            self._groups[spec.group].addAction(action)
        if spec.checkable:
            action.triggered.connect(lambda on: handler(on))
        else:
            action.triggered.connect(lambda _: handler())
        self._actions[spec.id] = action
        self._window.addAction(action)
        return action

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def all(self) -> tuple[QAction, ...]:
        """Return all actions in the order of the menus."""
        return tuple(self._actions.values())

    def recolour(self, colour: str) -> None:
        """Draw the icons in a colour."""
        for spec in SPECS:
            if spec.icon:
                self[spec.id].setIcon(icon(spec.icon, colour))

    def show_group(self, group: str, chosen: str | None) -> None:
        """Check the action ``group_chosen``, or none; triggers nothing."""
        actions = self._groups[group]
        exclusive = QActionGroup.ExclusionPolicy
        actions.setExclusionPolicy(exclusive.None_)
        for action in actions.actions():
            action.setChecked(action.objectName() == f"{group}_{chosen}")
        actions.setExclusionPolicy(exclusive.ExclusiveOptional)
