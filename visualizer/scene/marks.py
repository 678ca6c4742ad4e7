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

from visualizer.analysis.dispute import DISPUTED_SIGN
from visualizer.catalog.variation import Contraction, Role
from visualizer.scene.overlay import Box, Disc, Motif, Overlay, Shape, Stamp, Stroke, Text
from visualizer.scene.palette import ROLE_STYLES
from visualizer.scene.placing import Placed, Point
from visualizer.scene.sizes import MarkSizes

__all__ = ["marks"]

_WHITE, _CASING, _HOLLOW = "#FFFFFF", "#201A17", "#4A2A1C"
# Stabilizers' marks are quiet: a blue between their muscles' and their role's, without a casing.
_QUIET = "#4E81AE"
# Half of a shaft, length and half width of a head, half of a bar, casing; 1080 pixels high.
_SHAFT, _HEAD, _WING, _BAR, _CASE = 3.0, 17.0, 11.0, 10.0, 1.8
_ROUND_SIGN = 0.55  # radius of the disc behind the sign of doubt, against the sign's height
_FINE_PX = 0.25  # arrows are as long as a multiple of this: equal ones are made once


def marks(placed: Sequence[Placed], sizes: MarkSizes) -> Overlay:
    """Return the letters and arrows."""
    strokes: list[Stroke] = []
    arrows: list[Stamp] = []
    badges: list[Stamp] = []
    for mark in placed:
        marked = mark.marked
        if marked.said:
            badges.append(Stamp(_figure(marked.said, *sizes.plate_px), mark.x, mark.y))
            continue
        role, tip = marked.role, mark.tip
        scale = sizes.scale_of(role)
        if tip is not None:
            line, colour = (tip, (mark.x, mark.y)), ROLE_STYLES[role].colour
            strokes.append(Stroke(line, _WHITE, 5.0 * scale, blunt=True))
            strokes.append(Stroke(line, colour, 2.6 * scale, blunt=True))
            badges.append(Stamp(_tip(colour, scale), *tip))
        badges.append(Stamp(_badge(role, sizes, marked.disputed), mark.x, mark.y))
        back, ahead = mark.ends_px
        pair = _pair(
            marked.contraction, sizes.radius_px(role) + 4.0 * scale,
            round(back / _FINE_PX) * _FINE_PX, round(ahead / _FINE_PX) * _FINE_PX,
            sizes.arrow(role), role is Role.STABILIZER,
        )  # fmt: skip
        arrows.append(Stamp(pair, mark.x, mark.y, mark.along))
    return Overlay(tuple(strokes), stamps=(*arrows, *badges))


@lru_cache(maxsize=64)
def _figure(said: str, high: float, plate: float) -> Motif:
    """Return a figure on a small plate, without a hue: the muscle has the colour."""
    wide = (0.5 + 0.62 * len(said)) * high
    box = Box(-wide / 2, -plate / 2, wide, plate, 0.3 * high, _WHITE)
    return Motif(Overlay(texts=(Text(0.0, 0.0, said, high, _CASING, bold=True),), boxes=(box,)))


@lru_cache(maxsize=16)
def _tip(colour: str, scale: float) -> Motif:
    """Return the dot on a muscle to which a mark's leader leads."""
    return Motif(Overlay(discs=(Disc(0.0, 0.0, 4.0 * scale, colour, 1.6 * scale, _WHITE),)))


@lru_cache(maxsize=32)
def _badge(role: Role, sizes: MarkSizes, disputed: bool) -> Motif:
    """Return a role's badge with its letter, and the sign of doubt on it."""
    radius, letter_px, style = sizes.radius_px(role), sizes.letter_px(role), ROLE_STYLES[role]
    colour = _QUIET if role is Role.STABILIZER else style.colour
    discs = [Disc(0.0, 0.0, radius, colour, sizes.rim_px(role), _WHITE)]
    texts = []
    if letter_px is not None:
        texts.append(Text(0.0, 0.0, style.letter, letter_px, _WHITE, bold=True))
    sign_px = sizes.sign_px(role) if disputed else None
    if sign_px is not None:
        at = 0.85 * radius, -0.85 * radius
        discs.append(Disc(*at, _ROUND_SIGN * sign_px, _WHITE, 1.4 * sizes.scale, _CASING))
        texts.append(Text(*at, DISPUTED_SIGN, sign_px, _CASING, bold=True))
    return Motif(Overlay(texts=tuple(texts), discs=tuple(discs)))


@lru_cache(maxsize=512)
def _pair(
    contraction: Contraction, start: float, back: float, ahead: float, scale: float, quiet: bool
) -> Motif:
    """Return two arrows from ``start`` to the left and right of (0, 0)."""
    outlines = [
        [(sign * x, sign * y) for x, y in _arrow(contraction, start, end, scale)]
        for sign, end in ((-1.0, back), (1.0, ahead))
    ]
    layers = [(0.0, _QUIET)] if quiet else [(_CASE * scale, _CASING), (0.0, _WHITE)]
    if contraction is Contraction.ECCENTRIC and not quiet:
        layers.append((-1.9 * scale, _HOLLOW))
    # both arrows in one colour and then in the next, so that the window fills them together
    shapes = [
        Shape(tuple(_offset(outline, by) if by else outline), colour)
        for by, colour in layers
        for outline in outlines
    ]
    return Motif(Overlay(shapes=tuple(shapes)), turns=True)


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
