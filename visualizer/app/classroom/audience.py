"""What the class sees: the body, large words for phase and contraction, the question; no control.

Everything is sized to the window's height, for the back row: no letter is smaller than 2.6 % of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QMargins, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from visualizer.analysis.veil import Veil
from visualizer.analysis.words import change_word, contraction_word, phase_word
from visualizer.app.classroom.asked import Asked
from visualizer.app.classroom.ink_view import InkView
from visualizer.app.classroom.talk import Cover, Talk
from visualizer.app.session.companion import Companion
from visualizer.app.session.comparing import Comparing
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.app.stage.explained import legend_of
from visualizer.app.stage.orbit import Orbit
from visualizer.app.stage.pair import BodyPair
from visualizer.app.stage.posed_view import PosedView
from visualizer.app.stage.second import SecondStage
from visualizer.app.stage.stage import Stage
from visualizer.app.widgets.pictures import caption_width, paint_overlay
from visualizer.app.widgets.theme import apply_theme, font, shown_theme, theme_of
from visualizer.catalog.variation import Role
from visualizer.scene.doubt import doubt_signs
from visualizer.scene.legend import PAPER, Legend, LegendRoom
from visualizer.scene.request import SceneOptions
from visualizer.scene.sizes import MarkSizes
from visualizer.teaching.wording import LETTERS
from visualizer.texts import tr

__all__ = ["Audience", "AudienceStage", "AudienceWords", "words_of"]

# Shares of the window's height.
_PHASE, _LINE, _LEGEND, _QUESTION, _EDGE = 0.066, 0.038, 0.028, 0.046, 0.028
_NAME = 0.034  # of two bodies that are compared
_PAPER = 0.94
_WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap


def words_of(session: Session, veil: Veil) -> tuple[str, str]:
    """Return the phase in a word, and what the selected muscle or the prime mover does in it.

    Parameters
    ----------
    session : Session
        What is shown.
    veil : Veil
        What may not be said.
    """
    repetition, instant = session.repetition, session.instant
    muscle = session.state.selection
    action = repetition.statement_for(muscle) if muscle is not None else None
    if muscle is None:
        movers = (a for a in session.variation.muscles if a.role is Role.PRIME_MOVER)
        action = next(movers, None)
    if action is None or veil.contractions:
        return phase_word(instant.phase), ""
    contraction = repetition.contraction(action, instant.phase)
    name = veil.name(session.name_of(muscle or action.muscle), tr("The muscle"))
    return phase_word(instant.phase), tr("{muscle}: {contraction} ({does})").format(
        muscle=name, does=change_word(contraction), contraction=contraction_word(contraction)
    )


class _Untouched(PosedView):
    """A body that the audience sees: it cannot be touched."""

    def leave_alone(self) -> None:
        """Take neither mouse nor keys."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @property
    def options(self) -> SceneOptions:
        """What the scene is asked to show; the teacher's mouse brightens nothing."""
        return replace(super().options, hover=None)


class AudienceSecond(_Untouched, SecondStage):
    """The second body of a comparison as the audience sees it."""

    def __init__(self, companion: Companion, scenes: Scenes, orbit: Orbit, parent: QWidget) -> None:
        super().__init__(companion, scenes, orbit, parent)
        self.leave_alone()


class AudienceStage(_Untouched, Stage):
    """The stage as the audience sees it: it follows the teacher's."""

    def __init__(self, session: Session, scenes: Scenes, parent: QWidget) -> None:
        super().__init__(session, scenes, parent)
        self.leave_alone()
        session.instant_changed.connect(self.show_instant)

    def follow(self, stage: Stage) -> None:
        """Look from where another stage looks."""
        other = stage.orbit
        still = other.at_view and not other.moving
        self.orbit.stand_at(other.view, None if still else other.camera)


