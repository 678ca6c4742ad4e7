"""Forces and moments of a planar chain that is held at its foot and at its back.

Idea
    Whatever feet and back push with, together they must move all masses as they move: three
    equations for five unknowns (foot: horizontal, vertical, centre of pressure; back: two).
    Every moment is therefore a linear function of two free forces, the horizontal ``h`` and
    vertical ``v`` force under the feet, within limits that are linear too: the pressure stays
    under the foot, feet and back do not slip, nothing pulls. One further condition, no ankle
    moment, leaves one freedom; asking for the least friction closes it.

Plane
    Vectors are (y, z): y towards the head, z up. Moments are about x, positive from y to z. The
    feet lie at smaller y than the hips, so extending the hip turns the thigh by a positive
    moment, extending the knee turns the shank by a negative one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from visualizer.lifts.bodies import Bodies
from visualizer.lifts.dynamics import FrictionEnd, Interval

__all__ = ["Chain", "Reactions", "solve"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Chain:
    """A body held at its foot and its back.

    Attributes
    ----------
    bodies : Bodies
        All of them.
    foot, shank, thigh : list of int
        Which bodies belong to these (of both legs where both work); the others are above the hip.
    back_m, hip_m, knee_m, ankle_m : (N, 2) ndarray
        Contact of the back, and joint centres.
    heel_y_m, ball_y_m : (N,) ndarray
        Between these the centre of pressure lies, on the floor z = 0; the ball has the smaller y.
    lean_rad : (N,) ndarray
        Lean of the back's contact normal from the vertical towards the feet.
    friction : float
        Largest coefficient of friction.
    gravity : float
        m/s².
    """

    bodies: Bodies
    foot: list[int]
    shank: list[int]
    thigh: list[int]
    back_m: Array
    hip_m: Array
    knee_m: Array
    ankle_m: Array
    heel_y_m: Array
    ball_y_m: Array
    lean_rad: Array
    friction: float
    gravity: float = 9.81


@dataclass(frozen=True)
class Reactions:
    """Solution of a chain; all arrays (N,), forces and moments of all legs together.

    Attributes
    ----------
    foot_y_n, foot_z_n : ndarray
        Force of the floor on the feet, towards the head and upwards.
    pressure_y_m : ndarray
        Centre of pressure.
    back_y_n, back_z_n : ndarray
        Force on the back.
    friction_needed : ndarray
        The coefficient of friction that feet and back need for this solution.
    hip_nm, knee_nm, ankle_nm : ndarray
        Net moments: extensor positive, at the ankle plantar flexor positive.
    hip_friction_nm, knee_friction_nm : Interval
        Without ankle moment, for every horizontal force that friction holds.
    hip_contact_nm, knee_contact_nm : Interval
        For any horizontal force and any centre of pressure under the foot.
    ends : tuple of FrictionEnd
        The two horizontal forces at the ends of what friction holds, without ankle moment.
    """

    foot_y_n: Array
    foot_z_n: Array
    pressure_y_m: Array
    back_y_n: Array
    back_z_n: Array
    friction_needed: Array
    hip_nm: Array
    knee_nm: Array
    ankle_nm: Array
    hip_friction_nm: Interval
    knee_friction_nm: Interval
    hip_contact_nm: Interval
    knee_contact_nm: Interval
    ends: tuple[FrictionEnd, ...]


@dataclass(frozen=True)
class _Linear:
    """``constant + h · per_h + v · per_v``, each (N,)."""

    constant: Array
    per_h: Array
    per_v: Array

    def __call__(self, h: Array, v: Array) -> Array:
        return np.asarray(self.constant + self.per_h * h + self.per_v * v)

    def __mul__(self, factor: float) -> _Linear:
        return _Linear(self.constant * factor, self.per_h * factor, self.per_v * factor)


def solve(chain: Chain) -> Reactions:
    """Return the reactions and moments of a chain; see the module for the idea."""
    force, about_back = chain.bodies.demand(chain.back_m, chain.gravity)
    one, zero = np.ones(len(about_back)), np.zeros(len(about_back))
    back_y, back_z = chain.back_m.T
    # moment of the floor's force about the point below the origin: pressure_y · v
    turning = _Linear(about_back, -back_z * one, back_y * one)

    def joint(members: list[int], at_m: Array, sign: float) -> _Linear:
        _, need = chain.bodies.only(members).demand(at_m, chain.gravity)
        y, z = at_m.T
        return _Linear(need - turning.constant, -turning.per_h - z, -turning.per_v + y) * sign

    hip = joint(chain.foot + chain.shank + chain.thigh, chain.hip_m, 1.0)
    knee = joint(chain.foot + chain.shank, chain.knee_m, -1.0)
    ankle = joint(chain.foot, chain.ankle_m, 1.0)
    limits = [
        _Linear(-turning.constant, -turning.per_h, chain.heel_y_m - turning.per_v),
        _Linear(turning.constant, turning.per_h, turning.per_v - chain.ball_y_m),
        _Linear(zero, one, chain.friction * one),
        _Linear(zero, -one, chain.friction * one),
        *_cone(force, chain.lean_rad, chain.friction),
    ]

    # no ankle moment: v follows from h
    def vertical(h: Array) -> Array:
        return np.asarray(-(ankle.constant + ankle.per_h * h) / ankle.per_v)

    h = _least_friction(force, chain.lean_rad, vertical)
    v = vertical(h)
    slope = -ankle.per_h / ankle.per_v
    start = vertical(zero)
    low, high = h.copy(), h.copy()
    along = [(c.constant + c.per_v * start, c.per_h + c.per_v * slope) for c in limits]
    left, right = _between(along, one)
    some = left <= right
    low[some], high[some] = np.minimum(h, left)[some], np.maximum(h, right)[some]
    ends = [(low, vertical(low)), (high, vertical(high))]
    corners = _corners(limits)

    def over_friction(quantity: _Linear) -> Interval:
        return _interval([quantity(*e) for e in [*ends, (h, v)]])

    def over_contact(quantity: _Linear) -> Interval:
        inside = [np.where(ok, quantity(a, b), quantity(h, v)) for a, b, ok in corners]
        return _interval([*inside, *(quantity(*e) for e in [*ends, (h, v)])])

    return Reactions(
        foot_y_n=h,
        foot_z_n=v,
        pressure_y_m=turning(h, v) / v,
        back_y_n=force[:, 0] - h,
        back_z_n=force[:, 1] - v,
        friction_needed=np.abs(h / v),
        hip_nm=hip(h, v),
        knee_nm=knee(h, v),
        ankle_nm=ankle(h, v),
        hip_friction_nm=over_friction(hip),
        knee_friction_nm=over_friction(knee),
        hip_contact_nm=over_contact(hip),
        knee_contact_nm=over_contact(knee),
        ends=tuple(FrictionEnd(a, b, turning(a, b) / b, hip(a, b), knee(a, b)) for a, b in ends),
    )


def _cone(force: Array, lean: Array, friction: float) -> list[_Linear]:
    """Return the two sides of the friction cone at the back, each to be at least zero."""
    half = np.arctan(friction)
    sides = []
    for edge, sign in ((lean - half, -1.0), (lean + half, 1.0)):
        # the edge points along (−sin, cos); the force lies on its inner side
        inner_y, inner_z = sign * np.cos(edge), sign * np.sin(edge)
        sides.append(_Linear(inner_y * force[:, 0] + inner_z * force[:, 1], -inner_y, -inner_z))
    return sides


def _least_friction(force: Array, lean: Array, vertical: Callable[[Array], Array]) -> Array:
    """Return the horizontal force (N,) at which feet and back need the same friction."""
    weight = np.abs(force[:, 1])
    low, high = -3.0 * weight, 3.0 * weight
    for _ in range(60):
        h = (low + high) / 2
        v = vertical(h)
        at_foot = np.arctan2(h, v)
        at_back = lean - np.arctan2(-(force[:, 0] - h), force[:, 1] - v)
        high = np.where(at_foot > at_back, h, high)
        low = np.where(at_foot > at_back, low, h)
    return np.asarray((low + high) / 2)


def _between(conditions: list[tuple[Array, Array]], one: Array) -> tuple[Array, Array]:
    """Return where ``a + b·h ≥ 0`` holds for all conditions: from … to, (N,) each."""
    left, right = -1e9 * one, 1e9 * one
    for a, b in conditions:
        flat = np.abs(b) < 1e-12
        edge = -a / np.where(flat, 1.0, b)
        left = np.where(~flat & (b > 0), np.maximum(left, edge), left)
        right = np.where(~flat & (b < 0), np.minimum(right, edge), right)
        right = np.where(flat & (a < 0), -2e9, right)
    return left, right


def _corners(limits: list[_Linear]) -> list[tuple[Array, Array, NDArray[np.bool_]]]:
    """Return the crossings (h, v) of all pairs of limits, and whether all limits hold there."""
    found = []
    for a, b in combinations(limits, 2):
        determinant = a.per_h * b.per_v - a.per_v * b.per_h
        crossing = np.abs(determinant) > 1e-9
        safe = np.where(crossing, determinant, 1.0)
        h = (a.per_v * b.constant - b.per_v * a.constant) / safe
        v = (b.per_h * a.constant - a.per_h * b.constant) / safe
        size = 1e-7 * (1 + np.abs(h) + np.abs(v))
        inside = crossing & np.all([c(h, v) >= -size for c in limits], axis=0)
        found.append((h, v, inside))
    return found


def _interval(values: list[Array]) -> Interval:
    stacked = np.array(values)
    return Interval(stacked.min(0), stacked.max(0))
