"""Level sets around bones: closed, padded, blended, and bound to the bones they cover."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tools.bake.flesh.binding import Bound, smoothed
from tools.bake.flesh.extraction import surface_of
from tools.bake.geometry.grid import Grid, occupancy, surface_samples
from tools.bake.geometry.mesh import ClosedMesh
from tools.bake.skeleton.rest import Bone, Rest

__all__ = [
    "along_points",
    "ball_closed",
    "bind_to_bones",
    "bone_level",
    "capped",
    "cut_flat",
    "half_space",
    "hull_mesh",
    "local_grid",
    "near_margin",
    "resampled",
    "sealed_level",
    "smooth_union",
    "thinning",
]

Array = NDArray[np.float64]
Volume = NDArray[np.float32]

# How fast what counts near a margin only gives way, metres per metre.
_FADE = 0.6
# Vertices this near to a plane that cuts a mesh are moved onto it: it leaves no slivers.
_SNAP_M = 0.0018


def local_grid(points: Array, margin_m: float, step_m: float) -> Grid:
    """Return a grid around points with a margin, metres."""
    low = points.min(0) - margin_m
    shape = np.ceil((points.max(0) + margin_m - low) / step_m).astype(int) + 1
    return Grid(low, step_m, (int(shape[0]), int(shape[1]), int(shape[2])))


def bone_level(grid: Grid, bones: Sequence[Bone]) -> Volume:
    """Return the signed distance to bones, negative inside."""
    from scipy.ndimage import distance_transform_edt

    solid = occupancy(grid, bones)
    away = distance_transform_edt(~solid) - distance_transform_edt(solid)
    return np.asarray(away * grid.step_m, np.float32)


def sealed_level(grid: Grid, bones: Sequence[Bone], radius_m: float) -> Volume:
    """Return the signed distance to what a ball rolling around bones cannot reach.

    Unlike closing, it also fills cavities that only open through holes smaller than the ball.
    """
    from scipy.ndimage import distance_transform_edt, label

    away = distance_transform_edt(~occupancy(grid, bones)) * grid.step_m
    pieces, _ = label(away >= radius_m)
    outside = pieces == pieces[0, 0, 0]
    return np.asarray(radius_m - distance_transform_edt(~outside) * grid.step_m, np.float32)


def ball_closed(level: Volume, grid: Grid, radius_m: float) -> Volume:
    """Return a level set closed by a ball."""
    from scipy.ndimage import distance_transform_edt

    solid = level < 0
    grown = distance_transform_edt(~solid) * grid.step_m < radius_m
    inside = distance_transform_edt(grown) * grid.step_m - radius_m
    return np.asarray(np.minimum(level, np.where(grown, -inside, level)), np.float32)


def smooth_union(a: Volume, b: Volume, k: float) -> Volume:
    """Return the smooth union of two level sets."""
    h = np.clip(0.5 + 0.5 * (b - a) / k, 0, 1)
    return np.asarray(b + (a - b) * h - k * h * (1 - h), np.float32)


def along_points(grid: Grid, points: Array, radius_m: float, reach_m: float = 0.03) -> Volume:
    """Return the distance to a cloud of points less a radius, cut off at ``reach_m``."""
    from scipy.ndimage import distance_transform_edt

    index = np.round(grid.coordinates(points).T).astype(int)
    inside = ((index >= 0) & (index < grid.shape)).all(1)
    free = np.ones(grid.shape, bool)
    free[tuple(index[inside].T)] = False
    if free.all():
        return np.full(grid.shape, reach_m, np.float32)
    return np.asarray(distance_transform_edt(free) * grid.step_m - radius_m, np.float32)


def half_space(grid: Grid, point: Array, normal: Array) -> Volume:
    """Return the signed distance to a plane, positive on the side of its normal."""
    axes = grid.axes
    parts = [(axes[c] - point[c]) * normal[c] for c in range(3)]
    total = parts[0][:, None, None] + parts[1][None, :, None] + parts[2][None, None, :]
    return np.asarray(total, np.float32)


def capped(level: Volume, beyond: Volume, rounding_m: float) -> Volume:
    """Return a level set cut off by a plane with a rounded rim."""
    return -smooth_union(-level, -beyond, rounding_m)


def resampled(volume: Volume, source: Grid, grid: Grid, outside: float = 0.03) -> Volume:
    """Return a volume on ``source`` at the points of another grid."""
    points = np.stack(np.meshgrid(*grid.axes, indexing="ij"), -1).reshape(-1, 3)
    return source.sample(volume, points, outside).reshape(grid.shape).astype(np.float32)


def near_margin(level: Volume, beyond: Volume, within_m: float) -> Volume:
    """Return a level set that counts near a margin and fades further within than ``within_m``."""
    return np.asarray(level + _FADE * np.clip(-beyond - within_m, 0, None), np.float32)


def thinning(beyond_m: Volume, width_m: float, at_margin_m: float, within_m: float) -> Volume:
    """Return how thick a skin is, by the distance beyond its margin: thin there, full within."""
    inner = np.clip(-beyond_m / width_m, 0, 1)
    return np.asarray(at_margin_m + (within_m - at_margin_m) * inner, np.float32)


def hull_mesh(level: Volume, grid: Grid, density: float, blur: float = 0.8) -> ClosedMesh:
    """Return the smoothed zero level as a mesh."""
    from scipy.ndimage import gaussian_filter

    mesh = surface_of(gaussian_filter(level, blur), grid, (0, 0, 0), density)
    if mesh is None:
        raise ValueError("a skin volume came out empty")
    return mesh


def cut_flat(mesh: ClosedMesh, point: Array, normal: Array) -> ClosedMesh:
    """Return what of a closed mesh lies behind a plane, closed by one flat face.

    A level set that is cut off keeps no more of its rim than its few triangles catch: it is
    scalloped. This one is straight. The cut must be one loop, star-shaped about its middle.
    """
    beyond = (mesh.vertices - point) @ normal
    near = np.abs(beyond) < _SNAP_M
    vertices = mesh.vertices - np.where(near, beyond, 0.0)[:, None] * normal
    beyond = np.where(near, 0.0, beyond)
    added: list[Array] = []
    met: dict[tuple[int, int], int] = {}

    def crossing(a: int, b: int) -> int:
        key = (min(a, b), max(a, b))
        if key not in met:
            share = beyond[key[0]] / (beyond[key[0]] - beyond[key[1]])
            added.append(vertices[key[0]] * (1 - share) + vertices[key[1]] * share)
            met[key] = len(vertices) + len(added) - 1
        return met[key]

    faces: list[tuple[int, int, int]] = []
    for face in mesh.faces.tolist():
        loop: list[int] = []
        for a, b in zip(face, (*face[1:], face[0]), strict=True):
            if beyond[a] <= 0:
                loop.append(a)
            if beyond[a] * beyond[b] < 0:
                loop.append(crossing(a, b))
        flat = all(beyond[v] == 0 for v in face)
        faces += [] if flat else [(loop[0], b, c) for b, c in itertools.pairwise(loop[1:])]
    edges = {(f[k], f[(k + 1) % 3]) for f in faces for k in range(3)}
    rim = [(b, a) for a, b in edges if (b, a) not in edges]
    every = np.vstack([vertices, *added])
    middle = every[sorted({a for a, _ in rim})].mean(0)
    faces += [(a, b, len(every)) for a, b in sorted(rim)]
    used, renumbered = np.unique(np.array(faces), return_inverse=True)
    return ClosedMesh(np.vstack([every, middle])[used], renumbered.reshape(-1, 3).astype(np.int32))


def bind_to_bones(
    mesh: ClosedMesh, rest: Rest, bodies: dict[str, list[str]], fade_m: float = 0.004
) -> Bound:
    """Bind a hull to bodies, given the bone meshes of each.

    ``fade_m`` says how fast a bone's influence fades with distance.
    """
    from scipy.spatial import cKDTree

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
    weight = np.exp(-(distance - distance.min(1, keepdims=True)) / fade_m)
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
