"""A lesson on paper for its teacher: stop by stop picture, notes, question and answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from itertools import groupby

from visualizer.analysis.veil import OPEN
from visualizer.analysis.words import text_in
from visualizer.anatomy.muscle import Side
from visualizer.exercise.repetition import Repetition
from visualizer.export.compared import (
    ComparedBody,
    can_overlay,
    draw_compared,
    size_of_each,
)
from visualizer.export.document import (
    Block,
    Bullets,
    Heading,
    Paragraph,
    PictureRow,
    Printed,
    PrintedPicture,
    PrintedQuestion,
    answer_text,
)
from visualizer.export.drawing import draw
from visualizer.export.look import Look, request_for
from visualizer.export.picture import Pictures
from visualizer.export.picture_files import painted
from visualizer.export.questions.sheet import png_bytes
from visualizer.scene.labels import APART
from visualizer.teaching.asking import asked_item
from visualizer.teaching.lesson import Lesson, Stop
from visualizer.teaching.moment import Moment
from visualizer.teaching.wording import choice_text, question_text, reveal_of
from visualizer.texts import language, ntr

__all__ = ["make_notes"]

# On a page 186 mm wide; letters of names are about 9 points high there.
_LOOK, _PAIR = Look((720, 405)), Look((1120, 430))
_WIDTH, _PAIR_WIDTH, _NAME_PX = 0.55, 0.85, 22.0
_COLOURS = 256
_DASH = "- "  # begins a point of a list, as in other plain texts

Solve = Callable[[str, Side], Repetition]


def make_notes(
    lesson: Lesson,
    solve: Solve,
    paper: str = "a4",
    tell: Callable[[int, int], object] = lambda done, of: None,
) -> Printed:
    """Return the notes of a lesson, in the language of the interface.

    Parameters
    ----------
    lesson : Lesson
        The lesson.
    solve : callable
        Returns the repetition of a variation, by its id, on a side.
    paper : str
        ``"a4"`` or ``"letter"``.
    tell : callable
        Takes how many stops are done, and of how many.

    Raises
    ------
    VisualizerError
        When a variation cannot be shown.
    """
    known = cache(solve)
    drawn: dict[Repetition, Pictures] = {}
    blocks: list[Block] = []
    if lesson.summary:
        blocks.append(Paragraph(text_in(lesson.summary)))
    for number, stop in enumerate(lesson.stops, 1):
        moment = replace(stop.moment, veil=OPEN)
        usual = known(moment.variation, moment.side)
        if usual not in drawn:
            drawn[usual] = Pictures(usual.body.surface, usual)
        repetition = usual.in_tempo(moment.tempo)
        title = text_in(stop.title) or repetition.variation.display_name(language())
        blocks.append(Heading(f"{number}. {title}"))
        if stop.minutes is not None:
            text = ntr("{minutes} minute", "{minutes} minutes", round(stop.minutes))
            said = text.format(minutes=f"{stop.minutes:g}")
            blocks.append(Paragraph(said, small=True, keep=True))
        notes = list(_said(text_in(stop.notes)))
        shown = _pictured(moment, repetition, drawn[usual], known)
        blocks += [replace(shown, keep=bool(notes)), *notes]
        question, last = _question(stop, repetition, known), blocks[-1]
        if question is not None:
            # not alone on the next page
            if isinstance(last, (Paragraph, Bullets, PictureRow)):
                blocks[-1] = replace(last, keep=True)
            blocks.append(question)
        tell(number, len(lesson.stops))
    if lesson.author:
        blocks.append(Paragraph(lesson.author, small=True))
    return Printed(text_in(lesson.title), language(), tuple(blocks), paper)


def _said(notes: str) -> Iterator[Paragraph | Bullets]:
    """Yield notes line by line; lines that begin with a dash are the points of a list."""
    lines = (line.strip() for line in notes.splitlines())
    for dashed, some in groupby(filter(None, lines), key=lambda line: line.startswith(_DASH)):
        if dashed:
            yield Bullets(tuple(line.removeprefix(_DASH).strip() for line in some))
        else:
            yield from map(Paragraph, some)


def _pictured(
    moment: Moment, repetition: Repetition, pictures: Pictures, solve: Solve
) -> PictureRow:
    """Return the picture of a stop, with both bodies where it compares two."""
    second = moment.second
    if second is None:
        one = _body(moment, repetition, pictures, _LOOK)
        drawing, width = draw(pictures.view, one.request, repetition), _WIDTH
    else:
        other = solve(second.variation, second.side)
        overlaid = moment.overlaid and can_overlay(repetition, other)
        look, width = (_LOOK, _WIDTH) if overlaid else (_PAIR, _PAIR_WIDTH)
        each = replace(look, size=size_of_each(look.size, overlaid=overlaid))
        beside = Pictures(other.body.surface, other)
        bodies = _body(moment, repetition, pictures, each), _body(second, other, beside, each)
        share = _NAME_PX / look.size[1]
        drawing = draw_compared(*bodies, look.size, overlaid=overlaid, name_share=share)
    shown = PrintedPicture(png_bytes(painted(drawing), _COLOURS), drawing.description)
    return PictureRow((shown,), width)


def _body(moment: Moment, repetition: Repetition, pictures: Pictures, look: Look) -> ComparedBody:
    """Return a body with its names in letters that are read on paper."""
    request = request_for(look, moment, repetition, language())
    room = request.layers.labels
    if room is not None:
        layers = replace(request.layers, labels=replace(room, text_px=_NAME_PX, apart=APART))
        request = replace(request, layers=layers)
    return ComparedBody(pictures, repetition, request)


def _question(stop: Stop, repetition: Repetition, solve: Solve) -> PrintedQuestion | None:
    """Return what is asked at a stop, with the answer: the notes are for who asks."""
    if stop.question is not None:
        own = stop.question
        answers = tuple(map(text_in, own.answers))
        return _answered(text_in(own.ask), answers, own.right - 1, text_in(own.why))
    if stop.predict is None:
        return None
    beside = stop.moment.other.variation if stop.moment.other else None
    named = stop.predict.other or beside
    others = [solve(named, stop.moment.side)] if named else []
    item = asked_item(stop, repetition, others)
    if item is None:
        return None
    other = others[0] if others else None
    choices = tuple(choice_text(item, choice, repetition) for choice in item.choices)
    why = reveal_of(item, repetition, other).why
    return _answered(question_text(item, repetition, other), choices, item.key, why)


def _answered(text: str, choices: tuple[str, ...], key: int, why: str) -> PrintedQuestion:
    return PrintedQuestion(text, choices, answer_text(choices, key, why))
