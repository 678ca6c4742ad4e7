"""Where the frozen program starts: the window and the commands, or a process of its own making."""

from __future__ import annotations

import os
import sys


def _give_back_library_path() -> None:
    """Let what we start (a browser, a file manager) look for libraries where it always does.

    On Linux the frozen program's loader puts its own folder first and remembers what was there.
    """
    before = os.environ.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        os.environ["LD_LIBRARY_PATH"] = before
    else:
        os.environ.pop("LD_LIBRARY_PATH", None)
    # when we start ourselves, the loader must set all up anew, and not trust that it is
    os.environ["PYINSTALLER_RESET_ENVIRONMENT"] = "1"


def main() -> int:
    """Run and return the exit status."""
    if sys.platform.startswith("linux"):
        _give_back_library_path()
    from visualizer.child import run_if_child

    status = run_if_child(sys.argv[1:])
    if status is not None:
        return status
    from visualizer.__main__ import main as visualizer

    return visualizer()


if __name__ == "__main__":
    sys.exit(main())
