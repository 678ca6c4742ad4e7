"""The catalogue of variations, muscles and sources, read from ``data/``.

:func:`load_catalog` reads the shipped folder and those of the user. A file with problems is left
out and reported, the rest loads.
"""

from __future__ import annotations

import filecmp
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from visualizer.anatomy.muscle import Muscle, MuscleKind
from visualizer.catalog.build import (
    build_disagreements,
    build_facts,
    build_muscle,
    build_source,
    build_variation,
)
from visualizer.catalog.check import faults_of_muscle, faults_of_variation
from visualizer.catalog.check_facts import (
    faults_of_citation,
    faults_of_disagreements,
    faults_of_facts,
)
from visualizer.catalog.datafile import DataKind, Document, display_path, read_document
from visualizer.catalog.facts import Disagreement, Fact
from visualizer.catalog.foreign import might_be_meant
from visualizer.catalog.schema import (
    VARIATION_SHAPES,
    CslEntryShape,
    DisagreementsShape,
    FactsShape,
    MuscleShape,
)
from visualizer.catalog.variation import Source, Variation
from visualizer.errors import DataError, Problem, UnknownNameError
from visualizer.language import ENGLISH
from visualizer.lifts import FIRST_LIFT, LIFTS
from visualizer.lifts.base import Lift
from visualizer.resources import data_folder
from visualizer.validation import Fault, convert, faults, quote, unknown

__all__ = [
    "Catalog",
    "CatalogLoad",
    "Check",
    "check",
    "check_files",
    "files_of",
    "load_catalog",
]

# A file that is wrong from end to end is not worth thousands of lines.
_MOST_PROBLEMS = 50
# Each is read at every start.
_MOST_FILES = 1_000
_SUBFOLDERS = ("muscles", "facts", "variations")


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
        raise UnknownNameError("variation", variation_id, (v.id for v in self.variations))

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
        try:
            return self.muscles[muscle_id]
        except KeyError:
            raise UnknownNameError("muscle", muscle_id, self.muscles) from None

    def source(self, key: str) -> Source:
        """Return a source by its citation key.

        Raises
        ------
        UnknownNameError
            When there is none; it names the nearest one.
        """
        try:
            return self.sources[key]
        except KeyError:
            raise UnknownNameError("source", key, self.sources) from None

    def fact(self, key: str) -> Fact:
        """Return a measurement by its key.

        Raises
        ------
        UnknownNameError
            When there is none; it names the nearest one.
        """
        try:
            return self.facts[key]
        except KeyError:
            raise UnknownNameError("fact", key, self.facts) from None

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
        return _surfaces(self.muscle(muscle_id))

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
class Check:
    """What is to be said of data files before they are put to use.

    Attributes
    ----------
    problems : tuple of Problem
        Everything that is wrong, file by file.
    variations : mapping of str to Variation
        The variations that are right as far as the files go, by their file.
    catalog : Catalog
        What they would be used with, and themselves.
    """

    problems: tuple[Problem, ...]
    variations: Mapping[str, Variation]
    catalog: Catalog


def load_catalog(folders: Iterable[Path] = ()) -> CatalogLoad:
    """Read the shipped data and the user's folders.

    Parameters
    ----------
    folders : iterable of Path
        Folders of the user, each with ``*.toml``, ``variations/``, ``muscles/``, ``facts/`` or
        ``sources.json``, or nothing of it; a folder that does not exist is empty.

    Returns
    -------
    CatalogLoad
        Of two files with the same id the one found first counts, so the shipped files do.
    """
    intake = _Intake()
    paths: list[Path] = []
    for folder in (data_folder(), *folders):
        found, problems = files_of(folder)
        paths += found
        intake.problems += problems
    intake.read(paths)
    return CatalogLoad(intake.catalog(), tuple(intake.problems), intake.files())


def check_files(paths: Sequence[Path]) -> list[Problem]:
    """Return all that is wrong in data files; see :func:`check`."""
    return list(check(paths).problems)


def check(paths: Sequence[Path], folders: Iterable[Path] = ()) -> Check:
    """Look for all that is wrong in data files, before they are put to use.

    A variation may refer to the shipped muscles and sources, to those of the folder that it lies
    in (``variations/`` beside ``muscles/``, ``facts/`` and ``sources.json``), to those of
    ``folders``, and to those among ``paths``. Ids must be unique among all of these: the program
    would not read a changed copy of a shipped file that kept its id. An unchanged copy is no fault.

    Parameters
    ----------
    paths : sequence of Path
        The files.
    folders : iterable of Path
        Folders of the user that the files are meant for.
    """
    homes = [home for home in map(_home_of, paths) if home is not None]
    homes += [folder.absolute() for folder in folders]
    known = load_catalog(h for h in dict.fromkeys(homes) if h != data_folder().absolute())
    intake = _Intake(known.catalog, taken=known.files)
    intake.read(paths)
    files = intake.files()
    return Check(
        tuple(intake.problems),
        {files[DataKind.VARIATION, v.id]: v for v in intake.variations.values()},
        _joined(known.catalog, intake.catalog()),
    )


