"""What the body is loaded with."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from visualizer.anatomy.body_model import BodyModel, Build
from visualizer.errors import UsageError
from visualizer.texts import tr

__all__ = ["GRAVITY_M_PER_S2", "LimitError", "Load", "LoopBand"]

GRAVITY_M_PER_S2 = 9.81

_MASS_KG = (30.0, 250.0)
_STATURE_M = (1.2, 2.3)
_BAR_KG = (0.0, 500.0)


@dataclass(frozen=True)
class LoopBand:
    """An elastic loop round both thighs, just above the knees.

    Attributes
    ----------
    rest_length_m : float
        Length round the relaxed loop.
    stiffness_n_per_m : float
        Tension in the band per metre by which the loop is longer than at rest. A maker's force at
        double length, divided by the rest length, is this figure if it is the tension of the band;
        if it is the pull of the whole loop, which has two strands, it is twice this figure. Which
        of the two makers mean could not be verified.
    """

    rest_length_m: float = 0.60
    stiffness_n_per_m: float = 60.0

    def __post_init__(self) -> None:
        _within(tr("the band's rest length"), self.rest_length_m, (0.2, 2.0), "m")
        _within(tr("the band's stiffness"), self.stiffness_n_per_m, (0.0, 5000.0), "N/m")

    def tension_n(self, length_m: float) -> float:
        """Return the tension in the band when the loop is ``length_m`` long; never negative."""
        return max(0.0, length_m - self.rest_length_m) * self.stiffness_n_per_m


@dataclass(frozen=True)
class Load:
    """The body's mass and size, what it bears, and how well feet and back hold.

    Attributes
    ----------
    body_mass_kg : float
        Body mass.
    stature_m : float or None
        Body height; body, gear and travel grow in proportion. None: that of the body shown.
    build : Build or None
        Whose segment masses are taken. None: that of the body shown.
    bar_kg : float
        Barbell with plates.
    band : LoopBand or None
        Loop round the thighs.
    friction : float
        Largest coefficient of friction that feet and back can use; sets how wide the range of
        possible moments is, not the nominal values.
    """

    body_mass_kg: float = 75.0
    stature_m: float | None = None
    build: Build | None = None
    bar_kg: float = 0.0
    band: LoopBand | None = field(default=None)
    friction: float = 0.6

    def __post_init__(self) -> None:
        _within(tr("body mass"), self.body_mass_kg, _MASS_KG, "kg")
        if self.stature_m is not None:
            _within(tr("stature"), self.stature_m, _STATURE_M, "m")
        _within(tr("the bar's mass"), self.bar_kg, _BAR_KG, "kg")
        _within(tr("the coefficient of friction"), self.friction, (0.0, 2.0), "")

    def scale_of(self, body: BodyModel) -> float:
        """Return how many times as tall as the body shown the lifter is."""
        return 1.0 if self.stature_m is None else self.stature_m / body.stature_m


class LimitError(UsageError):
    """A figure that is not one that a load can have.

    Parameters
    ----------
    what : str
        What the figure is, in the chosen language.
    value : float
        The figure.
    limits : (float, float)
        The least and the most that it may be.
    unit : str
        What all three are in; empty for none.
    """

    def __init__(self, what: str, value: float, limits: tuple[float, float], unit: str) -> None:
        self.what, self.value, self.limits, self.unit = what, value, limits, unit
        super().__init__(self.text())

    def text(self, unit: str = "", size: float = 1.0) -> str:
        """Return it in words, in another unit where one is given; ``size`` is one of it in ours."""
        low, high, value = (f"{x / size:.4g}" for x in (*self.limits, self.value))
        limit = f"{high} {unit or self.unit}".rstrip()
        return tr("{what} must be {low} to {high}, not {value}").format(
            what=self.what, low=low, high=limit, value=value
        )


def _within(what: str, value: float, limits: tuple[float, float], unit: str) -> None:
    low, high = limits
    if not (math.isfinite(value) and low <= value <= high):
        raise LimitError(what, value, limits, unit)
