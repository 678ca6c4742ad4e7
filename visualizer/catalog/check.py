"""What must hold between the data files: names exist, ids are unique, tables agree.

Each rule yields problems of one record, which has been read by :mod:`visualizer.records` before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from visualizer.anatomy.muscle import Muscle, MuscleKind
from visualizer.catalog.check_facts import bare_percentages, problems_of_ground
from visualizer.catalog.facts import LENGTH_UNITS, Fact
from visualizer.catalog.statements import owners
from visualizer.catalog.variation import Ground, Variation
from visualizer.errors import Problem
from visualizer.lifts.vocabulary import Laterality, PhaseId
from visualizer.reading import unknown
from visualizer.records import NameOf, walk
from visualizer.texts import tr

__all__ = ["problems_of_muscle", "problems_of_variation", "unknown_names"]

# Several times what our longest file has; the window builds an entry for each.
_MOST_GROUNDS = 1_000


def unknown_names(record: object, known: Mapping[str, Collection[str]]) -> Iterator[Problem]:
    """Yield the names in a record that nothing has.

    Parameters
    ----------
    record : object
        The record.
    known : mapping of str to collection of str
        All names, by the kind of :class:`visualizer.records.NameOf`.
    """
    for path, marks, value in walk(record):
        for mark in marks:
            if isinstance(mark, NameOf) and value not in known[mark.kind]:
                yield Problem("", path, unknown(tr(mark.kind), value, known[mark.kind]))


def problems_of_muscle(muscle: Muscle, kinds: Mapping[str, MuscleKind]) -> Iterator[Problem]:
    """Yield what is wrong in a muscle's file.

    Parameters
    ----------
    muscle : Muscle
        The file.
    kinds : mapping of str to MuscleKind
        Every known muscle id and what it stands for.
    """
    if muscle.kind is MuscleKind.GROUP:
        if not muscle.members:
            message = tr("must have at least one entry: a group stands for muscles")
            yield Problem("", "members", message)
        for key in ("tendons", "optimal_fibre_length_m", "volume"):
            if getattr(muscle, key):
                yield Problem("", key, tr("belongs to the members of a group, not to the group"))
    elif muscle.members:
        message = tr("only a group has members (kind is {kind!r})").format(kind=muscle.kind.value)
        yield Problem("", "members", message)
    muscles = [name for name, kind in kinds.items() if kind is not MuscleKind.GROUP]
    for index, member in enumerate(muscle.members):
        if kinds.get(member) is MuscleKind.GROUP:
            yield Problem(
                "",
                f"members[{index}]",
                tr("{member!r} is a group; name its muscles").format(member=member),
            )
        elif member not in kinds:
            yield Problem("", f"members[{index}]", unknown(tr("muscle"), member, muscles))
    yield from _repeated(muscle.members, "members")
    yield from _repeated(muscle.tendons, "tendons")
    for key in ("optimal_fibre_length_m", "part_names"):
        for tendon in getattr(muscle, key):
            if tendon not in muscle.tendons:
                yield Problem("", key, unknown(tr("tendon"), tendon, muscle.tendons))
    for key in ("origin", "insertion", "nerve", "actions"):
        if getattr(muscle, key) and not muscle.sources:
            yield Problem("", key, tr("states something without a source; name one in 'sources'"))


def problems_of_variation(
    variation: Variation, members: Mapping[str, Collection[str]], facts: Mapping[str, Fact]
) -> Iterator[Problem]:
    """Yield what is wrong in a variation's file.

    Parameters
    ----------
    variation : Variation
        The file.
    members : mapping of str to collection of str
        Every known muscle id, with the muscles that it stands for (itself, unless a group).
    facts : mapping of str to Fact
        Every known measurement.
    """
    yield from _problems_of_lift(variation)
    for index, compared in enumerate(variation.compared):
        where, fact = f"compared[{index}].fact", facts.get(compared.fact)
        if fact and (fact.value is None or fact.spread.sd is None):
            yield Problem(
                "", where, tr("{key!r} has no value with an sd to draw").format(key=fact.key)
            )
        elif fact and fact.unit not in LENGTH_UNITS:
            yield Problem(
                "",
                where,
                tr("{key!r} is no length ({units})").format(
                    key=fact.key, units=", ".join(LENGTH_UNITS)
                ),
            )
    grounds = [(where, g) for where, _, g in walk(variation) if isinstance(g, Ground)]
    if len(grounds) > _MOST_GROUNDS:
        yield Problem(
            "",
            "",
            tr("must have at most {most} grounds in all, not {grounds}").format(
                most=_MOST_GROUNDS, grounds=len(grounds)
            ),
        )
    for where, ground in grounds:
        yield from problems_of_ground(ground, where, facts)
    yield from bare_percentages(variation)
    yield from _problems_of_muscles(variation, members)


def _problems_of_muscles(
    variation: Variation, members: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """Yield what is wrong with the muscles that are named.

    A statement about a muscle beats one about a group that it is in, so both may stand side by
    side; two that cover equally many muscles would leave open which counts, and a group whose
    members all have statements of their own would say nothing.
    """
    owner = owners(variation.muscles, lambda name: members.get(name, ()))
    names = [action.muscle for action in variation.muscles]
    for index, action in enumerate(variation.muscles):
        where, own = f"muscles[{index}]", members.get(action.muscle, ())
        for surface in own:
            rival = owner[surface]
            if rival < index and len(members[names[rival]]) == len(own):
                message = tr("{surface!r} is already described by muscles[{rival}]").format(
                    surface=surface, rival=rival
                )
                yield Problem("", f"{where}.muscle", message)
                break
        if action.side is Laterality.WORKING and variation.setup.legs is Laterality.BOTH:
            message = tr("'working' needs setup.legs = 'working'; both legs work here")
            yield Problem("", f"{where}.side", message)
        unique = own and names.count(action.muscle) == 1
        if unique and not any(owner[surface] == index for surface in own):
            message = tr(
                "{muscle!r} says nothing: every muscle of it has a statement of its own"
            ).format(muscle=action.muscle)
            yield Problem("", f"{where}.muscle", message)


def _problems_of_lift(variation: Variation) -> Iterator[Problem]:
    """Yield what the variation's lift does not allow."""
    lift = variation.lift
    yield from _repeated(variation.equipment, "equipment")
    for index, gear in enumerate(variation.equipment):
        if gear not in lift.equipment:
            usual = ", ".join(sorted(lift.equipment)) or tr("nothing")
            message = tr("{gear!r} is not used here; {lift} uses {usual}").format(
                gear=gear.value, lift=lift.id, usual=usual
            )
            yield Problem("", f"equipment[{index}]", message)
    yield from lift.problems(variation.setup, variation.equipment)
    phases = [entry.id for entry in variation.phases]
    yield from _repeated(phases, "phases")
    for phase in (PhaseId.LIFT, PhaseId.LOWERING):
        if phase not in phases:
            yield Problem(
                "", "phases", tr("must have an entry for {phase!r}").format(phase=phase.value)
            )
    longest = max(lift.orders, key=len)
    if set(phases) <= set(longest) and phases != sorted(phases, key=longest.index):
        order = ", ".join(phase.value for phase in longest)
        yield Problem("", "phases", tr("must be in the order {order}").format(order=order))


def _repeated(names: Iterable[str], path: str) -> Iterator[Problem]:
    seen = set()
    for index, name in enumerate(names):
        if name in seen:
            yield Problem(
                "", f"{path}[{index}]", tr("{name!r} is named twice").format(name=str(name))
            )
        seen.add(name)
