"""Keeps the window's process small and quick: what others hold on to, or do, without need.

Measured on Linux: PySide6 looks into the source of every module that is imported after it, and
Python's line cache keeps that text (19 MB). The C library raises its own threshold for large blocks
when one of them is freed, and from then on keeps freed arrays for later (another 20 MB and more).
Python's collector of cycles looks through all objects again and again while hundreds of modules are
loaded, none of which ever goes (some 5 % of the start).
"""

from __future__ import annotations

import builtins
import ctypes
import gc
import sys

__all__ = ["collect_seldom", "free_large_blocks", "import_plainly"]

# Of malloc.h of the GNU C library.
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
# Arrays from this size on go back to the system when they are freed. What a moving picture needs
# again and again is smaller, or kept.
_LARGE_BYTES = 1 << 20
_NEW_OBJECTS = 20_000


def import_plainly() -> None:
    """Let modules be imported as ever, without a look into their source by PySide6.

    It looks for ``from __feature__ import``, which nothing here uses.
    """
    import PySide6.QtCore  # noqa: F401  (which puts its own import in place)

    plain = getattr(builtins, "__orig_import__", None)
    if plain is not None:
        builtins.__import__ = plain


def free_large_blocks() -> None:
    """Let large freed blocks go back to the system at once; elsewhere than on glibc do nothing."""
    if sys.platform != "linux":
        return
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):  # another C library
        return
    for option, value in (
        (_M_MMAP_THRESHOLD, _LARGE_BYTES),
        (_M_TRIM_THRESHOLD, _LARGE_BYTES),
        (_M_ARENA_MAX, 2),
    ):
        mallopt(option, value)


def collect_seldom() -> None:
    """Look for cycles that are garbage after so many new objects, not after every 700."""
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
