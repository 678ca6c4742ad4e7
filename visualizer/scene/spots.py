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
    look = _Look(picture)
    return tuple(_spot(look, item, place) for item, place in found if place is not None)


def _spot(look: _Look, item: Marked, place: MarkPlace) -> Spot:
    """Return the spot at a place, with the room that there is along the fibres."""
    part, x, y, along, _ = place
    return Spot(item, x, y, along, look.ends(part, x, y, along))


_Ends = tuple[float, float]


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
    ends_px: _Ends


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
        seen, spots = _Look(picture), []
        for item in marked:
            place, was = places.get(item.name), ridden.get(item.name)
            if place is None:
                continue
            if was is not None and was.place is place:
                spots.append(Spot(item, place.x, place.y, place.along, was.ends_px))
                continue
            spot = _spot(seen, item, place)
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
    """Anchors, and where they have gone from picture to picture.

    Plain numbers one by one: of a dozen marks that takes a fifth of the time that numpy needs,
    whose every call has to be fetched anew after a picture has been drawn.

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
        self._turns = [(math.cos(a.turn_rad), math.sin(a.turn_rad)) for a in anchors]

    def ridden(
        self, picture: Picture, camera: Camera, position: NDArray[np.float32]
    ) -> dict[str, _Ridden]:
        """Return how they stand in a picture."""
        height = picture.part.shape[0]
        look = _Look(picture)
        (ax, ay, az), (bx, by, bz), (cx, cy, cz), (dx, dy, dz) = camera.matrix(
            picture.size
        ).tolist()
        seen = []
        for x, y, z in position[self._vertices].tolist():
            depth = az * x + bz * y + cz * z + dz
            if depth <= NEAR_M:
                seen.append((math.nan, math.nan))
                continue
            u, v = ax * x + bx * y + cx * z + dx, ay * x + by * y + cy * z + dy
            seen.append((u / depth, v / depth))
        round_it, found = _circle(height), {}
        for k, (name, anchor) in enumerate(zip(self.names, self._anchors, strict=True)):
            (x, y), (u, v), (p, q) = seen[3 * k : 3 * k + 3]
            x, y = x + anchor.offset_px[0], y + anchor.offset_px[1]
            c, s = self._turns[k]
            u, v = p - u, q - v
            far = math.hypot(u, v)
            u, v = (u / far, v / far) if far > 1e-9 else (1.0, 0.0)
            if not math.isfinite(x + u + v):
                continue  # behind the camera
            along = u * c - v * s, u * s + v * c
            part, shown = anchor.part, look.at(x, y) == anchor.part
            covered = sum([look.at(x + p, y + q) == part for p, q in round_it])
            found[name] = _Ridden(
                MarkPlace(part, x, y, along, 0),
                shown or not anchor.shown,
                covered >= min(anchor.round_it, 7),
                look.ends(part, x, y, along),
            )
        return found


@lru_cache(maxsize=8)
def _circle(height: int) -> tuple[tuple[float, float], ...]:
    """Return eight points on the circle round a mark on which its muscle must show, pixels."""
    radius, eighth = DISC * height, math.pi / 4.0
    return tuple((radius * math.cos(k * eighth), radius * math.sin(k * eighth)) for k in range(8))


class _Look:
    """Looks into a picture at single places.

    Parameters
    ----------
    picture : Picture
        What was drawn.
    """

    def __init__(self, picture: Picture) -> None:
        self._width, self._height = picture.size
        self._parts = picture.part.reshape(-1).data

    def at(self, x: float, y: float) -> int:
        """Return the part at a place, pixels; -1 for none, and beside the picture."""
        if 0.0 <= x < self._width and 0.0 <= y < self._height:
            return self._parts[int(y) * self._width + int(x)]
        return -1

    def ends(self, part: int, x: float, y: float, along: tuple[float, float]) -> _Ends:
        """Return how many pixels one can go against and along a direction and stay on a part."""
        step, count = _steps(self._height)
        u, v = step * along[0], step * along[1]
        width, height, parts = self._width, self._height, self._parts
        found = []
        for du, dv in ((-u, -v), (u, v)):
            p, q, stays = x, y, 0
            while stays < count:
                p += du
                q += dv
                if not (0.0 <= p < width and 0.0 <= q < height):
                    break
                if parts[int(q) * width + int(p)] != part:
                    break
                stays += 1
            found.append(stays * step)
        return found[0], found[1]


@lru_cache(maxsize=8)
def _steps(height: int) -> tuple[float, int]:
    """Return how long the steps along a muscle are, pixels, and how many are looked at."""
    step = max(1.0, height / ROWS / 2)
    return step, math.ceil(_FARTHEST * height / step)
