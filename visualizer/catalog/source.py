"""Publications, as ``data/sources.json`` lists them (CSL-JSON, the part of it that we use)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated

from visualizer.records import AtLeast, Id, Key, Like, Mark, Range, Words, nothing
from visualizer.texts import N_

__all__ = ["Author", "Source"]

Doi = Annotated[str, Like(r"10\.\d{4,9}/\S+", N_("a DOI like 10.1123/jab.2014-0301"))]
Url = Annotated[str, Like(r"https?://\S+", N_("an address like https://example.org/page"))]
DateParts = Annotated[tuple[Annotated[int, Range(0, 9999)], ...], AtLeast(1)]


@dataclass(frozen=True)
class Author:
    """A name of CSL-JSON: family and given name, or a literal one."""

    family: Words | None = None
    given: Words | None = None
    literal: Words | None = None

    @property
    def name(self) -> str:
        """Family and given name, "Family, Given", or the literal name."""
        return self.literal or ", ".join(part for part in (self.family, self.given) if part)


@dataclass(frozen=True)
class _Date:
    """A date of CSL-JSON: year, month and day, as far as they are known."""

    parts: Annotated[tuple[DateParts, ...], AtLeast(1), Key("date-parts")]


@dataclass(frozen=True)
class _Custom:
    """Our own field of CSL-JSON."""

    not_seen: tuple[Words, ...] = ()


@dataclass(frozen=True)
class Source:
    """A publication.

    Attributes
    ----------
    id : str
        Citation key.
    type : str
        What it is, as CSL calls it, e.g. ``article-journal``.
    title : str
        Title as published.
    author : tuple of Author
        Who wrote it, in order.
    issued, accessed : date or None
        When it came out, and when it was read.
    container : str
        Journal, site or proceedings.
    doi, url : str or None
        Where it can be found.
    custom : _Custom
        Fields of the citation that could not be read anywhere, see ``not_seen``.
    csl : mapping of str to object
        The entry as it stands in the file, for citation export.

    The other fields are those of CSL.
    """

    id: Id
    type: Words
    title: Words
    author: tuple[Author, ...] = ()
    issued: _Date | None = None
    accessed: _Date | None = None
    container: Annotated[Words, Key("container-title")] = ""
    container_short: Annotated[Words, Key("container-title-short")] = ""
    publisher: Words = ""
    volume: Words = ""
    issue: Words = ""
    page: Words = ""
    number: Words = ""
    version: Words = ""
    language: Words = ""
    abstract: Words = ""
    note: Words = ""
    custom: _Custom = _Custom()
    doi: Annotated[Doi, Key("DOI")] | None = None
    url: Annotated[Url, Key("URL")] | None = None
    pmid: Annotated[Words, Key("PMID")] = ""
    pmcid: Annotated[Words, Key("PMCID")] = ""
    csl: Annotated[Mapping[str, object], Mark.WHOLE] = field(default_factory=nothing)

    @property
    def authors(self) -> tuple[str, ...]:
        """Names as they are cited, "Family, Given" or a literal one, in order."""
        return tuple(author.name for author in self.author)

    @property
    def year(self) -> int | None:
        """Year of publication."""
        return self.issued.parts[0][0] if self.issued else None

    @property
    def not_seen(self) -> tuple[str, ...]:
        """Fields of the citation (CSL names) that could not be read anywhere.

        Without authors or the like nobody can check a number, so facts need a source with none of
        them missing.
        """
        return self.custom.not_seen

    @property
    def is_complete(self) -> bool:
        """True when authors, title, year and container of the publication are known."""
        return not set(self.not_seen) & {"author", "title", "issued", "container-title"}
