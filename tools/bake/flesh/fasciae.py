"""Fasciae as thin closed sheets over the muscles, and the sheath around the rectus abdominis.

A sheet's outline is that of its strands. It is not sunk into the muscles at its sides: where a
smooth sheet dives into a faceted belly the seam is ragged, and another one in every pose. Its rim
stands a fraction of a millimetre above them instead, so the outline is its own smooth edge.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.bake.flesh.binding import Bound, on_fan
from tools.bake.flesh.loft import (
    closed_faces,
    facing,
    fan_surface,
    grid_faces,
    sheet_normals,
)
from tools.bake.geometry.grid import Grid
from tools.bake.muscles.record import AuthoredFascia
from tools.bake.strands.centrelines import Centrelines

__all__ = ["PosedFlesh", "fascia_sheet", "sheath"]

Array = NDArray[np.float64]
Volume = NDArray[np.float32]

_LIFT_ROUNDS = 40
_UP_M, _DOWN_M = 0.003, 0.002
_FROM_M = 0.03
# Steps of the grid it is laid on for one of the mesh; how calm it is made there, steps.
_FINER = 4
_CALM = 1.6
# Flesh that a pose brings within the first distance of the sheet counts; it covers the places of
# the sheet that are within the second of it, and lies at least the third beneath them.
_NEAR_M, _BESIDE_M, _CLEAR_M = 0.009, 0.005, 0.0014
# It rises no further for them: standing off the thigh at rest looks worse than a bulge in a pose.
_MOST_LACK_M = 0.010
_TENDON = 0.92
# The sheath: rows from the midplane over the rectus' strands to beyond its outer edge, as shares
# of its width, and how far each lies behind the strands.
_SHEATH_ACROSS = np.array([0.0, 0.0, 0.12, 0.5, 1.0, 1.2])
_SHEATH_DEPTH_M = np.array([-0.0022, -0.0018, 0.0025, 0.0030, 0.0015, 0.0040])
_SHEATH_COLUMNS = 22
_SHEATH_BEYOND_M = 0.014


@dataclass(frozen=True)
class PosedFlesh:
    """The muscles in a pose.

    Attributes
    ----------
    frames : (N, 3, 4) ndarray
        Affine frames that lead from rest to the pose, as ``Body.frames`` returns them.
    points : (n, 3) ndarray
        Points that cover the muscles' surfaces, metres.
    """

    frames: NDArray[np.float32]
    points: Array


def fascia_sheet(
    fascia: AuthoredFascia,
    centrelines: Centrelines,
    grid: Grid,
    distance: Volume,
    midplane_x_m: float,
    poses: Sequence[PosedFlesh],
) -> Bound:
    """Return a sheet of fascia of the right side, laid over everything beneath it.

    Parameters
    ----------
    fascia : AuthoredFascia
        Which one.
    centrelines : Centrelines
        Its strands span it.
    grid, distance : Grid, float32 volume
        Signed distance to muscle, bone and capsule.
    midplane_x_m : float
        Plane of symmetry.
    poses : sequence of PosedFlesh
        The sheet follows other strands than the muscles that slide beneath it: it lies so high
        that they stay beneath it in all of these.
    """
    from scipy.ndimage import gaussian_filter, maximum_filter

    strands = centrelines.right[fascia.id]
    lines = centrelines.rest[strands]
    rows, columns = fascia.grid
    # laid on a finer grid than it is drawn with: bumps between its vertices would come through
    a, u = np.meshgrid(
        np.linspace(0, len(strands) - 1, (rows - 1) * _FINER + 1),
        np.linspace(0, 1, (columns - 1) * _FINER + 1),
        indexing="ij",
    )
    start = fan_surface(lines, a, u)
    outward = np.array(fascia.outward, float)
    # from above: between two layers of muscle it would stay beneath the upper one
    height = np.full(start.shape[:2], _FROM_M)
    for _ in range(_LIFT_ROUNDS):
        sheet = start + height[..., None] * outward
        now = grid.sample(distance, sheet.reshape(-1, 3), 0.03).reshape(height.shape)
        height = height + 0.7 * np.clip(fascia.lift_mm * 1e-3 - now, -_DOWN_M, _UP_M)
        height = gaussian_filter(height, _CALM, mode="nearest")
    on_strands = on_fan(strands, a.ravel(), u.ravel(), centrelines.strands.strand_count)
    needed = _needed_height(start, height, outward, on_strands, poses)
    lack = np.clip(needed + _CLEAR_M - height, 0.0, _MOST_LACK_M)
    # a vertex of the mesh rises as far as the highest bump in the cells around it asks
    lack = maximum_filter(lack, 2 * _FINER + 1, mode="nearest")
    height = height + gaussian_filter(lack, 0.5 * _FINER, mode="nearest")
    for (share, depth_mm), away in zip(fascia.sunk, (u, 1 - u), strict=True):
        if share:
            height = height - depth_mm * 1e-3 * np.clip(1 - away / share, 0, 1) ** 2
    sheet = (start + height[..., None] * outward)[::_FINER, ::_FINER]
    a, u = a[::_FINER, ::_FINER], u[::_FINER, ::_FINER]
    if fascia.medial_edge:
        sheet[0, :, 0] = midplane_x_m
    normal = sheet_normals(sheet)
    if (normal @ outward).sum() < 0:
        normal = -normal
    if fascia.medial_edge:
        normal[0, :, 0] = 0.0
    under = sheet - normal * fascia.thickness_mm * 1e-3
    vertices = np.concatenate([sheet.reshape(-1, 3), under.reshape(-1, 3)])
    upper = 2 * (rows - 1) * (columns - 1)
    faces = facing(vertices, closed_faces(rows, columns), outward, upper)
    a, u = np.tile(a.ravel(), 2), np.tile(u.ravel(), 2)
    influence, weight = on_fan(strands, a, u, centrelines.strands.strand_count)
    return Bound(
        vertices, faces, influence, weight, np.stack([a * 0.01, 0 * a, u], 1),
        np.full(len(vertices), _TENDON),
    )  # fmt: skip


def _needed_height(
    start: Array,
    height: Array,
    outward: Array,
    on_strands: tuple[NDArray[np.int64], Array],
    poses: Sequence[PosedFlesh],
) -> Array:
    """Return how high (r, c) the flesh comes in any pose, −inf where none is near.

    Parameters
    ----------
    start, height : (r, c, 3) and (r, c) ndarray
        The sheet at rest lies at ``start + height · outward``.
    outward : (3,) ndarray
        Direction of the heights.
    on_strands : (influence, weight), each (r · c, 4)
        What the sheet moves with.
    poses : sequence of PosedFlesh
        The muscles.
    """
    from scipy.spatial import cKDTree

    influence, weight = on_strands
    base = start.reshape(-1, 3)
    sheet = base + height.reshape(-1, 1) * outward
    base_up = base @ outward
    flat = cKDTree(base - base_up[:, None] * outward)
    needed = np.full(len(base), -np.inf)
    for pose in poses:
        affine = np.einsum("vk,vkij->vij", weight, pose.frames[influence].astype(float))
        turn, shift = affine[:, :, :3], affine[:, :, 3]
        posed = np.einsum("vij,vj->vi", turn, sheet) + shift
        near, place = cKDTree(posed).query(pose.points, distance_upper_bound=_NEAR_M)
        points, place = pose.points[np.isfinite(near)], place[np.isfinite(near)]
        # back to where the sheet lies at rest
        back = np.linalg.solve(turn[place], (points - shift[place])[:, :, None])[:, :, 0]
        up = back @ outward
        beside, place = flat.query(back - up[:, None] * outward)
        mine = beside < _BESIDE_M
        np.maximum.at(needed, place[mine], up[mine] - base_up[place[mine]])
    return needed.reshape(height.shape)


def sheath(muscle: str, centrelines: Centrelines, midplane_x_m: float) -> Bound:
    """Return the aponeurosis of the external oblique from its edge to the linea alba.

    In front of the rectus abdominis it is cut away, as in every atlas: what shows is the white
    line between the two recti and the curved one along their outer edge. It follows the strands
    of the rectus.
    """
    strands = centrelines.right[muscle]
    last = float(len(strands) - 1)
    a, u = np.meshgrid(_SHEATH_ACROSS * last, np.linspace(0, 1, _SHEATH_COLUMNS), indexing="ij")
    points = fan_surface(centrelines.rest[strands], np.clip(a, 0, last), u)
    beyond = points[-2] - points[-3]
    beyond /= np.linalg.norm(beyond, axis=1, keepdims=True)
    points[-1] = points[-2] + _SHEATH_BEYOND_M * beyond
    points[:, :, 1] += _SHEATH_DEPTH_M[:, None]
    points[0, :, 0] = midplane_x_m
    vertices = points.reshape(-1, 3)
    faces = facing(vertices, grid_faces(*a.shape), np.array([0.0, -1.0, 0.0]))
    influence, weight = on_fan(
        strands, np.clip(a, 0, last).ravel(), u.ravel(), centrelines.strands.strand_count
    )
    one = np.ones(len(vertices))
    fibre = np.stack([vertices[:, 2], 0 * one, one], 1)
    return Bound(vertices, faces, influence, weight, fibre, one)
