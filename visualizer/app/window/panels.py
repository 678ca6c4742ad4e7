"""Which panels are shown: what the user wants, and what a small window has room for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Signal

__all__ = ["Panel", "Panels"]

_NO_NEEDS = QSize(0, 0)


@dataclass(frozen=True)
class Panel:
    """A part of the window that can be hidden.

    Attributes
    ----------
    id : str
        Name in code and in the settings.
    text, tip : str
        What its switch says in the menu, with the mnemonic, and what the tool tip adds; in English.
    key : str
        Its shortcut.
    needs : QSize
        A window smaller than this starts without the panel: the stage needs the room more.
    """

    id: str
    text: str
    key: str
    tip: str
    needs: QSize = _NO_NEEDS


class Panels(QObject):
    """Keeps which panels are to be shown; the window's zones follow.

    Parameters
    ----------
    panels : sequence of Panel
        What there is.
    kept : mapping of str to bool
        What the user has chosen before, by panel; others go by the window's size.
    """

    changed = Signal()

    def __init__(
        self, panels: Sequence[Panel], kept: Mapping[str, bool], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._needs = {panel.id: panel.needs for panel in panels}
        self._chosen = {name: on for name, on in kept.items() if name in self._needs}
        self._size = QSize(10_000, 10_000)
        self._alone = False
        # by whoever wants it so
        self._resting: dict[str, frozenset[str]] = {}
        self._locked: dict[str, frozenset[str]] = {}

    @property
    def chosen(self) -> dict[str, bool]:
        """What the user has chosen against the window's own sense of room."""
        return dict(self._chosen)

    @property
    def alone(self) -> bool:
        """Whether the stage stands alone."""
        return self._alone

    def shown(self, name: str) -> bool:
        """Return whether a panel is to be shown."""
        resting = any(name in names for names in self._resting.values())
        away = self._alone or resting or self.locked(name)
        return not away and self._chosen.get(name, self._has_room(name))

    def locked(self, name: str) -> bool:
        """Return whether a panel stays hidden, whatever the user chooses."""
        return any(name in names for names in self._locked.values())

    def choose(self, name: str, on: bool) -> None:
        """Show or hide a panel; with the stage alone, this one comes back by itself."""
        if self._alone:
            self._alone = False
            for other in self._needs:
                self._keep(other, other == name)
        else:
            self._resting = {who: names - {name} for who, names in self._resting.items()}
            self._keep(name, on)
        self.changed.emit()

    def stand_alone(self, on: bool) -> None:
        """Hide all panels, or show again what was shown before."""
        self._alone = on
        self.changed.emit()

    def rest(self, who: str, names: Collection[str]) -> None:
        """Put panels out of the way that somebody needs the room of; none brings theirs back."""
        self._resting[who] = frozenset(names)
        self.changed.emit()

    def lock(self, who: str, names: Collection[str]) -> None:
        """Keep panels hidden for somebody, whatever the user chooses; none lets theirs go."""
        self._locked[who] = frozenset(names)
        self.changed.emit()

    def fit(self, size: QSize) -> None:
        """Learn the window's size, logical pixels."""
        before = [self.shown(name) for name in self._needs]
        self._size = size
        if before != [self.shown(name) for name in self._needs]:
            self.changed.emit()

    def _keep(self, name: str, on: bool) -> None:
        # what the size would do anyway is no choice: another screen may do otherwise
        if on == self._has_room(name):
            self._chosen.pop(name, None)
        else:
            self._chosen[name] = on

    def _has_room(self, name: str) -> bool:
        need = self._needs[name]
        return self._size.width() >= need.width() and self._size.height() >= need.height()
