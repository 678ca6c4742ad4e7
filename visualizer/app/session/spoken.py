"""What a screen reader says of the moment: in words, and not oftener than it can be heard."""

from __future__ import annotations

import math
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from visualizer.analysis.effort_text import share_text
from visualizer.analysis.words import contraction_word, phase_word, role_word
from visualizer.app.session.session import Session
from visualizer.texts import tr
from visualizer.texts.figures import figure

__all__ = ["Spoken", "instant_text", "marked_text", "selection_text"]

# While playing, a reader would never come to the end of a sentence.
_PLAYING_MS = 1000


def instant_text(session: Session) -> str:
    """Return phase, share and angles of the shown moment."""
    instant = session.instant
    return tr("{phase}, {share} %. Hip {hip}°, knee {knee}°.").format(
        phase=phase_word(instant.phase),
        share=round(instant.fraction * 100),
        hip=figure(math.degrees(instant.hip_flexion_rad)),
        knee=figure(math.degrees(instant.knee_flexion_rad)),
    )


def marked_text(session: Session) -> str:
    """Return where the marked range begins and ends; empty where none is marked."""
    marked = session.state.marked
    if marked is None or session.marked_s is None:
        return ""
    start, end = (
        tr("{phase} {share} %").format(phase=phase_word(p.phase), share=round(100 * p.fraction))
        for p in (marked.start, marked.end)
    )
    return tr("Looped from {start} to {end}.").format(start=start, end=end)


def selection_text(session: Session) -> str:
    """Return the selected muscle with what it does now; empty where none is selected."""
    muscle = session.state.selection
    if muscle is None or muscle not in session.catalog.muscles:
        return ""
    veil = session.state.veil
    words = [veil.name(session.name_of(muscle), tr("a muscle"))]
    action = session.repetition.statement_for(muscle)
    if action is not None:
        contraction = session.repetition.contraction(action, session.instant.phase)
        said = veil.role(role_word(action.role)), veil.contraction(contraction_word(contraction))
        words += [word for word in said if word]
    channel = session.channel
    if channel is not None:
        now = channel.now(session.instant)
        share = now.of(muscle) if now is not None else None
        if share is not None:
            words.append(tr("estimated effort {}").format(share_text(share)))
    return tr("Selected: {}.").format(", ".join(words))


class Spoken(QObject):
    """Tells a view when to say anew what it shows.

    Parameters
    ----------
    session : Session
        What is shown.
    say : callable
        Puts the words into the view.
    parent : QObject
        The view.
    """

    def __init__(self, session: Session, say: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._session = session
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(say)
        say()

    def soon(self) -> None:
        """Say it at the end of the turn; once a second while playing or with a hand on a slider."""
        if not (self._session.state.playing or self._session.sliding):
            self._timer.start(0)
        elif not self._timer.isActive():
            self._timer.start(_PLAYING_MS)
