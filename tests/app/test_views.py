"""Views are records: each is a view, placed once; a further one is a record and nothing else."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLabel, QWidget

from visualizer.app.window import commands, main_window
from visualizer.app.window.main_window import MainWindow
from visualizer.app.window.panels import Panel
from visualizer.app.window.view import Place, View, ViewContext, ViewRecord
from visualizer.app.window.views import PANELS, VIEWS


def asked_of_a_view() -> list[str]:
    return [name for name in vars(View) if name.startswith("show_")]


def test_each_record_makes_a_view(window: MainWindow) -> None:
    assert [r.id for r in VIEWS] == [r.id for r in window.views.records]
    assert len({r.id for r in VIEWS}) == len(VIEWS)
    assert len(asked_of_a_view()) >= 3
    for record in VIEWS:
        view = window.views[record.id]
        assert view.window() is window, record.id
        for name in asked_of_a_view():
            assert callable(getattr(view, name, None)), f"{record.id} has no {name}"


def test_views_emit_nothing_when_they_are_told(window: MainWindow) -> None:
    session, told = window.session, []
    for signal in (session.state_changed, session.instant_changed, session.hover_changed):
        signal.connect(lambda *a: told.append(a))
    for record in VIEWS:
        view: Any = window.views[record.id]
        view.show_state(session.state, replace(session.state, xray=True))
        view.show_state(None, session.state)
        view.show_instant(session.instant)
        view.show_hover("masseter")
    assert told == []


def test_each_panel_has_its_switch(window: MainWindow) -> None:
    keys = {c.id: c.keys for c in commands.COMMANDS}
    for record in VIEWS:
        if record.panel is not None:
            assert record.panel.id == record.id
            assert keys[f"panel_{record.id}"] == (record.panel.key,)
            action = window.actions_[f"panel_{record.id}"]
            # what changes is listed only where two bodies are compared
            assert action.isChecked() or not action.isEnabled()
    assert [p.id for p in PANELS] == [r.id for r in VIEWS if r.panel]


class _Notes(QLabel):
    """A view of a few lines, as somebody would add it."""

    def __init__(self) -> None:
        super().__init__("notes")
        self.told: list[object] = []

    def show_state(self, old: object, new: object) -> None:
        self.told.append((old, new))

    def show_instant(self, instant: object) -> None:
        self.told.append(instant)

    def show_hover(self, muscle: object) -> None:
        self.told.append(muscle)


@pytest.mark.parametrize("place", [Place.RIGHT, Place.LEFT, Place.TOP, Place.ROW])
def test_a_further_view_is_a_record(
    place: Place,
    make_window: Callable[..., MainWindow],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def build(context: ViewContext) -> QWidget:
        assert context.action("xray").text() == "&X-ray"
        return _Notes()

    panel = Panel("notes", "No&tes", "Ctrl+Alt+N", "Show or hide the notes", needs=QSize(0, 0))
    hidden = place in (Place.RIGHT, Place.LEFT)
    record = ViewRecord("notes", place, build, panel if hidden else None, slow=True)
    monkeypatch.setattr(main_window, "VIEWS", (*VIEWS, record))
    monkeypatch.setattr(main_window, "PANELS", (*PANELS, panel))
    window = make_window()
    notes = window.views["notes"]
    assert isinstance(notes, _Notes)
    assert notes.isVisible()
    assert notes.height() > 10
    notes.told.clear()
    window.session.change(variation="glute-bridge")
    assert notes.told[0][1] is window.session.state  # type: ignore[index]
    assert notes.told[1] is window.session.instant
    if hidden:
        window.panels.choose("notes", False)
        assert not notes.isVisible()
        assert window.settings().window.panels == {"notes": False}
        window.panels.choose("notes", True)
        assert notes.isVisible()
    for name in ("chart", "inspector", "library", "timeline"):
        assert window.views[name].isVisible()
