"""What the packages of all systems must agree on, with each other and with the program."""

from __future__ import annotations

import configparser
import plistlib
import re
import runpy
import sys
import tomllib
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest

from visualizer import resources
from visualizer.catalog.foreign import problem_of_name

ROOT = Path(__file__).parents[1]
PACKAGING = ROOT / "packaging"
LINUX = PACKAGING / "linux"
ID = resources.DESKTOP_ENTRY
MEDIA_TYPE = "application/x-hip-thrust+toml"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def test_what_is_frozen_is_within_the_ranges_of_the_project() -> None:
    lines = (PACKAGING / "requirements.txt").read_text("utf-8").splitlines()
    pins = dict(line.split(";")[0].split("==") for line in lines if line and line[0] != "#")
    for dependency in [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["pdf"]]:
        found = re.fullmatch(r"([\w-]+)((?:[<>]=?[\d.]+,?)+)", dependency)
        assert found is not None, dependency
        pinned = numbers(pins[found.group(1)])
        for sign, limit in re.findall(r"([<>]=?)([\d.]+)", found.group(2)):
            fits = pinned >= numbers(limit) if sign == ">=" else pinned < numbers(limit)
            assert fits, f"{dependency} excludes {pins[found.group(1)]}"


def test_what_exports_load_by_name_is_not_left_out() -> None:
    """Pillow loads its kinds of files by itself: no import of ours tells that one is needed."""
    left_out = set((PACKAGING / "excludes.txt").read_text("utf-8").split())
    assert not left_out & {"PIL._webp", "PIL._imaging", "PIL._imagingft"}
    assert not {name for name in left_out if name.startswith("PIL.") and "Plugin" in name}


def test_the_desktop_knows_program_icon_and_document_by_the_same_names() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(LINUX / f"{ID}.desktop", "utf-8")
    desktop = entry["Desktop Entry"]
    assert desktop["Icon"] == ID
    assert desktop["MimeType"] == f"{MEDIA_TYPE};"
    assert desktop["Exec"].split()[0] == desktop["TryExec"] == resources.APPLICATION
    about = ElementTree.parse(LINUX / f"{ID}.metainfo.xml").getroot()
    assert about.findtext("id") == ID
    assert about.findtext("provides/mediatype") == MEDIA_TYPE
    assert about.findtext("launchable") == f"{ID}.desktop"
    space = "{http://www.freedesktop.org/standards/shared-mime-info}"
    kind = ElementTree.parse(LINUX / f"{ID}.mime.xml").getroot()[0]
    assert kind.get("type") == MEDIA_TYPE
    glob = kind.find(f"{space}glob")
    assert glob is not None
    assert problem_of_name(Path(str(glob.get("pattern")))) is None
    for script in ("build.sh", "install.sh"):
        assert f"\nid={ID}\n" in (LINUX / script).read_text("utf-8")


def test_windows_and_macos_own_the_same_documents(monkeypatch: pytest.MonkeyPatch) -> None:
    setup = (PACKAGING / "windows" / "installer.nsi").read_text("utf-8")
    assert r'"${CLASSES}\.hipthrust" "" "${TYPE}"' in setup
    english, german = (
        set(re.findall(rf"LangString (\w+) \$\{{LANG_{language}\}}", setup))
        for language in ("ENGLISH", "GERMAN")
    )
    assert english == german
    information = runpy.run_path(str(PACKAGING / "macos" / "information.py"))["INFORMATION"]
    tags = plistlib.loads(plistlib.dumps(information))["UTExportedTypeDeclarations"][0]
    assert tags["UTTypeTagSpecification"] == {
        "public.filename-extension": ["hipthrust"],
        "public.mime-type": [MEDIA_TYPE],
    }


def test_windows_reads_the_version_from_the_project() -> None:
    text = runpy.run_path(str(PACKAGING / "windows" / "version.py"))["version_text"]("1.20.3")
    assert "filevers=(1, 20, 3, 0)" in text
    assert text.count('"1.20.3"') == 2


def test_every_size_of_the_icon_is_drawn() -> None:
    from PIL import Image

    for size in (16, 22, 24, 32, 48, 64, 128, 256, 512):
        with Image.open(PACKAGING / "icons" / f"app-{size}.png") as image:
            assert image.size == (size, size)
    with Image.open(PACKAGING / "icons" / "app.ico") as icon:
        assert {16, 32, 48, 256} <= {width for width, _ in icon.info["sizes"]}


def test_the_portable_zip_is_portable_and_the_same_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    frozen = tmp_path / "frozen"
    (frozen / "_internal").mkdir(parents=True)
    (frozen / "_internal" / "a.dll").write_bytes(b"a" * 1000)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1764300000")
    pack = runpy.run_path(str(PACKAGING / "windows" / "portable.py"))["main"]
    pack(frozen, tmp_path / "one.zip")
    (frozen / "_internal" / "a.dll").touch()
    pack(frozen, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        archive.extractall(tmp_path / "there")
    (top,) = (tmp_path / "there").iterdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(top / "hip-thrust-visualizer.exe"))
    assert resources.user_settings_folder() == top / "user"
    assert resources.kept_folder().is_relative_to(top)


def test_what_is_frozen_does_not_tell_where_it_was_built(tmp_path: Path) -> None:
    """Scripts that pip makes name the environment's folder, so their hashes differ with it."""
    record = tmp_path / "RECORD"
    record.write_text(
        "../../../bin/f2py,sha256=Z6oWCPF4,243\n"
        "numpy/__init__.py,sha256=abc,10\n"
        "numpy/__pycache__/__init__.cpython-311.pyc,,\n"
        "numpy-2.dist-info/METADATA,sha256=def,20\n"
    )
    kept = runpy.run_path(str(PACKAGING / "contents.py"))["record_of_folder"](record)
    assert kept == "numpy/__init__.py,sha256=abc,10\nnumpy-2.dist-info/METADATA,sha256=def,20\n"


