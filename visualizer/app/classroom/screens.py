"""Which screen shows what, and how a window comes to fill one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from PySide6.QtCore import QRect
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from visualizer.texts import tr

__all__ = ["WINDOWED", "all_screens", "known_by", "name_of_screen", "place_on", "screen_for"]

# What is remembered where the audience is to be shown in a window beside the teacher.
WINDOWED = "window"


class _Screen(Protocol):
    def name(self) -> str: ...
    def manufacturer(self) -> str: ...
    def model(self) -> str: ...
    def serialNumber(self) -> str: ...  # noqa: N802
    def geometry(self) -> QRect: ...


S = TypeVar("S", bound=_Screen)


def all_screens() -> list[QScreen]:
    """Return the screens that are connected."""
    return QGuiApplication.screens()


def _model(screen: _Screen) -> str:
    return " ".join(part for part in (screen.manufacturer(), screen.model()) if part)


def name_of_screen(screen: _Screen, number: int) -> str:
    """Return what a screen is called in a list: names repeat, so its place and size are said."""
    size = screen.geometry().size()
    return tr("{number}: {name}, {width} × {height}").format(
        number=number,
        name=_model(screen) or screen.name() or tr("screen"),
        width=size.width(),
        height=size.height(),
    )


def known_by(screen: _Screen) -> str:
    """Return by what a screen is known again: the device, or else its socket."""
    return " ".join(filter(None, (_model(screen), screen.serialNumber()))) or screen.name()


def screen_for(screens: Sequence[S], own: S | None, wanted: str) -> S | None:
    """Return the screen that the audience is to be shown on.

    Parameters
    ----------
    screens : sequence of QScreen
        Those that are connected.
    own : QScreen or None
        The teacher's, which is not taken.
    wanted : str
        By what the one is known that was chosen last; empty where none was.

    Returns
    -------
    QScreen or None
        The wanted one, else the first other one; None where a window has to do.
    """
    others = [screen for screen in screens if screen is not own]
    if wanted == WINDOWED or not others:
        return None
    return next((screen for screen in others if known_by(screen) == wanted), others[0])


def place_on(window: QWidget, screen: QScreen) -> None:
    """Let a window fill a screen, wherever it was before.

    In this order it works on Windows, X11 and Wayland alike; a full-screen window that is given
    another geometry is the end of the process on Wayland.
    """
    window.hide()
    window.setScreen(screen)
    window.setGeometry(screen.geometry())
    window.showFullScreen()
