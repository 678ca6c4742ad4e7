"""Records: classes that say what may stand in a data file, and are what the program works with.

A record is a frozen dataclass. Its fields are the keys of the file, each with its type and, as
annotations, its limits (:class:`Range`, :class:`Like`, :class:`AtLeast`), its unit in the file
(:class:`Unit`) or another name there (:class:`Key`). So a key is stated in one place, and units end
where a file is read.

:mod:`visualizer.reading` makes records of what a file says; :func:`walk` goes through a finished
record with the places that its values have in the file.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
import math
import types
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from visualizer.texts import N_

__all__ = [
    "CENTIMETRES",
    "DEGREES",
    "SOME_WORDS",
    "AtLeast",
    "Field",
    "Id",
    "Key",
    "Like",
    "Mark",
    "Name",
    "NameOf",
    "OneOf",
    "Range",
    "Text",
    "Unit",
    "Words",
    "fields_of",
    "keys_of",
    "nothing",
    "unwrapped",
    "walk",
]

_T = TypeVar("_T")


@dataclass(frozen=True)
class Range:
    """Limits a number, in the file's unit: from ``low`` to ``high``, both included."""

    low: float
    high: float


@dataclass(frozen=True)
class Like:
    """Limits a text: it matches ``pattern`` as a whole, which ``words`` describe."""

    pattern: str
    words: str


@dataclass(frozen=True)
class AtLeast:
    """Limits a list: it has at least ``count`` entries."""

    count: int


@dataclass(frozen=True)
class Key:
    """The key that a field has in the file, where it is not the field's name."""

    name: str


@dataclass(frozen=True)
class Unit:
    """The unit of a number in the file; the field itself is in SI units.

    Attributes
    ----------
    file, si : str
        The endings of the key and of the field, which are alike but for it.
    to_si, from_si : callable
        Convert a number of one unit into the other.
    """

    file: str
    si: str
    to_si: Callable[[float], float]
    from_si: Callable[[float], float]


DEGREES = Unit("_deg", "_rad", math.radians, math.degrees)
CENTIMETRES = Unit("_cm", "_m", lambda cm: cm / 100, lambda m: m * 100)


@dataclass(frozen=True)
class NameOf:
    """The text names a record of another file, e.g. a muscle; whether it exists shows later."""

    kind: str


@dataclass(frozen=True)
class OneOf:
    """The text names one of ``entries``, which the field holds."""

    entries: Mapping[str, object]

    def __hash__(self) -> int:
        return id(self)


class Mark(Enum):
    """What else a field may be."""

    JOINED = auto()  # a text in which line ends and runs of spaces become single spaces
    PER_LANGUAGE = auto()  # a plain English text, or a table of texts per language code
    INLINE = auto()  # a record whose keys stand in the table around it
    WHOLE = auto()  # the table itself, as it stands in the file
    ELSEWHERE = auto()  # no key: filled in from elsewhere
    ANY_LANGUAGE = auto()  # of a text per language: English may be missing
    PROSE = auto()  # a text whose percentages say of what


SOME_WORDS = Like(r"(?s).*\S.*", N_("some words"))
Name = Annotated[str, SOME_WORDS]
Words = Annotated[str, SOME_WORDS, Mark.JOINED]
# Plain text is English; a table holds one text per language code: { en = "…", de = "…" }.
Text = Annotated[Mapping[str, Words], Mark.PER_LANGUAGE]
Id = Annotated[
    str, Like(r"[a-z0-9]+([-_][a-z0-9]+)*", N_("small letters and digits joined by '-' or '_'"))
]


def nothing() -> Mapping[Any, Any]:
    """Return an empty mapping that stays so, for the default of a field."""
    return types.MappingProxyType({})


