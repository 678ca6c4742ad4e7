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
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from visualizer.catalog.variation import Role
from visualizer.render import Picture
from visualizer.scene.free_room import Box, FreeRoom, Standing
from visualizer.scene.sizes import MarkSizes
from visualizer.scene.spots import Held, Marked, Spot

__all__ = ["Placed", "Placer", "Point", "is_near"]

Point = tuple[float, float]

_ORDER = {role: k for k, role in enumerate(Role)}
_TO_RIM_PX = 3.0
# Beside its muscle a mark is a little more compact.
_ASIDE = 0.76
# A mark goes back onto its muscle when there is so much more room than it needs.
_BACK = 1.3
# So far along its muscle a mark slides off another one, shares of the room there.
_SLIDES = (0.3, -0.3, 0.6, -0.6)
# So far a mark may glide between two pictures, go with the body in all, and glide at least, shares
# of the picture's height; and turn.
_GLIDE, _MOST, _LEAST, _TURN_RAD = 0.0075, 0.0155, 0.0015, math.radians(8)
# What the body or the camera carries farther from one picture to the next was not seen to go
# there: another view, another moment.
_ELSEWHERE = 0.12
# A mark beside its muscle stays where not more than this is wrong, and moves to a place that is so
# much better.
_WILL_DO, _CLEARLY_BETTER = 0.45, 0.2
_WEIGH_EVERY = 4  # while the body moves a mark's place is weighed with one picture in so many
# So much of the shortest arrow must lie on the muscle, or the mark steps aside.
_ON = 0.5
# A mark beside its muscle is close to it up to so many radii of its badge.
_NEAR = 4.0


class Placed(NamedTuple):
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


def is_near(placed: Placed, sizes: MarkSizes) -> bool:
    """Return whether a mark stands on its muscle, or so close that it is seen whose it is."""
    if placed.tip is None:
        return True
    far = math.dist(placed.tip, (placed.x, placed.y))
    return far <= _NEAR * sizes.radius_px(placed.marked.role)


