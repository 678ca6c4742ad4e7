"""What a widget has painted, kept, and painted anew in a turn of its own.

Qt paints all that has changed in one go, so that several views that are slow to paint make one long
pause. A view that keeps its picture shows the old one until its turn has come; while an edge is
dragged, stretched, until the hand rests.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPointF, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from visualizer.app.widgets.growing_page import Later
from visualizer.app.widgets.theme import theme_of
from visualizer.scene.palette import Theme

__all__ = ["SIZED_MS", "KeptPicture"]

# So long after the last change of a widget's size it is painted in that.
SIZED_MS = 80


class KeptPicture(QObject):
    """A widget's picture, painted anew only when something has changed, or in another theme.

    Parameters
    ----------
    paint : callable
        Paints all of it, antialiased, in the widget's pixels.
    widget : QWidget
        Whose picture it is.
    later : callable, optional
        Does a step in a later turn of the event loop; without it the picture is painted anew when
        it is next asked for.
    """

    def __init__(
        self, paint: Callable[[QPainter], object], widget: QWidget, later: Later | None = None
    ) -> None:
        super().__init__(widget)
        self._paint, self._widget, self._later = paint, widget, later
        # an area that scrolls is painted on its viewport; its own update reaches the frame only
        self._painted = widget.viewport() if isinstance(widget, QAbstractScrollArea) else widget
        self._made: QPixmap | None = None
        self._look: Theme | None = None  # what it was made in
        self._stale, self._asked = True, False
        self._sized = QSize()  # what the hand has come to
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(SIZED_MS)
        self._rest.timeout.connect(self._ask)

    def stale(self) -> None:
        """Have it painted anew; the old one may be shown meanwhile."""
        self._stale = True
        if self._later is None or self._made is None:
            self._painted.update()
        elif self._made.size() != self._size:
            self._wait()
        else:
            self._ask()

    def _wait(self) -> None:
        """Have it painted anew when the widget keeps its size."""
        size = self._size
        if size != self._sized or not (self._rest.isActive() or self._asked):
            self._sized = size
            self._rest.start()

    def _ask(self) -> None:
        if self._later is not None and not self._asked:
            self._asked = True
            self._later(self._renew, self)

    @property
    def _size(self) -> QSize:
        """How large it has to be, in pixels of the screen."""
        ratio = self._widget.devicePixelRatioF()
        return QSize(*(max(round(n * ratio), 1) for n in self._widget.size().toTuple()))

    def paint(self, painter: QPainter, *, high: bool = True, edge_px: float = 0.0) -> None:
        """Paint the picture; one in another size stretched.

        Parameters
        ----------
        painter : QPainter
            Paints the widget.
        high : bool
            Whether it is stretched in its height, too.
        edge_px : float
            So far from its left and right edges it is not stretched in its width.
        """
        made, size = self.picture(), QSizeF(self._widget.size())
        if made.size() == self._size:
            painter.drawPixmap(0, 0, made)
            return
        was, ratio = made.deviceIndependentSize(), made.devicePixelRatio()
        painter.fillRect(QRectF(QPointF(), size), QColor(theme_of(self._widget).panel))
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        down = size.height() if high else was.height()
        for (left, wide), (from_left, from_wide) in zip(
            _pieces(size.width(), edge_px), _pieces(was.width(), edge_px), strict=True
        ):
            part = QRectF(from_left * ratio, 0.0, from_wide * ratio, made.height())
            painter.drawPixmap(QRectF(left, 0.0, wide, down), made, part)
        painter.restore()

    def picture(self) -> QPixmap:
        """Return the picture; while the widget's size changes, in the one before.

        Never in the colours of a theme that the widget has no more.
        """
        size, ratio = self._size, self._widget.devicePixelRatioF()
        made = self._made
        if made is not None and made.size() != size:
            self.stale()
        look = theme_of(self._widget)
        other = made is None or made.devicePixelRatio() != ratio or look is not self._look
        if made is None or other or (self._stale and self._later is None):
            made = self._made = QPixmap(size)
            made.setDevicePixelRatio(ratio)
            made.fill(Qt.GlobalColor.transparent)
            self._stale, self._look = False, look
            painter = QPainter(made)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint(painter)
            painter.end()
        return made

    def _renew(self) -> None:
        """Paint what has changed since."""
        self._asked = False
        if self._rest.isActive():
            return  # its size has changed meanwhile
        if self._stale:
            self._made = None
            self.picture()
            self._painted.update()


def _pieces(width: float, edge: float) -> list[tuple[float, float]]:
    """Return from where on and how wide the left edge, what is between, and the right edge are."""
    if not edge:
        return [(0.0, width)]
    return [(0.0, edge), (edge, max(width - 2.0 * edge, 1.0)), (width - edge, edge)]
