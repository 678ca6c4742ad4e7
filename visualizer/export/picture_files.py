"""The kinds of files that a picture can be written into, by the end of their names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from visualizer import __version__
from visualizer.export.drawing import Drawing
from visualizer.export.output import Tell, Writer, by_ending, go_on
from visualizer.export.pdf import pdf_bytes
from visualizer.export.png import paint
from visualizer.export.svg import svg_bytes

__all__ = ["PICTURE_FILES", "painted", "picture_file_of"]

# 1920 pixels are as wide as a page lies, 25 cm, where a program goes by what a picture says.
_DPI = 192


def painted(drawing: Drawing) -> Image.Image:
    """Return a picture as an image, all painted over it."""
    image = drawing.body.copy()
    for overlay in drawing.overlays:
        paint(image, overlay)
    return image


def _write_png(stream: BinaryIO, drawing: Drawing, tell: Tell = go_on) -> None:
    painted(drawing).save(stream, "PNG", compress_level=4, dpi=(_DPI, _DPI), pnginfo=_told(drawing))


def _told(drawing: Drawing) -> PngInfo:
    """Return what a picture says of itself: what it shows, and the moment to open."""
    told = PngInfo()
    for word, text in (
        ("Title", drawing.title),
        ("Description", drawing.description),
        ("Source", drawing.link),
        ("Software", f"hip-thrust-visualizer {__version__}"),
    ):
        if text:
            told.add_itxt(word, text, drawing.language)
    return told


PICTURE_FILES: Mapping[str, Writer[Drawing]] = {
    ".png": _write_png,
    ".svg": lambda stream, drawing, tell=go_on: stream.write(svg_bytes(drawing)),
    ".pdf": lambda stream, drawing, tell=go_on: stream.write(pdf_bytes(drawing, tell)),
}


def picture_file_of(path: Path) -> Writer[Drawing] | None:
    """Return what writes a file with such a name, None where its end is none that is known."""
    return by_ending(path, PICTURE_FILES)
