"""The stage: the posed body, which the mouse turns, names and selects.

Drawing happens in ``paintEvent`` and only when something has changed, so many changes in one turn
of the event loop cost one picture and a hidden stage costs none. While something moves, the picture
is drawn at the resolution that keeps up with the hand; 80 ms after the last change it is drawn once
more with 2 x 2 samples per pixel.
"""

from __future__ import annotations

import time

import numpy as np
from PySide6.QtCore import QEvent, QMargins, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QImage,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from visualizer.app.body_view import REST_MS
from visualizer.app.orbit import Hold, Orbit
from visualizer.app.pace import Pace
from visualizer.app.pictures import image_of, image_of_pixels, paint_overlay, text_width
from visualizer.app.scenes import Scenes
from visualizer.app.session import Session
from visualizer.app.spoken import Spoken, instant_text, selection_text
from visualizer.app.state import SessionState
from visualizer.app.theme import BODY_PX, motion_ms
from visualizer.app.turned_view import TurnedView
from visualizer.exercise.repetition import Instant
from visualizer.lifts.base import ViewName
from visualizer.render import Camera, Picture
from visualizer.scene.framing import Frame, close_to, home_camera
from visualizer.scene.labels import LABEL_SHARE, LabelRoom
from visualizer.scene.overlay import Overlay
from visualizer.scene.palette import theme
from visualizer.scene.request import Layers, RenderRequest, SceneOptions
from visualizer.scene.scene import StageScene
from visualizer.scene.spots import SpotKeeper
from visualizer.texts import language, tr

__all__ = ["Stage"]

_SLOW_MS, _LONG_REST_MS = 1000.0, 700
# So far from the stage's edges (a share of its sides) some of the body stays.
_INSIDE = 0.15
# A finer picture that would take longer than this is not worth the wait: full resolution will do.
_FINE_BUDGET_MS = 600.0
# Bands per second of the repetition.
_BANDS_PER_S = 0.8


