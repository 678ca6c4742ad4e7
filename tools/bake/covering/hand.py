"""The hand: palm, fingers and thumb in skin that ends above the wrist in a clean cut."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tools.bake.covering.hull import (
    along_points,
    ball_closed,
    bone_level,
    capped,
    cut_flat,
    half_space,
    hull_mesh,
    local_grid,
    near_margin,
    smooth_union,
    thinning,
)
from tools.bake.geometry.grid import Grid
from tools.bake.geometry.mesh import ClosedMesh
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.skeleton.rest import Rest

__all__ = ["FINGERS", "PALM", "hand_edge", "hand_mesh"]

Array = NDArray[np.float64]
Volume = NDArray[np.float32]

# The source model's names of the palm's bones
PALM = (
    "lunate_r", "scaphoid_r", "pisiform_r", "triquetrum_r", "capitate_r", "trapezium_r",
    "trapezoid_r", "hamate_r", "1mc_r", "2mc_r", "3mc_r", "4mc_r", "5mc_r",
)  # fmt: skip
_CARPUS = PALM[:8]
FINGERS = (
    "thumbprox_r", "thumbdist_r",
    *(f"{k}{part}ph_r" for k in (2, 3, 4, 5) for part in ("prox", "mid", "dist")),
)  # fmt: skip

_WRIST_SHARE = 0.70
_STEP_M = 0.0016
_SKIN_M, _MARGIN_SKIN_M, _MARGIN_M = 0.0062, 0.0024, 0.030
# Flesh counts near the margin only.
_FLESH_M = 0.022
# The radius turns about the ulna, and takes the skin with it: there it must be thicker.
_OVER_ULNA_M = np.float32(0.0050)
# Ligaments and tendons make the wrist as thick as what is above it.
_OVER_CARPUS_M = np.float32(0.0045)
_SLEEVE_M = 0.0036
# It is made so much longer before it is cut.
_LONGER_M, _RIM_M = 0.010, 0.0025
_TENDON_END_M = 0.004
# ball that fills the hollows between bones and tendons, and the waist of the wrist
_CLOSING_M = 0.012
# How much the wrist is smoothed, and how far within the margin that begins and ends: a hollow palm
# lies round the bar.
_CALM_M, _CALM_FROM_M, _CALM_TO_M, _CALM_EASE_M = 0.0045, 0.010, 0.088, 0.012


def _wrist(land: BoneLandmarks) -> tuple[Array, Array]:
    """Return a point in the plane where the skin ends, and the way to the elbow."""
    axis = land.forearm.top - land.forearm.bottom
    return land.forearm.at(_WRIST_SHARE), axis / np.linalg.norm(axis)


def hand_edge(land: BoneLandmarks) -> tuple[Array, Array]:
    """Return where tendons end within the skin: a point and the direction into the hand."""
    cut, axis = _wrist(land)
    return cut - axis * _TENDON_END_M, -axis


def _calmed(level: Volume, grid: Grid, beyond: Volume) -> Volume:
    """Return a level set without dents and rings at the wrist, elsewhere as it was."""
    from scipy.ndimage import gaussian_filter

    within = np.minimum(-beyond - _CALM_FROM_M, _CALM_TO_M + beyond)
    within = np.clip(within / _CALM_EASE_M, 0, 1)
    calm = gaussian_filter(level, _CALM_M / grid.step_m)
    return np.asarray(level + within * (calm - level), np.float32)


def hand_mesh(
    rest: Rest, land: BoneLandmarks, tendons: Array, flesh: Callable[[Grid], Volume]
) -> ClosedMesh:
    """Return the closed surface of the right hand.

    Parameters
    ----------
    rest, land : Rest, BoneLandmarks
        Bones and the axis of the forearm.
    tendons : (n, 3) ndarray
        Points close together along the tendons that cross the wrist.
    flesh : callable
        Returns the signed distance to muscle and bone on a grid.
    """
    bones = rest.bones
    cut, axis = _wrist(land)
    hand = np.vstack([bones[n].vertices for n in (*PALM, *FINGERS)])
    grid = local_grid(np.vstack([hand, cut]), 0.045, _STEP_M)
    beyond = half_space(grid, cut, axis)
    palm = bone_level(grid, [bones[n] for n in (*PALM, "radius_r")])
    palm = np.minimum(palm, bone_level(grid, [bones["ulna_r"]]) - _OVER_ULNA_M)
    palm = np.minimum(palm, bone_level(grid, [bones[n] for n in _CARPUS]) - _OVER_CARPUS_M)
    palm = np.minimum(palm, near_margin(flesh(grid), beyond, _FLESH_M))
    palm = np.minimum(palm, along_points(grid, tendons, _SLEEVE_M - _MARGIN_SKIN_M))
    palm = _calmed(ball_closed(palm, grid, _CLOSING_M), grid, beyond)
    palm = palm - thinning(beyond, _MARGIN_M, _MARGIN_SKIN_M, _SKIN_M)
    fingers = bone_level(grid, [bones[n] for n in FINGERS]) - np.float32(0.0038)
    level = smooth_union(palm, fingers, 0.006)
    mesh = hull_mesh(capped(level, beyond - np.float32(_LONGER_M), _RIM_M), grid, 2.8)
    return cut_flat(mesh, cut, axis)
