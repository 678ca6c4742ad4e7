"""The questions of a hand-out: the same on the sheet to read, to fill in, and with the answers.

None of them gives away what the sheet to fill in asks for: who the muscles are, which roles they
have, how they contract. So no question offers muscles, and where one is pointed at, the sheet to
fill in calls it by its number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from visualizer.analysis.movement import movements_of
from visualizer.analysis.words import (
    contraction_word,
    muscle_name,
    text_in,
)
from visualizer.catalog.variation import Contraction, Joint, MuscleAction, Role
from visualizer.exercise.repetition import Repetition
from visualizer.export.document import PrintedPicture, PrintedQuestion, answer_text
from visualizer.export.questions.sheet import questions_of
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.request import RenderedView, RenderRequest
from visualizer.teaching.item import Course, ItemKind, QuizItem
from visualizer.teaching.items import ItemMaker
from visualizer.texts import language, tr

__all__ = ["handout_questions"]

_LINES = 2
_COURSES = {
    Contraction.CONCENTRIC: Course.SHORTENS,
    Contraction.ECCENTRIC: Course.LENGTHENS,
    Contraction.ISOMETRIC: Course.HOLDS,
}
_COUNT = 3


def handout_questions(
    repetition: Repetition,
    view: Callable[[RenderRequest], RenderedView],
    others: Sequence[Repetition] = (),
    numbers: Mapping[str, int] | None = None,
    *,
    answered: bool = False,
) -> tuple[PrintedQuestion, ...]:
    """Return the questions.

    Parameters
    ----------
    repetition : Repetition
        What is asked about.
    view : callable
        Draws their pictures.
    others : sequence of Repetition
        Variations that it may be compared with.
    numbers : mapping of str to int, optional
        What the muscles are called on the sheet to fill in; with answers, their names stand with
        that. By default they are called by their names.
    answered : bool
        Whether the answers stand with them.
    """

    def called(muscle: str) -> str:
        if numbers is None:
            return muscle_name(repetition, muscle)
        number = tr("Muscle {number}").format(number=numbers[muscle])
        return f"{number} ({muscle_name(repetition, muscle)})" if answered else number

    found = []
    items = _items(repetition, others)
    for asked in questions_of(items, repetition, view, others, called, titled=False):
        answer = answer_text(asked.choices, asked.key, asked.why) if answered else ""
        pictured = PrintedPicture(asked.figure.png, asked.figure.alt)
        found.append(PrintedQuestion(asked.text, asked.choices, answer, pictured))
    for text, answer in _in_words(repetition):
        if answered:
            found.append(PrintedQuestion(text, answer=answer))
        else:
            found.append(PrintedQuestion(text, lines=_LINES))
    return tuple(found[:_COUNT])


def _items(repetition: Repetition, others: Sequence[Repetition]) -> Iterator[QuizItem]:
    """Yield how far a joint moves elsewhere, and what becomes of a muscle's length."""
    maker = ItemMaker(repetition, 0, others)
    yield from maker.draw(1, (ItemKind.RANGE,))
    courses = {
        action.muscle: _COURSES[repetition.contraction(action, PhaseId.LIFT)]
        for action in repetition.variation.muscles
    }
    for item in maker.every((ItemKind.LENGTH,)):
        # a small muscle that is said to hold still may be computed to move a little
        if courses.get(item.about) == item.right:
            yield item
            return


def _in_words(repetition: Repetition) -> Iterator[tuple[str, str]]:
    """Yield what is answered in a sentence of one's own, each with an answer."""
    drive = [a for a in repetition.variation.muscles if a.role is Role.PRIME_MOVER]
    if not drive:
        return
    asked = tr("Which muscle or muscles drive the lift, and how can you tell? Write one sentence.")
    # what they do on the way down is asked next
    reasons = [
        f"{repetition.name_of(a, language())}: {text_in(a.why).split(';')[0].rstrip('.')}."
        for a in drive
    ]
    yield asked, " ".join(reasons + _told_by(repetition, drive))
    down = {repetition.contraction(action, PhaseId.LOWERING) for action in drive}
    if down == {Contraction.ECCENTRIC}:
        asked = tr("What do they do on the way down, and what is such a contraction called?")
        answer = tr("They become longer while they brake; such a contraction is called {word}.")
        yield asked, answer.format(word=contraction_word(Contraction.ECCENTRIC))


def _told_by(repetition: Repetition, drive: Sequence[MuscleAction]) -> list[str]:
    """Return how one can tell that muscles drive a lift, where it follows from what is computed."""
    for row in movements_of(repetition):
        if (row.phase, row.joint, row.moment) == (PhaseId.LIFT, Joint.HIP, "extensor"):
            extend = row.contraction is Contraction.CONCENTRIC
            if extend and {a.muscle for a in drive} <= {m.id for m in row.agonists}:
                return [
                    tr("How to tell: they extend the hip against the load and shorten meanwhile.")
                ]
    return []
