"""The bones that are shipped: welded, thinned and bound rigidly to their bodies."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from tools.bake.covering.skin import SKINNED_BONES
from tools.bake.flesh.binding import Bound
from tools.bake.skeleton.rest import Bone, Rest

__all__ = ["bone_parts"]

Array = NDArray[np.float64]

# Triangles that a heavy mesh is thinned to; lighter ones are kept as they are.
_TRIANGLES = {
    "r_pelvis": 246,
    "torso_geom_13": 2900,
    "hat_cervical": 400,
    "scapula_r": 800,
    "r_femur": 908,
}
_VERTEBRA_TRIANGLES = 130
_HIP_BONE = "r_pelvis"


def _thinned(bone: Bone) -> tuple[Array, NDArray[np.int32]]:
    import fast_simplification

    vertices, weld = np.unique(np.round(bone.vertices, 5), axis=0, return_inverse=True)
    faces = weld.ravel()[bone.faces]
    a, b, c = faces.T
    faces = faces[(a != b) & (b != c) & (a != c)].astype(np.int32)
    target = _TRIANGLES.get(bone.name, _VERTEBRA_TRIANGLES if bone.midline else len(faces))
    if target < len(faces):
        v, f = fast_simplification.simplify(
            vertices.astype(np.float32), faces, target_count=target, agg=4
        )
        vertices, faces = np.asarray(v, float), np.asarray(f, np.int32)
    used, renumbered = np.unique(faces, return_inverse=True)
    return vertices[used], renumbered.reshape(-1, 3).astype(np.int32)


def _mirrored(
    vertices: Array, faces: NDArray[np.int32], midplane_x_m: float
) -> tuple[Array, NDArray[np.int32]]:
    other = vertices * (-1.0, 1.0, 1.0) + (2 * midplane_x_m, 0.0, 0.0)
    return other, np.ascontiguousarray(faces[:, ::-1])


def bone_parts(rest: Rest) -> dict[str, Bound]:
    """Return the bones of the right side and the midline by part id, one part per body."""
    pieces: dict[str, list[tuple[Array, NDArray[np.int32]]]] = {}
    for bone in rest.bones.values():
        if bone.name in SKINNED_BONES:
            continue
        thinned = _thinned(bone)
        pieces.setdefault(bone.body, []).append(thinned)
        if bone.name == _HIP_BONE:
            # it belongs to a body on the midline, which is not mirrored with the right half
            pieces[bone.body].append(_mirrored(*thinned, rest.midplane_x_m))
    parts = {}
    for body, meshes in pieces.items():
        vertices = np.vstack([v for v, _ in meshes])
        start = np.cumsum([0] + [len(v) for v, _ in meshes])
        faces = np.vstack([f + s for (_, f), s in zip(meshes, start, strict=False)])
        n = len(vertices)
        weight = np.zeros((n, 4))
        weight[:, 0] = 1.0
        parts[f"bone_{body}"] = Bound(
            vertices,
            faces.astype(np.int32),
            np.full((n, 4), -1 - rest.skeleton.body(body)),
            weight,
            vertices * (1.0, 1.0, 0.0),
            np.ones(n),
        )
    return parts
