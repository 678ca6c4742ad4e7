"""The floor's shadow as the camera sees it, in numpy; ``floor_marks`` in native/floor.c."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from visualizer.render.frame import Frame

__all__ = ["floor_shade"]


def floor_shade(frame: Frame) -> npt.NDArray[np.float64]:
    """Return how dark the floor's shadow is at every pixel (height, width), 0 .. 1."""
    rows, columns = frame.darkness.shape
    shade = np.zeros((frame.height, frame.width))
    if rows < 2 or columns < 2:
        return shade
    eye, axes = frame.vector("eye"), frame.vector("axes").reshape(3, 3)
    corner, cells_per_m = frame.vector("map_corner"), frame.number("map_cells_per_m")
    focal = frame.number("focal") / frame.supersample
    # marks at every eighth pixel of every fourth row of a tile, between them a plane
    y = np.arange(0, frame.height + 4, 4)
    x = np.arange(0, frame.width + 8, 8)
    up = (0.5 * frame.height - y - 0.5) / focal
    down = axes[1, 2] * up - axes[2, 2]
    with np.errstate(divide="ignore", invalid="ignore"):
        far = np.where((eye[2] * down < 0) & (np.abs(down) > 1e-4), -eye[2] / down, np.nan)
        right = (x + 0.5 - 0.5 * frame.width) / focal
        way = axes[0] * right[:, None] + axes[1] * up[:, None, None] - axes[2]
        point = eye + far[:, None, None] * way
        u = (point[..., 0] - corner[0]) * cells_per_m - 0.5
        v = (point[..., 1] - corner[1]) * cells_per_m - 0.5
        good = (u >= 0) & (v >= 0) & (u < columns - 1) & (v < rows - 1)
    u, v = np.where(good, u, 0.0), np.where(good, v, 0.0)
    i, j = u.astype(int), v.astype(int)
    fu, fv = u - i, v - j
    d = frame.darkness.astype(float)
    low = d[j, i] + fu * (d[j, i + 1] - d[j, i])
    high = d[j + 1, i] + fu * (d[j + 1, i + 1] - d[j + 1, i])
    mark = np.where(
        good, np.clip(low + fv * (high - low), 0, 1) * frame.number("shadow_strength"), 0.0
    )
    py, px = np.arange(frame.height), np.arange(frame.width)
    sy, sx = (py % 4)[:, None] / 4, (px % 8)[None, :] / 8
    upper = mark[py // 4] + sy * (mark[py // 4 + 1] - mark[py // 4])
    return np.asarray(upper[:, px // 8] + sx * (upper[:, px // 8 + 1] - upper[:, px // 8]))
