"""Choosing what has not been shown yet: the window goes on, and the last choice counts."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any, NoReturn, TypeVar

import numpy as np
import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from tests.helpers.window import MakeWindow, Turn, timeline_of
from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.muscle import Side
from visualizer.app.library.library import Library
from visualizer.app.session import session as session_module
from visualizer.app.session.chooser import Chooser
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.app.session.worker import Worker
from visualizer.catalog.catalog import Catalog
from visualizer.errors import PoseError, VisualizerError
from visualizer.exercise.repetition import Repetition

BARBELL, SINGLE, BRIDGE = "barbell-hip-thrust", "single-leg-hip-thrust", "glute-bridge"


T = TypeVar("T")


class Later:
    """Keeps jobs until the test does them."""

    def __init__(self) -> None:
        self.waiting: list[tuple[Any, Any, Any]] = []

    def run(
        self,
        job: Callable[[], T],
        done: Callable[[T], object],
        failed: Callable[[VisualizerError], object],
        *,
        owner: QObject,
        urgent: bool = False,
        apart: bool = False,
    ) -> None:
        self.waiting.append((job, done, failed))

    def do(self, index: int = 0) -> None:
        job, done, failed = self.waiting.pop(index)
        try:
            result = job()
        except PoseError as error:
            failed(error)
        else:
            done(result)

    def soon(self, step: Callable[[], object], owner: QObject) -> None:
        step()

    def stop(self) -> None:
        self.waiting.clear()


@pytest.fixture
def later() -> Later:
    return Later()


@pytest.fixture
def chooser(session: Session, scenes: Scenes, later: Later) -> Chooser:
    return Chooser(session, scenes, later)


def test_what_is_shown_stays_until_the_choice_is_ready(
    session: Session, chooser: Chooser, later: Later
) -> None:
    marked: list[object] = []
    chooser.wanted_changed.connect(marked.append)
    shown = session.repetition
    chooser.choose_variation(BRIDGE)
    assert marked == [BRIDGE]
    assert chooser.wanted == BRIDGE
    assert session.repetition is shown
    assert session.state.variation == BARBELL
    later.do()
    assert session.state.variation == session.variation.id == BRIDGE
    assert marked == [BRIDGE, BRIDGE]


def test_of_several_choices_the_last_counts_whatever_comes_back_first(
    session: Session, chooser: Chooser, later: Later
) -> None:
    shown = []
    session.state_changed.connect(lambda old, new: shown.append(new.variation))
    chooser.choose_variation(BRIDGE)
    job, done, _ = later.waiting.pop()
    late = job()
    chooser.choose_variation(SINGLE)
    later.do()
    done(late)
    assert shown == [SINGLE]
    # the late one is kept, so that it need not be solved again
    assert session.known(BRIDGE, Side.RIGHT) is late[0]


def test_what_was_solved_for_another_meanwhile_is_shown_with_the_scenes_got_ready(
    session: Session, scenes: Scenes, chooser: Chooser, later: Later
) -> None:
    """Else the window makes the scenes once more, in one long turn."""
    chooser.choose_variation(BRIDGE)
    other = session.solve(BRIDGE, Side.RIGHT)  # as the thumbnails' job does
    later.do()
    assert session.repetition is other
    assert scenes.has(session.repetition)


def test_going_back_to_what_is_shown_lets_go_of_the_choice(
    session: Session, scenes: Scenes, chooser: Chooser, later: Later
) -> None:
    scenes.stage(session.repetition), scenes.chart(session.repetition)
    chooser.choose_variation(BRIDGE)
    chooser.choose_variation(BARBELL)
    later.do()
    assert session.state.variation == chooser.wanted == BARBELL


def test_a_side_and_a_variation_chosen_together_both_count(
    session: Session, chooser: Chooser, later: Later
) -> None:
    chooser.choose_variation(SINGLE)
    chooser.choose_side(Side.LEFT)
    later.do()
    later.do()
    assert (session.state.variation, session.state.side) == (SINGLE, Side.LEFT)
    assert session.repetition.side is Side.LEFT


def test_a_choice_that_the_body_cannot_do_is_refused_and_the_mark_goes_back(
    session: Session, chooser: Chooser, later: Later, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    marked: list[object] = []
    chooser.refused.connect(told.append)
    chooser.wanted_changed.connect(marked.append)

    def refuse(*args: object) -> NoReturn:
        raise PoseError("it cannot")

    monkeypatch.setattr(session_module, "Repetition", refuse)
    chooser.choose_variation(BRIDGE)
    later.do()
    assert [str(e) for e in told] == ["it cannot"]
    assert marked == [BRIDGE, BARBELL]
    assert session.state.variation == BARBELL
    chooser.choose_variation("gone")
    assert len(told) == 2
    assert later.waiting == []


def test_what_was_got_ready_of_older_data_is_dropped(
    session: Session, chooser: Chooser, later: Later, catalog: Catalog
) -> None:
    chooser.choose_variation(BRIDGE)
    job, done, _ = later.waiting.pop()
    old = job()
    session.replace_data(replace(catalog))
    done(old)
    assert session.state.variation == BARBELL
    assert session.known(BRIDGE, Side.RIGHT) is None


def test_the_window_shows_the_choice_at_once_and_turns_while_it_is_solved(
    make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot, turn: Turn
) -> None:
    window = make_window(jobs=Worker())
    gate, threads = threading.Event(), []
    solve = Repetition

    def held(*args: Any, **fields: Any) -> Any:
        threads.append(threading.get_ident())
        assert gate.wait(30)
        return solve(*args, **fields)

    monkeypatch.setattr(session_module, "Repetition", held)
    card = next(c for c in window.views.of(Library).cards if c.variation.id == BRIDGE)
    card.click()
    turn()  # the event loop turns although the solving has not come to its end
    assert window.session.variation.id == BARBELL
    assert [c.variation.id for c in window.views.of(Library).cards if c.isChecked()] == [BRIDGE]
    window.session.change(xray=True)
    assert [c.variation.id for c in window.views.of(Library).cards if c.isChecked()] == [BRIDGE]
    gate.set()
    qtbot.waitUntil(lambda: window.session.variation.id == BRIDGE, timeout=20_000)
    qtbot.waitUntil(lambda: {x.muscle for x in timeline_of(window).lanes} == {
        a.muscle for a in window.session.variation.muscles
    })  # fmt: skip
    assert set(threads).isdisjoint({threading.get_ident()})


def test_two_threads_pose_skeleton_and_body_without_disturbing_each_other(
    body: BodyModel, session: Session
) -> None:
    skeleton, surface = body.skeleton, body.surface
    motion = session.repetition.motion
    q = [motion.at(share) for share in np.linspace(0.0, 1.0, 8)]

    def pose(k: int) -> Any:
        pose = skeleton.pose_at(q[k])
        return pose.tendon_length_m, surface.frames(pose).copy()

    alone = [pose(k) for k in range(len(q))]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(pose, list(range(len(q))) * 12))
    for k, (lengths, frames) in enumerate(together):
        np.testing.assert_array_equal(lengths, alone[k % len(q)][0])
        np.testing.assert_array_equal(frames, alone[k % len(q)][1])
