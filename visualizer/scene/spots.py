"""Where the marks of the working muscles go in a picture.

Of the visible pixels of a working muscle the point farthest from its rim carries the letter, the
arrows run along the fibres there (:func:`find_spots`). A prime mover or synergist that hardly shows
has a spot too: its mark stands beside it, see :mod:`visualizer.scene.placing`.

Looked for anew in every picture of a moving body, that point would jump about, and the search
would cost more than the eye gains. So on the stage marks ride on the muscle, at three of its
vertices, for as long as the muscle shows all round them. One of them, and those of hidden muscles,
are looked for again with every third picture; a mark moves only to a place that is clearly better
(:class:`SpotKeeper`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from visualizer.render import Camera, Picture
from visualizer.render.places import Riders, ends_on
from visualizer.scene.spot_search import (
    DISC,
    ROWS,
    Anchor,
    Marked,
    MarkPlace,
    PartVertices,
    Search,
    angle_of,
)  # fmt: skip

__all__ = ["Held", "Marked", "PartVertices", "Spot", "SpotKeeper", "find_spots"]

# No arrow is longer than this share of the picture's height, so looking farther is no use.
_FARTHEST = 0.13
# A mark moves when the rim is so many times as far from the new place as from the old one.
_CLEARLY_BETTER = 1.4
# One picture in so many is searched for better places and for muscles that have come to show.
_LOOK_EVERY = 3


class Spot(NamedTuple):
    """Where a mark goes.

    Attributes
    ----------
    marked : Marked
        What it stands for.
    x, y : float
        Middle of the mark in pixels.
    along : (float, float)
        Unit direction of the fibres in the picture, towards the insertion.
    reach_px : (float, float)
        Distance from there to the muscle's visible rim against and along the fibres, at most an
        eighth of the picture's height.
    hop : (float, float)
        From this spot to where the mark's old spot has gone with the body: not (0, 0) where
        another spot was chosen since the last picture.
    hop_rad : float
        The same for the direction of the fibres.
    """

    marked: Marked
    x: float
    y: float
    along: tuple[float, float]
    reach_px: tuple[float, float]
    hop: tuple[float, float] = (0.0, 0.0)
    hop_rad: float = 0.0


@dataclass
class Held:
    """How a mark stood in the last picture.

    Attributes
    ----------
    offset : (float, float)
        From its spot to the middle of its badge, pixels.
    at : (float, float)
        The middle of its badge, pixels.
    turn_rad : float
        From the fibres' direction to that of its arrows.
    aside : (float, float) or None
        The offset that it goes to beside its muscle; None where it goes onto it.
    age : int
        How many pictures ago the place beside its muscle was weighed.
    """

    offset: tuple[float, float]
    at: tuple[float, float]
    turn_rad: float = 0.0
    aside: tuple[float, float] | None = None
    age: int = 0


def find_spots(
    picture: Picture, camera: Camera, vertices: PartVertices, position: NDArray[np.float32],
    marked: Sequence[Marked],
) -> tuple[Spot, ...]:  # fmt: skip
    """Return the places of the marks, one for every statement that shows.

    Parameters
    ----------
    picture : Picture
        The drawn picture.
    camera : Camera
        What it was drawn with.
    vertices : PartVertices
        Those of what was drawn.
    position : (V, 3) ndarray
        Posed vertices.
    marked : sequence of Marked
        The statements.
    """
    search = Search(picture, camera, vertices, position)
    found = zip(marked, search.places(marked), strict=True)
    return tuple(_spot(picture, item, place) for item, place in found if place is not None)


def _spot(picture: Picture, item: Marked, place: MarkPlace) -> Spot:
    """Return the spot at a place, with the room that there is along the fibres."""
    part, x, y, along, _ = place
    ends = ends_on(picture, part, (x, y), along, *_steps(picture.size[1]))
    return Spot(item, x, y, along, ends)


class _Ridden(NamedTuple):
    """How a mark stands that rides.

    Attributes
    ----------
    place : MarkPlace
        Where it has gone.
    shows : bool
        Whether its middle lies on its muscle, or did not even at first.
    holds : bool
        Whether the muscle shows all round it, or as far as it did at first.
    ends_px : (float, float)
        The room there is along the fibres, pixels.
    """

    place: MarkPlace
    shows: bool
    holds: bool
    ends_px: tuple[float, float]


class SpotKeeper:
    """Keeps marks on their muscles from picture to picture.

    Parameters
    ----------
    vertices : PartVertices
        Those of what is drawn.

    Attributes
    ----------
    held : dict of str to Held
        How the marks stood in the last picture, by name.
    rests : bool
        Whether no picture follows for a while, unlike in a film.
    """

    def __init__(self, vertices: PartVertices) -> None:
        self.rests = False
        self._vertices = vertices
        self.held: dict[str, Held] = {}
        self._anchors: dict[str, Anchor] = {}
        # made of the anchors of these names, for as long as they stay
        self._riders: tuple[list[str], Riders] | None = None
        self._turn = 0

    def spots(
        self, picture: Picture, camera: Camera, position: NDArray[np.float32],
        marked: Sequence[Marked], *, thorough: bool,
    ) -> tuple[Spot, ...]:  # fmt: skip
        """Return the places of the marks, one for every statement that shows.

        Parameters
        ----------
        picture, camera, position, marked
            As for :func:`find_spots`.
        thorough : bool
            Look for a better place for every mark, not for one of them in turn: when the body
            has come to rest.
        """
        ridden = self._ridden(picture, camera, position, marked)
        look = thorough or self._turn % _LOOK_EVERY == 0
        in_turn = self._turn // _LOOK_EVERY % max(len(marked), 1)
        self._turn += 1
        # while nobody looks a mark may come near the rim, but not off its muscle
        places = {
            name: was.place for name, was in ridden.items() if was.shows and (was.holds or not look)
        }
        wanted = [
            item
            for k, item in enumerate(marked)
            if thorough
            or (look and (k == in_turn or item.name not in places))
            or (item.name in self._anchors and item.name not in places)
        ]
        if wanted:
            search = Search(picture, camera, self._vertices, position)
            self._look_for(wanted, search, places)
        spots = []
        for item in marked:
            place, was = places.get(item.name), ridden.get(item.name)
            if place is None:
                continue
            if was is not None and was.place is place:
                spots.append(Spot(item, place.x, place.y, place.along, was.ends_px))
                continue
            spot = _spot(picture, item, place)
            spots.append(spot if was is None else _hopped(spot, was.place))
        return tuple(spots)

    def _look_for(
        self, wanted: Sequence[Marked], search: Search, places: dict[str, MarkPlace]
    ) -> None:
        """Put marks where they stand clearly better; without a place where they do not show."""
        moved = {}
        for item, new in zip(wanted, search.places(wanted), strict=True):
            old = places.get(item.name)
            if old is not None and new is not None:
                depth = search.depth_at(old.part, old.x, old.y)
                if new.depth < max(_CLEARLY_BETTER * depth, depth + 1):
                    continue
            if new is not None:
                moved[item.name] = new
            else:
                self._anchors.pop(item.name, None)
                places.pop(item.name, None)
        places.update(moved)
        self._anchors.update(zip(moved, search.anchors(list(moved.values())), strict=True))
        self._riders = None

    def _ridden(
        self, picture: Picture, camera: Camera, position: NDArray[np.float32],
        marked: Sequence[Marked],
    ) -> dict[str, _Ridden]:  # fmt: skip
        """Return where the anchors have gone; without those that the camera cannot see."""
        anchors = self._anchors
        names = [
            m.name for m in marked if m.name in anchors and anchors[m.name].rider.part in m.parts
        ]
        if not names:
            return {}
        if self._riders is None or self._riders[0] != names:
            self._riders = names, Riders([anchors[name].rider for name in names])
        height = picture.size[1]
        found, look = {}, (DISC * height, *_steps(height))
        gone = self._riders[1].ridden(picture, camera, position, look)
        for name, now in zip(names, gone, strict=True):
            if now is not None:
                held = anchors[name]
                found[name] = _Ridden(
                    MarkPlace(held.rider.part, now.x, now.y, now.along, 0),
                    now.shown or not held.shown,
                    now.covered >= min(held.round_it, 7),
                    now.ends_px,
                )
        return found


def _hopped(spot: Spot, old: MarkPlace) -> Spot:
    """Return a spot that knows where the old one has gone with the body."""
    turn = math.remainder(angle_of(old.along) - angle_of(spot.along), 2.0 * math.pi)
    return spot._replace(hop=(old.x - spot.x, old.y - spot.y), hop_rad=turn)


@lru_cache(maxsize=8)
def _steps(height: int) -> tuple[float, int]:
    """Return how long the steps along a muscle are, pixels, and how many are looked at."""
    step = max(1.0, height / ROWS / 2)
    return step, math.ceil(_FARTHEST * height / step)
