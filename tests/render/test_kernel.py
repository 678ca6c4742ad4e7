"""The kernel against the reference, and against itself with other threads."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.helpers import meshes as make
from visualizer import extension
from visualizer.render import Backdrop, Camera, Materials, Mesh, Picture, Rasterizer
from visualizer.render import native as native_module
from visualizer.render.shadow import EMPTY_M

DARK = Backdrop(top=(0.14, 0.14, 0.14), bottom=(0.08, 0.08, 0.08), shadow=(0, 0, 0), ring=(1, 1, 1))


def spoiled(seed: int) -> tuple[Any, np.ndarray, np.ndarray]:
    """Return a random mesh and its pose with NaN, infinite and enormous vertices."""
    mesh = make.random_mesh(seed)
    position, normal = make.posed(mesh)
    position[120:126] = np.nan
    position[130] = np.inf
    position[133, 1] = -np.inf
    position[136:139] = 1e30
    normal[150:160] = np.nan
    return mesh, position, normal


def same(one: Picture, other: Picture, share: float, above: int = 4) -> None:
    """Check that parts and depths agree and that few pixels differ by more than rounding."""
    assert (one.part != other.part).mean() <= 1e-4
    agree = one.part == other.part
    np.testing.assert_allclose(one.inv_depth[agree], other.inv_depth[agree], rtol=2e-3, atol=1e-5)
    difference = np.abs(one.pixels.astype(int) - other.pixels).max(axis=-1)
    assert (difference > above).mean() <= share


@pytest.mark.parametrize(
    ("seed", "supersample"),
    [(1, 1), (2, 1), (3, 1), (4, 1), (1, 2), (2, 2), (3, 2), (4, 2), (1, 3)],
)
def test_kernel_draws_what_the_reference_draws(
    native: Rasterizer, reference: Rasterizer, seed: int, supersample: int
) -> None:
    mesh, position, normal = spoiled(seed)
    materials = make.random_materials(seed, mesh.part_count)
    shadow = native.shadow(position, mesh.faces)
    pictures = [
        r.draw(mesh, position, normal, materials, make.front(), make.SIZE,
               DARK if seed % 2 else None, supersample=supersample, shadow=shadow,
               mat=seed if seed > 2 else None)
        for r in (native, reference)
    ]  # fmt: skip
    assert (pictures[0].part >= 0).mean() > 0.2
    same(pictures[0], pictures[1], share=0.003)


@pytest.mark.parametrize("size", [(1, 1), (64, 64), (128, 128), (129, 127), (200, 7), (3, 150)])
def test_odd_sizes(native: Rasterizer, reference: Rasterizer, size: Any) -> None:
    mesh, position, normal = spoiled(9)
    materials = make.random_materials(9, mesh.part_count, opaque=True)
    pictures = [
        r.draw(mesh, position, normal, materials, make.front(), size) for r in (native, reference)
    ]
    assert pictures[0].size == size
    same(pictures[0], pictures[1], share=0.01)


def test_glass_changes_nothing_where_it_does_not_show(
    native: Rasterizer, reference: Rasterizer
) -> None:
    """A few triangles of it behind a wall and beside it, in one cluster with the wall's."""
    wall, glass = make.sheet(3, (-1.4, -0.2), (-0.2, 1.2)), make.sheet(2, (-1.0, 1.2), (0, 1), 0.3)
    mesh = Mesh.join([wall, glass, make.sheet(1, (-3, -2))])
    assert len(mesh.faces) < 32
    materials = make.random_materials(3, 3, opaque=True)
    materials.outline_width_px[:2] = 1.0, 3.4
    materials.opacity[1] = 0.4
    one, other = (
        r.draw(mesh, *make.posed(mesh), materials, make.front(), (420, 300))
        for r in (native, reference)
    )
    same(one, other, share=0.003)
    assert (one.part == 1).sum() > 2000
    materials.visible[1] = False
    alone = native.draw(mesh, *make.posed(mesh), materials, make.front(), (420, 300))
    covered = one.part == 0
    assert covered.sum() > 10000
    rim = np.flatnonzero(covered.any(axis=0)).max() - 3
    np.testing.assert_array_equal(one.pixels[:, :rim], alone.pixels[:, :rim])


