"""``visualizer render``: pictures into files."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from visualizer.anatomy.muscle import Side
from visualizer.arguments import required
from visualizer.commands.common import read_catalog, repetition_of, tell_missing_language
from visualizer.console import say
from visualizer.errors import UsageError
from visualizer.texts import ntr, tr

if TYPE_CHECKING:
    from visualizer.catalog.catalog import Catalog
    from visualizer.exercise.repetition import Repetition
    from visualizer.scene.request import RenderRequest
    from visualizer.teaching.moment import Moment

__all__ = [
    "DEFAULT_SIZE",
    "DEFAULT_VIEW",
    "render",
    "request_for",
    "tell_missing_letters",
    "tell_slow",
]

DEFAULT_SIZE = (1920, 1080)
DEFAULT_VIEW = "side"


def render(arguments: argparse.Namespace) -> int:
    """Draw a moment of a variation, or a sheet of four, into a file."""
    _check_output(arguments.output, sheet=arguments.sheet is not None)
    if arguments.sheet is not None:
        return _sheet(arguments)
    _check_place(arguments)
    from visualizer.export.compared import (
        ComparedBody,
        can_overlay,
        draw_compared,
        size_of_each,
    )
    from visualizer.export.drawing import draw
    from visualizer.export.output import write_output
    from visualizer.export.picture import Pictures
    from visualizer.export.picture_files import picture_file_of
    from visualizer.render import Rasterizer
    from visualizer.teaching.link import link_of
    from visualizer.teaching.moment import OtherBody

    write = picture_file_of(arguments.output)
    assert write is not None  # refused before
    catalog = read_catalog()
    moment = _moment(arguments, catalog)
    repetition = repetition_of(catalog, moment.variation, moment.side)
    if arguments.phase is not None:
        repetition.schedule.span(moment.playhead.phase)  # refuses one that there is not
    tell_missing_language(catalog, arguments.language)
    if arguments.view == "chart" and arguments.labels:
        say(tr("the chart has no labels; --labels has no effect"))
    rasterizer = Rasterizer()
    tell_slow(rasterizer.kernel_name)
    size = arguments.size or DEFAULT_SIZE
    if arguments.compare:
        beside = OtherBody(catalog.variation(arguments.compare).id, moment.side)
        moment = replace(moment, other=beside, overlaid=False)
    second = moment.second

    def body(shown: Moment, own: Repetition, size: tuple[int, int]) -> ComparedBody:
        request = request_for(arguments, catalog, shown, own, size)
        if rasterizer.kernel_name == "numpy":
            request = replace(request, supersample=1)
        return ComparedBody(Pictures(own.body.surface, own, rasterizer), own, request)

    if second is None:
        one = body(moment, repetition, size)
        view = one.pictures.view
        drawing = draw(view, one.request, repetition, transparent=arguments.transparent)
    else:
        other = repetition_of(catalog, second.variation, second.side)
        chart = arguments.view == "chart"
        overlaid = moment.overlaid and can_overlay(repetition, other) and not chart
        each = size_of_each(size, overlaid=overlaid)
        bodies = body(moment, repetition, each), body(second, other, each)
        clear = arguments.transparent
        drawing = draw_compared(*bodies, size, overlaid=overlaid, transparent=clear)
    tell_missing_letters("".join(t.text for o in drawing.overlays for t in o.texts))
    drawing = replace(drawing, link=link_of(moment))
    write_output(arguments.output, lambda stream: write(stream, drawing))
    return 0


def request_for(
    arguments: argparse.Namespace,
    catalog: Catalog,
    moment: Moment,
    repetition: Repetition,
    size: tuple[int, int],
) -> RenderRequest:
    """Return what draws a moment as the arguments of a picture or a film want it.

    Parameters
    ----------
    arguments : argparse.Namespace
        With ``theme``, ``language``, ``legend``, ``focus`` and ``view``.
    catalog : Catalog
        Knows the muscle in focus.
    moment : Moment
        What is shown.
    repetition : Repetition
        What it is of.
    size : (int, int)
        Width and height in pixels.
    """
    from visualizer.export.look import FILM_LEGEND_SHARE, Look
    from visualizer.export.look import request_for as request_of_look

    chart = arguments.view == "chart"
    look = Look(size, arguments.theme, arguments.legend)
    if arguments.command == "film":
        look = replace(look, legend_share=FILM_LEGEND_SHARE)
    request = request_of_look(look, moment, repetition, arguments.language, named=not chart)
    focus = arguments.focus and catalog.muscle(arguments.focus).id
    options = replace(request.options, focus=focus) if focus else request.options
    return replace(request, options=options, chart=chart)


def tell_slow(kernel: str) -> None:
    """Say on stderr that pictures take seconds where there is no native kernel."""
    if kernel == "numpy":
        say(
            tr(
                "this installation has no native kernel, so drawing takes seconds and edges are "
                "coarser; `python3 -m visualizer.bootstrap` builds it, or says what is missing"
            )
        )


def _check_place(arguments: argparse.Namespace) -> None:
    """Refuse a call that says not what to draw; a link says everything."""
    from visualizer.teaching.link import is_link

    needed = {"VARIATION": arguments.variation}
    if arguments.variation is None or not is_link(arguments.variation):
        needed |= {"--phase": arguments.phase, "--at": arguments.at}
    missing = [name for name, value in needed.items() if value is None]
    if missing:
        raise required(", ".join(missing), "visualizer render")


def _moment(arguments: argparse.Namespace, catalog: Catalog) -> Moment:
    """Return the moment that is asked for; options count more than what a link says."""
    from visualizer.lifts.base import ViewName
    from visualizer.lifts.schedule import Playhead
    from visualizer.lifts.vocabulary import PhaseId
    from visualizer.teaching.link import is_link, moment_of
    from visualizer.teaching.moment import Moment

    named = arguments.variation
    moment = moment_of(named, catalog) if is_link(named) else Moment(catalog.variation(named).id)
    place = moment.playhead
    if arguments.phase is not None:
        place = replace(place, phase=PhaseId(arguments.phase))
    if arguments.at is not None:
        place = Playhead(place.phase, arguments.at)
    moment = replace(moment, playhead=place)
    if arguments.side != "both":
        moment = replace(moment, side=Side(arguments.side))
    if arguments.view is not None and arguments.view != "chart":
        moment = replace(moment, view=ViewName(arguments.view), camera=None)
    return replace(
        moment,
        labels=moment.labels or arguments.labels,
        xray=moment.xray or arguments.xray,
    )


def _check_output(output: Path, *, sheet: bool) -> None:
    """Refuse a file that is no picture, that cannot be made here, or that cannot be written."""
    from visualizer.catalog.datafile import display_path
    from visualizer.export.output import check_output, unknown_ending
    from visualizer.export.picture_files import PICTURE_FILES, picture_file_of
    from visualizer.export.typesetting import check_typesetter

    if picture_file_of(output) is None:
        raise unknown_ending(output, PICTURE_FILES)
    if sheet and output.suffix.lower() != ".png":
        text = tr("{name}: a sheet is a PNG file; give a name that ends in .png")
        raise UsageError(text.format(name=display_path(output)))
    check_output(output)
    if output.suffix.lower() == ".pdf":
        check_typesetter()


def tell_missing_letters(text: str) -> None:
    """Say on stderr which letters come out as boxes, or not as their script wants them."""
    from visualizer.export.lettering import fonts_tried, missing_letters

    missing = missing_letters(text)
    if missing:
        say(
            tr(
                "these letters cannot be drawn right: {letters} (fonts of this machine: {fonts})"
            ).format(letters=" ".join(missing), fonts=fonts_tried())
        )


def _sheet(arguments: argparse.Namespace) -> int:
    if arguments.variation is not None:
        raise UsageError(tr("give the variation after --sheet, and no other one"))
    unused = [
        option
        for option, value in (
            ("--phase", arguments.phase),
            ("--at", arguments.at),
            ("--view", arguments.view),
            ("--size", arguments.size),
            ("--labels", arguments.labels),
            ("--legend", arguments.legend),
            ("--xray", arguments.xray),
            ("--focus", arguments.focus),
            ("--compare", arguments.compare),
            ("--transparent", arguments.transparent),
        )
        if value is not None and value is not False
    ]
    if unused:
        text = ntr(
            "--sheet draws its four moments from four sides in a size of its own; "
            "{options} has no effect",
            "--sheet draws its four moments from four sides in a size of its own; "
            "{options} have no effect",
            len(unused),
        )
        say(text.format(options=", ".join(unused)))
    from visualizer.export.png import write_png
    from visualizer.export.sheet import contact_sheet

    side = Side.LEFT if arguments.side == "left" else Side.RIGHT
    catalog = read_catalog()
    repetition = repetition_of(catalog, arguments.sheet, side)
    tell_missing_language(catalog, arguments.language)
    tell_missing_letters(repetition.variation.display_name(arguments.language))
    sheet = contact_sheet(repetition.body.surface, repetition, arguments.theme)
    write_png(sheet, arguments.output)
    return 0
