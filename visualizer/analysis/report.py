"""A variation as plain data: what ``visualizer describe`` prints and other tools rely on."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any

from visualizer.analysis.curves import curves_of
from visualizer.analysis.evidence import (
    SENTENCES,
    evidence_of,
    evidence_row,
    explain_agreement,
    explain_reach,
    grounds_of,
    sources_of,
)
from visualizer.analysis.movement import movement_data, movement_lines
from visualizer.analysis.words import (
    basis_word,
    contraction_word,
    equipment_word,
    phase_word,
    role_word,
)
from visualizer.anatomy.muscle import MuscleKind
from visualizer.catalog.catalog import Catalog
from visualizer.catalog.citation import citation_line
from visualizer.catalog.facts import Disagreement
from visualizer.catalog.source import Source
from visualizer.catalog.variation import (
    HOLD_GROUND,
    Antagonist,
    Basis,
    Contraction,
    Ground,
    MuscleAction,
    Role,
)
from visualizer.effort.words import COMPARED, LIMITS, MODEL, RANGE, SOURCES, TITLE
from visualizer.exercise.contraction import Agreement, LengthChange, TendonChange, agreement
from visualizer.exercise.repetition import Repetition
from visualizer.language import in_language
from visualizer.lifts.vocabulary import Equipment, Laterality, Phase, PhaseId
from visualizer.texts import N_, tr
from visualizer.texts.figures import figure, seconds

__all__ = ["describe_variation", "description_text"]

_PHASES = (PhaseId.LIFT, PhaseId.LOWERING)
_VERDICTS = {
    str(Agreement.AGREES): N_("the change of length fits"),
    str(Agreement.NUANCE): N_("the change of length fits in part"),
    str(Agreement.DIFFERS): N_("the change of length differs"),
    str(Agreement.BY_CONSTRUCTION): N_("by construction"),
    str(Agreement.NO_CLAIM): N_("nothing to compare"),
}


def describe_variation(repetition: Repetition, language: str = "en") -> dict[str, Any]:
    """Return everything that is said of a variation, ready for JSON.

    ``muscles`` holds the statements, each with ``"stated": true``. What the data pass over stands
    apart in ``unstated``, each entry with ``"stated": false`` and without role or contraction, so
    that whoever goes through ``muscles`` for roles finds nothing else there: no statement is not
    the same as no work.

    Moment arms (``mean_hip_arm_mm``, ``mean_knee_arm_mm``) keep the model's sign, which counts
    flexion as positive: a muscle that extends the joint has a negative arm. The window and the
    table of ``--validate`` show them the other way round, as moments are shown.

    Parameters
    ----------
    repetition : Repetition
        The variation on a side.
    language : str
        Language of names and texts, English where a text has no other.
    """
    variation, catalog = repetition.variation, repetition.catalog
    disagreements = catalog.disagreements_of(variation.id)
    sources = [
        *sources_of(variation, catalog, disagreements),
        *(catalog.sources[key] for key in SOURCES if key in catalog.sources),
    ]
    return {
        "id": variation.id,
        "name": variation.display_name(language),
        "summary": in_language(variation.summary.text, language),
        "summary_grounds": _grounds(variation.summary.grounds),
        "suits": in_language(variation.suits.text, language),
        "suits_grounds": _grounds(variation.suits.grounds),
        "equipment": [str(e) for e in variation.equipment],
        "phases": [_phase(p) for p in variation.phases],
        "muscles": [_muscle(repetition, a, language) for a in variation.muscles],
        "antagonists": [_antagonist(repetition, a, language) for a in variation.antagonists],
        "unstated": _unstated(repetition, language),
        "motion": _motion(repetition),
        "movement": movement_data(repetition, language),
        "questions": [
            {
                "question": in_language(q.question, language),
                "answer": in_language(q.answer, language),
                "grounds": _grounds(q.grounds),
            }
            for q in variation.questions
        ],
        "disagreements": [_disagreement(card, catalog, language) for card in disagreements],
        "sources_list": [_source(s) for s in {s.id: s for s in sources}.values()],
    }


def _note(ground: Ground) -> str:
    return tr(HOLD_GROUND.note) if ground is HOLD_GROUND else ground.note


def _grounds(grounds: Iterable[Ground]) -> list[dict[str, Any]]:
    return [
        {"basis": str(g.basis), "source": g.source, "note": _note(g), "facts": list(g.facts)}
        for g in grounds
    ]


def _disagreement(card: Disagreement, catalog: Catalog, language: str) -> dict[str, Any]:
    return {
        "id": card.id,
        "title": in_language(card.title, language),
        "meaning": in_language(card.meaning, language),
        "muscles": list(card.muscles),
        "positions": [
            {
                "says": in_language(position.says, language),
                "sources": list(position.sources),
                "evidence": [evidence_row(key, catalog).as_dict() for key in position.facts],
            }
            for position in card.positions
        ],
    }


def _source(source: Source) -> dict[str, Any]:
    return {
        "key": source.id,
        "citation": citation_line(source),
        "doi": source.doi,
        "url": source.url,
        "not_seen": list(source.not_seen),
        "note": source.note or None,
    }


def _motion(repetition: Repetition) -> dict[str, Any]:
    bottom = repetition.instant_of(PhaseId.LIFT, 0.0)
    top = repetition.instant_of(PhaseId.LIFT, 1.0)
    return {
        "hip_travel_m": round(top.hip_height_m - bottom.hip_height_m, 4),
        "bar_travel_m": round(top.bar_height_m - bottom.bar_height_m, 4),
        "hip_flexion_deg": _ends(bottom.hip_flexion_rad, top.hip_flexion_rad),
        "knee_flexion_deg": _ends(bottom.knee_flexion_rad, top.knee_flexion_rad),
        **{f"{name}_slip_m": round(m, 6) for name, m in repetition.slips_m().items()},
    }


def _ends(bottom_rad: float, top_rad: float) -> dict[str, float]:
    # + 0.0 turns a negative zero into zero
    return {
        "bottom": round(math.degrees(bottom_rad), 1) + 0.0,
        "top": round(math.degrees(top_rad), 1) + 0.0,
    }


def _phase(phase: Phase) -> dict[str, Any]:
    """Return a phase; the hold, of which the data need state nothing, with its ground."""
    entry: dict[str, Any] = {"id": str(phase.id), "seconds": phase.seconds}
    if phase.id is PhaseId.HOLD:
        entry["contraction"] = str(Contraction.ISOMETRIC)
        entry["grounds"] = _grounds([HOLD_GROUND])
    return entry


def _muscle(repetition: Repetition, action: MuscleAction, language: str) -> dict[str, Any]:
    catalog = repetition.catalog
    muscle, reach = catalog.muscle(action.muscle), repetition.reach(action)
    change = reach.change
    stated = {p: c.contraction if (c := action.contraction.get(p)) else None for p in _PHASES}
    everything = grounds_of(action)
    side = str(repetition.side) if action.side is Laterality.WORKING else "both"
    return {
        "id": action.muscle,
        "name": muscle.display_name(language),
        "latin": muscle.latin,
        "side": side,
        "stated": True,
        "role": str(action.role),
        "joint": str(action.joint) if action.joint is not None else None,
        "contraction": {str(p): str(repetition.contraction(action, p)) for p in _PHASES},
        "why": in_language(action.why, language),
        "grounds": _grounds(action.grounds),
        "contraction_grounds": {
            str(p): _grounds(action.contraction[p].grounds)
            for p in _PHASES
            if p in action.contraction
        },
        "sources": sorted({g.source for g in everything if g.source}),
        **_lengths(change),
        "agreement": {str(p): str(agreement(claim, change, p)) for p, claim in stated.items()},
        "agreement_note": {
            str(p): explain_agreement(claim, change, p, catalog, language)
            for p, claim in stated.items()
        },
        "not_meant": list(explain_reach(action, reach, catalog, language)),
        "evidence": [row.as_dict() for row in evidence_of(everything, catalog)],
        "disagreements": [
            card.id for card in catalog.disagreements_of(repetition.variation.id, action.muscle)
        ],
        "parts": [_part(repetition, p) | {"stated": reach.states(p)} for p in reach.parts],
    }


def _antagonist(repetition: Repetition, entry: Antagonist, language: str) -> dict[str, Any]:
    muscle = repetition.catalog.muscle(entry.muscle)
    one_leg = repetition.variation.setup.legs is Laterality.WORKING
    return {
        "id": entry.muscle,
        "name": muscle.display_name(language),
        "latin": muscle.latin,
        # of the leg in the air the lift asks nothing that they could be against
        "side": str(repetition.side) if one_leg else "both",
        "joint": str(entry.joint),
        "why": in_language(entry.why, language),
        "grounds": _grounds(entry.grounds),
        "evidence": [row.as_dict() for row in evidence_of(entry.grounds, repetition.catalog)],
        **_lengths(repetition.length_change(entry.muscle)),
    }


def _unstated(repetition: Repetition, language: str) -> list[dict[str, Any]]:
    """Return the muscles of the working side that are neither at work nor antagonists here."""
    reaches = [repetition.reach(action) for action in repetition.variation.muscles]
    shown = {surface for reach in reaches for surface in reach.surfaces}
    for entry in repetition.variation.antagonists:
        shown.update(repetition.catalog.surfaces(entry.muscle))
    rows = []
    for muscle in repetition.catalog.muscles.values():
        if muscle.kind is MuscleKind.MUSCLE and muscle.id not in shown:
            change = repetition.length_change(muscle.id)
            rows.append(
                {
                    "id": muscle.id,
                    "name": muscle.display_name(language),
                    "latin": muscle.latin,
                    "stated": False,
                    **_lengths(change),
                    "parts": [
                        {"tendon": p.tendon, "muscle": p.muscle, "stated": False, **_lengths(p)}
                        for p in change.parts
                    ],
                }
            )
    return rows


def _lengths(change: LengthChange | TendonChange) -> dict[str, Any]:
    """Return change and excursion in per cent of fibre length; None where there is no number.

    A group whose parts change in opposite directions has no change of its own.
    """
    return {
        "length_change_percent": {str(p): _rounded(change.percent(p)) for p in _PHASES},
        "excursion_percent": _rounded(change.excursion_percent),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1) + 0.0


def _part(repetition: Repetition, part: TendonChange) -> dict[str, Any]:
    """Return what the model gives for a muscle-tendon unit, and the contraction that follows."""
    curves = curves_of(repetition)
    lift = curves.over_lift(curves.unit(part))
    speed = lift.shortening_per_s
    known = part.lift_percent is not None
    return {
        "tendon": part.tendon,
        "muscle": part.muscle,
        "lift_mm": round(part.lift_m * 1000, 1) + 0.0,
        "lift_percent": _rounded(part.lift_percent),
        **_lengths(part),
        "mean_shortening_mm_per_s": round(lift.shortening_m_per_s * 1000, 1) + 0.0,
        "mean_shortening_lengths_per_s": None if speed is None else round(speed, 3) + 0.0,
        "mean_hip_arm_mm": round(lift.hip_arm_m * 1000, 1) + 0.0,
        "mean_knee_arm_mm": round(lift.knee_arm_m * 1000, 1) + 0.0,
        # None for a phase in which the length goes there and back: no word is true of it
        "model_contraction": {str(p): _word(part.contraction(p)) for p in _PHASES}
        if known
        else None,
        "model_contraction_by_third": {
            str(p): [str(third) for third in part.thirds(p)] for p in _PHASES
        }
        if known
        else None,
    }


def _word(contraction: Contraction | None) -> str | None:
    return None if contraction is None else str(contraction)


# ------------------------------------------------------------------------------------------ text
def description_text(data: dict[str, Any]) -> str:
    """Return the text form of a description.

    Parameters
    ----------
    data : dict
        What :func:`describe_variation` returns.
    """
    motion = data["motion"]
    hip, knee = motion["hip_flexion_deg"], motion["knee_flexion_deg"]
    lines = [
        data["name"],
        f"  {data['summary']}",
        "  " + tr("For: {}").format(data["suits"]),
        "  " + tr("Gear: {}").format(_gear(data) or tr("none")),
        "  " + ", ".join(f"{_phase_name(p['id'])} {seconds(p['seconds'])}" for p in data["phases"]),
        "  "
        + tr("Hips travel {travel} cm; hip {hip}, knee {knee}").format(
            travel=figure(motion["hip_travel_m"] * 100, digits=1),
            hip=_way(hip),
            knee=_way(knee),
        ),
    ]
    for muscle in data["muscles"]:
        lines += _muscle_lines(muscle)
    lines += _other_lines(data)
    lines += movement_lines(data["movement"])
    lines += ["", tr(TITLE), f"  visualizer effort {data['id']}"]
    lines += [f"  {tr(text)}" for text in (RANGE, MODEL, LIMITS, COMPARED)]
    if data["disagreements"]:
        lines += ["", tr("Where studies disagree")]
    for card in data["disagreements"]:
        lines.append(f"  {card['title']}")
        for side in card["positions"]:
            lines.append(f"    - {side['says']} ({', '.join(side['sources'])})")
        lines.append(f"    {card['meaning']}")
    lines += ["", tr("Sources")]
    lines += [f"  {s['key']}: {s['citation']}" for s in data["sources_list"]]
    return "\n".join(lines)


def _way(angle_deg: Mapping[str, float]) -> str:
    """Return where a joint goes, e.g. ``101° → 0°``."""
    return f"{figure(angle_deg['bottom'], '°')} → {figure(angle_deg['top'], '°')}"


def _muscle_lines(muscle: dict[str, Any]) -> list[str]:
    role = role_word(Role(muscle["role"]))
    lines = ["", f"{muscle['name']} ({muscle['latin']}){_side(muscle)}: {role}"]
    evidence = _by_key(muscle)
    for phase in ("lift", "lowering"):
        verdict = tr(_VERDICTS[muscle["agreement"][phase]])
        contraction = contraction_word(Contraction(muscle["contraction"][phase]))
        lines.append(f"  {_phase_name(phase):<8}  {contraction} ({verdict})")
        lines.append(f"            {muscle['agreement_note'][phase]}")
        lines += _ground_lines(muscle["contraction_grounds"].get(phase, ()), evidence)
    lines += [f"            {sentence}" for sentence in muscle["not_meant"]]
    return [
        *lines,
        _why(muscle),
        *_ground_lines(muscle["grounds"], evidence),
    ]


def _other_lines(data: dict[str, Any]) -> list[str]:
    """Return what is said of the hold, of antagonists, and of what the data pass over."""
    lines = []
    for phase in data["phases"]:
        if phase.get("grounds"):
            text = tr("{phase}: {contraction} (all working muscles)").format(
                phase=phase_word(PhaseId(phase["id"])),
                contraction=contraction_word(Contraction(phase["contraction"])),
            )
            lines += ["", text]
            lines += _ground_lines(phase["grounds"], {})
    for entry in data["antagonists"]:
        joint = tr(SENTENCES[entry["joint"]])
        name = f"{entry['name']} ({entry['latin']}){_side(entry)}"
        lines += ["", tr("{name}: antagonist at the {joint}").format(name=name, joint=joint)]
        lines.append(_why(entry))
        lines += _ground_lines(entry["grounds"], _by_key(entry))
    if data["unstated"]:
        names = ", ".join(row["name"] for row in data["unstated"])
        text = tr("Nothing is stated of these, which is not to say that they rest: {}")
        lines += ["", text.format(names)]
    return lines


def _side(entry: dict[str, Any]) -> str:
    sides = {"left": tr(", left side"), "right": tr(", right side")}
    return sides.get(entry["side"], "")


def _why(entry: dict[str, Any]) -> str:
    word = tr("why")
    return f"  {word:<8}  {entry['why']}"


def _gear(data: dict[str, Any]) -> str:
    return ", ".join(equipment_word(Equipment(gear)) for gear in data["equipment"])


def _phase_name(phase: str) -> str:
    return tr(SENTENCES[phase])


def _by_key(entry: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["fact"]: row for row in entry["evidence"]}


def _ground_lines(
    grounds: Iterable[dict[str, Any]], evidence: dict[str, dict[str, Any]]
) -> list[str]:
    lines = []
    for ground in grounds:
        source = f" {ground['source']}" if ground["source"] else ""
        basis = basis_word(Basis(ground["basis"]))
        lines.append(f"            [{basis}{source}] {ground['note']}".rstrip())
        for key in ground["facts"]:
            row = evidence[key]
            what = ", ".join(part for part in (row["part"], row["quantity"]) if part)
            spread = f" ({row['spread']})" if row["spread"] and row["sd"] is None else ""
            beside = (row["comparison"],) if row["comparison"] else ()
            about = (*beside, row["exercise"], row["who"], row["load"], row["phase"], row["read"])
            told = "; ".join(word for word in about if word)
            lines.append(f"              {what}: {row['text']}{spread}; {told}")
    return lines
