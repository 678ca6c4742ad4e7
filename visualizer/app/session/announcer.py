"""What is said aloud of what changes: a phase begins, a muscle is selected, a role stands alone.

Questions and their answers are said by the column that asks them.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from visualizer.analysis.words import phase_word, role_word
from visualizer.app.session.session import Session
from visualizer.app.session.spoken import marked_text, selection_text
from visualizer.app.session.state import SessionState
from visualizer.exercise.repetition import Instant
from visualizer.texts import language, tr

__all__ = ["Announcer"]

# Nothing is said oftener while playing; a reader would never come to an end.
_PAUSE_MS = 1000


class Announcer(QObject):
    """Says changes that are seen at once by who sees.

    Parameters
    ----------
    session : Session
        What is shown.
    say : callable
        Gets each sentence; normally :func:`visualizer.app.widgets.accessible.announce`.
    """

    def __init__(
        self, session: Session, say: Callable[[str], object], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self._say = session, say
        self._phase = session.instant.phase
        self._waiting = ""
        self.pause = QTimer(self)
        self.pause.setSingleShot(True)
        self.pause.setInterval(_PAUSE_MS)
        self.pause.timeout.connect(self._go_on)
        session.instant_changed.connect(self._follow_instant)
        session.state_changed.connect(self._follow_state)

    def _follow_instant(self, instant: Instant) -> None:
        if instant.phase is not self._phase:
            self._phase = instant.phase
            self.tell(f"{phase_word(instant.phase)}.")

    def _follow_state(self, old: SessionState, new: SessionState) -> None:
        if (old.variation, old.side) != (new.variation, new.side):
            self.tell(f"{self._session.variation.display_name(language())}.")
        elif old.selection != new.selection and old.veil == new.veil:
            # with the veil a question comes or goes, which says it
            self.tell(selection_text(self._session) or tr("No muscle selected."))
        elif old.marked != new.marked:
            self.tell(marked_text(self._session) or tr("The whole repetition is looped."))
        elif old.only_role is not new.only_role:
            word = role_word(new.only_role) if new.only_role is not None else ""
            self.tell(tr("Shown alone: {}.").format(word) if word else tr("All roles shown."))

    def tell(self, text: str) -> None:
        """Say a sentence; while playing the newest, once a second."""
        if not self._session.state.playing:
            self.pause.stop()
            self._say(text)
        elif self.pause.isActive():
            self._waiting = text
        else:
            self._say(text)
            self.pause.start()

    def _go_on(self) -> None:
        self.pause.stop()
        text, self._waiting = self._waiting, ""
        if text:
            self.tell(text)
