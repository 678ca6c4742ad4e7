"""What the teacher sees beside the stage while presenting: notes, what comes next, clock, tools."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, QTime, QTimer, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from visualizer.app.classroom.talk import Cover, Talk, TalkStop, Tool
from visualizer.app.widgets.controls import TOUCH_PX, Choice, label
from visualizer.app.widgets.fields import Pick
from visualizer.app.widgets.theme import px, zoom
from visualizer.app.widgets.touch import scroll_by_touch
from visualizer.texts import tr

__all__ = ["NEXT_PX", "Presenter"]

NEXT_PX = QSize(248, 140)
_NOTES_PX = 72  # some three lines
_LEAST_PX = 160
_LARGE = 1.5  # of texts: three words side by side would be wider than the column
_SECOND_MS = 500  # the clock never shows a second late by more than a half


def by_keys() -> str:
    """Return how drawing and erasing go without a mouse."""
    return tr("By keys: Tab to the body, arrows move the tip, Space draws, lifts or erases")


class Presenter(QWidget):
    """The teacher's column.

    Parameters
    ----------
    talk : Talk
        What is presented.
    picture_of : callable
        Takes a stop and a function that is given its picture, when it is drawn.
    """

    ended = Signal()
    swapped = Signal()
    screen_chosen = Signal(int)  # which of those in the list

    def __init__(
        self,
        talk: Talk,
        picture_of: Callable[[TalkStop, Callable[[QImage], object]], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._talk, self._picture_of = talk, picture_of
        self.setObjectName("zone")
        self.setAccessibleName(tr("Presenter"))
        # where texts are large or the window is low, not all of it has room
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._area)
        self._page = QWidget()
        self._page.setObjectName("page")
        column = QVBoxLayout(self._page)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(8)
        self._add_clock(column)
        self.where = label("", "secondary")
        self.title = label("", "heading")
        column.addWidget(self.where)
        column.addWidget(self.title)
        self._add_steps(column)
        column.addWidget(label(tr("Notes"), "strong"))
        self.notes = label("", selectable=True)
        self.notes.setObjectName("page")  # as bright as the panel
        self.notes.setAlignment(Qt.AlignmentFlag.AlignTop)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setWidget(self.notes)
        area.setMinimumHeight(px(_NOTES_PX))
        column.addWidget(area, 1)
        self.next_title = label("", "strong")
        self.next_picture = QLabel()
        self.next_picture.setFixedHeight(NEXT_PX.height())
        column.addWidget(self.next_title)
        column.addWidget(self.next_picture)
        self._add_tools(column)
        self._area.setWidget(self._page)
        scroll_by_touch(self._area)
        talk.changed.connect(self.follow)
        talk.moved.connect(self._show_stop)
        self._show_stop(talk.stop)
        self.follow()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the width of the contents, which no bar moves sideways, and any height."""
        bar = self._area.verticalScrollBar().sizeHint().width()
        return QSize(self._page.minimumSizeHint().width() + bar, _LEAST_PX)

    # --------------------------------------------------------------------------------- parts
    def _add_clock(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        self.clock, self.timer = label("", "heading", wrap=False), label("", "heading", wrap=False)
        for figures in (self.clock, self.timer):
            figures.setMinimumWidth(0)  # they are short, and no part of them may be cut
        self.clock.setAccessibleName(tr("Time of day"))
        self.timer.setAccessibleName(tr("Time since the start"))
        again = self._button(
            tr("Reset"), tr("Let the timer begin again at nought"), self._talk.restart_timer
        )
        row.addWidget(self.timer)
        row.addWidget(again)
        row.addStretch(1)
        row.addWidget(self.clock)
        column.addLayout(row)
        self._tick = QTimer(self)
        self._tick.setInterval(_SECOND_MS)
        self._tick.timeout.connect(self.show_time)
        self._tick.start()
        self.show_time()

    def _add_steps(self, column: QVBoxLayout) -> None:
        row = QHBoxLayout()
        self.back = self._button(tr("Back"), tr("The stop before (Page Up)"), self._talk.back)
        self.forward = self._button(tr("Next"), tr("The next stop (Page Down)"), self._talk.forward)
        row.addWidget(self.back)
        row.addWidget(self.forward, 1)
        column.addLayout(row)

    def _add_tools(self, column: QVBoxLayout) -> None:
        talk = self._talk
        self.tool = Choice(
            tr("Tool"),
            [
                (Tool.TURN, tr("Turn"), tr("The mouse turns the body")),
                (
                    Tool.POINTER,
                    tr("Point"),
                    tr("Mouse or arrow keys move a ring on the audience’s screen"),
                ),
                (
                    Tool.SPOTLIGHT,
                    tr("Spot"),
                    tr("Mouse or arrow keys move a bright disc; the rest is dim"),
                ),
                (Tool.PEN, tr("Draw"), "\n".join((tr("The lines stay with this stop"), by_keys()))),
                (
                    Tool.ERASER,
                    tr("Erase"),
                    "\n".join((tr("Takes lines away; Ctrl+Z brings them back"), by_keys())),
                ),
            ],
            in_a_row=5 if zoom() < _LARGE else 3,
        )
        for button in self.tool.buttons:
            button.setMinimumHeight(TOUCH_PX)
        self.tool.chosen.connect(self._take)
        column.addWidget(self.tool)
        grid = QGridLayout()
        self.freeze = self._switch(
            tr("Freeze"), tr("The audience keeps its picture while you look round (F)"), talk.freeze
        )
        self.black = self._switch(
            tr("Black"), tr("Cover the audience’s screen in black (B or full stop)"),
            lambda on: talk.cover_with(Cover.BLACK),
        )  # fmt: skip
        self.white = self._switch(
            tr("White"), tr("Cover the audience’s screen in white (W)"),
            lambda on: talk.cover_with(Cover.WHITE),
        )  # fmt: skip
        self.swap = self._button(
            tr("Swap screens"), tr("Audience and teacher change places"), self.swapped.emit
        )
        end = self._button(tr("End"), tr("End the presentation (Esc)"), self.ended.emit)
        covers = self.freeze, self.black, self.white
        beside = len(covers) if zoom() < _LARGE else 1
        for k, button in enumerate(covers):
            grid.addWidget(button, *divmod(k, beside))
        last = grid.rowCount()
        grid.addWidget(self.swap, last, 0, 1, max(beside - 1, 1))
        grid.addWidget(end, last + (beside == 1), beside - 1)
        column.addLayout(grid)
        caption = label(tr("Audience on"), "caption", wrap=False)
        self.screens = Pick(tr("The audience’s screen"))
        self.screens.setMinimumHeight(TOUCH_PX)
        self.screens.activated.connect(self.screen_chosen.emit)
        caption.setBuddy(self.screens)
        column.addWidget(caption)
        column.addWidget(self.screens)

    def _button(self, text: str, tip: str, do: Callable[[], object]) -> QPushButton:
        made = QPushButton(text)
        made.setProperty("kind", "plain")
        made.setToolTip(tip)
        made.setMinimumHeight(TOUCH_PX)
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # after a click the space bar still plays
        made.clicked.connect(do)
        return made

    def _switch(self, text: str, tip: str, do: Callable[[bool], object]) -> QPushButton:
        made = self._button(text, tip, lambda: do(made.isChecked()))
        made.setCheckable(True)
        return made

    def _take(self, tool: Tool) -> None:
        if tool is not self._talk.tool:
            self._talk.take(tool)

    # ------------------------------------------------------------------------------- showing
    def show_screens(self, names: Sequence[str], shown: int) -> None:
        """List where the audience may be shown, and where it is."""
        self.screens.clear()
        self.screens.addItems(list(names))
        self.screens.setCurrentIndex(shown)
        self.screens.setEnabled(len(names) > 1)

    def show_time(self) -> None:
        """Show clock and timer."""
        minutes, seconds = divmod(int(self._talk.passed_s), 60)
        self.timer.setText(f"{minutes}:{seconds:02d}")
        self.clock.setText(QTime.currentTime().toString("HH:mm"))

    def follow(self) -> None:
        """Show which tool is in hand, and what the audience sees instead of the stage."""
        talk = self._talk
        self.tool.show_value(talk.tool)
        self.freeze.setChecked(talk.frozen)
        self.black.setChecked(talk.cover is Cover.BLACK)
        self.white.setChecked(talk.cover is Cover.WHITE)
        self.show_time()

    def _show_stop(self, stop: TalkStop) -> None:
        talk = self._talk
        self.where.setText(
            tr("{number} of {count}").format(number=talk.index + 1, count=len(talk.stops))
        )
        self.title.setText(stop.title)
        self.title.setVisible(bool(stop.title))
        self.notes.setText(stop.notes or tr("No notes for this stop."))
        self.back.setEnabled(talk.index > 0)
        following = talk.following
        self.forward.setEnabled(following is not None)
        self.next_picture.clear()
        if following is None:
            self.next_title.setText(tr("This is the last stop."))
            return
        self.next_title.setText(tr("Next: {}").format(following.title or tr("untitled")))
        self._picture_of(following, partial(self._show_next, following))

    def _show_next(self, stop: TalkStop, picture: QImage) -> None:
        if stop is self._talk.following:
            self.next_picture.setPixmap(QPixmap.fromImage(picture))
