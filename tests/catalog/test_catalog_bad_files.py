"""Bad data files: one clear line for each fault, all faults of a file at once, never a traceback."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.data_files import MUSCLE, SOURCES, VARIATION, changed, lines
from visualizer.catalog.catalog import check_files


@pytest.mark.parametrize(
    ("name", "content"),
    [("v.toml", VARIATION), ("m.toml", MUSCLE), ("sources.json", SOURCES)],
)
def test_the_templates_are_valid(tmp_path: Path, name: str, content: str) -> None:
    assert lines(tmp_path / name, content) == []


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


MUSCLE_FAULTS = {
    "missing field": (
        ('latin = "Musculus probationis"\n', ""),
        "latin: required, but missing",
    ),
    "wrong type": (
        ('tendons = ["t1", "t2"]', "tendons = [1, 2]"),
        [
            "tendons[0]: must be text, not the number 1",
            "tendons[1]: must be text, not the number 2",
        ],
    ),
    "unknown key": (
        ('origin = "Here."', 'orgin = "Here."'),
        "orgin: unknown key 'orgin' (did you mean 'origin'?)",
    ),
    "unknown kind": (
        ('group = "gluteal"', 'group = "gluteal"\nkind = "musle"'),
        "kind: unknown kind 'musle' (did you mean 'muscle'?)",
    ),
    "unknown source": (
        ('sources = ["otsuka2021"]', 'sources = ["otsuka2012"]'),
        "sources[0]: unknown source 'otsuka2012' (did you mean 'otsuka2021'?)",
    ),
    "unknown source of the volume": (
        ('note = "Estimate."', 'note = "Estimate."\nsource = "handsfeld2014"'),
        "volume.source: unknown source 'handsfeld2014' (did you mean 'handsfield2014'?)",
    ),
    "anatomy without a source": (
        ('sources = ["otsuka2021"]\n', ""),
        "origin: states something without a source; name one in 'sources'",
    ),
    "fibre length of a strange tendon": (
        ("t1 = 0.1", "t3 = 0.1"),
        "optimal_fibre_length_m: unknown tendon 't3' (did you mean 't2'?)",
    ),
    "fibre length in centimetres": (
        ("t1 = 0.1", "t1 = 10"),
        "optimal_fibre_length_m.t1: must be between 0.001 and 1, not 10",
    ),
    "volume not a number": (
        ("cm3 = 100", "cm3 = nan"),
        "volume.cm3: must be a finite number, not nan",
    ),
    "members of a muscle": (
        ('group = "gluteal"', 'group = "gluteal"\nmembers = ["soleus"]'),
        "members: only a group has members (kind is 'muscle')",
    ),
    "bad FMA identifier": (
        ('group = "gluteal"', 'group = "gluteal"\nfma = "22314"'),
        "fma: must be FMA and digits, like FMA22314, not '22314'",
    ),
}


@pytest.mark.parametrize("kind", MUSCLE_FAULTS)
def test_a_fault_in_a_muscle(tmp_path: Path, kind: str) -> None:
    change, expected = MUSCLE_FAULTS[kind]
    wanted = [expected] if isinstance(expected, str) else expected
    assert lines(tmp_path / "m.toml", changed(MUSCLE, change)) == wanted


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ("[]", ["members: must have at least one entry: a group stands for muscles"]),
        ('["solius"]', ["members[0]: unknown muscle 'solius' (did you mean 'soleus'?)"]),
        ('["hamstrings"]', ["members[0]: 'hamstrings' is a group; name its muscles"]),
        ('["soleus", "soleus"]', ["members[1]: 'soleus' is named twice"]),
    ],
)
def test_a_fault_in_a_group(tmp_path: Path, members: str, expected: list[str]) -> None:
    text = 'id = "g"\nkind = "group"\nname = "G"\nlatin = "G"\ngroup = "leg"\n'
    assert lines(tmp_path / "g.toml", f"{text}members = {members}\n") == expected


SOURCE_FAULTS = {
    "missing title": (('"title": "A", ', ""), "[0].title: required, but missing"),
    "unknown key": (
        ('"title": "A"', '"titel": "A"'),
        "[0].titel: unknown key 'titel' (did you mean 'title'?)",
    ),
    "wrong type": (
        ('"title": "A"', '"title": null'),
        "[0].title: must be text, not null",
    ),
    "bad date": (
        ("[[2020]]", '[["2020"]]'),
        "[0].issued.date-parts[0][0]: must be a whole number, not the text '2020'",
    ),
    "empty date": (
        ("[[2020]]", "[]"),
        "[0].issued.date-parts: must have at least one entry",
    ),
    "no author": (
        (', "author": [{"family": "A", "given": "B"}]', ""),
        "[0].author: required for the citation of a 'book', or to be named in custom.not_seen",
    ),
    "no year": (
        (',\n   "issued": {"date-parts": [[2020]]}', ""),
        "[0].issued: required for the citation of a 'book', or to be named in custom.not_seen",
    ),
    "no journal": (
        ('"type": "book"', '"type": "article-journal"'),
        "[0].container-title: required for the citation of a 'article-journal', or to be named in "
        "custom.not_seen",
    ),
    "author without a name": (
        ('{"family": "A", "given": "B"}', '{"given": "B"}'),
        "[0].author[0]: must have a 'family' or a 'literal' name",
    ),
    "wrong DOI": (
        ('"title": "A"', '"title": "A", "DOI": "doi.org/10.1123/x"'),
        "[0].DOI: must be a DOI like 10.1123/jab.2014-0301, not 'doi.org/10.1123/x'",
    ),
    "wrong address": (
        ('"title": "A"', '"title": "A", "URL": "www.example.org"'),
        "[0].URL: must be an address like https://example.org/page, not 'www.example.org'",
    ),
    "unknown field not seen": (
        ('"title": "A"', '"title": "A", "custom": {"not_seen": ["autor"]}'),
        "[0].custom.not_seen[0]: unknown field 'autor' (did you mean 'author'?)",
    ),
    "not a list": (
        (SOURCES, "{}"),
        "is not a list of publications (CSL-JSON), the only JSON file that is read",
    ),
    "the same id twice": (
        ("]\n", ', {"id": "a2020", "type": "book", "title": "B"}]\n'),
        "[1].id: duplicate id 'a2020', already in this file",
    ),
    "invalid JSON": (
        ('"type": "book"', '"type" "book"'),
        "invalid JSON: expected ':' (at line 2, column 26)",
    ),
    "truncated JSON": ((SOURCES, "[1,"), "invalid JSON: Input data was truncated"),
    "nested too deeply": ((SOURCES, "[" * 100_000), "invalid JSON: nested too deeply"),
}


@pytest.mark.parametrize("kind", SOURCE_FAULTS)
def test_a_fault_in_the_sources(tmp_path: Path, kind: str) -> None:
    change, expected = SOURCE_FAULTS[kind]
    content = changed(SOURCES, change) if change[0] != "]\n" else SOURCES[:-2] + change[1]
    assert lines(tmp_path / "sources.json", content) == [expected]


FILE_FAULTS: dict[str, tuple[str | bytes, str]] = {
    "invalid TOML": (
        'id = "a"\nname = = 3\n',
        "invalid TOML: Invalid value (at line 2, column 8)",
    ),
    "TOML cut off": (
        'id = "a"\nname = "b',
        "invalid TOML: Unterminated string (at line 2, the last one)",
    ),
    "key twice": (
        'id = "a"\nid = "b"\nname = "c"\n',
        "invalid TOML: Cannot overwrite a value (at line 2, column 9)",
    ),
    "nested too deeply": ("a = " + "[" * 100_000, "invalid TOML: nested too deeply"),
    "digits without end": (
        "a = " + "1" * 5000,
        "invalid TOML: Exceeds the limit (4300 digits) for integer string conversion: value has "
        "5000 digits; use sys.set_int_max_str_digits() to increase the limit",
    ),
    "binary": (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        "is a picture (PNG), not a text file; variations, muscles and measurements are read from TOML "
        "files, publications from sources.json",
    ),
    "some other binary": (b"id = \0", "is a binary file, not text"),
    "empty": (b"", "the file is empty"),
    "blank": (b" \n\n\t\n", "the file is empty"),
    "only a comment": (b"# nothing here\n", "the file is empty"),
    "Latin-1": (
        'id = "a"\nname = "Hüftheben"\n'.encode("latin-1"),
        "is not UTF-8 text (byte 0xFC in line 2); save it as UTF-8",
    ),
    "something else": (
        'title = "My playlist"\n',
        "is neither a variation (with 'setup' and 'muscles') nor a muscle (with 'latin') nor "
        "measurements (with 'facts') nor disagreements (with 'cards')",
    ),
}


@pytest.mark.parametrize("kind", FILE_FAULTS)
def test_a_file_that_is_no_data_file(tmp_path: Path, kind: str) -> None:
    content, expected = FILE_FAULTS[kind]
    assert lines(tmp_path / "x.toml", content) == [expected]


def test_a_huge_file_is_refused_without_reading_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "huge.toml"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    opened: list[Path] = []
    real_open = Path.open

    def noted(self: Path, *args: Any, **fields: Any) -> Any:
        opened.append(self)
        return real_open(self, *args, **fields)

    monkeypatch.setattr(Path, "open", noted)
    assert [str(p) for p in check_files([path])] == [
        f"{path}: is too large (50.0 MB; a data file has at most 1 MB)"
    ]
    assert path not in opened


def test_a_directory_and_a_missing_file(tmp_path: Path) -> None:
    missing = tmp_path / "missing.toml"
    assert [str(p) for p in check_files([tmp_path, missing])] == [
        f"{tmp_path}: is a folder; name the files in it",
        f"{missing}: no such file",
    ]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    assert str(check_files([tmp_path / "pipe.toml"])[0]).endswith("is not a regular file")


def test_a_file_without_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "locked.toml"
    path.write_text(VARIATION)
    real_open = os.open

    def refuse(name: Path, *args: Any, **kwargs: Any) -> Any:
        if name == path:
            raise PermissionError(13, "Permission denied", str(path))
        return real_open(name, *args, **kwargs)

    monkeypatch.setattr(os, "open", refuse)
    assert [str(p) for p in check_files([path])] == [f"{path}: cannot be read (Permission denied)"]


def test_names_that_no_file_can_have() -> None:
    assert str(check_files([Path("a\0b")])[0]) == "a\\x00b: is not a valid file name"
    assert "File name too long" in str(check_files([Path("x" * 5000)])[0])


def test_a_byte_order_mark_and_windows_line_ends_are_fine(tmp_path: Path) -> None:
    content = "\ufeff" + VARIATION.replace("\n", "\r\n")
    assert lines(tmp_path / "v.toml", content.encode()) == []


def test_all_problems_of_all_files_at_once(tmp_path: Path) -> None:
    first, second = tmp_path / "first.toml", tmp_path / "second.toml"
    first.write_text(
        changed(
            VARIATION,
            ('name = "Test lift"\n', ""),
            ("hip_bottom_deg = 80", "hip_bottom_deg = nan"),
            ('role = "prime mover"', 'role = "boss"'),
            ('why = "It lifts."', 'why = ""'),
        )
    )
    second.write_text("oops")
    assert [(Path(p.file).name, p.path) for p in check_files([second, first])] == [
        ("second.toml", ""),
        ("first.toml", "name"),
        ("first.toml", "setup.hip_bottom_deg"),
        ("first.toml", "muscles[0].role"),
        ("first.toml", "muscles[0].why"),
    ]


def test_a_duplicate_id_in_two_files(tmp_path: Path) -> None:
    first, second = tmp_path / "a.toml", tmp_path / "b.toml"
    first.write_text(VARIATION)
    second.write_text(VARIATION)
    assert [str(p) for p in check_files([first, second])] == [
        f"{second}: id: duplicate id 'test-lift', already in {first}"
    ]
    first.write_text(MUSCLE)
    second.write_text(MUSCLE)
    assert [str(p) for p in check_files([first, second])] == [
        f"{second}: id: duplicate id 'test_muscle', already in {first}"
    ]


def test_a_file_named_twice_is_checked_once(tmp_path: Path) -> None:
    path = tmp_path / "a.toml"
    path.write_text(VARIATION)
    assert check_files([path, path]) == []


def test_a_file_that_is_wrong_from_end_to_end_gives_a_bounded_list(tmp_path: Path) -> None:
    content = VARIATION + "".join(f"k{i} = {i}\n" for i in range(5000))
    found = lines(tmp_path / "v.toml", content)
    assert len(found) == 51
    assert found[-1] == "there are more problems; fix these first"
