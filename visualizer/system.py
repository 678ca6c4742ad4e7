"""What the machine offers: a display, and the system libraries that Qt needs.

Standard library only, since the bootstrap uses it before anything is installed. Qt aborts the
process when its platform plugin cannot load or the X server is gone, so both are checked first.
"""

from __future__ import annotations

import ctypes
import os
import socket
import sys
from collections.abc import Mapping
from pathlib import Path

__all__ = ["missing_libraries", "why_no_display"]

# Needed by QtGui itself, then by its X11 plugin; soname → Debian package.
_ALWAYS: Mapping[str, str] = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libX11.so.6": "libx11-6",
}
_X11: Mapping[str, str] = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libX11-xcb.so.1": "libx11-xcb1",
}
# Platforms of Qt that need no display server.
_HEADLESS = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")


def missing_libraries(*, x11: bool) -> dict[str, str]:
    """Return the system libraries that Qt will not find, soname → Debian package.

    Parameters
    ----------
    x11 : bool
        Whether a window on an X display is wanted; else only what drawing off screen needs.
    """
    if not sys.platform.startswith("linux"):
        return {}
    wanted = {**_ALWAYS, **(_X11 if x11 else {})}
    missing = {}
    for soname, package in wanted.items():
        try:
            ctypes.CDLL(soname)
        except OSError:
            missing[soname] = package
    return missing


def why_no_display(environment: Mapping[str, str] | None = None) -> str | None:
    """Return why no window can be shown, in a sentence; None when one can.

    Parameters
    ----------
    environment : mapping, optional
        Environment variables; the process' own by default.
    """
    env = os.environ if environment is None else environment
    platform = env.get("QT_QPA_PLATFORM", "").split(":")[0].split(";")[0]
    if not sys.platform.startswith("linux") or platform in _HEADLESS:
        return None
    if env.get("WAYLAND_DISPLAY"):
        return None
    display = env.get("DISPLAY", "")
    if not display:
        return "there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)"
    if not _answers(display):
        return f"the display {display!r} does not answer"
    return None


def _answers(display: str) -> bool:
    """Return whether an X server listens at ``display`` (``host:number.screen``)."""
    host, _, rest = display.rpartition(":")
    number = rest.split(".")[0]
    if not number.isdigit():
        return False
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"
        # an abstract socket of the same name is the other place where servers listen
        targets = [path] if Path(path).exists() else []
        targets.append("\0" + path)
        for target in targets:
            with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as s:
                s.settimeout(2)
                try:
                    s.connect(target)
                except OSError:
                    continue
                return True
        return False
    try:
        with socket.create_connection((host, 6000 + int(number)), timeout=2):
            return True
    except OSError:
        return False
