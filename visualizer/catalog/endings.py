"""What the program's own files are called, and which of them are lessons.

Variations and lessons are TOML files. Systems open a file by the end of its name, so both may also
end in ``.hipthrust``; which of the two such a file is stands in its first lines.
"""

from __future__ import annotations

import re
from pathlib import Path

from visualizer.files import read_regular

__all__ = ["LESSON_ENDING", "OWN_ENDINGS", "SHARED_ENDING", "is_lesson", "is_own"]

SHARED_ENDING = ".hipthrust"
OWN_ENDINGS = (".toml", SHARED_ENDING)
LESSON_ENDING = ".lesson.toml"
# As much as a data file may have.
_MOST_BYTES = 1_000_000
# A key before the first table, where a lesson says its form.
_LESSON = re.compile(rb"(?m)^[ \t]*lesson[ \t]*=")
_TABLE = re.compile(rb"(?m)^[ \t]*\[")


def is_own(path: Path) -> bool:
    """Return whether a file is called as the program's own are."""
    return path.name.lower().endswith(OWN_ENDINGS)


def is_lesson(path: Path) -> bool:
    """Return whether a file is meant as a lesson, by its name or, where that leaves it open, by it.

    A file that cannot be read is none.
    """
    name = path.name.lower()
    if not name.endswith(SHARED_ENDING):
        return name.endswith(LESSON_ENDING)
    try:
        data = read_regular(path, _MOST_BYTES)
    except (OSError, ValueError):  # ValueError: a NUL in the name
        return False
    table = _TABLE.search(data)
    return _LESSON.search(data, 0, table.start() if table else len(data)) is not None
