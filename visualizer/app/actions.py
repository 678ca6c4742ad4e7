"""Every action of the window with its key, as records; menus and buttons are made from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from visualizer.app.theme import icon
from visualizer.texts import tr

__all__ = ["SPECS", "TRANSPORT", "ActionSpec", "Actions", "tool_tip"]



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
    tip : str
        What it does, for the tool tip, where the text does not say it.
    """

    id: str
    menu: str
    text: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    group: str = ""
    checkable: bool = False
    separated: bool = False
    tip: str = ""


# Id, text, and the menu that it stands in where it is none of the bar's.
MENUS: tuple[tuple[str, str, str], ...] = (
    ("file", "&File", ""),
    ("variation", "&Variation", ""),
    ("play", "&Play", ""),
    ("view", "V&iew", ""),
    ("panels", "&Panels", "view"),
    ("curves", "&Curves", ""),
    ("help", "&Help", ""),
)

SPECS: tuple[ActionSpec, ...] = (
    ActionSpec("reload", "file", "&Reload data", ("Ctrl+R",), tip="Read the data files again"),
    ActionSpec("quit", "file", "&Quit", ("Ctrl+Q",), separated=True),
    ActionSpec("side_left", "variation", "&Left side works", ("Shift+L",), group="side",
               separated=True),
    ActionSpec("side_right", "variation", "&Right side works", ("Shift+R",), group="side"),
    ActionSpec("play", "play", "&Play", ("Space",), "play", tip="Run the repetition, or pause it"),
    ActionSpec("step_back", "play", "Step &back", ("Left",), "step-back", separated=True,
               tip="One twentieth of a second earlier"),
    ActionSpec("step_forward", "play", "Step &forward", ("Right",), "step-forward",
               tip="One twentieth of a second later"),
    ActionSpec("phase_back", "play", "To the p&hase’s start", ("Shift+Left",)),
    ActionSpec("phase_forward", "play", "To the phase’s e&nd", ("Shift+Right",)),
    ActionSpec("start", "play", "To the &start", ("Home",), "to-start",
               tip="To the start of the repetition"),
    ActionSpec("end", "play", "To the &end", ("End",), "to-end",
               tip="To the end of the repetition"),
    ActionSpec("loop", "play", "&Loop", ("R",), "loop", checkable=True, separated=True,
               tip="Start again when the repetition has ended"),
    ActionSpec("slower", "play", "Slo&wer", ("Shift+Down",), separated=True),
    ActionSpec("faster", "play", "F&aster", ("Shift+Up",)),
    ActionSpec("speed_0.25", "play", "Speed ¼×", (), group="speed"),
    ActionSpec("speed_0.5", "play", "Speed ½×", (), group="speed"),
    ActionSpec("speed_1.0", "play", "Speed 1×", (), group="speed"),
    ActionSpec("speed_2.0", "play", "Speed 2×", (), group="speed"),
    ActionSpec("view_side", "view", "&Side", ("S",), group="view", tip="From the side"),
    ActionSpec("view_front", "view", "&Front", ("F",), group="view", tip="From the front"),
    ActionSpec("view_back", "view", "&Back", ("K",), group="view", tip="From behind"),
    ActionSpec("view_three-quarter", "view", "Three-&quarter", ("Q",), group="view",
               tip="From the side and a little from the front"),
    ActionSpec("reset_view", "view", "&Reset the view", ("0",), "reset-view",
               tip="Back to where the camera was before it was turned or zoomed"),
    ActionSpec("xray", "view", "&X-ray", ("X",), "xray", checkable=True, separated=True,
               tip="See the deep muscles and the bones through the upper ones"),
    ActionSpec("labels", "view", "&Labels", ("L",), "labels", checkable=True,
               tip="Names of the working muscles beside the body"),
    ActionSpec("focus", "view", "Fo&cus on the selected muscle", ("Z",), checkable=True,
               tip="Come close to it and dim the rest"),
    ActionSpec("deselect", "view", "Deselect the &muscle", ("Esc",)),
    ActionSpec("panel_library", "panels", "&Variations", ("V",), checkable=True,
               tip="Show or hide the list of variations"),
    ActionSpec("panel_chart", "panels", "&Muscle chart", ("M",), checkable=True,
               tip="Show or hide the standing bodies"),
    ActionSpec("panel_inspector", "panels", "&Inspector", ("I",), checkable=True,
               tip="Show or hide what is known of the selection"),
    ActionSpec("panel_timeline", "panels", "&Timeline", ("T",), checkable=True,
               tip="Show or hide curves and lanes; the playback row stays"),
    ActionSpec("stage_alone", "panels", "Stage &alone", ("A",), checkable=True, separated=True,
               tip="Hide all panels, or bring them back"),
    ActionSpec("dark", "view", "&Dark theme", ("D",), "theme-dark", checkable=True,
               separated=True),
    ActionSpec("full_screen", "view", "F&ull screen", ("F11",), checkable=True),
    ActionSpec("curves_angles", "curves", "&Angles and height", (), group="curves"),
    ActionSpec("curves_length", "curves", "&Length of the muscle", (), group="curves"),
    ActionSpec("curves_velocity", "curves", "Shortening &velocity", (), group="curves"),
    ActionSpec("curves_arms", "curves", "Moment a&rms", (), group="curves"),
    ActionSpec("curves_hip-moment", "curves", "&Hip moment, computed", (), group="curves"),
    ActionSpec("curves_knee-moment", "curves", "&Knee moment, computed", (), group="curves"),
    ActionSpec("next_curves", "curves", "&Next curves", ("N",), separated=True,
               tip="Go through the kinds of curves"),
    ActionSpec("load", "curves", "L&oad…", ("O",), tip="Set body mass, bar and band"),
    ActionSpec("shortcuts", "help", "&Keyboard shortcuts", ("F1",)),
    ActionSpec("method", "help", "&Method and limits…", ()),
    ActionSpec("data_folder", "help", "Your data &folder", ()),
    ActionSpec("problems", "help", "&Problems in data files", ()),
    ActionSpec("about", "help", "&About and licences", (), separated=True),
)  # fmt: skip

# What the transport shows as buttons, in its order.
TRANSPORT = ("start", "step_back", "play", "step_forward", "end", "loop")


def tool_tip(action: QAction, what: str = "") -> str:
    """Return an action's name with its key, and below it what it does."""
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    name = action.text().replace("&", "")
    first = f"{name} ({key})" if key else name
    return f"{first}\n{what}" if what else first


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
        for menu_id, text, _ in MENUS:
            menu = QMenu(tr(text), bar)
            menu.setToolTipsVisible(True)
            self.menus[menu_id] = menu
        around = {menu_id: outer for menu_id, _, outer in MENUS}
        hung: set[str] = set()
        for spec in SPECS:
            menu = self.menus[spec.menu]
            if spec.menu not in hung:
                hung.add(spec.menu)
                outer = around[spec.menu]
                (self.menus[outer] if outer else bar).addMenu(menu)
            if spec.separated:
                menu.addSeparator()
            menu.addAction(self._make(spec, handlers[spec.id]))

    def _make(self, spec: ActionSpec, handler: Callable[..., object]) -> QAction:
        action = QAction(tr(spec.text), self._window)
        action.setObjectName(spec.id)
        action.setShortcuts([QKeySequence(key) for key in spec.keys])
        action.setIconVisibleInMenu(False)
        action.setToolTip(tool_tip(action, tr(spec.tip) if spec.tip else ""))
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
