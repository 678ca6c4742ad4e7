"""The search for the places of marks in one picture.

Of the visible pixels of a working muscle the point farthest from its rim is looked for, and the
direction of its fibres there. All that is asked of a picture at once is worked out at once: numpy
takes a dozen marks in the time of one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from visualizer.catalog.variation import Contraction, Role
from visualizer.render import Camera, Mesh, Picture
from visualizer.render.places import Rider, innermost, parts_at, thinned

__all__ = [
    "DISC",
    "ROWS",
    "Anchor",
    "MarkPlace",
    "Marked",
    "PartVertices",
    "Search",
    "angle_of",
]

Array = NDArray[np.float64]

ROWS = 180  # the picture is searched on a coarse grid of about this many rows
_VERTICES = 256  # of a part that are looked at
_LEAST_CELLS = 36  # a muscle that shows less than this gets no mark: the disc alone covers 26
# A synergist of which less shows (cells) gets no mark, a stabilizer has the limit above.
_LEAST_SYNERGIST = 24
# What lies so much deeper than a muscle's near side belongs to its far side.
_THICK_M = 0.05
# How far is looked for the rim round a mark that rides, in cells, and how far each cell is.
_WINDOW = 24
_AWAY = np.abs(np.mgrid[-_WINDOW : _WINDOW + 1, -_WINDOW : _WINDOW + 1]).sum(axis=0)
# Eight points round a mark that rides must lie on its muscle, or as many of them as did at first.
_ROUND = np.array([(math.cos(k * math.pi / 4), math.sin(k * math.pi / 4)) for k in range(8)])
DISC = 0.016  # radius of that circle, share of the picture's height


@dataclass(frozen=True)
class Marked:
    """A statement to be marked: its parts, its name, and what they do.

    ``disputed`` says that our own model does not bear out the contraction. ``said`` is a figure
    that stands there instead of the role's letter and the arrows; empty for those.
    """

    name: str
    parts: tuple[int, ...]
    role: Role
    contraction: Contraction
    disputed: bool = False
    said: str = ""


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
        # as every body has them: then none need be looked for
        self._in_order = bool((mesh.face_part[1:] >= mesh.face_part[:-1]).all())

    @property
    def part_count(self) -> int:
        """How many parts the mesh has."""
        return self._mesh.part_count

    def of(self, part: int) -> NDArray[np.intp]:
        """Return the indices (256,) of vertices of a part; of a small one some come twice."""
        if part not in self._known:
            corners = self._mesh.faces[self._faces_of(part)].ravel()
            # neighbours follow each other, so that even steps reach all of the part
            self._known[part] = corners[np.linspace(0, len(corners) - 1, _VERTICES).astype(int)]
        return self._known[part]

    def _faces_of(self, part: int) -> slice | NDArray[np.bool_]:
        """Return which faces are those of a part."""
        if not self._in_order:
            return np.asarray(self._mesh.face_part == part)
        # of another kind, it would have all of them converted
        ends = np.array((part, part + 1), self._mesh.face_part.dtype)
        first, last = np.searchsorted(self._mesh.face_part, ends)
        return slice(int(first), int(last))

    def fibre(self, vertices: NDArray[np.intp]) -> Array:
        """Return the coordinates (…, 3) of vertices along the fibres, 0 … 1, and across, metres."""
        return np.asarray(self._mesh.fibre[vertices][..., [2, 0, 1]], float)


class MarkPlace(NamedTuple):
    """A part, a point on it and the unit direction of its fibres there, in one picture.

    ``depth`` is how often the part's visible shape can be peeled until the point is reached.
    """

    part: int
    x: float
    y: float
    along: tuple[float, float]
    depth: int


_LEAST_OF = {
    Role.PRIME_MOVER: 0,
    Role.SYNERGIST: _LEAST_SYNERGIST,
    Role.STABILIZER: _LEAST_CELLS,
}


def _on_part(picture: Picture, points: Array, part: NDArray[np.signedinteger]) -> NDArray[np.bool_]:
    """Return whether points (…, 2) in pixels lie in the picture on a part (broadcast)."""
    at = parts_at(picture, np.ascontiguousarray(points).reshape(-1, 2))
    return np.asarray(at.reshape(points.shape[:-1]) == part)


class Search:
    """Looks for places in one picture.

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
    """

    def __init__(
        self, picture: Picture, camera: Camera, vertices: PartVertices,
        position: NDArray[np.float32],
    ) -> None:  # fmt: skip
        self._picture, self._camera = picture, camera
        self._vertices, self._position = vertices, position
        self._step = step = max(1, round(picture.part.shape[0] / ROWS))
        self._coarse, self._shown = thinned(picture, step, vertices.part_count)

    def places(self, items: Sequence[Marked]) -> list[MarkPlace | None]:
        """Return the best place for each statement, None where it hardly shows."""
        found = [self._point(item) for item in items]
        seen = [point for point in found if point is not None]
        ways = iter(self._directions([p for p, *_ in seen], np.array([s[1:3] for s in seen])))
        return [
            None if point is None else MarkPlace(point[0], point[1], point[2], next(ways), point[3])
            for point in found
        ]

    def _point(self, item: Marked) -> tuple[int, float, float, int] | None:
        """Return a statement's part, x, y, and how deep in its visible shape that lies."""
        shown, step = self._shown, self._step
        best = max(item.parts, key=lambda p: shown[p + 1], default=None)
        cells = 0 if best is None else int(shown[best + 1])
        if cells < _LEAST_OF[item.role]:
            return None
        if best is None or not cells:
            return self._hidden(item)
        row, column, depth = innermost(self._coarse, best)
        return best, (column + 0.5) * step, (row + 0.5) * step, depth

    def _hidden(self, item: Marked) -> tuple[int, float, float, int] | None:
        """Return the middle of a statement's part that is nearest to the eye, though not seen."""
        if not item.parts:
            return None
        screens = self._screens(item.parts)[1]
        k = int(screens[..., 2].mean(axis=1).argmin())
        height, width = self._picture.part.shape
        x, y = np.nan_to_num(np.median(screens[k, :, :2], axis=0)).tolist()
        return item.parts[k], min(max(x, 0.0), width - 1.0), min(max(y, 0.0), height - 1.0), 0

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

    def _screens(self, parts: Sequence[int]) -> tuple[NDArray[np.intp], Array]:
        """Return vertices (n, K) of some parts, and where they appear (n, K, 3)."""
        index = np.array([self._vertices.of(part) for part in parts])
        return index, self._camera.project(self._position[index], self._picture.size)

    def _directions(self, parts: Sequence[int], points: Array) -> list[tuple[float, float]]:
        """Return the unit directions in which the fibres run in the picture near points (n, 2).

        The place in the picture is fitted as a linear function of the fibre coordinates of the
        vertices around; its slope along the fibres, with the coordinates across them held, is
        the fibres' direction. (The gradient of the coordinate along them is not: it stands square
        on the bands, which a curved belly turns.)
        """
        if not parts:
            return []
        index, screen = self._screens(parts)
        away = np.hypot(screen[..., 0] - points[:, :1], screen[..., 1] - points[:, 1:])
        # the far side of the muscle lies deeper and would bend the direction
        front = screen[..., 2] - _front(away, screen[..., 2])[:, None] < _THICK_M
        radius = max(float(self._picture.size[1]) / 12, 12.0)
        weight = (np.exp(-((away / radius) ** 2)) * front)[:, None]  # (n, 1, K)
        total = weight.sum(axis=2, keepdims=True)
        lost = total[:, 0, 0] < 1e-3
        total[lost] = 1.0
        coordinates = self._vertices.fibre(index)
        coordinates -= weight @ coordinates / total
        coordinates /= np.sqrt(weight @ coordinates**2 / total) + 1e-9
        place = screen[..., :2] - weight @ screen[..., :2] / total
        weighted = coordinates.transpose(0, 2, 1) * weight
        slopes = np.linalg.solve(
            weighted @ coordinates + 0.05 * total * np.eye(3), weighted @ place
        )
        slope, length = slopes[:, 0], np.hypot(slopes[:, 0, 0], slopes[:, 0, 1])
        lost |= length < 1e-9
        slope[lost], length[lost] = (1.0, 0.0), 1.0
        return [(x, y) for x, y in (slope / length[:, None]).tolist()]

    def anchors(self, places: Sequence[MarkPlace]) -> list[Anchor]:
        """Return what holds places while body and camera move."""
        if not places:
            return []
        index, screen = self._screens([place.part for place in places])
        spots = np.array([(place.x, place.y) for place in places])
        along = np.array([place.along for place in places])
        arm = self._picture.part.shape[0] / 20 * along
        goals = np.stack([spots, spots - arm, spots + arm], axis=1)  # (n, 3, 2)
        x, y = (screen[:, None, :, k] - goals[..., k, None] for k in (0, 1))
        away = np.hypot(x, y)  # (n, 3, K)
        far = screen[..., 2] - _front(away[:, 0], screen[..., 2])[:, None] > _THICK_M
        corners = (away + 1e6 * far[:, None]).argmin(axis=2)  # (n, 3)
        rows = np.arange(len(places))[:, None]
        at, parts = screen[rows, corners, :2], np.array([[place.part] for place in places])
        round_it = _on_part(self._picture, _circle_round(self._picture, spots), parts).sum(axis=1)
        shown = _on_part(self._picture, spots[:, None], parts)[:, 0]
        return [
            Anchor(
                Rider(
                    tuple(index[k, corners[k]].tolist()),
                    tuple((spots[k] - at[k, 0]).tolist()),
                    angle_of(place.along) - angle_of((at[k, 2] - at[k, 1]).tolist()),
                    place.part,
                ),
                int(round_it[k]),
                bool(shown[k]),
            )
            for k, place in enumerate(places)
        ]


