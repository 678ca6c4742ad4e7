"""Marks and labels as a display list in picture coordinates.

The scene says what is drawn and where; the window paints it with QPainter, the export with Pillow,
and both stay sharp at any scale.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

__all__ = ["Disc", "Overlay", "Stroke", "Text"]


@dataclass(frozen=True)
class Stroke:
    """A line.

    Attributes
    ----------
    points : tuple of (float, float)
        Corners in pixels from the upper left corner of the picture.
    colour : str
        ``#rrggbb``.
    width_px : float
        Width of the line.
    blunt : bool
        Ends and corners are not rounded: a straight line is painted ten times as fast then.
    """

    points: tuple[tuple[float, float], ...]
    colour: str
    width_px: float = 1.0
    blunt: bool = False


@dataclass(frozen=True)
class Disc:
    """A filled circle with a rim.

    Attributes
    ----------
    x, y, radius_px : float
        Middle and radius in pixels, without the rim.
    colour, rim_colour : str
        ``#rrggbb``.
    rim_px : float
        Width of the rim, outside the radius.
    """

    x: float
    y: float
    radius_px: float
    colour: str
    rim_px: float
    rim_colour: str


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
    colour : str
        ``#rrggbb``.
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
    align: str = "centre"
    bold: bool = False


@dataclass(frozen=True)
class Overlay:
    """What is painted over a picture: strokes first, then discs, then texts."""

    strokes: tuple[Stroke, ...] = ()
    texts: tuple[Text, ...] = ()
    discs: tuple[Disc, ...] = ()

    def scaled(self, x: float, y: float) -> Overlay:
        """Return the overlay for a picture ``x`` times as wide and ``y`` times as high."""
        size = (x + y) / 2.0
        return Overlay(
            tuple(
                replace(
                    s, points=tuple((u * x, v * y) for u, v in s.points), width_px=s.width_px * size
                )
                for s in self.strokes
            ),
            tuple(replace(t, x=t.x * x, y=t.y * y, size_px=t.size_px * size) for t in self.texts),
            tuple(
                replace(
                    d, x=d.x * x, y=d.y * y, radius_px=d.radius_px * size, rim_px=d.rim_px * size
                )
                for d in self.discs
            ),
        )
