"""Assets that can be read but are not ours end in one sentence, before anything is built on them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from visualizer.anatomy import body_file as body_arrays
from visualizer.anatomy.body_file import _LAYOUT, read_arrays
from visualizer.anatomy.skeleton import Skeleton
from visualizer.anatomy.surface import Body
from visualizer.errors import DataError
from visualizer.resources import body_file

SENTENCE = r"this is not a readable body \(.*\); please reinstall$"


@cache
def shipped() -> dict[str, np.ndarray]:
    return read_arrays(body_file("body.npz"))


Array = NDArray[Any]
Change = Callable[[Array], Array]


def set_first(value: Any) -> Change:
    def change(array: Array) -> Array:
        changed = array.copy()
        changed.flat[0] = value
        return changed

    return change


CHANGES: dict[str, tuple[str, Change]] = {
    "part_faces: huge": ("part_faces", set_first(2**31 - 1)),
    "part_faces: negative": ("part_faces", set_first(-5)),
    "part_belly_faces: more than there are": ("part_belly_faces", set_first(100_000)),
    "faces: a vertex that is not": ("faces", set_first(65_535)),
    "influence: a frame that is not": ("influence", set_first(65_535)),
    "weight: nothing": ("weight", np.zeros_like),
    "bone_body: a body that is not": ("bone_body", set_first(999)),
    "bone_body: negative": ("bone_body", set_first(-1)),
    "strand_bodies: a body that is not": ("strand_bodies", set_first(255)),
    "strand_tendon: a tendon that is not": ("strand_tendon", set_first(2**30)),
    "strand_muscle: negative": ("strand_muscle", set_first(-1)),
    "strand_muscle: one without strand": ("strand_muscle", np.zeros_like),
    "strand_rest_knots: a single one": ("strand_rest_knots", lambda a: a[:1]),
    "strand_exponent: none": ("strand_exponent", lambda a: a[:0]),
    "position_box: not a number": ("position_box", set_first(np.nan)),
    "rest_body_quaternion: none": ("rest_body_quaternion", np.zeros_like),
    "part_kind: another one": ("part_kind", set_first("liver")),
    "part_side: another one": ("part_side", set_first("up")),
    "format: a later one": ("format", lambda a: np.array(99)),
    "rest_angle_rad: text": ("rest_angle_rad", lambda a: a.astype(str)),
    "rest_angle_rad: too few": ("rest_angle_rad", lambda a: a[1:]),
    "position: flat": ("position", lambda a: a.ravel()),
    "position: of real numbers": ("position", lambda a: a.astype(np.float32)),
}


@pytest.mark.parametrize("case", CHANGES)
def test_a_body_with_wrong_contents_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    name, change = CHANGES[case]
    monkeypatch.setattr(
        body_arrays, "read_arrays", lambda path: shipped() | {name: change(shipped()[name])}
    )
    with pytest.raises(DataError, match=SENTENCE):
        Body.load(Path("body.npz"))


@pytest.mark.parametrize("name", _LAYOUT)
def test_every_array_is_needed_and_its_length_is_looked_at(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    arrays = dict(shipped())
    monkeypatch.setattr(body_arrays, "read_arrays", lambda path: arrays)
    array = arrays.pop(name)
    with pytest.raises(DataError, match=SENTENCE):
        Body.load(Path("body.npz"))
    if array.ndim and name not in ("bone_body", "tendon_names"):  # nothing else is as long
        arrays[name] = np.concatenate([array, array[:1]])
        with pytest.raises(DataError, match=SENTENCE):
            Body.load(Path("body.npz"))


def test_the_layout_names_all_that_is_shipped() -> None:
    assert set(shipped()) - set(_LAYOUT) == {"provenance", "source_hash"}


def npy(shape: tuple[int, ...], content: bytes) -> bytes:
    stream = io.BytesIO()
    header = {"descr": "<f8", "fortran_order": False, "shape": shape}
    np.lib.format.write_array_header_1_0(stream, header)
    return stream.getvalue() + content


def test_no_room_is_made_for_what_a_file_does_not_hold(tmp_path: Path) -> None:
    file = tmp_path / "body.npz"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("position.npy", npy((10**15,), b"12345678"))
    with pytest.raises(DataError, match="not as long as it says"):
        Body.load(file)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("position.npy", npy((13_000_000,), bytes(104_000_000)))
    with pytest.raises(DataError, match="too large"):
        Body.load(file)


@pytest.mark.parametrize("content", [b"", b"PK", b"no zip", b"PK\5\6" + bytes(18), bytes(100)])
def test_a_file_that_is_no_body_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "body.npz"
    file.write_bytes(content)
    with pytest.raises(DataError, match=SENTENCE):
        Body.load(file)


PENDULUM = """
<mujoco><worldbody><body name="a">{joint}<geom size="1"/><site name="s"/><site name="t"/>
<body name="b"><joint name="hinge"/><geom size="1"/></body></body></worldbody>{rest}</mujoco>
"""
TENDON = '<tendon><spatial name="t"><site site="s"/><site site="t"/></spatial></tendon>'
WELD = '<equality><weld body1="a" body2="b"/></equality>'


@pytest.mark.parametrize(
    ("joint", "rest"),
    [
        ("", ""),
        ("<freejoint/>", ""),
        ("<freejoint/>", TENDON),
        ("<freejoint/>", TENDON + WELD),
        ('<joint name="x"/>', TENDON + '<equality><joint joint1="x"/></equality>'),
    ],
)
def test_a_model_that_is_no_skeleton_is_told_in_a_sentence(
    tmp_path: Path, joint: str, rest: str
) -> None:
    file = tmp_path / "skeleton.xml"
    file.write_text(PENDULUM.format(joint=joint, rest=rest), "utf-8")
    with pytest.raises(DataError, match=r"not a readable skeleton \(it.*please reinstall"):
        Skeleton.load(file)


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"<mujoco", b'<mujoco><include file="x"/></mujoco>']
)
def test_a_file_that_is_no_model_is_told(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "skeleton.xml"
    file.write_bytes(content)
    with pytest.raises(DataError, match=r"not a readable skeleton \(.*please reinstall"):
        Skeleton.load(file)
    with pytest.raises(DataError, match="missing; please reinstall"):
        Skeleton.load(tmp_path / "none.xml")


def test_the_skeleton_is_read_without_naming_its_path_to_the_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import mujoco

    # a library that opens files by names of the system's code page would not find this one
    folder = tmp_path / "Čeština 模型"
    folder.mkdir()
    file = folder / "skeleton.xml"
    file.write_bytes(body_file("skeleton.xml").read_bytes())

    class Model:
        from_xml_string = staticmethod(mujoco.MjModel.from_xml_string)

    monkeypatch.setattr(mujoco, "MjModel", Model)
    assert Skeleton.load(file).tendon_names
