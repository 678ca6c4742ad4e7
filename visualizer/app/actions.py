"""Every action of the window with its key, as records; menus and buttons are made from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from visualizer.app.theme import icon
from visualizer.texts import N_, tr

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
    ("file", N_("&File"), ""),
    ("variation", N_("&Variation"), ""),
    ("play", N_("&Play"), ""),
    ("view", N_("V&iew"), ""),
    ("panels", N_("&Panels"), "view"),
    ("curves", N_("&Curves"), ""),
    ("help", N_("&Help"), ""),
)

SPECS: tuple[ActionSpec, ...] = (
    ActionSpec("reload", "file", N_("&Reload data"), ("Ctrl+R",),
               tip=N_("Read the data files again")),
    ActionSpec("quit", "file", N_("&Quit"), ("Ctrl+Q",), separated=True),
    ActionSpec("side_left", "variation", N_("&Left side works"), ("Shift+L",), group="side",
               separated=True),
    ActionSpec("side_right", "variation", N_("&Right side works"), ("Shift+R",), group="side"),
    ActionSpec("play", "play", N_("&Play"), ("Space",), "play",
               tip=N_("Run the repetition, or pause it")),
    ActionSpec("step_back", "play", N_("Step &back"), ("Left",), "step-back", separated=True,
               tip=N_("One twentieth of a second earlier")),
    ActionSpec("step_forward", "play", N_("Step &forward"), ("Right",), "step-forward",
               tip=N_("One twentieth of a second later")),
    ActionSpec("phase_back", "play", N_("To the p&hase’s start"), ("Shift+Left",)),
    ActionSpec("phase_forward", "play", N_("To the phase’s e&nd"), ("Shift+Right",)),
    ActionSpec("start", "play", N_("To the &start"), ("Home",), "to-start",
               tip=N_("To the start of the repetition")),
    ActionSpec("end", "play", N_("To the &end"), ("End",), "to-end",
               tip=N_("To the end of the repetition")),
    ActionSpec("loop", "play", N_("&Loop"), ("R",), "loop", checkable=True, separated=True,
               tip=N_("Start again when the repetition has ended")),
    ActionSpec("slower", "play", N_("Slo&wer"), ("Shift+Down",), separated=True),
    ActionSpec("faster", "play", N_("F&aster"), ("Shift+Up",)),
    ActionSpec("speed_0.25", "play", N_("Speed ¼×"), (), group="speed"),
    ActionSpec("speed_0.5", "play", N_("Speed ½×"), (), group="speed"),
    ActionSpec("speed_1.0", "play", N_("Speed 1×"), (), group="speed"),
    ActionSpec("speed_2.0", "play", N_("Speed 2×"), (), group="speed"),
    ActionSpec("view_side", "view", N_("&Side"), ("S",), group="view", tip=N_("From the side")),
    ActionSpec("view_front", "view", N_("&Front"), ("F",), group="view", tip=N_("From the front")),
    ActionSpec("view_back", "view", N_("&Back"), ("K",), group="view", tip=N_("From behind")),
    ActionSpec("view_three-quarter", "view", N_("Three-&quarter"), ("Q",), group="view",
               tip=N_("From the side and a little from the front")),
    ActionSpec("reset_view", "view", N_("&Reset the view"), ("0",), "reset-view",
               tip=N_("Back to where the camera was before it was turned or zoomed")),
    ActionSpec("xray", "view", N_("&X-ray"), ("X",), "xray", checkable=True, separated=True,
               tip=N_("See the deep muscles and the bones through the upper ones")),
    ActionSpec("labels", "view", N_("&Labels"), ("L",), "labels", checkable=True,
               tip=N_("Names of the working muscles beside the body")),
    ActionSpec("focus", "view", N_("Fo&cus on the selected muscle"), ("Z",), checkable=True,
               tip=N_("Come close to it and dim the rest")),
    ActionSpec("deselect", "view", N_("Deselect the &muscle"), ("Esc",)),
    ActionSpec("panel_library", "panels", N_("&Variations"), ("V",), checkable=True,
               tip=N_("Show or hide the list of variations")),
    ActionSpec("panel_chart", "panels", N_("&Muscle chart"), ("M",), checkable=True,
               tip=N_("Show or hide the standing bodies")),
    ActionSpec("panel_inspector", "panels", N_("&Inspector"), ("I",), checkable=True,
               tip=N_("Show or hide what is known of the selection")),
    ActionSpec("panel_timeline", "panels", N_("&Timeline"), ("T",), checkable=True,
               tip=N_("Show or hide curves and lanes; the playback row stays")),
    ActionSpec("stage_alone", "panels", N_("Stage &alone"), ("A",), checkable=True, separated=True,
               tip=N_("Hide all panels, or bring them back")),
    ActionSpec("dark", "view", N_("&Dark theme"), ("D",), "theme-dark", checkable=True,
               separated=True),
    ActionSpec("full_screen", "view", N_("F&ull screen"), ("F11",), checkable=True),
    ActionSpec("curves_angles", "curves", N_("&Angles and height"), (), group="curves"),
    ActionSpec("curves_length", "curves", N_("&Length of the muscle"), (), group="curves"),
    ActionSpec("curves_velocity", "curves", N_("Shortening &velocity"), (), group="curves"),
    ActionSpec("curves_arms", "curves", N_("Moment a&rms"), (), group="curves"),
    ActionSpec("curves_hip-moment", "curves", N_("&Hip moment, computed"), (), group="curves"),
    ActionSpec("curves_knee-moment", "curves", N_("&Knee moment, computed"), (), group="curves"),
    ActionSpec("next_curves", "curves", N_("&Next curves"), ("N",), separated=True,
               tip=N_("Go through the kinds of curves")),
    ActionSpec("load", "curves", N_("L&oad…"), ("O",), tip=N_("Set body mass, bar and band")),
    ActionSpec("shortcuts", "help", N_("&Keyboard shortcuts"), ("F1",)),
    ActionSpec("method", "help", N_("&Method and limits…"), ()),
    ActionSpec("data_folder", "help", N_("Your data &folder"), ()),
    ActionSpec("problems", "help", N_("&Problems in data files"), ()),
    ActionSpec("about", "help", N_("&About and licences"), (), separated=True),
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
