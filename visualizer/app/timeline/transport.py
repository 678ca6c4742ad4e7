"""The row between stage and timeline: play, step, loop, speed, and where the repetition is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from visualizer.analysis.words import phase_doing, phase_word
from visualizer.app.session.session import Session
from visualizer.app.session.state import SPEEDS, SessionState, load_alone, other_repetition
from visualizer.app.widgets.controls import Choice, MenuButton, label
from visualizer.app.widgets.keys import key_text
from visualizer.app.widgets.theme import BODY_PX, HEADING_PX, font, icon, px, theme_of
from visualizer.exercise.repetition import Instant
from visualizer.exercise.tempo import notation
from visualizer.lifts.vocabulary import PhaseId
from visualizer.texts import tr
from visualizer.texts.figures import figure, seconds

if TYPE_CHECKING:
    from visualizer.app.timeline.tempo_panel import TempoPanel

__all__ = ["Transport"]

_EDGE_PX = 12
_WIDE_TEMPO = "2.5-0-2.5-0.5"
_SPEED_TEXT = {0.25: "¼×", 0.5: "½×", 1.0: "1×", 2.0: "2×"}


class Transport(QWidget):
    """Buttons for the given actions, speed, and the read-out.

    Parameters
    ----------
    session : Session
        What is played.
    actions : sequence of QAction
        To start, step back, play, step forward, to end, loop; in this order.
    """

    def __init__(
        self, session: Session, actions: Sequence[QAction], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("zone")
        self.setAccessibleName(tr("Playback"))
        self._session = session
        row = QHBoxLayout(self)
        row.setContentsMargins(_EDGE_PX, 4, _EDGE_PX, 4)
        row.setSpacing(4)
        self.buttons: dict[str, QToolButton] = {}
        for action in actions:
            button = self.buttons[action.objectName()] = QToolButton()
            button.setDefaultAction(action)
            button.setIconSize(QSize(px(20), px(20)))
            button.setFixedSize(px(34), px(32))
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
            action.changed.connect(lambda a=action, b=button: _name(b, a))
            _name(button, action)
            row.addWidget(button)
        row.addSpacing(12)
        self.speed = Choice(
            tr("Playback speed"),
            [(s, _SPEED_TEXT[s], tr("Speed {}").format(_SPEED_TEXT[s])) for s in SPEEDS],
        )
        self.speed.chosen.connect(lambda speed: session.change(speed=speed))
        row.addWidget(self.speed)
        self.tempo = MenuButton()
        self.tempo.clicked.connect(self.show_tempo_panel)
        self.tempo.setText(_WIDE_TEMPO)
        self.tempo.setFixedWidth(self.tempo.sizeHint().width())
        self._look = theme_of(self)
        self._panel: TempoPanel | None = None
        row.addWidget(self.tempo)
        row.addSpacing(12)
        self.phase = label("", wrap=False)
        self.angles = label("", "secondary", wrap=False)
        self.angles.setFont(font(px(BODY_PX)))
        # widths for the longest text: nothing moves while the figures change
        self._phase_px = {size: self._phase_width(size) for size in (HEADING_PX, BODY_PX)}
        self._write_phase(HEADING_PX)
        row.addWidget(self.phase)
        row.addSpacing(8)
        longest = self._angles_text(100.0, 100.0)
        self._angles_px = QFontMetrics(font(px(BODY_PX))).horizontalAdvance(longest)
        row.addWidget(self.angles)
        row.addSpacing(16)
        # until the first play: what a newcomer does first
        self.hint = label(self._hint_text(), "strong", wrap=False)
        for action in actions:
            action.changed.connect(lambda: self.hint.setText(self._hint_text()))
        self.hint.setVisible(not session.state.played)
        row.addWidget(self.hint)
        row.addStretch(1)
        self.setFixedHeight(px(44))
        self.show_state(None, session.state)
        self.show_instant(session.instant)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Leave out what would be cut: the angles, which the key of the curves has as well.

        Then the tempo and the speeds, which the menu has.
        """
        super().resizeEvent(event)
        # smaller where even all that stays would be cut
        room = self.width() - 2 * _EDGE_PX - self._px() + self.phase.minimumWidth()
        self._write_phase(HEADING_PX if room >= self._phase_px[HEADING_PX] else BODY_PX)
        room = self._room_px
        self._show_texts()
        self.tempo.setVisible(room >= 0)
        self.speed.setVisible(room + self.tempo.minimumWidth() >= 0)
        layout = self.layout()
        assert layout is not None
        layout.activate()  # it has shared the room before

    def _phase_width(self, size: int) -> int:
        """Return the width of the longest phase in letters of a size."""
        metrics = QFontMetrics(font(px(size), bold=True))
        return max(metrics.horizontalAdvance(self._phase_text(p, 1.0)) for p in PhaseId) + 12

    def _write_phase(self, size: int) -> None:
        """Write the phase in letters of a size."""
        if self.phase.minimumWidth() != self._phase_px[size]:
            self.phase.setFont(font(px(size), bold=True))
            self.phase.setFixedWidth(self._phase_px[size])

    @property
    def _room_px(self) -> int:
        """The room behind the phase; negative where not even all of that fits."""
        return self.width() - self._px(self.speed, self.tempo) - 2 * _EDGE_PX

    def _px(self, *left_out: QWidget) -> int:
        """Return the width of all up to the phase; what may be left out counts where it is named.

        It depends on the window's stylesheet and on the tempo, so it is asked for anew.
        """
        row, wide = self.layout(), 0
        assert row is not None
        for k in range(row.indexOf(self.angles)):
            item = row.itemAt(k)
            assert item is not None
            widget = item.widget()
            if widget is None:
                wide += item.sizeHint().width()
            elif widget not in (self.speed, self.tempo) or widget in left_out:
                least, most = widget.minimumSize(), widget.maximumSize()
                size = widget.sizeHint().expandedTo(least).boundedTo(most)
                wide += size.width() + row.spacing()
        return wide

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the room for what is never left out."""
        spared = self.phase.minimumWidth() - min(self._phase_px.values())
        return QSize(self._px() + 2 * _EDGE_PX - spared, self.height())

    def show_state(self, old: SessionState | None, new: SessionState) -> None:
        """Show speed and tempo; the buttons follow their actions."""
        if load_alone(old, new):
            return
        self.speed.show_value(new.speed)
        if other_repetition(old, new) or theme_of(self) != self._look:
            self._look = theme_of(self)
            self._show_tempo()
        if self._panel is not None:
            self._panel.show_state(new)
        self._show_texts()

    def _show_tempo(self) -> None:
        phases = self._session.variation.phases
        written = notation(phases)
        parts = ", ".join(f"{phase_word(p.id)} {seconds(p.seconds)}" for p in phases)
        self.tempo.setText(written)
        self.tempo.setToolTip(tr("Tempo: {}").format(parts) + "\n" + tr("Change the tempo"))
        self.tempo.setAccessibleName(tr("Tempo: {}").format(parts))
        self.tempo.show_chevron(icon("chevron-down", self._look.secondary))
        self._show_texts()

    def show_tempo_panel(self) -> None:
        """Ask for the tempo."""
        # not before it is asked for: start-up counts
        from visualizer.app.timeline.tempo_panel import TempoPanel

        if self._panel is None:
            self._panel = TempoPanel(self._session, self)
        self._panel.open_above(self.tempo if self.tempo.isVisible() else self)

    def show_instant(self, instant: Instant) -> None:
        """Show phase, share and angles; never emits."""
        self.phase.setText(self._phase_text(instant.phase, instant.fraction))
        hip, knee = instant.hip_flexion_rad, instant.knee_flexion_rad
        self.angles.setText(self._angles_text(math.degrees(hip), math.degrees(knee)))

    def show_hover(self, muscle: str | None) -> None:
        """Nothing here depends on it."""

    def _hint_text(self) -> str:
        button = self.buttons.get("play")
        key = key_text([button.defaultAction().shortcut().toString()]) if button else ""
        if not key:
            return tr("Drag the timeline to any moment")
        return tr("{key} plays; drag the timeline to any moment").format(key=key)

    def _show_texts(self) -> None:
        """Show the angles and, as long as nobody has begun, how to begin, each whole or not at all.

        Where only one of them fits, a newcomer is told how to begin.
        """
        room, hint = self._room_px, self.hint.sizeHint().width() + 16
        begins = not self._session.state.played and hint <= room
        self.hint.setVisible(begins)
        self.angles.setVisible(self._angles_px <= room - hint * begins)

    def _angles_text(self, hip_deg: float, knee_deg: float) -> str:
        return tr("hip {hip}° · knee {knee}°").format(hip=figure(hip_deg), knee=figure(knee_deg))

    def _phase_text(self, phase: PhaseId, fraction: float) -> str:
        return f"{phase_doing(phase)} · {round(fraction * 100)} %"


def _name(button: QToolButton, action: QAction) -> None:
    """Say what the button does now: play, or pause."""
    button.setAccessibleName(action.text().replace("&", ""))
