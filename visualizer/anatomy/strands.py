"""Centre lines of muscles with their moving frames.

A muscle is carried by one or more *strands*: centre lines of K knots from origin to insertion.
Every vertex of the body's surface follows one or two neighbouring knots of one or two strands, or
a bone, so a pose is known once each knot and each bone has an affine frame (rest → posed).

**Where the knots go.** The number of points on a muscle's path changes with the pose (wrapping
comes and goes), but its sites do not. So a knot of a *path strand* is kept as (interval between
sites, fraction of its arc length). A *free strand*, authored from bone landmarks, has knots that
blend the motion of two bodies. Both are smoothed along the strand, ten passes of ¼ ½ ¼: with
four the flexed buttock shows a corner.

**How the frames turn.** A knot's rotation is the blend of two bodies' rotations, followed by the
smallest rotation that brings the strand's rest tangent onto its present one: no twist is invented.

**Volume.** A muscle that shortens thickens: across the strand the frame scales by λ^−p, with λ
the muscle's length relative to rest and p near ½, fitted per muscle when the body was baked.

Everything is laid out as (K, S) arrays, one per coordinate, in float32. ``strands.c`` does the same
over the same arrays in a quarter of the time; where it was not built, numpy serves, and the tests
hold the two together.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.bones import RestBodies
from visualizer.anatomy.native import SITE, native
from visualizer.anatomy.rotations import Quaternion, product, rotation_rows
from visualizer.anatomy.skeleton import SkeletonPose
from visualizer.anatomy.swell import Swell

__all__ = ["SMOOTHING_PASSES", "RestBodies", "Strands", "smoothing_matrix"]

Array = NDArray[np.float32]
IntArray = NDArray[np.int64]
Vector = tuple[Array, Array, Array]

SMOOTHING_PASSES = 10
# Beyond these a muscle would swell or thin out of all proportion (a fully folded knee).
_LENGTH_RATIO_LIMITS = (0.5, 1.8)
# Two opposite tangents have no smallest rotation between them; this keeps it finite.
_SMALLEST_HALF_TURN = np.float32(0.05)


def smoothing_matrix(knots: int, passes: int = SMOOTHING_PASSES) -> Array:
    """Return the (K, K) matrix that smooths K knots along a strand and keeps its ends."""
    once = np.eye(knots)
    for k in range(1, knots - 1):
        once[k, k - 1 : k + 2] = 0.25, 0.5, 0.25
    return np.linalg.matrix_power(once, passes).astype(np.float32)


class Strands:
    """All strands of the body.

    Parameters
    ----------
    rest_knots : (K, S, 3) array_like
        Knots at rest, smoothed, metres; path strands first.
    tendons : (P,) array_like of int
        The tendon of each path strand in the skeleton.
    interval, fraction : (K, P) array_like
        Place of each path strand's knots: interval between sites, fraction of its arc length.
    free_knots : (K, S - P, 3) array_like
        Knots of the free strands at rest before smoothing, metres.
    bodies : (2, K, S) array_like of int
        The two bodies whose motion each knot blends.
    body_weight : (K, S) array_like
        Share of the first of them.
    muscle_of_strand : (S,) array_like of int
        Which muscle (of one side) each strand belongs to.
    exponent : (M,) array_like
        Per muscle, p in the radial scale λ^−p.
    rest_bodies : RestBodies
        The skeleton at rest, all its bodies.
    """

    def __init__(
        self,
        rest_knots: Any,
        tendons: Any,
        interval: Any,
        fraction: Any,
        free_knots: Any,
        bodies: Any,
        body_weight: Any,
        muscle_of_strand: Any,
        exponent: Any,
        rest_bodies: RestBodies,
    ) -> None:
        # the arrays lie as strands.c reads them; numpy takes the same ones
        self.rest_knots = np.asarray(rest_knots, np.float32)
        self.knot_count, self.strand_count = self.rest_knots.shape[:2]
        self.tendons = np.ascontiguousarray(tendons, np.int32)
        self.muscle_of_strand = np.ascontiguousarray(muscle_of_strand, np.int32)
        self.exponent = np.ascontiguousarray(exponent, np.float32)
        self.rest_bodies = rest_bodies
        self._interval = np.ascontiguousarray(interval, np.int32)
        self._fraction = np.ascontiguousarray(fraction, np.float64)
        self._bodies = np.ascontiguousarray(bodies, np.int32)
        self._weight = np.ascontiguousarray(body_weight, np.float32)
        self._smooth = smoothing_matrix(self.knot_count)
        self._free = _coordinates(free_knots)
        self._rest = _coordinates(self.rest_knots)
        tangent, rest_length = _tangents(_planes(self._rest))
        self._rest_tangent = np.stack(tangent)
        self._rest_length = np.maximum(rest_length, np.float32(1e-6))
        self._true = Swell.none(self.knot_count, self.strand_count)
        muscles = len(self.exponent)
        self._members = np.bincount(self.muscle_of_strand, minlength=muscles)
        self.native = native()
        self._limits = np.array([*_LENGTH_RATIO_LIMITS, _SMALLEST_HALF_TURN], np.float32)
        self._workspaces = threading.local()

    @property
    def _scratch(self) -> Array:
        """The calling thread's room for what the kernel keeps meanwhile."""
        scratch: Array | None = getattr(self._workspaces, "scratch", None)
        if scratch is None:
            muscles = len(self.exponent)
            knots = 9 * self.knot_count * self.strand_count
            scratch = np.empty(knots + 2 * self.strand_count + 6 * muscles, np.float32)
            self._workspaces.scratch = scratch
        return scratch

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Strands:
        """Return the strands stored under ``strand_*`` and ``rest_body_*`` keys."""
        return cls(
            rest_knots=arrays["strand_rest_knots"],
            tendons=arrays["strand_tendon"],
            interval=arrays["strand_interval"],
            fraction=arrays["strand_fraction"],
            free_knots=arrays["strand_free_knots"],
            bodies=arrays["strand_bodies"],
            body_weight=arrays["strand_body_weight"],
            muscle_of_strand=arrays["strand_muscle"],
            exponent=arrays["strand_exponent"],
            rest_bodies=RestBodies(
                np.ascontiguousarray(arrays["rest_body_position"], np.float64),
                np.ascontiguousarray(arrays["rest_body_quaternion"], np.float64),
            ),
        )

    # ------------------------------------------------------------------------------- knots
    def raw_knots(self, pose: SkeletonPose, body_frames: NDArray[np.floating[Any]]) -> Array:
        """Return the knots of a pose before smoothing, (3, K, S) metres."""
        paths = len(self.tendons)
        knots = np.empty((3, self.knot_count, self.strand_count), np.float32)
        if paths:
            knots[:, :, :paths] = self._path_knots(pose)
        if paths < self.strand_count:
            frames = body_frames.astype(np.float32, copy=False)
            x, y, z = self._free
            w, bodies = self._weight[:, paths:], self._bodies[:, :, paths:]
            for axis in range(3):
                a, b, c, d = (np.ascontiguousarray(frames[:, axis, k]) for k in range(4))
                moved = [a[i] * x + b[i] * y + c[i] * z + d[i] for i in bodies]
                knots[axis, :, paths:] = moved[1] + (moved[0] - moved[1]) * w
        return knots

    def knots(self, pose: SkeletonPose, body_frames: NDArray[np.floating[Any]]) -> Array:
        """Return the smoothed knots of a pose, (3, K, S) metres."""
        return np.asarray(np.matmul(self._smooth, self.raw_knots(pose, body_frames)), np.float32)

    def _path_knots(self, pose: SkeletonPose) -> NDArray[np.float64]:
        start, count = pose.path_start[self.tendons], pose.path_count[self.tendons]
        total = int(count.sum())
        before = np.concatenate(([0], np.cumsum(count)[:-1]))
        index = np.repeat(start - before, count) + np.arange(total)
        points = pose.path_points[index]
        step = np.zeros(total)
        step[1:] = np.linalg.norm(np.diff(points, axis=0), axis=1)
        # a metre between one path and the next keeps the running length monotone across them
        step[before] = 1.0
        running = np.cumsum(step)
        site = np.flatnonzero(pose.path_object[index] == SITE)
        site_running = running[site]
        # the first site of each path is its first point
        first_site = np.searchsorted(site, before)
        k = first_site[None, :] + self._interval
        low, high = site_running[k], site_running[k + 1]
        place = low + (high - low) * self._fraction
        segment = np.searchsorted(running, place.ravel(), side="right") - 1
        segment = np.clip(segment, 0, total - 2).reshape(place.shape)
        length = np.maximum(running[segment + 1] - running[segment], 1e-12)
        share = np.clip((place - running[segment]) / length, 0.0, 1.0)[..., None]
        out = points[segment] * (1 - share) + points[segment + 1] * share
        return np.moveaxis(out, 2, 0)

    # ------------------------------------------------------------------------------ frames
    def length_ratio(self, knots: Array) -> Array:
        """Return each muscle's length relative to rest, (M,), from smoothed knots (3, K, S)."""
        _, length = _tangents(_planes(knots))
        return self._ratio(length)

    def _ratio(self, length: Array) -> Array:
        relative = length / self._rest_length
        mean = np.bincount(self.muscle_of_strand, relative, len(self.exponent)) / self._members
        return np.clip(mean, *_LENGTH_RATIO_LIMITS).astype(np.float32)

    def frames(
        self,
        pose: SkeletonPose,
        motion: tuple[Array, Array],
        out: Array,
        swell: Swell | None = None,
    ) -> None:
        """Write the affine frames of all knots, ordered k · S + s.

        Parameters
        ----------
        pose : SkeletonPose
            The skeleton.
        motion : tuple of ndarray
            What :meth:`RestBodies.moved` returns for it.
        out : (K · S, 3, 4) float32 ndarray
            Where to write.
        swell : Swell, optional
            By how much muscles are drawn thicker than they are.
        """
        swell = swell or self._true
        if self.native is None:
            self._frames(pose, motion, out, swell.thicker)
            swell.part(out, self.rest_knots, self.muscle_of_strand)
            return
        self.native.frames(
            pose.path_points,
            pose.path_object,
            pose.path_start,
            pose.path_count,
            self.tendons,
            self._interval,
            self._fraction,
            self._free,
            self._bodies,
            self._weight,
            *motion,
            self._rest,
            self._rest_tangent,
            self._rest_length,
            self.muscle_of_strand,
            self.exponent,
            swell.profile,
            swell.extra,
            swell.broad,
            swell.apart,
            self._limits,
            self._scratch,
            out,
            SMOOTHING_PASSES,
        )

    def _frames(
        self,
        pose: SkeletonPose,
        motion: tuple[Array, Array],
        out: Array,
        drawn: Array,
    ) -> None:
        turn, body_frames = motion
        knots = self.knots(pose, body_frames)
        position = _planes(knots)
        tangent, length = _tangents(position)
        ratio = self._ratio(length)
        scale = (ratio**-self.exponent)[self.muscle_of_strand][None, :] * drawn

        blend = self._blend(turn)
        rest_tangent, rest = _planes(self._rest_tangent), _planes(self._rest)
        carried = _rotate(blend, rest_tangent)
        rotation = rotation_rows(product(_smallest_turn(carried, tangent), blend))

        frame = out.reshape(self.knot_count, self.strand_count, 3, 4)
        along = np.float32(1.0) - scale
        for i in range(3):
            offset = position[i]
            lift = along * tangent[i]
            for j in range(3):
                entry = rotation[i][j] * scale + lift * rest_tangent[j]
                frame[:, :, i, j] = entry
                offset = offset - entry * rest[j]
            frame[:, :, i, 3] = offset

    def _blend(self, turn: Array) -> Quaternion:
        one = [np.ascontiguousarray(turn[:, k]) for k in range(4)]
        a, b = ([c[bodies] for c in one] for bodies in self._bodies)
        same = a[0] * b[0] + a[1] * b[1] + a[2] * b[2] + a[3] * b[3]
        wa = self._weight
        wb = np.where(same < 0, wa - 1, 1 - wa)
        q = [x * wa + y * wb for x, y in zip(a, b, strict=True)]
        scale = 1 / np.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2] + q[3] * q[3])
        return q[0] * scale, q[1] * scale, q[2] * scale, q[3] * scale


