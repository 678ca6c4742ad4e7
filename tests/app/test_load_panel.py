"""The fields of the load: what is typed, refused, kept, and what follows from it."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from tests.helpers.window import child
from visualizer.app.session.session import Session
from visualizer.app.session.settings import Settings, load_settings, save_settings
from visualizer.app.session.state import SessionState
from visualizer.app.timeline.load_panel import LoadPanel
from visualizer.app.timeline.timeline import Timeline
from visualizer.exercise.loading import LoadChoice
from visualizer.exercise.mass import MassUnit


@pytest.fixture
def panel(session: Session, qtbot: QtBot) -> LoadPanel:
    made = LoadPanel(session)
    session.state_changed.connect(lambda old, new: made.show_state(new))
    qtbot.addWidget(made)
    made.show()
    return made


def retype(qtbot: QtBot, field: QLineEdit, text: str) -> None:
    """Type a number, then rest."""
    field.selectAll()
    qtbot.keyClicks(field, text)
    rest(field)


def rest(field: QLineEdit) -> None:
    panel = field.window()
    assert isinstance(panel, LoadPanel)
    panel.rest.timeout.emit()


def test_what_is_typed_counts_when_the_hand_rests(
    session: Session, panel: LoadPanel, qtbot: QtBot
) -> None:
    retype(qtbot, panel.mass, "80")
    assert session.state.load == LoadChoice(body_mass_kg=80)
    retype(qtbot, panel.bar, "62,5")
    assert session.state.load.bar == 62.5
    assert panel.message.isHidden()


def test_a_wrong_value_is_said_in_one_line_and_the_last_one_stays(
    session: Session, panel: LoadPanel, qtbot: QtBot
) -> None:
    retype(qtbot, panel.mass, "5")
    assert panel.message.text() == "Body mass must be 30 to 250 kg, not 5."
    assert session.state.load == LoadChoice()
    retype(qtbot, panel.mass, "heavy")
    assert panel.message.text() == "Body mass must be a number, such as 80."
    retype(qtbot, panel.mass, "70")
    assert panel.message.isHidden()
    assert session.state.load.body_mass_kg == 70


def test_nothing_counts_on_the_way_to_a_number_and_a_wrong_one_changes_nothing(
    session: Session, panel: LoadPanel, qtbot: QtBot
) -> None:
    session.change(load=LoadChoice(bar=70))
    panel.fill(session.state.load)
    seen: list[object] = []
    session.state_changed.connect(lambda old, new: seen.append(new.load.bar))
    panel.bar.selectAll()
    qtbot.keyClicks(panel.bar, "900")
    assert seen == []
    rest(panel.bar)
    assert session.state.load.bar == 70
    assert panel.message.text()
    # a slow hand: 90 counts for a moment, but not once the field says 900
    retype(qtbot, panel.bar, "90")
    assert session.state.load.bar == 90
    qtbot.keyClicks(panel.bar, "0")
    rest(panel.bar)
    assert session.state.load.bar == 70
    # what is typed last counts when the panel closes at once
    panel.bar.selectAll()
    qtbot.keyClicks(panel.bar, "80")
    panel.close()
    assert session.state.load.bar == 80


def test_an_error_does_not_let_the_panel_grow(
    session: Session, panel: LoadPanel, qtbot: QtBot
) -> None:
    before = panel.size()
    for text in ("9000", "heavy"):
        retype(qtbot, panel.mass, text)
        assert panel.message.isVisible()
        assert panel.size() == before
        assert panel.sizeHint().height() <= before.height()


@pytest.mark.parametrize("variation", ["barbell-hip-thrust", "banded-hip-thrust", "glute-bridge"])
def test_what_the_panel_says_is_not_cut(
    session: Session, panel: LoadPanel, qtbot: QtBot, variation: str
) -> None:
    session.change(variation=variation)
    panel.open_above(panel.mass, borrowed=True)
    qtbot.wait(1)
    assert panel.note.heightForWidth(panel.note.width()) <= panel.note.height()


def test_the_other_unit_keeps_the_bar(session: Session, panel: LoadPanel) -> None:
    session.change(load=LoadChoice(body_mass_kg=80, bar=120))
    panel.unit.button(False).click()
    assert session.state.load == LoadChoice(body_mass_kg=80, bar=96, in_percent=False)
    assert panel.bar.text() == "96"
    panel.unit.button(True).click()
    assert session.state.load.bar == 120


def test_one_leg_begins_with_a_bar_that_it_can_lift(
    session: Session, panel: LoadPanel, qtbot: QtBot
) -> None:
    assert panel.bar.text() == "100"
    session.change(variation="single-leg-hip-thrust")
    panel.hide()
    panel.show_state(session.state)
    assert panel.bar.text() == "25"
    retype(qtbot, panel.mass, "80")
    assert session.state.load.load(session.variation).bar_kg == 20
    panel.unit.button(False).click()
    assert panel.bar.text() == "20"
    # nothing was said about the bar, so every variation still has its own
    session.change(variation="barbell-hip-thrust")
    assert session.state.load.load(session.variation).bar_kg == 80


def test_body_mass_of_a_lift_without_a_bar_leaves_the_bar_alone(
    session: Session, panel: LoadPanel, qtbot: QtBot
) -> None:
    session.change(load=LoadChoice(bar=60), variation="glute-bridge")
    retype(qtbot, panel.mass, "80")
    assert session.state.load == LoadChoice(body_mass_kg=80, bar=60)


def test_only_what_the_variation_has_is_asked(session: Session, panel: LoadPanel) -> None:
    assert panel.band.isHidden()
    session.change(variation="banded-hip-thrust")
    assert not panel.band.isHidden()
    session.change(variation="glute-bridge")
    assert panel.bar.isHidden()
    assert "no bar" in panel.note.text()


def test_the_load_button_stands_beside_moments_only(session: Session, qtbot: QtBot) -> None:
    timeline = Timeline(session)
    session.state_changed.connect(timeline.show_state)
    qtbot.addWidget(timeline)
    timeline.resize(1024, 280)
    timeline.show()
    key = timeline.key
    assert key.load.isHidden()
    session.change(curves="hip-moment")
    assert not key.load.isHidden()
    assert not key.chooser.geometry().intersects(key.load.geometry())
    assert key.chooser.width() >= key.chooser.sizeHint().width()
    before = key.values[0]
    session.change(load=LoadChoice(bar=200))
    assert key.values[0] != before
    assert all(value.endswith(" Nm") for value in key.values)
    key.load.click()
    panel = child(timeline, LoadPanel)
    assert panel.isVisible()
    assert panel.bar.hasSelectedText()
    qtbot.keyClick(panel.bar, Qt.Key.Key_Return)
    assert not panel.isVisible()


def test_it_is_remembered(tmp_path: Path) -> None:
    kept = Settings(state=SessionState(curves="knee-moment", load=LoadChoice(80, 120, False, 90)))
    save_settings(tmp_path / "s.json", kept)
    assert load_settings(tmp_path / "s.json") == kept


def test_a_remembered_load_that_cannot_be_is_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "s.json"
    file.write_text('{"load": {"body_mass_kg": 2}}')
    assert load_settings(file).state.load == LoadChoice()


def test_masses_are_shown_and_typed_in_pounds(
    session: Session, panel: LoadPanel, qtbot: QtBot
) -> None:
    session.change(load=LoadChoice(body_mass_kg=80, bar=60, in_percent=False))
    panel.fill(session.state.load)
    panel.mass_unit.button(MassUnit.POUND).click()
    assert session.state.mass_unit is MassUnit.POUND
    assert (panel.mass.text(), panel.bar.text()) == ("176.4", "132.3")
    assert panel.unit.button(False).text() == "lb"
    # what is not typed stays exactly what it was
    retype(qtbot, panel.bar, "135")
    assert session.state.load.body_mass_kg == 80
    assert session.state.load.bar == pytest.approx(61.235, abs=1e-3)
    retype(qtbot, panel.mass, "80 kg")
    assert session.state.load.body_mass_kg == 80
    retype(qtbot, panel.mass, "9")
    assert panel.message.text() == "Body mass must be 66.14 to 551.2 lb, not 9."
    panel.mass_unit.button(MassUnit.KILOGRAM).click()
    assert (panel.mass.text(), panel.bar.text()) == ("80", "60")


def test_the_curves_and_their_key_say_pounds(session: Session, qtbot: QtBot) -> None:
    made = Timeline(session)
    qtbot.addWidget(made)
    session.state_changed.connect(made.show_state)
    session.change(curves="hip-moment", load=LoadChoice(body_mass_kg=80, bar=60, in_percent=False))
    assert made.plot.plot is not None
    assert "bar 60 kg, body 80 kg" in made.plot.plot.caption
    session.change(mass_unit=MassUnit.POUND)
    assert "bar 132 lb, body 176 lb" in made.plot.plot.caption
    assert "kg" not in made.plot.plot.caption + made.plot.plot.tip


def test_a_slider_counts_at_once_and_in_each_unit(
    session: Session, panel: LoadPanel, qtbot: QtBot
) -> None:
    seen: list[LoadChoice] = []
    session.state_changed.connect(lambda old, new: seen.append(new.load))
    bar, mass = panel.sliders[panel.bar], panel.sliders[panel.mass]
    assert (bar.value(), mass.value()) == (100, 75)
    bar.setSliderDown(True)
    for percent in (110, 120, 130):
        bar.setValue(percent)
    assert session.sliding
    qtbot.waitUntil(lambda: bool(seen))
    assert seen == [LoadChoice(bar=130)]  # of many places in one turn the newest
    bar.setSliderDown(False)
    assert not session.sliding
    panel.unit.button(False).click()
    assert bar.value() == round(0.01 * 130 * 75)
    assert bar.maximum() == 200
    panel.mass_unit.button(MassUnit.POUND).click()
    assert bar.maximum() == 441
    assert mass.value() == 165
    mass.setValue(200)
    qtbot.waitUntil(lambda: session.state.load.body_mass_kg == pytest.approx(90.72, abs=0.01))
    # what is typed moves them, beyond their way to its end
    retype(qtbot, panel.bar, "900")
    assert bar.value() == 441
    assert session.state.load.bar == pytest.approx(408.2, abs=0.1)
    assert bar.accessibleName() == "Barbell: slider"


def test_each_variation_has_the_sliders_of_what_it_bears(
    session: Session, panel: LoadPanel
) -> None:
    shown = {}
    for name in ("barbell-hip-thrust", "banded-hip-thrust", "glute-bridge"):
        session.change(variation=name)
        shown[name] = [not panel.sliders[f].isHidden() for f in (panel.bar, panel.mass, panel.band)]
    assert shown == {
        "barbell-hip-thrust": [True, True, False],
        "banded-hip-thrust": [True, True, True],
        "glute-bridge": [False, True, False],
    }
