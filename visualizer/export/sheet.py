"""A contact sheet: one variation at four moments from four sides, with legend and title.

For the handout, the README, and for looking at the whole body at once after a change.
"""

from __future__ import annotations

from dataclasses import replace

from PIL import Image, ImageDraw

from visualizer.analysis.dispute import disputed_roles
from visualizer.analysis.words import equipment_word, phase_word
from visualizer.anatomy.surface import Body
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.export.lettering import draw_text, text_width
from visualizer.export.picture import Pictures
from visualizer.export.png import paint
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.doubt import doubt_signs
from visualizer.scene.legend import LegendRoom, legend
from visualizer.scene.palette import theme
from visualizer.scene.request import RenderRequest, SceneOptions
from visualizer.scene.sizes import MarkSizes
from visualizer.texts import N_, language, tr
from visualizer.texts.figures import figure

__all__ = ["contact_sheet", "strip_moments"]

_COLUMNS = (N_("Side"), N_("Three-quarter"), N_("Below"), N_("Chart"))
_VIEWS = (ViewName.SIDE, ViewName.THREE_QUARTER, ViewName.BELOW)
_CELL = (720, 430)
_CHART_WIDTH = 430
_MARGIN = 40
_TITLE = 120
_CAPTION = 40
_LEGEND = 110
_LEGEND_PX = 24.0


def strip_moments(repetition: Repetition) -> list[tuple[str, Instant]]:
    """Return the ends of the way and what is between them, as they follow, each with its caption.

    Where the body is held at an end, that end shows the hold.

    Parameters
    ----------
    repetition : Repetition
        What is shown.
    """
    phases = [span.id for span in repetition.schedule.spans]
    found = []
    for before, phase in zip((phases[-1], *phases), phases, strict=False):
        if phase is PhaseId.HOLD:
            continue
        end = tr("Bottom") if phase is PhaseId.LIFT else tr("Top")
        held = before is PhaseId.HOLD
        at = repetition.instant_of(*((before, 0.5) if held else (phase, 0.0)))
        found += [(end, at), (phase_word(phase), repetition.instant_of(phase, 0.5))]
    return found


def contact_sheet(
    body: Body,
    repetition: Repetition,
    theme_name: str = "light",
    supersample: int = 2,
) -> Image.Image:
    """Return the sheet of a variation.

    Parameters
    ----------
    body : Body
        The body's surfaces.
    repetition : Repetition
        The variation on a side.
    theme_name : str
        ``"light"`` or ``"dark"``.
    supersample : int
        Samples along a pixel's side.
    """
    look = theme(theme_name)
    pictures = Pictures(body, repetition)
    options, moments = SceneOptions(theme=theme_name), strip_moments(repetition)
    width = 2 * _MARGIN + 110 + 3 * _CELL[0] + _CHART_WIDTH
    height = _TITLE + _CAPTION + len(moments) * _CELL[1] + _LEGEND
    sheet = Image.new("RGB", (width, height), look.panel)
    draw = ImageDraw.Draw(sheet)
    variation = repetition.variation
    draw_text(draw, (_MARGIN, 34), variation.display_name(language()), 48, look.text)
    gear = ", ".join(map(equipment_word, variation.equipment)) or tr("no equipment")
    travel = repetition.motion.travel_m * 100
    way = tr("hips travel {} cm").format(figure(travel))
    draw_text(draw, (_MARGIN, 88), f"{gear} · {way}", 24, look.secondary)
    left = _MARGIN + 110
    for k, caption in enumerate(_COLUMNS):
        x = left + k * _CELL[0] + 12
        draw_text(draw, (x, _TITLE + 6), tr(caption), 24, look.secondary)
    for row, (caption, instant) in enumerate(moments):
        y = _TITLE + _CAPTION + row * _CELL[1]
        draw_text(draw, (_MARGIN, y + 20), caption, 24, look.text)
        for k, view in enumerate(_VIEWS):
            request = RenderRequest(instant, _CELL, view, options, supersample=supersample)
            sheet.paste(pictures.image(request), (left + k * _CELL[0], y))
        request = replace(request, size=(_CHART_WIDTH, _CELL[1]), chart=True)
        sheet.paste(pictures.image(request), (left + 3 * _CELL[0], y))
    signs = doubt_signs(disputed_roles(repetition), MarkSizes.of(_CELL[1]))
    room = LegendRoom(text_width, _LEGEND_PX, width - 2 * _MARGIN, paper=False, signs=signs)
    made = legend(room, look)
    middle = height - (_LEGEND + made.size_px[1]) / 2
    paint(sheet, made.overlay.moved(_MARGIN + 110, middle))
    return sheet
