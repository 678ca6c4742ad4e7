"""The lessons, below the variations: those that came with the program and the user's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QListWidget,
    QListWidgetItem,
    QMenu,
    QSizePolicy,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from visualizer.analysis.words import text_in
from visualizer.app.widgets.controls import hairline, label
from visualizer.errors import Problem
from visualizer.teaching.lesson_file import LessonFile
from visualizer.texts import ntr, tr

__all__ = ["FindLessons", "Found", "LessonList"]

Found = tuple[tuple[LessonFile, ...], tuple[Problem, ...]]
# Looks for lessons beside the window and hands over what was found, unless the widget is gone.
FindLessons = Callable[[QWidget, Callable[[Found], object]], object]

_FILE = Qt.ItemDataRole.UserRole
# What the style leaves free beside and above a title, on both sides together.
_BESIDE_PX, _ABOVE_PX = 20, 10


class LessonList(QWidget):
    """Lists lessons, and the files that are none; says which one is wanted.

    Parameters
    ----------
    find : callable
        Looks for them; asked once the list has begun, and whenever there may be others.
    """

    opened = Signal(object)  # LessonFile to present: by double click or Enter
    edited = Signal(object)  # LessonFile to edit

    def __init__(self, find: FindLessons, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._find, self._begun = find, False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 12, 0, 0)
        self._column.setSpacing(4)
        self._column.addWidget(hairline())
        title = label(tr("Lessons"), "caption")
        title.setContentsMargins(8, 8, 0, 0)
        self._column.addWidget(title)
        self.list = _Files(self)
        self.list.itemActivated.connect(lambda item: self.opened.emit(item.data(_FILE)))
        self.list.edited.connect(self.edited)
        self.list.presented.connect(self.opened)
        self._column.addWidget(self.list)
        hint = label(tr("Double-click a lesson, or press Enter on it, to present it."), "caption")
        hint.setContentsMargins(8, 0, 8, 0)
        self._column.addWidget(hint)
        self._wrong: list[QWidget] = []
        self.hide()  # until it is known what there is

    def begin(self) -> None:
        """Look for lessons from now on."""
        self._begun = True
        self.refresh()

    def refresh(self) -> None:
        """Look for lessons anew, beside the window."""
        if self._begun:
            self._find(self, self._show)

    def _show(self, found: Found) -> None:
        files, problems = found
        self.list.show_files(files)
        for widget in self._wrong:
            widget.hide()
            widget.deleteLater()
        self._wrong = []
        # the first of a file's problems says that it is bad; `visualizer check` tells all
        for name, problem in {problem.file: problem for problem in reversed(problems)}.items():
            said = f"{problem.path}: {problem.message}" if problem.path else problem.message
            line = label(f"{Path(name).name}: {said}", "caption", selectable=True)
            line.setContentsMargins(8, 4, 8, 0)
            line.setToolTip(name)
            self._wrong.append(line)
            self._column.addWidget(line)
        self.setVisible(bool(files or problems))


class _Files(QListWidget):
    """The lessons' titles, all in sight: what lies round it scrolls."""

    presented = Signal(object)
    edited = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("lessons")
        self.setAccessibleName(tr("Lessons"))
        self.setWordWrap(True)
        self.setItemDelegate(_Wrapped(self))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_files(self, files: Sequence[LessonFile]) -> None:
        """List lessons; the one that was chosen stays so."""
        now = self.currentItem()
        chosen = now.data(_FILE).path if now is not None else None
        self.clear()
        for file in files:
            title, stops = text_in(file.lesson.title), len(file.lesson.stops)
            count = ntr("{n} stop", "{n} stops", stops).format(n=stops)
            item = QListWidgetItem(title)
            item.setData(_FILE, file)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{title}, {count}")
            summary = " ".join(text_in(file.lesson.summary).split())
            item.setToolTip(f"{summary} ({count})" if summary else count)
            item.setData(Qt.ItemDataRole.AccessibleDescriptionRole, summary)
            self.addItem(item)
            if file.path == chosen:
                self.setCurrentItem(item)
        self.setVisible(bool(files))
        self._fit()

    def _fit(self) -> None:
        self.doItemsLayout()
        high = sum(self.sizeHintForRow(row) for row in range(self.count()))
        self.setFixedHeight(high + 2 * self.frameWidth() + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Titles wrap at another place."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Take the height that the window's fonts need."""
        super().showEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take the height of another size of texts."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """Let the keys begin with the first one."""
        super().focusInEvent(event)
        if self.currentRow() < 0:
            self.setCurrentRow(0)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Offer what can be done with a lesson."""
        keyed = event.reason() == QContextMenuEvent.Reason.Keyboard
        item = self.currentItem() if keyed else self.itemAt(event.pos())
        if item is None:
            return
        place = self.visualItemRect(item).center() if keyed else event.pos()
        self.menu_of(item).popup(self.viewport().mapToGlobal(place))

    def menu_of(self, item: QListWidgetItem) -> QMenu:
        """Return the menu of a lesson."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        file = item.data(_FILE)
        menu.addAction(tr("&Present")).triggered.connect(lambda: self.presented.emit(file))
        menu.addAction(tr("&Edit")).triggered.connect(lambda: self.edited.emit(file))
        return menu


class _Wrapped(QStyledItemDelegate):
    """Gives each title as many lines as it needs at the list's width."""

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of a title that is broken at the list's width."""
        made = self.parent()
        assert isinstance(made, QListWidget)
        room = max(made.viewport().width() - _BESIDE_PX, 40)
        text = index.data(Qt.ItemDataRole.DisplayRole)
        flags = int(Qt.TextFlag.TextWordWrap)
        box = made.fontMetrics().boundingRect(0, 0, room, 10_000, flags, text)
        return QSize(room, box.height() + _ABOVE_PX)
