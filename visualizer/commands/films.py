"""``visualizer film``: a repetition as a film."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace

from visualizer.anatomy.muscle import Side
from visualizer.commands.common import read_catalog, repetition_of, tell_missing_language
from visualizer.commands.pictures import DEFAULT_VIEW, request_for, tell_slow
from visualizer.console import say
from visualizer.texts import tr

__all__ = ["DEFAULT_FPS", "DEFAULT_SIZE", "film"]

DEFAULT_SIZE, DEFAULT_FPS = (1280, 720), 25.0


def film(arguments: argparse.Namespace) -> int:
    """Write a film of a variation, or of one of its phases."""
    from visualizer.export.compared import size_of_each
    from visualizer.export.film import Film, SecondFilmed
    from visualizer.export.film_files import check_film, save_film
    from visualizer.export.film_title import title_px
    from visualizer.lifts.base import ViewName
    from visualizer.lifts.schedule import Playhead
    from visualizer.lifts.vocabulary import PhaseId
    from visualizer.render import Rasterizer
    from visualizer.teaching.moment import Moment

    kind = check_film(arguments.output)
    size = arguments.size or DEFAULT_SIZE
    if kind.even and (size[0] % 2 or size[1] % 2):
        size = size[0] // 2 * 2, size[1] // 2 * 2
        say(tr("an MP4 has an even width and height: {size}").format(size="{}x{}".format(*size)))
    catalog = read_catalog()
    side = Side.LEFT if arguments.side == "left" else Side.RIGHT
    repetition = repetition_of(catalog, arguments.variation, side)
    tell_missing_language(catalog, arguments.language)
    phase = None if arguments.phase in (None, "all") else PhaseId(arguments.phase)
    first = repetition.schedule.span(phase) if phase else repetition.schedule.spans[0]
    moment = Moment(
        repetition.variation.id,
        Playhead(first.id, 0.0),
        side=side,
        view=ViewName(arguments.view or DEFAULT_VIEW),
        labels=arguments.labels,
        xray=arguments.xray,
    )
    kernel = Rasterizer().kernel_name
    tell_slow(kernel)
    band_px = title_px(size) if arguments.title else 0
    size = size[0], size[1] - band_px
    each, second = size, None
    if arguments.compare:
        each = size_of_each(size, overlaid=False)
        other = repetition_of(catalog, arguments.compare, side)
        beside = replace(moment, variation=other.variation.id)
        asked = request_for(arguments, catalog, beside, other, each)
        second = SecondFilmed(other, asked, size)
    request = request_for(arguments, catalog, moment, repetition, each)
    made = Film(repetition, request, phase, arguments.speed, arguments.loop, second, band_px)
    save_film(arguments.output, made, arguments.fps, _progress)
    return 0


def _progress(done: int, of: int) -> None:
    """Count the pictures in one line, where somebody looks on."""
    if done and sys.stderr is not None and sys.stderr.isatty():
        end = "\n" if done == of else ""
        print(f"\r{done}/{of}", end=end, file=sys.stderr, flush=True)
