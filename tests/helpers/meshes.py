"""Small meshes and ways to draw them, for the tests of the renderer."""

from __future__ import annotations

from typing import Any

import numpy as np

from visualizer.render import Camera, Materials, Mesh

SIZE = (150, 110)


def mesh(position: np.ndarray, faces: np.ndarray, **arrays: Any) -> Mesh:
    """Return a mesh whose rest pose is its pose, with normals that face the front."""
    count = len(position)
    position = np.ascontiguousarray(position, np.float32)
    faces = np.ascontiguousarray(faces, np.int32)
    weight = np.zeros((count, 4), np.float32)
    weight[:, 0] = 1
    default = {
        "rest_normal": np.tile(np.array([0, -1, 0], np.float32), (count, 1)),
        "face_part": np.zeros(len(faces), np.int32),
        "occlusion": np.ones(count, np.float32),
        "tendon": np.zeros(count, np.float32),
        "fibre": np.zeros((count, 3), np.float32),
        "influence": np.zeros((count, 4), np.int32),
        "weight": weight,
    }
    return Mesh(rest_position=position, faces=faces, **{**default, **arrays})


def sheet(
    rows: int = 24, x: tuple[float, float] = (-0.5, 0.5), z: tuple[float, float] = (0, 1),
    y: float = 0.0, **arrays: Any
) -> Mesh:  # fmt: skip
    """Return a flat rectangle that faces -y, u rising from its lower to its upper edge."""
    u, v = np.meshgrid(np.linspace(0, 1, rows + 1), np.linspace(0, 1, rows + 1))
    position = np.stack(
        [x[0] + u * (x[1] - x[0]), np.full_like(u, y), z[0] + v * (z[1] - z[0])], -1
    ).reshape(-1, 3)
    i, j = np.meshgrid(np.arange(rows), np.arange(rows))
    a = (j * (rows + 1) + i).ravel()
    faces = np.concatenate(
        [np.stack([a, a + 1, a + rows + 2], 1), np.stack([a, a + rows + 2, a + rows + 1], 1)]
    )
    fibre = np.zeros((len(position), 3), np.float32)
    fibre[:, 0], fibre[:, 2] = position[:, 0], v.ravel()
    return mesh(position, faces, **{"fibre": fibre, **arrays})


def random_mesh(seed: int, count: int = 300, parts: int = 7) -> Mesh:
    """Return triangles of all kinds: tiny, huge, thin, flat, doubled, behind the camera, NaN."""
    random = np.random.default_rng(seed)
    middle = random.uniform([-1, -0.6, -0.2], [1, 0.6, 1.4], (count, 1, 3))
    size = 10.0 ** random.uniform(-3, -0.2, (count, 1, 1))
    corner = middle + size * random.normal(size=(count, 3, 3))
    corner[0:6] *= 400  # far outside and across the picture
    corner[6:12] += [0, -9, 0]  # behind the camera, and across its plane
    corner[12:16, 1, 1] = -8
    corner[16:22, 2] = corner[16:22, 1]  # no area
    corner[22:26, 2] = (corner[22:26, 0] + corner[22:26, 1]) / 2
    corner[34:40] = corner[28:34]  # the same twice: a tie in depth
    faces = np.arange(3 * count, dtype=np.int32).reshape(count, 3)
    normal = random.normal(size=(3 * count, 3))
    normal /= np.linalg.norm(normal, axis=1, keepdims=True)
    fibre = random.uniform(-0.2, 1.0, (3 * count, 3))
    return mesh(
        corner.reshape(-1, 3),
        faces,
        rest_normal=normal.astype(np.float32),
        face_part=random.integers(0, parts, count).astype(np.int32),
        occlusion=random.random(3 * count).astype(np.float32),
        tendon=random.random(3 * count).astype(np.float32),
        fibre=fibre.astype(np.float32),
    )


def posed(mesh: Mesh) -> tuple[np.ndarray, np.ndarray]:
    """Return position and normal of the rest pose, with a few senseless numbers if it is random."""
    return mesh.rest_position.copy(), mesh.rest_normal.copy()


def random_materials(seed: int, count: int, opaque: bool = False) -> Materials:
    """Return materials with every property in use."""
    random = np.random.default_rng(seed)
    m = Materials.plain(count)
    m.colour[:] = random.random((count, 3))
    m.tendon_colour[:] = random.random((count, 3))
    m.gloss[:], m.streaks[:] = random.random(count), random.random(count)
    m.sharpness[:], m.glow[:] = random.random(count), random.random(count)
    m.pattern[:] = np.arange(count) % 5
    m.pattern_phase[:] = random.random(count) * 3
    m.pattern_bands[:] = random.uniform(0, 9, count)
    m.pattern_lanes[:] = random.uniform(0, 20, count)
    m.figure_colour[:] = random.random((count, 3))
    m.pattern_strength[:] = random.random(count) > 0.3
    m.outline_width_px[:] = random.uniform(0, 3, count)
    m.outline_strength[:] = random.random(count)
    m.ring[1] = True
    m.visible[2] = False
    if not opaque:
        m.opacity[3:5] = 0.4
    return m


def front(target: tuple[float, float, float] = (0, 0, 0.5), height_m: float = 1.4) -> Camera:
    """Return a camera that looks along +y, slightly down."""
    return Camera(target, 0.0, 0.1, height_m)
