"""Surface colour and light of samples, in numpy.

The twins are ``colour_run`` in native/texture.c and ``light_row`` in native/shade.c.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from visualizer.render.contract import (
    EVEN_BROKEN,
    EVEN_CHEVRONS,
    EVEN_HEADS,
    EVEN_LINES,
    LANE_SKEW,
    NOISE_SIZE,
    REST_PHASE,
    Pattern,
)
from visualizer.render.frame import Frame

__all__ = ["Samples", "Surface", "lit", "surface"]

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
    blur, slip : (N,) ndarray
        Change of the coordinates along and across the fibres from sample to sample.
    material : (N,) ndarray of MATERIAL
        Of the parts that the samples belong to.
    """

    normal: Array
    occlusion: Array
    tendon: Array
    fibre: Array
    blur: Array
    slip: Array
    view: Array
    material: npt.NDArray[np.void]


@dataclass(frozen=True, eq=False)
class Surface:
    """What the surface is like at N samples.

    Attributes
    ----------
    colour : (N, 3) ndarray
        Linear light.
    gloss, glow : (N,) ndarray
        Strength of the highlight and of the light of its own, 0 .. 1.
    """

    colour: Array
    gloss: Array
    glow: Array


def _streak(samples: Samples, frame: Frame) -> Array:
    """Return the streaks (N,), -0.5 .. 0.5."""
    scale = frame.number("streaks_per_m")
    x = samples.fibre[:, 0] * scale + 3.0 * samples.fibre[:, 2] + 65536.0
    y = samples.fibre[:, 1] * scale + 65536.0
    column, row = x.astype(int), y.astype(int)
    fx, fy = x - column, y - row

    def at(dy: int, dx: int) -> Array:
        texel = frame.noise[(row + dy) % NOISE_SIZE, (column + dx) % NOISE_SIZE]
        return np.asarray(texel, float)

    upper = at(0, 0) + fx * (at(0, 1) - at(0, 0))
    lower = at(1, 0) + fx * (at(1, 1) - at(1, 0))
    return np.asarray((upper + fy * (lower - upper)) / 255.0 - 0.5)


def _real(field: npt.NDArray[np.float32]) -> Array:
    return field.astype(float)


# Shape of the figures, see native/texture.c.
_HEAD_BEND, _HEAD_SIDE, _CHEVRON_BEND, _CHEVRON_SIDE = 0.9, 0.34, 0.75, 0.43
_HALF_CHEVRON, _HALF_DASH = 0.10, 0.30
_EVEN = np.array([0.0, EVEN_HEADS, EVEN_CHEVRONS, EVEN_LINES, EVEN_BROKEN])


def _clamped(value: Array) -> Array:
    return np.clip(value, 0.0, 1.0)


def _figure(samples: Samples, half_line: float) -> Array:
    """Return the cover (N,) of the figures, 0 .. 1."""
    m, along = samples.material, samples.fibre[:, 2]
    kind, phase, bands = m["pattern"], _real(m["pattern_phase"]), _real(m["pattern_bands"])
    lanes = _real(m["pattern_lanes"])
    lane = (samples.fibre[:, 0] + LANE_SKEW * samples.fibre[:, 1]) * lanes
    whole = np.floor(lane)
    off = abs(lane - whole - 0.5)
    across = np.maximum(samples.slip * lanes, 1e-4)
    stagger = np.where(np.mod(whole, 2.0) > 0.5, 0.5, 0.0)
    place, step = abs(along - 0.5), samples.blur * bands
    start, edge = phase + REST_PHASE + stagger, np.minimum(across, 1.0)

    soft = np.clip(step + across, 0.03, 1.0)
    x = np.mod(start + bands * place + _HEAD_BEND * (0.5 - off), 1.0)
    front = _clamped(x / soft + 0.5) + _clamped((x - 1.0) / soft + 0.5)
    side = _clamped((_HEAD_SIDE - off) / edge + 0.5)
    heads = 0.65 * front * _clamped(1.0 - 1.25 * x) * side
    heads += 0.35 * _clamped(1.0 - 2.4 * place)
    heads_visible = _clamped((0.7 - soft) * 4.0)

    soft = np.clip(step + _CHEVRON_BEND * across, 0.03, 1.0)
    x = np.mod(start - bands * place + _CHEVRON_BEND * (0.5 - off), 1.0)
    side = _clamped((_CHEVRON_SIDE - off) / edge + 0.5)
    chevrons = _clamped((_HALF_CHEVRON - abs(x - 0.5)) / soft + 0.5) * side
    chevrons_visible = _clamped((0.7 - soft) * 4.0)

    lines = _clamped(half_line + 0.5 - off / across)
    lines_visible = _clamped((0.45 - across * half_line) * 6.0)
    dash = abs(np.mod(along * bands + stagger, 1.0) - 0.5)
    broken = lines * _clamped((_HALF_DASH - dash) / np.maximum(step, 0.01) + 0.5)

    chosen = np.clip(kind, 0, 4)[None]
    cover = np.choose(chosen, [np.zeros_like(heads), heads, chevrons, lines, broken])[0]
    visible = np.choose(
        chosen,
        [np.zeros_like(heads), heads_visible, chevrons_visible, lines_visible, lines_visible],
    )[0]
    even = _EVEN[kind]
    return np.asarray(even + visible * (np.minimum(cover, 1.0) - even))


