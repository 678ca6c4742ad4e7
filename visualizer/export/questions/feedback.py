"""What is said after an answer, for pupils who have never seen this program.

In a teaching system nothing stands beside it: no figure, no list of sources, no other entry that a
text could point at. So it is a sentence or two, and one more that names what it rests on.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from visualizer.analysis.evidence import grounds_of
from visualizer.analysis.words import (
    change_word,
    contraction_word,
    muscle_name,
    phase_word,
    text_in,
)
from visualizer.catalog.catalog import Catalog
from visualizer.catalog.citation import found_by, plain_title, short_citation
from visualizer.catalog.variation import HOLD_GROUND, Basis, Contraction, Ground, Joint
from visualizer.exercise.contraction import Agreement, agreement
from visualizer.exercise.repetition import Repetition
from visualizer.teaching.item import ItemKind, QuizItem
from visualizer.teaching.items import range_deg
from visualizer.teaching.wording import choice_text
from visualizer.texts import language, tr
from visualizer.texts.figures import figure

__all__ = ["based_on", "feedback"]


def feedback(item: QuizItem, repetition: Repetition, other: Repetition | None = None) -> str:
    """Return why the right answer is right, in a sentence or two.

    Parameters
    ----------
    item : QuizItem
        What was asked.
    repetition : Repetition
        Of the variation that it is about.
    other : Repetition, optional
        Of the one that it is compared with.
    """
    answer = choice_text(item, item.right, repetition)
    if item.kind is ItemKind.RANGE:
        assert other is not None
        own, beside = (figure(range_deg(r, Joint(item.asked)), "°") for r in (repetition, other))
        text = tr("From the bottom to the top: {variation} {own}, {other} {beside}.")
        return text.format(
            variation=repetition.variation.display_name(language()),
            own=own,
            other=other.variation.display_name(language()),
            beside=beside,
        )
    name = muscle_name(repetition, item.about)
    if item.kind is ItemKind.LENGTH:
        text = tr("{muscle}, length of muscle and tendon from the bottom to the top: {answer}.")
        return text.format(muscle=name, answer=answer)
    if item.kind.of_contraction:
        told = item.asked if item.kind is not ItemKind.CONTRACTION else item.right
        text = tr("{muscle}, phase “{phase}”: {contraction}, as the muscle {change} at work.")
        return text.format(
            muscle=name,
            phase=phase_word(item.phase),
            contraction=contraction_word(Contraction(told)),
            change=change_word(Contraction(told)),
        )
    action = next((a for a in repetition.variation.muscles if a.muscle == item.about), None)
    entry = action or next(a for a in repetition.variation.antagonists if a.muscle == item.about)
    role = choice_text(item, action.role if action else item.asked or item.right, repetition)
    said = tr("{muscle}: {role}.").format(muscle=name, role=role)
    if item.kind is ItemKind.ODD_ROLE:
        text = tr("{muscle}: {role}; the others: {other}.")
        said = text.format(muscle=name, role=role, other=choice_text(item, item.asked, repetition))
    return f"{said} {_first_sentence(text_in(entry.why))}"


def based_on(item: QuizItem, repetition: Repetition) -> str:
    """Return what the right answer rests on, named so that it is found; one sentence."""
    if item.kind is ItemKind.RANGE:
        named = [tr("computed with a jointed model of the body in these positions")]
    else:
        named = _named(_grounds(item, repetition), repetition.catalog)
    return tr("Based on: {grounds}.").format(grounds="; ".join(named))


def _grounds(item: QuizItem, repetition: Repetition) -> Sequence[Ground]:
    action = next((a for a in repetition.variation.muscles if a.muscle == item.about), None)
    if action is None:
        against = repetition.variation.antagonists
        found = next(a for a in against if a.muscle == item.about).grounds
    else:
        found = grounds_of(action)
    if item.kind is ItemKind.LENGTH:
        models = [g for g in found if g.basis is Basis.MODEL and g.source]
        return models or (Ground(Basis.MODEL),)
    if action is None:
        return found
    if not item.kind.of_contraction:
        return action.grounds
    claim = action.contraction.get(item.phase)
    if claim is None:
        return (HOLD_GROUND,)
    fits = agreement(claim.contraction, repetition.reach(action).change, item.phase)
    # a model that holds its joints still can speak neither for a statement nor against it
    return [g for g in claim.grounds if fits is Agreement.AGREES or g.basis is not Basis.MODEL]


def _named(grounds: Sequence[Ground], catalog: Catalog) -> list[str]:
    """Return the grounds that carry most, in words.

    An article that states it comes first; where none does, that it was inferred. Studies are named
    where nothing else is there: beside another ground they tell how much, not which.
    """
    of = {basis: [g for g in grounds if g.basis is basis] for basis in Basis}
    first = of[Basis.ARTICLE] or of[Basis.INFERENCE]
    chosen = [*first[:1], *of[Basis.MODEL][:1]] or of[Basis.STUDY][:1]
    return [_name(ground, catalog) for ground in chosen]


def _name(ground: Ground, catalog: Catalog) -> str:
    if ground.basis is Basis.INFERENCE:
        return tr("reasoning from anatomy and mechanics, not a measurement")
    if ground.source is None:
        return tr("computed with a model of bones and muscles")
    source = catalog.source(ground.source)
    if ground.basis is Basis.MODEL:
        text = tr("computed with the musculoskeletal model of {who}")
    elif ground.basis is Basis.STUDY:
        text = tr("study {source}")
    else:
        text = tr("article “{title}” ({who})")
    return text.format(
        source=found_by(source), title=plain_title(source), who=short_citation(source)
    )


def _first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s+(?=\w)", " ".join(text.split()), maxsplit=1)[0]
