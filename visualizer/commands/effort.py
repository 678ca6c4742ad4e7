"""The command that prints how the muscles would share the joint moments, as text or JSON."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from visualizer.analysis.words import phase_word
from visualizer.anatomy.muscle import Side
from visualizer.commands.common import read_catalog, repetition_of, tell_missing_language
from visualizer.console import print_json
from visualizer.effort.words import MODEL, RANGE, SOURCES, TITLE
from visualizer.errors import UsageError
from visualizer.texts import tr
from visualizer.texts.figures import figure

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from visualizer.effort.sharing import Effort, ShareRange

__all__ = ["effort"]


def effort(arguments: argparse.Namespace) -> int:
    """Print the estimated share of effort of the working leg's muscles."""
    from visualizer.analysis.effort_changes import effort_data as changes_data
    from visualizer.analysis.effort_changes import effort_lines
    from visualizer.catalog.citation import citation_line
    from visualizer.exercise.loading import load_of
    from visualizer.lifts.vocabulary import Equipment

    catalog = read_catalog()
    variation = catalog.variation(arguments.variation)
    bars_kg = [arguments.bar_kg]
    if arguments.compare_bar_kg is not None:
        bars_kg.append(arguments.compare_bar_kg)
    if any(bars_kg) and Equipment.BARBELL not in variation.equipment:
        raise UsageError(tr("{id} is done without a barbell").format(id=variation.id))
    loads = [load_of(variation, arguments.body_mass_kg, bar_kg) for bar_kg in bars_kg]
    repetition = repetition_of(catalog, variation.id, Side(arguments.side))
    tell_missing_language(catalog, arguments.language)
    from visualizer.effort.comparison import compare_efforts
    from visualizer.effort.kept import effort_of

    found, *other = [effort_of(repetition, load) for load in loads]
    changed = compare_efforts(found, other[0], paired=True) if other else None
    known = [catalog.sources[key] for key in SOURCES if key in catalog.sources]
    sources = [{"key": s.id, "citation": citation_line(s), "doi": s.doi} for s in known]
    if arguments.json:
        data = {**effort_data(variation.id, found), "sources": sources}
        if changed is not None:
            data["compared"] = {"bar_kg": other[0].load.bar_kg, **changes_data(changed, catalog)}
        print_json(data)
        return 0
    names = {
        muscle: catalog.muscle(muscle).display_name(arguments.language) for muscle in found.muscles
    }
    print(_text(variation.display_name(arguments.language), found, names))
    if changed is not None:
        bars = (figure(e.load.bar_kg, " kg", 1) for e in (found, other[0]))
        title = tr("Bar {before} → {after}").format(before=next(bars), after=next(bars))
        print("\n".join(["", title, *(effort_lines(changed, catalog) or [tr("nothing changes")])]))
    print("\n".join(["", tr("Sources"), *(f"  {s['key']}: {s['citation']}" for s in sources)]))
    return 0


def effort_data(variation: str, found: Effort) -> dict[str, Any]:
    """Return shares as JSON has them: activation 0 … 1, moments in newton metres.

    Where the lift stretches fibres further than the model describes, shares and unmet moments are
    null, since they would mean nothing; ``reason`` says so, and ``beyond_strength`` holds.

    Parameters
    ----------
    variation : str
        Its id.
    found : Effort
        What was computed.
    """
    from visualizer.effort.comparison import NoShares

    means_something = not found.overstretched

    def listed(values: NDArray[np.float64], digits: int = 4) -> list[float]:
        return [round(float(v), digits) + 0.0 for v in values]

    def band(of: ShareRange) -> dict[str, list[float] | None]:
        ends = {"nominal": of.nominal, "low": of.low, "high": of.high}
        return {key: listed(values) if means_something else None for key, values in ends.items()}

    return {
        "variation": variation,
        "bar_kg": found.load.bar_kg,
        "body_mass_kg": found.load.body_mass_kg,
        "dofs": list(found.moments_nm),
        "time_s": listed(found.time_s),
        "phase": [str(phase) for phase in found.phase],
        "progress": listed(found.progress, 6),
        "units": {name: band(of) for name, of in found.units.items()},
        "muscles": {name: band(of) for name, of in found.muscles.items()},
        "moments_nm": {dof: listed(v, 3) for dof, v in found.moments_nm.items()},
        "unmet_nm": {
            dof: listed(v, 3) if means_something else None for dof, v in found.unmet_nm.items()
        },
        "beyond_strength": found.beyond_strength or not means_something,
        "range_beyond_strength": found.range_beyond_strength,
        "overstretched": list(found.overstretched),
        "reason": None if means_something else str(NoShares.OVERSTRETCHED),
    }


def _text(name: str, found: Effort, names: dict[str, str]) -> str:
    lines = [
        name,
        tr(TITLE),
        tr("Load: bar {bar}, body {body}").format(
            bar=figure(found.load.bar_kg, " kg", 1), body=figure(found.load.body_mass_kg, " kg", 1)
        ),
        "",
    ]
    if found.overstretched:
        text = tr(
            "No shares are given: this lift stretches fibres further than the model can describe "
            "({units})."
        )
        return "\n".join([*lines, text.format(units=", ".join(found.overstretched))])
    if found.beyond_strength:
        worst = max(float(abs(v).max()) for v in found.unmet_nm.values())
        text = tr(
            "Beyond this model's strength: up to {unmet} are not met, so no shares are given."
        )
        return "\n".join([*lines, text.format(unmet=figure(worst, " Nm")), tr(RANGE), tr(MODEL)])
    moving = {p: [q is p for q in found.phase] for p in dict.fromkeys(found.phase)}
    lines.append(tr("Mean of each phase in per cent, with the range:"))
    width = max(map(len, names.values()))
    words = [phase_word(p) for p in moving]
    lines.append(" " * width + "".join(f"  {word:>14}" for word in words))
    for muscle, band in sorted(found.muscles.items(), key=lambda m: -float(m[1].nominal.mean())):
        cells = []
        for inside in moving.values():
            mean, low, high = (
                figure(100 * float(v[inside].mean())) for v in (band.nominal, band.low, band.high)
            )
            cells.append(f"  {f'{mean} ({low}–{high})':>14}")
        lines.append(f"{names[muscle]:<{width}}" + "".join(cells))
    lines += ["", tr("1 % is the least that the model gives any muscle, whether it works or not.")]
    if found.range_beyond_strength:
        lines.append(tr("At an end of the range the model's strength is not enough."))
    return "\n".join([*lines, tr(RANGE), tr(MODEL)])
