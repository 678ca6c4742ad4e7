"""What is drawn on the picture by hand: strokes, the pointer, the spotlight.

All of it lies in a plane that faces the viewer, measured in metres from the world's origin, so that
two pictures of one moment in different sizes show it in the same place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from visualizer.render import Camera
from visualizer.scene.palette import Theme

__all__ = ["Ink", "InkStroke", "Plane", "paint_ink", "paint_pointer", "paint_spotlight"]

Place = tuple[float, float]
# Shares of the picture's height.
_PEN, _POINTER, _SPOT = 0.006, 0.014, 0.16
_ERASER = 0.025
_DIM = 0.62


@dataclass(frozen=True)
class InkStroke:
    """A line drawn in one go.

    Attributes
    ----------
    places : tuple of (float, float)
        To the right and up, metres.
    facing : (float, float)
        Where the camera looked, see :attr:`Plane.facing`.
    """

    places: tuple[Place, ...]
    facing: tuple[float, float]

    def passes(self, place: Place, reach_m: float) -> bool:
        """Return whether the line comes so near to a place."""
        line = np.asarray(self.places, float) - np.asarray(place, float)
        if len(line) == 1:
            return bool(np.hypot(*line[0]) <= reach_m)
        start, way = line[:-1], np.diff(line, axis=0)
        length = np.maximum((way**2).sum(axis=1), 1e-12)
        share = np.clip(-(start * way).sum(axis=1) / length, 0.0, 1.0)
        nearest = start + share[:, None] * way
        return bool(np.hypot(nearest[:, 0], nearest[:, 1]).min() <= reach_m)


class Ink:
    """Strokes on one moment, with undo of drawing and erasing alike.

    Parameters
    ----------
    strokes : tuple of InkStroke
        What is drawn already.

    Attributes
    ----------
    strokes : tuple of InkStroke
        In the order in which they were drawn.
    """

    def __init__(self, strokes: tuple[InkStroke, ...] = ()) -> None:
        self.strokes = strokes
        self._before: list[tuple[InkStroke, ...]] = []

    def draw(self, stroke: InkStroke) -> None:
        """Add a stroke."""
        self._become((*self.strokes, stroke))

    def erase(self, place: Place, plane: Plane) -> None:
        """Take away every stroke of a plane that comes near a place."""
        left = tuple(
            s
            for s in self.strokes
            if s.facing != plane.facing or not s.passes(place, plane.eraser_m)
        )
        if left != self.strokes:
            self._become(left)

    def clear(self) -> None:
        """Take away everything."""
        if self.strokes:
            self._become(())

    def undo(self) -> None:
        """Take back the last change."""
        if self._before:
            self.strokes = self._before.pop()

    def _become(self, strokes: tuple[InkStroke, ...]) -> None:
        self._before.append(self.strokes)
        self.strokes = strokes


@dataclass(frozen=True)
class Plane:
    """The plane of the ink as a picture shows it.

    Attributes
    ----------
    camera : Camera
        Where the picture is taken from.
    size : QSizeF
        Of the picture.
    """

    camera: Camera
    size: QSizeF

    @property
    def px_per_m(self) -> float:
        """Pixels per metre."""
        return self.size.height() / self.camera.height_m

    @property
    def facing(self) -> tuple[float, float]:
        """Where the camera looks: ink of another direction means nothing here."""
        return round(self.camera.azimuth_rad, 4), round(self.camera.elevation_rad, 4)

    def _origin(self) -> QPointF:
        """Return where the plane's origin is in the picture."""
        right, up, _ = self.camera.axes
        target = np.asarray(self.camera.target)
        centre = QPointF(self.size.width() / 2.0, self.size.height() / 2.0)
        return centre - QPointF(float(target @ right), -float(target @ up)) * self.px_per_m

    def at(self, place: Place) -> QPointF:
        """Return the pixel of a place."""
        return self._origin() + QPointF(place[0], -place[1]) * self.px_per_m

    def place_at(self, point: QPointF) -> Place:
        """Return the place at a pixel."""
        way = (point - self._origin()) / self.px_per_m
        return way.x(), -way.y()

    @property
    def eraser_m(self) -> float:
        """How near the eraser has to come to a stroke."""
        return _ERASER * self.size.height() / self.px_per_m


def paint_ink(painter: QPainter, plane: Plane, strokes: Sequence[InkStroke], look: Theme) -> None:
    """Paint strokes in ink that stands out from muscle, bone and background alike."""
    wide = max(_PEN * plane.size.height(), 2.0)
    for colour, width in ((look.panel, 2.0 * wide), (look.text, wide)):
        pen = QPen(QColor(colour), width)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for stroke in strokes:
            if stroke.facing != plane.facing:
                continue
            path = QPainterPath(plane.at(stroke.places[0]))
            for place in stroke.places[1:] or stroke.places:
                path.lineTo(plane.at(place))
            painter.drawPath(path)


def paint_pointer(painter: QPainter, plane: Plane, place: Place, look: Theme) -> None:
    """Paint a ring that can be followed from the back row."""
    radius = _POINTER * plane.size.height()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for colour, width in ((look.panel, 0.6 * radius), (look.text, 0.3 * radius)):
        painter.setPen(QPen(QColor(colour), width))
        painter.drawEllipse(plane.at(place), radius, radius)


def paint_spotlight(painter: QPainter, plane: Plane, place: Place) -> None:
    """Darken everything but a disc."""
    radius = _SPOT * plane.size.height()
    path = QPainterPath()
    path.addRect(QRectF(QPointF(0, 0), plane.size))
    path.addEllipse(plane.at(place), radius, radius)
    path.setFillRule(Qt.FillRule.OddEvenFill)
    shade = QColor("#000000")
    shade.setAlphaF(_DIM)
    painter.fillPath(path, shade)
