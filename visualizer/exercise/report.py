"""A variation as plain data: what ``visualizer describe`` prints and other tools rely on."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from visualizer.exercise.catalog import Catalog
from visualizer.exercise.citation import citation_line
from visualizer.exercise.contraction import LengthChange, agreement, derive
from visualizer.exercise.curves import curves_of
from visualizer.exercise.evidence import (
    evidence_of,
    evidence_row,
    explain_agreement,
    grounds_of,
    sources_of,
)
from visualizer.exercise.facts import Disagreement
from visualizer.exercise.repetition import Repetition
from visualizer.exercise.variation import Ground, Laterality, MuscleAction, PhaseId, Source
from visualizer.language import in_language

__all__ = ["describe_variation", "description_text"]


def describe_variation(repetition: Repetition, language: str = "en") -> dict[str, Any]:
    """Return everything that is said of a variation, ready for JSON.

    Parameters
    ----------
    repetition : Repetition
        The variation on a side.
    language : str
        Language of names and texts, English where a text has no other.
    """
    variation, catalog = repetition.variation, repetition.catalog
    disagreements = catalog.disagreements_of(variation.id)
    return {
        "id": variation.id,
        "name": variation.display_name(language),
        "summary": in_language(variation.summary, language),
        "summary_grounds": _grounds(variation.summary_grounds),
        "suits": in_language(variation.suits, language),
        "suits_grounds": _grounds(variation.suits_grounds),
        "equipment": [str(e) for e in variation.equipment],
        "phases": [{"id": str(p.id), "seconds": p.seconds} for p in variation.phases],
        "muscles": [_muscle(repetition, a, language) for a in variation.muscles],
        "motion": _motion(repetition),
        "questions": [
            {
                "question": in_language(q.question, language),
                "answer": in_language(q.answer, language),
                "grounds": _grounds(q.grounds),
            }
            for q in variation.questions
        ],
        "disagreements": [_disagreement(card, catalog, language) for card in disagreements],
        "sources_list": [_source(s) for s in sources_of(variation, catalog, disagreements)],
    }


def _grounds(grounds: Iterable[Ground]) -> list[dict[str, Any]]:
    return [
        {"basis": str(g.basis), "source": g.source, "note": g.note, "facts": list(g.facts)}
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
        "note": source.csl.get("note"),
    }


def _motion(repetition: Repetition) -> dict[str, Any]:
    bottom = repetition.moment_of(PhaseId.LIFT, 0.0)
    top = repetition.moment_of(PhaseId.LIFT, 1.0)
    return {
        "hip_travel_m": round(top.hip_height_m - bottom.hip_height_m, 4),
        "bar_travel_m": round(top.bar_height_m - bottom.bar_height_m, 4),
        "hip_flexion_deg": _ends(bottom.hip_flexion_rad, top.hip_flexion_rad),
        "knee_flexion_deg": _ends(bottom.knee_flexion_rad, top.knee_flexion_rad),
        "foot_slip_m": round(repetition.foot_slip_m(), 6),
        "back_slip_m": round(repetition.back_slip_m(), 6),
    }


def _ends(bottom_rad: float, top_rad: float) -> dict[str, float]:
    # + 0.0 turns a negative zero into zero
    return {
        "bottom": round(math.degrees(bottom_rad), 1) + 0.0,
        "top": round(math.degrees(top_rad), 1) + 0.0,
    }


def _muscle(repetition: Repetition, action: MuscleAction, language: str) -> dict[str, Any]:
    muscle = repetition.catalog.muscle(action.muscle)
    change = repetition.length_change(action.muscle)
    phases = (PhaseId.LIFT, PhaseId.LOWERING)
    claims = {p: action.contraction.get(p) for p in phases}
    everything = grounds_of(action)
    side = str(repetition.side) if action.side is Laterality.WORKING else "both"
    return {
        "id": action.muscle,
        "name": muscle.display_name(language),
        "latin": muscle.latin,
        "side": side,
        "role": str(action.role),
        "contraction": {str(p): str(repetition.contraction(action, p)) for p in phases},
        "why": in_language(action.why, language),
        "grounds": _grounds(action.grounds),
        "contraction_grounds": {str(p): _grounds(c.grounds) for p, c in claims.items() if c},
        "sources": sorted({g.source for g in everything if g.source}),
        "length_change_percent": {str(p): _rounded(change.percent(p)) for p in phases},
        "agreement": {
            str(p): str(agreement(c.contraction if c else None, change, p))
            for p, c in claims.items()
        },
        "agreement_note": {
            str(p): explain_agreement(
                c.contraction if c else None, change, p, repetition.catalog, language
            )
            for p, c in claims.items()
        },
        "evidence": [row.as_dict() for row in evidence_of(everything, repetition.catalog)],
        "disagreements": [
            card.id
            for card in repetition.catalog.disagreements_of(repetition.variation.id, action.muscle)
        ],
        "parts": _parts(repetition, change),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1) + 0.0


def _parts(repetition: Repetition, change: LengthChange) -> list[dict[str, Any]]:
    """Return what the model gives for each muscle-tendon unit, and the contraction that follows."""
    curves = curves_of(repetition)
    figures = {u.name: curves.over_lift(u) for u in curves.parts(change.muscle)}
    rows = []
    for part in change.parts:
        lift, percent = figures[part.tendon], part.lift_percent
        speed = lift.shortening_per_s
        rows.append(
            {
                "tendon": part.tendon,
                "muscle": part.muscle,
                "lift_mm": round(part.lift_m * 1000, 1) + 0.0,
                "lift_percent": _rounded(percent),
                "mean_shortening_mm_per_s": round(lift.shortening_m_per_s * 1000, 1) + 0.0,
                "mean_shortening_lengths_per_s": None if speed is None else round(speed, 3) + 0.0,
                "mean_hip_arm_mm": round(lift.hip_arm_m * 1000, 1) + 0.0,
                "mean_knee_arm_mm": round(lift.knee_arm_m * 1000, 1) + 0.0,
                "model_contraction": None
                if percent is None
                else {"lift": str(derive(percent)), "lowering": str(derive(-percent))},
            }
        )
    return rows


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
        f"  For: {data['suits']}",
        "  Gear: " + (", ".join(data["equipment"]) or "none"),
        "  " + ", ".join(f"{p['id']} {p['seconds']:g} s" for p in data["phases"]),
        f"  Hips travel {motion['hip_travel_m'] * 100:.1f} cm; "
        f"hip {hip['bottom']:.0f}° → {hip['top']:.0f}°, "
        f"knee {knee['bottom']:.0f}° → {knee['top']:.0f}°",
    ]
    for muscle in data["muscles"]:
        lines += _muscle_lines(muscle)
    if data["disagreements"]:
        lines += ["", "Where studies disagree"]
    for card in data["disagreements"]:
        lines.append(f"  {card['title']}")
        for side in card["positions"]:
            lines.append(f"    - {side['says']} ({', '.join(side['sources'])})")
        lines.append(f"    {card['meaning']}")
    lines += ["", "Sources"]
    lines += [f"  {s['key']}: {s['citation']}" for s in data["sources_list"]]
    return "\n".join(lines)


def _muscle_lines(muscle: dict[str, Any]) -> list[str]:
    side = "" if muscle["side"] == "both" else f", {muscle['side']} side"
    lines = ["", f"{muscle['name']} ({muscle['latin']}){side}: {muscle['role']}"]
    evidence = {row["fact"]: row for row in muscle["evidence"]}
    for phase in ("lift", "lowering"):
        lines.append(f"  {phase:<8}  {muscle['contraction'][phase]} ({muscle['agreement'][phase]})")
        lines.append(f"            {muscle['agreement_note'][phase]}")
        lines += _ground_lines(muscle["contraction_grounds"].get(phase, ()), evidence)
    return [
        *lines,
        f"  why       {muscle['why']}",
        *_ground_lines(muscle["grounds"], evidence),
    ]


def _ground_lines(
    grounds: Iterable[dict[str, Any]], evidence: dict[str, dict[str, Any]]
) -> list[str]:
    lines = []
    for ground in grounds:
        source = f" {ground['source']}" if ground["source"] else ""
        lines.append(f"            [{ground['basis']}{source}] {ground['note']}".rstrip())
        for key in ground["facts"]:
            row = evidence[key]
            what = ", ".join(part for part in (row["part"], row["quantity"]) if part)
            spread = f" ({row['spread']})" if row["spread"] and row["sd"] is None else ""
            about = (row["who"], row["load"], row["phase"], row["read"])
            lines.append(f"              {what}: {row['text']}{spread}; {'; '.join(about)}")
    return lines
