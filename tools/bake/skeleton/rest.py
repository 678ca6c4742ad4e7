"""The skeleton in the pose in which the body is modelled.

Standing, legs a little apart and arms away from the trunk, so that neighbouring muscles compete
for space where they really touch and the inner thighs and armpits stay open. Only the right half
and the midline are modelled; the left half is the mirror image.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.bake.source.arms import ARM_BONES
from tools.bake.source.model import SourceModel
from visualizer.anatomy.skeleton import Skeleton, SkeletonPose

__all__ = ["REST_ANGLES_DEG", "Bone", "Rest", "mirrored_name"]

Array = NDArray[np.float64]

_ONE_SIDE_DEG = {
    "hip_adduction": -4.0,
    "knee_angle": 2.0,
    "arm_add": -16.0,
    "elbow_flex": 10.0,
}
REST_ANGLES_DEG: dict[str, float] = {
    f"{joint}_{side}": angle for joint, angle in _ONE_SIDE_DEG.items() for side in "rl"
}

# The model's names of bone meshes that our skeleton carries on bodies of other names.
_MIDLINE_BODY = {"hat_cervical": "neck", "hat_jaw": "head", "hat_skull": "head"}
_RIBCAGE = "torso_geom_13"


def mirrored_name(name: str) -> str:
    """Return the name of the left twin of something on the right."""
    return name[:-2] + "_l" if name.endswith("_r") else name


@dataclass(frozen=True)
class Bone:
    """A bone mesh at rest: right side or midline.

    Attributes
    ----------
    name : str
        The source model's name of the mesh.
    body : str
        The body of our skeleton that carries it.
    vertices : (V, 3) ndarray
        World coordinates at rest, metres.
    faces : (F, 3) ndarray of int
        Triangles.
    midline : bool
        Whether it crosses the midplane (and is not mirrored).
    """

    name: str
    body: str
    vertices: Array
    faces: NDArray[np.int32]
    midline: bool


@dataclass(frozen=True)
class Rest:
    """Skeleton, its rest pose and the bones in it."""

    skeleton: Skeleton
    pose: SkeletonPose
    angles_rad: dict[str, float]
    bones: dict[str, Bone]
    midplane_x_m: float

    @classmethod
    def build(cls, source: SourceModel, skeleton: Skeleton) -> Rest:
        """Put the bones of ``source`` on ``skeleton`` in the rest pose."""
        zero = skeleton.pose({})
        angles = {name: math.radians(v) for name, v in REST_ANGLES_DEG.items()}
        pose = skeleton.pose(angles)
        bones = {}
        for name in source.bone_geoms:
            body = _body_of(source, name)
            if body is None or body not in skeleton.body_names:
                continue
            vertices, faces = source.bone_mesh(name)
            if name == _RIBCAGE:
                faces = _without_emblem(vertices, faces)
            b = skeleton.body(body)
            turn = _matrix(pose.body_quaternion[b]) @ _matrix(zero.body_quaternion[b]).T
            vertices = (vertices - zero.body_position[b]) @ turn.T + pose.body_position[b]
            bones[name] = Bone(name, body, vertices, faces, not body.endswith("_r"))
        return cls(skeleton, pose, angles, bones, source.midplane_x_m)

    def body_position(self, name: str) -> Array:
        """Return the origin of a body at rest, (3,) metres."""
        return np.array(self.pose.body_position[self.skeleton.body(name)])


def _body_of(source: SourceModel, mesh: str) -> str | None:
    if mesh in ARM_BONES:
        return ARM_BONES[mesh]
    if mesh in _MIDLINE_BODY:
        return _MIDLINE_BODY[mesh]
    body = source.bone_body(mesh)
    return None if body.endswith("_l") or mesh.startswith("l_") else body


def _matrix(quaternion: Array) -> Array:
    w, x, y, z = quaternion
    return np.array(
        [
            [1 - 2 * (y * y + z * z), 2 * (x * y - w * z), 2 * (x * z + w * y)],
            [2 * (x * y + w * z), 1 - 2 * (x * x + z * z), 2 * (y * z - w * x)],
            [2 * (x * z - w * y), 2 * (y * z + w * x), 1 - 2 * (x * x + y * y)],
        ]
    )


def _without_emblem(vertices: Array, faces: NDArray[np.int32]) -> NDArray[np.int32]:
    """Drop the emblem that the source's rib cage wears in front of the breastbone.

    It is one piece of 15,000 triangles and a dozen of under 60; ribs have 96 to 192, the
    breastbone with the costal cartilages 1,450.
    """
    from scipy.sparse import coo_matrix
    from scipy.sparse.csgraph import connected_components

    _, weld = np.unique(np.round(vertices, 6), axis=0, return_inverse=True)
    f = weld.ravel()[faces]
    edges = np.concatenate([f[:, [0, 1]], f[:, [1, 2]]])
    graph = coo_matrix((np.ones(len(edges)), edges.T), shape=(weld.max() + 1,) * 2)
    _, label = connected_components(graph, directed=False)
    piece = label[f[:, 0]]
    size = np.bincount(piece)[piece]
    return np.asarray(faces[(size >= 60) & (size <= 5000)])
