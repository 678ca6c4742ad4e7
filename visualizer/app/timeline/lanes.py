"""What a working muscle's lane on the timeline shows, and how its bars are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

from visualizer.analysis.dispute import DISPUTED_SIGN, disputed_phases, disputed_words
from visualizer.analysis.words import contraction_word, phase_word, role_word
from visualizer.app.widgets.marks import draw_mark
from visualizer.app.widgets.theme import CAPTION_PX, font, px
from visualizer.catalog.variation import Contraction, Role
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.palette import ROLE_STYLES
from visualizer.scene.symbols import MARK_WIDTH, ink_on

__all__ = [
    "HEADER_PX",
    "LANE_PX",
    "PLOT_PX",
    "Lane",
    "draw_bar",
    "lanes_of",
]

# Heights: the row of phases, the least of the plot, a lane.
HEADER_PX, PLOT_PX, LANE_PX = 22, 76, 22
_BAR_MARGIN = 2.5
_LETTER_WIDTH = 24.0
_SIGN_WIDTH = 12.0
# Marks stand this far apart: close enough to be a texture, sparse enough to be read.
_MARK_EVERY = 64.0


@dataclass(frozen=True)
class Lane:
    """A working muscle's lane.

    Attributes
    ----------
    muscle : str
        Id of the muscle or group.
    name : str
        Display name.
    role : Role
        Its role.
    contraction : mapping of PhaseId to Contraction
        Contraction in each phase of the variation.
    disputed : frozenset of PhaseId
        Phases in which the computed change of length does not fit what is stated.
    """

    muscle: str
    name: str
    role: Role
    contraction: Mapping[PhaseId, Contraction]
    disputed: frozenset[PhaseId] = frozenset()

    @property
    def tip(self) -> str:
        """Name, role and contractions in words, for a tool tip."""
        phases = ", ".join(
            f"{phase_word(phase)}: {contraction_word(kind)}"
            for phase, kind in self.contraction.items()
        )
        said = f"{self.name}, {role_word(self.role)}. {phases}."
        return f"{said}\n{DISPUTED_SIGN} {disputed_words()}" if self.disputed else said


def lanes_of(repetition: Repetition, language: str) -> tuple[Lane, ...]:
    """Return the lanes of a repetition: prime movers, then synergists, then stabilizers."""
    order = list(Role)
    return tuple(
        Lane(
            action.muscle,
            repetition.name_of(action, language),
            action.role,
            {p.id: repetition.contraction(action, p.id) for p in repetition.variation.phases},
            disputed_phases(action, repetition),
        )
        for action in sorted(repetition.variation.muscles, key=lambda a: order.index(a.role))
    )


def draw_bar(
    painter: QPainter,
    box: QRectF,
    role: Role,
    contraction: Contraction,
    *,
    letter: bool,
    disputed: bool = False,
    ring: QColor | None = None,
) -> None:
    """Draw one phase of a lane, in pixels.

    Parameters
    ----------
    painter : QPainter
        Antialiased, its unit is the pixel.
    box : QRectF
        The phase's part of the lane.
    role, contraction : Role, Contraction
        Colour and texture.
    letter : bool
        Whether the role's letter stands at the start.
    disputed : bool
        Whether a question mark stands at the end: the model does not bear it out.
    ring : QColor, optional
        Line round the bar of a selected muscle.
    """
    style = ROLE_STYLES[role]
    bar = box.adjusted(1.0, _BAR_MARGIN, -1.0, -_BAR_MARGIN)
    if bar.width() <= 0:
        return
    ink = QColor(ink_on(style.colour))
    painter.setPen(QPen(ring, 2.0) if ring is not None else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(style.colour))
    painter.drawRoundedRect(bar, 3, 3)
    painter.save()
    clip = QPainterPath()
    clip.addRect(bar)
    painter.setClipPath(clip, Qt.ClipOperation.IntersectClip)
    left = bar.left() + 4.0
    if letter:
        painter.setPen(ink)
        painter.setFont(font(px(CAPTION_PX), bold=True))
        place = QRectF(left, bar.top(), px(_LETTER_WIDTH), bar.height())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, flags, style.letter)
        left += px(_LETTER_WIDTH)
    right = bar.right() - 4.0
    if disputed:
        painter.setPen(ink)
        painter.setFont(font(px(CAPTION_PX), bold=True))
        place = QRectF(right - px(_SIGN_WIDTH), bar.top(), px(_SIGN_WIDTH), bar.height())
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, DISPUTED_SIGN)
        right -= px(_SIGN_WIDTH)
    room = right - left
    count = int(room // px(_MARK_EVERY)) or int(room >= px(MARK_WIDTH))
    for k in range(count):
        x = left + room * (k + 0.5) / count
        draw_mark(painter, QPointF(x, bar.center().y()), contraction, ink)
    painter.restore()
