"""From a record to its file: the counterpart of :mod:`visualizer.reading`.

Equal records give equal files, letter by letter, in the order of the record's fields; what has its
default is left out. Records of plain values become tables in one line, others tables of their own;
texts that are long or have several lines stand between triple quotes. What is written is read back
as the same record.
"""

from __future__ import annotations

import dataclasses
import re
import textwrap
from collections.abc import Callable, Iterator, Mapping
from enum import StrEnum
from typing import Any, get_args

from visualizer.records import Field, Mark, Unit, fields_of, unwrapped

__all__ = ["toml_text"]

_WIDTH = 100


def toml_text(record: object, above: Callable[[Any], str] | None = None) -> str:
    """Return the TOML file of a record.

    Parameters
    ----------
    record : dataclass
        A record of :mod:`visualizer.records`.
    above : callable, optional
        Returns the comment, without its ``#``, that stands above a record's table; empty for none.
    """
    lines = list(_table(record, "", above or (lambda _: "")))
    return "\n".join(lines).strip("\n") + "\n"


def _table(record: Any, path: str, above: Callable[[Any], str]) -> Iterator[str]:
    """Yield the lines of a record's table: its plain values, then the tables within it."""
    comment = above(record)
    if comment and not path:
        yield from (*_comment(comment), "")
    later: list[tuple[str, Any, Field]] = []
    for field, value in _stated(record):
        line = _line(field, value)
        if line is None:
            later.append((f"{path}.{field.key}".lstrip("."), value, field))
        else:
            yield line
    for place, value, field in later:
        if isinstance(value, tuple):
            for item in value:
                yield from ("", *_comment(above(item)), f"[[{place}]]")
                yield from _table(item, place, above)
        elif isinstance(value, Mapping):
            yield from ("", f"[{place}]")
            for key, text in value.items():
                yield f"{_key(key)} = {_long(text, field)}"
        else:
            yield from ("", *_comment(above(value)), f"[{place}]")
            yield from _table(value, place, above)


def _stated(record: Any) -> Iterator[tuple[Field, Any]]:
    """Yield the fields that the file states, with their values."""
    plain = {f.name: f for f in dataclasses.fields(record)}
    for field in fields_of(type(record)):
        value = getattr(record, field.name)
        if Mark.INLINE in field.marks:
            yield from _stated(value)
        elif field.key and (field.required or value != _default(plain[field.name])):
            yield field, value


def _default(field: dataclasses.Field[Any]) -> Any:
    if field.default_factory is not dataclasses.MISSING:
        return field.default_factory()
    return field.default


def _line(field: Field, value: Any) -> str | None:
    """Return a value on a line of its own; None where it needs a table."""
    text = _inline(value, field)
    if text is None:
        return None
    line = f"{_key(field.key)} = {text}"
    if len(line) <= _WIDTH and not (isinstance(value, str) and "\n" in value):
        return line
    if isinstance(value, str):
        return f"{_key(field.key)} = {_long(value, field)}"
    if isinstance(value, tuple):
        items = (f"    {_inline(item, field)},\n" for item in value)
        return f"{_key(field.key)} = [\n{''.join(items)}]"
    if isinstance(value, Mapping):
        plain = len(value) == 1 and "en" in value
        return f"{_key(field.key)} = {_long(value['en'], field)}" if plain else None
    return None if dataclasses.is_dataclass(value) else line


def _inline(value: Any, field: Field | None = None) -> str | None:
    """Return a value as it may stand within a line; None where it may not."""
    match value:
        case bool():
            return str(value).lower()
        case StrEnum() | str():
            return _basic(str(value))
        case int() | float():
            unit = field.mark(Unit) if field else None
            number = value if unit is None else round(unit.from_si(value), 9)
            return repr(number + 0).removesuffix(".0")  # no minus on zero
        case tuple():
            items = [_inline(item) for item in value]
            return None if None in items else f"[{', '.join(map(str, items))}]"
        case Mapping():
            if len(value) == 1 and "en" in value:  # a text that is English only
                return _inline(value["en"])
            items = [_inline(item) for item in value.values()]
            if None in items or any("\n" in item for item in value.values()):
                return None
            texts = (f"{_key(k)} = {item}" for k, item in zip(value, items, strict=True))
            return f"{{ {', '.join(texts)} }}"
    pairs = []
    for inner, own in _stated(value):
        if not isinstance(own, str | int | float | tuple) or _has_tables(own):
            return None
        pairs.append(f"{_key(inner.key)} = {_inline(own, inner)}")
    return f"{{ {', '.join(pairs)} }}"


def _has_tables(value: Any) -> bool:
    return isinstance(value, tuple) and any(dataclasses.is_dataclass(item) for item in value)


def _comment(text: str) -> tuple[str, ...]:
    return tuple(f"# {line}".rstrip() for line in text.splitlines())


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _basic(name)


_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def _basic(text: str) -> str:
    return f'"{"".join(_ESCAPES.get(c) or _shown(c) for c in text)}"'


def _shown(character: str) -> str:
    code = ord(character)
    return character if code >= 0x20 and code != 0x7F else f"\\u{code:04x}"


def _long(text: str, field: Field) -> str:
    """Return a text between triple quotes where it is long; the reader joins its lines again."""
    short = _basic(text)
    one_word = not any(c.isspace() for c in text)  # a link: it cannot be broken
    if one_word or (len(short) <= _WIDTH - 10 and "\n" not in text):
        return short
    # of three quotes in a row, and of one at the end, the quotes would be taken for the end
    inner = "".join(c if c == "\n" else "\\\\" if c == "\\" else _shown(c) for c in text)
    inner = re.sub(r'"{3,}|"+\Z', lambda run: '\\"' * len(run.group()), inner)
    if _is_joined(field.kind):
        inner = textwrap.fill(inner, _WIDTH, break_long_words=False, break_on_hyphens=False)
    return f'"""\n{inner}"""'


def _is_joined(kind: Any) -> bool:
    """Return whether the reader makes single spaces of line ends in texts of a type."""
    bare, marks = unwrapped(kind)
    inner = (k for k in get_args(bare) if k is not Ellipsis)
    return Mark.JOINED in marks or any(map(_is_joined, inner))
