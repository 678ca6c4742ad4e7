"""Which statement a muscle falls under: one answer for the body's parts and for what is selected."""

import pytest

from tests.helpers import repetitions as helpers
from tests.helpers.repetitions import catalog
from visualizer.anatomy.muscle import Side
from visualizer.catalog.variation import Role
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.vocabulary import PhaseId

CATALOG = catalog()
SINGLE = "single-leg-hip-thrust"


@pytest.fixture(scope="module", params=["barbell-hip-thrust", SINGLE])
def repetition(request: pytest.FixtureRequest) -> Repetition:
    return helpers.repetition(request.param)


def test_parts_and_muscles_fall_under_the_same_statement(repetition: Repetition) -> None:
    states = repetition.part_states(PhaseId.LIFT)
    surfaces = {s for m in CATALOG.muscles for s in CATALOG.surface_set(m)}
    for surface in surfaces:
        state = states.get(surface + Side.RIGHT.suffix)
        assert repetition.statement_for(surface) is (None if state is None else state.action)
    for action in repetition.variation.muscles:
        assert repetition.statement_for(action.muscle) is action


def test_a_member_falls_under_its_groups_statement_and_a_silent_muscle_under_none(
    repetition: Repetition,
) -> None:
    group = next(
        a
        for a in repetition.variation.muscles
        if len(repetition.reach(a).surfaces) == len(CATALOG.surface_set(a.muscle)) > 1
    )
    member = min(CATALOG.surface_set(group.muscle))
    assert repetition.statement_for(member) is group
    assert repetition.statement_for("masseter") is None
    assert repetition.statement_for("no_such_muscle") is None
    assert CATALOG.surface_set(None) == CATALOG.surface_set("no_such_muscle") == frozenset()


def test_a_stated_change_is_of_the_parts_that_the_statement_means(repetition: Repetition) -> None:
    for action in repetition.variation.muscles:
        assert repetition.stated_change(action.muscle) is repetition.reach(action).change
    assert repetition.stated_change("masseter") == repetition.length_change("masseter")


def test_on_one_leg_only_the_working_side_works() -> None:
    repetition = helpers.repetition(SINGLE)
    states = repetition.part_states(PhaseId.LIFT)
    assert states["gluteus_maximus_r"].role is Role.PRIME_MOVER
    assert "gluteus_maximus_l" not in states
