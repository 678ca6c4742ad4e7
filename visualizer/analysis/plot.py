"""What a plot over one repetition shows: curves, bands and their axes, as plain values.

The window paints it, :mod:`visualizer.analysis.plot_table` writes it as a table, and a new kind of
plot is one record in :mod:`visualizer.analysis.plot_kinds`. Every curve and every band says what it
rests on: *model* is computed by this program, *study* is a published figure. The two are never
drawn alike.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from visualizer.analysis.curves import Switch
from visualizer.catalog.variation import Basis, Contraction
from visualizer.exercise.repetition import Instant
from visualizer.texts import tr
from visualizer.texts.figures import figure

__all__ = ["Band", "Curve", "Plot", "Quantity"]

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Quantity:
    """What is measured along an axis; curves of one quantity share the axis.

    Attributes
    ----------
    title : str
        What it is, as the axis says it.
    unit : str
        ``°``, ``cm``, ``Nm`` …
    digits : int
        Decimals of a value.
    from_zero : bool
        Whether zero means something, so that it belongs on the axis.
    """

    title: str
    unit: str
    digits: int = 0
    from_zero: bool = True

    def text(self, value: float) -> str:
        """Return a value with its unit."""
        return figure(value, self.unit if self.unit == "°" else f" {self.unit}", self.digits)

    def span(self, low: float, high: float) -> str:
        """Return a range with its unit."""
        # a dash beside a minus sign could not be read
        between = " … " if low < 0.0 else "–"
        return figure(low, "", self.digits) + between + self.text(high)


@dataclass(frozen=True, eq=False)
class Curve:
    """One line.

    Attributes
    ----------
    name : str
        What it is.
    quantity : Quantity
        Its axis.
    values : (N,) ndarray
        In the quantity's unit.
    about : str
        What it is in a sentence.
    exact : callable, optional
        Returns the value at an instant; interpolated where there is none.
    part : bool
        Whether it is one of the parts behind a mean: drawn thin, without a row in the key.
    ground : Basis
        What it rests on.
    of : str
        What the second body is called whose curve it is; empty for the shown one's.
    """

    name: str
    quantity: Quantity
    values: Array
    about: str = ""
    exact: Callable[[Instant], float] | None = None
    part: bool = False
    ground: Basis = Basis.MODEL
    of: str = ""

    @property
    def span_text(self) -> str:
        """The least and the largest value with their unit."""
        return self.quantity.span(float(self.values.min()), float(self.values.max()))


@dataclass(frozen=True, eq=False)
class Band:
    """A range between two edges.

    Attributes
    ----------
    name : str
        What spans it.
    quantity : Quantity
        Its axis.
    low, high : (N,) ndarray
        Its edges; nan where it says nothing.
    ground : Basis
        ``Basis.MODEL`` for a computed range, ``Basis.STUDY`` for a published one.
    wide : bool
        Whether it holds another band, so that it is drawn paler.
    caption : str
        The published figure with its study in short.
    about : str
        What it is in a sentence.
    """

    name: str
    quantity: Quantity
    low: Array
    high: Array
    ground: Basis = Basis.MODEL
    wide: bool = False
    caption: str = ""
    about: str = ""

    @property
    def edges(self) -> tuple[Array, Array]:
        """Both edges, the lower one first."""
        return self.low, self.high

    @cached_property
    def reach(self) -> tuple[float, float]:
        """The least and the largest value that it says at all."""
        return float(np.nanmin(self.low)), float(np.nanmax(self.high))

    @property
    def published(self) -> bool:
        """Whether it is a published figure rather than our own computation."""
        return self.ground is Basis.STUDY


@dataclass(frozen=True, eq=False)
class Plot:
    """All that one plot shows; compared by identity.

    Attributes
    ----------
    time_s : (N,) ndarray
        Times of all values.
    curves : tuple of Curve
        The main ones first.
    bands : tuple of Band
        From the widest to the narrowest.
    switches : tuple of Switch
        Where the first curve's contraction changes.
    contraction : tuple of Contraction
        What the velocity says at each time; empty where it does not matter.
    caption : str
        One line that says what it is.
    tip : str
        All of it.
    empty : str
        Why there is nothing to show.
    parts_name : str
        What the thin curves are together.
    kind, title, subject : str
        Id and name of its record, name of the variation; put in by the record.
    """

    time_s: Array
    curves: tuple[Curve, ...] = ()
    bands: tuple[Band, ...] = ()
    switches: tuple[Switch, ...] = ()
    contraction: tuple[Contraction, ...] = ()
    caption: str = ""
    tip: str = ""
    empty: str = ""
    parts_name: str = ""
    kind: str = ""
    title: str = ""
    subject: str = ""

    @cached_property
    def main(self) -> tuple[Curve, ...]:
        """The curves that the key names."""
        return tuple(c for c in self.curves if not (c.part or c.of))

    @cached_property
    def second(self) -> tuple[Curve, ...]:
        """Those of a second body."""
        return tuple(c for c in self.curves if c.of)

    @cached_property
    def parts(self) -> tuple[Curve, ...]:
        """The thin curves behind them."""
        return tuple(c for c in self.curves if c.part)

    @property
    def painted(self) -> tuple[Curve, ...]:
        """All of them, those that lie behind the others first."""
        return (*self.parts, *self.second, *self.main)

    @cached_property
    def quantities(self) -> tuple[Quantity, ...]:
        """The axes, in the order of the curves."""
        return tuple(dict.fromkeys(c.quantity for c in self.curves))

    def limits(self, quantity: Quantity) -> tuple[float, float]:
        """Return the least and the largest value on an axis, zero among them where it matters."""
        edges = [c.values for c in self.curves if c.quantity == quantity]
        for band in self.bands:
            if band.quantity == quantity:
                edges += [band.low, band.high]
        if quantity.from_zero:
            edges.append(np.zeros(1))
        low, high = float(np.nanmin(np.hstack(edges))), float(np.nanmax(np.hstack(edges)))
        return (low, high) if high > low else (low - 1.0, high + 1.0)

    def at(self, values: Array, time_s: float) -> float:
        """Return what an array of values (N,) is at a time (s); nan where it says nothing."""
        return float(np.interp(time_s, self.time_s, values))

    def value(self, curve: Curve, instant: Instant) -> float:
        """Return a curve's value at an instant."""
        return curve.exact(instant) if curve.exact else self.at(curve.values, instant.time_s)

    def value_text(self, curve: Curve, instant: Instant) -> str:
        """Return a curve's value at an instant with its unit."""
        return curve.quantity.text(self.value(curve, instant))

    def band_text(self, band: Band, time_s: float) -> str:
        """Return the edges of a band at a time with their unit; of what it says at all, else."""
        low, high = self.at(band.low, time_s), self.at(band.high, time_s)
        if math.isnan(low + high):
            low, high = band.reach
        return band.quantity.span(low, high)

    def readout(self, time_s: float, *, parts: bool = False) -> tuple[tuple[str, str], ...]:
        """Return name and value of every curve and band at a time.

        Parameters
        ----------
        time_s : float
            Time since the start of the repetition.
        parts : bool
            Whether the thin curves are among them.
        """
        shown = self.curves if parts else (*self.main, *self.second)
        rows = [(c.name, c.quantity.text(self.at(c.values, time_s))) for c in shown]
        here = (b for b in reversed(self.bands) if not np.isnan(self.at(b.low, time_s)))
        return (*rows, *((b.name, self.band_text(b, time_s)) for b in here))

    def sentence(self, time_s: float) -> str:
        """Return all values at a time in one line; empty where there is no curve."""
        if not self.curves:
            return ""
        values = ", ".join(f"{name} {value}" for name, value in self.readout(time_s))
        return tr("At {}: {}").format(figure(time_s, " s", 2), values)

    def contraction_at(self, time_s: float) -> Contraction | None:
        """Return what the velocity says at a time; None where that does not matter."""
        if not self.contraction:
            return None
        return self.contraction[int(np.argmin(np.abs(self.time_s - time_s)))]
