"""The small panel that asks for the load: bar, body mass, band.

What is typed counts as soon as the hand rests; where it cannot be, one line says why and the load
is what it was before the typing began. A slider counts at once.
"""

from __future__ import annotations

import math
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QLocale, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QHideEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QWidget,
)

from visualizer.analysis.words import capitalised
from visualizer.app.session.session import Session
from visualizer.app.session.state import SessionState
from visualizer.app.timeline.load_slider import LoadSlider
from visualizer.app.widgets.controls import Choice, label
from visualizer.app.widgets.geometry import above
from visualizer.app.widgets.popover import Popover
from visualizer.app.widgets.theme import BODY_PX, CAPTION_PX, font, px
from visualizer.errors import UsageError
from visualizer.exercise.loading import LoadChoice
from visualizer.exercise.mass import MassUnit
from visualizer.lifts.loads import LimitError
from visualizer.lifts.vocabulary import Equipment
from visualizer.texts import tr

__all__ = ["LoadPanel"]

_WIDTH = 376
_FIELD_PX = 76
# A number is not finished while its digits follow each other quicker than this.
_REST_MS = 600
# Where the sliders begin and end; the fields take more. The bar in per cent of body mass and in
# kilograms, body mass in kilograms, the band in newtons per metre.
_BAR_PERCENT, _BAR_KG, _BODY_KG, _BAND_N_PER_M = (0, 250), (0, 200), (40, 140), (0, 400)


def _bar_in(unit: MassUnit) -> str:
    return {
        MassUnit.KILOGRAM: tr("Bar in kilograms"),
        MassUnit.POUND: tr("Bar in pounds"),
    }[unit]


