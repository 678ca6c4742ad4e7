"""A small panel that opens over the window and goes with the first click beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from visualizer.app.widgets.controls import label
from visualizer.app.widgets.theme import px

__all__ = ["Popover"]


class Popover(QFrame):
    """A panel with a title.

    Parameters
    ----------
    title : str
        What it asks for.
    width_px : int
        How wide it is where texts have their usual size.

    Attributes
    ----------
    column : QVBoxLayout
        Takes what it holds, below the title.
    """

    def __init__(self, title: str, width_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_WindowPropagation)  # the parent's theme
        self.setObjectName("popover")
        self.setAccessibleName(title)
        self.setFixedWidth(px(width_px))
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 12)
        self.column.setSpacing(8)
        self.column.addWidget(label(title, "strong"))
