"""From documents to records: what is right is kept, what is wrong is reported.

Files need each other, so they are read by kind: publications first, then muscles, measurements,
variations and disagreements. Of each file all problems are found at once, first those within it,
then those with what it names.
"""

from __future__ import annotations

import filecmp
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any

from visualizer.anatomy.muscle import Muscle
from visualizer.catalog.check import problems_of_muscle, problems_of_variation, unknown_names
from visualizer.catalog.check_facts import (
    problems_of_citation,
    problems_of_disagreements,
    problems_of_study,
)
from visualizer.catalog.datafile import RECORDS, DataKind, Document, display_path, read_document
from visualizer.catalog.facts import Disagreement, Fact
from visualizer.catalog.source import Source
from visualizer.catalog.variation import Variation
from visualizer.errors import DataError, Problem
from visualizer.lifts import FIRST_LIFT, LIFTS
from visualizer.lifts.base import Lift, Setup
from visualizer.reading import first_problems, quote, read, unknown
from visualizer.resources import data_folder
from visualizer.texts import tr

__all__ = ["Contents", "Intake"]


@dataclass(frozen=True)
class Contents:
    """What data files hold, by id or key."""

    sources: dict[str, Source] = field(default_factory=dict)
    muscles: dict[str, Muscle] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    variations: dict[str, Variation] = field(default_factory=dict)
    disagreements: dict[str, Disagreement] = field(default_factory=dict)


class Intake:
    """Takes in files.

    Parameters
    ----------
    known : Contents, optional
        What is known already.
    taken : mapping of (DataKind, str) to str, optional
        The files of the ids that are known already.

    Attributes
    ----------
    new : Contents
        What was taken in.
    problems : list of Problem
        What is wrong, file by file.
    files : dict of (DataKind, str) to str
        Where each id was first seen.
    """

    def __init__(
        self,
        known: Contents | None = None,
        taken: Mapping[tuple[DataKind, str], str] | None = None,
    ) -> None:
        self._known, self._taken = known or Contents(), taken or {}
        self.new = Contents()
        self.problems: list[Problem] = []
        self.files: dict[tuple[DataKind, str], str] = {}

    @property
    def all(self) -> Contents:
        """What is known and what was taken in; of two entries with the same id the new one."""
        old, new = self._known, self.new
        return Contents(
            old.sources | new.sources,
            old.muscles | new.muscles,
            old.facts | new.facts,
            old.variations | new.variations,
            old.disagreements | new.disagreements,
        )

    def read(self, paths: Iterable[Path]) -> None:
        """Read files in the order in which they need each other; report in the order given."""
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
        for index, source in enumerate(self._record(document) or ()):
            path = f"[{index}]"
            taken = self._problem_of_id(DataKind.SOURCES, source.id, f"{path}.id", document.file)
            if taken is None and source.id in self.new.sources:
                taken = Problem("", f"{path}.id", _twice(source.id))
            if self._is_right(document, [taken] if taken else problems_of_citation(source, path)):
                self.new.sources[source.id] = source

    def _take_muscles(self, documents: Sequence[Document]) -> None:
        found: list[tuple[Document, Muscle]] = []
        for document in documents:
            muscle = self._record(document)
            ids = self._problems_of_ids(document, {"id": muscle.id} if muscle else {})
            if muscle is not None and self._is_right(document, ids):
                found.append((document, muscle))
        # groups name muscles of other files
        kinds = {m.id: m.kind for m in (*self._known.muscles.values(), *(m for _, m in found))}
        for document, muscle in found:
            if self._is_right(
                document,
                problems_of_muscle(muscle, kinds),
                unknown_names(muscle, {"source": self.all.sources}),
            ):
                self.new.muscles[muscle.id] = muscle

    def _take_facts(self, document: Document) -> None:
        study, known = self._record(document), self.all
        if study is not None and self._is_right(
            document,
            unknown_names(study, _names(known)),
            problems_of_study(study, known.sources),
            self._problems_of_ids(
                document, {f"facts[{k}].key": fact.key for k, fact in enumerate(study.facts)}
            ),
        ):
            self.new.facts.update({fact.key: fact for fact in study.complete_facts()})

    def _take_variation(self, document: Document) -> None:
        assert isinstance(document.value, dict)
        lift = _lift_of(document.value)
        if lift is None:
            message = unknown(tr("lift"), document.value["lift"], LIFTS)
            self._is_right(document, [Problem("", "lift", message)])
            return
        variation, known = self._record(document, {Setup: lift.setup_class}), self.all
        members = {name: muscle.surfaces for name, muscle in known.muscles.items()}
        if variation is not None and self._is_right(
            document,
            self._problems_of_ids(document, {"id": variation.id}),
            unknown_names(variation, _names(known)),
            problems_of_variation(variation, members, known.facts),
        ):
            self.new.variations[variation.id] = variation.by_role()

    def _take_disagreements(self, document: Document) -> None:
        file, known = self._record(document), self.all
        if file is not None and self._is_right(
            document,
            unknown_names(file, _names(known)),
            problems_of_disagreements(file, known.facts),
            self._problems_of_ids(
                document, {f"cards[{k}].id": card.id for k, card in enumerate(file.cards)}
            ),
        ):
            cards = (card.with_sources_of(known.facts) for card in file.cards)
            self.new.disagreements.update({card.id: card for card in cards})

    def _record(self, document: Document, instead: Mapping[type, type] | None = None) -> Any:
        """Return what a document holds; None, and the problems are reported, if it is wrong."""
        problems, record = read(document.value, RECORDS[document.kind], instead)
        return record if self._is_right(document, problems) else None

    def _is_right(self, document: Document, *problems: Iterable[Problem]) -> bool:
        """Report problems of a document; return whether there are none."""
        found = first_problems(chain(*problems))
        self.problems += [problem.in_file(document.file) for problem in found]
        return not found

    def _problems_of_ids(self, document: Document, names: Mapping[str, str]) -> Iterator[Problem]:
        """Yield the ids, by their place, that were seen before in this file or another one."""
        seen: set[str] = set()
        for path, name in names.items():
            if name in seen:
                yield Problem("", path, _twice(name))
            else:
                taken = self._problem_of_id(document.kind, name, path, document.file)
                yield from [taken] if taken else []
            seen.add(name)

    def _problem_of_id(self, kind: DataKind, name: str, path: str, file: str) -> Problem | None:
        first = self.files.setdefault((kind, name), file)
        known = self._taken.get((kind, name))
        if first == file and known is not None and not _replaces(file, known):
            first = known
        if first != file:
            return Problem(
                "",
                path,
                tr("duplicate id {name}, already in {first}").format(name=quote(name), first=first),
            )
        return None


def _twice(name: str) -> str:
    return tr("duplicate id {name}, already in this file").format(name=quote(name))


def _names(known: Contents) -> Mapping[str, Collection[str]]:
    """Return all names, by the kinds of :class:`visualizer.records.NameOf`."""
    return {
        "source": known.sources,
        "muscle": known.muscles,
        "fact": known.facts,
        "variation": known.variations,
    }


def _lift_of(table: Mapping[str, object]) -> Lift | None:
    """Return the lift that a variation's file names; None where there is none of that name."""
    name = table.get("lift")
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
