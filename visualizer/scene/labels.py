"""Names of the working muscles beside the body, with leader lines that do not cross.

Where body and plates leave room on both sides the names stand in two columns there, so that no
leader runs over the face of an upright body; else in a row above it. Which of the two is decided by
all of the motion, not by the moment (:class:`NamePlaces`): names must not jump about while the body
moves.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product

import numpy as np
from numpy.typing import NDArray

from visualizer.language import ENGLISH
from visualizer.scene.overlay import Measure, Overlay, Stroke, Text
from visualizer.scene.palette import Theme
from visualizer.scene.sizes import largest_badge_px
from visualizer.scene.spots import Spot

__all__ = ["APART", "LABEL_SHARE", "Box", "LabelRoom", "NamePlaces", "gap"]

Array = NDArray[np.float64]
_Point = tuple[float, float]
_Badge = tuple[str, _Point, float]  # whose it is, its middle and its radius
Box = tuple[float, float, float, float]

# Height of the text: a share of the picture's height for the back row.
LABEL_SHARE = 0.026
# How far leaders keep off each other on paper, in heights of the text.
APART = 0.8
# All distances are shares of the text's height.
_GAP, _CLOSE, _MARGIN = 0.9, 0.65, 0.8  # between names, in a row that stands alone, to the edge
_LINE = 1.15  # from one line of a name to the next
_AWAY = 1.3  # columns from the body, at least
_MARKS = 6.0  # and so much farther where there is room
_ABOVE = 1.6  # the row's middle above the body
_NEAR = 0.15  # a column may be so far above or below the body's middle, share of its height
_WIDE = 0.6  # so much of the picture's width a row has beside plates that rise through it
_FOOT = 0.15  # a leader's start from its name
# of a name whose leader comes near another
_STEPS_ASIDE = (-12.0, -6.0, -3.0, -1.0, 1.0, 3.0, 6.0, 12.0)
# What it counts to stand out of order, and over the middle of a badge; where leaders cross 10.
_DISORDER, _OVER = 3.0, 20.0
_PILL = 1.3  # thickness of what lies under a name


@dataclass(frozen=True)
class LabelRoom:
    """How large labels are, and where they may stand.

    Attributes
    ----------
    measure : callable
        ``measure(text, size_px)`` returns the width in pixels of bold text.
    text_px : float
        Wanted height of the text in pixels of the picture; less where it is too narrow.
    above_px, below_px, left_px : float
        How much of the picture is covered at the top, the bottom and the left.
    language : str
        Language of the names.
    said : tuple of (str, str)
        What stands in the place of some names: ids of muscles, each with a text.
    apart : float
        How far leaders keep off each other, in heights of the text. Names may change places for
        that from one picture to the next, so it is for pictures that stand alone.
    beside : bool
        Whether they may stand in columns beside the body.
    ordered : bool
        Whether they best stand in the order of ``said``, as far as no leaders cross for that; where
        leaders keep apart.
    """

    measure: Measure
    text_px: float
    above_px: float = 0.0
    below_px: float = 0.0
    left_px: float = 0.0
    language: str = ENGLISH
    said: tuple[tuple[str, str], ...] = ()
    apart: float = 0.0
    beside: bool = True
    ordered: bool = False

    @property
    def rank(self) -> dict[str, int]:
        """Which place in the order each name has, by its id; empty where there is none."""
        return {key: k for k, (key, _) in enumerate(self.said)} if self.ordered else {}


@dataclass(frozen=True)
class _Name:
    """A name in one or two lines, and how wide it is (pixels)."""

    lines: tuple[str, ...]
    width_px: float


@dataclass(frozen=True)
class _Column:
    """Where a column of names stands: its edge towards the body, which way, from where to where."""

    x: float
    side: float
    limits: tuple[float, float]


class NamePlaces:
    """Where the names of a motion stand in a view.

    Parameters
    ----------
    names : mapping of str to str
        What each ``Marked.name`` is called on its label.
    size : (int, int)
        Width and height of the picture in pixels.
    body : (left, top, right, bottom)
        What the body spans on all of its way, pixels.
    room : LabelRoom
        Size of the text, and where it may stand.
    gear : sequence of (left, top, right, bottom)
        What else a column of names may not stand on: what plates span on all of their way.

    middles : mapping of str to (N, 2) ndarray, optional
        Where the middle of each ``Marked.name`` is on its way, pixels.
    crown : (left, right), optional
        What is highest of the body, as a head: a row leaves the place above it free, so that
        leaders run beside it, pixels.

    Attributes
    ----------
    beside : bool
        Whether they stand in columns beside the body, not in a row above it.
    zones : tuple of (left, top, right, bottom)
        What they may take, pixels.
    """

    def __init__(
        self,
        names: Mapping[str, str],
        size: tuple[int, int],
        body: Box,
        room: LabelRoom,
        gear: Sequence[Box] = (),
        middles: Mapping[str, Array] | None = None,
        crown: tuple[float, float] | None = None,
    ) -> None:
        self._names, self._size, self._body, self._room = dict(names), size, body, room
        self._gear, self._middles = tuple(gear), dict(middles or {})
        self._crown = crown
        self._widths: dict[tuple[str, float], float] = {}
        self._fitted: dict[frozenset[str], tuple[dict[str, _Name], float]] = {}
        self._columns = self._beside(gear)
        self._top = min([body[1], *(box[1] for box in gear)])
        self._span = self._free_across(gear)
        self.beside = self._columns is not None
        self.zones = self._zones(self._middles)

    def clear_of(self, box: Box) -> NamePlaces:
        """Return the same names with columns that keep off a box, where there is room for that."""
        if not self.beside:
            return self
        gear = (*self._gear, box)
        other = NamePlaces(
            self._names, self._size, self._body, self._room, gear, self._middles, self._crown
        )
        return other if other.beside else self

    def _measure(self, text: str, size_px: float) -> float:
        """Return the width of a text in pixels, which is measured once."""
        key = text, size_px
        if key not in self._widths:
            self._widths[key] = self._room.measure(text, size_px)
        return self._widths[key]

    @property
    def _widest(self) -> float:
        text_px = self._room.text_px
        return max((self._measure(name, text_px) for name in self._names.values()), default=0.0)

    def _beside(self, gear: Sequence[Box]) -> tuple[_Column, _Column] | None:
        """Return the columns, None where there is no room for both."""
        room, text_px = self._room, self._room.text_px
        free = min(self._body[0] - room.left_px, self._size[0] - self._body[2])
        spare = free - self._widest - (_MARGIN + _AWAY) * text_px
        if spare < 0 or not room.beside:
            return None
        # marks stand between body and names where there is room for them
        away = _AWAY * text_px + min(spare, _MARKS * text_px)
        needed = (len(self._names) + 1) // 2 * (_LINE + _GAP) * text_px
        columns = []
        for x, side in ((self._body[0] - away, -1.0), (self._body[2] + away, 1.0)):
            across = sorted((x, x + side * self._widest))
            high = [(b[1], b[3]) for b in gear if b[0] < across[1] and b[2] > across[0]]
            limits = self._free(high, needed)
            if limits is None:
                return None
            columns.append(_Column(x, side, limits))
        return columns[0], columns[1]

    def _free(
        self, taken: Sequence[tuple[float, float]], needed: float
    ) -> tuple[float, float] | None:
        """Return the free stretch of a column that is nearest to the body's middle."""
        room = self._room
        start, found = room.above_px, []
        for top, bottom in [*sorted(taken), (self._size[1] - room.below_px, math.inf)]:
            end = top - (_GAP * room.text_px if bottom < math.inf else 0.0)
            if end - start >= needed:
                found.append((start, end))
            start = max(start, bottom + _GAP * room.text_px)
        middle, most = (self._body[1] + self._body[3]) / 2.0, self._body[3] - self._body[1]

        def away(stretch: tuple[float, float]) -> float:
            return max(stretch[0] - middle, middle - stretch[1], 0.0)

        best = min(found, key=away, default=None)
        return best if best is not None and away(best) < _NEAR * most else None

    def _free_across(self, gear: Sequence[Box]) -> tuple[float, float]:
        """Return from where to where a row may stand: where no gear rises through it."""
        room, text_px = self._room, self._room.text_px
        whole = room.left_px, float(self._size[0])
        lowest = max(self._top - _ABOVE * text_px, room.above_px + 2 * _LINE * text_px)
        start, found = whole[0], [(0.0, 0.0)]
        for left, top, right, bottom in [*sorted(gear), (whole[1], 0.0, math.inf, math.inf)]:
            if top < lowest and bottom > room.above_px:
                found.append((start, min(left, whole[1])))
                start = max(start, right)
        widest = max(found, key=lambda f: f[1] - f[0])
        return widest if widest[1] - widest[0] > _WIDE * (whole[1] - whole[0]) else whole

    def _halves(self, middles: Mapping[str, Array]) -> tuple[list[float], list[float]]:
        """Return how high the muscles of the left and of the right column are on their way."""
        order = sorted(middles.values(), key=lambda at: float(at[:, 0].mean()))
        half = (len(order) + 1) // 2
        left, right = order[:half], order[len(order) - half :]
        high = [[y for at in side for y in at[:, 1].tolist()] for side in (left, right)]
        return high[0], high[1]

    def _zone(self, column: _Column, heights: Sequence[float]) -> Box:
        """Return what a column may take: beside its muscles; all of it where none is known."""
        low, high = column.limits
        if heights:
            spread = len(self._names) / 4.0 * (_LINE + _GAP) * self._room.text_px
            low, high = max(low, min(heights) - spread), min(high, max(heights) + spread)
            # a stretch that lies above or below all of them is filled from its nearer end
            low, high = (
                min(low, column.limits[1] - 2 * spread),
                max(high, column.limits[0] + 2 * spread),
            )
        across = sorted((column.x, column.x + column.side * self._widest))
        return across[0], low, across[1], high

    def _zones(self, middles: Mapping[str, Array]) -> tuple[Box, ...]:
        if not self._names:
            return ()
        if self._columns is not None:
            return tuple(
                self._zone(column, half)
                for column, half in zip(self._columns, self._halves(middles), strict=True)
            )
        y, deep = self._row_y(frozenset(self._names))
        return ((self._span[0], y - deep, self._span[1], y + deep),)

    def drawn(
        self, spots: Sequence[Spot], look: Theme, badges: Sequence[_Badge] = ()
    ) -> tuple[Overlay, tuple[Box, ...]]:
        """Return names with leader lines that do not cross, and what the names take.

        Parameters
        ----------
        spots : sequence of Spot
            What is labelled.
        look : Theme
            Colours.
        badges : sequence of (str, (float, float), float)
            Marks that leaders to others best keep off, where they keep apart at all: the name of
            each, its middle and its radius in pixels.
        """
        if not spots:
            return Overlay(), ()
        if self._columns is None:
            return self._row(spots, look, badges)
        order = sorted(spots, key=lambda s: (s.x, s.y))
        # halves: a leader of the left one never meets one of the right one
        middle, centre = len(order) // 2, (self._body[0] + self._body[2]) / 2
        if len(order) % 2 and order[middle].x < centre:
            middle += 1
        left, boxes = self._column(order[:middle], self._columns[0], look, badges)
        right, more = self._column(order[middle:], self._columns[1], look, badges)
        return Overlay(left.strokes + right.strokes, left.texts + right.texts), boxes + more

    def _sized(self, keys: frozenset[str]) -> tuple[dict[str, _Name], float]:
        """Return the names of a row, broken and smaller where they need it, and their height."""
        if keys in self._fitted:
            return self._fitted[keys]
        text_px, across = self._room.text_px, self._span[1] - self._span[0]
        said = {key: self._names[key] for key in sorted(keys)}
        names = {key: _Name((name,), self._measure(name, text_px)) for key, name in said.items()}

        def needed() -> float:
            widths = sum(n.width_px for n in names.values())
            return widths + (2 * _MARGIN + _GAP * (len(names) - 1)) * text_px

        if needed() > across:
            names = {key: _broken(name, text_px, self._measure) for key, name in said.items()}
        while needed() > across and text_px > 6.0:
            text_px -= 1.0
            names = {
                key: _Name(n.lines, max(self._measure(line, text_px) for line in n.lines))
                for key, n in names.items()
            }
        self._fitted[keys] = names, text_px
        return self._fitted[keys]

    def _row_y(self, keys: frozenset[str]) -> tuple[float, float]:
        """Return where the middle of the row is, and how far it reaches up and down."""
        names, text_px = self._sized(keys)
        lines = max(len(n.lines) for n in names.values())
        deep = (lines - 1) * _LINE * text_px / 2 + 0.7 * text_px
        return max(self._top - _ABOVE * text_px - deep, self._room.above_px + deep), deep

    def _row(
        self, spots: Sequence[Spot], look: Theme, badges: Sequence[_Badge]
    ) -> tuple[Overlay, tuple[Box, ...]]:
        height, room = self._size[1], self._room
        keys = frozenset(s.marked.name for s in spots)
        names, text_px = self._sized(keys)
        y, deep = self._row_y(keys)
        # close to a muscle its mark may be where the row is: then the row stands lower
        clear = deep + largest_badge_px(height)
        free = (y + k * clear / 2 for k in range(12))
        y = next((t for t in free if all(abs(s.y - t) > clear for s in spots)), y)
        y = min(y, max(height - room.below_px - deep, room.above_px + deep))

        def start(x: float, spot: Spot) -> _Point:
            return x, y + deep if spot.y > y else y - deep

        order, xs = _lined_up(
            spots,
            [self._beside_crown(s.x, names[s.marked.name].width_px, text_px) for s in spots],
            {key: name.width_px for key, name in names.items()},
            (_CLOSE if room.apart else _GAP) * text_px,
            (self._span[0] + _MARGIN * text_px, self._span[1] - _MARGIN * text_px),
            start,
            room.apart * text_px,
            badges,
            room.rank,
        )
        made = [
            _label(names[s.marked.name], (x, y), "centre", text_px, look)
            for x, s in zip(xs, order, strict=True)
        ]
        starts = [start(x, s) for x, s in zip(xs, order, strict=True)]
        return _joined(made, starts, order, text_px, look)

    def _beside_crown(self, x: float, width_px: float, text_px: float) -> float:
        """Return where the middle of a name best stands in a row, for a muscle at ``x``."""
        if self._crown is None:
            return x
        room = width_px / 2.0 + _GAP * text_px / 2.0
        low, high = self._crown[0] - room, self._crown[1] + room
        if not low < x < high:
            return x
        return low if x - low < high - x else high

    def _column(
        self, spots: Sequence[Spot], column: _Column, look: Theme, badges: Sequence[_Badge]
    ) -> tuple[Overlay, tuple[Box, ...]]:
        if not spots:
            return Overlay(), ()
        text_px = self._room.text_px
        order, ys = _lined_up(
            spots,
            [s.y for s in spots],
            dict.fromkeys(self._names, _LINE * text_px),
            _GAP * text_px,
            column.limits,
            lambda y, s: (column.x, y),
            self._room.apart * text_px,
            badges,
            self._room.rank,
        )
        align = "left" if column.side > 0 else "right"
        made = []
        for y, spot in zip(ys, order, strict=True):
            name = self._names[spot.marked.name]
            only = _Name((name,), self._measure(name, text_px))
            made.append(_label(only, (column.x, y), align, text_px, look))
        starts = [(column.x - column.side * 3 * _FOOT * text_px, y) for y in ys]
        return _joined(made, starts, order, text_px, look)


