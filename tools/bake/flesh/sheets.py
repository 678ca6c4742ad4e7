"""Broad thin muscles as lofted sheets: two regular grids over the strands' fan, closed at the rim.

A muscle a few millimetres thick tears on a 3 mm grid or comes out half as thick again. Its strands
already span it, so it is built from them: rows across, columns along the fibres, a thickness
that gives exactly the volume. The places of its vertices among the fibres are known, not sought.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.bake.flesh.binding import Bound, on_fan
from tools.bake.flesh.competition import MuscleFlesh
from tools.bake.flesh.fibres import evened_along, fibre_coordinates, stretched, whiteness
from tools.bake.flesh.loft import closed_faces, fan_surface, lifted, sheet_normals
from tools.bake.geometry.grid import Grid
from tools.bake.geometry.mesh import ClosedMesh, mesh_volume_cm3
from tools.bake.muscles.record import Loft
from tools.bake.skeleton.landmarks import BoneLandmarks
from tools.bake.strands.centrelines import Centrelines

__all__ = ["loft_sheet"]

Array = NDArray[np.float64]
Volume = NDArray[np.float32]

_VOLUME_ROUNDS = 7
_RIM_M = 0.0006
# How wide (share of the length) and deep tendons cut across; how deep grooves between slips are.
_CUT_WIDTH, _CUT_DEPTH, _GROOVE_DEPTH = 0.016, 0.60, 0.75
# How white the fascia between two slips is at their origin, and how far it is seen, of the grooves.
_SLIP_WHITE, _SLIP_REACH = 0.5, 1.3


def loft_sheet(
    flesh: MuscleFlesh, centrelines: Centrelines, target_cm3: float, grid: Grid, beneath: Volume,
    land: BoneLandmarks,
) -> Bound:  # fmt: skip
    """Return a sheet of the right side with exactly its volume.

    Parameters
    ----------
    flesh : MuscleFlesh
        One that is lofted.
    centrelines : Centrelines
        Its strands.
    target_cm3 : float
        Volume to reach.
    grid, beneath : Grid, float32 volume
        Signed distance to what it lies on.
    land : BoneLandmarks
        The sheet faces away from the trunk's axis.
    """
    loft = flesh.muscle.loft
    assert loft is not None
    strands = centrelines.right[flesh.muscle.id]
    lines = centrelines.rest[strands]
    a, u = _places(loft, len(strands))
    middle = fan_surface(lines, a, u)
    shape = _thickness(loft, a / (len(strands) - 1), u)
    faces = closed_faces(*a.shape)
    half = 0.003
    for _ in range(_VOLUME_ROUNDS):
        sheet = lifted(middle, shape * half, grid, beneath, land.axis, loft.clear_mm * 1e-3)
        offset = sheet_normals(sheet, land.axis) * np.maximum(shape * half, _RIM_M)[..., None]
        vertices = np.concatenate(
            [(sheet + offset).reshape(-1, 3), (sheet - offset).reshape(-1, 3)]
        )
        volume = mesh_volume_cm3(ClosedMesh(vertices, faces))
        if volume < 0:
            faces, volume = faces[:, ::-1].copy(), -volume
        half *= target_cm3 / volume
    even = np.tile(evened_along(sheet).ravel(), 2)
    a, u = np.tile(a.ravel(), 2), np.tile(u.ravel(), 2)
    influence, weight = on_fan(strands, a, u, centrelines.strands.strand_count)
    fibre = fibre_coordinates(vertices, lines, a, u, flesh)
    fibre[:, 2] = stretched(even, flesh.muscle.belly)
    white = whiteness(flesh.muscle, land, vertices, u)
    if loft.teeth:
        between = _between_slips(loft, a / (len(strands) - 1)) ** 3
        white = np.maximum(
            white, _SLIP_WHITE * between * np.clip(1 - u / (_SLIP_REACH * loft.grooves), 0, 1)
        )
    return Bound(vertices, faces, influence, weight, fibre, white)


def _places(loft: Loft, strands: int) -> tuple[Array, Array]:
    """Return places across (in strands) and along (0…1) of the grid, (rows, columns)."""
    a = np.linspace(0, strands - 1, loft.rows)
    u = np.linspace(0, 1, loft.columns)
    if loft.cuts:
        # fine enough for the grooves
        extra = np.array(loft.cuts)[:, None] + _CUT_WIDTH * np.array([-1.7, -0.8, 0, 0.8, 1.7])
        far = np.abs(u[:, None] - np.array(loft.cuts)).min(1) > 2.2 * _CUT_WIDTH
        u = np.sort(np.concatenate([u[far], extra.ravel()]))
    rows, columns = np.meshgrid(a, u, indexing="ij")
    if loft.teeth:
        # between two slips the origin lies further back
        gap = _between_slips(loft, rows / (strands - 1))
        columns = columns + (1 - columns) ** 3 * loft.teeth * gap
    return rows, columns


def _between_slips(loft: Loft, share: Array) -> Array:
    """Return 0 on the middle of a slip … 1 between two, for shares of the way across."""
    return np.asarray(0.5 - 0.5 * np.cos(2 * np.pi * loft.slips * share))


def _thickness(loft: Loft, share: Array, u: Array) -> Array:
    """Return the relative thickness (rows, columns)."""
    along = np.interp(u, np.linspace(0, 1, len(loft.along)), loft.along)
    across = np.interp(share, np.linspace(0, 1, len(loft.across)), loft.across)
    columns = np.linspace(0, 1, u.shape[1])[None, :]
    rim_u = np.sqrt(np.clip(1 - np.abs(2 * columns - 1) ** loft.edge[0], 0, 1))
    rim_a = np.sqrt(np.clip(1 - np.abs(2 * share - 1) ** loft.edge[1], 0, 1))
    out = along * across * rim_u * rim_a
    for cut in loft.cuts:
        out = out * (1 - _CUT_DEPTH * np.exp(-(((u - cut) / _CUT_WIDTH) ** 2)))
    if loft.teeth:
        out = out * (
            1 - _GROOVE_DEPTH * _between_slips(loft, share) * np.clip(1 - u / loft.grooves, 0, 1)
        )
    return np.asarray(out)