@pytest.mark.parametrize("size", [(128, 128), (300, 220), (131, 129), (200, 7)])
@pytest.mark.parametrize("seed", [2, 6])
def test_half_light_agrees_with_the_reference(
    native: Rasterizer, reference: Rasterizer, seed: int, size: Any
) -> None:
    mesh, position, normal = spoiled(seed)
    materials = make.random_materials(seed, mesh.part_count)
    pictures = [
        r.draw(mesh, position, normal, materials, make.front(), size, half_light=True)
        for r in (native, reference)
    ]
    same(pictures[0], pictures[1], share=0.01)


def test_half_light_changes_shades_but_no_shapes(native: Rasterizer) -> None:
    mesh = make.sheet(40, (-3, 3), (-3, 3), face_part=np.arange(3200, dtype=np.int32) // 800)
    position, normal = make.posed(mesh)
    materials = make.random_materials(4, 4, opaque=True)
    materials.visible[:] = True
    full, half = (
        native.draw(mesh, position, normal, materials, make.front(height_m=1.0), (400, 300),
                    half_light=light).copy()
        for light in (False, True)
    )  # fmt: skip
    np.testing.assert_array_equal(full.part, half.part)
    np.testing.assert_array_equal(full.inv_depth, half.inv_depth)
    difference = np.abs(full.pixels.astype(int) - half.pixels).max(axis=-1)
    assert difference.max() > 0
    assert (difference[::2] > 12).mean() < 0.01  # smoothed edges mix rows


@pytest.mark.parametrize("supersample", [1, 2])
def test_threads_do_not_change_the_picture(native: Rasterizer, supersample: int) -> None:
    mesh, position, normal = spoiled(5)
    materials = make.random_materials(5, mesh.part_count)
    first, *others = (
        Rasterizer(threads=n, kernel="native").draw(
            mesh, position, normal, materials, make.front(), (300, 220), supersample=supersample
        )
        for n in (1, 2, 3, 7)
    )
    for other in others:
        np.testing.assert_array_equal(first.pixels, other.pixels)
        np.testing.assert_array_equal(first.part, other.part)
        np.testing.assert_array_equal(first.inv_depth, other.inv_depth)


def test_tiles_leave_no_seam(native: Rasterizer) -> None:
    """The same view cut out of a larger picture has the same pixels wherever tiles begin."""
    mesh = make.sheet(40, (-3, 3), (-3, 3), face_part=None or np.arange(3200, dtype=np.int32) % 5)
    position, normal = make.posed(mesh)
    materials = make.random_materials(4, 5, opaque=True)
    materials.visible[:] = True
    materials.ring[:] = False
    camera = make.front(height_m=1.0)
    small = native.draw(mesh, position, normal, materials, camera, (90, 100), smooth=True)
    wide = native.draw(mesh, position, normal, materials, camera, (290, 100), smooth=True)
    np.testing.assert_array_equal(wide.part[:, 100:190], small.part)
    inner = np.abs(wide.pixels[3:-3, 103:187].astype(int) - small.pixels[3:-3, 3:-3])
    assert inner.max() <= 2


@pytest.mark.parametrize("opacity", [1.0, 0.4])
def test_low_gradient_spans_are_shaded_as_finely_as_seen(
    native: Rasterizer, reference: Rasterizer, opacity: float
) -> None:
    """Large untextured triangles with slowly turning normals, which the kernel shades sparsely."""
    sheet = make.sheet(2)
    turn = sheet.rest_position[:, 0] * 0.5
    normal = np.stack([np.sin(turn), -np.cos(turn), np.zeros_like(turn)], 1).astype(np.float32)
    mesh = make.mesh(sheet.rest_position, sheet.faces, rest_normal=normal)
    materials = Materials.plain(1)
    materials.gloss[:] = 0.3
    materials.streaks[:], materials.pattern[:] = 0.0, 0
    materials.opacity[:] = opacity
    one, other = (
        r.draw(mesh, sheet.rest_position, normal, materials, make.front(height_m=0.9), (500, 400))
        for r in (native, reference)
    )
    assert len(np.unique(one.pixels[200, 100:400], axis=0)) > 4
    difference = np.abs(one.pixels.astype(int) - other.pixels).max(axis=-1)
    assert difference.max() <= 2
    assert (difference > 1).mean() < 0.001


def test_neighbours_leave_no_gap(rasterizer: Rasterizer) -> None:
    """A bent, finely cut sheet covers every pixel inside its outline."""
    mesh = make.sheet(60)
    random = np.random.default_rng(0)
    bent = mesh.rest_position + random.normal(0, 0.002, mesh.rest_position.shape)
    position = bent.astype(np.float32)
    picture = rasterizer.draw(
        mesh, position, mesh.rest_normal, Materials.plain(1), make.front(height_m=0.6), (240, 180)
    )
    assert (picture.part == 0).all()


def test_of_equal_depths_the_lower_triangle_wins(rasterizer: Rasterizer) -> None:
    sheet = make.sheet(1)
    twice = np.concatenate([sheet.faces, sheet.faces])
    for order in ([0, 0, 1, 1], [1, 1, 0, 0]):
        mesh = make.mesh(
            sheet.rest_position, twice, face_part=np.array(order, np.int32), part_count=2
        )
        picture = rasterizer.draw(
            mesh, *make.posed(mesh), Materials.plain(2), make.front(height_m=0.5), make.SIZE
        )
        assert set(np.unique(picture.part)) == {order[0]}


def test_nearer_hides_farther_in_any_order(rasterizer: Rasterizer) -> None:
    from visualizer.render import Mesh

    near, far = make.sheet(8, y=-0.2), make.sheet(8, (-2, 2), (-2, 2), y=0.5)
    for meshes, expected in (((near, far), 0), ((far, near), 1)):
        mesh = Mesh.join(meshes)
        picture = rasterizer.draw(
            mesh, *make.posed(mesh), Materials.plain(2), make.front(), make.SIZE
        )
        assert picture.part_at(75, 55) == expected
        assert picture.part_at(3, 55) == 1 - expected
        assert picture.depth[55, 75] < picture.depth[55, 3]


def test_seen_from_behind_nothing_is_drawn(rasterizer: Rasterizer) -> None:
    mesh = make.sheet(6)
    camera = Camera((0, 0, 0.5), np.pi, 0.0, 1.4)
    picture = rasterizer.draw(mesh, *make.posed(mesh), Materials.plain(1), camera, make.SIZE)
    assert (picture.part == -1).all()
    assert (picture.inv_depth == 0).all()


def test_skinning_follows_the_frames(native: Rasterizer, reference: Rasterizer) -> None:
    random = np.random.default_rng(3)
    mesh = make.random_mesh(3)
    count = len(mesh.rest_position)
    weight = random.random((count, 4)).astype(np.float32)
    weight[::3, 1:] = 0
    weight /= weight.sum(axis=1, keepdims=True)
    influence = random.integers(0, 11, (count, 4)).astype(np.int32)
    mesh = make.mesh(
        mesh.rest_position, mesh.faces, influence=influence, weight=weight, frame_count=11
    )
    frames = random.normal(size=(11, 3, 4)).astype(np.float32)
    out = native.skin(mesh, frames), reference.skin(mesh, frames)
    by_hand = sum(
        weight[:, k, None]
        * (
            np.einsum("vij,vj->vi", frames[influence[:, k], :, :3], mesh.rest_position)
            + frames[influence[:, k], :, 3]
        )
        for k in range(4)
    )
    for position, normal in out:
        # the huge triangles' vertices reach 400 m, float32 there is worth 0.1 mm
        np.testing.assert_allclose(position, by_hand, rtol=1e-4, atol=1e-3)
        np.testing.assert_allclose(np.linalg.norm(normal, axis=1), 1.0, atol=1e-5)
    np.testing.assert_allclose(out[0][1], out[1][1], atol=1e-3)


def test_skinning_writes_where_it_is_told(rasterizer: Rasterizer) -> None:
    mesh = make.sheet(4)
    frames = np.eye(3, 4, dtype=np.float32)[None].copy()
    frames[0, 2, 3] = 2.0
    out = np.empty_like(mesh.rest_position), np.empty_like(mesh.rest_normal)
    position, normal = rasterizer.skin(mesh, frames, out)
    assert position is out[0]
    assert normal is out[1]
    np.testing.assert_allclose(position, mesh.rest_position + np.array([0, 0, 2]), atol=1e-6)


def test_lowest_heights_agree(native: Rasterizer, reference: Rasterizer) -> None:
    mesh, position, _ = spoiled(6)
    position[:, 2] = np.abs(position[:, 2])
    one, other = native.shadow(position, mesh.faces), reference.shadow(position, mesh.faces)
    assert (one.low, one.cell_m) == (other.low, other.cell_m)
    assert (np.abs(one.darkness - other.darkness) > 0.02).mean() < 0.005


def test_pushing_out_agrees(native: Rasterizer, reference: Rasterizer) -> None:
    random = np.random.default_rng(8)
    one = random.uniform(-1.0, 1.0, (4000, 3)).astype(np.float32)
    other = one.copy()
    boxes = np.array(
        [[-0.5, -0.2, 0.0, 0.5, 0.9, 0.4], [-0.9, -0.9, 0.1, -0.6, 0.9, 0.7]], np.float32
    )
    native.push_out(one, boxes)
    reference.push_out(other, boxes)
    np.testing.assert_array_equal(one, other)
    assert one[:, 2].min() == 0.0
    for box in boxes:
        assert not ((one > box[:3]) & (one < box[3:])).all(axis=1).any()
    alone = np.array([[0.0, 0.0, 0.35], [0.0, -0.15, 0.1]], np.float32)
    native.push_out(alone, boxes)
    np.testing.assert_array_equal(alone, np.array([[0, 0, 0.4], [0, -0.2, 0.1]], np.float32))


def test_what_passes_the_edge_of_a_box_does_not_jump(
    native: Rasterizer, reference: Rasterizer
) -> None:
    box = np.array([[-0.5, -0.2, 0.0, 0.5, 0.9, 0.4]], np.float32)
    # up past the front edge, a centimetre behind the front
    way = np.array([[0.0, -0.19, 0.37 + 0.0005 * k] for k in range(80)], np.float32)
    one, other = way.copy(), way.copy()
    native.push_out(one, box)
    reference.push_out(other, box)
    np.testing.assert_allclose(one, other, atol=1e-6)
    assert np.linalg.norm(np.diff(one, axis=0), axis=1).max() < 0.0015


@pytest.mark.parametrize(
    ("small", "large"),
    [((2, 1), (2, 1)), ((2, 3), (7, 9)), ((75, 60), (100, 80)), ((33, 21), (101, 63))],
)
def test_enlarging_is_bilinear(native: Rasterizer, small: Any, large: Any) -> None:
    random = np.random.default_rng(3)
    pixels = random.integers(0, 256, (small[1], small[0], 4), np.uint8)
    picture = Picture(pixels, np.zeros(pixels.shape[:2], np.int16), np.zeros((0, 0), np.float32))
    out = np.empty((large[1], large[0], 4), np.uint8)
    assert native.enlarge(picture, out)
    wanted = pixels.astype(float)
    for axis, (few, many) in enumerate(zip(small[::-1], large[::-1], strict=True)):
        place = np.clip((np.arange(many) + 0.5) * few / many - 0.5, 0, few - 1)
        low = np.minimum(place.astype(int), max(few - 2, 0))
        share = (place - low).reshape([-1 if k == axis else 1 for k in range(3)])
        above = np.take(wanted, np.minimum(low + 1, few - 1), axis)
        wanted = np.take(wanted, low, axis) * (1 - share) + above * share
    assert np.abs(out - wanted).max() <= 2.0


def test_what_cannot_be_enlarged_is_refused(rasterizer: Rasterizer) -> None:
    pixels = np.zeros((4, 4, 4), np.uint8)
    picture = Picture(pixels, np.zeros((4, 4), np.int16), np.zeros((0, 0), np.float32))
    with pytest.raises(ValueError, match="cannot be enlarged"):
        rasterizer.enlarge(picture, np.empty((3, 8, 4), np.uint8))


def test_softening_agrees(native: Rasterizer, reference: Rasterizer) -> None:
    random = np.random.default_rng(5)
    for shape in ((2, 2), (3, 40), (61, 17), (130, 97)):
        lowest = random.exponential(0.2, shape).astype(np.float32) - np.float32(0.05)
        lowest[random.random(shape) < 0.7] = EMPTY_M
        one, other = native._kernel.darkness(lowest), reference._kernel.darkness(lowest)
        np.testing.assert_allclose(one, other, atol=1e-5)


def test_a_kept_picture_is_never_drawn_into(rasterizer: Rasterizer) -> None:
    mesh = make.sheet(6)
    materials = Materials.plain(1)
    kept = rasterizer.draw(mesh, *make.posed(mesh), materials, make.front(), make.SIZE)
    pixels = rasterizer.draw(mesh, *make.posed(mesh), materials, make.front(), make.SIZE).pixels
    before, view = kept.pixels.copy(), pixels[:5]
    view_before = view.copy()
    del pixels
    materials.colour[:] = [0, 1, 0]
    for _ in range(5):
        rasterizer.draw(mesh, *make.posed(mesh), materials, make.front(), make.SIZE)
    np.testing.assert_array_equal(kept.pixels, before)
    np.testing.assert_array_equal(view, view_before)


def test_reused_arrays_hold_nothing_of_the_last_picture(native: Rasterizer) -> None:
    """Tiles that are empty again, of another theme or without their shadow, are drawn afresh."""
    left, right = make.sheet(6, (-1.2, -0.7)), make.sheet(6, (0.7, 1.2))
    materials, size = Materials.plain(1), (400, 200)
    worker = Rasterizer(threads=1, kernel="native")
    jobs = [
        (mesh, backdrop, shadow)
        for mesh in (left, right)
        for backdrop in (Backdrop(), DARK)
        for shadow in (None, native.shadow(mesh.rest_position))
    ]
    for mesh, backdrop, shadow in [*jobs, *reversed(jobs)]:
        arguments = (mesh, *make.posed(mesh), materials, make.front(), size, backdrop)
        fresh = Rasterizer(threads=1, kernel="native").draw(*arguments, shadow=shadow)
        again = worker.draw(*arguments, shadow=shadow)
        np.testing.assert_array_equal(again.pixels, fresh.pixels)
        np.testing.assert_array_equal(again.part, fresh.part)
        np.testing.assert_array_equal(again.inv_depth, fresh.inv_depth)
        del again


def test_a_missing_kernel_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = extension.find("visualizer.render._absent", {})
    monkeypatch.setattr(native_module, "_found", lambda: missing)
    assert Rasterizer().kernel_name == "numpy"
    assert Rasterizer(threads=4).threads == 1
    with pytest.raises(RuntimeError, match="not built"):
        Rasterizer(kernel="native")
