"""Colours as numbers, against published values."""

from __future__ import annotations

import numpy as np
import pytest

from visualizer.render.colour import linear, luminance, rgb, srgb


def test_hexadecimal_colours() -> None:
    assert rgb("#FF8000") == (1.0, 128 / 255, 0.0)


def test_linear_light_and_back() -> None:
    np.testing.assert_allclose(
        linear([0.0, 0.04045, 0.5, 1.0]), [0, 0.0031308, 0.21404, 1], atol=2e-6
    )
    values = np.linspace(0, 1, 1001)
    np.testing.assert_allclose(srgb(linear(values)), values, atol=1e-6)


@pytest.mark.parametrize(
    ("colour", "expected"),
    # W3C, relative luminance: white 1, pure red, green, blue; the grey of 4.5:1 on white
    [
        ("#FFFFFF", 1.0),
        ("#000000", 0.0),
        ("#FF0000", 0.2126),
        ("#00FF00", 0.7152),
        ("#0000FF", 0.0722),
        ("#767676", 1.05 / 4.54 - 0.05),
    ],
)
def test_luminance(colour: str, expected: float) -> None:
    assert luminance(rgb(colour)) == pytest.approx(expected, abs=3e-4)
