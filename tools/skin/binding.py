"""What moves the skin: shares of bones, and of frames between two bones, fitted to the flesh.

In each of some poses a place of the skin *should* keep its distance from the flesh under it: the
mean of the flesh nearby that faces the same way, smoothed over the skin. Muscles slide along their
bones by centimetres and the skin does not, so only the way across counts in full. No frames of
muscles are stored: a place follows at most four frames of bones, and their shares are those that
come nearest to the flesh in all poses at once (non-negative least squares). So the skin survives
any change of the muscles' strands, and costs little.

Tried and dropped elsewhere: the four largest shares of the muscles' own frames tear the skin;
bones by distance alone make it too thin at every joint.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tools.bake.geometry.mesh import ClosedMesh
from visualizer.anatomy.muscle import Side
from visualizer.anatomy.skeleton import Skeleton, SkeletonPose
from visualizer.anatomy.skin import Skin
from visualizer.anatomy.strands import RestBodies
from visualizer.anatomy.surface import Body

__all__ = ["Rig", "bind", "rig_of"]

Array = NDArray[np.float64]

_MIDDLE_BONES = ("pelvis", "lumbar3", "torso", "neck", "head")
_ARM_BONES = ("clavicle", "scapula", "humerus", "ulna", "radius", "hand")
_SIDE_BONES = (*_ARM_BONES, "femur", "tibia", "calcn")
# Where a bone is nearest, the skin may follow that one, those named here, and frames between them.
_NEXT_BONES = {
    "pelvis": ("lumbar3", "torso", "femur"),
    "lumbar3": ("pelvis", "torso"),
    "torso": ("pelvis", "lumbar3", "neck", "clavicle", "scapula", "humerus"),
    "neck": ("torso", "head", "clavicle"),
    "head": ("neck", "torso"),
    "clavicle": ("torso", "neck", "scapula", "humerus"),
    "scapula": ("torso", "clavicle", "humerus"),
    "humerus": ("torso", "clavicle", "scapula", "ulna"),
    "ulna": ("humerus", "radius"),
    "radius": ("humerus", "ulna"),
    "hand": ("ulna", "radius"),
    "femur": ("pelvis", "tibia"),
    "tibia": ("femur", "calcn"),
    "calcn": ("tibia",),
}
# The body's parts that show where those bones are.
_PARTS = {
    "pelvis": ("bone_pelvis", "bone_sacrum"),
    "lumbar3": tuple(f"bone_lumbar{i}" for i in range(1, 6)),
    "head": ("bone_skull",),
    "femur": ("bone_femur", "bone_patella"),
    "calcn": ("bone_foot",),
}
# Between which bones there are frames, and how far they turn; the second carries the centre.
_BETWEEN = (
    ("pelvis", "femur_r", (0.25, 0.5, 0.75)),
    ("femur_r", "tibia_r", (0.33, 0.67)),
    ("torso", "humerus_r", (0.33, 0.67)),
    ("humerus_r", "ulna_r", (0.5,)),
    ("tibia_r", "calcn_r", (0.5,)),
    ("pelvis", "torso", (0.33, 0.67)),
    ("torso", "head", (0.5,)),
)
# Degrees: hip and knee flexion, abduction, then arm flexion, abduction, rotation, elbow, pronation,
# neck, ankle: standing, along the lifts, and in a deep squat. A joint that bends in none of them
# leaves open which bone the skin beside it follows.
_POSES_DEG = (
    (0, 0, 4, 0, 16, 0, 10, 0, 0, 0),
    (0, 2, 4, 10, 16, 30, 10, 68, 0, 4),
    (103, 104, 10, -17, 31, 16, 45, 37, -9, -34),
    (83, 109, 6, -14, 32, 20, 43, 40, -9, -19),
    (52, 107, 5, -10, 33, 26, 40, 43, -9, -4),
    (22, 96, 5, -6, 34, 32, 37, 46, -9, 2),
    (0, 83, 5, -4, 34, 35, 36, 47, -9, 0),
    (-5, 60, 0, -10, 41, 33, 52, 45, -9, 10),
    (104, 104, 14, -17, 31, 16, 46, 37, -9, -35),
    (54, 114, 0, -13, 15, 5, 18, 80, 13, -24),
    (27, 104, 0, -24, 14, 6, 17, 78, 0, -17),
    (0, 88, 0, -34, 14, 8, 16, 77, -11, -18),
    (99, 25, 6, 35, 19, 24, 23, 64, 0, -5),
    (60, 20, 5, 25, 18, 27, 15, 66, 0, 0),
    (30, 12, 4, 18, 17, 29, 11, 67, 0, 3),
    (110, 118, 15, 40, 20, 0, 60, 0, 0, 20),
    (70, 80, 12, 20, 20, 0, 30, 0, 0, 12),
)
_NEIGHBOURS = 64
_REACH_M = 0.012
_SAME_WAY = 0.25
_CALMING_ROUNDS = 14
_SHARE_ROUNDS = 5
# How much it weighs, against metres, that the shares of a place sum to 1.
_SUM_M = 1.0
# How much the way along the flesh weighs against the way across, and how softly bones take turns
# there.
_ALONG = 0.5
_TURNS_M = 0.030
# To which side of the midplane a part lies.
_WAY = {Side.RIGHT: -1.0, Side.LEFT: 1.0, None: 0.0}


@dataclass(frozen=True)
class Rig:
    """The frames that the skin can follow: bones, and frames between them; see ``Skin``."""

    bone_names: tuple[str, ...]
    rest_bones: RestBodies
    between: NDArray[np.int64]
    share: Array
    centre: Array


def rig_of(body: Body, skeleton: Skeleton) -> Rig:
    """Return the frames for a skeleton, which stands at rest as when the body was baked."""
    sides = [name + side.suffix for name in _SIDE_BONES for side in Side]
    names = (*_MIDDLE_BONES, *sides)
    at = [skeleton.body(name) for name in names]
    rest = body.strands.rest_bodies
    own = RestBodies(np.array(rest.position)[at], np.array(rest.quaternion)[at])
    pairs, shares, centres = [], [], []
    for one, two, turned in _BETWEEN:
        for side in Side if two.endswith("_r") else (Side.RIGHT,):
            pair = [
                names.index(n.removesuffix("_r") + side.suffix if n.endswith("_r") else n)
                for n in (one, two)
            ]
            for share in turned:
                pairs.append(pair)
                shares.append(share)
                centres.append(own.position[pair[1]])
    return Rig(names, own, np.array(pairs), np.array(shares), np.array(centres))


def bind(
    mesh: ClosedMesh, normal: Array, body: Body, skeleton: Skeleton, rig: Rig
) -> tuple[NDArray[np.int64], Array]:
    """Return the frames that each vertex of the skin follows and its shares, (V, 4) each.

    Parameters
    ----------
    mesh, normal : ClosedMesh, (V, 3) ndarray
        The skin at rest.
    body, skeleton : Body, Skeleton
        The flesh, and what moves it.
    rig : Rig
        The frames to choose from.
    """
    near, share = _flesh_under(mesh, normal, body)
    mean = _graph(len(mesh.vertices), mesh.faces)
    allowed, stay = _bones_under(mesh, body, rig)
    for _ in range(_CALMING_ROUNDS):
        stay = 0.5 * stay + 0.5 * (mean @ stay)
    follow = _follower(rig, skeleton)
    place = np.column_stack([mesh.vertices, np.ones(len(mesh.vertices))])
    goes, wanted, across = [], [], []
    for row in _POSES_DEG:
        pose = _pose(skeleton, row)
        affine = np.einsum("vk,vkij->vij", share, _blended(body, pose)[near])
        affine = affine.reshape(len(near), 12)
        for _ in range(_CALMING_ROUNDS):
            affine = 0.5 * affine + 0.5 * (mean @ affine)
        affine = affine.reshape(-1, 3, 4)
        turned = np.einsum("vij,vj->vi", affine[:, :, :3], normal)
        turned /= np.linalg.norm(turned, axis=1, keepdims=True)
        frames = follow(pose).astype(float)
        goes.append(np.einsum("nij,vj->nvi", frames, place))
        with_flesh = np.einsum("vij,vj->vi", affine, place)
        with_bones = np.einsum("vn,nvi->vi", stay, goes[-1])
        off = ((with_flesh - with_bones) * turned).sum(axis=1, keepdims=True)
        wanted.append(with_bones + off * turned)
        across.append(turned)
    targets = np.array(goes), np.array(wanted), np.array(across)
    shares = _fitted(*targets, allowed)
    for _ in range(_SHARE_ROUNDS):
        shares = 0.5 * shares + 0.5 * (mean @ shares)
    # once more with the four that count most, which then do without the others
    best = np.argsort(-shares, axis=1, kind="stable")[:, :4]
    allowed[:] = False
    np.put_along_axis(allowed, best, True, axis=1)
    return best, np.take_along_axis(_fitted(*targets, allowed), best, axis=1)


def _bones_under(mesh: ClosedMesh, body: Body, rig: Rig) -> tuple[NDArray[np.bool_], Array]:
    """Return which frames each vertex may follow, and how it goes with the nearest bones alone.

    Returns
    -------
    allowed : (V, N) bool ndarray
    stay : (V, N) ndarray
        Shares, of bones only.
    """
    from scipy.spatial import cKDTree

    names = rig.bone_names
    part = {p.id: p for p in body.parts}
    far = np.empty((len(mesh.vertices), len(names)))
    for b, name in enumerate(names):
        suffix = name[-2:] if name.endswith(("_r", "_l")) else ""
        ids = _PARTS.get(name.removesuffix(suffix), (f"bone_{name.removesuffix(suffix)}",))
        own = [part[i + suffix] for i in ids]
        faces = [body.faces[p.first_face : p.first_face + p.face_count] for p in own]
        points = body.rest_position[np.unique(np.concatenate(faces))]
        far[:, b] = cKDTree(points).query(mesh.vertices)[0]
    middle = float(body.rest_position[:, 0].min() + body.rest_position[:, 0].max()) / 2
    right = mesh.vertices[:, 0] < middle
    frames = len(names) + len(rig.between)
    allowed = np.zeros((len(far), frames), bool)
    nearest = far.argmin(axis=1)
    for v, b in enumerate(nearest):
        own_side = Side.RIGHT.suffix if right[v] else Side.LEFT.suffix
        chosen = {names[b]}
        for name in _NEXT_BONES[names[b].removesuffix("_r").removesuffix("_l")]:
            chosen.add(name if name in names else name + own_side)
        allowed[v, : len(names)] = [name in chosen for name in names]
    one, two = rig.between.T
    allowed[:, len(names) :] = allowed[:, one] & allowed[:, two]
    stay = np.zeros((len(far), frames))
    weight = np.exp(-(far - far.min(axis=1, keepdims=True)) / _TURNS_M)
    stay[:, : len(names)] = np.where(allowed[:, : len(names)], weight, 0.0)
    return allowed, stay / stay.sum(axis=1, keepdims=True)


def _pose(skeleton: Skeleton, row: tuple[int, ...]) -> SkeletonPose:
    hip, knee, apart, arm, away, turn, elbow, palm, neck, ankle = row
    angles = {"neck_flexion": neck}
    for side in Side:
        angles |= {
            f"hip_flexion{side.suffix}": hip,
            f"knee_angle{side.suffix}": knee,
            f"ankle_angle{side.suffix}": ankle,
            f"hip_adduction{side.suffix}": -apart,
            f"arm_flex{side.suffix}": arm,
            f"arm_add{side.suffix}": -away,
            f"arm_rot{side.suffix}": turn,
            f"elbow_flex{side.suffix}": elbow,
            f"pro_sup{side.suffix}": palm,
        }
    return skeleton.pose({name: math.radians(angle) for name, angle in angles.items()})


def _follower(rig: Rig, skeleton: Skeleton):  # type: ignore[no-untyped-def]
    """Return what gives the rig's frames (N, 3, 4) at a pose, as the skin itself will."""
    none = np.zeros((0, 3), np.float32)
    skin = Skin(
        rest_position=none,
        rest_normal=none,
        faces=np.zeros((0, 3), np.int32),
        influence=np.zeros((0, 4), np.int32),
        weight=np.zeros((0, 4), np.float32),
        bone_names=rig.bone_names,
        rest_bones=rig.rest_bones,
        between=rig.between,
        between_share=rig.share,
        between_centre=rig.centre,
    )
    bones = skin.bones_of(skeleton)
    return lambda pose: skin.frames(pose, bones)


