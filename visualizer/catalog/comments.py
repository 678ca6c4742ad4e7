"""The comments of a TOML file, which a decoder drops, and what they are about."""

from __future__ import annotations

import re

from visualizer.catalog.datafile import PIECES

__all__ = ["comments_of"]


def comments_of(text: str, table: str) -> tuple[str, tuple[str, ...]]:
    """Return the comments of a TOML file that consists of tables, without their ``#``.

    Parameters
    ----------
    text : str
        The file.
    table : str
        The name of the tables: ``[[table]]``.

    Returns
    -------
    str
        Those before the tables.
    tuple of str
        Those of each table: right above it, without an empty line between, and within it.
    """
    lines = text.split("\n")
    inside: set[int] = set()  # lines that begin within a text
    comments: dict[int, str] = {}
    line = 0
    for piece in PIECES.finditer(text):
        content = piece.group()
        if piece.lastgroup == "other" and content.startswith("#"):
            comments[line] = content[1:].removeprefix(" ").rstrip()
        count = content.count("\n")
        if piece.lastgroup != "end":
            inside.update(range(line + 1, line + 1 + count))
        line += count
    head = re.compile(rf"\s*\[\[\s*{re.escape(table)}\s*\]\]")
    heads = [k for k, own in enumerate(lines) if k not in inside and head.match(own)]
    found: list[list[str]] = [[] for _ in range(len(heads) + 1)]
    for k, comment in comments.items():
        below = k
        while below in comments and lines[below].lstrip().startswith("#"):
            below += 1
        whole = lines[k].lstrip().startswith("#")
        found[sum(own <= (below if whole else k) for own in heads)].append(comment)
    first, *others = ("\n".join(own) for own in found)
    return first, tuple(others)
