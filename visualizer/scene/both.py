"""Two bodies before one camera, so that what is larger in the picture is larger.

Both are seen from where the view of the first one stands, from the same distance and with the same
middle: floor lies beside floor, and one body laid over the other is where it is in truth.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from visualizer.exercise.repetition import Instant, Repetition
from visualizer.lifts.base import ViewName
from visualizer.render import Camera
from visualizer.scene.framing import Framed
from visualizer.scene.labels import LabelRoom
from visualizer.scene.views import FOCUS_FILL, fitted_camera

__all__ = ["BothBodies", "SharedView"]


class SharedView(Framed, Protocol):
    """What is asked of a scene that shares its camera; see :class:`visualizer.scene.scene`."""

    repetition: Repetition

    def view_deg(self, view: ViewName) -> tuple[float, float]:
        """Return azimuth and elevation of a view, degrees."""

    def held(self, view: ViewName) -> NDArray[np.float64]:
        """Return points (N, 3) that a view must hold, metres."""

    def muscle_points(self, muscle: str, instant: Instant, camera: Camera) -> NDArray[np.float32]:
        """Return the points (N, 3) of a muscle or group, metres."""

    def body_points(self, instant: Instant) -> NDArray[np.float32]:
        """Return points (N, 3) all over the body, metres."""


class BothBodies:
    """What frames two scenes at once.

    Parameters
    ----------
    first, second : SharedView
        The scenes. The first one's lift and side say from where a view looks.
    second_instant : callable
        Returns what the second body does while the first does what is asked about.
    """

    def __init__(
        self, first: SharedView, second: SharedView, second_instant: Callable[[], Instant]
    ) -> None:
        self._first, self._second, self._second_instant = first, second, second_instant

    def camera(self, view: ViewName, size: tuple[int, int]) -> Camera:
        """Return the camera of a view that holds all that both do."""
        first = self._first
        points = np.vstack([first.held(view), self._second.held(view)])
        return fitted_camera(first.view_deg(view), first.repetition.side, points, size)

    def focus_camera(
        self, muscle: str, instant: Instant, camera: Camera, size: tuple[int, int]
    ) -> Camera:
        """Return ``camera`` moved so that a muscle fills the picture, wherever either has it."""
        points = np.vstack([
            self._first.muscle_points(muscle, instant, camera),
            self._second.muscle_points(muscle, self._second_instant(), camera),
        ])  # fmt: skip
        return camera.fitted(points, size, FOCUS_FILL) if len(points) else camera

    def labels_beside(self, camera: Camera, size: tuple[int, int], room: LabelRoom) -> bool:
        """Return whether the labels of both need no room above the bodies."""
        scenes = self._first, self._second
        return all(scene.labels_beside(camera, size, room) for scene in scenes)

    def body_points(self, instant: Instant) -> NDArray[np.float32]:
        """Return points (N, 3) all over both bodies, metres."""
        second = self._second.body_points(self._second_instant())
        return np.vstack([self._first.body_points(instant), second])
