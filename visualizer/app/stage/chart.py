"""The muscle chart: the standing body from the front and from behind, coloured like the stage."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from visualizer.analysis.words import phase_word
from visualizer.app.session.scenes import ChartLike, Scenes
from visualizer.app.session.session import Session
from visualizer.app.session.spoken import Spoken, selection_text
from visualizer.app.session.state import SessionState
from visualizer.app.stage.body_view import BodyView
from visualizer.app.widgets.growing_page import Later
from visualizer.app.widgets.pictures import image_of
from visualizer.app.widgets.theme import CAPTION_PX, font, px, theme_of
from visualizer.exercise.repetition import Instant
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.request import RenderedView, RenderRequest, SceneOptions
from visualizer.texts import tr

__all__ = ["Chart"]

# A mouse that wanders over the stage must not wait for the chart.
_HOVER_MS = 60
# Nor must the clock: colours of effort follow it so often.
_EFFORT_MS = 250
_TITLE_PX = 26
# Height by width of a standing body, with some air.
_HALF_ASPECT = 2.1
_TITLE_LEFT_PX = 16
_FOOT_PX = 8  # of the captions beside the feet, from both edges


class Chart(BodyView):
    """The standing body, front and back.

    Parameters
    ----------
    session : Session
        What is shown; told what is under the mouse and selected.
    scenes : Scenes
        Where the scenes come from.
    later : callable, optional
        Does a step in a later turn of the event loop: drawn in the turn of the stage, or both in
        one turn, the bodies would be a pause. Without it the chart is drawn when it is next
        painted.
    """

    def __init__(
        self,
        session: Session,
        scenes: Scenes,
        parent: QWidget | None = None,
        later: Later | None = None,
    ) -> None:
        super().__init__(session, parent)
        self._scenes = scenes
        self.setAccessibleName(tr("Muscle chart"))
        self._spoken = Spoken(session, self._say, self)
        self.setMinimumSize(200, 120)
        self.phase: PhaseId = session.instant.phase
        self._begun = False
        self._later, self._asked = later, False
        self._steps: Iterator[RenderedView | None] | None = None  # what is begun
        self._sizing = False  # whether only the size is another one, and perhaps not the last
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_HOVER_MS)
        self._soon.timeout.connect(self.redraw)
        self._following = QTimer(self)
        self._following.setSingleShot(True)
        self._following.setInterval(_EFFORT_MS)
        self._following.timeout.connect(self.redraw)
        session.effort_changed.connect(self._effort_changed)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a size in which both bodies can be read."""
        return QSize(320, 280)

    @property
    def scene(self) -> ChartLike:
        """The scene of the shown repetition."""
        return self._scenes.chart(self.session.repetition)

    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Show a variation, the selection, a theme."""
        if old is None or _looks_of(old) != _looks_of(new):
            self.redraw()
        self._spoken.soon()

    def _say(self) -> None:
        said = tr("The standing body from the front and from behind.")
        chosen = selection_text(self.session)
        self.setAccessibleDescription(f"{said} {chosen}".rstrip())

    @property
    def spoken_value(self) -> str:
        """The phase that the colours stand for, and what is selected."""
        said = f"{phase_word(self.session.instant.phase)}. {selection_text(self.session)}"
        return said.rstrip()

    def show_instant(self, instant: Instant) -> None:
        """Redraw when another phase has begun; never emits."""
        if instant.phase is not self.phase:
            self.phase = instant.phase
            self._spoken.soon()
            self.redraw()
        else:
            self._show_effort()

    def _effort_changed(self) -> None:
        """Redraw when a slider rests: both bodies would be a pause in each step of a drag."""
        if self.session.channel is not None:
            self._following.start()

    def _show_effort(self) -> None:
        """Redraw before long where the colours change with every moment."""
        if self.session.channel is not None and not self._following.isActive():
            self._following.start()

    def show_hover(self, muscle: str | None) -> None:
        """Brighten the muscle under the mouse; at leisure when the mouse is in another view."""
        if self.pointed.place is not None:
            super().show_hover(muscle)
        else:
            self._soon.start()

    def redraw(self) -> None:
        """Draw anew, in later turns of the event loop."""
        self._stale, self._fine = True, False
        self._redraw_rested()

    def _redraw_rested(self) -> None:
        self._steps, self._sizing = None, False
        if self._later is None:
            self.update()
        else:
            self._ask(self._later)

    def _ask(self, later: Later) -> None:
        if not self._asked:
            self._asked = True
            later(partial(self._draw_in_turn, later), self)

    def _draw_in_turn(self, later: Later) -> None:
        """Draw one body in a turn of the event loop that has nothing else to do."""
        self._asked = False
        if self._stale and self._begun and self.isVisible():
            if self._steps is None:
                self._steps = self.scene.in_steps(self._request())
            shown = next(self._steps)
            if shown is None:
                self._ask(later)
                return
            self._take(shown)
        self.update()

    def begin(self) -> None:
        """Start drawing: the stage comes first."""
        self._begun = True
        self.redraw()

    def room(self) -> QRectF:
        """Return where the picture goes: below the title, no higher than the bodies need."""
        height = min(self.height() - px(_TITLE_PX), _HALF_ASPECT * self.width() / 2)
        return QRectF(0, px(_TITLE_PX), self.width(), max(height, 1.0))

    @property
    def _size(self) -> tuple[int, int]:
        """Width and height of the picture in pixels of the screen."""
        ratio, room = self.devicePixelRatioF(), self.room()
        return max(round(room.width() * ratio), 2), max(round(room.height() * ratio), 1)

    def _request(self) -> RenderRequest:
        state = self.session.state
        options = SceneOptions(
            theme=theme_of(self).name,
            xray=state.xray,
            selection=state.selection,
            hover=self.session.hover,
            only=self.session.only,
            channel=self.session.channel,
        )
        samples = 2 if self._fine else 1
        return RenderRequest(self.session.instant, self._size, options=options, supersample=samples)

    def _take(self, shown: RenderedView) -> None:
        """Keep what was drawn."""
        self.shown, self._steps = shown, None
        if not self._fine:
            self._rest.start()
        self._stale = False
        self.pointed.soon()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw when something has changed, then put the picture on the screen."""
        if self._stale and self._begun and not (self._asked or self._sizing):
            self._take(self.scene.render(self._request()))
        look = theme_of(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look.panel))
        self.cover_edges(painter, look.panel)
        if self.picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            if self.picture.size == self._size:
                painter.drawImage(self.room(), image_of(self.picture))
            else:
                self._paint_of_another_size(painter, image_of(self.picture))
        painter.setFont(font(px(CAPTION_PX)))
        painter.setPen(QColor(look.secondary))
        left = Qt.AlignmentFlag.AlignLeft
        title = QRectF(_TITLE_LEFT_PX, 0, self.width() - _TITLE_LEFT_PX, px(_TITLE_PX))
        painter.drawText(title, left | Qt.AlignmentFlag.AlignVCenter, tr("Muscle chart"))
        # beside the feet there is room
        half, foot = self.width() / 2, self.room().adjusted(0, 0, 0, -_FOOT_PX)
        for k, word in enumerate((tr("front"), tr("back"))):
            box = QRectF(k * half + _FOOT_PX, foot.top(), half - _FOOT_PX, foot.height())
            painter.drawText(box, left | Qt.AlignmentFlag.AlignBottom, word)
        self.paint_tag(painter)
        painter.end()

    def _paint_of_another_size(self, painter: QPainter, image: QImage) -> None:
        """Paint each body about as large as it will be, in the middle of its half."""
        room, half = self.room(), image.width() // 2
        scale = room.height() / image.height()
        for k, wide in enumerate((half, image.width() - half)):
            place = QRectF(0, 0, room.width() / 2, room.height())
            place.moveTopLeft(QPointF(k * place.width(), room.top()))
            body = QRectF(0, 0, wide * scale, room.height())
            body.moveCenter(place.center())
            painter.setClipRect(place)
            painter.drawImage(body, image, QRectF(k * half, 0, wide, image.height()))
        painter.setClipping(False)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Name the muscle."""
        self.pointed.move_to(event.position())
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Select the muscle; a click beside the body selects nothing."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.session.change(selection=self.muscle_at(event.position()))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Draw in the new size; while an edge is dragged, when the hand rests.

        Two bodies would be a pause in each step of the drag.
        """
        other = self._stale and not self._sizing  # something else has changed as well
        if self._later is None or self.shown is None or other:
            self.redraw()
        else:
            self._stale, self._fine, self._sizing = True, False, True
            self._rest.start()


def _looks_of(chosen: SessionState) -> tuple[object, ...]:
    """Return what the picture depends on beside the moment."""
    return (
        chosen.variation, chosen.side, chosen.selection, chosen.theme, chosen.xray,
        chosen.alone, chosen.only_role, chosen.colours,
    )  # fmt: skip
