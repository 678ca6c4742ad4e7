"""What the shown variation can be compared with, on top of a menu."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from visualizer.analysis.words import choice_name
from visualizer.app.session.comparing import Comparing, is_shown, others
from visualizer.app.session.session import Session

__all__ = ["CompareMenu"]


class CompareMenu(QObject):
    """Fills the top of a menu, each time it opens, with all that can be compared with.

    Parameters
    ----------
    menu : QMenu
        The menu, which has other entries already; several buttons may open it.
    session : Session
        Whose variations are listed; the shown one as well, to compare its moments or sides.
    comparing : Comparing
        Told of the choice.
    """

    def __init__(self, menu: QMenu, session: Session, comparing: Comparing) -> None:
        super().__init__(menu)
        self._menu, self._session, self._comparing = menu, session, comparing
        self._below = menu.actions()[0]
        self.actions: tuple[QAction, ...] = ()
        menu.aboutToShow.connect(self.fill)
        self.fill()

    def fill(self) -> None:
        """List what there is now."""
        for action in self.actions:
            self._menu.removeAction(action)
            action.deleteLater()
        catalog, second = self._session.catalog, self._comparing.second
        group, made = QActionGroup(self._menu), []
        for variation, side in others(catalog.numbered()):
            name = choice_name(variation, side, catalog)
            action = QAction(name.replace("&", "&&"), group)
            action.setData((variation.id, side))
            action.setCheckable(True)
            action.setChecked(second is not None and is_shown(second, variation.id, side))
            compare = partial(self._comparing.compare_with, variation.id, side)
            action.triggered.connect(lambda _=False, do=compare: do())
            self._menu.insertAction(self._below, action)
            made.append(action)
        self.actions = tuple(made)
