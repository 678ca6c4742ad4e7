"""The stops of a lesson as a list: small pictures, titles; moved by mouse and by key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QSignalBlocker, QSize, Qt
from PySide6.QtCore import Signal as Notice
from PySide6.QtGui import QDropEvent, QIcon, QImage, QKeyEvent, QPixmap, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from visualizer.app.classroom.stop_pictures import STOP_PX, StopPictures
from visualizer.app.widgets.keys import claims_key
from visualizer.app.widgets.theme import px, theme_of
from visualizer.teaching.lesson import Stop
from visualizer.texts import tr

__all__ = ["StopList"]

_Key = Qt.Key
_LINK = Qt.ItemDataRole.UserRole


class StopList(QListWidget):
    """Shows stops; says which one is looked at and what is to become of them.

    Parameters
    ----------
    pictures : StopPictures
        Draws them.
    """

    looked_at = Notice(int)  # by click, Enter or the arrow keys
    moved = Notice(int, int)  # a stop is to go to another place
    removed = Notice(int)
    named = Notice()  # the title of the stop is to be written

    def __init__(self, pictures: StopPictures, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._theme, self._stale = "", True
        self._stops: tuple[Stop, ...] = ()
        self.setObjectName("stops")
        self.setAccessibleName(tr("Stops"))
        self.setToolTip(tr("Drag a stop, or press Alt and an arrow, to move it"))
        self.setIconSize(QSize(px(STOP_PX.width()), px(STOP_PX.height())))
        self.setSpacing(1)
        self.setUniformItemSizes(True)
        self.setItemDelegate(_TwoLines(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.currentRowChanged.connect(self._look)
        self.itemClicked.connect(lambda item: self.looked_at.emit(self.row(item)))
        self.itemActivated.connect(lambda item: self.looked_at.emit(self.row(item)))
        pictures.ready.connect(self._show_picture)

    def show_stops(self, stops: Sequence[Stop], texts: Sequence[str], selected: int) -> None:
        """Show stops with the two lines of text that each has, and which one is looked at."""
        with QSignalBlocker(self):
            while self.count() > len(stops):
                self.takeItem(self.count() - 1)
            while self.count() < len(stops):
                self.addItem(QListWidgetItem())
            for row, (stop, text) in enumerate(zip(stops, texts, strict=True)):
                item = self.item(row)
                item.setText(f"{row + 1}   {text}")
                spoken = tr("Stop {number} of {count}: {text}").format(
                    number=row + 1, count=len(stops), text=", ".join(text.splitlines())
                )
                item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
                if item.data(_LINK) != stop.link:
                    item.setData(_LINK, stop.link)
                    item.setIcon(QIcon())
            self.setCurrentRow(selected)
        self.scrollToItem(self.item(selected))
        if [s.link for s in stops] != [s.link for s in self._stops]:
            self._stale = True
        self._stops = tuple(stops)
        self._want()

    def _want(self) -> None:
        """Ask for the pictures, in the theme of the window; not before the list is seen in it."""
        if not self._stale or not self.isVisible():
            return
        self._stale = False
        self._theme = theme_of(self).name
        self._pictures.want(self._stops, self._theme)

    def _show_picture(self, link: str, theme: str, picture: QImage) -> None:
        if theme != self._theme:
            return
        icon = QIcon()
        for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # else Qt tints the selected one
            icon.addPixmap(QPixmap.fromImage(picture), mode)
        for row in range(self.count()):
            if self.item(row).data(_LINK) == link:
                self.item(row).setIcon(icon)

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Take pictures of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and theme_of(self).name != self._theme:
            self._stale = True
            self._want()

    def showEvent(self, event: QShowEvent) -> None:  # noqa: N802
        """Ask for pictures that nobody has needed before."""
        super().showEvent(event)
        self._want()

    def _look(self, row: int) -> None:
        if row >= 0:
            self.looked_at.emit(row)

    # ------------------------------------------------------------------------------- by key
    def event(self, event: QEvent) -> bool:
        """Keep the keys of the list from the window's shortcuts."""
        return claims_key(event, self._way) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Move the stop with Alt and an arrow, take it out with Delete, name it with F2."""
        way = self._way(event)
        if event.key() == _Key.Key_F2:
            self.named.emit()
        elif way is None:
            super().keyPressEvent(event)
        elif way == 0:
            self.removed.emit(self.currentRow())
        elif 0 <= self.currentRow() + way < self.count():
            self.moved.emit(self.currentRow(), self.currentRow() + way)

    def _way(self, event: QKeyEvent) -> int | None:
        """Return by how many places a key moves a stop, 0 for out, None for another key."""
        if event.modifiers() == Qt.KeyboardModifier.AltModifier:
            return {_Key.Key_Up: -1, _Key.Key_Down: 1}.get(_Key(event.key()))
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() == _Key.Key_Delete and not plain:
            return 0
        return None

    # ------------------------------------------------------------------------------ by mouse
    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Say where the stop is to go; the lesson moves it, and the list shows the lesson."""
        source = self.currentRow()
        at = event.position().y()
        before = sum(
            self.visualItemRect(self.item(row)).center().y() < at for row in range(self.count())
        )
        # else Qt would take the row away that was dragged
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        to = before - (before > source)
        if source >= 0 and to != source:
            self.moved.emit(source, to)


class _TwoLines(QStyledItemDelegate):
    """Gives each stop room for its picture and two lines, however long they are."""

    def sizeHint(  # noqa: N802
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the height of the picture with a margin; the width is the list's."""
        return QSize(0, px(STOP_PX.height()) + px(8))