def _broken(name: str, text_px: float, measure: Measure) -> _Name:
    """Return a name in the two lines that make it narrowest, in one where it is one word."""
    words = name.split(" ")
    ways = [(" ".join(words[:k]), " ".join(words[k:])) for k in range(1, len(words))]
    if not ways:
        return _Name((name,), measure(name, text_px))
    widths = [max(measure(line, text_px) for line in way) for way in ways]
    best = min(range(len(ways)), key=widths.__getitem__)
    return _Name(ways[best], widths[best])


_Label = tuple[list[Stroke], list[Text], Box]


def _label(name: _Name, at: _Point, align: str, text_px: float, look: Theme) -> _Label:
    """Return a name's texts, strokes of the stage's colour that keep them legible, and its box."""
    x, y = at
    half = _PILL * text_px / 2
    start = {"left": x, "centre": x - name.width_px / 2, "right": x - name.width_px}[align]
    pills, texts = [], []
    for k, line in enumerate(name.lines):
        row = y + (k - (len(name.lines) - 1) / 2) * _LINE * text_px
        # the round ends of the stroke reach half of its thickness farther
        ends = start + 0.6 * half, start + max(name.width_px - 0.6 * half, 0.7 * half)
        pills.append(Stroke(((ends[0], row), (ends[1], row)), look.stage_top, 2 * half))
        texts.append(Text(x, row, line, text_px, look.text, align, bold=True))
    high = (len(name.lines) - 1) / 2 * _LINE * text_px + half
    return pills, texts, (start, y - high, start + name.width_px, y + high)


