"""Nails: small plates on the skin of fingers and toes, which tell its back from its pad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.bake.covering.foot import toe_ends
from tools.bake.flesh.binding import Bound, joined
from tools.bake.flesh.loft import facing, grid_faces
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.skeleton.rest import Rest

__all__ = ["with_finger_nails", "with_toe_nails"]

Array = NDArray[np.float64]

# Its grid; round it runs a hem that goes down into the skin.
_ACROSS, _ALONG = (-1, -1, -0.4, 0.4, 1, 1), (0, 0, 0.5, 1, 1)
# How far it stands on the skin and how deep the hem goes, and how much of the tendons' colour it
# takes on.
_PROUD_M, _SUNK_M, _WHITE = 0.0005, 0.0024, 0.60
_PROBES = 9
# From how far above the skin is looked for.
_ABOVE_M = 0.03
# Half-width and length of the nails of thumb and fingers, and how far they reach beyond the bone.
_FINGERS_MM = {
    "thumb": (5.2, 12.5),
    "2": (4.4, 10.5),
    "3": (4.6, 11),
    "4": (4.4, 10.5),
    "5": (3.6, 9),
}
_BEYOND_BONE_M = 0.0008
# The thumb's nail faces as much away from the little finger as to the back of the hand.
_THUMB_TURN = (0.75, 0.65)
# The same of the toes, and how far they reach beyond the tip's centre as a share of its radius.
_TOES_MM = ((6.2, 11.0), (3.4, 6.0), (3.2, 5.5), (3.0, 5.0), (2.8, 4.5))
_BEYOND_TIP = 0.45


@dataclass(frozen=True)
class _Nail:
    """Where its free edge is, which way it grows and faces, its half-width and length, metres."""

    edge: Array
    along: Array
    out: Array
    half_width: float
    length: float


def with_finger_nails(skin: Bound, rest: Rest, land: BoneLandmarks) -> Bound:
    """Return the skin of the right hand with nails."""
    bones = {name: rest.bones[f"{name}_r"].vertices for name in _phalanges()}
    radial = bones["2proxph"].mean(0) - bones["5proxph"].mean(0)
    back = np.cross(radial, bones["3distph"].mean(0) - bones["3proxph"].mean(0))
    # the palm of the hanging right hand faces the body
    back *= -np.sign(back[0])
    radial, back = (way / np.linalg.norm(way) for way in (radial, back))
    nails = []
    for finger, (half_width, length) in _FINGERS_MM.items():
        before, last = (
            ("thumbprox", "thumbdist")
            if finger == "thumb"
            else (f"{finger}midph", f"{finger}distph")
        )
        way = bones[last].mean(0) - bones[before].mean(0)
        way /= np.linalg.norm(way)
        tip = bones[last].mean(0) + way * ((bones[last] - bones[last].mean(0)) @ way).max()
        out = radial * _THUMB_TURN[0] + back * _THUMB_TURN[1] if finger == "thumb" else back
        mm = 1e-3 * land.scale
        edge = tip + way * (_BEYOND_BONE_M * land.scale)
        nails.append(_Nail(edge, way, _across(out, way), half_width * mm, length * mm))
    return _with(skin, nails)


def with_toe_nails(skin: Bound, rest: Rest, land: BoneLandmarks) -> Bound:
    """Return the skin of the right foot with nails."""
    nails = []
    mm = 1e-3 * land.scale
    for (joint, tip, radius), (half_width, length) in zip(
        toe_ends(rest, land), _TOES_MM, strict=True
    ):
        way = (tip - joint) / np.linalg.norm(tip - joint)
        out = _across(np.array([0.0, 0.0, 1.0]), way)
        nails.append(
            _Nail(tip + way * (_BEYOND_TIP * radius), way, out, half_width * mm, length * mm)
        )
    return _with(skin, nails)


def _phalanges() -> list[str]:
    fingers = [f"{k}{part}ph" for k in (2, 3, 4, 5) for part in ("prox", "mid", "dist")]
    return ["thumbprox", "thumbdist", *fingers]


def _across(out: Array, along: Array) -> Array:
    """Return the unit direction nearest to ``out`` across ``along``."""
    way = out - (out @ along) * along
    return np.asarray(way / np.linalg.norm(way))


def _with(skin: Bound, nails: Sequence[_Nail]) -> Bound:
    return joined([skin, *(_plate(nail, skin) for nail in nails)])


def _plate(nail: _Nail, skin: Bound) -> Bound:
    """Return a plate that lies on the skin and moves with it as one piece."""
    probed = np.meshgrid(np.linspace(-1, 1, _PROBES), np.linspace(0, 1, _PROBES), indexing="ij")
    a, u = np.meshgrid(_ACROSS, _ALONG, indexing="ij")
    known = _heights(_flat(nail, *probed).reshape(-1, 3), nail.out, skin)
    height = _smooth(probed[0].ravel(), probed[1].ravel(), known, a, u)
    height += _PROUD_M
    height[[0, -1]] -= _SUNK_M
    height[1:-1, [0, -1]] -= _SUNK_M
    vertices = (_flat(nail, a, u) + height[..., None] * nail.out).reshape(-1, 3)
    middle = vertices.mean(0)
    nearest = int(np.linalg.norm(skin.vertices - middle, axis=1).argmin())
    n = len(vertices)
    return Bound(
        vertices,
        facing(vertices, grid_faces(*a.shape), nail.out),
        np.repeat(skin.influence[nearest][None], n, 0),
        np.repeat(skin.weight[nearest][None], n, 0),
        vertices * (1.0, 1.0, 0.0),
        np.full(n, _WHITE),
    )


def _flat(nail: _Nail, a: Array, u: Array) -> Array:
    """Return its points (r, c, 3) before it is bent, from places across and along it."""
    side = np.cross(nail.along, nail.out)
    # round at its root, straight at its free edge
    back = nail.length * (1 - u) * (1 - 0.16 * a**2)
    wide = nail.half_width * (0.86 + 0.14 * np.sin(np.pi * np.clip(u, 0, 0.75)))
    return np.asarray(nail.edge + (a * wide)[..., None] * side - back[..., None] * nail.along)


def _smooth(probed_a: Array, probed_u: Array, height: Array, a: Array, u: Array) -> Array:
    """Return an arch at places (r, c) that is as high as all of the probes; the skin is coarse."""

    def terms(a: Array, u: Array) -> Array:
        return np.stack([np.ones_like(a), a, a**2, u, u**2], -1)

    known = np.isfinite(height)
    basis = terms(probed_a, probed_u)[known]
    shape = np.linalg.lstsq(basis, height[known], rcond=None)[0]
    return np.asarray(terms(a, u) @ shape + (height[known] - basis @ shape).max())


def _heights(points: Array, out: Array, skin: Bound) -> Array:
    """Return how far above points (n, 3) the skin lies, −inf where it does not."""
    corner = skin.vertices[skin.faces]
    edge, other = corner[:, 1] - corner[:, 0], corner[:, 2] - corner[:, 0]
    normal = np.cross(edge, other)
    facing_out = normal @ out
    found = np.full(len(points), -np.inf)
    for k, point in enumerate(points):
        from_corner = point - corner[:, 0]
        with np.errstate(divide="ignore", invalid="ignore"):
            height = -(normal * from_corner).sum(1) / facing_out
            s = (np.cross(from_corner, other) @ out) / facing_out
            t = (np.cross(edge, from_corner) @ out) / facing_out
        hit = (facing_out > 1e-12) & (s >= 0) & (t >= 0) & (s + t <= 1)
        hit &= np.abs(height) < _ABOVE_M
        if hit.any():
            found[k] = height[hit].max()
    return found
