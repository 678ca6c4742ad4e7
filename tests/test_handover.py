"""A second start hands over what it was given; whatever else knocks does no harm."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Client
from pathlib import Path

import pytest

from visualizer import handover
from visualizer.child import child
from visualizer.handover import MOST_BYTES, Door, Errand, hand_over

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="looks at the socket's file")
QUICK_S = 0.3


@pytest.fixture
def runtime(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "run"
    place.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(place))
    return place


class Desk:
    """Takes errands, as the window does."""

    def __init__(self) -> None:
        self.came: list[Errand] = []

    def __call__(self, errand: Errand, taken: Callable[[], object]) -> None:
        self.came.append(errand)
        taken()


@pytest.fixture
def door(runtime: Path, tmp_path: Path) -> Iterator[Door]:
    held = Door.hold(tmp_path)
    assert held is not None
    yield held
    held.close()


def address(runtime: Path) -> str:
    (path,) = (p for p in runtime.iterdir() if p.suffix != ".lock")
    return str(path)


def test_an_errand_comes_as_it_was_given(door: Door, tmp_path: Path) -> None:
    desk = Desk()
    door.answer(desk)
    odd = os.fsdecode(b"/tmp/\xff caf\xc3\xa9.hipthrust")
    for errand in (Errand(), Errand(opening=odd, language="de", token="x" * 200)):
        assert hand_over(tmp_path, errand)
    assert desk.came == [Errand(), Errand(odd, "de", "x" * 200)]


def test_who_comes_before_the_window_is_ready_waits(door: Door, tmp_path: Path) -> None:
    desk, done = Desk(), []
    early = threading.Thread(target=lambda: done.append(hand_over(tmp_path, Errand("early"))))
    early.start()
    door.answer(desk)
    early.join(10)
    assert done == [True]
    assert desk.came == [Errand("early")]


def test_there_is_one_window_for_settings_and_screen(
    door: Door, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Door.hold(tmp_path) is None
    other = Door.hold(tmp_path / "other")
    assert other is not None
    other.close()
    monkeypatch.setenv("DISPLAY", ":77")
    other = Door.hold(tmp_path)
    assert other is not None
    other.close()


def test_a_closed_door_leaves_nothing_and_can_be_held_again(runtime: Path, tmp_path: Path) -> None:
    for _ in range(3):
        door = Door.hold(tmp_path)
        assert door is not None
        door.answer(Desk())
        assert runtime.stat().st_mode & 0o077 == 0
        door.close()
        assert list(runtime.iterdir()) == []
    assert not hand_over(tmp_path, Errand(), QUICK_S)


def test_what_a_killed_window_left_is_no_hindrance(runtime: Path, tmp_path: Path) -> None:
    code = (
        "import time; from pathlib import Path; from visualizer.handover import Door; "
        f"door = Door.hold(Path({str(tmp_path)!r})); print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(child(code), stdout=subprocess.PIPE) as window:
        assert window.stdout is not None
        window.stdout.readline()
        assert Door.hold(tmp_path) is None
        window.send_signal(signal.SIGKILL)
        window.wait()
    assert address(runtime)
    door = Door.hold(tmp_path)
    assert door is not None
    door.close()


def test_a_window_that_hangs_is_not_waited_for(door: Door, tmp_path: Path) -> None:
    # it listens, but nobody answers
    assert not hand_over(tmp_path, Errand("x"), QUICK_S)
    door.answer(lambda errand, taken: None)
    assert not hand_over(tmp_path, Errand("x"), QUICK_S)


def test_strange_bytes_are_left_alone(
    door: Door, runtime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handover, "_SAYING_S", 0.05)
    desk = Desk()
    door.answer(desk)
    for data in (b"", b"GET / HTTP/1.1", b"[" * 60_000, b"{}", b'{"opening": 3}', b"\x80\x02cos\n"):
        with Client(address(runtime)) as knocking:
            knocking.send_bytes(data)
    for raw in (b"", b"\xff" * 4, b"\x7f\xff\xff\xff", b"\x00\x00\x10\x00half"):
        with socket.socket(socket.AF_UNIX) as knocking:
            knocking.connect(address(runtime))
            knocking.sendall(raw)
    assert hand_over(tmp_path, Errand("after all"))
    assert desk.came == [Errand("after all")]


def test_a_text_without_end_is_not_even_sent(door: Door, tmp_path: Path) -> None:
    desk = Desk()
    door.answer(desk)
    assert not hand_over(tmp_path, Errand("x" * MOST_BYTES), QUICK_S)
    assert desk.came == []


def test_a_folder_of_others_is_not_used(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    tmp_path = tmp_path_factory.mktemp("of")  # a socket's address has to be short
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path))
    (tmp_path / "shared").mkdir(mode=0o755)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "shared"))
    door = Door.hold(tmp_path)
    assert door is not None  # in a folder of its own instead
    door.close()
    own = tmp_path / f"hip-thrust-{os.getuid()}"
    assert own.stat().st_mode & 0o777 == 0o700
    own.chmod(0o777)
    assert Door.hold(tmp_path) is None
    assert not hand_over(tmp_path, Errand(), QUICK_S)


@pytest.mark.skipif(sys.platform == "win32", reason="has pipes instead of sockets")
def test_a_deep_runtime_folder_has_room_for_the_door(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = tmp_path_factory.mktemp("d")
    deep = start / ("x" * (86 - len(str(start))))
    deep.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(deep))
    door = Door.hold(start)
    assert door is not None
    door.close()
