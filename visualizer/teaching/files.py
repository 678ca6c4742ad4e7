"""Files of teaching among the data: lessons now, recognised by their names."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from visualizer.catalog.catalog import Catalog
from visualizer.errors import Problem
from visualizer.teaching.lesson_file import check_lessons, is_lesson_file

__all__ = ["check_teaching", "is_of_teaching"]


def is_of_teaching(path: Path) -> bool:
    """Return whether a file is meant as one of teaching, by its name."""
    return is_lesson_file(path)


def check_teaching(paths: Sequence[Path], catalog: Catalog) -> list[Problem]:
    """Return all that is wrong in files of teaching, file by file."""
    return check_lessons(paths, catalog)
