"""Processes of our own run this very package, from sources and from a frozen program."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import visualizer
from visualizer.child import child, child_main, run_if_child


def test_the_child_runs_what_the_parent_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "visualizer").mkdir()
    (tmp_path / "visualizer" / "__init__.py").write_text("raise SystemExit(77)")
    (tmp_path / "json.py").write_text("raise SystemExit(78)")
    monkeypatch.chdir(tmp_path)
    command = child("import json, visualizer; print(visualizer.__file__)")
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == visualizer.__file__


def test_a_frozen_program_starts_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    class Module:
        given: tuple[object, ...] = ()

        @classmethod
        def main(cls, *arguments: object) -> int:
            cls.given = arguments
            return 3

    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "program")
    program, *arguments = child_main("visualizer.some", 1.5, "it's")
    assert program == "program"
    monkeypatch.setitem(sys.modules, "visualizer.some", Module)
    assert run_if_child(arguments) == 3
    assert Module.given == (1.5, "it's")


@pytest.mark.parametrize(
    "argv", [[], ["list"], ["--child-process"], ["--child-process", "antigravity"]]
)
def test_whatever_else_is_no_child(argv: list[str]) -> None:
    assert run_if_child(argv) is None
