"""Published figures on one axis: which quantity, in which exercise, and a line for each figure."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from visualizer.analysis.evidence_axis import EvidenceAxis, IntervalKind, Point, exercises_of
from visualizer.analysis.words import capitalised
from visualizer.app.widgets.controls import label
from visualizer.app.widgets.fields import Pick
from visualizer.app.widgets.links import LinkLabel, address_of
from visualizer.app.widgets.theme import CAPTION_PX, blend, font, px
from visualizer.texts import tr
from visualizer.texts.figures import number

__all__ = ["FigureAxis", "FigureLine"]

_LINE_PX, _DOT_PX, _END_PX = 18.0, 4.5, 5.0


class FigureAxis(QWidget):
    """Figures that may be compared, one axis at a time, with a filter.

    Parameters
    ----------
    axes : sequence of EvidenceAxis
        The axes to choose from, at least one.
    names : mapping of str to str
        What muscles are called that the page is not about itself, by id.
    """

    def __init__(
        self, axes: tuple[EvidenceAxis, ...], names: dict[str, str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._axes, self._names = axes, names
        self._rows: QWidget | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(4)
        self.quantity = Pick(tr("Quantity"))
        for axis in axes:
            self.quantity.addItem(f"{capitalised(axis.quantity)} ({axis.unit})")
        self.exercise = Pick(tr("Exercise"))
        self._column.addWidget(self.quantity)
        self._column.addWidget(self.exercise)
        self.quantity.currentIndexChanged.connect(self._choose)
        self.exercise.currentIndexChanged.connect(self._fill)
        self._choose()

    @property
    def axis(self) -> EvidenceAxis:
        """The axis that is shown."""
        return self._axes[max(self.quantity.currentIndex(), 0)]

    @property
    def lines(self) -> list[FigureLine]:
        """The lines that are shown, from top to bottom."""
        return [] if self._rows is None else self._rows.findChildren(FigureLine)

    def _choose(self) -> None:
        """Offer the exercises of the chosen axis, and show all of them."""
        self.exercise.blockSignals(True)
        self.exercise.clear()
        self.exercise.addItem(tr("All exercises"), None)
        for exercise in exercises_of(self.axis):
            self.exercise.addItem(capitalised(exercise), exercise)
        self.exercise.blockSignals(False)
        self.exercise.setVisible(self.exercise.count() > 2)
        self._fill()

    def _fill(self) -> None:
        if self._rows is not None:
            self._rows.hide()
            self._rows.deleteLater()
        self._rows = QWidget(self)
        column = QVBoxLayout(self._rows)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(2)
        axis = self.axis
        if axis.normalisation:
            about = tr("relative to {}").format(axis.normalisation)
            column.addWidget(label(capitalised(about), "caption"))
        points = axis.of_exercise(self.exercise.currentData())
        for point in points:
            column.addWidget(self._caption(point))
            column.addWidget(FigureLine(axis, point))
        column.addWidget(_Ticks(axis))
        for sentence in _legend(points):
            column.addWidget(label(sentence, "caption"))
        self._column.addWidget(self._rows)
        self._rows.show()

    def _caption(self, point: Point) -> LinkLabel:
        """Return whose figure it is, and of what; the study leads to its page."""
        row, fact = point.row, point.row.fact
        if point.compared:
            assert fact.comparison is not None
            words = [tr("compared with: {}").format(fact.comparison.label)]
        else:
            muscle = self._names.get(fact.muscle or "", "")
            words = [row.study, fact.exercise, muscle, fact.part, fact.load]
        address = address_of(row.source)
        links = [(row.study, address)] if address and not point.compared else []
        return LinkLabel(" · ".join(word for word in words if word), links, "caption")


class FigureLine(QWidget):
    """A figure on the axis, with its interval; screen readers are told the numbers.

    Parameters
    ----------
    axis : EvidenceAxis
        The axis.
    point : Point
        The figure.
    """

    def __init__(self, axis: EvidenceAxis, point: Point, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axis, self._point = axis, point
        self.text = _said(point)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{self.text} {axis.unit}")
        self.setToolTip(f"{self.text} {axis.unit}")

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size of a thin line."""
        return QSize(160, px(_LINE_PX))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the axis' lines, the interval, the figure."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, panel = self.palette().text().color(), self.palette().window().color()
        axis, point = self._axis, self._point
        middle = self.height() / 2
        _grid(painter, self, axis)
        if point.interval is not None:
            low = axis.ticks[0] if point.low is None else point.low
            high = axis.ticks[-1] if point.high is None else point.high
            left, right = (_x(self, axis, n) for n in (low, high))
            style = (
                Qt.PenStyle.DotLine
                if point.interval is IntervalKind.RANGE
                else Qt.PenStyle.SolidLine
            )
            wide = 3.0 if point.interval is IntervalKind.CONFIDENCE else 1.5
            painter.setPen(QPen(ink, wide, style, Qt.PenCapStyle.FlatCap))
            painter.drawLine(QPointF(left, middle), QPointF(right, middle))
            painter.setPen(QPen(ink, 1.5))
            for there, x in ((point.low, left), (point.high, right)):
                if there is not None:
                    end = px(_END_PX)
                    painter.drawLine(QPointF(x, middle - end), QPointF(x, middle + end))
        if point.value is not None:
            painter.setPen(QPen(ink, 1.5))
            painter.setBrush(panel if point.compared else ink)
            dot = px(_DOT_PX)
            painter.drawEllipse(QPointF(_x(self, axis, point.value), middle), dot, dot)
        painter.end()


