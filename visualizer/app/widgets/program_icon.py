"""The program's own icon, for window frames and task bars."""

from __future__ import annotations

from importlib import resources

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

__all__ = ["program_icon"]

# The drawing for small sizes leaves out what would be mud in them.
_SIZES_PX = {"app-small": (16, 22, 24, 32), "app": (48, 64, 128)}


def program_icon() -> QIcon:
    """Return the icon in all sizes that frames and task bars ask for."""
    made = QIcon()
    folder = resources.files("visualizer.app") / "icons" / "program"
    for name, sizes in _SIZES_PX.items():
        renderer = QSvgRenderer(QByteArray((folder / f"{name}.svg").read_bytes()))
        for size in sizes:
            pixmap = QPixmap(size, size)
            pixmap.fill(Qt.GlobalColor.transparent)
            painter = QPainter(pixmap)
            renderer.render(painter)
            painter.end()
            made.addPixmap(pixmap)
    return made
