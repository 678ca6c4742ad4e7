"""Theme, icons, marks, legend, transport: small things that every view shows."""

import re
from collections import Counter
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF, QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication, QLabel, QMenu, QWidget
from pytestqt.qtbot import QtBot

import visualizer.app
from tests.helpers.window import draws_of
from visualizer.analysis.words import contraction_word, listed, role_word
from visualizer.app.session.session import Session
from visualizer.app.stage.legend import LegendView
from visualizer.app.stage.stage import Stage
from visualizer.app.timeline.transport import Transport
from visualizer.app.widgets.controls import CheckBox
from visualizer.app.widgets.dialog import Dialog
from visualizer.app.widgets.marks import ContractionMark, RoleBadge, draw_badge, draw_mark
from visualizer.app.widgets.program_icon import program_icon
from visualizer.app.widgets.theme import apply_theme, font, icon, theme_of
from visualizer.app.window.commands import COMMANDS
from visualizer.app.window.main_window import MainWindow
from visualizer.catalog.variation import Contraction, Role
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render.colour import luminance, rgb
from visualizer.scene.palette import ROLE_STYLES, THEMES
from visualizer.scene.symbols import ink_on


def contrast(a: str, b: str) -> float:
    low, high = sorted(luminance(rgb(QColor(colour).name())) for colour in (a, b))
    return (high + 0.05) / (low + 0.05)


def drawn(paint: Callable[[QPainter], object], width: int = 60, height: int = 24) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint(painter)
    painter.end()
    return image


@pytest.mark.parametrize("name", THEMES)
def test_texts_can_be_read(name: str) -> None:
    look = THEMES[name]
    for ground in (look.panel, look.raised, look.stage_top, look.stage_bottom):
        assert contrast(look.text, ground) >= 7
        assert contrast(look.secondary, ground) >= 4.5


@pytest.mark.parametrize("role", Role)
def test_letters_can_be_read_on_their_role(role: Role) -> None:
    colour = ROLE_STYLES[role].colour
    assert contrast(ink_on(colour), colour) >= 4.5


@pytest.mark.parametrize("name", THEMES)
def test_a_theme_sets_palette_and_type(qtbot: QtBot, qapp: QApplication, name: str) -> None:
    qapp.setStyleSheet("")
    window = QWidget()
    qtbot.addWidget(window)
    inside = QLabel("text", window)
    assert theme_of(inside) is THEMES["light"]
    apply_theme(window, name)
    inside.ensurePolished()
    assert window.palette().window().color() == QColor(THEMES[name].panel)
    assert inside.palette().text().color() == QColor(THEMES[name].text)
    assert inside.font().pixelSize() == 14
    assert theme_of(inside) is THEMES[name]


def test_two_windows_of_one_session_have_a_theme_each(
    window: MainWindow, qtbot: QtBot, qapp: QApplication, turn: Callable[[], None]
) -> None:
    """As on a desk in a dim room and on its projector."""
    qapp.setStyleSheet("")
    other = QWidget()
    qtbot.addWidget(other)
    apply_theme(other, "dark")
    stage = Stage(window.session, window.scenes, other)
    other.resize(500, 400)
    stage.resize(500, 400)
    other.show()
    turn()
    looks = {r.size[0]: r.options.theme for r in draws_of(stage)}
    assert looks[500] == "dark"
    assert looks[window.stage.orbit.viewport.pixels[0]] == "light"
    dialog = Dialog(other, "Dialog")
    menu = QMenu("Menu", stage)
    insides: tuple[QWidget, ...] = (menu, dialog, stage)
    for inside in insides:
        inside.ensurePolished()
        assert inside.palette().windowText().color() == QColor(THEMES["dark"].text)
        assert theme_of(inside) is THEMES["dark"]
    assert window.stage.palette().windowText().color() == QColor(THEMES["light"].text)
    # what the main window does about its theme leaves the other one alone
    window.session.change(theme="dark")
    window.session.change(theme="light")
    assert theme_of(dialog) is THEMES["dark"]


def test_no_view_asks_the_session_for_a_theme() -> None:
    """A view in another window would be in the wrong colours."""
    asking = {
        path.name
        for path in Path(visualizer.app.__file__).parent.rglob("*.py")
        if re.search(r"\btheme\((session|self|new|state)\b|state\.theme", path.read_text("utf-8"))
    }
    # the first three give a window its theme; pictures for files begin with the window's
    assert asking == {"commands.py", "main_window.py", "audience.py", "film.py", "picture.py"}


def test_figures_have_equal_width() -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(font(18, bold=True))
    assert len({round(metrics.horizontalAdvance(d), 3) for d in "0123456789"}) == 1


def icons() -> list[str]:
    folder = Path(visualizer.app.__file__).parent / "icons"
    return sorted(p.name[:-4] for p in folder.iterdir() if p.name.endswith(".svg"))


def test_every_icon_named_by_an_action_exists() -> None:
    assert {c.face.icon for c in COMMANDS if c.face.icon} <= set(icons())


@pytest.mark.parametrize("name", icons())
def test_icons_take_the_colour_and_fill_their_square(qapp: QApplication, name: str) -> None:
    pixmap = icon(name, "#FF0000").pixmap(20, 20)
    image = pixmap.toImage()
    inked = [
        image.pixelColor(x, y)
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() > 120
    ]
    assert len(inked) > 10
    assert all(c.red() > 200 and c.green() < 60 and c.blue() < 60 for c in inked)


