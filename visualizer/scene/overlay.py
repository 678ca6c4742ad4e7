"""Marks and labels as a display list in picture coordinates.

The scene says what is drawn and where; the window paints it with QPainter, the export with Pillow,
and both stay sharp at any scale.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Overlay", "Stroke", "Text"]


@dataclass(frozen=True)
class Stroke:
    """A line or a filled shape.

    Attributes
    ----------
    points : tuple of (float, float)
        Corners in pixels from the upper left corner of the picture.
    colour : str
        ``#rrggbb``.
    width_px : float
        Width of the line; ignored when filled.
    filled : bool
        Whether the closed shape is filled.
    opacity : float
        1 covers what lies beneath, less lets it shine through.
    """

    points: tuple[tuple[float, float], ...]
    colour: str
    width_px: float = 1.0
    filled: bool = False
    opacity: float = 1.0


@dataclass(frozen=True)
class Text:
    """A line of text.

    Attributes
    ----------
    x, y : float
        Anchor in pixels: vertically the middle of the text.
    text : str
        What it says.
    size_px : float
        Height of the font.
    colour, halo : str
        Colours ``#rrggbb``; an empty halo means none.
    align : str
        ``"left"``, ``"centre"`` or ``"right"``: which end of the text is at ``x``.
    bold : bool
        Weight.
    """

    x: float
    y: float
    text: str
    size_px: float
    colour: str
    halo: str = ""
    align: str = "centre"
    bold: bool = False


@dataclass(frozen=True)
class Overlay:
    """What is painted over a picture: strokes first, then texts."""

    strokes: tuple[Stroke, ...] = ()
    texts: tuple[Text, ...] = ()
