"""The stage: a posed body with a camera of its own, which goes where a view, a hand or a muscle is.

It feeds gestures and its size to the camera (:mod:`visualizer.app.stage.orbit`) and reads where it
stands; what it draws and when stands in :mod:`visualizer.app.stage.posed_view`.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.app.stage.orbit import Orbit
from visualizer.app.stage.posed_view import PosedView
from visualizer.app.stage.viewport import Viewport
from visualizer.app.widgets.theme import motion_ms
from visualizer.exercise.repetition import Instant
from visualizer.lifts.base import ViewName
from visualizer.texts import tr

__all__ = ["Stage"]


class Stage(PosedView):
    """The posed body.

    Parameters
    ----------
    session : Session
        What is shown; told what is under the mouse and selected.
    scenes : Scenes
        Where the scenes come from.
    """

    view_changed = Signal(object)  # ViewName, or None when the camera was moved by hand

    def __init__(self, session: Session, scenes: Scenes, parent: QWidget | None = None) -> None:
        orbit = Orbit(session, scenes)
        super().__init__(session, scenes, orbit, parent)
        orbit.setParent(self)
        self.setAccessibleName(tr("Stage"))
        self._insets_px = QMargins()
        self._see()
        self._was_shown: ViewName | None = ViewName.SIDE

    # ------------------------------------------------------------------------------- session
    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Show a variation, options, the selection."""
        if old is None or (old.variation, old.side) != (new.variation, new.side):
            self.orbit.refit()
            self.orbit.watch()
        if old is not None and old.focused != new.focused:
            self.orbit.change_focus(old, new)
            self._tell_view()
        elif old is not None and (old.labels, old.veil) != (new.labels, new.veil):
            self.orbit.refit()
        super().show_state(old, new)

    def show_instant(self, instant: Instant) -> None:
        """Show a moment; a muscle in focus stays where it is. Never emits."""
        if self.isVisible():
            self.orbit.follow()
            self.orbit.keep()
        super().show_instant(instant)

    def show_view(self, view: ViewName) -> None:
        """Move the camera to a named view."""
        super().show_view(view)
        self._tell_view()

    def _camera_moved(self) -> None:
        super()._camera_moved()
        if self.view_shown is not self._was_shown:
            self._tell_view()

    def _tell_view(self) -> None:
        self._was_shown = self.view_shown
        self.view_changed.emit(self.view_shown)

    # ---------------------------------------------------------------------------------- size
    @property
    def insets_px(self) -> QMargins:
        """What is covered at the edges, logical pixels."""
        return self._insets_px

    def cover(self, insets_px: QMargins) -> None:
        """Learn what is covered at the edges; the camera keeps clear of it."""
        self._insets_px = insets_px
        self._see()
        self.orbit.refit()

    def _see(self) -> None:
        """Tell the camera how large the picture is."""
        insets, before = self._insets_px, self.orbit.viewport.pixels
        self.orbit.viewport = Viewport(
            self.width(), self.height(), self.devicePixelRatioF(),
            insets.top(), insets.bottom(), insets.left(),
        )  # fmt: skip
        if self.orbit.viewport.pixels != before:
            self.drawn.pace.resized(*self.orbit.viewport.pixels)

    def event(self, event: QEvent) -> bool:
        """See a screen with another density of pixels."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self._see()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Hold the motion again."""
        self._see()
        self.orbit.refit()
        self.redraw()
        self.draw_next_turn()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Let the camera travel where it is seen."""
        self._see()
        self.orbit.duration_ms = motion_ms(self)

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Rest while hidden."""
        self.orbit.duration_ms = 0
        super().hideEvent(event)
