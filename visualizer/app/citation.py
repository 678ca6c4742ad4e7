"""Grounds with their badges, and publications as one cites them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from visualizer.app.controls import label
from visualizer.app.words import basis_word
from visualizer.exercise.catalog import Catalog
from visualizer.exercise.variation import Ground, Source

__all__ = ["SourceList", "full_citation", "grounds_widget", "short_citation"]

_MOST_AUTHORS = 3


def short_citation(source: Source) -> str:
    """Return e.g. ``Contreras et al. 2015``; the container or title where no author is known."""
    if source.authors:
        who = source.authors[0].split(",")[0]
        if len(source.authors) == 2:
            who += " & " + source.authors[1].split(",")[0]
        elif len(source.authors) > 2:
            who += " et al."
    else:
        who = source.container or source.title
    return f"{who} {source.year}" if source.year is not None else who


def full_citation(source: Source) -> str:
    """Return authors, year, title, container, and DOI or address."""
    authors = "; ".join(source.authors[:_MOST_AUTHORS])
    if len(source.authors) > _MOST_AUTHORS:
        authors += " et al."
    year = f" ({source.year})" if source.year is not None else ""
    parts = [f"{authors}{year}".strip(), source.title, source.container]
    text = ". ".join(part.rstrip(".") for part in parts if part) + "."
    where = f"doi:{source.doi}" if source.doi else source.url
    return f"{text} {where}" if where else text


def grounds_widget(grounds: Sequence[Ground], catalog: Catalog) -> QWidget:
    """Return grounds line by line: badge, note, short citation."""
    made = QWidget()
    grid = QGridLayout(made)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(1, 1)
    for row, ground in enumerate(grounds):
        badge = label(basis_word(ground.basis), "badge", wrap=False)
        badge.setMinimumWidth(68)
        badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
        grid.addWidget(badge, row, 0, Qt.AlignmentFlag.AlignTop)
        text = ground.note
        if ground.source is not None and ground.source in catalog.sources:
            cited = short_citation(catalog.sources[ground.source])
            text = f"{text} ({cited})" if text else cited
        grid.addWidget(label(text, "caption", selectable=True), row, 1)
    return made


class SourceList(QWidget):
    """Publications in full, to be selected and copied.

    Parameters
    ----------
    sources : sequence of Source
        The publications.
    """

    def __init__(self, sources: Sequence[Source], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for source in sources:
            column.addWidget(label(full_citation(source), "caption", selectable=True))
