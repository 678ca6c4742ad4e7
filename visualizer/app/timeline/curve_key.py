"""The key of the curves: chooser, load, names with their lines and values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QActionGroup,
    QColor,
    QFontMetrics,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QMenu, QToolButton, QToolTip, QWidget

from visualizer.analysis.plot import Band, Curve, Plot
from visualizer.analysis.plot_kinds import PLOT_KINDS
from visualizer.analysis.words import change_word
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.app.timeline.lanes import HEADER_PX
from visualizer.app.timeline.plot.items import DARK, LINES, PALE, PART, paint_published
from visualizer.app.widgets.controls import MenuButton
from visualizer.app.widgets.kept import KeptPicture
from visualizer.app.widgets.marks import draw_mark
from visualizer.app.widgets.theme import CAPTION_PX, blend, font, icon, px, theme_of
from visualizer.exercise.repetition import Instant
from visualizer.scene.palette import Theme
from visualizer.scene.symbols import MARK_WIDTH
from visualizer.texts import tr

__all__ = ["CurveKey", "paint_sample", "plot_tip"]

_ROW_PX = 18.0
_NAME_PX = 36.0  # where the names begin, behind the samples
_GAP_PX = 6.0


class CurveKey(QWidget):
    """What the curves are, and their values at the moment.

    Parameters
    ----------
    session : Session
        Told which curves are chosen.
    rows_px : int
        Width of the rows; beside them stands the plot's axis.
    """

    load_wanted = Signal()

    def __init__(self, session: Session, rows_px: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._rows_px = rows_px
        self._plot: Plot | None = None
        self._kept = KeptPicture(self._paint_rows, self)
        self._said: object = None
        self._shown: object = None  # all that it takes from the state
        self._instant = session.instant
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
        for kind, record in PLOT_KINDS.items():
            action = menu.addAction(record.title)
            action.setCheckable(True)
            action.setData(kind)
            group.addAction(action)
            action.triggered.connect(lambda _=False, k=kind: self._session.change(curves=k))
        return menu

    # ------------------------------------------------------------------------------- showing
    def show_state(self, new: SessionState) -> None:
        """Show the choice and the theme."""
        shown = new.curves, theme_of(self)
        if shown == self._shown:
            return
        self._shown = shown
        self._kept.stale()
        word = PLOT_KINDS[new.curves].title
        self.chooser.setText(word)
        self.chooser.setAccessibleName(tr("Curves: {}").format(word))
        self.chooser.show_chevron(icon("chevron-down", theme_of(self).secondary))
        for action in self.chooser.menu().actions():
            action.setChecked(action.data() == new.curves)
        self.load.setVisible(PLOT_KINDS[new.curves].of_load)
        self._place()

    def show_plot(self, plot: Plot) -> None:
        """Take other curves."""
        self._plot = plot
        self.setAccessibleName(plot.title)
        self.setAccessibleDescription(plot.empty or plot.tip)
        self._kept.stale()

    def show_instant(self, instant: Instant) -> None:
        """Show the values at a moment; never emits."""
        self._instant = instant
        said = self.values, self._plot and self._plot.contraction_at(instant.time_s)
        if said != self._said:
            self._said = said
            self.update(0, px(HEADER_PX), self._rows_px, self.height() - px(HEADER_PX))

    @property
    def values(self) -> tuple[str, ...]:
        """The values that are shown, from top to bottom."""
        plot = self._plot
        if plot is None:
            return ()
        curves = [plot.value_text(curve, self._instant) for curve in plot.main]
        bands = [plot.band_text(b, self._instant.time_s) for b in reversed(plot.bands)]
        return (*curves, *bands)

    @property
    def rows(self) -> tuple[Curve | Band, ...]:
        """What has a row, from top to bottom."""
        return (*self._plot.main, *reversed(self._plot.bands)) if self._plot is not None else ()

    @property
    def parts_name(self) -> str:
        """What the last row calls the thin curves; empty where there are none, or no room."""
        plot = self._plot
        if plot is None:
            return ""
        count = len(self.rows) + bool(plot.contraction) + 1
        return plot.parts_name if px(_ROW_PX) * count <= self.height() - px(HEADER_PX) else ""

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
        self.chooser.setGeometry(0, 0, wide, px(HEADER_PX))
        self.load.setGeometry(room - load, 0, load, px(HEADER_PX))

    # ------------------------------------------------------------------------------ painting
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint lines, names and values, and what the muscle does."""
        plot = self._plot
        if plot is None or plot.empty:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(font(px(CAPTION_PX)))
        painter.drawPixmap(0, 0, self._kept.picture())
        look = theme_of(self)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setPen(QColor(look.text))
        for k, value in enumerate(self.values):
            painter.drawText(
                QRectF(0, self.row_top(k), self._rows_px - 8, px(_ROW_PX)), right, value
            )
        contraction = plot.contraction_at(self._instant.time_s)
        if contraction is not None:
            box = QRectF(0, self.row_top(len(self.rows)), self._rows_px - 8, px(_ROW_PX))
            ink = QColor(look.text)
            draw_mark(painter, QPointF(4 + px(MARK_WIDTH) / 2, box.center().y()), contraction, ink)
            painter.setPen(QColor(look.secondary))
            text = tr("{} (model)").format(change_word(contraction))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(box.adjusted(_NAME_PX, 0, 0, 0), flags, text)
        painter.end()

    def row_top(self, row: int) -> float:
        """Return where a row begins (px)."""
        plot = self._plot
        count = len(self.rows) + bool(plot is not None and plot.contraction)
        count += bool(self.parts_name)
        room = self.height() - px(HEADER_PX)
        return px(HEADER_PX) + max((room - px(_ROW_PX) * count) / 2, 0.0) + row * px(_ROW_PX)

    def tip_at(self, y: float) -> str:
        """Return what a tool tip says at a height (px): of the row there, else of all curves."""
        plot = self._plot
        if plot is None:
            return ""
        row = int((y - self.row_top(0)) // px(_ROW_PX))
        if not 0 <= row < len(self.rows) or y < px(HEADER_PX):
            return plot_tip(plot)
        found = self.rows[row]
        lines = [f"{found.name}: {self.values[row]}", found.about]
        if isinstance(found, Curve):
            lines.append(tr("In this motion: {}").format(found.span_text))
        return _paragraphs([*(line for line in lines if line), *plot.tip.split("\n")])

    def _paint_rows(self, painter: QPainter) -> None:
        """Paint the rows without their values: those alone change from moment to moment."""
        look = theme_of(self)
        painter.setFont(font(px(CAPTION_PX)))
        metrics = painter.fontMetrics()
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for k, row in enumerate(self.rows):
            box = QRectF(0, self.row_top(k), self._rows_px - 8, px(_ROW_PX))
            place = QRectF(4.0, box.center().y() - 5.0, 24.0, 10.0)
            paint_sample(painter, place, look, row, k)
            painter.setPen(QColor(look.secondary))
            room = box.width() - _NAME_PX - self._value_px(row) - _GAP_PX
            cut = metrics.elidedText(row.name, Qt.TextElideMode.ElideRight, int(room))
            painter.drawText(box.adjusted(_NAME_PX, 0, 0, 0), left, cut)
        if self.parts_name:
            plot = self._plot
            last = len(self.rows) + bool(plot is not None and plot.contraction)
            box = QRectF(0, self.row_top(last), self._rows_px - 8, px(_ROW_PX))
            painter.setPen(QPen(blend(look.panel, look.text, PART), 1.0))
            y = box.center().y()
            painter.drawLine(QPointF(4.0, y), QPointF(28.0, y))
            painter.setPen(QColor(look.secondary))
            painter.drawText(box.adjusted(_NAME_PX, 0, 0, 0), left, self.parts_name)

    def _value_px(self, row: Curve | Band) -> int:
        """Return the width of the widest value that a row comes to, px; of a band, at most."""
        if isinstance(row, Band):
            # the widest figures are those at the ends
            low, high = ({float(f(edge)) for f in (np.nanmin, np.nanmax)} for edge in row.edges)
            texts = [row.quantity.span(a, b) for a in low for b in high]
        else:
            texts = [row.quantity.text(float(f(row.values))) for f in (np.min, np.max)]
        wide = QFontMetrics(font(px(CAPTION_PX))).horizontalAdvance
        return max(map(wide, texts), default=0)

    # --------------------------------------------------------------------------------- events
    def event(self, event: QEvent) -> bool:
        """Say all about the curves under a resting mouse."""
        if isinstance(event, QHelpEvent) and self._plot is not None:
            QToolTip.showText(event.globalPos(), self.tip_at(event.pos().y()), self)
            return True
        return super().event(event)


def paint_sample(
    painter: QPainter, box: QRectF, look: Theme, row: Curve | Band, index: int
) -> None:
    """Paint how a curve or band is drawn, into a small box; ``index`` counts the rows."""
    if isinstance(row, Band):
        box = box.adjusted(0.0, 1.0, 0.0, -1.0)
        if row.published:
            paint_published(painter, box, look.panel, look.text)
        else:
            painter.fillRect(box, blend(look.panel, look.text, PALE if row.wide else DARK))
        return
    painter.setPen(QPen(QColor(look.text), 1.5, LINES[index % len(LINES)]))
    y = box.center().y()
    painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))


def plot_tip(plot: Plot) -> str:
    """Return all that is to be said of a plot, as rich text."""
    return _paragraphs((plot.empty or plot.tip).split("\n"))


def _paragraphs(lines: Sequence[str]) -> str:
    # rich text, so that long lines are wrapped
    return "".join(
        f"<p style='margin:0 0 4px 0'>{line.replace('&', '&amp;').replace('<', '&lt;')}</p>"
        for line in lines
    )
