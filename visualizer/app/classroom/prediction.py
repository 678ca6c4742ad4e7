"""Predict, then reveal: questions about the shown variation, asked of a class or of one person.

While a question is open the session's veil hides what would tell; whoever shows a muscle asks it.
Where a panel could not hide enough it is put away: the window does that.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from visualizer.analysis.veil import OPEN
from visualizer.app.classroom.asked import Asked
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.errors import UsageError
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.schedule import Playhead
from visualizer.teaching.item import QuizItem
from visualizer.teaching.items import ItemMaker
from visualizer.teaching.quiz import Quiz
from visualizer.teaching.wording import Reveal, choice_text, question_text, reveal_of

__all__ = ["Prediction"]

_COUNT = 10
_HALF_WAY = 0.5


class Prediction(QObject):
    """Asks questions one by one.

    Parameters
    ----------
    session : Session
        What is shown; gets the veil while a question is open.
    alone : bool
        Whether one person answers, by button or by a click on the body, and is scored. A class
        answers by hands, and the teacher uncovers the answer.
    seed : int
        Which questions are asked, and in which order.
    """

    changed = Signal()
    over = Signal()

    def __init__(
        self, session: Session, *, alone: bool, seed: int = 0, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session, self.alone = session, alone
        self._others: tuple[Repetition, ...] = ()
        self._maker = ItemMaker(session.repetition, seed, self._compared())
        self.quiz = self._resumed() or Quiz.of(self._maker.draw(_COUNT))
        self.revealed = False
        self.chosen: str | None = None
        self._asking = self._ended = False
        session.state_changed.connect(self._follow)

    def _compared(self) -> tuple[Repetition, ...]:
        """Return the other variations that are solved already: nobody waits for a question."""
        session = self._session
        found = (session.known(v.id, session.state.side) for v in session.catalog.variations)
        return tuple(r for r in found if r is not None and r is not session.repetition.usual)

    def _resumed(self) -> Quiz | None:
        """Return the quiz that was left, as far as the data still bear it out."""
        kept = self._session.state.quiz
        if not (self.alone and kept):
            return None
        try:
            quiz = Quiz.from_text(kept)
        except UsageError:
            return None
        variation = self._session.variation.id
        if any(item.variation != variation for item in quiz.items):
            return None
        return quiz if (quiz := quiz.only(self._maker.holds)).current is not None else None

    # -------------------------------------------------------------------------------- reading
    @property
    def item(self) -> QuizItem | None:
        """The question; None at the end."""
        return self.quiz.current

    @property
    def number(self) -> tuple[int, int]:
        """Which question it is, and how many there are."""
        count = len(self.quiz.items)
        return count - len(set(self.quiz.queue)) + 1, count

    @property
    def reveal(self) -> Reveal | None:
        """What is said of the answer; None while it is covered."""
        if self.item is None or not self.revealed:
            return None
        return reveal_of(self.item, self._session.repetition, self._other(self.item))

    @property
    def asked(self) -> Asked | None:
        """The question in words; None at the end."""
        item = self.item
        if item is None:
            return None
        repetition, reveal = self._session.repetition, self.reveal
        answers = tuple(choice_text(item, choice, repetition) for choice in item.choices)
        text = question_text(item, repetition, self._other(item))
        if reveal is None:
            return Asked(text, answers)
        return Asked(text, answers, item.key, reveal.why)

    def _other(self, item: QuizItem) -> Repetition | None:
        if item.other is None:
            return None
        return self._session.repetition_of(item.other, item.side)

    # --------------------------------------------------------------------------------- asking
    def begin(self) -> None:
        """Ask the first question."""
        self._ask()

    def _ask(self) -> None:
        session, item = self._session, self.item
        self.revealed, self.chosen = False, None
        if item is None:
            self._show(veil=OPEN, selection=None, quiz="")
        else:
            shown = None if item.kind.of_muscles else item.muscle
            self._show(veil=item.veil, selection=shown)
            if item.phase in session.repetition.schedule:
                session.go_to(Playhead(item.phase, _HALF_WAY))
        self.changed.emit()

    def _show(self, **fields: object) -> None:
        change: Callable[..., None] = self._session.change
        self._asking = True
        try:
            change(playing=False, focus=False, alone=False, only_role=None, **fields)
        finally:
            self._asking = False

    def answer(self, choice: str) -> None:
        """Take an answer, by its code or as a muscle of the body; it is uncovered at once."""
        if self.item is None or self.revealed:
            return
        self.chosen = choice
        self.uncover()

    def uncover(self) -> None:
        """Show the answer with its reason, and everything else again."""
        item = self.item
        if item is None or self.revealed:
            return
        self.revealed = True
        right = item.right if item.kind.of_muscles else item.muscle
        self._show(veil=OPEN, selection=right)
        self.changed.emit()

    def forward(self) -> None:
        """Uncover the answer; where it is, ask the next question or, after the last one, end."""
        item = self.item
        if item is None:
            self.end()
        elif not self.revealed:
            self.uncover()
        else:
            choice = item.right if self.chosen is None else self.chosen
            self.quiz = self.quiz.answered(choice, self._surfaces(item))
            if self.alone:
                self._session.change(quiz=self.quiz.text() if self.quiz.queue else "")
            self._ask()

    def end(self) -> None:
        """Show everything again."""
        if self._ended:
            return
        self._ended = True
        self._session.state_changed.disconnect(self._follow)
        self._show(veil=OPEN)
        self.over.emit()

    @property
    def was_right(self) -> bool | None:
        """Whether the answer that was given is right; None where none was given."""
        if self.item is None or self.chosen is None:
            return None
        return self.item.is_right(self.chosen, self._surfaces(self.item))

    def _surfaces(self, item: QuizItem) -> frozenset[str]:
        catalog = self._session.catalog
        return catalog.surface_set(item.right) if item.kind.of_muscles else frozenset()

    def _follow(self, old: SessionState, new: SessionState) -> None:
        """Take a click on the body as an answer; leave when something else is shown."""
        if self._asking:
            return
        if (old.variation, old.side) != (new.variation, new.side):
            self.end()
            return
        item, clicked = self.item, new.selection
        if item is None or self.revealed or clicked in (None, old.selection):
            return
        if self.alone and item.kind.of_muscles and self.is_offered(clicked):
            self.answer(clicked)
        else:
            self._show(selection=None if item.kind.of_muscles else item.muscle)

    def is_offered(self, muscle: str) -> bool:
        """Return whether a muscle of the body belongs to one of the answers."""
        catalog = self._session.catalog
        item = self.item
        return item is not None and any(
            muscle == choice or muscle in catalog.surface_set(choice) for choice in item.choices
        )
