"""The load that a variation is done with: the one place that knows what it is where none is set."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.catalog.variation import Variation
from visualizer.exercise.mass import MassUnit
from visualizer.lifts.loads import Load, LoopBand
from visualizer.lifts.vocabulary import Equipment

__all__ = ["LoadChoice", "load_of"]


def load_of(
    variation: Variation,
    body_mass_kg: float = Load.body_mass_kg,
    bar_kg: float | None = None,
    band_n_per_m: float = LoopBand.stiffness_n_per_m,
) -> Load:
    """Return the load of a variation: without a barbell, or a band, none of it.

    Parameters
    ----------
    variation : Variation
        What is done.
    body_mass_kg : float
        Body mass.
    bar_kg : float or None
        The bar with its plates; None for what the lift is shown with at first, which grows with
        body mass.
    band_n_per_m : float
        Stiffness of the loop band; by default that of a medium one.

    Raises
    ------
    UsageError
        When a figure is not one that a load can have.
    """
    if Equipment.BARBELL not in variation.equipment:
        bar_kg = 0.0
    elif bar_kg is None:
        bar_kg = variation.lift.usual_bar(variation.setup) * body_mass_kg
    band = LoopBand(stiffness_n_per_m=band_n_per_m)
    return Load(
        body_mass_kg=body_mass_kg,
        bar_kg=bar_kg,
        band=band if Equipment.LOOP_BAND in variation.equipment else None,
    )


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

    def bar_in(
        self, in_percent: bool, variation: Variation, unit: MassUnit = MassUnit.KILOGRAM
    ) -> float:
        """Return the bar in per cent of body mass, or in a unit of mass."""
        kg = self.load(variation).bar_kg
        return round(100.0 * kg / self.body_mass_kg if in_percent else unit.of(kg), 1)

    def load(self, variation: Variation) -> Load:
        """Return the load of a variation; see :func:`load_of`."""
        return load_of(variation, self.body_mass_kg, self._stated_kg, self.band_n_per_m)