def _joined(known: Catalog, new: Catalog) -> Catalog:
    """Return both catalogues as one; of two entries with the same id the new one counts."""
    ids = {v.id for v in new.variations}
    return Catalog(
        (*(v for v in known.variations if v.id not in ids), *new.variations),
        {**known.muscles, **new.muscles},
        {**known.sources, **new.sources},
        {**known.facts, **new.facts},
        (*known.disagreements, *new.disagreements),
    )


def _home_of(path: Path) -> Path | None:
    """Return the data folder that a file belongs to, None where it stands for itself."""
    folder = path.absolute().parent
    if folder.name in _SUBFOLDERS:
        return folder.parent
    return folder if path.name == "disagreements.toml" else None


def files_of(folder: Path) -> tuple[list[Path], list[Problem]]:
    """Return the files of a data folder that are meant to be read, and what stands in the way.

    Parameters
    ----------
    folder : Path
        Folder with ``*.toml``, ``variations/``, ``muscles/``, ``facts/`` or ``sources.json``; one
        that does not exist is empty.
    """
    files: list[Path] = []
    problems: list[Problem] = []

    def report(path: Path, message: str) -> None:
        problems.append(Problem(display_path(path), "", message))

    for place in (folder, *(folder / name for name in _SUBFOLDERS)):
        try:
            entries = sorted(place.iterdir())
        except FileNotFoundError:
            continue
        except OSError as error:
            report(place, f"cannot be read ({os.strerror(error.errno or 0)})")
            continue
        for entry in entries:
            if entry.name.lower() == "sources.json" and place != folder:
                continue
            if might_be_meant(entry):
                files.append(entry)
    if len(files) > _MOST_FILES:
        report(folder, f"has {len(files)} data files; only the first {_MOST_FILES} are read")
    return files[:_MOST_FILES], problems


