"""The picture of two bodies that are compared: side by side, or one as an outline over the other.

As on the stage, one camera sees both, so that what is larger in the picture is larger; each has its
name above it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from PIL import Image, ImageColor

from visualizer.exercise.repetition import Repetition
from visualizer.export.drawing import Drawing, draw
from visualizer.export.lettering import text_width
from visualizer.export.picture import Pictures
from visualizer.render import Camera
from visualizer.scene.body_outline import opacity_of
from visualizer.scene.both import BothBodies
from visualizer.scene.doubt import explained, signs_of
from visualizer.scene.framing import Canvas, home_camera
from visualizer.scene.legend import in_corner, legend
from visualizer.scene.overlay import Overlay, Stroke, Text
from visualizer.scene.palette import theme
from visualizer.scene.request import BARE, RenderedView, RenderRequest, SceneOptions
from visualizer.scene.spots import SpotKeeper
from visualizer.texts import tr

__all__ = ["ComparedBody", "can_overlay", "draw_compared", "size_of_each"]

# Names above two bodies, and the band in which they stand, as shares of the picture's height.
_NAME_SHARE, _BAND_SHARE = 0.035, 0.08
_OUTLINED_BAND_SHARE = 0.12
# The outline's soft edge in shares of the height, and how wide it may get.
_LINE_SHARE, _WIDEST_PX = 1.0 / 216.0, 15


@dataclass(frozen=True)
class ComparedBody:
    """One of two bodies.

    Attributes
    ----------
    pictures : Pictures
        Draws it.
    repetition : Repetition
        What it does.
    request : RenderRequest
        What is shown of it, in the size that :func:`size_of_each` says.
    name : str
        What stands above it; empty for the name of its variation.
    keeper : SpotKeeper or None
        Holds its marks on their places from picture to picture of a film.
    """

    pictures: Pictures
    repetition: Repetition
    request: RenderRequest
    name: str = ""
    keeper: SpotKeeper | None = None

    def view(self, request: RenderRequest) -> RenderedView:
        """Return a picture of it, and what is painted over it."""
        return self.pictures.view(request, self.keeper)


def can_overlay(first: Repetition, second: Repetition) -> bool:
    """Return whether two do the same lift: over one who lies, one who stands tells nothing."""
    return first.variation.lift is second.variation.lift


def size_of_each(size: tuple[int, int], *, overlaid: bool) -> tuple[int, int]:
    """Return the size of each body's picture within one of a size, pixels."""
    width, height = size
    return (width if overlaid else width // 2), height - _band_px(height, overlaid=overlaid)


def _band_px(height: int, *, overlaid: bool) -> int:
    return round((_OUTLINED_BAND_SHARE if overlaid else _BAND_SHARE) * height)


def draw_compared(
    first: ComparedBody,
    second: ComparedBody,
    size: tuple[int, int],
    *,
    overlaid: bool = False,
    transparent: bool = False,
    name_share: float = _NAME_SHARE,
) -> Drawing:
    """Return the picture of both.

    Parameters
    ----------
    first, second : ComparedBody
        The bodies; colours, marks and names of the second are shown where it stands beside.
    size : (int, int)
        Width and height of the whole, pixels.
    overlaid : bool
        Whether the second is an outline over the first.
    transparent : bool
        Whether the ground is left out.
    name_share : float
        Height of the names' letters as a share of the picture's.
    """
    camera = _shared_camera(first, second)
    one, other = (_seen_by(camera, body, _legend_px(first)) for body in (first, second))
    shown: list[RenderedView] = []

    def view(request: RenderRequest) -> RenderedView:
        shown.append(one.view(request))
        return shown[-1]

    signs = _signs_of(one) or (() if overlaid else _signs_of(other))
    one = replace(one, request=explained(one.request, signs))
    left = _named(draw(view, one.request, one.repetition, transparent=transparent), one.name)
    # one legend is enough, but a scale tells of one body's moment
    bare = other.request
    if overlaid or bare.options.channel is None:
        bare = replace(bare, layers=replace(bare.layers, legend=None))
    right = _named(draw(other.view, bare, other.repetition, transparent=transparent), other.name)
    if overlaid:
        _outline(left.body, shown[0], other)
    letters_px = name_share * size[1]
    return _put_together(left, right, one.request, size, letters_px, overlaid=overlaid)


def _signs_of(body: ComparedBody) -> tuple[tuple[str, str], ...]:
    """Return the signs that a body's picture bears, or those that it is said to."""
    room = body.request.layers.legend
    said = None if room is None else room.signs
    return signs_of(body.request, body.repetition) if said is None else said


def _named(drawing: Drawing, name: str) -> Drawing:
    return replace(drawing, title=name) if name else drawing


def _shared_camera(first: ComparedBody, second: ComparedBody) -> Camera | None:
    """Return the camera that holds both; None for the chart, which needs none."""
    request = first.request
    if request.chart:
        return None
    if isinstance(request.camera, Camera):
        return request.camera
    both = BothBodies(first.pictures.stage, second.pictures.stage, lambda: second.request.instant)
    layers, below_px = request.layers, _legend_px(first)
    labels = layers.labels and replace(layers.labels, below_px=below_px)
    frame = Canvas(request.size, labels.above_px if labels else 0.0, below_px)
    return home_camera(both, request.camera, frame, request.instant, request.options.focus, labels)


def _legend_px(body: ComparedBody) -> float:
    """Return how much of the first body's picture the legend covers, pixels."""
    request = body.request
    room = request.layers.legend
    if room is None:
        return 0.0
    return in_corner(legend(room, theme(request.options.theme)), room, request.size)[1]


def _seen_by(camera: Camera | None, body: ComparedBody, below_px: float) -> ComparedBody:
    """Return a body before a camera, the arrow of the load clear of the legend."""
    if camera is None:
        return body
    above_px, _, left_px = body.request.layers.edges_px
    layers = replace(body.request.layers, edges_px=(above_px, below_px, left_px))
    return replace(body, request=replace(body.request, camera=camera, layers=layers))


def _outline(body: Image.Image, first: RenderedView, second: ComparedBody) -> None:
    """Draw the outline of the second body over the picture of the first one, in place."""
    request = second.request
    # nothing but the shape is looked at
    options = SceneOptions(request.options.theme, swelling=False, skin=False)
    part = second.pictures.view(replace(request, options=options, layers=BARE)).picture.part
    inside = (part >= 0) & (part < second.pictures.stage.body_parts)
    reach = min(max(round(_LINE_SHARE * request.size[1]) // 2 * 2 + 1, 3), _WIDEST_PX)
    opacity = opacity_of(inside, first.picture.part >= 0, reach)
    ink = (*ImageColor.getrgb(theme(request.options.theme).text)[:3],)
    if body.mode == "RGBA":
        line = Image.new("RGBA", body.size, (*ink, 0))
        line.putalpha(Image.fromarray(opacity))
        body.alpha_composite(line)
    else:
        body.paste(Image.new("RGB", body.size, ink), (0, 0), Image.fromarray(opacity))


def _put_together(
    first: Drawing,
    second: Drawing,
    request: RenderRequest,
    size: tuple[int, int],
    letters_px: float,
    *,
    overlaid: bool,
) -> Drawing:
    """Return one drawing with the names above it."""
    look, height = theme(request.options.theme), size[1]
    band_px = _band_px(height, overlaid=overlaid)
    wide = first.body.width
    mode = first.body.mode
    body = Image.new(mode, size, (0, 0, 0, 0) if mode == "RGBA" else look.panel)
    body.paste(first.body, (0, band_px))
    overlays = [o.moved(0, band_px) for o in first.overlays]
    names = Overlay()
    if overlaid:
        for row, title in enumerate((first.title, second.title)):
            y = band_px * (2 * row + 1) / 4.0
            lead = 1.3 * letters_px * row
            names += _name(title, letters_px + lead, y, letters_px, wide - lead, look.text)
        side, y = 0.7 * letters_px, 0.75 * band_px
        corners = [(0.0, -0.5), (1.0, -0.5), (1.0, 0.5), (0.0, 0.5), (0.0, -0.5)]
        square = tuple((letters_px + side * x, y + side * down) for x, down in corners)
        names += Overlay((Stroke(square, look.text, max(letters_px / 9.0, 1.5)),))
    else:
        body.paste(second.body, (wide, band_px))
        overlays += [o.moved(wide, band_px) for o in second.overlays]
        for x, title in ((0.0, first.title), (float(wide), second.title)):
            names += _name(title, x + letters_px, band_px / 2.0, letters_px, wide, look.text)
    title = tr("{first} and {second}").format(first=first.title, second=second.title)
    words = f"{first.description} {second.description}"
    return Drawing(body, (*overlays, names), title, words, first.language)


def _name(text: str, x: float, y: float, letters_px: float, room_px: float, ink: str) -> Overlay:
    """Return a name, in smaller letters where there is little room."""
    wide = np.ceil(text_width(text, letters_px))
    fit = min(1.0, (room_px - 2.0 * letters_px) / max(wide, 1.0))
    return Overlay(texts=(Text(x, y, text, max(letters_px * fit, 8.0), ink, "left", bold=True),))
