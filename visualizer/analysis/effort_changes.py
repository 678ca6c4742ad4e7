"""How the estimated shares of effort change, in words: lines, a table's rows, and plain data."""

from __future__ import annotations

from typing import Any

from visualizer.analysis.comparison import BodyDifference, ChangeKind
from visualizer.analysis.words import phase_word
from visualizer.catalog.catalog import Catalog
from visualizer.catalog.variation import Basis, Ground
from visualizer.effort.comparison import (
    EffortChange,
    EffortComparison,
    NoShares,
    compare_efforts,
    pushes_alike,
)
from visualizer.effort.kept import effort_of
from visualizer.exercise.loading import LoadChoice
from visualizer.exercise.repetition import Repetition
from visualizer.texts import N_, language, ntr, tr
from visualizer.texts.figures import figure, signed

__all__ = ["effort_changes", "effort_comparison", "effort_data", "effort_lines", "effort_note"]

_USUAL_LOAD = LoadChoice()
# What changes by less than two points of a hundred is no line.
_LEAST = 0.02
_GROUND = Ground(Basis.MODEL, note=N_("Least sum of activation squared; computed, not measured."))
_NO_SHARES = {
    NoShares.BEYOND_STRENGTH: N_(
        "Shares of effort cannot be compared: one of the two is beyond this model's strength."
    ),
    NoShares.OVERSTRETCHED: N_(
        "Shares of effort cannot be compared: one of the two stretches fibres further than the "
        "model can describe."
    ),
}


def effort_comparison(
    a: Repetition, b: Repetition, load: LoadChoice = _USUAL_LOAD
) -> EffortComparison:
    """Return how the shares change from one repetition to another; takes about a second.

    Parameters
    ----------
    a, b : Repetition
        The two.
    load : LoadChoice
        What both are done with.
    """
    first, second = (effort_of(r, load.load(r.variation)) for r in (a, b))
    return compare_efforts(first, second, pushes_alike(a.variation, b.variation))


def effort_changes(comparison: EffortComparison, catalog: Catalog) -> tuple[BodyDifference, ...]:
    """Return what changes by two points or more, by muscle and phase, the largest changes first.

    A change whose range holds no change as well is said to be undecided.

    Parameters
    ----------
    comparison : EffortComparison
        What was computed.
    catalog : Catalog
        Whose names muscles have.
    """
    found = [c for c in comparison.changes if abs(c.change) >= _LEAST]
    largest = {c.muscle: abs(c.change) for c in sorted(found, key=lambda c: abs(c.change))}
    found.sort(key=lambda c: (-largest[c.muscle], c.muscle))
    return tuple(_difference(change, catalog) for change in found)


def _difference(change: EffortChange, catalog: Catalog) -> BodyDifference:
    name = catalog.muscle(change.muscle).display_name(language())
    return BodyDifference(
        ChangeKind.EFFORT,
        change.muscle,
        change.a,
        change.b,
        (
            f"{name}, {phase_word(change.phase)}",
            figure(100 * change.a, " %"),
            f"{figure(100 * change.b, ' %')}, {_change_words(change)}",
        ),
        (_GROUND,),
        change.phase,
    )


def _change_words(change: EffortChange) -> str:
    low, high = signed(100 * change.low), signed(100 * change.high)
    if not change.decided:
        return tr("undecided: {low} to {high} points").format(low=low, high=high)
    points = signed(100 * change.change)
    many = round(100 * abs(change.change))
    if low == high:
        return ntr("{change} point", "{change} points", many).format(change=points)
    words = ntr("{change} point ({low} to {high})", "{change} points ({low} to {high})", many)
    return words.format(change=points, low=low, high=high)


def effort_note(comparison: EffortComparison) -> str:
    """Return what has to be said of a comparison: why there is none, or what its range means."""
    if comparison.no_shares is not None:
        return tr(_NO_SHARES[comparison.no_shares])
    texts = [
        tr(
            "Range of a change: feet and back push in the same way on both sides, in every way "
            "that friction holds."
        )
        if comparison.paired
        else tr(
            "Range of a change: the supports differ, so feet and back may push in one way here and "
            "in another there, in every way that friction holds."
        ),
        tr("Undecided: the range holds no change as well. Changes below 2 points are left out."),
    ]
    if comparison.range_beyond_strength:
        texts.append(tr("At an end of the range the model's strength is not enough."))
    return " ".join(texts)


def effort_lines(comparison: EffortComparison, catalog: Catalog) -> list[str]:
    """Return a comparison as lines of text; none where nothing changes.

    Parameters
    ----------
    comparison : EffortComparison
        What was computed.
    catalog : Catalog
        Whose names muscles have.
    """
    if comparison.no_shares is not None:
        return [effort_note(comparison)]
    if not comparison.changes:
        return []
    found = effort_changes(comparison, catalog)
    if not found:
        return [tr("No muscle's share of effort changes by 2 points or more.")]
    return [found[0].heading, *(f"  {d.text}" for d in found), f"  {effort_note(comparison)}"]


def effort_data(comparison: EffortComparison, catalog: Catalog) -> dict[str, Any]:
    """Return a comparison as JSON has it: activations 0 … 1, means of each phase.

    Small changes are there as well; ``changes`` is null where there are no shares, and ``reason``
    says why.
    """
    changes = [
        {
            "kind": str(ChangeKind.EFFORT),
            "subject": change.muscle,
            "phase": str(change.phase),
            "a": change.a,
            "b": change.b,
            "change": change.change,
            "low": change.low,
            "high": change.high,
            "decided": change.decided,
            "text": _difference(change, catalog).text,
        }
        for change in comparison.changes
    ]
    return {
        "paired": comparison.paired,
        "reason": comparison.no_shares and str(comparison.no_shares),
        "note": effort_note(comparison),
        "range_beyond_strength": comparison.range_beyond_strength,
        "changes": None if comparison.no_shares else changes,
    }
