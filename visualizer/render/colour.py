"""Colours as numbers: hexadecimal, sRGB, linear light, luminance."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

__all__ = ["linear", "luminance", "rgb", "srgb"]


@lru_cache(maxsize=512)
def rgb(colour: str) -> tuple[float, float, float]:
    """Return ``#rrggbb`` as sRGB components 0 … 1."""
    r, g, b = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return r, g, b


def linear(srgb: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return sRGB values 0 .. 1 as linear light, same shape (IEC 61966-2-1)."""
    value = np.asarray(srgb, float)
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def srgb(light: npt.ArrayLike) -> npt.NDArray[np.float64]:
    """Return linear light 0 .. 1 as sRGB values, same shape (IEC 61966-2-1)."""
    value = np.asarray(light, float)
    return np.where(value <= 0.0031308, 12.92 * value, 1.055 * value ** (1 / 2.4) - 0.055)


def luminance(colour: tuple[float, float, float]) -> float:
    """Return the relative luminance 0 .. 1 of an sRGB colour 0 .. 1, as WCAG 2 defines it."""
    return float(linear(colour) @ np.array([0.2126, 0.7152, 0.0722]))
