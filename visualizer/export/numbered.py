"""Numbers in the place of names: what a sheet to fill in shows, and what its key goes by.

Every working muscle has one number, which stands once: on the large picture where the muscle shows
there, else on the chart, which shows them all. They run from left to right and tell neither roles
nor names.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from visualizer.exercise.repetition import Repetition
from visualizer.export.chart_letters import chart_places, working_parts
from visualizer.export.png import bare_image, paint
from visualizer.scene.labels import APART, gap
from visualizer.scene.overlay import NOTHING, Disc, Overlay, Stroke, Text
from visualizer.scene.palette import theme
from visualizer.scene.request import RenderedView, RenderRequest

__all__ = ["Numbered", "bare", "cropped", "numbered", "ringed", "with_key", "with_numbers"]

# A badge's radius in heights of its digits, and what a number takes of a row of them.
_RADIUS, _WIDE = 0.72, 2.2
_RIM = 0.07
_INK, _PAPER = "#1b1b1b", "#ffffff"
_GAPS = (1.0, 0.5, 0.2)  # between two of them on the chart, in half widths of a number

_Point = tuple[float, float]
_Line = tuple[_Point, _Point]

# What stays round a body that is cut out, shares of the picture's width.
_ROUND = 0.025


@dataclass(frozen=True)
class Numbered:
    """Where the numbers stand.

    Attributes
    ----------
    numbers : mapping of str to int
        The number of each muscle or group, by its id, in the order of the numbers.
    picture, chart : Overlay
        What is painted over the large picture, and over the chart.
    on_picture : int
        How many are on the picture; they are the first.
    """

    numbers: Mapping[str, int]
    picture: Overlay
    chart: Overlay
    on_picture: int


def bare(request: RenderRequest) -> RenderRequest:
    """Return what draws the same body with nothing that tells who works.

    Names take room, and so the body stands as it does with them.
    """
    options = replace(request.options, only=frozenset(), swelling=False)
    layers = replace(request.layers, marks=False, outline=False)
    return replace(request, options=options, layers=layers)


def with_numbers(request: RenderRequest, repetition: Repetition, *, beside: bool) -> RenderRequest:
    """Return what draws leaders alone, each with the place of its statement for a name.

    Parameters
    ----------
    request : RenderRequest
        What draws the picture with names.
    repetition : Repetition
        What it is of.
    beside : bool
        Whether numbers may stand beside the body: leaders to one that lies would run along it.
    """
    room = request.layers.labels
    assert room is not None
    places = tuple((a.muscle, str(k)) for k, a in enumerate(repetition.variation.muscles))
    room = replace(room, said=places, measure=_measure, apart=APART, beside=beside)
    return replace(request, layers=replace(bare(request).layers, labels=room))


def with_key(request: RenderRequest, numbers: Mapping[str, int], *, beside: bool) -> RenderRequest:
    """Return what draws the answers: all marks, and for each name its number, in their order.

    Parameters
    ----------
    request : RenderRequest
        What draws the picture with names.
    numbers : mapping of str to int
        The number of each muscle.
    beside : bool
        As for :func:`with_numbers`.
    """
    room = request.layers.labels
    assert room is not None
    said = tuple((muscle, str(k)) for muscle, k in numbers.items())
    room = replace(room, said=said, measure=_closely, apart=APART, beside=beside, ordered=True)
    return replace(request, layers=replace(request.layers, labels=room))


def ringed(overlay: Overlay) -> Overlay:
    """Return the numbers of a picture as they stand on the sheet to fill in: with a ring each."""
    found = NOTHING
    for text in overlay.texts:
        at = {"left": 1.0, "centre": 0.0, "right": -1.0}[text.align] * _RADIUS * text.size_px
        found += _badge(int(text.text), text.x + at, text.y, text.size_px)
    return found


def _measure(text: str, size_px: float) -> float:
    return _WIDE * size_px


def numbered(
    repetition: Repetition, picture: RenderedView, chart: RenderedView, digit_share: float
) -> Numbered:
    """Return the numbers of a variation's muscles.

    Parameters
    ----------
    repetition : Repetition
        What is shown.
    picture : RenderedView
        What :func:`with_numbers` draws.
    chart : RenderedView
        The chart, front and back.
    digit_share : float
        Height of the digits on the chart as a share of its height.
    """
    actions = repetition.variation.muscles
    ink = theme("light").secondary
    leaders = [s for s in picture.overlay.strokes if s.blunt and s.colour == ink]
    found = sorted(
        zip(picture.overlay.texts, leaders, strict=True),
        key=lambda one: _in_order(one[0]),
    )
    numbers, over = dict[str, int](), NOTHING
    for k, (text, leader) in enumerate(found, 1):
        numbers[actions[int(text.text)].muscle] = k
        start, tip = leader.points
        over += _led(k, _at_start(text, leader), start, tip, text.size_px)
    left = [a.muscle for a in actions if a.muscle not in numbers]
    digit_px = digit_share * chart.picture.size[1]
    working = zip(actions, working_parts(repetition), strict=True)
    parts = [own for action, own in working if action.muscle not in numbers]
    places = chart_places(chart, parts, (digit_px / 2.0,) * 2, once=True)
    half = chart.picture.size[0] / 2
    # in front downwards, then at the back
    places.sort(key=lambda one: (one[1][0] >= half, one[1][1]))
    tips = [tip for _, tip in places]
    on_chart = NOTHING
    for (index, tip), at in zip(places, _beside(tips, chart, digit_px), strict=True):
        numbers[left[index]] = len(numbers) + 1
        on_chart += _led(numbers[left[index]], at, at, tip, digit_px)
    for muscle in left:  # which not even the chart shows
        numbers.setdefault(muscle, len(numbers) + 1)
    return Numbered(numbers, over, on_chart, len(found))


def _beside(tips: Sequence[_Point], chart: RenderedView, digit_px: float) -> list[_Point]:
    """Return places beside the bodies of a chart, each near its tip, whose leaders do not meet."""
    body = chart.picture.part >= 0
    room = math.ceil((_RADIUS + _RIM) * digit_px * 1.15)
    # how much of the body lies under a square round each place
    sums = np.pad(body.cumsum(0).cumsum(1), ((1, 0), (1, 0)))
    high, wide = body.shape
    y, x = (k.ravel() for k in np.mgrid[room : high - room : 4, room : wide - room : 4])
    over = (
        sums[y + room, x + room] - sums[y - room, x + room]
        - sums[y + room, x - room] + sums[y - room, x - room]
    )  # fmt: skip
    free = np.column_stack([x, y])[over == 0].astype(float)
    found = list[_Point]()
    for tip in tips:
        near = free[np.argsort(np.hypot(*(free - tip).T))].tolist()
        lines = list(zip(found, tips, strict=False))
        ways = (
            (x, y)
            for share in _GAPS
            for x, y in near
            if all(_clear(((x, y), tip), line, room, share) for line in lines)
        )
        found.append(next(ways, tip))
    return found


def _clear(one: _Line, other: _Line, room: float, share: float) -> bool:
    """Return whether numbers with leaders keep off each other, the leaders by a share of a number.

    The first point of each is the middle of its number.
    """
    return (
        math.dist(one[0], other[0]) > 2.0 * room
        and gap(one, other) > share * room
        and gap((one[0], one[0]), other) > room
        and gap(one, (other[0], other[0])) > room
    )


def _led(number: int, at: _Point, start: _Point, tip: _Point, digit_px: float) -> Overlay:
    """Return a number and the leader to what it stands for."""
    # light below, so that it shows on dark gear as well
    lines = [Stroke((start, tip), _PAPER, 0.2 * digit_px, blunt=True)]
    lines += [Stroke((start, tip), _INK, 0.075 * digit_px, blunt=True)]
    dot = Disc(*tip, 0.12 * digit_px, _INK, 0.06 * digit_px, _PAPER)
    return Overlay(tuple(lines), discs=(dot,)) + _badge(number, *at, digit_px)


def _in_order(text: Text) -> tuple[float, float]:
    """Return what sorts a row from left to right, a left column downwards before a right one."""
    return (text.x, text.y) if text.align == "centre" else (text.align != "right", text.y)


def _closely(text: str, size_px: float) -> float:
    """Return what a number takes where leaders keep off marks as well."""
    return 2.2 * _RADIUS * size_px


def _at_start(text: Text, leader: Stroke) -> _Point:
    """Return the middle of a number that stands where its leader begins."""
    (x, y), _ = leader.points
    radius = _RADIUS * text.size_px
    if text.align == "centre":
        return x, y + (-radius if text.y < y else radius)
    return x + (radius if text.align == "left" else -radius), y


def _badge(number: int, x: float, y: float, digit_px: float) -> Overlay:
    rim = max(_RIM * digit_px, 1.0)
    disc = Disc(x, y, _RADIUS * digit_px, _PAPER, rim, _INK)
    return Overlay(
        texts=(Text(x, y, str(number), digit_px, _INK, "centre", bold=True),), discs=(disc,)
    )


def cropped(view: RenderedView, over: Overlay, gear: str = "equipment_") -> Image.Image:
    """Return the picture of a body with what is painted over it, without the room on both sides.

    Parameters
    ----------
    view : RenderedView
        The body.
    over : Overlay
        What is painted over it.
    gear : str
        How the names of parts begin that need not be whole.
    """
    image, part = bare_image(view), view.picture.part
    paint(image, over)
    body = [k for k, p in enumerate(view.parts) if not p.id.startswith(gear)]
    columns = np.flatnonzero(np.isin(part, body).any(axis=0))
    rows = np.flatnonzero((part >= 0).any(axis=1))
    if not len(columns):
        return image
    edge = _ROUND * image.width
    left, right, top, bottom = columns[0], columns[-1], rows[0], rows[-1]
    bounds = over.bounds
    if bounds[0] < bounds[2]:
        left, right = min(left, bounds[0]), max(right, bounds[2])
        top, bottom = min(top, bounds[1]), max(bottom, bounds[3])
    return image.crop(
        (
            max(round(left - edge), 0), max(round(top - edge), 0),
            min(round(right + edge), image.width), min(round(bottom + edge), image.height),
        )
    )  # fmt: skip
