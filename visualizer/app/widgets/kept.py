"""What a widget has painted, kept, and painted anew in a turn of its own.

Qt paints all that has changed in one go, so that several views that are slow to paint make one long
pause. A view that keeps its picture shows the old one until its turn has come.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QSize, Qt
from PySide6.QtGui import QPainter, QPixmap
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from visualizer.app.widgets.growing_page import Later
from visualizer.app.widgets.theme import theme_of
from visualizer.scene.palette import Theme

__all__ = ["KeptPicture"]


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

    def stale(self) -> None:
        """Have it painted anew; the old one may be shown meanwhile."""
        self._stale = True
        if self._later is None or self._made is None:
            self._painted.update()
        elif not self._asked:
            self._asked = True
            self._later(self._renew, self)

    def picture(self) -> QPixmap:
        """Return the picture; for a turn after the widget's size has changed, in the one before.

        Never in the colours of a theme that the widget has no more.
        """
        ratio = self._widget.devicePixelRatioF()
        size = QSize(*(max(round(n * ratio), 1) for n in self._widget.size().toTuple()))
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
        if self._stale:
            self._made = None
            self.picture()
            self._painted.update()
