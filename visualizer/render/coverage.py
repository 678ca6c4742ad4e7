"""Where triangles are in the picture: projection and coverage, for the numpy renderer.

Coordinates are snapped to 1/16 sample, so coverage agrees exactly with the native kernel.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from visualizer.render.contract import GUARD, SLIVER
from visualizer.render.frame import Frame
from visualizer.render.mesh import Mesh

__all__ = ["Layer", "covered_samples", "projected", "rastered", "slopes"]

Array = npt.NDArray[np.float64]
FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

# Candidates (triangle, sample) looked at together; bounds the memory, and stays in a cache.
_BATCH = 100_000


@dataclass(frozen=True, eq=False)
class Layer:
    """What is nearest at every sample: inv_depth (h, w), triangle (h, w), -1 = nothing."""

    inv_depth: Array
    triangle: IntArray


def projected(position: FloatArray, frame: Frame) -> Array:
    """Return (V, 3): x and y in samples, snapped, and the inv_depth; 0 = not to be drawn."""
    params = frame.params
    axes, focal = params["axes"].reshape(3, 3), params["focal"]
    middle = np.array([frame.width, frame.height], np.float32) * frame.supersample / 2
    with np.errstate(all="ignore"):
        local = (position - params["eye"]) @ axes.T
        depth = -local[:, 2]
        scale = focal / depth
        x = middle[0] + local[:, 0] * scale
        y = middle[1] - local[:, 1] * scale
        good = (depth > params["nearest_m"]) & (depth < 1e6) & (abs(x) < GUARD) & (abs(y) < GUARD)
        inv_depth = np.where(good, 1.0 / depth, 0.0)
    place = np.where(good[:, None], np.stack([x, y], 1), 0.0)
    snapped = np.trunc(place * 16.0 + np.copysign(0.5, place)) / 16.0
    return np.column_stack([snapped, inv_depth]).astype(float)


def rastered(
    mesh: Mesh, screen: Array, frame: Frame, kind: int, behind: Layer, border: int
) -> Layer:
    """Return what is nearest when the parts of one kind are drawn in front of ``behind``."""
    height, width = behind.inv_depth.shape
    corner = screen[mesh.faces]
    inv_depth, triangle = behind.inv_depth.ravel().copy(), behind.triangle.ravel().copy()
    chosen = frame.part_kind[mesh.face_part] == kind
    for face, at, _, _, value in covered_samples(corner, chosen, (height, width), border):
        _keep_nearest(inv_depth, triangle, at, value, face)
    return Layer(inv_depth.reshape(height, width), triangle.reshape(height, width))


def covered_samples(
    corner: Array, chosen: npt.NDArray[np.bool_], shape: tuple[int, int], border: int
) -> Iterator[tuple[IntArray, IntArray, Array, Array, Array]]:
    """Yield the samples that triangles which face the eye cover, some at a time.

    Parameters
    ----------
    corner : (F, 3, 3) ndarray
        x, y and inverse depth of every corner, in samples.
    chosen : (F,) bool ndarray
        Which of them count.
    shape : (int, int)
        Rows and columns of samples, the border included.
    border : int
        Samples round the picture.

    Yields
    ------
    face, at : (n,) ndarray of int
        Triangles, and the samples in one row.
    px, py, inv_depth : (n,) ndarray
        The samples' middles, and the triangles' inverse depth there.
    """
    height, width = shape
    x, y, q = corner[..., 0], corner[..., 1], corner[..., 2]
    area = (x[:, 1] - x[:, 0]) * (y[:, 2] - y[:, 0]) - (x[:, 2] - x[:, 0]) * (y[:, 1] - y[:, 0])
    x0 = np.maximum(np.ceil(x.min(1) - 0.5), -border).astype(int)
    x1 = np.minimum(np.floor(x.max(1) - 0.5), width - border - 1).astype(int)
    y0 = np.maximum(np.ceil(y.min(1) - 0.5), -border).astype(int)
    y1 = np.minimum(np.floor(y.max(1) - 0.5), height - border - 1).astype(int)
    drawn = (q > 0).all(1) & (area < 0) & (x0 <= x1) & (y0 <= y1)
    drawn &= chosen
    faces = np.flatnonzero(drawn)
    columns, rows = (x1 - x0 + 1)[faces], (y1 - y0 + 1)[faces]
    ends = np.cumsum(columns * rows)
    sides, slope = np.roll(corner, -1, axis=1) - corner, slopes(corner, area, q)
    start = 0
    while start < len(faces):
        limit = (ends[start - 1] if start else 0) + _BATCH
        stop = max(int(np.searchsorted(ends, limit, "right")), start + 1)
        some, wide = faces[start:stop], columns[start:stop]
        count = wide * rows[start:stop]
        # every sample of the rectangle round every triangle
        face = np.repeat(some, count)
        order = np.arange(len(face)) - np.repeat(np.cumsum(count) - count, count)
        down = order // np.repeat(wide, count)
        sx, sy = x0[face] + order - down * np.repeat(wide, count), y0[face] + down
        px, py = sx + 0.5, sy + 0.5
        inside = _inside(corner, sides, face, px, py)
        face, px, py = face[inside], px[inside], py[inside]
        at = (sy[inside] + border) * width + sx[inside] + border
        a = corner[face, 0]
        value = a[:, 2] + slope[face, 0] * (px - a[:, 0]) + slope[face, 1] * (py - a[:, 1])
        yield face, at, px, py, value.astype(np.float32).astype(float)
        start = stop


def _inside(corner: Array, sides: Array, face: IntArray, px: Array, py: Array) -> IntArray:
    """Return which candidates lie inside their triangles; ``sides`` (F, 3, 3) begin at corners."""
    left = np.arange(len(face))
    for i in range(3):
        some = face[left]
        across = sides[some, i, 1] * (px[left] - corner[some, i, 0])
        edge = across - sides[some, i, 0] * (py[left] - corner[some, i, 1])
        left = left[edge >= 0]
    return left


def slopes(corner: Array, area: Array, value: Array) -> Array:
    """Return (F, 2): change of a corner value (F, 3) per sample; slivers have none."""
    bx, by = (corner[:, 1, :2] - corner[:, 0, :2]).T
    cx, cy = (corner[:, 2, :2] - corner[:, 0, :2]).T
    vb, vc = value[:, 1] - value[:, 0], value[:, 2] - value[:, 0]
    inverse = np.where(area < -SLIVER, 1.0 / np.where(area == 0, -1.0, area), 0.0)
    return np.stack([(vb * cy - vc * by) * inverse, (vc * bx - vb * cx) * inverse], axis=1)


def _keep_nearest(
    inv_depth: Array, triangle: IntArray, at: IntArray, value: Array, face: IntArray
) -> None:
    """Keep at every sample the nearer surface, of equals the lower triangle."""
    order = np.lexsort((face, -value, at))
    at, value, face = at[order], value[order], face[order]
    first = np.ones(len(at), bool)
    first[1:] = at[1:] != at[:-1]
    at, value, face = at[first], value[first], face[first]
    wins = (value > inv_depth[at]) | ((value == inv_depth[at]) & (face < triangle[at]))
    inv_depth[at[wins]] = value[wins]
    triangle[at[wins]] = face[wins]
