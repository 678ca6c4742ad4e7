"""Files of teaching among the data, recognised by their names: lessons and the glossary."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from visualizer.catalog.catalog import Catalog
from visualizer.errors import DataError, Problem
from visualizer.teaching.glossary import FILE_NAME, read_glossary
from visualizer.teaching.lesson_file import is_lesson_file, read_lesson

__all__ = ["check_teaching", "is_of_teaching"]


def is_of_teaching(path: Path) -> bool:
    """Return whether a file is meant as one of teaching, by its name."""
    return is_lesson_file(path) or path.name == FILE_NAME


def check_teaching(paths: Sequence[Path], catalog: Catalog) -> list[Problem]:
    """Return all that is wrong in files of teaching, file by file."""
    problems: list[Problem] = []
    for path in paths:
        try:
            if is_lesson_file(path):
                read_lesson(path, catalog)
            else:
                read_glossary(path, catalog)
        except DataError as error:
            problems += error.problems
    return problems
