"""Menus, shortcuts and Qt's actions, made of the records of the commands, and kept up to date."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from visualizer.app.widgets.keys import key_text
from visualizer.app.widgets.theme import icon
from visualizer.app.window.command import Command, CommandContext, Face, Menu
from visualizer.app.window.keymap import keys_of
from visualizer.texts import tr

__all__ = ["Actions", "tool_tip"]


def tool_tip(action: QAction, what: str = "") -> str:
    """Return an action's name with its key, and below it what it does."""
    key = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    name = action.text().replace("&", "")
    first = f"{name} ({key})" if key else name
    return f"{first}\n{what}" if what else first


class Actions:
    """A window's actions and menus.

    Parameters
    ----------
    window : QMainWindow
        Gets the actions and a menu bar.
    context : CommandContext
        What the commands work on.
    commands, menus : sequence of Command and of Menu
        What there is, in its order.
    """

    def __init__(
        self,
        window: QMainWindow,
        context: CommandContext,
        commands: Sequence[Command],
        menus: Sequence[Menu],
    ) -> None:
        self._window, self._context, self._commands = window, context, tuple(commands)
        self._actions: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._shown: dict[str, tuple[Face, str]] = {}
        self._given: object = None  # what the keys were made of
        self._colour = ""
        self.menus: dict[str, QMenu] = {}
        bar = window.menuBar()
        for menu in menus:
            made = self.menus[menu.id] = QMenu(tr(menu.text), bar)
            made.setToolTipsVisible(True)
        inside = {menu.id: menu.inside for menu in menus}
        hung: set[str] = set()
        for command in self._commands:
            made = self.menus[command.menu]
            if command.menu not in hung:
                # a menu inside another one stands where its first command does
                hung.add(command.menu)
                (self.menus.get(inside[command.menu]) or bar).addMenu(made)
            if command.separated:
                made.addSeparator()
            made.addAction(self._make(command))
        self._given = context.session.state.letter_keys, context.session.state.keys

    def _make(self, command: Command) -> QAction:
        action = self._actions[command.id] = QAction(self._window)
        action.setObjectName(command.id)
        action.setIconVisibleInMenu(False)
        action.setCheckable(command.checked is not None)
        if command.group:
            if command.group not in self._groups:
                group = self._groups[command.group] = QActionGroup(self._window)
                group.setExclusionPolicy(QActionGroup.ExclusionPolicy.ExclusiveOptional)
            self._groups[command.group].addAction(action)
        action.triggered.connect(partial(self._run, command))
        self._window.addAction(action)
        self._show_face(command, command.face)
        self._give_keys(command)
        return action

    def __getitem__(self, name: str) -> QAction:
        return self._actions[name]

    def press(self, name: str) -> str:
        """Return what to press for a command: its key, or its name where it has none."""
        action = self._actions[name]
        key = key_text([action.shortcut().toString()])
        return key or tr("“{}” in the menu").format(action.text().replace("&", ""))

    def all(self) -> tuple[QAction, ...]:
        """Return all actions in the order of the menus."""
        return tuple(self._actions.values())

    def remove(self) -> None:
        """Take everything out of the window again."""
        self._window.menuBar().clear()
        for action in self.all():
            self._window.removeAction(action)
            action.deleteLater()
        for menu in self.menus.values():
            menu.deleteLater()

    def recolour(self, colour: str) -> None:
        """Draw the icons in a colour, ``#rrggbb``."""
        self._colour = colour
        for name, (face, _) in self._shown.items():
            self._draw_icon(name, face)

    def follow(self) -> None:
        """Show what is on, what can be done, how it looks now, and which keys work."""
        state = self._context.session.state
        if self._given != (state.letter_keys, state.keys):
            self._given = state.letter_keys, state.keys
            for command in self._commands:
                self._give_keys(command)
        for command in self._commands:
            action, context = self._actions[command.id], self._context
            if command.checked is not None:
                action.setChecked(command.checked(context))
            if command.enabled is not None:
                action.setEnabled(command.enabled(context))
            if command.visible is not None:
                action.setVisible(command.visible(context))
            if command.face_now is not None:
                self._show_face(command, command.face_now(context))
        for command in self._commands:
            if command.lends:
                self._give_keys(command)

    def _give_keys(self, command: Command) -> None:
        """Give an action its keys: the usual or the chosen ones, and single letters or not."""
        state = self._context.session.state
        keys = keys_of(command, state.keys, letters=state.letter_keys)
        action = self._actions[command.id]
        other = self._actions.get(command.lends)
        if other is not None and other.isEnabled():
            keys = [key for key in keys if QKeySequence(key) not in other.shortcuts()]
        action.setShortcuts([QKeySequence(key) for key in keys])
        face, _ = self._shown[command.id]
        action.setToolTip(tool_tip(action, tr(face.tip) if face.tip else ""))

    def _run(self, command: Command) -> None:
        command.run(self._context)
        if command.checked is not None:
            # Qt has switched it over by itself, whatever came of it
            self.follow()

    def _show_face(self, command: Command, face: Face) -> None:
        if self._shown.get(command.id) == (face, self._colour):
            return
        action = self._actions[command.id]
        action.setText(tr(face.text))
        action.setIconText(tr(face.short) if face.short else "")
        action.setToolTip(tool_tip(action, tr(face.tip) if face.tip else ""))
        self._draw_icon(command.id, face)

    def _draw_icon(self, name: str, face: Face) -> None:
        self._shown[name] = face, self._colour
        if face.icon and self._colour:
            self._actions[name].setIcon(icon(face.icon, self._colour))
