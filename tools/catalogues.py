"""Brings the catalogues of translations up to date: ``python -m tools.catalogues``.

Every text of the code goes into ``visualizer/texts/catalogues/CODE.po``: new ones without a
translation, and those that are gone are dropped. Then each catalogue is compiled to the ``.mo``
beside it, which the program reads. Needs Babel (extra ``test``).
"""

from __future__ import annotations

import io
import re
import struct
import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

__all__ = ["FOLDER", "compiled", "extracted", "main", "read", "untranslated"]

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "visualizer" / "texts" / "catalogues"
_KEYWORDS = {"tr": None, "N_": None, "ntr": (1, 2)}
_MARKED = re.compile(rf"\b(?:{'|'.join(_KEYWORDS)})\s*\(")


@cache
def extracted() -> Catalog:
    """Return all texts of the code, sorted by file and in the order in which they stand there.

    They are looked for once; nobody adds to them.
    """
    catalog = Catalog()
    for path in sorted((ROOT / "visualizer").rglob("*.py")):
        # every second file marks none, and Babel takes long to see that
        if not _MARKED.search(path.read_text(encoding="utf-8")):
            continue
        for _, texts, _, _ in extract_from_file("python", path, keywords=_KEYWORDS):
            # without line numbers: each change of the code would change the catalogues
            catalog.add(texts, locations=[(path.relative_to(ROOT).as_posix(), 0)])
    return catalog


def read(file: Path) -> Catalog:
    """Return a catalogue."""
    with file.open("rb") as opened:
        return read_po(opened, locale=file.stem)


def _header(catalog: Catalog) -> str:
    """Return what gettext must know; no dates, so that equal texts give equal files."""
    return (
        f"Language: {catalog.locale}\nContent-Type: text/plain; charset=utf-8\n"
        f"Plural-Forms: {catalog.plural_forms}\n"
    )


def compiled(catalog: Catalog) -> bytes:
    """Return a catalogue as gettext reads it (format MO of the GNU gettext manual)."""
    texts = {b"": _header(catalog).encode()}
    for message in catalog:
        if message.id and message.string and not message.fuzzy:
            one, other = (
                forms if isinstance(forms, list | tuple) else (forms,)
                for forms in (message.id, message.string)
            )
            texts["\0".join(one).encode()] = "\0".join(other).encode()
    pairs = sorted(texts.items())
    tables: tuple[list[int], list[int]] = ([], [])
    strings = b""
    start = 28 + 16 * len(pairs)
    for table, column in zip(tables, (0, 1), strict=True):
        for pair in pairs:
            table += [len(pair[column]), start + len(strings)]
            strings += pair[column] + b"\0"
    head = (0x950412DE, 0, len(pairs), 28, 28 + 8 * len(pairs), 0, 0)
    return struct.pack(f"<{7 + 4 * len(pairs)}I", *head, *tables[0], *tables[1]) + strings


def untranslated(catalog: Catalog) -> list[str]:
    """Return the texts of the code that a catalogue does not translate."""
    missing = []
    for message in extracted():
        known = catalog.get(message.id)
        string = known.string if known is not None and not known.fuzzy else ""
        forms = string if isinstance(string, list | tuple) else (string,)
        if message.id and not all(forms):
            missing.append(message.id if isinstance(message.id, str) else message.id[0])
    return missing


def _update(file: Path) -> list[str]:
    catalog = read(file)
    result = Catalog(locale=file.stem)
    for message in extracted():
        known = catalog.get(message.id) if message.id else None
        if message.id:
            string, flags = (known.string, known.flags) if known else (None, ())
            result.add(message.id, string, locations=message.locations, flags=flags)
    stream = io.BytesIO()
    write_po(stream, result, width=100, omit_header=True, include_lineno=False)
    header = "".join(f'"{line}\\n"\n' for line in _header(result).splitlines())
    text = f'msgid ""\nmsgstr ""\n{header}\n{stream.getvalue().decode()}'
    file.write_text(text.rstrip() + "\n", encoding="utf-8", newline="\n")
    file.with_suffix(".mo").write_bytes(compiled(read(file)))
    return untranslated(result)


def main(argv: Sequence[str]) -> int:
    """Update and compile all catalogues, and say what is not translated yet."""
    del argv
    missing = 0
    for file in sorted(FOLDER.glob("*.po")):
        for text in _update(file):
            print(f"{file.name}: {text!r}")
            missing += 1
    return 1 if missing else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
