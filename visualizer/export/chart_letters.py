"""Letters of the roles on the chart of the body, for paper that may be printed in grey.

On the screen the chart is told by its colours, and stage and lanes beside it have the letters. A
sheet in grey has nothing but the chart: orange, purple and flesh are equally dark there.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from visualizer.exercise.repetition import Repetition
from visualizer.scene.overlay import NOTHING, Overlay
from visualizer.scene.request import RenderedView
from visualizer.scene.symbols import BADGE_HEIGHT, BADGE_LETTER, BADGE_WIDTH, badge

__all__ = ["chart_letters"]

# Smaller patches of a muscle than this share of the picture get none.
_LEAST = 0.0008
_TRIED = 200  # places for a letter on a patch


def chart_letters(shown: RenderedView, repetition: Repetition, height: float) -> Overlay:
    """Return a letter on every working muscle that is seen on a chart, in front and at the back.

    Parameters
    ----------
    shown : RenderedView
        The chart: left half the front, right half the back.
    repetition : Repetition
        What it is of.
    height : float
        Height of a letter as a share of the picture's.
    """
    part = shown.picture.part
    high, wide = part.shape
    scale = height * high / BADGE_LETTER
    room = BADGE_WIDTH * scale, BADGE_HEIGHT * scale
    found, taken = NOTHING, list[tuple[float, float]]()
    for action in repetition.variation.muscles:
        surfaces = repetition.catalog.surfaces(action.muscle)
        parts = [k for k, p in enumerate(shown.parts) if p.muscle in surfaces]
        seen = np.isin(part, parts)
        for half in range(2):
            # each body's own two sides: one letter is enough, first where more is seen of it
            edges = [k * wide // 4 for k in range(2 * half, 2 * half + 3)]
            sides = sorted(pairwise(edges), key=lambda side: -int(seen[:, slice(*side)].sum()))
            places = (place for side in sides for place in _places(seen, side))
            place = next(
                (p for p in places if all(_apart(p, other, room) for other in taken)), None
            )
            if place is not None:
                taken.append(place)
                found += badge(
                    action.role, place[0] - room[0] / 2.0, place[1] - room[1] / 2.0, scale
                )
    return found


def _places(seen: NDArray[np.bool_], side: tuple[int, int]) -> Iterator[tuple[float, float]]:
    """Yield places on a muscle on one side of a body, those in its middle first.

    Parameters
    ----------
    seen : (h, w) bool ndarray
        Where it is seen.
    side : (int, int)
        First column, and the one after the last.
    """
    down, across = np.nonzero(seen[:, slice(*side)])
    if len(down) < _LEAST * seen.size:
        return
    across = across + side[0]
    # in the middle of the muscle, and in it also where it is bent
    off = (across - np.median(across)) ** 2 + (down - np.median(down)) ** 2
    for k in np.argsort(off)[:: max(len(off) // _TRIED, 1)]:
        yield float(across[k]), float(down[k])


def _apart(one: tuple[float, float], other: tuple[float, float], room: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) > room[0] or abs(one[1] - other[1]) > room[1]
