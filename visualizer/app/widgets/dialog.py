"""What all dialogs have in common: heading, a column, Close, and that they fit the screen."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QIcon, QShowEvent
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPushButton, QVBoxLayout, QWidget

from visualizer.app.widgets.controls import label
from visualizer.app.widgets.geometry import keep_on_screen, room_of
from visualizer.app.widgets.theme import zoom
from visualizer.texts import tr

__all__ = ["Dialog"]

_LEAST = QSize(240, 160)


class Dialog(QDialog):
    """A dialog no larger than the screen, whose buttons are always in sight.

    What may be long goes into something that scrolls.

    Parameters
    ----------
    parent : QWidget
        The window it belongs to.
    title : str
        In the frame and, unless ``heading`` is false, at the top.
    size : QSize, optional
        Wanted where the screen has room for it; as large as the contents by default.
    heading : bool
        Whether the title stands above the contents.
    """

    def __init__(
        self,
        parent: QWidget,
        title: str,
        size: QSize | None = None,
        *,
        heading: bool = True,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # the parent's theme
        self.setAttribute(Qt.WidgetAttribute.WA_WindowPropagation)
        self._wanted = None if size is None else size * zoom()
        self.column = QVBoxLayout()
        self.column.setSpacing(8)
        if heading:
            self.column.addWidget(label(title, "heading"))
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.buttons.button(QDialogButtonBox.StandardButton.Close).setText(tr("Close"))
        self.buttons.rejected.connect(self.reject)
        self._dress()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(24, 20, 24, 16)
        whole.setSpacing(16)
        whole.addLayout(self.column, 1)
        whole.addWidget(self.buttons)

    def add_button(self, text: str) -> QPushButton:
        """Return a new button beside Close, which leaves the dialog open."""
        button = self.buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        self._dress()
        return button

    def focus_close(self) -> None:
        """Let Close have the focus at first."""
        close = self.buttons.button(QDialogButtonBox.StandardButton.Close)
        close.setDefault(True)
        close.setFocus()

    def _dress(self) -> None:
        for button in self.buttons.buttons():
            if button.property("kind") is None:
                button.setProperty("kind", "plain")
                button.style().polish(button)  # the box has asked for its size, and so its style
            button.setIcon(QIcon())  # some platforms put a cross into Close

    def fit(self) -> None:
        """Take the wanted size, as far as the screen has room, on the middle of the window."""
        room = room_of(self)
        self.setMinimumSize(_LEAST.boundedTo(room))
        self.setMaximumSize(room)
        wanted = self._wanted or self.sizeHint()
        self.resize(wanted.expandedTo(self.minimumSizeHint()).boundedTo(room))
        above = self.parentWidget()
        if above is not None:
            middle = above.frameGeometry().center()
            self.move(middle - QPoint(self.width() // 2, self.height() // 2))
        keep_on_screen(self)

    def grow(self) -> None:
        """Take the room that the contents need by now, as far as the screen has it."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        least = max(layout.minimumHeightForWidth(self.width()), layout.minimumSize().height())
        self.resize(self.size().expandedTo(QSize(0, least)).boundedTo(room_of(self)))
        keep_on_screen(self)

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Fit the screen before anything is seen."""
        self.fit()
        super().showEvent(event)
