"""Pictures as PNG files, with the scene's display list painted over them by Pillow."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

from visualizer.errors import VisualizerError
from visualizer.export.lettering import draw_text
from visualizer.files import write_whole
from visualizer.scene.overlay import Overlay
from visualizer.scene.request import RenderedView

__all__ = ["paint", "to_image", "write_png"]

# lines and shapes are drawn this much larger and scaled down, since Pillow does not smooth them
_SMOOTH = 3


def to_image(view: RenderedView) -> Image.Image:
    """Return a picture as an RGB image, its overlay painted over it."""
    bgra = view.picture.pixels
    image = Image.fromarray(bgra[..., 2::-1].copy(), "RGB")
    if view.overlay != Overlay():
        paint(image, view.overlay)
    return image


def paint(image: Image.Image, overlay: Overlay) -> None:
    """Paint a display list over an image, in place."""
    width, height = image.size
    if overlay.strokes or overlay.discs:
        s = _SMOOTH
        layer = Image.new("RGBA", (width * s, height * s), (0, 0, 0, 0))
        draw = ImageDraw.Draw(layer)
        for stroke in overlay.strokes:
            points = [(x * s, y * s) for x, y in stroke.points]
            draw.line(points, fill=stroke.colour, width=round(stroke.width_px * s), joint="curve")
        for disc in overlay.discs:
            for radius, colour in (
                (disc.radius_px + disc.rim_px, disc.rim_colour),
                (disc.radius_px, disc.colour),
            ):
                x, y, r = disc.x * s, disc.y * s, radius * s
                draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)
        small = layer.resize((width, height), Image.Resampling.BOX)
        image.paste(small, (0, 0), small)
    draw = ImageDraw.Draw(image)
    anchors = {"left": "lm", "centre": "mm", "right": "rm"}
    for text in overlay.texts:
        draw_text(
            draw, (text.x, text.y), text.text, round(text.size_px), text.colour,
            anchors[text.align],
        )  # fmt: skip


def write_png(image: Image.Image, path: Path) -> None:
    """Write an image to a PNG file, whole or not at all.

    Raises
    ------
    VisualizerError
        When the file cannot be written.
    """
    try:
        write_whole(path, lambda stream: image.save(stream, "PNG", compress_level=4))
    except OSError as error:
        reason = error.strerror or str(error)
        raise VisualizerError(f"{path}: the picture cannot be written: {reason}") from None
