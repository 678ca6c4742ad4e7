"""The page on which keys are changed: every command with its key, what to press instead, reset."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from visualizer.app.session.session import Session
from visualizer.app.widgets.controls import CheckBox, label
from visualizer.app.widgets.dialog import Dialog
from visualizer.app.widgets.keys import key_text
from visualizer.app.window.command import Command, Menu
from visualizer.app.window.keymap import holder_of, keys_of
from visualizer.texts import tr

__all__ = ["KeyPage"]


class KeyPage(Dialog):
    """All commands with their keys; one is chosen in the table and given another key below.

    Parameters
    ----------
    parent : QWidget
        The window.
    session : Session
        Keeps the chosen keys.
    commands, menus : sequence of Command and of Menu
        What there is.
    """

    def __init__(
        self, parent: QWidget, session: Session, commands: Sequence[Command], menus: Sequence[Menu]
    ) -> None:
        super().__init__(parent, tr("Change keys"), QSize(620, 640))
        self._session, self._commands = session, tuple(commands)
        menu = {m.id: tr(m.text).replace("&", "") for m in menus}
        self.letters = CheckBox(tr("Keys that are a single letter, digit or sign"))
        self.letters.setChecked(session.state.letter_keys)
        self.letters.toggled.connect(lambda on: session.change(letter_keys=on))
        self.column.addWidget(self.letters)
        self.table = QTableWidget(len(self._commands), 3)
        self.table.setAccessibleName(tr("Commands and their keys"))
        self.table.setHorizontalHeaderLabels([tr("Menu"), tr("Command"), tr("Key")])
        self.table.verticalHeader().hide()
        self.table.setShowGrid(False)
        self.table.setTabKeyNavigation(False)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header, fit = self.table.horizontalHeader(), QHeaderView.ResizeMode
        for column, mode in enumerate((fit.ResizeToContents, fit.Stretch, fit.ResizeToContents)):
            header.setSectionResizeMode(column, mode)
        for row, command in enumerate(self._commands):
            name = tr(command.face.text).replace("&", "")
            for column, text in enumerate((menu.get(command.menu, ""), name)):
                self.table.setItem(row, column, QTableWidgetItem(text))
        self.table.currentCellChanged.connect(self._choose)
        self.column.addWidget(self.table, 1)
        line = QHBoxLayout()
        self.field = QKeySequenceEdit()
        self.field.setMaximumSequenceLength(1)
        self.field.setAccessibleName(tr("Press the new key"))
        self.field.setToolTip(self.field.accessibleName())
        line.addWidget(self.field, 1)
        self.give = self._button(tr("Use this key"), self._give)
        self.none = self._button(tr("No key"), lambda: self._keep(""))
        self.reset = self._button(tr("Reset"), self._reset)
        for button in (self.give, self.none, self.reset):
            line.addWidget(button)
        self.column.addLayout(line)
        self.message = label("", "strong")
        self.column.addWidget(self.message)
        self.reset_all = self.add_button(tr("Reset all"))
        self.reset_all.clicked.connect(lambda: self._take({}))
        self._show()
        self.table.setCurrentCell(0, 1)
        self.table.setFocus()

    def _button(self, text: str, do: object) -> QPushButton:
        button = QPushButton(text)
        button.setProperty("kind", "plain")
        button.setAutoDefault(False)
        button.clicked.connect(lambda: do())  # type: ignore[operator]
        return button

    @property
    def command(self) -> Command:
        """The command that is chosen in the table."""
        return self._commands[max(self.table.currentRow(), 0)]

    def _show(self) -> None:
        chosen = self._session.state.keys
        for row, command in enumerate(self._commands):
            item = QTableWidgetItem(key_text(keys_of(command, chosen)))
            face = item.font()
            face.setBold(command.id in chosen)
            item.setFont(face)
            self.table.setItem(row, 2, item)
        self.reset.setEnabled(self.command.id in chosen)
        self.reset_all.setEnabled(bool(chosen))

    def _choose(self) -> None:
        keys = keys_of(self.command, self._session.state.keys)
        self.field.setKeySequence(QKeySequence(keys[0]) if keys else QKeySequence())
        self.message.setText("")
        self.reset.setEnabled(self.command.id in self._session.state.keys)

    def _give(self) -> None:
        key = self.field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        holder = holder_of(key, self.command, self._commands, self._session.state.keys)
        if key and holder:
            text = tr("{key} is the key of “{command}”. Give that another key first.")
            self.message.setText(text.format(key=key_text([key]), command=holder))
            return
        self._keep(key)

    def _keep(self, key: str) -> None:
        self._take({**self._session.state.keys, self.command.id: key})

    def _reset(self) -> None:
        """Give the chosen command its own key back, unless another one has it now."""
        left = {k: v for k, v in self._session.state.keys.items() if k != self.command.id}
        for key in self.command.keys:
            holder = holder_of(key, self.command, self._commands, left)
            if holder:
                text = tr("{key} is the key of “{command}”. Give that another key first.")
                self.message.setText(text.format(key=key_text([key]), command=holder))
                return
        self._take(left)

    def _take(self, keys: dict[str, str]) -> None:
        self._session.change(keys=keys)
        self._show()
        self._choose()
