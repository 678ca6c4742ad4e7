"""The commands that print text or JSON."""

from __future__ import annotations

import argparse
import math
from dataclasses import asdict
from typing import Any

from visualizer.anatomy.muscle import MuscleKind, Side
from visualizer.commands.common import (
    read_catalog,
    repetition_of,
    repetitions_of,
    tell_missing_language,
)
from visualizer.console import print_json, say
from visualizer.errors import UsageError
from visualizer.language import in_language
from visualizer.texts import tr
from visualizer.texts.figures import figure

__all__ = ["bench", "compare", "describe", "lengths", "list_variations", "muscles"]

# What stands for a source where a volume has none.
_ESTIMATE = "estimate"


def list_variations(arguments: argparse.Namespace) -> int:
    """Print the variations with their lifts."""
    catalog, language = read_catalog(), arguments.language
    tell_missing_language(catalog, language)
    from visualizer.analysis.words import equipment_word

    variations = catalog.variations
    names = [v.display_name(language) for v in variations]
    if arguments.json:
        print_json(
            [
                {
                    "id": v.id,
                    "name": name,
                    "lift": v.lift.id,
                    "equipment": [str(e) for e in v.equipment],
                }
                for v, name in zip(variations, names, strict=True)
            ]
        )
        return 0
    lifts = [in_language(v.lift.name, language) for v in variations]
    widths = [max(map(len, column)) for column in ([v.id for v in variations], names, lifts)]
    for v, name, lift in zip(variations, names, lifts, strict=True):
        gear = ", ".join(map(equipment_word, v.equipment)) or tr("no equipment")
        cells = zip((v.id, name, lift), widths, strict=True)
        print("  ".join([*(f"{cell:<{width}}" for cell, width in cells), gear]))
    return 0


def describe(arguments: argparse.Namespace) -> int:
    """Print what every working muscle does in a variation, and why."""
    if arguments.validate:
        return _validate(arguments)
    if arguments.variation is None:
        raise UsageError(tr("describe needs a VARIATION, or --validate (see visualizer list)"))
    from visualizer.analysis.report import describe_variation, description_text

    catalog = read_catalog()
    repetition = repetition_of(catalog, arguments.variation, Side(arguments.side))
    tell_missing_language(catalog, arguments.language)
    data = describe_variation(repetition, arguments.language)
    if arguments.json:
        print_json(data)
    else:
        print(description_text(data))
    return 0


def compare(arguments: argparse.Namespace) -> int:
    """Print what changes from one variation to another."""
    from visualizer.analysis.comparison import comparison_data, comparison_text
    from visualizer.analysis.effort_changes import effort_comparison, effort_data, effort_lines

    catalog = read_catalog()
    a, b = repetitions_of(catalog, arguments.variations, Side(arguments.side))
    tell_missing_language(catalog, arguments.language)
    effort = effort_comparison(a, b)
    if arguments.json:
        print_json({**comparison_data(a, b), "effort": effort_data(effort, catalog)})
    else:
        blocks = [comparison_text(a, b), "\n".join(effort_lines(effort, catalog))]
        print("\n\n".join(filter(None, blocks)))
    return 0


def _validate(arguments: argparse.Namespace) -> int:
    from visualizer.analysis.validation_table import format_table, validate
    from visualizer.lifts import LIFTS

    # the first lift that anything published is held against
    check = next(lift.check for lift in LIFTS.values() if lift.check is not None)
    repetition = repetition_of(read_catalog(), check.variation, Side.RIGHT)
    rows = validate(repetition)
    if arguments.json:
        print_json([asdict(row) for row in rows])
    else:
        print(format_table(rows, repetition.variation.display_name(arguments.language)))
    return 0


def lengths(arguments: argparse.Namespace) -> int:
    """Print muscle-tendon lengths in a pose."""
    from visualizer.anatomy.body_model import BodyModel

    skeleton = BodyModel.load().skeleton
    angles = {name: math.radians(degrees) for name, degrees in arguments.joint}
    lengths_m = skeleton.lengths_m(skeleton.pose(angles))
    if arguments.json:
        print_json({"lengths_m": {name: round(v, 6) for name, v in lengths_m.items()}})
    else:
        width = max(map(len, lengths_m))
        for name, length in lengths_m.items():
            print(f"{name:<{width}}  {figure(length, ' m', 4)}")
    return 0


def muscles(arguments: argparse.Namespace) -> int:
    """Print every muscle of the body with its volume."""
    from visualizer.anatomy.body_model import BodyModel

    catalog, body = read_catalog(), BodyModel.load().surface
    tell_missing_language(catalog, arguments.language)
    volumes = body.volumes_cm3()
    rows: list[dict[str, Any]] = []
    for part in body.parts:
        if part.muscle is None:
            continue
        muscle = catalog.muscles.get(part.muscle)
        target = muscle.volume if muscle is not None else None
        rows.append(
            {
                "id": part.id,
                "muscle": part.muscle,
                "name": muscle.display_name(arguments.language)
                if muscle
                else part.muscle.replace("_", " "),
                "latin": muscle.latin if muscle else "",
                "kind": str(muscle.kind if muscle else MuscleKind.MUSCLE),
                "side": str(part.side) if part.side else "both",
                "volume_cm3": round(volumes.get(part.id, 0.0), 1),
                "target_cm3": target.volume_cm3 if target else None,
                "triangles": part.face_count,
                "source": (target.source or _ESTIMATE) if target else None,
            }
        )
    if arguments.json:
        print_json(rows)
        return 0
    width = max(len(r["id"]) for r in rows)
    heads = tr("side   cm³    target  triangles  source                    name (Latin)")
    print(f"{'id':<{width}}  {heads}")
    sides = {"left": tr("left"), "right": tr("right"), "both": tr("both")}
    for r in rows:
        wanted = "–" if r["target_cm3"] is None else f"{r['target_cm3']:.0f}"
        source = tr("estimate") if r["source"] == _ESTIMATE else r["source"] or "–"
        print(
            f"{r['id']:<{width}}  {sides[r['side']]:<6} {r['volume_cm3']:>5.0f}  {wanted:>6}  "
            f"{r['triangles']:>9}  {source:<24}  {r['name']} ({r['latin']})"
        )
    return 0


def bench(arguments: argparse.Namespace) -> int:
    """Measure the speed on this machine."""
    from visualizer.bench import measure, summary

    result = measure(say)
    if arguments.json:
        print_json(result)
    else:
        print(summary(result))
    return 0
