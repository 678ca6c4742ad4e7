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

from visualizer.catalog.variation import Contraction, Role
from visualizer.render import Camera, Mesh, Picture

__all__ = ["Held", "Marked", "PartVertices", "Spot", "SpotKeeper", "find_spots"]

Array = NDArray[np.float64]

# The picture is searched on a coarse grid of about this many rows.
_ROWS = 180
_MOST_VERTICES = 600  # of a part that are looked at
_FAR_CELLS = 10000  # more than any picture has
_LEAST_CELLS = 36  # a muscle that shows less than this gets no mark: the disc alone covers 26
# No arrow is longer than this share of the picture's height, so looking farther is no use.
_FARTHEST = 0.13
# A synergist of which less shows (cells) gets no mark, a stabilizer has the limit above.
_LEAST_SYNERGIST = 12
# A mark moves when the rim is so many times as far from the new place as from the old one.
_CLEARLY_BETTER = 1.4
# One picture in so many is searched for better places and for muscles that have come to show.
_LOOK_EVERY = 3
# What lies so much deeper than a muscle's near side belongs to its far side.
_THICK_M = 0.05
# How far is looked for the rim round a mark that rides, in cells, and how far each cell is.
_WINDOW = 24
_AWAY = np.abs(np.mgrid[-_WINDOW : _WINDOW + 1, -_WINDOW : _WINDOW + 1]).sum(axis=0)
# Eight points round a mark that rides must lie on its muscle, or as many of them as did at first.
_ROUND = np.array([(math.cos(k * math.pi / 4), math.sin(k * math.pi / 4)) for k in range(8)])
_DISC = 0.016  # radius of that circle, share of the picture's height


