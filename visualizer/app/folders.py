"""Where the user's files lie; each function makes no folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

__all__ = ["APPLICATION", "log_file", "settings_file", "user_data_folder"]

APPLICATION = "hip-thrust-visualizer"

_Location = QStandardPaths.StandardLocation


def _folder(location: QStandardPaths.StandardLocation) -> Path:
    # the generic locations, so that the path does not depend on how the program was started
    return Path(QStandardPaths.writableLocation(location)) / APPLICATION


def settings_file() -> Path:
    """Return the file that keeps the window's state."""
    return _folder(_Location.GenericConfigLocation) / "window.json"


def user_data_folder() -> Path:
    """Return the folder in which the user's own variations, muscles and sources are looked for."""
    return _folder(_Location.GenericDataLocation)


def log_file() -> Path:
    """Return the file to which unexpected errors are written."""
    return _folder(_Location.GenericDataLocation) / "error.log"
