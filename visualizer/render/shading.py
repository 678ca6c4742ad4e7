"""Surface colour and light of samples, in numpy.

The twins are ``colour_run`` in native/texture.c and ``light_row`` in native/shade.c.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from visualizer.render.contract import EVEN_TONE, HALF_BAR, NOISE_SIZE, REST_PHASE, Pattern
from visualizer.render.frame import Frame

__all__ = ["Samples", "lit", "surface_colour"]

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Samples:
    """What is known of N samples.

    Attributes
    ----------
    normal, view : (N, 3) ndarray
        Normal and direction to the eye in camera axes, neither of length 1.
    occlusion, tendon : (N,) ndarray
        As in the mesh.
    fibre : (N, 3) ndarray
        As in the mesh.
    blur : (N,) ndarray
        Change of the coordinate along the fibres from sample to sample.
    material : (N,) ndarray of MATERIAL
        Of the parts that the samples belong to.
    """

    normal: Array
    occlusion: Array
    tendon: Array
    fibre: Array
    blur: Array
    view: Array
    material: npt.NDArray[np.void]


def _streak(samples: Samples, frame: Frame) -> Array:
    """Return the streaks (N,), -0.5 .. 0.5."""
    scale = frame.number("streaks_per_m")
    x = samples.fibre[:, 0] * scale + 3.0 * samples.fibre[:, 2] + 65536.0
    y = samples.fibre[:, 1] * scale + 65536.0
    column, row = x.astype(int), y.astype(int)
    fx, fy = x - column, y - row
    noise = frame.noise.astype(float)

    def at(dy: int, dx: int) -> Array:
        return np.asarray(noise[(row + dy) % NOISE_SIZE, (column + dx) % NOISE_SIZE])

    upper = at(0, 0) + fx * (at(0, 1) - at(0, 0))
    lower = at(1, 0) + fx * (at(1, 1) - at(1, 0))
    return np.asarray((upper + fy * (lower - upper)) / 255.0 - 0.5)


def _real(field: npt.NDArray[np.float32]) -> Array:
    return field.astype(float)


def _mean_darkness(kind: Array) -> Array:
    return np.where(kind == Pattern.STILL_BARS, 2 * HALF_BAR, EVEN_TONE)


def _band(samples: Samples) -> Array:
    """Return the darkness (N,) of the band pattern, 0 .. 1."""
    m = samples.material
    kind, phase, bands = m["pattern"], _real(m["pattern_phase"]), _real(m["pattern_bands"])
    along = samples.fibre[:, 2]
    blur = np.clip(samples.blur * bands, 0.03, 1.0)
    visible = np.clip((0.6 - blur) * 4.0, 0.0, 1.0)
    from_middle = abs(np.mod(along * bands, 1.0) - 0.5)
    bar = np.clip((HALF_BAR - from_middle) / blur + 0.5, 0.0, 1.0)
    sign = np.where(kind == Pattern.TOWARDS_BELLY, bands, -bands)
    x = np.mod(phase + REST_PHASE + sign * abs(along - 0.5), 1.0)
    tail = np.clip(1.0 - 1.35 * x, 0.0, 1.0)
    moving = np.maximum(tail * (1.5 - 0.5 * tail), (x - 1.0 + blur) / blur)
    dark = np.where(kind == Pattern.STILL_BARS, bar, moving)
    even = _mean_darkness(kind)
    dark = even + visible * (dark - even)
    return np.where(kind == Pattern.NONE, 0.0, dark)


def surface_colour(samples: Samples, frame: Frame) -> Array:
    """Return the linear colour (N, 3) of the surface before it is lit."""
    m, t = samples.material, samples.tendon
    grain = _real(m["streaks"]) * _streak(samples, frame)
    banded = m["pattern"] != Pattern.NONE
    strength = np.where(banded, _real(m["pattern_strength"]), 0.0)
    s = np.clip((t + 1.3 * grain * t * (1 - t) - 0.15) * 1.4286, 0.0, 1.0)
    mix = s * s * (3 - 2 * s)
    tone = 1 + (0.55 - 0.40 * mix) * grain
    dark = _band(samples)
    tone *= 1 + strength * (1 - mix) * 0.66 * (_mean_darkness(m["pattern"]) - dark)
    gap = np.where(banded, _real(m["gap_share"]), 0.0) * (1 - dark)
    own = _real(m["colour"])
    flesh = own + gap[:, None] * (_real(m["gap_colour"]) - own)
    colour = flesh + mix[:, None] * (_real(m["tendon_colour"]) - flesh)
    return np.asarray(colour * tone[:, None])


def _unit(vector: Array) -> Array:
    return np.asarray(vector / np.sqrt((vector**2).sum(axis=1, keepdims=True) + 1e-12))


def lit(samples: Samples, base: Array, frame: Frame) -> Array:
    """Return the light (N, 3), linear, that leaves surfaces of colour ``base`` (N, 3)."""
    normal, view, occlusion = _unit(samples.normal), _unit(samples.view), samples.occlusion
    away = 1 - np.maximum((normal * view).sum(axis=1), 0.0)
    up = 0.5 + 0.5 * normal @ frame.vector("up")
    key = np.maximum((normal @ frame.vector("key") + 0.3) * 0.769, 0.0)
    fill = np.maximum(0.5 + 0.5 * normal @ frame.vector("fill"), 0.0)
    gloss = _real(samples.material["gloss"])
    shine = np.maximum(normal @ frame.vector("halfway"), 0.0) ** 24 * gloss * occlusion * 0.5
    ground, sky = frame.number("ground_power"), frame.number("sky_power")
    ambient = (ground + (sky - ground) * up) * occlusion
    lamp = frame.number("key_power") * key * (0.40 + 0.60 * occlusion)
    weak = frame.number("fill_power") * fill * occlusion
    rim = frame.number("rim_power") * away**3 * occlusion
    buried = 1 - occlusion
    red = 1.02 * lamp + 0.97 * ambient + 0.98 * weak
    green = (lamp + ambient + weak) * (1 - 0.05 * buried)
    blue = (0.96 * lamp + 1.05 * ambient + 1.04 * weak) * (1 - 0.09 * buried)
    light = np.stack([red, green, blue], axis=1) + rim[:, None]
    return np.asarray(base * light + (shine + 0.25 * rim)[:, None])
