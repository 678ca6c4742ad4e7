"""A placement that the body cannot take: which key is to blame, and how far it may go."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from typing import Any

import pytest

from tests.helpers.repetitions import body_model, catalog, placement
from visualizer.anatomy.muscle import Side
from visualizer.catalog.variation import Variation
from visualizer.exercise.placement import problems_of_placement


def placed(name: str, **changes: Any) -> Variation:
    variation = catalog().variation(name)
    return replace(variation, id="mine", setup=replace(placement(variation), **changes))


@pytest.mark.parametrize(
    ("name", "field", "value", "unit", "key"),
    [
        ("barbell-hip-thrust", "shank_top_rad", 20, math.radians(1), "shank_top_deg"),
        ("glute-bridge", "shank_top_rad", 40, math.radians(1), "shank_top_deg"),
        ("single-leg-hip-thrust", "shank_top_rad", -30, math.radians(1), "shank_top_deg"),
    ],
)
def test_the_key_is_named_and_its_limits_hold(
    name: str, field: str, value: float, unit: float, key: str
) -> None:
    body = body_model()
    (problem,) = problems_of_placement(placed(name, **{field: value * unit}), body)
    assert problem.path == f"setup.{key}"
    assert problem.message.startswith(f"the body cannot take {value}")
    limits = re.search(r"it can take (\S+) to (\S+)$", problem.message)
    assert limits is not None, problem.message
    low, high = map(float, limits.groups())
    assert low < high
    assert not low <= value <= high
    for limit in (low, high):
        fitting = placed(name, **{field: limit * unit})
        fitting.lift.solve(fitting.setup, fitting.equipment, body, Side.RIGHT)


def test_what_the_body_can_take_has_no_fault() -> None:
    variation = catalog().variation("glute-bridge")
    assert list(problems_of_placement(variation, body_model())) == []


def test_what_no_single_value_mends_is_said() -> None:
    bad = placed("barbell-hip-thrust", bench_height_m=0.1, shank_top_rad=-0.78, hip_top_rad=1.0)
    (problem,) = problems_of_placement(bad, body_model())
    assert problem.path.startswith("setup")
    assert problem.message.startswith("the body cannot take ")
