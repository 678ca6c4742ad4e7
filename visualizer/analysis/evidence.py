"""Why a statement may be believed: measurements in rows, and the model's verdict in a sentence.

The sentences are templates in one table, so that they can be translated and read side by side.
Numbers in them are computed for the motion as it is; nothing is written down twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from visualizer.anatomy.muscle import Muscle
from visualizer.catalog.catalog import Catalog
from visualizer.catalog.citation import short_citation
from visualizer.catalog.facts import Disagreement, Fact
from visualizer.catalog.source import Source
from visualizer.catalog.variation import Contraction, Ground, MuscleAction, Variation
from visualizer.exercise.contraction import (
    EXCURSION_TOLD_FROM_PERCENT,
    Agreement,
    LengthChange,
    TendonChange,
    agreement,
    nearly_held,
    on_the_whole,
)
from visualizer.exercise.reach import Reach
from visualizer.language import in_language
from visualizer.lifts.vocabulary import PhaseId
from visualizer.texts import N_, tr
from visualizer.texts.figures import figure, percent_change

__all__ = [
    "SENTENCES",
    "EvidenceRow",
    "evidence_about",
    "evidence_of",
    "evidence_row",
    "explain_agreement",
    "explain_reach",
    "grounds_of",
    "sources_of",
]

# Every template and word that the sentences are put together from, translated when shown.
SENTENCES = {
    "fits": N_(
        "The {phase} is stated as {claimed}, and the change of length fits: {whole}{detail}."
    ),
    "fits on the whole": N_(
        "The {phase} is stated as {claimed}, and on the whole the change of "
        "length fits ({whole}), but not in every part or not all the way{detail}."
    ),
    "fits in a part": N_(
        "The {phase} is stated as {claimed}; the change of length fits that in a "
        "part only: {whole}{detail}."
    ),
    "nearly held": N_(
        "The {phase} is stated as {claimed}, and most of it nearly holds its length, "
        "but not every part or not quite: {whole}{detail}."
    ),
    "differs from isometric": N_(
        "The {phase} is stated as {claimed}, but in the model the length "
        "does not hold: {whole}{detail}; a muscle can steady a joint all the same while the joints "
        "that it crosses move."
    ),
    "differs from concentric": N_(
        "The {phase} is stated as {claimed}, but in the model it does not "
        "shorten on the whole: {whole}{detail}; the statement rests on its other grounds."
    ),
    "differs from eccentric": N_(
        "The {phase} is stated as {claimed}, but in the model it does not "
        "lengthen on the whole: {whole}{detail}; the statement rests on its other grounds."
    ),
    "by construction": N_(
        "The {phase} is stated as {claimed}; the model can say nothing for or "
        "against it, for our figure holds still every joint that the muscle crosses (0 %)."
    ),
    "nothing stated": N_(
        "No contraction is stated for the {phase}; in the model the length changes "
        "like this: {whole}{detail}."
    ),
    "nothing stated, unknown": N_(
        "No contraction is stated for the {phase}, and the model knows no fibre length to judge by."
    ),
    "unknown": N_(
        "The {phase} is stated as {claimed}; the model cannot judge it, for it knows no "
        "fibre length of this muscle."
    ),
    "mean": N_("{percent} of the fibre length"),
    "mean and excursion": N_(
        "{percent} of the fibre length from end to end, {excursion} on the way"
    ),
    "opposed": N_("its parts change in opposite directions"),
    "detail": N_(" ({parts})"),
    "shorter": N_("shorter: {parts}"),
    "longer": N_("longer: {parts}"),
    "the same": N_("nearly unchanged: {parts}"),
    "there and back": N_("there and back: {parts}"),
    "part": N_("{name} {percent}"),
    "part and excursion": N_("{name} {percent} ({excursion} on the way)"),
    "part of a member": N_("{muscle} ({part})"),
    "beside": N_("Only parts that cross the {joint} are meant, not {parts}."),
    "against": N_("Not shown with it, for the length runs against the statement: {parts}."),
    "hip": N_("hip"),
    "knee": N_("knee"),
    "lift": N_("lift"),
    "hold": N_("hold"),
    "lowering": N_("lowering"),
    "concentric": N_("concentric"),
    "eccentric": N_("eccentric"),
    "isometric": N_("isometric"),
}
_GROUPS: dict[Contraction | None, str] = {
    Contraction.CONCENTRIC: "shorter",
    Contraction.ISOMETRIC: "the same",
    Contraction.ECCENTRIC: "longer",
    None: "there and back",
}


# ---------------------------------------------------------------------------------- measurements
@dataclass(frozen=True)
class EvidenceRow:
    """One line of the table of studies.

    Attributes
    ----------
    fact : Fact
        What was measured.
    source : Source
        By whom.
    """

    fact: Fact
    source: Source

    @property
    def study(self) -> str:
        """The study in short, e.g. ``Contreras et al. 2015``."""
        return short_citation(self.source)

    def as_dict(self) -> dict[str, Any]:
        """Return the row as plain data, ready for JSON."""
        fact = self.fact
        population, spread = fact.population, fact.spread
        return {
            "fact": fact.key,
            "source": fact.source,
            "study": self.study,
            "who": population.text,
            "n": population.n,
            "studies": population.studies,
            "sex": str(population.sex) if population.sex is not None else None,
            "training": population.training,
            "muscle": fact.muscle,
            "part": fact.part,
            "exercise": fact.exercise,
            "load": fact.load,
            "phase": fact.phase,
            "method": fact.method,
            "quantity": fact.quantity,
            "value": fact.value,
            "low": fact.low,
            "high": fact.high,
            "unit": fact.unit or None,
            "finding": fact.finding or None,
            "text": fact.value_text,
            "spread": spread.text,
            "sd": spread.sd,
            "se": spread.se,
            "ci95": list(spread.ci95) if spread.ci95 else None,
            "range": list(spread.range) if spread.range else None,
            "normalisation": fact.normalisation or None,
            "comparison": fact.comparison_text or None,
            "read": str(fact.read),
            "note": fact.note,
        }


def evidence_row(key: str, catalog: Catalog) -> EvidenceRow:
    """Return the row of a fact.

    Raises
    ------
    UnknownNameError
        When there is no such fact.
    """
    fact = catalog.fact(key)
    return EvidenceRow(fact, catalog.source(fact.source))


def evidence_of(grounds: Iterable[Ground], catalog: Catalog) -> tuple[EvidenceRow, ...]:
    """Return the measurements that grounds rest on, each once, in the order of mention."""
    keys = dict.fromkeys(key for ground in grounds for key in ground.facts)
    return tuple(evidence_row(key, catalog) for key in keys)


def evidence_about(muscle: Muscle, catalog: Catalog) -> tuple[EvidenceRow, ...]:
    """Return every measurement of a muscle or of its members, whatever rests on it."""
    ids = {muscle.id, *muscle.members}
    return tuple(evidence_row(key, catalog) for key, f in catalog.facts.items() if f.muscle in ids)


def grounds_of(action: MuscleAction) -> tuple[Ground, ...]:
    """Return all grounds of what is said of a muscle: of its role, then phase by phase."""
    claims = (action.contraction[p] for p in PhaseId if p in action.contraction)
    return (*action.grounds, *(ground for claim in claims for ground in claim.grounds))


def sources_of(
    variation: Variation, catalog: Catalog, disagreements: Iterable[Disagreement] = ()
) -> tuple[Source, ...]:
    """Return the publications that a variation and disagreements rest on, in order of mention."""
    grounds = [*variation.summary.grounds, *variation.suits.grounds]
    for action in variation.muscles:
        grounds += grounds_of(action)
    for antagonist in variation.antagonists:
        grounds += antagonist.grounds
    for question in variation.questions:
        grounds += question.grounds
    keys = [ground.source for ground in grounds if ground.source is not None]
    keys += [key for card in disagreements for side in card.positions for key in side.sources]
    return tuple(catalog.source(key) for key in dict.fromkeys(keys))


# ------------------------------------------------------------------------------------- agreement
def explain_agreement(
    claimed: Contraction | None,
    change: LengthChange,
    phase: PhaseId,
    catalog: Catalog,
    language: str = "en",
) -> str:
    """Return one sentence on how a claim stands to the computed change of length, and why.

    Parameters
    ----------
    claimed : Contraction or None
        What is stated; None where nothing is.
    change : LengthChange
        What the mechanics give.
    phase : PhaseId
        Part of the repetition.
    catalog : Catalog
        Knows the names of muscles and parts.
    language : str
        Language of those names, English where they have no other.
    """
    return tr(SENTENCES[_template(claimed, change, phase)]).format(
        phase=tr(SENTENCES[str(phase)]),
        claimed=tr(SENTENCES[str(claimed)]) if claimed is not None else "",
        whole=_whole(change, phase),
        detail=_detail(change, phase, catalog, language),
    )


def explain_reach(
    action: MuscleAction,
    reach: Reach,
    catalog: Catalog,
    language: str = "en",
) -> tuple[str, ...]:
    """Return sentences on the parts of its muscle that a statement is not about; often none.

    Parameters
    ----------
    action : MuscleAction
        The statement.
    reach : Reach
        What it is about.
    catalog : Catalog
        Knows the names of muscles and parts.
    language : str
        Language of those names, English where they have no other.
    """
    against = [p for p in reach.change.parts if p.tendon in reach.against]
    return tuple(
        tr(SENTENCES[key]).format(
            parts=", ".join(_part_name(p, action.muscle, catalog, language) for p in of),
            joint=tr(SENTENCES[str(action.joint)]) if action.joint is not None else "",
        )
        for key, of in (("beside", reach.beside), ("against", against))
        if of
    )


def _template(claimed: Contraction | None, change: LengthChange, phase: PhaseId) -> str:
    """Return the key of the sentence that fits."""
    if not change.known:
        return "unknown" if claimed is not None else "nothing stated, unknown"
    if claimed is None:
        return "nothing stated"
    match agreement(claimed, change, phase):
        case Agreement.AGREES:
            return "fits"
        case Agreement.NUANCE:
            if on_the_whole(claimed, change, phase):
                return "fits on the whole"
            return "nearly held" if nearly_held(claimed, change) else "fits in a part"
        case Agreement.BY_CONSTRUCTION:
            return "by construction"
        case _:
            return f"differs from {claimed}"


def _whole(change: LengthChange, phase: PhaseId) -> str:
    """Return the mean change in words; parts that go opposite ways have none."""
    percent, excursion = change.percent(phase), change.excursion_percent
    if not change.known or excursion is None:
        return ""
    if percent is None:
        return tr(SENTENCES["opposed"])
    told = phase is not PhaseId.HOLD and _is_told(percent, excursion)
    return tr(SENTENCES["mean and excursion" if told else "mean"]).format(
        percent=percent_change(percent), excursion=figure(excursion, " %")
    )


def _detail(change: LengthChange, phase: PhaseId, catalog: Catalog, language: str) -> str:
    """Return the parts with their changes, sorted by what they do."""
    if len(change.parts) < 2:
        return ""
    found: dict[Contraction | None, list[str]] = {kind: [] for kind in _GROUPS}
    for part in change.known:
        percent, excursion = part.percent(phase) or 0.0, part.excursion_percent or 0.0
        told = phase is not PhaseId.HOLD and _is_told(percent, excursion)
        text = tr(SENTENCES["part and excursion" if told else "part"]).format(
            name=_part_name(part, change.muscle, catalog, language),
            percent=percent_change(percent),
            excursion=figure(excursion, " %"),
        )
        found[part.contraction(phase)].append(text)
    groups = [
        tr(SENTENCES[_GROUPS[kind]]).format(parts=", ".join(texts))
        for kind, texts in found.items()
        if texts
    ]
    return tr(SENTENCES["detail"]).format(parts="; ".join(groups)) if groups else ""


def _part_name(
    part: TendonChange,
    of: str,
    catalog: Catalog,
    language: str,
) -> str:
    muscle = catalog.muscle(part.muscle)
    names = muscle.part_names.get(part.tendon.removesuffix("_r").removesuffix("_l"))
    whole = muscle.display_name(language)
    if names is None:
        return whole
    name = in_language(names, language)
    if of == part.muscle:
        return name
    return tr(SENTENCES["part of a member"]).format(muscle=whole, part=name)


def _is_told(percent: float, excursion: float) -> bool:
    return excursion - abs(percent) > EXCURSION_TOLD_FROM_PERCENT
