"""Keeps the window's process small and quick: what others hold on to, or do, without need.

Measured on Linux: PySide6 looks into the source of every module that is imported after it, and
Python's line cache keeps that text (19 MB). The C library raises its own threshold for large blocks
when one of them is freed, and from then on keeps freed arrays for later (another 20 MB and more).
Python's collector of cycles looks through all objects again and again while hundreds of modules are
loaded, none of which ever goes (some 5 % of the start). pyqtgraph copies every name of Qt, and so
has PySide6 make a Python class of each: 9 MB and half of the time that its import takes. What is
freed in small pieces while the window opens stays with the process until it is asked for (4 MB).
"""

from __future__ import annotations

import builtins
import ctypes
import gc
import importlib
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from types import ModuleType

__all__ = [
    "collect_seldom",
    "free_large_blocks",
    "import_plainly",
    "mirrors_of_qt",
    "return_freed",
]

# Of malloc.h of the GNU C library.
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8
# Arrays from this size on go back to the system when they are freed, those of a body's vertices
# among them. What a moving picture needs again and again is smaller, or kept.
_LARGE_BYTES = 1 << 19
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


def return_freed() -> None:
    """Return what has been freed in small pieces to the system; elsewhere than on glibc nothing.

    Some milliseconds, in which other threads may have to wait for memory.
    """
    if sys.platform != "linux":
        return
    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)


def collect_seldom() -> None:
    """Look for cycles that are garbage after so many new objects, not after every 700."""
    gc.set_threshold(_NEW_OBJECTS, 20, 20)


@contextmanager
def mirrors_of_qt() -> Iterator[None]:
    """While pyqtgraph is imported: let it ask Qt for the names that it uses, when it uses them.

    It keeps mirrors of three modules of Qt, into which it copies what ``dir`` says of them. Here
    that is nothing; the mirrors look a name up when somebody asks for it.
    """
    with ExitStack() as after:
        for name in ("QtCore", "QtGui", "QtWidgets"):
            real = importlib.import_module(f"PySide6.{name}")
            mirror = ModuleType(f"pyqtgraph.Qt.{name}")
            mirror.__path__ = []
            vars(mirror)["__getattr__"] = _asks(real)
            sys.modules.setdefault(mirror.__name__, mirror)
            own = vars(real).get("__dir__")
            vars(real)["__dir__"] = list
            if own is None:
                after.callback(vars(real).pop, "__dir__")
            else:
                after.callback(vars(real).__setitem__, "__dir__", own)
        yield


def _asks(module: ModuleType) -> Callable[[str], object]:
    return lambda name: getattr(module, name)
