"""Hands, feet and head as plain closed volumes.

Bare bones at the ends of the limbs and a skull disturb a class, and finger tendons float. So the
bones there get a calm skin: a padded, closed and smoothed hull, bound to the nearest bones.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.bake.binding import Bound
from visualizer.anatomy.bake.extraction import Mesh, surface_of
from visualizer.anatomy.bake.grid import Grid, bone_occupancy, surface_samples
from visualizer.anatomy.bake.landmarks import Landmarks
from visualizer.anatomy.bake.rest import Bone, Rest

__all__ = ["SKINNED_BONES", "skin_parts"]

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
# What the skin replaces: these bones are not shipped.
SKINNED_BONES = frozenset((*_FOOT, *_SKULL, *_PALM, *_FINGERS))

# The sole lies this far below the origin of the calcaneus' frame (see anatomy/landmarks.py).
_SOLE_BELOW_CALCN_M = 0.017
_ANKLE_ABOVE_CALCN_M = 0.062
_WRIST_SHARE = 0.955
# how fast a bone's influence on the skin fades with distance
_FADE_M = 0.004


def _local_grid(points: Array, margin_m: float, step_m: float) -> Grid:
    low = points.min(0) - margin_m
    shape = np.ceil((points.max(0) + margin_m - low) / step_m).astype(int) + 1
    return Grid(low, step_m, (int(shape[0]), int(shape[1]), int(shape[2])))


def _distance(grid: Grid, bones: Sequence[Bone]) -> Volume:
    """Return the signed distance to bones, negative inside."""
    from scipy.ndimage import distance_transform_edt

    solid = bone_occupancy(grid, bones)
    away = distance_transform_edt(~solid) - distance_transform_edt(solid)
    return np.asarray(away * grid.step_m, np.float32)


def _closed(level: Volume, grid: Grid, radius_m: float) -> Volume:
    """Return a level set closed by a ball."""
    from scipy.ndimage import distance_transform_edt

    solid = level < 0
    grown = distance_transform_edt(~solid) * grid.step_m < radius_m
    inside = distance_transform_edt(grown) * grid.step_m - radius_m
    return np.asarray(np.minimum(level, np.where(grown, -inside, level)), np.float32)


def _blend(a: Volume, b: Volume, k: float) -> Volume:
    """Return the smooth union of two level sets."""
    h = np.clip(0.5 + 0.5 * (b - a) / k, 0, 1)
    return np.asarray(b + (a - b) * h - k * h * (1 - h), np.float32)


def _plane(grid: Grid, point: Array, normal: Array) -> Volume:
    """Return the signed distance to a plane, positive on the side of its normal."""
    axes = [grid.low[c] + grid.step_m * np.arange(grid.shape[c]) for c in range(3)]
    parts = [(axes[c] - point[c]) * normal[c] for c in range(3)]
    total = parts[0][:, None, None] + parts[1][None, :, None] + parts[2][None, None, :]
    return np.asarray(total, np.float32)


def _ellipsoid(grid: Grid, centre: Array, radii: tuple[float, float, float]) -> Volume:
    axes = [
        (grid.low[c] + grid.step_m * np.arange(grid.shape[c]) - centre[c]) / radii[c]
        for c in range(3)
    ]
    r = np.sqrt(
        axes[0][:, None, None] ** 2 + axes[1][None, :, None] ** 2 + axes[2][None, None, :] ** 2
    )
    return np.asarray((r - 1) * min(radii), np.float32)


def _mesh(level: Volume, grid: Grid, density: float, blur: float = 0.8) -> Mesh:
    from scipy.ndimage import gaussian_filter

    mesh = surface_of(gaussian_filter(level, blur), grid, (0, 0, 0), density)
    if mesh is None:
        raise ValueError("a skin volume came out empty")
    return mesh


def _foot(rest: Rest, land: Landmarks) -> Mesh:
    bones = [rest.bones[n] for n in (*_FOOT, "r_tibia", "r_fibula")]
    calcn = rest.body_position("calcn_r")
    foot = np.vstack([rest.bones[n].vertices for n in _FOOT])
    high = calcn[2] + _ANKLE_ABOVE_CALCN_M
    grid = _local_grid(np.vstack([foot, [foot[0][0], foot[0][1], high]]), 0.014, 0.002)
    level = _distance(grid, bones) - np.float32(0.0055)
    toes = _distance(grid, [rest.bones[n] for n in _TOES]) - np.float32(0.0042)
    level = _blend(_closed(level, grid, 0.007), toes, 0.004)
    # the heel's pad and the ball of the foot carry the sole down to the floor
    sole_z = calcn[2] - _SOLE_BELOW_CALCN_M
    for forward, aside, radii in (
        (0.020, 0.0, (0.024, 0.030, 0.026)),
        (0.160, -0.010, (0.036, 0.026, 0.018)),
        (0.090, -0.014, (0.018, 0.060, 0.016)),
    ):
        centre = np.array([calcn[0] + aside, calcn[1] - forward, sole_z + radii[2] * 0.8])
        level = _blend(level, _ellipsoid(grid, centre, radii), 0.012)
    sole = -_plane(grid, np.array([0, 0, sole_z]), np.array([0, 0, 1.0]))
    ankle = _plane(grid, np.array([0, 0, high]), np.array([0, 0, 1.0]))
    return _mesh(np.maximum(np.maximum(level, sole), ankle), grid, 1.1)


def _hand(rest: Rest, land: Landmarks) -> Mesh:
    hand = np.vstack([rest.bones[n].vertices for n in (*_PALM, *_FINGERS)])
    cut = land.forearm.at(_WRIST_SHARE)
    axis = land.forearm.top - land.forearm.bottom
    axis /= np.linalg.norm(axis)
    grid = _local_grid(np.vstack([hand, cut]), 0.022, 0.0016)
    bones = rest.bones
    palm = _distance(grid, [bones[n] for n in (*_PALM, "radius_r", "ulna_r")])
    palm = _closed(palm - np.float32(0.0058), grid, 0.012)
    fingers = _distance(grid, [bones[n] for n in _FINGERS]) - np.float32(0.0038)
    level = _blend(palm, fingers, 0.006)
    return _mesh(np.maximum(level, _plane(grid, cut, axis)), grid, 1.6)


def _head(rest: Rest, land: Landmarks) -> Mesh:
    bones = [rest.bones[n] for n in _SKULL]
    points = np.vstack([b.vertices for b in bones])
    grid = _local_grid(points, 0.045, 0.003)
    level = _closed(_distance(grid, bones) - np.float32(0.004), grid, 0.030)
    mid, front = land.mid, points[:, 1].min()
    nose = np.array([mid, front - 0.004, 1.640])
    level = _blend(level, _ellipsoid(grid, nose, (0.012, 0.017, 0.024)), 0.016)
    for side in (-1, 1):
        ear = np.array([mid + side * 0.078, land.mastoid[1] - 0.012, 1.642])
        level = _blend(level, _ellipsoid(grid, ear, (0.007, 0.016, 0.027)), 0.006)
    return _mesh(level, grid, 1.1, blur=1.6)


def _bind(mesh: Mesh, rest: Rest, bodies: dict[str, list[str]]) -> Bound:
    """Bind a skin to bodies, given the bone meshes of each."""
    from scipy.spatial import cKDTree

    from visualizer.anatomy.bake.binding import smoothed

    names = list(bodies)
    distance = np.empty((len(mesh.vertices), len(names)))
    for c, name in enumerate(names):
        samples = np.vstack(
            [
                surface_samples(rest.bones[b].vertices, rest.bones[b].faces, 0.003)
                for b in bodies[name]
            ]
        )
        distance[:, c], _ = cKDTree(samples).query(mesh.vertices)
    weight = np.exp(-(distance - distance.min(1, keepdims=True)) / _FADE_M)
    weight = smoothed(weight / weight.sum(1, keepdims=True), mesh.faces)
    order = np.argsort(-weight, axis=1, kind="stable")[:, :4]
    if order.shape[1] < 4:
        order = np.pad(order, ((0, 0), (0, 4 - order.shape[1])), mode="edge")
        chosen = np.take_along_axis(weight, order, 1)
        chosen[:, len(names) :] = 0.0
    else:
        chosen = np.take_along_axis(weight, order, 1)
    chosen /= chosen.sum(1, keepdims=True)
    index = np.array([rest.skeleton.body(n) for n in names])
    zero = np.zeros(len(mesh.vertices))
    return Bound(
        mesh.vertices, mesh.faces, -1 - index[order], chosen,
        mesh.vertices * (1.0, 1.0, 0.0), zero,
    )  # fmt: skip


def skin_parts(rest: Rest, land: Landmarks) -> dict[str, Bound]:
    """Return the skin of hand and foot (right side) and head by part id."""
    by_body: dict[str, list[str]] = {}
    for name in (*_PALM, *_FINGERS, "radius_r"):
        by_body.setdefault(rest.bones[name].body, []).append(name)
    foot: dict[str, list[str]] = {}
    for name in (*_FOOT, "r_tibia"):
        foot.setdefault(rest.bones[name].body, []).append(name)
    return {
        "skin_hand_r": _bind(_hand(rest, land), rest, by_body),
        "skin_foot_r": _bind(_foot(rest, land), rest, foot),
        "skin_head": _bind(_head(rest, land), rest, {"head": list(_SKULL)}),
    }