class _Ticks(QWidget):
    """The numbers below the lines."""

    def __init__(self, axis: EvidenceAxis, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._axis = axis
        self.setFixedHeight(round(1.5 * px(CAPTION_PX)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the axis' round numbers, those at its ends within the widget."""
        painter = QPainter(self)
        painter.setFont(font(px(CAPTION_PX)))
        painter.setPen(self.palette().text().color())
        letters = painter.fontMetrics()
        for value in self._axis.ticks:
            text = number(value)
            wide = letters.horizontalAdvance(text) + 2
            left = min(max(_x(self, self._axis, value) - wide / 2, 0.0), self.width() - wide)
            place = QRectF(left, 0.0, wide, self.height())
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, text)
        painter.end()


def _x(widget: QWidget, axis: EvidenceAxis, value: float) -> float:
    """Return where a number stands across a widget, logical pixels."""
    edge = px(_DOT_PX) + 2.0
    return edge + axis.share(value) * (widget.width() - 2 * edge)


def _grid(painter: QPainter, widget: QWidget, axis: EvidenceAxis) -> None:
    ink, panel = widget.palette().text().color(), widget.palette().window().color()
    for value in axis.ticks:
        strength = 0.45 if value == 0.0 else 0.14
        painter.setPen(QPen(blend(panel.name(), ink.name(), strength), 1.0))
        x = _x(widget, axis, value)
        painter.drawLine(QPointF(x, 0.0), QPointF(x, widget.height()))


def _said(point: Point) -> str:
    """Return a figure with its interval in words."""
    low, high = point.low, point.high
    value = "" if point.value is None else number(point.value)
    if low is not None and high is not None:
        ends = tr("{} to {}").format(number(low), number(high))
    elif low is not None:
        ends = tr("at least {}").format(number(low))
    elif high is not None:
        ends = tr("below {}").format(number(high))
    else:
        return value
    if point.interval is IntervalKind.BOUNDS:
        return ends
    return f"{value} ({_INTERVALS[point.interval]()} {ends})" if point.interval else value


_INTERVALS = {
    IntervalKind.CONFIDENCE: lambda: tr("95 % confidence interval:"),
    IntervalKind.DEVIATION: lambda: tr("standard deviation:"),
    IntervalKind.RANGE: lambda: tr("smallest and largest:"),
}


def _legend(points: tuple[Point, ...]) -> list[str]:
    """Return what the marks mean, as far as they are there."""
    found = []
    if any(point.compared for point in points):
        found.append(tr("Open circle: what the same study compared with."))
    kinds = {point.interval for point in points}
    if IntervalKind.CONFIDENCE in kinds:
        found.append(tr("Thick line: 95 % confidence interval of the mean."))
    if IntervalKind.DEVIATION in kinds:
        found.append(tr("Thin line: one standard deviation to either side."))
    if IntervalKind.RANGE in kinds:
        found.append(tr("Dotted line: smallest and largest value."))
    return found
