"""Records: a key of a data file is one field of one class."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Annotated

import msgspec
import pytest

from tests.helpers.data_files import VARIATION
from visualizer import texts
from visualizer.anatomy.muscle import Muscle
from visualizer.catalog.datafile import RECORDS, DataKind
from visualizer.catalog.facts import Study
from visualizer.catalog.variation import Variation
from visualizer.lifts.base import Setup
from visualizer.lifts.hip_thrust.setup import HipThrustSetup
from visualizer.reading import read
from visualizer.records import (
    CENTIMETRES,
    DEGREES,
    Key,
    Mark,
    NameOf,
    Range,
    Text,
    Words,
    keys_of,
    nothing,
    walk,
)


@dataclass(frozen=True, kw_only=True)
class Ring:
    """A record of this test."""

    width_m: Annotated[float, Range(1, 20), CENTIMETRES]
    turn_rad: Annotated[float, Range(-90, 90), DEGREES] = 0.0


@dataclass(frozen=True, kw_only=True)
class Thing:
    """A record of this test."""

    name: Text
    kind: Annotated[Words, Key("sort-of")] = ""
    ring: Annotated[Ring, Mark.INLINE]
    muscles: tuple[Annotated[str, NameOf("muscle")], ...] = ()
    made_by: Annotated[str, Mark.ELSEWHERE] = "us"
    names: Annotated[dict[str, object], Mark.WHOLE] = field(default_factory=dict)


TABLE = {
    "name": "One\n thing",
    "sort-of": "a",
    "width_cm": 4,
    "turn_deg": 90,
    "muscles": ["x", "y"],
}


def test_units_keys_and_texts_end_where_a_file_is_read() -> None:
    problems, thing = read(TABLE, Thing)
    assert problems == []
    assert thing is not None
    assert (thing.name, thing.kind, thing.made_by) == ({"en": "One thing"}, "a", "us")
    assert thing.ring == Ring(width_m=0.04, turn_rad=math.radians(90))
    assert thing.names is TABLE
    assert [*keys_of(Thing)] == ["name", "sort-of", "width_cm", "turn_deg", "muscles"]
    with pytest.raises(TypeError):
        thing.name["de"] = "Ding"  # type: ignore[index]
    with pytest.raises(TypeError):
        nothing()["a"] = 1  # type: ignore[index]


def test_limits_are_those_of_the_file_and_all_problems_come_at_once() -> None:
    table = {"name": {"de": "Ding"}, "width_cm": 40, "turn_rad": 1, "muscles": ["x", 2]}
    problems, thing = read(table, Thing)
    assert thing is None
    assert [f"{p.path}: {p.message}" for p in problems] == [
        "turn_rad: unknown key 'turn_rad' (did you mean 'turn_deg'?)",
        "name.en: required, but missing (the English text)",
        "width_cm: must be between 1 and 20, not 40",
        "muscles[1]: must be text, not the number 2",
    ]


def test_a_walk_knows_the_places_in_the_file() -> None:
    _, thing = read(TABLE, Thing)
    found = {path: value for path, marks, value in walk(thing) if NameOf("muscle") in marks}
    assert found == {"muscles[0]": "x", "muscles[1]": "y"}


@pytest.mark.parametrize("record", [Variation, Muscle, Study])
def test_a_new_key_is_one_line_in_one_class(record: type) -> None:
    """The recipe "a key of a data file", tried: nothing but the field is needed."""
    longer: type = dataclass(frozen=True, kw_only=True)(
        type("Longer", (record,), {"__annotations__": {"trainer": Words}, "trainer": ""})
    )
    table = msgspec.toml.decode(VARIATION) | {"trainer": "Somebody"}
    instead: dict[type, type] = {Setup: HipThrustSetup}
    problems = {p.path: p.message for p in read(table, record, instead)[0]}
    assert problems["trainer"].startswith("unknown key 'trainer'")
    problems = {p.path: p.message for p in read(table | {"trainer": 7}, longer, instead)[0]}
    assert problems["trainer"] == "must be text, not the number 7"
    assert "trainer" not in {p.path for p in read(table, longer, instead)[0]}
    if record is Variation:
        made = read(table, longer, instead)[1]
        assert getattr(made, "trainer", None) == "Somebody"


def test_kinds_of_files_are_told_apart_by_the_keys_of_their_records() -> None:
    keys = [set(keys_of(record)) for k, record in RECORDS.items() if k is not DataKind.SOURCES]
    for own in keys:
        assert own - set().union(*(k for k in keys if k is not own))


def test_problems_are_told_in_the_chosen_language() -> None:
    table = {"name": {"de": "Ding"}, "width_cm": 40, "turn_rad": 1, "muscles": ["x", 2], "ring": 1}
    english = {p.message for p in read(table, Thing)[0]}
    with texts.speaking("de"):
        german = {p.message for p in read(table, Thing)[0]}
    assert len(german) == len(english) == 5
    assert not german & english
    assert "muss zwischen 1 und 20 liegen, nicht 40" in german
