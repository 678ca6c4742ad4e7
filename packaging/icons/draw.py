"""Draws the program's icons in all sizes and kinds: ``python packaging/icons/draw.py``.

The drawings are the program's own, in ``visualizer/app/icons/program``: ``app.svg`` and, for up to
32 pixels, where its details would be mud, ``app-small.svg``. What is drawn from them is committed,
so that a build needs nothing of this; run it again when a drawing has changed.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

from PIL import Image

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QBuffer
from PySide6.QtGui import QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

_HERE = Path(__file__).resolve().parent
_DRAWINGS = _HERE.parents[1] / "visualizer" / "app" / "icons" / "program"
_LARGEST_SMALL = 32
_PNG = (16, 22, 24, 32, 48, 64, 128, 256, 512)
_ICO = (16, 24, 32, 48, 64, 128, 256)
_ICNS = (32, 64, 128, 256, 512, 1024)


def drawn(size_px: int) -> Image.Image:
    """Return the icon in a size."""
    name = "app-small.svg" if size_px <= _LARGEST_SMALL else "app.svg"
    renderer = QSvgRenderer(str(_DRAWINGS / name))
    image = QImage(size_px, size_px, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.ReadWrite)
    image.save(buffer, "PNG")  # type: ignore[call-overload]  # the stubs want bytes, Qt a str
    return Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGBA")


def main() -> None:
    """Write PNG, ico and icns beside the drawings."""
    application = QGuiApplication([])
    for size in _PNG:
        drawn(size).save(_HERE / f"app-{size}.png", optimize=True)
    largest = drawn(_ICO[-1])
    others = [drawn(size) for size in _ICO]
    largest.save(_HERE / "app.ico", sizes=[(s, s) for s in _ICO], append_images=others)
    others = [drawn(size) for size in _ICNS]
    others[-1].save(_HERE / "app.icns", append_images=others)
    del application


if __name__ == "__main__":
    main()