# ---------------------------------------------------------------------------------------- fields
@dataclass(frozen=True)
class Field:
    """A field of a record.

    Attributes
    ----------
    name : str
        Its attribute.
    key : str
        Its key in the file; empty where it has none.
    kind : type
        Its type, with the annotations.
    required : bool
        Whether the file must have it.
    """

    name: str
    key: str
    kind: Any
    required: bool

    @functools.cached_property
    def marks(self) -> tuple[Any, ...]:
        """The annotations of its type."""
        return unwrapped(self.kind)[1]

    def mark(self, kind: type[_T]) -> _T | None:
        """Return the annotation of a kind, e.g. its range; None where it has none."""
        return next((m for m in self.marks if isinstance(m, kind)), None)


def fields_of(record: type) -> tuple[Field, ...]:
    """Return the fields of a record: its own ones first, then those that it inherits."""
    return _fields_of(record)


@functools.cache
def _fields_of(record: type) -> tuple[Field, ...]:
    hints = get_type_hints(record, include_extras=True)
    names = inspect.get_annotations(record)
    own = [f for f in dataclasses.fields(record) if f.name in names]
    others = [f for f in dataclasses.fields(record) if f.name not in names]
    return tuple(_field(f, hints[f.name]) for f in (*own, *others))


def _field(field: dataclasses.Field[Any], kind: Any) -> Field:
    key = field.name
    for mark in unwrapped(kind)[1]:
        if isinstance(mark, Key):
            key = mark.name
        elif isinstance(mark, Unit):
            key = key.removesuffix(mark.si) + mark.file
        elif mark in (Mark.INLINE, Mark.WHOLE, Mark.ELSEWHERE):
            key = ""
    missing = dataclasses.MISSING
    required = bool(key) and field.default is missing and field.default_factory is missing
    return Field(field.name, key, kind, required)


def keys_of(record: type) -> Mapping[str, Field]:
    """Return the fields that a record's table may have in a file, by key."""
    return _keys_of(record)


@functools.cache
def _keys_of(record: type) -> Mapping[str, Field]:
    found: dict[str, Field] = {}
    for field in fields_of(record):
        if Mark.INLINE in field.marks:
            found |= keys_of(unwrapped(field.kind)[0])
        elif field.key:
            found[field.key] = field
    return types.MappingProxyType(found)


def unwrapped(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return a type without annotations and without None, and its annotations."""
    # by identity, for to hash a type takes longer than to take it apart
    known = _APART.get(id(kind))
    if known is None:
        known = _APART[id(kind)] = (kind, *_taken_apart(kind))
    return known[1:]


# Holds each type as well, so that no other one gets its identity.
_APART: dict[int, tuple[Any, Any, tuple[Any, ...]]] = {}


def _taken_apart(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    if get_origin(kind) is Annotated:
        bare, *marks = get_args(kind)
        return bare, tuple(marks)
    if get_origin(kind) in (Union, types.UnionType):
        return unwrapped(next(k for k in get_args(kind) if k is not types.NoneType))
    return kind, ()


# --------------------------------------------------------------------------------------- walking
def walk(record: Any) -> tuple[tuple[str, tuple[Any, ...], Any], ...]:
    """Return every record and every plain value in a record.

    Parameters
    ----------
    record : object
        The record.

    Returns
    -------
    tuple of (str, tuple, object)
        The place in the file, the annotations, and the value; a record before its fields. What is
        left out in the file is left out here.
    """
    found: list[tuple[str, tuple[Any, ...], Any]] = []
    _walk(record, type(record), "", found)
    return tuple(found)


def _walk(value: Any, kind: Any, path: str, found: list[tuple[str, tuple[Any, ...], Any]]) -> None:
    if value is None or value == "":
        return
    bare, marks = unwrapped(kind)
    if isinstance(value, tuple):
        for index, item in enumerate(value):
            _walk(item, get_args(bare)[0], f"{path}[{index}]", found)
        return
    found.append((path, marks, value))
    if hasattr(value, "__dataclass_fields__"):
        for field in fields_of(type(value)):
            if field.key:
                place = f"{path}.{field.key}" if path else field.key
                _walk(getattr(value, field.name), field.kind, place, found)
            elif Mark.INLINE in field.marks:
                _walk(getattr(value, field.name), field.kind, path, found)
