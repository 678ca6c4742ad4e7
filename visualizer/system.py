"""What the machine offers: a display, and the system libraries that Qt needs.

Standard library (and our texts) only, since the bootstrap uses it before anything is installed. Qt
aborts the process when its platform plugin cannot load or the display server is gone, so both are
checked first.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import socket
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from visualizer.texts import tr

__all__ = ["missing_libraries", "resident_mb", "why_no_display"]

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
# Platforms of Qt that need no display server, and start everywhere.
_HEADLESS = ("offscreen", "minimal", "vnc")
# Platforms that start and then show nothing of ours.
_NO_WIDGETS = ("vkkhrdisplay",)
_PROBE = (
    "import sys; from PySide6.QtGui import QGuiApplication; application = QGuiApplication([]); "
    "sys.exit(0 if application.screens() else 1)"
)
_PROBE_S = 20


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

    What the variables name is asked, since they outlive a session (``su``, ``tmux``, ``ssh``).

    Parameters
    ----------
    environment : mapping, optional
        Environment variables; the process' own by default.
    """
    env = os.environ if environment is None else environment
    settings = [s.strip() for s in env.get("QT_QPA_PLATFORM", "").split(";") if s.strip()]
    if not settings:
        return _why_no_server(env) if sys.platform.startswith("linux") else None
    # Qt takes the first of them that starts
    reasons: list[str] = []
    for setting in settings:
        reason = _why_not(setting, env)
        if reason is None:
            return None
        text = (
            tr("then for {platform!r}, but {reason}")
            if reasons
            else tr("QT_QPA_PLATFORM asks for {platform!r}, but {reason}")
        )
        reasons.append(text.format(platform=setting.split(":")[0], reason=reason))
    return ", ".join(reasons)


def _why_no_server(env: Mapping[str, str]) -> str | None:
    display = env.get("DISPLAY", "")
    wayland = env.get("WAYLAND_DISPLAY", "")
    if not wayland and env.get("XDG_SESSION_TYPE") == "wayland":
        wayland = "wayland-0"  # what libwayland takes
    if wayland and _wayland_answers(wayland, env):
        return None
    if display and _answers(display):
        return None
    if wayland and display:
        return tr(
            "neither the Wayland display {wayland!r} nor the display {display!r} answers"
        ).format(wayland=wayland, display=display)
    if wayland:
        return _silent_wayland(wayland)
    if display:
        return tr("the display {name!r} does not answer").format(name=display)
    return tr("there is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)")


def _silent_wayland(name: str) -> str:
    return tr("the Wayland display {name!r} does not answer").format(name=name)


def _why_not(setting: str, env: Mapping[str, str]) -> str | None:
    """Return why a platform of Qt (``name:option=value``) does not start."""
    platform = setting.split(":")[0].lower()
    if platform in _HEADLESS:
        return None
    if platform in _NO_WIDGETS:
        return tr("that platform shows no windows with text and buttons")
    plugins = _platform_plugins(env)
    wayland = platform.startswith("wayland")
    if plugins and ("wayland" if wayland else platform) not in plugins:
        return tr("this Qt has only {names}").format(names=", ".join(sorted(plugins)))
    if not sys.platform.startswith("linux"):
        return None
    if platform == "xcb":
        return _why_no_server({"DISPLAY": env.get("DISPLAY", "")})
    if wayland:
        name = env.get("WAYLAND_DISPLAY") or "wayland-0"
        if env.get("WAYLAND_SOCKET") or _wayland_answers(name, env):
            return None
        return _silent_wayland(name)
    # the others need a device of their own; whether they get it only Qt itself can tell
    if plugins and not _starts(setting, env):
        return tr("Qt cannot start with it here")
    return None


def _platform_plugins(env: Mapping[str, str]) -> set[str]:
    """Return the names of Qt's platform plugins; none where Qt is not installed yet."""
    folders = [Path(f) for f in env.get("QT_QPA_PLATFORM_PLUGIN_PATH", "").split(os.pathsep) if f]
    folders += [Path(f) / "platforms" for f in env.get("QT_PLUGIN_PATH", "").split(os.pathsep) if f]
    found = importlib.util.find_spec("PySide6")
    for place in (found.submodule_search_locations or ()) if found is not None else ():
        folders += [Path(place, "Qt", "plugins", "platforms"), Path(place, "plugins", "platforms")]
    names = set()
    for folder in folders:
        for file in folder.glob("*q*"):
            name = re.fullmatch(r"(?:lib)?q([a-z0-9]+)\.(?:so|dll|dylib)", file.name)
            if name is not None:
                names.add(name.group(1))
    return names


def _starts(setting: str, env: Mapping[str, str]) -> bool:
    """Return whether Qt starts on a platform; tried in a child, since it aborts where it cannot."""
    if getattr(sys, "frozen", False):  # no Python to ask with
        return True
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-c", _PROBE],
            env={**env, "QT_QPA_PLATFORM": setting},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=_PROBE_S,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _wayland_answers(name: str, env: Mapping[str, str]) -> bool:
    """Return whether a compositor listens at a Wayland display (a name or a whole path)."""
    path = Path(env.get("XDG_RUNTIME_DIR", "")) / name
    return path.is_absolute() and _connects(str(path))


def _connects(address: str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as s:
        s.settimeout(2)
        try:
            s.connect(address)
        except OSError:
            return False
    return True


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
        return any(_connects(target) for target in targets)
    try:
        with socket.create_connection((host, 6000 + int(number)), timeout=2):
            return True
    except OSError:
        return False


def resident_mb() -> float:
    """Return the resident memory of this process in megabytes, 0 where it cannot be told."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
    except (OSError, ValueError):
        pass  # Linux alone has it
    try:
        import resource
    except ImportError:  # Windows has no such module
        return 0.0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10
