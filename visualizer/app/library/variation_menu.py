"""The variations on top of their menu, with the keys 1 … 9."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from visualizer.catalog.catalog import Catalog
from visualizer.texts import language

__all__ = ["VariationMenu"]

_KEYS = 9


class VariationMenu:
    """Fills the top of a menu with the catalogue's variations.

    Parameters
    ----------
    window : QWidget
        Where the keys work.
    menu : QMenu
        The menu, which has other entries already.
    choose : callable
        Called with a variation's id.
    """

    def __init__(self, window: QWidget, menu: QMenu, choose: Callable[[str], object]) -> None:
        self._window, self._menu, self._choose = window, menu, choose
        self._below = menu.actions()[0]
        self._group = QActionGroup(menu)
        self.actions: tuple[QAction, ...] = ()

    def fill(self, catalog: Catalog) -> None:
        """Show a catalogue's variations, and no others."""
        self.remove()
        made = []
        for number, variation in enumerate(catalog.numbered(), start=1):
            name = catalog.telling_name(variation, language())
            action = QAction(name.replace("&", "&&"), self._window)
            action.setData(variation.id)
            action.setCheckable(True)
            if number <= _KEYS:
                action.setShortcut(QKeySequence(str(number)))
            action.triggered.connect(lambda _=False, v=variation.id: self._choose(v))
            self._group.addAction(action)
            self._menu.insertAction(self._below, action)
            self._window.addAction(action)
            made.append(action)
        self.actions = tuple(made)

    def use_keys(self, on: bool) -> None:
        """Let the digits choose, or not."""
        for number, action in enumerate(self.actions[:_KEYS], start=1):
            action.setShortcut(QKeySequence(str(number)) if on else QKeySequence())

    def remove(self) -> None:
        """Take the variations out of menu and window."""
        for action in self.actions:
            self._menu.removeAction(action)
            self._window.removeAction(action)
            action.deleteLater()
        self.actions = ()

    def mark(self, variation: str) -> None:
        """Show which one is chosen."""
        for action in self.actions:
            action.setChecked(action.data() == variation)

    def numbered(self, digit: int) -> QAction | None:
        """Return the action of a number from 1, None where there are not so many."""
        return self.actions[digit - 1] if digit <= len(self.actions) else None
