"""A calm line at the top of the window that says what went wrong and what to do.

What was merely done is said over the window's lower edge, since it goes by itself: a row that comes
and goes would move all below it twice, and let both bodies be drawn anew each time.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QToolButton, QWidget

from visualizer.app.widgets.controls import label
from visualizer.app.widgets.theme import icon, px
from visualizer.texts import tr

__all__ = ["Banner"]

# Long enough to be read.
_BRIEF_MS = 4000
_EDGE_PX = 16  # between what lies over the window and its edges


class Banner(QWidget):
    """One message at a time, with an optional next step."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 8, 4)
        row.setSpacing(8)
        self.message = label("", "body", selectable=True)
        row.addWidget(self.message, 1)
        self.step = QPushButton()
        self.step.setProperty("kind", "plain")
        self.step.clicked.connect(self._do)
        row.addWidget(self.step)
        self.dismiss = QToolButton()
        self.dismiss.setAccessibleName(tr("Dismiss the message"))
        self.dismiss.setToolTip(tr("Dismiss"))
        self.dismiss.clicked.connect(self.hide)
        row.addWidget(self.dismiss)
        self._next: Callable[[], object] | None = None
        self.brief = QTimer(self)
        self.brief.setSingleShot(True)
        self.brief.setInterval(_BRIEF_MS)
        self.brief.timeout.connect(self.hide)
        # where it belongs while it lies over all: in whom, in which layout, at which place
        self._row: tuple[QWidget, QBoxLayout, int] | None = None
        self.hide()

    def recolour(self, colour: str) -> None:
        """Draw the icon in a colour."""
        self.dismiss.setIcon(icon("close", colour))

    def say(self, message: str, step: str = "", do: Callable[[], object] | None = None) -> None:
        """Show a message, with a button for the next step where there is one."""
        self._sit()
        self._show(message, step, do)

    def confirm(self, message: str) -> None:
        """Say that something was done; it goes by itself and pushes no trouble aside."""
        if self.isVisible() and not self.brief.isActive():
            return
        self._rise()
        self._show(message)
        self.brief.start()

    def _show(self, message: str, step: str = "", do: Callable[[], object] | None = None) -> None:
        self.message.setText(message)
        self.message.setAccessibleName(message)
        self.step.setText(step)
        self.step.setVisible(bool(step))
        self._next = do
        self.brief.stop()
        self._cover()
        self.show()

    def _rise(self) -> None:
        """Leave the row, and lie over all that stands beside it."""
        parent = self.parentWidget()
        layout = None if parent is None else parent.layout()
        if parent is None or self._row is not None or not isinstance(layout, QBoxLayout):
            return
        self._row = parent, layout, layout.indexOf(self)
        self.hide()
        layout.removeWidget(self)
        self._look(afloat=True)
        parent.installEventFilter(self)
        self.raise_()

    def _sit(self) -> None:
        """Go back into the row."""
        if self._row is not None:
            parent, layout, place = self._row
            self._row = None
            parent.removeEventFilter(self)
            self._look(afloat=False)
            layout.insertWidget(place, self)

    def _look(self, *, afloat: bool) -> None:
        self.setProperty("afloat", afloat)
        self.style().polish(self)

    def _cover(self) -> None:
        """Lie in the middle of the lower edge, no larger than the text needs."""
        if self._row is None:
            return
        room, edge = self._row[0].rect(), px(_EDGE_PX)
        # a text that wraps asks for less than its line takes
        line = self.message.fontMetrics().horizontalAdvance(self.message.text())
        others = self.dismiss.sizeHint().width() + 3 * edge  # with the margins and the gaps
        wide = min(line + others, max(room.width() - 2 * edge, 1))
        high = max(self.heightForWidth(wide), self.minimumSizeHint().height())
        self.setGeometry((room.width() - wide) // 2, room.height() - high - edge, wide, high)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Stay at the edge when the window takes another size."""
        if event.type() == QEvent.Type.Resize:
            self._cover()
        return super().eventFilter(watched, event)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Rest while hidden."""
        self.brief.stop()

    def _do(self) -> None:
        if self._next is not None:
            self._next()
