"""What the window asks of a view."""

from __future__ import annotations

from typing import Protocol

from visualizer.app.state import SessionState
from visualizer.exercise.repetition import Instant

__all__ = ["View"]


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
