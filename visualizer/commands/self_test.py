"""``visualizer self-test``: whether this installation is sound, check by check.

For whoever installs it on many machines, and for the packages themselves, which are built only when
the frozen program passes. The checks' names are for scripts and stay English.
"""

from __future__ import annotations

import argparse
import time
from typing import Any

from visualizer import __version__
from visualizer.console import print_json
from visualizer.errors import VisualizerError
from visualizer.texts import tr

__all__ = ["self_test"]


def self_test(arguments: argparse.Namespace) -> int:
    """Run the checks, print what each found, and return 0 only when all passed.

    Raises
    ------
    VisualizerError
        After the report, with the names of the checks that failed.
    """
    from visualizer.commands.soundness import CHECKS

    report: list[dict[str, Any]] = []
    width = max(map(len, CHECKS))
    marks = {True: tr("ok"), False: tr("FAILED")}
    mark_width = max(map(len, marks.values()))
    for name, check in CHECKS.items():
        if name == "window" and arguments.no_window:
            continue
        start = time.perf_counter()
        try:
            passed, found = True, check()
        except VisualizerError as error:
            passed, found = False, str(error)
        except Exception as error:  # whatever is broken: the report must go on
            passed, found = False, f"{type(error).__name__}: {error}"
        found = " ".join(found.split())
        seconds = round(time.perf_counter() - start, 2)
        report.append({"check": name, "passed": passed, "found": found, "seconds": seconds})
        if not arguments.json:
            print(f"{marks[passed]:<{mark_width}}  {name:<{width}}  {found}", flush=True)
    failed = [entry["check"] for entry in report if not entry["passed"]]
    if arguments.json:
        print_json({"sound": not failed, "version": __version__, "checks": report})
    if failed:
        raise VisualizerError(
            tr("{n} of {count} checks failed ({names}); please reinstall").format(
                n=len(failed), count=len(report), names=", ".join(failed)
            )
        )
    return 0
