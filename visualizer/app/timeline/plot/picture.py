"""A plot as a picture for a document: title, phases, curves, what each is and rests on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QBuffer, QIODevice, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter

from visualizer.analysis.plot import Band, Curve, Plot
from visualizer.analysis.words import basis_word
from visualizer.app.timeline.curve_key import paint_sample
from visualizer.app.timeline.lanes import HEADER_PX
from visualizer.app.timeline.phase_row import paint_phase
from visualizer.app.timeline.plot.axis import AXIS_PX
from visualizer.app.timeline.plot.canvas import PlotCanvas
from visualizer.app.timeline.time_window import TimeWindow
from visualizer.app.widgets.theme import CAPTION_PX, HEADING_PX, font, unzoomed
from visualizer.lifts.schedule import PhaseSpan
from visualizer.scene.palette import Theme

__all__ = ["plot_picture", "png_bytes"]

_WIDTH, _PLOT, _ROW, _PAD, _GAP = 960, 340, 18, 24, 12
_RATIO = 2  # pixels of the file per pixel of this layout


@unzoomed()
def plot_picture(plot: Plot, spans: Sequence[PhaseSpan], look: Theme) -> QImage:
    """Return a plot as a picture of 1920 pixels' width that stands by itself.

    Parameters
    ----------
    plot : Plot
        What is shown, all of it.
    spans : sequence of PhaseSpan
        The phases of its repetition.
    look : Theme
        Colours.
    """
    rows: tuple[Curve | Band, ...] = (*plot.main, *reversed(plot.bands))
    foot = QRectF(_PAD, 0.0, _WIDTH - 2 * _PAD, 1000.0)
    wrap = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap
    foot.setHeight(QFontMetricsF(font(CAPTION_PX)).boundingRect(foot, wrap, plot.tip).height())
    top = _PAD + HEADING_PX + 2 * _GAP
    under = top + HEADER_PX + _PLOT + _GAP
    foot.moveTop(under + len(rows) * _ROW + _GAP)
    image = QImage(
        _WIDTH * _RATIO, round((foot.bottom() + _PAD) * _RATIO), QImage.Format.Format_RGB32
    )
    image.setDevicePixelRatio(_RATIO)
    image.fill(QColor(look.panel))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font(HEADING_PX, bold=True))
    painter.setPen(QColor(look.text))
    middle = Qt.AlignmentFlag.AlignVCenter
    title = QRectF(_PAD, _PAD, _WIDTH - 2 * _PAD, HEADING_PX + 8)
    painter.drawText(title, middle, f"{plot.subject}: {plot.title}")
    window = TimeWindow()
    window.take(spans)
    row = QRectF(_PAD + AXIS_PX, top, _WIDTH - 2 * (_PAD + AXIS_PX), HEADER_PX)
    for k, span in enumerate(spans):
        paint_phase(painter, window, span, row, look, k)
    _paint_canvas(painter, plot, window, look, top + HEADER_PX)
    painter.setFont(font(CAPTION_PX))
    for k, entry in enumerate(rows):
        box = QRectF(_PAD, under + k * _ROW, _WIDTH - 2 * _PAD, _ROW)
        paint_sample(painter, QRectF(_PAD, box.center().y() - 5, 24, 10), look, entry, k)
        painter.setPen(QColor(look.text))
        painter.drawText(box.adjusted(32, 0, 0, 0), middle, _words(entry))
    painter.setPen(QColor(look.secondary))
    painter.drawText(foot, wrap, plot.tip)
    painter.end()
    image.setText("Title", f"{plot.subject}: {plot.title}")
    image.setText("Description", plot.tip)
    return image


def _paint_canvas(
    painter: QPainter, plot: Plot, window: TimeWindow, look: Theme, top: float
) -> None:
    canvas = PlotCanvas(window, look)
    # Qt lays out only what is shown
    canvas.setAttribute(Qt.WidgetAttribute.WA_DontShowOnScreen)
    canvas.line_ratio = _RATIO
    canvas.resize(_WIDTH - 2 * _PAD, _PLOT)
    canvas.show()
    canvas.show_plot(plot)
    target = QRectF(_PAD, top, canvas.width(), canvas.height())
    canvas.render(painter, target, QRect(0, 0, canvas.width(), canvas.height()))
    canvas.hide()
    canvas.deleteLater()


def _words(row: Curve | Band) -> str:
    if isinstance(row, Band):
        what = row.caption if row.published else row.about
        return f"{row.name}: {what}" if what else row.name
    return f"{row.name}: {row.span_text} ({basis_word(row.ground)})"


def png_bytes(image: QImage) -> bytes:
    """Return a picture as the content of a PNG file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
