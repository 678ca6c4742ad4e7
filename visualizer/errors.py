"""Every exception that the visualizer raises on purpose.

::

    VisualizerError          one clear line for the user; never shown as a traceback
    ├── UsageError           the command or call was used wrongly            exit status 2
    │   └── UnknownNameError a name that does not exist, with the nearest one
    ├── CancelledError       work that somebody has given up
    ├── DataError            a data or asset file is missing or wrong        exit status 1
    └── PoseError            a pose that the body cannot take                exit status 1
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from visualizer.texts import tr

__all__ = [
    "CancelledError",
    "DataError",
    "PoseError",
    "Problem",
    "UnknownNameError",
    "UsageError",
    "VisualizerError",
    "nearest",
]


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name most like ``name``, or None when none comes close."""
    by_folded = {k.casefold(): k for k in known}
    found = difflib.get_close_matches(name.casefold(), by_folded, n=1, cutoff=0.5)
    return by_folded[found[0]] if found else None


class VisualizerError(Exception):
    """Base of all errors that are told to the user in one line."""

    exit_status = 1


class UsageError(VisualizerError):
    """The command line or a call was used wrongly."""

    exit_status = 2


class UnknownNameError(UsageError):
    """A name that is not known.

    Parameters
    ----------
    kind : str
        What the name should have named, in the chosen language, e.g. ``"variation"``.
    name : str
        The name as given.
    known : iterable of str
        The valid names.
    """

    def __init__(self, kind: str, name: str, known: Iterable[str]) -> None:
        self.kind, self.name, self.known = kind, name, tuple(known)
        self.suggestion = nearest(name, self.known)
        if self.suggestion is not None:
            hint = tr("did you mean {name!r}?").format(name=self.suggestion)
        elif len(self.known) <= 16:
            hint = tr("known: {names}").format(names=", ".join(self.known))
        else:
            hint = tr("{n} names are known").format(n=len(self.known))
        message = tr("unknown {kind} {name!r} ({hint})")
        super().__init__(message.format(kind=kind, name=name, hint=hint))


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong in a file.

    Attributes
    ----------
    file : str
        The file as the user named it; empty until it is known.
    path : str
        Where in the file, e.g. ``muscles[2].role``; empty for the file as a whole.
    message : str
        What is wrong and what would be right.
    """

    file: str
    path: str
    message: str

    def __str__(self) -> str:
        where = f"{self.file}: {self.path}" if self.path else self.file
        return f"{where}: {self.message}"

    def in_file(self, file: str) -> Problem:
        """Return it as the problem of a file."""
        return replace(self, file=file)


class DataError(VisualizerError):
    """One or more files are missing or wrong; all their problems at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(p) for p in self.problems))


class CancelledError(VisualizerError):
    """Work was given up because somebody asked for that."""


class PoseError(VisualizerError):
    """A pose that the body cannot take: an unknown joint, a joint out of range, no closure."""
