"""A button whose text may take several lines: an answer is a sentence at times."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import (
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyleOptionButton,
    QStylePainter,
    QWidget,
)

from visualizer.app.widgets.controls import TOUCH_PX
from visualizer.app.widgets.theme import theme_of

__all__ = ["AnswerButton"]

_EDGE_PX, _LEAST_PX, _ENDLESS_PX = 6, 120, 10_000
_HOW = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap


class AnswerButton(QPushButton):
    """A button as wide as its room, and as high as its text then is.

    Parameters
    ----------
    text : str
        What it says.
    """

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self.setProperty("kind", "row")
        self._dim = False
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def dim(self) -> None:
        """Let it stand back: it was not right."""
        self._dim = True
        self.update()

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Return the height of the text in a width, and never less than a finger needs."""
        room = QRect(0, 0, max(width - 2 * _EDGE_PX, 1), _ENDLESS_PX)
        text = self.fontMetrics().boundingRect(room, int(_HOW), self.text())
        return max(text.height() + _EDGE_PX, TOUCH_PX)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a small width with the height that goes with the one it has."""
        return QSize(_LEAST_PX, self.heightForWidth(max(self.width(), _LEAST_PX)))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return what a finger needs: its height follows from its width."""
        return QSize(_LEAST_PX, TOUCH_PX)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw the button, and its text in as many lines as it takes."""
        painter, option, look = QStylePainter(self), QStyleOptionButton(), theme_of(self)
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        # it is read even where it cannot be pressed
        painter.setPen(QColor(look.secondary if self._dim else look.text))
        painter.drawText(self.rect().adjusted(_EDGE_PX, 0, -_EDGE_PX, 0), int(_HOW), self.text())
