"""The marks on the muscles: letter of the role and arrows of the contraction.

Where they go is found in the picture that was drawn, see :mod:`visualizer.scene.spots`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from visualizer.catalog.variation import Contraction, Role
from visualizer.scene.overlay import Disc, Overlay, Stroke, Text
from visualizer.scene.palette import ROLE_STYLES
from visualizer.scene.spots import Spot

__all__ = ["badge_px", "marks"]


def marks(spots: Sequence[Spot], height_px: int) -> Overlay:
    """Return the letters and arrows for the spots, sized for a picture ``height_px`` high."""
    lines: list[_Points] = []
    texts: list[Text] = []
    discs: list[Disc] = []
    taken: list[tuple[_Point, _Point]] = []  # the ends of the marks that are already there
    scale = _scale(height_px)
    for spot in sorted(spots, key=lambda s: _ORDER[s.marked.role]):
        size = _SIZES[spot.marked.role] * scale
        # on a sliver a smaller badge leaves room for its arrows, and shows more of the muscle
        room = sum(spot.reach_px) / 2.0 - (_SHORTEST + _TO_RIM) * scale
        size *= min(max(room / (_RADIUS * size), _SMALLEST), 1.0)
        radius = _RADIUS * size
        along = float(spot.along[0]), float(spot.along[1])
        centre, ends = _placed(spot, along, radius + _SHORTEST * scale, _TO_RIM * scale)
        longest = radius + 53.0 * scale
        ends = min(ends[0], longest), min(ends[1], longest)
        if any(_distance(centre, a, b) < 2.1 * radius for a, b in taken):
            continue
        taken.append((_beyond(centre, along, -ends[0]), _beyond(centre, along, ends[1])))
        style = ROLE_STYLES[spot.marked.role]
        discs.append(Disc(*centre, radius, style.colour, _RIM * size, "#FFFFFF"))
        texts.append(Text(*centre, style.letter, 21 * size, "#FFFFFF", bold=True))
        for sign, end in zip((-1.0, 1.0), ends, strict=True):
            if end > 0.0:
                way = along[0] * sign, along[1] * sign
                start = radius + 5 * scale
                lines += _arrow(spot.marked.contraction, centre, way, start, end, scale)
    # white with a dark casing, which is painted first
    strokes = [Stroke(points, "#201A17", 6.6 * scale, blunt=True) for points in lines]
    strokes += [Stroke(points, "#FFFFFF", 3.6 * scale, blunt=True) for points in lines]
    return Overlay(tuple(strokes), tuple(texts), tuple(discs))


def badge_px(height_px: int) -> float:
    """Return half of the largest badge with its rim, pixels."""
    return (_RADIUS + _RIM) * max(_SIZES.values()) * _scale(height_px)


def _scale(height_px: int) -> float:
    return max(height_px / 1080, 0.45)


def _placed(
    spot: Spot, along: _Point, least: float, rim: float
) -> tuple[_Point, tuple[float, float]]:
    """Return where a badge goes, and how far its two arrows may reach; 0 and 0 for none.

    An arrow may not leave its muscle, nor be too short to be one, and one alone would say "that
    way": where only one has room the badge moves along the fibres until both have.
    """
    against, ahead = (reach - rim for reach in spot.reach_px)
    if min(against, ahead) >= least:
        return (spot.x, spot.y), (against, ahead)
    both = (against + ahead) / 2.0
    if both < least:
        return (spot.x, spot.y), (0.0, 0.0)
    return _beyond((spot.x, spot.y), along, ahead - both), (both, both)


_ORDER = {role: k for k, role in enumerate(Role)}
# Radius of a badge and width of its rim for a picture 1080 pixels high, times a share by role: the
# first glance falls on the prime mover, from the back row, too.
_RADIUS, _RIM = 17.0, 2.2
# The least share of its size that a badge keeps where there is little room, the shortest arrow, and
# how far arrows stay from the rim.
_SMALLEST, _SHORTEST, _TO_RIM = 0.7, 15.0, 3.0
_SIZES = {Role.PRIME_MOVER: 1.45, Role.SYNERGIST: 1.2, Role.STABILIZER: 1.0}
# A few points only: numpy would cost more than it spares.
_Point = tuple[float, float]
_Points = tuple[_Point, ...]


def _beyond(start: _Point, way: _Point, far: float) -> _Point:
    return start[0] + way[0] * far, start[1] + way[1] * far


def _distance(point: _Point, a: _Point, b: _Point) -> float:
    """Return the distance of a point from the stretch between two others."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    px, py = point[0] - a[0], point[1] - a[1]
    share = min(max((px * dx + py * dy) / max(dx * dx + dy * dy, 1e-9), 0.0), 1.0)
    return math.hypot(px - share * dx, py - share * dy)


def _arrow(
    contraction: Contraction, centre: _Point, d: _Point, start: float, end: float, scale: float
) -> list[_Points]:
    """Return the lines of one half of a contraction's mark, in direction ``d``."""
    head = 9.0 * scale
    n = -d[1], d[0]
    near, far = _beyond(centre, d, start), _beyond(centre, d, end)
    if contraction is Contraction.ISOMETRIC:
        # ⊢ ⊣: a bar across the outer end
        return [(near, far), (_beyond(far, n, -head), _beyond(far, n, head))]
    inward = contraction is Contraction.CONCENTRIC
    tip, tail, back = (near, far, head) if inward else (far, near, -head)
    foot = _beyond(tip, d, back)
    return [(tail, tip), (_beyond(foot, n, 0.8 * head), tip, _beyond(foot, n, -0.8 * head))]
