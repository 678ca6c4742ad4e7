"""The kinds of files that questions can be written into, and how their names end."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from visualizer.export.output import by_ending
from visualizer.export.questions.anki import write_anki
from visualizer.export.questions.gift import write_gift
from visualizer.export.questions.moodle import write_moodle
from visualizer.export.questions.qti import write_qti
from visualizer.export.questions.sheet import QuestionSheet

__all__ = ["FORMATS", "QUESTION_FILES", "QuestionFormat", "format_of"]


@dataclass(frozen=True)
class QuestionFormat:
    """A kind of file.

    Attributes
    ----------
    id : str
        What it is called on the command line.
    suffix : str
        How the names of its files end.
    write : callable
        Writes a sheet into an open file.
    """

    id: str
    suffix: str
    write: Callable[[BinaryIO, QuestionSheet], None]


FORMATS: Mapping[str, QuestionFormat] = {
    kind.id: kind
    for kind in (
        QuestionFormat("moodle", ".xml", write_moodle),
        QuestionFormat("gift", ".gift", write_gift),
        QuestionFormat("qti", ".zip", write_qti),
        QuestionFormat("anki", ".apkg", write_anki),
    )
}

QUESTION_FILES: Mapping[str, QuestionFormat] = {kind.suffix: kind for kind in FORMATS.values()}


def format_of(path: Path) -> QuestionFormat | None:
    """Return the format that a file's name asks for by its end, None where it asks for none."""
    return by_ending(path, QUESTION_FILES)
