"""A command of the window as one record: its place in the menus, its keys, what it does, and when.

Menus, buttons, shortcuts and their list are all made of these records
(:mod:`visualizer.app.window.commands` has them all); nothing else names a command's text or
its keys.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from PySide6.QtWidgets import QDialog, QWidget

from visualizer.app.classroom.classroom import Classroom
from visualizer.app.session.chooser import Chooser
from visualizer.app.session.comparing import Comparing
from visualizer.app.session.player import Player
from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.app.stage.stage import Stage
from visualizer.app.timeline.transport import Transport
from visualizer.app.widgets.banner import Banner
from visualizer.app.window.panels import Panels
from visualizer.errors import VisualizerError

if TYPE_CHECKING:
    from visualizer.app.timeline.timeline import Timeline

__all__ = ["Command", "CommandContext", "Face", "Menu"]


class CommandContext(Protocol):
    """What a command works on: a window, without its being one."""

    @property
    def session(self) -> Session:
        """What is shown."""

    @property
    def player(self) -> Player:
        """The clock."""

    @property
    def chooser(self) -> Chooser:
        """Gets other variations and sides ready."""

    @property
    def comparing(self) -> Comparing:
        """Gets the body ready that the shown one is compared with."""

    @property
    def classroom(self) -> Classroom:
        """Presents, asks, copies and opens links."""

    @property
    def panels(self) -> Panels:
        """Which panels are shown."""

    @property
    def stage(self) -> Stage:
        """The posed body."""

    @property
    def transport(self) -> Transport:
        """The row of playback."""

    @property
    def timeline(self) -> Timeline | None:
        """Curves and lanes; None until the first picture is on the screen."""

    @property
    def banner(self) -> Banner:
        """Says in a line what was done, or could not be."""

    @property
    def jobs(self) -> Jobs:
        """Does what takes long."""

    @property
    def data_folder(self) -> Path:
        """Where the user's own files lie."""

    @property
    def full_screen(self) -> bool:
        """Whether the window fills the screen."""

    def refuse(self, error: VisualizerError) -> None:
        """Say why something could not be done; what was shown stays."""

    def press(self, name: str) -> str:
        """Return what to press for a command, by its id."""

    def tour(self) -> None:
        """Lead through the window in five steps."""

    def toggle_full_screen(self) -> None:
        """Fill the screen, or go back."""

    def reload_data(self) -> None:
        """Read the data files again."""

    def close(self) -> bool:
        """Close the window."""

    def open(self, make: Callable[[QWidget], QDialog]) -> None:
        """Open a dialog over the window; ``make`` gets the window."""


@dataclass(frozen=True)
class Face:
    """How a command looks in menus and on buttons.

    Attributes
    ----------
    text : str
        What the menu says, in English, with the mnemonic.
    icon : str
        File in ``icons/``; empty for none.
    tip : str
        What it does, for the tool tip, in English; empty where the text says it.
    short : str
        What a button says where the text is long; empty where it is not.
    """

    text: str
    icon: str = ""
    tip: str = ""
    short: str = ""


@dataclass(frozen=True)
class Command:
    """Something that the user can do.

    Attributes
    ----------
    id : str
        Name in code.
    menu : str
        Id of the menu that it stands in, see :data:`visualizer.app.window.commands.MENUS`.
    face : Face
        How it looks.
    run : callable
        Does it. A switch asks ``checked`` what to change.
    keys : tuple of str
        Shortcuts as they come; the first is shown in the menu.
    checked : callable, optional
        Returns whether it is on; with it, the command is a switch.
    group : str
        Of a group of switches only one is on.
    enabled, visible : callable, optional
        Return whether it can be done now, and whether it is there at all; else always.
    face_now : callable, optional
        Returns how it looks now, where that differs with what is shown.
    separated : bool
        Whether a separator stands before it in the menu.
    lends : str
        Id of another command that has the same keys instead, while it can be done.
    """

    id: str
    menu: str
    face: Face
    run: Callable[[CommandContext], object]
    keys: tuple[str, ...] = ()
    checked: Callable[[CommandContext], bool] | None = None
    group: str = ""
    enabled: Callable[[CommandContext], bool] | None = None
    visible: Callable[[CommandContext], bool] | None = None
    face_now: Callable[[CommandContext], Face] | None = None
    separated: bool = False
    lends: str = ""


@dataclass(frozen=True)
class Menu:
    """A menu.

    Attributes
    ----------
    id : str
        Name in code.
    text : str
        Its title, in English, with the mnemonic.
    inside : str
        Id of the menu that it stands in; empty for the bar.
    """

    id: str
    text: str
    inside: str = ""
