"""A lesson on paper for its teacher: stop by stop picture, notes, question and answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import cache

from visualizer.analysis.veil import OPEN
from visualizer.analysis.words import text_in
from visualizer.anatomy.muscle import Side
from visualizer.exercise.repetition import Repetition
from visualizer.export.document import (
    Block,
    Heading,
    Paragraph,
    PictureRow,
    Printed,
    PrintedPicture,
    PrintedQuestion,
    answer_text,
)
from visualizer.export.drawing import moment_words
from visualizer.export.look import Look, request_for
from visualizer.export.picture import Pictures
from visualizer.export.questions.sheet import png_bytes
from visualizer.teaching.asking import asked_item
from visualizer.teaching.lesson import Lesson, Stop
from visualizer.teaching.wording import choice_text, question_text, reveal_of
from visualizer.texts import language, ntr

__all__ = ["make_notes"]

_LOOK = Look((720, 405))
_WIDTH, _COLOURS = 0.55, 256

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
            blocks.append(Paragraph(text.format(minutes=f"{stop.minutes:g}"), small=True))
        request = request_for(_LOOK, moment, repetition, language())
        image = drawn[usual].image(request)
        words = moment_words(repetition, request.instant)
        shown = PrintedPicture(png_bytes(image, _COLOURS), words)
        blocks.append(PictureRow((shown,), _WIDTH))
        notes = (line.strip() for line in text_in(stop.notes).splitlines())
        blocks += [Paragraph(line) for line in notes if line]
        question = _question(stop, repetition, known)
        if question is not None:
            blocks.append(question)
        tell(number, len(lesson.stops))
    if lesson.author:
        blocks.append(Paragraph(lesson.author, small=True))
    return Printed(text_in(lesson.title), language(), tuple(blocks), paper)


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
