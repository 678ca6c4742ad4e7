"""What the commands write is readable whatever the output takes, and never a traceback."""

from __future__ import annotations

import functools
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from visualizer.cli import run
from visualizer.console import nearest_text

ENCODINGS = ("cp1252", "latin-1", "ascii", "cp932", "cp437")
TEXTS = (
    ("list",),
    ("describe", "glute-bridge"),
    ("describe", "--validate"),
    ("muscles",),
    ("lengths", "--joint", "hip_flexion_r=40"),
    ("--help",),
    ("render", "--help"),
)
JSON = (
    ("list", "--json"),
    ("describe", "glute-bridge", "--json"),
    ("describe", "--validate", "--json"),
    ("muscles", "--json"),
    ("lengths", "--json"),
)
ERRORS = (
    ("lengths", "--joint", "hip_flexion_r=400"),  # says 400°
    ("describe", "glúte→bridge"),
    ("render", "glute-bridge", "-o", "żółć→.jpg"),
    ("list", "--язык"),
)
pytestmark = pytest.mark.usefixtures("commands_share")
posix = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of Unix")


def written(
    argv: tuple[str, ...], encoding: str, patch: pytest.MonkeyPatch
) -> tuple[int, str, str]:
    """Run a command with both streams in an encoding; return status, stdout and stderr."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding) for _ in range(2))
    with patch.context() as streams:
        streams.setattr(sys, "stdout", out)
        streams.setattr(sys, "stderr", err)
        status = run(argv)
        for stream in (out, err):
            stream.flush()
    said, told = (s.buffer.getvalue().decode(encoding) for s in (out, err))
    return status, said, told


@functools.cache
def whole_text(argv: tuple[str, ...]) -> str:
    return written(argv, "utf-8", pytest.MonkeyPatch())[1]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("argv", TEXTS, ids=" ".join)
def test_texts_come_out_whole(argv: tuple[str, ...], encoding: str, monkeypatch: Any) -> None:
    status, out, err = written(argv, encoding, monkeypatch)
    whole = whole_text(argv)
    assert (status, err) == (0, "")
    assert len(out.splitlines()) == len(whole.splitlines())
    assert out.count("?") == whole.count("?")
    assert "\\u" not in out
    assert out == nearest_text(whole, encoding).encode(encoding).decode(encoding)
    if argv[0] == "describe" and argv[1] != "--validate":
        assert nearest_text("° → ", encoding).encode(encoding).decode(encoding) in out


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
@pytest.mark.parametrize("argv", JSON, ids=" ".join)
def test_json_says_the_same(argv: tuple[str, ...], encoding: str, monkeypatch: Any) -> None:
    status, out, err = written(argv, encoding, monkeypatch)
    assert (status, err) == (0, "")
    assert json.loads(out) == json.loads(whole_text(argv))


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("argv", ERRORS, ids=" ".join)
def test_errors_come_out_in_one_line(
    argv: tuple[str, ...], encoding: str, monkeypatch: Any
) -> None:
    status, out, err = written(argv, encoding, monkeypatch)
    assert status > 0
    assert out == ""
    assert len(err.splitlines()) == 1
    assert err.startswith("visualizer: ")


@pytest.mark.parametrize(
    ("text", "encoding", "nearest"),
    [
        ("31° → −5°", "ascii", "31 deg -> -5 deg"),
        ("31° → −5°", "cp1252", "31° -> -5°"),
        ("±2 cm³ × 10⁵", "ascii", "+/-2 cm^3 x 10^5"),
        ("10²³", "ascii", "10^23"),
        ("10⁻⁵ m²", "latin-1", "10^-5 m²"),
        ("1½ ≥ ⅔ … – —", "ascii", "1 1/2 >=  2/3 ... - --"),
        ("“Señor Nuñez’s”", "ascii", '"Senor Nunez\'s"'),
        ("Dvořák, Łoś, Ørsted, Groß", "latin-1", "Dvorák, Los, Ørsted, Groß"),
        ("Dvořák, Łoś, Ørsted, Groß", "ascii", "Dvorak, Los, Orsted, Gross"),
        ("ǖ", "cp1252", "ü"),
        ("η² = 0.8, Δ, µ", "ascii", "eta^2 = 0.8, Delta, u"),
        ("a\N{ZERO WIDTH SPACE}b\N{NO-BREAK SPACE}c", "ascii", "ab c"),
        ("Жим", "ascii", "\\u0416\\u0438\\u043c"),
        ("й", "ascii", "\\u0439"),
        ("\N{FLEXED BICEPS}", "ascii", "\\U0001f4aa"),
        ("a\udcffb", "utf-8", "a\\udcffb"),
        ("ﬁt ①", "ascii", "fit 1"),
    ],
)
def test_what_cannot_be_written_is_written_otherwise(
    text: str, encoding: str, nearest: str
) -> None:
    assert nearest_text(text, encoding) == nearest


# ------------------------------------------------------------------------------- real processes
def process(*argv: str, shell: str = "{}", **environment: str | None) -> Any:
    """Run a command in a process of its own; ``{}`` in ``shell`` stands for it."""
    merged = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), **environment}
    command = " ".join(f"'{word}'" for word in (sys.executable, "-m", "visualizer", *argv))
    return subprocess.run(
        ["sh", "-c", shell.replace("{}", command)],
        capture_output=True,
        env={k: v for k, v in merged.items() if v is not None},
    )


@posix
@pytest.mark.parametrize(
    ("argv", "environment"),
    [
        (("describe", "glute-bridge"), {"PYTHONIOENCODING": "cp1252"}),
        (("muscles",), {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
        (("list", "--json"), {"PYTHONIOENCODING": "ascii"}),
    ],
)
def test_a_pipe_that_is_not_utf8(argv: tuple[str, ...], environment: dict[str, str]) -> None:
    done = process(*argv, **environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert len(done.stdout) > 200


@posix
@pytest.mark.parametrize("argv", [("muscles",), ("list",), ("--help",)], ids=" ".join)
def test_a_reader_that_has_gone_is_no_error(argv: tuple[str, ...]) -> None:
    done = process(*argv, shell="{ {}; echo status $? >&2; } | true")
    assert done.stderr == b"status 0\n"


@posix
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
@pytest.mark.parametrize("argv", [("muscles",), ("list", "--json"), ("--version",)], ids=" ".join)
def test_a_full_disk_is_one_line(argv: tuple[str, ...]) -> None:
    done = process(*argv, shell="{} > /dev/full")
    assert done.returncode == 1
    assert done.stderr == b"visualizer: the output cannot be written: No space left on device\n"


@posix
@pytest.mark.parametrize("shell", ["{} >&-", "{} >&- 2>&-", "{} 2>&- >/dev/null"])
def test_streams_that_are_closed(shell: str) -> None:
    done = process("list", shell=shell)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


@posix
def test_an_error_is_never_written_to_the_output() -> None:
    done = process("describe", "no-such", shell="{} 2>&-")
    assert (done.returncode, done.stdout) == (2, b"")


@posix
def test_no_home_and_no_account(tmp_path: Path) -> None:
    code = (
        "import pwd, sys\n"
        "def no(*_): raise KeyError('no entry')\n"
        "pwd.getpwuid = no\n"
        "from visualizer.cli import run\n"
        "assert run(['list']) == 0\n"
        "print('read', file=sys.stderr)\n"
        "sys.exit(run(['check', sys.argv[1]]))"
    )
    environment = {k: v for k, v in os.environ.items() if k not in ("HOME", "XDG_DATA_HOME")}
    environment["PYTHONPATH"] = str(Path(__file__).parents[1])
    done = subprocess.run(
        [sys.executable, "-c", code, str(tmp_path / "none.toml")],
        capture_output=True,
        text=True,
        env=environment,
    )
    assert "Traceback" not in done.stderr
    before, after = done.stderr.split("read\n")
    assert (done.returncode, before, len(after.splitlines())) == (1, "", 1)
