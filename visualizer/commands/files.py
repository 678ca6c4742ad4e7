"""``visualizer check``: whether data files are right, and what is wrong in them."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from visualizer.console import note, say
from visualizer.errors import DataError, Problem
from visualizer.texts import language, ntr, tr

if TYPE_CHECKING:
    from visualizer.catalog.catalog import Catalog, CheckResult
    from visualizer.exercise.repetition import Repetition

__all__ = ["check"]


def check(arguments: argparse.Namespace) -> int:
    """Print all that is wrong in data files; they are right when the program can show them."""
    from visualizer.catalog.catalog import check as check_data
    from visualizer.resources import user_data_folder
    from visualizer.teaching.files import check_teaching, is_of_teaching

    data = [path for path in arguments.files if not is_of_teaching(path)]
    found = check_data(data, [user_data_folder()])
    # lessons may be about variations that are checked along with them
    lessons = [path for path in arguments.files if is_of_teaching(path)]
    problems = [*found.problems, *_misplaced(found), *check_teaching(lessons, found.catalog)]
    problems += _unasked(lessons, found.catalog)
    for problem in problems:
        note(str(problem))
    if problems:
        return 1
    for file, variation in found.variations.items():
        for other in found.catalog.namesakes(variation):
            say(
                tr(
                    "{file}: name: {name!r} is also the name of {other!r}; lists tell them apart "
                    "by their ids, a name of its own does so better"
                ).format(file=file, name=variation.display_name(language()), other=other.id)
            )
    count = len(arguments.files)
    print(ntr("{n} file is right", "all {n} files are right", count).format(n=count))
    return 0


def _misplaced(found: CheckResult) -> list[Problem]:
    """Return what the body cannot take of the variations; the skeleton is loaded for them alone."""
    if not found.variations:
        return []
    from visualizer.anatomy.body_model import BodyModel
    from visualizer.exercise.placement import problems_of_placement

    body = BodyModel.load()
    return [
        problem.in_file(file)
        for file, variation in found.variations.items()
        for problem in problems_of_placement(variation, body)
    ]


def _unasked(paths: Sequence[Path], catalog: Catalog) -> list[Problem]:
    """Return the questions of right lessons that the data do not give."""
    from visualizer.anatomy.body_model import BodyModel
    from visualizer.catalog.datafile import display_path
    from visualizer.teaching.asking import problems_of_asking
    from visualizer.teaching.lesson_file import is_lesson_file, read_lesson
    from visualizer.teaching.moment import Moment
    from visualizer.teaching.picture import repetition_at

    @cache
    def solved(moment: Moment) -> Repetition:
        return repetition_at(moment, catalog, BodyModel.load())

    problems: list[Problem] = []
    for path in filter(is_lesson_file, paths):
        with contextlib.suppress(DataError):  # what is wrong with it is told already
            lesson = read_lesson(path, catalog)
            found = problems_of_asking(lesson, lambda m: solved(Moment(m.variation, side=m.side)))
            problems += [problem.in_file(display_path(path)) for problem in found]
    return problems
