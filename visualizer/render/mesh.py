"""The triangles of everything that is drawn, validated once so that the kernel can trust them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from visualizer.render.contract import CLUSTER, SURFACE_COLUMNS

__all__ = ["Mesh", "checked"]

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int32]

# A picture names the part of every pixel in 16 bits.
_MOST_PARTS = 32767


def checked(
    name: str, array: Any, dtype: npt.DTypeLike, shape: tuple[int | None, ...]
) -> npt.NDArray[Any]:
    """Return ``array`` if C may read it as ``dtype`` and ``shape``, else raise.

    Parameters
    ----------
    name : str
        What the array is called in the error.
    array : object
        What should be an array.
    dtype : dtype-like
        The dtype that it must have; nothing is converted.
    shape : tuple of int or None
        The shape that it must have; None leaves an axis free.

    Raises
    ------
    TypeError
        When it is no array or has another dtype.
    ValueError
        When its shape differs or it is not C-contiguous.
    """
    if not isinstance(array, np.ndarray):
        raise TypeError(f"{name} must be an array, not {type(array).__name__}")
    if array.shape == shape and array.dtype == dtype and array.flags.c_contiguous:
        return array  # as nearly always; this is asked three dozen times a picture
    if array.dtype != np.dtype(dtype):
        raise TypeError(f"{name} must be {np.dtype(dtype)}, not {array.dtype}")
    fits = array.ndim == len(shape) and all(
        want is None or have == want for have, want in zip(array.shape, shape, strict=True)
    )
    if not fits:
        wanted = ", ".join("any" if n is None else str(n) for n in shape)
        raise ValueError(f"{name} must have the shape ({wanted}), not {array.shape}")
    if not array.flags.c_contiguous:
        raise ValueError(f"{name} must be C-contiguous")
    return array


def _in_range(name: str, index: npt.NDArray[Any], count: int) -> None:
    if index.size and (index.min() < 0 or index.max() >= count):
        raise ValueError(
            f"{name} must be within 0..{count - 1}, found {index.min()}..{index.max()}"
        )


_FLOATS = ("rest_position", "rest_normal", "occlusion", "tendon", "fibre", "weight")
_ARRAYS = (*_FLOATS, "faces", "face_part", "influence")


def _of_type(name: str, array: Any, shape: tuple[int, ...]) -> None:
    """Refuse what is no float32 array of a shape; how its numbers lie does not matter."""
    if isinstance(array, np.ndarray):
        array = np.ascontiguousarray(array)
    checked(name, array, np.float32, shape)


def _side_by_side(occlusion: FloatArray, tendon: FloatArray, fibre: FloatArray) -> FloatArray:
    """Return occlusion, tendon and fibre as (V, 5) rows: those that they are columns of, if any."""
    rows = fibre.base
    if isinstance(rows, np.ndarray) and rows.ndim == 2 and rows.shape[1] == SURFACE_COLUMNS:
        rows = rows[: len(fibre)]
        columns = rows[:, 0], rows[:, 1], rows[:, 2:]
        same = all(
            given.ctypes.data == own.ctypes.data and given.strides == own.strides
            for given, own in zip((occlusion, tendon, fibre), columns, strict=True)
        )
        if same and rows.flags.c_contiguous and rows.dtype == np.float32:
            shares = rows[:, :2]
            if shares.min() >= 0.0 and shares.max() <= 1.0:
                return rows
    rows = np.empty((len(fibre), SURFACE_COLUMNS), np.float32)
    rows[:, 0] = np.clip(occlusion, 0.0, 1.0)
    rows[:, 1] = np.clip(tendon, 0.0, 1.0)
    rows[:, 2:] = fibre
    return rows


@dataclass(frozen=True, eq=False)
class Mesh:
    """Triangles bound to frames, grouped into parts.

    All arrays are float32 or int32 and C-contiguous; occlusion, tendon and fibre may be columns of
    one array instead, see :attr:`surface`. The mesh holds them read-only: the kernel
    relies on their indices, so whoever made them must not change them afterwards.

    Attributes
    ----------
    rest_position : (V, 3) float32 ndarray, metres
        Vertices of the rest pose.
    rest_normal : (V, 3) float32 ndarray
        Unit normals of the rest pose, outwards.
    faces : (F, 3) int32 ndarray
        Vertices of every triangle, counter-clockwise seen from outside.
    face_part : (F,) int32 ndarray
        Part that every triangle belongs to.
    occlusion : (V,) float32 ndarray
        Openness to the sky, 0 (buried) .. 1 (open).
    tendon : (V,) float32 ndarray
        0 = the part's colour .. 1 = its tendon colour.
    fibre : (V, 3) float32 ndarray
        Two coordinates across the fibres in metres, then the coordinate u along them, 0 .. 1.
    influence : (V, 4) int32 ndarray
        Frames that move a vertex.
    weight : (V, 4) float32 ndarray
        Share of every frame, sum 1.
    part_count, frame_count : int
        Number of parts (at most 32767) and frames; 0 means: as many as the indices name.
    """

    rest_position: FloatArray
    rest_normal: FloatArray
    faces: IntArray
    face_part: IntArray
    occlusion: FloatArray
    tendon: FloatArray
    fibre: FloatArray
    influence: IntArray
    weight: FloatArray
    part_count: int = 0
    frame_count: int = 0

    def __post_init__(self) -> None:
        checked("rest_position", self.rest_position, np.float32, (None, 3))
        checked("faces", self.faces, np.int32, (None, 3))
        vertices, triangles = len(self.rest_position), len(self.faces)
        if vertices == 0 or triangles == 0:
            raise ValueError("a mesh needs at least one vertex and one triangle")
        checked("rest_normal", self.rest_normal, np.float32, (vertices, 3))
        checked("face_part", self.face_part, np.int32, (triangles,))
        _of_type("occlusion", self.occlusion, (vertices,))
        _of_type("tendon", self.tendon, (vertices,))
        _of_type("fibre", self.fibre, (vertices, 3))
        checked("influence", self.influence, np.int32, (vertices, 4))
        checked("weight", self.weight, np.float32, (vertices, 4))
        if self.part_count == 0:
            object.__setattr__(self, "part_count", int(self.face_part.max()) + 1)
        if self.frame_count == 0:
            object.__setattr__(self, "frame_count", int(self.influence.max()) + 1)
        if self.part_count > _MOST_PARTS:
            raise ValueError(f"a mesh may have {_MOST_PARTS} parts, not {self.part_count}")
        _in_range("faces", self.faces, vertices)
        _in_range("face_part", self.face_part, self.part_count)
        _in_range("influence", self.influence, self.frame_count)
        for name in _FLOATS:
            if not np.isfinite(getattr(self, name)).all():
                raise ValueError(f"{name} must be finite")
        if np.abs(self.fibre).max() > 50.0:
            raise ValueError("fibre coordinates must be within 50")
        if np.abs(self.weight.sum(axis=1) - 1.0).max() > 1e-3:
            raise ValueError("the weights of every vertex must sum to 1")
        for name in _ARRAYS:
            held = getattr(self, name).view()
            held.flags.writeable = False
            object.__setattr__(self, name, held)

    @cached_property
    def surface(self) -> FloatArray:
        """(V, 5) float32 ndarray: occlusion, tendon and fibre side by side, for the kernel.

        Where these three are columns of such rows already, as in a body, nothing is kept twice.
        """
        return _side_by_side(self.occlusion, self.tendon, self.fibre)

    @cached_property
    def clusters(self) -> tuple[IntArray, IntArray]:
        """Where the vertices of each cluster of triangles start (C + 1,), and the vertices."""
        count = -(-len(self.faces) // CLUSTER)
        corners = np.empty((count * CLUSTER, 3), np.int32)
        corners[: len(self.faces)] = self.faces
        corners[len(self.faces) :] = self.faces[-1]
        corners = np.sort(corners.reshape(count, -1), axis=1)
        new = np.ones(corners.shape, bool)
        new[:, 1:] = corners[:, 1:] != corners[:, :-1]
        start = np.concatenate([[0], np.cumsum(new.sum(axis=1))]).astype(np.int32)
        return start, np.ascontiguousarray(corners[new])

    @classmethod
    def rigid(
        cls,
        position: FloatArray,
        normal: FloatArray,
        faces: IntArray,
        face_part: IntArray | None = None,
        frame: IntArray | int = 0,
    ) -> Mesh:
        """Return a mesh every vertex of which follows one frame, e.g. a piece of equipment.

        Parameters
        ----------
        position, normal : (V, 3) float32 ndarray
            Vertices in the frame's coordinates, metres, and unit normals.
        faces : (F, 3) int32 ndarray
            Counter-clockwise triangles.
        face_part : (F,) int32 ndarray, optional
            Part of every triangle; all 0 when left out.
        frame : int or (V,) int32 ndarray
            The frame of every vertex.
        """
        count = len(position)
        influence = np.zeros((count, 4), np.int32)
        influence[:] = np.asarray(frame, np.int32).reshape(-1, 1)
        weight = np.zeros((count, 4), np.float32)
        weight[:, 0] = 1.0
        part = np.zeros(len(faces), np.int32) if face_part is None else face_part
        return cls(
            rest_position=position,
            rest_normal=normal,
            faces=faces,
            face_part=part,
            occlusion=np.ones(count, np.float32),
            tendon=np.zeros(count, np.float32),
            fibre=np.zeros((count, 3), np.float32),
            influence=influence,
            weight=weight,
        )

    @classmethod
    def join(cls, meshes: Sequence[Mesh]) -> Mesh:
        """Return one mesh of several: parts and frames are numbered on, in the given order."""
        if not meshes:
            raise ValueError("nothing to join")
        vertex = np.cumsum([0] + [len(m.rest_position) for m in meshes])
        part = np.cumsum([0] + [m.part_count for m in meshes])
        frame = np.cumsum([0] + [m.frame_count for m in meshes])
        shifted = {
            "faces": [m.faces + np.int32(k) for m, k in zip(meshes, vertex, strict=False)],
            "face_part": [m.face_part + np.int32(k) for m, k in zip(meshes, part, strict=False)],
            "influence": [m.influence + np.int32(k) for m, k in zip(meshes, frame, strict=False)],
        }
        for name in ("rest_position", "rest_normal", "weight"):
            shifted[name] = [getattr(m, name) for m in meshes]
        joined: dict[str, Any] = {
            name: np.ascontiguousarray(np.concatenate(a)) for name, a in shifted.items()
        }
        rows = np.concatenate([m.surface for m in meshes])
        joined |= {"occlusion": rows[:, 0], "tendon": rows[:, 1], "fibre": rows[:, 2:]}
        return cls(**joined, part_count=int(part[-1]), frame_count=int(frame[-1]))
