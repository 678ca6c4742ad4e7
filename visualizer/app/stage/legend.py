"""The legend on the stage: what the colours, letters and marks mean.

A click on a role shows its muscles alone; another one shows all again.
"""

from __future__ import annotations

import math
from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from visualizer.analysis.dispute import DISPUTED_SIGN, disputed_roles, disputed_words
from visualizer.analysis.words import capitalised, role_word
from visualizer.app.session.comparing import Comparing
from visualizer.app.session.following import Following
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState, load_alone
from visualizer.app.stage.explained import legend_of
from visualizer.app.widgets.kept import KeptPicture
from visualizer.app.widgets.pictures import caption_width, paint_overlay
from visualizer.app.widgets.theme import CAPTION_PX, RADIUS_PX, px, theme_of
from visualizer.catalog.variation import Role
from visualizer.exercise.repetition import Instant
from visualizer.scene.doubt import doubt_signs
from visualizer.scene.effort_legend import effort_legend_words
from visualizer.scene.legend import Legend, LegendRoom, legend_words
from visualizer.texts import tr

__all__ = ["LegendView", "RoleButton"]


# Of an entry, so that its ring and its highlight keep clear of badge and word.
_ROUND_PX = 5
# How far entries of other roles than the one shown step back.
_PALED = 0.72


class LegendView(QWidget):
    """Roles and contractions in one quiet row, or two; the roles are buttons.

    Parameters
    ----------
    session : Session
        Whose variation it explains.
    comparing : Comparing, optional
        Where there may be a second body, whose marks it explains, too.
    """

    def __init__(
        self,
        session: Session,
        parent: QWidget | None = None,
        comparing: Comparing | None = None,
    ) -> None:
        super().__init__(parent)
        self._kept = KeptPicture(self._paint, self)
        self._session, self._comparing = session, comparing
        # or it would be the stage's hand over a muscle
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(tr("Legend"))
        self._following = Following(session, self._take_signs, self)
        told = session if comparing is None else comparing
        told.effort_changed.connect(self._show_effort)
        self.buttons = {role: RoleButton(role, self) for role in Role}
        for role, button in self.buttons.items():
            button.clicked.connect(partial(self._show_alone, role))
        self._signs: tuple[tuple[str, str], ...] = ()
        self._arranged: Legend | None = None
        self._room_px, self._height_px, self._column = 10_000.0, math.inf, False
        self._take_signs()
        if comparing is not None:
            comparing.changed.connect(self._arrange_anew)

    def fit(self, width_px: float, height_px: float = math.inf, *, column: bool = False) -> None:
        """Take the most telling arrangement within this room, or one entry below another."""
        self._room_px, self._height_px, self._column = width_px, height_px, column
        made = self._made()
        if made == self._arranged:
            return  # as for most steps of an edge that is dragged
        self._arranged = made
        self._kept.stale()
        self.resize(QSize(*made.size_px))
        for button in self.buttons.values():
            button.hide()  # a legend may leave out what it has no room for
        for role, left, top, width, height in made.roles:
            button = self.buttons[role]
            start = max(round(left) - _ROUND_PX, 0)
            end = min(round(left + width) + _ROUND_PX, self.width())
            button.setGeometry(start, round(top), end - start, round(height))
            button.show()
        self.update()

    def _made(self) -> Legend:
        """Return the legend in the colours of the window's theme."""
        room = LegendRoom(
            caption_width, px(CAPTION_PX), self._room_px, self._column,
            height_px=self._height_px, signs=self._signs,
        )  # fmt: skip
        return legend_of(self._session, self._comparing, room, theme_of(self))

    def _signs_now(self) -> tuple[tuple[str, str], ...]:
        """Return the sign of doubt where it stands at some time, on a body or on a lane."""
        session, comparing = self._session, self._comparing
        if comparing is not None:
            return doubt_signs(comparing.doubts)
        return doubt_signs(disputed_roles(session.repetition, None, session.only))

    def _take_signs(self) -> None:
        """Explain the sign of doubt where it is needed."""
        session = self._session
        self._signs = self._signs_now()
        channel = session.channel
        said = list(
            legend_words()
            if channel is None
            else effort_legend_words(session.repetition, channel.now(session.instant))
        )
        if self._signs and channel is None:
            said.append(f"{DISPUTED_SIGN}: {disputed_words()}")
        self.setAccessibleDescription("; ".join(said))
        self.fit(self._room_px, self._height_px, column=self._column)

    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Take the theme, the meaning of the colours, and the signs that the variation needs."""
        if old is None or _looks_of(old) != _looks_of(new):
            self._arrange_anew()
        elif not load_alone(old, new) and self._signs_now() != self._signs:
            self._arrange_anew()  # other muscles are shown alone
        for role, button in self.buttons.items():
            button.setChecked(role is new.only_role)
        if not load_alone(old, new):
            self._kept.stale()

    def _arrange_anew(self) -> None:
        """Take the signs and what else it says anew, its lower edge where it is."""
        bottom = self.geometry().bottom()
        self._take_signs()
        self.move(self.x(), bottom - self.height() + 1)

    def _show_alone(self, role: Role) -> None:
        """Show a role alone; all of them where it is already."""
        shown = self._session.state.only_role
        # a muscle alone would hide the role
        self._session.change(only_role=None if shown is role else role, alone=False)

    def show_instant(self, instant: Instant) -> None:
        """Say of another moment how hard the muscles work; never emits."""
        if self._session.channel is not None:
            self._kept.stale()

    def _show_effort(self) -> None:
        """Take what another estimate needs: a heavier load has a sign of its own."""
        if self._session.channel is not None:
            self._following.follow()

    def show_hover(self, muscle: str | None) -> None:
        """Nothing here depends on it."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Put the rows on the stage."""
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._kept.picture())
        painter.end()

    def _paint(self, painter: QPainter) -> None:
        made, only = self._made(), self._session.state.only_role  # of this moment
        paint_overlay(painter, made.overlay)
        if only is not None:
            paper = QColor(theme_of(self).stage_bottom)
            paper.setAlphaF(_PALED)
            for role, *box in made.roles:
                if role is not only:
                    painter.fillRect(QRectF(*box), paper)


def _looks_of(chosen: SessionState) -> tuple[object, ...]:
    """Return what the legend's arrangement depends on."""
    return chosen.variation, chosen.side, chosen.colours, bool(chosen.veil)


class RoleButton(QAbstractButton):
    """Lies over a role's entry, which the legend paints; shows the role alone.

    Parameters
    ----------
    role : Role
        Which one.
    """

    def __init__(self, role: Role, parent: QWidget) -> None:
        super().__init__(parent)
        word = role_word(role)
        self.setAccessibleName(tr("{}: show alone").format(capitalised(word)))
        self.setToolTip(tr("Show the muscles of this role alone, or all again"))
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint what the hand and the focus need."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, ink = QRectF(self.rect()).adjusted(1, 1, -1, -1), self.palette().text().color()
        if self.hasFocus():
            painter.setPen(QPen(ink, 2.0))
        elif self.isChecked():
            painter.setPen(QPen(ink, 1.0))
        elif self.underMouse():
            painter.setPen(QPen(ink, 1.0, Qt.PenStyle.DotLine))
        else:
            painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(box, RADIUS_PX, RADIUS_PX)
        painter.end()
