"""Colours as they are seen."""

from __future__ import annotations

import numpy as np


def lab(rgb: np.ndarray) -> np.ndarray:
    """Return CIE L*a*b* (…, 3) of linear RGB (…, 3)."""
    xyz = (
        rgb
        @ np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]).T
    )
    f = np.cbrt(np.maximum(xyz / (0.9505, 1.0, 1.089), 1e-6))
    x, y, z = np.moveaxis(f, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)
