"""Bad variations: one clear line for each fault, with its path and what would be right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers.data_files import VARIATION, changed, lines
from visualizer.catalog.catalog import check_files

VARIATION_FAULTS = {
    "missing field": (
        ('role = "prime mover"\n', ""),
        "muscles[0].role: required, but missing",
    ),
    "missing table": (
        ('[setup]\nsupport = "bench"\nbench_height_cm = 40\nhip_bottom_deg = 80\n', ""),
        "setup: required, but missing",
    ),
    "text for a number": (
        ("hip_bottom_deg = 80", 'hip_bottom_deg = "80"'),
        "setup.hip_bottom_deg: must be a number, not the text '80'",
    ),
    "true for a number": (
        ("seconds = 1.0", "seconds = true"),
        "phases[0].seconds: must be a number, not true",
    ),
    "date for a number": (
        ("seconds = 1.0", "seconds = 2024-05-06"),
        "phases[0].seconds: must be a number, not the date or time 2024-05-06",
    ),
    "fraction for a whole number": (
        ("order = 1", "order = 1.5"),
        "order: must be a whole number, not the number 1.5",
    ),
    "number for a text": (
        ('why = "It lifts."', "why = 7"),
        "muscles[0].why: must be text, not the number 7",
    ),
    "text for a list": (
        ('equipment = ["bench"]', 'equipment = "bench"'),
        "equipment: must be a list, not the text 'bench'",
    ),
    "list for a table": (
        (
            '[summary]\ntext = "A lift."\ngrounds = [{ basis = "inference", note = "Made up for a test." }]',
            "summary = []",
        ),
        "summary: must be a table, not a list",
    ),
    "number for a role": (
        ('role = "prime mover"', "role = 1"),
        "muscles[0].role: must be one of prime mover, synergist, stabilizer, not the number 1",
    ),
    "unknown key": (
        ('why = "It lifts."', 'wy = "It lifts."'),
        "muscles[0].wy: unknown key 'wy' (did you mean 'why'?)",
    ),
    "unknown key with odd signs": (
        ("order = 1", '"a.b c" = 1'),
        "'a.b c': unknown key 'a.b c' (known: id, name, summary, suits, setup, phases, muscles, "
        "order, equipment, questions, antagonists, compared, lift)",
    ),
    "unknown role": (
        ('role = "prime mover"', 'role = "prime muver"'),
        "muscles[0].role: unknown role 'prime muver' (did you mean 'prime mover'?)",
    ),
    "unknown contraction": (
        ('contraction = "concentric"', 'contraction = "concentrical"'),
        "muscles[0].lift.contraction: unknown contraction 'concentrical' "
        "(did you mean 'concentric'?)",
    ),
    "unknown phase": (
        ('phase = "lift"', 'phase = "lifting"'),
        "phases[0].phase: unknown phase 'lifting' (did you mean 'lift'?)",
    ),
    "unknown muscle": (
        ('muscle = "gluteus_maximus"', 'muscle = "gluteus_maximum"'),
        "muscles[0].muscle: unknown muscle 'gluteus_maximum' (did you mean 'gluteus_maximus'?)",
    ),
    "unknown equipment": (
        ('equipment = ["bench"]', 'equipment = ["bench", "bar bell"]'),
        "equipment[1]: unknown equipment 'bar bell' (did you mean 'barbell'?)",
    ),
    "unknown source": (
        ('source = "otsuka2021"', 'source = "otsuka2012"'),
        "muscles[0].lift.grounds[0].source: unknown source 'otsuka2012' "
        "(did you mean 'otsuka2021'?)",
    ),
    "statement without grounds": (
        ('grounds = [{ basis = "study", source = "otsuka2021" }]', "grounds = []"),
        "muscles[0].lift.grounds: must have at least one entry",
    ),
    "grounds left out": (
        ('grounds = [{ basis = "article", source = "golf-insider-hip-thrust" }]\n', ""),
        "muscles[0].grounds: required, but missing",
    ),
    "study without source": (
        ('{ basis = "study", source = "otsuka2021" }', '{ basis = "study" }'),
        "muscles[0].lift.grounds[0].source: required with basis = 'study'",
    ),
    "article without source": (
        ('{ basis = "article", source = "golf-insider-hip-thrust" }', '{ basis = "article" }'),
        "muscles[0].grounds[0].source: required with basis = 'article'",
    ),
    "inference without reasoning": (
        ('{ basis = "model", note = "It lengthens." }', '{ basis = "inference" }'),
        "muscles[0].lowering.grounds[0].note: required with basis = 'inference': the reasoning",
    ),
    "unknown fact": (
        (
            'source = "otsuka2021" }',
            'source = "otsuka2021", facts = ["otsuka2021-knee-extention-moment"] }',
        ),
        "muscles[0].lift.grounds[0].facts[0]: unknown fact 'otsuka2021-knee-extention-moment' "
        "(did you mean 'otsuka2021-knee-extension-moment'?)",
    ),
    "fact of another study": (
        ('source = "otsuka2021" }', 'source = "otsuka2021", facts = ["neto2019-order"] }'),
        "muscles[0].lift.grounds[0].facts[0]: 'neto2019-order' was measured by 'neto2019', "
        "not by 'otsuka2021'",
    ),
    "percentage in a note": (
        (
            'source = "golf-insider-hip-thrust" }',
            'source = "golf-insider-hip-thrust", note = "50 %" }',
        ),
        "muscles[0].grounds[0].note: a percentage without its normalisation; write what it is a "
        "percentage of, like '40 %MVIC' or '70 % of 1RM'",
    ),
    "number that no fact says": (
        (
            'source = "otsuka2021" }',
            'source = "otsuka2021", facts = ["otsuka2021-knee-extension-moment"], '
            'note = "67 ± 33 Nm at 6RM in 11 sprinters." }',
        ),
        "muscles[0].lift.grounds[0].note: mentions 67, which none of the named 'facts' says",
    ),
    "number without a fact": (
        ('source = "otsuka2021" }', 'source = "otsuka2021", note = "66 ± 33 Nm." }'),
        "muscles[0].lift.grounds[0].note: mentions 33, 66, which none of the named 'facts' says",
    ),
    "facts of an inference": (
        (
            '{ basis = "model", note = "It lengthens." }',
            '{ basis = "inference", note = "So.", facts = ["neto2019-order"] }',
        ),
        "muscles[0].lowering.grounds[0].facts: only with basis = 'study' or 'model'",
    ),
    "numbers of the model": (
        ('note = "It lengthens."', 'note = "It lengthens by 52 % of its fibres."'),
        "muscles[0].lowering.grounds[0].note: a note on the model carries no numbers; the program "
        "computes and shows them",
    ),
    "percentage of nothing": (
        ('why = "It lifts."', 'why = { en = "It lifts.", de = "Es hebt zu 80 %." }'),
        "muscles[0].why.de: a percentage without its normalisation; write what it is a percentage "
        "of, like '40 %MVIC' or '70 % of 1RM'",
    ),
    "empty reason": (
        ('why = "It lifts."', 'why = "  "'),
        "muscles[0].why: must not be empty",
    ),
    "reason without English": (
        ('why = "It lifts."', 'why = { de = "Er hebt." }'),
        "muscles[0].why.en: required, but missing (the English text)",
    ),
    "empty translation": (
        ('why = "It lifts."', 'why = { en = "It lifts.", de = "" }'),
        "muscles[0].why.de: must not be empty",
    ),
    "number out of range": (
        ("hip_bottom_deg = 80", "hip_bottom_deg = 400"),
        "setup.hip_bottom_deg: must be between 5 and 120, not 400",
    ),
    "enormous number": (
        ("hip_bottom_deg = 80", "hip_bottom_deg = 0x" + "f" * 5000),
        "setup.hip_bottom_deg: must be between 5 and 120, not a number of very many digits",
    ),
    "negative time": (
        ("seconds = 1.0", "seconds = -1"),
        "phases[0].seconds: must be between 0.05 and 60, not -1",
    ),
    "not a number": (
        ("hip_bottom_deg = 80", "hip_bottom_deg = nan"),
        "setup.hip_bottom_deg: must be a finite number, not nan",
    ),
    "infinite": (
        ("seconds = 1.0", "seconds = inf"),
        "phases[0].seconds: must be a finite number, not inf",
    ),
    "bad id": (
        ('id = "test-lift"', 'id = "Test Lift"'),
        "id: must be small letters and digits joined by '-' or '_', not 'Test Lift'",
    ),
    "one phase only": (
        ('[[phases]]\nphase = "lowering"\nseconds = 2.0\n', ""),
        "phases: must have at least 2 entries",
    ),
    "no lowering": (
        ('phase = "lowering"', 'phase = "hold"'),
        "phases: must have an entry for 'lowering'",
    ),
    "no height for the bench": (
        ("bench_height_cm = 40\n", ""),
        "setup.bench_height_cm: required with support = 'bench'",
    ),
    "support without bench": (
        ('equipment = ["bench"]', "equipment = []"),
        "equipment: must name 'bench' exactly when setup.support is 'bench'",
    ),
    "hips move the wrong way": (
        ("hip_bottom_deg = 80", "hip_bottom_deg = 10\nhip_top_deg = 30"),
        "setup.hip_bottom_deg: must be more flexed than hip_top_deg (30), not 10",
    ),
    "working side of two legs": (
        ('role = "prime mover"', 'role = "prime mover"\nside = "working"'),
        "muscles[0].side: 'working' needs setup.legs = 'working'; both legs work here",
    ),
    "equipment twice": (
        ('equipment = ["bench"]', 'equipment = ["bench", "mat", "bench"]'),
        "equipment[2]: 'bench' is named twice",
    ),
}


@pytest.mark.parametrize("kind", VARIATION_FAULTS)
def test_a_fault_in_a_variation_is_one_line(tmp_path: Path, kind: str) -> None:
    change, expected = VARIATION_FAULTS[kind]
    assert lines(tmp_path / "test-lift.toml", changed(VARIATION, change)) == [expected]


ENTRY = VARIATION[VARIATION.index("[[muscles]]") :]


GROUP = """
id = "{id}"
kind = "group"
name = "G"
latin = "G"
group = "gluteal"
members = {members}
"""


@pytest.mark.parametrize(
    ("named", "expected"),
    [
        (
            ["gluteus_maximus", "gluteus_maximus"],
            ["muscles[1].muscle: 'gluteus_maximus' is already described by muscles[0]"],
        ),
        # a statement about a muscle may stand beside one about its group, and beats it there
        (["gluteus_maximus", "test_group"], []),
        (["test_group", "gluteus_maximus"], []),
        (
            ["test_group", "other_group"],
            ["muscles[1].muscle: 'gluteus_maximus' is already described by muscles[0]"],
        ),
        (
            ["test_group", "gluteus_maximus", "gluteus_medius"],
            [
                "muscles[0].muscle: 'test_group' says nothing: every muscle of it has a statement "
                "of its own"
            ],
        ),
    ],
)
def test_a_muscle_twice(tmp_path: Path, named: list[str], expected: list[str]) -> None:
    groups = {
        "test_group": ["gluteus_medius", "gluteus_maximus"],
        "other_group": ["gluteus_maximus", "gluteus_minimus"],
    }
    paths = []
    for name, members in groups.items():
        paths.append(tmp_path / f"{name}.toml")
        paths[-1].write_text(GROUP.format(id=name, members=members).replace("'", '"'))
    path = tmp_path / "v.toml"
    head = VARIATION[: VARIATION.index("[[muscles]]")]
    path.write_text(head + "\n".join(ENTRY.replace("gluteus_maximus", m, 1) for m in named))
    found = [str(p) for p in check_files([path, *paths])]
    assert found == [f"{path}: {line}" for line in expected]


def test_an_antagonist_that_nobody_knows(tmp_path: Path) -> None:
    path = tmp_path / "v.toml"
    path.write_text(
        VARIATION
        + '\n[[antagonists]]\nmuscle = "ilopsoas"\njoint = "hip"\nwhy = "It flexes."\n'
        + 'grounds = [{ basis = "inference", note = "Anatomy." }]\n'
    )
    (problem,) = check_files([path])
    assert "antagonists[0].muscle: unknown muscle 'ilopsoas'" in str(problem)
