import pytest

from visualizer.app.player import Player


@pytest.fixture
def player(session):
    return Player(session)


def test_it_ticks_only_while_playing(session, player):
    assert not player.running
    player.toggle()
    assert session.state.playing
    assert player.running
    player.toggle()
    assert not player.running


def test_speed_scales_real_time(session, player):
    session.change(speed=0.25)
    player.advance(0.4)
    assert session.wanted_s == pytest.approx(0.1)


def test_the_loop_starts_again(session, player):
    session.seek(session.repetition.schedule.duration_s - 0.05)
    player.advance(0.15)
    assert session.wanted_s == pytest.approx(0.1)
    assert not session.state.playing


def test_without_loop_it_stops_at_the_end_and_starts_again_from_the_beginning(session, player):
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


def test_real_time_passes(session, player, qtbot):
    instants = []
    session.instant_changed.connect(instants.append)
    player.toggle()
    qtbot.waitUntil(lambda: len(instants) >= 5)
    player.toggle()
    times = [m.time_s for m in instants]
    assert times == sorted(times)
    assert times[-1] > 0


def test_while_a_hand_holds_the_moment_the_clock_waits(session, player):
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


def test_letting_go_does_not_start_what_was_not_playing(session, player):
    session.hold(player)
    session.let_go(player)
    assert not player.running
    assert not session.state.playing


def test_two_hands_hold_until_both_let_go(session, player, qapp):
    told = []
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


def test_a_held_end_is_not_thrown_back_when_playing_begins(session, player):
    session.seek(session.repetition.schedule.duration_s)
    session.hold(player)
    player.toggle()
    assert session.wanted_s == session.repetition.schedule.duration_s
    player.toggle()
    session.let_go(player)


def test_a_moment_gone_to_by_key_or_wheel_is_seen_before_the_clock_goes_on(session, player):
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


def test_play_goes_at_once_whatever_was_sought_before(session, player):
    session.nudge(1.0)
    player.toggle()
    player.advance(0.1)
    assert session.wanted_s == pytest.approx(1.1)
    player.toggle()
