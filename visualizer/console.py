"""What the commands write to the terminal, a pipe or a file, whatever that can take.

Texts of the data hold arrows, degrees and names of all scripts, but a pipe on Windows, ``LC_ALL=C``
or an old terminal takes only some of them. Both streams get an error handler that writes what comes
nearest (``→`` as ``->``, ``ř`` as ``r``), so that no command has to think of it; JSON is escaped.
The handler costs nothing where the encoding takes everything.
"""

from __future__ import annotations

import codecs
import io
import json
import os
import sys
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import TextIO

from visualizer.texts import tr

__all__ = ["close", "failed", "nearest_text", "note", "prepare", "print_json", "say"]

# What stands for a character where neither it nor its parts can be written.
_INSTEAD: Mapping[str, str] = {
    "→": "->",
    "←": "<-",
    "↔": "<->",
    "↑": "^",
    "↓": "v",
    "−": "-",
    "⁄": "/",
    "±": "+/-",
    "×": "x",
    "÷": "/",
    "·": "-",
    "•": "*",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≈": "~",
    "√": "sqrt",
    "∞": "inf",
    "°": " deg",
    "µ": "u",
    "‘": "'",
    "’": "'",
    "‚": "'",
    "′": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "″": '"',
    "«": '"',
    "»": '"',
    "‹": "'",
    "›": "'",
    "…": "...",
    "—": "--",
    "§": "section ",
    "©": "(c)",
    "®": "(R)",
    "€": "EUR",
    "£": "GBP",
    "¿": "?",
    "¡": "!",
    "ß": "ss",
    "ẞ": "SS",
    "Æ": "AE",
    "æ": "ae",
    "Œ": "OE",
    "œ": "oe",
    "Ø": "O",
    "ø": "o",
    "Đ": "D",
    "đ": "d",
    "Ð": "D",
    "ð": "d",
    "Þ": "Th",
    "þ": "th",
    "Ł": "L",
    "ł": "l",
    "ı": "i",
}


def prepare() -> None:
    """Let stdout and stderr write something sensible for what their encoding cannot take."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_handler(stream.encoding))


def say(text: str) -> None:
    """Print a line for the user on stderr, with the program's name in front."""
    note(f"visualizer: {text}")


def note(line: str) -> None:
    """Print a line on stderr as it is; where nobody can read it, nothing happens."""
    if sys.stderr is None:  # print() would take stdout instead
        return
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:
        _discard(sys.stderr)


def print_json(value: object) -> None:
    """Print a value as JSON, with escapes where the encoding does not take all characters."""
    encoding = getattr(sys.stdout, "encoding", None) or "ascii"
    takes_all = codecs.lookup(encoding).name.startswith("utf")
    print(json.dumps(value, indent=2, ensure_ascii=not takes_all))


def close(status: int) -> int:
    """Write out what is still to be written and return the exit status.

    Parameters
    ----------
    status : int
        What the command ended with.

    Returns
    -------
    int
        ``status``; 1 where the output cannot be written. A reader that has gone (``head``,
        ``less``) wants no more, which is no error.
    """
    if sys.stdout is None:
        return status
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _discard(sys.stdout)
    except OSError as error:
        return failed(error)
    return status


def failed(error: OSError) -> int:
    """Say which file cannot be read or written, or that the output itself cannot; return 1."""
    reason = error.strerror or str(error)
    if error.filename is not None:
        say(f"{error.filename}: {reason}")
        return 1
    if sys.stdout is not None:
        _discard(sys.stdout)
    say(tr("the output cannot be written: {reason}").format(reason=reason))
    return 1


def _discard(stream: TextIO) -> None:
    """Let what a stream still holds go nowhere, or Python would try it again at the exit."""
    try:
        number = stream.fileno()
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, number)
        os.close(nowhere)
    except (OSError, ValueError):  # a stream of its own making, with nothing behind it
        pass


# ------------------------------------------------------------------------------------ characters
@lru_cache(maxsize=8)
def _handler(encoding: str) -> str:
    """Register the error handler of an encoding and return its name."""

    def write_nearest(error: UnicodeError) -> tuple[str, int]:
        if not isinstance(error, UnicodeEncodeError):
            raise error
        # the error itself names some code pages only "charmap"
        return nearest_text(error.object[error.start : error.end], encoding), error.end

    name = f"visualizer-nearest-{encoding}"
    codecs.register_error(name, write_nearest)
    return name


def nearest_text(text: str, encoding: str) -> str:
    r"""Return what comes nearest to a text among the characters of an encoding.

    Parameters
    ----------
    text : str
        Any text.
    encoding : str
        Name of the encoding; it has at least the characters of ASCII.

    Returns
    -------
    str
        Signs in their usual ASCII form, letters without the accents that cannot be written, and
        ``\u0416`` for what has no like.
    """
    written, raised = [], False
    for character in text:
        power = unicodedata.decomposition(character).startswith("<super>")
        own = _takes(character, encoding)
        # 10⁵ must not become 105
        written.append("^" if power and not own and not raised else "")
        written.append(_nearest(character, encoding))
        raised = power
    return "".join(written)


def _takes(character: str, encoding: str) -> bool:
    try:
        character.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True


@lru_cache(maxsize=1024)
def _nearest(character: str, encoding: str) -> str:
    if _takes(character, encoding):
        return character
    if character in _INSTEAD:
        return "".join(_nearest(c, encoding) for c in _INSTEAD[character])
    parts = unicodedata.decomposition(character).split()
    if parts:
        # 1½ must not become 11/2
        before = " " if parts[0] == "<fraction>" else ""
        codes = parts[1:] if parts[0].startswith("<") else parts
        whole = "".join(_nearest(chr(int(code, 16)), encoding) for code in codes)
        if "\\" not in whole:  # else its number says more than those of its parts
            return before + whole
    category = unicodedata.category(character)
    if category in ("Mn", "Me", "Cf"):  # an accent of its own, or a mark that shows nothing
        return ""
    if category == "Zs":
        return " "
    if category == "Pd":
        return "-"
    name = unicodedata.name(character, "")
    if name.startswith("GREEK") and "LETTER" in name:
        letter = name.split(" WITH ")[0].split()[-1].lower()
        return letter.capitalize() if category == "Lu" else letter
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
