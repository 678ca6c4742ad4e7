"""Where a mark stands: on its muscle where there is room, else beside it on a short leader.

A mark is never dropped and its arrows never shrink to stubs: where a prime mover or synergist shows
too little, the whole mark steps aside to the nearest free place. Stabilizers are many and quiet;
they stay on their muscles, and their bars may hang over the rim.

From picture to picture marks glide: what the body does they follow at once, but from one place to
another they go in small steps, so that nothing jumps in a moving picture (:class:`Placer`).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualizer.catalog.variation import Role
from visualizer.render import Picture
from visualizer.scene.spots import Held, Marked, Spot

__all__ = [
    "RIM_PX",
    "Placed",
    "Placer",
    "Point",
    "arrow_scale",
    "badge_size",
    "scale_of",
]

Point = tuple[float, float]

# Radius of a badge, width of its rim, the longest arrow and the shortest that is still one, for a
# picture 1080 pixels high, times a share by role: the first glance falls on the prime mover.
_RADIUS_PX, RIM_PX, _ARROW_PX, _SHORTEST_PX = 17.0, 2.2, 58.0, 20.0
_SIZES = {Role.PRIME_MOVER: 1.45, Role.SYNERGIST: 1.2, Role.STABILIZER: 0.85}
_ARROWS = {Role.PRIME_MOVER: 1.5, Role.SYNERGIST: 1.1, Role.STABILIZER: 0.75}
_ORDER = {role: k for k, role in enumerate(Role)}
_TO_RIM_PX = 3.0
# Beside its muscle a mark is a little more compact.
_ASIDE = 0.76
# A mark goes back onto its muscle when there is so much more room than it needs.
_BACK = 1.3
# So far a mark may glide between two pictures, go with the body in all, and glide at least, shares
# of the picture's height; and turn.
_GLIDE, _MOST, _LEAST, _TURN_RAD = 0.0075, 0.0155, 0.0015, math.radians(8)
# What the body or the camera carries farther from one picture to the next was not seen to go
# there: another view, another moment.
_ELSEWHERE = 0.12
# Free places are looked for on so many rings with so many ways each, on a grid of so many rows.
_RINGS, _WAYS, _ROWS = 8, 24, 90
# What distance costs against what a mark would cover.
_FAR = 0.12
# How much of a place may be covered by the body before a mark moves on.
_TOO_COVERED = 0.40


@dataclass(frozen=True)
class Placed:
    """Where a mark stands.

    Attributes
    ----------
    marked : Marked
        What it stands for.
    x, y : float
        Middle of its badge, pixels.
    along : (float, float)
        Unit direction of the arrows.
    ends_px : (float, float)
        How far the two arrows reach from the middle, against and along that direction.
    tip : (float, float) or None
        The point of the muscle that a leader leads to; None where the badge lies on its muscle.
    """

    marked: Marked
    x: float
    y: float
    along: Point
    ends_px: tuple[float, float]
    tip: Point | None = None


class Placer:
    """Places marks, and remembers where they stood.

    Parameters
    ----------
    held : dict of str to Held
        How they stood in the last picture, by the statement's name; kept up to date.
    """

    def __init__(self, held: dict[str, Held] | None = None) -> None:
        self.held = {} if held is None else held

    def place(
        self, spots: Sequence[Spot], picture: Picture, taken: Sequence[tuple[float, ...]] = ()
    ) -> tuple[Placed, ...]:
        """Return where the marks stand, the weightiest first.

        Parameters
        ----------
        spots : sequence of Spot
            Points on the muscles.
        picture : Picture
            What is drawn; it tells what is free.
        taken : sequence of (float, float, float, float)
            Left, top, right and bottom of what must stay free of marks, pixels.
        """
        room = _Room(picture, list(taken))
        placed = []
        for spot in sorted(spots, key=lambda s: _ORDER[s.marked.role]):
            one = self._placed(spot, room)
            if one is not None:
                placed.append(one)
                room.take(one)
        names = {spot.marked.name for spot in spots}
        for name in [name for name in self.held if name not in names]:
            del self.held[name]
        return tuple(placed)

    def _placed(self, spot: Spot, room: _Room) -> Placed | None:
        role, scale = spot.marked.role, room.scale
        radius, arrow = badge_size(role) * scale, _ARROWS[role] * scale
        least, longest = radius + _SHORTEST_PX * arrow, radius + _ARROW_PX * arrow
        against, ahead = (reach - _TO_RIM_PX * scale for reach in spot.reach_px)
        both, held = (against + ahead) / 2.0, self.held.get(spot.marked.name)
        was_aside = held is not None and held.aside is not None
        fits = both >= least * (_BACK if was_aside else 1.0)
        slide = ahead - both if min(against, ahead) < least <= both else 0.0
        goal = spot.along[0] * slide, spot.along[1] * slide
        crowded = room.crowded((spot.x + goal[0], spot.y + goal[1]), radius)
        aside: Point | None = None
        ends = min(against, longest), min(ahead, longest)
        if slide:
            ends = min(both, longest), min(both, longest)
        if role is Role.STABILIZER:
            if crowded:
                return None
            ends = max(ends[0], least), max(ends[1], least)
        elif not fits or crowded:
            reach = radius + _ASIDE * _ARROW_PX * arrow
            aside = room.aside((spot.x, spot.y), reach, held.aside if held else None)
            goal, ends = aside, (reach, reach)
        return self._glided(spot, goal, aside, ends, radius, room)

    def _glided(
        self, spot: Spot, goal: Point, aside: Point | None, ends: tuple[float, float],
        radius: float, room: _Room,
    ) -> Placed:  # fmt: skip
        """Return the mark on its way to its goal (an offset from its spot)."""
        name, angle = spot.marked.name, math.atan2(float(spot.along[1]), float(spot.along[0]))
        held = self.held.get(name)
        offset, turn = goal, 0.0
        if held is not None:
            start = held.offset[0] + spot.hop[0], held.offset[1] + spot.hop[1]
            dx, dy = goal[0] - start[0], goal[1] - start[1]
            far = math.hypot(dx, dy)
            gone = spot.x + start[0] - held.at[0], spot.y + start[1] - held.at[1]
            if math.hypot(*gone) < _ELSEWHERE * room.height:
                # less while the body carries it along
                step = min(max(_MOST - math.hypot(*gone) / room.height, _LEAST), _GLIDE)
                share = min(1.0, step * room.height / max(far, 1e-9))
                offset = start[0] + share * dx, start[1] + share * dy
                turn = _half_turn(held.turn_rad + spot.hop_rad)
                turn -= math.copysign(min(abs(turn), _TURN_RAD), turn)
        x, y, angle = spot.x + offset[0], spot.y + offset[1], angle + turn
        self.held[name] = Held(offset, (x, y), turn, aside)
        tip = (spot.x, spot.y) if math.hypot(*offset) > 1.15 * radius and aside else None
        if aside is None and math.hypot(offset[0] - goal[0], offset[1] - goal[1]) > 1.15 * radius:
            tip = spot.x + goal[0], spot.y + goal[1]
        return Placed(spot.marked, x, y, (math.cos(angle), math.sin(angle)), ends, tip)


class _Room:
    """What is free in a picture.

    Parameters
    ----------
    picture : Picture
        What is drawn.
    boxes : list of (float, ...)
        What is taken: left, top, right, bottom in pixels.
    """

    def __init__(self, picture: Picture, boxes: list[tuple[float, ...]]) -> None:
        self.width, self.height = picture.size
        self.scale = scale_of(self.height)
        self._boxes = boxes
        self._discs: list[tuple[float, float, float]] = []
        self._leaders: list[tuple[Point, Point]] = []
        self._step: int = max(1, round(self.height / _ROWS))
        self._picture = picture
        self._sum: NDArray[np.float64] | None = None

    def take(self, placed: Placed) -> None:
        """Keep a mark's place free of others."""
        radius, far = badge_size(placed.marked.role) * self.scale, max(placed.ends_px)
        self._discs.append((placed.x, placed.y, radius))
        if placed.tip is not None:
            self._leaders.append((placed.tip, (placed.x, placed.y)))
        for sign, end in zip((-1.0, 1.0), placed.ends_px, strict=True):
            for share in (0.5, 0.9):
                at = sign * share * end
                x, y = placed.x + placed.along[0] * at, placed.y + placed.along[1] * at
                self._discs.append((x, y, 0.2 * far))

    def crowded(self, at: Point, radius: float) -> bool:
        """Return whether a badge would stand on another mark."""
        return any(
            math.hypot(at[0] - x, at[1] - y) < 1.05 * (radius + r) for x, y, r in self._discs
        )

    def aside(self, at: Point, reach: float, old: Point | None) -> Point:
        """Return the offset from a point to a free place for a mark, the old one if it will do."""
        if old is not None and self._cost(at, old, reach)[0] < _TOO_COVERED:
            return old
        best, least = (0.0, -reach), math.inf
        for ring in range(_RINGS):
            far = reach * (0.75 + 0.3 * ring)
            for k in range(_WAYS):
                turn = k * 2.0 * math.pi / _WAYS
                offset = far * math.cos(turn), far * math.sin(turn)
                cost = sum(self._cost(at, offset, reach))
                if cost < least:
                    best, least = offset, cost
        return best

    def _cost(self, at: Point, offset: Point, reach: float) -> tuple[float, float]:
        """Return how bad a place is by what it covers, and by how far it is; inf outside."""
        x, y = at[0] + offset[0], at[1] + offset[1]
        if not (reach < x < self.width - reach and reach < y < self.height - reach):
            return math.inf, 0.0
        crowd = 0.5 * sum(_cross(at, (x, y), a, b) for a, b in self._leaders)
        crowd += sum(math.hypot(x - u, y - v) < reach + r for u, v, r in self._discs)
        for left, top, right, bottom in self._boxes:
            crowd += left - reach < x < right + reach and top - reach < y < bottom + reach
        return self._covered(x, y, reach) + float(crowd), _FAR * math.hypot(*offset) / reach

    def _covered(self, x: float, y: float, reach: float) -> float:
        """Return how much of a square is covered by body or gear, 0 … 1."""
        if self._sum is None:
            step = self._step
            coarse = self._picture.part[step // 2 :: step, step // 2 :: step] >= 0
            total = np.zeros((coarse.shape[0] + 1, coarse.shape[1] + 1))
            total[1:, 1:] = coarse.cumsum(axis=0).cumsum(axis=1)
            self._sum = total
        total, step = self._sum, self._step
        rows, columns = len(total) - 1, len(total[0]) - 1
        x0, x1 = (min(max(int(v / step), 0), columns) for v in (x - reach, x + reach))
        y0, y1 = (min(max(int(v / step), 0), rows) for v in (y - reach, y + reach))
        inside = float(total[y1, x1] - total[y0, x1] - total[y1, x0] + total[y0, x0])
        return inside / max((x1 - x0) * (y1 - y0), 1)


def _cross(a: Point, b: Point, c: Point, d: Point) -> bool:
    """Return whether the stretches from a to b and from c to d cross."""

    def left(p: Point, q: Point, r: Point) -> bool:
        return (q[0] - p[0]) * (r[1] - p[1]) > (q[1] - p[1]) * (r[0] - p[0])

    return left(a, b, c) != left(a, b, d) and left(c, d, a) != left(c, d, b)


def _half_turn(angle: float) -> float:
    """Return the angle within half a turn."""
    return math.remainder(angle, 2.0 * math.pi)


def scale_of(height_px: int) -> float:
    """Return the size of marks in a picture, 1 for one 1080 pixels high."""
    return max(height_px / 1080, 0.3)


def badge_size(role: Role) -> float:
    """Return the radius of a role's badge in a picture 1080 pixels high."""
    return _RADIUS_PX * _SIZES[role]


def arrow_scale(role: Role) -> float:
    """Return the size of a role's arrows."""
    return _ARROWS[role]
