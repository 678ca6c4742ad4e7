"""The measurements that statements rest on, as a table in a dialog."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from visualizer.app.controls import label
from visualizer.app.grounds import read_word
from visualizer.exercise.evidence import EvidenceRow

__all__ = ["StudyTable", "study_dialog"]

_WIDTHS = (150, 170, 170, 140, 130, 150, 170, 170, 90)


def _tr(text: str) -> str:
    return QCoreApplication.translate("studies", text)


def _cells(row: EvidenceRow) -> tuple[str, ...]:
    fact, data = row.fact, row.as_dict()
    what = ", ".join(word for word in (fact.quantity, fact.part) if word)
    spread = fact.spread.text if fact.spread.sd is None or fact.value is None else ""
    value = f"{fact.value_text} ({spread})" if spread else fact.value_text
    beside = "; ".join(word for word in (fact.comparison_text, fact.note) if word)
    return (
        row.study,
        str(data["who"]),
        fact.exercise,
        fact.load,
        fact.phase,
        what,
        value,
        "; ".join(w for w in (fact.normalisation, beside) if w) or "–",
        read_word(fact.read),
    )


class StudyTable(QTableWidget):
    """One row per measurement; what is selected can be copied as tab-separated text.

    Parameters
    ----------
    rows : sequence of EvidenceRow
        The measurements.
    """

    def __init__(self, rows: Sequence[EvidenceRow], parent: QWidget | None = None) -> None:
        heads = (
            _tr("Study"),
            _tr("Who"),
            _tr("Exercise"),
            _tr("Load"),
            _tr("Phase"),
            _tr("Quantity"),
            _tr("Value ± SD"),
            _tr("Relative to; beside it"),
            _tr("Read"),
        )
        super().__init__(len(rows), len(heads), parent)
        self._lines = [heads, *(_cells(row) for row in rows)]
        self.setAccessibleName(_tr("Table of studies"))
        self.setHorizontalHeaderLabels(list(heads))
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        self.horizontalHeader().setDefaultAlignment(left)
        for column, width in enumerate(_WIDTHS):
            self.setColumnWidth(column, width)
        for k, line in enumerate(self._lines[1:]):
            for column, text in enumerate(line):
                item = QTableWidgetItem(text)
                item.setTextAlignment(left)
                item.setToolTip(text)
                self.setItem(k, column, item)
        self.horizontalHeader().setStretchLastSection(True)
        self.resizeRowsToContents()
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy)

    def text(self) -> str:
        """Return the selected rows, all where none is selected, as tab-separated text."""
        chosen = sorted({index.row() for index in self.selectedIndexes()}) or range(self.rowCount())
        lines = [self._lines[0], *(self._lines[k + 1] for k in chosen)]
        return "".join("\t".join(line) + "\n" for line in lines)

    def copy(self) -> None:
        """Put :meth:`text` on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())


def study_dialog(parent: QWidget, title: str, rows: Sequence[EvidenceRow]) -> QDialog:
    """Return a dialog with the table of studies."""
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 16)
    column.setSpacing(8)
    column.addWidget(label(title, "heading", wrap=False))
    column.addWidget(
        label(
            _tr("As published. “Read” says how much of the publication we have read; EMG activity "
                "is not force and not growth."),
            "secondary",
        )
    )  # fmt: skip
    table = StudyTable(rows)
    column.addWidget(table, 1)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    copier = buttons.addButton(_tr("Copy"), QDialogButtonBox.ButtonRole.ActionRole)
    copier.clicked.connect(table.copy)
    buttons.rejected.connect(dialog.reject)
    column.addWidget(buttons)
    screen = parent.screen().availableGeometry()
    dialog.resize(min(1240, screen.width() - 40), min(640, screen.height() - 80))
    return dialog
