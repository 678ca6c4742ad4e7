"""The quiet row on the stage: the views, x-ray, labels, and the way back to the view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from visualizer.app.controls import label

__all__ = ["StageBar"]


class StageBar(QWidget):
    """Buttons for the given actions, in groups.

    Parameters
    ----------
    groups : sequence of sequences of QAction
        A dot stands between groups.
    last : QAction
        Stands at the end as an icon.
    """

    def __init__(
        self, groups: Sequence[Sequence[QAction]], last: QAction, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        # or it would be the stage's hand over a muscle
        self.setCursor(Qt.CursorShape.ArrowCursor)
        # a plate in the stage's colour: close to a muscle, bones would run through the words
        self.setObjectName("stagebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(self.tr("View"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for index, group in enumerate(groups):
            if index:
                row.addWidget(label("·", "secondary", wrap=False))
            for action in group:
                row.addWidget(_button(action, Qt.ToolButtonStyle.ToolButtonTextOnly))
        reset = _button(last, Qt.ToolButtonStyle.ToolButtonIconOnly)
        reset.setIconSize(QSize(16, 16))
        row.addWidget(reset)
        self.adjustSize()


def _button(action: QAction, style: Qt.ToolButtonStyle) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    button.setProperty("kind", "stage")
    button.setToolButtonStyle(style)
    button.setAccessibleName(action.text().replace("&", ""))
    button.setMinimumHeight(28)
    return button