class Stage(TurnedView):
    """The posed body.

    Parameters
    ----------
    session : Session
        What is shown; told what is under the mouse and selected.
    scenes : Scenes
        Where the scenes come from.
    """

    first_frame = Signal()  # once, when the first picture is on the screen's buffer
    view_changed = Signal(object)  # ViewName, or None when the camera was moved by hand

    def __init__(self, session: Session, scenes: Scenes, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._scenes = scenes
        self.setAccessibleName(tr("Stage"))
        self.setMinimumSize(300, 110)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._spoken = Spoken(session, self._say, self)
        self.orbit = Orbit(
            self._fitted, lambda: motion_ms(self) if self.isVisible() else 0, self._hold, self
        )
        self.orbit.moved.connect(self._camera_moved)
        self.pace = Pace()
        self._before_focus: Camera | None = None
        self._centre: tuple[float, float, float] | None = None
        # what is covered at the edges, logical pixels
        self.insets_px = QMargins()
        self._overlay = Overlay()
        self._large = np.empty((0, 0, 4), np.uint8)
        self._kept: tuple[StageScene, SpotKeeper] | None = None
        self._was_at_view = True
        # what drawing and marks of the last picture took, milliseconds
        self.last_ms = (0.0, 0.0)
        self._full_ms = 0.0
        self._said_first = False
        self._ringed = False

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a size that suits a small laptop."""
        return QSize(720, 440)

    # ------------------------------------------------------------------------------- session
    @property
    def scene(self) -> StageScene:
        """The scene of the shown repetition."""
        return self._scenes.stage(self.session.repetition)

    @property
    def options(self) -> SceneOptions:
        """What the scene is asked to show."""
        state = self.session.state
        return SceneOptions(
            theme=state.theme,
            xray=state.xray,
            selection=state.selection,
            hover=self.session.hover,
            focus=state.selection if state.focus else None,
            # time runs the bands, so that they stand still when the body does
            clock=self.session.instant.time_s * _BANDS_PER_S % 1.0,
        )

    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Show a variation, options, the selection."""
        if old is None or (old.variation, old.side) != (new.variation, new.side):
            self.orbit.refit()
            self._centre = self._focus_centre()
        if old is not None and _focused(old) != _focused(new):
            self._change_focus(old, new)
        elif old is not None and old.labels != new.labels:
            self.orbit.refit()
        self._spoken.soon()
        self.redraw()

    def show_instant(self, instant: Instant) -> None:
        """Show a moment; a muscle in focus stays where it is. Never emits."""
        if self.session.state.focus and self.isVisible():
            before, self._centre = self._centre, self._focus_centre()
            if before is not None and self._centre is not None:
                x, y, z = (b - a for a, b in zip(before, self._centre, strict=True))
                self.orbit.shift((x, y, z))
        if self.isVisible():
            self.orbit.keep()
        self._spoken.soon()
        self.redraw()

    def _say(self) -> None:
        keys = tr(
            "Views: S, F, K, Q; 0 resets. Ctrl and arrows turn the body, Alt and arrows shift it, "
            "+ and − zoom."
        )
        said = instant_text(self.session), selection_text(self.session), keys
        self.setAccessibleDescription(" ".join(text for text in said if text))

    @property
    def view_shown(self) -> ViewName | None:
        """The named view that is shown, None while the camera stands where the hand put it."""
        return self.orbit.view if self.orbit.at_view else None

    def show_view(self, view: ViewName) -> None:
        """Move the camera to a named view."""
        self.orbit.show_view(view)
        self._tell_view()

    def reset_view(self) -> None:
        """Go back to the view that was chosen last."""
        self.show_view(self.orbit.view)

    # --------------------------------------------------------------------------------- focus
    def _change_focus(self, old: SessionState, new: SessionState) -> None:
        """Go close to the muscle in focus, or back to where the camera was."""
        orbit = self.orbit
        if new.focus:
            if not old.focus:
                self._before_focus = None if orbit.at_view else orbit.camera
            if orbit.at_view:
                self.show_view(orbit.view)
            else:
                orbit.go(self._frame().whole(self._closer(orbit.camera)))
        elif self._before_focus is not None:
            orbit.go(self._before_focus)
            self._before_focus = None
        else:
            self.show_view(orbit.view)
        self._centre = self._focus_centre()

    def _closer(self, camera: Camera) -> Camera:
        """Return the camera on the muscle in focus, the camera itself where none is."""
        focus, instant = _focused(self.session.state), self.session.instant
        return close_to(self.scene, focus, instant, camera, self._frame().inner)

    def _focus_centre(self) -> tuple[float, float, float] | None:
        """Return where the muscle in focus is, metres; None where none is."""
        if not self.session.state.focus:
            return None
        return self._closer(self.orbit.camera).target

    # ------------------------------------------------------------------------------- drawing
    def _pixels(self) -> tuple[int, int]:
        ratio = self.devicePixelRatioF()
        return max(round(self.width() * ratio), 1), max(round(self.height() * ratio), 1)

    def _frame(self) -> Frame:
        """Return the picture and what lies on it, in its pixels."""
        ratio, insets = self.devicePixelRatioF(), self.insets_px
        above, below, left = (
            edge * ratio for edge in (insets.top(), insets.bottom(), insets.left())
        )
        return Frame(self._pixels(), above, below, left)

    def _hold(self) -> Hold:
        """Return what a camera that is moved by hand may not lose, in logical pixels."""
        room = self.rect().marginsRemoved(self.insets_px)
        across, down = _INSIDE * max(room.width(), 0), _INSIDE * max(room.height(), 0)
        frame = self._frame()
        whole = frame.whole(self.scene.camera(self.orbit.view, frame.inner))
        return Hold(
            body=self.scene.body_points(self.session.instant),
            size=(self.width(), self.height()),
            within=(
                room.left() + across,
                room.top() + down,
                room.left() + room.width() - across,
                room.top() + room.height() - down,
            ),
            whole_m=whole.height_m,
        )

    def _fitted(self, view: ViewName) -> Camera:
        """Return the camera that fits the motion, or the muscle in focus, between the insets."""
        state, frame = self.session.state, self._frame()
        labels = self._label_room(frame.size[1]) if state.labels else None
        instant = self.session.instant
        return home_camera(self.scene, view, frame, instant, _focused(state), labels)

    def _label_px(self) -> float:
        """Return the height of the labels' text in logical pixels, never less than body text."""
        return max(LABEL_SHARE * self.height(), float(BODY_PX))

    def _label_room(self, height: int) -> LabelRoom:
        """Return where labels may stand in a picture of so many rows."""
        scale = height / max(self.height(), 1)
        size_px, insets = self._label_px() * scale, self.insets_px
        above, below, left = (
            edge * scale for edge in (insets.top(), insets.bottom(), insets.left())
        )
        return LabelRoom(text_width, size_px, above, below, left, language())

    def _camera_moved(self) -> None:
        self.redraw()
        if self.orbit.at_view != self._was_at_view:
            self._tell_view()

    def _tell_view(self) -> None:
        self._was_at_view = self.orbit.at_view
        self.view_changed.emit(self.view_shown)

    def _refine(self) -> None:
        state = self.session.state
        plays = state.playing and not self.session.held
        busy = plays or self.in_hand or self.orbit.moving
        if not busy:
            super()._refine()

    def _draw(self) -> None:
        width, height = self._pixels()
        scale = 1.0 if self._fine else self.pace.scale
        size = max(round(width * scale), 1), max(round(height * scale), 1)
        finest = self._fine and self._full_ms * 4.0 <= _FINE_BUDGET_MS
        labels = self._label_room(size[1]) if self.session.state.labels else None
        request = RenderRequest(
            self.session.instant,
            size,
            self.orbit.camera,
            self.options,
            Layers(labels=labels),
            supersample=2 if finest else 1,
            moving=not self._fine,
        )
        scene = self.scene
        self.shown = scene.render(request, self._keeper_of(scene))
        self.last_ms = self.shown.took_ms
        self._overlay = self.shown.overlay
        if size != (width, height):
            self._overlay = self._overlay.scaled(width / size[0], height / size[1])
        if not self._fine:
            self._full_ms = sum(self.last_ms) / scale**2
            # a slow machine must not be kept busy in a short pause
            self._rest.start(REST_MS if self._full_ms < _SLOW_MS else _LONG_REST_MS)
        self._stale = False
        self._pointed.soon()

    def _keeper_of(self, scene: StageScene) -> SpotKeeper:
        """Return what holds the marks of a scene; another scene has other vertices."""
        if self._kept is None or self._kept[0] is not scene:
            self._kept = scene, SpotKeeper(scene.part_vertices)
        return self._kept[1]

    def _image(self, picture: Picture) -> QImage:
        """Return the image to show: in full size, if that can be made quicker than by Qt."""
        width, height = self._pixels()
        if picture.size == (width, height):
            return image_of(picture)
        # a picture from before a change of screens may even be larger
        if 1 < picture.size[0] <= width and picture.size[1] <= height:
            if self._large.shape[:2] != (height, width):
                self._large = np.empty((height, width, 4), np.uint8)
            if self.scene.enlarge(picture, self._large):
                return image_of_pixels(self._large)
        return image_of(picture)

    def event(self, event: QEvent) -> bool:
        """Explain the outline of a plate; draw anew on a screen with another density of pixels."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.pace.resized(*self._pixels())
            self.redraw()
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip_at(event.pos()), self)
            return True
        return bool(super().event(event))

    def _tip_at(self, place: QPoint) -> str:
        """Return what explains a place that is no muscle; empty where nothing does."""
        size = self.width(), self.height()
        at = float(place.x()), float(place.y())
        if self._pointed.muscle() is None and self.scene.outline_at(
            self.session.instant, self.orbit.camera, size, at
        ):
            return tr("Outline of the plate on this side, left out so that the hips are seen")
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw when something has changed, then put the picture on the screen."""
        start = time.perf_counter()
        moving = self._stale and not self._fine
        if self._stale:
            self._draw()
        painter = QPainter(self)
        self.cover_edges(painter, theme(self.session.state.theme).stage_bottom)
        if self.picture is not None:
            image = self._image(self.picture)
            if (image.width(), image.height()) == self._pixels():
                # pixel for pixel: a copy, three times quicker than a smooth transform by one
                image.setDevicePixelRatio(self.devicePixelRatioF())
                painter.drawImage(QPointF(0, 0), image)
                image.setDevicePixelRatio(1.0)
            else:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(self.room(), image)
            painter.save()
            # the overlay in the screen's pixels: text and lines drawn enlarged take twice as long
            ratio = self.devicePixelRatioF()
            painter.scale(1.0 / ratio, 1.0 / ratio)
            paint_overlay(painter, self._overlay)
            painter.restore()
        self.paint_tag(painter)
        if self._ringed:
            painter.setPen(QPen(QColor(theme(self.session.state.theme).ring), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()
        # the first picture also fills caches, which says nothing about the next ones
        if moving and self._said_first:
            self.pace.drawn((time.perf_counter() - start) * 1e3)
        if not self._said_first:
            self._said_first = True
            QTimer.singleShot(0, self.first_frame.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Hold the motion again."""
        self.pace.resized(*self._pixels())
        self.orbit.refit()
        self.redraw()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Show the ring when the focus came by key."""
        keys = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._ringed = event.reason() in keys
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Hide the ring."""
        self._ringed = False
        self.update()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Rest while hidden."""
        self._rest.stop()


def _focused(state: SessionState) -> str | None:
    return state.selection if state.focus else None
