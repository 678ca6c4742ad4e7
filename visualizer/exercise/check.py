"""What must hold between the data files: names exist, ids are unique, tables agree.

Each rule yields faults of one file; the shapes themselves have been checked before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from visualizer.anatomy.muscle import MuscleKind
from visualizer.exercise.check_facts import faults_of_ground, faults_of_percentages
from visualizer.exercise.facts import Fact
from visualizer.exercise.schema import (
    ClaimShape,
    GroundShape,
    MuscleActionShape,
    MuscleShape,
    SetupShape,
    Text,
    VariationShape,
)
from visualizer.exercise.validation import Fault, unknown
from visualizer.lifts.hip_thrust.setup import Support
from visualizer.lifts.vocabulary import Equipment, Laterality, PhaseId

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
    yield from _faults_of_setup(variation.setup, variation.equipment)
    yield from _faults_of_phases([entry.phase for entry in variation.phases])
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
        if action.side is Laterality.WORKING and variation.setup.legs is Laterality.BOTH:
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


def _faults_of_setup(setup: SetupShape, equipment: tuple[Equipment, ...]) -> Iterator[Fault]:
    yield from _repeated(equipment, "equipment")
    on_bench = setup.support is Support.BENCH
    if on_bench and setup.bench_height_cm is None:
        yield "setup.bench_height_cm", "required with support = 'bench'"
    if not on_bench and setup.bench_height_cm is not None:
        yield "setup.bench_height_cm", "only with support = 'bench'; here the floor supports"
    if on_bench != (Equipment.BENCH in equipment):
        yield "equipment", "must name 'bench' exactly when setup.support is 'bench'"
    if setup.hip_bottom_deg <= setup.hip_top_deg:
        yield (
            "setup.hip_bottom_deg",
            (
                f"must be more flexed than hip_top_deg ({setup.hip_top_deg:g}), "
                f"not {setup.hip_bottom_deg:g}"
            ),
        )


def _faults_of_phases(phases: list[PhaseId]) -> Iterator[Fault]:
    yield from _repeated(phases, "phases")
    for phase in (PhaseId.LIFT, PhaseId.LOWERING):
        if phase not in phases:
            yield "phases", f"must have an entry for {phase.value!r}"
    if phases != sorted(phases, key=list(PhaseId).index):
        yield "phases", "must be in the order " + ", ".join(phase.value for phase in PhaseId)


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
