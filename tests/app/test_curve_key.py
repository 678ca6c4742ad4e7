"""The key of the curves, and the lanes below them: names, values, what they say on request."""

import re
from typing import Any

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from visualizer.analysis.dispute import disputed_words
from visualizer.analysis.plot import Plot
from visualizer.analysis.plot_kinds import plot_of
from visualizer.analysis.plot_subject import Subject
from visualizer.app.inspector.method import method_sections
from visualizer.app.session.session import Session
from visualizer.app.stage.legend import LegendView
from visualizer.app.timeline.curve_key import CurveKey
from visualizer.app.timeline.lane_names import LaneName
from visualizer.app.timeline.lanes import HEADER_PX, PLOT_PX, draw_bar, lanes_of
from visualizer.app.timeline.transport import Transport
from visualizer.catalog.catalog import Catalog
from visualizer.catalog.variation import Contraction, Role
from visualizer.errors import UsageError
from visualizer.exercise.contraction import Agreement, agreement
from visualizer.exercise.loading import LoadChoice
from visualizer.texts.figures import figure


def show(session: Session, kind: str, **fields: Any) -> Plot:
    session.change(curves=kind, **fields)
    load = session.state.load.load(session.variation)
    return plot_of(kind, Subject(session.repetition, load, session.state.selection))


def test_figures_have_a_real_minus_and_none_on_zero() -> None:
    assert figure(-63.4, " %") == "−63 %"
    assert figure(-0.004, " /s", 2) == "0.00 /s"
    assert figure(0.22, " /s", 2) == "0.22 /s"


def test_a_load_that_cannot_be_is_refused(catalog: Catalog) -> None:
    with pytest.raises(UsageError, match="body mass must be 30 to 250 kg, not 5"):
        LoadChoice(body_mass_kg=5)
    with pytest.raises(UsageError, match="the bar's mass"):
        LoadChoice(bar=900)
    bridge = catalog.variation("glute-bridge")
    assert LoadChoice().load(bridge).bar_kg == 0.0
    assert LoadChoice().load(catalog.variation("barbell-hip-thrust")).bar_kg == 75.0


def test_travel_is_the_same_figure_everywhere(session: Session) -> None:
    plot = show(session, "angles")
    page = "\n".join(p for s in method_sections(session) for p in s.points)
    (travel,) = re.findall(r"Travel of the bar: ([\d.]+ cm)", page)
    assert f"Travel: {travel}" in plot.tip
    heights = [m.bar_height_m for m in map(session.repetition.instant, plot.time_s)]
    assert travel == f"{100 * (max(heights) - min(heights)):.1f} cm"
    # the published figure is named as such, and by whom
    assert plot.bands[0].caption.startswith("published travel")


def test_angles_in_the_read_out_are_those_of_the_curves(session: Session, qtbot: QtBot) -> None:
    plot = show(session, "angles")
    transport = Transport(session, [])
    qtbot.addWidget(transport)
    for time_s in (0.0, 0.4, 0.9, 1.2, 2.0, 3.1):
        instant = session.repetition.instant(time_s)
        transport.show_instant(instant)
        hip, knee, _ = (plot.value_text(curve, instant) for curve in plot.curves)
        assert hip in transport.angles.text()
        assert knee in transport.angles.text()


@pytest.fixture
def key(session: Session, qtbot: QtBot) -> CurveKey:
    made = CurveKey(session, 200)
    qtbot.addWidget(made)
    made.resize(256, HEADER_PX + PLOT_PX)
    return made


def test_rings_and_bands_are_explained(session: Session, key: CurveKey) -> None:
    assert "○" in show(session, "velocity").caption
    plot = show(session, "hip-moment")
    key.show_plot(plot)
    tips = {key.tip_at(float(y)) for y in range(HEADER_PX, key.height(), 6)}
    for band in plot.bands:
        assert any(band.name in tip and band.about in tip for tip in tips)


def test_every_row_has_its_own_sample(session: Session, key: CurveKey) -> None:
    key.show_plot(show(session, "angles"))
    assert len(key.rows) == len(key.values) == 4
    image = key.grab().toImage()
    samples = [image.copy(4, round(key.row_top(k)), 24, 18) for k in range(len(key.rows))]
    assert all(a != b for k, a in enumerate(samples) for b in samples[:k])


def test_the_thin_curves_are_named_where_there_is_room(session: Session, key: CurveKey) -> None:
    key.show_plot(show(session, "angles"))
    assert key.parts_name == ""
    whole = key.grab().toImage()
    session.change(variation="single-leg-hip-thrust")
    plot = show(session, "angles")
    assert plot.parts
    key.show_plot(plot)
    assert key.parts_name == plot.parts_name == "Other leg"
    place = 4, round(key.row_top(len(key.rows))), key.width(), 18
    assert place[1] + 18 <= key.height()
    nothing = whole.copy(4, 0, 1, 1).pixelColor(0, 0)
    row = key.grab().toImage().copy(*place)
    assert any(row.pixelColor(x, 9) != nothing for x in range(20))
    key.resize(key.width(), 60)
    assert key.parts_name == ""


def test_what_the_model_does_not_bear_out_carries_a_sign(session: Session, qtbot: QtBot) -> None:
    lanes = {lane.muscle: lane for lane in lanes_of(session.repetition, "en")}
    for action in session.variation.muscles:
        change = session.repetition.reach(action).change
        for phase, claim in action.contraction.items():
            differs = agreement(claim.contraction, change, phase) is Agreement.DIFFERS
            assert (phase in lanes[action.muscle].disputed) is differs
    assert any(lane.disputed for lane in lanes.values())
    for lane in lanes.values():
        assert (disputed_words() in lane.tip) is bool(lane.disputed)
        assert LaneName(lane, session).toolTip() == lane.tip
    legend = LegendView(session)
    qtbot.addWidget(legend)
    assert disputed_words() in legend.accessibleDescription()


def test_a_lane_with_the_sign_is_painted_otherwise(qapp: QApplication) -> None:
    def painted(disputed: bool) -> QImage:
        image = QImage(200, 22, QImage.Format.Format_ARGB32)
        image.fill(0)
        painter = QPainter(image)
        role, held = Role.STABILIZER, Contraction.ISOMETRIC
        box = QRectF(0, 0, 200, 22)
        draw_bar(painter, box, role, held, letter=True, disputed=disputed)
        painter.end()
        return image

    assert painted(True) != painted(False)
