"""Marks and labels as a display list in picture coordinates.

The scene says what is drawn and where; the window paints it with QPainter, the export with Pillow,
and both stay sharp at any scale. What stands in many pictures is one :class:`Motif`, which each of
them lays down as a :class:`Stamp`: the window paints it once, and nobody counts its corners again.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

__all__ = [
    "NOTHING",
    "Area",
    "Box",
    "Disc",
    "Measure",
    "Motif",
    "Overlay",
    "Shape",
    "Stamp",
    "Stroke",
    "Text",
]

# (text, height in pixels) -> width in pixels, as the one who paints it measures
Measure = Callable[[str, float], float]


class Box(NamedTuple):
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


class Stroke(NamedTuple):
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


class Shape(NamedTuple):
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


class Disc(NamedTuple):
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


class Text(NamedTuple):
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


@dataclass(frozen=True, eq=False)
class Motif:
    """What is laid down in many pictures; each is one of its own, whatever it holds.

    Attributes
    ----------
    overlay : Overlay
        What it consists of, about (0, 0); its texts lie within the rest.
    turns : bool
        It lies in another direction each time, and consists of shapes alone.
    """

    overlay: Overlay
    turns: bool = False


class Stamp(NamedTuple):
    """A motif in a picture.

    Attributes
    ----------
    motif : Motif
        What is laid down.
    x, y : float
        Where its (0, 0) comes to lie, pixels. The window may lay one that does not turn an eighth
        of a pixel beside it.
    along : (float, float)
        Where its direction (1, 0) comes to point; only of one that turns.
    scale : float
        How much larger it is.
    """

    motif: Motif
    x: float = 0.0
    y: float = 0.0
    along: tuple[float, float] = (1.0, 0.0)
    scale: float = 1.0

    @property
    def plain(self) -> Overlay:
        """What it consists of, where that lies in the picture."""
        c, s = self.along[0] * self.scale, self.along[1] * self.scale
        if not self.motif.turns:
            return self.motif.overlay._placed((self.scale, self.scale), (self.x, self.y))

        def turned(shape: Shape) -> Shape:
            places = [(self.x + u * c - v * s, self.y + u * s + v * c) for u, v in shape.points]
            return Shape(tuple(places), shape.colour)

        return Overlay(shapes=tuple(turned(shape) for shape in self.motif.overlay.shapes))


class Area(NamedTuple):
    """A motif of shapes that lies in a plane of the scene.

    Attributes
    ----------
    motif : Motif
        Its shapes, in the units of the plane.
    matrix : tuple of three (float, float, float)
        What takes points [a, b, 1] of the plane to [x d, y d, d], x and y in pixels.
    """

    motif: Motif
    matrix: tuple[tuple[float, float, float], ...]

    def placed(self, scale: tuple[float, float], offset: tuple[float, float]) -> Area:
        """Return it with its places in the picture scaled, then moved."""
        (wide, high), (x, y) = scale, offset
        rows = [(u * wide + d * x, v * high + d * y, d) for u, v, d in self.matrix]
        return Area(self.motif, tuple(rows))

    @property
    def shapes(self) -> tuple[Shape, ...]:
        """Its shapes where they lie in the picture."""
        (ax, ay, az), (bx, by, bz), (cx, cy, cz) = self.matrix

        def seen(a: float, b: float) -> tuple[float, float]:
            depth = az * a + bz * b + cz
            return (ax * a + bx * b + cx) / depth, (ay * a + by * b + cy) / depth

        return tuple(
            Shape(tuple([seen(a, b) for a, b in shape.points]), shape.colour)
            for shape in self.motif.overlay.shapes
        )


@dataclass(frozen=True)
class Overlay:
    """What is painted over a picture.

    First areas and the stamps ``under`` all else, then boxes, strokes, shapes, discs, stamps and
    texts.
    """

    strokes: tuple[Stroke, ...] = ()
    texts: tuple[Text, ...] = ()
    discs: tuple[Disc, ...] = ()
    boxes: tuple[Box, ...] = ()
    shapes: tuple[Shape, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    areas: tuple[Area, ...] = ()
    under: tuple[Stamp, ...] = ()
    ground: tuple[Shape, ...] = ()

    def __add__(self, other: Overlay) -> Overlay:
        """Return both; within a kind, ``other`` is painted later."""
        return Overlay(
            self.strokes + other.strokes,
            self.texts + other.texts,
            self.discs + other.discs,
            self.boxes + other.boxes,
            self.shapes + other.shapes,
            self.stamps + other.stamps,
            self.areas + other.areas,
            self.under + other.under,
            self.ground + other.ground,
        )

    @property
    def plain(self) -> Overlay:
        """The same without stamps and areas, for files and tests.

        What they consist of is among its own; what lies lowest of that is its ``ground``, which
        is painted first.
        """
        if not (self.stamps or self.under or self.areas):
            return self
        low, high = ([s.plain for s in stamps] for stamps in (self.under, self.stamps))
        return Overlay(
            tuple(s for o in (*low, self, *high) for s in o.strokes),
            tuple(t for o in (*low, *high, self) for t in o.texts),
            tuple(d for o in (*low, self, *high) for d in o.discs),
            tuple(b for o in (*low, self, *high) for b in o.boxes),
            tuple(s for o in (self, *high) for s in o.shapes),
            ground=(
                *(s for a in self.areas for s in a.shapes),
                *(s for o in low for s in o.shapes),
            ),
        )

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of all that is no text, pixels; (0, 0, 0, 0) for nothing."""
        made = self.plain
        spots = [(x, y, s.width_px) for s in made.strokes for x, y in s.points]
        spots += [(d.x, d.y, d.radius_px + d.rim_px) for d in made.discs]
        spots += [(x, y, 0.0) for s in (*made.ground, *made.shapes) for x, y in s.points]
        for box in made.boxes:
            spots += [(box.x, box.y, 0.0), (box.x + box.width, box.y + box.height, 0.0)]
        if not spots:
            return 0.0, 0.0, 0.0, 0.0
        left, top = (min(spot[k] - spot[2] for spot in spots) for k in (0, 1))
        right, bottom = (max(spot[k] + spot[2] for spot in spots) for k in (0, 1))
        return left, top, right, bottom

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

        def laid(s: Stamp) -> Stamp:
            return Stamp(s.motif, s.x * wide + x, s.y * high + y, s.along, s.scale * size)

        strokes = tuple(
            [Stroke(at(s.points), s.colour, s.width_px * size, s.blunt) for s in self.strokes]
        )
        texts = tuple(
            t._replace(x=t.x * wide + x, y=t.y * high + y, size_px=t.size_px * size)
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
        shapes, ground = (
            tuple([Shape(at(s.points), s.colour) for s in some])
            for some in (self.shapes, self.ground)
        )
        stamps, under = (tuple([laid(s) for s in some]) for some in (self.stamps, self.under))
        areas = tuple([a.placed(scale, offset) for a in self.areas])
        return Overlay(strokes, texts, discs, boxes, shapes, stamps, areas, under, ground)


def _shapes_of(drawn: Area | Overlay) -> tuple[Shape, ...]:
    return drawn.shapes


NOTHING = Overlay()
