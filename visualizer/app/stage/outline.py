"""The second body of a comparison as an outline over the first one.

Only the body is outlined: lines of bar and bench over those of the first body would be a tangle.
Inside it is filled faintly where the first body is not, so that no colour that means something
changes.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from visualizer.app.session.companion import Companion
from visualizer.app.session.scenes import Scenes
from visualizer.app.stage.body_view import REST_MS
from visualizer.app.stage.stage import Stage
from visualizer.app.widgets.theme import theme_of
from visualizer.scene.request import BARE, RenderRequest, SceneOptions

__all__ = ["BodyOutline", "opacity_of"]

# Opacity, 0 … 255: of the line, of the line where it crosses the first body, of what it encloses.
_LINE, _CROSSING, _FILL = 230, 170, 26
# Pixels from the line's one soft edge to the other: at rest, and while something moves, when it is
# drawn at half the resolution, so that two bodies take little longer than one. Where the first body
# has to be drawn more coarsely, the outline is, too: on two busy cores that took a quarter off it.
_FINE, _COARSE = 5, 3
_MOVING_SCALE, _OF_PACE = 0.5, 0.72


class BodyOutline(QWidget):
    """Lies over a stage and follows it; the mouse passes through.

    Parameters
    ----------
    companion : Companion
        The second body.
    scenes : Scenes
        Where its scene comes from.
    stage : Stage
        The first body, whose camera and size it takes.
    """

    def __init__(self, companion: Companion, scenes: Scenes, stage: Stage, parent: QWidget) -> None:
        super().__init__(parent)
        self._companion, self._scenes, self._stage = companion, scenes, stage
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.image: QImage | None = None
        self._pixels: NDArray[np.uint32] | None = None  # what the image is made of
        self._place = QRectF()
        self._stale = self._fine = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._refine)
        for signal in (companion.instant_changed, companion.state_changed, stage.orbit.moved):
            signal.connect(self.redraw)
        self.redraw()

    def redraw(self) -> None:
        """Draw anew at the next chance."""
        self._stale, self._fine = True, False
        self.update()

    def _refine(self) -> None:
        state = self._companion.state
        plays = state.playing and not self._companion.held
        if not (plays or self._stage.in_hand or self._stage.orbit.moving or self._fine):
            self._stale = self._fine = True
            self.update()

    def event(self, event: QEvent) -> bool:
        """Draw in another size, or on a screen with another density of pixels."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.DevicePixelRatioChange):
            self.redraw()
        return super().event(event)

    def _draw(self) -> None:
        """Draw the second body where the first one's camera sees it, and keep its outline."""
        orbit, companion = self._stage.orbit, self._companion
        scene = self._scenes.stage(companion.repetition)
        coarse = min(_MOVING_SCALE, _OF_PACE * self._stage.drawn.pace.scale)
        scale, reach = (1.0, _FINE) if self._fine else (coarse, _COARSE)
        width, height = (max(round(n * scale), 1) for n in orbit.viewport.pixels)
        # nothing but the shape is looked at
        options = SceneOptions(theme_of(self).name, swelling=False, skin=False)
        request = RenderRequest(
            companion.instant, (width, height), orbit.camera, options, BARE, moving=True
        )
        part = scene.render(request).picture.part
        inside = (part >= 0) & (part < scene.body_parts)
        rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
        self._stale, self.image = False, None
        if not self._fine:
            self._rest.start()
        if not len(rows):
            return
        # some pixels more, so that the line closes
        top, bottom = max(rows[0] - reach, 0), min(rows[-1] + 1 + reach, height)
        left, right = max(columns[0] - reach, 0), min(columns[-1] + 1 + reach, width)
        first = self._first_body(height, width)[top:bottom, left:right]
        opacity = opacity_of(inside[top:bottom, left:right], first, reach)
        self._pixels = _shades(theme_of(self).text)[opacity]
        high, wide = opacity.shape
        self.image = QImage(
            self._pixels.data, wide, high, 4 * wide, QImage.Format.Format_ARGB32_Premultiplied
        )
        across, down = self.width() / width, self.height() / height
        self._place = QRectF(left * across, top * down, wide * across, high * down)

    def _first_body(self, height: int, width: int) -> NDArray[np.bool_]:
        """Return where the first body is, (height, width)."""
        picture = self._stage.picture
        if picture is None:
            return np.zeros((height, width), np.bool_)
        there = picture.part >= 0
        high, wide = there.shape
        if (high, wide) == (height, width):
            return there
        rows, columns = np.arange(height) * high // height, np.arange(width) * wide // width
        return np.asarray(there[np.ix_(rows, columns)])

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw when something has changed, then put the outline on the picture."""
        if self._stale:
            self._draw()
        if self.image is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._place, self.image)
            painter.end()


def opacity_of(
    inside: NDArray[np.bool_], first: NDArray[np.bool_], wide: int = _FINE
) -> NDArray[np.uint8]:
    """Return how opaque the outline of a body is, (h, w), 0 … 255.

    Parameters
    ----------
    inside : (h, w) bool ndarray
        Where the body is.
    first : (h, w) bool ndarray
        Where the body is that it lies over: there it is not filled.
    wide : int
        Pixels from the line's one soft edge to the other, odd.
    """
    # How much of a pixel's neighbourhood is inside climbs evenly across an edge. The line is where
    # it is about half, so that the steps of the pixels are smoothed away.
    share = _summed(_summed(inside.view(np.uint8), wide).T, wide).T
    fill = np.where(inside & ~first, np.uint8(_FILL), np.uint8(0))
    line = np.where(first, _line(_CROSSING, wide)[share], _line(_LINE, wide)[share])
    return np.maximum(line, fill)


def _summed(values: NDArray[np.uint8], wide: int) -> NDArray[np.uint8]:
    """Return the sums of ``wide`` rows around each row (h, w)."""
    sums, reach = values.copy(), wide // 2
    for k in range(1, reach + 1):
        sums[k:] += values[:-k]
        sums[:-k] += values[k:]
    return sums


@cache
def _line(most: int, wide: int) -> NDArray[np.uint8]:
    """Return the opacity by how many pixels of a neighbourhood are inside."""
    share = np.arange(wide**2 + 1) / wide**2
    return (most * np.clip(2.0 * (1.0 - np.abs(2.0 * share - 1.0)), 0.0, 1.0)).astype(np.uint8)


def _shades(colour: str) -> NDArray[np.uint32]:
    """Return a colour at every opacity 0 … 255, premultiplied, as Qt has it."""
    ink, opacity = QColor(colour), np.arange(256, dtype=np.uint32)
    channels = [c * opacity // 255 for c in (ink.red(), ink.green(), ink.blue())]
    shades = (opacity << 24) | (channels[0] << 16) | (channels[1] << 8) | channels[2]
    return shades.astype(np.uint32)
