"""A picture that is drawn piece by piece, with room for other things between."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from visualizer.render.kernel import Pieces
from visualizer.render.picture import Picture

__all__ = ["BegunPicture"]


class BegunPicture:
    """A picture that has been begun, see :meth:`visualizer.render.rasterizer.Rasterizer.begin`.

    Parameters
    ----------
    picture : Picture
        What is drawn into; whole as soon as it is :attr:`done`.
    pieces : Pieces
        What there is to draw.
    at_once : int
        So many pieces are a step.
    lock : context manager
        Held while anything is drawn.
    """

    def __init__(
        self, picture: Picture, pieces: Pieces, at_once: int, lock: AbstractContextManager[Any]
    ) -> None:
        self.picture = picture
        self._left: Pieces | None = pieces  # let go when done: then the kernel has its place back
        self._at_once, self._lock, self._next = at_once, lock, 0

    @property
    def done(self) -> bool:
        """Whether all of it is drawn."""
        return self._left is None

    def step(self) -> None:
        """Draw some more of it: as many pieces as there are threads."""
        self._draw(self._next + self._at_once)

    def finish(self) -> None:
        """Draw the rest of it."""
        if self._left is not None:
            self._draw(self._left.count)

    def _draw(self, last: int) -> None:
        left = self._left
        if left is None:
            return
        with self._lock:
            left.draw(self._next, min(last, left.count))
        self._next = last
        if last >= left.count:
            self._left = None
