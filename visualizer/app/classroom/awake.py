"""Keeps the screen on while something is presented; where that is not possible, says so."""

from __future__ import annotations

import ctypes
import os
import subprocess
import sys

__all__ = ["Awake"]

# SetThreadExecutionState: continuous, the display and the system are needed.
_CONTINUOUS, _NEEDED = 0x80000000, 0x80000000 | 0x00000002 | 0x00000001
_NAME = "visualizer-awake"


class Awake:
    """Holds off the screen saver between :meth:`on` and :meth:`off`."""

    def __init__(self) -> None:
        self._caffeinate: subprocess.Popen[bytes] | None = None

    def on(self) -> bool:
        """Keep the screen on; return whether the system could be asked for it."""
        if sys.platform == "win32":
            return bool(ctypes.windll.kernel32.SetThreadExecutionState(ctypes.c_uint32(_NEEDED)))
        if sys.platform == "darwin":
            try:  # it ends with this process, whatever becomes of it
                self._caffeinate = subprocess.Popen(
                    ["/usr/bin/caffeinate", "-d", "-w", str(os.getpid())]
                )
            except OSError:
                return False
            return True
        return _ask_the_session_bus()

    def off(self) -> None:
        """Let the screen go dark again."""
        if sys.platform == "win32":
            ctypes.windll.kernel32.SetThreadExecutionState(ctypes.c_uint32(_CONTINUOUS))
        elif sys.platform == "darwin":
            if self._caffeinate is not None:
                self._caffeinate.terminate()
                self._caffeinate.wait()
                self._caffeinate = None
        else:
            from PySide6.QtDBus import QDBusConnection

            # the service lets go of what a client asked for that has left the bus
            QDBusConnection.disconnectFromBus(_NAME)


def _ask_the_session_bus() -> bool:
    """Ask the desktop not to blank the screen; this never waits for an answer.

    On a connection of its own: PySide cannot send the unsigned cookie that would take the request
    back, so that leaving the bus has to.
    """
    from PySide6.QtDBus import QDBusConnection, QDBusMessage

    bus = QDBusConnection.connectToBus(QDBusConnection.BusType.SessionBus, _NAME)
    if not bus.isConnected():
        QDBusConnection.disconnectFromBus(_NAME)
        return False
    message = QDBusMessage.createMethodCall(
        "org.freedesktop.ScreenSaver",
        "/org/freedesktop/ScreenSaver",
        "org.freedesktop.ScreenSaver",
        "Inhibit",
    )
    message.setArguments(["Visualizer", "Presenting"])
    return bus.send(message)
