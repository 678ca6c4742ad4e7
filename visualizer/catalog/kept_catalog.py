"""A catalogue as bytes, so that data files that are right need not be read anew at every start.

Records are pickled and come back through a reader that takes nothing but records and words of this
package: a file that somebody has changed can name no function that would be called. What another
process of ours is told goes the same way.
"""

from __future__ import annotations

import dataclasses
import io
import pickle
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeVar

from visualizer.files import read_regular
from visualizer.kept import code_stamp, key_of
from visualizer.lifts import LIFTS

__all__ = ["from_bytes", "key_of_files", "to_bytes"]

T = TypeVar("T")

_PACKAGE = "visualizer."
# A data file has at most so many bytes, see datafile.py.
_MOST_BYTES = 1_000_000


def key_of_files(paths: Sequence[Path]) -> bytes | None:
    """Return the key of what some data files say; None where one of them cannot be read."""
    parts: list[bytes | str] = [code_stamp("catalog", "lifts", "anatomy", "records.py")]
    try:
        for path in paths:
            parts += [str(path), read_regular(path, _MOST_BYTES)]
    except (OSError, ValueError):
        return None
    return key_of(parts)


def to_bytes(records: object) -> bytes:
    """Return records as bytes."""
    stream = io.BytesIO()
    writer = pickle.Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL)
    writer.dispatch_table = _ways()
    writer.dump(records)
    return stream.getvalue()


def from_bytes(data: bytes, kind: type[T]) -> T | None:
    """Return the record that :func:`to_bytes` has written; None for anything else."""
    try:
        found = _Reader(io.BytesIO(data)).load()
    except Exception:  # bytes that are no pickle may fail in any way
        return None
    return found if isinstance(found, kind) else None


def _read_only(table: dict[object, object]) -> Mapping[object, object]:
    return MappingProxyType(table)


def _lift(name: str) -> object:
    return LIFTS[name]


def _kinds(kind: type[Enum]) -> Iterator[type[Enum]]:
    for below in kind.__subclasses__():
        yield below
        yield from _kinds(below)


def _ways() -> dict[type, Callable[[Any], tuple[Any, ...]]]:
    """Return how what is no record is written, by type: pickle looks there without calling Python.

    Else it would call it for each of thousands of values in a catalogue, three times as long.
    """
    ways: dict[type, Callable[[Any], tuple[Any, ...]]] = {
        # Python 3.11 before 3.11.4 would write a call of getattr
        kind: lambda value: (type(value), (value.value,))
        for kind in _kinds(Enum)
    }
    for lift in LIFTS.values():  # there is one object of it
        ways[type(lift)] = lambda value: (_lift, (value.id,))
    return ways | {MappingProxyType: lambda value: (_read_only, (dict(value),))}


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> object:
        if module.startswith(_PACKAGE) and "." not in name:
            found = super().find_class(module, name)
            if found is _read_only or found is _lift:
                return found
            if isinstance(found, type) and (
                dataclasses.is_dataclass(found) or issubclass(found, Enum)
            ):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no record")
