"""A variation as plain data: what ``visualizer describe`` prints and other tools rely on."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

from visualizer.exercise.contraction import LengthChange, agreement
from visualizer.exercise.repetition import Repetition
from visualizer.exercise.variation import Ground, Laterality, MuscleAction, PhaseId

__all__ = ["describe_variation"]


def describe_variation(repetition: Repetition, language: str = "en") -> dict[str, Any]:
    """Return everything that is said of a variation, ready for JSON.

    Parameters
    ----------
    repetition : Repetition
        The variation on a side.
    language : str
        Language of names and texts, English where a text has no other.
    """
    variation = repetition.variation
    return {
        "id": variation.id,
        "name": variation.display_name(language),
        "summary": _in(variation.summary, language),
        "suits": _in(variation.suits, language),
        "equipment": [str(e) for e in variation.equipment],
        "phases": [{"id": str(p.id), "seconds": p.seconds} for p in variation.phases],
        "muscles": [_muscle(repetition, a, language) for a in variation.muscles],
        "motion": _motion(repetition),
        "questions": [
            {
                "question": _in(q.question, language),
                "answer": _in(q.answer, language),
                "grounds": _grounds(q.grounds),
            }
            for q in variation.questions
        ],
    }


def _in(texts: Any, language: str) -> str:
    return str(texts.get(language) or texts.get("en", ""))


def _grounds(grounds: Iterable[Ground]) -> list[dict[str, Any]]:
    return [{"basis": str(g.basis), "source": g.source, "note": g.note} for g in grounds]


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
    everything = [*action.grounds, *(g for c in claims.values() if c for g in c.grounds)]
    side = str(repetition.side) if action.side is Laterality.WORKING else "both"
    return {
        "id": action.muscle,
        "name": muscle.display_name(language),
        "latin": muscle.latin,
        "side": side,
        "role": str(action.role),
        "contraction": {str(p): str(repetition.contraction(action, p)) for p in phases},
        "why": _in(action.why, language),
        "grounds": _grounds(action.grounds),
        "contraction_grounds": {str(p): _grounds(c.grounds) for p, c in claims.items() if c},
        "sources": sorted({g.source for g in everything if g.source}),
        "length_change_percent": {str(p): _rounded(change.percent(p)) for p in phases},
        "agreement": {
            str(p): str(agreement(c.contraction if c else None, change, p))
            for p, c in claims.items()
        },
        "parts": _parts(change),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 1) + 0.0


def _parts(change: LengthChange) -> list[dict[str, Any]]:
    return [
        {
            "tendon": p.tendon,
            "muscle": p.muscle,
            "lift_mm": round(p.lift_m * 1000, 1) + 0.0,
            "lift_percent": _rounded(p.lift_percent),
        }
        for p in change.parts
    ]
