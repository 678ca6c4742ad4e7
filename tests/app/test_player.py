"""The clock of a repetition: speed, loop, holding, and the end of a phase."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from visualizer.app.session.player import Player
from visualizer.app.session.session import Session
from visualizer.exercise.repetition import Instant


@pytest.fixture
def player(session: Session) -> Player:
    return Player(session)


def test_it_ticks_only_while_playing(session: Session, player: Player) -> None:
    assert not player.running
    player.toggle()
    assert session.state.playing
    assert player.running
    player.toggle()
    assert not player.running


def test_speed_scales_real_time(session: Session, player: Player) -> None:
    session.change(speed=0.25)
    player.advance(0.4)
    assert session.wanted_s == pytest.approx(0.1)


def test_the_loop_starts_again(session: Session, player: Player) -> None:
    session.seek(session.repetition.schedule.duration_s - 0.05)
    player.advance(0.15)
    assert session.wanted_s == pytest.approx(0.1)
    assert not session.state.playing


def test_without_loop_it_stops_at_the_end_and_starts_again_from_the_beginning(
    session: Session, player: Player
) -> None:
    session.change(loop=False)
    session.seek(session.repetition.schedule.duration_s - 0.05)
    player.toggle()
    player.advance(0.2)
    assert session.wanted_s == session.repetition.schedule.duration_s
    assert not session.state.playing
    assert not player.running
    player.toggle()
    assert session.wanted_s == 0.0
    assert session.state.playing
    player.toggle()


def test_real_time_passes(session: Session, player: Player, qtbot: QtBot) -> None:
    instants: list[Instant] = []
    session.instant_changed.connect(instants.append)
    player.toggle()
    qtbot.waitUntil(lambda: len(instants) >= 5)
    player.toggle()
    times = [m.time_s for m in instants]
    assert times == sorted(times)
    assert times[-1] > 0


def test_while_a_hand_holds_the_moment_the_clock_waits(session: Session, player: Player) -> None:
    session.change(playing=True)
    session.seek(1.0)
    session.hold(player)
    assert not player.running
    player.advance(0.5)
    assert session.wanted_s == 1.0
    session.let_go(player)
    assert player.running
    player.advance(0.25)
    assert session.wanted_s == pytest.approx(1.25)
    player.toggle()


def test_letting_go_does_not_start_what_was_not_playing(session: Session, player: Player) -> None:
    session.hold(player)
    session.let_go(player)
    assert not player.running
    assert not session.state.playing


def test_two_hands_hold_until_both_let_go(
    session: Session, player: Player, qapp: QApplication
) -> None:
    told: list[object] = []
    session.held_changed.connect(told.append)
    session.change(playing=True)
    session.hold(player)
    session.hold(qapp)
    session.let_go(player)
    assert not player.running
    session.let_go(qapp)
    session.let_go(qapp)
    assert player.running
    assert told == [True, False]
    player.toggle()


def test_a_held_end_is_not_thrown_back_when_playing_begins(
    session: Session, player: Player
) -> None:
    session.seek(session.repetition.schedule.duration_s)
    session.hold(player)
    player.toggle()
    assert session.wanted_s == session.repetition.schedule.duration_s
    player.toggle()
    session.let_go(player)


def test_a_moment_gone_to_by_key_or_wheel_is_seen_before_the_clock_goes_on(
    session: Session, player: Player
) -> None:
    session.change(playing=True)
    end_s = session.repetition.schedule.duration_s
    session.nudge(end_s)
    player.advance(0.3)
    assert session.wanted_s == end_s
    session.nudge(end_s - 0.05)
    player.advance(0.6)
    assert session.wanted_s == end_s - 0.05
    player.advance(0.2)
    assert session.wanted_s == pytest.approx(0.05)
    player.toggle()


def test_play_goes_at_once_whatever_was_sought_before(session: Session, player: Player) -> None:
    session.nudge(1.0)
    player.toggle()
    player.advance(0.1)
    assert session.wanted_s == pytest.approx(1.1)
    player.toggle()