@dataclass(frozen=True)
class Marked:
    """A statement to be marked: its parts, its name, and what they do.

    ``disputed`` says that our own model does not bear out the contraction.
    """

    name: str
    parts: tuple[int, ...]
    role: Role
    contraction: Contraction
    disputed: bool = False


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
    """

    offset: tuple[float, float]
    at: tuple[float, float]
    turn_rad: float = 0.0
    aside: tuple[float, float] | None = None


class PartVertices:
    """Some vertices all over each part of a mesh, found once.

    A few hundred tell as well as all of them where a part is and how its fibres run.

    Parameters
    ----------
    mesh : Mesh
        What is drawn.
    """

    def __init__(self, mesh: Mesh) -> None:
        self._mesh = mesh
        self._known: dict[int, NDArray[np.intp]] = {}

    def of(self, part: int) -> NDArray[np.intp]:
        """Return the indices of vertices of a part."""
        if part not in self._known:
            corners = self._mesh.faces[self._mesh.face_part == part].ravel()
            self._known[part] = np.unique(corners[:: max(len(corners) // _MOST_VERTICES, 1)])
        return self._known[part]

    def along(self, part: int) -> Array:
        """Return the coordinate along the fibres, 0 … 1, of those vertices."""
        return np.asarray(self._mesh.fibre[self.of(part), 2], float)

    def across(self, part: int) -> Array:
        """Return the two coordinates (n, 2) across the fibres, metres, of those vertices."""
        return np.asarray(self._mesh.fibre[self.of(part), :2], float)


@dataclass(frozen=True)
class _Place:
    """A part, a point on it and the direction of its fibres there, in one picture.

    ``depth`` is how often the part's visible shape can be peeled until the point is reached.
    """

    part: int
    x: float
    y: float
    along: Array
    depth: int


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
    search = _Search(picture, camera, vertices, position)
    found = [(item, search.place(item)) for item in marked]
    return _spots(picture, [(item, place) for item, place in found if place is not None])


def _spots(
    picture: Picture, places: Sequence[tuple[Marked, _Place]],
    before: Mapping[str, _Place] | None = None,
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
        turn = math.remainder(_angle(old.along) - _angle(place.along), 2.0 * math.pi)
        room = float(against), float(along)
        spots.append(Spot(item, place.x, place.y, place.along, room, hop, turn))
    return tuple(spots)


def _reach(picture: Picture, places: Sequence[_Place]) -> Array:
    """Return (n, 2) pixels that one can go against and along the fibres and stay on the part."""
    height = picture.part.shape[0]
    step = max(1.0, height / _ROWS / 2)
    way = np.arange(1, math.ceil(_FARTHEST * height / step) + 1) * step
    along = np.array([p.along for p in places])
    start = np.array([(p.x, p.y) for p in places])
    sign = np.array([-1.0, 1.0])
    points = start[:, None, None] + (sign[:, None] * along[:, None])[:, :, None] * way[:, None]
    on = _on_part(picture, points, np.array([p.part for p in places])[:, None, None])
    # the first step that leads off the part ends the way
    stays = np.logical_and.accumulate(on, axis=2)
    return np.asarray(stays.sum(axis=2) * step)


def _on_part(
    picture: Picture, points: Array, part: NDArray[np.int64] | int
) -> NDArray[np.bool_]:  # fmt: skip
    """Return whether points (…, 2) in pixels lie in the picture on a part (broadcast)."""
    height, width = picture.part.shape
    x, y = np.floor(points[..., 0]).astype(int), np.floor(points[..., 1]).astype(int)
    inside = (x >= 0) & (y >= 0) & (x < width) & (y < height)
    at = picture.part[np.where(inside, y, 0), np.where(inside, x, 0)]
    return np.asarray(inside & (at == part))


_LEAST_OF = {
    Role.PRIME_MOVER: 0,
    Role.SYNERGIST: _LEAST_SYNERGIST,
    Role.STABILIZER: _LEAST_CELLS,
}


class _Search:
    """Looks for places in one picture."""

    def __init__(
        self, picture: Picture, camera: Camera, vertices: PartVertices,
        position: NDArray[np.float32],
    ) -> None:  # fmt: skip
        self._picture, self._camera = picture, camera
        self._vertices, self._position = vertices, position
        self._screens: dict[int, Array] = {}
        self._step = step = max(1, round(picture.part.shape[0] / _ROWS))
        self._coarse = np.ascontiguousarray(picture.part[step // 2 :: step, step // 2 :: step])
        # cell 0 counts where nothing is
        self._shown = np.bincount((self._coarse + 1).ravel())

    def place(self, item: Marked) -> _Place | None:
        """Return the best place for a statement, None where it hardly shows."""
        shown, step = self._shown, self._step
        parts = [p for p in item.parts if p + 1 < len(shown)]
        best = max(parts, key=lambda p: shown[p + 1], default=None)
        cells = 0 if best is None else int(shown[best + 1])
        if cells < _LEAST_OF[item.role]:
            return None
        if best is None or not cells:
            return self._hidden(item)
        row, column, depth = _innermost(self._coarse == best)
        x, y = (column + 0.5) * step, (row + 0.5) * step
        return _Place(best, x, y, self._direction(best, x, y), depth)

    def _hidden(self, item: Marked) -> _Place | None:
        """Return the middle of a statement's part that is nearest to the eye, though not seen."""
        if not item.parts:
            return None
        near = min(item.parts, key=lambda p: float(self._screen(p)[:, 2].mean()))
        height, width = self._picture.part.shape
        x, y = np.nan_to_num(np.median(self._screen(near)[:, :2], axis=0)).tolist()
        x, y = min(max(x, 0.0), width - 1.0), min(max(y, 0.0), height - 1.0)
        return _Place(near, x, y, self._direction(near, x, y), 0)

    def depth_at(self, part: int, x: float, y: float) -> int:
        """Return how far from the part's visible rim a point is, in cells."""
        row, column = int(y / self._step), int(x / self._step)
        window = np.full((2 * _WINDOW + 1, 2 * _WINDOW + 1), -2)
        top, left = max(row - _WINDOW, 0), max(column - _WINDOW, 0)
        seen = self._coarse[top : row + _WINDOW + 1, left : column + _WINDOW + 1]
        # beyond the picture there is nothing
        first = top - row + _WINDOW, left - column + _WINDOW
        window[first[0] : first[0] + seen.shape[0], first[1] : first[1] + seen.shape[1]] = seen
        return int(_AWAY[window != part].min(initial=_WINDOW))

    def _screen(self, part: int) -> Array:
        """Return where the vertices of a part appear, (n, 3); for place and anchor alike."""
        if part not in self._screens:
            position = self._position[self._vertices.of(part)]
            self._screens[part] = self._camera.project(position, self._picture.size)
        return self._screens[part]

    def _direction(self, part: int, x: float, y: float) -> Array:
        """Return the unit direction in which the fibres run in the picture near a point.

        The place in the picture is fitted as a linear function of the fibre coordinates of the
        vertices around; its slope along the fibres, with the coordinates across them held, is
        the fibres' direction. (The gradient of the coordinate along them is not: it stands square
        on the bands, which a curved belly turns.)
        """
        vertices, size, screen = self._vertices, self._picture.size, self._screen(part)
        along, across = vertices.along(part), vertices.across(part)
        away = np.hypot(screen[:, 0] - x, screen[:, 1] - y)
        # the far side of the muscle lies deeper and would bend the direction
        front = screen[:, 2] - _front(away, screen[:, 2]) < _THICK_M
        radius = max(float(size[1]) / 12, 12.0)
        weight = np.exp(-((away / radius) ** 2)) * front
        total = float(weight.sum())
        if total < 1e-3:
            return np.array([1.0, 0.0])
        coordinates = np.column_stack([along, across])
        coordinates -= weight @ coordinates / total
        spread = np.sqrt(weight @ coordinates**2 / total) + 1e-9
        coordinates /= spread
        place = screen[:, :2] - weight @ screen[:, :2] / total
        weighted = coordinates * weight[:, None]
        slope = np.linalg.solve(
            weighted.T @ coordinates + 0.05 * total * np.eye(3), weighted.T @ place
        )[0]
        length = float(np.hypot(*slope))
        return np.asarray(slope / length) if length > 1e-9 else np.array([1.0, 0.0])

    def anchor(self, place: _Place) -> _Anchor:
        """Return what holds a place while body and camera move."""
        index, screen = self._vertices.of(place.part), self._screen(place.part)
        spot = np.array([place.x, place.y])
        away = np.hypot(*(screen[:, :2] - spot).T)
        hidden = 1e6 * (screen[:, 2] - _front(away, screen[:, 2]) > _THICK_M)
        arm = self._picture.part.shape[0] / 20
        corners = [
            int((np.hypot(*(screen[:, :2] - goal).T) + hidden).argmin())
            for goal in (spot, spot - place.along * arm, spot + place.along * arm)
        ]
        middle, back, ahead = screen[corners, :2]
        return _Anchor(
            place.part,
            index[corners],
            spot - middle,
            _angle(place.along) - _angle(ahead - back),
            int(_on_part(self._picture, _circle(self._picture, spot), place.part).sum()),
            bool(_on_part(self._picture, spot[None], place.part)[0]),
        )


