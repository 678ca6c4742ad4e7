"""The marks on the muscles: letter of the role and arrows of the contraction.

Where they go is found in the picture that was drawn, see :mod:`visualizer.scene.spots`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from visualizer.exercise.variation import Contraction, Role
from visualizer.scene.overlay import Disc, Overlay, Stroke, Text
from visualizer.scene.palette import ROLE_STYLES
from visualizer.scene.spots import Spot

__all__ = ["marks"]

Array = NDArray[np.float64]


def marks(spots: Sequence[Spot], height_px: int) -> Overlay:
    """Return the letters and arrows for the spots, sized for a picture ``height_px`` high."""
    lines: list[_Points] = []
    texts: list[Text] = []
    discs: list[Disc] = []
    taken: list[tuple[_Point, _Point]] = []  # the ends of the marks that are already there
    scale = max(height_px / 1080, 0.45)
    for spot in sorted(spots, key=lambda s: _ORDER[s.marked.role]):
        radius = 17.0 * scale
        # an arrow may not leave its muscle, nor be too short to be one
        ends = [min(70.0 * scale, r - 3.0 * scale) for r in spot.reach_px]
        ends = [end if end > radius + 15.0 * scale else 0.0 for end in ends]
        centre = spot.x, spot.y
        if any(_distance(centre, a, b) < 2.1 * radius for a, b in taken):
            continue
        along = float(spot.along[0]), float(spot.along[1])
        taken.append((_beyond(centre, along, -ends[0]), _beyond(centre, along, ends[1])))
        style = ROLE_STYLES[spot.marked.role]
        discs.append(Disc(spot.x, spot.y, radius, style.colour, 2.2 * scale, "#FFFFFF"))
        texts.append(Text(spot.x, spot.y, style.letter, 21 * scale, "#FFFFFF", bold=True))
        for sign, end in zip((-1.0, 1.0), ends, strict=True):
            if end > 0.0:
                lines += _arrow(spot, along, sign, radius + 5 * scale, end, scale)
    # white with a dark casing, which is painted first
    strokes = [Stroke(points, "#201A17", 6.6 * scale) for points in lines]
    strokes += [Stroke(points, "#FFFFFF", 3.6 * scale) for points in lines]
    return Overlay(tuple(strokes), tuple(texts), tuple(discs))


_ORDER = {role: k for k, role in enumerate(Role)}
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
    spot: Spot, along: _Point, sign: float, start: float, end: float, scale: float
) -> list[_Points]:
    """Return the lines of one half of a contraction's mark."""
    head = 9.0 * scale
    d = along[0] * sign, along[1] * sign
    n = -d[1], d[0]
    near, far = _beyond((spot.x, spot.y), d, start), _beyond((spot.x, spot.y), d, end)
    if spot.marked.contraction is Contraction.ISOMETRIC:
        # ⊢ ⊣: a bar across the outer end
        return [(near, far), (_beyond(far, n, -head), _beyond(far, n, head))]
    inward = spot.marked.contraction is Contraction.CONCENTRIC
    tip, tail, back = (near, far, head) if inward else (far, near, -head)
    foot = _beyond(tip, d, back)
    return [(tail, tip), (_beyond(foot, n, 0.8 * head), tip, _beyond(foot, n, -0.8 * head))]
