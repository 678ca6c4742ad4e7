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

# So many moments of the way tell about those between, and each end of it for itself, where a body
# rests and nothing tells from the other side. Once the way is known, 4 pixels belong to another
# part than they should, at worst 32 (61 moments of a lying lift at 1920 x 1080 from the side, where
# the body covers 590 000 pixels; a standing one: 4, at worst 16, of 130 000). With 32 moments the
# first time on the way takes as long as if all were drawn.
_MOMENTS, _END = 12, 1 / 64
# The shadow is soft and cheap, but hips that rise by 35 cm carry it along.
_SHADOWS = 32
# The first time on the way, what comes into sight next is known from one side only: so many rings
# of neighbours hold most of it. In the same 61 moments 16 pixels belong to another part, at worst
# 115 (standing: 14, at worst 120). A fourth ring leaves 12 (11) and draws a sixth more triangles;
# four or five rings round only the last moment or two draw as many and leave more.
_RINGS = 3
# Then so many moments to either side hold what shows at one: a sixth of the triangles less than all
# moments do, for 1 to 2 pixels more.
_BESIDE = 3


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
        self._seen: NDArray[np.uint8] | None = None  # by the picture that is being drawn
        self._also: NDArray[np.uint8] | None = None
        self._drawn: dict[int, NDArray[np.uint8]] = {}  # a bit for what was seen, by the moment
        self._shadows: dict[int, Shadow] = {}
        self._selections: dict[int, Selection] = {}

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
        moment = _moment(progress)
        if key != self._key or moment not in self._drawn:
            return None
        all_tell = len(self._drawn) == _MOMENTS + 2
        about = moment if all_tell else -1
        selection = self._selections.get(about)
        if selection is None:
            if self._also is None:
                self._also = np.zeros(len(self._mesh.rest_position), np.uint8)
                self._also[besides()] = 1
            near = [m for m in self._drawn if not all_tell or abs(m - moment) <= _BESIDE]
            selection = self._chosen(near, self._also, 1 if all_tell else _RINGS)
            if selection is None:
                return None
            self._selections[about] = selection
        return Known(selection, self._shadows.get(_shadow_step(progress)))

    def _chosen(self, moments: list[int], also: NDArray[np.uint8], rings: int) -> Selection | None:
        """Return what was seen at some moments, and so many rings of neighbours."""
        bits = np.bitwise_or.reduce([self._drawn[m] for m in moments])
        for _ in range(rings):
            seen = np.unpackbits(bits, count=len(self._mesh.faces), bitorder="little")
            selection = self._rasterizer.select(self._mesh, seen, also)
            if selection is None:
                return None
            bits = selection.wanted.astype("<u4", copy=False).view(np.uint8)
        return selection

    def seen(self, key: Hashable) -> NDArray[np.uint8] | None:
        """Return where to note what shows (F,), None for the first moving picture from a place.

        While the camera turns, every picture is the first.
        """
        if key != self._key:
            self._key, self._seen = key, None
            self._drawn.clear()
            self._shadows.clear()
            self._selections.clear()
            return None
        if self._rasterizer.kernel_name == "native":
            self._seen = np.zeros(len(self._mesh.faces), np.uint8)
        return self._seen

    def note(self, progress: float) -> None:
        """Keep what a picture that was drawn whole has shown of a moment."""
        assert self._seen is not None
        self._drawn[_moment(progress)] = np.packbits(self._seen, bitorder="little")
        self._seen = None
        self._selections.clear()

    def keep(self, progress: float, shadow: Shadow) -> None:
        """Keep what shadow a moment has."""
        self._shadows[_shadow_step(progress)] = shadow


def _moment(progress: float) -> int:
    if progress < _END:
        return 0
    return _MOMENTS + 1 if progress > 1.0 - _END else 1 + int(progress * _MOMENTS)


def _shadow_step(progress: float) -> int:
    return round(min(max(progress, 0.0), 1.0) * _SHADOWS)
