"""What a widget says: everything that is read on it, in tool tips and by a screen reader."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAction, QTextDocumentFragment
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QPlainTextEdit,
    QTableWidget,
    QTextEdit,
    QWidget,
)

from visualizer.app.inspector.agreement import AgreementLine
from visualizer.app.inspector.grounds import BasisKey
from visualizer.app.inspector.studies import StudyFold


def of_widget(widget: QWidget) -> Iterator[str]:
    """Yield all that a widget says: its text, tool tip, and what a screen reader says."""
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    if isinstance(widget, QTextEdit | QPlainTextEdit):
        yield widget.toPlainText()
    if isinstance(widget, QTableWidget):
        for column in range(widget.columnCount()):
            cells = [widget.item(row, column) for row in range(widget.rowCount())]
            for item in (widget.horizontalHeaderItem(column), *cells):
                if item is not None:
                    yield item.text()
                    yield item.toolTip()
    yield widget.toolTip()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.windowTitle()


def said_by(top: QWidget) -> set[str]:
    """Return all texts of a widget and of what it holds, without markup."""
    found = {text for w in (top, *top.findChildren(QWidget)) for text in of_widget(w)}
    for action in top.findChildren(QAction):
        found |= {action.text(), action.toolTip()}
    plain = {
        QTextDocumentFragment.fromHtml(text).toPlainText() if "<" in text else text
        for text in found
    }
    return plain - {""}


def unfold(page: QWidget) -> None:
    """Open what is folded on a page of the inspector."""
    for line in page.findChildren(AgreementLine):
        line.opener.setChecked(True)
    for key in page.findChildren(BasisKey):
        key.opener.setChecked(True)
    for fold in page.findChildren(StudyFold):
        fold.opener.setChecked(True)
