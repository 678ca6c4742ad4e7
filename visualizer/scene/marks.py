"""The marks on the muscles: letter of the role, arrows of the contraction, and labels.

Where they go is found in the picture that was drawn, see :mod:`visualizer.scene.spots`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from visualizer.exercise.variation import Contraction, Role
from visualizer.scene.overlay import Disc, Overlay, Stroke, Text
from visualizer.scene.palette import ROLE_STYLES, Theme
from visualizer.scene.spots import Spot

__all__ = ["labels", "marks"]

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


def labels(
    spots: Sequence[Spot],
    size: tuple[int, int],
    names: Mapping[str, str],
    top_px: float,
    look: Theme,
) -> Overlay:
    """Return names in a row above the body, with leader lines that do not cross.

    Parameters
    ----------
    spots : sequence of Spot
        What is labelled.
    size : (int, int)
        Width and height of the picture in pixels.
    names : mapping of str to str
        What each ``Marked.name`` is called on its label.
    top_px : float
        The highest row of the body; the labels stand above it where there is room.
    look : Theme
        Colours.
    """
    if not spots:
        return Overlay()
    width, height = size
    scale = max(height / 1080, 0.45)
    text_px, gap, margin = 25 * scale, 26 * scale, 18 * scale
    widths = {s.marked.name: _text_width(names[s.marked.name], text_px) for s in spots}
    room = width - 2 * margin - gap * (len(spots) - 1)
    text_px *= min(1.0, room / sum(widths.values()))
    widths = {name: w * min(1.0, room / sum(widths.values())) for name, w in widths.items()}
    y = max(top_px - 64 * scale, 1.1 * text_px)
    foot = y + 0.72 * text_px
    order = sorted(spots, key=lambda s: (s.x, s.y))
    # neighbours whose leaders cross change places; every change shortens the leaders, so it ends
    for _ in range(len(order) ** 2):
        xs = _spread(
            [s.x for s in order], [widths[s.marked.name] for s in order], gap, margin, width
        )
        crossing = next(
            (
                k
                for k in range(len(order) - 1)
                if _cross((xs[k], foot), order[k], (xs[k + 1], foot), order[k + 1])
            ),
            None,
        )
        if crossing is None:
            break
        order[crossing], order[crossing + 1] = order[crossing + 1], order[crossing]
    texts = tuple(
        Text(x, y, names[s.marked.name], text_px, look.text, look.stage_top, bold=True)
        for x, s in zip(xs, order, strict=True)
    )
    strokes = tuple(
        Stroke(((x, foot), (s.x, s.y)), look.secondary, 1.5 * scale)
        for x, s in zip(xs, order, strict=True)
    )
    return Overlay(strokes, texts)


def _text_width(text: str, size_px: float) -> float:
    # 0.56 em is a generous mean width of the letters of a sans-serif
    return 0.56 * size_px * len(text)


def _spread(
    wanted: Sequence[float], widths: Sequence[float], gap: float, margin: float, total: float
) -> list[float]:
    """Return centres near ``wanted``, in order, ``gap`` apart and inside the margins.

    One pass pushes everything to the right of its left neighbour, one to the left of its right
    neighbour; both keep order and gaps, and so does their mean, which drifts to neither side.
    """
    n = len(wanted)
    need = [0.0] * n  # least distance from the left neighbour's centre
    for k in range(1, n):
        need[k] = (widths[k - 1] + widths[k]) / 2 + gap
    low = [margin + widths[0] / 2] + [0.0] * (n - 1)
    high = [0.0] * (n - 1) + [total - margin - widths[-1] / 2]
    for k in range(1, n):
        low[k] = low[k - 1] + need[k]
        high[n - 1 - k] = high[n - k] - need[n - k]
    rightwards, leftwards = [0.0] * n, [0.0] * n
    for k in range(n):
        least = low[k] if k == 0 else max(low[k], rightwards[k - 1] + need[k])
        rightwards[k] = min(max(wanted[k], least), high[k])
    for k in reversed(range(n)):
        most = high[k] if k == n - 1 else min(high[k], leftwards[k + 1] - need[k + 1])
        leftwards[k] = max(min(wanted[k], most), low[k])
    return [(a + b) / 2 for a, b in zip(rightwards, leftwards, strict=True)]


def _cross(a: tuple[float, float], spot_a: Spot, b: tuple[float, float], spot_b: Spot) -> bool:
    """Return whether the leaders a → spot_a and b → spot_b cross."""

    def side(p: tuple[float, float], q: tuple[float, float], r: tuple[float, float]) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    c, d = (spot_a.x, spot_a.y), (spot_b.x, spot_b.y)
    return side(a, c, b) * side(a, c, d) < 0 and side(b, d, a) * side(b, d, c) < 0
