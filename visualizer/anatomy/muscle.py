"""Muscles and muscle groups, as the anatomist names them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated

from visualizer.language import in_language
from visualizer.records import Id, Key, Like, Name, NameOf, Range, Text, Words, nothing
from visualizer.texts import N_

__all__ = ["Muscle", "MuscleKind", "PublishedVolume", "Side"]

# Keys of the publications of the catalogue.
_Source = Annotated[Name, NameOf(N_("source"))]


class Side(StrEnum):
    """Side of the body."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def suffix(self) -> str:
        """The suffix that names of parts, joints and tendons of this side carry."""
        return "_l" if self is Side.LEFT else "_r"

    @property
    def other(self) -> Side:
        """The opposite side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class MuscleKind(StrEnum):
    """What an entry stands for."""

    MUSCLE = "muscle"
    GROUP = "group"
    FASCIA = "fascia"


@dataclass(frozen=True)
class PublishedVolume:
    """The volume that the surface of a muscle should have.

    Attributes
    ----------
    volume_cm3 : float
        Volume of the muscle of one side, in cubic centimetres.
    note : str
        How the figure follows from the source, or why it is an estimate.
    source : str or None
        Key of the publication; None where the figure is our estimate.
    """

    volume_cm3: Annotated[float, Range(0.1, 3000), Key("cm3")]
    note: Words
    source: _Source | None = None


@dataclass(frozen=True, kw_only=True)
class Muscle:
    """A muscle, a named part of one, a group of them, or a fascia: a file of ``muscles/``.

    Attributes
    ----------
    id : str
        Lower-case name, also the name of its surface without the side's suffix.
    kind : MuscleKind
        Whether it has a surface of its own (muscle, fascia) or stands for others (group).
    name : mapping of str to str
        Display name per language code; ``"en"`` is always there.
    latin : str
        The Latin name of Terminologia Anatomica 2.
    ta2 : int or None
        Its number there, where we know it.
    fma : str or None
        Identifier in the Foundational Model of Anatomy, where we know it.
    group : str
        Region or functional group under which lists show it.
    members : tuple of str
        The muscles that a group stands for; empty for others.
    tendons : tuple of str
        Muscle-tendon units of the model that run through it, without the side's suffix.
    part_names : mapping of str to mapping of str to str
        What the parts are called that the units of ``tendons`` stand for ("upper part"), per
        language code; empty where the muscle is not divided.
    optimal_fibre_length_m : mapping of str to float
        Optimal fibre length of each of ``tendons``, in metres; empty where none is published.
    volume : PublishedVolume or None
        The target of the surface's volume; None for groups.
    origin, insertion, nerve, actions : str
        In English, in our own words; empty where we have no source.
    sources : tuple of str
        Keys of the sources of the entry.
    """

    id: Id
    name: Text
    latin: Words
    group: Words
    kind: MuscleKind = MuscleKind.MUSCLE
    ta2: Annotated[int, Range(1, 99999)] | None = None
    fma: Annotated[str, Like(r"FMA[0-9]+", N_("FMA and digits, like FMA22314"))] | None = None
    members: tuple[Name, ...] = ()
    tendons: tuple[Name, ...] = ()
    part_names: Mapping[str, Text] = field(default_factory=nothing)
    optimal_fibre_length_m: Mapping[str, Annotated[float, Range(0.001, 1)]] = field(
        default_factory=nothing
    )
    volume: PublishedVolume | None = None
    origin: str = ""
    insertion: str = ""
    nerve: str = ""
    actions: str = ""
    sources: tuple[_Source, ...] = ()

    @property
    def surfaces(self) -> tuple[str, ...]:
        """Ids of the surfaces that it stands for: a group's members, or itself."""
        return self.members if self.kind is MuscleKind.GROUP else (self.id,)

    def display_name(self, language: str = "en") -> str:
        """Return the name in ``language``, in English where it has none."""
        return in_language(self.name, language)
