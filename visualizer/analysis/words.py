"""Words for what the data name by code: roles, contractions, phases, gear.

One place, so that window, pictures and reports say the same and a translation is made once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from visualizer.anatomy.muscle import Side
from visualizer.catalog.catalog import Catalog
from visualizer.catalog.variation import Basis, Contraction, Role, Variation
from visualizer.exercise.repetition import Repetition
from visualizer.language import in_language
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import Equipment, Laterality, PhaseId
from visualizer.texts import language, tr

__all__ = [
    "basis_tip",
    "basis_word",
    "capitalised",
    "change_word",
    "choice_name",
    "contraction_word",
    "equipment_word",
    "listed",
    "muscle_name",
    "name_at",
    "part_name",
    "phase_doing",
    "phase_word",
    "role_word",
    "text_in",
]


def text_in(texts: Mapping[str, str]) -> str:
    """Return a text in the interface's language, in English where it has none."""
    return in_language(texts, language())


def role_word(role: Role) -> str:
    """Return the name of a role."""
    return {
        Role.PRIME_MOVER: tr("prime mover"),
        Role.SYNERGIST: tr("synergist"),
        Role.STABILIZER: tr("stabilizer"),
    }[role]


def contraction_word(contraction: Contraction) -> str:
    """Return the name of a contraction."""
    return {
        Contraction.CONCENTRIC: tr("concentric"),
        Contraction.ECCENTRIC: tr("eccentric"),
        Contraction.ISOMETRIC: tr("isometric"),
    }[contraction]


def change_word(contraction: Contraction) -> str:
    """Return what a contracting muscle does with its length."""
    return {
        Contraction.CONCENTRIC: tr("shortens"),
        Contraction.ECCENTRIC: tr("lengthens"),
        Contraction.ISOMETRIC: tr("holds its length"),
    }[contraction]


def phase_word(phase: PhaseId) -> str:
    """Return the name of a phase."""
    return {
        PhaseId.LIFT: tr("Lift"),
        PhaseId.HOLD: tr("Hold"),
        PhaseId.LOWERING: tr("Lowering"),
    }[phase]


def phase_doing(phase: PhaseId) -> str:
    """Return what the body is doing in a phase, as the read-out says it."""
    return {
        PhaseId.LIFT: tr("LIFTING"),
        PhaseId.HOLD: tr("HOLDING"),
        PhaseId.LOWERING: tr("LOWERING"),
    }[phase]


def equipment_word(gear: Equipment) -> str:
    """Return the name of a piece of equipment."""
    return {
        Equipment.BENCH: tr("bench"),
        Equipment.BARBELL: tr("barbell"),
        Equipment.HIP_PAD: tr("hip pad"),
        Equipment.LOOP_BAND: tr("loop band"),
        Equipment.MAT: tr("mat"),
    }[gear]


def basis_word(basis: Basis) -> str:
    """Return the name of what a statement rests on."""
    return {
        Basis.ARTICLE: tr("article"),
        Basis.STUDY: tr("study"),
        Basis.MODEL: tr("model"),
        Basis.INFERENCE: tr("inference"),
    }[basis]


def basis_tip(basis: Basis) -> str:
    """Return what it means that a statement rests on something."""
    return {
        Basis.ARTICLE: tr(
            "Article: said in a coaching text. It is experience and teaching, not a measurement."
        ),
        Basis.STUDY: tr(
            "Study: published in research. Beside it stand what was measured, in whom, and how."
        ),
        Basis.MODEL: tr(
            "Model: computed by this program from a model of bones and muscle paths. It knows "
            "lengths, not whether a muscle is active."
        ),
        Basis.INFERENCE: tr(
            "Inference: our own reasoning, because nothing was found that states or measures it."
        ),
    }[basis]


def part_name(unit: str, catalog: Catalog, within: str | None = None) -> str:
    """Return the name of a muscle-tendon unit in words, e.g. ``Gluteus maximus, upper part``.

    Parameters
    ----------
    unit : str
        Its name in the model, with or without the side's suffix.
    catalog : Catalog
        Knows the muscles and what their parts are called.
    within : str, optional
        Id of the muscle that is spoken of anyway: its parts need not repeat its name.
    """
    tendon = unit.removesuffix("_r").removesuffix("_l")
    for muscle in catalog.muscles.values():
        if muscle.members or tendon not in muscle.tendons:
            continue
        whole, names = muscle.display_name(language()), muscle.part_names.get(tendon)
        if names is None:
            return whole
        part = text_in(names)
        return part if muscle.id == within else f"{whole}, {part}"
    return tr("a part without a name")


def muscle_name(repetition: Repetition, muscle: str) -> str:
    """Return what a muscle or group is called in a repetition.

    A group of which some members have statements of their own is named as the others of it.
    """
    action = repetition.statement_for(muscle)
    if action is not None and action.muscle == muscle:
        return repetition.name_of(action, language())
    return repetition.catalog.muscle(muscle).display_name(language())


def listed(words: Sequence[str]) -> str:
    """Return words as an enumeration with a capital letter, e.g. ``Bench, barbell``."""
    return capitalised(", ".join(words))


def capitalised(text: str) -> str:
    """Return a text that begins with a capital letter, as a sentence does."""
    return text[:1].upper() + text[1:]


def choice_name(variation: Variation, side: Side, catalog: Catalog) -> str:
    """Return what a body is called that does a variation, with its side where one leg works."""
    name = catalog.telling_name(variation, language())
    if variation.setup.legs is not Laterality.WORKING:
        return name
    return f"{name} · {tr('left') if side is Side.LEFT else tr('right')}"


def name_at(repetition: Repetition, stays: Playhead | None) -> str:
    """Return what a body is called that does a repetition, and where it stays if it does."""
    name = choice_name(repetition.variation, repetition.side, repetition.catalog)
    if stays is None:
        return name
    return f"{name} · {phase_word(stays.phase)} {round(stays.fraction * 100)} %"
