"""Finding a muscle by what people type: English or Latin, with or without accents, in part.

What fits best comes first: the whole name, its beginning, the beginnings of its words, anything
within it, and only then names that are merely like it. ``quads``, ``glutes`` and ``abs`` find what
coaches mean by them, because an ``s`` at the end is left out where nothing has it.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass, replace

from visualizer.anatomy.muscle import Muscle, MuscleKind
from visualizer.catalog.catalog import Catalog
from visualizer.language import ENGLISH

__all__ = ["MuscleHit", "MuscleIndex", "folded"]

_MOST_CHARACTERS = 100
_LIKE = 0.7
_GENUS = re.compile(r"^(?:musculus|musculi|mm?)\b\.?\s*(?=\S)")
# Letters that have no accent to take off.
_PLAIN = str.maketrans({"æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"})


def folded(text: str) -> str:
    """Return a text as it is compared: small, without accents, one blank between words."""
    apart = unicodedata.normalize("NFKD", text[: 4 * _MOST_CHARACTERS]).casefold()
    bare = "".join(c for c in apart if not unicodedata.combining(c)).translate(_PLAIN)
    return " ".join(re.sub(r"[^\w]+", " ", bare).split())


@dataclass(frozen=True)
class MuscleHit:
    """A muscle that was found.

    Attributes
    ----------
    muscle : str
        Its id.
    name, latin : str
        What it is called in the index's language, and in Latin.
    kind : MuscleKind
        Muscle, group or fascia.
    by_latin : bool
        Whether only the Latin name has what was looked for, so that it should be shown.
    """

    muscle: str
    name: str
    latin: str
    kind: MuscleKind
    by_latin: bool = False


@dataclass(frozen=True)
class _Entry:
    hit: MuscleHit
    names: tuple[str, ...]  # folded, in the language and in English
    latin: str  # folded, without "musculus"


class MuscleIndex:
    """All muscles, groups and fasciae by their names.

    Parameters
    ----------
    catalog : Catalog
        Where they are from.
    language : str
        Language of the names; English ones are found as well.
    """

    def __init__(self, catalog: Catalog, language: str = ENGLISH) -> None:
        entries = [_entry(muscle, language) for muscle in catalog.muscles.values()]
        self._entries = sorted(entries, key=lambda e: (e.names[0], e.hit.muscle))

    def find(self, text: str, first: Collection[str] = (), most: int = 20) -> tuple[MuscleHit, ...]:
        """Return what a text may mean, the best first; nothing for an empty text.

        Parameters
        ----------
        text : str
            What was typed.
        first : collection of str
            Ids that come first among equally good ones, e.g. what works in the variation.
        most : int
            How many at most.
        """
        wanted = _GENUS.sub("", folded(text[:_MOST_CHARACTERS]))
        if not wanted:
            return ()
        ranked = self._ranked(wanted)
        if not ranked and len(wanted) > 2 and wanted.endswith("s"):
            ranked = self._ranked(wanted[:-1])
        if not ranked:
            likeness = ((_likeness(entry, wanted), entry) for entry in self._entries)
            ranked = [(rank, entry) for rank, entry in likeness if rank < 1]
        # sorted keeps the order of the names among equals
        ranked.sort(key=lambda pair: (pair[0], pair[1].hit.muscle not in first))
        return tuple(_shown(entry, wanted) for _, entry in ranked[:most])

    def _ranked(self, query: str) -> list[tuple[float, _Entry]]:
        ranks = ((_rank(entry, query), entry) for entry in self._entries)
        return [(rank, entry) for rank, entry in ranks if rank is not None]

    def by_letter(self, *, latin: bool = False) -> tuple[tuple[str, tuple[MuscleHit, ...]], ...]:
        """Return all of them from A to Z, each letter with its muscles.

        Parameters
        ----------
        latin : bool
            Whether by the Latin names, without their "Musculus".
        """
        found: dict[str, list[MuscleHit]] = {}
        order = sorted(self._entries, key=lambda e: e.latin) if latin else self._entries
        for entry in order:
            name = entry.latin if latin else entry.names[0]
            found.setdefault(name[:1].upper(), []).append(entry.hit)
        return tuple((letter, tuple(hits)) for letter, hits in sorted(found.items()))


def _shown(entry: _Entry, query: str) -> MuscleHit:
    by_name = any(_rank_of(name, query) is not None for name in entry.names)
    by_latin = not by_name and _rank_of(entry.latin, query) is not None
    return replace(entry.hit, by_latin=by_latin)


def _entry(muscle: Muscle, language: str) -> _Entry:
    name = muscle.display_name(language)
    names = dict.fromkeys(folded(n) for n in (name, muscle.display_name(ENGLISH)))
    hit = MuscleHit(muscle.id, name, muscle.latin, muscle.kind)
    return _Entry(hit, tuple(names), _GENUS.sub("", folded(muscle.latin)))


def _rank(entry: _Entry, query: str) -> int | None:
    """Return how well an entry fits, 0 best; None where it does not. Latin yields to English."""
    ranks = [2 * r for n in entry.names if (r := _rank_of(n, query)) is not None]
    latin = _rank_of(entry.latin, query)
    ranks += [] if latin is None else [2 * latin + 1]
    return min(ranks, default=None)


def _rank_of(name: str, query: str) -> int | None:
    if name == query:
        return 0
    if name.startswith(query):
        return 1
    words = name.split()
    if all(any(word.startswith(part) for word in words) for part in query.split()):
        return 2
    return 3 if query in name else None


def _likeness(entry: _Entry, query: str) -> float:
    """Return 0 … 1 for a name that is like a text, the less the liker; 1 for one that is not."""
    words = [w for n in (*entry.names, entry.latin) for w in (n, *n.split())]
    best = max(difflib.SequenceMatcher(None, query, word).ratio() for word in words)
    return 1 - best if best >= _LIKE else 1.0
