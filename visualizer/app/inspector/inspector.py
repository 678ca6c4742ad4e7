"""The inspector: the selected muscle, or the variation's own card when nothing is selected.

Four tabs: what is so now, why, the anatomy, the evidence. Only the page that is looked at exists,
and is filled anew when variation, selection or tab change, block by block. Another moment changes
only what says what the muscle does now, so the page keeps its place while the repetition runs.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QDialog, QScrollArea, QTabBar, QWidget

from visualizer.analysis.evidence import EvidenceRow
from visualizer.app.inspector.agreement import AgreementLine
from visualizer.app.inspector.blocks import SPACING_PX, Blocks
from visualizer.app.inspector.muscle_page import muscle_blocks
from visualizer.app.inspector.muscle_row import MuscleRow
from visualizer.app.inspector.studies import StudyFold
from visualizer.app.inspector.study_table import study_dialog
from visualizer.app.inspector.variation_page import variation_blocks
from visualizer.app.session.choices import InspectorTab
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.app.widgets.growing_page import GrowingPage, Later
from visualizer.app.widgets.theme import theme_of
from visualizer.app.widgets.touch import scroll_by_touch
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.texts import tr

__all__ = ["Inspector"]

_WIDTH = 280
_SIDE_PX = 12  # left of the first tab


class Inspector(QScrollArea):
    """What is known of the selection, in tabs.

    Parameters
    ----------
    session : Session
        What is shown; told which muscle is chosen from a list, and which tab.
    later : callable, optional
        Does a step in a later turn of the event loop; without it the page comes at once.
    """

    def __init__(
        self, session: Session, later: Later | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self.setObjectName("zone")
        self.setAccessibleName(tr("Inspector"))
        self.setWidgetResizable(True)
        self.setMinimumWidth(_WIDTH)
        scroll_by_touch(self)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # its buttons are the stops of Tab; from each of them the page keys scroll
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.tabs = QTabBar(self)
        self.tabs.setAccessibleName(tr("Inspector"))
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setUsesScrollButtons(False)
        self.tabs.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        for text, tip in (
            (tr("Now"), tr("What works now, and how")),
            (tr("Why"), tr("The reason, and what it rests on")),
            (tr("Anatomy"), tr("Origin, insertion, nerve and actions")),
            (tr("Evidence"), tr("What was measured, and where sources disagree")),
        ):
            self.tabs.setTabToolTip(self.tabs.addTab(text), tip)
        self.tabs.setCurrentIndex(_ORDER.index(session.state.tab))
        self.tabs.currentChanged.connect(lambda index: session.change(tab=_ORDER[index]))
        # the groups that the shown muscle was reached through
        self._trail: list[str] = []
        self._studies: QDialog | None = None
        self._filled_for: tuple[Repetition, str | None, InspectorTab] | None = None
        # the muscle whose page was left by key, and what has the focus instead
        self._left: str | None = None
        self._holder: QWidget | None = None
        self._page = GrowingPage(later)
        self._page.setObjectName("page")
        self._page.column.setContentsMargins(16, 12, 16, 24)
        self._page.column.setSpacing(SPACING_PX)
        self._page.grown.connect(self._keep_focus)
        self.setWidget(self._page)
        self._made = Blocks(session, self._page)
        self._place()
        self._fill()

    @property
    def title(self) -> str:
        """What the page is about."""
        return self._made.title

    @property
    def rows(self) -> tuple[MuscleRow, ...]:
        """The muscles that the page lists."""
        return tuple(self._made.rows)

    # ------------------------------------------------------------------------------- session
    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Show the selection, or the variation, on the tab that is chosen."""
        if self._filled_for != (self._session.repetition, new.selection, new.tab):
            if old is not None:
                self._follow(old.selection, new.selection)
            self.tabs.blockSignals(True)
            self.tabs.setCurrentIndex(_ORDER.index(new.tab))
            self.tabs.blockSignals(False)
            self._fill()
        elif old is not None and old.theme != new.theme:
            colour = theme_of(self).secondary
            for line in self.findChildren(AgreementLine):
                line.recolour(colour)
            for fold in self.findChildren(StudyFold):
                fold.recolour(colour)

    def show_instant(self, instant: Instant) -> None:
        """Show what the muscle does at another moment; never emits."""
        self._made.tell(instant)

    def show_hover(self, muscle: str | None) -> None:
        """Nothing here depends on it."""

    def _follow(self, before: str | None, now: str | None) -> None:
        """Remember through which groups a muscle was reached, so that one can go back."""
        if before == now:
            return
        if now is None:
            self._trail = []
        elif self._trail and self._trail[-1] == now:
            self._trail.pop()
        elif before is not None and before in self._session.catalog.muscles:
            surfaces = self._session.catalog.surface_set
            inside = surfaces(now) < surfaces(before)
            self._trail = [*self._trail, before] if inside else []
        else:
            self._trail = []

    # ------------------------------------------------------------------------------ building
    def _fill(self) -> None:
        session, tab = self._session, self._session.state.tab
        selection = session.state.selection
        self._left = None if self._filled_for is None else self._filled_for[1]
        self._filled_for = session.repetition, selection, tab
        focus = self.window().focusWidget()
        focused = focus is not None and self._page.isAncestorOf(focus)
        self._holder = focus if focused else None
        made = self._made = Blocks(session, self._page)
        if selection is None or selection not in session.catalog.muscles:
            self._page.fill(variation_blocks(tab, made))
        else:
            back_to = self._trail[-1] if self._trail else None
            muscle = session.catalog.muscle(selection)
            self._page.fill(muscle_blocks(tab, muscle, back_to, made, self._show_studies))
        self.verticalScrollBar().setValue(0)

    def _keep_focus(self) -> None:
        """Give the focus of what was there before to the row that led there, or to the first."""
        if self._holder is None:
            return
        if self.window().focusWidget() is not self._holder:
            self._holder = None  # the user has moved it since
            return
        rows, back = self.rows, self._made.back
        stops = [back, *rows] if back is not None else list(rows)
        target: QWidget | None = next((r for r in rows if r.muscle == self._left), None)
        if target is None and self._holder not in stops:
            target = next(iter(stops), None)
        if target is not None and target is not self._holder:
            self._holder = target
            target.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensureWidgetVisible(target)

    def _show_studies(self, title: str, rows: tuple[EvidenceRow, ...]) -> None:
        if self._studies is not None:
            self._studies.close()
        dialog = study_dialog(self.window(), title, rows)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.destroyed.connect(self._forget_studies)
        self._studies = dialog
        dialog.show()  # not modal: it is read beside the body

    def _forget_studies(self) -> None:
        self._studies = None

    # ------------------------------------------------------------------------------ the tabs
    def _place(self) -> None:
        """Let the tabs stand above what scrolls."""
        size = self.tabs.sizeHint()
        self.setViewportMargins(0, size.height() + 4, 0, 0)
        # none of them is cut, however large the letters are
        self.setMinimumWidth(max(_WIDTH, size.width() + 2 * _SIDE_PX))
        wide = min(size.width(), max(self.width() - 2 * _SIDE_PX, 1))
        self.tabs.setGeometry(_SIDE_PX, 4, wide, size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Keep the tabs in sight."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Place the tabs anew when their letters have another size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._place()


_ORDER = tuple(InspectorTab)
