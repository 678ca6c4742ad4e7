"""What may cross into C: everything wrong is refused with a clear error."""

from __future__ import annotations

from dataclasses import replace
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from tests.helpers import meshes as make
from visualizer.extension import Found
from visualizer.render import (
    Camera,
    Materials,
    Mesh,
    Pattern,
    Picture,
    Rasterizer,
    Shadow,
    halved,
    native,
)


def arrays() -> dict[str, Any]:
    mesh = make.sheet(3)
    names = [
        "rest_position",
        "rest_normal",
        "faces",
        "face_part",
        "occlusion",
        "tendon",
        "fibre",
        "influence",
        "weight",
    ]
    return {n: getattr(mesh, n).copy() for n in names}


@pytest.mark.parametrize(
    ("name", "change", "message"),
    [
        ("rest_position", lambda a: a.astype(float), "float32"),
        ("rest_position", lambda a: a[:, :2].copy(), "shape"),
        ("rest_position", lambda a: np.full_like(a, np.nan), "finite"),
        ("rest_normal", lambda a: a[:-1].copy(), "shape"),
        ("faces", lambda a: a.astype(np.int64), "int32"),
        ("faces", lambda a: a + 8, "within"),
        ("faces", lambda a: a - 1, "within"),
        ("faces", lambda a: np.asfortranarray(a), "contiguous"),
        ("faces", lambda a: a[:0].copy(), "at least one"),
        ("face_part", lambda a: a - 1, "within"),
        ("influence", lambda a: a - 1, "within"),
        ("weight", lambda a: a * 2, "sum"),
        ("fibre", lambda a: a + 100, "within"),
        ("occlusion", lambda a: list(a), "array"),
    ],
)
def test_a_wrong_mesh_is_refused(name: str, change: Any, message: str) -> None:
    given = arrays()
    given[name] = change(given[name])
    with pytest.raises((TypeError, ValueError), match=message):
        Mesh(**given)


def test_a_mesh_holds_its_arrays_read_only() -> None:
    mesh = Mesh(**arrays())
    with pytest.raises(ValueError, match="read-only"):
        mesh.faces[0, 0] = 10**6
    with pytest.raises(ValueError, match="read-only"):
        mesh.influence[0, 0] = -1


def test_counts_smaller_than_the_indices_are_refused() -> None:
    given = arrays()
    given["face_part"][:] = 3
    assert Mesh(**given).part_count == 4
    with pytest.raises(ValueError, match="face_part"):
        Mesh(**given, part_count=3)


def test_a_mesh_with_more_parts_than_a_picture_can_name_is_refused() -> None:
    with pytest.raises(ValueError, match="32767 parts"):
        replace(make.sheet(3), part_count=32768)


def test_joined_meshes_number_on() -> None:
    one, other = make.sheet(2), make.sheet(3, face_part=np.full(18, 2, np.int32))
    joined = Mesh.join([one, other, one])
    assert joined.part_count == 1 + 3 + 1
    assert joined.frame_count == 3
    assert joined.faces.max() == len(joined.rest_position) - 1
    assert set(joined.face_part.tolist()) == {0, 3, 4}
    assert set(joined.influence[:, 0].tolist()) == {0, 1, 2}
    with pytest.raises(ValueError, match="nothing"):
        Mesh.join([])


def test_rigid_meshes_follow_one_frame() -> None:
    sheet = make.sheet(2)
    mesh = Mesh.rigid(sheet.rest_position, sheet.rest_normal, sheet.faces)
    frames = np.eye(3, 4, dtype=np.float32)[None].copy()
    frames[0, :, 3] = 1, 2, 3
    position, _ = Rasterizer(kernel="numpy").skin(mesh, frames)
    np.testing.assert_allclose(position, sheet.rest_position + np.array([1, 2, 3]), atol=1e-6)


@pytest.mark.parametrize("name", ["colour", "pattern", "opacity", "ring", "visible"])
def test_wrong_materials_are_refused(name: str) -> None:
    plain = Materials.plain(4)
    given = {n: getattr(plain, n) for n in plain.__dataclass_fields__}
    given[name] = given[name][:3].copy()
    with pytest.raises(ValueError, match=f"{name}|shape"):
        Materials(**given)


def test_senseless_values_of_materials_are_tamed() -> None:
    m = Materials.plain(3)
    m.colour[:] = [np.nan, 7, -3]
    m.opacity[:] = [np.nan, -1, 4]
    m.pattern[:] = [-5, 99, Pattern.STILL_LINES]
    m.pattern_phase[:] = [1e9, np.inf, -0.25]
    table = m.table()
    for name in table.dtype.names or ():
        assert np.isfinite(table[name]).all()
        assert table[name].min() >= 0
    assert table["opacity"].tolist() == [0, 0, 1]
    assert table["pattern"].tolist() == [0, 0, Pattern.STILL_LINES]
    assert table["pattern_phase"][2] == pytest.approx(0.75)


