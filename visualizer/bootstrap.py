"""The first command on a fresh machine: ``python3 -m visualizer.bootstrap``.

Written so that every Python since 2.7 can read it (and the package's ``__init__.py``): an old one
says what is needed instead of pointing at a line. The work is done by installation.py.
"""

import sys

__all__ = ["main"]


def main(argv=None):
    """Set up and run; return the exit status."""
    if sys.version_info < (3, 11):
        found = ".".join(map(str, sys.version_info[:3]))
        sys.stderr.write("setup: Python 3.11 or newer is needed, this is %s\n" % found)
        return 1
    from visualizer.installation import main as set_up

    return set_up(argv)


if __name__ == "__main__":
    sys.exit(main())
