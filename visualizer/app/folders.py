"""The window's own files within the user's folders; each function makes no folder."""

from __future__ import annotations

from pathlib import Path

from visualizer.resources import APPLICATION, user_data_folder, user_settings_folder

__all__ = ["APPLICATION", "log_file", "settings_file", "user_data_folder"]


def settings_file() -> Path:
    """Return the file that keeps the window's state."""
    return user_settings_folder() / "window.json"


def log_file() -> Path:
    """Return the file to which unexpected errors are written."""
    return user_data_folder() / "error.log"
