"""What is remembered: written, read, and read from files that are old or broken."""

import logging
import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from visualizer.anatomy.muscle import Side
from visualizer.app.session.choices import InspectorTab
from visualizer.app.session.settings import (
    Settings,
    WindowLayout,
    load_settings,
    save_settings,
    starting,
)
from visualizer.app.session.state import SessionState, remembered_names
from visualizer.exercise.loading import LoadChoice
from visualizer.exercise.loop_range import LoopRange
from visualizer.exercise.mass import MassUnit
from visualizer.exercise.tempo import Tempo
from visualizer.lifts.base import ViewName
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.channel import Colours
from visualizer.teaching.moment import OtherBody

FULL = Settings(
    state=SessionState(
        variation="glute-bridge",
        side=Side.LEFT,
        theme="dark",
        xray=True,
        swelling=False,
        colours=Colours.EFFORT,
        skin=False,
        labels=True,
        loop=False,
        speed=0.5,
        tempo=Tempo(3.0, 1.0, 1.5),
        curves="knee-moment",
        load=LoadChoice(82.5, 120.0, False, 900.0),
        mass_unit=MassUnit.POUND,
        tab=InspectorTab.WHY,
        audience_screen="Beamer",
        zoom=150,
        letter_keys=False,
        keys={"loop": "Ctrl+L", "focus": ""},
        played=True,
        toured=True,
        quiz="some state",
        other=OtherBody("glute-bridge", Side.LEFT, Playhead(PhaseId.HOLD, 0.5)),
        overlaid=True,
        marked=LoopRange(Playhead(PhaseId.LIFT, 0.5), Playhead(PhaseId.LOWERING, 0.25)),
        language="de",
        export_folder="/srv/handouts",
        exports={"film": {"speed": "0.5", "loop": "1"}},
    ),
    window=WindowLayout(
        view=ViewName.BACK,
        panels={"chart": False},
        geometry=b"\x01\xd9\xd0\xcb\x00",
        maximised=True,
        splitters={"upper": [240, 700, 340]},
    ),
)

# As the first release wrote it, side by side.
RELEASED = b"""{
  "variation": "glute-bridge",
  "side": "left",
  "theme": "dark",
  "labels": true,
  "loop": false,
  "speed": 0.5,
  "curves": "knee-moment",
  "load": {
    "body_mass_kg": 82.5,
    "bar": 120.0,
    "in_percent": false,
    "band_n_per_m": 900.0
  },
  "geometry": "AdnQywA=",
  "splitters": {
    "upper": [
      240,
      700,
      340
    ]
  }
}"""


def test_round_trip(tmp_path: Path) -> None:
    file = tmp_path / "not" / "there" / "window.json"
    save_settings(file, FULL)
    assert load_settings(file) == FULL
    assert [p.name for p in file.parent.iterdir()] == ["window.json"]


def test_the_file_of_the_first_release_loses_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "window.json"
    file.write_bytes(RELEASED)
    settings = load_settings(file)
    assert settings.state == replace(
        FULL.state,
        colours=Colours.ROLE,
        tempo=None,
        xray=False,
        swelling=True,
        skin=True,
        mass_unit=MassUnit.KILOGRAM,
        tab=InspectorTab.NOW,
        audience_screen="",
        zoom=100,
        letter_keys=True,
        keys={},
        played=False,
        toured=False,
        quiz="",
        other=None,
        overlaid=False,
        marked=None,
        language="",
        export_folder="",
        exports={},
    )
    assert settings.window.geometry == FULL.window.geometry
    assert settings.window.splitters == FULL.window.splitters
    # and what later ones wrote beside it
    more = b', "tempo": {"lowering_s": 3.0, "pause_s": 1.0, "lift_s": 1.5}, "xray": true, "swelling": false, "colours": "effort", "skin": false, "view": "back", "panels": {"chart": false}, "maximised": true, "mass_unit": "lb", "tab": "why", "audience_screen": "Beamer", "zoom": 150, "letter_keys": false, "keys": {"loop": "Ctrl+L", "focus": ""}, "played": true, "toured": true, "quiz": "some state", "other": {"variation": "glute-bridge", "side": "left", "playhead": {"phase": "hold", "fraction": 0.5}}, "overlaid": true, "marked": {"start": {"phase": "lift", "fraction": 0.5}, "end": {"phase": "lowering", "fraction": 0.25}}, "language": "de", "export_folder": "/srv/handouts", "exports": {"film": {"speed": "0.5", "loop": "1"}}}'
    file.write_bytes(RELEASED[:-1] + more)
    assert load_settings(file) == FULL
    save_settings(file, FULL)
    assert load_settings(file) == FULL
    assert caplog.text == ""


