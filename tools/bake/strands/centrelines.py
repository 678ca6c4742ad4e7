"""Strands of both sides as knots: the arrays that the run time's ``Strands`` is made of.

Path strands come first, then free ones; within each, the right side's muscles in the order of
the table, then the mirror images. So the left twin of a strand is found by its place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.bake.skeleton.rest import Rest, mirrored_name
from tools.bake.strands.strand import BodyBlend, FreeStrand, PathStrand, Strand
from visualizer.anatomy.strands import Strands, smoothing_matrix

__all__ = ["KNOTS", "Centrelines"]

Array = NDArray[np.float64]
IntArray = NDArray[np.int64]

KNOTS = 24
_BODY_SMOOTHING_PASSES = 14


def _spline(points: Array, n: int) -> Array:
    """Return ``n`` points, evenly spaced, of the smooth curve through ``points``."""
    from scipy.interpolate import CubicSpline

    chord = np.linalg.norm(np.diff(points, axis=0), axis=1) ** 0.7
    s = np.concatenate(([0.0], np.cumsum(chord)))
    fine = np.linspace(0, s[-1], 400)
    if len(points) == 2:
        curve = points[0] + (points[1] - points[0]) * (fine / s[-1])[:, None]
    else:
        curve = CubicSpline(s, points, bc_type="natural")(fine)
    length = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(curve, axis=0), axis=1))))
    at = np.linspace(0, length[-1], n)
    return np.stack([np.interp(at, length, curve[:, k]) for k in range(3)], 1)


@dataclass(frozen=True)
class _Knots:
    """One strand: its knots and the share of each body in each knot's motion."""

    muscle: str
    side: str
    tendon: int
    interval: IntArray
    fraction: Array
    raw: Array
    shares: Array


@dataclass(frozen=True)
class Centrelines:
    """All strands and who they belong to.

    Attributes
    ----------
    strands : Strands
        The run-time object.
    muscles : tuple of str
        Muscle ids, in the order of ``strand.muscle // 2`` (right 2 m, left 2 m + 1).
    right : mapping of str to ndarray of int
        Strand indices of each muscle's right side, in authored order.
    left_twin : (S,) ndarray of int
        Strand on the other side.
    arrays : mapping of str to ndarray
        What the asset stores.
    """

    strands: Strands
    muscles: tuple[str, ...]
    right: Mapping[str, IntArray]
    left_twin: IntArray
    arrays: Mapping[str, NDArray[np.generic]]

    @property
    def rest(self) -> Array:
        """Smoothed knots at rest by strand, (S, K, 3) metres."""
        return np.swapaxes(self.strands.rest_knots, 0, 1).astype(float)

    @classmethod
    def build(
        cls, rest: Rest, strands: Mapping[str, list[Strand]], exponent: Mapping[str, float]
    ) -> Centrelines:
        """Lay the knots of right-side ``strands`` and their mirror images."""
        muscles = tuple(strands)
        rows = [
            _knots(rest, muscle, side, strand)
            for want_path in (True, False)
            for side in "rl"
            for muscle in muscles
            for strand in strands[muscle]
            if isinstance(strand, PathStrand) == want_path
        ]
        paths = sum(r.tendon >= 0 for r in rows)
        shares = np.array([r.shares for r in rows])
        top = np.argsort(-shares, axis=2, kind="stable")[:, :, :2]
        weight = np.take_along_axis(shares, top, 2)
        weight /= weight.sum(2, keepdims=True)
        raw = np.array([r.raw for r in rows])
        smooth = smoothing_matrix(KNOTS).astype(float)
        knots = np.einsum("kj,sjc->ksc", smooth, raw)
        number = {(m, s): 2 * i + (s == "l") for i, m in enumerate(muscles) for s in "rl"}
        muscle_of = np.array([number[r.muscle, r.side] for r in rows])
        p = np.repeat([exponent.get(m, 0.5) for m in muscles], 2)
        arrays = {
            "strand_rest_knots": knots.astype(np.float32),
            "strand_tendon": np.array([r.tendon for r in rows[:paths]], np.int32),
            "strand_interval": np.array([r.interval for r in rows[:paths]], np.uint8).T.copy(),
            "strand_fraction": np.array([r.fraction for r in rows[:paths]], np.float32).T.copy(),
            "strand_free_knots": np.swapaxes(raw[paths:], 0, 1).astype(np.float32),
            "strand_bodies": np.moveaxis(top, 2, 0).swapaxes(1, 2).astype(np.uint8),
            "strand_body_weight": weight[:, :, 0].T.astype(np.float32),
            "strand_muscle": muscle_of.astype(np.int16),
            "strand_exponent": p.astype(np.float32),
            "rest_body_position": rest.pose.body_position,
            "rest_body_quaternion": rest.pose.body_quaternion,
        }
        right = {
            m: np.flatnonzero(muscle_of == number[m, "r"])[_authored_order(strands[m])]
            for m in muscles
        }
        left = {
            m: np.flatnonzero(muscle_of == number[m, "l"])[_authored_order(strands[m])]
            for m in muscles
        }
        twin = np.empty(len(rows), np.int64)
        for m in muscles:
            twin[right[m]], twin[left[m]] = left[m], right[m]
        return cls(Strands.from_arrays(arrays), muscles, right, twin, arrays)


