"""The legends of the window and of the audience: what is in sight, on whichever body, and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.helpers.window import MakeWindow, Turn
from visualizer.analysis.dispute import disputed_words
from visualizer.analysis.veil import Veil
from visualizer.app.stage.explained import legend_of
from visualizer.app.stage.legend import LegendView
from visualizer.app.window.main_window import MainWindow
from visualizer.catalog.variation import Role
from visualizer.exercise.loading import LoadChoice
from visualizer.scene.channel import Colours
from visualizer.scene.legend import LegendRoom
from visualizer.scene.palette import theme
from visualizer.teaching.moment import OtherBody


def doubted(window: MainWindow) -> bool:
    return disputed_words() in window.views.of(LegendView).accessibleDescription()


def test_the_sign_of_doubt_is_explained_while_it_is_in_sight(
    make_window: MakeWindow, turn: Turn
) -> None:
    window = make_window()
    session = window.session
    seen = {}
    for role in (None, *Role):
        session.change(only_role=role)
        turn()
        seen[role] = doubted(window)
    assert seen == {
        None: True,
        Role.PRIME_MOVER: False,
        Role.SYNERGIST: False,
        Role.STABILIZER: True,
    }
    session.change(only_role=None, selection="gluteus_maximus", alone=True)
    assert not doubted(window)
    session.change(alone=False)
    assert doubted(window)
    # in focus no other muscle has a mark
    session.change(focus=True)
    assert not doubted(window)
    session.change(selection="quadriceps")
    assert doubted(window)
    session.change(focus=False)
    # a question that hides contractions hides it
    session.change(veil=replace(Veil(), contractions=True))
    assert not doubted(window)
    session.change(veil=Veil())
    assert doubted(window)
    # not from moment to moment
    for share in (0.1, 0.4, 0.9):
        session.seek(share * session.repetition.schedule.duration_s)
        turn()
        assert doubted(window)


@pytest.mark.parametrize("first", ["romanian-deadlift", "barbell-hip-thrust"])
def test_the_marks_of_a_second_body_are_explained_where_it_has_some(
    make_window: MakeWindow, turn: Turn, first: str
) -> None:
    window = make_window()
    window.session.change(variation=first)
    turn()
    assert doubted(window) is (first != "romanian-deadlift")
    window.session.change(other=OtherBody("glute-bridge"))
    turn()
    assert doubted(window)
    window.session.change(only_role=Role.PRIME_MOVER)
    turn()
    assert not doubted(window)


def room() -> LegendRoom:
    return LegendRoom(lambda text, size_px: 0.5 * size_px * len(text), 12.0, 2000.0)


def told(window: MainWindow) -> list[str]:
    """What the legend says from top to bottom."""
    made = legend_of(window.session, window.comparing, room(), theme("light"))
    return [text.text for text in made.overlay.texts]


def test_one_scale_stands_for_two_bodies_and_a_line_says_what_is_whose(
    make_window: MakeWindow, turn: Turn
) -> None:
    window = make_window()
    session = window.session
    session.change(colours=Colours.EFFORT)
    turn()
    alone = told(window)
    assert [t for t in alone if t.startswith("Highest now: ")] == alone[-1:]
    marked = len(legend_of(session, None, room(), theme("light")).overlay.strokes)
    session.change(other=OtherBody("single-leg-hip-thrust"))
    turn()
    both = told(window)
    assert both.count("Estimated effort (model)") == 1
    first, second = both[-2:]
    assert first == f"Barbell hip thrust · {alone[-1]}"
    assert second.startswith("Single-leg hip thrust · right · Highest now: ")
    # grey says of either what it means
    assert "not in the model, or the other leg" in both
    # a mark on the scale would be one body's
    made = legend_of(session, window.comparing, room(), theme("light"))
    assert len(made.overlay.strokes) < marked
    session.change(selection="gluteus_maximus")
    turn()
    assert [t.count("Gluteus maximus: ") for t in told(window)[-2:]] == [1, 1]
    # an outline has no colours
    session.change(selection=None, overlaid=True)
    turn()
    assert told(window) == alone
    # nor has either while a question hides them
    session.change(overlaid=False, veil=replace(Veil(), roles=True))
    turn()
    assert "Estimated effort (model)" not in told(window)
    session.change(veil=Veil(), colours=Colours.ROLE)
    turn()
    assert "Estimated effort (model)" not in told(window)


def test_the_legend_s_figures_of_the_second_body_follow_the_load(
    make_window: MakeWindow, turn: Turn
) -> None:
    window = make_window()
    session, legend = window.session, window.views.of(LegendView)
    session.change(colours=Colours.EFFORT)
    turn()
    high = legend.height()
    session.change(other=OtherBody("single-leg-hip-thrust"))
    turn()
    assert legend.height() > high  # a line for each
    before, seen = told(window), legend.grab().toImage()
    session.change(load=LoadChoice(bar=160))
    turn()
    assert [a == b for a, b in zip(before[-2:], told(window)[-2:], strict=True)] == [False, False]
    assert legend.grab().toImage() != seen
    session.change(load=LoadChoice(), other=None)
    turn()
    assert legend.height() == high


def test_it_is_arranged_and_painted_anew_only_where_the_room_needs_it(
    make_window: MakeWindow, turn: Turn, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    window.resize(1280, 800)
    turn()
    legend, painted = window.views.of(LegendView), list[int]()
    monkeypatch.setattr(
        "visualizer.app.stage.legend.paint_overlay", lambda *given: painted.append(legend.width())
    )
    width, height, below = legend.width(), legend.height(), window.pair.height() - legend.y()
    for k in range(1, 5):
        window.resize(1280 - 10 * k, 800 - 5 * k)
        turn()
        assert (legend.width(), legend.height()) == (width, height)
        assert window.pair.height() - legend.y() == below  # it stays in its corner
    assert painted == []
    # another arrangement, other colours, another moment of theirs
    window.resize(1000, 800)
    turn()
    count = len(painted)
    assert count > 0
    assert (legend.width(), legend.height()) != (width, height)
    window.session.change(theme="dark")
    turn()
    assert len(painted) > count
    window.session.change(colours=Colours.EFFORT)
    turn()
    count = len(painted)
    window.session.seek(1.0)
    window.session.show_newest()
    turn()
    assert len(painted) > count
