"""The few dialogs: keyboard shortcuts, the user's data folder, problems in its files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QGridLayout, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from visualizer.app.widgets.controls import label
from visualizer.app.widgets.dialog import Dialog
from visualizer.errors import Problem
from visualizer.texts import tr

__all__ = ["data_folder", "problems", "shortcuts"]


def shortcuts(parent: QWidget, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]]) -> Dialog:
    """Return the list of all keys, and of what the mouse does.

    Parameters
    ----------
    parent : QWidget
        The window.
    groups : sequence of (heading, rows)
        Each row has keys and what they do.
    """
    dialog = Dialog(parent, tr("Keyboard shortcuts"), QSize(520, 680))
    page = QWidget()
    page.setObjectName("page")
    grid = QGridLayout(page)
    grid.setContentsMargins(0, 0, 12, 0)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(4)
    row = 0
    for heading, lines in groups:
        if row:
            grid.setRowMinimumHeight(row, 8)
            row += 1
        grid.addWidget(label(heading, "secondary", wrap=False), row, 0, 1, 2)
        for keys, what in lines:
            row += 1
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(label(keys, "strong"), row, 0, top)
            grid.addWidget(label(what), row, 1, top)
        row += 1
    grid.setColumnMinimumWidth(0, 168)
    grid.setColumnStretch(1, 1)
    area = QScrollArea()
    area.setAccessibleName(tr("Keyboard shortcuts"))
    area.setWidgetResizable(True)
    area.setWidget(page)
    dialog.column.addWidget(area, 1)
    return dialog


def problems(parent: QWidget, found: Sequence[Problem], *, of_data: bool = True) -> Dialog:
    """Return the list of what could not be read of the data files, or of one that was opened."""
    dialog = Dialog(parent, tr("Problems in data files"), QSize(720, 420) if found else None)
    if not found:
        dialog.column.addWidget(label(tr("All data files could be read."), wrap=False))
    else:
        if of_data:
            dialog.column.addWidget(
                label(tr("These files are left out; everything else is loaded. Fix them, then "
                          "choose File › Reload data."))
            )  # fmt: skip
        text = "\n\n".join(str(problem) for problem in found)
        dialog.column.addWidget(_text(text, tr("Problems in data files")), 1)
    return dialog


def data_folder(parent: QWidget, folder: Path) -> Dialog:
    """Return where the user's own files go, with a button that opens the folder."""
    dialog = Dialog(parent, tr("Your data folder"), QSize(580, 220))
    dialog.column.addWidget(
        label(tr("Put your own variations (TOML files) here, then choose File › Reload data. "
                  "A file with mistakes is listed and left out; the rest loads."))
    )  # fmt: skip
    place = QLineEdit(str(folder))
    place.setReadOnly(True)
    place.setAccessibleName(tr("Your data folder"))
    dialog.column.addWidget(place)
    dialog.column.addStretch(1)
    dialog.add_button(tr("Open the folder")).clicked.connect(lambda: _open(folder))
    return dialog


def _text(text: str, name: str) -> QPlainTextEdit:
    edit = QPlainTextEdit(text)
    edit.setReadOnly(True)
    edit.setAccessibleName(name)
    edit.setTabChangesFocus(True)
    return edit


def _open(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))
