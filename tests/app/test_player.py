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
    session.seek(session.repetition.duration_s - 0.05)
    player.advance(0.15)
    assert session.wanted_s == pytest.approx(0.1)
    assert not session.state.playing


def test_without_loop_it_stops_at_the_end_and_starts_again_from_the_beginning(session, player):
    session.change(loop=False)
    session.seek(session.repetition.duration_s - 0.05)
    player.toggle()
    player.advance(0.2)
    assert session.wanted_s == session.repetition.duration_s
    assert not session.state.playing
    assert not player.running
    player.toggle()
    assert session.wanted_s == 0.0
    assert session.state.playing
    player.toggle()


def test_real_time_passes(session, player, qtbot):
    moments = []
    session.moment_changed.connect(moments.append)
    player.toggle()
    qtbot.waitUntil(lambda: len(moments) >= 5)
    player.toggle()
    times = [m.time_s for m in moments]
    assert times == sorted(times)
    assert times[-1] > 0
