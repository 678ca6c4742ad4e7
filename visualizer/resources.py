"""The only code that locates ``assets/`` and ``data/``.

They lie beside the package in a checkout and inside it (``visualizer/_bundled``) in a wheel; a
frozen application keeps the layout of the wheel.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from visualizer.errors import DataError, Problem
from visualizer.texts import tr

__all__ = [
    "APPLICATION",
    "DEFAULT_BODY",
    "asset",
    "body_file",
    "data_folder",
    "user_data_folder",
]

APPLICATION = "hip-thrust-visualizer"
# The body that is shown where none is named.
DEFAULT_BODY = "reference"

_PACKAGE = Path(__file__).resolve().parent


def _root(name: str) -> Path:
    bundled = _PACKAGE / "_bundled" / name
    return bundled if bundled.is_dir() else _PACKAGE.parent / name


def asset(name: str) -> Path:
    """Return the path of a shipped asset such as ``"opensim_reference.csv"``.

    Raises
    ------
    DataError
        When the installation lacks the file.
    """
    path = _root("assets") / name
    if not path.is_file():
        raise DataError(
            [
                Problem(
                    str(path), "", tr("this part of the installation is missing; please reinstall")
                )
            ]
        )
    return path


def body_file(name: str, body: str = DEFAULT_BODY) -> Path:
    """Return the path of a file of a shipped body such as ``"skeleton.xml"``.

    Raises
    ------
    DataError
        When the installation lacks the file.
    """
    return asset(f"bodies/{body}/{name}")


def data_folder() -> Path:
    """Return the folder with ``muscles/``, ``variations/`` and ``sources.json``."""
    return _root("data")


def user_data_folder() -> Path:
    """Return where the user's own variations, muscles and sources are looked for; makes nothing.

    The place that the operating system has for the data of an account's applications, so that the
    window and the commands read the same files.
    """
    try:
        home = Path.home()
    except RuntimeError:  # an account without an entry, as in containers
        home = Path(os.sep)  # as Qt does; nothing is found there
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = home / "Library" / "Application Support"
    else:
        # a relative path is to be ignored, says the XDG base directory specification
        named = os.environ.get("XDG_DATA_HOME", "")
        base = Path(named) if Path(named).is_absolute() else home / ".local" / "share"
    return base / APPLICATION
