"""A slider beside a field of the load: quicker than typing, within what people lift."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSlider, QWidget

from visualizer.texts import tr

__all__ = ["LoadSlider"]

# An arrow key's step, and that of the page keys, shares of the whole way.
_PAGE = 0.1


class LoadSlider(QSlider):
    """Chooses a figure of the load; the field beside it says which, and takes any other.

    Parameters
    ----------
    name : str
        What it chooses.
    """

    slid = Signal(int)  # only when the user moves it

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setAccessibleName(tr("{}: slider").format(name))
        self.valueChanged.connect(self.slid)

    def show_value(self, value: float, least: float, most: float) -> None:
        """Show a value between the ends of the slider's way, at its end where it lies beyond."""
        shown = round(value), round(least), round(most)
        if shown == (self.value(), self.minimum(), self.maximum()):
            return
        self.blockSignals(True)
        self.setRange(round(least), round(most))
        self.setPageStep(max(round(_PAGE * (most - least)), 1))
        self.setValue(round(value))
        self.blockSignals(False)
        self.update()
