"""Everything that is wrong with a value, at once and in plain words.

msgspec stops at the first fault, but whoever writes a data file wants to see all of them.
:func:`faults` walks a decoded value and its shape (a :class:`msgspec.Struct`) side by side and
reports each field that does not fit; only a value without faults is converted.

The limits of values are our own small rules and not ``msgspec.Meta``: with msgspec 0.22, shapes
that use ``Meta`` crash the interpreter now and then when it exits (msgspec issue 717).
"""

from __future__ import annotations

import functools
import math
import re
import types
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, TypeVar, get_args, get_origin

import msgspec

from visualizer.errors import UnknownNameError, nearest

__all__ = ["AtLeast", "Fault", "Like", "Range", "Table", "convert", "faults", "quote", "unknown"]

# Where in the file (``muscles[2].role``) and what is wrong there.
Fault = tuple[str, str]

_T = TypeVar("_T")

# Far beyond anything that is measured, and within what every number can hold.
_LARGEST = 10**15
# Far beyond any list that is written by hand; a list of sources may come from a reference manager.
_MOST_ENTRIES = 1_000
_MOST_SOURCES = 10_000


@dataclass(frozen=True)
class Range:
    """Limits a number: from ``low`` to ``high``, both included."""

    low: float
    high: float

    def __str__(self) -> str:
        # whole numbers without a point: Python keeps one object for Range(0, 1) and Range(0.0, 1.0)
        low, high = (int(n) if float(n).is_integer() else n for n in (self.low, self.high))
        return f"between {low} and {high}"


@dataclass(frozen=True)
class Like:
    """Limits a text: it matches ``pattern`` as a whole, which ``words`` describe."""

    pattern: str
    words: str


@dataclass(frozen=True)
class AtLeast:
    """Limits a list: it has at least ``count`` entries."""

    count: int


