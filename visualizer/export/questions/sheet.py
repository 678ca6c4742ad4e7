"""A sheet of questions: texts, right answers, reasons and pictures, in one language.

A picture never tells the answer: it shows the body without colours and marks, the muscle that is
asked about in yellow, and where the phase is asked for, always the same moment.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from html import escape

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from visualizer.analysis.words import muscle_name, phase_word
from visualizer.exercise.repetition import Repetition
from visualizer.export.lettering import text_width
from visualizer.export.png import few_colours, to_image
from visualizer.export.questions.feedback import based_on, feedback
from visualizer.lifts.base import ViewName
from visualizer.lifts.schedule import Playhead
from visualizer.scene.labels import APART, LABEL_SHARE, LabelRoom
from visualizer.scene.overlay import Overlay, Text
from visualizer.scene.request import BARE, RenderedView, RenderRequest
from visualizer.teaching.item import ItemKind, QuizItem
from visualizer.teaching.items import ItemMaker
from visualizer.teaching.moment import Moment
from visualizer.teaching.picture import request_of
from visualizer.teaching.wording import choice_text, question_text
from visualizer.texts import language, tr

__all__ = [
    "Figure",
    "LabelledFigure",
    "QuestionSheet",
    "SheetQuestion",
    "make_sheet",
    "name_boxes",
    "png_bytes",
    "questions_of",
    "reason_html",
]

PICTURE_SIZE = (800, 450)
# names take room
NAMED_SIZE = (1280, 720)
_COLOURS = 256
# What points at the muscle that is asked about.
_POINTED, _TINT = "#F5CF1D", 0.62
# In pictures so small the views are compared, and how much of the best one is good enough.
_SMALL, _ENOUGH = (192, 108), 0.35
# A muscle is pointed at where it takes this share of the picture, which is 19 by 19 of its pixels:
# less is not found.
_LEAST_SEEN = 0.001
# from below a class would first have to find its way about
_VIEWS = (ViewName.SIDE, ViewName.THREE_QUARTER, ViewName.FRONT, ViewName.BACK)


@dataclass(frozen=True)
class Figure:
    """A picture of a question.

    Attributes
    ----------
    name : str
        Of its file; it tells nothing.
    png : bytes
        The file.
    alt : str
        What it shows, in words that do not tell the answer.
    """

    name: str
    png: bytes
    alt: str


@dataclass(frozen=True)
class LabelledFigure:
    """A picture with names, and where they stand.

    Attributes
    ----------
    figure : Figure
        The picture.
    boxes : tuple of (left, top, width, height)
        One round each name, shares of the picture's width and height.
    """

    figure: Figure
    boxes: tuple[tuple[float, float, float, float], ...]


@dataclass(frozen=True)
class SheetQuestion:
    """A question in words.

    Attributes
    ----------
    id : str
        The same for the same question in any run: what knows it can put it in the old one's place.
    text : str
        What is asked.
    choices : tuple of str
        Answers in the order in which they are offered.
    key : int
        Which of them is right.
    why : str
        The reason, in a sentence or two.
    ground : str
        What the reason rests on, in one.
    figure : Figure
        The picture beside it.
    """

    id: str
    text: str
    choices: tuple[str, ...]
    key: int
    why: str
    ground: str
    figure: Figure

    @property
    def right(self) -> str:
        """The right answer."""
        return self.choices[self.key]


@dataclass(frozen=True)
class QuestionSheet:
    """Questions about a variation.

    Attributes
    ----------
    id : str
        Id of the variation.
    title : str
        Its name.
    language : str
        Code of the language of all texts.
    questions : tuple of SheetQuestion
        In the order of the sheet.
    labelled : LabelledFigure
        The body with the names of its working muscles, for formats that can cover names.
    """

    id: str
    title: str
    language: str
    questions: tuple[SheetQuestion, ...]
    labelled: LabelledFigure

    @property
    def category(self) -> str:
        """Where a teaching system keeps them: the title, in which a slash would begin another."""
        return "$course$/top/" + " ".join(self.title.replace("/", "-").split())

    @property
    def named(self) -> tuple[tuple[str, SheetQuestion], ...]:
        """The questions with a name each, which tells no answer."""
        return tuple((f"{self.title} {k:02}", q) for k, q in enumerate(self.questions, 1))

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All pictures, each once."""
        return tuple({q.figure.name: q.figure for q in self.questions}.values())