def test_the_programs_icon_is_drawn_in_every_size(qapp: QApplication) -> None:
    sizes = {size.width() for size in program_icon().availableSizes()}
    assert {16, 32, 48, 128} <= sizes
    for size in sorted(sizes):
        image = program_icon().pixmap(size, size).toImage()
        colours = [image.pixelColor(x, size * 17 // 32) for x in range(size)]
        # the muscle that the program is about, on a ground, and nothing outside the square
        assert any(c.red() > 200 and c.green() < 130 and c.blue() < 60 for c in colours), size
        assert image.pixelColor(0, 0).alpha() < 120, size


def test_contractions_differ_in_shape_alone() -> None:
    images = [
        drawn(partial(draw_mark, centre=QPointF(30, 12), contraction=c, ink=QColor("#000000")))
        for c in Contraction
    ]
    for k, a in enumerate(images):
        for b in images[k + 1 :]:
            differ = sum(
                abs(a.pixelColor(x, y).lightness() - b.pixelColor(x, y).lightness()) > 80
                for x in range(60)
                for y in range(24)
            )
            assert differ > 12


def test_roles_differ_in_grey_by_their_letter() -> None:
    images = [drawn(partial(draw_badge, corner=QPointF(10, 3), role=r)) for r in Role]
    greys = [image.convertToFormat(QImage.Format.Format_Grayscale8) for image in images]
    assert greys[0] != greys[1] != greys[2] != greys[0]


def test_marks_have_names_for_screen_readers(qtbot: QtBot) -> None:
    for role in Role:
        badge = RoleBadge(role, role_word(role))
        qtbot.addWidget(badge)
        assert badge.accessibleName() == role.value
    mark = ContractionMark(Contraction.ISOMETRIC, contraction_word(Contraction.ISOMETRIC))
    qtbot.addWidget(mark)
    assert mark.accessibleName() == "isometric ⊢ ⊣"


@pytest.mark.parametrize("name", THEMES)
def test_the_tick_of_a_box_is_seen_in_every_theme(name: str, qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    apply_theme(window, name)
    box = CheckBox("Legend", window)
    box.adjustSize()
    window.show()
    inside = QRect(5, box.height() // 2 - 5, 7, 10)

    def colours() -> Counter[str]:
        image = box.grab(inside).toImage()
        every = ((x, y) for x in range(image.width()) for y in range(image.height()))
        return Counter(image.pixelColor(x, y).name() for x, y in every)

    ((empty, many),) = colours().most_common(1)
    assert (empty, many) == (THEMES[name].panel.lower(), 70)
    box.setChecked(True)
    filled = colours().most_common(1)[0][0]
    assert contrast(filled, empty) >= 4.5
    # and on what is filled a tick in the colour of the paper
    assert max(contrast(colour, filled) for colour in colours()) >= 4.5


def test_the_legend_fits_its_room(session: Session, qtbot: QtBot) -> None:
    legend = LegendView(session)
    qtbot.addWidget(legend)
    widths, heights = [], []
    for room in (2000, 800, 420):
        legend.fit(room)
        widths.append(legend.width())
        heights.append(legend.height())
        assert legend.width() <= room + 2
    assert widths[0] > widths[1] > widths[2]
    assert heights == [22, 44, 44]
    for word in ("prime mover", "synergist", "stabilizer", "concentric: shortens"):
        assert word in legend.accessibleDescription()
    # each role that is shown can be pressed, and its button lies on the legend
    for button in legend.buttons.values():
        assert button.isHidden() or legend.rect().contains(button.geometry())


def test_the_read_out_keeps_its_place_while_figures_change(session: Session, qtbot: QtBot) -> None:
    transport = Transport(session, [])
    qtbot.addWidget(transport)
    transport.resize(1400, 44)
    transport.show()
    layout = transport.layout()
    assert layout is not None
    layout.activate()
    assert transport.angles.isVisible()
    transport.show_instant(session.repetition.instant_of(PhaseId.LIFT, 0.42))
    assert transport.phase.text() == "LIFTING · 42 %"
    place = transport.angles.x()
    transport.show_instant(session.repetition.instant_of(PhaseId.LOWERING, 1.0))
    assert transport.phase.text() == "LOWERING · 100 %"
    layout.activate()
    assert transport.angles.x() == place
    needed = transport.phase.fontMetrics().horizontalAdvance(transport.phase.text())
    assert needed <= transport.phase.width()
    assert transport.angles.text().startswith("hip ")


def test_speed_is_chosen_and_shown_without_echo(session: Session, qtbot: QtBot) -> None:
    transport = Transport(session, [])
    qtbot.addWidget(transport)
    told: list[object] = []
    transport.speed.chosen.connect(told.append)
    session.state_changed.connect(transport.show_state)
    transport.speed.button(0.5).click()
    assert session.state.speed == 0.5
    assert told == [0.5]
    session.change(speed=2.0)
    assert transport.speed.button(2.0).isChecked()
    assert told == [0.5]


def test_words() -> None:
    assert listed(["bench", "hip pad"]) == "Bench, hip pad"
    assert listed([]) == ""
