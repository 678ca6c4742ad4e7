"""What changes from one variation to another."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import combinations

import pytest

from tests.helpers.repetitions import VARIATIONS, body_model, catalog, repetition
from visualizer.analysis.comparison import ChangeKind, changes, comparison_data, comparison_text
from visualizer.anatomy.muscle import Side
from visualizer.catalog.variation import Contraction, Role
from visualizer.cli import run
from visualizer.exercise.loading import LoadChoice
from visualizer.exercise.repetition import Repetition
from visualizer.exercise.tempo import Tempo
from visualizer.texts import speaking

KINDS = {"role", "contraction", "joint", "length", "moment", "gear"}  # what tools rely on


def of(a: str, b: str, kind: ChangeKind) -> dict[str, tuple[object, object]]:
    found = changes(repetition(a), repetition(b))
    return {d.subject: (d.a, d.b) for d in found if d.kind is kind}


@pytest.mark.parametrize("name", VARIATIONS)
def test_nothing_changes_from_a_variation_to_itself(name: str) -> None:
    own = repetition(name)
    assert changes(own, own) == ()
    assert comparison_data(own, own) == {"a": name, "b": name, "changes": [], "tempo": []}
    assert "nothing changes" in comparison_text(own, own)


def test_what_the_band_the_bench_and_the_one_leg_change() -> None:
    gear = ChangeKind.GEAR
    assert of("barbell-hip-thrust", "banded-hip-thrust", gear) == {"loop band": (None, "loop band")}
    bridge = of("barbell-hip-thrust", "glute-bridge", gear)
    assert bridge.keys() == {"bench", "barbell", "hip pad", "mat", "bar_kg"}
    assert bridge["bar_kg"] == (75.0, 0.0)
    assert of("barbell-hip-thrust", "single-leg-hip-thrust", gear)["legs"] == ("both", "working")
    ends = of("glute-bridge", "barbell-hip-thrust", ChangeKind.JOINT)["hip"]
    assert ends[0]["bottom"] < ends[1]["bottom"] - 20  # type: ignore[index]
    moments = of("barbell-hip-thrust", "single-leg-hip-thrust", ChangeKind.MOMENT)
    assert moments["hip"][0] < moments["hip"][1]  # type: ignore[operator]
    assert of("barbell-hip-thrust", "banded-hip-thrust", ChangeKind.MOMENT).keys() == {
        "hip abduction"
    }


def test_a_group_and_its_members_are_compared_as_the_same_muscle() -> None:
    roles = of("barbell-hip-thrust", "glute-bridge", ChangeKind.ROLE)
    assert not {"biceps_femoris", "hamstrings", "adductors", "adductor_magnus"} & roles.keys()
    other = of("barbell-hip-thrust", "romanian-deadlift", ChangeKind.ROLE)
    assert other["hamstrings"] == other["biceps_femoris"] == ("synergist", "prime mover")
    assert other["latissimus_dorsi"] == (None, "stabilizer")
    # of the abdominal muscles one is in neither of the two that the other variation names
    one = of("barbell-hip-thrust", "single-leg-hip-thrust", ChangeKind.ROLE)
    assert one == {"transversus_abdominis": ("stabilizer", None)}


@pytest.mark.parametrize("pair", [*combinations(VARIATIONS, 2)], ids="-".join)
def test_the_way_back_is_the_way_there_reversed(pair: tuple[str, str]) -> None:
    there, back = (changes(repetition(a), repetition(b)) for a, b in (pair, pair[::-1]))
    assert {(d.kind, d.subject, d.phase, str(d.a), str(d.b)) for d in there} == {
        (d.kind, d.subject, d.phase, str(d.b), str(d.a)) for d in back
    }
    assert len({(d.kind, d.subject, d.phase) for d in there}) == len(there)
    for difference in there:
        assert difference.a != difference.b
        if difference.kind in (ChangeKind.ROLE, ChangeKind.LENGTH, ChangeKind.MOMENT):
            assert difference.grounds
        if difference.muscle is not None:
            assert difference.muscle in catalog().muscles


def test_a_changed_statement_a_tempo_and_a_load_are_found_and_nothing_else() -> None:
    own = repetition("glute-bridge")
    first, *others = own.variation.muscles
    claim = replace(first.lift, contraction=Contraction.ISOMETRIC)
    changed = replace(first, role=Role.SYNERGIST, lift=claim)
    phases = Tempo(4, 0, 2).applied(own.variation.phases)
    variation = replace(own.variation, muscles=(changed, *others), phases=phases)
    other = Repetition(variation, catalog(), body_model())
    found = {
        (str(d.kind), d.subject, str(d.phase)): (d.a, d.b)
        for d in changes(own, other)
        if d.kind is not ChangeKind.MOMENT  # the faster lift asks for more
    }
    assert found == {
        ("role", "gluteus_maximus", "None"): ("prime mover", "synergist"),
        ("contraction", "gluteus_maximus", "lift"): ("concentric", "isometric"),
        ("tempo", "lift", "lift"): (1.0, 2.0),
        ("tempo", "hold", "hold"): (0.5, None),
        ("tempo", "lowering", "lowering"): (2.0, 4.0),
    }


def test_left_and_right_of_one_leg_differ_in_nothing_but_the_side() -> None:
    right, left = (repetition("single-leg-hip-thrust", side) for side in (Side.RIGHT, Side.LEFT))
    (only,) = changes(right, left)
    assert (only.subject, only.a, only.b) == ("side", "right", "left")


def test_the_load_counts_where_there_is_a_bar() -> None:
    a, b = repetition("glute-bridge"), repetition("barbell-hip-thrust")
    light, heavy = (
        next(d for d in changes(a, b, LoadChoice(bar=kg, in_percent=False)) if d.kind == "moment")
        for kg in (20, 120)
    )
    assert light.a == heavy.a
    assert light.b < heavy.b


# -------------------------------------------------------------------------------- the command
@pytest.mark.usefixtures("commands_share")
def test_the_command_prints_text_and_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["compare", "barbell-hip-thrust", "glute-bridge"]) == 0
    assert "Bench: with it → without it" in capsys.readouterr().out
    assert run(["compare", "barbell-hip-thrust", "glute-bridge", "--json"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert (data["a"], data["b"]) == ("barbell-hip-thrust", "glute-bridge")
    assert {c["kind"] for c in data["changes"]} <= KINDS
    assert all({"kind", "subject", "a", "b", "text"} <= c.keys() for c in data["changes"])
    for change in data["effort"]["changes"]:
        assert change["low"] <= change["change"] <= change["high"]
    assert "undecided" in " ".join(c["text"] for c in data["effort"]["changes"])
    assert run(["compare", "glute-bridge", "glute-bridge", "--json"]) == 0
    same = json.loads(capsys.readouterr().out)
    assert same["changes"] == same["effort"]["changes"] == []
    assert run(["compare", "glute-bridge", "banded-hip-thrust", "--language", "de"]) == 0
    assert "ohne" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "VARIATION"),
        (["glute-bridge"], "VARIATION"),
        (["glute-bridge", "glute-brigde"], "did you mean 'glute-bridge'"),
        (["glute-bridge", "../etc/passwd"], "unknown variation"),
        (["glute-bridge", ""], "unknown variation"),
        (["glute-bridge", "banded-hip-thrust", "glute-bridge"], "unknown argument"),
        (["glute-bridge", "banded-hip-thrust", "--side", "both"], "side"),
        (["glute-bridge", "banded-hip-thrust", "--jsn"], "--json"),
    ],
)
@pytest.mark.usefixtures("commands_share")
def test_a_wrong_call_is_one_line_and_status_2(
    words: list[str], says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["compare", *words]) == 2
    message = capsys.readouterr().err
    assert says in message
    assert message.count("\n") == 1


def test_the_comparison_speaks_german() -> None:
    with speaking("de"):
        text = comparison_text(repetition("barbell-hip-thrust"), repetition("romanian-deadlift"))
    assert "nothing" not in text
    assert "Rollen" in text
