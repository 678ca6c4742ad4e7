"""Where a named view's camera stands when something covers the picture's edges.

Window and files ask the same way, so that a picture in a file is framed as on the stage.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Protocol

from visualizer.exercise.repetition import Instant
from visualizer.lifts.base import ViewName
from visualizer.render import Camera
from visualizer.scene.labels import LabelRoom

__all__ = ["Canvas", "Framed", "close_to", "home_camera"]

# Height of a row of names above the body, in heights of its text.
_NAMES_ROW = 2.0


@dataclass(frozen=True)
class Canvas:
    """A picture's size, and what is covered of it.

    Attributes
    ----------
    size : (int, int)
        Width and height in pixels.
    above_px, below_px, left_px : float
        How much is covered at the top, the bottom and the left.
    """

    size: tuple[int, int]
    above_px: float = 0.0
    below_px: float = 0.0
    left_px: float = 0.0

    @property
    def inner(self) -> tuple[int, int]:
        """Width and height of what is free, pixels; never less than half of either."""
        width, height = self.size
        high = height - round(self.above_px) - round(self.below_px)
        return max(width - round(self.left_px), width // 2), max(high, height // 2)

    def whole(self, camera: Camera) -> Camera:
        """Return a camera that was fitted to :attr:`inner` for the whole picture."""
        above, below, left = (round(px) for px in (self.above_px, self.below_px, self.left_px))
        if not (above or below or left):
            return camera
        height = self.size[1]
        camera = replace(camera, height_m=camera.height_m * height / self.inner[1])
        return camera.panned(left / 2.0, (above - below) / 2.0, height)


class Framed(Protocol):
    """A scene with named views."""

    def camera(self, view: ViewName, size: tuple[int, int]) -> Camera:
        """Return the camera of a view that holds all of the motion."""

    def focus_camera(
        self, muscle: str, instant: Instant, camera: Camera, size: tuple[int, int]
    ) -> Camera:
        """Return a camera that was moved so that a muscle fills the picture."""

    def labels_beside(self, camera: Camera, size: tuple[int, int], room: LabelRoom) -> bool:
        """Return whether labels need no room above the body."""


def close_to(
    scene: Framed, focus: str | None, instant: Instant, camera: Camera, size: tuple[int, int]
) -> Camera:
    """Return the camera moved close to the muscle in focus; as it is where none is."""
    return camera if focus is None else scene.focus_camera(focus, instant, camera, size)


def home_camera(
    scene: Framed,
    view: ViewName,
    frame: Canvas,
    instant: Instant,
    focus: str | None = None,
    labels: LabelRoom | None = None,
) -> Camera:
    """Return the camera that holds the motion, or the muscle in focus, in what is free.

    Parameters
    ----------
    scene : Framed
        What is seen.
    view : ViewName
        From where.
    frame : Canvas
        The picture.
    instant : Instant
        Where the muscle in focus is.
    focus : str, optional
        Id of a muscle or group.
    labels : LabelRoom, optional
        Names; where they stand in a row above the body, it makes room for them.
    """
    camera = scene.camera(view, frame.inner)
    camera = frame.whole(close_to(scene, focus, instant, camera, frame.inner))
    if labels is None or focus is not None or scene.labels_beside(camera, frame.size, labels):
        return camera
    frame = replace(frame, above_px=frame.above_px + _NAMES_ROW * labels.text_px)
    return frame.whole(scene.camera(view, frame.inner))
