"""Of what a plot is made: a repetition, perhaps a muscle, a load."""

from __future__ import annotations

from dataclasses import dataclass

from visualizer.effort.sharing import Effort
from visualizer.exercise.mass import MassUnit
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.loads import Load

__all__ = ["Subject"]


@dataclass(frozen=True)
class Subject:
    """What is plotted.

    Attributes
    ----------
    repetition : Repetition
        The variation on a side.
    load : Load
        What moments are computed for.
    selection : str or None
        Id of the selected muscle or group.
    unit : MassUnit
        What masses are shown in.
    effort : Effort or None
        The estimate of effort, for plots of it; None while it is being computed.
    """

    repetition: Repetition
    load: Load
    selection: str | None = None
    unit: MassUnit = MassUnit.KILOGRAM
    effort: Effort | None = None

    @property
    def muscle(self) -> str | None:
        """The selected muscle; without a selection the one that is stated first."""
        stated = self.repetition.variation.muscles  # the prime mover stands first
        return self.selection or (stated[0].muscle if stated else None)
