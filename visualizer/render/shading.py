"""Surface colour and light of samples, in numpy; ``colour_run`` and ``light_row`` in kernel.c."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from visualizer.render.frame import NOISE_SIZE, Frame
from visualizer.render.material import Pattern

__all__ = ["Samples", "lit", "surface_colour"]

Array = npt.NDArray[np.float64]

# A still picture (phase 0) shows a band well away from the belly.
_REST_PHASE = 0.35
# Mean darkness of the moving bands, and half of a still bar's share of its period: see kernel.c.
_EVEN_TONE = 0.2424
_HALF_BAR = 0.17


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
    material : (N, 20) ndarray
        Rows of :meth:`Materials.table`.
    """

    normal: Array
    occlusion: Array
    tendon: Array
    fibre: Array
    blur: Array
    view: Array
    material: Array


def _streak(samples: Samples, frame: Frame) -> Array:
    """Return the streaks (N,), -0.5 .. 0.5."""
    scale = float(frame.numbers[28])
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


def _mean_darkness(kind: Array) -> Array:
    return np.where(kind == Pattern.STILL_BARS, 2 * _HALF_BAR, _EVEN_TONE)


def _band(samples: Samples) -> Array:
    """Return the darkness (N,) of the band pattern, 0 .. 1."""
    kind, phase, bands = samples.material[:, 8], samples.material[:, 9], samples.material[:, 10]
    along = samples.fibre[:, 2]
    blur = np.clip(samples.blur * bands, 0.03, 1.0)
    visible = np.clip((0.6 - blur) * 4.0, 0.0, 1.0)
    from_middle = abs(np.mod(along * bands, 1.0) - 0.5)
    bar = np.clip((_HALF_BAR - from_middle) / blur + 0.5, 0.0, 1.0)
    sign = np.where(kind == Pattern.TOWARDS_BELLY, bands, -bands)
    x = np.mod(phase + _REST_PHASE + sign * abs(along - 0.5), 1.0)
    tail = np.clip(1.0 - 1.35 * x, 0.0, 1.0)
    moving = np.maximum(tail * (1.5 - 0.5 * tail), (x - 1.0 + blur) / blur)
    dark = np.where(kind == Pattern.STILL_BARS, bar, moving)
    even = _mean_darkness(kind)
    dark = even + visible * (dark - even)
    return np.where(kind == Pattern.NONE, 0.0, dark)


def surface_colour(samples: Samples, frame: Frame) -> Array:
    """Return the linear colour (N, 3) of the surface before it is lit."""
    m, t = samples.material, samples.tendon
    grain = m[:, 7] * _streak(samples, frame)
    strength = np.where(m[:, 8] > 0, m[:, 11], 0.0)
    s = np.clip((t + 1.3 * grain * t * (1 - t) - 0.15) * 1.4286, 0.0, 1.0)
    mix = s * s * (3 - 2 * s)
    tone = 1 + (0.55 - 0.40 * mix) * grain
    dark = _band(samples)
    tone *= 1 + strength * (1 - mix) * 0.66 * (_mean_darkness(m[:, 8]) - dark)
    gap = np.where(m[:, 8] > 0, m[:, 19], 0.0) * (1 - dark)
    flesh = m[:, 0:3] + gap[:, None] * (m[:, 16:19] - m[:, 0:3])
    colour = flesh + mix[:, None] * (m[:, 4:7] - flesh)
    return np.asarray(colour * tone[:, None])


def _unit(vector: Array) -> Array:
    return np.asarray(vector / np.sqrt((vector**2).sum(axis=1, keepdims=True) + 1e-12))


def lit(samples: Samples, base: Array, frame: Frame) -> Array:
    """Return the light (N, 3), linear, that leaves surfaces of colour ``base`` (N, 3)."""
    k = frame.numbers.astype(float)
    normal, view, occlusion = _unit(samples.normal), _unit(samples.view), samples.occlusion
    away = 1 - np.maximum((normal * view).sum(axis=1), 0.0)
    up = 0.5 + 0.5 * normal @ k[6:9]
    key = np.maximum((normal @ k[0:3] + 0.3) * 0.769, 0.0)
    fill = np.maximum(0.5 + 0.5 * normal @ k[3:6], 0.0)
    shine = np.maximum(normal @ k[9:12], 0.0) ** 24 * samples.material[:, 3] * occlusion * 0.5
    ambient = (k[15] + (k[14] - k[15]) * up) * occlusion
    lamp = k[12] * key * (0.40 + 0.60 * occlusion)
    weak = k[13] * fill * occlusion
    rim = k[16] * away**3 * occlusion
    buried = 1 - occlusion
    red = 1.02 * lamp + 0.97 * ambient + 0.98 * weak
    green = (lamp + ambient + weak) * (1 - 0.05 * buried)
    blue = (0.96 * lamp + 1.05 * ambient + 1.04 * weak) * (1 - 0.09 * buried)
    light = np.stack([red, green, blue], axis=1) + rim[:, None]
    return np.asarray(base * light + (shine + 0.25 * rim)[:, None])
