"""The setup: what it notices, and that it says the true cause of what it cannot do."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

import visualizer
from visualizer import installation
from visualizer.compiler import Compiler

GCC = Compiler(Path("/usr/bin/gcc"), True, True)
NONE = Compiler(None, False, True)


def test_the_setup_names_what_it_cannot_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(installation, "missing_libraries", lambda x11: {"libEGL.so.1": "libegl1"})
    monkeypatch.setattr(installation, "_can_apt", lambda: False)
    assert installation.main(["--setup-only"]) == 1
    error = capsys.readouterr().err
    assert "libEGL.so.1" in error
    assert "sudo apt-get install libegl1" in error


def test_the_setup_runs_on_a_bare_python() -> None:
    # -S and -I: no site-packages, so nothing but the standard library can be imported
    root = Path(__file__).parents[1]
    code = f"import sys; sys.path.insert(0, {str(root)!r}); import visualizer.bootstrap as b; b.main(['--help'])"
    done = subprocess.run([sys.executable, "-I", "-S", "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "--test" in done.stdout


# ----------------------------------------------------------------------------------- old Pythons
@pytest.mark.parametrize("name", ["__init__.py", "bootstrap.py"])
def test_every_python_can_read_what_says_that_it_is_too_old(name: str) -> None:
    text = Path(visualizer.__file__).with_name(name).read_text("utf-8")
    tree = ast.parse(text, feature_version=(3, 4))
    assert text.isascii() or text.startswith("# -*- coding: utf-8 -*-\n")
    for node in ast.walk(tree):
        assert not isinstance(node, ast.JoinedStr | ast.AnnAssign | ast.NamedExpr)
        assert not (isinstance(node, ast.ImportFrom) and node.module == "__future__")
        if isinstance(node, ast.FunctionDef):
            assert node.returns is None
            assert not any(a.annotation for a in node.args.args)
            assert not node.args.kwonlyargs


def test_an_old_python_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from visualizer import bootstrap

    monkeypatch.setattr(sys, "version_info", (3, 6, 15, "final", 0))
    assert bootstrap.main([]) == 1  # type: ignore[no-untyped-call]  # old Pythons read it
    assert capsys.readouterr().err == "setup: Python 3.11 or newer is needed, this is 3.6.15\n"


# ------------------------------------------------------------------------------ the environment
class Folder:
    """A folder of sources in which installing is only pretended."""

    def __init__(self, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root, self.installs, self.succeeds = root, 0, True
        self.builds: tuple[str, ...] = ()
        for name in ("render/native/module.c", "anatomy/strands.c"):
            file = root / "visualizer" / name
            file.parent.mkdir(parents=True)
            file.write_text("int x;\n")
        (root / "pyproject.toml").touch()
        (root / ".venv").mkdir()
        self.compiler = GCC
        monkeypatch.setattr(installation, "_ROOT", root)
        monkeypatch.setattr(installation, "_VENV", root / ".venv")
        monkeypatch.setattr(installation, "_works", lambda python: True)
        monkeypatch.setattr(installation, "_can_apt", lambda: False)
        monkeypatch.setattr(installation, "_run", self.run)
        monkeypatch.setattr(Compiler, "found", lambda: self.compiler)

    def run(self, command: object, what: object, environment: object) -> bool:
        self.installs += 1
        for name in self.builds:
            (self.root / "visualizer" / f"{name}.abi3.so").touch()
        return self.succeeds

    def start(self) -> bool:
        return installation._environment("") is not None


BOTH = ("render/_kernel", "anatomy/_strands")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Folder:
    return Folder(tmp_path / "here", monkeypatch)


def test_a_complete_installation_is_left_alone(folder: Folder) -> None:
    folder.builds = BOTH
    assert folder.start()
    assert folder.start()
    assert folder.installs == 1


@pytest.mark.parametrize("built", [(), BOTH[:1], BOTH[1:]])
def test_a_compiler_that_came_later_is_used(
    folder: Folder, capsys: pytest.CaptureFixture[str], built: tuple[str, ...]
) -> None:
    folder.compiler, folder.builds = NONE, built
    assert folder.start()
    assert "could not be built: no C compiler was found" in capsys.readouterr().out
    assert folder.start()
    assert folder.installs == 1, "nothing has changed, so nothing is tried again"
    folder.compiler, folder.builds = GCC, BOTH
    assert folder.start()
    assert folder.installs == 2
    assert "could not be built" not in capsys.readouterr().out
    assert folder.start()
    assert folder.installs == 2


def test_extensions_that_were_deleted_are_built_again(folder: Folder) -> None:
    folder.builds = BOTH
    assert folder.start()
    (folder.root / "visualizer/render/_kernel.abi3.so").unlink()
    assert folder.start()
    assert folder.installs == 2


def test_a_moved_folder_is_put_right_or_goes_on(
    folder: Folder,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder.builds = BOTH
    assert folder.start()
    there = tmp_path / "there"
    folder.root.rename(there)
    folder.root, folder.succeeds = there, False
    monkeypatch.setattr(installation, "_ROOT", there)
    monkeypatch.setattr(installation, "_VENV", there / ".venv")
    assert folder.start(), "without network the window opens all the same"
    assert "moved" in capsys.readouterr().out
    folder.succeeds = True
    assert folder.start()
    assert folder.start()
    assert folder.installs == 3
    assert len(installation._extensions()) == 2


def test_a_folder_that_cannot_be_written_to_is_said_to_be_one(
    folder: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(path: Path, *rest: object, **more: object) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(installation, "_works", lambda python: False)
    monkeypatch.setattr(Path, "mkdir", refused)
    assert not folder.start()
    error = capsys.readouterr().err
    assert "cannot be made (Permission denied)" in error
    assert "apt-get" not in error


@pytest.mark.parametrize(
    ("said", "advice"),
    [
        (b"ensurepip is not available", "sudo apt-get install python3-venv"),
        (b"Error: [Errno 28] No space left on device", "the lines above say why"),
    ],
)
def test_the_venv_module_is_only_blamed_when_it_is_missing(
    folder: Folder,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    said: bytes,
    advice: str,
) -> None:
    monkeypatch.setattr(installation, "_works", lambda python: False)
    monkeypatch.setattr(
        installation, "_venv", lambda: subprocess.CompletedProcess([], 1, stdout=said)
    )
    assert not folder.start()
    error = capsys.readouterr().err
    assert advice in error
    assert said.decode() in error
    assert ("python3-venv" in error) == (b"ensurepip" in said)


def test_an_installed_package_is_no_folder_of_sources(
    folder: Folder, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder.root / "pyproject.toml").unlink()
    assert installation.main(["--setup-only"]) == 1
    assert "installed already" in capsys.readouterr().err


# --------------------------------------------------------------------------------- the compiler
posix = pytest.mark.skipif(os.name != "posix", reason="a shell script stands for the compiler")


def script(folder: Path, name: str, text: str) -> Path:
    file = folder / name
    file.write_text(f"#!/bin/sh\n{text}\n")
    file.chmod(0o755)
    return file


@posix
def test_the_compiler_is_found_where_setuptools_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CC", raising=False)
    assert Compiler.found().path is None
    clang = script(tmp_path, "clang", "exit 0")
    found = Compiler.found()
    assert found.path == clang
    assert found.environment()["CC"] == str(clang)
    mine = script(tmp_path, "mine", "exit 0")
    monkeypatch.setenv("CC", "mine -O1")
    assert Compiler.found().path == mine
    assert Compiler.found().environment()["CC"] == "mine -O1"
    before = Compiler.found().identity()
    monkeypatch.setenv("CC", "clang")
    assert Compiler.found().identity() != before
    monkeypatch.setenv("CC", "not-there")
    assert Compiler.found().path is None


@posix
def test_the_true_cause_is_told(tmp_path: Path) -> None:
    def why(compiler: Compiler) -> str:
        return compiler.why_not(tmp_path, ["anatomy/strands.c"])

    broken = script(
        tmp_path, "broken", "echo first >&2; echo 'cc1: fatal error: no memory' >&2; exit 1"
    )
    assert "no C compiler was found" in why(NONE)
    assert "headers are missing" in why(Compiler(broken, True, False))
    assert why(Compiler(broken, True, True)) == (
        f"the C compiler {broken} fails (cc1: fatal error: no memory)"
    )
    fine = script(tmp_path, "fine", "exit 0")
    assert (
        why(Compiler(fine, True, True)) == f"the C compiler {fine} is there, but the build failed"
    )
