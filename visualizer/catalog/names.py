"""How records of different files refer to each other, and the texts that speak of measurements."""

from __future__ import annotations

from typing import Annotated

from visualizer.records import Mark, Name, NameOf, Text
from visualizer.texts import N_

__all__ = ["FactKey", "MuscleId", "Prose", "SourceKey", "VariationId"]

MuscleId = Annotated[Name, NameOf(N_("muscle"))]
SourceKey = Annotated[Name, NameOf(N_("source"))]
FactKey = Annotated[Name, NameOf(N_("fact"))]
VariationId = Annotated[Name, NameOf(N_("variation"))]
# A text in which a percentage says of what.
Prose = Annotated[Text, Mark.PROSE]
