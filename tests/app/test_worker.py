"""Jobs beside the window: their order, their results, and what is dropped when the owner is gone."""

import threading
from collections.abc import Iterator
from functools import partial
from typing import Any, NoReturn

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from tests.helpers.window import Turn
from visualizer.app.session.worker import Worker
from visualizer.errors import UsageError


@pytest.fixture
def worker(qapp: QApplication) -> Iterator[Worker]:
    made = Worker()
    yield made
    made.stop()


def test_a_job_is_done_beside_the_window_and_handed_over_in_it(
    worker: Worker, qapp: QApplication, qtbot: QtBot
) -> None:
    told: list[Any] = []

    def note() -> int:
        return threading.get_ident()

    worker.run(
        note, lambda ident: told.append((ident, threading.get_ident())), told.append, owner=qapp
    )
    qtbot.waitUntil(lambda: len(told) == 1)
    (at_work, handed_over) = told[0]
    assert handed_over == threading.get_ident() != at_work


def test_urgent_jobs_go_before_the_others_and_each_kind_in_its_order(
    worker: Worker, qapp: QApplication, qtbot: QtBot
) -> None:
    gate = threading.Event()
    told: list[object] = []
    worker.run(gate.wait, told.append, told.append, owner=qapp)
    for name, urgent in (("a", False), ("b", True), ("c", False), ("d", True)):
        worker.run(partial(str, name), told.append, told.append, owner=qapp, urgent=urgent)
    gate.set()
    qtbot.waitUntil(lambda: len(told) == 5)
    assert told == [True, "b", "d", "a", "c"]


def test_an_error_of_ours_is_handed_over_and_another_one_is_raised(
    worker: Worker, qapp: QApplication, qtbot: QtBot
) -> None:
    told: list[object] = []

    def fail(error: Exception) -> NoReturn:
        raise error

    worker.run(
        lambda: fail(UsageError("no")), told.append, lambda e: told.append(str(e)), owner=qapp
    )
    qtbot.waitUntil(lambda: told == ["no"])
    with qtbot.capture_exceptions() as caught:
        worker.run(lambda: fail(KeyError("bug")), told.append, told.append, owner=qapp)
        qtbot.waitUntil(lambda: len(caught) == 1)
    assert caught[0][0] is KeyError
    assert told == ["no"]


def test_after_stop_nothing_comes_any_more_and_more_can_be_run(
    worker: Worker, qapp: QApplication, qtbot: QtBot, turn: Turn
) -> None:
    gate = threading.Event()
    told: list[object] = []
    worker.run(gate.wait, told.append, told.append, owner=qapp)
    worker.run(lambda: "waits", told.append, told.append, owner=qapp)
    worker.soon(lambda: told.append("step"), qapp)
    threading.Timer(0.02, gate.set).start()
    worker.stop()
    turn()
    assert "waits" not in told
    assert "step" not in told
    worker.run(lambda: "more", told.append, told.append, owner=qapp)
    qtbot.waitUntil(lambda: "more" in told)


def test_what_was_done_but_not_yet_handed_over_is_let_go_by_stop(
    worker: Worker, qapp: QApplication, turn: Turn
) -> None:
    done = threading.Event()
    told: list[object] = []
    worker.run(lambda: "late", told.append, told.append, owner=qapp)
    worker.run(done.set, lambda _: None, told.append, owner=qapp)
    assert done.wait(10)  # without a turn of the event loop
    worker.stop()
    turn()
    assert told == []


def test_steps_are_done_one_after_another_in_turns_of_their_own(
    worker: Worker, qapp: QApplication, qtbot: QtBot
) -> None:
    told: list[object] = []
    for k in range(3):
        worker.soon(partial(told.append, k), qapp)
    assert told == []
    qtbot.waitUntil(lambda: len(told) == 3)
    assert told == [0, 1, 2]


@pytest.mark.parametrize("fails", [False, True])
def test_nothing_reaches_an_owner_that_is_gone(
    worker: Worker, qapp: QApplication, qtbot: QtBot, fails: bool
) -> None:
    gate, told = threading.Event(), list[object]()
    gone, there = QObject(), QObject()

    def job() -> str:
        gate.wait()
        if fails:
            raise UsageError("no")
        return "done"

    for owner in (gone, there):
        worker.run(job, told.append, lambda e: told.append(str(e)), owner=owner)
        worker.soon(partial(told.append, f"step {owner is there}"), owner)
    delete(gone)
    gate.set()
    qtbot.waitUntil(lambda: len(told) == 2)
    worker.run(str, told.append, told.append, owner=qapp)
    qtbot.waitUntil(lambda: "" in told)
    assert sorted(map(str, told)) == ["", "no" if fails else "done", "step True"]


def test_a_job_apart_holds_up_no_other_and_ends_before_the_stop(
    worker: Worker, qapp: QApplication, qtbot: QtBot, turn: Turn
) -> None:
    gate, ended = threading.Event(), threading.Event()
    told: list[object] = []

    def wait() -> str:
        gate.wait()
        ended.set()
        return "apart"

    worker.run(wait, told.append, told.append, owner=qapp, apart=True)
    worker.run(lambda: "other", told.append, told.append, owner=qapp)
    qtbot.waitUntil(lambda: told == ["other"])
    threading.Timer(0.05, gate.set).start()
    worker.stop()
    assert ended.is_set()
    turn()
    assert told == ["other"]
    worker.run(lambda: "again", told.append, told.append, owner=qapp, apart=True)
    qtbot.waitUntil(lambda: told == ["other", "again"])
