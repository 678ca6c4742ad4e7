"""Questions, answers and reasons in words, in the language of the interface."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.analysis.dispute import disputed_phases, disputed_words
from visualizer.analysis.evidence import explain_agreement, grounds_of
from visualizer.analysis.words import (
    contraction_word,
    muscle_name,
    phase_word,
    role_word,
    text_in,
)
from visualizer.catalog.facts import Bearing
from visualizer.catalog.variation import (
    HOLD_GROUND,
    Basis,
    Contraction,
    Ground,
    Joint,
    MuscleAction,
    Role,
)
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.vocabulary import PhaseId
from visualizer.teaching.item import Course, HowFar, ItemKind, QuizItem
from visualizer.teaching.items import ANTAGONIST, CLEAR_DEG, range_deg
from visualizer.texts import N_, language, tr
from visualizer.texts.figures import figure, percent_change

__all__ = ["LETTERS", "Reveal", "choice_text", "question_text", "reveal_of"]

LETTERS = "ABCDEF"

_QUESTIONS = {
    ItemKind.PRIME_MOVER: N_("Which of these muscles is the prime mover?"),
    ItemKind.ROLE: N_("{muscle}: which role does it have here?"),
    ItemKind.CONTRACTION: N_("{muscle}, phase “{phase}”: what kind of contraction is it?"),
    ItemKind.PHASE: N_("{muscle}: in which phase is the contraction {asked}?"),
    ItemKind.WITH_ROLE: N_("Which of these muscles has the role “{asked}”?"),
    ItemKind.WITH_CONTRACTION: N_(
        "Phase “{phase}”: in which of these muscles is the contraction {asked}?"
    ),
    ItemKind.ODD_ROLE: N_("All but one of these have the same role. Which one has another?"),
    ItemKind.LENGTH: N_(
        "{muscle}, phase “{phase}”: how does the length change, as a model computes it?"
    ),
}
_ONE_OF_SEVERAL = N_("Which of these muscles is a prime mover?")
_RANGES = {
    Joint.HIP: N_(
        "{variation}, compared with {other}: how far does the hip move, if differences of more "
        "than {least} count?"
    ),
    Joint.KNEE: N_(
        "{variation}, compared with {other}: how far does the knee move, if differences of more "
        "than {least} count?"
    ),
}
_COURSES = {
    Course.SHORTENS: N_("it becomes shorter"),
    Course.LENGTHENS: N_("it becomes longer"),
    Course.HOLDS: N_("it stays nearly the same"),
    Course.BOTH: N_("it goes there and back"),
}
_COMPARISONS = {
    HowFar.FARTHER: N_("farther"),
    HowFar.LESS: N_("less far"),
    HowFar.ALIKE: N_("as far"),
}


@dataclass(frozen=True)
class Reveal:
    """What is said when the answer is uncovered.

    Attributes
    ----------
    answer : str
        The right answer.
    why : str
        The reason, in one to three sentences.
    grounds : tuple of Ground
        What that rests on.
    doubt : str
        Titles of the disagreements that bear on it, and that the model does not fit; empty where
        nothing is in doubt.
    """

    answer: str
    why: str
    grounds: tuple[Ground, ...]
    doubt: str = ""


def question_text(
    item: QuizItem, repetition: Repetition, other: Repetition | None = None, muscle: str = ""
) -> str:
    """Return the question.

    Parameters
    ----------
    item : QuizItem
        What is asked.
    repetition : Repetition
        Of the variation that it is about.
    other : Repetition, optional
        Of the one that it is compared with.
    muscle : str
        What the muscle that is asked about is called; empty for its name.
    """
    asked, name = "", language()
    if item.kind is ItemKind.RANGE:
        stem = _RANGES[Joint(item.asked)]
    else:
        stem = _QUESTIONS[item.kind]
        asked = choice_text(item, item.asked, repetition) if item.asked else ""
    roles = [action.role for action in repetition.variation.muscles]
    if item.kind is ItemKind.PRIME_MOVER and roles.count(Role.PRIME_MOVER) > 1:
        stem = _ONE_OF_SEVERAL
    text = tr(stem).format(
        muscle=muscle or (muscle_name(repetition, item.muscle) if item.muscle else ""),
        phase=phase_word(item.phase),
        asked=asked,
        variation=repetition.variation.display_name(name),
        other=other.variation.display_name(name) if other else "",
        least=figure(CLEAR_DEG, "°"),
    )
    doubt = _doubt(item, repetition)
    if doubt:
        text += " " + tr("(This is in dispute; answer as this program states it.)")
    return text


def choice_text(item: QuizItem, choice: str, repetition: Repetition) -> str:
    """Return an answer, or what is asked for, in words."""
    if choice == ANTAGONIST:
        return tr("antagonist")
    match item.kind:
        case ItemKind.LENGTH:
            return tr(_COURSES[Course(choice)])
        case ItemKind.RANGE:
            return tr(_COMPARISONS[HowFar(choice)])
    if choice in (*Role,):
        return role_word(Role(choice))
    if choice in (*Contraction,):
        return contraction_word(Contraction(choice))
    if choice in (*PhaseId,):
        return phase_word(PhaseId(choice))
    return muscle_name(repetition, choice)


def reveal_of(item: QuizItem, repetition: Repetition, other: Repetition | None = None) -> Reveal:
    """Return what is said when the answer is uncovered; parameters as :func:`question_text`."""
    answer = choice_text(item, item.right, repetition)
    why, grounds = _reason(item, repetition, other)
    return Reveal(answer, why, grounds, _doubt(item, repetition))


def _doubt(item: QuizItem, repetition: Repetition) -> str:
    muscle = item.right if item.kind.of_muscles else item.muscle
    if muscle is None or item.kind in (ItemKind.LENGTH, ItemKind.RANGE):
        return ""
    of_contraction = item.kind.of_contraction
    bearing = Bearing.CONTRACTION if of_contraction else Bearing.ROLE
    cards = repetition.catalog.disagreements_of(repetition.variation.id, muscle)
    found = [text_in(c.title) for c in cards if c.muscles and bearing in c.bears_on]
    action = next((a for a in repetition.variation.muscles if a.muscle == muscle), None)
    if of_contraction and action is not None:
        found += [disputed_words()] if item.phase in disputed_phases(action, repetition) else []
    return " ".join(found)


def _reason(
    item: QuizItem, repetition: Repetition, other: Repetition | None
) -> tuple[str, tuple[Ground, ...]]:
    muscle = item.right if item.kind.of_muscles else item.muscle
    if item.kind is ItemKind.RANGE:
        return _range_reason(item, repetition, other)
    assert muscle is not None
    if item.kind is ItemKind.LENGTH:
        change = repetition.stated_change(muscle)
        text = tr(
            "Computed from the bottom to the top: the length of muscle and tendon together changes "
            "by {change} of the length of a resting fibre."
        )
        percent = percent_change(change.lift_percent or 0.0)
        return text.format(change=percent), (Ground(Basis.MODEL),)
    action = next((a for a in repetition.variation.muscles if a.muscle == muscle), None)
    if action is None:
        entry = next(a for a in repetition.variation.antagonists if a.muscle == muscle)
        return text_in(entry.why), entry.grounds
    if item.kind.of_contraction:
        return _contraction_reason(action, item.phase, repetition)
    return text_in(action.why), grounds_of(action)[: len(action.grounds)]


def _contraction_reason(
    action: MuscleAction, phase: PhaseId, repetition: Repetition
) -> tuple[str, tuple[Ground, ...]]:
    claim = action.contraction.get(phase)
    if claim is None:
        return tr(HOLD_GROUND.note), (HOLD_GROUND,)
    change, catalog = repetition.reach(action).change, repetition.catalog
    model = explain_agreement(claim.contraction, change, phase, catalog, language())
    return f"{text_in(action.why)} {model}", claim.grounds


def _range_reason(
    item: QuizItem, repetition: Repetition, other: Repetition | None
) -> tuple[str, tuple[Ground, ...]]:
    joint = Joint(item.asked)
    ranges = [figure(range_deg(r, joint), "°") for r in (repetition, other) if r is not None]
    text = tr("From the bottom to the top: {ranges}. It follows from how the body is placed.")
    return text.format(ranges=", ".join(ranges)), (Ground(Basis.MODEL),)
