"""The legend of estimated effort as a display list: the scale, what has no share, a line on now."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from visualizer.analysis.effort_text import status_text
from visualizer.effort.now import EffortNow
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.vocabulary import Laterality
from visualizer.scene.effort_scale import BEYOND, BLANK, BLANK_LINES, shade_of
from visualizer.scene.legend import BETWEEN_GROUPS, CORNER, PAPER, ROW, Legend, LegendRoom
from visualizer.scene.overlay import NOTHING, Box, Overlay, Stroke, Text
from visualizer.scene.palette import Theme
from visualizer.scene.symbols import BADGE_HEIGHT, BADGE_WIDTH, line_swatch
from visualizer.texts import tr

__all__ = ["EffortBody", "effort_legend", "effort_legend_words", "effort_words"]

# For text 12 pixels high: the scale's size and steps, the bracket of a range below it.
_BAR_WIDTH, _BAR_HEIGHT, _STEPS = 120.0, 12.0, 24
_GAP = 6.0
# So many times its letters' height the line on the moment is long at least.
_LINE, _COLUMN_LINE = 62.0, 22.0
_NEEDLE = 3.0


@dataclass(frozen=True)
class EffortBody:
    """A body whose muscles have colours of effort.

    Attributes
    ----------
    repetition : Repetition
        What it does.
    now : EffortNow or None
        The shares at the moment; None while they are being computed.
    name : str
        What it is called; said only where there are two.
    """

    repetition: Repetition
    now: EffortNow | None
    name: str = ""


@dataclass(frozen=True)
class _Item:
    """Something that stays together in a row."""

    width: float
    draw: Callable[[float, float], Overlay]


def effort_legend_words(repetition: Repetition, now: EffortNow | None) -> tuple[str, ...]:
    """Return all that the legend says, for screen readers; the line on the moment is left out."""
    return _title(), f"0–100 % {_of_what()}", _blank_word(repetition, now), _beyond_word()


def effort_legend(
    room: LegendRoom,
    look: Theme,
    bodies: Sequence[EffortBody],
    selection: str | None,
) -> Legend:
    """Return the scale with what has no share, and below a line on the moment of each body.

    The scale is the same for all; only where there is one body its share is marked there.

    Parameters
    ----------
    room : LegendRoom
        What room there is.
    look : Theme
        Colours.
    bodies : sequence of EffortBody
        One, or two that are compared.
    selection : str or None
        Id of the selected muscle; its range is marked on the scale.
    """
    k = room.scale
    # what says most holds for either
    blank = max((_blank_word(body.repetition, body.now) for body in bodies), key=len)
    groups = [
        _text(_title(), room, look, bold=True),
        _bar(room, look, bodies[0].now if len(bodies) == 1 else None, selection),
        _swatch(blank, room, look, beyond=False),
    ]
    if any(_goes_beyond(body.now) for body in bodies):
        groups.append(_swatch(_beyond_word(), room, look, beyond=True))
    rows: list[list[_Item]] = []
    for group in groups:
        taken = sum(g.width for g in rows[-1]) + BETWEEN_GROUPS * k * len(rows[-1]) if rows else 0
        if not rows or room.column or taken + group.width > room.width_px:
            rows.append([])
        rows[-1].append(group)
    wide = max(sum(g.width for g in row) + BETWEEN_GROUPS * k * (len(row) - 1) for row in rows)
    # the line on the moment changes: the paper stays
    least = (_COLUMN_LINE if room.column else _LINE) * room.text_px
    wide = max(wide, min(room.width_px, least))
    for body in bodies:
        status = status_text(body.repetition, body.now, selection)
        told = f"{body.name} · {status}" if len(bodies) > 1 else status
        rows.append([_text(_cut(told, room, wide), room, look)])
    while len(rows) > 1 + len(bodies) and len(rows) * ROW * k > room.height_px:
        del rows[-1 - len(bodies)]  # what has no share is told by tool tips, too
    width = round(wide) + 2
    height = round(ROW * k * len(rows))
    overlay = NOTHING
    if room.paper:
        paper = Box(0.0, 0.0, width, height, CORNER * k, look.stage_bottom, PAPER)
        overlay = Overlay(boxes=(paper,))
    for index, row in enumerate(rows):
        x = 1.0
        for group in row:
            overlay += group.draw(x, (index + 0.5) * ROW * k)
            x += group.width + BETWEEN_GROUPS * k
    return Legend(overlay, (width, height))


def effort_words(repetition: Repetition, now: EffortNow | None) -> str:
    """Return what the colours say at a moment, in sentences; what a picture is described with."""
    return f"{_title()}. {status_text(repetition, now, None).rstrip('.')}."


def _title() -> str:
    return tr("Estimated effort (model)")


def _of_what() -> str:
    return tr("of the muscle’s strength")


def _blank_word(repetition: Repetition, now: EffortNow | None) -> str:
    """Return what it means that a muscle has no colour of the scale."""
    if now is None or now.overstretched:
        return tr("no share is given")
    if now.effort.beyond_strength:
        return tr("no share, or not in the model")
    if repetition.variation.setup.legs is Laterality.WORKING:
        return tr("not in the model, or the other leg")
    return tr("not in the model")


def _goes_beyond(now: EffortNow | None) -> bool:
    return now is not None and bool(now.effort.beyond_strength) and not now.overstretched


def _beyond_word() -> str:
    return tr("beyond this model’s strength")


def _cut(text: str, room: LegendRoom, width_px: float) -> str:
    """Return a text that is no wider than this."""
    if room.measure(text, room.text_px) <= width_px:
        return text
    while text and room.measure(text + "…", room.text_px) > width_px:
        text = text[:-1]
    return text.rstrip(" ,") + "…"


def _text(text: str, room: LegendRoom, look: Theme, *, bold: bool = False) -> _Item:
    size = room.text_px
    # bold letters are a little broader than those that are measured
    wide = room.measure(text, size) * (1.08 if bold else 1.0)
    return _Item(
        wide,
        lambda x, y: Overlay(texts=(Text(x, y, text, size, look.text, "left", bold=bold),)),
    )


def _bar(room: LegendRoom, look: Theme, now: EffortNow | None, selection: str | None) -> _Item:
    k, size = room.scale, room.text_px
    least, most = "0", "100 %"
    wide = _BAR_WIDTH * k
    before = room.measure(least, size) + _GAP * k
    said = f"{most} {_of_what()}"
    after = _GAP * k + room.measure(said, size)
    marked = selection or (now.highest if now is not None else None)
    share = now.of(marked) if now is not None and marked is not None else None

    def draw(x: float, y: float) -> Overlay:
        left, high = x + before, _BAR_HEIGHT * k
        top, step = y - high / 2.0, wide / _STEPS
        boxes = [
            # a little over the next one, so that no gap shows between them
            Box(
                left + n * step, top, step + (0.5 if n + 1 < _STEPS else 0.0), high, 0.0,
                shade_of((n + 0.5) / _STEPS, look),
            )
            for n in range(_STEPS)
        ]  # fmt: skip
        strokes = []
        if share is not None:
            low, most_x, at = (left + wide * v for v in (share.low, share.high, share.nominal))
            under = y + high / 2.0 + 2.5 * k
            strokes = [
                Stroke(((low, under), (max(most_x, low + 1.0), under)), look.text, 1.6 * k),
                Stroke(((at, top - _NEEDLE * k), (at, under)), look.text, 2.0 * k),
            ]
        texts = (
            Text(x, y, least, size, look.text, "left"),
            Text(left + wide + _GAP * k, y, said, size, look.text, "left"),
        )
        return Overlay(tuple(strokes), texts, boxes=tuple(boxes))

    return _Item(before + wide + after, draw)


def _swatch(word: str, room: LegendRoom, look: Theme, *, beyond: bool) -> _Item:
    k, size = room.scale, room.text_px
    ground, ink = (
        (shade_of(1.0, look), BEYOND[look.name])
        if beyond
        else (BLANK[look.name], BLANK_LINES[look.name])
    )

    def draw(x: float, y: float) -> Overlay:
        swatch = line_swatch(ground, ink, x, y - BADGE_HEIGHT * k / 2.0, k, whole=beyond)
        text = Text(x + (BADGE_WIDTH + _GAP) * k, y, word, size, look.text, "left")
        return swatch + Overlay(texts=(text,))

    return _Item((BADGE_WIDTH + _GAP) * k + room.measure(word, size), draw)
