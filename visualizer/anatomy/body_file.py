"""The file of the body: read with bounds, and held against its layout before it is used.

The checksums of a file tell that it is as it was written, not that it holds a body. So that a wrong
one ends in a sentence and not somewhere in the drawing, sizes, kinds and indices are checked here.
"""

from __future__ import annotations

import math
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from visualizer.arrays import distinct
from visualizer.errors import DataError, Problem
from visualizer.texts import tr

__all__ = ["Layout", "check_indices", "check_layout", "loaded", "read_arrays", "sizes_of"]

T = TypeVar("T")

Arrays = Mapping[str, NDArray[Any]]
# Kind of numbers and shape of every array of a file; a letter is a size that several share.
Layout = Mapping[str, tuple[str, tuple[int | str, ...]]]

# Several times what the shipped body has.
_MOST_BYTES = 100_000_000
_MOST = {"V": 500_000, "F": 1_000_000, "K": 1_000}
_MOST_OTHERS = 10_000

# V vertices, F faces, P parts, R bones' frames, B bodies, T tendons, A angles, K knots, S strands,
# L strands along paths, E free strands, M muscles.
_LAYOUT: Layout = {
    "format": ("iu", ()),
    "position_box": ("f", (2, 3)),
    "position": ("u", ("V", 3)),
    "normal": ("i", ("V", 3)),
    "faces": ("iu", ("F", 3)),
    "occlusion": ("u", ("V",)),
    "tendon": ("u", ("V",)),
    "fibre": ("i", ("V", 3)),
    "fibre_scale": ("f", (3,)),
    "influence": ("iu", ("V", 4)),
    "weight": ("u", ("V", 4)),
    "part_id": ("U", ("P",)),
    "part_muscle": ("U", ("P",)),
    "part_side": ("U", ("P",)),
    "part_kind": ("U", ("P",)),
    "part_faces": ("iu", ("P",)),
    "part_belly_faces": ("iu", ("P",)),
    "bone_body": ("iu", ("R",)),
    "body_names": ("U", ("B",)),
    "tendon_names": ("U", ("T",)),
    "rest_angle_name": ("U", ("A",)),
    "rest_angle_rad": ("f", ("A",)),
    "strand_rest_knots": ("f", ("K", "S", 3)),
    "strand_tendon": ("iu", ("L",)),
    "strand_interval": ("iu", ("K", "L")),
    "strand_fraction": ("f", ("K", "L")),
    "strand_free_knots": ("f", ("K", "E", 3)),
    "strand_bodies": ("iu", (2, "K", "S")),
    "strand_body_weight": ("f", ("K", "S")),
    "strand_muscle": ("iu", ("S",)),
    "strand_exponent": ("f", ("M",)),
    "rest_body_position": ("f", ("B", 3)),
    "rest_body_quaternion": ("f", ("B", 4)),
}


def loaded(path: Path, make: Callable[[Arrays], T]) -> T:
    """Return what is made of the arrays of a file.

    Parameters
    ----------
    path : Path
        The file.
    make : callable
        Takes the arrays by name; raises whatever it likes where they are wrong.

    Raises
    ------
    DataError
        When the file is missing, damaged or holds something else.
    """
    try:
        return make(read_arrays(path))
    except Exception as error:  # a damaged file may fail in any way
        reason = " ".join(str(error).split())
        message = tr("this is not a readable body ({reason:.200}); please reinstall").format(
            reason=reason
        )
        raise DataError([Problem(str(path), "", message)]) from None


def read_arrays(path: Path) -> dict[str, NDArray[Any]]:
    """Read an ``.npz`` file without making room for more than it holds.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    ValueError, OSError, zipfile.BadZipFile
        When it is not such a file or too large.
    """
    arrays = {}
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        if sum(member.file_size for member in members) > _MOST_BYTES:
            raise ValueError("too large")
        for member in members:
            with archive.open(member) as stream:
                old = np.lib.format.read_magic(stream) == (1, 0)
                header = (
                    np.lib.format.read_array_header_1_0
                    if old
                    else np.lib.format.read_array_header_2_0
                )
                shape, _, dtype = header(stream)
                # numpy makes room for what the header says before it looks for it
                if math.prod(shape) * dtype.itemsize != member.file_size - stream.tell():
                    raise ValueError(f"{member.filename} is not as long as it says")
                stream.seek(0)
                name = member.filename.removesuffix(".npy")
                arrays[name] = np.lib.format.read_array(stream, allow_pickle=False)
    return arrays


def sizes_of(arrays: Arrays, layout: Layout) -> dict[str, int]:
    """Return the size behind each letter of a layout; raise where arrays do not follow it.

    Raises
    ------
    ValueError, KeyError
        With what is wrong first.
    """
    sizes: dict[str, int] = {}
    for name, (kind, shape) in layout.items():
        array = arrays[name]
        if array.dtype.kind not in kind or array.ndim != len(shape):
            raise ValueError(f"{name} is {array.dtype} {array.shape}")
        for size, letter in zip(array.shape, shape, strict=True):
            wanted = letter if isinstance(letter, int) else sizes.setdefault(letter, size)
            most = wanted if isinstance(letter, int) else _MOST.get(letter, _MOST_OTHERS)
            if size != wanted or size > most:
                raise ValueError(f"{name} has {size} instead of {min(wanted, most)} entries")
        if kind == "f" and not np.isfinite(array).all():
            raise ValueError(f"{name} is not finite")
    return sizes


def check_indices(arrays: Arrays, limits: Mapping[str, int]) -> None:
    """Raise a ValueError where an array of indices reaches its limit or lies below 0."""
    for name, most in limits.items():
        array = arrays[name]
        if array.size and not (array.min() >= 0 and array.max() < most):
            raise ValueError(f"{name} is not within 0..{most - 1}")


def check_layout(arrays: Arrays) -> None:
    """Raise where arrays do not describe a body.

    Raises
    ------
    ValueError, KeyError
        With what is wrong first.
    """
    n = sizes_of(arrays, _LAYOUT)
    if min(n["V"], n["F"], n["P"], n["B"], n["S"], n["M"]) < 1 or n["K"] < 2:
        raise ValueError("something is empty")
    if n["L"] + n["E"] != n["S"]:
        raise ValueError(f"{n['L']} and {n['E']} strands instead of {n['S']}")
    limits = {
        "faces": n["V"],
        "influence": n["K"] * n["S"] + n["R"],
        "bone_body": n["B"],
        "strand_bodies": n["B"],
        "strand_tendon": n["T"],
        "strand_muscle": n["M"],
        "strand_interval": _MOST_OTHERS,
        "part_faces": n["F"] + 1,
    }
    check_indices(arrays, limits)
    faces, belly = arrays["part_faces"], arrays["part_belly_faces"]
    if int(faces.sum(dtype=np.int64)) != n["F"]:
        raise ValueError("the parts have not as many faces as there are")
    if (belly < 0).any() or (belly > faces).any():
        raise ValueError("a belly has more faces than its part")
    if len(distinct(arrays["strand_muscle"])) != n["M"]:
        raise ValueError("a muscle has no strand")
    if not arrays["weight"].any(axis=1).all():
        raise ValueError("a vertex follows nothing")
    if not (arrays["rest_body_quaternion"] != 0).any(axis=1).all():
        raise ValueError("a body has no orientation")