@dataclass(frozen=True)
class _Anchor:
    """Three vertices that a mark rides on: under it, and behind and ahead along the fibres.

    ``offset_px`` and ``turn_rad`` lead from there to the mark; ``round_it`` of the eight points
    round the mark lay on its muscle when it was found; ``shown`` whether its middle did.
    """

    part: int
    vertices: NDArray[np.intp]
    offset_px: Array
    turn_rad: float
    round_it: int
    shown: bool


def _front(away_px: Array, depth_m: Array) -> float:
    """Return how deep the near side of a muscle lies at a point, from its vertices (n,).

    Parameters
    ----------
    away_px : (n,) ndarray
        How far from the point they are in the picture.
    depth_m : (n,) ndarray
        Their depth along the view.
    """
    around = away_px <= 2.0 * away_px.min() + 4.0
    return float(depth_m[around].min())


def _angle(vector: Array) -> float:
    return math.atan2(float(vector[1]), float(vector[0]))


def _circle(picture: Picture, middle: Array) -> Array:
    """Return eight points (…, 8, 2) round points (…, 2), in pixels."""
    radius = _DISC * picture.part.shape[0]
    return np.asarray(middle[..., None, :] + radius * _ROUND)


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
        self._anchors: dict[str, _Anchor] = {}
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
        ridden = {name: place for name, (place, holds) in before.items() if holds}
        look, in_turn = (
            self._turn % _LOOK_EVERY == 0,
            self._turn // _LOOK_EVERY % max(len(marked), 1),
        )
        self._turn += 1
        search: _Search | None = None
        placed = []
        for k, item in enumerate(marked):
            place = ridden.get(item.name)
            lost = place is None and (look or item.name in self._anchors)
            if lost or thorough or (look and k == in_turn):
                search = search or _Search(picture, camera, self._vertices, position)
                place = self._looked_for(search, item, place)
            if place is not None:
                placed.append((item, place))
        return _spots(picture, placed, {name: place for name, (place, _) in before.items()})

    def _looked_for(self, search: _Search, item: Marked, old: _Place | None) -> _Place | None:
        """Return the place of a mark after a look for a better one."""
        new = search.place(item)
        if old is not None and new is not None:
            depth = search.depth_at(old.part, old.x, old.y)
            if new.depth < max(_CLEARLY_BETTER * depth, depth + 1):
                return old
        if new is None:
            self._anchors.pop(item.name, None)
        else:
            self._anchors[item.name] = search.anchor(new)
        return new

    def _ridden(
        self, picture: Picture, camera: Camera, position: NDArray[np.float32],
        marked: Sequence[Marked],
    ) -> dict[str, tuple[_Place, bool]]:  # fmt: skip
        """Return where the anchors have gone, and whether their muscles show all round them."""
        anchors = self._anchors
        names = [m.name for m in marked if m.name in anchors and anchors[m.name].part in m.parts]
        if not names:
            return {}
        held = [anchors[name] for name in names]
        corners = position[np.concatenate([a.vertices for a in held])]
        screen = camera.project(corners, picture.size)[:, :2].reshape(-1, 3, 2)
        spots = screen[:, 0] + np.array([a.offset_px for a in held])
        parts = np.array([a.part for a in held])[:, None]
        shown = _on_part(picture, spots[:, None], parts)[:, 0]
        covered = _on_part(picture, _circle(picture, spots), parts).sum(axis=1)
        places = {}
        for k, (name, anchor) in enumerate(zip(names, held, strict=True)):
            holds = bool(shown[k]) if anchor.shown else True
            holds = holds and covered[k] >= min(anchor.round_it, 7)
            angle = _angle(screen[k, 2] - screen[k, 1]) + anchor.turn_rad
            along = np.array([math.cos(angle), math.sin(angle)])
            x, y = spots[k].tolist()
            places[name] = _Place(anchor.part, x, y, along, 0), holds
        return places


