"""Records: classes that say what may stand in a data file, and are what the program works with.

A record is a frozen dataclass. Its fields are the keys of the file, each with its type and, as
annotations, its limits (:class:`Range`, :class:`Like`, :class:`AtLeast`), its unit in the file
(:class:`Unit`) or another name there (:class:`Key`). So a key is stated in one place, and units end
where a file is read.

:func:`read` walks a decoded value and its record side by side. It returns everything that is wrong,
at once and in plain words, or the record; :func:`walk` goes through a finished record with the
places that its values have in the file.
"""

from __future__ import annotations

import dataclasses
import functools
import inspect
import itertools
import math
import re
import types
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

from visualizer.errors import Problem, UnknownNameError, nearest
from visualizer.texts import N_, ntr, tr

__all__ = [
    "CENTIMETRES",
    "DEGREES",
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
    "first_problems",
    "keys_of",
    "nothing",
    "quote",
    "read",
    "unknown",
    "walk",
]

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
    PROSE = auto()  # a text whose percentages say of what


_SOME_WORDS = Like(r"(?s).*\S.*", N_("some words"))
Name = Annotated[str, _SOME_WORDS]
Words = Annotated[str, _SOME_WORDS, Mark.JOINED]
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

    @property
    def marks(self) -> tuple[Any, ...]:
        """The annotations of its type."""
        return _unwrapped(self.kind)[1]

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
    for mark in _unwrapped(kind)[1]:
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
            found |= keys_of(_unwrapped(field.kind)[0])
        elif field.key:
            found[field.key] = field
    return types.MappingProxyType(found)


def _unwrapped(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    """Return a type without annotations and without None, and its annotations."""
    return _taken_apart(kind)


@functools.cache
def _taken_apart(kind: Any) -> tuple[Any, tuple[Any, ...]]:
    if get_origin(kind) is Annotated:
        bare, *marks = get_args(kind)
        return bare, tuple(marks)
    if get_origin(kind) in (Union, types.UnionType):
        return _unwrapped(next(k for k in get_args(kind) if k is not types.NoneType))
    return kind, ()


# --------------------------------------------------------------------------------------- reading
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
    bare, marks = _unwrapped(kind)
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
    message = _fault_of_leaf(value, bare)
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
            bad = yield from _faults_of_text(value, _SOME_WORDS, path)
            return None if bad else (yield from _read_one_of(value, mark.entries, path))
    if Mark.PER_LANGUAGE in marks:
        words = get_args(bare)[1]
        if not isinstance(value, dict):
            return types.MappingProxyType({"en": (yield from _read(value, words, path, instead))})
        if "en" not in value:
            yield Problem("", _join(path, "en"), tr("required, but missing (the English text)"))
    if isinstance(limit, Like):
        bad = yield from _faults_of_text(value, limit, path)
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


def _faults_of_text(value: object, limit: Like, path: str) -> Generator[Problem, None, bool]:
    """Yield what is wrong with a text, and return whether anything is."""
    message = _fault_of_leaf(value, str)
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
                found[field.name] = yield from built(_unwrapped(field.kind)[0])
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


def _fault_of_leaf(value: object, kind: type) -> str | None:
    if kind is str:
        return (
            None
            if isinstance(value, str)
            else tr("must be text, not {value}").format(value=_sort(value))
        )
    if kind is int or kind is float:
        return _fault_of_number(value, whole=kind is int)
    raise TypeError(f"no rule for {kind}")


def _fault_of_number(value: object, *, whole: bool) -> str | None:
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


# --------------------------------------------------------------------------------------- walking
def walk(value: Any, kind: Any = None, path: str = "") -> Iterator[tuple[str, Any, Any]]:
    """Yield every record and every plain value in a record.

    Parameters
    ----------
    value : object
        The record.
    kind : type, optional
        Its type as a field states it.
    path : str, optional
        Where it stands in the file.

    Yields
    ------
    tuple of str, tuple and object
        The place in the file, the annotations, and the value; a record before its fields. What is
        left out in the file is left out here.
    """
    bare, marks = _unwrapped(type(value) if kind is None else kind)
    if value is None or value == "":
        return
    if get_origin(bare) is tuple:
        for index, item in enumerate(value):
            yield from walk(item, get_args(bare)[0], f"{path}[{index}]")
        return
    yield path, marks, value
    if dataclasses.is_dataclass(value):
        for field in fields_of(type(value)):
            inner = getattr(value, field.name)
            if field.key:
                yield from walk(inner, field.kind, _join(path, field.key))
            elif Mark.INLINE in field.marks:
                yield from walk(inner, field.kind, path)
