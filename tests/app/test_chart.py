"""The muscle chart: when it draws, what it says, hover and click."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPointF
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


class Steps:
    """Keeps steps until they are asked for: turns of an event loop that has nothing else to do."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], object]] = []

    def __call__(self, step: Callable[[], object], owner: QObject) -> None:
        self.waiting.append(step)

    def do(self) -> int:
        """Do what waits, and what that asks for; return how many turns it took."""
        count = 0
        while self.waiting:
            self.waiting.pop(0)()
            count += 1
        return count


@pytest.fixture
def steps() -> Steps:
    return Steps()


@pytest.fixture
def late(session: Session, scenes: Scenes, qtbot: QtBot, steps: Steps) -> Chart:
    """A chart that is drawn in turns of its own, and at rest."""
    made = Chart(session, scenes, later=steps)
    session.instant_changed.connect(made.show_instant)
    session.state_changed.connect(made.show_state)
    qtbot.addWidget(made)
    made.resize(320, 240)
    made.show()
    made.begin()
    assert draws_of(made) == []
    steps.do()
    qtbot.waitUntil(lambda: bool(steps.waiting))  # the fine picture
    steps.do()
    assert draws_of(made)[-1].supersample == 2
    return made


def test_each_body_is_drawn_in_a_turn_of_its_own(
    session: Session, late: Chart, steps: Steps, qtbot: QtBot
) -> None:
    count = len(draws_of(late))
    session.change(selection="masseter")
    late.repaint()
    assert len(draws_of(late)) == count
    assert steps.do() == 2
    assert len(draws_of(late)) == count + 1
    # and so is the fine picture
    qtbot.waitUntil(lambda: bool(steps.waiting))
    late.repaint()
    assert len(draws_of(late)) == count + 1
    assert steps.do() == 2
    assert draws_of(late)[-1].supersample == 2


def test_what_is_half_drawn_is_begun_anew_when_something_changes(
    session: Session, late: Chart, steps: Steps
) -> None:
    session.change(selection="masseter")
    steps.waiting.pop(0)()
    session.change(selection=None)
    assert steps.do() == 2
    assert draws_of(late)[-1].options.selection is None


def test_while_an_edge_is_dragged_the_bodies_are_not_drawn_but_follow_it(
    session: Session, late: Chart, steps: Steps, qtbot: QtBot
) -> None:
    count = len(draws_of(late))
    assert late.picture is not None
    late.picture.pixels[:] = 255
    late.picture.pixels[:, 80] = late.picture.pixels[:, 240] = 0  # the middle of each body
    for k in range(8):
        late.resize(320 + 20 * k, 240 + 5 * k)
        image = late.grab().toImage()
        row = round(late.room().center().y())
        dark = [x for x in range(image.width()) if image.pixelColor(x, row).lightness() < 200]
        for middle in (0.25, 0.75):
            assert min(abs(x - middle * image.width()) for x in dark) < 2.5
        assert all(min(abs(x / image.width() - m) for m in (0.25, 0.75)) < 0.02 for x in dark)
    assert steps.waiting == []
    assert len(draws_of(late)) == count
    # finely at once, when the hand rests
    qtbot.waitUntil(lambda: bool(steps.waiting))
    steps.do()
    assert [d.supersample for d in draws_of(late)[count:]] == [2]
    assert late.picture.size == (460, 275 - round(late.room().top()))
    # what else changes does not wait for that
    late.resize(400, 260)
    session.change(selection="masseter")
    late.resize(420, 270)
    assert steps.do() == 2
    assert late.picture.size == (420, 270 - round(late.room().top()))
