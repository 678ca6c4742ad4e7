"""Small building blocks of the views: labels, hairlines, a choice of a few, menu buttons."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QLabel,
    QPushButton,
    QStyle,
    QStyleOptionButton,
    QStyleOptionToolButton,
    QStylePainter,
    QToolButton,
    QWidget,
)

from visualizer.app.widgets.theme import px, theme_of

__all__ = ["TOUCH_PX", "CheckBox", "Choice", "MenuButton", "clear_layout", "hairline", "label"]

TOUCH_PX = 44  # what is pressed standing, before a class

_CHEVRON_PX, _CHEVRON_GAP_PX = 14, 4
_LEAST_MENU_PX = 120


def label(text: str, kind: str = "body", *, wrap: bool = True, selectable: bool = False) -> QLabel:
    """Return a label of one of the stylesheet's kinds, e.g. title, heading, strong, secondary."""
    made = QLabel()
    # before it says anything: screen readers are told what it is at once
    made.setProperty("kind", kind)
    made.setText(text)
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


class CheckBox(QCheckBox):
    """A check box whose tick is seen in every theme.

    Qt's own box has the colours of a palette, which what is below a stylesheet does not get from
    its window: white in the dark theme, with a tick that is nearly white.
    """

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint box and text as the stylesheet says, then the tick."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        part = QStyle.SubElement.SE_CheckBoxIndicator
        box = QRectF(self.style().subElementRect(part, option, self))
        tick = ((0.24, 0.52), (0.43, 0.71), (0.77, 0.30))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme_of(self).panel), 0.13 * box.width()))
        painter.drawPolyline(
            QPolygonF(
                [QPointF(box.x() + x * box.width(), box.y() + y * box.height()) for x, y in tick]
            )
        )
        painter.end()


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


class Choice(QFrame):
    """One of a few, side by side in one frame.

    A group of radio buttons to keys and screen readers: Tab reaches the chosen one, the arrows
    walk through the others.

    Parameters
    ----------
    name : str
        What is chosen, for screen readers.
    options : sequence of (value, text, name)
        Value, the button's text, its accessible name, which the tool tip says as well.
    in_a_row : int, optional
        How many of them stand side by side at most; all where it is not said.
    """

    chosen = Signal(object)  # the value; only when the user chooses

    def __init__(
        self,
        name: str,
        options: Sequence[tuple[object, str, str]],
        parent: QWidget | None = None,
        *,
        in_a_row: int | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("choice")
        self.setAccessibleName(name)
        self._group = QButtonGroup(self)
        self._values = tuple(value for value, _, _ in options)
        grid, most = QGridLayout(self), in_a_row or len(options)
        grid.setContentsMargins(1, 1, 1, 1)
        grid.setSpacing(0)
        for index, (_, text, spoken) in enumerate(options):
            button = QPushButton(text)
            button.setProperty("kind", "choice")
            button.setAccessibleName(spoken)
            button.setToolTip(spoken)
            button.setCheckable(True)
            button.setAutoExclusive(True)  # this makes it a radio button for screen readers
            button.setMinimumHeight(px(26))
            self._group.addButton(button, index)
            grid.addWidget(button, *divmod(index, most))
        self._group.idClicked.connect(lambda index: self.chosen.emit(self._values[index]))
        self.show_value(None)

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """The buttons from left to right."""
        return tuple(self.button(value) for value in self._values)

    def button(self, value: object) -> QPushButton:
        """Return the button of a value."""
        button = self._group.button(self._values.index(value))
        assert isinstance(button, QPushButton)
        return button

    def show_value(self, value: object) -> None:
        """Show a value as chosen, or none of them; emits nothing."""
        known = value in self._values
        if not known:
            self._group.setExclusive(False)
            for other in self._group.buttons():
                other.setChecked(False)
            self._group.setExclusive(True)
        stop = self.button(value if known else self._values[0])
        stop.setChecked(known)
        # not by click: after one the space bar goes on playing
        policy = Qt.FocusPolicy
        for other in self._group.buttons():
            other.setFocusPolicy(policy.TabFocus if other is stop else policy.NoFocus)


class MenuButton(QToolButton):
    """A text with a chevron behind it that opens a menu, by Enter and the down arrow as well.

    One without a menu is clicked by these keys.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chevron = QIcon()
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)

    def show_chevron(self, chevron: QIcon) -> None:
        """Take the picture behind the text."""
        self._chevron = chevron
        self.update()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the room for text and chevron."""
        self.ensurePolished()
        text = self.fontMetrics().horizontalAdvance(self.text())
        wide = text + self._pad_px * 2 + px(_CHEVRON_GAP_PX) + px(_CHEVRON_PX) + 2
        return QSize(wide, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return less: a long text is cut with an ellipsis where there is no room."""
        return self.sizeHint().boundedTo(QSize(_LEAST_MENU_PX, self.sizeHint().height()))

    @property
    def _pad_px(self) -> int:
        return 4 if self.property("kind") == "quiet" else 8

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the button, then text and chevron from its left edge."""
        option = QStyleOptionToolButton()
        self.initStyleOption(option)
        option.text = ""
        painter = QStylePainter(self)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ToolButton, option)
        left = self._pad_px
        room = self.width() - 2 * left - px(_CHEVRON_GAP_PX) - px(_CHEVRON_PX)
        metrics = self.fontMetrics()
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, max(room, 1) + 1)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(self.palette().buttonText().color())
        painter.drawText(QRect(left, 0, room + 2, self.height()), flags, text)
        left += metrics.horizontalAdvance(text) + px(_CHEVRON_GAP_PX)
        top = (self.height() - px(_CHEVRON_PX)) // 2
        self._chevron.paint(painter, QRect(left, top, px(_CHEVRON_PX), px(_CHEVRON_PX)))
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Open the menu by key."""
        keys = Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Down, Qt.Key.Key_Space
        if event.key() in keys:
            if self.menu() is not None:
                self.showMenu()
            else:
                self.click()
            return
        super().keyPressEvent(event)
