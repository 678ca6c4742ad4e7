"""The marks of role and contraction beside words: a letter on its colour, arrows, bars.

The same in legend, lanes, lists and inspector; what stands on the muscles themselves is in
:mod:`visualizer.scene.marks`. Arrows are drawn, not written: not every font has them, and drawn
ones are sharp at any scale.
"""

from __future__ import annotations

from functools import cache, lru_cache

from visualizer.catalog.variation import Contraction, Role
from visualizer.render.colour import luminance, rgb
from visualizer.scene.fills import UNSTATED
from visualizer.scene.overlay import Box, Overlay, Stroke, Text
from visualizer.scene.palette import ROLE_STYLES, Theme

__all__ = [
    "BADGE_HEIGHT",
    "BADGE_LETTER",
    "BADGE_WIDTH",
    "MARK_WIDTH",
    "badge",
    "contraction_mark",
    "ink_on",
    "line_swatch",
    "unstated_swatch",
]

# All for text 12 pixels high, as in captions.
MARK_WIDTH = 26.0
BADGE_WIDTH, BADGE_HEIGHT, BADGE_LETTER = 24.0, 18.0, 12.0
_CORNER = 4.0
_INNER, _ARROW, _HEAD = 3.0, 10.0, 3.5
_BAR = 0.5  # how much farther a bar reaches than a head
_LINE = 1.5
_DARK, _WHITE = "#111111", "#FFFFFF"


@cache
def ink_on(colour: str) -> str:
    """Return the ink, near-black or white, that reads best on a colour (WCAG contrast)."""
    ground = luminance(rgb(colour))
    on_dark = (ground + 0.05) / (luminance(rgb(_DARK)) + 0.05)
    return _DARK if on_dark >= 1.05 / (ground + 0.05) else _WHITE


def badge(role: Role, x: float, y: float, scale: float = 1.0) -> Overlay:
    """Return a role's letter on its colour; (x, y) is the upper left corner, pixels."""
    style = ROLE_STYLES[role]
    width, height = BADGE_WIDTH * scale, BADGE_HEIGHT * scale
    box = Box(x, y, width, height, _CORNER * scale, style.colour)
    place, size_px = (x + width / 2.0, y + height / 2.0), BADGE_LETTER * scale
    letter = Text(*place, style.letter, size_px, ink_on(style.colour), bold=True)
    return Overlay(texts=(letter,), boxes=(box,))


def unstated_swatch(look: Theme, x: float, y: float, scale: float = 1.0) -> Overlay:
    """Return flesh with broken lines, as muscles look of which nothing is stated.

    (x, y) is the upper left corner, pixels; it is as large as a badge.
    """
    return line_swatch(look.inactive, UNSTATED[look.name], x, y, scale)


def line_swatch(
    ground: str, ink: str, x: float, y: float, scale: float = 1.0, *, whole: bool = False
) -> Overlay:
    """Return a ground with lines along the fibres, broken or whole, as large as a badge.

    Parameters
    ----------
    ground, ink : str
        ``#rrggbb``.
    x, y : float
        Upper left corner, pixels.
    scale : float
        1 for text 12 pixels high.
    whole : bool
        Whether the lines run through.
    """
    width, height = BADGE_WIDTH * scale, BADGE_HEIGHT * scale
    box = Box(x, y, width, height, _CORNER * scale, ground)
    dash = (0.84 if whole else 0.22) * width
    broken = ((0.12, 0.3), (0.56, 0.3), (0.30, 0.7), (0.70, 0.7))
    starts = ((0.08, 0.25), (0.08, 0.5), (0.08, 0.75)) if whole else broken
    lines = [
        ((left * width + x, down * height + y), (left * width + x + dash, down * height + y))
        for left, down in starts
    ]
    return Overlay(tuple(Stroke(line, ink, _LINE * scale) for line in lines), boxes=(box,))


# lanes hold a hundred of them, at the same places whenever they are painted
@lru_cache(maxsize=2048)
def contraction_mark(
    contraction: Contraction, x: float, y: float, ink: str, scale: float = 1.0
) -> tuple[Stroke, ...]:
    """Return → ← (concentric), ← → (eccentric) or ⊢ ⊣ (isometric) round a point, pixels."""
    head, lines = _HEAD * scale, []
    for side in (-1.0, 1.0):
        inner, outer = x + side * _INNER * scale, x + side * (_INNER + _ARROW) * scale
        lines.append(((inner, y), (outer, y)))
        if contraction is Contraction.ISOMETRIC:
            reach = head + _BAR * scale
            lines.append(((outer, y - reach), (outer, y + reach)))
            continue
        tip, back = (inner, side) if contraction is Contraction.CONCENTRIC else (outer, -side)
        lines += [((tip, y), (tip + back * head, y + up * head)) for up in (-1.0, 1.0)]
    return tuple(Stroke(line, ink, _LINE * scale) for line in lines)
