"""Cutting triangles into four: nothing is torn, and a coarse ball becomes rounder."""

from __future__ import annotations

import numpy as np

from visualizer.scene.tessellation import Tessellation

# an octahedron of radius 1
CORNERS = np.concatenate([np.eye(3), -np.eye(3)]).astype(np.float32)
FACES = np.array(
    [[0, 1, 2], [1, 3, 2], [3, 4, 2], [4, 0, 2], [1, 0, 5], [3, 1, 5], [4, 3, 5], [0, 4, 5]],
    np.int32,
)


def test_a_coarse_ball_becomes_rounder() -> None:
    finer = Tessellation(FACES, len(CORNERS))
    position, normal = finer.of(CORNERS, CORNERS)
    assert (len(position), len(finer.faces)) == (6 + 12, 32)
    np.testing.assert_array_equal(position[:6], CORNERS)
    radius = np.linalg.norm(position[6:], axis=1)
    assert (radius > 0.85).all()  # the edges' middles lie at 0.71
    assert (radius < 1.0).all()
    np.testing.assert_allclose(np.linalg.norm(normal, axis=1), 1.0, atol=1e-6)
    # every edge is met twice, in opposite directions: closed, and outwards as before
    edges = np.concatenate([finer.faces[:, [k, (k + 1) % 3]] for k in range(3)])
    there = {tuple(edge) for edge in edges.tolist()}
    assert len(there) == len(edges)
    assert there == {(b, a) for a, b in there}
    a, b, c = (position[finer.faces[:, k]] for k in range(3))
    assert np.einsum("ij,ij->i", a, np.cross(b, c)).sum() > 0


def test_what_is_flat_stays_flat() -> None:
    square = np.array([[0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 1, 0]], np.float32)
    up = np.tile(np.array([0, 0, 1], np.float32), (4, 1))
    position, _ = Tessellation(np.array([[0, 1, 2], [0, 2, 3]], np.int32), 4).of(square, up)
    assert (position[:, 2] == 0).all()
