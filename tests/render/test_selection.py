"""Triangles that a picture showed are enough to draw it again."""

from __future__ import annotations

import numpy as np
import pytest

from tests.helpers import meshes as make
from visualizer.render import Mesh, Rasterizer, Selection


def nothing_besides(mesh: Mesh) -> np.ndarray:
    return np.zeros(len(mesh.rest_position), np.uint8)


@pytest.mark.parametrize("supersample", [1, 2])
@pytest.mark.parametrize("seed", [1, 5, 8])
def test_what_was_seen_draws_the_same_picture(
    native: Rasterizer, reference: Rasterizer, seed: int, supersample: int
) -> None:
    mesh = Mesh.join([make.random_mesh(seed), make.sheet(12, y=0.4), make.sheet(9, y=0.8)])
    materials = make.random_materials(seed, mesh.part_count)
    position, normal = make.posed(mesh)
    seen, also_seen = (np.zeros(len(mesh.faces), np.uint8) for _ in range(2))
    whole = native.draw(
        mesh, position, normal, materials, make.front(), make.SIZE, seen=seen,
        supersample=supersample,
    ).copy()  # fmt: skip
    reference.draw(
        mesh, position, normal, materials, make.front(), make.SIZE, seen=also_seen,
        supersample=supersample,
    )  # fmt: skip
    assert (seen != also_seen).mean() < 0.01  # where rounding decides
    only = native.select(mesh, seen, nothing_besides(mesh))
    assert only is not None
    assert seen.sum() <= only.triangles < 0.8 * len(mesh.faces)
    # of what is left out nothing need be known
    position[only.shown == 0] = np.nan
    again = native.draw(
        mesh, position, normal, materials, make.front(), make.SIZE, only=only,
        supersample=supersample,
    )  # fmt: skip
    np.testing.assert_array_equal(again.part, whole.part)
    np.testing.assert_array_equal(again.pixels, whole.pixels)


def test_neighbours_of_what_was_seen_are_selected(native: Rasterizer) -> None:
    mesh = make.sheet(4)  # 25 vertices, the lower halves of the squares first
    seen = np.zeros(len(mesh.faces), np.uint8)
    seen[5] = 1  # one of its own, and three that share an edge with it
    also = nothing_besides(mesh)
    also[24] = 1
    only = native.select(mesh, seen, also)
    assert only is not None
    assert only.triangles == 4
    assert only.wanted[0] & 1 << 5
    touched = [f for k, f in enumerate(mesh.faces) if only.wanted[0] >> k & 1]
    assert set(np.flatnonzero(only.shown)) == {*np.unique(touched).tolist(), 24}


def test_vertices_that_are_not_selected_stay_as_they_are(native: Rasterizer) -> None:
    mesh = make.sheet(3)
    frames = np.eye(3, 4, dtype=np.float32)[None].copy()
    frames[0, :, 3] = 1.0
    only = Selection.empty(mesh)
    only.shown[::2] = 1
    out = np.full((16, 3), 7, np.float32), np.full((16, 3), 7, np.float32)
    position, normal = native.skin(mesh, frames, out, only)
    np.testing.assert_allclose(position[::2], mesh.rest_position[::2] + 1.0)
    assert (position[1::2] == 7).all()
    assert (normal[1::2] == 7).all()


def test_a_selection_of_another_mesh_is_refused(rasterizer: Rasterizer) -> None:
    mesh, other = make.sheet(3), make.sheet(5)
    frames = np.eye(3, 4, dtype=np.float32)[None].copy()
    wrong = Selection(np.zeros(1, np.uint32), nothing_besides(other))
    with pytest.raises(ValueError, match="shown"):
        rasterizer.skin(mesh, frames, only=wrong)
    with pytest.raises(ValueError, match="seen"):
        rasterizer.select(mesh, np.zeros(len(other.faces), np.uint8), nothing_besides(mesh))