def test_every_licence_that_is_named_is_there() -> None:
    entries = tomllib.loads((PACKAGING / "components.toml").read_text("utf-8"))["component"]
    names = [text for entry in entries for text in entry["texts"]]
    files = {name for name in names if not name.startswith("package:")}
    files -= {"Qt.txt", "Typst-parts.txt"}  # made when it is frozen
    assert files == {path.name for path in (PACKAGING / "licences").iterdir()}
    assert len(names) >= len(entries)


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script for Linux")
@pytest.mark.parametrize("kind", ["xz", "python3"])
def test_what_installs_itself_unpacks_with_what_is_there(kind: str, tmp_path: Path) -> None:
    import shutil
    import subprocess
    import tarfile

    if any(shutil.which(name) is None for name in (kind, "sha256sum", "tar", "tail")):
        pytest.skip("the tools are not here")
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "file").write_text("whole", "utf-8")
    archive = tmp_path / "x.tar.xz"
    with tarfile.open(archive, "w:xz") as tar:
        tar.add(tmp_path / "tree", "tree")
    total = subprocess.run(["sha256sum", archive], capture_output=True, text=True, check=True)
    header = (LINUX / "run-header.sh").read_text("utf-8")
    start = str(header.count("\n") + 1)
    header = header.replace("@SUM@", total.stdout.split()[0]).replace("@START@", start)
    setup = tmp_path / "x.run"
    setup.write_bytes(header.encode() + archive.read_bytes())
    tools = tmp_path / "tools"
    tools.mkdir()
    needed = ["sh", "tail", "sha256sum", "cut", "tar", "mkdir", kind]
    for name in needed:
        there = sys.executable if name == "python3" else shutil.which(name)
        (tools / name).write_text(f'#!/bin/sh\nexec "{there}" "$@"\n', "utf-8")
        (tools / name).chmod(0o755)
    words = ["sh", str(setup), "--extract", str(tmp_path / "out")]
    subprocess.run(words, env={"PATH": str(tools)}, check=True)
    assert (tmp_path / "out" / "file").read_text("utf-8") == "whole"
    (tools / kind).unlink()
    done = subprocess.run(words, env={"PATH": str(tools)}, capture_output=True, text=True)
    assert done.returncode == 1
    assert "install the package xz-utils" in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="how Linux removes it")
@pytest.mark.parametrize("used", [False, True])
def test_removing_leaves_only_what_is_the_users_own(used: bool, tmp_path: Path) -> None:
    import shutil
    import subprocess

    home, name = tmp_path / "home", resources.APPLICATION
    installed = home / ".local" / "lib" / name
    installed.mkdir(parents=True)
    shutil.copy(LINUX / "install.sh", installed / "uninstall.sh")
    made, own = (
        home / ".cache" / name / "motion.kept",
        home / ".local" / "share" / name / "own.hipthrust",
    )
    for file in (made, own) if used else (made,):
        file.parent.mkdir(parents=True)
        file.write_text("x", "utf-8")
    subprocess.run(
        ["sh", installed / "uninstall.sh"],
        env={"HOME": str(home), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        check=True,
    )
    assert [file for file in home.rglob("*") if not file.is_dir()] == ([own] if used else [])
    assert used or not list(home.iterdir())


def test_a_release_has_the_notes_of_its_version() -> None:
    notes = runpy.run_path(str(PACKAGING / "notes.py"))["notes"]
    changelog = (
        "# Changelog\n\n## Upcoming release\n\n* c\n\n## 1.2.0 (2026-12-01)\n\n* b\n\n## 1.1.0\n"
    )
    assert notes(changelog, "1.2.0") == "* b\n"
    for missing in ("1.1.0", "1.2"):
        with pytest.raises(SystemExit, match="says nothing of"):
            notes(changelog, missing)


WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_is_bounded_pinned_and_calls_what_is_there(path: Path) -> None:
    text = path.read_text("utf-8")
    lines = text.splitlines()
    assert "\t" not in text
    assert all(line == line.rstrip() and len(line) <= 140 for line in lines)
    assert re.search(r"(?m)^permissions:\n  contents: read$", text)
    # whoever takes over an action's tag takes over nothing here
    used = [line.split("uses:")[1].strip() for line in lines if "uses:" in line]
    for action in used:
        assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}  # v\d+\.\d+\.\d+", action), action
    # one action has one version in all files
    known = {
        a.split("@")[0]: a
        for f in WORKFLOWS
        for a in re.findall(r"uses: (.*)", f.read_text("utf-8"))
    }
    assert set(used) <= set(known.values())
    for script in re.findall(r"\b(?:bash|python3?) (packaging/\S+)", text):
        assert (ROOT / script).is_file(), script
    # a job that hangs ends
    jobs = re.findall(r"(?m)^    runs-on:", text)
    assert len(jobs) == len(re.findall(r"(?m)^    timeout-minutes: \d+$", text)) > 0


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_every_packaging_script_can_be_read_by_its_shell() -> None:
    import subprocess

    for script in sorted(PACKAGING.rglob("*.sh")):
        shell = "bash" if "bash" in script.read_text("utf-8").splitlines()[0] else "sh"
        done = subprocess.run([shell, "-n", str(script)], capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