class Table(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A table of a TOML file: every key is known, every required key is there."""


def faults(value: object, shape: Any) -> Iterator[Fault]:
    """Yield everything in which ``value`` misses ``shape``.

    Parameters
    ----------
    value : object
        Plain builtins as the TOML or JSON decoder returns them.
    shape : type
        A shape of this module or one of the types that their fields have.

    Yields
    ------
    tuple of str and str
        Path of the field and what is wrong there: unknown keys first, then field by field.
    """
    return _faults(value, shape, "")


def convert(value: object, shape: type[_T]) -> _T:
    """Convert a value without :func:`faults` into its shape."""
    return msgspec.convert(value, shape)


def quote(value: object) -> str:
    """Return ``value`` on one line and at most some 60 characters long."""
    try:
        text = repr(value)
    except ValueError:  # Python refuses to write out integers of more than 4300 digits
        return "a number of very many digits"
    return text if len(text) <= 60 else text[:57] + "…"


def unknown(kind: str, name: str, known: Iterable[str]) -> str:
    """Return the one-line message about a name that does not exist, with the nearest one."""
    short = name if len(name) <= 60 else name[:57] + "…"
    names = tuple(known)
    if not names:
        return f"unknown {kind} {short!r} (none is known)"
    return str(UnknownNameError(kind, short, names))


def _faults(value: object, shape: Any, path: str) -> Iterator[Fault]:
    origin, arguments = get_origin(shape), get_args(shape)
    if origin is Annotated:
        yield from _faults_of_limited(value, arguments[0], arguments[1], path)
    elif origin is tuple:
        if not isinstance(value, list):
            yield path, f"must be a list, not {_sort(value)}"
            return
        most = _MOST_ENTRIES if path else _MOST_SOURCES
        if len(value) > most:
            yield path, f"must have at most {most} entries, not {len(value)}"
            return
        if arguments[-1] is not Ellipsis and len(value) != len(arguments):
            yield path, f"must have {len(arguments)} entries, not {len(value)}"
        for index, item in enumerate(value):
            yield from _faults(item, arguments[0], f"{path}[{index}]")
    elif origin is dict:
        if not isinstance(value, dict):
            yield path, f"must be a table, not {_sort(value)}"
            return
        for key, item in value.items():
            yield from _faults(item, arguments[1], _join(path, key))
    elif isinstance(shape, types.UnionType) or arguments:
        yield from _faults_of_union(value, arguments, path)
    elif issubclass(shape, msgspec.Struct):
        yield from _faults_of_table(value, shape, path)
    elif issubclass(shape, StrEnum):
        names = [str(member.value) for member in shape]
        if not isinstance(value, str):
            yield path, f"must be one of {', '.join(names)}, not {_sort(value)}"
        elif value not in names:
            yield path, unknown(_last_key(path), value, names)
    else:
        message = _fault_of_leaf(value, shape)
        if message is not None:
            yield path, message


def _faults_of_limited(value: object, shape: Any, limit: object, path: str) -> Iterator[Fault]:
    if isinstance(limit, Range) and type(value) is int and not limit.low <= value <= limit.high:
        # said before anything that holds for all numbers: it tells what would be right
        yield path, f"must be {limit}, not {quote(value)}"
        return
    found = False
    for fault in _faults(value, shape, path):
        found = True
        yield fault
    if isinstance(limit, AtLeast):  # said even when some of the entries are wrong
        if isinstance(value, list) and len(value) < limit.count:
            least = "one entry" if limit.count == 1 else f"{limit.count} entries"
            yield path, f"must have at least {least}"
    elif found:
        return
    elif isinstance(limit, Range) and isinstance(value, int | float):
        if not limit.low <= value <= limit.high:
            yield path, f"must be {limit}, not {quote(value)}"
    elif isinstance(limit, Like) and isinstance(value, str):
        if not value.strip():
            yield path, "must not be empty"
        elif not re.fullmatch(limit.pattern, value):
            yield path, f"must be {limit.words}, not {quote(value)}"


@functools.cache
def _fields(shape: type[msgspec.Struct]) -> Mapping[str, msgspec.structs.FieldInfo]:
    return {field.encode_name: field for field in msgspec.structs.fields(shape)}


def _faults_of_table(value: object, shape: type[msgspec.Struct], path: str) -> Iterator[Fault]:
    if not isinstance(value, dict):
        yield path, f"must be a table, not {_sort(value)}"
        return
    fields = _fields(shape)
    explained = set()  # missing fields that an unknown key was surely meant to be
    for key in value:
        if key not in fields:
            explained.add(nearest(key[:60], fields.keys() - value.keys()))
            yield _join(path, key), unknown("key", key, fields)
    for name, field in fields.items():
        if name in value:
            yield from _faults(value[name], field.type, _join(path, name))
        elif field.required and name not in explained:
            yield _join(path, name), "required, but missing"


def _faults_of_union(value: object, kinds: tuple[Any, ...], path: str) -> Iterator[Fault]:
    """Walk optional values (None is only ever an absent key) and texts, plain or per language."""
    kinds = tuple(kind for kind in kinds if kind is not types.NoneType)
    if len(kinds) == 1:
        yield from _faults(value, kinds[0], path)
    elif isinstance(value, dict):
        if "en" not in value:
            yield _join(path, "en"), "required, but missing (the English text)"
        yield from _faults(value, kinds[1], path)
    else:
        yield from _faults(value, kinds[0], path)


def _fault_of_leaf(value: object, shape: type) -> str | None:
    if shape is str:
        return None if isinstance(value, str) else f"must be text, not {_sort(value)}"
    if shape is int or shape is float:
        return _fault_of_number(value, whole=shape is int)
    raise TypeError(f"no rule for {shape}")


def _fault_of_number(value: object, *, whole: bool) -> str | None:
    what = "a whole number" if whole else "a number"
    if isinstance(value, bool) or not isinstance(value, int if whole else int | float):
        return f"must be {what}, not {_sort(value)}"
    if isinstance(value, float) and not math.isfinite(value):
        return f"must be a finite number, not {value}"
    if abs(value) > _LARGEST:  # an integer in a file may have any number of digits
        return f"must be within ±10¹⁵, not {quote(value)}"
    return None


def _sort(value: object) -> str:
    """Say what sort of value this is, in words of the file and not of Python."""
    match value:
        case bool():
            return str(value).lower()
        case int() | float():
            return f"the number {quote(value)}"
        case str():
            return f"the text {quote(value)}"
        case list():
            return "a list"
        case Mapping():
            return "a table"
        case None:
            return "null"
        case _:
            return f"the date or time {str(value)[:60]}"


def _join(path: str, key: str) -> str:
    bare = re.fullmatch(r"[A-Za-z0-9_-]{1,60}", key)
    name = key if bare else quote(key)
    return f"{path}.{name}" if path else name


def _last_key(path: str) -> str:
    return path.rsplit(".", 1)[-1].split("[", 1)[0]
