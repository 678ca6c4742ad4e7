"""Whether the body can take the placement that a file asks for, and which value would mend it.

The joints' ranges say that an ankle would bend too far; whoever writes a file wants to hear which
of its keys is to blame and how far it may go. So each key is changed alone, in small steps away
from the file's value, until the linkage closes; the key that has the least way to go is named, with
the limits between which all other values can stay as they are.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from visualizer.anatomy.body_model import BodyModel
from visualizer.anatomy.muscle import Side
from visualizer.catalog.variation import Variation
from visualizer.errors import PoseError, Problem
from visualizer.lifts.base import Setup
from visualizer.lifts.vocabulary import Laterality
from visualizer.records import Field, Range, Unit, fields_of
from visualizer.texts import tr

__all__ = ["problems_of_placement"]

# Steps from one end of a key's range to the other.
_STEPS = 20
_HALVINGS = 5


def _value(field: Field, setup: Setup) -> float:
    """Return a number of ``[setup]`` in the file's unit."""
    unit, value = field.mark(Unit), float(getattr(setup, field.name))
    return round(unit.from_si(value) if unit else value, 6)


def _changed(field: Field, setup: Setup, value: float) -> Setup:
    unit = field.mark(Unit)
    changes: dict[str, Any] = {field.name: unit.to_si(value) if unit else value}
    return replace(setup, **changes)


def problems_of_placement(variation: Variation, body: BodyModel) -> Iterator[Problem]:
    """Yield why a variation cannot be shown, with the key to blame and its limits.

    Parameters
    ----------
    variation : Variation
        The variation, right in all else.
    body : BodyModel
        Who shall do it.
    """
    one_leg = variation.setup.legs is Laterality.WORKING
    for side in Side if one_leg else (Side.RIGHT,):
        try:
            variation.lift.solve(variation.setup, variation.equipment, body, side)
        except PoseError as error:
            reason = str(error).split(";")[0]
            yield _blamed(variation, body, side, reason)
            return


def _blamed(variation: Variation, body: BodyModel, side: Side, reason: str) -> Problem:
    lift, setup = variation.lift, variation.setup

    def fits(key: Field, value: float) -> bool:
        try:
            lift.try_it(_changed(key, setup, value), variation.equipment, body, side)
        except PoseError:
            return False
        return True

    fields = {field.name: field for field in fields_of(type(setup))}
    limiting = [fields[name] for name in lift.limiting(setup)]
    limits = {f: (r.low, r.high) for f in limiting if (r := f.mark(Range)) is not None}
    for step in range(1, _STEPS + 1):
        for key, (low, high) in limits.items():
            value = _value(key, setup)
            for away in (-step, step):
                tried = value + away * (high - low) / _STEPS
                # the ends are tried as well, or a value near them would never be found
                tried = min(max(tried, low), high)
                if abs(tried - value) < (abs(away) - 1) * (high - low) / _STEPS + 1e-9:
                    continue
                if fits(key, tried):
                    near = _edge(lambda v, k=key: fits(k, v), tried, value)
                    far = _far(lambda v, k=key: fits(k, v), tried, away > 0, (low, high))
                    least, most = _inwards(*sorted((near, far)))
                    message = tr(
                        "the body cannot take {value:g} ({reason}); with the other values as "
                        "they are it can take {least} to {most}"
                    ).format(value=value, reason=reason, least=least, most=most)
                    return Problem("", f"setup.{key.key}", message)
    message = tr(
        "the body cannot take this placement ({reason}), and no single value "
        "mends it; start from the values of a variation that works"
    ).format(reason=reason)
    return Problem("", "setup", message)


def _edge(fits: Any, good: float, bad: float) -> float:
    """Return the good value nearest to a bad one, by halving."""
    for _ in range(_HALVINGS):
        middle = (good + bad) / 2
        good, bad = (middle, bad) if fits(middle) else (good, middle)
    return good


def _far(fits: Any, good: float, up: bool, limits: tuple[float, float]) -> float:
    """Return the other end of the good values, going on from one of them."""
    low, high = limits
    end, step = (high, (high - low) / _STEPS) if up else (low, (low - high) / _STEPS)
    while good != end:
        further = good + step
        further = min(further, end) if up else max(further, end)
        if not fits(further):
            return _edge(fits, good, further)
        good = further
    return good


def _inwards(low: float, high: float) -> tuple[str, str]:
    """Return limits as text, rounded so that both are good."""
    digits = 0 if math.floor(high) > math.ceil(low) else 1
    scale = 10**digits
    return (
        f"{math.ceil(low * scale - 1e-6) / scale:g}",
        f"{math.floor(high * scale + 1e-6) / scale:g}",
    )
