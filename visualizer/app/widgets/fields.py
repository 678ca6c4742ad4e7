"""Fields whose changes belong to a document: it takes them back, not each field by itself.

In a field of Qt's own, Ctrl+Z takes back what was typed there and nothing else. Where a document
has an undo of its own, the window's command is to get the key instead. The wheel over a field
scrolls the page; it changes the field only where that has the focus.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QLineEdit, QPlainTextEdit, QWidget

from visualizer.app.widgets.theme import icon, px, theme_of

__all__ = ["Line", "Note", "Number", "Pick"]

_CHEVRON_PX, _SLACK_PX = 14, 2

_UNDO = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


def _gives_undo(event: QEvent) -> bool:
    """Leave the keys of undo and redo to the window; return whether this was one."""
    if (
        isinstance(event, QKeyEvent)
        and event.type() == QEvent.Type.ShortcutOverride
        and any(event.matches(key) for key in _UNDO)
    ):
        event.ignore()
        return True
    return False


class Line(QLineEdit):
    """A line of text.

    Parameters
    ----------
    name : str
        What it holds, for screen readers.
    needed : bool
        Whether it may not stay empty: what it said before comes back when it is left.
    """

    typed = Signal(str)  # by hand only; never empty where something is needed

    def __init__(self, name: str, *, needed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._needed, self._shown = needed, ""
        self.textEdited.connect(self._take)

    def show_text(self, text: str, hint: str = "") -> None:
        """Show a text; the cursor stays where it is, unless the text is another one."""
        self._shown = text
        self.setPlaceholderText(hint)
        if text != self.text() and not (self.hasFocus() and self._needed and not self.text()):
            self.setText(text)
            if not self.hasFocus():  # what is too long is read from its beginning
                self.setCursorPosition(0)

    def _take(self, text: str) -> None:
        if text.strip() or not self._needed:
            self.typed.emit(text)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show again what is needed."""
        super().focusOutEvent(event)
        if self._needed and not self.text().strip():
            self.setText(self._shown)

    def event(self, event: QEvent) -> bool:
        """Leave undo to the document."""
        return _gives_undo(event) or super().event(event)


class Note(QPlainTextEdit):
    """Some lines of text.

    Parameters
    ----------
    name : str
        What they hold, for screen readers.
    lines : int
        How many are in sight; the others are scrolled to.
    """

    typed = Signal(str)

    def __init__(self, name: str, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "field")
        self.setAccessibleName(name)
        self.setTabChangesFocus(True)
        self.setUndoRedoEnabled(False)
        self.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 12)
        self.textChanged.connect(lambda: self.typed.emit(self.toPlainText()))

    def show_text(self, text: str, hint: str = "") -> None:
        """Show a text; the cursor stays where it is, unless the text is another one."""
        self.setPlaceholderText(hint)
        if text != self.toPlainText():
            with QSignalBlocker(self):
                self.setPlainText(text)

    def event(self, event: QEvent) -> bool:
        """Leave undo to the document."""
        return _gives_undo(event) or super().event(event)


class Pick(QComboBox):
    """One of several, in a list that opens.

    Parameters
    ----------
    name : str
        What is chosen, for screen readers.
    """

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(12)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return room for the longest text; at large texts Qt's own is some pixels too narrow."""
        return super().sizeHint() + QSize(px(_SLACK_PX), 0)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the field, and the chevron in the colour of the theme."""
        super().paintEvent(event)
        side = px(_CHEVRON_PX)
        place = QRect(self.width() - side - px(6), (self.height() - side) // 2, side, side)
        painter = QPainter(self)
        icon("chevron-down", theme_of(self).secondary).paint(painter, place)
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave the wheel to the page."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class Number(QDoubleSpinBox):
    """A number.

    Parameters
    ----------
    name : str
        What it counts, for screen readers.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave the wheel to the page."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()
