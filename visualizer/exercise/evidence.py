"""Why a statement may be believed: measurements in rows, and the model's verdict in a sentence.

The sentences are templates in one table, so that they can be translated and read side by side.
Numbers in them are computed for the motion as it is; nothing is written down twice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from visualizer.exercise.catalog import Catalog
from visualizer.exercise.citation import short_citation
from visualizer.exercise.contraction import (
    Agreement,
    LengthChange,
    TendonChange,
    agreement,
    derive,
)
from visualizer.exercise.facts import Disagreement, Fact
from visualizer.exercise.variation import (
    Contraction,
    Ground,
    MuscleAction,
    PhaseId,
    Source,
    Variation,
)
from visualizer.language import in_language

__all__ = [
    "SENTENCES",
    "EvidenceRow",
    "evidence_of",
    "evidence_row",
    "explain_agreement",
    "grounds_of",
    "sources_of",
]

Translate = Callable[[str], str]

# Every template and word that explain_agreement() puts together; the window translates them.
SENTENCES = {
    "agrees": "The {phase} is stated as {claimed}, and the model agrees: "
    "{whole} of the fibre length{detail}.",
    "agrees on the whole": "The {phase} is stated as {claimed}, and on the whole the model agrees "
    "({whole} of the fibre length), but not in every part{detail}.",
    "agrees in a part": "The {phase} is stated as {claimed}; in the model that holds for a part "
    "only, on the whole the length changes by {whole} of the fibre length{detail}.",
    "differs from isometric": "The {phase} is stated as {claimed}, but in the model the length "
    "changes by {whole} of the fibre length on the whole{detail}; a muscle can steady a joint all "
    "the same while the joints that it crosses move.",
    "differs from concentric": "The {phase} is stated as {claimed}, but in the model the length "
    "changes by {whole} of the fibre length on the whole{detail}, which is no shortening; the "
    "statement rests on its other grounds.",
    "differs from eccentric": "The {phase} is stated as {claimed}, but in the model the length "
    "changes by {whole} of the fibre length on the whole{detail}, which is no lengthening; the "
    "statement rests on its other grounds.",
    "by construction": "The {phase} is stated as {claimed}; the model can say nothing for or "
    "against it, for our figure holds still every joint that the muscle crosses (0 %).",
    "nothing stated": "No contraction is stated for the {phase}; in the model the length changes "
    "by {whole} of the fibre length{detail}.",
    "nothing stated, unknown": "No contraction is stated for the {phase}, and the model knows no "
    "fibre length to judge by.",
    "unknown": "The {phase} is stated as {claimed}; the model cannot judge it, for it knows no "
    "fibre length of this muscle.",
    "detail": " ({parts})",
    "shorter": "shorter: {parts}",
    "longer": "longer: {parts}",
    "the same": "nearly unchanged: {parts}",
    "part": "{name} {percent}",
    "part of a member": "{muscle} ({part})",
    "lift": "lift",
    "hold": "hold",
    "lowering": "lowering",
    "concentric": "concentric",
    "eccentric": "eccentric",
    "isometric": "isometric",
}
_GROUPS = {
    Contraction.CONCENTRIC: "shorter",
    Contraction.ISOMETRIC: "the same",
    Contraction.ECCENTRIC: "longer",
}
_FACTORS = {PhaseId.LIFT: 1.0, PhaseId.HOLD: 0.0, PhaseId.LOWERING: -1.0}


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


def grounds_of(action: MuscleAction) -> tuple[Ground, ...]:
    """Return all grounds of what is said of a muscle: of its role, then phase by phase."""
    claims = (action.contraction[p] for p in PhaseId if p in action.contraction)
    return (*action.grounds, *(ground for claim in claims for ground in claim.grounds))


def sources_of(
    variation: Variation, catalog: Catalog, disagreements: Iterable[Disagreement] = ()
) -> tuple[Source, ...]:
    """Return the publications that a variation and disagreements rest on, in order of mention."""
    grounds = [*variation.summary_grounds, *variation.suits_grounds]
    for action in variation.muscles:
        grounds += grounds_of(action)
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
    translate: Translate = str,
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
    translate : callable
        Turns a template of ``SENTENCES`` into the user's language.
    """
    percent = change.percent(phase)
    return translate(SENTENCES[_template(claimed, change, phase)]).format(
        phase=translate(SENTENCES[str(phase)]),
        claimed=translate(SENTENCES[str(claimed)]) if claimed is not None else "",
        whole="" if percent is None else _signed(percent),
        detail=_detail(change, phase, catalog, language, translate),
    )


def _template(claimed: Contraction | None, change: LengthChange, phase: PhaseId) -> str:
    """Return the key of the sentence that fits."""
    percent = change.percent(phase)
    if percent is None:
        return "unknown" if claimed is not None else "nothing stated, unknown"
    match agreement(claimed, change, phase):
        case Agreement.AGREES:
            return "agrees"
        case Agreement.NUANCE:
            return "agrees on the whole" if derive(percent) is claimed else "agrees in a part"
        case Agreement.DIFFERS:
            return f"differs from {claimed}"
        case Agreement.BY_CONSTRUCTION:
            return "by construction"
        case Agreement.NO_CLAIM:
            return "nothing stated"


def _detail(
    change: LengthChange, phase: PhaseId, catalog: Catalog, language: str, translate: Translate
) -> str:
    """Return the parts with their changes, sorted into shorter, unchanged and longer."""
    if len(change.parts) < 2:
        return ""
    found: dict[Contraction, list[str]] = {kind: [] for kind in _GROUPS}
    for part in change.parts:
        if part.lift_percent is None:
            continue
        percent = _FACTORS[phase] * part.lift_percent
        name = _part_name(part, change, catalog, language, translate)
        text = translate(SENTENCES["part"]).format(name=name, percent=_signed(percent))
        found[derive(percent)].append(text)
    groups = [
        translate(SENTENCES[_GROUPS[kind]]).format(parts=", ".join(texts))
        for kind, texts in found.items()
        if texts
    ]
    return translate(SENTENCES["detail"]).format(parts="; ".join(groups)) if groups else ""


def _part_name(
    part: TendonChange,
    change: LengthChange,
    catalog: Catalog,
    language: str,
    translate: Translate,
) -> str:
    muscle = catalog.muscle(part.muscle)
    names = muscle.part_names.get(part.tendon.removesuffix("_r").removesuffix("_l"))
    whole = muscle.display_name(language)
    if names is None:
        return whole
    name = in_language(names, language)
    if change.muscle == part.muscle:
        return name
    return translate(SENTENCES["part of a member"]).format(muscle=whole, part=name)


def _signed(percent: float) -> str:
    """Return e.g. ``−52 %``: whole percent with a real minus sign, and no sign on zero."""
    rounded = round(percent)
    sign = "\N{MINUS SIGN}" if rounded < 0 else "+" if rounded > 0 else ""
    return f"{sign}{abs(rounded)} %"
