"""``python -m visualizer`` and the ``visualizer`` command."""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> int:
    """Run the command line and return the exit status."""
    try:
        from visualizer.cli import run
        from visualizer.kept import keep_in
        from visualizer.resources import kept_folder
    except ModuleNotFoundError as error:
        # the one error that can come before our own error handling
        print(
            f"visualizer: the Python package {error.name!r} is missing; "
            "run `python3 -m visualizer.bootstrap` to set everything up",
            file=sys.stderr,
        )
        return 1
    keep_in(kept_folder())
    return run(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
