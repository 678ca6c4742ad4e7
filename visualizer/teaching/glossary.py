"""The words of the field explained: for help, for tool tips, and to look up.

``data/glossary.toml`` holds the terms, per language, each with what its definition rests on. It is
read when it is first asked for, not at the start.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

from visualizer.catalog.catalog import Catalog
from visualizer.catalog.check import unknown_names
from visualizer.catalog.check_facts import bare_percentages, problems_of_ground
from visualizer.catalog.datafile import display_path, read_toml
from visualizer.catalog.muscle_index import folded
from visualizer.catalog.names import Prose
from visualizer.catalog.variation import Ground
from visualizer.errors import DataError, Problem, UnknownNameError
from visualizer.language import ENGLISH, in_language
from visualizer.reading import first_problems, quote, read, unknown
from visualizer.records import AtLeast, Id, Text, walk
from visualizer.resources import data_folder
from visualizer.texts import tr

__all__ = ["FILE_NAME", "Glossary", "Term", "TermSpan", "load_glossary", "read_glossary"]

FILE_NAME = "glossary.toml"


@dataclass(frozen=True, kw_only=True)
class Term:
    """A word of the field.

    Attributes
    ----------
    id : str
        Its name in links from other terms and from the program.
    name : mapping of str to str
        The word, per language code.
    also : tuple of mapping of str to str
        Other words and forms for it, per language code; they are found in texts as well.
    means : mapping of str to str
        What it means, in one to three plain sentences, per language code.
    grounds : tuple of Ground
        What the definition rests on.
    see : tuple of str
        Ids of terms that belong to it.
    """

    id: Id
    name: Text
    also: tuple[Text, ...] = ()
    means: Prose
    grounds: Annotated[tuple[Ground, ...], AtLeast(1)]
    see: tuple[Id, ...] = ()

    def words(self, language: str) -> tuple[str, ...]:
        """Return the word and its other forms in a language, in English where it has none."""
        return tuple(in_language(text, language) for text in (self.name, *self.also))


@dataclass(frozen=True)
class GlossaryFile:
    """What ``glossary.toml`` may say."""

    terms: Annotated[tuple[Term, ...], AtLeast(1)]


@dataclass(frozen=True)
class TermSpan:
    """A place in a text at which a term stands: the characters from ``start`` to ``end``."""

    start: int
    end: int
    term: Term


@dataclass(frozen=True)
class Glossary:
    """The terms, in the order of the file."""

    terms: tuple[Term, ...]

    @cached_property
    def _by_id(self) -> dict[str, Term]:
        return {term.id: term for term in self.terms}

    def term(self, term_id: str) -> Term:
        """Return a term by id.

        Raises
        ------
        UnknownNameError
            When there is none.
        """
        if term_id not in self._by_id:
            raise UnknownNameError(tr("term"), term_id, self._by_id)
        return self._by_id[term_id]

    def meaning(self, term_id: str, language: str = ENGLISH) -> str:
        """Return what a term means, as a tool tip says it."""
        return in_language(self.term(term_id).means, language)

    def in_order(self, language: str = ENGLISH) -> tuple[Term, ...]:
        """Return the terms from A to Z."""
        return tuple(sorted(self.terms, key=lambda t: folded(in_language(t.name, language))))

    def find(self, text: str, language: str = ENGLISH) -> tuple[Term, ...]:
        """Return the terms whose words, or else meanings, hold a text; all for an empty one."""
        wanted, terms = folded(text), self.in_order(language)
        if not wanted:
            return terms

        def rank(term: Term) -> int:
            words = [folded(word) for word in term.words(language)]
            if any(word.startswith(wanted) for word in words):
                return 0
            if any(wanted in word for word in words):
                return 1
            return 2 if wanted in folded(in_language(term.means, language)) else 3

        return tuple(term for term in sorted(terms, key=rank) if rank(term) < 3)

    def spans(self, text: str, language: str = ENGLISH) -> tuple[TermSpan, ...]:
        """Return where terms stand in a text, each at its first place only.

        Of two terms that begin at the same place the longer one counts: "joint moment" before
        "joint".
        """
        by_word = {word.casefold(): term for term in self.terms for word in term.words(language)}
        words = sorted(by_word, key=len, reverse=True)
        pattern = re.compile(
            rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])", re.IGNORECASE
        )
        seen: set[str] = set()
        found = []
        for match in pattern.finditer(text):
            term = by_word.get(match.group().casefold())
            if term is not None and term.id not in seen:
                seen.add(term.id)
                found.append(TermSpan(match.start(), match.end(), term))
        return tuple(found)


def read_glossary(path: Path, catalog: Catalog) -> Glossary:
    """Return the glossary of a file.

    Parameters
    ----------
    path : Path
        The file.
    catalog : Catalog
        The sources that it names must be there.

    Raises
    ------
    DataError
        With all that is wrong at once.
    """
    problems, file = read(read_toml(path)[1], GlossaryFile)
    if file is not None:
        problems = first_problems(_problems(file, catalog))
    if problems or file is None:
        raise DataError([problem.in_file(display_path(path)) for problem in problems])
    return Glossary(file.terms)


def load_glossary(catalog: Catalog) -> Glossary:
    """Return the shipped glossary; raises as :func:`read_glossary`."""
    return read_glossary(data_folder() / FILE_NAME, catalog)


def _problems(file: GlossaryFile, catalog: Catalog) -> Iterator[Problem]:
    ids = [term.id for term in file.terms]
    for index, term in enumerate(file.terms):
        if term.id in ids[:index]:
            message = tr("duplicate id {name}, already in this file").format(name=quote(term.id))
            yield Problem("", f"terms[{index}].id", message)
        for k, other in enumerate(term.see):
            if other not in ids:
                yield Problem("", f"terms[{index}].see[{k}]", unknown(tr("term"), other, ids))
    yield from unknown_names(
        file, {"source": catalog.sources, "muscle": catalog.muscles, "fact": catalog.facts}
    )
    for where, _, value in walk(file):
        if isinstance(value, Ground):
            yield from problems_of_ground(value, where, catalog.facts)
    yield from bare_percentages(file)
