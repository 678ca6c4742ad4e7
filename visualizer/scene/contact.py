"""Flesh gives way to what it touches instead of passing through it.

The linkage puts the skeleton where bench and floor are, and the bar where the hips carry it; skin
and muscle would sink in by up to a centimetre and a half. Vertices inside something solid are moved
out of it the shortest way. That is not a soft-tissue model: depths are so small that the eye only
misses it when it is not done.

Boxes (bench, mat) concern every vertex and are left to the kernel, see
:meth:`visualizer.render.Rasterizer.push_out`. A bar and a band touch few vertices, which are found
once, on the body's way: :class:`Rod` and :class:`Loop`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from visualizer.exercise.repetition import Instant

__all__ = ["Cuboid", "Loop", "Press", "Rod", "box_rows"]

FloatArray = NDArray[np.float32]
Array = NDArray[np.float64]

# How steeply flesh rises beside what presses it in.
_SLOPE = 0.5
# The groove in which a bar lies on the hips: as steep at its sides, round over this half-width; and
# over which depth flesh gives way softly, so that nothing jumps while it slides through.
_GROOVE_SLOPE, _GROOVE_M, _SOFT_M = 1.0, 0.020, 0.014
# how much nearer to the axis than its radius the groove's bottom is: softness makes up for it
_SUNK_M = 0.004


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

    def press(self, instant: Instant, position: FloatArray) -> None:
        """Move vertices (V, 3) of the body out of it, in place."""


@dataclass(frozen=True, eq=False)
class Rod:
    """A round bar that lies across the body, along x.

    Where it is loaded on the body, flesh gives way in one direction, and rises beside it: pushed
    away from the axis, what lies on the bar's far side would spread over it like a star.

    Attributes
    ----------
    near : (N,) ndarray of int
        Vertices that come near it.
    radius_m : (N,) ndarray
        How far from its axis each of them stays: the steel, or the foam pressed against it.
    seat : (N,) ndarray of bool
        Which of them it is loaded on.
    bodies : tuple of int
        Bodies of the skeleton towards whose middle it presses these.
    """

    near: NDArray[np.intp]
    radius_m: FloatArray
    seat: NDArray[np.bool_]
    bodies: tuple[int, ...]

    def press(self, instant: Instant, position: FloatArray) -> None:
        """Move vertices (V, 3) of the body out of the bar."""
        axis = np.asarray(instant.bar_position_m[1:], np.float32)
        way = position[self.near, 1:] - axis
        far = np.hypot(way[:, 0], way[:, 1])
        into = instant.pose.body_position[list(self.bodies), 1:].mean(axis=0) - axis
        into = (into / np.linalg.norm(into)).astype(np.float32)
        depth, aside = way @ into, way @ np.array([-into[1], into[0]], np.float32)
        # a rounded wedge about the cylinder
        edge = self.radius_m * math.hypot(1.0, _GROOVE_SLOPE) + _GROOVE_SLOPE * _GROOVE_M / 2
        groove = edge - _SUNK_M - _GROOVE_SLOPE * np.hypot(aside, _GROOVE_M)
        lack = (groove - depth)[self.seat]
        lift = 0.5 * (lack + np.hypot(lack, _SOFT_M))
        position[self.near[self.seat], 1:] += lift[:, None] * into
        inside = np.flatnonzero((far < self.radius_m) & ~self.seat)
        out = self.radius_m[inside] / np.maximum(far[inside], 1e-6)
        position[self.near[inside], 1:] = axis + way[inside] * out[:, None]


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

    def press(self, instant: Instant, position: FloatArray) -> None:
        """Move vertices (V, 3) of the body under the band, towards the limb's middle."""
        local = instant.pose.seen_from(self.bone, position[self.near]) - self.middle_m
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
            position[self.near[inside]] = frame[:, 3] + moved @ frame[:, :3].T
