"""How records of different files refer to each other, and the texts that speak of measurements."""

from __future__ import annotations

from typing import Annotated

from visualizer.records import Mark, Name, NameOf, Text

__all__ = ["FactKey", "MuscleId", "Prose", "SourceKey", "VariationId"]

MuscleId = Annotated[Name, NameOf("muscle")]
SourceKey = Annotated[Name, NameOf("source")]
FactKey = Annotated[Name, NameOf("fact")]
VariationId = Annotated[Name, NameOf("variation")]
# A text in which a percentage says of what.
Prose = Annotated[Text, Mark.PROSE]
