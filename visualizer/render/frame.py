"""Everything that one picture needs, computed once for the kernel and the reference alike."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from visualizer import kept
from visualizer.render.backdrop import Backdrop
from visualizer.render.camera import NEAR_M, Camera
from visualizer.render.colour import srgb
from visualizer.render.contract import (
    FRAME,
    GAMMA_STEPS,
    HIDDEN,
    NOISE_SIZE,
    OPAQUE,
    STEPS,
    TILE_PX,
    TRANSLUCENT,
)
from visualizer.render.material import Materials
from visualizer.render.shadow import Shadow

__all__ = ["MAX_SIDE_PX", "Frame", "dither", "gamma_table"]

FloatArray = npt.NDArray[np.float32]

# The bounds of a cluster are bytes, so a picture may have 255 tiles a side.
MAX_SIDE_PX = 255 * TILE_PX

# Texels of the streak noise per metre across the fibres.
STREAKS_PER_M = 450.0
# Half the width of a still line, pixels of a picture of so many rows; at least so much of it.
_HALF_LINE_PX, _ROWS, _LEAST_LINE = 0.65, 720.0, 0.6
# A step in depth larger than this is an edge even within a part.
JUMP_M = 0.012


@lru_cache(maxsize=1)
def gamma_table() -> npt.NDArray[np.uint8]:
    """Return (4096,) uint8: linear light to sRGB."""
    return np.round(srgb(np.arange(GAMMA_STEPS) / (GAMMA_STEPS - 1)) * 255).astype(np.uint8)


@lru_cache(maxsize=8)
def _noise(octaves: int) -> npt.NDArray[np.uint8]:
    """Return (128, 128) uint8 periodic noise of the ``octaves`` coarsest of four octaves.

    It is kept between starts: ``numpy.random`` takes 6 MB, and longer to import than a picture.
    """
    name = f"noise-{octaves}"
    key = kept.key_of([name, kept.code_stamp("render/frame.py")])
    data = kept.recall(name, key)
    if data is None or len(data) != NOISE_SIZE**2:
        data = _made_noise(octaves).tobytes()
        kept.keep(name, key, data)
    return np.frombuffer(data, np.uint8).reshape(NOISE_SIZE, NOISE_SIZE)


@lru_cache(maxsize=8)
def _corners(octaves: int) -> npt.NDArray[np.uint32]:
    """Return (128, 128) uint32: every texel of the noise, and those right of, below and across it.

    From the lowest byte to the highest; so the kernel reads four texels at once.
    """
    texels = np.empty((NOISE_SIZE, NOISE_SIZE, 4), np.uint8)
    for corner in range(4):
        below, right = divmod(corner, 2)
        texels[..., corner] = np.roll(_noise(octaves), (-below, -right), axis=(0, 1))
    return texels.view(np.dtype("<u4"))[..., 0]


def _made_noise(octaves: int) -> npt.NDArray[np.uint8]:
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
    """Return the 8 x 8 ordered dither 0 .. 252 at pixels, see ``dither`` in native/pixel.h."""
    a = x ^ y
    fine = ((a & 1) << 7) | ((y & 1) << 6) | ((a & 2) << 4) | ((y & 2) << 3)
    return np.asarray(fine | ((a & 4) << 1) | (y & 4))


@lru_cache(maxsize=8)
def _gradient(
    height: int, top: tuple[float, ...], bottom: tuple[float, ...]
) -> tuple[FloatArray, npt.NDArray[np.uint32]]:
    """Return the sRGB values (h, 3) and eight dithered pixels (h, 8) of every row."""
    share = ((np.arange(height) + 0.5) / height)[:, None]
    rows = (np.asarray(top) * (1 - share) + np.asarray(bottom) * share).astype(np.float32)
    x, y = np.meshgrid(np.arange(8), np.arange(height))
    value = ((rows * 65280).astype(int)[:, None, :] + dither(x, y)[..., None]) >> 8
    red, green, blue = (value[..., c].astype(np.uint32) for c in range(3))
    pixels = np.uint32(0xFF000000) | red << 16 | green << 8 | blue
    return rows, pixels.astype(np.uint32)


@dataclass(frozen=True, eq=False)
class Frame:
    """The numbers of a picture.

    Attributes
    ----------
    params : () ndarray of FRAME
        Size, flags, lights, inks, camera, floor; see :mod:`visualizer.render.contract`.
    translucent : bool
        Whether anything is translucent.
    material : (P,) ndarray of MATERIAL
        See :meth:`Materials.table`.
    part_kind : (P,) uint8 ndarray
        HIDDEN, OPAQUE or TRANSLUCENT.
    noise, corners, row_srgb, row_pixels, darkness : ndarray
        Streak noise, the same four texels together, gradient, floor shadow.
    """

    params: npt.NDArray[np.void]
    translucent: bool
    material: npt.NDArray[np.void]
    part_kind: npt.NDArray[np.uint8]
    noise: npt.NDArray[np.uint8]
    corners: npt.NDArray[np.uint32]
    row_srgb: FloatArray
    row_pixels: npt.NDArray[np.uint32]
    darkness: FloatArray

    def number(self, name: str) -> float:
        """Return one of the parameters."""
        return float(self.params[name])

    def vector(self, name: str) -> npt.NDArray[np.float64]:
        """Return a parameter of several numbers, in double precision."""
        return np.asarray(self.params[name], float)

    @property
    def width(self) -> int:
        """Pixels."""
        return int(self.params["width"])

    @property
    def height(self) -> int:
        """Pixels."""
        return int(self.params["height"])

    @property
    def supersample(self) -> int:
        """Samples along a pixel's side."""
        return int(self.params["supersample"])

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
        table = materials.table()
        kind, translucent, ringed = _kinds(
            table["opacity"].tobytes(), materials.visible.tobytes(), materials.ring.tobytes()
        )
        # an octave is worth drawing when its grains are wider than about two samples
        finest = camera.focal_px(size[1]) / camera.distance_m * supersample / STREAKS_PER_M / 2.0
        octaves = min(max(math.floor(math.log2(max(finest, 1e-6))) + 4, 0), 4)
        rows, pixels = _gradient(size[1], backdrop.top, backdrop.bottom)
        params = _params(camera, size, backdrop, supersample, smooth, half_light, depth, mat).copy()
        params["ring"] = ringed
        if shadow is not None:
            params["map_corner"] = shadow.low
            params["map_cells_per_m"] = 1.0 / shadow.cell_m
        return cls(
            params=params,
            translucent=translucent,
            material=table,
            part_kind=kind,
            noise=_noise(octaves),
            corners=_corners(octaves),
            row_srgb=rows,
            row_pixels=pixels,
            darkness=np.zeros((0, 0), np.float32) if shadow is None else shadow.darkness,
        )


