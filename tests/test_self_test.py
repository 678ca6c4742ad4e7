"""The self-test: passes here, and each check finds what it is there for."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import metadata
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.helpers.repetitions import body, shipped
from tests.helpers.without_kernel import NEEDS_KERNEL
from visualizer import notices, resources
from visualizer.anatomy.strands import Strands
from visualizer.cli import run
from visualizer.commands import soundness
from visualizer.errors import Problem
from visualizer.export import lettering
from visualizer.render import Picture

pytestmark = pytest.mark.usefixtures("commands_share")
CHECKS = soundness.CHECKS


@pytest.fixture
def one_variation(commands_share: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each takes some seconds; the first one shows that the check works."""
    load = shipped()
    one = replace(load.catalog, variations=load.catalog.variations[:1])
    read = "visualizer.catalog.catalog.load_catalog"
    monkeypatch.setattr(read, lambda folders: replace(load, catalog=one))


@pytest.mark.usefixtures("one_variation")
@NEEDS_KERNEL
def test_this_installation_is_sound(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["self-test", "--json", "--no-window"]) == 0
    out, err = capsys.readouterr()
    report = json.loads(out)
    assert report["sound"]
    assert [entry["check"] for entry in report["checks"]] == [n for n in CHECKS if n != "window"]
    assert all(entry["found"] for entry in report["checks"])
    assert err == ""


