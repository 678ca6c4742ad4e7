"""The legend on the stage: what the colours, letters and marks mean."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from visualizer.app.dispute import (
    DISPUTED_SIGN,
    disputed_phases,
    disputed_short,
    disputed_words,
)
from visualizer.app.marks import MARK_WIDTH, draw_badge, draw_mark
from visualizer.app.session import Session
from visualizer.app.state import SessionState
from visualizer.app.theme import CAPTION_PX, font
from visualizer.app.words import change_word, contraction_word, role_word
from visualizer.exercise.repetition import Moment
from visualizer.exercise.variation import Contraction, Role
from visualizer.scene.palette import theme
from visualizer.texts import tr

__all__ = ["Legend"]

_ROW = 22.0
_BADGE = 24.0
_SIGN = 8.0
_AFTER_MARK = 6.0
_BETWEEN = 16.0
_BETWEEN_GROUPS = 28.0
_PAPER = 0.86  # how far it covers what passes behind it

Entry = tuple[Role | Contraction | str, str]


class Legend(QWidget):
    """Roles and contractions in one quiet row, or two; the mouse passes through.

    Parameters
    ----------
    session : Session
        Whose theme is followed.
    """

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Legend"))
        self._roles: list[Entry] = [(role, role_word(role)) for role in Role]
        self._short: list[Entry] = [(c, contraction_word(c)) for c in Contraction]
        self._long: list[Entry] = [
            (c, f"{contraction_word(c)}: {change_word(c)}") for c in Contraction
        ]
        self._signs: list[Entry] = []
        self._rows: tuple[tuple[list[Entry], ...], ...] = ()
        self._room_px, self._column = 10_000.0, False
        self._take_signs()

    def fit(self, width_px: float, *, column: bool = False) -> None:
        """Take the most telling arrangement that is no wider than this, or one below another."""
        self._room_px, self._column = width_px, column
        roles, short, long = self._roles, self._short, self._long
        signs = (self._signs,) if self._signs else ()
        arrangements: tuple[tuple[tuple[list[Entry], ...], ...], ...] = (
            ((roles, long, *signs),),
            ((roles, short, *signs),),
            # a second row for the sign alone would cost the body room; tool tips explain it too
            ((roles, short),),
            ((roles, *signs), (short,)),
            ((roles,), (short,)),
        )
        if column:
            arrangements = (tuple(([entry],) for entry in roles + short),)
        for rows in arrangements:
            needed = max(self._width(row) for row in rows)
            if needed <= width_px:
                break
        self._rows = rows
        self.resize(QSize(round(needed) + 2, round(_ROW * len(rows))))
        self.update()

    def _width(self, row: tuple[list[Entry], ...]) -> float:
        metrics = QFontMetricsF(font(CAPTION_PX))
        groups = [
            sum(self._mark_width(what) + _AFTER_MARK + metrics.horizontalAdvance(word)
                for what, word in group) + _BETWEEN * (len(group) - 1)
            for group in row
        ]  # fmt: skip
        return sum(groups) + _BETWEEN_GROUPS * (len(groups) - 1)

    @staticmethod
    def _mark_width(what: Role | Contraction | str) -> float:
        if isinstance(what, Role):
            return _BADGE
        return MARK_WIDTH if isinstance(what, Contraction) else _SIGN

    def _take_signs(self) -> None:
        """Explain the sign of doubt where the variation needs it."""
        session = self._session
        doubt = any(disputed_phases(a, session.repetition) for a in session.variation.muscles)
        self._signs = [(DISPUTED_SIGN, disputed_short())] if doubt else []
        said = [word for _, word in self._roles + self._long]
        if doubt:
            said.append(f"{DISPUTED_SIGN}: {disputed_words()}")
        self.setAccessibleDescription("; ".join(said))
        self.fit(self._room_px, column=self._column)

    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Take the theme, and the signs that the variation needs."""
        if old is None or (old.variation, old.side) != (new.variation, new.side):
            bottom = self.geometry().bottom()
            self._take_signs()
            self.move(self.x(), bottom - self.height() + 1)
        self.update()

    def show_moment(self, moment: Moment) -> None:
        """Nothing here depends on it."""

    def show_hover(self, muscle: str | None) -> None:
        """Nothing here depends on it."""

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the rows."""
        look = theme(self._session.state.theme)
        ink, paper = QColor(look.text), QColor(look.stage_bottom)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # shadows and the outline of a plate pass behind it
        paper.setAlphaF(_PAPER)
        painter.setBrush(paper)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(self.rect(), 4, 4)
        face, bold = font(CAPTION_PX), font(CAPTION_PX, bold=True)
        metrics = QFontMetricsF(face)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for index, row in enumerate(self._rows):
            x, top = 1.0, index * _ROW
            for group in row:
                for what, word in group:
                    if isinstance(what, Role):
                        draw_badge(painter, QRectF(x, top + (_ROW - 18) / 2, _BADGE, 18), what)
                    elif isinstance(what, Contraction):
                        centre = QPointF(x + MARK_WIDTH / 2, top + _ROW / 2)
                        draw_mark(painter, centre, what, ink)
                    else:
                        painter.setFont(bold)
                        painter.setPen(ink)
                        painter.drawText(QRectF(x, top, _SIGN, _ROW), flags, what)
                    x += self._mark_width(what) + _AFTER_MARK
                    painter.setFont(face)
                    painter.setPen(ink)
                    width = metrics.horizontalAdvance(word)
                    painter.drawText(QRectF(x, top, width + 2, _ROW), flags, word)
                    x += width + _BETWEEN
                x += _BETWEEN_GROUPS - _BETWEEN
        painter.end()
