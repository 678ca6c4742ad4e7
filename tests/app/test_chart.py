"""The muscle chart: when it draws, what it says, hover and click."""

from typing import Any

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from tests.helpers.window import Mouse, Turn, draws_of
from visualizer.app.session.scenes import Scenes
from visualizer.app.session.session import Session
from visualizer.app.stage.chart import Chart
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId


@pytest.fixture
def chart(session: Session, scenes: Scenes, qtbot: QtBot) -> Chart:
    made = Chart(session, scenes)
    session.instant_changed.connect(made.show_instant)
    session.state_changed.connect(made.show_state)
    session.hover_changed.connect(made.show_hover)
    qtbot.addWidget(made)
    made.resize(320, 240)
    made.show()
    made.begin()
    made.repaint()
    return made


def test_it_waits_until_it_is_begun(session: Session, scenes: Scenes, qtbot: QtBot) -> None:
    chart = Chart(session, scenes)
    qtbot.addWidget(chart)
    chart.show()
    chart.repaint()
    assert chart.picture is None
    assert chart.muscle_at(QPointF(10, 10)) is None


def test_it_redraws_with_the_phase_not_with_every_moment(
    session: Session, chart: Chart, turn: Turn, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: draws_of(chart)[-1].supersample == 2)
    count = len(draws_of(chart))
    for k in range(8):
        session.seek(0.1 * k)
        turn()
    assert len(draws_of(chart)) == count
    session.go_to(Playhead(PhaseId.LOWERING, 0.5))
    turn()
    assert len(draws_of(chart)) == count + 1
    assert draws_of(chart)[-1].instant.phase is PhaseId.LOWERING


@pytest.mark.parametrize("field", [{"selection": "masseter"}, {"theme": "dark"}, {"xray": True}])
def test_it_redraws_with_selection_theme_and_xray(
    session: Session, chart: Chart, field: dict[str, Any]
) -> None:
    count = len(draws_of(chart))
    session.change(**field)
    chart.repaint()
    assert len(draws_of(chart)) == count + 1


def test_labels_do_not_concern_it(session: Session, chart: Chart, turn: Turn) -> None:
    turn()
    count = len(draws_of(chart))
    session.change(labels=True, speed=2.0)
    turn()
    assert len(draws_of(chart)) == count


def test_hover_and_click(session: Session, chart: Chart, mouse: type[Mouse]) -> None:
    m = mouse(chart)
    m.move(QPointF(40, 100))
    assert session.hover == "gluteus_maximus"
    m.click(QPointF(40, 100))
    assert session.state.selection == "gluteus_maximus"
    m.click(QPointF(300, 100))
    assert session.state.selection is None
    # the title above the picture belongs to no muscle
    m.move(QPointF(40, 10))
    assert session.hover is None


def test_show_instant_never_emits(session: Session, chart: Chart) -> None:
    told: list[object] = []
    for signal in (session.instant_changed, session.state_changed, session.hover_changed):
        signal.connect(lambda *a: told.append(a))
    chart.show_instant(session.repetition.instant(2.0))
    chart.repaint()
    assert told == []


def test_a_hover_from_another_view_is_shown_a_little_later(
    session: Session, chart: Chart, qtbot: QtBot, turn: Turn
) -> None:
    turn()
    count = len(draws_of(chart))
    session.set_hover("masseter")
    turn()
    assert len(draws_of(chart)) == count
    qtbot.waitUntil(lambda: draws_of(chart)[-1].options.hover == "masseter")


def test_title_and_captions_are_written_beside_the_picture(chart: Chart, qtbot: QtBot) -> None:
    chart.resize(320, 240)
    image = chart.grab().toImage()
    panel = image.pixelColor(319, 0)
    title = [x for x in range(320) for y in range(4, 22) if image.pixelColor(x, y) != panel]
    assert title
    assert 14 <= min(title) <= 20
    assert chart.room().top() >= 22
    assert chart.room().bottom() == pytest.approx(240)
