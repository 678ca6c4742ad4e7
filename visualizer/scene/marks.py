"""The marks on the muscles: letter of the role, arrows of the contraction, and labels.

Marks are found in the picture that was drawn: of the visible pixels of a working muscle the point
farthest from its rim carries the letter, the arrows run along the fibres there. So a mark never
sits on a hidden muscle and never hangs over the edge of a visible one.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from visualizer.exercise.variation import Contraction, Role
from visualizer.render import Camera, Mesh, Picture
from visualizer.scene.overlay import Overlay, Stroke, Text
from visualizer.scene.palette import ROLE_STYLES, Theme

__all__ = ["Marked", "Spot", "find_spots", "labels", "marks"]

Array = NDArray[np.float64]

# The picture is searched on a coarse grid of about this many rows.
_ROWS = 270
_LEAST_CELLS = 40  # a muscle that shows less than this of itself gets no mark


@dataclass(frozen=True)
class Marked:
    """A statement to be marked: its parts, its name, and what they do."""

    name: str
    parts: tuple[int, ...]
    role: Role
    contraction: Contraction


@dataclass(frozen=True)
class Spot:
    """Where a mark goes.

    Attributes
    ----------
    marked : Marked
        What it stands for.
    x, y : float
        Middle of the mark in pixels.
    along : (2,) ndarray
        Unit direction of the fibres in the picture, towards the insertion.
    room_px : float
        Distance from there to the muscle's visible rim.
    """

    marked: Marked
    x: float
    y: float
    along: Array
    room_px: float


def find_spots(
    picture: Picture, camera: Camera, mesh: Mesh, position: NDArray[np.float32],
    marked: Sequence[Marked],
) -> tuple[Spot, ...]:  # fmt: skip
    """Return the places of the marks, one for every statement that shows.

    Parameters
    ----------
    picture : Picture
        The drawn picture.
    camera : Camera
        What it was drawn with.
    mesh : Mesh
        What was drawn.
    position : (V, 3) ndarray
        Its posed vertices.
    marked : sequence of Marked
        The statements.
    """
    height = picture.part.shape[0]
    step = max(1, round(height / _ROWS))
    coarse = picture.part[step // 2 :: step, step // 2 :: step]
    spots = []
    for item in marked:
        shown = {p: int((coarse == p).sum()) for p in item.parts}
        best = max(shown, key=lambda p: shown[p], default=None)
        if best is None or shown[best] < _LEAST_CELLS:
            continue
        row, column, depth = _innermost(coarse == best)
        x, y = (column + 0.5) * step, (row + 0.5) * step
        along = _direction(picture, camera, mesh, position, best, x, y)
        spots.append(Spot(item, x, y, along, depth * step))
    return tuple(spots)


def _innermost(mask: NDArray[np.bool_]) -> tuple[int, int, int]:
    """Return row and column of the cell farthest from the mask's rim, and that distance."""
    rows, columns = np.nonzero(mask)
    r0, c0 = rows.min(), columns.min()
    inside = np.pad(mask[r0 : rows.max() + 1, c0 : columns.max() + 1], 1)
    depth = 0
    while True:
        smaller = inside.copy()
        smaller[1:] &= inside[:-1]
        smaller[:-1] &= inside[1:]
        smaller[:, 1:] &= inside[:, :-1]
        smaller[:, :-1] &= inside[:, 1:]
        if not smaller.any():
            break
        inside = smaller
        depth += 1
    kept_rows, kept_columns = np.nonzero(inside)
    # of several equally deep cells the one nearest to their middle
    middle = (kept_rows - kept_rows.mean()) ** 2 + (kept_columns - kept_columns.mean()) ** 2
    k = int(middle.argmin())
    return int(r0 + kept_rows[k] - 1), int(c0 + kept_columns[k] - 1), depth


def _direction(
    picture: Picture, camera: Camera, mesh: Mesh, position: NDArray[np.float32],
    part: int, x: float, y: float,
) -> Array:  # fmt: skip
    """Return the unit direction of rising fibre coordinate in the picture near a point."""
    used = np.unique(mesh.faces[mesh.face_part == part])
    screen = camera.project(position[used], picture.size)
    u = mesh.fibre[used, 2].astype(float)
    away = np.hypot(screen[:, 0] - x, screen[:, 1] - y)
    nearest = picture.depth_at(x, y)
    # the far side of the muscle lies deeper and would bend the direction
    front = np.abs(screen[:, 2] - nearest) < 0.05
    radius = max(float(picture.size[1]) / 14, 12.0)
    weight = np.exp(-((away / radius) ** 2)) * front
    if weight.sum() < 1e-3:
        return np.array([1.0, 0.0])
    d = np.stack([np.ones_like(u), screen[:, 0] - x, screen[:, 1] - y], -1)
    w = weight[:, None]
    gradient = np.linalg.lstsq((d * w).T @ d + 1e-6 * np.eye(3), (d * w).T @ u, rcond=None)[0][1:]
    length = float(np.hypot(*gradient))
    return np.asarray(gradient / length) if length > 1e-9 else np.array([1.0, 0.0])


