"""Processes of our own: the same Python and the same package, whatever lies in the current folder.

A frozen program has no Python beside it; it starts itself, and its first argument says what for.
Standard library only.
"""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from collections.abc import Sequence

__all__ = ["NO_WINDOW", "child", "child_main", "last_words", "run_if_child"]

_MARK = "--child-process"
# Flags for what is started: on Windows a program of the console flashes a window of its own up.
NO_WINDOW: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)


def child(statements: str) -> list[str]:
    """Return the command that runs Python statements in a process of its own, on this very package.

    It looks for modules exactly where this process does, whatever lies in the current folder. Not
    for a frozen program, see :func:`child_main`.
    """
    # -P: the current folder is not looked into before the path is set
    return [sys.executable, "-P", "-c", f"import sys; sys.path[:] = {sys.path!r}; {statements}"]


def child_main(module: str, *arguments: object) -> list[str]:
    """Return the command that calls the function ``main`` of a module in a process of its own.

    Parameters
    ----------
    module : str
        One of this package; its ``main`` returns an exit status.
    arguments : object
        Literals: texts, numbers.
    """
    if getattr(sys, "frozen", False):
        return [sys.executable, _MARK, module, *map(repr, arguments)]
    return child(f"from {module} import main; sys.exit(main(*{arguments!r}))")


def run_if_child(argv: Sequence[str]) -> int | None:
    """Do what a frozen parent started this process for; None when it was started otherwise.

    Parameters
    ----------
    argv : sequence of str
        The arguments of the process.

    Returns
    -------
    int or None
        Exit status.
    """
    if len(argv) < 2 or argv[0] != _MARK or not argv[1].startswith("visualizer."):
        return None
    main = importlib.import_module(argv[1]).main
    return int(main(*map(ast.literal_eval, argv[2:])))


def last_words(said: bytes) -> str:
    """Return the last line that a process of ours has said on stderr, where it has failed.

    Parameters
    ----------
    said : bytes
        All that it has said.
    """
    lines = said.decode("utf-8", "replace").splitlines()
    # a frozen program's loader has the last word, but not the cause
    lines = [line.strip() for line in lines if line.strip() and not line.startswith("[PYI-")]
    return lines[-1] if lines else ""
