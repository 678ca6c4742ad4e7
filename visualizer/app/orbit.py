"""The stage's camera: named views, orbit, zoom, pan, and the way from one view to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from numpy.typing import ArrayLike
from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Signal

from visualizer.lifts.base import ViewName
from visualizer.render import Camera

__all__ = ["Hold", "Orbit"]

_TURN_RAD_PER_PX = 0.0075
_NEAREST_M = 0.12
# How much smaller the body may become than in the chosen view.
_SMALLEST = 1.0 / 2.5


@dataclass(frozen=True)
class Hold:
    """What the camera may not lose, and where it is to stay.

    Attributes
    ----------
    body : (N, 3) array-like, metres
        The body as it is now.
    size : (int, int)
        Width and height of the picture.
    within : tuple of 4 float
        Left, top, right, bottom (same unit as the size): some of the body stays in there.
    whole_m : float
        What the picture's height covers when it holds all of the motion.
    """

    body: ArrayLike
    size: tuple[int, int]
    within: tuple[float, float, float, float]
    whole_m: float


class Orbit(QObject):
    """Keeps the camera and moves it.

    Parameters
    ----------
    fit : callable
        Returns the camera of a view that holds all of the motion.
    duration_ms : callable
        Returns how long the camera moves from view to view; 0 jumps.
    hold : callable
        Returns what a camera that is moved by hand may not lose.
    """

    moved = Signal()

    def __init__(
        self,
        fit: Callable[[ViewName], Camera],
        duration_ms: Callable[[], int],
        hold: Callable[[], Hold],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fit, self._duration_ms, self._hold = fit, duration_ms, hold
        self.view = ViewName.SIDE
        self.camera = Camera()
        # false as soon as the user has moved the camera by hand
        self.at_view = True
        self._start = self._goal = self.camera
        self._way = QVariantAnimation(self)
        self._way.setStartValue(0.0)
        self._way.setEndValue(1.0)
        self._way.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._way.valueChanged.connect(self._go)

    @property
    def moving(self) -> bool:
        """Whether the camera is on its way to a view."""
        return self._way.state() == QVariantAnimation.State.Running

    def show_view(self, view: ViewName) -> None:
        """Go to a named view."""
        self.view, self.at_view = view, True
        self._travel(self._fit(view))

    def go(self, camera: Camera) -> None:
        """Go to a camera that is no named view."""
        self.at_view = False
        self._travel(camera)

    def shift(self, way: tuple[float, float, float]) -> None:
        """Move along with something, by metres; also while on the way to a view."""
        self._start, self._goal = _shifted(self._start, way), _shifted(self._goal, way)
        self.camera = _shifted(self.camera, way)
        self.moved.emit()

    def _travel(self, goal: Camera) -> None:
        self._start, self._goal = self.camera, goal
        self._way.stop()
        duration_ms = self._duration_ms()
        if duration_ms <= 0:
            self._go(1.0)
            return
        self._way.setDuration(duration_ms)
        self._way.start()

    def refit(self) -> None:
        """Hold the motion again after size or variation changed; a camera set by hand stays."""
        if self.at_view:
            self._way.stop()
            self.camera = self._fit(self.view)
            self.moved.emit()
        else:
            self.keep()

    def keep(self) -> None:
        """Follow the body just so far that a camera set by hand does not lose it."""
        if self.at_view or self.moving:
            return
        kept = self._kept(self.camera, self._hold())
        if kept != self.camera:
            self.camera = kept
            self.moved.emit()

    def turn(self, dx_px: float, dy_px: float) -> None:
        """Orbit by a drag: the near side of the body follows the mouse."""
        self._set(self.camera.orbited(-dx_px * _TURN_RAD_PER_PX, dy_px * _TURN_RAD_PER_PX))

    def pan(self, dx_px: float, dy_px: float, height_px: int) -> None:
        """Shift by a drag: the body follows the mouse."""
        self._set(self.camera.panned(dx_px, dy_px, height_px))

    def zoom(self, factor: float, x: float, y: float, size: tuple[int, int]) -> None:
        """Enlarge by a factor; what is at (x, y) pixels stays there."""
        before_m = self.camera.height_m
        farthest_m = max(self._hold().whole_m / _SMALLEST, before_m)
        height_m = min(max(before_m / factor, _NEAREST_M), farthest_m)
        factor = before_m / height_m
        if factor == 1.0:
            return
        off = 1.0 - 1.0 / factor
        dx, dy = (x - size[0] / 2.0) * off, (y - size[1] / 2.0) * off
        self._set(self.camera.panned(-dx, -dy, size[1]).zoomed(factor))

    def _set(self, camera: Camera) -> None:
        self._way.stop()
        self.camera, self.at_view = self._kept(camera, self._hold()), False
        self.moved.emit()

    @staticmethod
    def _kept(camera: Camera, hold: Hold) -> Camera:
        return camera.keeping(hold.body, hold.size, hold.within)

    def _go(self, share: float) -> None:
        # the goal itself at the end, without rounding
        self.camera = self._goal if share >= 1.0 else self._start.between(self._goal, share)
        if share >= 1.0 and not self.at_view:
            # the body may have moved on since the camera stood there
            self.camera = self._kept(self.camera, self._hold())
        self.moved.emit()


def _shifted(camera: Camera, way: tuple[float, float, float]) -> Camera:
    x, y, z = (float(a + b) for a, b in zip(camera.target, way, strict=True))
    return replace(camera, target=(x, y, z))
