"""Everything that one picture needs, computed once and read by the kernel and the reference alike.

The layouts mirror the enumerations at the top of ``kernel.c``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from visualizer.render.backdrop import Backdrop
from visualizer.render.camera import NEAR_M, Camera
from visualizer.render.material import Materials
from visualizer.render.shadow import Shadow

__all__ = ["GAMMA_STEPS", "TILE_PX", "Frame", "dither", "gamma_table"]

FloatArray = npt.NDArray[np.float32]

TILE_PX = 128
MAX_SIDE_PX = 255 * TILE_PX
MAX_SUPERSAMPLE = 4
GAMMA_STEPS = 4096
NOISE_SIZE = 128
HIDDEN, OPAQUE, TRANSLUCENT = 0, 1, 2

# Texels of the streak noise per metre across the fibres.
STREAKS_PER_M = 450.0
# A step in depth larger than this is an edge even within a part.
JUMP_M = 0.012


@lru_cache(maxsize=1)
def gamma_table() -> npt.NDArray[np.uint8]:
    """Return (4096,) uint8: linear light to sRGB."""
    light = np.arange(GAMMA_STEPS) / (GAMMA_STEPS - 1)
    srgb = np.where(light <= 0.0031308, 12.92 * light, 1.055 * light ** (1 / 2.4) - 0.055)
    return np.round(srgb * 255).astype(np.uint8)


@lru_cache(maxsize=8)
def _noise(octaves: int) -> npt.NDArray[np.uint8]:
    """Return (128, 128) uint8 periodic noise of the ``octaves`` coarsest of four octaves."""
    random = np.random.default_rng(7)
    total = np.zeros((NOISE_SIZE, NOISE_SIZE))
    for octave in range(4):
        cells = NOISE_SIZE >> (3 - octave)
        lattice = random.random((cells, cells)) - 0.5
        if octave >= octaves:
            continue
        place = np.arange(NOISE_SIZE) * cells / NOISE_SIZE
        index = place.astype(int)
        share = place - index
        share = share * share * (3 - 2 * share)
        for axis in (0, 1):
            ahead = np.take(lattice, (index + 1) % cells, axis=axis)
            weight = share[:, None] if axis == 0 else share[None, :]
            lattice = np.take(lattice, index, axis=axis) * (1 - weight) + ahead * weight
        total += lattice * (0.5, 0.8, 0.8, 0.5)[octave]
    return np.round(np.clip(total + 0.5, 0.0, 1.0) * 255).astype(np.uint8)


def dither(x: npt.NDArray[np.int64], y: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Return the 8 x 8 ordered dither 0 .. 252 at pixels, see ``dither`` in kernel.c."""
    a = x ^ y
    fine = ((a & 1) << 7) | ((y & 1) << 6) | ((a & 2) << 4) | ((y & 2) << 3)
    return np.asarray(fine | ((a & 4) << 1) | (y & 4))


@lru_cache(maxsize=8)
def _gradient(
    height: int, top: tuple[float, ...], bottom: tuple[float, ...]
) -> tuple[FloatArray, npt.NDArray[np.uint32]]:
    """Return the sRGB values (h, 3) and eight dithered pixels (h, 8) of every row."""
    share = ((np.arange(height) + 0.5) / height)[:, None]
    srgb = (np.asarray(top) * (1 - share) + np.asarray(bottom) * share).astype(np.float32)
    x, y = np.meshgrid(np.arange(8), np.arange(height))
    value = ((srgb * 65280).astype(int)[:, None, :] + dither(x, y)[..., None]) >> 8
    red, green, blue = (value[..., c].astype(np.uint32) for c in range(3))
    pixels = np.uint32(0xFF000000) | red << 16 | green << 8 | blue
    return srgb, pixels.astype(np.uint32)