@dataclass(frozen=True)
class Anchor:
    """What a mark rides on: a vertex under it, one behind and one ahead along the fibres.

    Attributes
    ----------
    rider : Rider
        The vertices, and what leads from there to the mark.
    round_it : int
        How many of eight points round the mark lay on its muscle when it was found.
    shown : bool
        Whether its middle did.
    """

    rider: Rider
    round_it: int
    shown: bool


def _front(away_px: Array, depth_m: Array) -> Array:
    """Return (n,) how deep the near sides of muscles lie at points, from their vertices.

    Parameters
    ----------
    away_px : (n, K) ndarray
        How far from the points they are in the picture.
    depth_m : (n, K) ndarray
        Their depth along the view.
    """
    around = away_px <= 2.0 * away_px.min(axis=1, keepdims=True) + 4.0
    return np.asarray(np.where(around, depth_m, np.inf).min(axis=1))


def angle_of(vector: Sequence[float]) -> float:
    """Return the angle of a vector of two."""
    return math.atan2(vector[1], vector[0])


def _circle_round(picture: Picture, middle: Array) -> Array:
    """Return eight points (…, 8, 2) round points (…, 2), in pixels."""
    radius = DISC * picture.part.shape[0]
    return np.asarray(middle[..., None, :] + radius * _ROUND)
