"""Letters of the roles on the chart of the body, for paper that may be printed in grey.

On the screen the chart is told by its colours, and stage and lanes beside it have the letters. A
sheet in grey has nothing but the chart: orange, purple and flesh are equally dark there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from visualizer.exercise.repetition import Repetition
from visualizer.scene.overlay import NOTHING, Overlay
from visualizer.scene.request import RenderedView
from visualizer.scene.symbols import BADGE_HEIGHT, BADGE_LETTER, BADGE_WIDTH, badge

__all__ = ["chart_letters", "chart_places", "working_parts"]

# Smaller patches of a muscle than this share of the picture get none.
_LEAST, _LEAST_ONCE = 0.0008, 0.0001
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
    scale = height * shown.picture.size[1] / BADGE_LETTER
    room = BADGE_WIDTH * scale, BADGE_HEIGHT * scale
    actions = repetition.variation.muscles
    found = NOTHING
    for k, (x, y) in chart_places(shown, working_parts(repetition), room):
        found += badge(actions[k].role, x - room[0] / 2.0, y - room[1] / 2.0, scale)
    return found


def working_parts(repetition: Repetition) -> list[frozenset[str]]:
    """Return the ids of the parts that each statement of a variation is about, in their order.

    Where one leg works the other one has none.
    """
    states = repetition.part_states(repetition.schedule.spans[0].id)
    return [
        frozenset(part for part, state in states.items() if state.action is action)
        for action in repetition.variation.muscles
    ]


def chart_places(
    shown: RenderedView,
    muscles: Sequence[frozenset[str]],
    room: tuple[float, float],
    *,
    once: bool = False,
) -> list[tuple[int, tuple[float, float]]]:
    """Return places on muscles that are seen on a chart, each with which of them it is.

    Parameters
    ----------
    shown : RenderedView
        The chart: left half the front, right half the back.
    muscles : sequence of frozenset of str
        The ids of the parts of each.
    room : (float, float)
        Width and height of what is put there; nothing overlaps.
    once : bool
        Whether one place is enough, in front or at the back, where more is seen; a smaller patch
        will do then.
    """
    part, found = shown.picture.part, list[tuple[int, tuple[float, float]]]()
    wide = part.shape[1]
    for index, own in enumerate(muscles):
        parts = [k for k, p in enumerate(shown.parts) if p.id in own]
        seen = np.isin(part, parts)
        halves = [(0, wide // 2), (wide // 2, wide)]
        if once:
            halves.sort(key=lambda half: -int(seen[:, slice(*half)].sum()))
        for left, right in halves:
            # each body's own two sides: one place is enough, first where more is seen of it
            sides = sorted(
                pairwise([left, (left + right) // 2, right]),
                key=lambda side: -int(seen[:, slice(*side)].sum()),
            )
            least = _LEAST_ONCE if once else _LEAST
            places = (place for side in sides for place in _places(seen, side, least))
            place = next(
                (p for p in places if all(_apart(p, other, room) for _, other in found)), None
            )
            if place is not None:
                found.append((index, place))
                if once:
                    break
    return found


def _places(
    seen: NDArray[np.bool_], side: tuple[int, int], least: float
) -> Iterator[tuple[float, float]]:
    """Yield places on a muscle on one side of a body, those in its middle first.

    Parameters
    ----------
    seen : (h, w) bool ndarray
        Where it is seen.
    side : (int, int)
        First column, and the one after the last.
    least : float
        No smaller patch has a place, share of the picture.
    """
    down, across = np.nonzero(seen[:, slice(*side)])
    if len(down) < least * seen.size:
        return
    across = across + side[0]
    # in the middle of the muscle, and in it also where it is bent
    off = (across - np.median(across)) ** 2 + (down - np.median(down)) ** 2
    for k in np.argsort(off)[:: max(len(off) // _TRIED, 1)]:
        yield float(across[k]), float(down[k])


def _apart(one: tuple[float, float], other: tuple[float, float], room: tuple[float, float]) -> bool:
    return abs(one[0] - other[0]) > room[0] or abs(one[1] - other[1]) > room[1]
