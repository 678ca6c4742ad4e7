"""The shape of the code: one direction of dependency, small files, nothing forgotten in the wheel."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "visualizer").rglob("*.py"))
TOOLS = sorted((ROOT / "tools").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
NATIVE = sorted(p for kind in ("*.c", "*.h") for p in (ROOT / "visualizer").rglob(kind))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def test_dependencies_point_one_way() -> None:
    code = (
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_cache=True))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


# A test of some hundred files looks at all of them: one test for each costs ten times as much.
def test_files_stay_small() -> None:
    lines = {
        str(path.relative_to(ROOT)): len(path.read_text(encoding="utf-8").splitlines())
        for path in (*SOURCES, *TOOLS, *NATIVE)
    }
    assert len(lines) > 400
    large = {name: count for name, count in lines.items() if count > 600}
    assert large == {}, "say what each is doing, and split it"


def test_native_lines_stay_short() -> None:
    long = [
        f"{path.relative_to(ROOT)}:{i}"
        for path in NATIVE
        for i, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if len(line) > 100
    ]
    assert long == []


def test_every_native_file_is_built_and_packaged() -> None:
    settings = PROJECT["tool"]["setuptools"]
    built = {f for m in settings["ext-modules"] for f in (*m["sources"], *m["depends"])}
    packaged = {
        path
        for package, globs in settings["package-data"].items()
        if not package.startswith("visualizer._bundled")
        for glob in globs
        for path in ROOT.joinpath(*package.split(".")).glob(glob)
    }
    assert {str(p.relative_to(ROOT)) for p in NATIVE} == built
    assert set(NATIVE) <= packaged


def test_every_room_is_packaged() -> None:
    rooms = {".".join(p.parent.relative_to(ROOT).parts) for p in SOURCES if p.name == "__init__.py"}
    assert rooms <= set(PROJECT["tool"]["setuptools"]["packages"])


@pytest.mark.parametrize(
    "room",
    sorted({p.parent for p in SOURCES if "app" in p.relative_to(ROOT).parts}),
    ids=lambda room: room.name,
)
def test_the_map_of_a_room_names_all_that_is_in_it(room: Path) -> None:
    """A reader finds any behaviour in one guess."""
    text = (room / "__init__.py").read_text("utf-8")
    there = {p.name for p in room.glob("*.py") if p.name != "__init__.py"}
    assert {name for name in there if not re.search(rf"\b{re.escape(name)}", text)} == set()


def test_nothing_of_the_tools_is_packaged() -> None:
    rooms = {package.split(".")[0] for package in PROJECT["tool"]["setuptools"]["packages"]}
    assert rooms == {"visualizer"}


def test_every_data_and_asset_file_is_packaged() -> None:
    package_data = PROJECT["tool"]["setuptools"]["package-data"]
    for folder in ("assets", "data"):
        globs = package_data[f"visualizer._bundled.{folder}"]
        packaged = {p for g in globs for p in (ROOT / folder).glob(g)}
        present = {p for p in (ROOT / folder).rglob("*") if p.is_file()}
        assert present <= packaged, f"not packaged: {present - packaged}"


def test_no_test_imports_another() -> None:
    pattern = re.compile(r"^\s*(?:from|import) +(tests\b[\w.]*)", re.MULTILINE)
    others = [
        f"{path.relative_to(ROOT)} imports {name}"
        for path in TESTS
        for name in pattern.findall(path.read_text("utf-8"))
        if not name.startswith("tests.helpers")
    ]
    assert others == [], "what several tests need lies in tests/helpers"


def test_no_path_of_a_developers_machine() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if tracked.returncode != 0:
        pytest.skip("not a git checkout")
    pattern = re.compile(rb"/(?:home|Users|work|opt|root)/[A-Za-z0-9_.-]+")
    allowed = {"LICENSE", "tests/test_architecture.py"}
    for name in tracked.stdout.split():
        path = ROOT / name
        if name in allowed or path.suffix in (".png", ".npz") or not path.is_file():
            continue
        found = pattern.search(path.read_bytes())
        assert found is None, f"{name}: {found.group().decode() if found else ''}"


def test_known_bad_pyside_is_excluded() -> None:
    wanted = next(d for d in PROJECT["project"]["dependencies"] if d.startswith("PySide6"))
    assert wanted == "PySide6-Essentials>=6.10,<6.12"


def test_a_class_has_a_name_of_its_own() -> None:
    found: dict[str, list[str]] = {}
    for path in (*SOURCES, *TOOLS):
        for name in re.findall(r"(?m)^class (\w+)", path.read_text(encoding="utf-8")):
            found.setdefault(name, []).append(str(path.relative_to(ROOT)))
    assert {name: paths for name, paths in found.items() if len(paths) > 1} == {}


def test_nothing_outside_a_lift_names_it() -> None:
    """Neither code nor its comments: what differs from lift to lift is the lift's or its data's."""
    lifts = {p.parent.name for p in (ROOT / "visualizer" / "lifts").glob("*/__init__.py")}
    variations = [
        tomllib.loads(p.read_text(encoding="utf-8"))
        for p in (ROOT / "data" / "variations").glob("*.toml")
    ]
    names = lifts | {name.replace("_", "-") for name in lifts}
    names |= {v["id"] for v in variations}
    # the first lift's own name is the program's as well
    english = (v["name"] if isinstance(v["name"], str) else v["name"]["en"] for v in variations)
    names |= {name.lower() for name in english}
    word = re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, sorted(names)))})(?![\w-])")
    registry = ROOT / "visualizer" / "lifts" / "__init__.py"
    for path in (*SOURCES, *NATIVE):
        inside = path.is_relative_to(registry.parent) and path.parent != registry.parent
        if inside or path == registry:
            continue
        found = word.search(path.read_text(encoding="utf-8").lower())
        assert found is None, f"{path.relative_to(ROOT)} names {found and found.group()}"


def test_lifts_know_nothing_of_each_other() -> None:
    lifts = [p.parent for p in (ROOT / "visualizer" / "lifts").glob("*/__init__.py")]
    assert len(lifts) > 1
    for lift in lifts:
        others = "|".join(other.name for other in lifts if other != lift)
        for path in lift.rglob("*.py"):
            found = re.search(rf"visualizer\.lifts\.(?:{others})\b", path.read_text("utf-8"))
            assert found is None, f"{path.relative_to(ROOT)} names {found and found.group()}"
