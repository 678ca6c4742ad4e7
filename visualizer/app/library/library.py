"""The list of variations, a card each with picture, name, gear and whom it suits; and lessons."""

from __future__ import annotations

from functools import lru_cache, partial

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QContextMenuEvent,
    QEnterEvent,
    QFontMetrics,
    QImage,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTextLayout,
)
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from visualizer.analysis.words import choice_name, equipment_word, listed, text_in
from visualizer.app.library.lesson_list import FindLessons, LessonList
from visualizer.app.library.problem_list import ProblemList
from visualizer.app.library.thumbnails import THUMBNAIL, Thumbnails
from visualizer.app.session.comparing import others
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.app.widgets.controls import clear_layout, label
from visualizer.app.widgets.theme import BODY_PX, CAPTION_PX, RADIUS_PX, blend, font, px, theme_of
from visualizer.app.widgets.touch import scroll_by_touch
from visualizer.catalog.catalog import Catalog
from visualizer.catalog.variation import Variation
from visualizer.exercise.repetition import Instant
from visualizer.scene.palette import Theme
from visualizer.texts import language, tr

__all__ = ["Library", "VariationCard"]

_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


# The whole text stands in the inspector and in the tool tip.
_SUITS_LINES = 2
# With this much room beside the picture, all text stands there.
_ROOMY_PX = 180


@lru_cache(maxsize=1024)
def _height(text: str, wide: int, size_px: int, *, bold: bool = False) -> int:
    """Return how high a text is in a width; layouts ask for the same again and again."""
    metrics = QFontMetrics(font(size_px, bold=bold))
    return metrics.boundingRect(0, 0, wide, 10_000, int(_FLAGS), text).height()


