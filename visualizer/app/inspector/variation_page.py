"""The inspector's page on a variation, tab by tab."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtWidgets import QWidget

from visualizer.analysis.movement import movement_said, movement_word, movements_of
from visualizer.analysis.words import capitalised, equipment_word, listed, phase_word, text_in
from visualizer.app.inspector.blocks import Blocks, cited_by
from visualizer.app.inspector.grounds import BasisKey, GroundList, article_label
from visualizer.app.inspector.studies import disagreement_blocks, source_blocks
from visualizer.app.session.choices import InspectorTab
from visualizer.app.widgets.controls import label
from visualizer.lifts.vocabulary import Phase, PhaseId
from visualizer.texts import language, tr
from visualizer.texts.figures import seconds

__all__ = ["variation_blocks"]


def variation_blocks(tab: InspectorTab, made: Blocks) -> Iterator[QWidget]:
    """Yield the blocks of a tab while nothing is selected.

    Parameters
    ----------
    tab : InspectorTab
        Which one.
    made : Blocks
        Makes them.
    """
    made.title = made.session.variation.display_name(language())
    return {
        InspectorTab.NOW: _overview,
        InspectorTab.WHY: _questions,
        InspectorTab.ANATOMY: _anatomy,
        InspectorTab.EVIDENCE: _evidence,
    }[tab](made)


def _overview(made: Blocks) -> Iterator[QWidget]:
    repetition, variation = made.session.repetition, made.session.variation
    block = made.begin()
    made.add(label(made.title, "title"))
    made.add(label(text_in(variation.summary.text)))
    made.section(tr("Working muscles"))
    made.muscles(action.muscle for action in variation.muscles)
    if not variation.muscles:
        text = tr("The data name no working muscle for this variation.")
        made.add(label(text, "secondary"))
    text = tr(
        "Nothing is stated about the muscles in grey. That does not mean that they do nothing."
    )
    made.add(label(text, "caption"))
    yield block
    block = made.begin()
    made.section(tr("The exercise"))
    made.pair(tr("Who it suits"), text_in(variation.suits.text))
    gear = listed([equipment_word(e) for e in variation.equipment])
    made.pair(tr("Equipment"), gear or tr("None"))
    tempo, usual = (_tempo(r.variation.phases) for r in (repetition, repetition.usual))
    if repetition is not repetition.usual:
        tempo = tr("{chosen} (chosen; the data state {usual})").format(chosen=tempo, usual=usual)
    made.pair(tr("Tempo"), tempo)
    yield block


def _tempo(phases: Sequence[Phase]) -> str:
    return " · ".join(f"{phase_word(p.id)} {seconds(p.seconds)}" for p in phases)


def _questions(made: Blocks) -> Iterator[QWidget]:
    block = made.begin()
    made.add(label(made.title, "title"))
    questions = made.session.variation.questions
    if not questions:
        text = tr("Choose a muscle to read why it works as it does.")
        made.add(label(text, "secondary"))
    yield block
    for index, question in enumerate(questions):
        block = made.begin()
        if index == 0:
            made.section(tr("Questions"))
        made.add(label(text_in(question.question), "strong"))
        made.add(label(text_in(question.answer)))
        made.add(GroundList(question.grounds, made.session.catalog))
        made.gap(8)
        yield block


def _anatomy(made: Blocks) -> Iterator[QWidget]:
    block = made.begin()
    made.add(label(made.title, "title"))
    text = tr("Choose a muscle to read where it begins and ends, its nerve and its actions.")
    made.add(label(text, "secondary"))
    made.section(tr("Working muscles"))
    made.muscles(action.muscle for action in made.session.variation.muscles)
    yield block
    yield from _movements(made)


def _movements(made: Blocks) -> Iterator[QWidget]:
    """Yield the movement analysis, a block for each joint in each phase."""
    for number, row in enumerate(movements_of(made.session.repetition.usual, language())):
        block = made.begin()
        if not number:
            made.section(tr("Movement analysis"))
            text = tr("Computed from angles, moments and moment arms.")
            made.add(label(text, "caption"))
        place = f"{phase_word(PhaseId(row.phase))}, {movement_word(row.joint)}"
        made.pair(place, capitalised(movement_said(row)))
        for column, muscles in row.columns.items():
            if muscles:
                names = ", ".join(muscle.name for muscle in muscles)
                made.pair(capitalised(movement_word(column)), names)
        made.gap(8)
        yield block


def _evidence(made: Blocks) -> Iterator[QWidget]:
    variation, catalog = made.session.variation, made.session.catalog
    block = made.begin()
    made.add(label(made.title, "title"))
    yield block
    grounds = (*variation.summary.grounds, *variation.suits.grounds)
    if grounds:
        block = made.begin()
        made.section(tr("What this rests on"))
        about = article_label(catalog)
        if about is not None:
            made.add(about)
        made.add(BasisKey(catalog))
        made.add(GroundList(grounds, catalog))
        yield block
    # those about a muscle stand on its page
    cards = [card for card in catalog.disagreements_of(variation.id) if not card.muscles]
    yield from disagreement_blocks(cards, made)
    cited = [*grounds, *(g for q in variation.questions for g in q.grounds)]
    yield from source_blocks([*(g.source for g in cited), *cited_by(cards)], made)
