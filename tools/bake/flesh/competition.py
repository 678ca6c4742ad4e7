"""Who owns which point of space: the muscles' fields and their competition.

Each muscle is a union of round cones along its strands. A point's claim by a muscle is (distance
to the strand / radius there) / bias, the smallest claim wins: neighbours meet where both are
equally deep in their own flesh, thick bellies push thin ones aside. Voids between muscles and
bones are closed by a ball of 10 mm and go to the nearest claimant, at most a share of its radius
away; nothing makes the body look more like a body.

A ribbon that lies over thick bellies would lose every such contest. So muscles have layers: those
of a higher one compete among themselves only, and what they win is cut from all beneath them.
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass

import numba
import numpy as np
from numpy.typing import NDArray

from tools.bake.geometry.grid import Grid
from tools.bake.muscles.record import AuthoredMuscle
from tools.bake.strands.centrelines import KNOTS, Centrelines

__all__ = ["Competition", "FleshClaim", "FleshLayer", "MuscleFlesh", "compete", "reach_m"]

Array = NDArray[np.float64]
Volume = NDArray[np.float32]

_NOBODY = 99.0
# how far beyond a muscle's radius its field is kept
_MARGIN_M = 0.016
_OUTSIDE_M = 0.03
_CLOSING_M = 0.010
# the ball that closes voids beneath the fascia of the lower leg, which presses muscles together
_WRAPPED_CLOSING_M = 0.022
_LEAST_REACH_M, _SHEET_REACH_M = 0.0018, 0.0004
_SHEET_SPACING_M = 0.0045
# of a line where there is no flesh: far below the grid's step
_NO_RADIUS_M = 0.0002
# the share of the radius that is left where tendons cross a belly
_INSCRIPTION = 0.62


@dataclass(frozen=True)
class MuscleFlesh:
    """A muscle as polylines with radii: what its field is computed from.

    Attributes
    ----------
    muscle : AuthoredMuscle
        Its row of the table.
    lines : (n, K, 3) ndarray
        Strands, for sheets with more between them, metres.
    profile : (K,) ndarray
        Relative radius along them.
    widths : (n,) ndarray
        Relative radius across them.
    strand_count : int
        Number of authored strands.
    """

    muscle: AuthoredMuscle
    lines: Array
    profile: Array
    widths: Array
    strand_count: int

    @classmethod
    def build(cls, muscle: AuthoredMuscle, centrelines: Centrelines) -> MuscleFlesh:
        """Fill in the strands of one muscle's right side."""
        strands = centrelines.right[muscle.id]
        lines = centrelines.rest[strands]
        if muscle.handed_over:
            lines = lines[1:2]
        if muscle.lines_mm:
            lines = muscle.beside(lines[0])
        n = len(lines)
        at = np.linspace(0, 1, n)
        if muscle.bulge_mm is not None:
            share = np.linspace(0, 1, n)
            wave = np.sin(np.pi * np.linspace(0, 1, KNOTS))
            lines = lines + (
                share[:, None, None] * wave[None, :, None] * np.array(muscle.bulge_mm) * 1e-3
            )
        if muscle.sheet:
            filled = []
            place = []
            for k, (a, b) in enumerate(itertools.pairwise(lines)):
                gap = np.linalg.norm(a - b, axis=1).max()
                steps = max(1, int(np.ceil(gap / _SHEET_SPACING_M)))
                if k in muscle.parts:
                    steps = 1
                filled += [a + (b - a) * j / steps for j in range(steps)]
                place += [(k + j / steps) / (n - 1) for j in range(steps)]
            lines = np.array([*filled, lines[-1]])
            at = np.array([*place, 1.0])
        widths = np.ones(len(lines))
        if muscle.widths is not None:
            widths = np.interp(at, np.linspace(0, 1, len(muscle.widths)), muscle.widths)
        profile = muscle.profile(KNOTS)
        for knot in muscle.inscriptions:
            profile[knot] *= _INSCRIPTION
        return cls(muscle, lines, profile, widths, n)

    def first_radius_m(self, volume_cm3: float) -> float:
        """Return a radius to start from: the volume's if strands were round and alone."""
        length = np.linalg.norm(np.diff(self.lines, axis=1), axis=2).sum(1).mean()
        area = np.pi * (np.maximum(self.profile, 0.3) ** 2).mean() * self.strand_count
        r = float(np.sqrt(volume_cm3 * 1e-6 / (area * length)))
        return max(r, 0.005)

    @property
    def least_reach_m(self) -> float:
        """How far even the thinnest part of it fills voids; flat sheets stay flat."""
        return _SHEET_REACH_M if self.muscle.thickness_mm is not None else _LEAST_REACH_M

    def radii(self, radius_m: float) -> Array:
        """Return the radius at every knot, (n, K) metres."""
        along = np.maximum(self.muscle.tendon_mm * 1e-3, radius_m * self.profile)
        if self.muscle.ends_with_its_belly:
            along = np.where(self.profile > 0, along, _NO_RADIUS_M)
        return self.widths[:, None] * along[None, :]


