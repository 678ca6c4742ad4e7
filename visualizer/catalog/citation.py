"""A publication as one cites it: in a line of text, as BibTeX, as CSL-JSON.

What could not be read anywhere is left out, never filled in. Where authors or title are missing the
line says so in words; the BibTeX note names every missing field.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Collection, Iterable

from visualizer.catalog.source import Author, Source
from visualizer.texts import N_, tr

__all__ = ["citation_line", "found_by", "plain_title", "short_citation", "to_bibtex", "to_csl_json"]

_MOST_AUTHORS = 3
# What a reader must know of a citation that is not whole; page numbers nobody misses.
_UNKNOWN = {
    "author": N_("Authors not known to us."),
    "title": N_("Title in our words."),
}
# Stands in a list of authors for those whose names were not seen; BibTeX knows it as well.
_OTHERS = "others"
_BIBTEX_TYPES = {
    "article-journal": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "thesis": "phdthesis",
}
_CONTAINERS = {"article": "journal", "inproceedings": "booktitle", "incollection": "booktitle"}
_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "{": r"\{",
        "}": r"\}",
        "&": r"\&",
        "%": r"\%",
        "$": r"\$",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
# DOIs and addresses are typeset verbatim; only a brace could break out of the field.
_VERBATIM = str.maketrans({"{": "%7B", "}": "%7D"})
_FIELD_WORDS = {
    "author": "authors",
    "title": "title",
    "issued": "year",
    "container-title": "journal",
    "volume": "volume",
    "page": "pages",
    "DOI": "DOI",
}


def short_citation(source: Source) -> str:
    """Return e.g. ``Contreras et al. 2015``; the container or title where no author is known."""
    if source.authors:
        families = [author.split(",")[0] for author in source.authors]
        short = len(families) <= 2 and _OTHERS not in families
        who = " & ".join(families) if short else f"{families[0]} et al."
    else:
        who = source.container or plain_title(source)
    return f"{who} {source.year}" if source.year is not None else who


def found_by(source: Source) -> str:
    """Return the least by which a source is found: who, when, and its DOI or address."""
    where = f"doi:{source.doi}" if source.doi else source.url
    return ", ".join(part for part in (short_citation(source), where) if part)


def plain_title(source: Source) -> str:
    """Return the title; a description of ours stands in brackets in the data, and without here."""
    return re.sub(r"^\[(.*)\]$", r"\1", source.title)


def citation_line(source: Source) -> str:
    """Return authors, year, title, container with volume and pages, and DOI or address.

    A work whose authors are not known begins with its title, as libraries list it.
    """
    first = list(itertools.takewhile(lambda name: name != _OTHERS, source.authors))[:_MOST_AUTHORS]
    authors = "; ".join(first)
    if len(first) < len(source.authors):
        authors += " et al."
    year = f"({source.year})" if source.year is not None else ""
    title = plain_title(source)
    head = " ".join(part for part in (authors or title, year) if part)
    parts = [head, title if authors else "", _container(source)]
    text = " ".join(part if part[-1] in ".?!" else f"{part}." for part in parts if part)
    where = f"doi:{source.doi}" if source.doi else source.url or ""
    missing = set(source.not_seen) - ({"author"} if authors else set())
    unknown = [tr(words) for name, words in _UNKNOWN.items() if name in missing]
    return " ".join(part for part in (text, *unknown, where) if part)


def _container(source: Source) -> str:
    volume, issue, page = source.volume, source.issue, source.page
    number = f"{volume}({issue})" if volume and issue else volume
    where = f"{number}:{page}" if number and page else number or page
    return f"{source.container} {where}".strip()


def _missing(fields: Collection[str]) -> str:
    words = [_FIELD_WORDS.get(name, name) for name in sorted(fields)]
    return f"not seen: {', '.join(words)}" if words else ""


def to_bibtex(sources: Source | Iterable[Source]) -> str:
    """Return one entry per publication, in UTF-8, for BibTeX or biber.

    Parameters
    ----------
    sources : Source or iterable of Source
        One publication or several.
    """
    several = (sources,) if isinstance(sources, Source) else sources
    return "\n".join(map(_bibtex, several))


def _bibtex(source: Source) -> str:
    kind = _BIBTEX_TYPES.get(source.type, "misc")
    fields = {
        "author": " and ".join(map(_bibtex_name, source.author)),
        # the second pair of braces keeps the capitals
        "title": "{" + _escaped(source.title) + "}",
        _CONTAINERS.get(kind, "howpublished"): _escaped(source.container),
        "year": str(source.year) if source.year is not None else "",
        "volume": _escaped(source.volume),
        "number": _escaped(source.issue or source.number),
        "pages": _escaped(source.page).replace("-", "--"),
        "publisher": _escaped(source.publisher),
        "doi": (source.doi or "").translate(_VERBATIM),
        "url": (source.url or "").translate(_VERBATIM),
        "note": _escaped(_missing(source.not_seen)),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{source.id},", *lines, "}", ""])


def _bibtex_name(author: Author) -> str:
    if author.literal and author.literal != _OTHERS:
        return "{" + _escaped(author.literal) + "}"
    return _escaped(author.name)


def _escaped(text: str) -> str:
    return text.translate(_ESCAPES)


def to_csl_json(sources: Source | Iterable[Source]) -> str:
    """Return the publications as a CSL-JSON list, as reference managers import it.

    Parameters
    ----------
    sources : Source or iterable of Source
        One publication or several.
    """
    several = (sources,) if isinstance(sources, Source) else sources
    return json.dumps([dict(s.csl) for s in several], indent=2, ensure_ascii=False) + "\n"
