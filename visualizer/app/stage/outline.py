"""The second body of a comparison as an outline over the first one.

Only the body is outlined: lines of bar and bench over those of the first body would be a tangle.
Inside it is filled faintly where the first body is not, so that no colour that means something
changes.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from visualizer.app.session.companion import Companion
from visualizer.app.session.scenes import Scenes, StageLike
from visualizer.app.stage.body_view import REST_MS
from visualizer.app.stage.stage import Stage
from visualizer.app.widgets.theme import theme_of
from visualizer.scene.body_outline import shaded, share_of
from visualizer.scene.request import BARE, RenderRequest, SceneOptions

__all__ = ["BodyOutline"]

# Pixels from the line's one soft edge to the other: at rest, and while something moves, when it is
# drawn at half the resolution, so that two bodies take little longer than one. Where the first body
# has to be drawn more coarsely, the outline is half as fine as that: 32 ms a frame instead of 34 on
# two slow cores, and the line is broad enough for it.
_FINE, _COARSE = 5, 3
_MOVING_SCALE, _OF_PACE = 0.5, 0.5


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
        self._fresh = False  # whether a moving one was drawn that is not seen yet
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._refine)
        for signal in (companion.instant_changed, companion.state_changed, stage.orbit.moved):
            signal.connect(self.redraw)
        self.redraw()

    @property
    def is_stale(self) -> bool:
        """Whether something has changed that is not drawn yet."""
        return self._stale

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

    def draw_aside(self, threads: Executor) -> Callable[[], None] | None:
        """Begin to draw on another thread; return what waits for it, None where nothing is stale.

        What waits needs the first body's picture, so it has to be drawn before.
        """
        if not self._stale or not self.isVisible():
            return None
        drawing = threads.submit(self._work())
        return lambda: self._take(drawing.result())

    def _work(self) -> Callable[[], _Shape | None]:
        """Return what draws the second body where the first one's camera sees it."""
        orbit, companion = self._stage.orbit, self._companion
        coarse = min(_MOVING_SCALE, _OF_PACE * self._stage.drawn.pace.scale)
        scale, reach = (1.0, _FINE) if self._fine else (coarse, _COARSE)
        width, height = (max(round(n * scale), 1) for n in orbit.viewport.pixels)
        # nothing but the shape is looked at
        options = SceneOptions(theme_of(self).name, swelling=False, skin=False)
        request = RenderRequest(
            companion.instant, (width, height), orbit.camera, options, BARE, moving=True
        )
        return partial(_shape, self._scenes.stage(companion.repetition), request, reach)

    def _take(self, shape: _Shape | None) -> None:
        """Keep the outline of the second body."""
        self._stale, self.image, self._fresh = False, None, not self._fine
        if not self._fine:
            self._rest.start()
        if shape is None:
            return
        first = self._first_body(shape)
        shades = _shades(theme_of(self).text)
        self._pixels = shaded(shape.inside, first, shape.reach, shape.share, shades)
        high, wide = self._pixels.shape
        self.image = QImage(
            self._pixels.data, wide, high, 4 * wide, QImage.Format.Format_ARGB32_Premultiplied
        )
        width, height = shape.size
        across, down = self.width() / width, self.height() / height
        self._place = QRectF(shape.left * across, shape.top * down, wide * across, high * down)

    def _first_body(self, shape: _Shape) -> NDArray[np.bool_]:
        """Return where the first body is, of the second one's surroundings (h, w)."""
        picture, (h, w), (width, height) = self._stage.picture, shape.inside.shape, shape.size
        if picture is None:
            return np.zeros((h, w), np.bool_)
        high, wide = picture.part.shape
        if (wide, high) == (width, height):
            rows, columns = slice(shape.top, shape.top + h), slice(shape.left, shape.left + w)
            return np.asarray(picture.part[rows, columns] >= 0)
        down = np.arange(shape.top, shape.top + h) * high // height
        across = np.arange(shape.left, shape.left + w) * wide // width
        near = picture.part[:, int(across[0]) : int(across[-1]) + 1] >= 0
        return np.asarray(near[down].take(across - across[0], axis=1))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw when something has changed, then put the outline on the picture."""
        start = time.perf_counter()
        if self._stale:
            self._take(self._work()())
        if self.image is not None:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._place, self.image)
            painter.end()
        if self._fresh:
            self._stage.drawn.pace.also((time.perf_counter() - start) * 1e3)
            self._fresh = False


@dataclass(frozen=True, eq=False)
class _Shape:
    """Where a body is in a picture.

    Attributes
    ----------
    size : (int, int)
        Width and height of the picture.
    left, top : int
        Where the body's surroundings begin.
    inside : (h, w) bool ndarray
        Where the body is in them.
    share : (h, w) uint8 ndarray
        How many pixels round each are inside.
    reach : int
        Pixels from the line's one soft edge to the other.
    """

    size: tuple[int, int]
    left: int
    top: int
    inside: NDArray[np.bool_]
    share: NDArray[np.uint8]
    reach: int


def _shape(scene: StageLike, request: RenderRequest, reach: int) -> _Shape | None:
    """Draw a body and return where it is, None where it is not in the picture."""
    part = scene.render(request).picture.part
    inside = (part >= 0) & (part < scene.body_parts)
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    if not len(rows):
        return None
    width, height = request.size
    # some pixels more, so that the line closes
    top, bottom = max(int(rows[0]) - reach, 0), min(int(rows[-1]) + 1 + reach, height)
    left, right = max(int(columns[0]) - reach, 0), min(int(columns[-1]) + 1 + reach, width)
    inside = np.ascontiguousarray(inside[top:bottom, left:right])
    return _Shape(request.size, left, top, inside, share_of(inside, reach), reach)


@lru_cache(maxsize=4)
def _shades(colour: str) -> NDArray[np.uint32]:
    """Return a colour at every opacity 0 … 255, premultiplied, as Qt has it."""
    ink, opacity = QColor(colour), np.arange(256, dtype=np.uint32)
    channels = [c * opacity // 255 for c in (ink.red(), ink.green(), ink.blue())]
    shades = (opacity << 24) | (channels[0] << 16) | (channels[1] << 8) | channels[2]
    return shades.astype(np.uint32)
