"""The picture at rest comes in pieces, and is given up as soon as anything changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QObject, QPointF, QTimer
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from tests.helpers.window import FakeScene, Mouse, Turn, draws_of, stand_in
from visualizer.app.session.session import Session
from visualizer.app.stage.sharpening import Sharpening
from visualizer.app.stage.stage import Stage
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.request import RenderedView, RenderRequest
from visualizer.scene.spots import SpotKeeper

STEPS = 12


class Pieces:
    """Notes the pieces of fine pictures, and in which turns of the event loop they are drawn."""

    def __init__(self, parent: QObject, monkeypatch: pytest.MonkeyPatch) -> None:
        self.drawn = self.turns = self.begun = self.left = 0
        self.of_turn: dict[int, int] = {}
        self.step: Callable[[], object] = lambda: None  # what else happens after a piece
        beat = QTimer(parent)
        beat.timeout.connect(self._beat)
        beat.start(0)
        pieces = self

        def in_steps(
            scene: FakeScene, request: RenderRequest, keeper: SpotKeeper | None = None
        ) -> Iterator[RenderedView | None]:
            pieces.begun += 1
            try:
                for _ in range(STEPS):
                    pieces._note()
                    yield None
            except GeneratorExit:
                pieces.left += 1
                raise
            yield scene.render(request, keeper)

        monkeypatch.setattr(FakeScene, "in_steps", in_steps)

    def _beat(self) -> None:
        self.turns += 1

    def _note(self) -> None:
        self.drawn += 1
        self.of_turn[self.turns] = self.of_turn.get(self.turns, 0) + 1
        self.step()


@pytest.fixture
def stage(stage: Stage) -> Stage:
    stage.sharpening.turn_ms = 0.0
    return stage


@pytest.fixture
def pieces(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Pieces:
    return Pieces(stage, monkeypatch)


def is_fine(stage: Stage) -> bool:
    return draws_of(stage)[-1].supersample == 2 and not stage.is_stale


def test_the_event_loop_has_its_turn_after_each_piece(
    stage: Stage, pieces: Pieces, qtbot: QtBot
) -> None:
    qtbot.waitUntil(lambda: is_fine(stage))
    assert pieces.drawn == STEPS
    assert set(pieces.of_turn.values()) == {1}
    assert (pieces.begun, pieces.left) == (1, 0)


def test_quick_pieces_share_a_turn(stage: Stage, pieces: Pieces, qtbot: QtBot) -> None:
    stage.sharpening.turn_ms = 1e6
    qtbot.waitUntil(lambda: is_fine(stage))
    assert list(pieces.of_turn.values()) == [STEPS]


def test_the_picture_before_stays_until_the_fine_one_is_done(
    stage: Stage, pieces: Pieces, qtbot: QtBot
) -> None:
    before: list[QImage] = [stage.grab().toImage()]
    shown = stage.shown
    count = len(draws_of(stage))
    pieces.step = lambda: before.append(stage.grab().toImage())
    qtbot.waitUntil(lambda: is_fine(stage))
    assert len(before) == STEPS + 1
    assert all(image == before[0] for image in before)
    assert stage.shown is not shown
    assert len(draws_of(stage)) == count + 1  # painting has drawn nothing meanwhile


@pytest.mark.parametrize("change", ["moment", "camera", "size", "option", "hover", "hidden"])
def test_it_is_given_up_when_anything_changes(
    session: Session, stage: Stage, pieces: Pieces, qtbot: QtBot, turn: Turn, change: str
) -> None:
    does: dict[str, Callable[[], object]] = {
        "moment": lambda: session.go_to(Playhead(PhaseId.LOWERING, 0.25)),
        "camera": lambda: stage.orbit.turn(20, 0),
        "size": lambda: stage.resize(600, 380),
        "option": lambda: session.change(xray=True),
        "hover": lambda: session.set_hover("gluteus_maximus"),
        "hidden": stage.hide,
    }
    changed: list[bool] = []

    def step() -> None:
        if pieces.drawn == 4:
            does[change]()
            session.show_newest()
            changed.append(stage.sharpening.active)

    pieces.step = step
    qtbot.waitUntil(lambda: bool(changed))
    assert changed == [False]
    assert pieces.left == 1
    stage.show()
    stage.repaint()
    assert pieces.drawn == 4
    assert draws_of(stage)[-1].moving
    # and comes when it rests again
    qtbot.waitUntil(lambda: is_fine(stage))
    assert pieces.drawn == 4 + STEPS
    assert pieces.begun == 2


def test_a_mouse_that_wanders_over_it_leaves_it_going(
    stage: Stage, pieces: Pieces, qtbot: QtBot, mouse: type[Mouse]
) -> None:
    hand = mouse(stage)
    stand_in(stage.scene).change = lambda request, shown: shown.picture.part.fill(-1)
    stage.redraw()
    stage.repaint()
    for k in range(4):
        qtbot.waitUntil(lambda k=k: pieces.drawn >= k)  # type: ignore[misc]
        hand.move(QPointF(100 + 5 * k, 200))
        stage.repaint()
    qtbot.waitUntil(lambda: is_fine(stage))
    assert (pieces.begun, pieces.left) == (1, 0)


def test_what_is_given_up_is_never_handed_over(qtbot: QtBot) -> None:
    parent, done = QObject(), list[RenderedView]()
    sharpening = Sharpening(done.append, parent, turn_ms=0.0)

    def steps() -> Iterator[RenderedView | None]:
        yield None
        sharpening.give_up()
        yield None

    sharpening.begin(steps())
    assert sharpening.active
    qtbot.waitUntil(lambda: not sharpening.active)
    qtbot.wait(20)
    assert not done
