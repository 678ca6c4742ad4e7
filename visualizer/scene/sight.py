"""What of the body shows from one place on its way, so that pictures while it moves need less.

Nine triangles of ten show nothing from where the camera stands. While it stands still, pictures
tell which (:attr:`visualizer.render.Rasterizer.draw` notes them), and at moments close to those
that have been drawn whole only these are posed and drawn, with their neighbours. At rest, after the
camera has turned, and where more parts have become glass, all is drawn.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualizer.render import Mesh, Rasterizer, Selection, Shadow

__all__ = ["Known", "Sight"]

# So many moments of the way tell about those between: 1 to 3 pixels of 600 000 that the body covers
# belong to another part than they should, at most 5. With 32 it is 1, and the first time on the way
# takes as long as if all were drawn; with 8 at most 11.
_MOMENTS = 12
# The shadow is soft and cheap, but hips that rise by 35 cm carry it along.
_SHADOWS = 32
# The first time on the way, what comes into sight next is known from one side only: so many rings
# of neighbours hold most of it (13 pixels of 600 000 belong to another part, with one ring 89).
_RINGS = 3


@dataclass(frozen=True, eq=False)
class Known:
    """What was seen about a moment.

    Attributes
    ----------
    selection : Selection
        What must be drawn.
    shadow : Shadow or None
        The floor's shadow of a moment so close that it shows no difference, where there was one.
    """

    selection: Selection
    shadow: Shadow | None


class Sight:
    """Gathers what pictures from one place show; another place begins anew.

    Parameters
    ----------
    rasterizer : Rasterizer
        Draws the pictures.
    mesh : Mesh
        What is drawn.
    """

    def __init__(self, rasterizer: Rasterizer, mesh: Mesh) -> None:
        self._rasterizer, self._mesh = rasterizer, mesh
        self._key: Hashable = None
        self._seen: NDArray[np.uint8] | None = None
        self._also: NDArray[np.uint8] | None = None
        self._drawn: set[int] = set()
        self._shadows: dict[int, Shadow] = {}
        self._selection: Selection | None = None

    def known(
        self, key: Hashable, progress: float, besides: Callable[[], NDArray[np.intp]]
    ) -> Known | None:
        """Return what was seen at about a moment, None where all must be drawn.

        Parameters
        ----------
        key : hashable
            All that decides what shows, but for the moment.
        progress : float
            How much of the way up is done, 0 … 1: the body does the same on its way down.
        besides : callable
            Returns the vertices that are needed whether they show or not; asked once. (It is not
            kept: it may hold who holds this.)
        """
        if key != self._key or self._seen is None or _step(progress, _MOMENTS) not in self._drawn:
            return None
        if self._selection is None:
            if self._also is None:
                self._also = np.zeros(len(self._mesh.rest_position), np.uint8)
                self._also[besides()] = 1
            self._selection = self._chosen(self._seen, self._also)
        if self._selection is None:
            return None
        return Known(self._selection, self._shadows.get(_step(progress, _SHADOWS)))

    def _chosen(self, seen: NDArray[np.uint8], also: NDArray[np.uint8]) -> Selection | None:
        """Return what was seen and its neighbours, more of them while not all moments tell."""
        for _ in range(1 if len(self._drawn) > _MOMENTS else _RINGS):
            selection = self._rasterizer.select(self._mesh, seen, also)
            if selection is None:
                return None
            bits = selection.wanted.astype("<u4", copy=False).view(np.uint8)
            seen = np.unpackbits(bits, count=len(seen), bitorder="little")
        return selection

    def seen(self, key: Hashable) -> NDArray[np.uint8] | None:
        """Return where to note what shows (F,), None for the first moving picture from a place.

        While the camera turns, every picture is the first.
        """
        if key != self._key:
            self._key, self._seen, self._selection = key, None, None
            self._drawn.clear()
            self._shadows.clear()
            return None
        if self._seen is None and self._rasterizer.kernel_name == "native":
            self._seen = np.zeros(len(self._mesh.faces), np.uint8)
        return self._seen

    def note(self, progress: float) -> None:
        """Keep that a moment was drawn whole."""
        self._drawn.add(_step(progress, _MOMENTS))
        self._selection = None

    def keep(self, progress: float, shadow: Shadow) -> None:
        """Keep what shadow a moment has."""
        self._shadows[_step(progress, _SHADOWS)] = shadow


def _step(progress: float, steps: int) -> int:
    return round(min(max(progress, 0.0), 1.0) * steps)
