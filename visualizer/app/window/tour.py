"""The tour: five steps, each beside the part of the window that it is about; left at any time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from visualizer.app.widgets.accessible import announce
from visualizer.app.widgets.controls import label
from visualizer.app.widgets.theme import RADIUS_PX, px, theme_of
from visualizer.texts import tr

__all__ = ["Tour"]

_WIDTH_PX, _EDGE_PX = 340, 16


class _Ring(QWidget):
    """A ring round what a step is about; the mouse passes through."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        look, box = theme_of(self), QRectF(self.rect()).adjusted(3, 3, -3, -3)
        for colour, wide in ((look.panel, 6.0), (look.ring, 3.0)):
            painter.setPen(QPen(QColor(colour), wide))
            painter.drawRoundedRect(box, RADIUS_PX, RADIUS_PX)
        painter.end()


class Tour(QFrame):
    """A card with a step, Back, Next and Skip.

    Parameters
    ----------
    window : QWidget
        What it leads through.
    steps : sequence of (view, heading, text)
        In the language of the interface; ``find`` knows the views.
    find : callable
        Returns a view by its id, None where there is none.
    """

    def __init__(
        self,
        window: QWidget,
        steps: Sequence[tuple[str, str, str]],
        find: Callable[[str], QWidget | None],
    ) -> None:
        super().__init__(window)
        self._window, self._steps, self._find = window, tuple(steps), find
        self.step = 0
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("Tour"))
        self.setFixedWidth(min(px(_WIDTH_PX), window.width() - 2 * _EDGE_PX))
        self._ring = _Ring(window)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(6)
        self.count, self.heading, self.text = label("", "caption"), label("", "heading"), label("")
        for widget in (self.count, self.heading, self.text):
            column.addWidget(widget)
        line = QHBoxLayout()
        self.skip = self._button(tr("Skip"), self.leave)
        self.back = self._button(tr("Back"), lambda: self.go_to(self.step - 1))
        self.next = self._button(tr("Next"), lambda: self.go_to(self.step + 1))
        line.addWidget(self.skip)
        line.addStretch(1)
        line.addWidget(self.back)
        line.addWidget(self.next)
        column.addLayout(line)
        self.go_to(0)
        self.next.setFocus()

    def _button(self, text: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("kind", "plain")
        button.clicked.connect(lambda: do())
        return button

    def go_to(self, step: int) -> None:
        """Show a step; after the last one the tour is over."""
        if step >= len(self._steps):
            self.leave()
            return
        self.step = max(step, 0)
        view, heading, text = self._steps[self.step]
        said = tr("{} of {}").format(self.step + 1, len(self._steps))
        self.count.setText(said)
        self.heading.setText(heading)
        self.text.setText(text)
        self.back.setEnabled(self.step > 0)
        last = self.step + 1 == len(self._steps)
        self.next.setText(tr("Done") if last else tr("Next"))
        self.show()
        self.adjustSize()
        self._place(self._find(view))
        self.raise_()
        announce(self, f"{said}. {heading}. {text}")

    def leave(self) -> None:
        """End the tour."""
        self._ring.hide()
        self._ring.deleteLater()
        self.hide()
        self.deleteLater()

    def _place(self, target: QWidget | None) -> None:
        """Stand inside the window, beside or over a view, and ring it."""
        window = self._window
        if target is None or not target.isVisible():
            self._ring.hide()
            middle = window.rect().center()
            self.move(middle - self.rect().center())
            return
        box = QRect(target.mapTo(window, QPoint(0, 0)), target.size())
        self._ring.setGeometry(box.intersected(window.rect()))
        self._ring.show()
        self._ring.raise_()
        room = window.rect().adjusted(_EDGE_PX, _EDGE_PX, -_EDGE_PX, -_EDGE_PX)
        left, top = box.right() + _EDGE_PX, box.top()
        if left + self.width() > room.right():
            left = box.left() - self.width() - _EDGE_PX
        if left < room.left():
            left = box.center().x() - self.width() // 2
            top = box.top() - self.height() - _EDGE_PX
            if top < room.top():
                top = min(box.bottom() + _EDGE_PX, room.bottom() - self.height())
        self.move(
            min(max(left, room.left()), max(room.right() - self.width(), room.left())),
            min(max(top, room.top()), max(room.bottom() - self.height(), room.top())),
        )
