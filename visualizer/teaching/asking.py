"""The question that the program makes for a stop of a lesson."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from visualizer.errors import Problem, VisualizerError
from visualizer.exercise.repetition import Repetition
from visualizer.teaching.item import ItemKind, QuizItem
from visualizer.teaching.items import ItemMaker
from visualizer.teaching.lesson import Lesson, Stop
from visualizer.teaching.moment import Moment
from visualizer.texts import tr

__all__ = ["asked_item", "problems_of_asking"]

_OF_PHASE = (ItemKind.CONTRACTION, ItemKind.WITH_CONTRACTION)


def asked_item(
    stop: Stop, repetition: Repetition, others: Sequence[Repetition] = (), seed: int = 0
) -> QuizItem | None:
    """Return the question of a stop, the same one each time; None where the data give none.

    Parameters
    ----------
    stop : Stop
        With ``predict``.
    repetition : Repetition
        Of the stop's variation.
    others : sequence of Repetition
        Those that a range may be compared with: the one that is named, or that stands beside.
    seed : int
        Chooses the wrong answers and their order.
    """
    ask, moment = stop.predict, stop.moment
    if ask is None:
        return None
    phase = moment.playhead.phase if ask.kind in _OF_PHASE else None
    muscle = ask.muscle
    if muscle is None and not ask.kind.of_muscles and ask.kind is not ItemKind.RANGE:
        muscle = moment.muscle
    beside = ask.other or (moment.other.variation if moment.other else None)
    compared = [r for r in others if beside in (None, r.variation.id)]
    found = ItemMaker(repetition, seed, compared).make(ask.kind, muscle, phase)
    if found is None and muscle is not None and not ask.kind.of_muscles:
        # a teacher may well ask what is in dispute; the question says so
        found = ItemMaker(repetition, seed, disputed=True).make(ask.kind, muscle, phase)
    return found


def problems_of_asking(
    lesson: Lesson, repetition_at: Callable[[Moment], Repetition]
) -> Iterator[Problem]:
    """Yield the stops whose questions the data do not give.

    Parameters
    ----------
    lesson : Lesson
        A lesson that is right otherwise.
    repetition_at : callable
        Returns the repetition of a moment; it may raise ``VisualizerError``.
    """
    for index, stop in enumerate(lesson.stops):
        if stop.predict is None:
            continue
        where = f"stops[{index}].predict"
        try:
            own = repetition_at(stop.moment)
            names = [stop.predict.other, stop.moment.other and stop.moment.other.variation]
            others = [repetition_at(Moment(name)) for name in names if name]
            found = asked_item(stop, own, others)
        except VisualizerError as error:
            yield Problem("", where, str(error))
            continue
        if found is None:
            message = tr("the data give no such question about this muscle and phase")
            yield Problem("", where, message)
