"""A row of buttons that shows as many of them as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLayout, QSizePolicy, QWidget

__all__ = ["FittingRow"]

_GAP_PX = 4


class FittingRow(QWidget):
    """Buttons at the right end of a bar; what they do must stand in a menu as well.

    Parameters
    ----------
    buttons : sequence of QWidget
        From left to right.
    stay : sequence of QWidget
        The same, those that stay longest first.
    """

    def __init__(
        self, buttons: Sequence[QWidget], stay: Sequence[QWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._stay = tuple(stay)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(_GAP_PX)
        # so that a narrow window cuts no other part of the bar
        row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        row.addStretch(1)
        for button in buttons:
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the room for all."""
        hints = [button.sizeHint() for button in self._stay]
        wide = sum(hint.width() + _GAP_PX for hint in hints)
        return QSize(wide, max((hint.height() for hint in hints), default=0))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return that it may go altogether."""
        return QSize(0, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show what there is room for."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Fit texts that have changed."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        left = self.width()
        for button in self._stay:
            left -= button.sizeHint().width() + _GAP_PX
            if button.isHidden() is not (left < 0):
                button.setVisible(left >= 0)
