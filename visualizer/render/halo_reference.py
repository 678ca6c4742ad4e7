"""The steps of ``native/halo.c`` in numpy: a halo laid over what the numpy renderer has drawn."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from visualizer.render.coverage import covered_samples, projected, slopes
from visualizer.render.frame import Frame
from visualizer.render.halo import Halo

__all__ = ["NEAREST", "lay_halo"]

Array = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]

# Nearer than anything: what is spared.
NEAREST = 1e9


def lay_halo(
    halo: Halo,
    frame: Frame,
    limit: Array,
    opaque: npt.NDArray[np.bool_],
    border: int,
    colour: Array,
    cover: Array,
) -> npt.NDArray[np.bool_]:
    """Lay a halo over what is opaque and under all else.

    Parameters
    ----------
    halo : Halo
        What to lay.
    frame : Frame
        The picture.
    limit : (h, w) ndarray
        Inverse depth that it must exceed to show: :data:`NEAREST` where it is spared.
    opaque : (h, w) bool ndarray
        Where something opaque is.
    border : int
        Samples round the picture.
    colour, cover : (h, w, 3), (h, w) ndarray
        sRGB times cover, and cover; changed in place.

    Returns
    -------
    (h, w) bool ndarray
        The samples on both sides of its outline.
    """
    screen = projected(halo.position, frame)
    square = _facing_squares(halo, screen, frame)
    corner, value = screen[halo.mesh.faces], square[halo.mesh.faces]
    x, y = corner[..., 0], corner[..., 1]
    area = (x[:, 1] - x[:, 0]) * (y[:, 2] - y[:, 0]) - (x[:, 2] - x[:, 0]) * (y[:, 1] - y[:, 0])
    slope = slopes(corner, area, value)
    found, bound = np.zeros(limit.size), limit.ravel()
    every = np.ones(len(corner), bool)
    for face, at, px, py, depth in covered_samples(corner, every, limit.shape, border):
        way = np.stack([px, py], axis=1) - corner[face, 0, :2]
        here = value[face, 0] + (slope[face] * way).sum(axis=1)
        shown = depth > bound[at]
        np.maximum.at(found, at[shown], 1.0 + np.clip(here[shown], 0.0, 1.0))
    facing = found.reshape(limit.shape)
    record = halo.record
    away = 1.0 - np.sqrt(np.maximum(facing - 1.0, 0.0))
    share = np.minimum(float(record["opacity"]) + float(record["rim"]) * away**3, 1.0)
    share = np.where(facing > 0, share, 0.0)
    share = share * np.where(opaque, 1.0, 1.0 - cover)
    own = record["colour"].astype(float)
    rest = np.where(opaque, 1.0 - share, 1.0)
    colour[:] = colour * rest[..., None] + own * share[..., None]
    cover[:] = cover * rest + share
    return _outline(facing > 0)


def _facing_squares(halo: Halo, screen: Array, frame: Frame) -> Array:
    """Return (V,): the square of the cosine to the eye, with its sign."""
    axes = frame.params["axes"].reshape(3, 3)
    with np.errstate(all="ignore"):
        turned = halo.normal @ axes.T
        turned = np.where(abs(turned) <= 2.0, turned, np.float32(0.0)).astype(float)
    ss, focal = frame.supersample, frame.number("focal")
    x = (0.5 * frame.width * ss - screen[:, 0]) / focal
    y = (screen[:, 1] - 0.5 * frame.height * ss) / focal
    dot = turned[:, 0] * x + turned[:, 1] * y + turned[:, 2]
    return np.asarray(dot * abs(dot) / ((turned**2).sum(axis=1) * (x * x + y * y + 1.0) + 1e-12))


def _outline(there: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Return where a sample and one beside it differ."""
    out = np.zeros(there.shape, bool)
    for axis in (0, 1):
        for step in (1, -1):
            out |= there != np.roll(there, step, axis)
    return out
