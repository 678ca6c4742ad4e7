"""The commands that take something away from the window: picture, film, questions, numbers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from visualizer.app.window.command import Command, CommandContext, Face
from visualizer.texts import N_, tr

if TYPE_CHECKING:
    from visualizer.app.takeaway.dialog import ExportDialog

__all__ = ["EXPORT_COMMANDS", "save_notes"]


def _open(context: CommandContext, make: Callable[[QWidget], ExportDialog]) -> None:
    """Open a dialog that saves something; the window says where it went."""

    def told(path: Path) -> None:
        context.banner.confirm(tr("Saved: {}").format(path))

    def opened(parent: QWidget) -> ExportDialog:
        dialog = make(parent)
        dialog.saved.connect(told)
        return dialog

    context.session.change(playing=False)
    context.open(opened)


# The dialogs are not imported before they are asked for: start-up counts.
def _save_picture(context: CommandContext) -> None:
    from visualizer.app.takeaway.picture import PictureDialog

    moment = context.classroom.moments.now()
    _open(context, lambda parent: PictureDialog(parent, context.session, context.jobs, moment))


def _copy_picture(context: CommandContext) -> None:
    from visualizer.app.takeaway.picture import copy_picture

    moment = context.classroom.moments.now()
    copy_picture(
        context.stage, context.session, context.jobs, moment, context.banner.confirm, context.refuse
    )


def _save_film(context: CommandContext) -> None:
    from visualizer.app.takeaway.film import FilmDialog

    moment = context.classroom.moments.now()
    _open(context, lambda parent: FilmDialog(parent, context.session, context.jobs, moment))


def _save_questions(context: CommandContext) -> None:
    from visualizer.app.takeaway.tables import QuestionsDialog

    _open(context, lambda parent: QuestionsDialog(parent, context.session, context.jobs))


def _save_handout(context: CommandContext) -> None:
    from visualizer.app.takeaway.handout import HandoutDialog

    _open(context, lambda parent: HandoutDialog(parent, context.session, context.jobs))


def save_notes(context: CommandContext) -> None:
    """Save the notes of the lesson that is edited."""
    from visualizer.app.takeaway.handout import NotesDialog

    editing = context.classroom.editing
    if editing is not None:
        lesson = editing.draft.lesson
        _open(context, lambda parent: NotesDialog(parent, context.session, context.jobs, lesson))


def _save_numbers(context: CommandContext) -> None:
    from visualizer.app.takeaway.tables import NumbersDialog

    _open(context, lambda parent: NumbersDialog(parent, context.session, context.jobs))


def _open_to_all(context: CommandContext) -> bool:
    """Return whether nothing is hidden that a file would tell."""
    return not context.session.state.veil


EXPORT_COMMANDS: tuple[Command, ...] = (
    Command("save_picture", "export",
            Face(N_("Save the &picture…"), tip=N_("The shown moment as PNG, SVG or PDF")),
            _save_picture, keys=("Ctrl+S",), enabled=_open_to_all,
            lends="save_lesson"),
    Command("copy_picture", "export",
            Face(N_("&Copy the picture"), tip=N_("The shown moment into the clipboard")),
            _copy_picture, keys=("Ctrl+C",), enabled=_open_to_all),
    Command("save_film", "export",
            Face(N_("Save a &film…"), tip=N_("The repetition, or a phase, as GIF, WebP or MP4")),
            _save_film, enabled=_open_to_all, separated=True),
    Command("save_handout", "export",
            Face(N_("Save or print a &hand-out…"),
                 tip=N_("To read, to fill in, or with the answers")),
            _save_handout, enabled=_open_to_all, separated=True),
    Command("save_questions", "export",
            Face(N_("Save &questions…"), tip=N_("For Moodle, Anki and other teaching systems")),
            _save_questions, enabled=_open_to_all),
    Command("save_numbers", "export",
            Face(N_("Save &numbers…"), tip=N_("Joint angles and muscle lengths, also for OpenSim")),
            _save_numbers),
)  # fmt: skip
