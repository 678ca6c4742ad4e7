"""Meshes of muscles, fasciae, bones and skin, bound to strands and bones.

The file ``body.npz`` of a body keeps them compactly (16-bit positions within the body's box, faces
of one part in a row); loading turns them into the arrays that the renderer takes as they are.
Re-posing the surface is not done here: :meth:`Body.frames` gives the affine frames, the renderer
blends them per vertex (linear blend skinning, ``posed = Σ weight · (A · rest + t)``).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.body_file import check_layout, loaded
from visualizer.anatomy.muscle import Side
from visualizer.anatomy.skeleton import SkeletonPose
from visualizer.anatomy.strands import Strands
from visualizer.anatomy.swell import Swell
from visualizer.resources import body_file

__all__ = ["FORMAT", "Body", "Part", "PartKind"]

Array = NDArray[np.float32]
IntArray = NDArray[np.int32]

FORMAT = 1
# Parts of bones that only show where the skin is faded.
_WITHIN_SKIN = ("bone_skull", "bone_hand_", "bone_foot_")
_UNIT_16 = 65535.0
_UNIT_15 = 32767.0
_UNIT_8 = 255.0


class PartKind(StrEnum):
    """What a part of the surface is made of."""

    MUSCLE = "muscle"
    FASCIA = "fascia"
    BONE = "bone"
    SKIN = "skin"


def _quantile(ordered: Array, share: float) -> float:
    """Return the quantile of ordered numbers; numpy's own takes 0.2 ms a call."""
    place = share * (len(ordered) - 1)
    low = int(place)
    below, above = ordered[low], ordered[min(low + 1, len(ordered) - 1)]
    return float(below + (above - below) * (place - low))


def _check_format(arrays: Mapping[str, NDArray[Any]]) -> None:
    version = int(arrays["format"])
    if version != FORMAT:
        raise ValueError(f"format {version}, expected {FORMAT}")


@dataclass(frozen=True)
class Part:
    """A named piece of the surface: its faces lie in a row.

    Attributes
    ----------
    id : str
        E.g. ``gluteus_maximus_r``, ``bone_femur_r``, ``skin_hand_l``.
    muscle : str or None
        Id of the muscle or fascia without side; None for bones and skin.
    side : Side or None
        None for what crosses the midplane.
    kind : PartKind
        What it is made of.
    first_face, face_count : int
        Where its faces lie.
    belly_faces : int
        How many of them, from the first, form the closed fleshy belly; tendons follow.
    """

    id: str
    muscle: str | None
    side: Side | None
    kind: PartKind
    first_face: int = 0
    face_count: int = 0
    belly_faces: int = 0

    @property
    def within_skin(self) -> bool:
        """Whether it is of the bones that the skin of head, hand and foot covers."""
        return self.kind is PartKind.BONE and self.id.startswith(_WITHIN_SKIN)


