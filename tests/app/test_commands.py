"""Commands are records: one for everything the user can do, one for each switch that is kept."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QSignalBlocker
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from visualizer.analysis.plot_kinds import PLOT_KINDS
from visualizer.anatomy.muscle import Side
from visualizer.app.session.choices import InspectorTab
from visualizer.app.session.state import SPEEDS, ZOOMS, SessionState, remembered_names
from visualizer.app.window.actions import Actions
from visualizer.app.window.command import Command, Face
from visualizer.app.window.commands import COMMANDS, MENUS
from visualizer.app.window.main_window import MainWindow
from visualizer.app.window.shortcuts import shortcut_groups
from visualizer.lifts.base import ViewName

# Fields that no command sets: chosen from a list, a menu of what there is, typed, or a state left.
ELSEWHERE = {
    "keys",
    "tempo",
    "marked",
    "variation",
    "load",
    "language",
    "quiz",
    "audience_screen",
    "export_folder",
    "exports",
    "played",
    "toured",
}


def switches(context: MainWindow) -> dict[str, list[str]]:
    """Return the ids of the switches that change each field of the state."""
    found: dict[str, list[str]] = defaultdict(list)
    for command in COMMANDS:
        if command.checked is None or command.menu == "lesson":  # those change a lesson
            continue
        for kept in (SessionState(context.session.variation.id), context.session.state):
            before = context.session.state
            context.session.change(**{n: getattr(kept, n) for n in remembered_names()})
            start, was_on = context.session.state, command.checked(context)
            command.run(context)
            after = context.session.state
            changed = [n for n in remembered_names() if getattr(start, n) != getattr(after, n)]
            # a switch of a group stays on, another one goes over
            assert command.checked(context) is (True if command.group else not was_on)
            for name in changed:
                if command.id not in found[name]:
                    found[name].append(command.id)
            context.session.change(**{n: getattr(before, n) for n in remembered_names()})
    return found


def test_each_kept_field_has_one_switch_or_one_group_of_them(window: MainWindow) -> None:
    session = window.session
    session.change(variation="single-leg-hip-thrust", selection="gluteus_maximus", speed=0.25)
    session.change(curves="knee-moment", side=Side.LEFT, tab=InspectorTab.WHY, zoom=150)
    window.panels.lock("alone", ())  # nothing is compared, and still each panel goes over
    with QSignalBlocker(session):  # what the views show of it does not matter here
        found = switches(window)
    by_id = {command.id: command for command in COMMANDS}
    assert set(found) == set(remembered_names()) - ELSEWHERE
    for name, ids in found.items():
        if len(ids) > 1:
            (group,) = {by_id[i].group for i in ids}
            assert group
            assert set(ids) == {c.id for c in COMMANDS if c.group == group}, name
    alone = {name: ids for name, ids in found.items() if len(ids) == 1}
    single = ("letter_keys", "xray", "labels", "swelling", "skin", "loop", "overlaid")
    assert alone == {
        "theme": ["dark"],
        "other": ["compare"],
        "mass_unit": ["pounds"],
        "colours": ["effort"],
        **{name: [name] for name in single},
    }


def test_whatever_can_be_chosen_has_its_command() -> None:
    ids = [command.id for command in COMMANDS]
    assert len(set(ids)) == len(ids)
    assert {f"speed_{s}" for s in SPEEDS} == {i for i in ids if i.startswith("speed_")}
    assert {f"zoom_{z}" for z in ZOOMS} == {
        i for i in ids if i[-1] in "05" and i.startswith("zoom_")
    }
    assert {f"curves_{k}" for k in PLOT_KINDS} == {i for i in ids if i.startswith("curves_")}
    assert {f"view_{v.value}" for v in ViewName} == {i for i in ids if i.startswith("view_")}
    assert {command.menu for command in COMMANDS} == {menu.id for menu in MENUS}


def test_no_key_belongs_to_two_commands() -> None:
    own = [command for command in COMMANDS if not command.lends]
    keys = [QKeySequence(key).toString() for command in own for key in command.keys]
    assert sorted(set(keys)) == sorted(keys)
    assert not {str(n) for n in range(1, 10)} & set(keys)


def test_a_switch_is_a_field_and_a_record(window: MainWindow, qtbot: QtBot) -> None:
    """One more record is a menu entry with its key and tick, and a row of the list of keys."""
    more = Command(
        "blink", "view", Face("Blin&k", "labels", "Shut the eyes"), keys=("Ctrl+Alt+B",),
        run=lambda context: context.session.change(labels=not context.session.state.labels),
        checked=lambda context: context.session.state.labels,
    )  # fmt: skip
    other = QMainWindow()
    qtbot.addWidget(other)
    actions = Actions(other, window, (*COMMANDS, more), MENUS)
    action = actions["blink"]
    assert action in actions.menus["view"].actions()
    key = QKeySequence(more.keys[0]).toString(QKeySequence.SequenceFormat.NativeText)
    assert action.toolTip() == f"Blink ({key})\nShut the eyes"
    actions.follow()
    assert not action.isChecked()
    action.trigger()
    assert window.session.state.labels
    assert action.isChecked()
    assert actions["labels"].isChecked()
    rows = dict(shortcut_groups((*COMMANDS, more), MENUS, {}))["View"]
    assert (key, "Blink") in rows


def test_choosing_what_is_chosen_leaves_it_ticked(window: MainWindow) -> None:
    for name in ("speed_1.0", "curves_angles", "view_side", "panel_chart"):
        assert window.actions_[name].isChecked()
    for name in ("speed_1.0", "curves_angles", "view_side"):
        window.actions_[name].trigger()
        assert window.actions_[name].isChecked(), name


def test_what_the_stage_says_of_its_keys_is_so(
    window: MainWindow, turn: Callable[[], None]
) -> None:
    turn()
    keys = {c.id: c.keys[0] for c in COMMANDS if c.keys}
    views = ", ".join(keys[f"view_{view.value}"] for view in ViewName)
    said = f"Views: {views}; {keys['reset_view']} resets."
    assert said in window.stage.accessibleDescription()


@pytest.mark.parametrize("playing", [True, False])
def test_play_says_what_it_does_now(window: MainWindow, playing: bool) -> None:
    window.session.change(playing=playing)
    action = window.actions_["play"]
    assert action.text() == ("&Pause" if playing else "&Play")
    assert action.toolTip().startswith("Pause (" if playing else "Play (")


def test_what_a_switch_shows_is_asked_of_the_state(window: MainWindow) -> None:
    """Nothing remembers a tick beside the state: replaced as a whole, all of them follow."""
    window.session.change(**{
        n: getattr(replace(SessionState(), theme="dark", xray=True, loop=False, speed=2.0), n)
        for n in ("theme", "xray", "loop", "speed")
    })  # fmt: skip
    shown = {c.id: window.actions_[c.id].isChecked() for c in COMMANDS if c.checked}
    assert shown == {c.id: c.checked(window) for c in COMMANDS if c.checked}
