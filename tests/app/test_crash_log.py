"""How a process died is told at the next start, once, and sent to nobody."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from visualizer.app.crash_log import CrashLog
from visualizer.child import child


def die(path: Path) -> None:
    code = (
        "import faulthandler; from pathlib import Path; "
        "from visualizer.app.crash_log import CrashLog; "
        f"CrashLog(Path({str(path)!r})).begin(); faulthandler._sigabrt()"
    )
    assert subprocess.run(child(code), capture_output=True).returncode != 0


def test_a_fault_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "data" / "crash.log"
    die(path)
    crashes = CrashLog(path)
    assert "Aborted" in crashes.last
    assert "visualizer " in crashes.last.splitlines()[0]
    assert crashes.told.read_bytes()
    crashes.begin()
    crashes.end()
    again = CrashLog(path)
    assert again.last == ""
    assert list(path.parent.iterdir()) == [crashes.told]


def test_a_long_report_is_cut_and_strange_bytes_are_read(tmp_path: Path) -> None:
    path = tmp_path / "crash.log"
    path.write_bytes(b"\xff\0" * 100_000 + b"the end")
    last = CrashLog(path).last
    assert last.endswith("the end")
    assert len(last) < 50_000


def test_where_nothing_can_be_written_nothing_happens(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("in the way")
    crashes = CrashLog(tmp_path / "file" / "crash.log")
    crashes.begin()
    crashes.end()
    assert crashes.last == ""
    assert capsys.readouterr().err == ""
