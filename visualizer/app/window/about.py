"""About: what this is, and under which licences it and all its parts stand."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPlainTextEdit, QWidget

from visualizer import __version__
from visualizer.app.widgets.controls import label
from visualizer.app.widgets.dialog import Dialog
from visualizer.app.widgets.theme import px
from visualizer.notices import Component, components
from visualizer.resources import APPLICATION
from visualizer.texts import ntr, tr

__all__ = ["About", "about"]

# A line shorter than this ends on purpose; longer ones were broken to fit the file.
_SHORT_LINE = 60
_LIST_PX = 216
# First what a part says of itself, then the texts that others wrote for everybody.
_OUR_TEXTS = ("NOTICE", "LICENSE")


class About(Dialog):
    """What this is, a list of its parts, and beside it the licence of the marked one.

    Parameters
    ----------
    parent : QWidget
        The window.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent, tr("About and licences"), QSize(860, 600))
        self._parts = components()
        self.column.addWidget(
            label(tr("A human body doing the hip thrust: which muscle works, in which role, with "
                      "which contraction, and why."))
        )  # fmt: skip
        count = sum(part.name != APPLICATION for part in self._parts)
        said = ntr(
            "Version {version}, with {n} part by others",
            "Version {version}, with {n} parts by others",
            count,
        ).format(version=__version__, n=count)
        self.column.addWidget(label(said, "secondary"))
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Parts"))
        self.list.setFixedWidth(px(_LIST_PX))
        for part in self._parts:
            self.list.addItem(_name(part))
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(tr("Licences and origins"))
        self.list.currentRowChanged.connect(self._show)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.list)
        row.addWidget(self.text, 1)
        self.column.addLayout(row, 1)
        self.list.setCurrentRow(0)

    def _show(self, row: int) -> None:
        self.text.setPlainText(_told(self._parts[row]))


def about(parent: QWidget) -> About:
    """Return what this is and where its parts come from."""
    return About(parent)


def _name(part: Component) -> str:
    if part.name == APPLICATION:
        return tr("This program")
    return f"{part.name} {part.version}".strip()


def _told(part: Component) -> str:
    """Return a part's licence and where it comes from, then its texts."""
    lines = [_name(part), tr("Licence: {}").format(part.licence)]
    if part.source:
        lines.append(tr("Source: {}").format(part.source))
    if not part.texts:
        lines += ["", tr("Its licence's text is not in this installation.")]
    told = ["\n".join(lines)]
    for file in sorted(part.texts, key=_our_order):
        text = file.read_text("utf-8", errors="replace").strip()
        told.append(_unwrapped(text) if file.name == "NOTICE" else text)
    return "\n\n".join(told)


def _our_order(file: Path) -> int:
    return _OUR_TEXTS.index(file.name) if file.name in _OUR_TEXTS else len(_OUR_TEXTS)


def _unwrapped(text: str) -> str:
    """Return a text whose paragraphs and list items are one line each, to be wrapped anew."""
    lines: list[str] = []
    before = ""
    for line in text.splitlines():
        words = line.strip()
        if len(before) > _SHORT_LINE and words and not words.startswith("* "):
            lines[-1] += " " + words
        else:
            lines.append(words)
        before = line
    return "\n".join(lines)