class Placer:
    """Places marks, and remembers where they stood.

    Parameters
    ----------
    sizes : MarkSizes
        How large marks are.
    held : dict of str to Held
        How they stood in the last picture, by the statement's name; kept up to date.
    thorough : bool
        Weigh all places beside the muscles, not some of them in turn: when the body rests.
    rests : bool
        Whether no picture follows for a while, so that no mark stays on its way over another one.
    """

    def __init__(
        self,
        sizes: MarkSizes,
        held: dict[str, Held] | None = None,
        *,
        thorough: bool = True,
        rests: bool = False,
    ) -> None:
        self.held = {} if held is None else held
        self._sizes, self._thorough, self._rests = sizes, thorough, rests

    def place(
        self,
        spots: Sequence[Spot],
        picture: Picture,
        taken: Sequence[Box] = (),
        weights: NDArray[np.float32] | None = None,
    ) -> tuple[Placed, ...]:
        """Return where the marks stand, the weightiest first.

        Parameters
        ----------
        spots : sequence of Spot
            Points on the muscles.
        picture : Picture
            What is drawn; it tells what is free.
        taken : sequence of (left, top, right, bottom)
            What must stay free of marks, pixels.
        weights : (P,) ndarray, optional
            What it counts to cover each part, 1 otherwise.
        """
        room = FreeRoom(picture, taken, weights)
        height = picture.size[1]
        placed = []
        for spot in sorted(spots, key=lambda s: _ORDER[s.marked.role]):
            one = self._placed(spot, room, height)
            if one is not None:
                placed.append(one)
                mark = Standing(one.along, one.ends_px, self._radius_px(spot))
                room.take(one.x, one.y, mark, one.tip)
        names = {spot.marked.name for spot in spots}
        for name in [name for name in self.held if name not in names]:
            del self.held[name]
        return tuple(placed)

    def _radius_px(self, spot: Spot) -> float:
        """Return how far a badge reaches, or the plate of a figure upwards and downwards."""
        marked, sizes = spot.marked, self._sizes
        return sizes.plate_px[1] / 2.0 if marked.said else sizes.radius_px(marked.role)

    def _placed(self, spot: Spot, room: FreeRoom, height: int) -> Placed | None:
        role, sizes = spot.marked.role, self._sizes
        radius, arrow_px = self._radius_px(spot), sizes.arrow_px(role)
        least, longest = radius + arrow_px[0], radius + arrow_px[1]
        against, ahead = (reach - _TO_RIM_PX * sizes.scale for reach in spot.reach_px)
        both, held = (against + ahead) / 2.0, self.held.get(spot.marked.name)
        was_aside = held is not None and held.aside is not None
        # the arrows may hang over the rim a little
        fits = both >= (radius + _ON * (least - radius)) * (_BACK if was_aside else 1.0)
        along = spot.along

        def slid(slide: float) -> tuple[Point, Standing]:
            """Return the mark's offset along the fibres, and how it stands there."""
            ends = min(against + slide, longest), min(ahead - slide, longest)
            if slide:
                ends = min(ends), min(ends)
            ends = max(ends[0], least), max(ends[1], least)
            return (along[0] * slide, along[1] * slide), Standing(along, ends, radius)

        def crowds(goal: Point, mark: Standing) -> bool:
            room_round = _BACK if was_aside else 1.0
            return room.crowded(spot.x + goal[0], spot.y + goal[1], mark, room_round)

        def lies_under(goal: Point, mark: Standing) -> bool:
            return room.crossed(spot.x + goal[0], spot.y + goal[1], mark)

        # to where both arrows have room, else to where no other mark stands
        slide = ahead - both if min(against, ahead) < least and both > radius else 0.0
        goal, mark = slid(slide)
        crowded = crowds(goal, mark)
        if fits and (crowded or lies_under(goal, mark)):
            for share in _SLIDES:
                other = slid(share * (ahead if share > 0 else against))
                if not (crowds(*other) or lies_under(*other)):
                    (goal, mark), crowded = other, False
                    break
        aside: Point | None = None
        age = 0
        if role is Role.STABILIZER:
            if crowded:
                return None
        elif not fits or crowded:
            reach = max(radius + _ASIDE * arrow_px[1], least)
            mark = Standing(along, (reach, reach), radius)
            aside, age = self._aside((spot.x, spot.y), room, mark, held)
            goal = aside
        ends, beside = mark.ends_px, (aside, age)
        placed = self._glided(spot, goal, beside, ends, radius, height)
        if self._rests and self._hides(placed, mark, room):
            # no picture follows in which it would go on from where it hides another
            del self.held[spot.marked.name]
            placed = self._glided(spot, goal, beside, ends, radius, height)
        return placed

    def _hides(self, placed: Placed, mark: Standing, room: FreeRoom) -> bool:
        """Return whether a mark, or its leader, lies on another mark or leader."""
        x, y, tip = placed.x, placed.y, placed.tip
        led = tip is not None and room.cost(tip, (x - tip[0], y - tip[1]), mark) >= _WILL_DO
        return led or room.crowded(x, y, mark) or room.crossed(x, y, mark)

    def _aside(
        self, at: Point, room: FreeRoom, mark: Standing, held: Held | None
    ) -> tuple[Point, int]:
        """Return the offset to a free place for a mark, the old one if it will do, and its age."""
        old = None if held is None else held.aside
        if old is None or held is None:
            # not all of them are weighed again with one picture
            return room.aside(at, mark)[0], len(self.held) % _WEIGH_EVERY
        if held.age + 1 < _WEIGH_EVERY and not self._thorough:
            return old, held.age + 1
        was = room.cost(at, old, mark)
        if was < _WILL_DO:
            return old, 0
        best, cost = room.aside(at, mark)
        return best if cost < was - _CLEARLY_BETTER else old, 0

    def _glided(
        self, spot: Spot, goal: Point, beside: tuple[Point | None, int], ends: tuple[float, float],
        radius: float, height: int,
    ) -> Placed:  # fmt: skip
        """Return the mark on its way to its goal (an offset from its spot)."""
        name, angle = spot.marked.name, math.atan2(spot.along[1], spot.along[0])
        held, (aside, age) = self.held.get(name), beside
        offset, turn = goal, 0.0
        if held is not None:
            start = held.offset[0] + spot.hop[0], held.offset[1] + spot.hop[1]
            dx, dy = goal[0] - start[0], goal[1] - start[1]
            far = math.hypot(dx, dy)
            gone = spot.x + start[0] - held.at[0], spot.y + start[1] - held.at[1]
            if math.hypot(*gone) < _ELSEWHERE * height:
                # less while the body carries it along
                step = min(max(_MOST - math.hypot(*gone) / height, _LEAST), _GLIDE)
                share = min(1.0, step * height / max(far, 1e-9))
                offset = start[0] + share * dx, start[1] + share * dy
                turn = _half_turn(held.turn_rad + spot.hop_rad)
                turn -= math.copysign(min(abs(turn), _TURN_RAD), turn)
        x, y, angle = spot.x + offset[0], spot.y + offset[1], angle + turn
        self.held[name] = Held(offset, (x, y), turn, aside, age)
        tip = (spot.x, spot.y) if math.hypot(*offset) > 1.15 * radius and aside else None
        if aside is None and math.hypot(offset[0] - goal[0], offset[1] - goal[1]) > 1.15 * radius:
            tip = spot.x + goal[0], spot.y + goal[1]
        return Placed(spot.marked, x, y, (math.cos(angle), math.sin(angle)), ends, tip)


def _half_turn(angle: float) -> float:
    """Return the angle within half a turn."""
    return math.remainder(angle, 2.0 * math.pi)
