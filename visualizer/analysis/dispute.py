"""Where our own model does not bear out what is stated: the same sign in all views."""

from __future__ import annotations

from collections.abc import Collection
from weakref import WeakKeyDictionary

from visualizer.catalog.variation import MuscleAction, Role
from visualizer.exercise.contraction import Agreement, agreement
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.vocabulary import PhaseId
from visualizer.texts import tr

__all__ = ["DISPUTED_SIGN", "disputed_phases", "disputed_roles", "disputed_words"]

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


def disputed_roles(
    repetition: Repetition,
    phases: Collection[PhaseId] | None = None,
    *shown: frozenset[str] | None,
) -> frozenset[Role]:
    """Return the roles of the muscles of which something is stated that does not fit.

    Parameters
    ----------
    repetition : Repetition
        What is done.
    phases : collection of PhaseId, optional
        The phases that count; all of them by default.
    *shown : frozenset of str or None
        Only muscles count that have a surface in each of these sets; None is no limit.
    """
    return frozenset(
        action.role
        for action in repetition.variation.muscles
        if any(phases is None or p in phases for p in disputed_phases(action, repetition))
        and all(s is None or s & set(repetition.reach(action).surfaces) for s in shown)
    )
