"""``visualizer check``: whether data files are right, and what is wrong in them."""

from __future__ import annotations

import argparse
import sys

__all__ = ["check"]


def check(arguments: argparse.Namespace) -> int:
    """Print all that is wrong in data files."""
    from visualizer.exercise.catalog import check_files

    problems = check_files(arguments.files)
    for problem in problems:
        print(problem, file=sys.stderr)
    if not problems:
        files = len(arguments.files)
        print("1 file is right" if files == 1 else f"all {files} files are right")
    return 1 if problems else 0
