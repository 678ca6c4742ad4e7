"""What stands out in a picture, whatever it means.

Contrast of a centre against its surroundings in lightness and both opponent colours, at three
scales, squared (after Itti, Koch & Niebur 1998, without learning).
"""

from __future__ import annotations

from functools import cache

import numpy as np
from PIL import Image

from tests.helpers.colours import lab
from visualizer.export.png import to_image
from visualizer.render.colour import linear
from visualizer.scene.request import RenderedView

# Of the pictures, and of the samples that they are seen by.
SIZE, SMALL = (640, 360), (160, 90)
SCALES = ((1.0, 4.0), (2.0, 8.0), (4.0, 16.0))


@cache
def blur(count: int, sigma: float) -> np.ndarray:
    """Return what blurs a row of so many samples (count, count) by a Gaussian; edges go on."""
    reach = int(3 * sigma + 1)
    steps = np.arange(-reach, reach + 1)
    weight = np.exp(-(steps**2) / (2 * sigma**2))
    made = np.zeros((count, count))
    at = np.clip(np.arange(count)[:, None] + steps, 0, count - 1)
    np.add.at(made, (np.arange(count)[:, None], at), weight / weight.sum())
    return made


def blurred(channels: np.ndarray, sigma: float) -> np.ndarray:
    """Return (h, w, 3) blurred by a Gaussian of so many samples."""
    height, width = channels.shape[:2]
    down, across = blur(height, sigma), blur(width, sigma)
    # with the channels in front both are products of matrices
    return np.moveaxis(down @ np.moveaxis(channels, -1, 0) @ across.T, 0, -1)


def attention(view: RenderedView) -> np.ndarray:
    """Return how much each sample (h, w) of a small picture stands out, summing to 1."""
    small = np.asarray(to_image(view).convert("RGB").resize(SMALL, Image.Resampling.BOX), float)
    channels = np.asarray(lab(linear(small / 255.0)))
    total = np.zeros(channels.shape[:2])
    at = {sigma: blurred(channels, sigma) for scale in SCALES for sigma in scale}
    for centre, around in SCALES:
        total += ((at[centre] - at[around]) ** 2).sum(axis=-1)
    return np.asarray(total / total.sum())
