"""The window's half of ``visualizer self-test``: the child process that opens a real window.

It writes what it found into a file, since the program of a windowed system may have no output.
"""

from __future__ import annotations

import json
from pathlib import Path

__all__ = ["main"]

_LONGEST_S = 45
# A window without its stage, or with letters only, has a handful.
_LEAST_COLOURS = 200


def main(report: str) -> int:
    """Open the window off screen and write what came of it.

    Parameters
    ----------
    report : str
        The file to write, JSON.
    """
    import tempfile
    import time

    from PySide6.QtCore import QEventLoop, QTimer, qVersion
    from PySide6.QtGui import QFontInfo
    from PySide6.QtWidgets import QApplication

    from visualizer.app.run import Places, build_window

    start = time.perf_counter()
    application = QApplication.instance() or QApplication(["self-test"])
    assert isinstance(application, QApplication)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        window = build_window(Places(place / "settings.json", place / "data", place / "log"))
        first: list[float] = []
        window.stage.first_frame.connect(lambda: first.append(time.perf_counter() - start))
        window.resize(1280, 800)
        window.show()
        loop, timer = QEventLoop(), QTimer()
        timer.timeout.connect(lambda: loop.quit() if first and window.timeline else None)
        timer.start(20)
        QTimer.singleShot(_LONGEST_S * 1000, loop.quit)
        loop.exec()
        shot = window.grab().toImage()
        points = [(x, y) for x in range(0, shot.width(), 7) for y in range(0, shot.height(), 7)]
        found = {
            "qt": qVersion(),
            "platform": application.platformName(),
            "first_picture_s": round(first[0], 2) if first else None,
            "timeline": window.timeline is not None,
            "colours": len({shot.pixel(x, y) for x, y in points}) > _LEAST_COLOURS,
            "letters": _has_letters(),
            "font": QFontInfo(application.font()).family(),
        }
        Path(report).write_text(json.dumps(found), encoding="utf-8")
        window.close()
        window.deleteLater()
    return 0


def _has_letters() -> bool:
    """Return whether letters differ from each other: without a font all are the same box."""
    from PySide6.QtCore import QRect, Qt
    from PySide6.QtGui import QImage, QPainter

    drawn = []
    for letter in "Mig":
        image = QImage(32, 32, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.drawText(QRect(0, 0, 32, 32), Qt.AlignmentFlag.AlignCenter, letter)
        painter.end()
        drawn.append(bytes(image.constBits()))
    blank = bytes([255]) * len(drawn[0])
    return len({*drawn, blank}) == len(drawn) + 1
