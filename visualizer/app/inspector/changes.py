"""What changes between the two bodies that are compared, line by line; each selects its muscle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from visualizer.analysis.comparison import BodyDifference
from visualizer.analysis.effort_changes import effort_changes, effort_lines, effort_note
from visualizer.analysis.effort_text import pending_text
from visualizer.app.inspector.change_row import ChangeRow
from visualizer.app.session.comparing import Comparing, body_name
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.app.widgets.controls import Choice, MenuButton, label
from visualizer.app.widgets.growing_page import GrowingPage, Later
from visualizer.app.widgets.theme import icon, px, theme_of
from visualizer.app.widgets.touch import scroll_by_touch
from visualizer.effort.comparison import compare_efforts, pushes_alike
from visualizer.exercise.repetition import Instant
from visualizer.texts import tr

__all__ = ["Changes"]

_EDGE_PX = 16


class Changes(QWidget):
    """Which two bodies are compared and how they are arranged, and below it what changes.

    Parameters
    ----------
    session : Session
        The first body.
    comparing : Comparing
        The second one, and what changes.
    menu : QMenu
        What can be compared with.
    leave : QAction
        Leaves the comparison.
    later : callable, optional
        Does a step in a later turn of the event loop; without it all lines come at once.
    """

    def __init__(
        self,
        session: Session,
        comparing: Comparing,
        menu: QMenu,
        leave: QAction,
        later: Later | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._comparing = session, comparing
        self.setObjectName("zone")
        self.setAccessibleName(tr("What changes"))
        self.setMinimumSize(200, 120)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 0)
        column.setSpacing(4)
        column.addLayout(self._title(leave))
        column.addSpacing(4)
        # large texts leave a small window no room for more than the title: the head scrolls, too
        whole = QWidget()
        whole.setObjectName("page")
        rows = QVBoxLayout(whole)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(_EDGE_PX, 0, _EDGE_PX, 4)
        head.setSpacing(4)
        self.first = label("", "strong")
        self.second = MenuButton()
        self.second.setObjectName("compared")
        self.second.setMenu(menu)
        self.second.setToolTip(tr("Choose the second body"))
        self.second.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.arrangement = Choice(
            tr("Arrangement"),
            [
                (False, tr("Side by side"), tr("Two bodies beside each other")),
                (True, tr("Overlaid"), tr("The second body as an outline over the first one")),
            ],
        )
        self.arrangement.chosen.connect(lambda over: session.change(overlaid=bool(over)))
        head.addWidget(self.first)
        row = QHBoxLayout()
        row.setSpacing(2)
        arrow = label("→", "secondary", wrap=False)
        arrow.setMinimumWidth(0)  # as wide as it is; the name gives way
        arrow.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        row.addWidget(arrow)
        row.addWidget(self.second)
        row.addStretch(1)
        head.addLayout(row)
        head.addSpacing(4)
        row = QHBoxLayout()
        row.addWidget(self.arrangement)
        row.addStretch(1)
        head.addLayout(row)
        rows.addLayout(head)
        self._area = QScrollArea()
        self._area.setObjectName("zone")
        self._area.setAccessibleName(tr("What changes"))
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        scroll_by_touch(self._area)
        self._page = GrowingPage(later)
        self._page.setObjectName("page")
        self._page.column.setContentsMargins(_EDGE_PX - 8, 4, _EDGE_PX - 8, 16)
        self._page.column.setSpacing(2)
        rows.addWidget(self._page, 1)
        self._area.setWidget(whole)
        column.addWidget(self._area, 1)
        self.rows: list[ChangeRow] = []
        self._listed: tuple[object, ...] = ()
        comparing.changed.connect(self._fill)
        comparing.effort_changed.connect(self._fill)
        self._fill()

    def _title(self, leave: QAction) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setContentsMargins(_EDGE_PX, 0, 8, 0)
        row.addWidget(label(tr("What changes"), "heading"), 1)
        self.leave = QToolButton()
        self.leave.setAccessibleName(tr("Leave the comparison"))
        self.leave.setToolTip(tr("Leave the comparison"))
        self.leave.setIconSize(QSize(px(16), px(16)))
        self.leave.clicked.connect(leave.trigger)
        row.addWidget(self.leave)
        return row

    # --------------------------------------------------------------------------------- telling
    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Show the selection; list anew where something else is compared, or it is veiled."""
        if old is None or old.theme != new.theme:
            self.leave.setIcon(icon("close", theme_of(self).text))
            self.second.show_chevron(icon("chevron-down", theme_of(self).secondary))
        self._fill()
        for row in self.rows:
            row.show_selection(new.selection)

    def show_instant(self, instant: Instant) -> None:
        """Nothing here depends on it."""

    def show_hover(self, muscle: str | None) -> None:
        """Nothing here depends on it."""

    # --------------------------------------------------------------------------------- listing
    def _fill(self) -> None:
        """Show what is compared; list anew what changes, where that may be something else."""
        comparing, session = self._comparing, self._session
        if comparing.second is None:
            return
        self.first.setText(body_name(session))
        name = body_name(comparing.second)
        self.second.setText(name)
        self.second.setAccessibleName(tr("Compared with: {}").format(name))
        self.arrangement.setEnabled(comparing.can_overlay)
        self.arrangement.show_value(comparing.overlaid)
        state, repetitions = session.state, (session.repetition, comparing.second.repetition)
        efforts = comparing.efforts if state.shows_effort else None
        listed = *repetitions, state.load, state.veil, state.shows_effort, efforts
        if listed != self._listed:
            self._listed, self.rows = listed, []
            self._page.fill(self._blocks())

    def _blocks(self) -> Iterator[QWidget]:
        """Make heading by heading; a question that is open would be answered here."""
        if self._session.state.veil:
            yield self._text(tr("Covered while a question is open."))
            return
        found = self._comparing.differences()
        if found:
            yield from self._listing(found)
        else:
            yield self._text(tr("Nothing changes."))
        if self._session.state.shows_effort:
            yield from self._effort()
        if not found:
            return
        yield self._text(tr("Nothing stated does not mean that a muscle does nothing."))

    def _listing(self, found: Iterable[BodyDifference]) -> Iterator[QWidget]:
        for heading, differences in groupby(found, lambda d: d.heading):
            yield self._heading(heading)
            for difference in differences:
                yield self._row(difference)

    def _effort(self) -> Iterator[QWidget]:
        """List how the estimated shares change, once both are computed."""
        efforts, second = self._comparing.efforts, self._comparing.second
        if efforts is None or second is None:
            yield self._text(pending_text())
            return
        alike = pushes_alike(self._session.variation, second.variation)
        comparison, catalog = compare_efforts(*efforts, alike), self._session.catalog
        found = effort_changes(comparison, catalog)
        yield from self._listing(found)
        for text in [effort_note(comparison)] if found else effort_lines(comparison, catalog):
            yield self._text(text)

    def _heading(self, text: str) -> QWidget:
        made = label(text, "caption")
        made.setParent(self._page)
        made.setContentsMargins(8, 10, 8, 0)
        return made

    def _text(self, text: str) -> QWidget:
        made = label(text, "secondary")
        made.setParent(self._page)
        made.setContentsMargins(8, 10, 8, 0)
        return made

    def _row(self, difference: BodyDifference) -> QWidget:
        made = ChangeRow(difference, self._session, self._page)
        self.rows.append(made)
        return made