def _mix(samples: Samples, grain: Array) -> Array:
    """Return how much of the surface (N,) is tendon, 0 .. 1."""
    t = samples.tendon
    s = _clamped((t + 1.3 * grain * t * (1 - t) - 0.15) * 1.4286)
    return np.asarray(s * s * (3 - 2 * s))


def surface(samples: Samples, frame: Frame) -> Surface:
    """Return what the surface is like before it is lit."""
    m = samples.material
    grain = _real(m["streaks"]) * _streak(samples, frame)
    mix = _mix(samples, grain)
    tone = 1 + (0.55 - 0.40 * mix) * grain
    figures = m["pattern"] != Pattern.NONE
    own = flesh = _real(m["colour"])
    if figures.any():
        share = np.where(figures, _real(m["pattern_strength"]), 0.0)
        share = share * _figure(samples, frame.number("half_line"))
        flesh = own + share[:, None] * (_real(m["figure_colour"]) - own)
    colour = flesh + mix[:, None] * (_real(m["tendon_colour"]) - flesh)
    return Surface(
        colour=colour * tone[:, None],
        gloss=_real(m["gloss"]) * np.maximum(1 + 2.2 * grain, 0.0) * (1 + 0.8 * mix),
        glow=_real(m["glow"]) * (1 - mix),
    )


def _unit(vector: Array) -> Array:
    return np.asarray(vector / np.sqrt((vector**2).sum(axis=1, keepdims=True) + 1e-12))


def lit(samples: Samples, seen: Surface, frame: Frame) -> Array:
    """Return the light (N, 3), linear, that leaves surfaces."""
    normal, view, occlusion = _unit(samples.normal), _unit(samples.view), samples.occlusion
    away = 1 - np.maximum((normal * view).sum(axis=1), 0.0)
    up = 0.5 + 0.5 * normal @ frame.vector("up")
    key = np.maximum((normal @ frame.vector("key") + 0.3) * 0.769, 0.0)
    fill = np.maximum(0.5 + 0.5 * normal @ frame.vector("fill"), 0.0)
    shine = np.maximum(normal @ frame.vector("halfway"), 0.0) ** 24
    shine += _real(samples.material["sharpness"]) * (1.7 * shine**3 - shine)
    shine *= seen.gloss * occlusion * 0.5
    ground, sky = frame.number("ground_power"), frame.number("sky_power")
    ambient = (ground + (sky - ground) * up) * occlusion
    lamp = frame.number("key_power") * key * (0.40 + 0.60 * occlusion)
    weak = frame.number("fill_power") * fill * occlusion
    rim = frame.number("rim_power") * away**3 * occlusion
    buried = 1 - occlusion
    red = 1.02 * lamp + 0.97 * ambient + 0.98 * weak
    green = (lamp + ambient + weak) * (1 - 0.05 * buried)
    blue = (0.96 * lamp + 1.05 * ambient + 1.04 * weak) * (1 - 0.09 * buried)
    tint = np.minimum(8.0 * seen.glow, 0.75)
    own = rim + seen.glow * (0.30 + 1.3 * away**2) + 1.6 * tint * shine
    white = (1 - tint) * shine + 0.25 * rim
    light = np.stack([red, green, blue], axis=1) + own[:, None]
    return np.asarray(seen.colour * light + white[:, None])
