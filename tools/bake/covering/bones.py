"""The bones that are shipped: welded, thinned and bound rigidly to their bodies."""

from __future__ import annotations

import itertools

import numpy as np
from numpy.typing import NDArray

from tools.bake.covering.foot import FOOT
from tools.bake.covering.hand import FINGERS, PALM
from tools.bake.covering.head import SKULL
from tools.bake.flesh.binding import Bound, joined
from tools.bake.flesh.tendons import tube_faces
from tools.bake.geometry.subdivision import rounded
from tools.bake.skeleton.rest import Bone, Rest

__all__ = ["bone_parts"]

Array = NDArray[np.float64]

# Triangles that a heavy mesh is thinned to; lighter ones are kept as they are.
_TRIANGLES = {
    "r_pelvis": 246,
    "torso_geom_13": 1900,
    "hat_cervical": 400,
    "scapula_r": 740,
    "r_femur": 800,
    "hat_skull": 900,
    "hat_jaw": 220,
    "r_foot": 320,
    "r_bofoot": 240,
    "r_talus": 120,
} | dict.fromkeys((*PALM, *FINGERS), 48)
_VERTEBRA_TRIANGLES = 130
# Bones whose meshes are so coarse that one would see their corners.
_ROUNDED = ("r_pelvis",)
# Bones that the skin of head, hand and foot covers, by the part that they make together.
_IN_SKIN = {"bone_skull": SKULL, "bone_hand_r": (*PALM, *FINGERS), "bone_foot_r": FOOT}
# Vertebrae from above that discs lie between, and what of a vertebra is its body, from the front.
_LUMBAR = ("torso_geom_1", *(f"lumbar{k}_geom_1" for k in range(1, 6)), "sacrum_geom_1")
_VERTEBRAL_BODY_M, _END_PLATE_M = 0.030, 0.008
_DISC_SIDES, _LEAST_DISC_M = 11, 0.004
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
    corners, triangles = vertices[used], renumbered.reshape(-1, 3).astype(np.int32)
    return rounded(corners, triangles) if bone.name in _ROUNDED else (corners, triangles)


def _mirrored(
    vertices: Array, faces: NDArray[np.int32], midplane_x_m: float
) -> tuple[Array, NDArray[np.int32]]:
    other = vertices * (-1.0, 1.0, 1.0) + (2 * midplane_x_m, 0.0, 0.0)
    return other, np.ascontiguousarray(faces[:, ::-1])


def _rigid(vertices: Array, faces: NDArray[np.int32], body: int) -> Bound:
    n = len(vertices)
    weight = np.zeros((n, 4))
    weight[:, 0] = 1.0
    return Bound(
        vertices, faces.astype(np.int32), np.full((n, 4), -1 - body), weight,
        vertices * (1.0, 1.0, 0.0), np.ones(n),
    )  # fmt: skip


def _disc(upper: Bone, lower: Bone, rest: Rest) -> Bound:
    """Return the disc between two vertebrae; it moves with both."""
    above, below = (_front(bone) for bone in (upper, lower))
    bottom = above[above[:, 2] < above[:, 2].min() + _END_PLATE_M]
    top = below[below[:, 2] > below[:, 2].max() - _END_PLATE_M]
    high, low = bottom.mean(0), top.mean(0)
    if high[2] < low[2] + _LEAST_DISC_M:
        middle = (high[2] + low[2]) / 2
        high[2], low[2] = middle + _LEAST_DISC_M / 2, middle - _LEAST_DISC_M / 2
    radii = np.ptp(np.vstack([bottom, top]), axis=0)[:2] / 2
    share = np.array([0.0, 0.25, 0.75, 1.0])
    bulge = np.array([0.80, 0.97, 0.97, 0.80])
    angle = np.arange(_DISC_SIDES) * 2 * np.pi / _DISC_SIDES
    ring = np.stack([np.cos(angle) * radii[0], np.sin(angle) * radii[1], 0 * angle], 1)
    centre = high + (low - high) * share[:, None]
    body = (centre[:, None] + ring[None] * bulge[:, None, None]).reshape(-1, 3)
    vertices = np.vstack([body, high, low])
    faces = tube_faces(len(share), _DISC_SIDES)
    along = np.concatenate([np.repeat(share, _DISC_SIDES), (0.0, 1.0)])
    weight = np.zeros((len(along), 4))
    weight[:, 0], weight[:, 1] = 1 - along, along
    first, last = (-1 - rest.skeleton.body(b.body) for b in (upper, lower))
    influence = np.tile([first, last, last, last], (len(along), 1))
    return Bound(
        vertices, faces, influence, weight, vertices * (1.0, 1.0, 0.0), np.ones(len(along))
    )


def _front(bone: Bone) -> Array:
    """Return the vertices of a vertebra's body: its foremost part, near the midline."""
    v = bone.vertices
    return np.asarray(v[v[:, 1] < v[:, 1].min() + _VERTEBRAL_BODY_M])


def bone_parts(rest: Rest) -> dict[str, Bound]:
    """Return the bones of the right side and the midline by part id, one part per body.

    The bones of head, hand and foot, which the skin hides, are one part each.
    """
    skinned = {name: part for part, names in _IN_SKIN.items() for name in names}
    pieces: dict[str, list[Bound]] = {}
    for bone in rest.bones.values():
        body = rest.skeleton.body(bone.body)
        thinned = _thinned(bone)
        mine = pieces.setdefault(skinned.get(bone.name, f"bone_{bone.body}"), [])
        mine.append(_rigid(*thinned, body))
        if bone.name == _HIP_BONE:
            # it belongs to a body on the midline, which is not mirrored with the right half
            mine.append(_rigid(*_mirrored(*thinned, rest.midplane_x_m), body))
    discs = [
        _disc(rest.bones[upper], rest.bones[lower], rest)
        for upper, lower in itertools.pairwise(_LUMBAR)
    ]
    return {part: joined(bounds) for part, bounds in pieces.items()} | {"bone_discs": joined(discs)}
