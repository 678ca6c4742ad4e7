"""Lessons as files: found, read with all their problems at once, written the same way each time.

A lesson's file ends in ``.lesson.toml``, or in ``.hipthrust``. Shipped ones lie in
``data/lessons``, the user's own in the user's folder or in ``lessons`` within it, and any other may
be opened by its path. What is wrong with one is listed with its place; the others load.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from visualizer.catalog.catalog import Catalog
from visualizer.catalog.check import unknown_names
from visualizer.catalog.check_facts import bare_percentages, problems_of_ground
from visualizer.catalog.comments import comments_of
from visualizer.catalog.datafile import display_path, read_toml
from visualizer.catalog.endings import LESSON_ENDING, SHARED_ENDING, is_lesson
from visualizer.catalog.variation import Ground
from visualizer.errors import DataError, Problem, UsageError
from visualizer.files import write_whole
from visualizer.reading import first_problems, quote, read
from visualizer.records import walk
from visualizer.resources import data_folder
from visualizer.teaching.lesson import FORMAT, MOST_NUMBERS, MOST_STROKES, Lesson, PenStroke
from visualizer.teaching.link import moment_of
from visualizer.texts import tr
from visualizer.writing import toml_text

__all__ = [
    "ENDING",
    "LessonFile",
    "find_lessons",
    "is_lesson_file",
    "lesson_text",
    "problems_of_lesson",
    "read_lesson",
    "write_lesson",
]

ENDING = LESSON_ENDING
_MOST_FILES = 300


@dataclass(frozen=True)
class LessonFile:
    """A lesson and where it lies.

    Attributes
    ----------
    path : Path
        Its file.
    lesson : Lesson
        What it says.
    shipped : bool
        Whether it came with the program, so that it is not written to.
    """

    path: Path
    lesson: Lesson
    shipped: bool = False

    @property
    def id(self) -> str:
        """The file's name without its ending."""
        name = self.path.name
        ending = next((e for e in (ENDING, SHARED_ENDING) if name.lower().endswith(e)), "")
        return name[: len(name) - len(ending)]


def is_lesson_file(path: Path) -> bool:
    """Return whether a file is meant as a lesson, by its name or, under the shared one, by it."""
    return is_lesson(path)


def find_lessons(
    catalog: Catalog, folders: Iterable[Path] = ()
) -> tuple[tuple[LessonFile, ...], tuple[Problem, ...]]:
    """Return the shipped lessons and the user's, and what could not be read.

    Parameters
    ----------
    catalog : Catalog
        What they name must be there.
    folders : iterable of Path
        Folders of the user; one that does not exist is empty.
    """
    shipped = data_folder()
    found: list[LessonFile] = []
    problems: list[Problem] = []
    for folder in (shipped, *folders):
        for path in _paths(folder, problems):
            try:
                found.append(LessonFile(path, read_lesson(path, catalog), folder == shipped))
            except DataError as error:
                problems += error.problems
    return tuple(found), tuple(problems)


def _paths(folder: Path, problems: list[Problem]) -> list[Path]:
    paths: list[Path] = []
    for place in (folder, folder / "lessons"):
        try:
            own = [p for p in place.iterdir() if is_lesson_file(p) and not p.name.startswith(".")]
        except FileNotFoundError:
            continue
        except OSError as error:
            reason = os.strerror(error.errno or 0)
            message = tr("cannot be read ({reason})").format(reason=reason)
            problems.append(Problem(display_path(place), "", message))
            continue
        paths += sorted(own)
    if len(paths) > _MOST_FILES:
        message = tr("has {count} lessons; only the first {most} are read")
        problems.append(
            Problem(display_path(folder), "", message.format(count=len(paths), most=_MOST_FILES))
        )
    return paths[:_MOST_FILES]


