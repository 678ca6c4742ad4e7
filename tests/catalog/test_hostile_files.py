"""Files and folders as accidents, other systems and jokers leave them: a line each, and no harm."""

from __future__ import annotations

import os
import tomllib
from pathlib import Path
from typing import NoReturn

import msgspec
import pytest

from visualizer.catalog import datafile, folders
from visualizer.catalog.catalog import check_files, load_catalog
from visualizer.catalog.folders import files_of
from visualizer.errors import DataError
from visualizer.resources import data_folder

GLUTE_BRIDGE = data_folder() / "variations" / "glute-bridge.toml"
FACTS = """
source = "plotkin2023"
exercise = "hip thrust"
load = "10RM"
phase = "whole"
method = "MRI"
normalisation = "none"
read = "abstract"
population = {{ n = {n} }}
[[facts]]
key = "mine"
quantity = "size"
unit = "cm3"
value = {value}
low = {low}
high = {high}
"""
BIG = "1" + "0" * 400


def lines(path: Path, content: str | bytes) -> list[str]:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return [f"{p.path}: {p.message}" for p in check_files([path])]


# ------------------------------------------------------------------------------------- numbers
@pytest.mark.parametrize("number", [BIG, "-" + BIG, "1" + "0" * 300, "9" * 4000, "0x" + "F" * 9000])
@pytest.mark.parametrize("place", ["value", "low", "high", "n"])
def test_no_number_is_too_large_to_be_refused(tmp_path: Path, number: str, place: str) -> None:
    numbers = {"value": "1.0", "low": "0.5", "high": "2.0", "n": "10", place: number}
    found = lines(tmp_path / "facts.toml", FACTS.format(**numbers))
    name = "population.n" if place == "n" else f"facts[0].{place}"
    assert any(line.startswith(f"{name}: must be ") for line in found), found


def test_a_list_without_end_is_one_line(tmp_path: Path) -> None:
    ground = '{ basis = "inference", note = "so it is" },'
    text = GLUTE_BRIDGE.read_text("utf-8")
    start = text.index("grounds = [")
    many = text[:start] + "grounds = [" + ground * 20_000 + text[start + len("grounds = [") :]
    (line,) = (x for x in lines(tmp_path / "many.toml", many) if "entries" in x)
    assert "must have at most 1000 entries, not 200" in line


def test_many_lists_of_grounds_are_limited_together(tmp_path: Path) -> None:
    ground = '{ basis = "inference", note = "so it is" },'
    text = GLUTE_BRIDGE.read_text("utf-8").replace("grounds = [", "grounds = [" + ground * 100)
    assert any("at most 1000 grounds in all" in x for x in lines(tmp_path / "many.toml", text))


# ----------------------------------------------------------------------------------- deep names
LONG = ".".join("a" * 3000)


@pytest.mark.parametrize(
    "text",
    [
        f"{LONG} = 1",
        f"[{LONG}]\nx = 1",
        f"[[{LONG}]]\nx = 1",
        f"x = {{ {LONG} = 1 }}",
        f"x = {{ y = [ {{ {LONG} = 1 }} ] }}",
        " . ".join(['"a"', "'b'", "c"] * 40) + " = 1",
        'x = """a"""\n' + f"{LONG} = 1",
        'x = """a"""""\n' + f"{LONG} = 1",
        "x = '''a'''''\n" + f"{LONG} = 1",
        f'x = "\\"" # "\n{LONG} = 1',
        f"# '''\n{LONG} = 1",
    ],
)
def test_a_name_of_very_many_parts_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(msgspec.toml, "decode", None)
    file = tmp_path / "bomb.toml"
    file.write_text("\n" + text, "utf-8")
    with pytest.raises(DataError) as caught:
        datafile.read_document(file)
    line = 2 + text[: max(text.find(LONG), text.find(" . "))].count("\n")
    reason = f"has a name of more than 30 parts joined by dots (at line {line})"
    assert str(caught.value) == f"{file}: {reason}"


@pytest.mark.parametrize(
    "text",
    [
        f'x = "{LONG}"',
        f"x = '{LONG}'",
        f'x = """\n{LONG} = 1\n"""',
        f'x = """\n""{LONG}\\"""\n"""""',
        f"x = '''\n''{LONG}\n'''''",
        f"# {LONG}\nx = 1",
        f"x = [{'1.5, ' * 500}]",
        "x.y.z = 1\n" * 2,
    ],
)
def test_dots_elsewhere_are_no_names(text: str) -> None:
    assert datafile._line_of_long_name(text) is None
    if "x.y.z" not in text:
        tomllib.loads(text)


@pytest.mark.parametrize("unit", ['"""\\', '"\\', "'''.", '"".', ".", '"', "[[", "#.", "\\"])
def test_the_search_for_long_names_does_not_go_back(unit: str) -> None:
    # would not end within hours if it began anew at every piece
    text = unit * (200_000 // len(unit))
    datafile._line_of_long_name("." * 29 + "a" + text + "." * 30 + "\n" + text)


# ------------------------------------------------------------------------------ names and folders
def bridge(name: str) -> str:
    return GLUTE_BRIDGE.read_text("utf-8").replace('id = "glute-bridge"', f'id = "{name}"', 1)


def test_names_that_differ_in_bytes_that_are_no_text_are_two_files(tmp_path: Path) -> None:
    for byte in (b"\xff", b"\xfe"):
        name = os.fsdecode(b"a" + byte + b".toml")
        try:
            (tmp_path / name).write_text(bridge(f"bridge-{byte.hex()}"), "utf-8")
        except OSError:
            pytest.skip("this file system takes UTF-8 names only")
    load = load_catalog([tmp_path])
    assert load.problems == ()
    assert {"bridge-ff", "bridge-fe"} <= {v.id for v in load.catalog.variations}
    for file in tmp_path.iterdir():
        file.write_text("x = 1", "utf-8")
    files = [p.file for p in load_catalog([tmp_path]).problems]
    assert [f.rpartition(os.sep)[2] for f in files] == ["a\\xfe.toml", "a\\xff.toml"]


def test_a_name_in_capitals_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "MINE.TOML").write_text(bridge("mine"), "utf-8")
    assert "mine" in {v.id for v in load_catalog([tmp_path]).catalog.variations}


def test_a_folder_that_cannot_be_read_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "muscles").write_text("a file where a folder should be")
    (problem,) = load_catalog([tmp_path]).problems
    assert problem.file == str(tmp_path / "muscles")
    assert "cannot be read" in problem.message
    (tmp_path / "muscles").unlink()

    def refused(path: Path) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "iterdir", refused)
    _, problems = files_of(tmp_path)
    assert {p.message for p in problems} == {"cannot be read (Permission denied)"}


def test_a_folder_of_very_many_files_is_read_in_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "_MOST_FILES", 3)
    for k in range(5):
        (tmp_path / f"{k}.toml").touch()
    files, (problem,) = files_of(tmp_path)
    assert len(files) == 3
    assert problem.message == "has 5 data files; only the first 3 are read"
