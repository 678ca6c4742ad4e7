"""The scale of estimated effort: how a share of a muscle's strength is coloured.

One sequential scale per theme, from quiet to loud: on light paper it darkens, in the dark it
brightens, evenly in lightness, so that it is read in grey and by every kind of colour vision. What
the model does not hold is a stone without hue that lies near the paper and carries broken lines, so
that it is never taken for zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from visualizer.render.colour import rgb
from visualizer.scene.palette import Theme

__all__ = ["BEYOND", "BLANK", "BLANK_LINES", "SCALE", "shade_of", "stepped"]

# At even steps from 0 to 100 %.
SCALE: Mapping[str, tuple[str, ...]] = {
    "light": ("#F8ECC6", "#F5C977", "#E98E3E", "#BF4030", "#5E0B28"),
    "dark": ("#2C1A36", "#6B2150", "#B63A44", "#EC8236", "#FFE694"),
}
# What is beyond the strength has the scale's end, crossed by these lines.
BEYOND: Mapping[str, str] = {"light": "#F5C977", "dark": "#8A2A3F"}
BLANK: Mapping[str, str] = {"light": "#D2CDC8", "dark": "#4E4B48"}
BLANK_LINES: Mapping[str, str] = {"light": "#E6E2DD", "dark": "#6B6864"}

_SHADES = 200  # steps of half a per cent


def shade_of(share: float, look: Theme) -> str:
    """Return the colour of a share 0 … 1, ``#rrggbb``; one of some hundred."""
    return _shades(look.name)[round(stepped(share) * _SHADES)]


def stepped(share: float) -> float:
    """Return a share 0 … 1 as finely as it has a colour of its own, in steps of half a per cent."""
    return round(min(max(share, 0.0), 1.0) * _SHADES) / _SHADES


@lru_cache(maxsize=len(SCALE))
def _shades(name: str) -> tuple[str, ...]:
    """Return the colours from 0 to 1 in even steps."""
    stops = np.array([rgb(stop) for stop in SCALE[name]])
    at, steps = np.linspace(0.0, 1.0, _SHADES + 1), np.linspace(0.0, 1.0, len(stops))
    colours = np.column_stack([np.interp(at, steps, column) for column in stops.T])
    return tuple("#" + "".join(f"{round(255 * c):02X}" for c in colour) for colour in colours)
