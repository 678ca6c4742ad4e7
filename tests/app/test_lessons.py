"""Lessons and links in the window: found, presented stop by stop, copied, pasted, opened."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from tests.helpers.window import Turn, child
from visualizer.analysis.veil import COVERED, OPEN
from visualizer.app.classroom.lessons import LessonMenu, talk_stops
from visualizer.app.classroom.show import Show
from visualizer.app.classroom.talk import TalkStop
from visualizer.app.window.main_window import MainWindow
from visualizer.catalog.variation import Role
from visualizer.exercise.loop_range import LoopRange
from visualizer.exercise.tempo import Tempo
from visualizer.lifts.base import ViewName
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId
from visualizer.teaching.lesson_file import find_lessons
from visualizer.teaching.link import link_of
from visualizer.teaching.moment import Moment, OtherBody

LINK = "hipthrust:glute-bridge/lowering/0.25?side=right&view=front&labels=1&xray=0"


@pytest.fixture
def show(window: MainWindow, turn: Turn) -> Iterator[Show]:
    window.stage.orbit.duration_ms = 0
    lessons, _ = find_lessons(window.session.catalog)
    file = next(f for f in lessons if f.id == "concentric-eccentric-isometric")
    window.classroom.present_lesson(file)
    assert window.classroom.show is not None
    turn()
    yield window.classroom.show
    if window.classroom.show is not None:
        window.classroom.show.end()


def lesson_menu(window: MainWindow) -> LessonMenu:
    teach = window.actions_.menus["teach"]
    assert isinstance(teach, QMenu)
    menu = child(teach, LessonMenu)
    menu.fill()
    return menu


def test_the_menu_lists_what_ships_what_is_the_users_and_what_is_wrong(window: MainWindow) -> None:
    own = window.data_folder
    own.mkdir(parents=True)
    good = f'lesson = 1\ntitle = {{ en = "Mine & yours" }}\n[[stops]]\nmoment = "{LINK}"\n'
    (own / "mine.lesson.toml").write_text(good)
    (own / "bad.lesson.toml").write_text(good.replace("glute-bridge", "glute-brigde"))
    actions = lesson_menu(window).actions()
    texts = [a.text() for a in actions if a.isEnabled()]
    assert {"Concentric, eccentric, isometric", "Mine && yours"} <= set(texts)
    assert len(texts) >= 4
    (wrong,) = [a.text() for a in actions if not a.isEnabled() and not a.isSeparator()]
    assert "bad.lesson.toml" in wrong
    assert "glute-bridge" in wrong  # the nearest name


def test_next_plays_a_phase_uncovers_an_answer_and_only_then_leads_on(
    window: MainWindow, show: Show, turn: Turn
) -> None:
    talk, session = show.talk, window.session
    for _ in range(100):
        index, stop = talk.index, talk.stop
        turn()
        if stop.plays:
            talk.forward()
            assert talk.index == index
            assert session.state.playing
            while session.state.playing:
                window.player.advance(0.05)
            assert session.playhead.fraction == 1.0
            for _ in range(stop.plays - 1):
                talk.forward()
                session.change(playing=False)
        if stop.question is not None and stop.question.right is not None:
            assert session.state.veil
            assert talk.asked is not None
            assert talk.asked.right is None
            talk.forward()
            assert talk.index == index
            assert talk.asked.right is not None
            assert not session.state.veil
        if talk.following is None:
            break
        talk.forward()
        assert talk.index == index + 1
    assert talk.following is None


def test_every_shipped_lesson_can_be_presented(window: MainWindow) -> None:
    lessons, problems = find_lessons(window.session.catalog)
    assert problems == ()
    assert len(lessons) == 3
    for file in lessons:
        stops = talk_stops(file.lesson, window.session)
        assert len(stops) == len(file.lesson.stops)
        for own, stop in zip(file.lesson.stops, stops, strict=True):
            assert (stop.question is None) == (own.predict is None and own.question is None)


# ------------------------------------------------------------------------------------- links
def test_a_link_comes_back_from_the_clipboard(window: MainWindow, turn: Turn) -> None:
    window.stage.orbit.duration_ms = 0
    window.classroom.open_text(LINK)
    turn()
    assert window.session.state.variation == "glute-bridge"
    assert window.session.playhead == Playhead(PhaseId.LOWERING, 0.25)
    window.classroom.copy_link()
    copied = QGuiApplication.clipboard().text()
    assert copied == LINK
    window.session.change(variation="barbell-hip-thrust")
    window.classroom.paste_link()
    turn()
    assert window.session.state.variation == "glute-bridge"


moments = st.builds(
    Moment,
    st.sampled_from(["barbell-hip-thrust", "glute-bridge"]),
    st.builds(Playhead, st.sampled_from([PhaseId.LIFT, PhaseId.LOWERING]), st.floats(0, 1)),
    view=st.sampled_from(list(ViewName)),
    labels=st.booleans(),
    xray=st.booleans(),
    swelling=st.booleans(),
    skin=st.booleans(),
    tempo=st.sampled_from([None, Tempo(3.0, 1.0, 1.5)]),
    muscle=st.sampled_from([None, "gluteus_maximus", "hamstrings"]),
    other=st.none() | st.builds(OtherBody, st.sampled_from(["glute-bridge", "banded-hip-thrust"])),
    overlaid=st.booleans(),
    only=st.sampled_from([None, *Role]),
    marked=st.sampled_from(
        [None, LoopRange(Playhead(PhaseId.LIFT, 0.5), Playhead(PhaseId.LOWERING, 0.25))]
    ),
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moment=moments)
def test_any_moment_that_is_shown_is_taken_as_it_was(
    window: MainWindow, turn: Turn, moment: Moment
) -> None:
    window.stage.orbit.duration_ms = 0
    window.classroom.open_text(link_of(moment))
    turn()
    assert window.classroom.moments.now() == moment


def test_what_is_no_link_is_told_in_one_sentence(window: MainWindow) -> None:
    before = window.session.state
    for text in (
        "", "hipthrust:", "hipthrust:../../etc/passwd/lift/0", "https://example.org", "x" * 100_000,
        "hipthrust:glute-brigde/lift/0", "missing.lesson.toml", "\0.lesson.toml",
    ):  # fmt: skip
        window.banner.message.setText("")
        window.classroom.open_text(text)
        said = window.banner.message.text()
        assert said, text[:80]
        assert "\n" not in said.strip()
        assert "Traceback" not in said
        assert window.session.state == before


def test_a_lesson_opens_by_its_path(window: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "mine.lesson.toml"
    path.write_text(f'lesson = 1\ntitle = {{ en = "Mine" }}\n[[stops]]\nmoment = "{LINK}"\n')
    window.classroom.open_text(str(path))
    assert window.classroom.show is not None
    window.classroom.show.end()


def test_nothing_stays_hidden_when_nobody_is_left_to_uncover_it(
    window: MainWindow, turn: Turn
) -> None:
    hidden = Moment("barbell-hip-thrust", veil=COVERED)
    window.classroom.present([TalkStop(hidden)])
    turn()
    assert not window.panels.shown("inspector")
    assert window.classroom.show is not None
    window.classroom.show.end()
    assert window.session.state.veil is OPEN
    assert window.panels.shown("inspector")
    # a link may hide, too; the step back uncovers it
    window.classroom.open_text(link_of(hidden))
    turn()
    assert window.session.state.veil == COVERED
    assert window.actions_["deselect"].isEnabled()
    window.actions_["deselect"].trigger()
    assert window.session.state.veil is OPEN
