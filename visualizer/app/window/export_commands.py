"""The commands that take something away from the window: picture, film, questions, numbers."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from visualizer.app.stage.pair import BodyPair
from visualizer.app.takeaway.drag import PictureDrag, Ready
from visualizer.app.window.command import Command, CommandContext, Face
from visualizer.teaching.link import link_of
from visualizer.texts import N_, tr

if TYPE_CHECKING:
    from visualizer.app.takeaway.dialog import ExportDialog

__all__ = ["EXPORT_COMMANDS", "drag_out", "save_notes"]


def _with(context: CommandContext, module: str, do: Callable[[Any], object]) -> None:
    """Do something with a module of what is taken away.

    None is imported before it is asked for, since start-up counts; then it is read beside the
    window, since that takes longer than a window may be away.
    """
    name = f"visualizer.app.takeaway.{module}"
    if name in sys.modules:
        do(import_module(name))
        return
    jobs, owner = context.jobs, context.stage
    jobs.run(lambda: import_module(name), do, context.refuse, owner=owner, urgent=True)


def _open(
    context: CommandContext, module: str, make: Callable[[Any, QWidget], ExportDialog]
) -> None:
    """Open a dialog that saves something; the window says where it went.

    Parameters
    ----------
    context : CommandContext
        The window.
    module : str
        Where the dialog is.
    make : callable
        Takes the module and the window, returns the dialog.
    """

    def told(path: Path) -> None:
        context.banner.confirm(tr("Saved: {}").format(path))

    def opened(made_of: Any, parent: QWidget) -> ExportDialog:
        dialog = make(made_of, parent)
        dialog.saved.connect(told)
        return dialog

    context.session.change(playing=False)
    _with(context, module, lambda found: context.open(partial(opened, found)))


def _save_picture(context: CommandContext) -> None:
    moment = context.classroom.moments.now()
    _open(
        context,
        "picture",
        lambda m, parent: m.PictureDialog(parent, context.session, context.jobs, moment),
    )


def _copy_picture(context: CommandContext) -> None:
    moment, told = context.classroom.moments.now(), (context.banner.confirm, context.refuse)
    given = context.stage, context.session, context.jobs, moment, *told
    _with(context, "picture", lambda m: m.copy_picture(*given))


def _save_film(context: CommandContext) -> None:
    moment = context.classroom.moments.now()
    _open(
        context,
        "film",
        lambda m, parent: m.FilmDialog(parent, context.session, context.jobs, moment),
    )


def _save_questions(context: CommandContext) -> None:
    session, jobs = context.session, context.jobs
    _open(context, "tables", lambda m, parent: m.QuestionsDialog(parent, session, jobs))


def _save_handout(context: CommandContext) -> None:
    session, jobs = context.session, context.jobs
    _open(context, "handout", lambda m, parent: m.HandoutDialog(parent, session, jobs))


def save_notes(context: CommandContext) -> None:
    """Save the notes of the lesson that is edited."""
    session, jobs, editing = context.session, context.jobs, context.classroom.editing
    if editing is not None:
        lesson = editing.draft.lesson
        _open(context, "handout", lambda m, parent: m.NotesDialog(parent, session, jobs, lesson))


def _save_numbers(context: CommandContext) -> None:
    session, jobs = context.session, context.jobs
    _open(context, "tables", lambda m, parent: m.NumbersDialog(parent, session, jobs))


def drag_out(context: CommandContext, pair: BodyPair) -> None:
    """Let the shown picture be dragged out of the stage while Ctrl is held."""
    session, jobs = context.session, context.jobs

    def draw(ready: Ready) -> None:
        moment = context.classroom.moments.now()

        def begin(module: Any) -> None:
            named = module.name_of_file(moment), link_of(moment)
            done: Callable[[Any], object] = lambda made: ready(*named, *made)  # noqa: E731
            make = module.shown_png(session, moment)
            jobs.run(make, done, context.refuse, owner=pair, urgent=True)

        _with(context, "picture", begin)

    bodies = lambda: (pair.first, pair.second)  # noqa: E731
    drag = PictureDrag(pair, bodies, lambda: _open_to_all(context), draw)
    pair.comparing.changed.connect(drag.watch)


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