# ------------------------------------------------------------------------------------ geometry
def _coordinates(points: Any) -> Array:
    """Return points (K, S, 3) as (3, K, S), one plane per coordinate."""
    return np.ascontiguousarray(np.moveaxis(np.asarray(points, np.float32), 2, 0))


def _planes(knots: Array) -> Vector:
    return knots[0], knots[1], knots[2]


def _tangents(points: Vector) -> tuple[Vector, Array]:
    """Return unit tangents, each (K, S), and lengths (S,) of strands."""
    square = np.zeros_like(points[0][1:])
    for c in points:
        step = c[1:] - c[:-1]
        square += step * step
    length = np.sqrt(square).sum(0)
    tangent = []
    norm = np.zeros_like(points[0])
    for c in points:
        t = np.empty_like(c)
        t[1:-1] = c[2:] - c[:-2]
        t[0] = c[1] - c[0]
        t[-1] = c[-1] - c[-2]
        norm += t * t
        tangent.append(t)
    inverse = (1 / np.maximum(np.sqrt(norm), np.float32(1e-9))).astype(np.float32, copy=False)
    return (tangent[0] * inverse, tangent[1] * inverse, tangent[2] * inverse), length


def _rotate(q: Quaternion, v: Vector) -> Vector:
    w, x, y, z = q
    a, b, c = v
    tx, ty, tz = 2 * (y * c - z * b), 2 * (z * a - x * c), 2 * (x * b - y * a)
    return (
        a + w * tx + y * tz - z * ty,
        b + w * ty + z * tx - x * tz,
        c + w * tz + x * ty - y * tx,
    )


def _smallest_turn(a: Vector, b: Vector) -> Quaternion:
    """Return the smallest rotation from unit vectors ``a`` to ``b``."""
    w = np.maximum(1 + a[0] * b[0] + a[1] * b[1] + a[2] * b[2], _SMALLEST_HALF_TURN)
    x = a[1] * b[2] - a[2] * b[1]
    y = a[2] * b[0] - a[0] * b[2]
    z = a[0] * b[1] - a[1] * b[0]
    n = 1 / np.sqrt(w * w + x * x + y * y + z * z)
    return w * n, x * n, y * n, z * n
