"""The commands that write what one takes away: questions, numbers."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from visualizer.anatomy.muscle import Side
from visualizer.commands.common import (
    read_catalog,
    repetition_of,
    repetitions_of,
    tell_missing_language,
)
from visualizer.console import say
from visualizer.errors import UsageError
from visualizer.texts import ntr, tr

__all__ = ["DEFAULT_COUNT", "QUESTION_FORMATS", "handout", "notes", "numbers", "questions"]

DEFAULT_COUNT = 20
QUESTION_FORMATS = ("moodle", "gift", "qti", "anki")


def questions(arguments: argparse.Namespace) -> int:
    """Write questions about a variation into a file for a teaching system."""
    from visualizer.catalog.datafile import display_path
    from visualizer.export.output import check_output, write_output
    from visualizer.export.picture import Pictures
    from visualizer.export.questions.formats import FORMATS, format_of
    from visualizer.export.questions.sheet import make_sheet

    named = arguments.format
    kind = FORMATS[named] if named is not None else format_of(arguments.output)
    if kind is None:
        ends = ", ".join(f"{kind.suffix} ({kind.id})" for kind in FORMATS.values())
        text = tr("{name}: name a --format, or let the file's name end in one of {ends}")
        raise UsageError(text.format(name=display_path(arguments.output), ends=ends))
    check_output(arguments.output)
    catalog = read_catalog()
    asked = catalog.variation(arguments.variation)
    names = [asked.id, *(v.id for v in catalog.alike(asked))]
    repetition, *others = repetitions_of(catalog, names, Side(arguments.side))
    tell_missing_language(catalog, arguments.language)
    pictures = Pictures(repetition.body.surface, repetition)
    sheet = make_sheet(repetition, pictures.view, arguments.count, arguments.seed, others)
    made = len(sheet.questions)
    if made < arguments.count:
        text = ntr(
            "the data give {count} question about this variation",
            "the data give {count} questions about this variation",
            made,
        )
        say(text.format(count=made))
    write_output(arguments.output, lambda stream: kind.write(stream, sheet))
    return 0


def handout(arguments: argparse.Namespace) -> int:
    """Write the hand-out of a variation: plain, blank, or with the answers."""
    from visualizer.export.document_files import check_document
    from visualizer.export.handout import Sheet, make_handout
    from visualizer.export.output import write_output
    from visualizer.export.picture import Pictures

    if arguments.blank and arguments.answers:
        raise UsageError(tr("a blank sheet has no answers; leave --blank or --answers out"))
    write = check_document(arguments.output)
    catalog = read_catalog()
    asked = catalog.variation(arguments.variation)
    names = [asked.id, *(v.id for v in catalog.alike(asked)[:1])]
    repetition, *others = repetitions_of(catalog, names, Side(arguments.side))
    tell_missing_language(catalog, arguments.language)
    sheet = Sheet.BLANK if arguments.blank else Sheet.ANSWERS if arguments.answers else Sheet.PLAIN
    view = Pictures(repetition.body.surface, repetition).view
    document = make_handout(repetition, view, sheet, arguments.paper, others=others)
    write_output(arguments.output, lambda stream: write(stream, document))
    return 0


def notes(arguments: argparse.Namespace) -> int:
    """Write the notes of a lesson for its teacher."""
    from visualizer.errors import UnknownNameError
    from visualizer.export.document_files import check_document
    from visualizer.export.lesson_notes import make_notes
    from visualizer.export.output import write_output
    from visualizer.resources import user_data_folder
    from visualizer.teaching.lesson_file import find_lessons, is_lesson_file, read_lesson

    write = check_document(arguments.output)
    catalog, named = read_catalog(), arguments.lesson
    if is_lesson_file(Path(named)):
        lesson = read_lesson(Path(named), catalog)
    else:
        found = {file.id: file.lesson for file in find_lessons(catalog, [user_data_folder()])[0]}
        if named not in found:
            raise UnknownNameError(tr("lesson"), named, found)
        lesson = found[named]
    document = make_notes(lesson, partial(repetition_of, catalog), arguments.paper)
    write_output(arguments.output, lambda stream: write(stream, document))
    return 0


def numbers(arguments: argparse.Namespace) -> int:
    """Write a motion as numbers: joint angles, muscle-tendon lengths, or both in one table."""
    from visualizer.export.motion import MOTION_FILES, motion_file_of
    from visualizer.export.output import check_output, unknown_ending, write_output

    write = motion_file_of(arguments.output)
    if write is None:
        raise unknown_ending(arguments.output, MOTION_FILES)
    check_output(arguments.output)
    repetition = repetition_of(read_catalog(), arguments.variation, Side(arguments.side))
    write_output(arguments.output, lambda stream: write(stream, repetition))
    return 0
