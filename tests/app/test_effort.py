"""Estimated effort in the window: computed beside it, the newest load counts, nothing shown twice."""

from __future__ import annotations

import re
import threading
from collections import Counter
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from tests.helpers.window import MakeWindow, Turn, child, draws_of
from visualizer.analysis.comparison import ChangeKind
from visualizer.analysis.veil import Veil
from visualizer.app.inspector.changes import Changes
from visualizer.app.inspector.effort_lines import EffortLines
from visualizer.app.inspector.inspector import Inspector
from visualizer.app.session import estimating
from visualizer.app.session.estimating import Estimating
from visualizer.app.session.following import Following
from visualizer.app.session.session import Session
from visualizer.app.session.spoken import selection_text
from visualizer.app.session.worker import Worker
from visualizer.app.stage.legend import LegendView
from visualizer.app.window.top_bar import TopBar
from visualizer.effort.kept import effort_of
from visualizer.effort.sharing import Effort
from visualizer.exercise.loading import LoadChoice
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.loads import Load
from visualizer.scene.channel import Colours, EffortChannel
from visualizer.teaching.moment import OtherBody


class Held:
    """Jobs that are done when the test says so."""

    def __init__(self) -> None:
        self.waiting: list[tuple[object, ...]] = []

    def run(  # type: ignore[no-untyped-def]
        self, job, done, failed, *, owner: QObject, urgent: bool = False, apart: bool = False
    ) -> None:
        self.waiting.append((job, done))

    def soon(self, step, owner: QObject) -> None:  # type: ignore[no-untyped-def]
        step()

    def stop(self) -> None:
        pass

    def do(self) -> None:
        job, done = self.waiting.pop(0)
        done(job())  # type: ignore[operator]


