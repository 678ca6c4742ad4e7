"""Which statement of a variation each muscle falls under: the narrowest one that covers it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence

from visualizer.catalog.variation import MuscleAction

__all__ = ["covered", "owners"]


def owners(
    actions: Sequence[MuscleAction], surfaces: Callable[[str], Collection[str]]
) -> dict[str, int]:
    """Return for each muscle the index of its statement; of two equally narrow ones the first.

    Parameters
    ----------
    actions : sequence of MuscleAction
        The statements of a variation.
    surfaces : callable
        Gives the muscles that a muscle or group stands for.
    """
    found: dict[str, tuple[int, int]] = {}
    for index, action in enumerate(actions):
        members = surfaces(action.muscle)
        for member in members:
            found[member] = min(found.get(member, (len(members), index)), (len(members), index))
    return {member: index for member, (_, index) in found.items()}


def covered(
    actions: Sequence[MuscleAction], surfaces: Callable[[str], Collection[str]]
) -> tuple[tuple[str, ...], ...]:
    """Return for each statement the muscles that fall under it; see :func:`owners`."""
    owner = owners(actions, surfaces)
    return tuple(
        tuple(m for m in surfaces(action.muscle) if owner[m] == index)
        for index, action in enumerate(actions)
    )
