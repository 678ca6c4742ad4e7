"""The process in which an order is carried out; :mod:`visualizer.export.orders.beside` starts it.

Told is on standard input how many bytes the order has, in a line, and the order; said on standard
output, by lines of JSON, how much is done, and at last the answer with its bytes behind it.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import threading
from pathlib import Path

from visualizer.anatomy.body_model import BodyModel
from visualizer.catalog.catalog import Catalog
from visualizer.catalog.kept_catalog import from_bytes, to_bytes
from visualizer.errors import CancelledError, VisualizerError
from visualizer.export.orders.order import OwnDesk, Sent
from visualizer.export.output import Tell
from visualizer.kept import keep_in
from visualizer.texts import set_language

__all__ = ["main"]


def main() -> int:
    """Carry out the order that is told.

    Returns
    -------
    int
        Exit status: 0 with an answer, which may be why it cannot be done.
    """
    # by their numbers: a program with a window has no streams on Windows
    with os.fdopen(0, "rb", closefd=False) as stream:
        sent = from_bytes(stream.read(int(stream.readline())), Sent)
    assert sent is not None
    said = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything here prints is no answer
    left_alone = threading.Event()

    def listen() -> None:
        os.read(0, 1)  # nothing comes any more, but an end
        left_alone.set()

    threading.Thread(target=listen, daemon=True).start()

    def say(line: object) -> None:
        said.write(json.dumps(line).encode() + b"\n")
        said.flush()

    def tell(done: int, of: int) -> None:
        if left_alone.is_set():
            raise CancelledError
        if done:
            say([done, of])

    answer, rest = _carried_out(sent, tell)
    try:
        with said:
            say({**answer, "size": len(rest)})
            said.write(rest)
    except OSError:  # nobody hears it
        left_alone.set()
    if left_alone.is_set():
        shutil.rmtree(sent.aside, ignore_errors=True)
    return 0


def _carried_out(sent: Sent, tell: Tell) -> tuple[dict[str, str], bytes]:
    """Carry out an order; return the answer, and what comes back."""
    catalog = from_bytes(sent.catalog, Catalog)
    assert catalog is not None
    set_language(sent.language)
    keep_in(Path(sent.kept) if sent.kept else None)
    tempfile.tempdir = sent.aside
    try:
        desk = OwnDesk(catalog, BodyModel.read(Path(sent.body)))
        made = sent.order(desk, tell)
    except VisualizerError as error:
        return {"refused": str(error)}, b""
    return {}, b"" if made is None else to_bytes(made)
