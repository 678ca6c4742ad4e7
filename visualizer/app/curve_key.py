"""The key of the timeline's curves: chooser, load, names with their values, ends of the axis."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QActionGroup, QColor, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QToolButton, QToolTip, QWidget

from visualizer.analysis.words import change_word
from visualizer.app.choices import CurveKind
from visualizer.app.controls import MenuButton
from visualizer.app.curve_strip import Range, Strip, Trace, curve_word, figure
from visualizer.app.lanes import CURVES_PX, HEADER_PX, LINES
from visualizer.app.marks import draw_mark
from visualizer.app.session import Session
from visualizer.app.state import SessionState
from visualizer.app.theme import CAPTION_PX, blend, font, icon
from visualizer.exercise.repetition import Instant
from visualizer.scene.palette import theme
from visualizer.scene.symbols import MARK_WIDTH
from visualizer.texts import tr

__all__ = ["CurveKey", "strip_tip"]

_ROW_PX = 18.0
# Right of the values stand the ends of the axis.
_ENDS_PX = 58.0
_GAP_PX = 6.0


class CurveKey(QWidget):
    """What the strip's lines are, and their values at the cursor.

    Parameters
    ----------
    session : Session
        Told which curves are chosen.
    """

    load_wanted = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._look = theme(session.state.theme)
        self._strip: Strip | None = None
        self._instant = session.instant
        self.setFixedHeight(HEADER_PX + CURVES_PX)
        self.chooser = MenuButton(self)
        self.chooser.setProperty("kind", "quiet")
        self.chooser.setToolTip(tr("Choose the curves"))
        self.chooser.setMenu(self._menu())
        self.load = QToolButton(self)
        self.load.setProperty("kind", "quiet")
        self.load.setText(tr("Load…"))
        self.load.setToolTip(tr("Set body mass, bar and band"))
        self.load.setAccessibleName(tr("Load"))
        self.load.clicked.connect(self.load_wanted)

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        group = QActionGroup(menu)
        for kind in CurveKind:
            action = menu.addAction(curve_word(kind))
            action.setCheckable(True)
            action.setData(kind)
            group.addAction(action)
            action.triggered.connect(lambda _=False, k=kind: self._session.change(curves=k))
        return menu

    # ------------------------------------------------------------------------------- showing
    def show_state(self, new: SessionState) -> None:
        """Show the choice and the theme."""
        self._look = theme(new.theme)
        word = curve_word(new.curves)
        self.chooser.setText(word)
        self.chooser.setAccessibleName(tr("Curves: {}").format(word))
        self.chooser.show_chevron(icon("chevron-down", self._look.secondary))
        for action in self.chooser.menu().actions():
            action.setChecked(action.data() == new.curves)
        self.load.setVisible(new.curves.of_load)
        self._place()
        self.update()

    def show_strip(self, strip: Strip) -> None:
        """Take other curves."""
        self._strip = strip
        self.setAccessibleName(curve_word(strip.kind))
        self.setAccessibleDescription(strip.empty or strip.tip)
        self.update()

    def show_instant(self, instant: Instant) -> None:
        """Show the values at a moment; never emits."""
        self._instant = instant
        self.update(QRectF(0, HEADER_PX, self.width(), CURVES_PX).toRect())

    @property
    def values(self) -> tuple[str, ...]:
        """The values that are shown, from top to bottom."""
        strip = self._strip
        if strip is None:
            return ()
        traces = [strip.value_text(trace, self._instant) for trace in strip.traces]
        return (*traces, *(strip.range_text(r, self._instant) for r in reversed(strip.ranges)))

    def resizeEvent(self, event: object) -> None:  # noqa: N802
        """Place the buttons."""
        self._place()

    def _place(self) -> None:
        self.chooser.adjustSize()
        self.load.adjustSize()
        room = self.width() - 8
        load = self.load.sizeHint().width()
        taken = 0 if self.load.isHidden() else load + 4
        wide = min(self.chooser.sizeHint().width(), room - taken)
        self.chooser.setGeometry(0, 0, wide, HEADER_PX)
        self.load.setGeometry(room - load, 0, load, HEADER_PX)

    # ------------------------------------------------------------------------------ painting
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint lines, names, values and the ends of the axis."""
        strip = self._strip
        if strip is None or strip.empty:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(CAPTION_PX))
        values = self.values
        rows = [*(t.name for t in strip.traces), *(r.name for r in reversed(strip.ranges))]
        top = self._top_px(strip)
        for k, (name, value) in enumerate(zip(rows, values, strict=True)):
            box = QRectF(0, top + k * _ROW_PX, self.width() - 8 - _ENDS_PX, _ROW_PX)
            self._paint_sample(painter, box.center().y(), strip, k)
            self._paint_row(painter, box, name, value)
            if not strip.shared:
                trace = strip.traces[k]
                self._paint_end(painter, box.top(), trace.span_text)
        contraction = strip.contraction_at(self._instant.time_s)
        if contraction is not None:
            box = QRectF(0, top + len(rows) * _ROW_PX, self.width() - 8 - _ENDS_PX, _ROW_PX)
            ink = QColor(self._look.text)
            draw_mark(painter, QPointF(4 + MARK_WIDTH / 2, box.center().y()), contraction, ink)
            painter.setPen(QColor(self._look.secondary))
            text = tr("{} (model)").format(change_word(contraction))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box.adjusted(36, 0, 0, 0), flags, text)
        if strip.shared and strip.traces:
            trace = strip.traces[0]
            digits = min(trace.digits, 1)
            self._paint_end(painter, HEADER_PX, figure(trace.high, trace.unit, digits))
            low_top = HEADER_PX + CURVES_PX - _ROW_PX
            self._paint_end(painter, low_top, figure(trace.low, trace.unit, digits))
        painter.end()

    @staticmethod
    def _top_px(strip: Strip) -> float:
        count = len(strip.traces) + len(strip.ranges) + bool(strip.contraction)
        return HEADER_PX + (CURVES_PX - _ROW_PX * count) / 2

    def tip_at(self, y: float) -> str:
        """Return what a tool tip says at a height (px): of the row there, else of all curves."""
        strip = self._strip
        if strip is None:
            return ""
        rows: list[Trace | Range] = [*strip.traces, *reversed(strip.ranges)]
        row = int((y - self._top_px(strip)) // _ROW_PX)
        if not 0 <= row < len(rows) or y < HEADER_PX:
            return strip_tip(strip)
        found = rows[row]
        lines = [f"{found.name}: {self.values[row]}", found.about]
        if isinstance(found, Trace):
            lines.append(tr("In this motion: {}").format(found.span_text + found.unit))
        return _paragraphs([*(line for line in lines if line), *strip.tip.split("\n")])

    def _paint_sample(self, painter: QPainter, y: float, strip: Strip, row: int) -> None:
        text = self._look.text
        if row < len(strip.traces):
            painter.setPen(QPen(QColor(text), 1.5, LINES[row]))
            painter.drawLine(QPointF(4, y), QPointF(28, y))
            return
        band = strip.ranges[::-1][row - len(strip.traces)]
        painter.fillRect(QRectF(4, y - 4, 24, 8), blend(self._look.panel, text, band.share))

    def _paint_row(self, painter: QPainter, box: QRectF, name: str, value: str) -> None:
        metrics = painter.fontMetrics()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(self._look.text))
        painter.drawText(box, right, value)
        room = box.width() - 36 - metrics.horizontalAdvance(value) - _GAP_PX
        painter.setPen(QColor(self._look.secondary))
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        cut = metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(room))
        painter.drawText(box.adjusted(36, 0, 0, 0), left, cut)

    def _paint_end(self, painter: QPainter, top: float, text: str) -> None:
        painter.setPen(QColor(self._look.secondary))
        box = QRectF(self.width() - 8 - _ENDS_PX, top, _ENDS_PX, _ROW_PX)
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    # --------------------------------------------------------------------------------- events
    def event(self, event: QEvent) -> bool:
        """Say all about the curves under a resting mouse."""
        if isinstance(event, QHelpEvent) and self._strip is not None:
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos().y()), self)
            return True
        return super().event(event)


def strip_tip(strip: Strip, time_s: float | None = None) -> str:
    """Return what a tool tip says about the curves, with their values at a time (s)."""
    lines = (strip.empty or strip.tip).split("\n")
    if time_s is not None and strip.traces:
        lines.insert(0, strip.readout(time_s))
    return _paragraphs(lines)


def _paragraphs(lines: Sequence[str]) -> str:
    # rich text, so that long lines are wrapped
    return "".join(
        f"<p style='margin:0 0 4px 0'>{line.replace('&', '&amp;').replace('<', '&lt;')}</p>"
        for line in lines
    )
