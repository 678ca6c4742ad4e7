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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualizer.render import Camera, Picture
from visualizer.scene.spot_search import (
    ROWS,
    Anchor,
    Marked,
    MarkPlace,
    PartVertices,
    Search,
    angle_of,
    circle_round,
    on_part,
)  # fmt: skip

__all__ = ["Held", "Marked", "PartVertices", "Spot", "SpotKeeper", "find_spots"]

Array = NDArray[np.float64]

# No arrow is longer than this share of the picture's height, so looking farther is no use.
_FARTHEST = 0.13
# A mark moves when the rim is so many times as far from the new place as from the old one.
_CLEARLY_BETTER = 1.4
# One picture in so many is searched for better places and for muscles that have come to show.
_LOOK_EVERY = 3


@dataclass(frozen=True)
class Spot:
    """Where a mark goes.

    Attributes
    ----------
    marked : Marked
        What it stands for.
    x, y : float
        Middle of the mark in pixels.
    along : (2,) ndarray
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
    along: Array
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
    return _spots(picture, [(item, place) for item, place in found if place is not None])


def _spots(
    picture: Picture, places: Sequence[tuple[Marked, MarkPlace]],
    before: Mapping[str, MarkPlace] | None = None,
) -> tuple[Spot, ...]:  # fmt: skip
    """Return the spots at places, with the room that there is along the fibres.

    ``before`` says where the old spots have gone with the body.
    """
    if not places:
        return ()
    ends = _reach(picture, [place for _, place in places])
    spots = []
    for (item, place), (against, along) in zip(places, ends, strict=True):
        old = (before or {}).get(item.name, place)
        hop = old.x - place.x, old.y - place.y
        turn = math.remainder(angle_of(old.along) - angle_of(place.along), 2.0 * math.pi)
        room = float(against), float(along)
        spots.append(Spot(item, place.x, place.y, place.along, room, hop, turn))
    return tuple(spots)


def _reach(picture: Picture, places: Sequence[MarkPlace]) -> Array:
    """Return (n, 2) pixels that one can go against and along the fibres and stay on the part."""
    height = picture.part.shape[0]
    step = max(1.0, height / ROWS / 2)
    way = np.arange(1, math.ceil(_FARTHEST * height / step) + 1) * step
    along = np.array([p.along for p in places])
    start = np.array([(p.x, p.y) for p in places])
    sign = np.array([-1.0, 1.0])
    points = start[:, None, None] + (sign[:, None] * along[:, None])[:, :, None] * way[:, None]
    on = on_part(picture, points, np.array([p.part for p in places])[:, None, None])
    # the first step that leads off the part ends the way
    stays = np.logical_and.accumulate(on, axis=2)
    return np.asarray(stays.sum(axis=2) * step)


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
    """

    def __init__(self, vertices: PartVertices) -> None:
        self._vertices = vertices
        self.held: dict[str, Held] = {}
        self._anchors: dict[str, Anchor] = {}
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
        before = self._ridden(picture, camera, position, marked)
        places = {name: place for name, (place, holds) in before.items() if holds}
        look, in_turn = (
            self._turn % _LOOK_EVERY == 0,
            self._turn // _LOOK_EVERY % max(len(marked), 1),
        )
        self._turn += 1
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
        placed = [(item, places[item.name]) for item in marked if item.name in places]
        return _spots(picture, placed, {name: place for name, (place, _) in before.items()})

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

    def _ridden(
        self, picture: Picture, camera: Camera, position: NDArray[np.float32],
        marked: Sequence[Marked],
    ) -> dict[str, tuple[MarkPlace, bool]]:  # fmt: skip
        """Return where the anchors have gone, and whether their muscles show all round them."""
        anchors = self._anchors
        names = [m.name for m in marked if m.name in anchors and anchors[m.name].part in m.parts]
        if not names:
            return {}
        held = [anchors[name] for name in names]
        corners = position[np.concatenate([a.vertices for a in held])]
        screen = camera.project(corners, picture.size)[:, :2].reshape(-1, 3, 2)
        spots = screen[:, 0] + np.array([a.offset_px for a in held])
        points = np.concatenate([spots[:, None], circle_round(picture, spots)], axis=1)
        on = on_part(picture, points, np.array([a.part for a in held])[:, None])
        shown, covered = on[:, 0].tolist(), on[:, 1:].sum(axis=1).tolist()
        places = {}
        for k, (name, anchor) in enumerate(zip(names, held, strict=True)):
            holds = shown[k] if anchor.shown else True
            holds = holds and covered[k] >= min(anchor.round_it, 7)
            angle = angle_of(screen[k, 2] - screen[k, 1]) + anchor.turn_rad
            along = np.array([math.cos(angle), math.sin(angle)])
            x, y = spots[k].tolist()
            places[name] = MarkPlace(anchor.part, x, y, along, 0), holds
        return places
