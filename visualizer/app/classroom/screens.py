"""Which screen shows what, and how a window comes to fill one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget

from visualizer.texts import tr

__all__ = ["name_of_screen", "other_screen", "place_on"]


def name_of_screen(screen: QScreen, number: int) -> str:
    """Return what a screen is called in a list: names repeat, so its place and size are said."""
    name = " ".join(part for part in (screen.manufacturer(), screen.model()) if part)
    size = screen.geometry().size()
    return tr("{number}: {name}, {width} × {height}").format(
        number=number,
        name=name or screen.name() or tr("screen"),
        width=size.width(),
        height=size.height(),
    )


def other_screen(screens: Sequence[QScreen], window: QWidget) -> QScreen | None:
    """Return the first screen that a window is not on, None where there is no other."""
    return next((screen for screen in screens if screen is not window.screen()), None)


def place_on(window: QWidget, screen: QScreen) -> None:
    """Let a window fill a screen, wherever it was before.

    In this order it works on Windows, X11 and Wayland alike; a full-screen window that is given
    another geometry is the end of the process on Wayland.
    """
    window.hide()
    window.setScreen(screen)
    window.setGeometry(screen.geometry())
    window.showFullScreen()
