"""Pictures as SVG: the body as an image; names, marks and legend as vectors and text."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element, SubElement, register_namespace

from visualizer.export.drawing import Drawing
from visualizer.export.lettering import text_width
from visualizer.export.writable import xml_bytes
from visualizer.scene.overlay import Overlay

__all__ = ["svg_bytes"]

_SVG, _LINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
# A reader may have another font: its letters are made as wide as ours, so that all fits.
_ANCHORS = {"left": "start", "centre": "middle", "right": "end"}
# From a text's middle down to its base line, shares of its height.
_BASE = 0.35
_FONTS = "Inter, Aileron, Helvetica, Arial, sans-serif"
_DIGITS = 2

register_namespace("", _SVG)
register_namespace("xlink", _LINK)


def svg_bytes(drawing: Drawing) -> bytes:
    """Return the content of an SVG file.

    Parameters
    ----------
    drawing : Drawing
        The picture.
    """
    width, height = drawing.body.size
    root = _element("svg", width=width, height=height, viewBox=f"0 0 {width} {height}", role="img")
    root.set("xml:lang", drawing.language)
    root.set("aria-labelledby", "title description")
    for tag, text in (("title", drawing.title), ("desc", drawing.description)):
        said = SubElement(root, f"{{{_SVG}}}{tag}")
        said.set("id", "title" if tag == "title" else "description")
        said.text = text
    image = _element("image", x=0, y=0, width=width, height=height)
    image.set(f"{{{_LINK}}}href", "data:image/png;base64,")
    root.append(image)
    for overlay in drawing.overlays:
        root.extend(_painted(overlay))
    made = xml_bytes(root, indented=False)
    stream = io.BytesIO()
    drawing.body.save(stream, "PNG", optimize=True)
    # long as it is and without a letter to mind, it would only be looked through again and again
    before = b"data:image/png;base64,"
    at = made.index(before, made.index(b"<image ")) + len(before)
    return b"".join((made[:at], base64.b64encode(stream.getvalue()), made[at:]))


def _painted(overlay: Overlay) -> Iterable[Element]:
    """Yield what an overlay is made of, in the order in which it is painted."""
    overlay = overlay.plain
    for shape in overlay.ground:
        yield _element("polygon", points=_points(shape.points), fill=shape.colour)
    for box in overlay.boxes:
        yield _element(
            "rect", x=box.x, y=box.y, width=box.width, height=box.height, rx=box.radius_px,
            fill=box.colour, fill_opacity=box.opacity,
        )  # fmt: skip
    for stroke in overlay.strokes:
        ends, joins = ("butt", "miter") if stroke.blunt else ("round", "round")
        yield _element(
            "polyline", points=_points(stroke.points), fill="none", stroke=stroke.colour,
            stroke_width=stroke.width_px, stroke_linecap=ends, stroke_linejoin=joins,
        )  # fmt: skip
    for shape in overlay.shapes:
        yield _element("polygon", points=_points(shape.points), fill=shape.colour)
    for disc in overlay.discs:
        yield _element(
            "circle", cx=disc.x, cy=disc.y, r=disc.radius_px + disc.rim_px / 2.0,
            fill=disc.colour, stroke=disc.rim_colour, stroke_width=disc.rim_px,
        )  # fmt: skip
    for text in overlay.texts:
        made = _element(
            "text", x=text.x, y=text.y + _BASE * text.size_px, font_size=text.size_px,
            font_family=_FONTS, font_weight=600 if text.bold else 400, fill=text.colour,
            text_anchor=_ANCHORS[text.align], lengthAdjust="spacingAndGlyphs",
            textLength=text_width(text.text, text.size_px),
        )  # fmt: skip
        made.text = text.text
        yield made


def _points(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _element(tag: str, **attributes: str | float) -> Element:
    named = {
        name.replace("_", "-"): value if isinstance(value, str) else _number(value)
        for name, value in attributes.items()
    }
    return Element(f"{{{_SVG}}}{tag}", named)


def _number(value: float) -> str:
    return f"{round(value, _DIGITS) + 0.0:.{_DIGITS}f}".rstrip("0").rstrip(".")
