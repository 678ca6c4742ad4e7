"""Grounds with their badges and measurements, disagreements, and publications in full."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from visualizer.app.controls import label
from visualizer.app.words import basis_word, text_in
from visualizer.exercise.catalog import Catalog
from visualizer.exercise.citation import (
    citation_line,
    short_citation,
    to_bibtex,
    to_csl_json,
)
from visualizer.exercise.evidence import EvidenceRow, evidence_of
from visualizer.exercise.facts import Disagreement, Read
from visualizer.exercise.variation import Ground, Source

__all__ = [
    "DisagreementCard",
    "GroundList",
    "SourceList",
    "circumstances",
    "read_word",
    "result_line",
]


def _tr(text: str) -> str:
    return QCoreApplication.translate("grounds", text)


def read_word(read: Read) -> str:
    """Return how much of a publication was read."""
    return {
        Read.ABSTRACT: _tr("abstract"),
        Read.FULL_TABLE: _tr("full table"),
        Read.SECONDARY: _tr("secondary source"),
    }[read]


def result_line(row: EvidenceRow) -> str:
    """Return what was measured, e.g. ``Mean activity, upper part: 70 %MVIC (squat: 29 %MVIC)``."""
    fact = row.fact
    what = ", ".join(word for word in (fact.quantity, fact.part) if word)
    line = f"{what[:1].upper()}{what[1:]}: {fact.value_text}"
    # a standard deviation already stands behind the value
    spread = fact.spread.text if fact.spread.sd is None or fact.value is None else ""
    beside = "; ".join(text for text in (spread, fact.comparison_text, fact.note) if text)
    return f"{line} ({beside})" if beside else line


def circumstances(row: EvidenceRow) -> str:
    """Return under which circumstances it was measured, and in whom."""
    fact = row.fact
    words = [fact.exercise, fact.load, fact.phase, fact.method, fact.population.text]
    if fact.normalisation:
        words.append(_tr("relative to {}").format(fact.normalisation))
    words.append(_tr("read: {}").format(read_word(fact.read)))
    return " · ".join(word for word in words if word)


class GroundList(QWidget):
    """Grounds line by line: badge, note with its source, measurements.

    Parameters
    ----------
    grounds : sequence of Ground
        The grounds.
    catalog : Catalog
        Knows sources and measurements.
    """

    def __init__(
        self, grounds: Sequence[Ground], catalog: Catalog, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, ground in enumerate(grounds):
            badge = label(basis_word(ground.basis), "badge", wrap=False)
            badge.setMinimumWidth(68)
            badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(badge, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(self._texts(ground, catalog), row, 1)

    @staticmethod
    def _texts(ground: Ground, catalog: Catalog) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        text = ground.note
        if ground.source is not None and ground.source in catalog.sources:
            cited = short_citation(catalog.sources[ground.source])
            text = f"{text} ({cited})" if text else cited
        column.addWidget(label(text, "figure", selectable=True))
        rows = evidence_of([ground], catalog)
        for index, row in enumerate(rows):
            column.addWidget(label(result_line(row), "caption", selectable=True))
            last = index + 1 == len(rows)
            if last or circumstances(rows[index + 1]) != circumstances(row):
                column.addWidget(label(circumstances(row), "caption", selectable=True))
        return column


class DisagreementCard(QWidget):
    """A question on which studies do not agree: each side, and what it means.

    Parameters
    ----------
    card : Disagreement
        The question.
    catalog : Catalog
        Knows the sources.
    """

    def __init__(self, card: Disagreement, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 8)
        column.setSpacing(4)
        column.addWidget(label(text_in(card.title), "strong"))
        for side in card.positions:
            cited = ", ".join(short_citation(catalog.source(key)) for key in side.sources)
            column.addWidget(label(f"– {text_in(side.says)} ({cited})", "caption", selectable=True))
        column.addWidget(label(text_in(card.meaning)))


class SourceList(QWidget):
    """Publications in full, to be selected and copied.

    Parameters
    ----------
    sources : sequence of Source
        The publications.
    """

    def __init__(self, sources: Sequence[Source], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_tr("Sources"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for source in sources:
            column.addWidget(label(citation_line(source), "caption", selectable=True))
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, kept in (
            (_tr("Copy as BibTeX"), to_bibtex(sources)),
            (_tr("Copy as CSL"), to_csl_json(sources)),
        ):
            button = QPushButton(text)
            button.setProperty("kind", "small")
            button.clicked.connect(lambda _=False, t=kept: QGuiApplication.clipboard().setText(t))
            row.addWidget(button)
        row.addStretch(1)
        column.addLayout(row)
