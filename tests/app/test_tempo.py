"""The tempo: chosen in the window, followed by the clock, the plots, the lanes, the inspector."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from tests.helpers.window import MakeWindow, timeline_of
from visualizer.app.session.player import Player
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.app.session.settings import Settings, load_settings, save_settings
from visualizer.app.session.state import SessionState
from visualizer.app.timeline.tempo_panel import TempoPanel
from visualizer.exercise.tempo import Tempo
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId

SLOW = Tempo(lowering_s=4.0, pause_s=1.0, lift_s=2.0)


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> TempoPanel:
    made = TempoPanel(session)
    qtbot.addWidget(made)
    made.show()
    return made


def test_another_tempo_keeps_the_moment_and_solves_nothing_anew(session: Session) -> None:
    usual = session.repetition
    session.go_to(Playhead(PhaseId.LOWERING, 0.25))
    session.show_newest()
    seen = []
    session.instant_changed.connect(lambda instant: seen.append(instant.time_s))
    session.change(tempo=SLOW)
    assert [s.seconds for s in session.repetition.schedule.spans] == [2.0, 1.0, 4.0]
    assert session.playhead == Playhead(PhaseId.LOWERING, 0.25)
    assert seen == [4.0]
    assert session.repetition.motion is usual.motion
    assert session.repetition.usual is usual
    session.change(tempo=None)
    assert session.repetition is usual


def test_a_hold_that_is_left_out_becomes_the_end_of_the_lift(session: Session) -> None:
    session.go_to(Playhead(PhaseId.HOLD, 0.5))
    session.show_newest()
    session.change(tempo=Tempo(2.0, 0.0, 1.0))
    assert session.playhead == Playhead(PhaseId.LIFT, 1.0)


def test_every_variation_takes_the_tempo_and_shares_its_scene(
    session: Session, scenes: Scenes
) -> None:
    scene = scenes.stage(session.repetition)
    session.change(tempo=SLOW)
    assert scenes.stage(session.repetition) is scene
    session.change(variation="glute-bridge")
    assert session.repetition.schedule.duration_s == 7.0


def test_the_clock_follows_the_tempo(session: Session) -> None:
    player = Player(session)
    session.change(tempo=SLOW, playing=True)
    player.advance(1.0)
    assert session.playhead == Playhead(PhaseId.LIFT, 0.5)


def test_what_has_a_time_axis_follows(make_window: MakeWindow) -> None:
    window = make_window()
    timeline = timeline_of(window)
    window.session.change(tempo=SLOW)
    assert timeline.window_.duration_s == 7.0
    assert timeline.plot.plot is not None
    assert timeline.plot.plot.time_s[-1] == 7.0
    assert window.transport.tempo.text() == "4-0-2-1"
    assert "Lowering 4 s" in window.transport.tempo.accessibleName()
    assert window.actions_["usual_tempo"].isEnabled()
    window.actions_["usual_tempo"].trigger()
    assert timeline.window_.duration_s == 3.5
    assert window.transport.tempo.text() == "2-0-1-0.5"


def test_the_panel_takes_steps_and_what_coaches_write(
    session: Session, panel: TempoPanel, qtbot: QtBot
) -> None:
    panel.lowering.stepUp()
    assert session.state.tempo == Tempo(2.5, 0.5, 1.0)
    panel.written.selectAll()
    qtbot.keyClicks(panel.written, "3-0-x-1")
    panel.written.editingFinished.emit()
    assert session.state.tempo == Tempo(3.0, 1.0, 0.5)
    assert panel.written.text() == "3-0-0.5-1"
    panel.reset.click()
    assert session.state.tempo is None


def test_a_wrong_tempo_is_said_and_changes_nothing(
    session: Session, panel: TempoPanel, qtbot: QtBot
) -> None:
    panel.written.selectAll()
    qtbot.keyClicks(panel.written, "3-2-1-0")
    panel.written.editingFinished.emit()
    assert "no pause at the bottom" in panel.note.text()
    assert session.state.tempo is None


def test_the_tempo_is_remembered(session: Session, tmp_path: Path) -> None:
    kept = Settings(state=SessionState("glute-bridge", tempo=SLOW).to_remember())
    save_settings(tmp_path / "settings.json", kept)
    assert load_settings(tmp_path / "settings.json").state.tempo == SLOW
    broken = (tmp_path / "settings.json").read_text("utf-8").replace("4.0", "4000.0")
    (tmp_path / "settings.json").write_text(broken, "utf-8")
    assert load_settings(tmp_path / "settings.json") == Settings()
