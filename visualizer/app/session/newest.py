"""Of several choices the newest counts: what comes back of an older one comes too late."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["Newest", "Stands"]

Stands = Callable[[], bool]


class Newest:
    """Tells of each choice whether it still stands; any thread may ask."""

    def __init__(self) -> None:
        self._number = 0

    def begin(self) -> Stands:
        """Take a new choice, which ends all before; returns what says whether it still stands."""
        self._number += 1
        number = self._number
        return lambda: number == self._number
