"""The few dialogs: keyboard shortcuts, about and licences, the user's data folder, problems."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QKeySequence
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QPlainTextEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from visualizer.app.controls import label
from visualizer.errors import Problem

__all__ = ["about", "data_folder", "problems", "shortcuts"]


def _tr(text: str) -> str:
    return QCoreApplication.translate("dialogs", text)


def _dialog(parent: QWidget, title: str) -> tuple[QDialog, QVBoxLayout]:
    dialog = QDialog(parent)
    dialog.setWindowTitle(title)
    column = QVBoxLayout(dialog)
    column.setContentsMargins(24, 20, 24, 16)
    column.setSpacing(8)
    column.addWidget(label(title, "heading", wrap=False))
    return dialog, column


def _close_button(dialog: QDialog, column: QVBoxLayout) -> QDialogButtonBox:
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    for button in buttons.buttons():
        button.setProperty("kind", "plain")
    column.addSpacing(8)
    column.addWidget(buttons)
    return buttons


def shortcuts(
    parent: QWidget, actions: Sequence[QAction], others: Sequence[tuple[str, str]]
) -> QDialog:
    """Return the list of all keys, and of what the mouse does."""
    dialog, column = _dialog(parent, _tr("Keyboard shortcuts"))
    page = QWidget()
    page.setObjectName("page")
    grid = QGridLayout(page)
    grid.setContentsMargins(0, 0, 8, 0)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(4)
    native = QKeySequence.SequenceFormat.NativeText
    rows = [
        (", ".join(k.toString(native) for k in a.shortcuts()), a.text().replace("&", ""))
        for a in actions
        if a.shortcuts()
    ]
    for row, (keys, what) in enumerate([*rows, *others]):
        grid.addWidget(label(keys, "strong", wrap=False), row, 0)
        grid.addWidget(label(what, wrap=False), row, 1)
    grid.setColumnStretch(1, 1)
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setWidget(page)
    column.addWidget(area, 1)
    _close_button(dialog, column)
    dialog.resize(480, 620)
    return dialog


def problems(parent: QWidget, found: Sequence[Problem]) -> QDialog:
    """Return the list of what could not be read of the data files."""
    dialog, column = _dialog(parent, _tr("Problems in data files"))
    if not found:
        column.addWidget(label(_tr("All data files could be read.")))
    else:
        column.addWidget(
            label(_tr("These files are left out; everything else is loaded. Mend them, then choose "
                      "File › Reload data."))
        )  # fmt: skip
        text = QPlainTextEdit("\n\n".join(str(problem) for problem in found))
        text.setReadOnly(True)
        text.setAccessibleName(_tr("Problems in data files"))
        column.addWidget(text, 1)
        dialog.resize(720, 420)
    _close_button(dialog, column)
    return dialog


def data_folder(parent: QWidget, folder: Path) -> QDialog:
    """Return where the user's own files go, with a button that opens the folder."""
    dialog, column = _dialog(parent, _tr("Your data folder"))
    column.addWidget(
        label(_tr("Put your own variations (TOML files) here, then choose File › Reload data. "
                  "A file with mistakes is listed and left out; the rest loads."))
    )  # fmt: skip
    column.addWidget(label(str(folder), "strong", selectable=True))
    buttons = _close_button(dialog, column)
    opener = buttons.addButton(_tr("Open the folder"), QDialogButtonBox.ButtonRole.ActionRole)
    opener.setProperty("kind", "plain")
    opener.clicked.connect(lambda: _open(folder))
    dialog.resize(560, dialog.sizeHint().height())
    return dialog


def _open(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _notices() -> str:
    """Return the text of NOTICE: beside the package in a checkout, in the wheel's metadata else."""
    beside = Path(__file__).resolve().parents[2] / "NOTICE"
    if beside.is_file():
        return beside.read_text("utf-8")
    try:
        text = metadata.distribution("hip-thrust-visualizer").read_text("licenses/NOTICE")
    except metadata.PackageNotFoundError:
        text = None
    return text or _tr("The file NOTICE is missing from this installation.")


def about(parent: QWidget) -> QDialog:
    """Return what this is and where its parts come from."""
    dialog, column = _dialog(parent, _tr("About and licences"))
    try:
        version = metadata.version("hip-thrust-visualizer")
    except metadata.PackageNotFoundError:
        version = _tr("from a checkout")
    column.addWidget(
        label(_tr("A human body doing the hip thrust: which muscle works, in which role, with "
                  "which contraction, and why."))
    )  # fmt: skip
    column.addWidget(label(_tr("Version: {}").format(version), "secondary"))
    text = QPlainTextEdit(_notices())
    text.setReadOnly(True)
    # the file breaks its own lines
    text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    text.setAccessibleName(_tr("Licences and origins"))
    column.addWidget(text, 1)
    _close_button(dialog, column)
    dialog.resize(800, 520)
    return dialog