class Library(QScrollArea):
    """The variations, the data files that could not be read, and the lessons.

    Parameters
    ----------
    session : Session
        Whose variations are listed.
    thumbnails : Thumbnails
        Draws the cards' pictures when there is time.
    find_lessons : callable
        Looks for lessons beside the window.
    """

    chosen = Signal(str)  # id of the variation; the window may have to refuse it
    compared = Signal(str, object)  # id and working side of what the shown one is compared with

    def __init__(
        self,
        session: Session,
        thumbnails: Thumbnails,
        find_lessons: FindLessons,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._thumbnails = session, thumbnails
        self.setObjectName("zone")
        self.setAccessibleName(tr("Variations"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumWidth(200)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll_by_touch(self)
        page = QWidget()
        page.setObjectName("page")
        self.setWidget(page)
        whole = QVBoxLayout(page)
        whole.setContentsMargins(8, 12, 8, 16)
        whole.setSpacing(4)
        self._column = QVBoxLayout()
        self._column.setSpacing(4)
        whole.addLayout(self._column)
        self.lessons = LessonList(find_lessons)
        whole.addWidget(self.lessons)
        whole.addStretch(1)
        self._group = QButtonGroup(self)
        self.cards: tuple[VariationCard, ...] = ()
        thumbnails.ready.connect(self._take_picture)

    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Show which variation is chosen; build the cards when the data are new."""
        if old is None:
            self._build()
        if old is None or old.theme != new.theme:
            for card in self.cards:
                card.show_theme(theme_of(self))
            self._thumbnails.want([card.variation.id for card in self.cards], theme_of(self).name)
        self.mark(new.variation)

    def begin(self) -> None:
        """List the lessons; before the first picture they would only delay it."""
        self.lessons.begin()

    def mark(self, variation: str) -> None:
        """Show which variation is chosen, which may be shown only in a moment."""
        for card in self.cards:
            chosen = card.variation.id == variation
            card.setChecked(chosen)
            # Tab reaches the chosen one, the arrows the others
            card.setFocusPolicy(Qt.FocusPolicy.TabFocus if chosen else Qt.FocusPolicy.NoFocus)

    def show_instant(self, instant: Instant) -> None:
        """Nothing here depends on it."""

    def show_hover(self, muscle: str | None) -> None:
        """Nothing here depends on it."""

    def _build(self) -> None:
        clear_layout(self._column)
        title = label(tr("Variations"), "caption")
        title.setContentsMargins(8, 0, 0, 4)
        head = QWidget()
        row = QHBoxLayout(head)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(title, 1)
        row.addWidget(self._way_down())
        self._column.addWidget(head)
        cards, numbered = [], self._session.catalog.numbered()
        for variation in self._session.catalog.variations:
            number = numbered.index(variation) + 1
            card = VariationCard(variation, number, self._session.catalog)
            card.clicked.connect(lambda _=False, v=variation.id: self.chosen.emit(v))
            card.compared.connect(self.compared)
            card.setAutoExclusive(True)  # this makes it a radio button for screen readers
            self._group.addButton(card)
            self._column.addWidget(card)
            cards.append(card)
        self.cards = tuple(cards)
        if self._session.problems:
            self._column.addWidget(ProblemList(self._session.problems))
        self.lessons.refresh()

    def _way_down(self) -> QToolButton:
        """Return what leads to the lessons, which a low window does not show at first."""
        made = QToolButton()
        made.setProperty("kind", "quiet")
        made.setText(tr("Lessons"))
        made.setToolTip(tr("Show the lessons, which stand below the variations"))
        made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        made.clicked.connect(self.show_lessons)
        return made

    def show_lessons(self) -> None:
        """Scroll to the lessons."""
        self.verticalScrollBar().setValue(self.lessons.y())

    def _take_picture(self, variation: str, theme_name: str, picture: QImage) -> None:
        if theme_name != theme_of(self).name:
            return
        for card in self.cards:
            if card.variation.id == variation:
                card.show_picture(picture)


class VariationCard(QAbstractButton):
    """A variation: picture, name, gear, whom it suits.

    Parameters
    ----------
    variation : Variation
        The variation.
    number : int
        Its key, 1 … 9.
    catalog : Catalog
        What it is one of; namesakes in it must be told apart.
    """

    compared = Signal(str, object)  # id and working side: the shown one is to be compared with it

    def __init__(
        self, variation: Variation, number: int, catalog: Catalog, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.variation = variation
        self._look = theme_of(self)
        self.picture: QImage | None = None
        self._over = False
        self._choices = [
            (side, choice_name(variation, side, catalog)) for variation, side in others([variation])
        ]
        self._name = catalog.telling_name(variation, language())
        self._gear = listed([equipment_word(e) for e in variation.equipment])
        self._suits = text_in(variation.suits.text)
        self._number = str(number) if number <= 9 else ""
        self.setText(self._name)
        self.setCheckable(True)
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(f"{self._gear}. {self._suits}")
        self.setToolTip(self._suits)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_theme(self, look: Theme) -> None:
        """Take a theme's colours; the picture of the other theme is dropped."""
        self._look, self.picture = look, None
        self.update()

    def show_picture(self, picture: QImage) -> None:
        """Show the card's picture."""
        self.picture = picture
        self.update()

    def text_boxes(self, width: int) -> tuple[QRectF, QRectF, QRectF]:
        """Return the boxes of name, gear and suits for a card ``width`` wide."""
        left, top, small = 8 + THUMBNAIL.width() + 10, 8, px(CAPTION_PX)
        room = max(width - left - 8, 40)
        name = QRectF(left, top, room, _height(self._name, room, px(BODY_PX), bold=True))
        gear = QRectF(left, name.bottom() + 2, room, _height(self._gear, room, small))
        if room >= _ROOMY_PX:
            beside, below, wide = left, gear.bottom() + 4, room
        else:
            beside, wide = 8, max(width - 16, 40)
            below = max(gear.bottom(), 8 + THUMBNAIL.height()) + 4
        most = _SUITS_LINES * QFontMetrics(font(small)).lineSpacing()
        lines = min(_height(self._suits, wide, small), most)
        return name, gear, QRectF(beside, below, wide, lines)

    @staticmethod
    def _draw_cut(painter: QPainter, box: QRectF, text: str) -> None:
        """Draw a text into a box of some lines, the last one cut with an ellipsis."""
        layout = QTextLayout(text, painter.font())
        layout.beginLayout()
        metrics, y = painter.fontMetrics(), box.top()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(box.width())
            last = y + 2 * metrics.lineSpacing() > box.bottom() + 1
            start = line.textStart()
            words = text[start:] if last else text[start : start + line.textLength()]
            if last:
                words = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(box.width()))
            painter.drawText(QPointF(box.left(), y + metrics.ascent()), words)
            y += metrics.lineSpacing()
            if last:
                break
        layout.endLayout()

    def sizeHint(self) -> QSize:  # noqa: N802
        """Return the size at the zone's usual width."""
        return QSize(232, self.heightForWidth(232))

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the least size."""
        return QSize(160, self.heightForWidth(max(self.width(), 160)))

    def hasHeightForWidth(self) -> bool:  # noqa: N802
        """Return that narrow cards are higher."""
        return True

    def heightForWidth(self, width: int) -> int:  # noqa: N802
        """Return the height that all text needs."""
        bottom = max(self.text_boxes(width)[2].bottom(), 8 + THUMBNAIL.height())
        return round(bottom) + 8

    def menu(self) -> QMenu:
        """Return what else can be done with the variation."""
        made = QMenu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        made.addAction(tr("&Show"), self.click).setEnabled(not self.isChecked())
        for side, name in self._choices:
            action = QAction(tr("Compare with {}").format(name).replace("&", "&&"), made)
            compare = partial(self.compared.emit, self.variation.id, side)
            action.triggered.connect(lambda _=False, do=compare: do())
            made.addAction(action)
        return made

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:  # noqa: N802
        """Offer the menu, by mouse or key."""
        self.menu().popup(event.globalPos())

    def enterEvent(self, event: QEnterEvent) -> None:  # noqa: N802
        """Lift the card's ground a little."""
        self._over = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        """Lower it again."""
        self._over = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint picture and texts."""
        look, painter = self._look, QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        if self.isChecked() or self._over:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(blend(look.panel, look.text, 0.10 if self.isChecked() else 0.05))
            painter.drawRoundedRect(whole, RADIUS_PX, RADIUS_PX)
        frame = QRectF(8, 8, THUMBNAIL.width(), THUMBNAIL.height())
        rounded = QPainterPath()
        rounded.addRoundedRect(frame, 4, 4)
        painter.fillPath(rounded, QColor(look.stage_bottom))
        if self.picture is not None:
            painter.save()
            painter.setClipPath(rounded)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(frame, self.picture)
            painter.restore()
        name, gear, suits = self.text_boxes(self.width())
        painter.setFont(font(px(BODY_PX), bold=True))
        painter.setPen(QColor(look.text))
        painter.drawText(name, int(_FLAGS), self._name)
        painter.setFont(font(px(CAPTION_PX)))
        painter.setPen(QColor(look.secondary))
        painter.drawText(gear, int(_FLAGS), self._gear)
        self._draw_cut(painter, suits, self._suits)
        if self.hasFocus():
            painter.setPen(QPen(QColor(look.ring), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(whole.adjusted(1, 1, -1, -1), RADIUS_PX, RADIUS_PX)
        painter.end()
