"""Pictures as PNG files, with the scene's display list painted over them by Pillow."""

from __future__ import annotations

import math
from pathlib import Path

from PIL import Image, ImageColor, ImageDraw

from visualizer.export.lettering import draw_text
from visualizer.export.output import write_output
from visualizer.scene.overlay import Overlay
from visualizer.scene.request import RenderedView

__all__ = ["bare_image", "few_colours", "paint", "to_image", "write_png"]

# lines and shapes are drawn this much larger and scaled down, since Pillow does not smooth them
_SMOOTH = 3


def bare_image(view: RenderedView) -> Image.Image:
    """Return a picture as an RGB image, without what is painted over it."""
    return Image.fromarray(view.picture.pixels[..., 2::-1].copy(), "RGB")


def to_image(view: RenderedView) -> Image.Image:
    """Return a picture as an RGB image, its overlay and legend painted over it."""
    image = bare_image(view)
    for overlay in (view.overlay, view.legend):
        paint(image, overlay)
    return image


def paint(image: Image.Image, overlay: Overlay) -> None:
    """Paint a display list over an image, in place."""
    overlay = overlay.plain
    room = _extent(overlay, image.size)
    if room is not None:
        small = _shapes(overlay, room)
        if image.mode == "RGBA":
            image.alpha_composite(small, room[:2])
        else:
            image.paste(small, room[:2], small)
    draw = ImageDraw.Draw(image)
    anchors = {"left": "lm", "centre": "mm", "right": "rm"}
    for text in overlay.texts:
        draw_text(
            draw, (text.x, text.y), text.text, round(text.size_px), text.colour,
            anchors[text.align],
        )  # fmt: skip


def _extent(overlay: Overlay, size: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """Return left, top, right and bottom of all but texts in an image, pixels; None for none."""
    bounds = overlay.bounds
    if bounds[0] == bounds[2]:
        return None
    left, top = (math.floor(edge) - 1 for edge in bounds[:2])
    right, bottom = (math.ceil(edge) + 1 for edge in bounds[2:])
    room = max(left, 0), max(top, 0), min(right, size[0]), min(bottom, size[1])
    return room if room[0] < room[2] and room[1] < room[3] else None


def _shapes(overlay: Overlay, room: tuple[int, int, int, int]) -> Image.Image:
    """Return boxes, strokes, shapes and discs on a transparent image of so much of the picture."""
    s, (left, top, right, bottom) = _SMOOTH, room
    layer = Image.new("RGBA", ((right - left) * s, (bottom - top) * s), (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)

    def at(x: float, y: float) -> tuple[float, float]:
        return x * s - left * s, y * s - top * s

    for shape in overlay.ground:
        draw.polygon([at(x, y) for x, y in shape.points], fill=shape.colour)
    for box in overlay.boxes:
        far = at(box.x + box.width, box.y + box.height)
        corners = (*at(box.x, box.y), far[0] - 1.0, far[1] - 1.0)
        fill = (*ImageColor.getrgb(box.colour), round(255 * box.opacity))
        draw.rounded_rectangle(corners, box.radius_px * s, fill)
    for stroke in overlay.strokes:
        points = [at(x, y) for x, y in stroke.points]
        draw.line(points, fill=stroke.colour, width=round(stroke.width_px * s), joint="curve")
    for shape in overlay.shapes:
        draw.polygon([at(x, y) for x, y in shape.points], fill=shape.colour)
    for disc in overlay.discs:
        for radius, colour in (
            (disc.radius_px + disc.rim_px, disc.rim_colour),
            (disc.radius_px, disc.colour),
        ):
            (x, y), r = at(disc.x, disc.y), radius * s
            draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)
    return layer.resize((right - left, bottom - top), Image.Resampling.BOX)


def few_colours(image: Image.Image, colours: int) -> Image.Image:
    """Return a picture with a palette in which what is small keeps its colour, too.

    A median cut spends the palette on what is large: a muscle of which little shows, and the disc
    on it, then take the colour of muscles about which nothing is stated.

    Parameters
    ----------
    image : Image
        In RGB.
    colours : int
        How many the palette may have, at most 256.
    """
    return image.quantize(colours, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)


def write_png(image: Image.Image, path: Path) -> None:
    """Write an image to a PNG file, whole or not at all.

    Raises
    ------
    VisualizerError
        When the file cannot be written.
    """
    write_output(path, lambda stream: image.save(stream, "PNG", compress_level=4))
