"""The column in which a lesson is edited: its title, its stops, and what the chosen stop says."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QToolButton, QVBoxLayout, QWidget

from visualizer.analysis.words import phase_word, text_in
from visualizer.app.classroom.desk import LessonDesk
from visualizer.app.classroom.stop_form import StopForm
from visualizer.app.classroom.stop_list import StopList
from visualizer.app.classroom.stop_pictures import StopPictures
from visualizer.app.session.session import Session
from visualizer.app.session.worker import Jobs
from visualizer.app.widgets.controls import Choice, hairline, label
from visualizer.app.widgets.fields import Line
from visualizer.app.widgets.fitting_row import FittingRow
from visualizer.app.widgets.theme import px
from visualizer.app.widgets.touch import scroll_by_touch
from visualizer.catalog.catalog import Catalog
from visualizer.language import in_language, with_text
from visualizer.teaching.draft import LessonDraft
from visualizer.teaching.lesson import Stop
from visualizer.texts import catalogue, language, language_name, languages, tr

__all__ = ["LessonPanel", "stop_text"]

# Commands that the column shows as buttons, in their order.
_OF_LESSON = ("undo_lesson", "redo_lesson", "save_lesson")
_OF_STOPS = ("replace_stop", "duplicate_stop", "stop_up", "stop_down", "remove_stop")
_OF_INK = ("draw_stop", "erase_stop")
_WIDE_PX, _LEAST_PX, _MOST_PX, _LIST_PX, _FORM_PX = 340, 256, 480, 110, 130


def stop_text(stop: Stop, catalog: Catalog) -> str:
    """Return two lines about a stop: its title or variation, and the moment that it shows."""
    moment = stop.moment
    known = {variation.id: variation for variation in catalog.variations}
    own = known.get(moment.variation)
    name = own.display_name(language()) if own else moment.variation
    where = f"{phase_word(moment.playhead.phase)}, {round(100 * moment.playhead.fraction)} %"
    title = text_in(stop.title)
    below = f"{name} · {where}" if title else where
    if stop.question or stop.predict:
        below += " · " + tr("question")
    return f"{title or name}\n{below}"


class LessonPanel(QWidget):
    """Shows a lesson on the desk, and lets it be edited.

    Parameters
    ----------
    desk : LessonDesk
        The lesson.
    session, jobs : Session and Jobs
        For what a stop may ask.
    pictures : StopPictures
        Draws the stops.
    action : callable
        Returns the action of a command, by its id.
    """

    def __init__(
        self,
        desk: LessonDesk,
        session: Session,
        jobs: Jobs,
        pictures: StopPictures,
        action: Callable[[str], QAction],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._desk, self._session = desk, session
        self._language = catalogue()
        self.setObjectName("zone")
        self.setAccessibleName(tr("Lesson"))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 6, 4, 6)
        column.setSpacing(5)
        column.addLayout(self._head(action))
        self.place = label("", "caption", wrap=False)
        column.addWidget(self.place)
        self.title = Line(tr("Title of the lesson"), needed=True)
        self.title.typed.connect(self._write_title)
        row = QHBoxLayout()
        row.addWidget(self.title, 1)
        self.language = Choice(
            tr("Language of the texts"),
            [(code, code.upper(), language_name(code)) for code in languages()],
        )
        self.language.chosen.connect(self._choose_language)
        row.addWidget(self.language)
        row.setContentsMargins(0, 0, 8, 0)
        column.addLayout(row)
        self.stops = StopList(pictures)
        self.stops.setMinimumHeight(_LIST_PX)
        self.stops.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self.stops.addActions([action(name) for name in ("add_stop", *_OF_STOPS)])
        column.addWidget(self.stops, 4)
        column.addLayout(self._tools(action))
        column.addLayout(self._ink(action))
        column.addWidget(hairline())
        self.form = StopForm(session, jobs)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setMinimumHeight(_FORM_PX)
        area.setWidget(self.form)
        scroll_by_touch(area)
        column.addWidget(area, 7)
        edit = desk.edit
        self.form.changed.connect(lambda fields: edit(lambda d: d.change_stop(**fields)))
        self.stops.moved.connect(lambda source, to: edit(lambda d: d.move(source, to)))
        self.stops.named.connect(self._name_stop)
        self.stops.removed.connect(lambda row: edit(lambda d: d.remove(row)))
        desk.changed.connect(self.show_lesson)
        self.show_lesson()

    def fit(self, free_px: int) -> None:
        """Take a width: the usual one, less where a window has only so much to spare."""
        # large texts take no more than the most: the stage needs the room
        wide = min(px(_WIDE_PX), _MOST_PX, free_px)
        self.setFixedWidth(max(wide, _LEAST_PX))

    def _head(self, action: Callable[[str], QAction]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        for name in _OF_LESSON:
            row.addWidget(_button(action(name)))
        present = _button(action("present"), Qt.ToolButtonStyle.ToolButtonTextOnly)
        row.addWidget(FittingRow([present], [present]), 1)  # it stands in the top bar, too
        row.addSpacing(8)
        row.addWidget(_button(action("close_lesson")))
        return row

    def _tools(self, action: Callable[[str], QAction]) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(_dressed(_WordWhereRoom(), action("add_stop")))
        row.addStretch(1)
        for name in _OF_STOPS:
            row.addWidget(_button(action(name)))
        return row

    def _ink(self, action: Callable[[str], QAction]) -> QHBoxLayout:
        row = QHBoxLayout()
        for name in _OF_INK:
            row.addWidget(_button(action(name), Qt.ToolButtonStyle.ToolButtonTextOnly))
        row.addStretch(1)
        return row

    # ------------------------------------------------------------------------------- showing
    def show_lesson(self) -> None:
        """Show the lesson as it stands."""
        desk, code = self._desk, self._language
        lesson = desk.draft.lesson
        file = desk.file.name if desk.file else tr("no file yet")
        # a mark and a word: not by the mark alone
        text = f"• {file}" if desk.unsaved else file
        self.place.setText(text)
        self.place.setAccessibleName(
            tr("{file}, not saved").format(file=file) if desk.unsaved else file
        )
        self.place.setToolTip(str(desk.file or tr("It gets its file when it is saved.")))
        own = lesson.title.get(code, "")
        self.title.show_text(own, "" if own else in_language(lesson.title, code))
        self.language.show_value(code)
        texts = [stop_text(stop, self._session.catalog) for stop in lesson.stops]
        self.stops.show_stops(lesson.stops, texts, desk.draft.selected)
        self.form.show_stop(desk.draft.stop, code)

    # -------------------------------------------------------------------------------- by hand
    def _write_title(self, text: str) -> None:
        def write(draft: LessonDraft) -> None:
            draft.change(title=with_text(draft.lesson.title, self._language, text))

        self._desk.edit(write)

    def _name_stop(self) -> None:
        self.form.title.setFocus()
        self.form.title.selectAll()

    def _choose_language(self, code: str) -> None:
        self._desk.keep()
        self._language = code
        self.show_lesson()


class _WordWhereRoom(QToolButton):
    """A button with its word beside its icon, and with the icon alone where that would be cut."""

    def __init__(self) -> None:
        super().__init__()
        self._whole = QSize()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the room for the word as well."""
        if self.toolButtonStyle() is not Qt.ToolButtonStyle.ToolButtonIconOnly:
            self._whole = super().sizeHint()
        return self._whole

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the room for the icon."""
        high = self.sizeHint().height()
        return QSize(high, high)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show the word where there is room."""
        super().resizeEvent(event)
        room = self.width() >= self.sizeHint().width()
        style = Qt.ToolButtonStyle
        self.setToolButtonStyle(
            style.ToolButtonTextBesideIcon if room else style.ToolButtonIconOnly
        )


def _button(
    action: QAction, style: Qt.ToolButtonStyle = Qt.ToolButtonStyle.ToolButtonIconOnly
) -> QToolButton:
    return _dressed(QToolButton(), action, style)


def _dressed(
    made: QToolButton,
    action: QAction,
    style: Qt.ToolButtonStyle = Qt.ToolButtonStyle.ToolButtonTextBesideIcon,
) -> QToolButton:
    made.setDefaultAction(action)
    if style is not Qt.ToolButtonStyle.ToolButtonIconOnly:
        made.setProperty("kind", "plain")
    made.setIconSize(QSize(px(18), px(18)))
    made.setToolButtonStyle(style)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click the space bar still plays
    return made
