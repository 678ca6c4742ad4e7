"""Where our own model does not bear out what is stated: the same sign in all views."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from visualizer.catalog.variation import MuscleAction
from visualizer.exercise.contraction import Agreement, agreement
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.vocabulary import PhaseId
from visualizer.texts import tr

__all__ = ["DISPUTED_SIGN", "disputed_phases", "disputed_signs", "disputed_words"]

DISPUTED_SIGN = "?"

_known: WeakKeyDictionary[Repetition, dict[str, frozenset[PhaseId]]] = WeakKeyDictionary()


def disputed_words() -> str:
    """Return what the sign means."""
    return tr("stated, but the computed change of length does not fit")


def disputed_phases(action: MuscleAction, repetition: Repetition) -> frozenset[PhaseId]:
    """Return the phases in which the computed change of length does not fit what is stated."""
    known = _known.setdefault(repetition, {})
    if action.muscle not in known:
        change = repetition.reach(action).change
        known[action.muscle] = frozenset(
            phase
            for phase, claim in action.contraction.items()
            if agreement(claim.contraction, change, phase) is Agreement.DIFFERS
        )
    return known[action.muscle]


def disputed_signs(repetition: Repetition) -> list[tuple[str, str]]:
    """Return the sign with what it means in few words, for a legend; none where it stands nowhere.

    Parameters
    ----------
    repetition : Repetition
        What the legend is of.
    """
    doubt = any(disputed_phases(action, repetition) for action in repetition.variation.muscles)
    return [(DISPUTED_SIGN, tr("length does not fit"))] if doubt else []
