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