def _flesh_under(
    mesh: ClosedMesh, normal: Array, body: Body
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return for each vertex of the skin flesh nearby (V, k) that it goes with, and the shares."""
    from scipy.spatial import cKDTree

    shown = np.array([not part.within_skin for part in body.parts])
    flesh = np.unique(body.faces[shown[body.face_part]])
    far, index = cKDTree(body.rest_position[flesh]).query(mesh.vertices, k=_NEIGHBOURS)
    near = flesh[index]
    middle = float(body.rest_position[:, 0].min() + body.rest_position[:, 0].max()) / 2
    part = np.zeros(len(body.rest_position), np.int64)
    part[body.faces] = body.face_part[:, None]
    right = np.array([_WAY[p.side] for p in body.parts])
    across = right[part[near]] * np.sign(mesh.vertices[:, :1] - middle) < 0
    same = np.einsum("vi,vki->vk", normal, body.rest_normal[near].astype(float))
    reach = far[:, :1] + _REACH_M
    share = np.exp(-((far / reach) ** 2)) * np.clip(same - _SAME_WAY, 0.0, 1.0) ** 2
    share = np.where(across, 0.0, share)
    lost = share.sum(axis=1) < 1e-9
    share[lost, 0] = 1.0
    return near, share / share.sum(axis=1, keepdims=True)


def _blended(body: Body, pose: SkeletonPose) -> Array:
    """Return the affine frame (3, 4) that each vertex of the flesh follows at a pose."""
    frames = body.frames(pose)
    blended = np.zeros((len(body.rest_position), 3, 4))
    for k in range(4):
        blended += body.weight[:, k, None, None] * frames[body.influence[:, k]]
    return blended


def _graph(count: int, faces: NDArray[np.int32]):  # type: ignore[no-untyped-def]
    """Return the matrix that takes the mean over the neighbours of each vertex."""
    from scipy.sparse import coo_matrix, diags

    i, j = faces.ravel(), np.roll(faces, -1, axis=1).ravel()
    graph = coo_matrix((np.ones(len(i)), (i, j)), shape=(count, count)).tocsr()
    graph = graph + graph.T
    graph.data[:] = 1.0
    return diags(1.0 / np.maximum(np.asarray(graph.sum(1)).ravel(), 1.0)) @ graph


def _fitted(goes: Array, wanted: Array, across: Array, allowed: NDArray[np.bool_]) -> Array:
    """Return the shares (V, N) by which frames bring each vertex where it is wanted.

    Parameters
    ----------
    goes : (P, N, V, 3) ndarray
        Where each frame takes each vertex in each pose.
    wanted, across : (P, V, 3) ndarray
        Where it should go, and the direction in which that counts in full.
    allowed : (V, N) bool ndarray
        The frames that each vertex may follow.
    """
    from scipy.optimize import nnls

    shares = np.zeros(allowed.shape)
    for v in range(len(shares)):
        some = np.flatnonzero(allowed[v])
        # relative to where it is wanted: shares that sum to 1 make the sum of these nothing
        way = (goes[:, some, v] - wanted[:, v][:, None]).transpose(0, 2, 1)
        rows = np.vstack(
            [
                np.einsum("pic,pi->pc", way, across[:, v]),
                _ALONG * way.reshape(-1, len(some)),
                np.full((1, len(some)), _SUM_M),
            ]
        )
        right = np.zeros(len(rows))
        right[-1] = _SUM_M
        found, _ = nnls(rows, right)
        shares[v, some] = found / found.sum()
    return shares
