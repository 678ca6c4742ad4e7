"""Studies on a page of the inspector: folded by study, where they disagree, in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from visualizer.analysis.evidence import EvidenceRow
from visualizer.app.inspector.blocks import Blocks
from visualizer.app.inspector.grounds import (
    DisagreementCard,
    SourceList,
    circumstances,
    result_line,
)
from visualizer.app.widgets.controls import label
from visualizer.app.widgets.theme import icon, px, theme_of
from visualizer.catalog.facts import Disagreement
from visualizer.texts import ntr, tr

__all__ = ["StudyFold", "disagreement_blocks", "source_blocks", "study_folds"]


class StudyFold(QWidget):
    """What one study measured; opens and closes.

    Parameters
    ----------
    study : str
        Its short citation.
    rows : sequence of EvidenceRow
        Its measurements.
    """

    def __init__(
        self, study: str, rows: Sequence[EvidenceRow], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = tuple(rows)
        self._body: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.opener = QToolButton()
        self.opener.setProperty("kind", "fold")
        count = ntr("{} measurement", "{} measurements", len(rows)).format(len(rows))
        # a button's text cannot be broken, and one line of both is wider than a narrow inspector
        self.opener.setText(study)
        self.opener.setAccessibleName(f"{study} · {count}")
        self.opener.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.opener.setIconSize(QSize(px(14), px(14)))
        self.opener.setCheckable(True)
        self.opener.toggled.connect(self._open)
        self._column.addWidget(self.opener, 0, Qt.AlignmentFlag.AlignLeft)
        counted = label(count, "caption")
        counted.setContentsMargins(px(22), 0, 0, 0)
        self._column.addWidget(counted)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Take the theme of the window that it has come into."""
        super().showEvent(event)
        self.recolour(theme_of(self).secondary)

    def recolour(self, colour: str) -> None:
        """Draw the icon in a colour."""
        self.opener.setIcon(icon("chevron-down", colour))

    def _open(self, on: bool) -> None:
        if on and self._body is None:
            self._body = QWidget()
            column = QVBoxLayout(self._body)
            column.setContentsMargins(8, 0, 0, 4)
            column.setSpacing(2)
            for row, after in zip(self._rows, (*self._rows[1:], None), strict=True):
                column.addWidget(label(result_line(row), selectable=True))
                # circumstances that measurements share are said once, below the last
                if after is None or circumstances(after) != circumstances(row):
                    column.addWidget(label(circumstances(row), "caption", selectable=True))
                    column.addSpacing(4)
            self._column.addWidget(self._body)
        if self._body is not None:
            self._body.setVisible(on)


def study_folds(rows: Sequence[EvidenceRow]) -> list[StudyFold]:
    """Return one fold per study, in the order in which they are first cited."""
    studies = dict.fromkeys(row.study for row in rows)
    return [StudyFold(study, [r for r in rows if r.study == study]) for study in studies]


def disagreement_blocks(cards: Sequence[Disagreement], made: Blocks) -> Iterator[QWidget]:
    """Yield a block for each question on which sources disagree."""
    for index, card in enumerate(cards):
        block = made.begin()
        if index == 0:
            made.section(tr("Where sources disagree"))
        made.add(DisagreementCard(card, made.session.catalog))
        yield block


def source_blocks(keys: Sequence[str | None], made: Blocks) -> Iterator[QWidget]:
    """Yield the publications in full, each once; nothing where none is known."""
    sources = made.session.catalog.sources
    known = [sources[key] for key in dict.fromkeys(keys) if key is not None and key in sources]
    if known:
        block = made.begin()
        made.section(tr("Sources"))
        made.add(SourceList(known))
        yield block
