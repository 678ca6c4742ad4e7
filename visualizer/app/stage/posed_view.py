"""The posed body, which the mouse turns, names and selects.

Drawing happens in ``paintEvent`` and only when something has changed, so many changes in one turn
of the event loop cost one picture and a hidden stage costs none. 80 ms after the last change it is
drawn once more, finely, in pieces (:mod:`visualizer.app.stage.sharpening`); the one before stays
until that is done. A variation that has just been chosen, and a size that has changed, are drawn in
a turn of their own, since Qt paints everything that has changed in one go. How a picture is made
stands in :mod:`visualizer.app.stage.stage_pictures`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QLinearGradient,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from visualizer.app.session.scenes import Scenes, StageLike
from visualizer.app.session.session import Session
from visualizer.app.session.spoken import Spoken, instant_text, selection_text
from visualizer.app.session.state import SessionState
from visualizer.app.stage.orbit import Orbit
from visualizer.app.stage.sharpening import Sharpening
from visualizer.app.stage.stage_pictures import StagePictures
from visualizer.app.stage.turned_view import TurnedView
from visualizer.app.stage.viewport import Viewport
from visualizer.app.widgets.pictures import paint_overlay
from visualizer.app.widgets.theme import theme_of
from visualizer.exercise.repetition import Instant
from visualizer.lifts.base import ViewName
from visualizer.render import Camera
from visualizer.scene.request import RenderedView, SceneOptions
from visualizer.texts import tr

__all__ = ["PosedView"]

# Bands per second of the repetition.
_BANDS_PER_S = 0.8
# What is chosen and nobody sees on the body; an effort is told when it is there.
_UNSEEN = (
    "load", "tab", "curves", "mass_unit", "quiz", "toured", "audience_screen", "letter_keys",
    "keys", "export_folder", "exports",
)  # fmt: skip


class PosedView(TurnedView):
    """The posed body before a camera.

    Parameters
    ----------
    session : Session
        What is shown; told what is under the mouse and selected.
    scenes : Scenes
        Where the scenes come from.
    orbit : Orbit
        The camera; another view may share it.

    Attributes
    ----------
    drawn : StagePictures
        Its pictures.
    drawn_for : (int, int)
        Pixels of the view when its picture was drawn.
    sharpening : Sharpening
        Draws them finely when nothing moves.
    beside : callable or None
        Begins to draw a second body on another thread, while this one is drawn here, and returns
        what waits for it; None where there is nothing to draw.
    """

    first_frame = Signal()  # once, when the first picture is on the screen's buffer

    def __init__(
        self, session: Session, scenes: Scenes, orbit: Orbit, parent: QWidget | None = None
    ) -> None:
        super().__init__(session, parent)
        self._scenes = scenes
        self.setMinimumSize(300, 110)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._spoken = Spoken(session, self._say, self)
        self.orbit = orbit
        orbit.moved.connect(self._camera_moved)
        session.effort_changed.connect(self._show_effort)
        self.drawn = StagePictures()
        self.beside: Callable[[], Callable[[], None] | None] | None = None
        self._aside = False  # whether its picture was drawn beside another one and is not seen yet
        self._said_first = False
        self._ringed = False
        self.drawn_for = (0, 0)
        # the picture before stays on the screen for the turn in which another variation is chosen,
        # or the room is laid out anew
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(0)
        self._turn.timeout.connect(self._draw_now)
        self.sharpening = Sharpening(self._show_finely, self)
        self._show = QTimer(self)
        self._show.setSingleShot(True)
        self._show.setInterval(0)
        self._show.timeout.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a size that suits a small laptop."""
        return QSize(720, 440)

    # ------------------------------------------------------------------------------- session
    @property
    def scene(self) -> StageLike:
        """The scene of the shown repetition."""
        return self._scenes.stage(self.session.repetition)

    @property
    def options(self) -> SceneOptions:
        """What the scene is asked to show."""
        state = self.session.state
        return SceneOptions(
            theme=theme_of(self).name,
            xray=state.xray,
            swelling=state.swelling and not state.veil.contractions,
            skin=state.skin,
            selection=state.selection,
            hover=self.session.hover,
            focus=state.focused,
            only=self.session.only,
            channel=self.session.channel,
            # time runs the bands, so that they stand still when the body does
            clock=self.session.instant.time_s * _BANDS_PER_S % 1.0,
        )

    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Show a variation, options, the selection."""
        if old is not None and replace(old, **{n: getattr(new, n) for n in _UNSEEN}) == new:
            return
        another = old is None or (old.variation, old.side) != (new.variation, new.side)
        if another:
            self.draw_next_turn()
        self._spoken.soon()
        self.redraw()

    def show_instant(self, instant: Instant) -> None:
        """Show a moment; never emits."""
        self._spoken.soon()
        self.redraw()

    def _show_effort(self) -> None:
        if self.session.channel is not None:
            self._spoken.soon()
            self.redraw()

    def _say(self) -> None:
        keys = tr(
            "Views: S, F, K, U, Q; 0 resets. Ctrl and arrows turn the body, Alt and arrows shift "
            "it, + and − zoom."
        )
        said = instant_text(self.session), selection_text(self.session), keys
        self.setAccessibleDescription(" ".join(text for text in said if text))

    @property
    def spoken_value(self) -> str:
        """Phase, share and angles of the shown moment."""
        return instant_text(self.session)

    @property
    def view_shown(self) -> ViewName | None:
        """The named view that is shown, None while the camera stands where the hand put it."""
        return self.orbit.view if self.orbit.at_view else None

    def show_view(self, view: ViewName) -> None:
        """Move the camera to a named view."""
        self.orbit.show_view(view)

    def reset_view(self) -> None:
        """Go back to the view that was chosen last."""
        self.show_view(self.orbit.view)

    # ------------------------------------------------------------------------------- drawing
    def _camera_moved(self) -> None:
        self.redraw()

    def _refine(self) -> None:
        state = self.session.state
        plays = state.playing and not self.session.held
        if self.session.sliding:
            self._rest.start()  # at rest it is as soon as the hand lets go
        elif not (plays or self.in_hand or self.orbit.moving):
            super()._refine()

    def redraw(self) -> None:
        """Draw anew at the next chance; what is being drawn finely is out of date."""
        self.sharpening.give_up()
        super().redraw()

    def show_hover(self, muscle: str | None) -> None:
        """Brighten the muscle under the mouse, in whichever view."""
        super().show_hover(muscle)
        if self._fine:
            self._redraw_rested()

    def _redraw_rested(self) -> None:
        self.sharpening.begin(self.drawn.draw_finely(*self._what(), labels=self.session.labels))

    def _show_finely(self, shown: RenderedView) -> None:
        """Show a picture that was drawn finely, in the next turn."""
        self._take(shown)
        self._show.start()

    def _draw_now(self) -> None:
        """Draw in this turn and show it in the next."""
        if self._stale and self.isVisible():
            self._draw()
        # asked for at once, it would be painted before anything else has its turn
        self._show.start()

    def draw_next_turn(self) -> None:
        """Keep the picture before for this turn, which has enough to do; draw in the next."""
        if self.shown is not None and not self._turn.isActive():
            self._turn.start()

    def _draw(self) -> None:
        self._take(self._work()())

    def _what(self) -> tuple[StageLike, Instant, Camera, SceneOptions, Viewport]:
        """Return what is shown now."""
        orbit = self.orbit
        return self.scene, self.session.instant, orbit.camera, self.options, orbit.viewport

    def _work(self) -> Callable[[], RenderedView]:
        """Return what draws what is shown now; it touches no widget."""
        return partial(self.drawn.draw, *self._what(), labels=self.session.labels)

    def draw_aside(self, threads: Executor) -> Callable[[], None] | None:
        """Begin to draw on another thread; return what waits for it, None where nothing is stale.

        Nobody else may draw the same scene meanwhile.
        """
        if not self._unseen or not self.isVisible():
            return None
        drawing = threads.submit(self._work())

        def take() -> None:
            self._take(drawing.result())
            self._aside = True

        return take

    @property
    def _unseen(self) -> bool:
        """Whether there is something to draw that nobody draws in turns of its own."""
        return self._stale and not self._fine and not self._turn.isActive()

    def _take(self, shown: RenderedView) -> None:
        """Keep what was drawn."""
        self.shown = shown
        self.drawn_for = self.orbit.viewport.pixels
        if not self._fine:
            self._rest.start(self.drawn.rest_ms)
        self._stale = False
        self.pointed.soon()

    def event(self, event: QEvent) -> bool:
        """Explain the outline of a plate; draw anew on a screen with another density of pixels."""
        if event.type() == QEvent.Type.DevicePixelRatioChange:
            self.redraw()
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            QToolTip.showText(event.globalPos(), self._tip_at(event.pos()), self)
            return True
        return bool(super().event(event))

    def _tip_at(self, place: QPoint) -> str:
        """Return what explains a place that is no muscle; empty where nothing does."""
        size = self.width(), self.height()
        at = float(place.x()), float(place.y())
        if self.pointed.muscle() is None and self.scene.outline_at(
            self.session.instant, self.orbit.camera, size, at
        ):
            return tr("Outline of the plate on this side, left out so that the hips are seen")
        return ""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw when something has changed, then put the picture on the screen."""
        start = time.perf_counter()
        moving = self._aside or (self._stale and not self._fine)
        self._aside = False
        wait = self.beside() if self.beside is not None else None
        if self._unseen:
            self._draw()
        painter = QPainter(self)
        self.cover_edges(painter, theme_of(self).stage_bottom)
        if self.picture is not None:
            pixels = self.orbit.viewport.pixels
            image = self.drawn.image(self.picture, self.drawn_for)
            ratio = self.devicePixelRatioF()
            painter.save()
            if pixels != self.drawn_for:
                # till the next turn the picture before stands in the middle
                self._paint_ground(painter)
                away = (new - old for new, old in zip(pixels, self.drawn_for, strict=True))
                painter.translate(*(round(one / 2) / ratio for one in away))
                pixels = self.drawn_for
            if (image.width(), image.height()) == pixels:
                # pixel for pixel: a copy, three times quicker than a smooth transform by one
                image.setDevicePixelRatio(ratio)
                painter.drawImage(QPointF(0, 0), image)
                image.setDevicePixelRatio(1.0)
            else:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
                width, height = pixels
                painter.drawImage(QRectF(0.0, 0.0, width / ratio, height / ratio), image)
            # the overlay in the screen's pixels: text and lines drawn enlarged take twice as long
            painter.scale(1.0 / ratio, 1.0 / ratio)
            paint_overlay(painter, self.drawn.overlay)
            painter.restore()
        self.paint_tag(painter)
        if self._ringed:
            painter.setPen(QPen(QColor(theme_of(self).ring), 2.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()
        if wait is not None:
            wait()
        # the first picture also fills caches, which says nothing about the next ones
        if moving and self._said_first and not self._stale:
            self.drawn.pace.drawn((time.perf_counter() - start) * 1e3)
        if not self._said_first:
            self._said_first = True
            QTimer.singleShot(0, self.first_frame.emit)

    def _paint_ground(self, painter: QPainter) -> None:
        look = theme_of(self)
        ground = QLinearGradient(0.0, 0.0, 0.0, float(self.height()))
        ground.setColorAt(0.0, QColor(look.stage_top))
        ground.setColorAt(1.0, QColor(look.stage_bottom))
        painter.fillRect(self.rect(), ground)

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
        if self.sharpening.active:
            self.redraw()
