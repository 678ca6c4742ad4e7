"""The row at the top: which variation, which side, what is done most, which theme."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QToolButton, QWidget

from visualizer.anatomy.muscle import Side
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.app.widgets.controls import Choice, MenuButton, label
from visualizer.app.widgets.fitting_row import FittingRow
from visualizer.app.widgets.theme import icon, px, theme_of
from visualizer.exercise.repetition import Instant
from visualizer.texts import language, tr

__all__ = ["TopBar"]

_MOST_NAME_PX = 420


class TopBar(QWidget):
    """Variation, side, what is done most, theme.

    Parameters
    ----------
    session : Session
        Told which side is chosen.
    variations : QMenu
        The menu of variations.
    compare, predict, present : QAction
        What is done most, each with a button.
    save : QMenu
        What can be saved, with a button of its own.
    dark : QAction
        Switches the theme.
    """

    side_chosen = Signal(object)  # Side

    def __init__(
        self,
        session: Session,
        variations: QMenu,
        compare: QAction,
        predict: QAction,
        present: QAction,
        save: QMenu,
        dark: QAction,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("zone")
        self._session = session
        self._shown: object = None  # all that it says
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 4, 12, 4)
        row.setSpacing(8)
        self.variation = MenuButton()
        self.variation.setObjectName("variation")
        self.variation.setMenu(variations)
        row.addWidget(self.variation)
        self.side_label = label(tr("Working side"), "secondary", wrap=False)
        self.side = Choice(
            tr("Working side"),
            [
                (Side.LEFT, tr("Left"), tr("Left side works")),
                (Side.RIGHT, tr("Right"), tr("Right side works")),
            ],
        )
        self.side.chosen.connect(self.side_chosen)
        row.addSpacing(16)
        row.addWidget(self.side_label)
        row.addWidget(self.side)
        buttons = [_button(action) for action in (compare, predict, present)]
        self.save = MenuButton()
        self.save.setText(tr("Save picture"))
        self.save.setMenu(save)
        buttons.append(self.save)
        self.often = FittingRow(buttons, [buttons[k] for k in (2, 1, 0, 3)])
        row.addWidget(self.often, 1)
        row.addSpacing(8)
        self.theme = QToolButton()
        self.theme.setObjectName("theme")
        self.theme.setAccessibleName(tr("Dark theme"))
        self.theme.setDefaultAction(dark)
        self.theme.setIconSize(QSize(px(20), px(20)))
        self.theme.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.theme.setFixedSize(px(34), px(32))
        row.addWidget(self.theme)
        self.setFixedHeight(px(44))
        self.show_state(None, session.state)

    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Show the variation's name and, where one leg works, the side."""
        name = self._session.catalog.telling_name(self._session.variation, language())
        shown = name, new.side, self._session.one_leg, theme_of(self).name
        if shown == self._shown:
            return
        self._shown = shown
        # a name without end must not make the window wider than the screen
        metrics = self.variation.fontMetrics()
        self.variation.setText(metrics.elidedText(name, Qt.TextElideMode.ElideRight, _MOST_NAME_PX))
        self.variation.setToolTip("\n".join((name, tr("Choose a variation (1 … 9)"))))
        self.variation.setAccessibleName(tr("Variation: {}").format(name))
        for button in (self.variation, self.save):
            button.show_chevron(icon("chevron-down", theme_of(self).secondary))
        self.side.show_value(new.side)
        for widget in (self.side, self.side_label):
            widget.setVisible(self._session.one_leg)

    def show_instant(self, instant: Instant) -> None:
        """Nothing here depends on it."""

    def show_hover(self, muscle: str | None) -> None:
        """Nothing here depends on it."""


def _button(action: QAction) -> QToolButton:
    """Return a button that says in a word what an action does."""
    made = QToolButton()
    made.setDefaultAction(action)
    made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
    return made