def _authored_order(strands: list[Strand]) -> IntArray:
    """Return the places, in an array with paths before free strands, of strands as authored."""
    is_path = np.array([isinstance(s, PathStrand) for s in strands])
    place = np.empty(len(strands), np.int64)
    place[is_path] = np.arange(is_path.sum())
    place[~is_path] = is_path.sum() + np.arange((~is_path).sum())
    return place


def _knots(rest: Rest, muscle: str, side: str, strand: Strand) -> _Knots:
    if isinstance(strand, PathStrand):
        return _path_knots(rest, muscle, side, strand)
    return _free_knots(rest, muscle, side, strand)


def _smooth_shares(shares: Array) -> Array:
    for _ in range(_BODY_SMOOTHING_PASSES):
        shares[1:-1] = 0.25 * shares[:-2] + 0.5 * shares[1:-1] + 0.25 * shares[2:]
    return shares


def _path_knots(rest: Rest, muscle: str, side: str, strand: PathStrand) -> _Knots:
    name = strand.tendon if side == "r" else mirrored_name(strand.tendon)
    t = rest.skeleton.tendon(name)
    pose = rest.pose
    start, count = int(pose.path_start[t]), int(pose.path_count[t])
    points = pose.path_points[start : start + count]
    running = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))))
    site = running[pose.path_object[start : start + count] == -1]
    place = np.linspace(0, running[-1], KNOTS)
    interval = np.clip(np.searchsorted(site, place, side="right") - 1, 0, len(site) - 2)
    length = np.maximum(site[interval + 1] - site[interval], 1e-9)
    fraction = np.clip((place - site[interval]) / length, 0, 1)
    bodies = rest.skeleton.tendon_site_bodies(t)
    shares = np.zeros((KNOTS, len(rest.skeleton.body_names)))
    eased = fraction * fraction * (3 - 2 * fraction)
    for k in range(KNOTS):
        shares[k, bodies[interval[k]]] += 1 - eased[k]
        shares[k, bodies[interval[k] + 1]] += eased[k]
    raw = np.stack([np.interp(place, running, points[:, c]) for c in range(3)], 1)
    return _Knots(muscle, side, t, interval, fraction, raw, _smooth_shares(shares))


def _free_knots(rest: Rest, muscle: str, side: str, strand: FreeStrand) -> _Knots:
    points = strand.points.copy()
    if side == "l":
        points[:, 0] = 2 * rest.midplane_x_m - points[:, 0]
    chord = np.concatenate(([0.0], np.cumsum(np.linalg.norm(np.diff(points, axis=0), axis=1))))
    chord /= chord[-1]
    shares = np.zeros((KNOTS, len(rest.skeleton.body_names)))
    for k, u in enumerate(np.linspace(0, 1, KNOTS)):
        j = min(int(np.searchsorted(chord, u, side="right")) - 1, len(points) - 2)
        f = (u - chord[j]) / (chord[j + 1] - chord[j])
        _add(rest, shares[k], strand.bodies[j], 1 - f, side)
        _add(rest, shares[k], strand.bodies[j + 1], f, side)
    nothing = np.zeros(KNOTS)
    return _Knots(
        muscle, side, -1, nothing.astype(np.int64), nothing, _spline(points, KNOTS),
        _smooth_shares(shares),
    )  # fmt: skip


def _add(rest: Rest, row: Array, blend: BodyBlend, share: float, side: str) -> None:
    for body, part in blend:
        name = body if side == "r" else mirrored_name(body)
        row[rest.skeleton.body(name)] += share * part
