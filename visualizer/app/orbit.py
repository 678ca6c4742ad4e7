"""The stage's camera: named views, orbit, zoom, pan, and the way from one view to the next."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Signal

from visualizer.render import Camera
from visualizer.scene.scene import View

__all__ = ["Orbit"]

_TURN_RAD_PER_PX = 0.0075
_NEAREST_M, _FARTHEST_M = 0.12, 8.0
# How far the middle of the picture may leave the body.
_FARTHEST_PAN_M = 2.0


class Orbit(QObject):
    """Keeps the camera and moves it.

    Parameters
    ----------
    fit : callable
        Returns the camera of a view that holds all of the motion.
    duration_ms : callable
        Returns how long the camera moves from view to view; 0 jumps.
    """

    moved = Signal()

    def __init__(
        self,
        fit: Callable[[View], Camera],
        duration_ms: Callable[[], int],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._fit, self._duration_ms = fit, duration_ms
        self.view = View.SIDE
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

    def show_view(self, view: View) -> None:
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

    def turn(self, dx_px: float, dy_px: float) -> None:
        """Orbit by a drag: the near side of the body follows the mouse."""
        self._set(self.camera.orbited(-dx_px * _TURN_RAD_PER_PX, dy_px * _TURN_RAD_PER_PX))

    def pan(self, dx_px: float, dy_px: float, height_px: int) -> None:
        """Shift by a drag: the body follows the mouse."""
        self._set(self.camera.panned(dx_px, dy_px, height_px))

    def zoom(self, factor: float, x: float, y: float, size: tuple[int, int]) -> None:
        """Enlarge by a factor; what is at (x, y) pixels stays there."""
        height_m = min(max(self.camera.height_m / factor, _NEAREST_M), _FARTHEST_M)
        factor = self.camera.height_m / height_m
        off = 1.0 - 1.0 / factor
        dx, dy = (x - size[0] / 2.0) * off, (y - size[1] / 2.0) * off
        self._set(self.camera.panned(-dx, -dy, size[1]).zoomed(factor))

    def _set(self, camera: Camera) -> None:
        home = np.asarray(self._fit(self.view).target)
        away = np.asarray(camera.target) - home
        distance = float(np.linalg.norm(away))
        if distance > _FARTHEST_PAN_M:
            x, y, z = home + away * (_FARTHEST_PAN_M / distance)
            camera = replace(camera, target=(float(x), float(y), float(z)))
        self._way.stop()
        self.camera, self.at_view = camera, False
        self.moved.emit()

    def _go(self, share: float) -> None:
        # the goal itself at the end, without rounding
        self.camera = self._goal if share >= 1.0 else self._start.between(self._goal, share)
        self.moved.emit()


def _shifted(camera: Camera, way: tuple[float, float, float]) -> Camera:
    x, y, z = (float(a + b) for a, b in zip(camera.target, way, strict=True))
    return replace(camera, target=(x, y, z))