def test_what_fails_is_told_and_the_rest_goes_on(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> str:
        raise ZeroDivisionError("no\nreason")

    checks = {"one": lambda: "fine", "other": broken, "window": lambda: "open"}
    monkeypatch.setattr(soundness, "CHECKS", checks)
    assert run(["self-test"]) == 1
    out, err = capsys.readouterr()
    assert out.splitlines() == [
        "ok      one     fine",
        "FAILED  other   ZeroDivisionError: no reason",
        "ok      window  open",
    ]
    assert err == "visualizer: 1 of 3 checks failed (other); please reinstall\n"
    assert run(["self-test", "--json", "--no-window"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert [(c["check"], c["passed"]) for c in report["checks"]] == [
        ("one", True),
        ("other", False),
    ]
    assert not report["sound"]


def refused(name: str) -> str:
    """Return what a check that must not pass says."""
    with pytest.raises(Exception, match=r".+") as caught:
        CHECKS[name]()
    return str(caught.value)


# ---------------------------------------------------------------------------------- what is there
@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A wheel that was unpacked, with one data file and one module."""
    package, about = tmp_path / "visualizer", tmp_path / "hip_thrust_visualizer-1.dist-info"
    for folder in (package / "_bundled" / "data", about / "licenses"):
        folder.mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "_bundled" / "data" / "one.toml").write_text("a = 1\n")
    (about / "METADATA").write_text(
        "Metadata-Version: 2.4\nName: hip-thrust-visualizer\nVersion: 1\n"
    )
    for name in ("LICENSE", "NOTICE"):
        (about / "licenses" / name).write_text("all rights")
    (about / "RECORD").write_text(
        "visualizer/__init__.py,sha256=never,0\n"
        "visualizer/_bundled/data/one.toml,sha256=y3i9ihf3t1H-DUZjNm3LwlcgQDPvfd1ksfKWlXO1suI,6\n"
        f"{about.name}/licenses/LICENSE,,\n{about.name}/licenses/NOTICE,,\n"
    )
    found = metadata.PathDistribution(about)

    def distribution(name: str) -> metadata.Distribution:
        if name == resources.APPLICATION:
            return found
        raise metadata.PackageNotFoundError(name)

    monkeypatch.setattr(metadata, "distribution", distribution)
    monkeypatch.setattr(soundness, "import_module", lambda name: sys.modules[__name__])
    monkeypatch.setattr(sys.modules[__name__], "__file__", str(package / "__init__.py"))
    monkeypatch.setattr(resources, "_PACKAGE", package)
    notices.components.cache_clear()
    return tmp_path


@pytest.fixture(autouse=True)
def _components_anew() -> Iterator[None]:
    yield
    notices.components.cache_clear()


def test_a_changed_and_a_missing_file_are_named(installed: Path) -> None:
    file = installed / "visualizer/_bundled/data/one.toml"
    assert CHECKS["files"]() == "1 file is as it was shipped"
    file.write_text("a = 2\n")
    assert refused("files") == "one.toml is changed"
    file.unlink()
    assert refused("files") == "one.toml is missing"


def test_missing_licences_are_named(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert CHECKS["licences"]() == "components: 1, texts: 2"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert "the folder of the libraries' licences" in refused("licences")
    folder = installed / "visualizer/_bundled/licences"
    folder.mkdir()
    (folder / "q.txt").write_text("LGPL")
    carried = [{"name": "Q", "version": "6", "licence": "LGPL-3.0-only", "texts": ["q.txt"]}]
    (folder / notices.CARRIED).write_text(json.dumps(carried))
    notices.components.cache_clear()
    assert CHECKS["licences"]() == "components: 2, texts: 3"
    text = notices.notices()
    assert "Q 6: LGPL-3.0-only\n" in text
    assert text.count("all rights") == 1, "a text that two share is there once"
    (folder / "q.txt").unlink()
    assert refused("licences") == "licence texts are missing: Q"
    next(installed.glob("*.dist-info/licenses/NOTICE")).unlink()
    notices.components.cache_clear()
    assert refused("licences") == "licence texts are missing: NOTICE, Q"


def test_sources_bring_their_licences_along(installed: Path) -> None:
    """What building leaves beside them stands in for an installed package's metadata."""
    for name in ("LICENSE", "NOTICE"):
        (installed / name).write_text("all rights")
    about = next(installed.glob("*.dist-info"))
    left = about.rename(installed / "hip_thrust_visualizer.egg-info")
    (left / "METADATA").rename(left / "PKG-INFO")
    (left / "RECORD").unlink()
    (left / "SOURCES.txt").write_text("LICENSE\nNOTICE\nvisualizer/license_words.py\n")
    metadata.distribution(resources.APPLICATION)._path = left  # type: ignore[attr-defined]
    assert CHECKS["licences"]() == "components: 1, texts: 2"


# ------------------------------------------------------------------------------- what it computes
@NEEDS_KERNEL
def test_a_kernel_that_is_not_there_or_draws_otherwise(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = soundness._plain_picture

    def darker(model: Any, rasterizer: Any) -> Picture:
        picture = draw(model, rasterizer)
        if rasterizer.kernel_name == "native":
            picture.pixels[:20] //= 2
        return picture

    with monkeypatch.context() as patch:
        patch.setattr(soundness, "_plain_picture", darker)
        assert "of the picture otherwise than the reference" in refused("kernels")
    with monkeypatch.context() as patch:
        patch.setattr(body().strands, "native", None)
        assert "_strands does not fit" in refused("kernels")
    with monkeypatch.context() as patch:
        frames = Strands._frames

        def aside(*given: Any) -> None:
            frames(*given)
            given[3][:] += np.float32(0.1)

        patch.setattr(Strands, "_frames", aside)
        assert "m from the reference" in refused("kernels")
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "visualizer.render._kernel", None)
        assert "_kernel" in refused("kernels")


def test_a_picture_without_a_body_and_data_with_problems(monkeypatch: pytest.MonkeyPatch) -> None:
    picture = Picture(
        np.full((4, 4, 4), 9, np.uint8), np.full((4, 4), -1, np.int16), np.zeros((0, 0), np.float32)
    )
    with pytest.raises(Exception, match=r"shows 0\.0% body and 0\.0% working muscles"):
        soundness._check_picture("some", picture, [1])
    picture.part[:] = 1
    with pytest.raises(Exception, match="one colour only"):
        soundness._check_picture("some", picture, [1])
    wrong = replace(shipped(), problems=(Problem("x.toml", "id", "missing"),))
    monkeypatch.setattr("visualizer.catalog.catalog.load_catalog", lambda folders: wrong)
    assert refused("variations") == "x.toml: id: missing"
    empty = replace(shipped(), catalog=replace(shipped().catalog, variations=()))
    monkeypatch.setattr("visualizer.catalog.catalog.load_catalog", lambda folders: empty)
    assert refused("variations") == "there is no variation"


def test_letters_that_no_font_has(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lettering, "missing_letters", lambda text: ["→"])
    assert refused("letters").startswith("no font has → (fonts of this machine: ")
    monkeypatch.setattr(lettering, "missing_letters", lambda text: [])
    monkeypatch.setattr(lettering, "text_width", lambda text, size: 20.0)
    assert refused("letters") == "letters are drawn as boxes"


def test_films_that_a_frozen_program_could_not_write(monkeypatch: pytest.MonkeyPatch) -> None:
    assert CHECKS["films"]() == "GIF and WebP films are written"
    monkeypatch.setattr("PIL.features.check", lambda name: name != "webp")
    assert refused("films") == "Pillow is without webp, so films of that kind cannot be saved"


# ----------------------------------------------------------------------------- where it may write
def test_a_folder_that_cannot_be_written_to(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(dir: Path) -> object:  # noqa: A002
        raise OSError(28, "No space left on device")

    place = tmp_path / "not" / "there"
    monkeypatch.setattr(resources, "user_settings_folder", lambda: place)
    assert str(place) in CHECKS["folders"]()
    assert list(tmp_path.iterdir()) == [], "nothing is made"
    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    assert refused("folders") == f"nothing can be written to {place} (No space left on device)"


def test_a_portable_program_keeps_all_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = resources.user_data_folder(), resources.user_settings_folder()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "visualizer"))
    assert (resources.user_data_folder(), resources.user_settings_folder()) == usual
    (tmp_path / "portable").touch()
    assert resources.user_data_folder() == tmp_path / "user"
    assert resources.user_settings_folder() == tmp_path / "user"


# ------------------------------------------------------------------------------------- the window
SOUND: dict[str, object] = {
    "qt": "6", "first_picture_s": 1.0, "timeline": True, "colours": True, "letters": True, "font": "",
}  # fmt: skip


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({}, ""),
        ({"first_picture_s": None}, "no picture came"),
        ({"timeline": False}, "the timeline did not come"),
        ({"colours": False, "letters": False}, "hardly any colours, its letters are drawn as"),
    ],
)
def test_a_window_without_its_parts(found: dict[str, object], said: str) -> None:
    if not found:
        assert "letters of an unnamed font" in soundness._judged(SOUND)
        return
    with pytest.raises(Exception, match=said):
        soundness._judged({**SOUND, **found})


