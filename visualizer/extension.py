"""Finds a native extension, and takes it only when it was built from the sources that lie here."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Mapping
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np

__all__ = ["Found", "find", "layout"]


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
