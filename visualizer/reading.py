"""From what a file says to its record, with everything that is wrong at once and in plain words.

:func:`read` walks a decoded value and its record (:mod:`visualizer.records`) side by side: whoever
writes a data file wants to see all that is wrong in it, and where, and what would be right. The
limits of values are our own small rules; msgspec only decodes TOML and JSON.
"""

from __future__ import annotations

import dataclasses
import itertools
import math
import re
import types
from collections.abc import Generator, Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any, TypeVar, get_args, get_origin

from visualizer.errors import Problem, UnknownNameError, nearest
from visualizer.records import (
    SOME_WORDS,
    AtLeast,
    Like,
    Mark,
    OneOf,
    Range,
    Unit,
    fields_of,
    keys_of,
    unwrapped,
)
from visualizer.texts import ntr, tr

__all__ = ["first_problems", "quote", "read", "unknown"]

_T = TypeVar("_T")
# Yields what is wrong and returns what was read, which is of no use if anything is.
Reading = Generator[Problem, None, Any]

# Far beyond anything that is measured, and within what every number can hold.
_LARGEST = 10**15
# Far beyond any list that is written by hand; a list of sources may come from a reference manager.
_MOST_ENTRIES = 1_000
_MOST_SOURCES = 10_000
# A file that is wrong from end to end is not worth thousands of lines.
_MOST_PROBLEMS = 50


def read(
    value: object, kind: type[_T], instead: Mapping[type, type] | None = None
) -> tuple[list[Problem], _T | None]:
    """Read a decoded value.

    Parameters
    ----------
    value : object
        Plain builtins as the TOML or JSON decoder returns them.
    kind : type
        A record, or one of the types that their fields have.
    instead : mapping of type to type, optional
        Records to take for others, where the file decides which.

    Returns
    -------
    list of Problem
        The first things that are wrong: unknown keys first, then field by field.
    object
        What was read, immutable and in SI units; None where anything is wrong.
    """
    found: list[_T | None] = []

    def reading() -> Iterator[Problem]:
        found.append((yield from _read(value, kind, "", instead or {})))

    problems = first_problems(reading())
    return problems, None if problems else found[0]


def first_problems(found: Iterable[Problem]) -> list[Problem]:
    """Return problems, of very many the first ones."""
    problems = list(itertools.islice(found, _MOST_PROBLEMS + 1))
    if len(problems) > _MOST_PROBLEMS:
        problems[-1] = Problem("", "", tr("there are more problems; fix these first"))
    return problems


def quote(value: object) -> str:
    """Return ``value`` on one line and at most some 60 characters long."""
    try:
        text = repr(value)
    except ValueError:  # Python refuses to write out integers of more than 4300 digits
        return tr("a number of very many digits")
    return text if len(text) <= 60 else text[:57] + "…"


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """Return the one-line message about a name that does not exist, with the nearest one."""
    short = name if len(name) <= 60 else name[:57] + "…"
    names = tuple(known)
    if not names:
        return tr("unknown {kind} {name!r} (none is known)").format(kind=kind, name=short)
    return str(UnknownNameError(kind, short, names))


def _read(value: object, kind: Any, path: str, instead: Mapping[type, type]) -> Reading:
    bare, marks = unwrapped(kind)
    if marks:
        return (yield from _read_marked(value, bare, marks, path, instead))
    origin, arguments = get_origin(bare), get_args(bare)
    if origin is tuple:
        if not isinstance(value, list):
            yield Problem("", path, tr("must be a list, not {value}").format(value=_sort(value)))
            return None
        most = _MOST_ENTRIES if path else _MOST_SOURCES
        if len(value) > most:
            yield Problem(
                "",
                path,
                tr("must have at most {most} entries, not {value}").format(
                    most=most, value=len(value)
                ),
            )
            return None
        if arguments[-1] is not Ellipsis and len(value) != len(arguments):
            exactly = len(arguments)
            yield Problem(
                "",
                path,
                tr("must have {exactly} entries, not {value}").format(
                    exactly=exactly, value=len(value)
                ),
            )
        items = []
        for index, item in enumerate(value):
            items.append((yield from _read(item, arguments[0], f"{path}[{index}]", instead)))
        return tuple(items)
    if origin is not None:
        if not isinstance(value, dict):
            yield Problem("", path, tr("must be a table, not {value}").format(value=_sort(value)))
            return None
        entries = {}
        for key, item in value.items():
            entries[key] = yield from _read(item, arguments[1], _join(path, key), instead)
        return types.MappingProxyType(entries)
    if dataclasses.is_dataclass(bare):
        record: Any = bare
        return (yield from _read_table(value, instead.get(record, record), path, instead))
    if issubclass(bare, StrEnum):
        return (yield from _read_one_of(value, {str(m.value): m for m in bare}, path))
    message = _problem_of_leaf(value, bare)
    if message is not None:
        yield Problem("", path, message)
        return None
    return float(value) if bare is float and isinstance(value, int) else value


