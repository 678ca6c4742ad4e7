"""The flesh, closed group by group, thickened by fat and skin, as one calm surface.

Trunk, thighs, shanks and arms are closed one by one by a rolling ball, so that furrows between
muscles vanish while limbs do not weld to each other or to the trunk; then they are joined smoothly.
Head, hands and feet have an opaque skin already: the outline dives under it and is cut away there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.bake.geometry.grid import Grid, occupancy, surface_samples
from tools.bake.geometry.mesh import ClosedMesh
from visualizer.anatomy.surface import Body, Part

__all__ = ["Outline", "outline"]

Array = NDArray[np.float64]
Volume = NDArray[np.float32]

_STEP_M = 0.005
_MARGIN_M = 0.045
# How wide two groups blend where they meet.
_BLEND_M = 0.018
_SMOOTHING_M = 0.006
_TAUBIN_ROUNDS, _SHRINK, _SWELL = 14, 0.5, -0.53
# Triangles of the whole before those under the opaque skin are cut away.
_TRIANGLES = 7400
# Skin alone, everywhere but at the cuffs of head, hands and feet, to which it thins out.
_SKIN_M = 0.003
_CUFF_M = 0.070
# How far the outline dives under the opaque skin, and how near to flesh of another kind it stays.
_SUNK_M = 0.004
_HIDDEN_M = 0.012


@dataclass(frozen=True)
class _Group:
    """Flesh that is closed together by a ball of a radius."""

    ball_m: float
    sunk: bool = False


_GROUPS = {
    "trunk": _Group(0.032),
    "neck": _Group(0.014),
    "thigh": _Group(0.024),
    "shank": _Group(0.016),
    "arm": _Group(0.014),
    "head": _Group(0.006, sunk=True),
    "hand": _Group(0.004, sunk=True),
    "foot": _Group(0.006, sunk=True),
}
# By the group of a muscle, and by the name of what is none; some belong to two.
_OF_MUSCLES = {
    "abdomen": ("trunk",),
    "back": ("trunk",),
    "chest": ("trunk",),
    "shoulder": ("trunk",),
    "gluteal": ("trunk", "thigh"),
    "anterior thigh": ("thigh",),
    "lateral thigh": ("thigh",),
    "medial thigh": ("thigh",),
    "posterior thigh": ("thigh",),
    "leg": ("shank",),
    "arm": ("arm",),
    "forearm": ("arm",),
    "neck": ("neck",),
    "head": ("head",),
}
_OF_NAMES = {
    "skin_head": ("head",),
    "skin_hand": ("hand",),
    "skin_foot": ("foot",),
    "skin_neck": ("neck",),
    "bone_neck": ("neck",),
    "capsule_neck": ("neck",),
    "bone_femur": ("thigh",),
    "bone_patella": ("thigh", "shank"),
    "capsule_knee": ("thigh", "shank"),
    "bone_tibia": ("shank",),
    "bone_humerus": ("arm",),
    "bone_ulna": ("arm",),
    "bone_radius": ("arm",),
    "capsule_elbow": ("arm",),
    "capsule_shoulder": ("trunk", "arm"),
}
_LEFT_OUT = ("bone_skull", "bone_hand", "bone_foot")
_OPAQUE_SKIN = ("skin_head", "skin_hand", "skin_foot")


@dataclass(frozen=True)
class _Pad:
    """Fat that is thickest at a place of the right side: beside the middle of a part.

    Attributes
    ----------
    part : str
        Whose middle.
    beside_m : (float, float, float)
        From there: to the body's left, backwards, upwards.
    size_m : (float, float, float)
        How far it spreads along each of them.
    thickness_m : float
        At the thickest.
    """

    part: str
    beside_m: tuple[float, float, float]
    size_m: tuple[float, float, float]
    thickness_m: float


# By eye: a lean, calm figure.
_PADS = (
    _Pad("gluteus_maximus_r", (0.010, 0.045, -0.030), (0.075, 0.070, 0.085), 0.017),
    _Pad("gluteus_maximus_r", (0.0, 0.010, -0.125), (0.070, 0.060, 0.045), 0.009),
    _Pad("rectus_abdominis_r", (0.040, -0.030, -0.070), (0.090, 0.060, 0.110), 0.008),
    _Pad("external_oblique_r", (0.0, 0.030, -0.120), (0.060, 0.090, 0.070), 0.006),
    _Pad("gastrocnemius_medial_head_r", (-0.020, 0.020, 0.0), (0.070, 0.060, 0.090), 0.004),
    _Pad("rectus_femoris_r", (0.0, 0.0, 0.060), (0.090, 0.080, 0.150), 0.003),
    _Pad("pectoralis_major_r", (0.0, 0.0, 0.0), (0.090, 0.060, 0.080), 0.003),
    _Pad("vastus_lateralis_r", (-0.030, 0.030, 0.150), (0.060, 0.080, 0.100), 0.005),
)


@dataclass(frozen=True)
class Outline:
    """The skin at rest.

    Attributes
    ----------
    mesh : ClosedMesh
        Open where it was cut away under the opaque skin.
    normal : (V, 3) ndarray
        Unit normals.
    """

    mesh: ClosedMesh
    normal: Array


def outline(body: Body, group_of: Callable[[str], str]) -> Outline:
    """Return the skin of a body at rest.

    Parameters
    ----------
    body : Body
        Its flesh, right and left alike.
    group_of : callable
        The group that a muscle belongs to, by id.
    """
    from scipy.ndimage import gaussian_filter
    from skimage.measure import marching_cubes

    grid, middle = _grid(body)
    thickness = _thickness(body, grid, middle)
    levels: list[Volume] = []
    members = _members(body, group_of)
    for name, group in _GROUPS.items():
        for ids in members[name]:
            own = _closed(body, ids, grid, group.ball_m)
            own += np.float32(_SUNK_M) if group.sunk else -thickness
            levels = [_joined(levels[0], own) if levels else own]
    # a voxel may be off from its mirror image
    even = (levels[0] + levels[0][::-1]) / np.float32(2)
    level: Volume = np.asarray(gaussian_filter(even, _SMOOTHING_M / _STEP_M), np.float32)
    vertices, faces, _, _ = marching_cubes(level, 0.0, gradient_direction="descent")
    vertices = grid.low + vertices.astype(float) * _STEP_M
    faces = faces.astype(np.int32)
    vertices = _faired(vertices, faces)
    vertices, faces = _simplified(vertices, faces)
    vertices, faces = _cut(vertices, faces, body)
    normal = grid.gradient(level, vertices, 1.5 * _STEP_M)
    return Outline(ClosedMesh(vertices, faces), normal)


def _grid(body: Body) -> tuple[Grid, float]:
    """Return a grid round the body, its middle plane of points on the midplane, and where."""
    low, high = body.rest_position.min(0), body.rest_position.max(0)
    middle = float(low[0] + high[0]) / 2
    half = np.ceil((float(high[0]) - middle + _MARGIN_M) / _STEP_M)
    first = np.array([middle - half * _STEP_M, low[1] - _MARGIN_M, low[2] - _MARGIN_M])
    last = np.array([middle + half * _STEP_M, high[1] + _MARGIN_M, high[2] + _MARGIN_M])
    count = np.round((last - first) / _STEP_M).astype(int) + 1
    return Grid(first, _STEP_M, (int(count[0]), int(count[1]), int(count[2]))), middle


def _members(body: Body, group_of: Callable[[str], str]) -> dict[str, list[list[int]]]:
    """Return the parts of each group; those with a left and a right come as two lists."""
    found: dict[str, dict[str, list[int]]] = {name: {} for name in _GROUPS}
    for i, part in enumerate(body.parts):
        if part.id.startswith(_LEFT_OUT):
            continue
        bare = _bare(part)
        groups = _OF_MUSCLES[group_of(part.muscle)] if part.muscle else _OF_NAMES.get(bare)
        for group in groups or ("trunk",):
            whole = group in ("trunk", "neck", "head")
            side = "" if whole or part.side is None else part.side.value
            found[group].setdefault(side, []).append(i)
    return {name: list(sides.values()) for name, sides in found.items()}


def _bare(part: Part) -> str:
    return part.id if part.side is None else part.id.removesuffix(part.side.suffix)


def _piece(body: Body, part: Part) -> ClosedMesh:
    faces = body.faces[part.first_face : part.first_face + part.face_count]
    own, corners = np.unique(faces, return_inverse=True)
    return ClosedMesh(
        body.rest_position[own].astype(float), corners.reshape(-1, 3).astype(np.int32)
    )


def _closed(body: Body, ids: Sequence[int], grid: Grid, ball_m: float) -> Volume:
    """Return the signed distance to some parts, closed by a rolling ball, metres."""
    from scipy.ndimage import distance_transform_edt

    meshes = [_piece(body, body.parts[i]) for i in ids]
    points = np.vstack([mesh.vertices for mesh in meshes])
    block, near = grid.block_around(points, ball_m + _MARGIN_M)
    solid = occupancy(near, meshes)
    for k in range(solid.shape[2]):  # what a group encloses is no furrow
        solid[:, :, k] = _filled(solid[:, :, k])
    away = distance_transform_edt(~solid).astype(np.float32) * np.float32(_STEP_M)
    grown = away <= ball_m
    inside = distance_transform_edt(grown).astype(np.float32) * np.float32(_STEP_M)
    out = np.full(grid.shape, np.float32(2 * _MARGIN_M))
    # within the ball's reach the distance to what the ball does not touch, beyond it to the flesh
    out[block] = np.where(grown, np.float32(ball_m) - inside, away)
    return out


def _filled(slice_: NDArray[np.bool_]) -> NDArray[np.bool_]:
    from scipy.ndimage import binary_fill_holes

    return np.asarray(binary_fill_holes(slice_))


def _joined(one: Volume, two: Volume) -> Volume:
    """Return the level of both: the lower, rounded where they meet."""
    blend = np.float32(_BLEND_M)
    share = np.maximum(blend - np.abs(one - two), np.float32(0.0)) / blend
    lower = np.minimum(one, two) - share * share * blend * np.float32(0.25)
    return np.asarray(lower, np.float32)


def _thickness(body: Body, grid: Grid, middle: float) -> Volume:
    """Return how thick fat and skin are at every point of the grid, metres."""
    from scipy.spatial import cKDTree

    x, y, z = np.meshgrid(*grid.axes, indexing="ij", sparse=True)
    total = np.full(grid.shape, np.float32(_SKIN_M))
    for pad in _PADS:
        part = body.parts[body.part_index(pad.part)]
        at = _piece(body, part).vertices.mean(0) + pad.beside_m
        for side in (1.0, -1.0):
            mid_x = middle + side * (at[0] - middle)
            far = (
                ((x - mid_x) / pad.size_m[0]) ** 2
                + ((y - at[1]) / pad.size_m[1]) ** 2
                + ((z - at[2]) / pad.size_m[2]) ** 2
            )
            total += (pad.thickness_m * np.exp(-far)).astype(np.float32)
    # it thins out towards the cuffs; measured on every fourth point, which is fine enough
    samples = np.vstack(list(_opaque(body)))
    coarse = np.stack(np.meshgrid(*(axis[::4] for axis in grid.axes), indexing="ij"), -1)
    far = cKDTree(samples).query(coarse.reshape(-1, 3))[0].reshape(coarse.shape[:3])
    share = np.clip(far / _CUFF_M, 0.0, 1.0)
    share = share * share * (3 - 2 * share)
    return total * _finer(share.astype(np.float32), grid.shape)


def _finer(coarse: Volume, shape: tuple[int, int, int]) -> Volume:
    """Return a volume given at every fourth point at all of them."""
    from scipy.ndimage import map_coordinates

    axes = (np.arange(n, dtype=np.float32) / 4 for n in shape)
    at = np.stack(np.meshgrid(*axes, indexing="ij"))
    return np.asarray(map_coordinates(coarse, at, order=1, mode="nearest"), np.float32)


def _opaque(body: Body) -> Iterable[Array]:
    """Yield points all over the opaque skin of head, hands and feet."""
    for part in body.parts:
        if part.id.startswith(_OPAQUE_SKIN):
            mesh = _piece(body, part)
            yield surface_samples(mesh.vertices, mesh.faces, 0.006)


def _faired(vertices: Array, faces: NDArray[np.int32]) -> Array:
    """Return vertices smoothed without shrinking (Taubin's way)."""
    from scipy.sparse import coo_matrix

    n = len(vertices)
    i = faces.ravel()
    j = np.roll(faces, -1, axis=1).ravel()
    graph = coo_matrix((np.ones(len(i)), (i, j)), shape=(n, n)).tocsr()
    graph = graph + graph.T
    graph.data[:] = 1.0
    degree = np.maximum(np.asarray(graph.sum(1)), 1.0)
    for _ in range(_TAUBIN_ROUNDS):
        for share in (_SHRINK, _SWELL):
            vertices = vertices + share * (graph @ vertices / degree - vertices)
    return vertices


def _simplified(vertices: Array, faces: NDArray[np.int32]) -> tuple[Array, NDArray[np.int32]]:
    import fast_simplification

    points, triangles = fast_simplification.simplify(
        vertices.astype(np.float32), faces, target_count=_TRIANGLES
    )
    return np.asarray(points, float), np.asarray(triangles, np.int32)


def _cut(vertices: Array, faces: NDArray[np.int32], body: Body) -> tuple[Array, NDArray[np.int32]]:
    """Drop what lies well under the opaque skin of head, hands and feet."""
    from scipy.spatial import cKDTree

    opaque = np.vstack(list(_opaque(body)))
    others = [
        _piece(body, p).vertices
        for p in body.parts
        if not p.id.startswith((*_OPAQUE_SKIN, *_LEFT_OUT))
    ]
    to_opaque = cKDTree(opaque).query(vertices)[0]
    to_others = cKDTree(np.vstack(others)).query(vertices)[0]
    hidden = to_opaque + _HIDDEN_M < to_others
    kept = faces[~hidden[faces].all(axis=1)]
    own, kept = np.unique(kept, return_inverse=True)
    return vertices[own], kept.reshape(-1, 3).astype(np.int32)
