"""Hands, feet and head as plain closed volumes.

Bare bones at the ends of the limbs and a skull disturb a class, and finger tendons float. So the
bones there get a calm skin: a padded, closed and smoothed hull, bound to the nearest bones.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.bake.binding import Bound
from visualizer.anatomy.bake.centrelines import KNOTS, Centrelines
from visualizer.anatomy.bake.extraction import Mesh
from visualizer.anatomy.bake.hull import (
    along_points,
    ball_closed,
    bind_to_bones,
    bone_level,
    ellipsoid,
    half_space,
    hull_mesh,
    local_grid,
    smooth_union,
)
from visualizer.anatomy.bake.landmarks import Landmarks
from visualizer.anatomy.bake.rest import Rest

__all__ = ["SKINNED_BONES", "ankle_cut_z", "skin_parts"]

Array = NDArray[np.float64]
Volume = NDArray[np.float32]

_TOES = ("r_bofoot",)
_FOOT = ("r_foot", "r_talus", *_TOES)
_SKULL = ("hat_skull", "hat_jaw")
# The source model's names of the palm's bones
_PALM = (
    "lunate_r", "scaphoid_r", "pisiform_r", "triquetrum_r", "capitate_r", "trapezium_r",
    "trapezoid_r", "hamate_r", "1mc_r", "2mc_r", "3mc_r", "4mc_r", "5mc_r",
)  # fmt: skip
_FINGERS = (
    "thumbprox_r", "thumbdist_r",
    *(f"{k}{part}ph_r" for k in (2, 3, 4, 5) for part in ("prox", "mid", "dist")),
)  # fmt: skip
_FOOT_TENDONS = (
    "tibialis_anterior", "extensor_digitorum_longus", "extensor_hallucis_longus",
    "tibialis_posterior", "flexor_digitorum_longus", "flexor_hallucis_longus",
    "fibularis_longus", "fibularis_brevis", "soleus",
)  # fmt: skip
_HAND_TENDONS = (
    "wrist_extensors", "finger_extensors", "forearm_flexors", "flexor_pollicis_longus",
    "thumb_extensors",
)  # fmt: skip
# What the skin replaces: these bones are not shipped.
SKINNED_BONES = frozenset((*_FOOT, *_SKULL, *_PALM, *_FINGERS))

# The sole lies this far below the origin of the calcaneus' frame (see anatomy/landmarks.py).
_SOLE_BELOW_CALCN_M = 0.017
_ANKLE_ABOVE_CALCN_M = 0.092
_WRIST_SHARE = 0.92
# at its margin the skin thins out, so that it lies on the bones instead of standing off
_MARGIN_M, _MARGIN_SKIN_M = 0.035, 0.0015


def ankle_cut_z(rest: Rest) -> float:
    """Return the height at which the foot's skin ends, metres."""
    return float(rest.body_position("calcn_r")[2] + _ANKLE_ABOVE_CALCN_M)


def _thinning(above: Volume, thickness_m: float) -> Volume:
    """Return the skin's thickness given the signed distance beyond its margin."""
    share = np.clip(-above / _MARGIN_M, 0, 1)
    return np.asarray(_MARGIN_SKIN_M + (thickness_m - _MARGIN_SKIN_M) * share, np.float32)


def _foot(rest: Rest, tendons: Array) -> Mesh:
    bones = [rest.bones[n] for n in (*_FOOT, "r_tibia", "r_fibula")]
    calcn = rest.body_position("calcn_r")
    foot = np.vstack([rest.bones[n].vertices for n in _FOOT])
    high = ankle_cut_z(rest)
    grid = local_grid(np.vstack([foot, [foot[0][0], foot[0][1], high]]), 0.024, 0.002)
    top = half_space(grid, np.array([0, 0, high]), np.array([0, 0, 1.0]))
    level = bone_level(grid, bones) - _thinning(top, 0.0055)
    toes = bone_level(grid, [rest.bones[n] for n in _TOES]) - np.float32(0.0042)
    level = smooth_union(ball_closed(level, grid, 0.007), toes, 0.004)
    # the heel's pad and the ball of the foot carry the sole down to the floor
    sole_z = calcn[2] - _SOLE_BELOW_CALCN_M
    for forward, aside, radii in (
        (0.020, 0.0, (0.024, 0.030, 0.026)),
        (0.160, -0.010, (0.036, 0.026, 0.018)),
        (0.090, -0.014, (0.018, 0.060, 0.016)),
    ):
        centre = np.array([calcn[0] + aside, calcn[1] - forward, sole_z + radii[2] * 0.8])
        level = smooth_union(level, ellipsoid(grid, centre, radii), 0.012)
    # tendons cross the ankle well in front of the bones: the skin takes them in
    level = smooth_union(level, along_points(grid, tendons, 0.0052), 0.010)
    level = ball_closed(level, grid, 0.016)
    sole = -half_space(grid, np.array([0, 0, sole_z]), np.array([0, 0, 1.0]))
    return hull_mesh(np.maximum(np.maximum(level, sole), top), grid, 1.1)


