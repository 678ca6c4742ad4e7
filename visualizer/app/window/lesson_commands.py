"""The commands with which a lesson is made and changed; the window's other ones stand beside."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from visualizer.app.window.command import Command, CommandContext, Face
from visualizer.app.window.export_commands import save_notes
from visualizer.texts import N_, tr

if TYPE_CHECKING:
    from visualizer.app.classroom.editing import Editing
    from visualizer.app.classroom.talk import Tool

__all__ = ["LESSON_COMMANDS"]


def _edits(context: CommandContext) -> bool:
    return _editing(context) is not None


def _editing(context: CommandContext) -> Editing | None:
    room = context.classroom
    return None if _busy(context) else room.editing


def _busy(context: CommandContext) -> bool:
    """Return whether another column has taken the lesson's place."""
    return context.classroom.presenting or context.classroom.predicting


def _of(
    name: str,
    face: Face,
    do: Callable[[Editing], object],
    keys: tuple[str, ...] = (),
    possible: Callable[[Editing], bool] = lambda editing: True,
    face_now: Callable[[CommandContext], Face] | None = None,
    *,
    separated: bool = False,
) -> Command:
    """Return a command that does something with the lesson that is edited."""

    def run(context: CommandContext) -> None:
        editing = _editing(context)
        if editing is not None:
            do(editing)

    def enabled(context: CommandContext) -> bool:
        editing = _editing(context)
        return editing is not None and possible(editing)

    return Command(
        name, "lesson", face, run, keys, enabled=enabled, face_now=face_now, separated=separated
    )


def _step(
    base: Face, text: str, what: Callable[[Editing], str]
) -> Callable[[CommandContext], Face]:
    """Return what says which step is taken back, or done again."""

    def face(context: CommandContext) -> Face:
        editing = _editing(context)
        step = what(editing) if editing else ""
        return Face(tr(text).format(step=step), base.icon) if step else base

    return face


def _take(name: str, context: CommandContext) -> None:
    editing = _editing(context)
    if editing is not None:
        editing.ink.take(_tool(name))


def _in_hand(name: str, context: CommandContext) -> bool:
    editing = _editing(context)
    return editing is not None and editing.ink.tool is _tool(name)


def _tool(name: str) -> Tool:
    # not before it is asked for: start-up counts
    from visualizer.app.classroom.talk import Tool

    return Tool.PEN if name == "draw_stop" else Tool.ERASER


_UNDO = Face(N_("&Undo"), "undo")
_REDO = Face(N_("&Redo"), "redo")

LESSON_COMMANDS: tuple[Command, ...] = (
    Command("new_lesson", "lesson",
            Face(N_("&New lesson"), tip=N_("A lesson that begins with the shown moment")),
            lambda context: context.classroom.new_lesson(), keys=("Ctrl+N",),
            enabled=lambda context: not _busy(context)),
    Command("open_lesson", "lesson",
            Face(N_("&Open a lesson…"), tip=N_("Edit the lesson of a file")),
            lambda context: context.classroom.choose_lesson(), keys=("Ctrl+O",),
            enabled=lambda context: not _busy(context)),
    _of("save_lesson", Face(N_("&Save the lesson"), "save"), lambda e: e.save(), ("Ctrl+S",)),
    _of("save_lesson_as", Face(N_("Save the lesson &as…")), lambda e: e.save_as(),
        ("Ctrl+Shift+S",)),
    Command("save_notes", "lesson",
            Face(N_("Save or pr&int notes…"),
                 tip=N_("Stop by stop picture, notes and question, as PDF or web page")),
            save_notes, enabled=_edits),
    _of("undo_lesson", _UNDO, lambda e: e.undo(), ("Ctrl+Z",),
        lambda e: bool(e.draft.undoes),
        _step(_UNDO, N_("&Undo: {step}"), lambda e: e.draft.undoes), separated=True),
    _of("redo_lesson", _REDO, lambda e: e.redo(), ("Ctrl+Shift+Z", "Ctrl+Y"),
        lambda e: bool(e.draft.redoes),
        _step(_REDO, N_("&Redo: {step}"), lambda e: e.draft.redoes)),
    Command("add_stop", "lesson",
            Face(N_("A&dd this moment to the lesson"), "add",
                 N_("Make what the stage shows now the next stop of the lesson"),
                 short=N_("Add moment")),
            lambda context: context.classroom.add_stop(), keys=("Ctrl+M",),
            enabled=lambda context: not _busy(context), separated=True),
    _of("replace_stop",
        Face(N_("Re&place with this moment"), "replace",
             N_("Let the chosen stop show what the stage shows now; its texts stay")),
        lambda e: e.replace()),
    _of("duplicate_stop", Face(N_("Dupli&cate the stop"), "duplicate"), lambda e: e.duplicate()),
    _of("stop_up", Face(N_("&Move the stop up"), "move-up", N_("In the list: Alt and arrow up")),
        lambda e: e.move(-1), possible=lambda e: e.draft.selected > 0),
    _of("stop_down",
        Face(N_("Move the stop do&wn"), "move-down", N_("In the list: Alt and arrow down")),
        lambda e: e.move(1),
        possible=lambda e: e.draft.selected + 1 < len(e.draft.lesson.stops)),
    _of("remove_stop", Face(N_("De&lete the stop"), "delete", N_("In the list: Delete")),
        lambda e: e.remove(), possible=lambda e: len(e.draft.lesson.stops) > 1),
    *(
        Command(name, "lesson", face, partial(_take, name), enabled=_edits,
                checked=partial(_in_hand, name), separated=name == "draw_stop")
        for name, face in (
            ("draw_stop",
             Face(N_("Draw on t&he stop"),
                  tip=N_("By mouse; by keys arrows move the tip, Space draws and lifts"),
                  short=N_("Draw"))),
            ("erase_stop",
             Face(N_("Erase lines of the s&top"),
                  tip=N_("By mouse; by keys arrows move the tip, Space erases"),
                  short=N_("Erase"))),
        )
    ),
    Command("close_lesson", "lesson", Face(N_("Clos&e the lesson"), "close"),
            lambda context: context.classroom.close_lesson(), keys=("Ctrl+W",),
            enabled=_edits, separated=True),
)  # fmt: skip
