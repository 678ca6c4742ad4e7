"""Finds a native extension, and takes it only when it was built from the sources that lie here."""

from __future__ import annotations

import ctypes
import importlib
import sys
import warnings
from collections.abc import Mapping
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

__all__ = ["Found", "find", "has_avx2", "layout"]

_PF_AVX2_INSTRUCTIONS_AVAILABLE = 40


class Found(NamedTuple):
    """What :func:`find` found.

    Attributes
    ----------
    module : module or None
        The extension.
    problem : str
        Why there is none; empty when there is one.
    """

    module: ModuleType | None
    problem: str


def layout(record: np.dtype[Any]) -> dict[str, object]:
    """Return kind, offset and bytes of every field of a record, and under "" its size."""
    assert record.fields is not None
    fields: dict[str, object] = {"": record.itemsize}
    for name, (kind, offset, *_) in record.fields.items():
        fields[name] = kind.base.kind, offset, kind.itemsize
    return fields


def has_avx2() -> bool:
    """Return whether this processor has AVX2, where the operating system is known to tell.

    Elsewhere (Linux) the compiler lets the processor choose, so nobody needs to ask.
    """
    if sys.platform == "win32":
        feature = ctypes.windll.kernel32.IsProcessorFeaturePresent
        return bool(feature(_PF_AVX2_INSTRUCTIONS_AVAILABLE))
    if sys.platform == "darwin":
        value, size = ctypes.c_int(0), ctypes.c_size_t(ctypes.sizeof(ctypes.c_int))
        ask = ctypes.CDLL(None).sysctlbyname
        known = ask(b"hw.optional.avx2_0", ctypes.byref(value), ctypes.byref(size), None, 0)
        return known == 0 and value.value == 1
    return False


def find(name: str, contract: Mapping[str, object]) -> Found:
    """Return a native extension if it is there and keeps the contract.

    Parameters
    ----------
    name : str
        The module; its ``contract()`` returns what it was built with.
    contract : mapping
        What this package reads and writes: constants by name, and the :func:`layout` of records.

    Warns
    -----
    RuntimeWarning
        When the extension was built from other sources; it is not used then.
    """
    try:
        module = importlib.import_module(name)
    except ImportError:
        return Found(None, f"{name} was not built on this installation")
    built: dict[str, object] = module.contract() if hasattr(module, "contract") else {}
    differing = sorted(k for k in contract.keys() | built.keys() if contract.get(k) != built.get(k))
    if not differing:
        return Found(module, "")
    problem = (
        f"{name} was built from other sources ({', '.join(differing[:4])} differ); "
        "build it again, or reinstall"
    )
    warnings.warn(problem, RuntimeWarning, stacklevel=2)
    return Found(None, problem)
