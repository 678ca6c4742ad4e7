"""Pictures that are drawn piece by piece, others between the pieces."""

from __future__ import annotations

import gc

import numpy as np

from tests.helpers import meshes as make
from visualizer.render import BegunPicture, Picture, Rasterizer

SIZE = (400, 300)


def begun(rasterizer: Rasterizer, seed: int, supersample: int = 1) -> BegunPicture:
    mesh = make.random_mesh(seed)
    materials = make.random_materials(seed, mesh.part_count)
    position, normal = make.posed(mesh)
    drawing = rasterizer.begin(
        mesh, position, normal, materials, make.front(), SIZE, supersample=supersample
    )
    # all that is posed and coloured may be used again at once
    materials.colour[:] = 0
    if rasterizer.kernel_name == "native":
        position[:] = normal[:] = 0
    return drawing


def whole(rasterizer: Rasterizer, seed: int, supersample: int = 1) -> Picture:
    mesh = make.random_mesh(seed)
    materials = make.random_materials(seed, mesh.part_count)
    return rasterizer.draw(
        mesh, *make.posed(mesh), materials, make.front(), SIZE, supersample=supersample
    )


def same(one: Picture, other: Picture) -> None:
    np.testing.assert_array_equal(one.pixels, other.pixels)
    np.testing.assert_array_equal(one.part, other.part)
    np.testing.assert_array_equal(one.inv_depth, other.inv_depth)


def test_pieces_make_the_same_picture_whatever_is_drawn_between(native: Rasterizer) -> None:
    fresh = Rasterizer(threads=2, kernel="native")
    want = {seed: whole(fresh, seed, ss).copy() for seed, ss in ((1, 2), (2, 1), (3, 4), (4, 3))}
    one, other = begun(native, 1, 2), begun(native, 2)
    steps = 0
    while not (one.done and other.done):
        one.step()
        same(whole(native, 3, 4), want[3])
        other.step()
        third = begun(native, 4, 3)
        third.step()
        assert not third.done
        third.finish()
        same(third.picture, want[4])
        steps += 1
    assert steps == 6  # 4 x 3 tiles, two at a time
    same(one.picture, want[1])
    same(other.picture, want[2])
    one.step()  # there is nothing left to do
    one.finish()
    same(one.picture, want[1])


def test_a_picture_given_up_leaves_its_room_to_others(native: Rasterizer) -> None:
    rasterizer = Rasterizer(threads=2, kernel="native")
    want = whole(native, 5).copy()
    whole(rasterizer, 5)
    held = rasterizer._kernel._buffers  # type: ignore[attr-defined]
    count = len(held)
    gc.disable()  # it goes at once
    try:
        for seed in range(6):
            drawing = begun(rasterizer, seed)
            drawing.step()
            del drawing
            same(whole(rasterizer, 5), want)
    finally:
        gc.enable()
    assert len(held) == count


def test_room_for_several_pictures_is_kept_no_longer_than_it_is_needed(native: Rasterizer) -> None:
    rasterizer = Rasterizer(threads=2, kernel="native")
    whole(rasterizer, 5)
    held = rasterizer._kernel._buffers  # type: ignore[attr-defined]
    count = len(held)
    several = [begun(rasterizer, seed) for seed in range(3)]
    assert len(held) > 2 * count
    for drawing in several:
        drawing.finish()
    assert len(held) == count


def test_the_reference_draws_it_in_one_piece(reference: Rasterizer) -> None:
    drawing = begun(reference, 1)
    assert not drawing.done
    drawing.step()
    assert drawing.done