def test_every_field_marked_as_remembered_is_and_no_other(tmp_path: Path) -> None:
    file = tmp_path / "window.json"
    assert all(getattr(FULL.state, n) != getattr(SessionState(), n) for n in remembered_names())
    passing = replace(FULL.state, selection="masseter", focus=True, playing=True)
    save_settings(file, Settings(state=passing))
    assert load_settings(file).state == FULL.state == passing.to_remember()
    # what is not remembered is not taken from a file either
    file.write_text('{"state": {"playing": true, "theme": "dark"}}')
    assert load_settings(file) == Settings(state=SessionState(theme="dark"))


def test_a_missing_file_gives_the_defaults_and_leaves_nothing(tmp_path: Path) -> None:
    assert load_settings(tmp_path / "window.json") == Settings()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"\xff\xfe\x00binary",
        b'{"variation": 3}',
        b'{"theme": "pink"}',
        b'{"speed": 3.5}',
        b'{"side": "both"}',
        b'{"splitters": {"upper": ["x"]}}',
        b'{"state": [], "window": {}}',
        b'{"state": {"theme": "pink"}}',
        b'{"window": {"splitters": {"right": [-1, 1]}}}',
        b'{"geometry": "not base64!"}',
        b" " * 300_000,
        # what would overflow in Qt, or Python's stack
        b'{"splitters": {"right": [2147483648, 1]}}',
        b'{"splitters": {"right": [-1, 1]}}',
        b'{"splitters": {"right": [1' + b", 1" * 50 + b"]}}",
        b'{"geometry": "' + b"AAAA" * 1000 + b'"}',
        b'{"load": {"bar": 1' + b"0" * 400 + b"}}",
        b'{"x":' * 30_000,
    ],
)
def test_a_broken_file_is_kept_aside_and_replaced(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "window.json"
    file.write_bytes(content)
    with caplog.at_level(logging.WARNING):
        assert load_settings(file) == Settings()
    assert not file.exists()
    assert (tmp_path / "window.json.broken").read_bytes() == content
    assert "settings" in caplog.text
    save_settings(file, FULL)
    assert load_settings(file) == FULL


def test_a_folder_in_its_place_is_not_fatal(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "window.json"
    file.mkdir()
    with caplog.at_level(logging.WARNING):
        assert load_settings(file) == Settings()


def test_what_cannot_be_written_is_logged(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file where a folder should be")
    with caplog.at_level(logging.WARNING):
        save_settings(blocked / "window.json", FULL)
    assert "not saved" in caplog.text


def test_unknown_fields_of_a_later_version_are_ignored(tmp_path: Path) -> None:
    file = tmp_path / "window.json"
    file.write_bytes(b'{"theme": "dark", "from_the_future": [1, 2]}')
    assert load_settings(file) == Settings(state=SessionState(theme="dark"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_its_place_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "window.json")
    assert load_settings(tmp_path / "window.json") == Settings()


def test_settings_with_which_a_start_died_are_kept_aside(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file = tmp_path / "window.json"
    save_settings(file, FULL)
    code = (
        "import os, sys; from pathlib import Path; from visualizer.app.session.settings import starting\n"
        "with starting(Path(sys.argv[1])): os._exit(139)"
    )
    died = subprocess.run([sys.executable, "-c", code, str(file)], timeout=60)
    assert died.returncode == 139
    with caplog.at_level(logging.WARNING), starting(file):
        assert load_settings(file) == Settings()
    assert (tmp_path / "window.json.broken").is_file()
    assert "did not end well" in caplog.text
    assert [p.name for p in tmp_path.iterdir()] == ["window.json.broken"]


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="ends a process at once on Windows")
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_log_out_during_a_start_is_no_fault_of_the_settings(tmp_path: Path, name: str) -> None:
    file = tmp_path / "window.json"
    save_settings(file, FULL)
    code = (
        "import os, signal, sys, time; from pathlib import Path\n"
        "from visualizer.app.session.settings import starting\n"
        # the tests themselves may run under nohup, which lets all their children ignore it
        f"signal.signal(signal.{name}, signal.SIG_DFL)\n"
        "with starting(Path(sys.argv[1])):\n"
        f"    os.kill(os.getpid(), signal.{name})\n"
        "    time.sleep(30)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(file)], timeout=60)
    assert ended.returncode == 128 + getattr(signal, name)
    with starting(file):
        assert load_settings(file) == FULL


def test_two_starts_at_once_do_not_blame_each_other(tmp_path: Path) -> None:
    file = tmp_path / "window.json"
    save_settings(file, FULL)
    with starting(file) as first, starting(file):
        assert load_settings(file) == FULL
        first.done()
    with starting(file):
        assert load_settings(file) == FULL


def test_a_start_without_a_folder_leaves_nothing(tmp_path: Path) -> None:
    with starting(tmp_path / "not there" / "window.json"):
        pass
    assert list(tmp_path.iterdir()) == []
