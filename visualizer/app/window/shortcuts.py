"""The list of keys, and of what the mouse does: made of the commands, so that none is forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from visualizer.app.widgets.keys import key_text
from visualizer.app.window.command import Command, Menu
from visualizer.app.window.keymap import keys_of
from visualizer.texts import N_, tr

__all__ = ["shortcut_groups"]

# What no command does, but the hand and the control that has the focus.
_MOUSE = (
    (N_("Drag, or one finger, on the stage"), N_("Turn the body")),
    (N_("Wheel, or two fingers apart"), N_("Zoom")),
    (N_("Shift or middle drag, two fingers"), N_("Shift the body")),
    (N_("Ctrl and drag on the stage"), N_("Take the picture out of the window; Ctrl+C copies it")),
    (N_("Double-click on a muscle"), N_("Focus on it")),
    (N_("Double-click beside the body"), N_("Reset the view")),
    (N_("Drag or wheel on the timeline"), N_("Go to a moment")),
    (N_("Drag on the row of phases"), N_("Mark a range that is looped")),
    (N_("Right click on muscle, lane or curves"), N_("What can be done there")),
    (N_("Hold the timeline"), N_("Pause until it is released")),
    (N_("Ctrl and wheel on the curves"), N_("Zoom; with Shift, the values")),
    (N_("Shift or middle drag on the curves"), N_("Move what is shown")),
    (N_("Wheel on the muscles’ names"), N_("Scroll the lanes")),
)
_FOCUS = (
    (N_("Tab"), N_("To the next control")),
    (N_("Space or Enter"), N_("Press the button that has the focus")),
    (N_("Arrows"), N_("Walk through a group of choices")),
    (N_("Menu key, or Shift and F10"), N_("What can be done there")),
    (N_("Home, End, page keys"), N_("Scroll the page that has the focus")),
    (N_("Ctrl and arrows on the stage"), N_("Turn the body")),
    (N_("Alt and arrows on the stage"), N_("Shift the body")),
    (N_("+ and − on the stage"), N_("Zoom")),
    (N_("Alt and arrows on the stops"), N_("Move the stop of the lesson")),
    (N_("F2 on the stops"), N_("Write the title of the stop")),
    (N_("Delete on the stops"), N_("Take the stop out of the lesson")),
    (N_("Arrows on the stage, a tool in hand"), N_("Move pen, eraser, ring or bright disc")),
    (N_("Space on the stage, a tool in hand"), N_("Draw, lift the pen, erase")),
    (N_("+, − and 0 on the curves"), N_("Zoom, show all")),
    (N_("Alt and arrows on the curves"), N_("Move what is shown")),
)

_Groups = list[tuple[str, list[tuple[str, str]]]]


def shortcut_groups(
    commands: Sequence[Command], menus: Sequence[Menu], chosen: Mapping[str, str]
) -> _Groups:
    """Return headings with rows of keys and what they do, in the language of the interface.

    Parameters
    ----------
    commands, menus : sequence of Command and of Menu
        What the window has; a menu without any key has no heading.
    chosen : mapping of str to str
        Keys that the user has chosen, by the command's id.
    """
    groups: _Groups = []
    for menu in menus:
        rows = [
            (key_text(keys), tr(command.face.text).replace("&", ""))
            for command in commands
            if command.menu == menu.id and (keys := keys_of(command, chosen))
        ]
        if menu.id == "variation":
            rows.insert(0, ("1 … 9", tr("Variation")))
        if rows:
            groups.append((tr(menu.text).replace("&", ""), rows))
    for heading, texts in ((tr("With the mouse"), _MOUSE), (tr("With the focus"), _FOCUS)):
        groups.append((heading, [(tr(keys), tr(what)) for keys, what in texts]))
    return groups
