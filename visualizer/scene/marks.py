"""The marks on the muscles: letter of the role and arrows of the contraction.

Where they stand is found in the picture that was drawn, see :mod:`visualizer.scene.spots` and
:mod:`visualizer.scene.placing`. Arrows are shapes, not lines, so that they read from the back row
and in a picture of a sixth of the size: filled and inwards while a muscle shortens, open and
outwards while it lengthens, a bar at either end while it holds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from visualizer.analysis.dispute import DISPUTED_SIGN
from visualizer.catalog.variation import Contraction, Role
from visualizer.scene.overlay import Box, Disc, Overlay, Shape, Stroke, Text
from visualizer.scene.palette import ROLE_STYLES
from visualizer.scene.placing import Placed, Point
from visualizer.scene.sizes import LEAST_LETTER_PX, MarkSizes

__all__ = ["marks"]

_WHITE, _CASING, _HOLLOW = "#FFFFFF", "#201A17", "#4A2A1C"
# Stabilizers' marks are quiet: a blue between their muscles' and their role's, without a casing.
_QUIET = "#4E81AE"
# Half of a shaft, length and half width of a head, half of a bar, casing; 1080 pixels high.
_SHAFT, _HEAD, _WING, _BAR, _CASE = 3.0, 17.0, 11.0, 10.0, 1.8
_FIGURE = 0.9  # height of a figure's digits, of the radius of the largest badge
_FINE_PX = 0.25  # arrows are as long as a multiple of this: equal ones are made once


def marks(placed: Sequence[Placed], sizes: MarkSizes) -> Overlay:
    """Return the letters and arrows."""
    strokes: list[Stroke] = []
    shapes: list[Shape] = []
    discs: list[Disc] = []
    texts: list[Text] = []
    boxes: list[Box] = []
    scale = sizes.scale
    for mark in placed:
        if mark.marked.said:
            plate, figure = _figure(mark, sizes)
            boxes.append(plate)
            texts.append(figure)
            continue
        role = mark.marked.role
        radius, style, letter_px = sizes.radius_px(role), ROLE_STYLES[role], sizes.letter_px(role)
        quiet = role is Role.STABILIZER
        centre = mark.x, mark.y
        if mark.tip is not None:
            line = mark.tip, centre
            strokes.append(Stroke(line, _WHITE, 5.0 * scale, blunt=True))
            strokes.append(Stroke(line, style.colour, 2.6 * scale, blunt=True))
            discs.append(Disc(*mark.tip, 4.0 * scale, style.colour, 1.6 * scale, _WHITE))
        colour = _QUIET if quiet else style.colour
        discs.append(Disc(*centre, radius, colour, sizes.rim_px(role), _WHITE))
        if letter_px is not None:
            texts.append(Text(*centre, style.letter, letter_px, _WHITE, bold=True))
        shapes += _arrows(mark, sizes.arrow(role), radius + 4.0 * scale)
        if mark.marked.disputed and 0.95 * radius >= LEAST_LETTER_PX:
            at = mark.x + 0.85 * radius, mark.y - 0.85 * radius
            discs.append(Disc(*at, 0.52 * radius, _WHITE, 1.4 * scale, _CASING))
            texts.append(Text(*at, DISPUTED_SIGN, 0.95 * radius, _CASING, bold=True))
    return Overlay(tuple(strokes), tuple(texts), tuple(discs), tuple(boxes), tuple(shapes))


def _figure(mark: Placed, sizes: MarkSizes) -> tuple[Box, Text]:
    """Return a figure on a small plate, without a hue: the muscle has the colour."""
    high = _FIGURE * sizes.radius_px(Role.PRIME_MOVER)
    wide = (0.5 + 0.62 * len(mark.marked.said)) * high
    box = Box(mark.x - wide / 2, mark.y - 0.62 * high, wide, 1.24 * high, 0.3 * high, _WHITE, 0.88)
    return box, Text(mark.x, mark.y, mark.marked.said, high, _CASING, bold=True)


def _arrows(mark: Placed, scale: float, start: float) -> list[Shape]:
    """Return both halves of a mark's arrows; ``start`` is where they begin beside the badge."""
    back, ahead = (round(end / _FINE_PX) * _FINE_PX for end in mark.ends_px)
    quiet = mark.marked.role is Role.STABILIZER
    points, cuts, colours = _pair(mark.marked.contraction, start, back, ahead, scale, quiet)
    c, s = mark.along
    placed = points @ np.array([[c, s], [-s, c]]) + (mark.x, mark.y)
    corners = [(x, y) for x, y in placed.tolist()]
    return [
        Shape(tuple(corners[first:last]), colour)
        for (first, last), colour in zip(pairwise(cuts), colours, strict=True)
    ]


