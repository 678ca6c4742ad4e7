"""A plot as a table of comma-separated values that a spreadsheet or a script can read.

Lines that begin with ``#`` say what it is and what each column rests on; then comes one row of
names with their units and one row per time. Numbers have a point and all their digits, whatever
the language is.
"""

from __future__ import annotations

import csv
import io
import math

from visualizer.analysis.plot import Band, Curve, Plot
from visualizer.analysis.words import basis_word
from visualizer.lifts.schedule import PhaseSchedule
from visualizer.texts import tr

__all__ = ["table_text"]


def table_text(plot: Plot, schedule: PhaseSchedule) -> str:
    """Return a plot's curves and bands as a table.

    Parameters
    ----------
    plot : Plot
        What is written.
    schedule : PhaseSchedule
        The phases of the repetition that it shows.
    """
    columns = [(f"{c.name} [{c.quantity.unit}]", c.values) for c in plot.curves]
    for band in plot.bands:
        for word, edge in ((tr("low"), band.low), (tr("high"), band.high)):
            columns.append((f"{band.name}, {word} [{band.quantity.unit}]", edge))
    lines = io.StringIO()
    for line in (f"{plot.subject}: {plot.title}", *plot.tip.split("\n")):
        lines.write(f"# {line}\n")
    rows: tuple[Curve | Band, ...] = (*plot.curves, *plot.bands)
    for row in rows:
        lines.write(f"# {row.name} [{row.quantity.unit}]: {_ground(row)}\n")
    table = csv.writer(lines, lineterminator="\n")
    table.writerow(["time [s]", "phase", "share of phase", *(name for name, _ in columns)])
    for k, time_s in enumerate(plot.time_s.tolist()):
        span, share = schedule.at(time_s)
        values = (float(values[k]) for _, values in columns)
        table.writerow(
            [repr(time_s), span.id.value, repr(share),
             *("" if math.isnan(v) else repr(v) for v in values)]
        )  # fmt: skip
    return lines.getvalue()


def _ground(row: Curve | Band) -> str:
    said = [row.quantity.title, basis_word(row.ground)]
    if isinstance(row, Band) and row.published:
        said.append(row.caption)
    return ", ".join(said)
