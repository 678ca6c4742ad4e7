"""Where body and gear are on their whole way, in a picture: what stands free of them stays free.

Names and the arrow of the load keep their places while the body moves, so that they are chosen by
all of the motion, not by the moment. For that a few thousand points all over what is drawn are
enough.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from visualizer.anatomy.muscle import Side
from visualizer.exercise.repetition import Instant
from visualizer.render import Camera, Mesh
from visualizer.scene.equipment import Piece
from visualizer.scene.flesh import Flesh

__all__ = ["Clutter", "Covered", "on_way"]

Array = NDArray[np.float64]

_EVERY = 131  # one vertex in so many stands for the body
# What covering the body counts for, and gear that moves, that stands, and that lies underfoot.
_BODY, _MOVES, _STANDS, _LIES = 1.0, 0.8, 0.6, 0.1
_SIDES = {None: 0, Side.LEFT: 1, Side.RIGHT: 2}
_CELLS = 60  # rows of the grid
# Triangles of equipment that are larger have points inside as well, along so many steps a side.
_LARGE_M2, _STEPS = 0.002, 16
_WIDE_M2 = 0.0004  # so large triangles have one in their middle


def on_way(piece: Piece, instants: Sequence[Instant]) -> list[NDArray[np.float32]]:
    """Return points (N, 3) all over a rigid piece of equipment, metres, at each of some moments."""
    points = _filled(piece.mesh)
    frames = [piece.frames(instant)[0] for instant in instants]
    return [points @ frame[:, :3].T + frame[:, 3] for frame in frames]


def _filled(mesh: Mesh) -> NDArray[np.float32]:
    """Return points all over a mesh at rest: large triangles have corners only."""
    points = mesh.rest_position
    a, b, c = (points[mesh.faces[:, k]] for k in range(3))
    area_m2 = np.linalg.norm(np.cross(b - a, c - a), axis=1) / 2.0
    wide, large = area_m2 > _WIDE_M2, area_m2 > _LARGE_M2
    middles = (a[wide] + b[wide] + c[wide]) / np.float32(3.0)
    u, v = (grid.ravel() / _STEPS for grid in np.mgrid[0 : _STEPS + 1, 0 : _STEPS + 1])
    u, v = u[u + v <= 1.0, None, None], v[u + v <= 1.0, None, None]
    p, q, r = a[large], b[large], c[large]
    inside = (p + u * (q - p) + v * (r - p)).reshape(-1, 3)
    return np.vstack([points, middles, inside.astype(np.float32)])


class Covered:
    """How much of a picture body and gear cover on their way.

    Parameters
    ----------
    weight : (H, W) ndarray
        What covering each cell of a grid counts for.
    cell_px : float
        Length of a cell's side, pixels.
    """

    def __init__(self, weight: Array, cell_px: float) -> None:
        self._all, self._body = _table(weight), _table(weight >= _BODY)
        self._cell_px = cell_px

    def share(self, left: Array, top: Array, right: Array, bottom: Array) -> Array:
        """Return the mean weight in boxes that are given by their edges in pixels (any shape)."""
        return self._mean(self._all, left, top, right, bottom)

    def body_share(self, left: Array, top: Array, right: Array, bottom: Array) -> Array:
        """Return how much of such boxes the body covers, 0 … 1."""
        return self._mean(self._body, left, top, right, bottom)

    def _mean(self, table: Array, left: Array, top: Array, right: Array, bottom: Array) -> Array:
        """Return the mean in boxes of what a summed-area table sums."""
        rows, columns = table.shape[0] - 1, table.shape[1] - 1
        x0, x1 = (
            np.clip(f(v / self._cell_px), 0, columns).astype(int)
            for f, v in ((np.floor, left), (np.ceil, right))
        )
        y0, y1 = (
            np.clip(f(v / self._cell_px), 0, rows).astype(int)
            for f, v in ((np.floor, top), (np.ceil, bottom))
        )
        inside = table[y1, x1] - table[y0, x1] - table[y1, x0] + table[y0, x0]
        return np.asarray(inside / np.maximum((x1 - x0) * (y1 - y0), 1))


def _table(values: Array | NDArray[np.bool_]) -> Array:
    """Return the summed-area table (H + 1, W + 1) of values (H, W)."""
    table = np.zeros((values.shape[0] + 1, values.shape[1] + 1))
    table[1:, 1:] = values.cumsum(axis=0).cumsum(axis=1)
    return table


class Clutter:
    """Points all over body and gear on their way.

    Parameters
    ----------
    flesh : Flesh
        The body on its way.
    pieces : sequence of Piece
        The equipment.
    """

    def __init__(self, flesh: Flesh, pieces: Sequence[Piece]) -> None:
        self._body = [p[k % _EVERY :: _EVERY].copy() for k, p in enumerate(flesh.positions)]
        self._pieces, self._instants = pieces, flesh.instants

    @cached_property
    def _points(self) -> tuple[Array, Array, NDArray[np.intp]]:
        """Places (N, 3) in metres, weights (N,) and sides (N,); made when first asked for."""
        clouds = [(_BODY, 0, points) for points in self._body]
        for piece in self._pieces:
            if piece.mesh.frame_count > 1:  # worn: it lies on the body
                continue
            side = _SIDES[piece.side]
            frames = [piece.frames(instant) for instant in self._instants]
            if np.array_equal(frames[0], frames[-1]):
                weight = _LIES if piece.underfoot else _STANDS
                clouds.append((weight, side, on_way(piece, self._instants[:1])[0][::4]))
            else:
                clouds += [(_MOVES, side, p[::13]) for p in on_way(piece, self._instants)]
        # of what is seen in a cell the heaviest, which is written last, counts
        clouds.sort(key=lambda cloud: cloud[0])
        lengths = [len(points) for _, _, points in clouds]
        return (
            np.vstack([points for _, _, points in clouds]).astype(float),
            np.repeat([weight for weight, _, _ in clouds], lengths),
            np.repeat([side for _, side, _ in clouds], lengths),
        )

    def covered(self, camera: Camera, size: tuple[int, int], hidden: Side | None) -> Covered:
        """Return what is covered in a picture.

        Parameters
        ----------
        camera : Camera
            What it is drawn with.
        size : (int, int)
            Width and height in pixels.
        hidden : Side or None
            Where gear is not drawn.
        """
        (width, height), (points, weights, sides) = size, self._points
        cell = height / _CELLS
        columns = math.ceil(width / cell)
        # what lies behind a close camera is nowhere
        place = np.nan_to_num(camera.project(points, size)[:, :2] / cell, nan=-1.0)
        x, y = np.clip(place, -1.0, 1e4).astype(int).T
        seen = (x >= 0) & (y >= 0) & (x < columns) & (y < _CELLS)
        if hidden is not None:
            seen &= sides != _SIDES[hidden]
        weight = np.zeros((_CELLS, columns))
        weight[y[seen], x[seen]] = weights[seen]
        # points lie up to three cells apart
        for axis in (0, 1):
            low, high = np.roll(weight, 1, axis), np.roll(weight, -1, axis)
            weight = np.maximum(weight, np.maximum(low, high))
        return Covered(weight, cell)
