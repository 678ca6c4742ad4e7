"""Every picture of the README is taken by one command, and each that is taken is shown."""

from __future__ import annotations

import re

import pytest

from tools.readme_pictures import FOLDER, SHEETS, WINDOWS, main

README = FOLDER.parent / "README.md"


def test_the_readme_shows_what_is_taken() -> None:
    shown = set(re.findall(r"\]\(docs/([a-z-]+)\.png\)", README.read_text("utf-8")))
    assert shown == {*WINDOWS, *SHEETS, "audience"}
    assert {file.stem for file in FOLDER.glob("*.png")} == shown


def test_a_picture_that_is_not_known_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["window-light", "windw-dark"]) == 2
    said = capsys.readouterr().out
    assert "windw-dark" in said.split(";")[0]
    assert "window-dark" in said.split(";")[1]
