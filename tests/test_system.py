"""What the machine offers, and the setup that runs before anything is installed."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from visualizer.system import missing_libraries, why_no_display

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X displays are Linux's")


@linux
def test_no_variable_means_no_display() -> None:
    assert "neither DISPLAY nor WAYLAND_DISPLAY" in str(why_no_display({}))


@linux
@pytest.mark.parametrize("display", [":9876", "nonsense", "localhost:x"])
def test_a_display_that_does_not_answer(display: str) -> None:
    assert f"{display!r} does not answer" in str(why_no_display({"DISPLAY": display}))


@linux
def test_a_display_that_answers() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind("\0/tmp/.X11-unix/X9875")
        server.listen()
        assert why_no_display({"DISPLAY": ":9875.0"}) is None


@pytest.mark.parametrize("platform", ["offscreen", "minimal", "offscreen:size=800x600"])
def test_headless_platforms_need_no_display(platform: str) -> None:
    assert why_no_display({"QT_QPA_PLATFORM": platform}) is None


@linux
def test_a_wayland_display_is_asked() -> None:
    with tempfile.TemporaryDirectory(prefix="wl") as folder:  # a socket's path must be short
        env = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": folder}
        assert why_no_display(env) == "the Wayland display 'wayland-7' does not answer"
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
            server.bind(f"{folder}/wayland-7")
            server.listen()
            assert why_no_display(env) is None
            assert why_no_display({"WAYLAND_DISPLAY": f"{folder}/wayland-7"}) is None
            assert why_no_display({**env, "QT_QPA_PLATFORM": "wayland"}) is None
        assert why_no_display(env) is not None  # the socket is still there, nobody listens


@linux
def test_a_dead_wayland_display_does_not_hide_a_living_one() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        server.bind("\0/tmp/.X11-unix/X9874")
        server.listen()
        env = {"WAYLAND_DISPLAY": "wayland-77", "DISPLAY": ":9874"}
        assert why_no_display(env) is None
        assert why_no_display({**env, "QT_QPA_PLATFORM": "wayland;xcb"}) is None
        said = why_no_display({**env, "QT_QPA_PLATFORM": "wayland"})
        assert said == (
            "QT_QPA_PLATFORM asks for 'wayland', but the Wayland display 'wayland-77' does not answer"
        )
    said = why_no_display(env)
    assert said == "neither the Wayland display 'wayland-77' nor the display ':9874' answers"


@linux
@pytest.mark.parametrize(
    ("platform", "says"),
    [
        ("xcb", "'xcb', but there is no display"),
        ("wayland", "'wayland', but the Wayland display 'wayland-0' does not answer"),
        ("nonsense", "'nonsense', but this Qt has only eglfs, linuxfb, minimal"),
        ("nonsense;xcb", "then for 'xcb', but there is no display"),
        ("vkkhrdisplay", "'vkkhrdisplay', but that platform shows no windows"),
        ("eglfs", "'eglfs', but Qt cannot start with it here"),
        ("linuxfb:fb=/dev/no-such-device", "'linuxfb', but Qt cannot start with it here"),
    ],
)
def test_a_platform_that_does_not_start_is_one_line(platform: str, says: str) -> None:
    root = str(Path(__file__).parents[1])
    keep = ("DISPLAY", "WAYLAND_DISPLAY", "XDG_SESSION_TYPE")
    env = {k: v for k, v in os.environ.items() if k not in keep}
    done = subprocess.run(
        [sys.executable, "-m", "visualizer"], capture_output=True, text=True,
        env={**env, "QT_QPA_PLATFORM": platform, "PYTHONPATH": root},
    )  # fmt: skip
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (1, "", 1)
    assert says in done.stderr
    assert "visualizer render" in done.stderr


@linux
def test_missing_libraries_are_named_with_their_package(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> None:
        raise OSError(name)

    monkeypatch.setattr("visualizer.system.ctypes.CDLL", broken)
    few, more = missing_libraries(x11=False), missing_libraries(x11=True)
    assert few["libEGL.so.1"] == "libegl1"
    assert set(few) < set(more)
    assert more["libxcb-cursor.so.0"] == "libxcb-cursor0"
