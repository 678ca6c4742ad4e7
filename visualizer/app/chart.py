"""The muscle chart: the standing body from the front and from behind, coloured like the stage."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from visualizer.app.hover_tag import draw_tag
from visualizer.app.pictures import image_of
from visualizer.app.scenes import Scenes
from visualizer.app.session import Session, SessionState
from visualizer.app.theme import CAPTION_PX, font
from visualizer.app.words import language
from visualizer.exercise.repetition import Moment
from visualizer.exercise.variation import PhaseId
from visualizer.render import Picture
from visualizer.scene.chart import ChartScene
from visualizer.scene.palette import theme
from visualizer.scene.scene import SceneOptions

__all__ = ["Chart"]

_REST_MS = 80
# A mouse that wanders over the stage must not wait for the chart.
_HOVER_MS = 60
_CAPTION_PX = 20


class Chart(QWidget):
    """The standing body, front and back.

    Parameters
    ----------
    session : Session
        What is shown; told what is under the mouse and selected.
    scenes : Scenes
        Where the scenes come from.
    """

    def __init__(self, session: Session, scenes: Scenes, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session, self._scenes = session, scenes
        self.setAccessibleName(self.tr("Muscle chart"))
        self.setAccessibleDescription(self.tr("The standing body from the front and from behind."))
        self.setMinimumSize(200, 160)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.picture: Picture | None = None
        self._phase: PhaseId = session.moment.phase
        self._stale = True
        self._fine = False
        self._begun = False
        self._mouse: QPointF | None = None
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._refine)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_HOVER_MS)
        self._soon.timeout.connect(self._redraw)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a size in which both bodies can be read."""
        return QSize(320, 280)

    @property
    def scene(self) -> ChartScene:
        """The scene of the shown repetition."""
        return self._scenes.chart(self._session.repetition)

    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Show a variation, the selection, a theme."""
        if old is None or (old.variation, old.side, old.selection, old.theme, old.xray) != (
            new.variation, new.side, new.selection, new.theme, new.xray,
        ):  # fmt: skip
            self._redraw()

    def show_moment(self, moment: Moment) -> None:
        """Redraw when another phase has begun; never emits."""
        if moment.phase is not self._phase:
            self._phase = moment.phase
            self._redraw()

    def show_hover(self, muscle: str | None) -> None:
        """Brighten the muscle under the mouse; at leisure when the mouse is in another view."""
        if self._mouse is not None:
            self._redraw()
        else:
            self._soon.start()

    def begin(self) -> None:
        """Start drawing: the stage comes first."""
        self._begun = True
        self._redraw()

    def _redraw(self) -> None:
        self._stale, self._fine = True, False
        self.update()

    def _refine(self) -> None:
        if not self._fine:
            self._stale = self._fine = True
            self.update()

    def _room(self) -> QRectF:
        """Return where the picture goes: all but the row of captions."""
        return QRectF(0, 0, self.width(), max(self.height() - _CAPTION_PX, 1))

    def _draw(self) -> None:
        state, ratio, room = self._session.state, self.devicePixelRatioF(), self._room()
        size = max(round(room.width() * ratio), 2), max(round(room.height() * ratio), 1)
        options = SceneOptions(
            theme=state.theme, xray=state.xray, selection=state.selection, hover=self._session.hover
        )
        self.picture = self.scene.draw(
            self._session.moment, size, options, supersample=2 if self._fine else 1
        )
        if not self._fine:
            self._rest.start()
        self._stale = False

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Draw when something has changed, then put the picture on the screen."""
        if self._stale and self._begun:
            self._draw()
        look = theme(self._session.state.theme)
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(look.panel))
        if self.picture is not None:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._room(), image_of(self.picture))
        painter.setFont(font(CAPTION_PX))
        painter.setPen(QColor(look.secondary))
        half = self.width() / 2
        for k, word in enumerate((self.tr("front"), self.tr("back"))):
            box = QRectF(k * half, self._room().bottom(), half, _CAPTION_PX)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, word)
        self._paint_tag(painter)
        painter.end()

    def _paint_tag(self, painter: QPainter) -> None:
        muscle = self._session.hover
        if self._mouse is None or muscle is None:
            return
        draw_tag(
            painter,
            self._mouse,
            QRectF(self.rect()),
            self._session.catalog.muscle(muscle).display_name(language()),
            self._session.part_state(self._part_at(self._mouse)),
            theme(self._session.state.theme),
        )

    def _in_picture(self, point: QPointF) -> tuple[float, float] | None:
        room = self._room()
        if self.picture is None or not room.contains(point):
            return None
        height, width = self.picture.pixels.shape[:2]
        return point.x() / room.width() * width, point.y() / room.height() * height

    def muscle_at(self, point: QPointF) -> str | None:
        """Return the muscle at a point of the widget."""
        place = self._in_picture(point)
        if self.picture is None or place is None:
            return None
        return self.scene.muscle_at(self.picture, *place)

    def _part_at(self, point: QPointF) -> str | None:
        place = self._in_picture(point)
        if self.picture is None or place is None:
            return None
        part = self.picture.part_at(*place)
        return None if part is None else self.scene.parts[part].id

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Name the muscle."""
        self._mouse = event.position()
        self._session.set_hover(self.muscle_at(event.position()))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Select the muscle; a click beside the body selects nothing."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._session.change(selection=self.muscle_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """No muscle is under the mouse any more."""
        self._mouse = None
        self._session.set_hover(None)
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Draw in the new size."""
        self._redraw()
