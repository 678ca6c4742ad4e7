"""What a drawn picture shows at single places: asked by whoever puts something on it.

The native kernel answers within a few microseconds; where it was not built plain Python does the
same, and the tests hold the two together. (numpy would need a dozen calls for each question, and
after a picture has been drawn every one of them is fetched from memory anew.)
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from visualizer.render import native
from visualizer.render.camera import NEAR_M, Camera
from visualizer.render.contract import RIDDEN, RIDER
from visualizer.render.picture import Picture

__all__ = ["Ridden", "Riders", "ends_on", "innermost", "parts_at", "thinned"]

Array = NDArray[np.float64]
Point = tuple[float, float]

_FAR_CELLS = 10000  # more than any picture has
_PLACES = 8  # round a rider


class Ridden(NamedTuple):
    """Where a rider has gone in a picture.

    Attributes
    ----------
    x, y : float
        Its place, pixels.
    along : (float, float)
        Its unit direction.
    shown : bool
        Whether its part shows there.
    covered : int
        At how many of eight places round it its part shows.
    ends_px : (float, float)
        How far one can go against and along its direction and stay on its part, pixels.
    """

    x: float
    y: float
    along: Point
    shown: bool
    covered: int
    ends_px: Point


@dataclass(frozen=True)
class Rider:
    """What rides on a posed mesh.

    Attributes
    ----------
    vertices : (int, int, int)
        Under it, and behind and ahead of it.
    offset_px : (float, float)
        From where the first of them is seen to its place.
    turn_rad : float
        From the way between the other two to its direction.
    part : int
        The part it rides on.
    """

    vertices: tuple[int, int, int]
    offset_px: Point
    turn_rad: float
    part: int


class Riders:
    """Places on a posed mesh that are followed from picture to picture.

    Parameters
    ----------
    riders : sequence of Rider
        Each of them.
    """

    def __init__(self, riders: Sequence[Rider]) -> None:
        self._vertices = np.array([r.vertices for r in riders], np.int32).reshape(-1, 3)
        self._riders = np.array(
            [(*r.offset_px, math.cos(r.turn_rad), math.sin(r.turn_rad), r.part) for r in riders]
        ).reshape(-1, RIDER)
        self._out = np.empty((len(riders), RIDDEN))

    def ridden(
        self, picture: Picture, camera: Camera, position: NDArray[np.float32],
        look: tuple[float, float, int],
    ) -> list[Ridden | None]:  # fmt: skip
        """Return where each has gone; None behind the camera.

        Parameters
        ----------
        picture : Picture
            The drawn picture.
        camera : Camera
            What it was drawn with.
        position : (V, 3) ndarray
            Posed vertices.
        look : (float, float, int)
            How far round each is looked, pixels; how long a step along its part is, pixels; how
            many steps are looked at.
        """
        radius, step, most = look
        kernel, matrix = native.load(), camera.matrix(picture.size)
        if kernel is None:
            rows = self._plain(picture, matrix, position, look)
        else:
            kernel.follow(
                position, matrix, self._vertices, self._riders, picture.part, _circle(radius),
                _numbers(step, NEAR_M), self._out, most,
            )  # fmt: skip
            rows = self._out.tolist()
        return [
            None
            if x != x
            else Ridden(x, y, (u, v), shown > 0.0, int(covered), (against * step, ahead * step))
            for x, y, u, v, shown, covered, against, ahead in rows
        ]

    def _plain(
        self, picture: Picture, matrix: Array, position: NDArray[np.float32],
        look: tuple[float, float, int],
    ) -> list[list[float]]:  # fmt: skip
        """Do what ``follow`` in native/places.c does."""
        radius, step, most = look
        seen = position[self._vertices].astype(float) @ matrix[:3] + matrix[3]
        found, place = [], _Places(picture)
        for corners, (right, down, c, s, own) in zip(
            seen.tolist(), self._riders.tolist(), strict=True
        ):
            if min(depth for *_, depth in corners) <= NEAR_M:
                found.append([math.nan] * RIDDEN)
                continue
            at = [(u / depth, v / depth) for u, v, depth in corners]
            x, y = at[0][0] + right, at[0][1] + down
            p, q = at[2][0] - at[1][0], at[2][1] - at[1][1]
            far = math.hypot(p, q)
            p, q = (p / far, q / far) if far > 1e-9 else (1.0, 0.0)
            u, v = p * c - q * s, p * s + q * c
            covered = sum(place.part(x + a, y + b) == own for a, b in _circle(radius).tolist())
            ends = place.ends(int(own), (x, y), (u, v), step, most)
            found.append([x, y, u, v, float(place.part(x, y) == own), covered, *ends])
        return found


@lru_cache(maxsize=8)
def _circle(radius: float) -> Array:
    """Return places (8, 2) on a circle round (0, 0)."""
    turns = np.arange(_PLACES) * 2.0 * math.pi / _PLACES
    return radius * np.stack([np.cos(turns), np.sin(turns)], axis=-1)


@lru_cache(maxsize=8)
def _numbers(*numbers: float) -> Array:
    return np.array(numbers)


class _Places:
    """Looks into a picture at single places."""

    def __init__(self, picture: Picture) -> None:
        self._width, self._height = picture.size
        self._parts = picture.part.reshape(-1).data

    def part(self, x: float, y: float) -> int:
        """Return the part at a place, pixels; -1 for none, and beside the picture."""
        if 0.0 <= x < self._width and 0.0 <= y < self._height:
            return int(self._parts[int(y) * self._width + int(x)])
        return -1

    def ends(self, own: int, at: Point, along: Point, step: float, most: int) -> tuple[int, int]:
        """Return how many steps against and along a direction stay on a part."""
        found = []
        for sign in (-step, step):
            (x, y), count = at, 0
            while count < most:
                x, y = x + sign * along[0], y + sign * along[1]
                if self.part(x, y) != own:
                    break
                count += 1
            found.append(count)
        return found[0], found[1]


def ends_on(
    picture: Picture, part: int, at: Point, along: Point, step: float, most: int
) -> Point:  # fmt: skip
    """Return how far one can go against and along a direction and stay on a part, pixels.

    Parameters
    ----------
    picture : Picture
        The drawn picture.
    part : int
        The part.
    at, along : (float, float)
        Where it begins, pixels, and the unit direction.
    step, most : float, int
        How long a step is, pixels, and how many are looked at.
    """
    against, ahead = _Places(picture).ends(part, at, along, step, most)
    return against * step, ahead * step


def parts_at(picture: Picture, points: Array) -> NDArray[np.int16]:
    """Return the parts (N,) at places (N, 2), pixels; -1 for none, and beside the picture."""
    kernel, out = native.load(), np.empty(len(points), np.int16)
    if kernel is not None:
        kernel.parts_at(picture.part, points, out)
        return out
    (width, height), at = picture.size, np.floor(points)
    x, y = at[:, 0], at[:, 1]
    inside = (x >= 0) & (y >= 0) & (x < width) & (y < height)
    out[:] = -1
    out[inside] = picture.part[y[inside].astype(int), x[inside].astype(int)]
    return out


def thinned(
    picture: Picture, step: int, parts: int
) -> tuple[NDArray[np.int16], NDArray[np.signedinteger]]:
    """Return the parts (h, w) at every ``step``-th pixel, and how many cells show each part.

    Parameters
    ----------
    picture : Picture
        The drawn picture.
    step : int
        How far the pixels are from each other.
    parts : int
        How many parts there are; the counts (parts + 1,) begin with what shows none.
    """
    kernel, (width, height) = native.load(), picture.size
    if kernel is None:
        grid = np.ascontiguousarray(picture.part[step // 2 :: step, step // 2 :: step])
        return grid, np.bincount((grid + 1).ravel(), minlength=parts + 1)
    rows, columns = (-(-(length - step // 2) // step) for length in (height, width))
    grid, shown = np.empty((rows, columns), np.int16), np.empty(parts + 1, np.int32)
    kernel.thin(picture.part, grid, shown, step)
    return grid, shown


def innermost(grid: NDArray[np.int16], part: int) -> tuple[int, int, int]:
    """Return row and column of the cell of a part farthest from its rim, and how far that is.

    Distance is counted in steps from cell to neighbouring cell; beyond the grid nothing is. Of
    several equally deep cells it is the one nearest to their middle.

    Parameters
    ----------
    grid : (h, w) ndarray
        Parts; the part must be among them.
    part : int
        The part.
    """
    kernel = native.load()
    if kernel is None:
        return _innermost(grid == part)
    found, (rows, columns) = np.empty(3, np.int32), grid.shape
    kernel.innermost(grid, np.empty((rows + 2) * (columns + 2), np.int16), found, part)
    row, column, depth = found.tolist()
    return row, column, depth


def _innermost(mask: NDArray[np.bool_]) -> tuple[int, int, int]:
    """Do what ``innermost`` in native/places.c does, for the cells (h, w) of the part."""
    rows, columns = np.flatnonzero(mask.any(1)), np.flatnonzero(mask.any(0))
    r0, c0 = rows[0], columns[0]
    inside = mask[r0 : rows[-1] + 1, c0 : columns[-1] + 1]
    away = np.zeros((inside.shape[0] + 2, inside.shape[1] + 2), np.int16)
    away[1:-1, 1:-1] = np.where(inside, _FAR_CELLS, 0)
    for turned in (away, away.T):
        # the same memory, walked along its first axis down and up
        way = np.arange(len(turned), dtype=np.int16)[:, None]
        down = np.minimum.accumulate(turned - way) + way
        up = np.minimum.accumulate((turned + way)[::-1])[::-1] - way
        np.minimum(down, up, out=turned)
    depth = int(away.max())
    kept_rows, kept_columns = np.nonzero(away == depth)
    # of several equally deep cells the one nearest to their middle
    count = len(kept_rows)
    y, x = kept_rows - kept_rows.sum() / count, kept_columns - kept_columns.sum() / count
    k = int((y * y + x * x).argmin())
    return int(r0 + kept_rows[k] - 1), int(c0 + kept_columns[k] - 1), depth
