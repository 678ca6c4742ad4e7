"""From the competition's outcome to closed triangle meshes, one per muscle.

A muscle's surface is the zero level of a smooth maximum of two fields: the common hull (capped
at a share of the muscle's own reach) and the interface to its strongest rival, in metres. The
smooth maximum (6 mm for thick, 3 mm for thin muscles) rounds the rims of bellies into the grooves
that make an écorché readable. Bone is subtracted, the other half of the body cut off.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.bake.flesh.competition import Competition, MuscleFlesh, reach_m
from tools.bake.geometry.coarsening import coarsened
from tools.bake.geometry.grid import Grid
from tools.bake.geometry.mesh import ClosedMesh, is_closed, mesh_volume_cm3
from tools.bake.geometry.remesh import evened

__all__ = ["Surfaces", "extract", "surface_of"]

Array = NDArray[np.float64]
Volume = NDArray[np.float32]
Faces = NDArray[np.int32]
Block = tuple[slice, slice, slice]

# Neighbours overlap by this much, so that no light shines through the seams.
_OVERLAP_M = 0.0004
_INTERFACE_LIMIT_M = 0.02
_GROOVE_THICK_M, _GROOVE_THIN_M = 0.006, 0.003
_THICK_RADIUS_M = 0.012
# how softly a belly gives way beneath one that lies over it
_UNDERCUT_M = 0.004
# Triangles per square metre at density 1, before the table's factor.
_TRIANGLES_PER_M2 = 17_500.0
_LEAST_TRIANGLES = 180
_SHORTEST_EDGE_M = 0.0006
# What lies deeper than this beneath the common hull is not seen, and its edges may be so long.
_DEEP_M, _LONGEST_EDGE_M = 0.012, 0.030


@dataclass(frozen=True)
class Surfaces:
    """All muscles' meshes and the volumes that later steps need.

    Attributes
    ----------
    meshes : dict of str to ClosedMesh
        By muscle id, right side.
    inside : dict of str to (block, bool volume)
        The points within each muscle, in its block of the grid.
    bone_distance : float32 volume
        Signed distance to bone, positive outside.
    """

    meshes: dict[str, ClosedMesh]
    inside: dict[str, tuple[Block, NDArray[np.bool_]]]
    bone_distance: Volume

    def solid(self, muscles: Iterable[str] | None = None) -> NDArray[np.bool_]:
        """Return the points of the whole grid within the given muscles, or all of them."""
        out = np.zeros(self.bone_distance.shape, bool)
        for muscle in self.inside if muscles is None else muscles:
            block, mine = self.inside[muscle]
            out[block] |= mine
        return out


def _smooth_maximum(a: Volume, b: Volume, k: float) -> Volume:
    x = np.clip(0.5 + 0.5 * (a - b) / k, 0, 1)
    return np.asarray(b + (a - b) * x + k * x * (1 - x), np.float32)


def _level(
    i: int, flesh: MuscleFlesh, radius_m: float, found: Competition, grid: Grid,
    around: Volume, bone_distance: Volume, midplane_x_m: float,
) -> Volume:  # fmt: skip
    own, layer = found.claims[i], found.layers[flesh.muscle.layer]
    block = own.block
    bias = flesh.muscle.bias
    mine = layer.owner[block] == i
    rival = np.where(mine, layer.second[block], layer.best[block])
    rival_r = np.where(mine, layer.second_radius[block], layer.best_radius[block])
    interface = (own.claim / bias - rival) / (1 / (own.radius * bias) + 1 / rival_r)
    interface = np.where(rival > 50, -_INTERFACE_LIMIT_M, interface)
    interface = np.where(own.claim > 50, _INTERFACE_LIMIT_M, interface)
    interface = np.clip(interface, -_INTERFACE_LIMIT_M, _INTERFACE_LIMIT_M)
    groove = _GROOVE_THICK_M if radius_m > _THICK_RADIUS_M else _GROOVE_THIN_M
    if flesh.muscle.smooth_mm is not None:
        groove = flesh.muscle.smooth_mm * 1e-3
    if flesh.muscle.layer:
        hull = own.gap
    else:
        fill = reach_m(own.radius, flesh.least_reach_m)
        if flesh.muscle.most_fill_mm is not None:
            fill = np.minimum(fill, np.float32(flesh.muscle.most_fill_mm * 1e-3))
        hull = np.maximum(around[block], own.gap - fill)
    level = _smooth_maximum(hull, (interface + _OVERLAP_M).astype(np.float32), groove)
    # what lies above is cut from it as bone is
    level = _smooth_maximum(level, -layer.above[block] - np.float32(_OVERLAP_M), _UNDERCUT_M)
    level = np.maximum(level, -bone_distance[block] + 0.0003)
    x = grid.low[0] + (own.first[0] + np.arange(level.shape[0])) * grid.step_m
    beyond = (x - (midplane_x_m - 0.0006)).astype(np.float32)[:, None, None]
    return np.asarray(np.maximum(level, beyond), np.float32)


def _without_crumbs(level: Volume) -> Volume:
    """Push small detached pieces of the inside out of existence."""
    from scipy.ndimage import label

    pieces, n = label(level < 0)
    if n > 1:
        size = np.bincount(pieces.ravel())[1:]
        small = 1 + np.flatnonzero(size < max(40.0, 0.02 * size.max()))
        level[np.isin(pieces, small)] = 0.004
    return level


def simplified(vertices: Array, faces: Faces, target: int) -> ClosedMesh:
    """Return a mesh with about ``target`` faces that is still closed.

    Raises
    ------
    ValueError
        When there is none.
    """
    import fast_simplification

    v, f = vertices.astype(np.float32), faces.astype(np.int32)
    # where a seam is left open, with a few more
    for more in (1.0, 1.25, 1.56, 1.95, 2.44, 3.05):
        if target * more >= len(f):
            return ClosedMesh(vertices.astype(float), f)
        sv, sf = fast_simplification.simplify(v, f, target_count=int(target * more), agg=4)
        sv, sf = _welded(*_compact(np.asarray(sv, float), np.asarray(sf, np.int32)))
        if len(sf) and is_closed(sf):
            return ClosedMesh(sv, sf)
    raise ValueError(f"no closed mesh of about {target} of {len(f)} faces")


def _welded(vertices: Array, faces: Faces) -> tuple[Array, Faces]:
    """Join vertices that simplification left in one place: their edges would tear in poses."""
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    e = faces[:, [0, 1, 1, 2, 2, 0]].reshape(-1, 2)
    length = np.linalg.norm(vertices[e[:, 0]] - vertices[e[:, 1]], axis=1)
    e = e[length < _SHORTEST_EDGE_M]
    graph = coo_matrix((np.ones(len(e)), e.T), shape=(len(vertices),) * 2)
    _, group = connected_components(graph, directed=False)
    first = np.zeros(group.max() + 1, np.int64)
    # the lowest vertex of each group stands for it
    first[group[::-1]] = np.arange(len(vertices))[::-1]
    return _compact(vertices, first[group][faces].astype(np.int32))


def _compact(vertices: Array, faces: Faces) -> tuple[Array, Faces]:
    """Drop degenerate faces and vertices that no face uses."""
    a, b, c = faces.T
    faces = faces[(a != b) & (b != c) & (a != c)]
    used, renumbered = np.unique(faces, return_inverse=True)
    return vertices[used], renumbered.reshape(-1, 3).astype(np.int32)


def surface_of(
    level: Volume,
    grid: Grid,
    first: tuple[int, int, int],
    density: float,
    hull: Volume | None = None,
) -> ClosedMesh | None:
    """Return the zero level of a field as a simplified closed mesh facing outwards.

    Parameters
    ----------
    level : float32 volume
        The field, about metres.
    grid, first : Grid, (int, int, int)
        Its grid and the index of its first point there.
    density : float
        Relative density of triangles.
    hull : float32 volume, optional
        Signed distance to the common hull on the whole grid: deep beneath it triangles are larger.
    """
    from skimage import measure

    if level.min() >= -1e-5:
        return None
    # skimage gives no types for it, and may not be installed where types are checked
    marching_cubes: Callable[..., Any] = measure.marching_cubes
    v, f, _, _ = marching_cubes(level, 0.0)
    v, f = _compact(v * grid.step_m + grid.low + np.array(first) * grid.step_m, f.astype(np.int32))
    if mesh_volume_cm3(ClosedMesh(v, f)) < 0:
        f = f[:, ::-1].copy()
    a, b, c = (v[f[:, k]] for k in range(3))
    if not is_closed(f):
        raise ValueError("a surface runs out of its grid")
    area = np.linalg.norm(np.cross(b - a, c - a), axis=1).sum() / 2
    target = max(_LEAST_TRIANGLES * min(1.0, density), area * _TRIANGLES_PER_M2 * density)
    mesh = simplified(v, f, int(target))
    if hull is not None:
        deep = grid.sample(hull, mesh.vertices, 0.0) < -_DEEP_M
        mesh = ClosedMesh(*coarsened(mesh.vertices, mesh.faces, deep, _LONGEST_EDGE_M))
    return ClosedMesh(*evened(mesh.vertices, mesh.faces, level, grid, first))


def extract(
    fleshes: list[MuscleFlesh],
    radius_m: Array,
    found: Competition,
    grid: Grid,
    bone: NDArray[np.bool_],
    midplane_x_m: float,
    lofted: Collection[str] = (),
) -> Surfaces:
    """Return the meshes of all muscles of the right side but the ``lofted`` ones."""
    from scipy.ndimage import distance_transform_edt, gaussian_filter

    envelope = gaussian_filter(found.envelope, 1.3)
    wrapped = gaussian_filter(found.wrapped_envelope, 1.3)
    away = distance_transform_edt(~bone) - distance_transform_edt(bone)
    bone_distance = gaussian_filter((away * grid.step_m).astype(np.float32), 0.8)
    del away
    inside: dict[str, tuple[Block, NDArray[np.bool_]]] = {}
    meshes: dict[str, ClosedMesh] = {}
    for i, flesh in enumerate(fleshes):
        around = wrapped if flesh.muscle.wrapped else envelope
        level = _level(
            i, flesh, float(radius_m[i]), found, grid, around, bone_distance, midplane_x_m
        )
        level = gaussian_filter(np.pad(level, 2, constant_values=0.01), 0.8)
        level = _without_crumbs(level)
        inside[flesh.muscle.id] = found.claims[i].block, level[2:-2, 2:-2, 2:-2] < 0
        if flesh.muscle.id in lofted:
            continue
        first = found.claims[i].first
        mesh = surface_of(
            level,
            grid,
            (first[0] - 2, first[1] - 2, first[2] - 2),
            flesh.muscle.triangles,
            None if flesh.muscle.fine_inside else envelope,
        )
        if mesh is None:
            raise ValueError(f"{flesh.muscle.id}: nothing is left of it between its neighbours")
        meshes[flesh.muscle.id] = mesh
    return Surfaces(meshes, inside, bone_distance)
