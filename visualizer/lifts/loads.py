"""What the body is loaded with, and everything that is assumed when forces are computed."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import dataclass, field

from visualizer.anatomy.body_model import BodyModel, Build
from visualizer.errors import UsageError
from visualizer.lifts.vocabulary import Equipment, Laterality
from visualizer.texts import N_, tr

__all__ = [
    "ASSUMPTIONS",
    "GRAVITY_M_PER_S2",
    "TYPICAL_1RM_PER_BODY_MASS",
    "TYPICAL_1RM_RANGE",
    "Band",
    "Load",
]

GRAVITY_M_PER_S2 = 9.81

# No paper whose text could be read states the mean 1RM of the hip thrust relative to body mass,
# so this is an assumption for trained adults, with the range that comparisons have to bear.
TYPICAL_1RM_PER_BODY_MASS = 2.0
TYPICAL_1RM_RANGE = (1.5, 2.5)

# What a barbell weighs at first, in shares of body mass. On one leg a bar of body mass would ask
# about 410 Nm of the hip (75 kg), nearly twice what each of two legs bears with 70 % of the 1RM
# above (221 Nm); a quarter of body mass asks for 225 Nm, which is about that.
_USUAL_BAR = {Laterality.BOTH: 1.0, Laterality.WORKING: 0.25}

_MASS_KG = (30.0, 250.0)
_STATURE_M = (1.2, 2.3)
_BAR_KG = (0.0, 500.0)


@dataclass(frozen=True)
class Band:
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
    """The body's mass and size, what lies on it, and how well feet and bench hold.

    Attributes
    ----------
    body_mass_kg : float
        Body mass.
    stature_m : float or None
        Body height; body, bench and travel grow in proportion. None: that of the body shown.
    build : Build or None
        Whose segment masses are taken. None: that of the body shown.
    bar_kg : float
        Barbell with plates, across the hips.
    band : Band or None
        Loop round the thighs.
    friction : float
        Largest coefficient of friction that feet and back can use; sets how wide the range of
        possible moments is, not the nominal values.
    """

    body_mass_kg: float = 75.0
    stature_m: float | None = None
    build: Build | None = None
    bar_kg: float = 0.0
    band: Band | None = field(default=None)
    friction: float = 0.6

    def __post_init__(self) -> None:
        _within(tr("body mass"), self.body_mass_kg, _MASS_KG, "kg")
        if self.stature_m is not None:
            _within(tr("stature"), self.stature_m, _STATURE_M, "m")
        _within(tr("the bar's mass"), self.bar_kg, _BAR_KG, "kg")
        _within(tr("the coefficient of friction"), self.friction, (0.0, 2.0), "")

    @classmethod
    def typical(
        cls, equipment: Collection[Equipment], legs: Laterality, body_mass_kg: float = 75.0
    ) -> Load:
        """Return what a variation is shown with at first.

        A bar of body mass, on one leg of a quarter of it; a medium band.
        """
        barbell = Equipment.BARBELL in equipment
        bar = _USUAL_BAR[legs] * body_mass_kg if barbell else 0.0
        band = Band() if Equipment.LOOP_BAND in equipment else None
        return cls(body_mass_kg=body_mass_kg, bar_kg=bar, band=band)

    def scale_of(self, body: BodyModel) -> float:
        """Return how many times as tall as the body shown the lifter is."""
        return 1.0 if self.stature_m is None else self.stature_m / body.stature_m

    @property
    def bar_percent(self) -> float:
        """The bar in per cent of body mass."""
        return 100.0 * self.bar_kg / self.body_mass_kg


def _within(what: str, value: float, limits: tuple[float, float], unit: str) -> None:
    low, high = limits
    if not (math.isfinite(value) and low <= value <= high):
        limit = f"{high:g} {unit}".rstrip()
        raise UsageError(
            tr("{what} must be {low} to {high}, not {value}").format(
                what=what, low=f"{low:g}", high=limit, value=f"{value:g}"
            )
        )


ASSUMPTIONS: tuple[str, ...] = (
    N_("Moments are computed by inverse dynamics of our own motion; nothing of them is measured."),
    N_(
        "The body is a chain of rigid segments in the side view: head, trunk with pelvis, arms, "
        "thighs, shanks, feet. Their masses, centres of mass and moments of inertia are those of "
        "de Leva 1996 (young men or women), scaled by body mass and by the length of our model's "
        "segments."
    ),
    N_("The spine is rigid and neutral; no moment is computed within the trunk."),
    N_("Another stature scales body, bench and travel alike."),
    N_(
        "The height of the hips follows the minimum-jerk profile over the lift and the lowering; "
        "a shorter lift or a jerky one needs a larger moment early in the lift."
    ),
    N_(
        "The barbell is a point mass at its seat in the hip crease, borne by the pelvis alone. If "
        "it slid there without friction, the bent thighs would bear part of it and the largest hip "
        "moment of the barbell hip thrust would be about a fifth smaller; that curve is computed "
        "too."
    ),
    N_(
        "At the bottom the plates just touch the floor and carry nothing; the hands only steady "
        "the bar."
    ),
    N_(
        "Both legs share the load equally; with one leg on the floor the other is carried as held. "
        "Moments are given per leg."
    ),
    N_(
        "The feet do not move. In the nominal solution the ankle moment is zero (the pressure lies "
        "below the ankle): Brazil 2021 found the ankle's part negligible."
    ),
    N_(
        "The bench pushes at one point, at right angles to the back, plus friction; the floor or "
        "mat below the shoulders pushes upwards, plus friction."
    ),
    N_(
        "Feet and back could push apart horizontally by any amount that friction holds: statics "
        "cannot tell. The nominal solution needs the least friction, the same coefficient at the "
        "feet and at the back; the range covers every force that the stated coefficient allows."
    ),
    N_("A second range lets the pressure move anywhere from the heel to the ball of the foot."),
    N_("The moments are net: muscles that work against each other add force, not moment."),
    N_(
        "The band pulls the thighs together with a tension proportional to its stretch; only this "
        "load is counted in the frontal plane, at right angles to the thigh. Its stiffness is that "
        "of the band itself; whether a maker's force at double length is that tension or the pull "
        "of the loop's two strands, twice as much, could not be verified."
    ),
    N_(
        "Until another load is set, the bar weighs as much as the body, on one leg a quarter of "
        "it: a bar of body mass would ask of the one hip nearly twice what a heavy lift on two "
        "legs asks of each."
    ),
    N_(
        "A typical 1RM of trained adults is taken as 2.0 times body mass (1.5 to 2.5); no paper "
        "that we could read states it."
    ),
)
