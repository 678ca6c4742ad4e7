"""Which keys a command has: those of its record, or what the user has chosen instead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtGui import QKeySequence

from visualizer.app.widgets.keys import CLICKER
from visualizer.app.window.command import Command
from visualizer.texts import N_, tr

__all__ = ["holder_of", "is_letter", "keys_of"]

_VARIATIONS = tuple(str(digit) for digit in range(1, 10))


def is_letter(key: str) -> bool:
    """Return whether a key is one that speech input or a slip of the hand gives: WCAG 2.1.4."""
    return len(key.removeprefix("Shift+")) == 1


def keys_of(command: Command, chosen: Mapping[str, str], *, letters: bool = True) -> list[str]:
    """Return the keys of a command, the first of which is shown.

    Parameters
    ----------
    command : Command
        The command.
    chosen : mapping of str to str
        Keys that the user has chosen, by the command's id; an empty one for no key.
    letters : bool
        Whether single letters, digits and signs count.
    """
    own = chosen.get(command.id)
    keys = list(command.keys) if own is None else [own] if _is_key(own) else []
    return [key for key in keys if letters or not is_letter(key)]


def holder_of(
    key: str, command: Command, commands: Sequence[Command], chosen: Mapping[str, str]
) -> str:
    """Return what else a key does, in the language of the interface; empty where it is free.

    Parameters
    ----------
    key : str
        The key that is wanted.
    command : Command
        What it is wanted for.
    commands : sequence of Command
        All that there are.
    chosen : mapping of str to str
        As for :func:`keys_of`.
    """
    wanted = QKeySequence(key)
    for other in commands:
        if command.id in (other.id, other.lends) or other.id == command.lends:
            continue
        if wanted in map(QKeySequence, keys_of(other, chosen)):
            return tr(other.face.text).replace("&", "")
    return next((tr(what) for held, what in _held() if wanted == QKeySequence(held)), "")


def _held() -> Iterator[tuple[str, str]]:
    """Yield the keys that no command may have, and in English what they are for."""
    for key in _VARIATIONS:
        yield key, N_("Variation")
    for key in CLICKER:
        if key != "F5":  # which presents, by its command
            yield key, N_("Clicker")


def _is_key(text: str) -> bool:
    return bool(text) and bool(QKeySequence(text).toString())
