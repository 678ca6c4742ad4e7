"""The stage with one body, or with two that are compared: side by side, or one over the other.

The first body is always there. The second one comes and goes with the comparison; the first one's
camera holds both, so that what is larger in the picture is larger. Names stand at the top.
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from PySide6.QtCore import QEvent, QMargins, QObject, QSize
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from visualizer.app.session.companion import Companion
from visualizer.app.session.comparing import Comparing, body_name
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState, load_alone
from visualizer.app.stage.body_name import BodyName
from visualizer.app.stage.orbit import Orbit
from visualizer.app.stage.outline import BodyOutline
from visualizer.app.stage.pace import FollowedPace
from visualizer.app.stage.second import SecondStage
from visualizer.app.stage.stage import Stage
from visualizer.app.widgets.theme import BODY_PX, HEADING_PX, px, theme_of
from visualizer.exercise.repetition import Instant
from visualizer.texts import tr

__all__ = ["BodyPair", "FirstMaker", "SecondMaker"]

FirstMaker = Callable[[Session, Scenes, QWidget], Stage]
SecondMaker = Callable[[Companion, Scenes, Orbit, QWidget], SecondStage]

_Kind = QEvent.Type
_EDGE_PX, _ROW_GAP_PX = 16, 4
_ROOMY_PX = 560  # from this width of a picture on its name is written larger


class BodyPair(QWidget):
    """One body or two.

    Parameters
    ----------
    session : Session
        The first body.
    scenes : Scenes
        Where the scenes come from.
    comparing : Comparing
        Says whether there is a second body, and which.
    first, second : callable
        Make the pictures; an audience's cannot be touched.
    name_share, edge_share : float
        Height of the names' letters, and their distance from the edges, as shares of the picture's
        height; 0 for those of the window.
    """

    def __init__(
        self,
        session: Session,
        scenes: Scenes,
        comparing: Comparing,
        parent: QWidget | None = None,
        *,
        first: FirstMaker = Stage,
        second: SecondMaker = SecondStage,
        name_share: float = 0.0,
        edge_share: float = 0.0,
    ) -> None:
        super().__init__(parent)
        self._session, self._scenes, self.comparing = session, scenes, comparing
        self._make_second, self._name_share = second, name_share
        self._edge_share = edge_share
        self.first = first(session, scenes, self)
        self.second: SecondStage | None = None
        self.outline: BodyOutline | None = None
        self.first.setMinimumSize(0, 0)
        self.setMinimumSize(300, 110)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.names = BodyName(self), BodyName(self)
        for name in self.names:
            name.hide()
        self._lent = self._passing = False
        self._companion: Companion | None = None
        self._above: list[QWidget] = []
        self._keys: QObject | None = None
        self._lay_on: Callable[[SecondStage], object] | None = None
        self._insets_px = QMargins()
        self._threads = ThreadPoolExecutor(1, "second body")
        self.first.beside = self._draw_second
        comparing.changed.connect(self._follow)
        self._follow()

    def event(self, event: QEvent) -> bool:
        """Leave to the first body what the row and the legend on it leave of the mouse."""
        kind = event.type()
        if isinstance(event, QMouseEvent | QWheelEvent) and not self._passing:
            if kind in (_Kind.MouseButtonPress, _Kind.MouseButtonDblClick, _Kind.Wheel):
                over = self.childAt(event.position().toPoint())
                self._lent = over is not None and over not in (self.first, self.second)
            if self._lent:
                self._pass_on(event)
                self._lent = kind not in (_Kind.MouseButtonRelease, _Kind.Wheel)
                return True
        return super().event(event)

    def _pass_on(self, event: QMouseEvent | QWheelEvent) -> None:
        place, on_screen = self.first.mapFrom(self, event.position()), event.globalPosition()
        passed: QEvent
        if isinstance(event, QMouseEvent):
            passed = QMouseEvent(
                event.type(), place, on_screen, event.button(), event.buttons(), event.modifiers(),
                event.pointingDevice(),
            )  # fmt: skip
        else:
            passed = QWheelEvent(
                place, on_screen, event.pixelDelta(), event.angleDelta(), event.buttons(),
                event.modifiers(), event.phase(), event.inverted(),
            )  # fmt: skip
        self._passing = True  # what the body leaves comes back here
        try:
            QApplication.sendEvent(self.first, passed)
        finally:
            self._passing = False

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return a size that suits a small laptop."""
        return self.first.sizeHint()

    # --------------------------------------------------------------------------------- telling
    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Show what the user has chosen, on both."""
        if old is None or (old.variation, old.side) != (new.variation, new.side):
            self._follow()  # of another lift it is no outline
        self.first.show_state(old, new)
        if load_alone(old, new):
            return
        if old is None and self.second is not None:
            self.second.show_state(None, self.second.session.state)
        self._say_names()

    def show_instant(self, instant: Instant) -> None:
        """Show a moment; the second body is told of its own."""
        self.first.show_instant(instant)

    def show_hover(self, muscle: str | None) -> None:
        """Show which muscle is under the mouse; the second body is told for itself."""
        self.first.show_hover(muscle)

    # ---------------------------------------------------------------------------------- bodies
    def _follow(self) -> None:
        """Show the second body as the comparison has it, or none."""
        companion, overlaid = self.comparing.second, self.comparing.overlaid
        beside = companion is not None and not overlaid
        over = companion is not None and overlaid
        same = companion is self._companion
        self._companion = companion
        if self.second is not None and not (same and beside):
            self.second.hide()
            self.second.deleteLater()
            self.second = None
        if self.outline is not None and not (same and over):
            self.outline.hide()
            self.outline.deleteLater()
            self.outline = None
        orbit = self.first.orbit
        if companion is not None and beside and self.second is None:
            self.second = self._make_second(companion, self._scenes, orbit, self)
            self.second.show_state(None, companion.state)
            if self._keys is not None:
                self.second.installEventFilter(self._keys)
            if self._lay_on is not None:
                self._lay_on(self.second)
            self.second.show()
        if companion is not None and over and self.outline is None:
            self.outline = BodyOutline(companion, self._scenes, self.first, self)
            self.outline.show()
        if not same:
            self.first.drawn.pace.shows(1 if companion is None else 2)
        if self.second is not None:
            self.second.drawn.pace = FollowedPace(self.first.drawn.pace)
        orbit.beside = companion
        self._say_names()
        self._place()
        if not same:
            orbit.refit()
            orbit.watch()

    def on_second(self, lay_on: Callable[[SecondStage], object] | None) -> None:
        """Call something with every second body from now on, also with the one that is there."""
        self._lay_on = lay_on
        if lay_on is not None and self.second is not None:
            lay_on(self.second)

    def _draw_second(self) -> Callable[[], None] | None:
        """Begin to draw the second body while the first one is drawn."""
        second = self.second or self.outline
        return None if second is None else second.draw_aside(self._threads)

    def filter_keys(self, keys: QObject) -> None:
        """Let an event filter see the keys of both bodies first."""
        self._keys = keys
        self.first.installEventFilter(keys)
        if self.second is not None:
            self.second.installEventFilter(keys)

    # ------------------------------------------------------------------------------------ names
    @property
    def _letter_px(self) -> int:
        if self._name_share:
            return max(round(self._name_share * self.height()), 1)
        return px(HEADING_PX if self._picture_px >= px(_ROOMY_PX) else BODY_PX)

    @property
    def _picture_px(self) -> int:
        """How wide one picture is."""
        return self.width() if self.second is None else (self.width() - 1) // 2

    def _say_names(self) -> None:
        companion, compared = self._companion, self._companion is not None
        first = body_name(self._session)
        self.first.setAccessibleName(
            tr("First body: {}").format(first) if compared else tr("Stage")
        )
        self.names[0].say(first, self._letter_px)
        if companion is not None:
            overlaid = self.outline is not None
            self.names[1].say(body_name(companion), self._letter_px, outlined=overlaid)
        for name in self.names:
            name.setVisible(compared)

    # ------------------------------------------------------------------------------------- size
    @property
    def insets_px(self) -> QMargins:
        """What is covered at the edges by what lies on the stage, logical pixels."""
        return self._insets_px

    def cover(self, insets_px: QMargins) -> None:
        """Learn what is covered at the edges; names stand below it, the camera keeps clear."""
        self._insets_px = insets_px
        self._place()

    def lie_on(self, widget: QWidget) -> None:
        """Take a widget that lies on the stage."""
        widget.setParent(self)
        widget.show()
        self._above.append(widget)

    def _place(self) -> None:
        """Share the room among the bodies; the two pictures are of one size to the pixel."""
        wide, high, picture = self.width(), self.height(), self._picture_px
        insets, named = QMargins(self._insets_px), self._companion is not None
        row = self.names[0].sizeHint().height()
        edge = round(self._edge_share * high) or _EDGE_PX
        top = insets.top() + _ROW_GAP_PX
        if named:
            insets.setTop(top + row * (2 if self.outline is not None else 1) + _ROW_GAP_PX)
        self.first.setGeometry(0, 0, picture, high)
        if insets != self.first.insets_px:
            self.first.cover(insets)
        if self.second is not None:
            self.second.setGeometry(wide - picture, 0, picture, high)
        if self.outline is not None:
            self.outline.setGeometry(self.rect())
            self.outline.raise_()
        room = picture - 2 * edge
        first, second = self.names
        first.setGeometry(edge, top, min(first.sizeHint().width(), room), row)
        left, below = (edge, row) if self.second is None else (wide - picture + edge, 0)
        second.setGeometry(left, top + below, min(second.sizeHint().width(), room), row)
        for widget in (*self.names, *self._above):
            widget.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Share the new room."""
        self._say_names()
        self._place()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the line between two bodies."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme_of(self).hairline))
        painter.end()
