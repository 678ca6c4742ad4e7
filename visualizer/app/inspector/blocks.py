"""What a page of the inspector is made of: blocks of labels, pairs, lists of muscles."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from visualizer.app.inspector.muscle_row import MuscleRow
from visualizer.app.session.session import Session
from visualizer.app.widgets.controls import hairline, label
from visualizer.catalog.facts import Disagreement
from visualizer.exercise.repetition import Instant

__all__ = ["SPACING_PX", "Blocks", "cited_by"]

SPACING_PX = 4


class Blocks:
    """Makes the blocks of one page, and keeps what in them follows the moment.

    Parameters
    ----------
    session : Session
        What is shown.
    page : QWidget
        Becomes the parent of every block.

    Attributes
    ----------
    title : str
        What the page is about.
    rows : list of MuscleRow
        The muscles that it lists, as far as it has been made.
    back : QPushButton or None
        Leads to what the page was reached from.
    followers : list of callable
        Told of every moment.
    """

    def __init__(self, session: Session, page: QWidget) -> None:
        self.session, self._page = session, page
        self.title = ""
        self.rows: list[MuscleRow] = []
        self.back: QPushButton | None = None
        self.followers: list[Callable[[Instant], object]] = []

    def begin(self) -> QWidget:
        """Begin a block of the page; what is added goes there."""
        block = QWidget(self._page)
        block.hide()
        self.column = QVBoxLayout(block)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(SPACING_PX)
        return block

    def add(self, widget: QWidget) -> None:
        """Put a widget below the others of the block."""
        self.column.addWidget(widget)

    def gap(self, px: int) -> None:
        """Leave some room below."""
        self.column.addSpacing(px)

    def left(self, widget: QWidget) -> None:
        """Put a widget below the others, no wider than it needs."""
        line = QHBoxLayout()
        line.addWidget(widget)
        line.addStretch(1)
        self.column.addLayout(line)

    def section(self, text: str) -> None:
        """Begin a section with its heading."""
        self.gap(12)
        self.add(hairline())
        self.gap(8)
        self.add(label(text, "heading"))
        self.gap(4)

    def pair(self, word: str, text: str) -> None:
        """Put a text below a small word that says what it is, line by line."""
        self.add(label(word, "caption"))
        for line in text.split("\n"):
            self.add(label(line, selectable=True))
        self.gap(4)

    def muscles(self, muscles: Iterable[str]) -> None:
        """List muscles with what each does now."""
        statement_for = self.session.repetition.statement_for
        for muscle in muscles:
            row = MuscleRow(muscle, statement_for(muscle), self.session)
            self.add(row)
            self.rows.append(row)

    def tell(self, instant: Instant) -> None:
        """Let what follows the moment show it; never emits."""
        for row in self.rows:
            row.show_phase(instant.phase)
        for follow in self.followers:
            follow(instant)


def cited_by(cards: Iterable[Disagreement]) -> list[str]:
    """Return the keys of the sources that disagreements rest on."""
    return [key for card in cards for side in card.positions for key in side.sources]
