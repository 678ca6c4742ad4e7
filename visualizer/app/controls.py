"""Small building blocks of the views: labels by kind, hairlines, a choice of a few."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

__all__ = ["Choice", "clear_layout", "hairline", "label"]


def label(text: str, kind: str = "body", *, wrap: bool = True, selectable: bool = False) -> QLabel:
    """Return a label of one of the stylesheet's kinds, e.g. title, heading, strong, secondary."""
    made = QLabel(text)
    made.setProperty("kind", kind)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    made.setMinimumWidth(1)  # a long word is no reason to widen the zone
    if selectable:
        flag = Qt.TextInteractionFlag
        made.setTextInteractionFlags(flag.TextSelectableByMouse | flag.TextSelectableByKeyboard)
        made.setCursor(Qt.CursorShape.IBeamCursor)
        made.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    return made


def hairline(*, vertical: bool = False) -> QFrame:
    """Return a line one pixel wide."""
    line = QFrame()
    line.setObjectName("hairline")
    if vertical:
        line.setFixedWidth(1)
    else:
        line.setFixedHeight(1)
    return line


def clear_layout(layout: object) -> None:
    """Remove and delete all that a layout holds."""
    take: Callable[[int], object] = layout.takeAt  # type: ignore[attr-defined]
    while (item := take(0)) is not None:
        widget = item.widget()  # type: ignore[attr-defined]
        if widget is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
        elif (inner := item.layout()) is not None:  # type: ignore[attr-defined]
            clear_layout(inner)


class Choice(QWidget):
    """One of a few, side by side.

    Parameters
    ----------
    name : str
        What is chosen, for screen readers.
    options : sequence of (value, text, name)
        Value, the button's text, its accessible name.
    """

    chosen = Signal(object)  # the value; only when the user chooses

    def __init__(
        self,
        name: str,
        options: Sequence[tuple[object, str, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._values = tuple(value for value, _, _ in options)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        for index, (_, text, spoken) in enumerate(options):
            button = QToolButton()
            button.setText(text)
            button.setAccessibleName(spoken)
            button.setToolTip(spoken)
            button.setCheckable(True)
            button.setMinimumHeight(28)
            self._group.addButton(button, index)
            row.addWidget(button)
        self._group.idClicked.connect(lambda index: self.chosen.emit(self._values[index]))

    def button(self, value: object) -> QToolButton:
        """Return the button of a value."""
        button = self._group.button(self._values.index(value))
        assert isinstance(button, QToolButton)
        return button

    def show_value(self, value: object) -> None:
        """Show a value as chosen; emits nothing."""
        if value in self._values:
            self.button(value).setChecked(True)
