"""From the shapes of the data files to the plain types of the program.

Degrees and centimetres end here: everything behind is in radians and metres, and immutable.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from visualizer.anatomy.muscle import Muscle, PublishedVolume
from visualizer.catalog.facts import (
    Comparison,
    Disagreement,
    Fact,
    Population,
    Position,
    Spread,
)
from visualizer.catalog.schema import (
    CardShape,
    ClaimShape,
    CslEntryShape,
    DisagreementsShape,
    FactShape,
    FactsShape,
    GroundShape,
    MuscleActionShape,
    MuscleShape,
    PopulationShape,
    Text,
    VariationShape,
)
from visualizer.catalog.variation import (
    Antagonist,
    Claim,
    Compared,
    Ground,
    MuscleAction,
    Question,
    Role,
    Source,
    Variation,
)
from visualizer.lifts import FIRST_LIFT, LIFTS
from visualizer.lifts.vocabulary import Phase, PhaseId

__all__ = [
    "build_disagreements",
    "build_facts",
    "build_muscle",
    "build_source",
    "build_variation",
]


def _text(text: Text) -> Mapping[str, str]:
    """Return a text per language code, with single spaces where the file breaks its lines."""
    by_language = {"en": text} if isinstance(text, str) else text
    return MappingProxyType({code: " ".join(words.split()) for code, words in by_language.items()})


def _grounds(shapes: Iterable[GroundShape]) -> tuple[Ground, ...]:
    return tuple(
        Ground(shape.basis, shape.source, " ".join((shape.note or "").split()), shape.facts)
        for shape in shapes
    )


def _claim(shape: ClaimShape) -> Claim:
    return Claim(shape.contraction, _grounds(shape.grounds))


def _action(shape: MuscleActionShape) -> MuscleAction:
    claims = {PhaseId.LIFT: shape.lift, PhaseId.HOLD: shape.hold, PhaseId.LOWERING: shape.lowering}
    return MuscleAction(
        muscle=shape.muscle,
        role=shape.role,
        side=shape.side,
        contraction=MappingProxyType(
            {phase: _claim(claim) for phase, claim in claims.items() if claim is not None}
        ),
        why=_text(shape.why),
        grounds=_grounds(shape.grounds),
        joint=shape.joint,
    )


def build_variation(shape: VariationShape) -> Variation:
    """Return a variation, angles in radians and lengths in metres."""
    roles = list(Role)
    lift = LIFTS[shape.lift] if shape.lift else FIRST_LIFT
    return Variation(
        id=shape.id,
        name=_text(shape.name),
        order=shape.order,
        summary=_text(shape.summary.text),
        suits=_text(shape.suits.text),
        summary_grounds=_grounds(shape.summary.grounds),
        suits_grounds=_grounds(shape.suits.grounds),
        equipment=shape.equipment,
        lift=lift,
        setup=lift.setup(shape.setup),
        phases=tuple(Phase(entry.phase, entry.seconds) for entry in shape.phases),
        muscles=tuple(
            sorted(map(_action, shape.muscles), key=lambda action: roles.index(action.role))
        ),
        compared=tuple(
            Compared(entry.curve, entry.fact, _text(entry.note or "")) for entry in shape.compared
        ),
        questions=tuple(
            Question(_text(entry.question), _text(entry.answer), _grounds(entry.grounds))
            for entry in shape.questions
        ),
        antagonists=tuple(
            Antagonist(entry.muscle, entry.joint, _text(entry.why), _grounds(entry.grounds))
            for entry in shape.antagonists
        ),
    )


def build_muscle(shape: MuscleShape) -> Muscle:
    """Return a muscle, group or fascia."""
    volume = shape.volume
    return Muscle(
        id=shape.id,
        kind=shape.kind,
        name=_text(shape.name),
        latin=shape.latin,
        group=shape.group,
        ta2=shape.ta2,
        fma=shape.fma,
        members=shape.members,
        tendons=shape.tendons,
        part_names=MappingProxyType({k: _text(names) for k, names in shape.part_names.items()}),
        optimal_fibre_length_m=MappingProxyType(dict(shape.optimal_fibre_length_m)),
        volume=PublishedVolume(volume.cm3, volume.source, volume.note) if volume else None,
        origin=shape.origin,
        insertion=shape.insertion,
        nerve=shape.nerve,
        actions=shape.actions,
        sources=shape.sources,
    )


def build_source(entry: CslEntryShape, csl: Mapping[str, object]) -> Source:
    """Return a source; ``csl`` is its entry as it stands in the file."""
    return Source(
        id=entry.id,
        title=entry.title,
        authors=tuple(
            name.literal or ", ".join(part for part in (name.family, name.given) if part)
            for name in entry.author
        ),
        year=entry.issued.date_parts[0][0] if entry.issued else None,
        container=entry.container_title or "",
        doi=entry.doi,
        url=entry.url,
        csl=csl,
        not_seen=entry.custom.not_seen if entry.custom else (),
    )


def build_facts(study: FactsShape) -> tuple[Fact, ...]:
    """Return the facts of a study; what a fact leaves open is what the file says of the study."""
    return tuple(_fact(shape, study) for shape in study.facts)


def _fact(shape: FactShape, study: FactsShape) -> Fact:
    compared = shape.comparison
    read, population = shape.read or study.read, shape.population or study.population
    assert read is not None
    assert population is not None
    return Fact(
        key=shape.key,
        source=study.source,
        quantity=shape.quantity,
        exercise=shape.exercise or study.exercise or "",
        load=shape.load or study.load or "",
        phase=shape.phase or study.phase or "",
        method=shape.method or study.method or "",
        read=read,
        population=_population(population),
        muscle=shape.muscle,
        part=shape.part or "",
        value=shape.value,
        low=shape.low,
        high=shape.high,
        unit=shape.unit or "",
        finding=" ".join((shape.finding or "").split()),
        normalisation=shape.normalisation or study.normalisation or "",
        spread=Spread(
            sd=shape.sd,
            se=shape.se,
            ci95=_pair(shape.ci95),
            range=_pair(shape.range),
            p=shape.p or "",
            missing=shape.no_spread or "",
        ),
        comparison=Comparison(compared.label, compared.value, compared.sd) if compared else None,
        note=" ".join((shape.note or "").split()),
    )


def _pair(values: tuple[float, ...] | None) -> tuple[float, float] | None:
    return (values[0], values[1]) if values is not None else None


def _population(shape: PopulationShape) -> Population:
    return Population(shape.n, shape.studies, shape.sex, shape.training or "")


def build_disagreements(
    shape: DisagreementsShape, facts: Mapping[str, Fact]
) -> tuple[Disagreement, ...]:
    """Return the disagreements of a file; each position cites the sources of its facts as well."""
    return tuple(_disagreement(card, facts) for card in shape.cards)


def _disagreement(card: CardShape, facts: Mapping[str, Fact]) -> Disagreement:
    return Disagreement(
        id=card.id,
        title=_text(card.title),
        meaning=_text(card.meaning),
        positions=tuple(
            Position(
                _text(entry.says),
                entry.facts,
                tuple(dict.fromkeys([*(facts[key].source for key in entry.facts), *entry.sources])),
            )
            for entry in card.positions
        ),
        variations=card.variations,
        muscles=card.muscles,
    )