@dataclass(frozen=True, eq=False)
class Frame:
    """The numbers of a picture.

    Attributes
    ----------
    width, height, supersample : int
        Pixels, and samples along a pixel's side.
    smooth, translucent, ring, half_light, depth : bool
        Whether to smooth edges; whether anything is translucent; whether a ring is drawn; whether
        every second row takes its light from the rows above and below; whether the depth is
        wanted.
    mat : int or None
        Part that lies flat on the floor and takes its shadow.
    camera : (16,) float32 ndarray
        Eye, axes, focal length and middle in samples, nearest depth.
    span : (2,) float32 ndarray, 1/metre
        Nearness of the first step from near to far, and steps per unit of it.
    numbers : (48,) float32 ndarray
        Lights, inks, floor; see ``F_`` in kernel.c.
    material : (P, 20) float32 ndarray
        See :meth:`Materials.table`.
    part_kind : (P,) uint8 ndarray
        0 hidden, 1 opaque, 2 translucent.
    noise, row_srgb, row_pixels, darkness : ndarray
        Streak noise, gradient, floor shadow.
    """

    width: int
    height: int
    supersample: int
    smooth: bool
    translucent: bool
    ring: bool
    half_light: bool
    depth: bool
    mat: int | None
    camera: FloatArray
    span: FloatArray
    numbers: FloatArray
    material: FloatArray
    part_kind: npt.NDArray[np.uint8]
    noise: npt.NDArray[np.uint8]
    row_srgb: FloatArray
    row_pixels: npt.NDArray[np.uint32]
    darkness: FloatArray

    @property
    def wholes(self) -> npt.NDArray[np.int32]:
        """(10,) int32 ndarray: see ``I_`` in kernel.c."""
        rows, columns = self.darkness.shape
        return np.array(
            [
                self.width,
                self.height,
                self.supersample,
                self.smooth,
                self.ring,
                columns,
                rows,
                self.half_light,
                self.depth,
                0 if self.mat is None else self.mat + 1,
            ],
            np.int32,
        )

    @classmethod
    def of(
        cls,
        materials: Materials,
        camera: Camera,
        size: tuple[int, int],
        backdrop: Backdrop,
        supersample: int,
        shadow: Shadow | None,
        smooth: bool,
        half_light: bool,
        depth: bool,
        mat: int | None,
    ) -> Frame:
        """Return the numbers for a picture; ``size`` in pixels."""
        width, height = size
        table = materials.table()
        opacity = table[:, 12]
        kind = np.where(opacity > 0.999, OPAQUE, TRANSLUCENT).astype(np.uint8)
        kind[(opacity < 0.004) | ~materials.visible] = HIDDEN
        drawn = kind != HIDDEN
        ring = bool((materials.ring & drawn).any())
        px_per_m = camera.focal_px(height) / camera.distance_m
        # an octave is worth drawing when its grains are wider than about two samples
        finest = px_per_m * supersample / STREAKS_PER_M / 2.0
        octaves = int(np.clip(np.floor(np.log2(max(finest, 1e-6))) + 4, 0, 4))
        srgb, pixels = _gradient(height, backdrop.top, backdrop.bottom)
        return cls(
            width=width,
            height=height,
            supersample=supersample,
            smooth=smooth,
            translucent=bool((kind == TRANSLUCENT).any()),
            ring=ring,
            half_light=half_light,
            depth=depth,
            mat=mat,
            camera=_camera_row(camera, size, supersample),
            span=_span(camera),
            numbers=_number_row(camera, size, supersample, backdrop, shadow),
            material=table,
            part_kind=kind,
            noise=_noise(octaves),
            row_srgb=srgb,
            row_pixels=pixels,
            darkness=np.zeros((0, 0), np.float32) if shadow is None else shadow.darkness,
        )


def _camera_row(camera: Camera, size: tuple[int, int], supersample: int) -> FloatArray:
    width, height = size[0] * supersample, size[1] * supersample
    focal = camera.focal_px(height)
    row = [*camera.eye, *camera.axes.ravel(), focal, width / 2.0, height / 2.0, NEAR_M]
    return np.array(row, np.float32)


def _span(camera: Camera) -> FloatArray:
    """Return the nearness where the steps begin and how many there are per unit of it."""
    nearest = 1.0 / max(camera.distance_m - 1.5, 0.25)
    farthest = 1.0 / (camera.distance_m + 1.5)
    return np.array([nearest, 32.0 / (nearest - farthest)], np.float32)


def _unit(vector: npt.ArrayLike) -> npt.NDArray[np.float64]:
    array = np.asarray(vector, float)
    return np.asarray(array / np.linalg.norm(array))


def _number_row(
    camera: Camera,
    size: tuple[int, int],
    supersample: int,
    backdrop: Backdrop,
    shadow: Shadow | None,
) -> FloatArray:
    light = backdrop.light
    key = _unit([-0.45, 0.62, 0.66])
    row = np.zeros(48, np.float32)
    row[0:3] = key
    row[3:6] = _unit([0.85, 0.10, 0.35])
    row[6:9] = camera.axes[:, 2]
    row[9:12] = _unit(key + np.array([0.0, 0.0, 1.0]))
    row[12:17] = light.key, light.fill, light.sky, light.ground, light.rim
    row[17:20] = backdrop.ink
    row[20:23] = backdrop.ring
    row[23:26] = backdrop.shadow
    row[26] = backdrop.shadow_strength
    row[27] = camera.focal_px(size[1] * supersample)
    row[28] = STREAKS_PER_M
    row[29:32] = camera.eye
    row[32:41] = camera.axes.ravel()
    if shadow is not None:
        row[41:45] = *shadow.low, 1.0 / shadow.cell_m, 1.0 / shadow.cell_m
    row[45] = JUMP_M
    row[46:48] = backdrop.edge_width_px, backdrop.edge_strength
    return row
