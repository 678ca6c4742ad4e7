"""A calm line at the top of the window that says what went wrong and what to do."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from visualizer.app.widgets.controls import label
from visualizer.app.widgets.theme import icon
from visualizer.texts import tr

__all__ = ["Banner"]

# Long enough to be read.
_BRIEF_MS = 4000


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
        self.hide()

    def recolour(self, colour: str) -> None:
        """Draw the icon in a colour."""
        self.dismiss.setIcon(icon("close", colour))

    def say(self, message: str, step: str = "", do: Callable[[], object] | None = None) -> None:
        """Show a message, with a button for the next step where there is one."""
        self.message.setText(message)
        self.message.setAccessibleName(message)
        self.step.setText(step)
        self.step.setVisible(bool(step))
        self._next = do
        self.brief.stop()
        self.show()

    def confirm(self, message: str) -> None:
        """Say that something was done; it goes by itself and pushes no trouble aside."""
        if self.isVisible() and not self.brief.isActive():
            return
        self.say(message)
        self.brief.start()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Rest while hidden."""
        self.brief.stop()

    def _do(self) -> None:
        if self._next is not None:
            self._next()
