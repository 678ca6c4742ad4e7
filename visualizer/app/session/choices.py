"""Small choices of the user that the session keeps: which curves, and which load."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.catalog.variation import Variation
from visualizer.exercise.loading import load_of
from visualizer.lifts.loads import Load, LoopBand

__all__ = ["LoadChoice"]


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

    body_mass_kg: float = Load.body_mass_kg
    bar: float | None = None
    in_percent: bool = True
    band_n_per_m: float = LoopBand.stiffness_n_per_m

    def __post_init__(self) -> None:
        # so that a choice that no load can be made of does not exist
        Load(
            body_mass_kg=self.body_mass_kg,
            bar_kg=self._stated_kg or 0.0,
            band=LoopBand(stiffness_n_per_m=self.band_n_per_m),
        )

    @property
    def _stated_kg(self) -> float | None:
        if self.bar is None or not self.in_percent:
            return self.bar
        return self.bar * self.body_mass_kg / 100.0

    def bar_in(self, in_percent: bool, variation: Variation) -> float:
        """Return the bar in per cent of body mass, or in kilograms."""
        kg = self.load(variation).bar_kg
        return round(100.0 * kg / self.body_mass_kg if in_percent else kg, 1)

    def load(self, variation: Variation) -> Load:
        """Return the load of a variation; see :func:`visualizer.exercise.loading.load_of`."""
        return load_of(variation, self.body_mass_kg, self._stated_kg, self.band_n_per_m)
