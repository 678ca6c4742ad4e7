"""Whatever lies in a data file, the check answers with problems and never raises."""

from __future__ import annotations

import copy
import datetime
import json
import math
import tempfile
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from visualizer.anatomy.muscle import Muscle
from visualizer.catalog.catalog import check_files
from visualizer.catalog.facts import Disagreements, Study
from visualizer.catalog.source import Source
from visualizer.catalog.variation import Variation
from visualizer.errors import Problem
from visualizer.lifts.base import Setup
from visualizer.lifts.hip_thrust.setup import HipThrustSetup
from visualizer.reading import read
from visualizer.records import keys_of
from visualizer.resources import data_folder

DATA = data_folder()
Case = tuple[type, dict[str, Any]]
VALID: list[Case] = [
    (Variation, msgspec.toml.decode(path.read_bytes()))
    for path in sorted((DATA / "variations").glob("*.toml"))
] + [
    (Muscle, msgspec.toml.decode((DATA / "muscles" / f"{name}.toml").read_bytes()))
    for name in ("adductor_magnus", "hamstrings", "iliotibial_tract")
]
VALID += [
    (Study, msgspec.toml.decode((DATA / "facts" / f"{name}.toml").read_bytes()))
    for name in ("contreras2015", "plotkin2023", "ekstrom2007", "neto2020")
]
VALID.append((Disagreements, msgspec.toml.decode((DATA / "disagreements.toml").read_bytes())))
quickly = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


text = st.text(st.characters(codec="utf-8"), max_size=30)
leaf = (
    text
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**60, max_value=10**61)
    | st.floats()
    | st.dates()
    | st.sampled_from(["bench", "lift", "concentric", "gluteus_maximus", "otsuka2021", ""])
)
value = st.recursive(
    leaf,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(text, inner, max_size=4),
    max_leaves=6,
)
known_key = st.sampled_from(
    sorted({*keys_of(Variation), *keys_of(Muscle), *keys_of(Study), *keys_of(Disagreements)})
)


def toml(item: object) -> str:
    """Write a value as inline TOML."""
    match item:
        case bool():
            return str(item).lower()
        case float() if math.isnan(item) or math.isinf(item):
            return repr(item)
        case int() | float():
            return repr(item)
        case str():
            return json.dumps(item).replace("\x7f", "\\u007f")
        case datetime.date():
            return item.isoformat()
        case list():
            return "[" + ", ".join(map(toml, item)) + "]"
        case dict():
            return "{" + ", ".join(f"{toml(k)} = {toml(v)}" for k, v in item.items()) + "}"
    raise TypeError(item)


def check(content: bytes, name: str = "fuzz.toml") -> list[Problem]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        found = check_files([path])
        for problem in found:
            assert problem.file == str(path)
            assert len(str(problem).splitlines()) == 1
        return found


def document(table: dict[str, object]) -> bytes:
    return "".join(f"{toml(k)} = {toml(v)}\n" for k, v in table.items()).encode()


@quickly
@given(st.binary(max_size=400))
def test_random_bytes(content: bytes) -> None:
    assert check(content)


@quickly
@given(st.binary(max_size=200))
def test_random_bytes_as_sources(content: bytes) -> None:
    if content.strip() != b"[]":
        assert check(content, "sources.json")


@quickly
@given(st.dictionaries(text | known_key, value, max_size=5))
def test_random_tables(table: dict[str, object]) -> None:
    assert check(document(table))


@st.composite
def mutated(draw: st.DrawFn) -> Case:
    """Return a valid document in which one place has another value, or is gone, or is new."""
    shape, valid = draw(st.sampled_from(VALID))
    table = copy.deepcopy(valid)
    place: Any = table
    while True:
        keys = list(place) if isinstance(place, dict) else list(range(len(place)))
        if not keys:
            break
        key = draw(st.sampled_from(keys))
        inner = place[key]
        if isinstance(inner, dict | list) and draw(st.booleans()):
            place = inner
            continue
        match draw(st.sampled_from(["change", "remove", "add"])):
            case "change":
                place[key] = draw(value)
            case "remove":
                del place[key]
            case _ if isinstance(place, dict):
                place[draw(text)] = draw(value)
            case _:
                place.append(draw(value))
        break
    return shape, table


@quickly
@given(mutated())
def test_a_valid_file_with_one_change(case: Case) -> None:
    """Either nothing is reported, and then the file is read, or every line is clear."""
    shape, table = case
    found = check(document(table))
    problems, record = read(table, shape, {Setup: HipThrustSetup})
    assert bool(problems) is (record is None)
    if problems and table:
        assert found


def test_the_writer_of_this_test_writes_what_the_reader_reads() -> None:
    for _, table in VALID:
        assert msgspec.toml.decode(document(table)) == table
        # a written copy is not the shipped file to the byte, so its ids are taken
        assert all("duplicate id" in p.message for p in check(document(table)))


@quickly
@given(
    st.lists(
        st.dictionaries(
            text | st.sampled_from(["id", "type", "title", "author"]),
            text | st.none() | st.lists(text, max_size=2),
            max_size=5,
        ),
        max_size=3,
    )
)
def test_random_sources(entries: list[dict[str, object]]) -> None:
    found = check(json.dumps(entries).encode(), "sources.json")
    if read(entries, tuple[Source, ...])[0]:
        assert found