@dataclass(frozen=True)
class FleshClaim:
    """One muscle's own field within its block of the grid.

    ``gap`` is the signed distance to its surface, ``claim`` distance over radius (not divided by
    the bias), ``radius`` the radius at the nearest place.
    """

    first: tuple[int, int, int]
    gap: Volume
    claim: Volume
    radius: Volume

    @property
    def block(self) -> tuple[slice, slice, slice]:
        """The block as slices of the grid."""
        a, s = self.first, self.gap.shape
        return (
            slice(a[0], a[0] + s[0]),
            slice(a[1], a[1] + s[1]),
            slice(a[2], a[2] + s[2]),
        )


@dataclass(frozen=True)
class FleshLayer:
    """The outcome among the muscles of one layer, over the whole grid.

    Attributes
    ----------
    owner : int16 volume
        Index of the muscle with the smallest claim, −1 for none.
    best, second : float32 volumes
        The two smallest claims (divided by the bias).
    best_radius, second_radius : float32 volumes
        Radii of those two muscles there.
    above : float32 volume
        Signed distance to what lies in higher layers, metres, negative within.
    """

    owner: NDArray[np.int16]
    best: Volume
    second: Volume
    best_radius: Volume
    second_radius: Volume
    above: Volume


@dataclass(frozen=True)
class Competition:
    """The outcome over the whole grid.

    Attributes
    ----------
    layers : dict of int to FleshLayer
        By number, from the highest to the lowest.
    owner : int16 volume
        Index of the muscle that won a point, −1 for none.
    envelope : float32 volume
        Signed distance to the closed hull of muscles and bones.
    wrapped_envelope : float32 volume
        The same, where muscles lie beneath a tight fascia closed by a larger ball.
    volume_cm3 : (M,) ndarray
        Volume that each muscle won.
    claims : list of FleshClaim
        The single fields, when asked for.
    """

    layers: dict[int, FleshLayer]
    owner: NDArray[np.int16]
    envelope: Volume
    wrapped_envelope: Volume
    volume_cm3: Array
    claims: list[FleshClaim]


@numba.njit(cache=True)
def _cones(start, end, r0, r1, low, h, margin, gap, claim, radius):  # type: ignore[no-untyped-def]
    _nx, _ny, _nz = gap.shape
    for s in range(len(start)):
        reach = max(r0[s], r1[s]) + margin
        first = np.zeros(3, np.int64)
        last = np.zeros(3, np.int64)
        for c in range(3):
            n = gap.shape[c]
            a = min(start[s, c], end[s, c]) - reach - low[c]
            b = max(start[s, c], end[s, c]) + reach - low[c]
            first[c] = max(0, int(a / h))
            last[c] = min(n, int(b / h) + 2)
        dx = end[s, 0] - start[s, 0]
        dy = end[s, 1] - start[s, 1]
        dz = end[s, 2] - start[s, 2]
        square = dx * dx + dy * dy + dz * dz + 1e-12
        for i in range(first[0], last[0]):
            ax = low[0] + i * h - start[s, 0]
            for j in range(first[1], last[1]):
                ay = low[1] + j * h - start[s, 1]
                for k in range(first[2], last[2]):
                    az = low[2] + k * h - start[s, 2]
                    t = min(1.0, max(0.0, (ax * dx + ay * dy + az * dz) / square))
                    ex, ey, ez = ax - t * dx, ay - t * dy, az - t * dz
                    distance = np.sqrt(ex * ex + ey * ey + ez * ez)
                    r = r0[s] + (r1[s] - r0[s]) * t
                    if distance - r < margin:
                        gap[i, j, k] = min(gap[i, j, k], distance - r)
                        if distance / r < claim[i, j, k]:
                            claim[i, j, k] = distance / r
                            radius[i, j, k] = r


@numba.njit(cache=True)
def _enter(  # type: ignore[no-untyped-def]
    gap, claim, radius, bias, a, b, c, muscle, best, second, best_r, second_r, owner, nearest
):
    for i in range(gap.shape[0]):
        for j in range(gap.shape[1]):
            for k in range(gap.shape[2]):
                v = claim[i, j, k] / bias
                if v > 50.0:
                    continue
                x, y, z = i + a, j + b, k + c
                nearest[x, y, z] = min(nearest[x, y, z], gap[i, j, k])
                if v < best[x, y, z]:
                    second[x, y, z] = best[x, y, z]
                    second_r[x, y, z] = best_r[x, y, z]
                    best[x, y, z] = v
                    best_r[x, y, z] = radius[i, j, k]
                    owner[x, y, z] = muscle
                elif v < second[x, y, z]:
                    second[x, y, z] = v
                    second_r[x, y, z] = radius[i, j, k]


def reach_m(radius: Volume, least_m: float | Volume) -> Volume:
    """Return how far beyond its radius a muscle fills the voids around it, metres."""
    return np.asarray(np.minimum(_CLOSING_M, 0.7 * radius + least_m), np.float32)


