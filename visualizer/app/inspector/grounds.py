"""Grounds with their badges and measurements, disagreements, and publications in full."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from visualizer.analysis.evidence import EvidenceRow, evidence_of
from visualizer.analysis.words import basis_tip, basis_word, capitalised, text_in
from visualizer.app.widgets.controls import label
from visualizer.app.widgets.links import LinkLabel, address_of
from visualizer.app.widgets.theme import px
from visualizer.catalog.catalog import Catalog
from visualizer.catalog.citation import (
    citation_line,
    plain_title,
    short_citation,
    to_bibtex,
    to_csl_json,
)
from visualizer.catalog.facts import Disagreement, Read
from visualizer.catalog.source import Source
from visualizer.catalog.variation import HOLD_GROUND, Basis, Ground
from visualizer.texts import tr

__all__ = [
    "ARTICLE",
    "BasisKey",
    "DisagreementCard",
    "GroundList",
    "SourceList",
    "article_label",
    "article_text",
    "basis_badge",
    "circumstances",
    "read_word",
    "result_line",
]

# The coaching article that the roles and contractions follow.
ARTICLE = "golf-insider-hip-thrust"


def basis_badge(basis: Basis) -> QLabel:
    """Return what a statement rests on, as a small plate."""
    badge = label(basis_word(basis), "badge", wrap=False)
    badge.setMinimumWidth(px(68))
    badge.setAlignment(Qt.AlignmentFlag.AlignCenter)
    badge.setToolTip(basis_tip(basis))
    badge.setAccessibleName(basis_word(basis))
    badge.setAccessibleDescription(basis_tip(basis))
    return badge


def _links(sources: Iterable[Source]) -> list[tuple[str, str]]:
    """Return the short citations of publications with their addresses, where they have one."""
    found = [(short_citation(source), address_of(source)) for source in sources]
    return [(words, address) for words, address in found if address is not None]


def _note(ground: Ground) -> str:
    """Return a ground's note: of the data as they are, our own in the chosen language."""
    return tr(HOLD_GROUND.note) if ground is HOLD_GROUND else ground.note


def article_text(source: Source) -> str:
    """Return what the article is, who wrote it and what follows it."""
    return tr(
        "“The article” is “{title}”, a web page on {site} by Will of Golf Insider UK, a sport "
        "scientist and golf professional. Roles and contractions follow it; where it says nothing, "
        "the grounds say so."
    ).format(title=plain_title(source), site=source.container)


def article_label(catalog: Catalog) -> QLabel | None:
    """Return who wrote the article and what it is; None where the data know no such article."""
    source = catalog.sources.get(ARTICLE)
    if source is None:
        return None
    address = address_of(source)
    links = [(plain_title(source), address)] if address is not None else []
    return LinkLabel(article_text(source), links, "caption")


def read_word(read: Read) -> str:
    """Return how much of a publication was read."""
    return {
        Read.ABSTRACT: tr("abstract"),
        Read.FULL_TABLE: tr("full table"),
        Read.SECONDARY: tr("secondary source"),
    }[read]


def result_line(row: EvidenceRow) -> str:
    """Return what was measured, e.g. ``Mean activity, upper part: 70 %MVIC (squat: 29 %MVIC)``."""
    fact = row.fact
    what = ", ".join(word for word in (fact.quantity, fact.part) if word)
    line = f"{capitalised(what)}: {fact.value_text}"
    # a standard deviation already stands behind the value
    spread = fact.spread.text if fact.spread.sd is None or fact.value is None else ""
    beside = "; ".join(text for text in (spread, fact.comparison_text, fact.note) if text)
    return f"{line} ({beside})" if beside else line


def circumstances(row: EvidenceRow) -> str:
    """Return under which circumstances it was measured, and in whom."""
    fact = row.fact
    words = [fact.exercise, fact.load, fact.phase, fact.method, fact.population.text]
    if fact.normalisation:
        words.append(tr("relative to {}").format(fact.normalisation))
    words.append(tr("read: {}").format(read_word(fact.read)))
    return " · ".join(word for word in words if word)


class GroundList(QWidget):
    """Grounds line by line: badge, note with its source, measurements.

    Parameters
    ----------
    grounds : sequence of Ground
        The grounds.
    catalog : Catalog
        Knows sources and measurements.
    measurements : bool
        Whether what was measured stands below.
    """

    def __init__(
        self,
        grounds: Sequence[Ground],
        catalog: Catalog,
        parent: QWidget | None = None,
        *,
        measurements: bool = True,
    ) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for row, ground in enumerate(grounds):
            badge = basis_badge(ground.basis)
            grid.addWidget(badge, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addLayout(self._texts(ground, catalog, measurements), row, 1)

    @staticmethod
    def _texts(ground: Ground, catalog: Catalog, measurements: bool) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        text, links = _note(ground), []
        if ground.source is not None and ground.source in catalog.sources:
            source = catalog.sources[ground.source]
            cited, links = short_citation(source), _links([source])
            text = f"{text} ({cited})" if text else cited
        column.addWidget(LinkLabel(text, links, "figure"))
        rows = evidence_of([ground], catalog) if measurements else ()
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
            sources = [catalog.source(key) for key in side.sources]
            cited = ", ".join(short_citation(source) for source in sources)
            text = f"– {text_in(side.says)} ({cited})"
            column.addWidget(LinkLabel(text, _links(sources), "caption"))
        column.addWidget(label(text_in(card.meaning)))


class BasisKey(QWidget):
    """A button that tells what article, study, model and inference mean.

    Parameters
    ----------
    catalog : Catalog
        Knows the article.
    """

    def __init__(self, catalog: Catalog, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._body: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.opener = QToolButton()
        self.opener.setProperty("kind", "quiet")
        self.opener.setText(tr("What these words mean"))
        self.opener.setToolTip(tr("What article, study, model and inference mean"))
        self.opener.setCheckable(True)
        self.opener.toggled.connect(self._open)
        self._column.addWidget(self.opener, 0, Qt.AlignmentFlag.AlignLeft)

    def _open(self, on: bool) -> None:
        if on and self._body is None:
            self._body = QWidget()
            column = QVBoxLayout(self._body)
            column.setContentsMargins(0, 0, 0, 4)
            column.setSpacing(4)
            for basis in Basis:
                column.addWidget(label(basis_tip(basis), "caption"))
            about = article_label(self._catalog)
            if about is not None:
                column.addWidget(about)
            self._column.addWidget(self._body)
        if self._body is not None:
            self._body.setVisible(on)


class SourceList(QWidget):
    """Publications in full, to be selected, copied and opened in the browser.

    Parameters
    ----------
    sources : sequence of Source
        The publications.
    """

    def __init__(self, sources: Sequence[Source], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(tr("Sources"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for source in sources:
            column.addWidget(LinkLabel(citation_line(source), (), "caption"))
        row = QHBoxLayout()
        row.setSpacing(8)
        for text, kept in (
            (tr("Copy as BibTeX"), to_bibtex(sources)),
            (tr("Copy as CSL"), to_csl_json(sources)),
        ):
            button = QPushButton(text)
            button.setProperty("kind", "small")
            button.clicked.connect(lambda _=False, t=kept: self._copy(t))
            row.addWidget(button)
        self.copied = label("", "caption", wrap=False)
        row.addWidget(self.copied)
        row.addStretch(1)
        column.addLayout(row)

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.copied.setText(tr("Copied"))