def marks(spots: Sequence[Spot], height_px: int, look: Theme) -> Overlay:
    """Return the letters and arrows for the spots, sized for a picture ``height_px`` high."""
    strokes: list[Stroke] = []
    texts: list[Text] = []
    taken: list[tuple[float, float, float]] = []
    scale = max(height_px / 1080, 0.45)
    for spot in sorted(spots, key=lambda s: list(Role).index(s.marked.role)):
        radius = 15.0 * scale
        reach = min(62.0 * scale, max(spot.room_px * 1.15, 0.0))
        if any(math.hypot(spot.x - x, spot.y - y) < r + radius for x, y, r in taken):
            continue
        taken.append((spot.x, spot.y, reach))
        style = ROLE_STYLES[spot.marked.role]
        strokes += _disc(spot.x, spot.y, radius + 2.2 * scale, "#FFFFFF")
        strokes += _disc(spot.x, spot.y, radius, style.colour)
        texts.append(Text(spot.x, spot.y, style.letter, 19 * scale, "#FFFFFF", bold=True))
        if reach > radius + 14 * scale:
            strokes += _arrows(spot, radius + 5 * scale, reach, scale)
    del look
    return Overlay(tuple(strokes), tuple(texts))


def _disc(x: float, y: float, radius: float, colour: str) -> list[Stroke]:
    angle = np.linspace(0, 2 * math.pi, 33)[:-1]
    points = tuple((x + radius * math.cos(a), y + radius * math.sin(a)) for a in angle)
    return [Stroke(points, colour, filled=True)]


def _arrows(spot: Spot, start: float, end: float, scale: float) -> list[Stroke]:
    """Return the two halves of a contraction's mark, white with a dark casing."""
    lines: list[tuple[tuple[float, float], ...]] = []
    head = 8.5 * scale
    centre = np.array([spot.x, spot.y])
    for sign in (-1.0, 1.0):
        d = spot.along * sign
        n = np.array([-d[1], d[0]])
        near, far = centre + d * start, centre + d * end
        if spot.marked.contraction is Contraction.ISOMETRIC:
            # ⊢ ⊣: a bar across the outer end
            lines.append(_line(near, far))
            lines.append(_line(far - n * head, far + n * head))
            continue
        inward = spot.marked.contraction is Contraction.CONCENTRIC
        tip, tail, back = (near, far, d) if inward else (far, near, -d)
        lines.append(_line(tail, tip))
        lines.append(
            _line(tip + back * head + n * head * 0.8, tip, tip + back * head - n * head * 0.8)
        )
    cased = [Stroke(p, "#201A17", 6.2 * scale) for p in lines]
    return cased + [Stroke(p, "#FFFFFF", 3.4 * scale) for p in lines]


def _line(*points: Array) -> tuple[tuple[float, float], ...]:
    return tuple((float(p[0]), float(p[1])) for p in points)


def labels(
    spots: Sequence[Spot], size: tuple[int, int], names: Mapping[str, str], look: Theme
) -> Overlay:
    """Return names at the left and right margins with leader lines that do not cross.

    Parameters
    ----------
    spots : sequence of Spot
        What is labelled.
    size : (int, int)
        Width and height of the picture in pixels.
    names : mapping of str to str
        What each ``Marked.name`` is called on the label.
    look : Theme
        Colours.
    """
    width, height = size
    scale = max(height / 1080, 0.45)
    row = 40 * scale
    strokes: list[Stroke] = []
    texts: list[Text] = []
    for left in (True, False):
        mine = sorted((s for s in spots if (s.x < width / 2) == left), key=lambda s: (s.y, s.x))
        # rows in the order of the spots' heights, pushed apart: leaders of one side cannot cross
        y = -math.inf
        for spot in mine:
            y = max(
                y + row, spot.y - 0.32 * height if spot.y < height / 2 else spot.y - 0.1 * height
            )
            y = max(y, row * 1.5)
            x = 24 * scale if left else width - 24 * scale
            texts.append(
                Text(
                    x, y, names[spot.marked.name], 24 * scale, look.text, look.stage_top,
                    "left" if left else "right", bold=True,
                )
            )  # fmt: skip
            below = y + 17 * scale
            strokes.append(Stroke(((x, below), (spot.x, spot.y)), look.secondary, 1.4 * scale))
    return Overlay(tuple(strokes), tuple(texts))