class LoadPanel(Popover):
    """Asks for the load and gives it to the session.

    Parameters
    ----------
    session : Session
        Whose load it is.
    """

    closed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(tr("Load"), _WIDTH, parent)
        self._session, column = session, self.column
        names = tr("Barbell"), tr("Body mass"), tr("Band stiffness")
        self.bar, self.mass, self.band = (self._field(name) for name in names)
        self.sliders = {
            field: self._slider(name, field)
            for name, field in zip(names, (self.bar, self.mass, self.band), strict=True)
        }
        # of many places in one turn the newest counts
        self._newest = QTimer(self)
        self._newest.setSingleShot(True)
        self._newest.setInterval(0)
        self._newest.timeout.connect(self._typed)
        self.unit = Choice(
            tr("Unit of the bar"),
            [
                (True, tr("% of body"), tr("Bar in per cent of body mass")),
                (False, tr("kg"), _bar_in(MassUnit.KILOGRAM)),
            ],
        )
        self.unit.chosen.connect(self._change_unit)
        self.mass_unit = Choice(
            tr("Unit of masses"),
            [
                (MassUnit.KILOGRAM, tr("kg"), tr("Masses in kilograms")),
                (MassUnit.POUND, tr("lb"), tr("Masses in pounds")),
            ],
        )
        self.mass_unit.chosen.connect(self._change_mass_unit)
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(2, 1)
        per_metre = label("N/m", "secondary", wrap=False)
        per_metre.setToolTip(
            tr("Newtons per metre: how much harder the band pulls the longer it is")
        )
        rows: tuple[tuple[str, QLineEdit, QWidget], ...] = (
            (tr("Barbell"), self.bar, self.unit),
            (tr("Body mass"), self.mass, self.mass_unit),
            (tr("Band stiffness"), self.band, per_metre),
        )
        self._rows: list[tuple[QWidget, ...]] = []
        for k, (word, field, unit) in enumerate(rows):
            name = label(word, wrap=False)
            name.setMinimumWidth(name.sizeHint().width())
            for place, widget in enumerate((name, field, unit)):
                grid.addWidget(widget, 2 * k, place, Qt.AlignmentFlag.AlignVCenter)
            slider = self.sliders[field]
            grid.addWidget(slider, 2 * k + 1, 0, 1, 3)
            self._rows.append((name, field, unit, slider))
        column.addLayout(grid)
        # one place for both, with room from the start: the panel must not grow over the curve
        self.message, self.note = label("", "strong"), label("", "caption")
        lines = ((2, font(px(BODY_PX), bold=True)), (3, font(px(CAPTION_PX))))
        high = max(count * QFontMetrics(face).lineSpacing() for count, face in lines)
        for text in (self.message, self.note):
            text.setFixedHeight(high)
            text.setAlignment(Qt.AlignmentFlag.AlignTop)
            column.addWidget(text)
        self._before = session.state.load
        self._borrowed = False
        self.rest = QTimer(self)
        self.rest.setSingleShot(True)
        self.rest.setInterval(_REST_MS)
        self.rest.timeout.connect(self._typed)
        line = QHBoxLayout()
        usual = QPushButton(tr("Reset"))
        usual.setProperty("kind", "plain")
        usual.setToolTip(tr("Back to the load that the program begins with"))
        usual.clicked.connect(self._reset)
        line.addWidget(usual)
        line.addStretch(1)
        column.addLayout(line)
        self.show_state(session.state)

    def _field(self, name: str) -> QLineEdit:
        field = QLineEdit()
        field.setAccessibleName(name)
        field.setFixedWidth(px(_FIELD_PX))
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        field.setMaxLength(8)
        field.textEdited.connect(lambda _: self.rest.start())
        field.editingFinished.connect(self._finished)
        field.returnPressed.connect(self.close)
        return field

    def _slider(self, name: str, field: QLineEdit) -> LoadSlider:
        slider = LoadSlider(name)

        def slid(value: int) -> None:
            field.setText(str(value))
            self._newest.start()

        slider.slid.connect(slid)
        slider.sliderPressed.connect(partial(self._session.slide, True))
        slider.sliderReleased.connect(self._let_go)
        return slider

    def _let_go(self) -> None:
        self._session.slide(False)
        self._finished()

    def open_above(self, anchor: QWidget, *, borrowed: bool = False) -> None:
        """Open beside a widget, and put the cursor into the first field.

        ``borrowed`` says that the curves show the moment only as long as the panel is open.
        """
        self._borrowed = borrowed
        self.show_state(self._session.state)
        self.fill(self._session.state.load)
        self.adjustSize()
        self.move(above(anchor, self.size()))
        self.show()
        field = self.mass if self.bar.isHidden() else self.bar
        field.setFocus()
        field.selectAll()

    def show_state(self, new: SessionState) -> None:
        """Show what the variation can be loaded with; never emits."""
        gear = self._session.variation.equipment
        there = (Equipment.BARBELL in gear, True, Equipment.LOOP_BAND in gear)
        for row, shown in zip(self._rows, there, strict=True):
            for widget in row:
                widget.setVisible(shown)
        self.note.setText(
            tr("Moments are computed for it, not measured.")
            if there[0]
            else tr("This variation has no bar. Moments are computed, not measured.")
        )
        if self._borrowed:
            more = tr("The curves show the hip moment while this is open.")
            self.note.setText(f"{self.note.text()} {more}")
        unit = self.unit.button(False)
        unit.setText(tr("kg") if new.mass_unit is MassUnit.KILOGRAM else tr("lb"))
        unit.setAccessibleName(_bar_in(new.mass_unit))
        unit.setToolTip(unit.accessibleName())
        if not self.isVisible() or not self.mass_unit.button(new.mass_unit).isChecked():
            self.fill(new.load)

    def fill(self, load: LoadChoice) -> None:
        """Show a choice in the fields."""
        self._before = load
        self.unit.show_value(load.in_percent)
        unit = self._unit
        self.mass_unit.show_value(unit)
        for field, value in (
            (self.bar, load.bar_in(load.in_percent, self._session.variation, unit)),
            (self.mass, self._body_shown),
            (self.band, load.band_n_per_m),
        ):
            text = QLocale().toString(float(value), "g", 6)
            field.setText(text.replace(QLocale().groupSeparator(), ""))
        self._follow(load)
        self._say("")

    def _follow(self, load: LoadChoice) -> None:
        """Let the sliders stand where the load is."""
        unit, variation = self._unit, self._session.variation
        bar = load.bar_in(load.in_percent, variation, unit)
        whole = _BAR_PERCENT if load.in_percent else tuple(map(unit.of, _BAR_KG))
        body = unit.of(load.body_mass_kg)
        for field, value, (least, most) in (
            (self.bar, bar, whole),
            (self.mass, body, tuple(map(unit.of, _BODY_KG))),
            (self.band, load.band_n_per_m, _BAND_N_PER_M),
        ):
            if not self.sliders[field].isSliderDown():
                self.sliders[field].show_value(value, least, most)

    def _typed(self) -> None:
        self.rest.stop()
        self._newest.stop()
        self._take(self.unit_in_percent)

    def _finished(self) -> None:
        if self.rest.isActive() or self._newest.isActive():
            self._typed()
        self._before = self._session.state.load

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802
        """Take what was typed last."""
        self._let_go()
        super().hideEvent(event)
        self.closed.emit()

    @property
    def unit_in_percent(self) -> bool:
        """Whether the bar is stated in per cent of body mass."""
        return self.unit.button(True).isChecked()

    def _take(self, in_percent: bool) -> None:
        variation = self._session.variation
        try:
            load = LoadChoice(
                body_mass_kg=self._body_kg(),
                in_percent=in_percent,
                band_n_per_m=self._number(self.band),
            )
            if Equipment.BARBELL not in variation.equipment:
                load = replace(load, bar=self._session.state.load.bar)
            elif self._shown(self.bar) != load.bar_in(in_percent, variation, self._unit):
                # what is usual stays usual, so that another variation shows its own
                bar = self._number(self.bar) if in_percent else self._kg(self.bar)
                load = replace(load, bar=bar)
        except UsageError as error:
            text, unit = str(error), self._unit
            if isinstance(error, LimitError) and error.unit == MassUnit.KILOGRAM:
                text = error.text(unit, unit.kg)
            self._say(f"{capitalised(text)}.")
            self._session.change(load=self._before)
            return
        self._say("")
        self._session.change(load=load)
        self._follow(load)

    def _number(self, field: QLineEdit) -> float:
        text = field.text().strip()
        value, known = QLocale().toDouble(text)
        if not known:
            # a comma or a point, whatever the language says
            value, known = QLocale.c().toDouble(text.replace(",", "."))
        if not known or not math.isfinite(value):
            name = field.accessibleName().lower()
            raise UsageError(tr("{} must be a number, such as 80").format(name))
        return value

    @property
    def _unit(self) -> MassUnit:
        return self._session.state.mass_unit

    def _shown(self, field: QLineEdit) -> float | None:
        """Return the number in a field, None where it says its unit or is none."""
        try:
            return self._number(field)
        except UsageError:
            return None

    def _kg(self, field: QLineEdit) -> float:
        """Return the mass in a field, kilograms; one may say its unit, too."""
        if (number := self._shown(field)) is not None:
            return self._unit.in_kg(number)
        try:
            return self._unit.read(field.text())
        except UsageError:
            return self._number(field)  # which says what is wrong

    @property
    def _body_shown(self) -> float:
        return round(self._unit.of(self._session.state.load.body_mass_kg), 1)

    def _body_kg(self) -> float:
        """Return the body's mass; the exact one where its rounded figure still stands there."""
        if self._shown(self.mass) == self._body_shown:
            return self._session.state.load.body_mass_kg
        return self._kg(self.mass)

    def _change_mass_unit(self, unit: object) -> None:
        if self.rest.isActive():
            self._typed()
        self._session.change(mass_unit=MassUnit(str(unit)))
        self.fill(self._session.state.load)

    def _change_unit(self, in_percent: object) -> None:
        """Keep the bar's mass and state it in the other unit."""
        load = self._session.state.load
        if bool(in_percent) == load.in_percent:
            return
        bar = None
        if load.bar is not None:
            bar = load.bar_in(bool(in_percent), self._session.variation)
        self._session.change(load=replace(load, bar=bar, in_percent=bool(in_percent)))
        self.fill(self._session.state.load)

    def _reset(self) -> None:
        self._session.change(load=LoadChoice())
        self._before = self._session.state.load
        self.fill(self._session.state.load)

    def _say(self, text: str) -> None:
        self.message.setText(text)
        # first away with one: the panel would grow for both
        away, there = (self.note, self.message) if text else (self.message, self.note)
        away.hide()
        there.show()
