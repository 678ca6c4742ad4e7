"""Marks and labels as a display list in picture coordinates.

The scene says what is drawn and where; the window paints it with QPainter, the export with Pillow,
and both stay sharp at any scale.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

__all__ = ["NOTHING", "Box", "Disc", "Measure", "Overlay", "Shape", "Stroke", "Text"]

# (text, height in pixels) -> width in pixels, as the one who paints it measures
Measure = Callable[[str, float], float]


@dataclass(frozen=True)
class Box:
    """A filled rectangle with round corners.

    Attributes
    ----------
    x, y, width, height : float
        Upper left corner and size in pixels.
    radius_px : float
        Radius of the corners.
    colour : str
        ``#rrggbb``.
    opacity : float
        0 … 1.
    """

    x: float
    y: float
    width: float
    height: float
    radius_px: float
    colour: str
    opacity: float = 1.0


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
class Shape:
    """A filled polygon.

    Attributes
    ----------
    points : tuple of (float, float)
        Corners in pixels from the upper left corner of the picture.
    colour : str
        ``#rrggbb``.
    """

    points: tuple[tuple[float, float], ...]
    colour: str


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
    """What is painted over a picture: boxes first, then strokes, shapes, discs and texts."""

    strokes: tuple[Stroke, ...] = ()
    texts: tuple[Text, ...] = ()
    discs: tuple[Disc, ...] = ()
    boxes: tuple[Box, ...] = ()
    shapes: tuple[Shape, ...] = ()

    def __add__(self, other: Overlay) -> Overlay:
        """Return both; within a kind, ``other`` is painted later."""
        return Overlay(
            self.strokes + other.strokes,
            self.texts + other.texts,
            self.discs + other.discs,
            self.boxes + other.boxes,
            self.shapes + other.shapes,
        )

    def moved(self, x: float, y: float) -> Overlay:
        """Return the overlay ``x`` pixels farther right and ``y`` farther down."""
        return self._placed((1.0, 1.0), (x, y))

    def scaled(self, x: float, y: float) -> Overlay:
        """Return the overlay for a picture ``x`` times as wide and ``y`` times as high."""
        return self._placed((x, y), (0.0, 0.0))

    def _placed(self, scale: tuple[float, float], offset: tuple[float, float]) -> Overlay:
        """Return the overlay with its places scaled, then moved, and its sizes scaled."""
        # done for every picture that is shown larger than it is drawn, so it has to be quick
        (wide, high), (x, y) = scale, offset
        size = (wide + high) / 2.0

        def at(points: tuple[tuple[float, float], ...]) -> tuple[tuple[float, float], ...]:
            return tuple([(u * wide + x, v * high + y) for u, v in points])

        strokes = tuple(
            [Stroke(at(s.points), s.colour, s.width_px * size, s.blunt) for s in self.strokes]
        )
        texts = tuple(
            replace(t, x=t.x * wide + x, y=t.y * high + y, size_px=t.size_px * size)
            for t in self.texts
        )
        discs = tuple(
            Disc(
                d.x * wide + x, d.y * high + y, d.radius_px * size, d.colour, d.rim_px * size,
                d.rim_colour,
            )
            for d in self.discs
        )  # fmt: skip
        boxes = tuple(
            Box(
                b.x * wide + x, b.y * high + y, b.width * wide, b.height * high,
                b.radius_px * size, b.colour, b.opacity,
            )
            for b in self.boxes
        )  # fmt: skip
        shapes = tuple([Shape(at(s.points), s.colour) for s in self.shapes])
        return Overlay(strokes, texts, discs, boxes, shapes)


NOTHING = Overlay()
