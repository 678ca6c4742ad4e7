"""What must hold between the data files: names exist, ids are unique, tables agree.

Each rule yields faults of one file; the shapes themselves have been checked before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from visualizer.anatomy.muscle import MuscleKind
from visualizer.catalog.check_facts import faults_of_ground, faults_of_percentages
from visualizer.catalog.facts import LENGTH_UNITS, Fact
from visualizer.catalog.schema import (
    ClaimShape,
    GroundShape,
    MuscleActionShape,
    MuscleShape,
    Text,
    VariationShape,
)
from visualizer.lifts import FIRST_LIFT, LIFTS
from visualizer.lifts.vocabulary import Laterality, PhaseId
from visualizer.validation import Fault, unknown

__all__ = ["faults_of_muscle", "faults_of_variation"]

# Several times what our longest file has; the window builds an entry for each.
_MOST_GROUNDS = 1_000


def faults_of_muscle(
    muscle: MuscleShape, kinds: Mapping[str, MuscleKind], sources: Collection[str]
) -> Iterator[Fault]:
    """Yield what is wrong in a muscle's file.

    Parameters
    ----------
    muscle : MuscleShape
        The file.
    kinds : mapping of str to MuscleKind
        Every known muscle id and what it stands for.
    sources : collection of str
        Every known citation key.
    """
    if muscle.kind is MuscleKind.GROUP:
        if not muscle.members:
            yield "members", "must have at least one entry: a group stands for muscles"
        for key in ("tendons", "optimal_fibre_length_m", "volume"):
            if getattr(muscle, key):
                yield key, "belongs to the members of a group, not to the group"
    elif muscle.members:
        yield "members", f"only a group has members (kind is {muscle.kind.value!r})"
    muscles = [name for name, kind in kinds.items() if kind is not MuscleKind.GROUP]
    for index, member in enumerate(muscle.members):
        if kinds.get(member) is MuscleKind.GROUP:
            yield f"members[{index}]", f"{member!r} is a group; name its muscles"
        elif member not in kinds:
            yield f"members[{index}]", unknown("muscle", member, muscles)
    yield from _repeated(muscle.members, "members")
    yield from _repeated(muscle.tendons, "tendons")
    for key in ("optimal_fibre_length_m", "part_names"):
        for tendon in getattr(muscle, key):
            if tendon not in muscle.tendons:
                yield key, unknown("tendon", tendon, muscle.tendons)
    for key in ("origin", "insertion", "nerve", "actions"):
        if getattr(muscle, key) and not muscle.sources:
            yield key, "states something without a source; name one in 'sources'"
    for index, source in enumerate(muscle.sources):
        if source not in sources:
            yield f"sources[{index}]", unknown("source", source, sources)
    if muscle.volume and muscle.volume.source and muscle.volume.source not in sources:
        yield "volume.source", unknown("source", muscle.volume.source, sources)


def faults_of_variation(
    variation: VariationShape,
    members: Mapping[str, Collection[str]],
    sources: Collection[str],
    facts: Mapping[str, Fact],
) -> Iterator[Fault]:
    """Yield what is wrong in a variation's file.

    Parameters
    ----------
    variation : VariationShape
        The file.
    members : mapping of str to collection of str
        Every known muscle id, with the muscles that it stands for (itself, unless a group).
    sources : collection of str
        Every known citation key.
    facts : mapping of str to Fact
        Every known measurement.
    """
    yield from _faults_of_lift(variation)
    for index, compared in enumerate(variation.compared):
        if compared.fact not in facts:
            yield f"compared[{index}].fact", unknown("fact", compared.fact, facts)
        elif facts[compared.fact].value is None or facts[compared.fact].spread.sd is None:
            yield f"compared[{index}].fact", f"{compared.fact!r} has no value with an sd to draw"
        elif facts[compared.fact].unit not in LENGTH_UNITS:
            yield (
                f"compared[{index}].fact",
                f"{compared.fact!r} is no length ({', '.join(LENGTH_UNITS)})",
            )
    count = sum(len(grounds) for _, grounds in _all_grounds(variation))
    if count > _MOST_GROUNDS:
        yield "", f"must have at most {_MOST_GROUNDS} grounds in all, not {count}"
    for where, grounds in _all_grounds(variation):
        for index, ground in enumerate(grounds):
            yield from faults_of_ground(ground, f"{where}.grounds[{index}]", sources, facts)
    for where, text in _all_texts(variation):
        yield from faults_of_percentages(text, where)
    yield from _faults_of_muscles(variation, members)


def _faults_of_muscles(
    variation: VariationShape, members: Mapping[str, Collection[str]]
) -> Iterator[Fault]:
    """Yield what is wrong with the muscles that are named.

    A statement about a muscle beats one about a group that it is in, so both may stand side by
    side; two that cover equally many muscles would leave open which counts, and a group whose
    members all have statements of their own would say nothing.
    """
    owner: dict[str, int] = {}
    for index, action in enumerate(variation.muscles):
        where = f"muscles[{index}]"
        if action.muscle not in members:
            yield f"{where}.muscle", unknown("muscle", action.muscle, members)
        own = members.get(action.muscle, ())
        twice = ""
        for surface in own:
            rival = owner.get(surface)
            if rival is None:
                owner[surface] = index
                continue
            others = len(members[variation.muscles[rival].muscle])
            if others == len(own):
                twice = twice or f"{surface!r} is already described by muscles[{rival}]"
            if len(own) < others:
                owner[surface] = index
        if twice:
            yield f"{where}.muscle", twice
        both = getattr(variation.setup, "legs", Laterality.BOTH) is Laterality.BOTH
        if action.side is Laterality.WORKING and both:
            yield f"{where}.side", "'working' needs setup.legs = 'working'; both legs work here"
    names = [action.muscle for action in variation.muscles]
    for index, name in enumerate(names):
        unique = name in members and names.count(name) == 1
        if unique and not any(owner.get(m) == index for m in members[name]):
            yield (
                f"muscles[{index}].muscle",
                f"{name!r} says nothing: every muscle of it has a statement of its own",
            )
    for index, entry in enumerate(variation.antagonists):
        if entry.muscle not in members:
            yield f"antagonists[{index}].muscle", unknown("muscle", entry.muscle, members)


def _faults_of_lift(variation: VariationShape) -> Iterator[Fault]:
    """Yield what the variation's lift does not allow."""
    lift = LIFTS[variation.lift] if variation.lift else FIRST_LIFT
    yield from _repeated(variation.equipment, "equipment")
    for index, gear in enumerate(variation.equipment):
        if gear not in lift.equipment:
            usual = ", ".join(sorted(lift.equipment)) or "nothing"
            yield f"equipment[{index}]", f"{gear.value!r} is not used here; {lift.id} uses {usual}"
    yield from lift.faults(variation.setup, variation.equipment)
    phases = [entry.phase for entry in variation.phases]
    yield from _repeated(phases, "phases")
    for phase in (PhaseId.LIFT, PhaseId.LOWERING):
        if phase not in phases:
            yield "phases", f"must have an entry for {phase.value!r}"
    longest = max(lift.orders, key=len)
    if set(phases) <= set(longest) and phases != sorted(phases, key=longest.index):
        yield "phases", "must be in the order " + ", ".join(phase.value for phase in longest)


