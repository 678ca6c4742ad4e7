"""Reading one data file, whatever it turns out to be.

Whoever points the program at a folder, a photograph or a 50 MB recording gets one clear line,
and the file is not even read when its size or kind already rules it out.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import msgspec

from visualizer.anatomy.muscle import Muscle
from visualizer.catalog.facts import Disagreements, Study
from visualizer.catalog.foreign import decoded, problem_of_json, problem_of_name, problem_of_text
from visualizer.catalog.source import Source
from visualizer.catalog.variation import Variation
from visualizer.errors import DataError, Problem
from visualizer.files import NotRegularError, TooLargeError, read_regular
from visualizer.records import keys_of
from visualizer.texts import tr

__all__ = [
    "PIECES",
    "RECORDS",
    "DataKind",
    "Document",
    "display_path",
    "read_document",
    "read_toml",
]

_MAX_BYTES = 1_000_000
# The deepest name in our files has four parts. The work of the TOML reader grows with the square
# of the parts, so that a small file could hold up the start for minutes or fill the memory.
_MOST_PARTS = 30


class DataKind(StrEnum):
    """What a data file describes."""

    SOURCES = "sources"
    MUSCLE = "muscle"
    FACTS = "facts"
    VARIATION = "variation"
    DISAGREEMENTS = "disagreements"


# What each kind of file holds.
RECORDS: Mapping[DataKind, Any] = {
    DataKind.SOURCES: tuple[Source, ...],
    DataKind.MUSCLE: Muscle,
    DataKind.FACTS: Study,
    DataKind.VARIATION: Variation,
    DataKind.DISAGREEMENTS: Disagreements,
}


def _telling_keys() -> dict[DataKind, frozenset[str]]:
    """Return the keys that only one kind of TOML file has."""
    names = {k: keys_of(r).keys() for k, r in RECORDS.items() if k is not DataKind.SOURCES}
    count = Counter(name for own in names.values() for name in own)
    return {kind: frozenset(n for n in own if count[n] == 1) for kind, own in names.items()}


_KEYS = _telling_keys()
_FOLDERS = {
    "variations": DataKind.VARIATION,
    "muscles": DataKind.MUSCLE,
    "facts": DataKind.FACTS,
}


@dataclass(frozen=True)
class Document:
    """A decoded data file.

    Attributes
    ----------
    file : str
        The file as the user named it.
    kind : DataKind
        What it describes.
    value : object
        Plain builtins as decoded.
    """

    file: str
    kind: DataKind
    value: object


def display_path(path: Path) -> str:
    """Return the path as it may stand in a line of text."""
    # what cannot be shown is written by its number, so that two files never look the same
    return "".join(c if c.isprintable() else _escaped(c) for c in str(path))


def _escaped(character: str) -> str:
    code = ord(character)
    # a byte of the name that is no text stands as U+DC80 … U+DCFF
    code -= 0xDC00 if 0xDC80 <= code <= 0xDCFF else 0
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def read_document(path: Path) -> Document:
    """Read and decode a data file.

    Raises
    ------
    DataError
        With one problem, when the file cannot be read as what it should be.
    """
    file = display_path(path)
    try:
        kind, value = _understood(_read_text(path), path)
        _refuse(problem_of_name(path))
        return Document(file, kind, value)
    except _UnreadableError as reason:
        raise DataError([Problem(file, "", str(reason))]) from None


def read_toml(path: Path) -> tuple[str, dict[str, object]]:
    """Read and decode a TOML file, whatever it is about.

    Returns
    -------
    str
        Its text.
    dict
        Plain builtins as decoded.

    Raises
    ------
    DataError
        With one problem, when the file cannot be read as TOML.
    """
    try:
        text = _read_text(path)
        _refuse(problem_of_text(text))
        return text, _decode_toml(text)
    except _UnreadableError as reason:
        raise DataError([Problem(display_path(path), "", str(reason))]) from None


def _understood(text: str, path: Path) -> tuple[DataKind, object]:
    """Return what a text describes, decoded."""
    if path.suffix.lower() == ".json":
        value = _decode_json(text)
        _refuse(problem_of_json(value))
        return DataKind.SOURCES, value
    _refuse(problem_of_text(text))
    table = _decode_named(text, path)
    return _kind(table, path), table


def _refuse(reason: str | None) -> None:
    if reason is not None:
        raise _UnreadableError(reason)


class _UnreadableError(Exception):
    """Why a file cannot be used, as shown to the user."""


def _read_text(path: Path) -> str:
    try:
        data = read_regular(path, _MAX_BYTES)
    except FileNotFoundError:
        raise _UnreadableError(tr("no such file")) from None
    except IsADirectoryError:
        raise _UnreadableError(tr("is a folder; name the files in it")) from None
    except NotRegularError:
        raise _UnreadableError(tr("is not a regular file")) from None
    except TooLargeError as error:
        raise _UnreadableError(_too_large(error.size)) from None
    except ValueError:  # a NUL in the name
        raise _UnreadableError(tr("is not a valid file name")) from None
    except OSError as error:
        raise _UnreadableError(
            tr("cannot be read ({reason})").format(reason=os.strerror(error.errno or 0))
        ) from None
    if not data.strip():
        raise _UnreadableError(tr("the file is empty"))
    try:
        text, reason = decoded(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        raise _UnreadableError(
            tr("is not UTF-8 text (byte 0x{byte:02X} in line {line}); save it as UTF-8").format(
                byte=byte, line=line
            )
        ) from None
    _refuse(reason)
    return text


def _too_large(size: int) -> str:
    return tr("is too large ({size:.1f} MB; a data file has at most {most:.0f} MB)").format(
        size=size / 1e6, most=_MAX_BYTES / 1e6
    )


def _decode_named(text: str, path: Path) -> dict[str, object]:
    """Decode TOML; of a file that is none, and not called so either, its name is the problem."""
    try:
        return _decode_toml(text)
    except _UnreadableError:
        by_name = problem_of_name(path)
        if by_name is None or ".toml" in path.name.lower():
            raise
        raise _UnreadableError(by_name) from None


# The pieces of a TOML file between which dots join the parts of a name. A text that is not closed
# reaches to the end of its line or of the file; the reader stops there. Alternatives exclude each
# other, so nothing is tried twice; possessive repeats would say so, but Python 3.11.2 gets them
# wrong.
PIECES = re.compile(
    r"""
    (?P<other>
        \#[^\n]*
      | \"{3}(?:[^"\\]|\\.|"(?!""))*(?:"{3,5}|\Z|\\)
      | '{3}(?:[^']|'(?!''))*(?:'{3,5}|\Z)
    )
    | (?P<part> "(?:[^"\\\n]|\\[^\n])*"? | '[^'\n]*'? | [A-Za-z0-9_+:-]+ )
    | (?P<dot> \. )
    | [ \t]+
    | (?P<end> . )
    """,
    re.VERBOSE | re.DOTALL,
)


def _line_of_long_name(text: str) -> int | None:
    """Return the first line with a name of too many parts, None when there is none."""
    # names end with their line, so a glance at the lines is enough for nearly every file
    if all(line.count(".") < _MOST_PARTS for line in text.split("\n")):
        return None
    dots = 0
    for piece in PIECES.finditer(text):
        match piece.lastgroup:
            case "dot":
                dots += 1
                if dots >= _MOST_PARTS:
                    return text.count("\n", 0, piece.start()) + 1
            case "other" | "end":
                dots = 0
    return None


def _decode_toml(text: str) -> dict[str, object]:
    line = _line_of_long_name(text)
    if line is not None:
        raise _UnreadableError(
            tr("has a name of more than {most_parts} parts joined by dots (at line {line})").format(
                most_parts=_MOST_PARTS, line=line
            )
        )
    try:
        value = msgspec.toml.decode(text)
    except RecursionError:
        raise _UnreadableError(tr("invalid TOML: nested too deeply")) from None
    except (msgspec.DecodeError, ValueError) as error:
        last = text.count("\n", 0, len(text.rstrip())) + 1
        reason = _one_line(error).replace(
            "at end of document", tr("at line {last}, the last one").format(last=last)
        )
        raise _UnreadableError(tr("invalid TOML: {reason}").format(reason=reason)) from None
    if not value:
        raise _UnreadableError(tr("the file is empty"))
    assert isinstance(value, dict)
    return value


def _decode_json(text: str) -> object:
    try:
        return msgspec.json.decode(text)
    except RecursionError:
        raise _UnreadableError(tr("invalid JSON: nested too deeply")) from None
    except (msgspec.DecodeError, ValueError) as error:
        raise _UnreadableError(
            tr("invalid JSON: {error}").format(error=_json_problem(error, text))
        ) from None


def _json_problem(error: Exception, text: str) -> str:
    """Say line and column, which an editor shows, instead of msgspec's count of bytes."""
    message = _one_line(error).removeprefix("JSON is malformed: ")
    what, bracket, place = message.rpartition(" (byte ")
    number = place.rstrip(")")
    if not bracket or not number.isdigit():
        return message
    before = text.encode()[: int(number)].decode("utf-8", "replace")
    line, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1
    return f"{what} (at line {line}, column {column})"


def _one_line(error: Exception) -> str:
    text = " ".join(str(error).split())
    return text if len(text) <= 200 else text[:197] + "…"


def _kind(value: dict[str, object], path: Path) -> DataKind:
    """Recognise a TOML file by its keys, or where they leave it open by its folder."""
    counts = {kind: len(keys & value.keys()) for kind, keys in _KEYS.items()}
    most = max(counts.values())
    likely = [kind for kind, count in counts.items() if count == most]
    if len(likely) == 1:
        return likely[0]
    by_folder = _FOLDERS.get(path.absolute().parent.name)
    if by_folder in likely:
        return by_folder
    if path.name == "disagreements.toml":
        return DataKind.DISAGREEMENTS
    raise _UnreadableError(
        tr(
            "is neither a variation (with 'setup' and 'muscles') nor a muscle "
            "(with 'latin') nor measurements (with 'facts') nor disagreements "
            "(with 'cards')"
        )
    )