def _read_marked(
    value: object, bare: Any, marks: tuple[Any, ...], path: str, instead: Mapping[type, type]
) -> Reading:
    limit = next((m for m in marks if isinstance(m, Range | Like | AtLeast)), None)
    if isinstance(limit, Range) and type(value) is int and not limit.low <= value <= limit.high:
        # said before anything that holds for all numbers: it tells what would be right
        yield Problem("", path, _not_within(limit, value))
        return None
    for mark in marks:
        if isinstance(mark, OneOf):
            bad = yield from _problems_of_text(value, SOME_WORDS, path)
            return None if bad else (yield from _read_one_of(value, mark.entries, path))
    if Mark.PER_LANGUAGE in marks:
        words = get_args(bare)[1]
        if not isinstance(value, dict):
            return types.MappingProxyType({"en": (yield from _read(value, words, path, instead))})
        if Mark.ANY_LANGUAGE in marks and not value:
            yield Problem("", path, tr("required, but missing (a text in any language)"))
        elif Mark.ANY_LANGUAGE not in marks and "en" not in value:
            yield Problem("", _join(path, "en"), tr("required, but missing (the English text)"))
    if isinstance(limit, Like):
        bad = yield from _problems_of_text(value, limit, path)
        if bad:
            return None
        return " ".join(str(value).split()) if Mark.JOINED in marks else value
    found = yield from _read(value, bare, path, instead)
    if isinstance(limit, AtLeast):  # said even when some of the entries are wrong
        if isinstance(value, list) and len(value) < limit.count:
            least = ntr(
                "must have at least one entry", "must have at least {n} entries", limit.count
            )
            yield Problem("", path, least.format(n=limit.count))
    elif found is not None and isinstance(limit, Range) and not limit.low <= found <= limit.high:
        yield Problem("", path, _not_within(limit, value))
    unit = next((m for m in marks if isinstance(m, Unit)), None)
    return found if unit is None or found is None else unit.to_si(found)


def _not_within(limit: Range, value: object) -> str:
    # whole numbers without a point: Python keeps one object for Range(0, 1) and Range(0.0, 1.0)
    low, high = (int(end) if end == int(end) else end for end in (limit.low, limit.high))
    return tr("must be between {low} and {high}, not {value}").format(
        low=low, high=high, value=quote(value)
    )


def _problems_of_text(value: object, limit: Like, path: str) -> Generator[Problem, None, bool]:
    """Yield what is wrong with a text, and return whether anything is."""
    message = _problem_of_leaf(value, str)
    if message is None and not str(value).strip():
        message = tr("must not be empty")
    elif message is None and not re.fullmatch(limit.pattern, str(value)):
        message = tr("must be {words}, not {value}").format(
            words=tr(limit.words), value=quote(value)
        )
    if message is not None:
        yield Problem("", path, message)
    return message is not None


def _read_one_of(value: object, entries: Mapping[str, object], path: str) -> Reading:
    if not isinstance(value, str):
        yield Problem(
            "",
            path,
            tr("must be one of {entries}, not {value}").format(
                entries=", ".join(entries), value=_sort(value)
            ),
        )
    elif value not in entries:
        yield Problem("", path, unknown(_last_key(path), value, entries))
    else:
        return entries[value]
    return None


def _read_table(value: object, record: Any, path: str, instead: Mapping[type, type]) -> Reading:
    if not isinstance(value, dict):
        yield Problem("", path, tr("must be a table, not {value}").format(value=_sort(value)))
        return None
    keys = keys_of(record)
    explained = set()  # missing fields that an unknown key was surely meant to be
    for key in value:
        if key not in keys:
            explained.add(nearest(key[:60], keys.keys() - value.keys()))
            yield Problem("", _join(path, key), unknown(tr("key"), key, keys))

    def built(record: Any) -> Reading:
        found, whole = {}, True
        for field in fields_of(record):
            if Mark.INLINE in field.marks:
                found[field.name] = yield from built(unwrapped(field.kind)[0])
            elif Mark.WHOLE in field.marks:
                found[field.name] = value
            elif field.key in value:
                inner = _join(path, field.key)
                found[field.name] = yield from _read(value[field.key], field.kind, inner, instead)
            elif field.required:
                whole = False
                if field.key not in explained:
                    yield Problem("", _join(path, field.key), tr("required, but missing"))
        return record(**found) if whole else None

    return (yield from built(record))


def _problem_of_leaf(value: object, kind: type) -> str | None:
    if kind is str:
        return (
            None
            if isinstance(value, str)
            else tr("must be text, not {value}").format(value=_sort(value))
        )
    if kind is int or kind is float:
        return _problem_of_number(value, whole=kind is int)
    raise TypeError(f"no rule for {kind}")


def _problem_of_number(value: object, *, whole: bool) -> str | None:
    what = tr("a whole number") if whole else tr("a number")
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        return tr("must be {words}, not {value}").format(words=what, value=_sort(value))
    if isinstance(value, float) and not math.isfinite(value):
        return tr("must be a finite number, not {value}").format(value=value)
    if abs(value) > _LARGEST:  # an integer in a file may have any number of digits
        return tr("must be within ±10¹⁵, not {value}").format(value=quote(value))
    return None


def _sort(value: object) -> str:
    """Say what sort of value this is, in words of the file and not of Python."""
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return tr("the number {value}").format(value=quote(value))
        case str():
            return tr("the text {value}").format(value=quote(value))
        case list():
            return tr("a list")
        case Mapping():
            return tr("a table")
        case None:
            return "null"
        case _:
            return tr("the date or time {value}").format(value=str(value)[:60])


def _join(path: str, key: str) -> str:
    bare = re.fullmatch(r"[A-Za-z0-9_-]{1,60}", key)
    name = key if bare else quote(key)
    return f"{path}.{name}" if path else name


def _last_key(path: str) -> str:
    return path.rsplit(".", 1)[-1].split("[", 1)[0]