def _joined(
    made: Sequence[_Label], starts: Sequence[_Point], spots: Sequence[Spot], text_px: float,
    look: Theme,
) -> tuple[Overlay, tuple[Box, ...]]:  # fmt: skip
    """Return labels with their leaders: light below, so that they show on dark gear as well."""
    lines = [(start, (s.x, s.y)) for start, s in zip(starts, spots, strict=True)]
    strokes = [Stroke(line, look.stage_top, 0.2 * text_px, blunt=True) for line in lines]
    strokes += [Stroke(line, look.secondary, 0.075 * text_px, blunt=True) for line in lines]
    strokes += [pill for pills, _, _ in made for pill in pills]
    texts = tuple(text for _, texts, _ in made for text in texts)
    return Overlay(tuple(strokes), texts), tuple(box for _, _, box in made)


def _lined_up(
    spots: Sequence[Spot],
    wanted: Sequence[float],
    extent: Mapping[str, float],
    gap: float,
    limits: tuple[float, float],
    anchor: Callable[[float, Spot], _Point],
    apart: float,
    badges: Sequence[_Badge],
    rank: Mapping[str, int],
) -> tuple[list[Spot], list[float]]:
    """Return spots in the order of their labels, and where those stand along the line.

    Parameters
    ----------
    spots, wanted
        What is labelled, and where on the line each label would best stand.
    extent : mapping
        Length along the line that a label of this name takes.
    gap, limits : float, (float, float)
        Least distance between labels; ends of the line.
    anchor : callable
        Where the leader starts for a place on the line.
    apart : float
        How far leaders best keep off each other.
    badges : sequence of (str, (float, float), float)
        What they best keep off besides, but for their own.
    rank : mapping of str to int
        The order in which they best stand, where leaders keep apart.
    """

    def spread(order: Sequence[tuple[float, Spot]]) -> list[float]:
        return _spread(
            [w for w, _ in order], [extent[s.marked.name] for _, s in order], gap, limits
        )

    order = sorted(zip(wanted, spots, strict=True), key=lambda p: (p[0], p[1].x, p[1].y))
    # labels whose leaders cross change places; every change shortens the leaders, so it ends
    for _ in range(len(order) ** 2):
        at = spread(order)
        starts = [anchor(t, s) for t, (_, s) in zip(at, order, strict=True)]
        tips = [(s.x, s.y) for _, s in order]
        crossing = next(
            (
                (i, k)
                for i, k in combinations(range(len(order)), 2)
                if _cross(starts[i], tips[i], starts[k], tips[k])
            ),
            None,
        )
        if crossing is None:
            break
        i, k = crossing
        order[i], order[k] = order[k], order[i]
    if apart > 0.0:
        order = _parted(order, spread, anchor, apart, badges, rank)
        at = spread(order)
    return [s for _, s in order], at


