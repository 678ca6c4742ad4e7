"""The catalogue of variations, muscles and sources, read from ``data/``.

:func:`load_catalog` reads the shipped folder and those of the user. A file with problems is left
out and reported, the rest loads.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from visualizer.anatomy.muscle import Muscle
from visualizer.catalog.datafile import DataKind, display_path
from visualizer.catalog.facts import Disagreement, Fact
from visualizer.catalog.folders import files_of, home_of
from visualizer.catalog.intake import Contents, Intake
from visualizer.catalog.kept_catalog import from_bytes, key_of_files, to_bytes
from visualizer.catalog.source import Source
from visualizer.catalog.variation import Variation
from visualizer.errors import Problem, UnknownNameError
from visualizer.kept import keep, keeping, recall
from visualizer.language import ENGLISH
from visualizer.resources import data_folder
from visualizer.texts import N_, tr

__all__ = ["Catalog", "CatalogLoad", "CheckResult", "check", "check_files", "load_catalog"]


T = TypeVar("T")
# What was read last is kept under this name.
_KEPT = "catalogue"


def _named(kind: str, key: str, known: Mapping[str, T]) -> T:
    """Return what has a key; ``kind`` says in English what that is, should there be none."""
    try:
        return known[key]
    except KeyError:
        raise UnknownNameError(tr(kind), key, known) from None


@dataclass(frozen=True)
class Catalog:
    """Everything that the data files say.

    Attributes
    ----------
    variations : tuple of Variation
        By their order, then their English name.
    muscles : mapping of str to Muscle
        Muscles, fasciae and groups by id, sorted by id.
    sources : mapping of str to Source
        Publications by citation key, in the order of the files.
    facts : mapping of str to Fact
        Published measurements by key, in the order of the files.
    disagreements : tuple of Disagreement
        Where studies or usages disagree, in the order of the files.
    shipped : frozenset of str
        Ids of the variations that came with the program.
    """

    variations: tuple[Variation, ...]
    muscles: Mapping[str, Muscle]
    sources: Mapping[str, Source]
    facts: Mapping[str, Fact] = field(default_factory=dict)
    disagreements: tuple[Disagreement, ...] = ()
    shipped: frozenset[str] = frozenset()

    def numbered(self) -> tuple[Variation, ...]:
        """Return the variations by their numbers, from 1: the user's own follow the shipped ones.

        So a file of the user leaves the keys of the shipped variations as they are.
        """
        return tuple(sorted(self.variations, key=lambda v: v.id not in self.shipped))

    def variation(self, variation_id: str) -> Variation:
        """Return a variation by id.

        Raises
        ------
        UnknownNameError
            When there is none; it names the nearest one.
        """
        for variation in self.variations:
            if variation.id == variation_id:
                return variation
        raise UnknownNameError(tr("variation"), variation_id, (v.id for v in self.variations))

    def alike(self, variation: Variation) -> tuple[Variation, ...]:
        """Return the other variations of the same lift.

        Parameters
        ----------
        variation : Variation
            The one that they are beside.
        """
        return tuple(v for v in self.variations if v.lift is variation.lift and v is not variation)

    def namesakes(self, variation: Variation, language: str = ENGLISH) -> tuple[Variation, ...]:
        """Return the other variations that have the same name in a language."""
        name = variation.display_name(language).casefold()
        return tuple(
            v
            for v in self.variations
            if v.id != variation.id and v.display_name(language).casefold() == name
        )

    def telling_name(self, variation: Variation, language: str = ENGLISH) -> str:
        """Return a variation's name, with its id behind it where another has the same name."""
        name = variation.display_name(language)
        return f"{name} ({variation.id})" if self.namesakes(variation, language) else name

    def muscle(self, muscle_id: str) -> Muscle:
        """Return a muscle, group or fascia by id.

        Raises
        ------
        UnknownNameError
            When there is none; it names the nearest one.
        """
        return _named(N_("muscle"), muscle_id, self.muscles)

    def source(self, key: str) -> Source:
        """Return a source by its citation key.

        Raises
        ------
        UnknownNameError
            When there is none; it names the nearest one.
        """
        return _named(N_("source"), key, self.sources)

    def fact(self, key: str) -> Fact:
        """Return a measurement by its key.

        Raises
        ------
        UnknownNameError
            When there is none; it names the nearest one.
        """
        return _named(N_("fact"), key, self.facts)

    def disagreements_of(
        self, variation_id: str, muscle_id: str | None = None
    ) -> tuple[Disagreement, ...]:
        """Return the disagreements that concern a variation, or a muscle in it.

        A disagreement about a group concerns its members, one about a member its groups.
        """
        wanted = set(self.surfaces(muscle_id)) if muscle_id is not None else None
        return tuple(
            card
            for card in self.disagreements
            if (not card.variations or variation_id in card.variations)
            and (
                wanted is None
                or any(wanted & set(self.surfaces(m)) for m in card.muscles if m in self.muscles)
            )
        )

    def surfaces(self, muscle_id: str) -> tuple[str, ...]:
        """Return the ids of the surfaces that a muscle stands for: a group's members, or itself."""
        return self.muscle(muscle_id).surfaces

    def surface_set(self, muscle_id: str | None) -> frozenset[str]:
        """Return the surfaces that a muscle or group stands for; none for None and the unknown."""
        known = muscle_id is not None and muscle_id in self.muscles
        return frozenset(self.surfaces(muscle_id)) if known and muscle_id else frozenset()