@pytest.fixture
def bars(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The bars that were computed for."""
    asked: list[float] = []

    def computed(repetition: Repetition, load: Load) -> Effort:
        asked.append(load.bar_kg)
        return effort_of(repetition, load)

    monkeypatch.setattr(estimating, "effort_of", computed)
    monkeypatch.setattr(estimating, "known_effort", lambda repetition, load: None)
    return asked


def bar(kg: float) -> LoadChoice:
    return LoadChoice(bar=kg, in_percent=False)


def test_nothing_is_computed_until_it_is_to_be_seen(session: Session, bars: list[float]) -> None:
    jobs = Held()
    Estimating(session, jobs, session)
    session.change(load=bar(40.0))
    assert not jobs.waiting
    session.change(colours=Colours.EFFORT)
    assert len(jobs.waiting) == 1


def test_of_many_loads_the_newest_counts_and_the_last_result_stays(
    session: Session, bars: list[float]
) -> None:
    jobs = Held()
    Estimating(session, jobs, session)
    session.change(colours=Colours.EFFORT, load=bar(60.0))
    jobs.do()
    first = session.effort
    assert first is not None
    for kg in (61.0, 62.0, 63.0, 64.0):
        session.change(load=bar(kg))
        assert session.effort is first
    assert len(jobs.waiting) == 1
    jobs.do()
    assert session.effort is not None
    assert session.effort.load.bar_kg == 61.0
    jobs.do()
    assert bars == [60.0, 61.0, 64.0]
    assert session.effort.load.bar_kg == 64.0
    assert not jobs.waiting


def test_the_solver_never_runs_in_the_thread_of_the_window(
    session: Session, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []

    def computed(repetition: Repetition, load: Load) -> Effort:
        threads.append(threading.current_thread())
        return effort_of(repetition, load)

    monkeypatch.setattr(estimating, "effort_of", computed)
    worker = Worker()
    Estimating(session, worker, session)
    with qtbot.waitSignal(session.effort_changed):
        session.change(colours=Colours.EFFORT, load=bar(33.0))
    worker.stop()
    assert len(threads) == 1
    assert threads[0] is not threading.main_thread()


def test_another_repetition_does_not_show_the_effort_of_the_last_one(
    session: Session, bars: list[float]
) -> None:
    jobs = Held()
    Estimating(session, jobs, session)
    session.change(colours=Colours.EFFORT)
    jobs.do()
    assert session.effort is not None
    session.change(variation="glute-bridge")
    assert session.effort is None
    channel = session.channel
    assert channel is not None
    assert channel.effort is None
    jobs.do()
    assert session.effort is not None
    assert session.channel is channel
    assert channel.effort is session.effort


def test_the_inspector_says_share_range_and_what_limits_it(
    session: Session, inspector: Inspector, bars: list[float]
) -> None:
    jobs = Held()
    Estimating(session, jobs, session)
    session.change(selection="gluteus_maximus")
    lines = child(inspector, EffortLines)
    assert not lines.isVisibleTo(inspector)
    session.change(colours=Colours.EFFORT, load=bar(70.0))
    assert lines.texts[0] == "The estimate is being computed."
    jobs.do()
    share, empty, moments, *why = lines.texts
    assert re.fullmatch(r"\d+ % \(\d+–\d+ %\) of its strength", share)
    assert not empty
    assert re.search(r"hip \d+ Nm extending, knee \d+ Nm \w+; for bar 70 kg, body 75 kg", moments)
    assert why[-1].startswith("Assumed: ")
    session.seek(0.5 * session.repetition.schedule.duration_s)
    session.show_newest()
    assert lines.texts[0] != share
    # EMG is told apart, with what it is relative to
    said = " ".join(text.text() for text in lines.findChildren(QLabel))
    assert "maximal voluntary isometric contraction" in said
    assert "EMG is another quantity" in said
    session.change(load=bar(400.0))
    jobs.do()
    session.seek(0.2)
    session.show_newest()
    assert lines.texts[0].startswith("Beyond this model’s strength: ")
    assert not any("%" in text for text in lines.texts)
    session.change(selection="erector_spinae")
    (lines,) = (w for w in inspector.findChildren(EffortLines) if w.isVisibleTo(inspector))
    assert lines.texts[0].startswith("Not in the model")


def test_stage_chart_legend_and_words_follow_the_switch(make_window: MakeWindow) -> None:
    window = make_window()
    session = window.session
    legend = window.views.of(LegendView)
    assert draws_of(window.stage)[-1].options.channel is None
    session.change(selection="gluteus_maximus")
    window.action("effort").trigger()
    window.stage.repaint()
    shown = draws_of(window.stage)[-1].options.channel
    assert isinstance(shown, EffortChannel)
    assert shown.effort is session.effort is not None
    assert not any(button.isVisibleTo(legend) for button in legend.buttons.values())
    assert "Estimated effort (model)" in legend.accessibleDescription()
    assert "estimated effort" in selection_text(session)
    # a question hides what the colours would tell
    session.change(veil=replace(Veil(), roles=True))
    assert session.channel is None
    session.change(veil=Veil())
    window.action("effort").trigger()
    assert session.channel is None
    assert all(button.isVisibleTo(legend) for button in legend.buttons.values())


def test_compared_bodies_list_how_their_efforts_change(make_window: MakeWindow, turn: Turn) -> None:
    window = make_window()
    session = window.session
    session.change(other=OtherBody("single-leg-hip-thrust"))
    turn()
    changes = window.views.of(Changes)

    def listed() -> list[str]:
        turn()
        return [r.accessibleName() for r in changes.rows if r.difference.kind is ChangeKind.EFFORT]

    assert listed() == []
    session.change(colours=Colours.EFFORT)
    assert any(text.startswith("Gluteus maximus, Lift: ") for text in listed())
    said = [w.text() for w in changes.findChildren(QLabel)]
    assert any("computed, not measured" in text for text in said)
    assert any(text.startswith("Range of a change") for text in said)
    # efforts of two loads are not set beside each other
    computed, chosen = session.effort, session.state.load
    session.change(load=replace(chosen, body_mass_kg=60.0))
    assert computed is not None
    session.take_effort(session.repetition, computed)
    assert window.comparing.efforts is None
    assert listed() == []
    session.change(load=chosen)
    assert listed() != []
    # a question is not answered by them
    session.change(veil=replace(Veil(), roles=True))
    assert listed() == []
    # the same body twice: nothing to tell
    session.change(veil=Veil(), other=OtherBody(session.variation.id))
    assert listed() == []
    session.change(colours=Colours.ROLE)
    assert listed() == []


class Paints(QObject):
    """Counts how often widgets are painted."""

    def __init__(self, watched: dict[QWidget, str]) -> None:
        super().__init__()
        self.watched, self.count = watched, Counter[str]()
        for widget in watched:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.count[self.watched[watched]] += 1
        return False


def test_each_step_of_a_slider_recolours_the_body_while_texts_and_curves_follow(
    make_window: MakeWindow, turn: Turn
) -> None:
    window = make_window()
    session, timeline = window.session, window.timeline
    assert timeline is not None
    session.change(colours=Colours.EFFORT, curves="effort", selection="gluteus_maximus")
    panel = timeline.show_load_panel()
    slider = panel.sliders[panel.bar]
    turn()
    for waiting in window.findChildren(Following):
        for timer in waiting.findChildren(QTimer):
            timer.setInterval(3_600_000)  # nothing comes by the clock
    slider.setSliderDown(True)
    turn()
    paints = Paints({
        window.stage: "body", timeline.key: "key", timeline.plot.viewport(): "plot",
        timeline.bars: "lanes", timeline.phases: "phases", window.views.of(TopBar): "top bar",
        window.transport: "transport", window.views.of(Inspector): "inspector",
    })  # fmt: skip
    plot, lines = timeline.plot.plot, child(window, EffortLines)

    def told() -> list[str]:
        return [line.text() for line in lines.findChildren(QLabel)]

    before = told()
    for value in range(60, 68):
        slider.setSliderPosition(value)
        turn()
        assert session.effort is not None
        assert draws_of(window.stage)[-1].options.channel.effort is session.effort  # type: ignore[union-attr]
    assert paints.count == {"body": 8}
    assert timeline.plot.plot is plot
    assert told() == before
    # whoever lets go sees the last load everywhere
    slider.setSliderDown(False)
    turn()
    assert timeline.plot.plot is not plot
    assert {"key", "plot"} <= set(paints.count)
    assert told() != before
