"""The data files that could not be read: what is wrong with each, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from visualizer.app.widgets.controls import hairline, label
from visualizer.errors import Problem
from visualizer.texts import tr

__all__ = ["ProblemList"]


class ProblemList(QWidget):
    """The data files that could not be read, what is wrong with them, and what to do.

    Parameters
    ----------
    problems : sequence of Problem
        All that is wrong, file by file.
    """

    def __init__(self, problems: Sequence[Problem], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 8, 0)
        column.setSpacing(4)
        column.addWidget(hairline())
        column.addSpacing(8)
        column.addWidget(label(tr("Files that could not be read"), "strong"))
        column.addWidget(
            label(
                tr("Everything else is loaded. Fix these files, then choose File › Reload data."),
                "caption",
            )
        )
        for file in dict.fromkeys(p.file for p in problems):
            column.addSpacing(8)
            name = label(Path(file).name, "body", selectable=True)
            name.setToolTip(file)
            column.addWidget(name)
            for problem in (p for p in problems if p.file == file):
                line = f"{problem.path}: {problem.message}" if problem.path else problem.message
                column.addWidget(label(line, "caption", selectable=True))
