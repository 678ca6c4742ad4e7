"""What a context menu of the timeline offers: go to a moment, loop from or to it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QMenu

from visualizer.app.session.looping import mark_end, mark_start, unmark
from visualizer.app.session.session import Session
from visualizer.texts import tr

__all__ = ["fill_loop"]


def fill_loop(menu: QMenu, session: Session, time_s: float) -> None:
    """Put what can be done at a time (s) of the repetition into a menu."""
    menu.addAction(tr("Loop f&rom here"), partial(mark_start, session, time_s))
    menu.addAction(tr("Loop t&o here"), partial(mark_end, session, time_s))
    again = menu.addAction(tr("Loop all a&gain"), partial(unmark, session))
    again.setEnabled(session.state.marked is not None)