def _hand(rest: Rest, land: Landmarks, tendons: Array) -> Mesh:
    hand = np.vstack([rest.bones[n].vertices for n in (*_PALM, *_FINGERS)])
    cut = land.forearm.at(_WRIST_SHARE)
    axis = land.forearm.top - land.forearm.bottom
    axis /= np.linalg.norm(axis)
    grid = local_grid(np.vstack([hand, cut]), 0.022, 0.0016)
    bones = rest.bones
    palm = bone_level(grid, [bones[n] for n in (*_PALM, "radius_r", "ulna_r")])
    beyond = half_space(grid, cut, axis)
    palm = ball_closed(palm - _thinning(beyond, 0.0062), grid, 0.012)
    fingers = bone_level(grid, [bones[n] for n in _FINGERS]) - np.float32(0.0038)
    level = smooth_union(palm, fingers, 0.006)
    level = smooth_union(level, along_points(grid, tendons, 0.0040), 0.008)
    return hull_mesh(np.maximum(level, beyond), grid, 1.6)


def _head(rest: Rest, land: Landmarks) -> Mesh:
    """Return a calm head: no features but nose, ears and chin."""
    bones = [rest.bones[n] for n in _SKULL]
    points = np.vstack([b.vertices for b in bones])
    grid = local_grid(points, 0.055, 0.003)
    level = ball_closed(bone_level(grid, bones) - np.float32(0.0045), grid, 0.042)
    mid, front = land.mid, points[:, 1].min()
    # cheeks, so that the face does not fall in below the cheekbones
    for side in (-1, 1):
        cheek = np.array([mid + side * 0.036, front + 0.036, 1.606])
        level = smooth_union(level, ellipsoid(grid, cheek, (0.026, 0.034, 0.034)), 0.020)
        # the hollow between jaw and ear
        hollow = np.array([mid + side * 0.050, land.mastoid[1] - 0.020, 1.606])
        level = smooth_union(level, ellipsoid(grid, hollow, (0.018, 0.024, 0.030)), 0.016)
    bridge = np.array([mid, front + 0.006, 1.646])
    level = smooth_union(level, ellipsoid(grid, bridge, (0.008, 0.014, 0.022)), 0.014)
    tip = np.array([mid, front - 0.002, 1.634])
    level = smooth_union(level, ellipsoid(grid, tip, (0.011, 0.014, 0.010)), 0.012)
    for side in (-1, 1):
        ear = np.array([mid + side * 0.073, land.mastoid[1] - 0.014, 1.645])
        level = smooth_union(level, ellipsoid(grid, ear, (0.006, 0.014, 0.026)), 0.010)
    return hull_mesh(level, grid, 1.1, blur=2.0)


def _strand_points(centrelines: Centrelines, muscles: tuple[str, ...]) -> Array:
    """Return points close together along the strands of muscles of the right side."""
    fine = np.linspace(0, KNOTS - 1, 20 * KNOTS)
    lines = centrelines.rest[np.concatenate([centrelines.right[m] for m in muscles])]
    return np.concatenate(
        [
            np.stack([np.interp(fine, np.arange(KNOTS), line[:, c]) for c in range(3)], 1)
            for line in lines
        ]
    )


def skin_parts(rest: Rest, land: Landmarks, centrelines: Centrelines) -> dict[str, Bound]:
    """Return the skin of hand and foot (right side) and head by part id."""
    by_body: dict[str, list[str]] = {}
    for name in (*_PALM, *_FINGERS, "radius_r"):
        by_body.setdefault(rest.bones[name].body, []).append(name)
    foot: dict[str, list[str]] = {}
    for name in (*_FOOT, "r_tibia"):
        foot.setdefault(rest.bones[name].body, []).append(name)
    ankle = ankle_cut_z(rest)
    hand_tendons = _strand_points(centrelines, _HAND_TENDONS)
    foot_tendons = _strand_points(centrelines, _FOOT_TENDONS)
    foot_tendons = foot_tendons[foot_tendons[:, 2] > ankle - 0.085]
    return {
        "skin_hand_r": bind_to_bones(_hand(rest, land, hand_tendons), rest, by_body),
        "skin_foot_r": bind_to_bones(_foot(rest, foot_tendons), rest, foot),
        "skin_head": bind_to_bones(_head(rest, land), rest, {"head": list(_SKULL)}),
    }