def read_lesson(path: Path, catalog: Catalog) -> Lesson:
    """Return the lesson of a file.

    Parameters
    ----------
    path : Path
        Any path that a user may give.
    catalog : Catalog
        What the lesson names must be there.

    Raises
    ------
    DataError
        With all that is wrong at once.
    """
    file = display_path(path)
    if not is_lesson_file(path):
        message = tr("is not a lesson, since its name does not end in {ending!r}")
        raise DataError([Problem(file, "", message.format(ending=ENDING))])
    text, table = read_toml(path)
    version = table.get("lesson")
    if type(version) is int and version > FORMAT:
        message = tr("was made by a newer version of this program (form {version})")
        problem = Problem(file, "lesson", message.format(version=quote(version)))
        raise DataError([problem])
    problems, lesson = read(table, Lesson)
    if lesson is not None:
        problems = first_problems(problems_of_lesson(lesson, catalog))
    if problems or lesson is None:
        raise DataError([problem.in_file(file) for problem in problems])
    head, comments = comments_of(text, "stops")
    if len(comments) != len(lesson.stops):  # written as one list: there is no place for them
        return replace(lesson, comment=head)
    stops = [replace(stop, comment=own) for stop, own in zip(lesson.stops, comments, strict=True)]
    return replace(lesson, stops=tuple(stops), comment=head)


def problems_of_lesson(lesson: Lesson, catalog: Catalog) -> Iterator[Problem]:
    """Yield what a lesson says that the program cannot show."""
    for index, stop in enumerate(lesson.stops):
        where = f"stops[{index}]"
        try:
            moment_of(stop.link, catalog)
        except UsageError as error:
            yield Problem("", f"{where}.moment", str(error))
        if stop.question and stop.question.right > len(stop.question.answers):
            message = tr("there are only {n} answers").format(n=len(stop.question.answers))
            yield Problem("", f"{where}.question.right", message)
        if stop.question and stop.predict:
            message = tr("a stop has one question: leave out 'predict' or 'question'")
            yield Problem("", f"{where}.predict", message)
        yield from _problems_of_pen(stop.pen, f"{where}.pen")
    known = {
        "source": catalog.sources,
        "muscle": catalog.muscles,
        "fact": catalog.facts,
        "variation": [variation.id for variation in catalog.variations],
    }
    yield from unknown_names(lesson, known)
    for where, _, value in walk(lesson):
        if isinstance(value, Ground):
            yield from problems_of_ground(value, where, catalog.facts)
    yield from bare_percentages(lesson)


def _problems_of_pen(strokes: Sequence[PenStroke], where: str) -> Iterator[Problem]:
    if len(strokes) > MOST_STROKES:
        message = tr("has {count} lines; a stop has at most {most}")
        yield Problem("", where, message.format(count=len(strokes), most=MOST_STROKES))
        return
    for k, stroke in enumerate(strokes):
        place = f"{where}[{k}]"
        if len(stroke.facing) != 2:
            yield Problem("", f"{place}.facing", tr("must be two angles"))
        if len(stroke.points) % 2:
            message = tr("must be pairs of x and y, so an even count")
            yield Problem("", f"{place}.points", message)
        if len(stroke.points) > MOST_NUMBERS:
            message = tr("has {count} numbers; a line has at most {most}")
            text = message.format(count=len(stroke.points), most=MOST_NUMBERS)
            yield Problem("", f"{place}.points", text)


def lesson_text(lesson: Lesson) -> str:
    """Return the file of a lesson; equal lessons give equal files."""
    return toml_text(lesson, above=lambda record: getattr(record, "comment", ""))


def write_lesson(lesson: Lesson, path: Path) -> None:
    """Write a lesson's file, whole or not at all.

    Raises
    ------
    UsageError
        When the name is not that of a lesson.
    OSError
        When it cannot be written.
    """
    if not path.name.lower().endswith((ENDING, SHARED_ENDING)):
        message = tr("{name}: the name of a lesson ends in {ending!r}")
        raise UsageError(message.format(name=display_path(path), ending=ENDING))
    data = lesson_text(lesson).encode()
    write_whole(path, lambda stream: stream.write(data))