def _own_field(flesh: MuscleFlesh, radius_m: float, grid: Grid) -> FleshClaim:
    r = flesh.radii(radius_m)
    lines = flesh.lines
    reach = r.max() + _MARGIN_M
    points = lines.reshape(-1, 3)
    first = np.maximum(0, np.floor((points.min(0) - reach - grid.low) / grid.step_m)).astype(int)
    last = np.ceil((points.max(0) + reach - grid.low) / grid.step_m).astype(int) + 2
    size = np.minimum(grid.shape, last) - first
    gap = np.full(size, _OUTSIDE_M, np.float32)
    claim = np.full(size, _NOBODY, np.float32)
    radius = np.full(size, 0.01, np.float32)
    _cones(
        np.ascontiguousarray(lines[:, :-1].reshape(-1, 3)),
        np.ascontiguousarray(lines[:, 1:].reshape(-1, 3)),
        np.ascontiguousarray(r[:, :-1].ravel()),
        np.ascontiguousarray(r[:, 1:].ravel()),
        grid.low + first * grid.step_m,
        grid.step_m,
        _MARGIN_M,
        gap,
        claim,
        radius,
    )
    return FleshClaim((int(first[0]), int(first[1]), int(first[2])), gap, claim, radius)


def _closed_hull(solid: NDArray[np.bool_], step_m: float, ball_m: float = _CLOSING_M) -> Volume:
    """Return the signed distance to ``solid`` closed by a ball."""
    from scipy.ndimage import distance_transform_edt

    away = distance_transform_edt(~solid).astype(np.float32) * np.float32(step_m)
    dilated = away < ball_m
    inner = distance_transform_edt(dilated).astype(np.float32) * np.float32(step_m)
    return np.asarray(np.where(dilated, np.float32(ball_m) - inner, away), np.float32)


def _wrapped_hull(
    fleshes: list[MuscleFlesh], solid: NDArray[np.bool_], envelope: Volume, grid: Grid
) -> Volume:
    """Return the hull as it is round the muscles that a fascia wraps, elsewhere as it is anyway."""
    lines = [f.lines[:, f.profile > 0].reshape(-1, 3) for f in fleshes if f.muscle.wrapped]
    if not lines:
        return envelope
    block, _ = grid.block_around(np.concatenate(lines), 2 * _WRAPPED_CLOSING_M)
    out = envelope.copy()
    hull = _closed_hull(solid[block], grid.step_m, _WRAPPED_CLOSING_M)
    out[block] = np.minimum(out[block], hull)
    return out


def compete(
    fleshes: list[MuscleFlesh],
    radius_m: Array,
    grid: Grid,
    bone: NDArray[np.bool_],
    *,
    keep_claims: bool = False,
) -> Competition:
    """Let the muscles compete for the points of a grid.

    Parameters
    ----------
    fleshes : list of MuscleFlesh
        The muscles.
    radius_m : (M,) ndarray
        The radius of each.
    grid : Grid
        The points.
    bone : bool volume
        Points that nobody gets.
    keep_claims : bool
        Whether to return the single fields (they take memory).
    """
    layers: dict[int, FleshLayer] = {}
    claims: dict[int, FleshClaim] = {}
    above = np.full(grid.shape, _OUTSIDE_M, np.float32)
    won = np.full(grid.shape, -1, np.int16)
    least = np.array([f.least_reach_m for f in fleshes] + [0.0], np.float32)
    # a point that nobody's flesh fills goes to the lowest layer, which alone fills voids
    for number in sorted({f.muscle.layer for f in fleshes}, reverse=True):
        best = np.full(grid.shape, _NOBODY, np.float32)
        best_r = np.full(grid.shape, 0.01, np.float32)
        owner = np.full(grid.shape, -1, np.int16)
        layer = FleshLayer(owner, best, best.copy(), best_r, best_r.copy(), above)
        nearest = np.full(grid.shape, _OUTSIDE_M, np.float32)
        for i, flesh in enumerate(fleshes):
            if flesh.muscle.layer != number:
                continue
            field = _own_field(flesh, float(radius_m[i]), grid)
            _enter(
                field.gap, field.claim, field.radius, flesh.muscle.bias, *field.first, i,
                best, layer.second, best_r, layer.second_radius, owner, nearest,
            )  # fmt: skip
            if keep_claims:
                claims[i] = field
        layers[number] = layer
        mine = (owner >= 0) & (above >= 0)
        mine &= nearest < (reach_m(best_r, least[owner]) if number == 0 else 0.0)
        won[mine] = owner[mine]
        above = np.minimum(above, nearest)
    solid = (above < 0) | bone
    envelope = _closed_hull(solid, grid.step_m)
    wrapped = _wrapped_hull(fleshes, solid, envelope, grid) if keep_claims else envelope
    won[(envelope >= 0) | bone] = -1
    # points beyond the midplane belong to the other side
    won[grid.axes[0] > grid.low[0] + grid.step_m * (grid.shape[0] - 1) - 0.029] = -1
    count = np.bincount(won[won >= 0], minlength=len(fleshes))
    volume = count.astype(np.float64) * (grid.step_m**3 * 1e6)
    in_order = [claims[i] for i in sorted(claims)]
    return Competition(layers, won, envelope, wrapped, volume, in_order)
