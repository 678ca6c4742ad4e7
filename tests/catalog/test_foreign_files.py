"""What people try that is no data file: each gets a sentence that says what it is."""

from __future__ import annotations

import codecs
import json
from pathlib import Path

import pytest

from tests.helpers.data_files import SOURCES, VARIATION
from visualizer.catalog.catalog import check_files, load_catalog
from visualizer.catalog.endings import is_lesson

MOT = "subject\nversion=1\nnRows=2\nnColumns=2\ninDegrees=yes\nendheader\ntime\tpelvis_tilt\n0\t1\n"
STO = "Coordinates\nversion=1\nnRows=1\nnColumns=2\nendheader\ntime\tq\n0.0\t0.0\n"
TCX = '<?xml version="1.0"?>\n<!-- made by a watch -->\n<TrainingCenterDatabase xmlns="x"/>\n'
EXERCISE = {"name": "Barbell Hip Thrust", "force": "push", "primaryMuscles": ["glutes"]}

FOREIGN: dict[str, tuple[str | bytes, str]] = {
    "x.toml.txt": (VARIATION, "rename it to 'x.toml'"),
    "x.TOML.TXT": (VARIATION, "rename it to 'x.TOML'"),
    "x.hipthrust.TXT": (VARIATION, "ends in '.TXT'; rename it to 'x.hipthrust'"),
    "x.toml.rtf": ('{\\rtf1\\ansi id = "a"}', "is formatted text (RTF); save it as plain text"),
    "x.txt": (VARIATION, "its name does not end in '.toml'"),
    "squat.md": ("# Squat\n\nA lift: down, up.\n", "its name does not end in '.toml'"),
    "utf16.toml": (codecs.BOM_UTF16_LE + VARIATION.encode("utf-16-le"), "is UTF-16 text"),
    "utf16-big.toml": (codecs.BOM_UTF16_BE + VARIATION.encode("utf-16-be"), "save it as UTF-8"),
    "utf16-no-mark.toml": (VARIATION.encode("utf-16-le"), "is UTF-16 text"),
    "utf32.toml": (VARIATION.encode("utf-32"), "is UTF-32 text"),
    "gait.mot": (MOT, "is a motion or table of OpenSim; recorded motions cannot be shown"),
    "gait.sto": (STO, "is a motion or table of OpenSim"),
    "gait.toml": (MOT, "is a motion or table of OpenSim"),
    "training.tcx": (TCX, "is a recording of a training (TCX)"),
    "training.fit": (b"\x0e\x10\x43\x08\x78\x06\0\0.FIT", "is a recording of a training (FIT)"),
    "model.osim": ("<OpenSimDocument Version='4'/>", "is a file of OpenSim"),
    "page.toml": ("<!DOCTYPE html>\n<html></html>", "is a web page"),
    "other.xml": ("<recipe/>", "is an XML file (recipe)"),
    "lift.docx": (b"PK\x03\x04\x14\0", "is a Word, Excel or ZIP file"),
    "lift.toml": (b"%PDF-1.7\n", "is a PDF"),
    "exercise.json": (json.dumps(EXERCISE), "is an exercise list (as in free-exercise-db)"),
    "exercises.json": (json.dumps([EXERCISE]), "write a variation as a TOML file"),
    "sources.json": ("{}", "is not a list of publications"),
    "library.json": (SOURCES, "publications belong into a file named 'sources.json'"),
    "json.toml": (json.dumps(EXERCISE, indent=1), "is JSON, not TOML"),
}


@pytest.mark.parametrize("name", FOREIGN)
def test_each_is_told_what_it_is(tmp_path: Path, name: str) -> None:
    content, says = FOREIGN[name]
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    (problem,) = check_files([path])
    assert problem.file == str(path)
    assert says in problem.message
    assert len(problem.message.splitlines()) == 1


@pytest.mark.parametrize("name", ["OWN.TOML", "own.hipthrust", "own.HipThrust"])
def test_the_endings_of_our_own_files(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(VARIATION, "utf-8")
    assert check_files([tmp_path / name]) == []
    loaded = load_catalog([tmp_path])
    assert loaded.problems == ()
    assert "test-lift" in [v.id for v in loaded.catalog.variations]


def test_a_lesson_under_the_shared_ending_is_no_variation(tmp_path: Path) -> None:
    lesson = tmp_path / "own.hipthrust"
    lesson.write_text('# for Monday\nlesson = 1\ntitle = "A"\n[[stops]]\nmoment = "x"\n', "utf-8")
    assert is_lesson(lesson)
    assert load_catalog([tmp_path]).problems == ()
    other = tmp_path / "other.hipthrust"
    other.write_text(VARIATION + "\n[more]\nlesson = 1\n", "utf-8")
    assert not is_lesson(other)
    assert not is_lesson(tmp_path / "missing.hipthrust")
    assert is_lesson(tmp_path / "missing.lesson.toml")


TRIED = ("x.toml.txt", "gait.mot", "gait.sto", "training.tcx", "exercise.json", "utf16.toml")


@pytest.mark.parametrize("name", TRIED)
def test_what_was_meant_to_be_read_is_reported_with_the_words_of_the_check(
    tmp_path: Path, name: str
) -> None:
    content, _ = FOREIGN[name]
    path = tmp_path / "variations" / name
    path.parent.mkdir()
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    assert list(load_catalog([tmp_path]).problems) == check_files([path])


@pytest.mark.parametrize(
    "name", ["notes.txt", "error.log", "lift.png", ".x.toml.swp", "x.toml~", "~$x.toml", "README"]
)
def test_what_merely_lies_there_is_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("nothing to read", "utf-8")
    assert load_catalog([tmp_path]).problems == ()


def test_names_that_differ_in_bytes_that_are_no_text_are_two_files(tmp_path: Path) -> None:
    import os

    folder = os.fsencode(tmp_path)
    try:
        for byte in (b"\xfe", b"\xff"):
            with open(folder + b"/a" + byte + b".toml", "wb") as stream:  # noqa: PTH123
                stream.write(b"id = ")
    except OSError:
        pytest.skip("this file system takes text alone")
    files = [problem.file for problem in load_catalog([tmp_path]).problems]
    assert files == [f"{tmp_path}/a\\xfe.toml", f"{tmp_path}/a\\xff.toml"]
