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
    "DESKTOP_ENTRY",
    "asset",
    "asset_folder",
    "body_file",
    "data_folder",
    "kept_folder",
    "licence_folder",
    "user_data_folder",
    "user_settings_folder",
]

APPLICATION = "hip-thrust-visualizer"
# What the packages for Linux call its entry in menus.
DESKTOP_ENTRY = "io.github.hip_thrust_visualizer.app"
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


def asset_folder() -> Path:
    """Return the folder with the bodies and what they are compared with."""
    return _root("assets")


def data_folder() -> Path:
    """Return the folder with ``muscles/``, ``variations/`` and ``sources.json``."""
    return _root("data")


def licence_folder() -> Path | None:
    """Return the folder of licences that a frozen program carries; None where there is none."""
    folder = _PACKAGE / "_bundled" / "licences"
    return folder if folder.is_dir() else None


def user_data_folder() -> Path:
    """Return where the user's own variations, muscles and sources are looked for; makes nothing.

    The place that the operating system has for the data of an account's applications, so that the
    window and the commands read the same files; beside the program where that is portable.
    """
    portable = _portable_folder()
    if portable is not None:
        return portable
    if sys.platform == "win32":
        return _windows_folder()
    if sys.platform == "darwin":
        return _home() / "Library" / "Application Support" / APPLICATION
    return _xdg("XDG_DATA_HOME", _home() / ".local" / "share")


def user_settings_folder() -> Path:
    """Return where the window's settings are kept; makes nothing."""
    portable = _portable_folder()
    if portable is not None:
        return portable
    if sys.platform == "win32":
        return _windows_folder()
    if sys.platform == "darwin":
        return _home() / "Library" / "Preferences" / APPLICATION
    return _xdg("XDG_CONFIG_HOME", _home() / ".config")


def kept_folder() -> Path:
    """Return where results are kept that can be worked out anew at any time; makes nothing."""
    portable = _portable_folder()
    if portable is not None:
        return portable / "cache"
    if sys.platform == "win32":  # which has one place for all
        return _windows_folder() / "cache"
    if sys.platform == "darwin":
        return _home() / "Library" / "Caches" / APPLICATION
    return _xdg("XDG_CACHE_HOME", _home() / ".cache")


def _portable_folder() -> Path | None:
    """Return the user's folder of a program that is carried about; None for any other.

    A file named ``portable`` beside a frozen program makes it so: on a stick, or where nothing may
    be written elsewhere, all that belongs to the user stays with it.
    """
    if not getattr(sys, "frozen", False):
        return None
    home = Path(sys.executable).resolve().parent
    return home / "user" if (home / "portable").is_file() else None


def _home() -> Path:
    try:
        return Path.home()
    except RuntimeError:  # an account without an entry, as in containers
        return Path(os.sep)  # as Qt does; nothing is found there


def _windows_folder() -> Path:
    named = os.environ.get("LOCALAPPDATA")
    return Path(named or _home() / "AppData" / "Local") / APPLICATION


def _xdg(variable: str, otherwise: Path) -> Path:
    # a relative path is to be ignored, says the XDG base directory specification
    named = os.environ.get(variable, "")
    return (Path(named) if Path(named).is_absolute() else otherwise) / APPLICATION
