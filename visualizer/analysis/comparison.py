"""What changes from one variation to another: a list of values with their grounds.

Statements are compared muscle by muscle, not entry by entry: a group on one side and a member of it
on the other are about the same muscle. Where only one of the two says anything of a muscle, that is
said as such; it does not mean that the muscle stands still in the other. Computed figures are
listed where they differ by more than the model can be trusted with.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from visualizer.analysis.words import (
    capitalised,
    contraction_word,
    equipment_word,
    phase_word,
    role_word,
)
from visualizer.anatomy.muscle import Side
from visualizer.catalog.variation import Basis, Ground, MuscleAction, Role
from visualizer.exercise.contraction import ISOMETRIC_BELOW_PERCENT
from visualizer.exercise.loading import LoadChoice
from visualizer.exercise.mass import MassUnit
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.dynamics import JointMoments
from visualizer.lifts.vocabulary import Equipment, Laterality, PhaseId
from visualizer.texts import N_, language, tr
from visualizer.texts.figures import figure, percent_change, seconds

__all__ = ["BodyDifference", "ChangeKind", "changes", "comparison_data", "comparison_text"]

_USUAL_LOAD = LoadChoice()
_LEAST_ANGLE_DEG = 1.0
# Moments are estimates: smaller differences would not be worth a line.
_LEAST_MOMENT_NM, _LEAST_MOMENT_SHARE = 5.0, 0.05


class ChangeKind(StrEnum):
    """What changes."""

    ROLE = "role"
    CONTRACTION = "contraction"
    JOINT = "joint"
    LENGTH = "length"
    MOMENT = "moment"
    GEAR = "gear"
    TEMPO = "tempo"
    EFFORT = "effort"


_HEADINGS = {
    ChangeKind.ROLE: N_("Roles"),
    ChangeKind.CONTRACTION: N_("Contractions"),
    ChangeKind.JOINT: N_("Range of the joints"),
    ChangeKind.LENGTH: N_("Change of length, bottom to top"),
    ChangeKind.MOMENT: N_("Largest joint moment per leg, computed"),
    ChangeKind.GEAR: N_("Gear and load"),
    ChangeKind.TEMPO: N_("Tempo"),
    ChangeKind.EFFORT: N_("Estimated share of effort, mean of each phase; computed, not measured"),
}
_JOINTS = {
    "hip": N_("hip"),
    "knee": N_("knee"),
    "hip abduction": N_("hip, outwards against the band"),
}


@dataclass(frozen=True)
class BodyDifference:
    """One thing that is otherwise in the second variation than in the first.

    Attributes
    ----------
    kind : ChangeKind
        What it is about.
    subject : str
        Id of the muscle, name of the joint, the piece of gear or the phase.
    a, b : object
        What it is in the first and in the second variation, plain values: a code, a number, a
        mapping of numbers; None where nothing is stated, or where it is not there.
    words : (str, str, str)
        What it is about, before and after, in the language of the interface.
    grounds : tuple of Ground
        What it rests on, of both variations.
    phase : PhaseId or None
        The phase of a contraction, or of a share of effort.
    """

    kind: ChangeKind
    subject: str
    a: Any
    b: Any
    words: tuple[str, str, str]
    grounds: tuple[Ground, ...] = ()
    phase: PhaseId | None = None

    @property
    def text(self) -> str:
        """One line, in the language of the interface."""
        what, before, after = self.words
        return f"{what}: {before} → {after}"

    @property
    def heading(self) -> str:
        """What it stands under, in the language of the interface."""
        return tr(_HEADINGS[self.kind])

    @property
    def muscle(self) -> str | None:
        """Id of the muscle to select in both bodies; None where it is about none."""
        about = (ChangeKind.ROLE, ChangeKind.CONTRACTION, ChangeKind.LENGTH, ChangeKind.EFFORT)
        return self.subject if self.kind in about else None


def changes(
    a: Repetition,
    b: Repetition,
    load: LoadChoice = _USUAL_LOAD,
    unit: MassUnit = MassUnit.KILOGRAM,
) -> tuple[BodyDifference, ...]:
    """Return what changes from one repetition to another, kind by kind.

    Parameters
    ----------
    a, b : Repetition
        The two.
    load : LoadChoice
        What moments are computed for.
    unit : MassUnit
        What masses are told in; as values they are kilograms.
    """
    pairs = _pairs(a, b)
    return (
        *_roles(a, b, pairs),
        *_contractions(a, b, pairs),
        *_joints(a, b),
        *_lengths(a, b),
        *_moments(a, b, load),
        *_gear(a, b, load, unit),
        *_tempo(a, b),
    )


# -------------------------------------------------------------------------------- statements
@dataclass(frozen=True)
class _Pair:
    """What both variations state of a muscle."""

    subject: str
    a: MuscleAction | None
    b: MuscleAction | None


def _pairs(a: Repetition, b: Repetition) -> tuple[_Pair, ...]:
    """Return the statements about each muscle, one beside the other, in the order of the second."""
    catalog = b.catalog
    names = [action.muscle for r in (b, a) for action in r.variation.muscles]
    surfaces = dict.fromkeys(s for name in names for s in catalog.surfaces(name))
    together: dict[tuple[str | None, str | None], list[str]] = {}
    for surface in surfaces:
        own = [_stated(r, surface) for r in (a, b)]
        key = tuple(action.muscle if action else None for action in own)
        if any(key):
            together.setdefault((key[0], key[1]), []).append(surface)
    found = []
    for (first, second), own_surfaces in together.items():
        entries = [n for n in (first, second) if n is not None]
        subject = min(entries, key=lambda name: len(catalog.surfaces(name)))
        pair = _stated(a, own_surfaces[0]), _stated(b, own_surfaces[0])
        whole = _covered(a if second is None else b, subject)
        if None in (first, second) and set(own_surfaces) != whole:
            # a part of a group, of which the other variation says nothing
            found += [_Pair(surface, *pair) for surface in own_surfaces]
        else:
            found.append(_Pair(subject, *pair))
    order = {name: k for k, name in reversed([*enumerate(names)])}
    place = {s: order[n] for n in reversed(order) for s in catalog.surfaces(n)}
    return tuple(
        sorted(found, key=lambda p: order.get(p.subject, place.get(p.subject, len(names))))
    )


def _stated(repetition: Repetition, surface: str) -> MuscleAction | None:
    """Return the statement that shows a muscle with its surface; None where nothing does."""
    action = repetition.statement_for(surface)
    if action is None or surface not in repetition.reach(action).surfaces:
        return None
    return action


def _covered(repetition: Repetition, muscle: str) -> set[str]:
    action = next((x for x in repetition.variation.muscles if x.muscle == muscle), None)
    return set(repetition.reach(action).surfaces) if action else {muscle}


def _roles(a: Repetition, b: Repetition, pairs: tuple[_Pair, ...]) -> Iterator[BodyDifference]:
    for pair in pairs:
        before, after = (_role(action) for action in (pair.a, pair.b))
        if before != after:
            yield BodyDifference(
                ChangeKind.ROLE,
                pair.subject,
                before and str(before),
                after and str(after),
                _line(_name(pair, a, b), _role_text(before), _role_text(after)),
                _grounds(*(action.grounds for action in (pair.a, pair.b) if action)),
            )


def _role(action: MuscleAction | None) -> Role | None:
    return action.role if action else None


def _role_text(role: Role | None) -> str:
    return role_word(role) if role else tr("nothing stated")


def _contractions(
    a: Repetition, b: Repetition, pairs: tuple[_Pair, ...]
) -> Iterator[BodyDifference]:
    for pair in pairs:
        if pair.a is None or pair.b is None:
            continue
        for phase in PhaseId:
            if phase not in a.schedule or phase not in b.schedule:
                continue
            before, after = a.contraction(pair.a, phase), b.contraction(pair.b, phase)
            if before is not after:
                name = f"{_name(pair, a, b)}, {phase_word(phase)}"
                yield BodyDifference(
                    ChangeKind.CONTRACTION,
                    pair.subject,
                    str(before),
                    str(after),
                    _line(name, contraction_word(before), contraction_word(after)),
                    _grounds(*(_claimed(action, phase) for action in (pair.a, pair.b))),
                    phase,
                )


def _claimed(action: MuscleAction, phase: PhaseId) -> tuple[Ground, ...]:
    claim = action.contraction.get(phase)
    return claim.grounds if claim else ()


def _name(pair: _Pair, a: Repetition, b: Repetition) -> str:
    for repetition, action in ((b, pair.b), (a, pair.a)):
        if action is not None and action.muscle == pair.subject:
            return repetition.name_of(action, language())
    return b.catalog.muscle(pair.subject).display_name(language())


# ---------------------------------------------------------------------------------- mechanics
_MODEL = Ground(
    Basis.MODEL, note=N_("It follows from how the body is placed; computed, not measured.")
)


def _joints(a: Repetition, b: Repetition) -> Iterator[BodyDifference]:
    for joint in ("hip", "knee"):
        before, after = (_ends(r, joint) for r in (a, b))
        if any(abs(before[end] - after[end]) >= _LEAST_ANGLE_DEG for end in before):
            yield BodyDifference(
                ChangeKind.JOINT,
                joint,
                before,
                after,
                _line(tr(_JOINTS[joint]), _way(before), _way(after)),
                (_MODEL,),
            )


def _ends(repetition: Repetition, joint: str) -> dict[str, float]:
    def at(fraction: float) -> float:
        instant = repetition.instant_of(PhaseId.LIFT, fraction)
        rad = instant.hip_flexion_rad if joint == "hip" else instant.knee_flexion_rad
        return round(math.degrees(rad), 1) + 0.0

    return {"bottom": at(0.0), "top": at(1.0)}


def _way(ends_deg: Mapping[str, float]) -> str:
    return f"{figure(ends_deg['bottom'], '°')}–{figure(ends_deg['top'], '°')}"


def _lengths(a: Repetition, b: Repetition) -> Iterator[BodyDifference]:
    muscles = dict.fromkeys(x.muscle for r in (b, a) for x in r.variation.muscles)
    for muscle in muscles:
        before, after = (r.stated_change(muscle).lift_percent for r in (a, b))
        if before is None or after is None or abs(before - after) < ISOMETRIC_BELOW_PERCENT:
            continue
        name = b.catalog.muscle(muscle).display_name(language())
        yield BodyDifference(
            ChangeKind.LENGTH,
            muscle,
            round(before, 1) + 0.0,
            round(after, 1) + 0.0,
            _line(name, percent_change(before), percent_change(after)),
            (_MODEL,),
        )


def _moments(a: Repetition, b: Repetition, load: LoadChoice) -> Iterator[BodyDifference]:
    if a.dynamics is None or b.dynamics is None:
        return
    before, after = (r.joint_moments(load.load(r.variation)) for r in (a, b))
    for joint in ("hip", "knee", "hip abduction"):
        first, second = _peak_nm(before, joint), _peak_nm(after, joint)
        least = max(_LEAST_MOMENT_NM, _LEAST_MOMENT_SHARE * max(abs(first), abs(second)))
        if abs(first - second) >= least:
            yield BodyDifference(
                ChangeKind.MOMENT,
                joint,
                round(first) + 0,
                round(second) + 0,
                _line(tr(_JOINTS[joint]), figure(first, " Nm"), figure(second, " Nm")),
                (_MODEL,),
            )


def _peak_nm(moments: JointMoments, joint: str) -> float:
    if joint == "hip abduction":
        return float(moments.hip_abduction_nm.max())
    return (moments.hip_peak() if joint == "hip" else moments.knee_peak()).value_nm


# ------------------------------------------------------------------------------ gear and tempo
def _gear(
    a: Repetition, b: Repetition, load: LoadChoice, unit: MassUnit
) -> Iterator[BodyDifference]:
    def differ(subject: str, name: str, values: list[Any], words: list[str]) -> BodyDifference:
        line = _line(name, words[0], words[1])
        return BodyDifference(ChangeKind.GEAR, subject, values[0], values[1], line)

    for gear in Equipment:
        there = [gear in r.variation.equipment for r in (a, b)]
        if there[0] is not there[1]:
            words = [tr("with it") if has else tr("without it") for has in there]
            values = [str(gear) if has else None for has in there]
            yield differ(str(gear), equipment_word(gear), values, words)
    legs = [r.variation.setup.legs for r in (a, b)]
    sides = [r.side for r in (a, b)]
    if legs[0] is not legs[1]:
        words = [tr("both work") if x is Laterality.BOTH else tr("one works") for x in legs]
        yield differ("legs", tr("legs"), [*map(str, legs)], words)
    elif sides[0] is not sides[1] and legs[0] is Laterality.WORKING:
        words = [tr("left") if side is Side.LEFT else tr("right") for side in sides]
        yield differ("side", tr("working side"), [*map(str, sides)], words)
    bars_kg = [round(load.load(r.variation).bar_kg, 1) for r in (a, b)]
    if bars_kg[0] != bars_kg[1]:
        words = [unit.text(kg) for kg in bars_kg]
        yield differ("bar_kg", tr("bar with plates"), bars_kg, words)


def _tempo(a: Repetition, b: Repetition) -> Iterator[BodyDifference]:
    before, after = ({s.id: s.seconds for s in r.schedule.spans} for r in (a, b))
    for phase in PhaseId:
        first, second = before.get(phase), after.get(phase)
        if first != second:
            words = [seconds(s) if s is not None else tr("none") for s in (first, second)]
            line = _line(phase_word(phase), words[0], words[1])
            yield BodyDifference(ChangeKind.TEMPO, str(phase), first, second, line, phase=phase)
    begin, start = next(iter(before)), next(iter(after))
    if begin is not start:
        line = _line(tr("begins with"), phase_word(begin), phase_word(start))
        yield BodyDifference(ChangeKind.TEMPO, "first", str(begin), str(start), line)


def _line(what: str, before: str, after: str) -> tuple[str, str, str]:
    return capitalised(what), before, after


def _grounds(*groups: tuple[Ground, ...]) -> tuple[Ground, ...]:
    return tuple(dict.fromkeys(ground for group in groups for ground in group))


# ------------------------------------------------------------------------------------- reports
def comparison_data(a: Repetition, b: Repetition, load: LoadChoice = _USUAL_LOAD) -> dict[str, Any]:
    """Return the comparison ready for JSON; what changes in tempo stands apart from the rest."""
    found = changes(a, b, load)
    return {
        "a": a.variation.id,
        "b": b.variation.id,
        "changes": [_entry(d) for d in found if d.kind is not ChangeKind.TEMPO],
        "tempo": [_entry(d) for d in found if d.kind is ChangeKind.TEMPO],
    }


def _entry(difference: BodyDifference) -> dict[str, Any]:
    entry = {
        "kind": str(difference.kind),
        "subject": difference.subject,
        "a": difference.a,
        "b": difference.b,
        "text": difference.text,
        "grounds": [
            {
                "basis": str(g.basis),
                "source": g.source,
                "note": tr(g.note) if g is _MODEL else g.note,
            }
            for g in difference.grounds
        ],
    }
    if difference.kind is ChangeKind.CONTRACTION:
        entry["phase"] = str(difference.phase)
    return entry


def comparison_text(a: Repetition, b: Repetition, load: LoadChoice = _USUAL_LOAD) -> str:
    """Return the comparison as text, in the language of the interface."""
    name = language()
    title = f"{a.variation.display_name(name)} → {b.variation.display_name(name)}"
    found = changes(a, b, load)
    if not found:
        nothing = tr("nothing changes")
        return f"{title}\n  {nothing}"
    lines, heading = [title], ""
    for difference in found:
        if difference.heading != heading:
            heading = difference.heading
            lines += ["", heading]
        lines.append(f"  {difference.text}")
    lines += ["", tr("Nothing stated does not mean that a muscle does nothing.")]
    return "\n".join(lines)
