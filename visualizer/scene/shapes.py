"""Plain solids that equipment is made of: surfaces of revolution, rounded boxes, swept loops."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import ArrayLike, NDArray

from visualizer.render import Mesh

__all__ = ["lathe", "rounded_box", "swept_loop"]

Array = NDArray[np.float64]


def _finish(position: Array, normal: Array, faces: Array, frame: NDArray[np.int32] | int) -> Mesh:
    length = np.maximum(np.linalg.norm(normal, axis=1, keepdims=True), 1e-12)
    return Mesh.rigid(
        np.ascontiguousarray(position, np.float32),
        np.ascontiguousarray(normal / length, np.float32),
        np.ascontiguousarray(faces, np.int32),
        frame=frame,
    )


def _grid_faces(rows: int, columns: int, *, wrap: bool) -> Array:
    """Return the triangles of a (rows, columns) grid; ``wrap`` joins its last and first column."""
    i, j = np.meshgrid(
        np.arange(rows - 1), np.arange(columns if wrap else columns - 1), indexing="ij"
    )
    k = (j + 1) % columns
    a, b, c, d = i * columns + j, i * columns + k, (i + 1) * columns + j, (i + 1) * columns + k
    return np.concatenate(
        [np.stack([a, c, b], -1).reshape(-1, 3), np.stack([b, c, d], -1).reshape(-1, 3)]
    )


def lathe(profile_m: ArrayLike, segments: int = 48) -> Mesh:
    """Return the solid that a profile sweeps about the x axis.

    Parameters
    ----------
    profile_m : (N, 2) array_like
        Points (x, radius) in order of rising x, metres. A repeated point makes a hard edge
        between the stretches before and after it.
    segments : int
        Facets round the axis.
    """
    profile = np.asarray(profile_m, float)
    breaks = [i for i in range(1, len(profile)) if np.allclose(profile[i], profile[i - 1])]
    pieces = np.split(profile, breaks)
    angle = np.arange(segments) * 2 * math.pi / segments
    round_about = np.stack([np.zeros(segments), np.cos(angle), np.sin(angle)], -1)
    positions, normals, faces, count = [], [], [], 0
    for piece in pieces:
        if len(piece) < 2:
            continue
        along = np.gradient(piece, axis=0)
        out = np.stack([-along[:, 1], along[:, 0]], -1)  # (x, radius) normal, outwards
        p = piece[:, None, 1, None] * round_about + piece[:, None, 0, None] * np.array([1.0, 0, 0])
        n = out[:, None, 1, None] * round_about + out[:, None, 0, None] * np.array([1.0, 0, 0])
        positions.append(p.reshape(-1, 3))
        normals.append(n.reshape(-1, 3))
        # seen from outside the rows run along x and the columns round it
        faces.append(_grid_faces(len(piece), segments, wrap=True)[:, ::-1] + count)
        count += len(piece) * segments
    return _finish(np.vstack(positions), np.vstack(normals), np.vstack(faces), 0)


def rounded_box(
    low_m: ArrayLike, high_m: ArrayLike, radius_m: float = 0.01, steps: int = 3
) -> Mesh:
    """Return a box between two corners, edges rounded with a radius (metres)."""
    low, high = np.asarray(low_m, float), np.asarray(high_m, float)
    radius = min(radius_m, float((high - low).min()) / 2)
    # a cube sphere, its octants pulled apart to the corners of the box
    t = np.tan(np.linspace(-1, 1, 2 * steps) * math.pi / 4)
    positions, normals, faces, count = [], [], [], 0
    side = 2 * steps
    for axis in range(3):
        for sign in (-1.0, 1.0):
            u, v = np.meshgrid(t, t, indexing="ij")
            direction = np.empty((side, side, 3))
            direction[..., axis] = sign
            direction[..., (axis + 1) % 3] = u
            direction[..., (axis + 2) % 3] = v
            direction /= np.linalg.norm(direction, axis=-1, keepdims=True)
            corner = np.where(direction > 0, high - radius, low + radius)
            corner[..., axis] = (high if sign > 0 else low)[axis] - sign * radius
            # the two middle columns of vertices belong to opposite corners: the flat of the face
            for k, index in (((axis + 1) % 3, 0), ((axis + 2) % 3, 1)):
                upper = np.arange(side) >= steps
                upper = upper[:, None] if index == 0 else upper[None, :]
                corner[..., k] = np.where(upper, high[k] - radius, low[k] + radius)
            positions.append((corner + radius * direction).reshape(-1, 3))
            normals.append(direction.reshape(-1, 3))
            grid = _grid_faces(side, side, wrap=False)
            faces.append((grid if sign > 0 else grid[:, ::-1]) + count)
            count += side * side
    return _finish(np.vstack(positions), np.vstack(normals), np.vstack(faces), 0)


def swept_loop(
    edges_m: Array, outward: Array, thickness_m: float, frame: NDArray[np.int32]
) -> Mesh:  # fmt: skip
    """Return a flat band along a closed line.

    Parameters
    ----------
    edges_m : (N, 2, 3) ndarray
        The two edges of the inner face, each point in the coordinates of its frame, metres.
    outward : (N, 3) ndarray
        Unit directions away from what the band encloses, per point.
    thickness_m : float
        From the inner to the outer face.
    frame : (N,) ndarray of int
        Frame that each point of the line follows.
    """
    low, high, o = edges_m[:, 0], edges_m[:, 1], outward * thickness_m
    # (N, 4, 3): outer edge twice, inner edge twice
    ring = np.stack([low + o, high + o, high, low], axis=1)
    n = len(edges_m)
    across = high - low
    # every face of the cross-section gets vertices of its own, for hard edges
    faces, positions, normals, count = [], [], [], 0
    for a, b, direction in (
        (0, 1, outward), (1, 2, across),
        (2, 3, -outward), (3, 0, -across),
    ):  # fmt: skip
        positions.append(np.stack([ring[:, a], ring[:, b]], 1).reshape(-1, 3))
        normals.append(np.repeat(direction, 2, axis=0))
        i = np.arange(n)
        k = (i + 1) % n
        p, q, r, s = 2 * i, 2 * i + 1, 2 * k, 2 * k + 1
        faces.append(np.concatenate([np.stack([p, q, r], -1), np.stack([q, s, r], -1)]) + count)
        count += 2 * n
    frames = np.tile(np.repeat(frame, 2), 4).astype(np.int32)
    return _finish(np.vstack(positions), np.vstack(normals), np.vstack(faces), frames)
