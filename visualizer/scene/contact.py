"""Flesh gives way to what it touches instead of passing through it.

The linkage puts the skeleton where bench and floor are, and the bar where the hips carry it; skin
and muscle would sink in by up to a centimetre and a half. Vertices inside something solid are moved
out of it the shortest way. That is not a soft-tissue model: depths are so small that the eye only
misses it when it is not done.

Boxes (bench, mat) concern every vertex and are left to the kernel, see
:meth:`visualizer.render.Rasterizer.push_out`. A bar and a band touch few vertices, which are found
once, on the body's way: :class:`Rod`, :class:`Grip` and :class:`Loop`. ``anatomy/contact.c`` is the
twin of the first two.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.native import native
from visualizer.exercise.repetition import Instant

__all__ = ["Cuboid", "Grip", "Loop", "Press", "Rod", "box_rows"]

FloatArray = NDArray[np.float32]
Array = NDArray[np.float64]
# 1 for the vertices that are needed, None for all.
Shown = NDArray[np.uint8] | None
_ALL = np.zeros(0, np.uint8)

# How steeply flesh rises beside what presses it in.
_SLOPE = 0.5
# The groove in which a bar lies on the body: as steep at its sides, and over which depth flesh
# gives way softly, so that nothing jumps while it slides through. Further aside, as far as the
# flank reaches, it slides faster across it, and gives way over so much more per metre.
_GROOVE_SLOPE, _SOFT_M, _SOFTER = 1.0, 0.020, 0.56
# how much nearer to the axis than its radius the groove's bottom is: softness makes up for it
_SUNK_M = 0.007
_FLANK_M = 0.14
# how much more what is within the steel leaves towards its own side than straight from the axis,
# and how much more again what lies in the middle of the steel all the while
_OWN_SIDE, _IN_THE_MIDDLE = 1.8, 4.0
# the depth over which that sets in
_EASE_M = 0.0025


@dataclass(frozen=True)
class Cuboid:
    """An axis-aligned solid that the body may not enter: corners in metres.

    The body rests on its top and, towards the head (y), on its front.
    """

    low_m: tuple[float, float, float]
    high_m: tuple[float, float, float]


def box_rows(boxes: Iterable[Cuboid]) -> FloatArray:
    """Return (N, 6): low and high corners, metres, as the renderer wants them."""
    rows = [(*box.low_m, *box.high_m) for box in boxes]
    return np.array(rows, np.float32).reshape(-1, 6)


class Press(Protocol):
    """Something that flesh gives way to."""

    def press(self, instant: Instant, position: FloatArray, shown: Shown = None) -> None:
        """Move vertices (V, 3) of the body out of it, in place; only those ``shown`` (V,) need."""


def _middle(instant: Instant, bodies: tuple[int, ...]) -> tuple[float, float]:
    """Return the middle (y, z) of bodies of the skeleton."""
    places = [instant.pose.body_position[body].tolist() for body in bodies]
    return sum(p[1] for p in places) / len(places), sum(p[2] for p in places) / len(places)


@dataclass(frozen=True, eq=False)
class Rod:
    """A round bar that lies across the body, along x.

    Flesh gives way to it in one direction, and rises beside it: pushed away from the axis, what
    lies on the bar's far side would spread over it like a star.

    Attributes
    ----------
    near : (N,) ndarray of int
        Vertices that come near it.
    radius_m : float
        How far from its axis they stay: the steel, or the foam pressed against it.
    round_m : float
        Half the width over which the groove is round: the wider, the faster it may slide.
    towards : (2,) tuple of tuples of int
        Bodies of the skeleton. It presses towards the nearest point between the middle of the
        first and the middle of the others.
    """

    near: NDArray[np.int32]
    radius_m: float
    round_m: float
    towards: tuple[tuple[int, ...], tuple[int, ...]]

    def press(self, instant: Instant, position: FloatArray, shown: Shown = None) -> None:
        """Move vertices (V, 3) of the body out of the bar; only those ``shown`` (V,) need."""
        axis = np.asarray(instant.bar_position_m[1:], np.float32)
        into, module = self._into(instant), native()
        # a rounded wedge about the cylinder
        edge = self.radius_m * math.hypot(1.0, _GROOVE_SLOPE) + _GROOVE_SLOPE * self.round_m / 2
        edge -= _SUNK_M
        if module is None:
            self._press(axis, into, edge, position)
            return
        groove = edge, _GROOVE_SLOPE, self.round_m, _SOFT_M, _SOFTER, _FLANK_M
        numbers = np.array([*axis, *into, *groove], np.float32)
        module.press_rod(self.near, numbers, position, _ALL if shown is None else shown)

    def _press(self, axis: FloatArray, into: FloatArray, edge: float, position: FloatArray) -> None:
        way = position[self.near, 1:] - axis
        depth, aside = way @ into, way @ np.array([-into[1], into[0]], np.float32)
        groove = edge - _GROOVE_SLOPE * np.hypot(aside, self.round_m)
        soft = np.hypot(_SOFT_M, _SOFTER * aside * np.exp(-((aside / _FLANK_M) ** 2)))
        lack = groove - depth - (soft - _SOFT_M) / 2
        position[self.near, 1:] += 0.5 * (lack + np.hypot(lack, soft))[:, None] * into

    def _into(self, instant: Instant) -> FloatArray:
        """Return the direction (y, z) that it presses in, of length 1."""
        # two numbers at a time: plain ones are several times as quick
        (ay, az), (by, bz) = (_middle(instant, bodies) for bodies in self.towards)
        along_y, along_z, bar = by - ay, bz - az, instant.bar_position_m
        bar_y, bar_z = float(bar[1]), float(bar[2])
        square = max(along_y * along_y + along_z * along_z, 1e-9)
        share = ((bar_y - ay) * along_y + (bar_z - az) * along_z) / square
        share = min(max(share, 0.0), 1.0)
        y, z = ay + share * along_y - bar_y, az + share * along_z - bar_z
        length = math.hypot(y, z)
        return np.array([y / length, z / length], np.float32)


@dataclass(frozen=True, eq=False)
class Grip:
    """A hand round a bar that lies along x: what of it would be in the steel lies on it.

    A vertex deep in the steel, near the axis, would change sides as the hand slips by a millimetre.
    So it leaves the more towards its own side of the hand the deeper it is, and the deeper it is
    in the mean.

    Attributes
    ----------
    bone : int
        The hand's body of the skeleton.
    near : (N,) ndarray of int
        Vertices that come near it.
    own : (N, 3) ndarray
        From the bar's axis to each vertex in the mean over a repetition, in the hand's frame; as
        long as it leaves more that way than straight from the axis.
    radius_m : float
        How far from the axis they stay.
    """

    bone: int
    near: NDArray[np.int32]
    own: FloatArray
    radius_m: float

    @classmethod
    def of(
        cls,
        bone: int,
        near: NDArray[np.int32],
        radius_m: float,
        instants: Sequence[Instant],
        positions: Sequence[FloatArray],
    ) -> Grip:
        """Return the grip of a hand, from the body (V, 3) at some instants."""
        way = np.zeros((len(near), 3))
        for instant, position in zip(instants, positions, strict=True):
            off = position[near] - instant.bar_position_m
            off[:, 0] = 0.0
            way += off @ instant.pose.frame(bone)[:, :3]
        far = np.linalg.norm(way, axis=1)
        middle = np.clip(1.0 - far / (len(instants) * radius_m), 0.0, 1.0)
        pull = _OWN_SIDE * (1.0 + _IN_THE_MIDDLE * middle**2)
        own = way * (pull / far)[:, None]
        return cls(bone, near, own.astype(np.float32), radius_m)

    def press(self, instant: Instant, position: FloatArray, shown: Shown = None) -> None:
        """Move vertices (V, 3) of the hand out of the bar; only those ``shown`` (V,) need."""
        axis = np.asarray(instant.bar_position_m[1:], np.float32)
        turn, module = instant.pose.frame(self.bone)[:, :3], native()
        if module is None:
            self._press(axis, turn, position)
            return
        numbers = np.array([*axis, self.radius_m, _EASE_M, *turn[1], *turn[2]], np.float32)
        module.press_grip(self.own, self.near, numbers, position, _ALL if shown is None else shown)

    def _press(self, axis: FloatArray, turn: Array, position: FloatArray) -> None:
        way = position[self.near, 1:] - axis
        far = np.hypot(way[:, 0], way[:, 1])
        inside = np.flatnonzero(far < self.radius_m)
        own = (self.own[inside] @ turn.T)[:, 1:]
        depth = self.radius_m - far[inside]
        out = way[inside] + (depth**2 / (depth + _EASE_M))[:, None] * own
        length = np.maximum(np.hypot(out[:, 0], out[:, 1]), 1e-6)
        position[self.near[inside], 1:] = axis + out * (self.radius_m / length)[:, None]


@dataclass(frozen=True, eq=False)
class Loop:
    """A band round the outside of a limb, in the frame of its bone.

    Attributes
    ----------
    bone : int
        The body of the skeleton.
    outside : float
        1 where the outside lies towards +z, -1 where it lies towards -z.
    middle_m : (3,) ndarray
        Point inside the limb, at half the band's width.
    half_width_m : float
        Half of the band's width, along y.
    angle : (A,) ndarray
        From the front (0) over the outside to the back (pi), ascending, radians.
    radius_m : (2, A) ndarray
        The inner face at those angles, at the low and at the high edge.
    near : (N,) ndarray of int
        Vertices that come near it.
    """

    bone: int
    outside: float
    middle_m: Array
    half_width_m: float
    angle: Array
    radius_m: Array
    near: NDArray[np.intp]

    def press(self, instant: Instant, position: FloatArray, shown: Shown = None) -> None:
        """Move vertices (V, 3) under the band, towards the limb's middle; see :class:`Press`."""
        near = self.near if shown is None else self.near[shown[self.near] > 0]
        local = instant.pose.seen_from(self.bone, position[near]) - self.middle_m
        # on the inside the band leaves the limb straight ahead: there only x counts
        x, y, z = local[:, 0], local[:, 1], np.maximum(self.outside * local[:, 2], 0.0)
        far, angle = np.hypot(x, z), np.arctan2(z, x)
        share = np.clip(y / self.half_width_m, -1, 1) / 2 + 0.5
        low, high = (np.interp(angle, self.angle, edge) for edge in self.radius_m)
        beside = np.maximum(np.abs(y) - self.half_width_m, 0)  # where flesh rises again
        most = low + share * (high - low) + _SLOPE * beside
        # and where what lies outermost stays outermost
        most += np.minimum(30.0 * beside, 0.3) * np.maximum(far - most, 0.0)
        inside = np.flatnonzero(far > most)
        if len(inside):
            local[inside] *= np.where(
                [True, False, True], (most[inside] / far[inside])[:, None], 1.0
            )
            frame = instant.pose.frame(self.bone)
            moved = local[inside] + self.middle_m
            position[near[inside]] = frame[:, 3] + moved @ frame[:, :3].T
