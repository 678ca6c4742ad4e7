"""The command line in the user's language: help, errors, and every command."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.helpers.marked import marking, outside
from visualizer import arguments, cli, texts
from visualizer.commands import window

Invoke = Callable[..., tuple[int, str, str]]
pytestmark = pytest.mark.usefixtures("commands_share")
COMMANDS = (
    "list",
    "describe",
    "render",
    "questions",
    "film",
    "numbers",
    "handout",
    "notes",
    "effort",
    "lengths",
    "check",
    "muscles",
    "bench",
    "self-test",
    "compare",
)
# Words of the command line itself, which are the same in every language.
_FIXED = re.compile(
    r"visualizer|--?[a-z-]+|\{[^}]*\}|\b(?:COMMAND|VARIATION|LESSON|FILE(?:[.|a-z0-9]+)?|CODE|LINK|MUSCLE|WxH|[NX]|JSON)\b"
    rf"|NAME=DEGREES|\.(?:mot|sto|csv)|\b(?:{'|'.join(COMMANDS)})\b"
)


@pytest.fixture
def invoke(capsys: pytest.CaptureFixture[str]) -> Invoke:
    def call(*argv: str) -> tuple[int, str, str]:
        status = cli.run(argv)
        out, err = capsys.readouterr()
        return status, out, err

    return call


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_every_word_of_the_help_is_translated(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    @contextmanager
    def marked(code: str) -> Iterator[None]:
        with marking() as translation:
            yield
        assert translation.unknown == set()

    monkeypatch.setattr(cli, "speaking", marked)
    status, out, err = invoke(*([command] if command else []), "--help")
    assert (status, err) == (0, "")
    assert re.findall(r"[^\W\d_]+", _FIXED.sub(" ", outside(out))) == []


@pytest.mark.parametrize(
    ("argv", "says"),
    [
        (["descibe"], "unbekannt: Befehl 'descibe' (gemeint 'describe'?)"),
        (["list", "--jsn"], "unbekannte Angabe '--jsn'; gemeint --json?"),
        (["list", "7"], "unbekannte Angabe '7'"),
        (["check"], "diese Angaben fehlen: FILE (siehe visualizer check --help)"),
        (["render", "glute-bridge", "-o", "x.png"], "diese Angaben fehlen: --phase, --at (siehe"),
        (["render", "-o", "x.png", "--view", "top"], "unbekannt: Ansicht 'top'"),
        (["render", "-o", "x.png", "--at", "2"], "--at: '2' ist keine Zahl zwischen 0 und 1"),
        (["render", "-o", "x.png", "--size"], "--size braucht einen Wert"),
        (["render", "-o", "x.png", "--l"], "'--l' kann --labels, --legend, --language heißen"),
        (["list", "--json=yes"], "--json nimmt keinen Wert; bitte 'yes' weglassen"),
        (["lengths", "--joint", "hip"], "'hip' hat nicht die Form hip_flexion_r=40"),
        (["describe"], "describe braucht eine VARIATION"),
        (["check", "none.toml"], "none.toml: die Datei gibt es nicht"),
    ],
)
def test_errors_are_in_the_language_asked_for(invoke: Invoke, argv: list[str], says: str) -> None:
    for language in (["--language", "de"], ["--lang=de_AT"]):
        status, out, err = invoke(argv[0], *language, *argv[1:])
        assert status > 0
        assert (out, len(err.splitlines())) == ("", 1)
        assert says in err
    assert texts.language() == "en"


@pytest.mark.parametrize("argv", [["--language"], ["--language="], ["--language", "nonsense"]])
def test_a_language_that_is_none_is_told_in_english(invoke: Invoke, argv: list[str]) -> None:
    status, _, err = invoke("list", *argv)
    assert status == 2
    assert re.search("needs a value|is not a language code", err)


def test_the_language_may_stand_before_the_command(
    invoke: Invoke, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "Hüftbeuge" in invoke("--language", "de", "list")[1]
    assert "Hip hinge" in invoke("--language", "de", "list", "--language", "en")[1]
    opened: list[str | None] = []

    def open_window(given: argparse.Namespace) -> int:
        opened.append(given.language)
        return 0

    monkeypatch.setattr(window, "open_window", open_window)
    for argv in ((), ("--language", "de")):
        assert invoke(*argv) == (0, "", "")
    assert opened == [None, "de"]


def test_every_choice_has_a_word() -> None:
    """Or an unknown one could not be told."""

    def of(parser: argparse.ArgumentParser) -> Iterator[str]:
        for action in parser._actions:
            if action.choices is not None:
                yield action.dest
            if isinstance(action, argparse._SubParsersAction):
                for sub in action.choices.values():
                    yield from of(sub)

    assert set(of(cli._parser())) == set(arguments._KINDS)


def test_muscles(invoke: Invoke) -> None:
    english, german = (invoke("muscles", *code) for code in ((), ("--language", "de")))
    assert (english[0], german[0], german[2]) == (0, 0, "")
    for (_, text, _), head, row in (
        (english, "side   cm³ ", r"right +\d+ .* estimate "),
        (german, "Seite  cm³ ", r"rechts +\d+ .* Schätzung "),
    ):
        first, *rows = text.splitlines()
        assert head in first
        assert any(re.search(row, line) for line in rows)
        column = first.index("Quelle" if "Quelle" in first else "source")
        assert all(line[column - 2 : column] == "  " != line[column : column + 2] for line in rows)
    codes = json.loads(invoke("muscles", "--json", "--language", "de")[1])
    assert {row["side"] for row in codes} == {"left", "right"}
    assert "estimate" in {row["source"] for row in codes}


def test_lengths_have_the_languages_decimal_sign(invoke: Invoke) -> None:
    assert re.search(r"glmax1_r +0\.\d{4} m$", invoke("lengths")[1], re.M)
    assert re.search(r"glmax1_r +0,\d{4} m$", invoke("lengths", "--language", "de")[1], re.M)


def test_check(invoke: Invoke, tmp_path: Path) -> None:
    from visualizer.resources import data_folder

    file = str(data_folder() / "muscles" / "soleus.toml")
    assert invoke("check", "--language", "de", file)[1] == "1 Datei ist richtig\n"
    assert invoke("check", file, file)[1] == "all 2 files are right\n"
    (tmp_path / "empty.toml").touch()
    status, _, err = invoke("check", str(tmp_path / "empty.toml"), "--language", "de")
    assert (status, "die Datei ist leer" in err) == (1, True)


def test_the_benchmarks_figures() -> None:
    from visualizer.bench import summary

    result = {
        "full_resolution_ms": {"1280x800": {"median": 12.34, "p95": 20.0, "cpu": 20.0}},
        "frame_ms": {"1280x800": {"median": 2.5, "p95": 4.0, "cpu": 5.0}},
        "breakdown_ms": {"pose": 0.5},
        "first_frame_s": 0.75,
        "first_frame_cpu_s": 0.5,
        "choosing_ms": {"a": {"longest": 9.0, "cpu": 4.0}},
        "rss_mb": 300.0,
        "kernel": "native",
        "threads": 2,
        "triangles": 9,
    }
    assert "median   12.3 ms   p95   20.0 ms" in summary(result)
    with texts.speaking("de"):
        german = summary(result)
    assert "Median   12,3 ms   p95   20,0 ms" in german
    assert "0,75 s nach dem Start" in german
    assert not re.search(r"\d\.\d", german)