def _parted(
    order: Sequence[tuple[float, Spot]],
    spread: Callable[[Sequence[tuple[float, Spot]]], list[float]],
    anchor: Callable[[float, Spot], _Point],
    apart: float,
    badges: Sequence[_Badge],
    rank: Mapping[str, int],
) -> list[tuple[float, Spot]]:
    """Return an order in which leaders hardly come near each other, each with its wanted place.

    Pairs change places for it, and names step aside, alone or with all on one side of them. Each
    step lessens how near they come.
    """

    def crowded(order: Sequence[tuple[float, Spot]]) -> float:
        lines = [(anchor(t, s), (s.x, s.y)) for t, (_, s) in zip(spread(order), order, strict=True)]
        near = (gap(a, b) / apart for a, b in combinations(lines, 2))
        over = (
            gap(line, (at, at)) / (1.2 * radius)
            for line, (_, spot) in zip(lines, order, strict=True)
            for name, at, radius in badges
            if name != spot.marked.name
        )
        # where they cross nothing else counts; over a badge a leader seems to lead to it
        wrong = sum(10.0 if far == 0.0 else max(0.0, 1.0 - far) ** 2 for far in near)
        ranks = [rank.get(s.marked.name, 0) for _, s in order]
        wrong += _DISORDER * sum(one > other for one, other in combinations(ranks, 2))
        return wrong + _OVER * sum(max(0.0, 1.0 - far) ** 2 for far in over)

    best, least = list(order), crowded(order)
    while least > 0.0:
        others = []
        for i, k in combinations(range(len(best)), 2):
            other = list(best)
            other[i], other[k] = other[k], other[i]
            others.append(other)
        for first, step in product(range(len(best)), _STEPS_ASIDE):
            for start, end in ((first, first + 1), (first, len(best)), (0, first)):
                moved = [(at + step * apart, s) for at, s in best[start:end]]
                others.append([*best[:start], *moved, *best[end:]])
        found = min(others, key=crowded)
        if (now := crowded(found)) >= least - 1e-6:
            break
        least, best = now, found
    return best


