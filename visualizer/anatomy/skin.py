"""The skin as an outline: a closed calm surface round the flesh, which follows the bones.

It is drawn beside the flesh only and measures nothing; muscles and all that is said about them do
not know it. The file ``skin.npz`` of a body keeps it; ``python -m tools.skin`` makes it.

A vertex follows up to four frames: those of bones, and frames *between* two bones. A frame between
turns by a share of the way from one bone to the next round the joint's centre; where it is given a
say, the skin of a bent hip or knee keeps its roundness instead of collapsing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.body_file import Layout, check_indices, loaded, sizes_of
from visualizer.anatomy.rotations import rotation_rows
from visualizer.anatomy.skeleton import Skeleton, SkeletonPose
from visualizer.anatomy.strands import RestBodies
from visualizer.errors import DataError, Problem, UnknownNameError

__all__ = ["FORMAT", "Skin"]

Array = NDArray[np.float32]
IntArray = NDArray[np.int32]

FORMAT = 1
_UNIT_16, _UNIT_8 = 65535.0, 127.0

# V vertices, F faces, B bones, J frames between two of them.
_LAYOUT: Layout = {
    "format": ("iu", ()),
    "position_box": ("f", (2, 3)),
    "position": ("u", ("V", 3)),
    "normal": ("i", ("V", 3)),
    "faces": ("iu", ("F", 3)),
    "influence": ("iu", ("V", 4)),
    "weight": ("u", ("V", 4)),
    "bone_names": ("U", ("B",)),
    "bone_position": ("f", ("B", 3)),
    "bone_quaternion": ("f", ("B", 4)),
    "between": ("iu", ("J", 2)),
    "between_share": ("f", ("J",)),
    "between_centre": ("f", ("J", 3)),
}


@dataclass(frozen=True)
class Skin:
    """The skin's surface and what moves it.

    Attributes
    ----------
    rest_position, rest_normal : (V, 3) float32 ndarray
        Vertices (m) and unit normals at rest.
    faces : (F, 3) int32 ndarray
        Counter-clockwise seen from outside.
    influence, weight : (V, 4) int32 and float32 ndarray
        The frames that a vertex follows and their shares, which sum to 1: the B bones' frames,
        then the J frames between two of them.
    bone_names : tuple of str
        Bodies of the skeleton.
    rest_bones : RestBodies
        Where those bodies stood when the skin was made.
    between : (J, 2) ndarray of int
        The two bones of each frame between.
    between_share : (J,) ndarray
        How much of the way from the first to the second it turns.
    between_centre : (J, 3) ndarray
        What it turns about, at rest, metres.
    """

    rest_position: Array
    rest_normal: Array
    faces: IntArray
    influence: IntArray
    weight: Array
    bone_names: tuple[str, ...]
    rest_bones: RestBodies
    between: NDArray[np.int64]
    between_share: NDArray[np.float64]
    between_centre: NDArray[np.float64]

    @property
    def frame_count(self) -> int:
        """Number of frames that :meth:`frames` returns."""
        return len(self.bone_names) + len(self.between)

    @classmethod
    def load(cls, path: Path) -> Skin:
        """Load a skin.

        Raises
        ------
        DataError
            When the file is missing, damaged or of another version.
        """
        return loaded(path, cls.from_arrays)

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Skin:
        """Return the skin that is stored in ``arrays``.

        Raises
        ------
        ValueError, KeyError
            When they do not hold a skin.
        """
        if int(arrays["format"]) != FORMAT:
            raise ValueError(f"format {int(arrays['format'])}, expected {FORMAT}")
        n = sizes_of(arrays, _LAYOUT)
        if min(n["V"], n["F"], n["B"]) < 1:
            raise ValueError("something is empty")
        frames = n["B"] + n["J"]
        limits = {"faces": n["V"], "influence": frames, "between": n["B"]}
        check_indices(arrays, limits)
        if not arrays["weight"].any(axis=1).all():
            raise ValueError("a vertex follows nothing")
        if not (arrays["bone_quaternion"] != 0).any(axis=1).all():
            raise ValueError("a bone has no orientation")
        low, high = arrays["position_box"].astype(np.float32)
        position = arrays["position"].astype(np.float32) * ((high - low) / np.float32(_UNIT_16))
        normal = arrays["normal"].astype(np.float32) / np.float32(_UNIT_8)
        normal /= np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), np.float32(1e-6))
        weight = arrays["weight"].astype(np.float32)
        weight /= weight.sum(1, keepdims=True)
        return cls(
            rest_position=position + low,
            rest_normal=normal,
            faces=arrays["faces"].astype(np.int32),
            influence=arrays["influence"].astype(np.int32),
            weight=weight,
            bone_names=tuple(arrays["bone_names"].tolist()),
            rest_bones=RestBodies(
                arrays["bone_position"].astype(float), arrays["bone_quaternion"].astype(float)
            ),
            between=arrays["between"].astype(np.int64),
            between_share=arrays["between_share"].astype(float),
            between_centre=arrays["between_centre"].astype(float),
        )

    def bones_of(self, skeleton: Skeleton) -> NDArray[np.intp]:
        """Return where the bones stand among a skeleton's bodies, (B,).

        Raises
        ------
        DataError
            When the skeleton has none of such a name.
        """
        try:
            return np.array([skeleton.body(name) for name in self.bone_names], np.intp)
        except UnknownNameError as error:
            raise DataError([Problem("skin.npz", "bone_names", str(error))]) from None

    def frames(self, pose: SkeletonPose, bones: NDArray[np.intp]) -> Array:
        """Return the affine frames (N, 3, 4) that lead from rest to a pose.

        Parameters
        ----------
        pose : SkeletonPose
            The skeleton.
        bones : (B,) ndarray of int
            As :meth:`bones_of` returned them.
        """
        turn, frame = self.rest_bones.motion_of(
            pose.body_position[bones], pose.body_quaternion[bones]
        )
        out = np.empty((self.frame_count, 3, 4), np.float32)
        out[: len(frame)] = frame
        one, two = self.between.T
        # the shorter way from one to the other; their mean turns about as far as its share says
        sign = np.sign((turn[one] * turn[two]).sum(axis=1)) + 0.0
        share = self.between_share[:, None]
        mean = turn[one] * (1.0 - share) + turn[two] * (sign[:, None] * share)
        mean /= np.linalg.norm(mean, axis=1, keepdims=True)
        rotation = np.moveaxis(np.array(rotation_rows(mean.T)), 2, 0)
        centre = self.between_centre
        ends = [
            np.einsum("jik,jk->ji", frame[b][:, :, :3], centre) + frame[b][:, :, 3]
            for b in (one, two)
        ]
        place = ends[0] * (1.0 - share) + ends[1] * share
        out[len(frame) :, :, :3] = rotation
        out[len(frame) :, :, 3] = place - np.einsum("jik,jk->ji", rotation, centre)
        return out