def make_sheet(
    repetition: Repetition,
    draw: Callable[[RenderRequest], RenderedView],
    count: int,
    seed: int = 0,
    others: Sequence[Repetition] = (),
) -> QuestionSheet:
    """Return questions about a variation, in the language of the interface.

    Parameters
    ----------
    repetition : Repetition
        What is asked about.
    draw : callable
        Draws a picture of it.
    count : int
        How many; fewer where the data give no more.
    seed : int
        Chooses questions, wrong answers and their order.
    others : sequence of Repetition
        Variations that it may be compared with.
    """
    items = ItemMaker(repetition, seed, others).draw(count)
    questions = questions_of(items, repetition, draw, others)
    variation = repetition.variation
    title = variation.display_name(language())
    labelled = _labelled(repetition, draw)
    return QuestionSheet(variation.id, title, language(), questions, labelled)


def questions_of(
    items: Iterable[QuizItem],
    repetition: Repetition,
    draw: Callable[[RenderRequest], RenderedView],
    others: Sequence[Repetition] = (),
    named: Callable[[str], str] | None = None,
    *,
    titled: bool = True,
) -> tuple[SheetQuestion, ...]:
    """Return questions in words, with their pictures; parameters as :func:`make_sheet`.

    Parameters
    ----------
    items : iterable of QuizItem
        What is asked.
    named : callable, optional
        ``named(muscle)`` returns what a muscle that is asked about is called, by its id; its name
        by default.
    titled : bool
        Whether each says which lift it is about: in a teaching system a question may stand alone.
    """
    title = repetition.variation.display_name(language())
    by_id = {r.variation.id: r for r in others}
    figures = dict[Moment, Figure]()
    called = named or (lambda muscle: muscle_name(repetition, muscle))
    questions = []
    for item in items:
        other = by_id.get(item.other or "")
        text = question_text(item, repetition, other, called(item.muscle) if item.muscle else "")
        if titled and item.kind is not ItemKind.RANGE:  # which names it anyway
            text = tr("{variation}. {question}").format(variation=title, question=text)
        questions.append(
            SheetQuestion(
                _id_of(item),
                text,
                tuple(choice_text(item, choice, repetition) for choice in item.choices),
                item.key,
                feedback(item, repetition, other),
                based_on(item, repetition),
                _figure(item, repetition, draw, figures, called),
            )
        )
    return tuple(questions)


def _id_of(item: QuizItem) -> str:
    """Return a name that a question keeps whichever wrong answers stand beside it."""
    about = item.right if item.kind.of_muscles else item.muscle
    what = (item.kind, item.variation, item.side, item.phase, about, item.asked, item.other)
    text = "/".join(map(str, what))
    return "q" + hashlib.sha256(text.encode()).hexdigest()[:15]


def _figure(
    item: QuizItem,
    repetition: Repetition,
    draw: Callable[[RenderRequest], RenderedView],
    known: dict[Moment, Figure],
    called: Callable[[str], str],
) -> Figure:
    """Return the picture of a question; questions that look alike share one."""
    first = repetition.schedule.spans[0].id
    # the moment itself would be the answer
    tells = item.kind is ItemKind.PHASE
    place = Playhead(first, 0.0) if tells else Playhead(item.phase, 0.5)
    moment = Moment(item.variation, place, side=item.side, muscle=item.muscle, veil=item.veil)
    if moment not in known:
        seen_from = _best_view(moment, repetition, draw)
        where = repetition.variation.display_name(language())
        if not tells:
            where = tr("{variation}, phase “{phase}”").format(
                variation=where, phase=phase_word(place.phase)
            )
        alt = tr("Picture of the body: {where}. No role and no contraction is marked.")
        words = alt.format(where=where)
        shown = draw(request_of(seen_from, repetition, PICTURE_SIZE, layers=BARE))
        image, is_seen = _pointed(shown, repetition.catalog.surface_set(item.muscle))
        if item.muscle is not None and is_seen:
            words += " " + tr("Yellow: {muscle}.").format(muscle=called(item.muscle))
        file = f"picture-{len(known) + 1:02}.png"
        # without the colours of roles a palette is enough, at a fifth of the size
        known[moment] = Figure(file, png_bytes(image, colours=_COLOURS), words)
    return known[moment]