@dataclass
class _Intake:
    """Takes in documents: keeps those without problems, remembers the problems of the others."""

    known: Catalog = field(default_factory=lambda: Catalog((), {}, {}))
    problems: list[Problem] = field(default_factory=list)
    muscles: dict[str, Muscle] = field(default_factory=dict)
    sources: dict[str, Source] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    variations: dict[str, Variation] = field(default_factory=dict)
    disagreements: dict[str, Disagreement] = field(default_factory=dict)
    # The files of the ids that are known already, per kind of file.
    taken: Mapping[tuple[DataKind, str], str] = field(default_factory=dict)
    # Where an id was first seen among the documents.
    _first: dict[tuple[DataKind, str], str] = field(default_factory=dict)

    def files(self) -> Mapping[tuple[DataKind, str], str]:
        """Return the file of each id that was seen."""
        return MappingProxyType(self._first)

    def catalog(self) -> Catalog:
        """Return what has been taken in."""
        ordered = sorted(
            self.variations.values(), key=lambda v: (v.order, v.name["en"].casefold(), v.id)
        )
        shipped = {display_path(path) for path in files_of(data_folder())[0]}
        return Catalog(
            tuple(ordered),
            MappingProxyType(dict(sorted(self.muscles.items()))),
            MappingProxyType(dict(self.sources)),
            MappingProxyType(dict(self.facts)),
            tuple(self.disagreements.values()),
            frozenset(
                name
                for (kind, name), file in self._first.items()
                if kind is DataKind.VARIATION and file in shipped
            ),
        )

    def read(self, paths: Iterable[Path]) -> None:
        """Read files in the order in which they need each other: sources and muscles first."""
        documents: dict[DataKind, list[Document]] = {kind: [] for kind in DataKind}
        order = {problem.file: k for k, problem in enumerate(self.problems)}
        for path in dict.fromkeys(paths):
            order.setdefault(display_path(path), len(order))
            try:
                document = read_document(path)
            except DataError as error:
                self.problems.extend(error.problems)
            else:
                documents[document.kind].append(document)
        for document in documents[DataKind.SOURCES]:
            self._take_sources(document)
        self._take_muscles(documents[DataKind.MUSCLE])
        for document in documents[DataKind.FACTS]:
            self._take_facts(document)
        for document in documents[DataKind.VARIATION]:
            self._take_variation(document)
        for document in documents[DataKind.DISAGREEMENTS]:
            self._take_disagreements(document)
        self.problems.sort(key=lambda problem: order[problem.file])

    def _take_sources(self, document: Document) -> None:
        found = list(_few(faults(document.value, tuple[CslEntryShape, ...])))
        if found:
            self._report(document.file, found)
            return
        assert isinstance(document.value, list)
        for index, raw in enumerate(document.value):
            entry = convert(raw, CslEntryShape)
            fault = self._fault_of_id(DataKind.SOURCES, entry.id, f"[{index}].id", document.file)
            found = [fault] if fault else list(faults_of_citation(entry, f"[{index}]"))
            if found:
                self._report(document.file, found)
            else:
                self.sources[entry.id] = build_source(entry, raw)

    def _take_muscles(self, documents: Sequence[Document]) -> None:
        good = []
        for document in documents:
            found = list(_few(faults(document.value, MuscleShape)))
            if not found:
                shape = convert(document.value, MuscleShape)
                fault = self._fault_of_id(DataKind.MUSCLE, shape.id, "id", document.file)
                found = [fault] if fault else []
            if found:
                self._report(document.file, found)
            else:
                good.append((document.file, shape))
        kinds = {muscle.id: muscle.kind for muscle in self.known.muscles.values()}
        kinds |= {shape.id: shape.kind for _, shape in good}
        for file, shape in good:
            found = list(_few(faults_of_muscle(shape, kinds, self._all_sources)))
            if found:
                self._report(file, found)
            else:
                self.muscles[shape.id] = build_muscle(shape)

    def _take_facts(self, document: Document) -> None:
        found = list(_few(faults(document.value, FactsShape)))
        if not found:
            shape = convert(document.value, FactsShape)
            muscles = {**self.known.muscles, **self.muscles}
            found = list(_few(faults_of_facts(shape, muscles, self._all_sources)))
            found += self._faults_of_ids(
                DataKind.FACTS, [f.key for f in shape.facts], "facts[{}].key", document.file
            )
        if found:
            self._report(document.file, found)
        else:
            self.facts |= {fact.key: fact for fact in build_facts(shape)}

    def _take_disagreements(self, document: Document) -> None:
        found = list(_few(faults(document.value, DisagreementsShape)))
        if not found:
            shape = convert(document.value, DisagreementsShape)
            checked = faults_of_disagreements(
                shape,
                self._all_facts,
                self._all_sources,
                {**self.known.muscles, **self.muscles},
                {*(v.id for v in self.known.variations), *self.variations},
            )
            found = list(_few(checked))
            found += self._faults_of_ids(
                DataKind.DISAGREEMENTS, [c.id for c in shape.cards], "cards[{}].id", document.file
            )
        if found:
            self._report(document.file, found)
        else:
            built = build_disagreements(shape, self._all_facts)
            self.disagreements |= {card.id: card for card in built}

    @property
    def _all_sources(self) -> Mapping[str, Source]:
        return {**self.known.sources, **self.sources}

    @property
    def _all_facts(self) -> Mapping[str, Fact]:
        return {**self.known.facts, **self.facts}

    def _take_variation(self, document: Document) -> None:
        lift = _lift_of(document.value)
        kind = VARIATION_SHAPES[(lift or FIRST_LIFT).id]
        found = list(_few(faults(document.value, kind)))
        if lift is None:
            assert isinstance(document.value, dict)
            found = [("lift", unknown("lift", document.value["lift"], LIFTS))]
        if not found:
            shape = convert(document.value, kind)
            muscles = {**self.known.muscles, **self.muscles}
            surfaces = {name: _surfaces(muscle) for name, muscle in muscles.items()}
            fault = self._fault_of_id(DataKind.VARIATION, shape.id, "id", document.file)
            found = [fault] if fault else []
            checked = faults_of_variation(shape, surfaces, self._all_sources, self._all_facts)
            found.extend(_few(checked))
        if found:
            self._report(document.file, found)
        else:
            self.variations[shape.id] = build_variation(shape)

    def _fault_of_id(self, kind: DataKind, name: str, path: str, file: str) -> Fault | None:
        first = self._first.setdefault((kind, name), file)
        known = self.taken.get((kind, name))
        if first == file and known is not None and not _replaces(file, known):
            first = known
        if first != file:
            return path, f"duplicate id {quote(name)}, already in {first}"
        if kind is DataKind.SOURCES and name in self.sources:
            return path, f"duplicate id {quote(name)}, already in this file"
        return None

    def _faults_of_ids(
        self, kind: DataKind, names: Sequence[str], path: str, file: str
    ) -> Iterator[Fault]:
        """Yield the ids that were seen before, in this file or another one."""
        for index, name in enumerate(names):
            if name in names[:index]:
                yield path.format(index), f"duplicate id {quote(name)}, already in this file"
            else:
                fault = self._fault_of_id(kind, name, path.format(index), file)
                if fault is not None:
                    yield fault

    def _report(self, file: str, found: Iterable[Fault]) -> None:
        self.problems.extend(Problem(file, path, message) for path, message in found)


def _lift_of(value: object) -> Lift | None:
    """Return the lift that a variation's file names; None where there is none of that name."""
    name = value.get("lift") if isinstance(value, dict) else None
    return LIFTS.get(name) if isinstance(name, str) else FIRST_LIFT


def _replaces(file: str, known: str) -> bool:
    """Return whether a file is the known one, a copy of it, or meant to be put in its place."""
    own, other = Path(file), Path(known)
    if own.name == other.name and not other.is_relative_to(data_folder()):
        return True
    try:
        return filecmp.cmp(own, other, shallow=False)
    except OSError:
        return False


def _few(found: Iterable[Fault]) -> Iterator[Fault]:
    for count, fault in enumerate(found):
        if count == _MOST_PROBLEMS:
            yield "", "there are more problems; fix these first"
            return
        yield fault


def _surfaces(muscle: Muscle) -> tuple[str, ...]:
    return muscle.members if muscle.kind is MuscleKind.GROUP else (muscle.id,)
