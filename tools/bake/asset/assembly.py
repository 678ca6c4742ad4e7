"""From pieces of the right side and the midline to the arrays of ``body.npz``.

The left half is the mirror image: vertices reflected, triangles turned round, every strand and
body replaced by its twin. Positions are stored in 16 bits of the body's box (0.03 mm), normals,
fibres and weights in 16, shades in 8; :meth:`visualizer.anatomy.surface.Body.from_arrays` is the
other end.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tools.bake.asset.occlusion import Occlusion
from tools.bake.flesh.binding import Bound, joined
from tools.bake.geometry.mesh import vertex_normals
from tools.bake.skeleton.rest import Rest, mirrored_name
from tools.bake.strands.centrelines import Centrelines
from visualizer.anatomy.surface import FORMAT, PartKind

__all__ = ["BodyPiece", "body_arrays"]

Array = NDArray[np.float64]
Arrays = dict[str, NDArray[Any]]

# Tendons and bones catch less of the grooves' darkness than flesh.
_LIGHTER = {PartKind.BONE: 0.0, PartKind.FASCIA: 0.15, PartKind.MUSCLE: 0.0, PartKind.SKIN: 0.05}


@dataclass(frozen=True)
class BodyPiece:
    """A part of the right side or the midline: a belly (or bone, skin) and its tendons."""

    part_id: str
    muscle: str
    kind: PartKind
    belly: Bound
    cords: tuple[Bound, ...] = ()

    @property
    def midline(self) -> bool:
        """Whether it has no twin."""
        return not self.part_id.endswith("_r")


def _mirrored(bound: Bound, rest: Rest, centrelines: Centrelines) -> Bound:
    vertices = bound.vertices.copy()
    vertices[:, 0] = 2 * rest.midplane_x_m - vertices[:, 0]
    n = centrelines.strands.strand_count
    names = rest.skeleton.body_names
    twin_body = np.array([rest.skeleton.body(_twin(names, i)) for i in range(len(names))])
    influence = bound.influence
    knot = influence >= 0
    strand = np.where(knot, influence % n, 0)
    mirrored = np.where(
        knot,
        influence // n * n + centrelines.left_twin[strand],
        -1 - twin_body[np.where(knot, 0, -1 - influence)],
    )
    return replace(bound, vertices=vertices, faces=bound.faces[:, ::-1].copy(), influence=mirrored)


def _in_order(bound: Bound, belly_faces: int) -> Bound:
    """Return a piece whose neighbours in space are neighbours in memory, the belly first.

    The renderer draws or passes over clusters of triangles that follow each other: the smaller
    they are, the better. So the triangles follow a curve through space (Morton's), and the
    vertices come in the order in which triangles need them.
    """
    middle = bound.vertices[bound.faces].mean(axis=1)
    span = np.ptp(middle, axis=0).max() + 1e-9
    cell = ((middle - middle.min(axis=0)) / span * 1023).astype(np.int64)
    code = np.zeros(len(cell), np.int64)
    for bit in range(10):
        for axis in range(3):
            code |= (cell[:, axis] >> bit & 1) << (3 * bit + axis)
    order = np.lexsort((code, np.arange(len(code)) >= belly_faces))
    faces = bound.faces[order]
    used, first = np.unique(faces, return_index=True)
    vertices = used[np.argsort(first)]
    place = np.zeros(len(bound.vertices), np.int32)
    place[vertices] = np.arange(len(vertices), dtype=np.int32)
    return Bound(
        bound.vertices[vertices],
        place[faces],
        bound.influence[vertices],
        bound.weight[vertices],
        bound.fibre[vertices],
        bound.tendon[vertices],
    )


def _twin(names: tuple[str, ...], i: int) -> str:
    twin = mirrored_name(names[i])
    return twin if twin in names else names[i]


def _bits(values: Array, scale: float, dtype: type[np.generic]) -> NDArray[Any]:
    return np.round(values * scale).astype(dtype)


def body_arrays(
    pieces: list[BodyPiece],
    rest: Rest,
    centrelines: Centrelines,
    occlusion: Occlusion,
    provenance: Mapping[str, str],
) -> Arrays:
    """Return everything that ``body.npz`` holds.

    Parameters
    ----------
    pieces : list of BodyPiece
        Right side and midline.
    rest, centrelines : Rest, Centrelines
        Skeleton and strands.
    occlusion : Occlusion
        Shades the vertices.
    provenance : mapping of str to str
        Command and versions, recorded in the file.
    """
    ids: list[str] = []
    muscles: list[str] = []
    sides: list[str] = []
    kinds: list[str] = []
    belly_faces: list[int] = []
    bounds: list[Bound] = []
    normals: list[Array] = []
    shades: list[Array] = []
    for side in ("r", "l"):
        for piece in pieces:
            if piece.midline and side == "l":
                continue
            bound = _in_order(joined((piece.belly, *piece.cords)), len(piece.belly.faces))
            normal = vertex_normals(bound.vertices, bound.faces)
            shade = occlusion.at(bound.vertices, normal) + _LIGHTER[piece.kind]
            shade = np.where(bound.tendon >= 1.0, shade + 0.1, shade)
            if side == "l":
                bound = _mirrored(bound, rest, centrelines)
                normal = normal * (-1.0, 1.0, 1.0)
            ids.append(mirrored_name(piece.part_id) if side == "l" else piece.part_id)
            muscles.append(piece.muscle)
            sides.append("" if piece.midline else {"r": "right", "l": "left"}[side])
            kinds.append(piece.kind.value)
            belly_faces.append(len(piece.belly.faces))
            bounds.append(bound)
            normals.append(normal)
            shades.append(np.clip(shade, 0, 1))
    start = np.cumsum([0] + [len(b.vertices) for b in bounds])
    if start[-1] > np.iinfo(np.uint16).max:
        raise ValueError(f"{start[-1]} vertices are too many for 16-bit faces")
    faces = np.vstack([b.faces + s for b, s in zip(bounds, start, strict=False)])
    position = np.vstack([b.vertices for b in bounds])
    box = np.stack([position.min(0), position.max(0)]).astype(np.float32)
    influence = np.vstack([b.influence for b in bounds])
    knots = centrelines.strands.knot_count * centrelines.strands.strand_count
    bodies = np.unique(-1 - influence[influence < 0])
    rank = np.zeros(int(bodies.max()) + 1, np.int64)
    rank[bodies] = np.arange(len(bodies))
    is_bone = influence < 0
    influence = np.where(
        is_bone, knots + rank[np.where(is_bone, -1 - influence, bodies[0])], influence
    )
    weight = np.vstack([b.weight for b in bounds])
    fibre = np.vstack([b.fibre for b in bounds])
    fibre_scale = np.abs(fibre).max(0)
    return {
        "format": np.array(FORMAT, np.int32),
        "provenance": np.array([f"{k}: {v}" for k, v in provenance.items()]),
        "position_box": box,
        "position": _bits((position - box[0]) / (box[1] - box[0]), 65535, np.uint16),
        "normal": _bits(np.vstack(normals), 32767, np.int16),
        "faces": faces.astype(np.uint16),
        "occlusion": _bits(np.concatenate(shades), 255, np.uint8),
        "tendon": _bits(np.clip(np.concatenate([b.tendon for b in bounds]), 0, 1), 255, np.uint8),
        "fibre": _bits(fibre / fibre_scale, 32767, np.int16),
        "fibre_scale": fibre_scale.astype(np.float32),
        "influence": influence.astype(np.uint16),
        "weight": _bits(weight, 65535, np.uint16),
        "part_id": np.array(ids),
        "part_muscle": np.array(muscles),
        "part_side": np.array(sides),
        "part_kind": np.array(kinds),
        "part_faces": np.array([len(b.faces) for b in bounds], np.int32),
        "part_belly_faces": np.array(belly_faces, np.int32),
        "bone_body": bodies.astype(np.int32),
        "body_names": np.array(rest.skeleton.body_names),
        "tendon_names": np.array(rest.skeleton.tendon_names),
        "rest_angle_name": np.array(list(rest.angles_rad)),
        "rest_angle_rad": np.array(list(rest.angles_rad.values())),
        **centrelines.arrays,
    }