@lru_cache(maxsize=512)
def _pair(
    contraction: Contraction, start: float, back: float, ahead: float, scale: float, quiet: bool
) -> tuple[NDArray[np.float64], tuple[int, ...], tuple[str, ...]]:
    """Return the outlines of two arrows from ``start`` to the left and right of (0, 0).

    Returns
    -------
    points : (N, 2) ndarray
        Their corners, one outline after the other.
    cuts : tuple of int
        Where each outline begins, and N.
    colours : tuple of str
        One for each outline.
    """
    outlines: list[tuple[list[Point], str]] = []
    for sign, end in ((-1.0, back), (1.0, ahead)):
        outline = [(sign * x, sign * y) for x, y in _arrow(contraction, start, end, scale)]
        if quiet:
            outlines.append((outline, _QUIET))
            continue
        outlines += [(_offset(outline, _CASE * scale), _CASING), (outline, _WHITE)]
        if contraction is Contraction.ECCENTRIC:
            outlines.append((_offset(outline, -1.9 * scale), _HOLLOW))
    points = np.array([corner for outline, _ in outlines for corner in outline])
    cuts = tuple(accumulate((len(outline) for outline, _ in outlines), initial=0))
    return points, cuts, tuple(colour for _, colour in outlines)


def _arrow(contraction: Contraction, near: float, far: float, scale: float) -> list[Point]:
    """Return one half of a contraction's mark, from ``near`` to ``far`` to the right of (0, 0)."""
    half, wing = _SHAFT * scale, _WING * scale
    if contraction is Contraction.ISOMETRIC:
        foot, bar = far - 2.0 * half, _BAR * scale
        return [
            (near, half), (foot, half), (foot, bar), (far, bar),
            (far, -bar), (foot, -bar), (foot, -half), (near, -half),
        ]  # fmt: skip
    head = min(_HEAD * scale, 0.7 * (far - near))
    inward = contraction is Contraction.CONCENTRIC
    tip, tail, foot = (near, far, near + head) if inward else (far, near, far - head)
    return [
        (tail, half), (foot, half), (foot, wing), (tip, 0.0),
        (foot, -wing), (foot, -half), (tail, -half),
    ]  # fmt: skip


def _offset(points: Sequence[Point], by: float) -> list[Point]:
    """Return a polygon whose sides lie ``by`` farther out, its corners mitred."""
    following = [*points[1:], points[0]]
    area = sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, following, strict=True))
    sign, out = math.copysign(1.0, area), []
    for k, (p, b) in enumerate(zip(points, following, strict=True)):
        a = points[k - 1]
        u, v = (p[0] - a[0], p[1] - a[1]), (b[0] - p[0], b[1] - p[1])
        lu, lv = math.hypot(*u) or 1.0, math.hypot(*v) or 1.0
        mx = sign * (u[1] / lu + v[1] / lv)
        my = -sign * (u[0] / lu + v[0] / lv)
        share = by / max((mx * mx + my * my) / 2.0, 0.25)
        out.append((p[0] + mx * share, p[1] + my * share))
    return out
