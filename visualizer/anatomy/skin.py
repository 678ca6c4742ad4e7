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
from visualizer.anatomy.bones import Between, RestBodies
from visualizer.anatomy.native import native
from visualizer.anatomy.skeleton import Skeleton, SkeletonPose
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
    between: NDArray[np.integer[Any]]
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
            between=arrays["between"].astype(np.int32),
            between_share=arrays["between_share"].astype(float),
            between_centre=arrays["between_centre"].astype(float),
        )

    def bones_of(self, skeleton: Skeleton) -> IntArray:
        """Return where the bones stand among a skeleton's bodies, (B,) int32.

        Raises
        ------
        DataError
            When the skeleton has none of such a name.
        """
        try:
            return np.array([skeleton.body(name) for name in self.bone_names], np.int32)
        except UnknownNameError as error:
            raise DataError([Problem("skin.npz", "bone_names", str(error))]) from None

    def frames(self, pose: SkeletonPose, bones: IntArray) -> Array:
        """Return the affine frames (N, 3, 4) that lead from rest to a pose.

        Parameters
        ----------
        pose : SkeletonPose
            The skeleton.
        bones : (B,) int32 ndarray
            As :meth:`bones_of` returned them.
        """
        pair = np.ascontiguousarray(self.between, np.int32)
        between = Between(pair, self.between_share, self.between_centre)
        return self.rest_bones.moved(pose, native(), bones, between)[1]