@dataclass(frozen=True)
class CatalogLoad:
    """A catalogue and what could not be read of it.

    Attributes
    ----------
    catalog : Catalog
        Everything that is right.
    problems : tuple of Problem
        Everything that is wrong, file by file.
    files : mapping of (DataKind, str) to str
        The file that each id was read from.
    """

    catalog: Catalog
    problems: tuple[Problem, ...]
    files: Mapping[tuple[DataKind, str], str] = field(default_factory=dict)


@dataclass(frozen=True)
class CheckResult:
    """What is to be said of data files before they are put to use.

    Attributes
    ----------
    problems : tuple of Problem
        Everything that is wrong, file by file.
    variations : mapping of str to Variation
        The variations that are right as far as the files go, by their file.
    catalog : Catalog
        What they would be used with, and themselves.
    known : mapping of (DataKind, str) to str
        The files of what they would be used with.
    """

    problems: tuple[Problem, ...]
    variations: Mapping[str, Variation]
    catalog: Catalog
    known: Mapping[tuple[DataKind, str], str]


def load_catalog(folders: Iterable[Path] = (), files: Iterable[Path] = ()) -> CatalogLoad:
    """Read the shipped data and the user's folders.

    Parameters
    ----------
    folders : iterable of Path
        Folders of the user, each with ``*.toml`` or ``*.hipthrust``, ``variations/``, ``muscles/``,
        ``facts/`` or ``sources.json``, or nothing of it; a folder that does not exist is empty.
    files : iterable of Path
        Further files.

    Returns
    -------
    CatalogLoad
        Of two files with the same id the one found first counts, so the shipped files do.
    """
    intake = Intake()
    shipped, intake.problems = files_of(data_folder())
    paths = [*shipped]
    for folder in folders:
        found, problems = files_of(folder)
        paths += found
        intake.problems += problems
    paths += files
    key = key_of_files(paths) if keeping() and not intake.problems else None
    known = None if key is None else recall(_KEPT, key)
    load = None if known is None else from_bytes(known, CatalogLoad)
    if load is not None:
        return load
    load = _read(intake, shipped, paths)
    if key is not None and not load.problems:
        keep(_KEPT, key, to_bytes(load))
    return load


def _read(intake: Intake, shipped: Sequence[Path], paths: Iterable[Path]) -> CatalogLoad:
    """Take in files, the ``shipped`` ones among them."""
    intake.read(paths)
    own = {display_path(path) for path in shipped}
    names = frozenset(
        name
        for (kind, name), file in intake.files.items()
        if kind is DataKind.VARIATION and file in own
    )
    catalog = replace(_catalog(intake.new), shipped=names)
    return CatalogLoad(catalog, tuple(intake.problems), MappingProxyType(intake.files))


def check_files(paths: Sequence[Path]) -> list[Problem]:
    """Return all that is wrong in data files; see :func:`check`."""
    return list(check(paths).problems)


def check(paths: Sequence[Path], folders: Iterable[Path] = ()) -> CheckResult:
    """Look for all that is wrong in data files, before they are put to use.

    A variation may refer to the shipped muscles and sources, to those of the folder that it lies
    in (``variations/`` beside ``muscles/``, ``facts/`` and ``sources.json``), to those of
    ``folders``, and to those among ``paths``. Ids must be unique among all of these: the program
    would not read a changed copy of a shipped file that kept its id. An unchanged copy is fine.

    Parameters
    ----------
    paths : sequence of Path
        The files.
    folders : iterable of Path
        Folders of the user that the files are meant for.
    """
    homes = [home for home in map(home_of, paths) if home is not None]
    homes += [folder.absolute() for folder in folders]
    known = load_catalog(h for h in dict.fromkeys(homes) if h != data_folder().absolute())
    intake = Intake(_contents(known.catalog), known.files)
    intake.read(paths)
    return CheckResult(
        tuple(intake.problems),
        {intake.files[DataKind.VARIATION, v.id]: v for v in intake.new.variations.values()},
        _catalog(intake.all),
        known.files,
    )


def _catalog(contents: Contents) -> Catalog:
    ordered = sorted(
        contents.variations.values(), key=lambda v: (v.order, v.name["en"].casefold(), v.id)
    )
    return Catalog(
        tuple(ordered),
        MappingProxyType(dict(sorted(contents.muscles.items()))),
        MappingProxyType(contents.sources),
        MappingProxyType(contents.facts),
        tuple(contents.disagreements.values()),
    )


def _contents(catalog: Catalog) -> Contents:
    return Contents(
        dict(catalog.sources),
        dict(catalog.muscles),
        dict(catalog.facts),
        {variation.id: variation for variation in catalog.variations},
        {card.id: card for card in catalog.disagreements},
    )
