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
from visualizer.render.camera import NEAR_M
from visualizer.scene.spot_search import (
    DISC,
    ROWS,
    Anchor,
    Marked,
    MarkPlace,
    PartVertices,
    Search,
    angle_of,
    on_part,
)  # fmt: skip

__all__ = ["Held", "Marked", "PartVertices", "Spot", "SpotKeeper", "find_spots"]

Array = NDArray[np.float64]
Complex = NDArray[np.complex128]

# No arrow is longer than this share of the picture's height, so looking farther is no use.
_FARTHEST = 0.13
# A mark moves when the rim is so many times as far from the new place as from the old one.
_CLEARLY_BETTER = 1.4
# One picture in so many is searched for better places and for muscles that have come to show.
_LOOK_EVERY = 3
# Where a mark that rides is looked at: its middle and eight points round it, on a circle of 1.
_ROUND_IT = np.concatenate([[0.0], np.exp(1j * np.pi / 4.0 * np.arange(8))])


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
    return _spots(picture, [(item, place) for item, place in found if place is not None])


def _spots(picture: Picture, places: Sequence[tuple[Marked, MarkPlace]]) -> tuple[Spot, ...]:
    """Return the spots at places, with the room that there is along the fibres."""
    if not places:
        return ()
    ends = _reach(picture, [place for _, place in places])
    return tuple(
        Spot(item, place.x, place.y, place.along, end)
        for (item, place), end in zip(places, ends, strict=True)
    )


def _reach(picture: Picture, places: Sequence[MarkPlace]) -> list[tuple[float, float]]:
    """Return how many pixels one can go against and along the fibres and stay on the part."""
    way, step = _ways(picture.part.shape[0])
    along = np.array([complex(*p.along) for p in places])
    start = np.array([complex(p.x, p.y) for p in places])
    points = start[:, None] + along[:, None] * way
    on = on_part(picture, _pairs(points), np.array([p.part for p in places])[:, None])
    return _ends(on, step)


@lru_cache(maxsize=8)
def _ways(height: int) -> tuple[Complex, float]:
    """Return steps (2K,) against and along a direction 1, and how long they are, pixels."""
    step = max(1.0, height / ROWS / 2)
    way = np.arange(1, math.ceil(_FARTHEST * height / step) + 1) * step
    return np.concatenate([-way, way]).astype(complex), step


def _pairs(points: Complex) -> Array:
    """Return points (n, K, 2) given as across + down times i (n, K)."""
    return points.view(np.float64).reshape(*points.shape, 2)


def _ends(on: NDArray[np.bool_], step: float) -> list[tuple[float, float]]:
    """Return how far one stays on, against and along, from what each step (n, 2K) leads onto."""
    # the first step that leads off ends the way
    stays = np.logical_and.accumulate(on.reshape(len(on), 2, -1), axis=2).sum(axis=2)
    return [(against * step, along * step) for against, along in stays.tolist()]


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
        self._riders: _Riders | None = None  # made of the anchors, for as long as they stay
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
        places = {name: place for name, (place, holds, _) in ridden.items() if holds}
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
        moved = [
            (item, places[item.name])
            for item in marked
            if item.name in places
            and (item.name not in ridden or places[item.name] is not ridden[item.name][0])
        ]
        found = iter(_spots(picture, moved))
        spots = []
        for item in marked:
            name, place = item.name, places.get(item.name)
            if place is None:
                continue
            was = ridden.get(name)
            if was is not None and was[0] is place:
                spots.append(Spot(item, place.x, place.y, place.along, was[2]))
                continue
            spot = next(found)
            spots.append(spot if was is None else _hopped(spot, was[0]))
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
    ) -> dict[str, tuple[MarkPlace, bool, tuple[float, float]]]:  # fmt: skip
        """Return where the anchors have gone, whether they hold, and the room along the fibres."""
        anchors = self._anchors
        names = [m.name for m in marked if m.name in anchors and anchors[m.name].part in m.parts]
        if not names:
            return {}
        if self._riders is None or self._riders.names != names:
            self._riders = _Riders(names, [anchors[name] for name in names])
        return self._riders.ridden(picture, camera, position)


def _hopped(spot: Spot, old: MarkPlace) -> Spot:
    """Return a spot that knows where the old one has gone with the body."""
    turn = math.remainder(angle_of(old.along) - angle_of(spot.along), 2.0 * math.pi)
    return spot._replace(hop=(old.x - spot.x, old.y - spot.y), hop_rad=turn)


class _Riders:
    """Anchors beside each other: numpy takes a dozen of them in the time of one.

    Points are written as across + down times i, so that to turn is to multiply.

    Parameters
    ----------
    names : list of str
        What the marks stand for.
    anchors : sequence of Anchor
        What each of them rides on.
    """

    def __init__(self, names: list[str], anchors: Sequence[Anchor]) -> None:
        self.names, self._anchors = names, anchors
        self._vertices = np.concatenate([a.vertices for a in anchors])
        self._offset = np.array([a.offset_px for a in anchors])
        self._turn = np.exp(1j * np.array([a.turn_rad for a in anchors]))
        self._part = np.array([[a.part] for a in anchors], np.int16)

    def ridden(
        self, picture: Picture, camera: Camera, position: NDArray[np.float32]
    ) -> dict[str, tuple[MarkPlace, bool, tuple[float, float]]]:
        """Return where they have gone, whether the muscles show all round, the room there."""
        matrix = camera.matrix(picture.size)
        seen = position[self._vertices] @ matrix[:3] + matrix[3]
        depth = seen[:, 2:]
        near = depth <= NEAR_M
        gone = near.any()
        if gone:
            depth = np.where(near, np.inf, depth)
        screen = (seen[:, :2] / depth).view(np.complex128).reshape(-1, 3)
        spots, way = screen[:, 0] + self._offset, screen[:, 2] - screen[:, 1]
        long = np.abs(way)
        along = way / np.maximum(long, 1e-9) * self._turn
        if long.min() < 1e-9:
            along[long < 1e-9] = self._turn[long < 1e-9]
        height = picture.part.shape[0]
        ways, step = _ways(height)
        points = np.empty((len(spots), 9 + len(ways)), np.complex128)
        points[:, :9] = _ROUND_IT * (DISC * height)
        np.multiply(along[:, None], ways, out=points[:, 9:])
        points += spots[:, None]
        on = on_part(picture, _pairs(points), self._part)
        covered, shown = on[:, 1:9].sum(axis=1).tolist(), on[:, 0].tolist()
        behind = near.reshape(-1, 3).any(axis=1).tolist() if gone else None
        ends, at, ways_along = _ends(on[:, 9:], step), spots.tolist(), along.tolist()
        found = {}
        for k, (name, anchor) in enumerate(zip(self.names, self._anchors, strict=True)):
            holds = covered[k] >= min(anchor.round_it, 7) and (shown[k] or not anchor.shown)
            if behind is not None:
                holds = holds and not behind[k]
            spot, way_k = at[k], ways_along[k]
            place = MarkPlace(anchor.part, spot.real, spot.imag, (way_k.real, way_k.imag), 0)
            found[name] = place, holds, ends[k]
        return found