@dataclass(frozen=True, eq=False)
class Body:
    """The surface of the body and what moves it. A body is itself alone: arrays do not compare.

    Attributes
    ----------
    rest_position, rest_normal : (V, 3) float32 ndarray
        Vertices (m) and unit normals at rest.
    faces : (F, 3) int32 ndarray
        Counter-clockwise seen from outside.
    face_part : (F,) int32 ndarray
        Index into ``parts``.
    occlusion : (V,) float32 ndarray
        1 where the surface lies open, towards 0 in grooves.
    tendon : (V,) float32 ndarray
        0 for red muscle to 1 for tendon, fascia or bone.
    fibre : (V, 3) float32 ndarray
        Two coordinates across the fibres (m) and the place along them, 0 origin to 1 insertion
        with the middle of the belly at ½.
    influence, weight : (V, 4) int32 and float32 ndarray
        The frames that a vertex follows and their shares, which sum to 1.
    parts : tuple of Part
        The pieces of the surface.
    strands : Strands
        The muscles' centre lines.
    bone_bodies : (R,) ndarray of int
        Bodies of the skeleton whose frames follow those of the strands' knots.
    rest_angles : mapping of str to float
        Joint angles (rad) of the rest pose; other joints are at zero.
    """

    rest_position: Array
    rest_normal: Array
    faces: IntArray
    face_part: IntArray
    occlusion: Array
    tendon: Array
    fibre: Array
    influence: IntArray
    weight: Array
    parts: tuple[Part, ...]
    strands: Strands
    bone_bodies: NDArray[np.int64]
    rest_angles: Mapping[str, float]

    def lie_within(self, rows: Mapping[str, NDArray[Any]]) -> None:
        """Let arrays be the first rows of others that say the same, so that both are kept once.

        Only the first call does so: whoever comes later, like a small picture's scene, goes again.

        Parameters
        ----------
        rows : mapping of str to ndarray
            By the name of the attribute, read-only.

        Raises
        ------
        ValueError
            When one of them says something else.
        """
        if self.rest_position.base is not None:
            return
        for name, others in rows.items():
            own = getattr(self, name)
            same = others[: len(own)]
            if same.dtype != own.dtype or not np.array_equal(same, own):
                raise ValueError(f"{name} differs")
            object.__setattr__(self, name, same)

    @property
    def knot_frames(self) -> int:
        """Number of frames that belong to knots; those of bones follow."""
        return int(self.strands.knot_count * self.strands.strand_count)

    @property
    def frame_count(self) -> int:
        """Number of frames that :meth:`frames` returns."""
        return self.knot_frames + len(self.bone_bodies)

    @classmethod
    def load(cls, path: Path | None = None) -> Body:
        """Load the default body's surface, or the file ``path``.

        Raises
        ------
        DataError
            When the file is missing, damaged or of another version.
        """

        def checked(arrays: Mapping[str, NDArray[Any]]) -> Body:
            _check_format(arrays)  # first: another version may be laid out otherwise
            check_layout(arrays)
            return cls.from_arrays(arrays)

        return loaded(body_file("body.npz") if path is None else path, checked)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Body:
        """Return the body that is stored in ``arrays``; see :mod:`visualizer.anatomy.body_file`."""
        _check_format(arrays)
        low, high = arrays["position_box"].astype(np.float32)
        position = arrays["position"].astype(np.float32)
        position *= (high - low) / np.float32(_UNIT_16)
        position += low
        normal = arrays["normal"].astype(np.float32)
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), np.float32(1e-12))
        # side by side, as the renderer reads them
        shading = np.empty((len(position), 5), np.float32)
        shading[:, 0] = arrays["occlusion"] / np.float32(_UNIT_8)
        shading[:, 1] = arrays["tendon"] / np.float32(_UNIT_8)
        scale = arrays["fibre_scale"].astype(np.float32) / np.float32(_UNIT_15)
        np.multiply(arrays["fibre"], scale, out=shading[:, 2:])
        weight = arrays["weight"].astype(np.float32)
        weight /= weight.sum(1, keepdims=True)
        count = arrays["part_faces"].astype(np.int64)
        first = np.concatenate(([0], np.cumsum(count)[:-1]))
        parts = tuple(
            Part(
                id=str(name),
                muscle=str(muscle) or None,
                side=Side(str(side)) if str(side) else None,
                kind=PartKind(str(kind)),
                first_face=int(start),
                face_count=int(n),
                belly_faces=int(belly),
            )
            for name, muscle, side, kind, start, n, belly in zip(
                arrays["part_id"],
                arrays["part_muscle"],
                arrays["part_side"],
                arrays["part_kind"],
                first,
                count,
                arrays["part_belly_faces"],
                strict=True,
            )
        )
        angles = zip(
            arrays["rest_angle_name"].tolist(), arrays["rest_angle_rad"].tolist(), strict=True
        )
        return cls(
            rest_position=position,
            rest_normal=normal,
            faces=arrays["faces"].astype(np.int32),
            face_part=np.repeat(np.arange(len(parts), dtype=np.int32), count),
            occlusion=shading[:, 0],
            tendon=shading[:, 1],
            fibre=shading[:, 2:],
            influence=arrays["influence"].astype(np.int32),
            weight=weight,
            parts=parts,
            strands=Strands.from_arrays(arrays),
            bone_bodies=arrays["bone_body"].astype(np.int64),
            rest_angles=MappingProxyType(dict(angles)),
        )

    @cached_property
    def fibre_length_m(self) -> Array:
        """Length of each part along its fibres at rest, (P,) metres; 0 for bones and skin."""
        length = np.zeros(len(self.parts), np.float32)
        for i, part in enumerate(self.parts):
            if part.kind is not PartKind.MUSCLE:
                continue
            faces = self.faces[part.first_face : part.first_face + part.face_count]
            # a part's vertices lie together
            first = int(faces.min())
            used = np.zeros(int(faces.max()) + 1 - first, bool)
            used[faces - first] = True
            where = np.flatnonzero(used) + first
            u = self.fibre[where, 2]
            ordered = np.sort(u)
            near = where[u < _quantile(ordered, 0.15)]
            far = where[u > _quantile(ordered, 0.85)]
            if len(near) and len(far):
                ends = self.rest_position[far].mean(0) - self.rest_position[near].mean(0)
                # the middles of the two ends lie about 0.85 of the length apart
                length[i] = np.linalg.norm(ends) / 0.85
        return length

    def part_index(self, part_id: str) -> int:
        """Return the index of a part.

        Raises
        ------
        KeyError
            When there is none of that id.
        """
        for i, part in enumerate(self.parts):
            if part.id == part_id:
                return i
        raise KeyError(part_id)

    def frames(
        self, pose: SkeletonPose, out: Array | None = None, swell: Swell | None = None
    ) -> Array:
        """Return the affine frames (N, 3, 4) that lead from rest to ``pose``.

        Parameters
        ----------
        pose : SkeletonPose
            The skeleton.
        out : (N, 3, 4) float32 ndarray, optional
            Where to write them.
        swell : Swell, optional
            By how much muscles are drawn thicker than they are.
        """
        if out is None:
            out = np.empty((self.frame_count, 3, 4), np.float32)
        knots = self.knot_frames
        motion = self.strands.rest_bodies.moved(pose, self.strands.native)
        self.strands.frames(pose, motion, out[:knots], swell)
        out[knots:] = motion[1][self.bone_bodies]
        return out

    def posed(self, frames: Array) -> Array:
        """Return the vertices (V, 3) under ``frames``: the slow way, for tests and measures."""
        moved = np.zeros_like(self.rest_position)
        for k in range(self.influence.shape[1]):
            frame = frames[self.influence[:, k]]
            part = np.einsum("vij,vj->vi", frame[:, :, :3], self.rest_position) + frame[:, :, 3]
            moved += part * self.weight[:, k, None]
        return moved

    def volumes_cm3(self, position: Array | None = None) -> dict[str, float]:
        """Return the volume of every part's belly by part id, in cubic centimetres.

        Parameters
        ----------
        position : (V, 3) ndarray, optional
            Vertices of a pose; at rest by default.
        """
        position = self.rest_position if position is None else position
        parts = [part for part in self.parts if part.belly_faces]
        count = np.array([part.belly_faces for part in parts])
        first = np.cumsum(count) - count
        at = [np.arange(part.belly_faces) + part.first_face for part in parts]
        corners = position[self.faces[np.concatenate(at)].T].astype(np.float64)
        centre = np.add.reduceat(corners[0], first) / count[:, None]
        corners -= np.repeat(centre, count, axis=0)
        a, (bx, by, bz), (cx, cy, cz) = np.moveaxis(corners, 2, 1)
        # the product of three, six times the volume of a tetrahedron from the centre
        six = a[0] * (by * cz - bz * cy) + a[1] * (bz * cx - bx * cz) + a[2] * (bx * cy - by * cx)
        volumes = np.add.reduceat(six, first) / 6 * 1e6
        return {part.id: float(volume) for part, volume in zip(parts, volumes, strict=True)}