class AudienceWords(QWidget):
    """Phase, contraction, legend and question over the picture.

    Parameters
    ----------
    session : Session
        What is shown.
    talk : Talk
        Where the question comes from.
    comparing : Comparing
        Where there may be a second body.
    """

    edges_changed = Signal()

    def __init__(self, session: Session, talk: Talk, comparing: Comparing, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._talk, self._comparing = session, talk, comparing
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for signal in (
            session.instant_changed, session.state_changed, comparing.effort_changed,
            talk.changed, talk.moved,
        ):  # fmt: skip
            signal.connect(self._say)
        comparing.changed.connect(self._follow)
        self._said: tuple[str, ...] = ()
        self._asked: Asked | None = None
        self._colours = session.state.colours
        self._say()

    @property
    def edges_px(self) -> QMargins:
        """What the words cover at the edges of the picture."""
        high = self.height()
        above = round((_PHASE + _LINE + 1.6 * _EDGE) * high)
        if self._asked is not None:
            lowest = sum(line.high for line in self._plate_lines(self._asked))
            return QMargins(0, above, 0, round(lowest + 2.2 * _EDGE * high))
        return QMargins(0, above, 0, round(self._legend().size_px[1] + 1.6 * _EDGE * high))

    def _legend(self) -> Legend:
        high = self.height()
        room = LegendRoom(
            caption_width,
            max(round(_LEGEND * high), 1),
            self.width() - 2 * _EDGE * high,
            signs=doubt_signs(self._comparing.doubts, MarkSizes.of(high)),
        )
        return legend_of(self._session, self._comparing, room, theme_of(self))

    def _say(self) -> None:
        stop, colours = self._talk.stop, self._session.state.colours
        asked = self._talk.asked
        said = (*words_of(self._session, self._session.state.veil), stop.title)
        if (said, asked, colours) != (self._said, self._asked, self._colours):
            self._said, self._asked, self._colours = said, asked, colours
            words = [*said, *(_lines(asked) if asked else ())]
            self.setAccessibleName(" · ".join(text for text in words if text))
            self.update()
            self.edges_changed.emit()
        elif self._session.channel is not None:
            self.update()  # its legend has a line on the moment

    def _follow(self) -> None:
        """Explain what a second body has, or no longer."""
        self.update()
        self.edges_changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the words, none smaller than can be read from the back row."""
        high, look = self.height(), theme_of(self)
        edge = _EDGE * high
        phase, line, title = self._said
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        wide = self.width() - 2 * edge
        paper = QColor(look.stage_top)
        paper.setAlphaF(PAPER)

        def write(room: QRectF, flags: Qt.AlignmentFlag, text: str, face: QFont, ink: str) -> None:
            """Write a line; of a body that is seen closely much passes behind it."""
            painter.setFont(face)
            lines = QFontMetricsF(face).boundingRect(room, flags.value, text)
            if text:
                painter.fillRect(lines.adjusted(-0.2 * edge, 0.0, 0.2 * edge, 0.0), paper)
            painter.setPen(QColor(ink))
            painter.drawText(room, flags, text)

        box = QRectF(edge, 0.6 * edge, wide, 1.2 * _PHASE * high)
        write(box, left, phase, font(round(_PHASE * high), bold=True), look.text)
        face = font(round(_LINE * high))
        text = QFontMetricsF(face).elidedText(line, Qt.TextElideMode.ElideRight, wide)
        write(QRectF(edge, box.bottom(), wide, 1.3 * _LINE * high), left, text, face, look.text)
        if title:
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            taken = QFontMetricsF(font(round(_PHASE * high), bold=True)).horizontalAdvance(phase)
            free = wide - taken - edge
            text = QFontMetricsF(face).elidedText(title, Qt.TextElideMode.ElideRight, free)
            write(box, right, text, face, look.secondary)
        if self._asked is not None:
            self._paint_question(painter, self._asked)
        elif not self._session.state.veil.roles:
            made = self._legend()
            painter.translate(edge, high - 0.6 * edge - made.size_px[1])
            paint_overlay(painter, made.overlay)
        painter.end()

    def _plate_lines(self, asked: Asked) -> list[_Line]:
        """Return the question, its answers and, when it is open, the right one and the reason."""
        high = self.height()
        heading, body = font(round(_QUESTION * high), bold=True), font(round(_LINE * high))
        strong = font(round(_LINE * high), bold=True)
        texts: list[tuple[str, str, QFont]] = [("", asked.question, heading)]
        answers = _answers(asked)
        if asked.right is None:
            texts += [(letter, answer, body) for letter, answer in answers]
        else:  # the wrong ones would only cover the body now
            texts += [(*answers[asked.right], strong), ("", asked.why, body)]
        wide = self.width() - 4 * _EDGE * high
        # the answers begin below each other, whatever their letters' width
        letters = [QFontMetricsF(face).horizontalAdvance(a) for a, _, face in texts if a]
        beside = max(letters, default=0.0) + 0.6 * _LINE * high
        lines = []
        for letter, text, face in texts:
            indent = beside if letter else 0.0
            room = QRectF(0, 0, wide - indent, high)
            box = QFontMetricsF(face).boundingRect(room, _WRAPPED.value, text)
            if text:
                lines.append(_Line(letter, text, face, indent, box.height()))
        return lines

    def _paint_question(self, painter: QPainter, asked: Asked) -> None:
        """Paint a plate along the bottom with all that is asked and said."""
        look, edge = theme_of(self), _EDGE * self.height()
        lines = self._plate_lines(asked)
        high = sum(line.high for line in lines) + edge
        plate = QRectF(edge, self.height() - 0.6 * edge - high, self.width() - 2 * edge, high)
        paper = QColor(look.panel)
        paper.setAlphaF(_PAPER)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(paper)
        painter.drawRoundedRect(plate, 0.4 * edge, 0.4 * edge)
        painter.setPen(QColor(look.text))
        top = plate.top() + 0.5 * edge
        for line in lines:
            painter.setFont(line.face)
            room = QRectF(plate.left() + edge, top, plate.width() - 2 * edge, line.high)
            painter.drawText(room, _WRAPPED, line.letter)
            painter.drawText(room.adjusted(line.indent, 0.0, 0.0, 0.0), _WRAPPED, line.text)
            top += line.high


@dataclass(frozen=True)
class _Line:
    """A line or paragraph of the plate: an answer's letter, the text, how far it is set in."""

    letter: str
    text: str
    face: QFont
    indent: float
    high: float


def _answers(asked: Asked) -> list[tuple[str, str]]:
    """Return the letters and the answers, the right one marked when it is open."""
    return [
        (LETTERS[k], f"{text}   ✓" if k == asked.right else text)
        for k, text in enumerate(asked.answers)
    ]


def _lines(asked: Asked) -> list[str]:
    return [asked.question, *("   ".join(answer) for answer in _answers(asked)), asked.why]


class Audience(QWidget):
    """The audience's window.

    Parameters
    ----------
    session : Session
        What is shown.
    scenes : Scenes
        Where pictures come from.
    talk : Talk
        Cover, freezing, ink.
    teacher : BodyPair
        One body or two, and where the audience looks from.
    """

    def __init__(self, session: Session, scenes: Scenes, talk: Talk, teacher: BodyPair) -> None:
        super().__init__()
        self.setWindowTitle(tr("Hip thrust – for the audience"))
        self.setAccessibleName(self.windowTitle())
        self._session, self._talk, self._teacher = session, talk, teacher.first
        apply_theme(self, shown_theme(session.state.theme))
        self.pair = BodyPair(
            session, scenes, teacher.comparing, self,
            first=AudienceStage, second=AudienceSecond, name_share=_NAME, edge_share=_EDGE,
        )  # fmt: skip
        self.pair.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.stage = self.pair.first
        self.ink = InkView(talk, self.stage)
        self.pair.on_second(lambda second: InkView(talk, second))
        self.words = AudienceWords(session, talk, teacher.comparing, self)
        self.words.edges_changed.connect(self._cover)
        self._still: QPixmap | None = None
        session.state_changed.connect(self._show_state)
        self._teacher.orbit.moved.connect(self._look)
        talk.changed.connect(self._follow)
        self.setCursor(Qt.CursorShape.BlankCursor)
        self.pair.show_state(None, session.state)
        self._look()

    def _show_state(self, old: SessionState, new: SessionState) -> None:
        if old.theme != new.theme:
            apply_theme(self, shown_theme(new.theme))
        self.pair.show_state(old, new)

    def _look(self) -> None:
        assert isinstance(self.stage, AudienceStage)
        self.stage.follow(self._teacher)

    def _follow(self) -> None:
        """Cover, freeze, or show what there is."""
        talk = self._talk
        if talk.frozen and self._still is None:
            self._still = self.grab()
        elif not talk.frozen:
            self._still = None
        # hidden, the stage draws nothing
        live = talk.cover is Cover.NONE and not talk.frozen
        for widget in (self.pair, self.words):
            widget.setVisible(live)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        """Paint the cover, or the picture that is kept."""
        painter = QPainter(self)
        if self._talk.cover is Cover.WHITE:
            painter.fillRect(self.rect(), Qt.GlobalColor.white)
        elif self._talk.cover is Cover.BLACK or self._still is None:
            painter.fillRect(self.rect(), Qt.GlobalColor.black)
        else:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(self.rect(), self._still)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Let picture and words fill the window."""
        self.pair.setGeometry(self.rect())
        self.words.setGeometry(self.rect())
        self.words.raise_()
        self._cover()

    def _cover(self) -> None:
        self.pair.cover(self.words.edges_px)
        self._look()
