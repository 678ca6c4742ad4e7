"""Lifts side by side: each a package that knows nothing of the others.

A new lift is a package with an object of the protocol :class:`~visualizer.lifts.base.Lift`, and a
line here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from visualizer.lifts.base import Lift
from visualizer.lifts.hinge import Hinge
from visualizer.lifts.hip_thrust import HipThrust

__all__ = ["FIRST_LIFT", "LIFTS"]

LIFTS: Mapping[str, Lift] = MappingProxyType({lift.id: lift for lift in (HipThrust(), Hinge())})
# Files that name no lift were written before there was a choice.
FIRST_LIFT: Lift = next(iter(LIFTS.values()))
