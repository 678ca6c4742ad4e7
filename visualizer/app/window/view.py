"""What a view of the window is: what it can be asked, and the record that places it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any, Protocol

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from visualizer.app.classroom.classroom import Classroom
from visualizer.app.library.thumbnails import Thumbnails
from visualizer.app.session.chooser import Chooser
from visualizer.app.session.comparing import Comparing
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.app.widgets.growing_page import Later
from visualizer.app.window.panels import Panel
from visualizer.exercise.repetition import Instant

__all__ = ["Place", "View", "ViewContext", "ViewRecord"]


class View(Protocol):
    """A part of the window that shows the session.

    Views never emit from these methods and never import each other.
    """

    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Show what the user has chosen; ``old`` is None when everything may be different."""

    def show_instant(self, instant: Instant) -> None:
        """Show a moment of the repetition."""

    def show_hover(self, muscle: str | None) -> None:
        """Show which muscle is under the mouse, in whichever view."""


class Place(Enum):
    """Where in a window a view stands, from top to bottom and left to right."""

    TOP = auto()  # a row above everything
    LEFT = auto()
    STAGE = auto()  # the middle, which gets the room that others leave
    ON_STAGE_TOP = auto()
    ON_STAGE_BOTTOM = auto()
    RIGHT = auto()
    ROW = auto()  # a row between stage and what is below
    BELOW = auto()


@dataclass(frozen=True)
class ViewContext:
    """What a view is made of.

    Attributes
    ----------
    window : QWidget
        What the view becomes part of: its parent, whose theme it takes.
    session : Session
        What is shown.
    scenes : Scenes
        Where pictures come from.
    thumbnails : Thumbnails
        Small pictures of the variations.
    chooser : Chooser
        Told of another variation or side.
    comparing : Comparing
        Gets the body ready that the shown one is compared with.
    classroom : Classroom
        Knows the lessons, presents and edits them.
    soon : callable
        Does a small step in a turn of the event loop of its own, unless its owner is gone.
    action : callable
        Returns the action of a command, by its id.
    menu : callable
        Returns a menu, by its id.
    confirm, warn : callable
        Tell the user that something was done, or why it was not.
    """

    window: QWidget
    session: Session
    scenes: Scenes
    thumbnails: Thumbnails
    chooser: Chooser
    comparing: Comparing
    classroom: Classroom
    soon: Later
    action: Callable[[str], QAction]
    menu: Callable[[str], QMenu]
    confirm: Callable[[str], object]
    warn: Callable[[str], object]


@dataclass(frozen=True)
class ViewRecord:
    """A view of the window.

    Attributes
    ----------
    id : str
        Name in code.
    place : Place
        Where it stands.
    build : callable
        Makes it: a widget that is a :class:`View`.
    panel : Panel, optional
        The switch that hides and shows it; without one it is always there.
    share : float
        How much of its column's height it gets, in proportion to the others there.
    slow : bool
        Whether it takes another variation in a turn of its own, since all at once would be a pause.
    late : bool
        Whether it is made only when the first picture is on the screen.
    begin : callable, optional
        Called with the view then.
    """

    id: str
    place: Place
    build: Callable[[ViewContext], Any]
    panel: Panel | None = None
    share: float = 1.0
    slow: bool = False
    late: bool = False
    begin: Callable[[Any], object] | None = None
