"""The measurements that statements rest on, as a table in a dialog."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from visualizer.analysis.evidence import EvidenceRow
from visualizer.app.inspector.grounds import read_word
from visualizer.app.widgets.controls import label
from visualizer.app.widgets.dialog import Dialog
from visualizer.app.widgets.links import address_of, open_address
from visualizer.app.widgets.touch import scroll_by_touch
from visualizer.texts import tr

__all__ = ["StudyTable", "study_dialog"]

# No column is wider than this: longer texts take several lines.
_WIDEST_PX = 210
_VALUE = 6
_ADDRESS = Qt.ItemDataRole.UserRole
_SORTED_BY = Qt.ItemDataRole.UserRole + 1


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


class _Cell(QTableWidgetItem):
    """A cell that is sorted by its number where it has one."""

    def __lt__(self, other: QTableWidgetItem) -> bool:
        mine, theirs = self.data(_SORTED_BY), other.data(_SORTED_BY)
        if mine is not None and theirs is not None:
            return bool(mine < theirs)
        if (mine is None) != (theirs is None):
            return mine is not None  # numbers first
        return self.text().casefold() < other.text().casefold()


class StudyTable(QTableWidget):
    """One row per measurement; what is selected can be copied as tab-separated text.

    A click on a heading sorts; a click on a study, or Enter, opens it in the browser.

    Parameters
    ----------
    rows : sequence of EvidenceRow
        The measurements.
    """

    def __init__(self, rows: Sequence[EvidenceRow], parent: QWidget | None = None) -> None:
        heads = (
            tr("Study"),
            tr("Who"),
            tr("Exercise"),
            tr("Load"),
            tr("Phase"),
            tr("Quantity"),
            tr("Value ± SD"),
            tr("Relative to; beside it"),
            tr("Read"),
        )
        super().__init__(len(rows), len(heads), parent)
        self._heads = heads
        self.setAccessibleName(tr("Table of studies"))
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
        for k, row in enumerate(rows):
            address = address_of(row.source)
            for column, text in enumerate(_cells(row)):
                item = _Cell(text)
                item.setTextAlignment(left)
                item.setToolTip(text)
                item.setData(_ADDRESS, address)
                if column == 0 and address is not None:
                    face = item.font()
                    face.setUnderline(True)
                    item.setFont(face)
                    item.setToolTip(tr("Open {}").format(address))
                if column == _VALUE:
                    item.setData(_SORTED_BY, row.fact.value)
                self.setItem(k, column, item)
        self._fit()
        # at first in the order in which the grounds name them
        self.horizontalHeader().setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        self.setSortingEnabled(True)
        self.cellClicked.connect(lambda row, column: self._open(row) if column == 0 else None)
        copy = QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self)
        copy.setContext(Qt.ShortcutContext.WidgetShortcut)
        copy.activated.connect(self.copy)

    def _fit(self) -> None:
        """Give every column what its texts need, up to a limit, and every row its lines."""
        self.resizeColumnsToContents()
        for column in range(self.columnCount()):
            self.setColumnWidth(column, min(self.columnWidth(column) + 8, _WIDEST_PX))
        self.resizeRowsToContents()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size that shows everything."""
        edge = 2 * self.frameWidth() + self.verticalScrollBar().sizeHint().width()
        return QSize(
            self.horizontalHeader().length() + edge,
            self.verticalHeader().length() + self.horizontalHeader().sizeHint().height() + edge,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Open the study of the current row by Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentRow())
            return
        super().keyPressEvent(event)

    def _open(self, row: int) -> None:
        item = self.item(row, 0)
        address = item.data(_ADDRESS) if item is not None else None
        if address is not None:
            open_address(address)

    def text(self) -> str:
        """Return the selected rows, all where none is selected, as tab-separated text."""
        chosen = sorted({index.row() for index in self.selectedIndexes()}) or range(self.rowCount())
        columns = range(self.columnCount())
        model = self.model()
        lines = [[str(model.index(row, column).data()) for column in columns] for row in chosen]
        return "".join("\t".join(line) + "\n" for line in (self._heads, *lines))

    def copy(self) -> None:
        """Put :meth:`text` on the clipboard."""
        QGuiApplication.clipboard().setText(self.text())


def study_dialog(parent: QWidget, title: str, rows: Sequence[EvidenceRow]) -> Dialog:
    """Return a dialog with the table of studies."""
    table = StudyTable(rows)
    # heading, sentence, buttons and edges around the table
    dialog = Dialog(parent, title, table.sizeHint() + QSize(64, 190))
    dialog.column.addWidget(
        label(
            tr("As published. “Read” says how much of the publication was read. Muscle activity "
                "(EMG) is neither force nor growth."),
            "secondary",
        )
    )  # fmt: skip
    scroll_by_touch(table)
    dialog.column.addWidget(table, 1)
    dialog.add_button(tr("Copy")).clicked.connect(table.copy)
    dialog.focus_close()  # no cell looks chosen before one is
    return dialog
