"""The efforts that were computed last are kept: a slider comes back to a load.

What depends on the repetition alone takes some tenths of a second, once; a load then takes some
hundredths. The window asks only for what is known; who computes does so on another thread.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock

from visualizer.effort.sharing import Effort, Sharing
from visualizer.exercise.repetition import Repetition
from visualizer.lifts.loads import Load

__all__ = ["effort_of", "known_effort"]

# An effort is some 60 kB; a drag of a slider comes by some dozen loads. Two bodies that are
# compared are shown at most, and lessons go back and forth.
_KEPT, _REPETITIONS = 48, 4


class _Kept:
    """What is known of a repetition."""

    def __init__(self) -> None:
        self.busy = Lock()  # two who ask at the same time are given the same
        self.sharing: Sharing | None = None
        self.found: OrderedDict[Load, Effort] = OrderedDict()


_known: OrderedDict[Repetition, _Kept] = OrderedDict()
_lock = Lock()


def known_effort(repetition: Repetition, load: Load) -> Effort | None:
    """Return the effort of a load where it was computed before; computes nothing."""
    with _lock:
        kept = _known.get(repetition)
        return None if kept is None else kept.found.get(load)


def effort_of(repetition: Repetition, load: Load) -> Effort:
    """Return the effort of a load, computed unless it is known; any thread may.

    Raises
    ------
    UsageError
        When the lift cannot bear such a load.
    """
    with _lock:
        kept = _known.setdefault(repetition, _Kept())
        _known.move_to_end(repetition)
        while len(_known) > _REPETITIONS:
            _known.popitem(last=False)
    with kept.busy:
        found = kept.found.get(load)
        if found is None:
            if kept.sharing is None:
                kept.sharing = Sharing(repetition)
            found = kept.sharing.of(load)
        with _lock:
            kept.found[load] = found
            kept.found.move_to_end(load)
            while len(kept.found) > _KEPT:
                kept.found.popitem(last=False)
    return found