def _spread(
    wanted: Sequence[float], extents: Sequence[float], gap: float, limits: tuple[float, float]
) -> list[float]:
    """Return middles near ``wanted``, in order, ``gap`` apart and inside the limits.

    One pass pushes everything beyond its neighbour before, one before its neighbour beyond; both
    keep order and gaps, and so does their mean, which drifts to neither side.
    """
    n = len(wanted)
    need = [0.0] * n  # least distance from the middle of the one before
    for k in range(1, n):
        need[k] = (extents[k - 1] + extents[k]) / 2 + gap
    low = [limits[0] + extents[0] / 2] + [0.0] * (n - 1)
    high = [0.0] * (n - 1) + [limits[1] - extents[-1] / 2]
    for k in range(1, n):
        low[k] = low[k - 1] + need[k]
        high[n - 1 - k] = high[n - k] - need[n - k]
    onwards, backwards = [0.0] * n, [0.0] * n
    for k in range(n):
        least = low[k] if k == 0 else max(low[k], onwards[k - 1] + need[k])
        onwards[k] = min(max(wanted[k], least), high[k])
    for k in reversed(range(n)):
        most = high[k] if k == n - 1 else min(high[k], backwards[k + 1] - need[k + 1])
        backwards[k] = max(min(wanted[k], most), low[k])
    return [(a + b) / 2 for a, b in zip(onwards, backwards, strict=True)]


def _cross(a: _Point, c: _Point, b: _Point, d: _Point) -> bool:
    """Return whether the lines a → c and b → d cross."""

    def side(p: _Point, q: _Point, r: _Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, c, b) * side(a, c, d) < 0 and side(b, d, a) * side(b, d, c) < 0


def gap(one: tuple[_Point, _Point], other: tuple[_Point, _Point]) -> float:
    """Return how near two leaders come to each other, pixels; 0 where they cross."""
    (a, c), (b, d) = one, other

    def away(p: _Point, start: _Point, end: _Point) -> float:
        along = end[0] - start[0], end[1] - start[1]
        length = along[0] ** 2 + along[1] ** 2
        share = (p[0] - start[0]) * along[0] + (p[1] - start[1]) * along[1]
        t = min(max(share / length, 0.0), 1.0) if length > 0.0 else 0.0
        return math.hypot(p[0] - start[0] - t * along[0], p[1] - start[1] - t * along[1])

    if _cross(a, c, b, d):
        return 0.0
    # two lines that do not cross are nearest at an end of one
    return min(away(a, b, d), away(c, b, d), away(b, a, c), away(d, a, c))