def _all_grounds(variation: VariationShape) -> Iterator[tuple[str, tuple[GroundShape, ...]]]:
    yield "summary", variation.summary.grounds
    yield "suits", variation.suits.grounds
    for index, action in enumerate(variation.muscles):
        where = f"muscles[{index}]"
        yield where, action.grounds
        for key, claim in _claims(action):
            yield f"{where}.{key}", claim.grounds
    for index, entry in enumerate(variation.antagonists):
        yield f"antagonists[{index}]", entry.grounds
    for index, question in enumerate(variation.questions):
        yield f"questions[{index}]", question.grounds


def _claims(action: MuscleActionShape) -> Iterator[tuple[str, ClaimShape]]:
    yield "lift", action.lift
    if action.hold is not None:
        yield "hold", action.hold
    yield "lowering", action.lowering


def _all_texts(variation: VariationShape) -> Iterator[tuple[str, Text]]:
    yield "summary.text", variation.summary.text
    yield "suits.text", variation.suits.text
    for index, action in enumerate(variation.muscles):
        yield f"muscles[{index}].why", action.why
    for index, entry in enumerate(variation.antagonists):
        yield f"antagonists[{index}].why", entry.why
    for index, question in enumerate(variation.questions):
        yield f"questions[{index}].answer", question.answer


def _repeated(names: Iterable[str], path: str) -> Iterator[Fault]:
    seen = set()
    for index, name in enumerate(names):
        if name in seen:
            yield f"{path}[{index}]", f"{str(name)!r} is named twice"
        seen.add(name)
