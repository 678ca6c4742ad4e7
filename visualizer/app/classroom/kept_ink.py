"""Ink as a lesson's file keeps it: in round figures, with no more points than the line needs."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from visualizer.app.classroom.ink import InkStroke, Place
from visualizer.teaching.lesson import MOST_NUMBERS, MOST_STROKES, PenStroke

__all__ = ["ink_of", "pen_of"]

# Points nearer than this to the one before draw nothing that is seen from the back row.
_NEAR_M = 0.002
_DIGITS = 4  # a tenth of a millimetre
_FAR_M = 10.0


def ink_of(pen: Sequence[PenStroke]) -> tuple[InkStroke, ...]:
    """Return the ink of a stop that was read from a file."""
    return tuple(
        InkStroke(
            tuple(zip(stroke.points[::2], stroke.points[1::2], strict=True)),
            (stroke.facing[0], stroke.facing[1]),
        )
        for stroke in pen
    )


def pen_of(ink: Sequence[InkStroke]) -> tuple[PenStroke, ...]:
    """Return ink as a lesson keeps it; of very many strokes the latest."""
    return tuple(
        PenStroke(stroke.facing, tuple(number for place in _thinned(stroke) for number in place))
        for stroke in ink[-MOST_STROKES:]
    )


def _thinned(stroke: InkStroke) -> list[Place]:
    """Return the places of a stroke without those that draw nothing, both ends among them."""
    first, *more = stroke.places
    places = [first]
    for place in more:
        if math.dist(place, places[-1]) >= _NEAR_M:
            places.append(place)
    if more and places[-1] != more[-1]:
        places.append(more[-1])
    most = MOST_NUMBERS // 2
    if len(places) > most:
        places = [places[k] for k in np.linspace(0, len(places) - 1, most).round().astype(int)]
    return [
        (round(float(np.clip(x, -_FAR_M, _FAR_M)), _DIGITS),
         round(float(np.clip(y, -_FAR_M, _FAR_M)), _DIGITS))
        for x, y in places
    ]  # fmt: skip
