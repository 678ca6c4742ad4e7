"""Masses in kilograms and pounds: one place that converts, reads and writes them."""

from __future__ import annotations

import re
from enum import StrEnum

from visualizer.errors import UsageError
from visualizer.texts import tr
from visualizer.texts.figures import figure

__all__ = ["KG_PER_LB", "MassUnit"]

# The international avoirdupois pound, exact by definition since 1959.
KG_PER_LB = 0.45359237


class MassUnit(StrEnum):
    """The unit in which masses are shown and typed; inside everything is in kilograms."""

    KILOGRAM = "kg"
    POUND = "lb"

    @property
    def kg(self) -> float:
        """Kilograms in one of it."""
        return 1.0 if self is MassUnit.KILOGRAM else KG_PER_LB

    def of(self, kg: float) -> float:
        """Return a mass (kg) in this unit."""
        return kg / self.kg

    def in_kg(self, value: float) -> float:
        """Return a mass of this unit in kilograms."""
        return value * self.kg

    def text(self, kg: float, digits: int = 1) -> str:
        """Return a mass (kg) as it is shown, e.g. ``132.3 lb``; no needless zeros."""
        value = round(self.of(kg), digits)
        return figure(value, f" {self.value}", 0 if value == int(value) else digits)

    def read(self, text: str) -> float:
        """Return the kilograms that a text states; without a unit it is meant in this one.

        Raises
        ------
        UsageError
            When it is no mass.
        """
        found = re.fullmatch(
            r"\s*(\d{1,5}(?:[.,]\d{1,4})?)\s*(kg|kgs|lb|lbs|pounds?|kilos?)?\s*\.?",
            text if len(text) <= 40 else "",
            re.IGNORECASE,
        )
        if found is None:
            raise UsageError(
                tr("{text!r} is no mass; write one like 60 kg or 135 lb").format(text=text[:40])
            )
        value, unit = float(found.group(1).replace(",", ".")), (found.group(2) or "").lower()
        if not unit:
            return self.in_kg(value)
        return (MassUnit.KILOGRAM if unit.startswith("k") else MassUnit.POUND).in_kg(value)
