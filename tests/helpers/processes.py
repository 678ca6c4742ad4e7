"""How the processes of a test run begin.

numpy's matrix products take one thread, as in the program: it says so when it is imported, and has
to be before numpy is. With more threads, which spin for work on all cores, a scene of the stage is
made in up to 1 s of the processors' time instead of 0.13 s.

What hypothesis tries may take as long as it does: on a busy machine it would fail after 200 ms.

Each file is compiled once for all processes, not in each of them: compiling the program takes a
command longer than most of what it does, and writing the asserts of all test files anew takes half
of their collection. So the processes leave each other what they have compiled, beside the sources
as Python does it by itself, even where the environment forbids that. Of two workers that begin with
nothing, one begins at the last file: they meet in the middle. So they do with the program's modules,
in which hypothesis looks for values to try, and which it remembers on the disk.

No garbage is looked for while tests are collected, and what is there then stays to the end: the
search leaves it alone.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings

import visualizer  # noqa: F401  # before numpy

__all__ = ["pytest_collection", "pytest_collection_finish", "pytest_collection_modifyitems"]

sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Let every second worker import the test files from the last to the first."""
    gc.disable()
    if not _from_the_last(session.config):
        return
    root = session.config.rootpath
    for path in _files(session.config.args):
        name = ".".join(path.relative_to(root).with_suffix("").parts)
        # what is wrong with it is told when it is collected
        with contextlib.suppress(Exception, pytest.skip.Exception):
            importlib.import_module(name)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config) -> None:
    """Let every second worker read the modules from the last to the first, before hypothesis does."""
    if not _from_the_last(config):
        return
    # nothing that hypothesis promises: without it the worker reads what the other one reads
    with contextlib.suppress(Exception):
        constants = importlib.import_module("hypothesis.internal.constants_ast")
        for module in list(sys.modules.values())[::-1]:
            file = getattr(module, "__file__", None)
            if file is not None and constants.is_local_module_file(file):
                constants.constants_from_module(module)


def pytest_collection_finish() -> None:
    """Look for garbage again, but not among what the collection has left."""
    gc.freeze()
    gc.enable()


def _from_the_last(config: pytest.Config) -> bool:
    given = getattr(config, "workerinput", {"workerid": "gw0"})
    return int(given["workerid"].removeprefix("gw")) % 2 == 1


def _files(args: list[str]) -> list[Path]:
    """Return the test files that a run was asked for, the last one first."""
    asked = [Path(arg.partition("::")[0]).absolute() for arg in args]
    found = [sorted(p.rglob("test_*.py")) if p.is_dir() else [p] for p in asked]
    return [path for files in found for path in files][::-1]
