"""Results that took long to work out, kept from one start to the next in the user's cache folder.

Nothing in that folder is needed. A result is kept under a key that names all that it came from;
what is missing, damaged, of another key or cannot be read or written is as if nothing were kept,
and the result is worked out again. Until :func:`keep_in` has named a folder, nothing is kept.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
from collections.abc import Iterable
from pathlib import Path

try:  # as hashlib has it, but without OpenSSL, which takes 3 MB
    from _blake2 import blake2b
except ImportError:  # another Python
    from hashlib import blake2b

from visualizer import __version__
from visualizer.files import read_regular

__all__ = [
    "code_stamp",
    "keep",
    "keep_in",
    "keeping",
    "kept_in",
    "key_of",
    "recall",
    "short_name",
]

# Changes with the way that results are written.
_MAGIC = b"kept 1\n\n"
_DIGEST_BYTES = 32
_MOST_BYTES = 20_000_000
# Of results that are no longer asked for, e.g. of variations that are gone, the oldest go.
_MOST_FILES = 60
_ENDING = ".kept"

_PACKAGE = Path(__file__).resolve().parent
_folder: Path | None = None


def keep_in(folder: Path | None) -> None:
    """Keep results in a folder from now on, which is made when the first one comes; None: not."""
    global _folder
    _folder = folder


def kept_in() -> Path | None:
    """Return the folder that results are kept in; None where none are."""
    return _folder


def short_name(text: str) -> str:
    """Return a name for a file that stands for a text of any length and characters."""
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=8).hexdigest()


def keeping() -> bool:
    """Return whether results are kept at all."""
    return _folder is not None


def key_of(parts: Iterable[bytes | str]) -> bytes:
    """Return the key of what comes from ``parts``, in this version of the program."""
    digest = blake2b(digest_size=_DIGEST_BYTES)
    for part in (__version__, sys.version, *parts):
        data = part.encode("utf-8", "surrogateescape") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "little"))
        digest.update(data)
    return digest.digest()


def code_stamp(*rooms: str) -> str:
    """Return what changes with the sources of some rooms: two builds may be of one version.

    A frozen program has no sources; the list of its wheel's files tells their digests instead.

    Parameters
    ----------
    *rooms : str
        Folders and files of the package, e.g. ``"lifts"``; of a folder all within.
    """
    found: list[str] = []
    for room in rooms:
        place = _PACKAGE / room
        for path in sorted(place.rglob("*.py")) if place.suffix != ".py" else [place]:
            with contextlib.suppress(OSError):
                status = path.stat()
                found.append(f"{path.relative_to(_PACKAGE)} {status.st_size} {status.st_mtime_ns}")
    if not found:
        record = _PACKAGE.parent / f"hip_thrust_visualizer-{__version__}.dist-info" / "RECORD"
        with contextlib.suppress(OSError):
            found.append(record.read_text("utf-8"))
    return "\n".join(found)


def recall(name: str, key: bytes) -> bytes | None:
    """Return the result that was kept under a name, None where there is none with this key."""
    if _folder is None:
        return None
    try:
        data = read_regular(_folder / f"{name}{_ENDING}", _MOST_BYTES)
    except (OSError, ValueError):
        return None
    head = len(_MAGIC) + 2 * _DIGEST_BYTES
    content = data[head:]
    return content if data[:head] == _head(key, content) else None


def keep(name: str, key: bytes, content: bytes) -> None:
    """Keep a result under a name, in place of an older one; where it cannot be, do nothing."""
    if _folder is None:
        return
    # two windows, or two threads of one, may write at once
    scratch = _folder / f".{name}-{os.getpid()}-{threading.get_ident()}.new"
    try:
        _folder.mkdir(parents=True, exist_ok=True)
        scratch.write_bytes(_head(key, content) + content)
        scratch.replace(_folder / f"{name}{_ENDING}")
        _forget_the_oldest(_folder)
    except OSError:
        with contextlib.suppress(OSError):
            scratch.unlink()


def _head(key: bytes, content: bytes) -> bytes:
    return _MAGIC + key + blake2b(content, digest_size=_DIGEST_BYTES).digest()


def _forget_the_oldest(folder: Path) -> None:
    files = list(folder.glob(f"*{_ENDING}"))
    if len(files) > _MOST_FILES:
        files.sort(key=lambda file: file.stat().st_mtime_ns)
        for file in files[:-_MOST_FILES]:
            file.unlink()