def _best_view(
    moment: Moment, repetition: Repetition, draw: Callable[[RenderRequest], RenderedView]
) -> Moment:
    """Return a moment as its muscle is seen best: from the side, unless that hides it.

    Where it is seen from nowhere, what lies over it is drawn as glass.
    """
    if moment.muscle is None:
        return moment
    surfaces = repetition.catalog.surface_set(moment.muscle)
    for shown in (moment, replace(moment, focus=True)):
        seen: dict[ViewName, float] = {}
        for view in _VIEWS:
            request = request_of(replace(shown, view=view), repetition, _SMALL, layers=BARE)
            seen[view] = float(_on(draw(replace(request, supersample=1)), surfaces).mean())
        best = max(seen, key=seen.__getitem__)
        if seen[best] >= 1.5 * _LEAST_SEEN:  # in so few pixels with some to spare
            enough = max(_ENOUGH * seen[best], 1.5 * _LEAST_SEEN)
            return replace(shown, view=moment.view if seen[moment.view] >= enough else best)
    return moment


def _labelled(
    repetition: Repetition, draw: Callable[[RenderRequest], RenderedView]
) -> LabelledFigure:
    """Return the body half-way through its first phase with the names of what works."""
    room = LabelRoom(text_width, LABEL_SHARE * NAMED_SIZE[1], language=language(), apart=APART)
    place = Playhead(repetition.schedule.spans[0].id, 0.5)
    moment = Moment(repetition.variation.id, place, side=repetition.side, labels=True)
    # without marks, all that is written are names
    layers = replace(BARE, labels=room)
    view = draw(request_of(moment, repetition, NAMED_SIZE, layers=layers))
    alt = tr("Picture of the body with the names of the working muscles")
    figure = Figure("picture-names.png", png_bytes(to_image(view)), alt)
    return LabelledFigure(figure, name_boxes(view.overlay, NAMED_SIZE))


def name_boxes(
    overlay: Overlay, size: tuple[int, int]
) -> tuple[tuple[float, float, float, float], ...]:
    """Return (left, top, width, height) round each text, in shares; lines of one name are one.

    Parameters
    ----------
    overlay : Overlay
        With no other texts than names.
    size : (int, int)
        Width and height of the picture in pixels.
    """
    boxes: list[tuple[float, float, float, float]] = []
    last: Text | None = None
    for text in overlay.texts:
        wide = text_width(text.text, text.size_px)
        left = text.x - {"left": 0.0, "centre": wide / 2.0, "right": wide}[text.align]
        room = 0.25 * text.size_px
        box = (
            left - room,
            text.y - 0.5 * text.size_px - room,
            left + wide + room,
            text.y + 0.5 * text.size_px + room,
        )
        follows = last is not None and (last.x, last.align) == (text.x, text.align)
        if last is not None and follows and 0.0 < text.y - last.y < 1.6 * text.size_px:
            a = boxes.pop()
            box = min(a[0], box[0]), min(a[1], box[1]), max(a[2], box[2]), max(a[3], box[3])
        boxes.append(box)
        last = text
    width, height = size
    inside = ((max(a, 0.0), max(b, 0.0), min(c, width), min(d, height)) for a, b, c, d in boxes)
    return tuple(
        (left / width, top / height, (right - left) / width, (bottom - top) / height)
        for left, top, right, bottom in inside
    )


def _pointed(view: RenderedView, muscles: frozenset[str]) -> tuple[Image.Image, bool]:
    """Return a picture with some muscles in a colour that no role has, and whether they are found.

    Where too little of them is seen, nothing is coloured.
    """
    image, on = to_image(view), _on(view, muscles)
    if on.mean() < _LEAST_SEEN:
        return image, False
    mask = Image.fromarray(on.astype(np.uint8) * round(255 * _TINT))
    image.paste(Image.new("RGB", image.size, _POINTED), (0, 0), mask)
    return image, True


def _on(view: RenderedView, muscles: frozenset[str]) -> NDArray[np.bool_]:
    """Return which pixels show some muscles."""
    parts = [k for k, part in enumerate(view.parts) if part.muscle in muscles]
    return np.isin(view.picture.part, parts)


def png_bytes(image: Image.Image, colours: int | None = None) -> bytes:
    """Return a picture as the content of a PNG file, with at most so many colours if any."""
    stream = io.BytesIO()
    if colours is not None:
        image = few_colours(image, colours)
    image.save(stream, "PNG", optimize=True)
    return stream.getvalue()


def reason_html(question: SheetQuestion) -> str:
    """Return the reason and what it rests on, as HTML."""
    return f"<p>{escape(question.why)}</p><p><small>{escape(question.ground)}</small></p>"
