"""Where the user's files lie; each function makes no folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QStandardPaths

from visualizer.resources import APPLICATION, user_data_folder

__all__ = ["APPLICATION", "log_file", "settings_file", "user_data_folder"]

_Location = QStandardPaths.StandardLocation


def _folder(location: QStandardPaths.StandardLocation) -> Path:
    # the generic locations, so that the path does not depend on how the program was started
    return Path(QStandardPaths.writableLocation(location)) / APPLICATION


def settings_file() -> Path:
    """Return the file that keeps the window's state."""
    return _folder(_Location.GenericConfigLocation) / "window.json"


def log_file() -> Path:
    """Return the file to which unexpected errors are written."""
    return _folder(_Location.GenericDataLocation) / "error.log"
