"""Files that are no data file of this program, and what they are instead.

People try what they have: the text file that Windows made of ``my.toml``, a motion of OpenSim, a
training of a watch, a list of exercises. Each gets one sentence that says what it is and what would
be right; :func:`might_be_meant` keeps quiet about what merely lies in the folder.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from pathlib import Path

from visualizer.catalog.endings import OWN_ENDINGS, is_lesson
from visualizer.texts import N_, tr

__all__ = ["decoded", "might_be_meant", "problem_of_json", "problem_of_name", "problem_of_text"]

_OURS = N_(
    "variations, muscles and measurements are read from TOML files, publications from sources.json"
)
# Endings that are put behind those by accident.
_ADDED = (".txt", ".text", ".rtf", ".doc", ".docx", ".odt")
# What is so often tried that silence would not do.
_TRIED = (".mot", ".sto", ".osim", ".trc", ".c3d", ".tcx", ".gpx", ".fit", ".yaml", ".yml")
_BINARY: Mapping[bytes, str] = {
    b"%PDF": N_("a PDF"),
    b"PK\x03\x04": N_("a Word, Excel or ZIP file"),
    b"\xd0\xcf\x11\xe0": N_("an old Word or Excel file"),
    b"\x89PNG": N_("a picture (PNG)"),
    b"\xff\xd8\xff": N_("a picture (JPEG)"),
    b"GIF8": N_("a picture (GIF)"),
}
_XML: Mapping[str, str] = {
    "TrainingCenterDatabase": N_("a recording of a training (TCX)"),
    "gpx": N_("a recorded track (GPX)"),
    "OpenSimDocument": N_("a file of OpenSim"),
    "mujoco": N_("a model of MuJoCo"),
    "html": N_("a web page"),
    "svg": N_("a drawing (SVG)"),
}
_EXERCISE_KEYS = frozenset({"primaryMuscles", "secondaryMuscles", "muscles_secondary", "force"})


def might_be_meant(path: Path) -> bool:
    """Return whether a file in a data folder was surely put there to be read as data of a lift."""
    name = path.name.lower()
    if name.startswith((".", "~", "#")):  # of the system or an editor
        return False
    if name == "glossary.toml" or is_lesson(path):  # read when they are asked for
        return False
    return name.endswith((*OWN_ENDINGS, ".json", *_TRIED)) or _added(name) is not None


def _added(name: str) -> str | None:
    """Return the ending that was put behind the right one; ``name`` is in small letters."""
    return next((e for e in _ADDED if name.endswith(tuple(own + e for own in OWN_ENDINGS))), None)


def problem_of_name(path: Path) -> str | None:
    """Return why a file is not read because of its name, None where the name is right."""
    name = path.name
    lower = name.lower()
    if lower.endswith(OWN_ENDINGS) or lower == "sources.json":
        return None
    ending = _added(lower)
    if ending is not None:
        return tr(
            "is not read, since its name ends in {name!r}; rename it to {right!r} "
            "(Windows shows the ending with View › File name extensions)"
        ).format(name=name[-len(ending) :], right=name[: -len(ending)])
    if lower.endswith(".json"):
        return tr("is not read; publications belong into a file named 'sources.json'")
    return tr("is not read, since its name does not end in '.toml' ({ours})").format(ours=tr(_OURS))


def decoded(data: bytes) -> tuple[str, str | None]:
    """Return a file's text, or "" and why it is none that can be read.

    Raises
    ------
    UnicodeDecodeError
        When it is text in another encoding than UTF-8.
    """
    if data.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        return "", tr("is UTF-32 text; save it as UTF-8")
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _looks_utf16(data):
        return "", tr("is UTF-16 text (Notepad calls it Unicode); save it as UTF-8")
    for start, what in _BINARY.items():
        if data.startswith(start):
            return "", tr("is {what}, not a text file; {ours}").format(
                what=tr(what), ours=tr(_OURS)
            )
    if data[8:12] == b".FIT":
        return "", tr("is a recording of a training (FIT), not a text file; {ours}").format(
            ours=tr(_OURS)
        )
    if b"\0" in data:
        return "", tr("is a binary file, not text")
    return data.decode("utf-8-sig"), None  # Windows editors like to put a byte order mark


def _looks_utf16(data: bytes) -> bool:
    """Return whether every other byte of the first ones is zero, as in UTF-16 without a mark."""
    head = data[:64]
    head = head[: len(head) // 2 * 2]
    for zeros, letters in ((head[1::2], head[::2]), (head[::2], head[1::2])):
        if len(head) >= 8 and not any(zeros) and all(letters):
            return True
    return False


def problem_of_text(text: str) -> str | None:
    """Return what a text is that cannot be TOML, None where it may be."""
    start = text.lstrip()[:4000]
    if start.startswith("{\\rtf"):
        return tr("is formatted text (RTF); save it as plain text")
    if start.startswith("<"):
        found = re.search(r"<([A-Za-z][\w.-]*:)?([A-Za-z][\w.-]*)", start)
        root = found.group(2) if found else ""
        if root in _XML:
            what = tr(_XML[root])
        else:
            what = tr("an XML file ({root})").format(root=root[:40]) if root else tr("an XML file")
        return tr("is {what}, not a data file of this program; {ours}").format(
            what=what, ours=tr(_OURS)
        )
    if "endheader" in start.lower() and re.search(r"(?im)^endheader\s*$", start):
        return tr(
            "is a motion or table of OpenSim; recorded motions cannot be shown, a "
            "variation's movement follows from its [setup] (support, bench height, "
            "angles)"
        )
    if start.startswith("PathFileType"):
        return tr("is a table of markers (TRC); recorded motions cannot be shown; {ours}").format(
            ours=tr(_OURS)
        )
    if start.startswith("{") or re.match(r"\[\s*\{", start):
        return tr("is JSON, not TOML; {ours}").format(ours=tr(_OURS))
    return None


def problem_of_json(value: object) -> str | None:
    """Return what a decoded JSON file is, None where it may be a list of sources."""
    first = value[0] if isinstance(value, list) and value else value
    if isinstance(first, dict) and _EXERCISE_KEYS & first.keys():
        return tr(
            "is an exercise list (as in free-exercise-db), which has neither a "
            "movement nor a contraction per phase; write a variation as a TOML "
            "file (with 'setup' and 'muscles')"
        )
    if not isinstance(value, list):
        return tr("is not a list of publications (CSL-JSON), the only JSON file that is read")
    return None
