"""The legends of the window and of the audience: what is in sight, on whichever body, and no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.helpers.window import MakeWindow, Turn
from visualizer.analysis.dispute import disputed_words
from visualizer.analysis.veil import Veil
from visualizer.app.stage.legend import LegendView
from visualizer.app.window.main_window import MainWindow
from visualizer.catalog.variation import Role
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
