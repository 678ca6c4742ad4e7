"""The stage's camera: it gives the hand's moves and what is shown to the camera's control.

The stage feeds it gestures and its size, and reads :attr:`Orbit.camera`; nothing here asks the
stage for anything.
"""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QObject, QVariantAnimation, Signal

from visualizer.app.session.scenes import Scenes, StageLike
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.app.stage.viewport import Viewport
from visualizer.lifts.base import ViewName
from visualizer.render import Camera
from visualizer.scene.both import BothBodies
from visualizer.scene.camera_control import CameraControl, Limits
from visualizer.scene.framing import close_to, home_camera

__all__ = ["Orbit"]


class Orbit(QObject):
    """Moves the camera over the session's repetition.

    Parameters
    ----------
    session : Session
        What is shown; only read.
    scenes : Scenes
        Where the scene comes from that says where the body is.
    """

    moved = Signal()

    def __init__(self, session: Session, scenes: Scenes, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._scenes = session, scenes
        self._control = CameraControl()
        self.viewport = Viewport(1, 1)
        # whose body is to be held by the same camera
        self.beside: Session | None = None
        # how long the camera moves from view to view, milliseconds; 0 jumps
        self.duration_ms = 0
        self._way = QVariantAnimation(self)
        self._way.setStartValue(0.0)
        self._way.setEndValue(1.0)
        self._way.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._way.valueChanged.connect(self._step)

    # ---------------------------------------------------------------------------------- reading
    @property
    def camera(self) -> Camera:
        """Where the picture is taken from."""
        return self._control.camera

    @property
    def view(self) -> ViewName:
        """The view that was chosen last."""
        return self._control.view

    @view.setter
    def view(self, view: ViewName) -> None:
        self._control.view = view

    @property
    def at_view(self) -> bool:
        """Whether the camera stands there, or is on its way there."""
        return self._control.at_view

    @property
    def moving(self) -> bool:
        """Whether the camera is on its way."""
        return self._control.moving

    def home(self, view: ViewName) -> Camera:
        """Return the camera that fits the motion, or the muscle in focus, into what is free."""
        state, viewport = self._session.state, self.viewport
        labels = viewport.label_room(viewport.pixels[1]) if self._session.labels else None
        instant = self._session.instant
        return home_camera(self._scene, view, viewport.frame, instant, state.focused, labels)

    @property
    def _scene(self) -> StageLike | BothBodies:
        scene, beside = self._scenes.stage(self._session.repetition), self.beside
        if beside is None:
            return scene
        return BothBodies(scene, self._scenes.stage(beside.repetition), lambda: beside.instant)

    def _limits(self) -> Limits:
        scene, viewport = self._scene, self.viewport
        frame = viewport.frame
        whole = frame.whole(scene.camera(self.view, frame.inner))
        body = scene.body_points(self._session.instant)
        return Limits(body, viewport.size, viewport.inside, whole.height_m)

    # --------------------------------------------------------------------------------- the hand
    def turn(self, dx_px: float, dy_px: float) -> None:
        """Orbit by a drag, logical pixels."""
        self._control.turn(dx_px, dy_px, self._limits())
        self._moved_by_hand()

    def pan(self, dx_px: float, dy_px: float) -> None:
        """Shift by a drag, logical pixels."""
        self._control.pan(dx_px, dy_px, self._limits())
        self._moved_by_hand()

    def zoom(self, factor: float, x: float, y: float) -> None:
        """Enlarge by a factor; what is at (x, y), logical pixels, stays there."""
        before = self.camera
        self._control.zoom(factor, x, y, self._limits())
        if self.camera != before:
            self._moved_by_hand()

    def _moved_by_hand(self) -> None:
        self._way.stop()
        self.moved.emit()

    # ------------------------------------------------------------------------------- what is shown
    def show_view(self, view: ViewName) -> None:
        """Go to a named view."""
        self._control.show_view(view, self.home(view))
        self._set_out()

    def stand_at(self, view: ViewName, camera: Camera | None) -> None:
        """Stand at once at a named view, or where a hand had put the camera from there."""
        self._way.stop()
        if camera is None:
            self._control.show_view(view, self.home(view))
            self._control.arrive()
        else:
            self._control.stand_at(view, camera)
        self.watch()
        self.moved.emit()

    def refit(self) -> None:
        """Hold the motion again after size or variation changed; a camera set by hand stays."""
        if self.at_view:
            self._way.stop()
            self._control.stand(self.home(self.view))
            self.moved.emit()
        else:
            self.keep()

    def keep(self) -> None:
        """Follow the body just so far that a camera set by hand does not lose it."""
        if self.at_view or self.moving:
            return
        before = self.camera
        self._control.keep(self._limits())
        if self.camera != before:
            self.moved.emit()

    def follow(self) -> None:
        """Move along with the muscle in focus, to where it is now."""
        before = self.camera
        self._control.follow(self._centre())
        if self.camera != before:
            self.moved.emit()

    def watch(self) -> None:
        """Remember where the muscle in focus is, without moving."""
        self._control.watch(self._centre())

    def change_focus(self, old: SessionState, new: SessionState) -> None:
        """Go close to the muscle in focus, or back to where the camera was."""
        control = self._control
        if new.focus and not old.focus:
            control.set_aside()
        before = None if new.focus else control.taken_up()
        if new.focus and not self.at_view:
            control.go(self.viewport.frame.whole(self._closer()))
        elif before is not None:
            control.go(before)
        else:
            control.show_view(self.view, self.home(self.view))
        self._set_out()
        self.watch()

    def _closer(self) -> Camera:
        """Return the camera on the muscle in focus, the camera itself where none is."""
        focus, inner = self._session.state.focused, self.viewport.frame.inner
        return close_to(self._scene, focus, self._session.instant, self.camera, inner)

    def _centre(self) -> tuple[float, float, float] | None:
        """Return where the muscle in focus is, metres; None where none is."""
        return self._closer().target if self._session.state.focused else None

    # ---------------------------------------------------------------------------------- the way
    def _set_out(self) -> None:
        self._way.stop()
        if self.duration_ms <= 0:
            self._step(1.0)
            return
        self._way.setDuration(self.duration_ms)
        self._way.start()

    def _step(self, share: float) -> None:
        if share >= 1.0:
            # a view holds all of the motion by itself
            self._control.arrive(None if self.at_view else self._limits())
        else:
            self._control.step(share)
        self.moved.emit()
