"""Marking the range that is played again and again; with it no single phase is looped."""

from __future__ import annotations

from visualizer.app.session.session import Session
from visualizer.exercise.loop_range import LoopRange

__all__ = ["mark_between", "mark_end", "mark_start", "unmark"]


def mark_between(session: Session, one_s: float, other_s: float) -> None:
    """Loop between two times (s); what is too short to be seen unmarks."""
    marked = LoopRange.between(session.repetition.schedule, one_s, other_s)
    session.change(marked=marked, loop_phase=False)


def mark_start(session: Session, time_s: float) -> None:
    """Let the range begin at a time (s); it ends where it ended, if that is later."""
    _, end_s = session.marked_s or (0.0, 0.0)
    whole_s = session.repetition.schedule.duration_s
    mark_between(session, time_s, end_s if end_s > time_s else whole_s)


def mark_end(session: Session, time_s: float) -> None:
    """Let the range end at a time (s); it begins where it began, if that is earlier."""
    start_s, _ = session.marked_s or (0.0, 0.0)
    mark_between(session, start_s if start_s < time_s else 0.0, time_s)


def unmark(session: Session) -> None:
    """Loop the whole repetition again."""
    session.change(marked=None)
