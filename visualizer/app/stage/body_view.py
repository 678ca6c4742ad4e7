"""What stage and chart have in common: a picture of the body that names and selects muscles.

A picture is drawn in ``paintEvent``, when it is stale, and once more finely when the view has
rested; views say how.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from visualizer.analysis.dispute import DISPUTED_SIGN, disputed_phases
from visualizer.analysis.effort_text import no_share_text, share_text
from visualizer.app.session.pointing import Pointed
from visualizer.app.session.session import Session
from visualizer.app.widgets.hover_tag import draw_tag
from visualizer.app.widgets.theme import theme_of
from visualizer.render import Picture
from visualizer.scene.request import RenderedView, View3D
from visualizer.texts import language

__all__ = ["REST_MS", "BodyView"]

REST_MS = 80


class BodyView(QWidget):
    """A picture of the body, and the muscle under the mouse.

    Parameters
    ----------
    session : Session
        What is shown; told what is under the mouse.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.shown: RenderedView | None = None
        self._stale = True
        self._fine = False
        self.pointed = Pointed(self, session, self._pick)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._refine)

    @property
    def scene(self) -> View3D:
        """What the picture shows."""
        raise NotImplementedError

    @property
    def is_stale(self) -> bool:
        """Whether something has changed that is not drawn yet."""
        return self._stale

    @property
    def picture(self) -> Picture | None:
        """The picture that was drawn last."""
        return None if self.shown is None else self.shown.picture

    def room(self) -> QRectF:
        """Return where the picture is, in logical pixels."""
        return QRectF(self.rect())

    def cover_edges(self, painter: QPainter, colour: str) -> None:
        """Paint the view's edge where the screen's scale is a fraction.

        There the view ends inside a pixel. A fill or picture of its size leaves that pixel out, and
        since nothing is painted below it, it would stay black.
        """
        if self.devicePixelRatioF() % 1.0:
            # cut off by the view itself, which rounds outwards
            painter.setPen(QPen(QColor(colour), 4.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.rect().adjusted(0, 0, 1, 1))

    def redraw(self) -> None:
        """Draw anew at the next chance."""
        self._stale, self._fine = True, False
        self.update()

    def show_hover(self, muscle: str | None) -> None:
        """Brighten the muscle under the mouse, in whichever view."""
        # A fine picture may show another muscle at an edge than the coarse one before it. Were it
        # drawn coarsely for that, the two would follow each other for ever.
        fine = self._fine and self.pointed.again
        self.redraw()
        self._fine = fine

    def _refine(self) -> None:
        """Draw finely at the next chance."""
        if not self._fine:
            self._stale = self._fine = True
            self._redraw_rested()

    def _redraw_rested(self) -> None:
        """Draw what is stale since the view rests, when it is next painted."""
        self.update()

    def _pick(self, point: QPointF) -> str | None:
        """Return the muscle that the mouse points at; None where something lies on the picture."""
        covered = not self.rect().contains(point.toPoint()) or self.childAt(point.toPoint())
        return None if covered else self.muscle_at(point)

    def muscle_at(self, point: QPointF) -> str | None:
        """Return the muscle at a point of the widget."""
        place = self._in_picture(point)
        if self.shown is None or place is None:
            return None
        return self.shown.muscle_at(*place)

    def _part_at(self, point: QPointF) -> str | None:
        place = self._in_picture(point)
        part = None if self.shown is None or place is None else self.shown.part_at(*place)
        return None if part is None else part.id

    def _in_picture(self, point: QPointF) -> tuple[float, float] | None:
        """Return the pixel of the picture at a point of the widget, None beside the picture."""
        room = self.room()
        if self.picture is None or not room.contains(point):
            return None
        height, width = self.picture.pixels.shape[:2]
        across, down = point.x() - room.x(), point.y() - room.y()
        return across / room.width() * width, down / room.height() * height

    def paint_tag(self, painter: QPainter) -> None:
        """Paint the name of the muscle under the mouse, where the mouse is in this view."""
        # not the session's: the picture may have moved below the mouse
        place, muscle = self.pointed.place, self.pointed.muscle()
        if place is None or muscle is None:
            return
        veil = self.session.state.veil
        name = veil.name(self.session.catalog.muscle(muscle).display_name(language()))
        if not name:
            return
        states = self.session.repetition.part_states(self.session.instant.phase)
        state = states.get(self._part_at(place) or "")
        if veil.roles or veil.contractions:
            state = None
        channel = self.session.channel
        if channel is not None:
            now = channel.now(self.session.instant)
            state, share = None, now.of(muscle) if now is not None else None
            name = f"{name}: {share_text(share) if share is not None else no_share_text(now)}"
        if state is not None and self._is_disputed(muscle):
            name = f"{name} {DISPUTED_SIGN}"
        draw_tag(
            painter,
            place,
            QRectF(self.rect()),
            name,
            state,
            theme_of(self),
        )

    def _is_disputed(self, muscle: str) -> bool:
        session = self.session
        action = session.repetition.statement_for(muscle)
        return action is not None and session.instant.phase in disputed_phases(
            action, session.repetition
        )