def test_drawing_refuses_what_does_not_fit(rasterizer: Rasterizer) -> None:
    mesh = make.sheet(3)
    position, normal = make.posed(mesh)

    def draw(**change: Any) -> None:
        given: dict[str, Any] = {
            "mesh": mesh, "position": position, "normal": normal, "materials": Materials.plain(1),
            "camera": Camera(), "size": (20, 20),
        }  # fmt: skip
        rasterizer.draw(**{**given, **change})

    draw()
    with pytest.raises(TypeError, match="position"):
        draw(position=position.astype(float))
    with pytest.raises(ValueError, match="normal"):
        draw(normal=normal[1:])
    with pytest.raises(ValueError, match="parts"):
        draw(materials=Materials.plain(2))
    for size in ((0, 5), (5, -1), (99999, 5)):
        with pytest.raises(ValueError, match="pixels"):
            draw(size=size)
    for supersample in (0, 5):
        with pytest.raises(ValueError, match="supersample"):
            draw(supersample=supersample)


def test_skinning_refuses_what_does_not_fit(rasterizer: Rasterizer) -> None:
    mesh = make.sheet(3)
    with pytest.raises(ValueError, match="frames"):
        rasterizer.skin(mesh, np.zeros((0, 3, 4), np.float32))
    with pytest.raises(TypeError, match="frames"):
        rasterizer.skin(mesh, np.zeros((1, 3, 4)))  # type: ignore[arg-type]  # what is refused
    out = np.empty((2, 3), np.float32), np.empty_like(mesh.rest_normal)
    with pytest.raises(ValueError, match="out position"):
        rasterizer.skin(mesh, np.zeros((1, 3, 4), np.float32), out)


def test_shadows_refuse_what_does_not_fit(rasterizer: Rasterizer) -> None:
    mesh = make.sheet(3)
    with pytest.raises(ValueError, match="faces"):
        rasterizer.shadow(mesh.rest_position, mesh.faces + 1)
    with pytest.raises(ValueError, match="finite"):
        Shadow(np.full((3, 3), np.nan, np.float32), (0, 0), 0.1)
    with pytest.raises(ValueError, match="cell"):
        Shadow(np.zeros((3, 3), np.float32), (0, 0), 0.0)


def test_rasterizers_refuse_senseless_settings() -> None:
    with pytest.raises(ValueError, match="thread"):
        Rasterizer(threads=0)
    with pytest.raises(ValueError, match="kernel"):
        Rasterizer(kernel="gpu")  # type: ignore[arg-type]


def picture(width: int = 6, height: int = 4) -> Picture:
    part = np.full((height, width), -1, np.int16)
    part[1, 2] = 5
    inv_depth = np.where(part >= 0, np.float32(0.5), np.float32(0)).astype(np.float32)
    pixels = np.arange(width * height * 4, dtype=np.uint8).reshape(height, width, 4)
    return Picture(pixels, part, inv_depth)


def test_picking() -> None:
    p = picture()
    assert p.size == (6, 4)
    assert p.part_at(2, 1) == p.part_at(2.9, 1.9) == 5
    assert p.part_at(3, 1) is None
    for x, y in ((-0.1, 0), (6, 0), (0, 4), (1e9, 1)):
        assert p.part_at(x, y) is None
    assert p.depth[1, 2] == 2.0
    assert np.isinf(p.depth[0, 0])


def test_pictures_beside_one_another() -> None:
    p = picture()
    joined = Picture.beside([p, p])
    assert joined.size == (12, 4)
    assert joined.part_at(8, 1) == 5
    copy = p.copy()
    copy.pixels[:] = 0
    assert p.pixels.any()
    with pytest.raises(ValueError, match="no pictures"):
        Picture.beside([])


def test_rgb_turns_the_channels_round() -> None:
    p = picture()
    np.testing.assert_array_equal(p.rgb[0, 0], p.pixels[0, 0, [2, 1, 0]])


def test_halved_is_the_mean_of_four() -> None:
    random = np.random.default_rng(0)
    pixels = random.integers(0, 256, (10, 14, 4)).astype(np.uint8)
    mean = pixels.reshape(5, 2, 7, 2, 4).mean(axis=(1, 3))
    assert np.abs(halved(pixels) - mean).max() <= 0.5


@pytest.mark.parametrize(("fits", "taken"), [(True, "_kernel_avx2"), (False, "_kernel")])
def test_the_kernel_for_the_processor_is_taken_where_it_fits(
    monkeypatch: pytest.MonkeyPatch, fits: bool, taken: str
) -> None:
    """Packages for Windows and macOS bring the kernel twice."""

    def found(name: str, contract: object) -> Found:
        there = fits or not name.endswith("_avx2")
        return Found(ModuleType(name), "") if there else Found(None, "not there")

    monkeypatch.setattr(native, "find", found)
    for processor, name in ((True, taken), (False, "_kernel")):
        monkeypatch.setattr(native, "has_avx2", lambda processor=processor: processor)
        module = native._found.__wrapped__().module
        assert module is not None
        assert module.__name__ == f"visualizer.render.{name}"
