"""The legend as a display list: what colours, letters and marks mean.

Window, sheets and pictures in files paint the same one; each gives its room and its way of
measuring text.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from visualizer.analysis.words import change_word, contraction_word, role_word
from visualizer.catalog.variation import Contraction, Role
from visualizer.scene.overlay import NOTHING, Box, Measure, Overlay, Text
from visualizer.scene.palette import Theme
from visualizer.scene.symbols import (
    BADGE_HEIGHT,
    BADGE_WIDTH,
    MARK_WIDTH,
    badge,
    contraction_mark,
    unstated_swatch,
)
from visualizer.texts import tr

__all__ = [
    "BETWEEN_GROUPS",
    "CORNER",
    "PAPER",
    "ROW",
    "Legend",
    "LegendRoom",
    "in_corner",
    "legend",
    "legend_words",
]

# For text 12 pixels high.
_TEXT_PX = 12.0
ROW = 22.0
_SIGN = 8.0
_AFTER_MARK = 6.0
_BETWEEN = 16.0
BETWEEN_GROUPS = 28.0
CORNER = 4.0
_EDGE = 12.0
PAPER = 0.86  # how far it covers what passes behind it


@dataclass(frozen=True)
class _Unstated:
    """Stands for the look of muscles of which nothing is stated."""


_UNSTATED = _Unstated()
_Sign = Role | Contraction | _Unstated | str
Entry = tuple[_Sign, str]
_Row = tuple[Sequence[Entry], ...]


@dataclass(frozen=True)
class LegendRoom:
    """How large a legend is, and what room it has.

    Attributes
    ----------
    measure : callable
        ``measure(text, size_px)`` returns the width in pixels of text in normal weight.
    text_px : float
        Height of the text in pixels.
    width_px : float
        No row is wider, as far as there is an arrangement that fits.
    column : bool
        Whether all entries stand one below another.
    height_px : float
        A column that is higher leaves out the look of what nothing is stated of.
    paper : bool
        Whether it covers what passes behind it.
    signs : tuple of (str, str), optional
        Further signs, each with what it means; left out where there is no room. A picture's legend
        explains by default those that the picture bears.
    """

    measure: Measure
    text_px: float
    width_px: float
    column: bool = False
    paper: bool = True
    height_px: float = math.inf
    signs: tuple[tuple[str, str], ...] | None = None

    @property
    def scale(self) -> float:
        """The legend's size, 1 for text 12 pixels high."""
        return self.text_px / _TEXT_PX


@dataclass(frozen=True)
class Legend:
    """A legend that was arranged.

    Attributes
    ----------
    overlay : Overlay
        From its upper left corner.
    size_px : (int, int)
        Width and height.
    roles : tuple of (Role, left, top, width, height)
        Where the entries of the roles stand, pixels.
    """

    overlay: Overlay
    size_px: tuple[int, int]
    roles: tuple[tuple[Role, float, float, float, float], ...] = ()


def _roles() -> list[Entry]:
    return [*((role, role_word(role)) for role in Role), (_UNSTATED, tr("nothing stated"))]


def _contractions(*, said: bool) -> list[Entry]:
    """Return the contractions; with what the muscle does where ``said``."""
    return [
        (c, f"{contraction_word(c)}: {change_word(c)}" if said else contraction_word(c))
        for c in Contraction
    ]


def legend_words() -> tuple[str, ...]:
    """Return all that the legend says, in full."""
    return tuple(word for _, word in _roles() + _contractions(said=True))


def legend(room: LegendRoom, look: Theme) -> Legend:
    """Return the most telling arrangement that fits.

    Parameters
    ----------
    room : LegendRoom
        What room there is.
    look : Theme
        Colours.
    """
    rows = _arranged(room)
    k = room.scale
    width, height = round(max(_width(r, room) for r in rows)) + 2, round(ROW * k * len(rows))
    overlay = NOTHING
    if room.paper:
        # shadows and the outline of a plate pass behind it
        paper = Box(0.0, 0.0, width, height, CORNER * k, look.stage_bottom, PAPER)
        overlay = Overlay(boxes=(paper,))
    roles = []
    for index, row in enumerate(rows):
        x, middle = 1.0, (index + 0.5) * ROW * k
        for group in row:
            for what, word in group:
                overlay += _sign(what, x, middle, look, room)
                left = x
                x += (_mark_width(what) + _AFTER_MARK) * k
                text = Text(x, middle, word, room.text_px, look.text, "left")
                overlay += Overlay(texts=(text,))
                x += room.measure(word, room.text_px)
                if isinstance(what, Role):
                    roles.append((what, left, index * ROW * k, x - left, ROW * k))
                x += _BETWEEN * k
            x += (BETWEEN_GROUPS - _BETWEEN) * k
    return Legend(overlay, (width, height), tuple(roles))


def in_corner(made: Legend, room: LegendRoom, size: tuple[int, int]) -> tuple[Overlay, float]:
    """Return a legend in a picture's lower left corner, and how many rows it covers.

    Parameters
    ----------
    made : Legend
        What is put there.
    room : LegendRoom
        What it was arranged for.
    size : (int, int)
        Width and height of the picture, pixels.
    """
    edge = _EDGE * room.scale
    below_px = made.size_px[1] + edge
    return made.overlay.moved(edge, size[1] - below_px), below_px + edge


def _arranged(room: LegendRoom) -> tuple[_Row, ...]:
    roles, short = _roles(), _contractions(said=False)
    if room.column:
        entries = [*roles, *short]
        if len(entries) * ROW * room.scale > room.height_px:
            entries = [entry for entry in entries if entry[0] is not _UNSTATED]
        return tuple(((entry,),) for entry in entries)
    more: _Row = (room.signs,) if room.signs else ()
    arrangements: tuple[tuple[_Row, ...], ...] = (
        ((roles, _contractions(said=True), *more),),
        ((roles, short, *more),),
        # a sign that is in sight and not explained is worse than a second row
        ((roles, *more), (short,)),
        ((roles,), (short, *more)),
        ((roles, short),),
        ((roles,), (short,)),
        # where it is this narrow, what works comes first
        ((roles[: len(Role)],), (short,)),
    )
    for rows in arrangements:
        if max(_width(row, room) for row in rows) <= room.width_px:
            return rows
    return arrangements[-1]


def _width(row: _Row, room: LegendRoom) -> float:
    k = room.scale
    groups = [
        sum(
            (_mark_width(what) + _AFTER_MARK) * k + room.measure(word, room.text_px)
            for what, word in group
        )
        + _BETWEEN * k * (len(group) - 1)
        for group in row
    ]
    return sum(groups) + BETWEEN_GROUPS * k * (len(groups) - 1)


def _mark_width(what: _Sign) -> float:
    if isinstance(what, Role | _Unstated):
        return BADGE_WIDTH
    return MARK_WIDTH if isinstance(what, Contraction) else _SIGN


def _sign(what: _Sign, x: float, middle: float, look: Theme, room: LegendRoom) -> Overlay:
    """Return what stands before a word."""
    k, ink = room.scale, look.text
    if isinstance(what, _Unstated):
        return unstated_swatch(look, x, middle - BADGE_HEIGHT * k / 2.0, k)
    if isinstance(what, Role):
        return badge(what, x, middle - BADGE_HEIGHT * k / 2.0, k)
    if isinstance(what, Contraction):
        return Overlay(contraction_mark(what, x + MARK_WIDTH * k / 2.0, middle, ink, k))
    return Overlay(texts=(Text(x, middle, what, room.text_px, ink, "left", bold=True),))
