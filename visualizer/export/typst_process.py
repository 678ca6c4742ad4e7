"""The process that sets pages with Typst; :mod:`visualizer.export.typesetting` starts and asks it.

Asked is on standard input by a line of JSON and, behind it, the data of the document; answered on
standard output by a line of JSON and, behind it, the pages. Standard library and Typst only: it is
started for every document.
"""

from __future__ import annotations

import importlib
import json
import sys
from typing import Any

__all__ = ["main"]


def main() -> int:
    """Answer what is asked.

    Returns
    -------
    int
        Exit status. 0 with an answer, which may be that Typst is lacking, or why it has refused.
    """
    answer, pages = _answered()
    told = sys.stdout.buffer
    told.write(json.dumps({**answer, "sizes": list(map(len, pages))}).encode() + b"\n")
    for page in pages:
        told.write(page)
    told.flush()
    return 0


def _answered() -> tuple[dict[str, object], list[bytes]]:
    try:
        typst: Any = importlib.import_module("typst")
    except ImportError:
        return {"lacking": True}, []
    asked: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read().decode()
    if "source" not in asked:
        return {"families": typst.Fonts().families()}, []
    try:
        made = typst.compile(asked["source"].encode(), sys_inputs={"data": data}, **asked["how"])
    except RuntimeError as error:
        return {"refused": str(error)}, []
    return {}, made if isinstance(made, list) else [made]