def _innermost(mask: NDArray[np.bool_]) -> tuple[int, int, int]:
    """Return row and column of the cell farthest from the mask's rim, and how far that is.

    Distance is counted in steps from cell to neighbouring cell; outside the mask nothing is.
    """
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    r0, c0 = rows[0], columns[0]
    inside = mask[r0 : rows[-1] + 1, c0 : columns[-1] + 1]
    away = np.zeros((inside.shape[0] + 2, inside.shape[1] + 2), np.int16)
    away[1:-1, 1:-1] = np.where(inside, _FAR_CELLS, 0)
    for axis in (0, 1):
        way = np.arange(away.shape[axis], dtype=np.int16)
        way = way[:, None] if axis == 0 else way
        on = np.minimum.accumulate(away - way, axis=axis) + way
        turned = np.flip(away + way, axis)
        away = np.minimum(on, np.flip(np.minimum.accumulate(turned, axis=axis), axis) - way)
    depth = int(away.max())
    kept_rows, kept_columns = np.nonzero(away == depth)
    # of several equally deep cells the one nearest to their middle
    middle = (kept_rows - kept_rows.mean()) ** 2 + (kept_columns - kept_columns.mean()) ** 2
    k = int(middle.argmin())
    return int(r0 + kept_rows[k] - 1), int(c0 + kept_columns[k] - 1), depth
