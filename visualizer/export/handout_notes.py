"""What a hand-out says of its own words and signs: once, in a small line below its last table."""

from __future__ import annotations

from visualizer.analysis.dispute import (
    DISPUTED_SIGN,
    disputed_phases,
    disputed_roles,
    disputed_words,
)
from visualizer.analysis.movement import JointMovement, MovingMuscle
from visualizer.analysis.words import contraction_word, role_word
from visualizer.catalog.variation import Contraction, MuscleAction, Role
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.vocabulary import PhaseId
from visualizer.texts import language, tr

__all__ = ["NOTHING", "possible_words", "signed", "table_notes", "who", "word_notes"]

NOTHING = "–"


def signed(action: MuscleAction, phase: PhaseId, repetition: Repetition) -> str:
    """Return how a muscle contracts in a phase, with the sign of doubt that pictures show."""
    word = contraction_word(repetition.contraction(action, phase))
    return f"{word} {DISPUTED_SIGN}" if phase in disputed_phases(action, repetition) else word


def who(muscles: tuple[MovingMuscle, ...], row: JointMovement, repetition: Repetition) -> str:
    """Return the names of muscles in a row of the movement analysis, with that sign."""
    doubted = {
        action.muscle
        for action in repetition.variation.muscles
        if row.phase in disputed_phases(action, repetition)
    }
    names = (f"{m.name} {DISPUTED_SIGN}" if m.id in doubted else m.name for m in muscles)
    return ", ".join(names) or NOTHING


def table_notes(repetition: Repetition, *, members: bool) -> list[str]:
    """Return what the sign means, where the tables have it, and who is in the groups.

    Parameters
    ----------
    repetition : Repetition
        What the hand-out is about.
    members : bool
        Whether groups are taken apart: whoever marks answers must know who counts.
    """
    notes = [f"{DISPUTED_SIGN}: {disputed_words()}."] if disputed_roles(repetition) else []
    if members:
        notes += [f"{group}." for group in _members(repetition)]
    return notes


def _members(repetition: Repetition) -> list[str]:
    """Return what groups stand for, where they drive, or where others of them stand elsewhere.

    What the groups that hold the trunk are made of would take more room than there is.
    """
    found, catalog = [], repetition.catalog
    for action in repetition.variation.muscles:
        group, name = catalog.muscle(action.muscle), repetition.name_of(action, language())
        if group.members and (
            action.role is not Role.STABILIZER or name != group.display_name(language())
        ):
            stated = set(repetition.reach(action).surfaces)
            names = [
                catalog.muscle(surface).display_name(language())
                for surface in catalog.surfaces(action.muscle)
                if surface in stated
            ]
            if len(names) > 1:
                # a name may have a comma
                found.append(f"{name}: {'; '.join(names)}")
    return found


def word_notes(*, filled: bool) -> str:
    """Return which words mean the same, and what a dash means where a table is filled in."""
    same = tr("Agonist is another word for prime mover.")
    return same + " " + tr("{dash}: not stated.").format(dash=NOTHING) if filled else same


def possible_words() -> str:
    """Return what can be written into the table of muscles."""
    return tr("Roles: {roles}. Contractions: {contractions}.").format(
        roles=", ".join(map(role_word, Role)),
        contractions=", ".join(map(contraction_word, Contraction)),
    )
