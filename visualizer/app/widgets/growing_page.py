"""A column of blocks that is filled in slices, so that a long page never holds up the event loop.

Making a label, styling it and laying out its lines takes up to a millisecond; a page has a hundred
and more. The first slice fills what is seen first, and every later turn of the event loop adds some
blocks below.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

__all__ = ["GrowingPage", "Later"]

# Does a small step in a later turn of the event loop unless its owner is gone, as Jobs.soon of
# session/worker.py does.
Later = Callable[[Callable[[], object], QObject], object]

# After so long a slice ends with the block that it is at.
_SLICE_S = 0.008


class GrowingPage(QWidget):
    """A column whose blocks are replaced one after another; the page itself stays.

    Parameters
    ----------
    later : callable, optional
        Does a step in a later turn of the event loop; without it all blocks come at once.
    """

    grown = Signal()  # after every slice, while what was there before is still seen

    def __init__(self, later: Later | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._later = later
        self._coming: Iterator[QWidget] = iter(())
        self.column = QVBoxLayout(self)
        self.column.addStretch(1)

    def fill(self, blocks: Iterator[QWidget]) -> None:
        """Replace all blocks.

        Parameters
        ----------
        blocks : iterator of QWidget
            Makes one block after another, each a hidden child of the page. One that was begun
            before and has not come to its end makes no more.
        """
        # unfinished ones are among them
        before = self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        self._coming = blocks
        self._grow(blocks)
        for block in before:
            block.hide()
        for block in before:
            if self._later is None:
                self._drop(block)
            else:
                self._later(partial(self._drop, block), block)  # it may go with the page

    def _grow(self, blocks: Iterator[QWidget]) -> None:
        """Add blocks for the time of a slice."""
        if blocks is not self._coming:
            return
        ends_s = time.perf_counter() + _SLICE_S
        for block in blocks:
            self.column.insertWidget(self.column.count() - 1, block)
            block.show()  # styled and laid out within the slice, too
            if self._later is not None and time.perf_counter() > ends_s:
                self._later(partial(self._grow, blocks), self)
                break
        self.grown.emit()

    def _drop(self, block: QWidget) -> None:
        self.column.removeWidget(block)
        block.setParent(None)
        block.deleteLater()  # it may be what was clicked