def test_a_window_that_ends_or_never_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("visualizer.system.missing_libraries", lambda x11: {})

    def child(statements: str) -> Callable[..., list[str]]:
        return lambda *_: [sys.executable, "-c", statements]

    monkeypatch.setattr(
        soundness,
        "child_main",
        child("import sys; sys.exit('no Qt plugin\\n[PYI-7:ERROR] Failed')"),
    )
    assert refused("window") == "the window failed: no Qt plugin"
    monkeypatch.setattr(soundness, "child_main", child("import os; os.abort()"))
    assert "the window failed: status" in refused("window")

    def late(command: object, **more: object) -> None:
        raise subprocess.TimeoutExpired("window", 60)

    monkeypatch.setattr(subprocess, "run", late)
    assert "did not come within 60 s" in refused("window")
    monkeypatch.setattr("visualizer.system.missing_libraries", lambda x11: {"libEGL.so.1": "e"})
    assert refused("window") == "system libraries are missing: libEGL.so.1"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
@pytest.mark.usefixtures("qapp")
def test_the_real_window_is_looked_at(tmp_path: Path) -> None:
    from visualizer.commands import window_check

    report = tmp_path / "report.json"
    assert window_check.main(str(report)) == 0
    found = json.loads(report.read_text(encoding="utf-8"))
    assert "timeline, letters of" in soundness._judged(found)
