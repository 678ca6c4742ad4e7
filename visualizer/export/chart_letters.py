"""Letters of the roles on the chart of the body, for paper that may be printed in grey.

On the screen the chart is told by its colours, and stage and lanes beside it have the letters. A
sheet in grey has nothing but the chart: orange, purple and flesh are equally dark there.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from visualizer.exercise.repetition import Repetition
from visualizer.scene.overlay import NOTHING, Overlay
from visualizer.scene.request import RenderedView
from visualizer.scene.symbols import BADGE_HEIGHT, BADGE_WIDTH, badge

__all__ = ["chart_letters"]

# Heights of a letter in shares of the picture's; smaller patches of a muscle than this share of it
# get none.
_HEIGHT, _LEAST = 0.042, 0.0008


def chart_letters(shown: RenderedView, repetition: Repetition) -> Overlay:
    """Return a letter on every working muscle that is seen on a chart, in front and at the back.

    Parameters
    ----------
    shown : RenderedView
        The chart: left half the front, right half the back.
    repetition : Repetition
        What it is of.
    """
    part = shown.picture.part
    high, wide = part.shape
    scale = _HEIGHT * high / BADGE_HEIGHT
    room = BADGE_WIDTH * scale, BADGE_HEIGHT * scale
    found, taken = NOTHING, list[tuple[float, float]]()
    for action in repetition.variation.muscles:
        surfaces = repetition.catalog.surfaces(action.muscle)
        parts = [k for k, p in enumerate(shown.parts) if p.muscle in surfaces]
        seen = np.isin(part, parts)
        for half in range(2):
            # each body's own two sides: one letter is enough, where more is seen of the muscle
            edges = [k * wide // 4 for k in range(2 * half, 2 * half + 3)]
            areas = [int(seen[:, a:b].sum()) for a, b in pairwise(edges)]
            best = int(np.argmax(areas))
            if areas[best] < _LEAST * part.size:
                continue
            down, across = np.nonzero(seen[:, edges[best] : edges[best + 1]])
            across = across + edges[best]
            # in the middle of the muscle, and in it also where it is bent
            off = (across - np.median(across)) ** 2 + (down - np.median(down)) ** 2
            order = np.argsort(off)[:: max(len(off) // 200, 1)]
            places = ((float(across[k]), float(down[k])) for k in order)
            place = next(
                (p for p in places if all(_apart(p, other, room) for other in taken)), None
            )
            if place is not None:
                taken.append(place)
                found += badge(
                    action.role, place[0] - room[0] / 2.0, place[1] - room[1] / 2.0, scale
                )
    return found


def _apart(one: tuple[float, float], other: tuple[float, float], room: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) > room[0] or abs(one[1] - other[1]) > room[1]
