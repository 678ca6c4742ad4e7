"""Find a muscle: by what is typed, or from A to Z, in the window's language and in Latin."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from visualizer.analysis.words import role_word
from visualizer.app.session.session import Session
from visualizer.app.widgets.controls import label
from visualizer.app.widgets.dialog import Dialog
from visualizer.app.widgets.theme import BODY_PX, CAPTION_PX, blend, font, px
from visualizer.catalog.muscle_index import MuscleHit, MuscleIndex
from visualizer.texts import language, ntr, tr

__all__ = ["Finder", "finder"]

_ROW_PX, _PAD_PX = 44, 8
_MOST = 40
_Index = QModelIndex | QPersistentModelIndex
_UP_AND_DOWN = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class _Found(QAbstractListModel):
    """The muscles that are listed, with what each does in the variation."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.hits: tuple[MuscleHit, ...] = ()

    def show_hits(self, hits: tuple[MuscleHit, ...]) -> None:
        """List these."""
        self.beginResetModel()
        self.hits = hits
        self.endResetModel()

    def role_of(self, hit: MuscleHit) -> str:
        """Return the role of a muscle in a word; empty where nothing is stated."""
        action = self._session.repetition.statement_for(hit.muscle)
        return role_word(action.role) if action is not None else ""

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: N802, B008
        """Return how many are listed."""
        return 0 if parent.isValid() else len(self.hits)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the name; for screen readers with Latin name and role."""
        hit = self.hits[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return hit.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(word for word in (hit.name, hit.latin, self.role_of(hit)) if word)
        return None


class _Row(QStyledItemDelegate):
    """Paints a row: the name, below it the Latin one, at the right the role."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:  # noqa: N802
        """Return the size of two lines."""
        return QSize(200, px(_ROW_PX))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Paint one row."""
        model = index.model()
        assert isinstance(model, _Found)
        hit = model.hits[index.row()]
        # the stubs leave the option's own fields out
        shown: Any = option
        palette, box = shown.palette, QRectF(shown.rect)
        text, panel = palette.text().color(), palette.base().color()
        if shown.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, blend(panel.name(), text.name(), 0.14))
        inside = box.adjusted(_PAD_PX, px(3), -_PAD_PX, -px(3))
        flag = Qt.AlignmentFlag
        painter.setPen(text)
        painter.setFont(font(px(BODY_PX)))
        painter.drawText(inside, flag.AlignLeft | flag.AlignTop, hit.name)
        painter.setPen(blend(panel.name(), text.name(), 0.68))
        painter.setFont(font(px(CAPTION_PX)))
        painter.drawText(inside, flag.AlignLeft | flag.AlignBottom, hit.latin)
        painter.drawText(inside, flag.AlignRight | flag.AlignVCenter, model.role_of(hit))


class Finder(Dialog):
    """A field and a list; Enter selects what is marked, or what fits best.

    Parameters
    ----------
    parent : QWidget
        The window.
    session : Session
        Told which muscle is chosen.
    """

    def __init__(self, parent: QWidget, session: Session) -> None:
        super().__init__(parent, tr("Find a muscle"), QSize(420, 560))
        self._session = session
        self._index = MuscleIndex(session.catalog, language())
        self._all = tuple(hit for _, hits in self._index.by_letter() for hit in hits)
        self._working = tuple(action.muscle for action in session.variation.muscles)
        self.field = QLineEdit()
        self.field.setPlaceholderText(tr("Name, English or Latin"))
        self.field.setAccessibleName(tr("Find a muscle"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._look)
        self.field.returnPressed.connect(self._take_marked)
        self.field.installEventFilter(self)
        self.found = _Found(session, self)
        self.list = QListView()
        self.list.setAccessibleName(tr("Muscles"))
        self.list.setModel(self.found)
        self.list.setItemDelegate(_Row(self.list))
        self.list.setUniformItemSizes(True)
        self.list.activated.connect(self._take)
        self.list.clicked.connect(self._take)
        self.said = label("", "caption")
        for widget in (self.field, self.said):
            self.column.addWidget(widget)
        self.column.addWidget(self.list, 1)
        # Enter belongs to field and list
        for button in self.buttons.buttons():
            button.setProperty("autoDefault", False)
        self._look("")
        self.field.setFocus()

    def _look(self, text: str) -> None:
        """List what a text may mean; everything for no text."""
        hits = self._index.find(text, self._working, _MOST) if text.strip() else self._all
        self.found.show_hits(hits)
        if hits:
            self.list.setCurrentIndex(self.found.index(0, 0))
            said = ntr("{} muscle", "{} muscles", len(hits)).format(len(hits))
        else:
            said = tr("No muscle has such a name. Try a part of it, or the Latin name.")
        self.said.setText(said)

    def _take_marked(self) -> None:
        self._take(self.list.currentIndex())

    def _take(self, index: _Index) -> None:
        if index.isValid():
            self._session.change(selection=self.found.hits[index.row()].muscle)
            self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Let the arrows walk through the list while the field has the focus."""
        if (
            watched is self.field
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _UP_AND_DOWN
        ):
            self.list.keyPressEvent(event)
            return True
        return super().eventFilter(watched, event)


def finder(parent: QWidget, session: Session) -> Finder:
    """Return the dialog that finds a muscle."""
    return Finder(parent, session)