@lru_cache(maxsize=4)
def _kinds(opacity: bytes, visible: bytes, ring: bytes) -> tuple[npt.NDArray[np.uint8], bool, bool]:
    """Return the kinds of parts, whether any is translucent, and whether any has a ring.

    They mostly stay while the body moves.
    """
    cover, shown = np.frombuffer(opacity, np.float32), np.frombuffer(visible, np.bool_)
    kind = np.where(cover > 0.999, OPAQUE, TRANSLUCENT).astype(np.uint8)
    kind[(cover < 0.004) | ~shown] = HIDDEN
    ringed = np.frombuffer(ring, np.bool_) & (kind != HIDDEN)
    kind.flags.writeable = False
    return kind, bool((kind == TRANSLUCENT).any()), bool(ringed.any())


@lru_cache(maxsize=4)
def _params(
    camera: Camera,
    size: tuple[int, int],
    backdrop: Backdrop,
    supersample: int,
    smooth: bool,
    half_light: bool,
    depth: bool,
    mat: int | None,
) -> npt.NDArray[np.void]:
    """Return the parameters that stay while only the body moves."""
    params = np.zeros((), FRAME)
    params["width"], params["height"] = size
    params["supersample"] = supersample
    params["smooth"], params["half_light"], params["depth"] = smooth, half_light, depth
    params["mat"] = -1 if mat is None else mat
    _set_camera(params, camera)
    _set_backdrop(params, backdrop, camera)
    params.flags.writeable = False
    return params


def _set_camera(params: npt.NDArray[np.void], camera: Camera) -> None:
    params["focal"] = camera.focal_px(int(params["height"]) * int(params["supersample"]))
    params["eye"] = camera.eye
    params["axes"] = camera.axes.ravel()
    params["nearest_m"] = NEAR_M
    params["jump_m"] = JUMP_M
    params["streaks_per_m"] = STREAKS_PER_M
    thickness = max(int(params["height"]) / _ROWS, _LEAST_LINE)
    params["half_line"] = _HALF_LINE_PX * thickness * int(params["supersample"])
    # the inverse depth where the steps from near to far begin, and how many there are per unit
    nearest = 1.0 / max(camera.distance_m - 1.5, 0.25)
    farthest = 1.0 / (camera.distance_m + 1.5)
    params["first_step"] = nearest
    params["steps_per_unit"] = STEPS / (nearest - farthest)


def _unit(vector: npt.ArrayLike) -> npt.NDArray[np.float64]:
    array = np.asarray(vector, float)
    return np.asarray(array / np.linalg.norm(array))


_KEY = _unit([-0.45, 0.62, 0.66])
_FILL = _unit([0.85, 0.10, 0.35])
# between the lamp and the eye, where a highlight is
_HALFWAY = _unit(_KEY + np.array([0.0, 0.0, 1.0]))


def _set_backdrop(params: npt.NDArray[np.void], backdrop: Backdrop, camera: Camera) -> None:
    light = backdrop.light
    params["key"], params["fill"], params["halfway"] = _KEY, _FILL, _HALFWAY
    params["up"] = camera.axes[:, 2]
    params["key_power"], params["fill_power"] = light.key, light.fill
    params["sky_power"], params["ground_power"] = light.sky, light.ground
    params["rim_power"] = light.rim
    params["ink"], params["ring_colour"] = backdrop.ink, backdrop.ring
    params["shadow_colour"] = backdrop.shadow
    params["shadow_strength"] = backdrop.shadow_strength
    params["edge_width_px"] = backdrop.edge_width_px
    params["edge_strength"] = backdrop.edge_strength
