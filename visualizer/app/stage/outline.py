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
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, qRgba
from PySide6.QtWidgets import QWidget

from visualizer.app.session.companion import Companion
from visualizer.app.session.scenes import Scenes, StageLike
from visualizer.app.stage.body_view import REST_MS
from visualizer.app.stage.stage import Stage
from visualizer.app.widgets.theme import theme_of
from visualizer.scene.body_outline import enlarged, opacities, share_of
from visualizer.scene.request import BARE, RenderRequest, SceneOptions

__all__ = ["BodyOutline"]

# Pixels from the line's one soft edge to the other: at rest, and while something moves, when it is
# drawn at half the resolution, so that two bodies take little longer than one. Where the first body
# has to be drawn more coarsely, the outline is half as fine as that: 32 ms a frame instead of 34 on
# two slow cores, and the line is broad enough for it.
_FINE, _COARSE = 5, 3
_MOVING_SCALE, _OF_PACE = 0.5, 0.5
# From there on its shares are enlarged: the face would have corners. Its line is narrower then.
_ENLARGED_FROM, _NARROW = 0.4, 0.6


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
        enlarge = scale < _ENLARGED_FROM
        width, height = (max(round(n * scale), 1) for n in orbit.viewport.pixels)
        # nothing but the shape is looked at
        options = SceneOptions(theme_of(self).name, swelling=False, skin=False)
        request = RenderRequest(
            companion.instant, (width, height), orbit.camera, options, BARE, moving=True
        )
        return partial(_shape, self._scenes.stage(companion.repetition), request, reach, enlarge)

    def _take(self, shape: _Shape | None) -> None:
        """Keep the outline of the second body."""
        self._stale, self.image, self._fresh = False, None, not self._fine
        if not self._fine:
            self._rest.start()
        if shape is None:
            return
        first = self._first_body(shape)
        # its colour table says how opaque a share is, beside the first body and before it
        pixels = shape.share + first * np.uint8(shape.levels + 1)
        high, wide = pixels.shape
        image = QImage(pixels.data, wide, high, wide, QImage.Format.Format_Indexed8)
        image.setColorTable(_shades(theme_of(self).text, shape.levels, shape.width))
        # scaling one with a table takes four times as long
        self.image = image.convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
        width, height = shape.size
        across, down = self.width() / width, self.height() / height
        self._place = QRectF(shape.left * across, shape.top * down, wide * across, high * down)

    def _first_body(self, shape: _Shape) -> NDArray[np.bool_]:
        """Return where the first body is, of the second one's surroundings (h, w)."""
        picture, (h, w), (width, height) = self._stage.picture, shape.share.shape, shape.size
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
    share : (h, w) uint8 ndarray
        How much of what is round each pixel of them is the body.
    levels : int
        The share of a pixel with nothing else round it.
    width : float
        Width of the line, 1 for one that is as wide as what counts as round a pixel.
    """

    size: tuple[int, int]
    left: int
    top: int
    share: NDArray[np.uint8]
    levels: int
    width: float


def _shape(scene: StageLike, request: RenderRequest, reach: int, enlarge: bool) -> _Shape | None:
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
    share = share_of(inside, reach)
    if enlarge:
        larger = 2 * width, 2 * height
        return _Shape(larger, 2 * left, 2 * top, enlarged(share), 8 * reach**2, _NARROW)
    return _Shape(request.size, left, top, share, reach**2, 1.0)


@lru_cache(maxsize=8)
def _shades(colour: str, levels: int, width: float) -> list[int]:
    """Return a colour as opaque as an outline is, by share and whether the first body is there."""
    ink = QColor(colour)
    return [
        qRgba(ink.red(), ink.green(), ink.blue(), opacity)
        for opacity in opacities(levels, width).tolist()
    ]
