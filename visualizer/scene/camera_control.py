"""The camera in the user's hand: named views, turning, shifting, zooming, ways between views.

It is plain state that is told everything it needs with each call: where a view's camera stands, and
what a camera that the hand moves may not lose. It asks nobody, knows no window and no clock.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from numpy.typing import ArrayLike

from visualizer.lifts.base import ViewName
from visualizer.render import Camera

__all__ = ["CameraControl", "Limits"]

_TURN_RAD_PER_PX = 0.0075
_NEAREST_M = 0.12
# How much smaller the body may become than in the chosen view.
_SMALLEST = 1.0 / 2.5

Point = tuple[float, float, float]


@dataclass(frozen=True)
class Limits:
    """What a camera that the hand moves may not lose, and where it is to stay.

    Attributes
    ----------
    body : (N, 3) array-like, metres
        The body as it is now.
    size : (int, int)
        Width and height of the picture, in the pixels of the hand.
    within : tuple of 4 float
        Left, top, right, bottom (same unit as the size): some of the body stays in there.
    whole_m : float
        What the picture's height covers when it holds all of the motion.
    """

    body: ArrayLike
    size: tuple[int, int]
    within: tuple[float, float, float, float]
    whole_m: float

    def kept(self, camera: Camera) -> Camera:
        """Return the camera, shifted just so far that it does not lose the body."""
        return camera.keeping(self.body, self.size, self.within)


class CameraControl:
    """Keeps the camera and moves it.

    Attributes
    ----------
    camera : Camera
        Where the picture is taken from now.
    view : ViewName
        The view that was chosen last.
    at_view : bool
        Whether the camera stands at that view, or is on its way there; false as soon as the hand
        has moved it.
    """

    def __init__(self, view: ViewName = ViewName.SIDE) -> None:
        self.view, self.camera, self.at_view = view, Camera(), True
        self._start = self.camera
        self._goal: Camera | None = None
        # where the hand had put the camera before it went close to a muscle
        self._before: Camera | None = None
        self._watched: Point | None = None

    @property
    def moving(self) -> bool:
        """Whether the camera is on its way."""
        return self._goal is not None

    # ---------------------------------------------------------------------------------- the way
    def show_view(self, view: ViewName, home: Camera) -> None:
        """Set out for a named view, whose camera is ``home``."""
        self.view, self.at_view = view, True
        self._start, self._goal = self.camera, home

    def go(self, camera: Camera) -> None:
        """Set out for a camera that is no named view."""
        self.at_view = False
        self._start, self._goal = self.camera, camera

    def step(self, share: float) -> None:
        """Be on the way, a share 0 … 1 of which is covered."""
        if self._goal is not None:
            self.camera = self._start.between(self._goal, share)

    def arrive(self, limits: Limits | None = None) -> None:
        """Be at the goal, or as near as the limits let: the body may have moved on meanwhile."""
        if self._goal is not None:
            # the goal itself, without rounding
            self.camera = self._goal if limits is None else limits.kept(self._goal)
            self._goal = None

    def stand(self, home: Camera) -> None:
        """Stand at once at the view that is shown, after size or motion have changed."""
        self.camera, self._goal = home, None

    def stand_at(self, view: ViewName, camera: Camera) -> None:
        """Stand at once where a hand had put the camera, from a named view."""
        self.view, self.camera, self.at_view, self._goal = view, camera, False, None

    # --------------------------------------------------------------------------------- the hand
    def turn(self, dx_px: float, dy_px: float, limits: Limits) -> None:
        """Orbit by a drag: the near side of the body follows the hand."""
        turned = self.camera.orbited(-dx_px * _TURN_RAD_PER_PX, dy_px * _TURN_RAD_PER_PX)
        self._set(turned, limits)

    def pan(self, dx_px: float, dy_px: float, limits: Limits) -> None:
        """Shift by a drag: the body follows the hand."""
        self._set(self.camera.panned(dx_px, dy_px, limits.size[1]), limits)

    def zoom(self, factor: float, x: float, y: float, limits: Limits) -> None:
        """Enlarge by a factor; what is at (x, y) pixels stays there."""
        (width, height), before_m = limits.size, self.camera.height_m
        farthest_m = max(limits.whole_m / _SMALLEST, before_m)
        height_m = min(max(before_m / factor, _NEAREST_M), farthest_m)
        factor = before_m / height_m
        if factor == 1.0:
            return
        off = 1.0 - 1.0 / factor
        dx, dy = (x - width / 2.0) * off, (y - height / 2.0) * off
        self._set(self.camera.panned(-dx, -dy, height).zoomed(factor), limits)

    def keep(self, limits: Limits) -> None:
        """Follow the body just so far that a camera set by hand does not lose it."""
        if not self.at_view and not self.moving:
            self.camera = limits.kept(self.camera)

    def _set(self, camera: Camera, limits: Limits) -> None:
        self.camera, self.at_view, self._goal = limits.kept(camera), False, None

    # ------------------------------------------------------------------------------- the muscle
    def set_aside(self) -> None:
        """Remember where the hand has put the camera, for :meth:`taken_up`."""
        self._before = None if self.at_view else self.camera

    def taken_up(self) -> Camera | None:
        """Return what was set aside, once; None where a view was shown then."""
        before, self._before = self._before, None
        return before

    def watch(self, centre: Point | None) -> None:
        """Remember where the muscle in focus is, metres; None where none is."""
        self._watched = centre

    def follow(self, centre: Point | None) -> None:
        """Move along with the muscle in focus; on the way to a view, too."""
        before, self._watched = self._watched, centre
        if before is None or centre is None:
            return
        way = tuple(b - a for a, b in zip(before, centre, strict=True))
        self.camera, self._start = _shifted(self.camera, way), _shifted(self._start, way)
        if self._goal is not None:
            self._goal = _shifted(self._goal, way)


def _shifted(camera: Camera, way: tuple[float, ...]) -> Camera:
    x, y, z = (float(a + b) for a, b in zip(camera.target, way, strict=True))
    return replace(camera, target=(x, y, z))
