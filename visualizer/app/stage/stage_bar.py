"""The quiet row on the stage: the views, x-ray, labels, and the way back to the view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from visualizer.app.session.state import SessionState
from visualizer.app.widgets.controls import Choice
from visualizer.app.widgets.theme import px
from visualizer.exercise.repetition import Instant
from visualizer.texts import tr

__all__ = ["StageBar"]

_BETWEEN_PX = 8


class StageBar(QWidget):
    """The views, one at a time, and what else the picture can be; two rows where it is narrow.

    Parameters
    ----------
    views : sequence of QAction
        Of one exclusive group.
    others : sequence of QAction
        Switches, with icon and text, and commands, as icons.
    """

    def __init__(
        self,
        views: Sequence[QAction],
        others: Sequence[QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        # or it would be the stage's hand over a muscle
        self.setCursor(Qt.CursorShape.ArrowCursor)
        # a plate in the stage's colour: close to a muscle, bones would run through the words
        self.setObjectName("stagebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(tr("View"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        self._first, self._second = QHBoxLayout(), QHBoxLayout()
        for row in (self._first, self._second):
            row.setSpacing(2)
            column.addLayout(row)
        self._views = tuple(views)
        self.views = Choice(
            tr("View"),
            [(view.objectName(), view.iconText(), _plain(view.text())) for view in views],
        )
        for view in views:
            self.views.button(view.objectName()).setToolTip(view.toolTip())
            view.toggled.connect(self._show_view)
        self.views.chosen.connect(self._choose)
        self._first.addWidget(self.views)
        self._first.addSpacing(_BETWEEN_PX)
        self._others = [_button(action) for action in others]
        self._switches = [b for b, a in zip(self._others, others, strict=True) if a.isCheckable()]
        for button in self._others:
            self._first.addWidget(button)
        self._first.addStretch(1)
        self._second.addStretch(1)
        self._wide = True
        self.adjustSize()

    def fit(self, width_px: int, *, low: bool = False) -> None:
        """Use two rows where one is wider than this.

        On a stage that is ``low`` the switches become icons first: a second row would take the
        room of the legend.
        """
        self._say(True)
        if low and not self._fits(width_px):
            self._say(False)
            if not self._fits(width_px):
                self._say(True)
        wide = self._fits(width_px)
        if wide != self._wide:
            self._wide = wide
            row = self._first if wide else self._second
            for k, button in enumerate(self._others):
                row.insertWidget(2 + k if wide else k, button)
        self.resize(self.sizeHint())

    def _fits(self, width_px: int) -> bool:
        taken = sum(button.sizeHint().width() + 2 for button in self._others)
        return self.views.sizeHint().width() + _BETWEEN_PX + taken + 2 <= width_px

    def _say(self, texts: bool) -> None:
        """Let the switches say in words what they are, or show their icons alone."""
        style = Qt.ToolButtonStyle
        for button in self._switches:
            wanted = style.ToolButtonTextBesideIcon if texts else style.ToolButtonIconOnly
            if button.toolButtonStyle() != wanted:
                button.setToolButtonStyle(wanted)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of what is shown."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        return layout.sizeHint()

    @property
    def least_width_px(self) -> int:
        """What the views need."""
        return self.views.sizeHint().width()

    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Nothing here depends on it: the buttons follow their actions."""

    def show_instant(self, instant: Instant) -> None:
        """Nothing here depends on it."""

    def show_hover(self, muscle: str | None) -> None:
        """Nothing here depends on it."""

    def _choose(self, name: object) -> None:
        next(view for view in self._views if view.objectName() == name).trigger()

    def _show_view(self) -> None:
        on = next((view.objectName() for view in self._views if view.isChecked()), None)
        self.views.show_value(on)


def _plain(text: str) -> str:
    return text.replace("&", "")


def _button(action: QAction) -> QToolButton:
    button = QToolButton()
    button.setDefaultAction(action)
    style = Qt.ToolButtonStyle
    button.setToolButtonStyle(
        style.ToolButtonTextBesideIcon if action.isCheckable() else style.ToolButtonIconOnly
    )
    button.setIconSize(QSize(px(16), px(16)))
    button.setAccessibleName(_plain(action.text()))
    button.setMinimumHeight(px(28))
    return button
