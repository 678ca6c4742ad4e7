"""The map's way of a scrub is the way that a scrub takes."""

import ast
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from PySide6.QtCore import Qt, QTimer

import visualizer
from visualizer.app.window.main_window import MainWindow

PACKAGE = Path(visualizer.__file__).parent
ROW = re.compile(r"^    (\d)  (\S+\.py) +(\w+)\.(\w+) {2,}\S", re.MULTILINE)


def walk() -> list[tuple[str, str, str]]:
    """Return file, class and method of each place of the map's way."""
    assert visualizer.__doc__ is not None
    section = visualizer.__doc__.partition("The way of a scrub")[2].partition("The way of a")[0]
    rows = ROW.findall(section)
    assert [int(number) for number, *_ in rows] == list(range(1, len(rows) + 1))
    return [(file, owner, method) for _, file, owner, method in rows]


def test_it_has_eight_places_that_exist_and_enters_none_twice() -> None:
    places = walk()
    assert 6 <= len(places) <= 8
    assert len({file for file, *_ in places}) == len(places)
    for file, owner, method in places:
        tree = ast.parse((PACKAGE / file).read_text(encoding="utf-8"))
        classes = [n for n in tree.body if isinstance(n, ast.ClassDef) and n.name == owner]
        methods = [n.name for c in classes for n in c.body if isinstance(n, ast.FunctionDef)]
        assert method in methods, f"{file} has no {owner}.{method}"


def test_a_scrub_takes_it(
    window: MainWindow, mouse: Callable[..., Any], turn: Callable[[], None]
) -> None:
    # the scenes of these tests draw stripes: scene and renderer are called instead by others
    wanted = {(file, method) for file, _, method in walk() if not file.startswith(("sc", "re"))}
    entered: list[tuple[str, str]] = []

    def note(frame: FrameType, event: str, _: object) -> None:
        path = frame.f_code.co_filename
        if event == "call" and path.startswith(str(PACKAGE)):
            place = Path(path).relative_to(PACKAGE).as_posix(), frame.f_code.co_name
            if place in wanted and place not in entered:
                entered.append(place)

    assert window.timeline is not None
    hand = mouse(window.timeline.plot.viewport())
    # over the curves, where no muscle is pointed at
    hand.press(hand.at(0.2, 0.1))
    hand.move(hand.at(0.3, 0.1), Qt.MouseButton.LeftButton)
    turn()
    window.stage.repaint()
    # on a slow machine the finer picture of a resting hand would come in between
    for timer in window.stage.findChildren(QTimer):
        timer.stop()
    sys.setprofile(note)
    try:
        hand.move(hand.at(0.6, 0.1), Qt.MouseButton.LeftButton)
        turn()
    finally:
        sys.setprofile(None)
    assert entered == [(f, m) for f, _, m in walk() if (f, m) in wanted]
