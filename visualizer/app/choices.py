"""Small choices of the user that the session keeps: which curves, and which load."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from visualizer.catalog.variation import Variation
from visualizer.lifts.loads import Band, Load
from visualizer.lifts.vocabulary import Equipment

__all__ = ["CurveKind", "LoadChoice"]


class CurveKind(StrEnum):
    """What the strip above the timeline's lanes shows."""

    ANGLES = "angles"
    LENGTH = "length"
    VELOCITY = "velocity"
    ARMS = "arms"
    HIP_MOMENT = "hip-moment"
    KNEE_MOMENT = "knee-moment"

    @property
    def of_muscle(self) -> bool:
        """Whether it depends on the selected muscle."""
        return self in (CurveKind.LENGTH, CurveKind.VELOCITY, CurveKind.ARMS)

    @property
    def of_load(self) -> bool:
        """Whether it depends on the load."""
        return self in (CurveKind.HIP_MOMENT, CurveKind.KNEE_MOMENT)


@dataclass(frozen=True)
class LoadChoice:
    """What the body is loaded with, as the user states it; the same for all variations.

    Attributes
    ----------
    body_mass_kg : float
        Body mass.
    bar : float or None
        The bar with its plates, in kilograms or in per cent of body mass; None for what a variation
        is usually shown with.
    in_percent : bool
        Which of the two ``bar`` is.
    band_n_per_m : float
        Stiffness of the loop band.
    """

    body_mass_kg: float = 75.0
    bar: float | None = None
    in_percent: bool = True
    band_n_per_m: float = Band.stiffness_n_per_m

    def __post_init__(self) -> None:
        # so that a choice that no load can be made of does not exist
        Load(
            body_mass_kg=self.body_mass_kg,
            bar_kg=self._stated_kg or 0.0,
            band=Band(stiffness_n_per_m=self.band_n_per_m),
        )

    @property
    def _stated_kg(self) -> float | None:
        if self.bar is None or not self.in_percent:
            return self.bar
        return self.bar * self.body_mass_kg / 100.0

    def bar_kg(self, variation: Variation) -> float:
        """Return the mass of the bar; zero for a variation without a barbell."""
        usual = Load.typical(variation.equipment, variation.setup.legs, self.body_mass_kg).bar_kg
        there = Equipment.BARBELL in variation.equipment
        return usual if self._stated_kg is None or not there else self._stated_kg

    def bar_in(self, in_percent: bool, variation: Variation) -> float:
        """Return the bar in per cent of body mass, or in kilograms."""
        kg = self.bar_kg(variation)
        return round(100.0 * kg / self.body_mass_kg if in_percent else kg, 1)

    def load(self, variation: Variation) -> Load:
        """Return the load of a variation: without a barbell, or a band, none of it."""
        band = Band(stiffness_n_per_m=self.band_n_per_m)
        return Load(
            body_mass_kg=self.body_mass_kg,
            bar_kg=self.bar_kg(variation),
            band=band if Equipment.LOOP_BAND in variation.equipment else None,
        )
