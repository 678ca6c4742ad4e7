"""Having an order carried out in a process of its own, which steps back behind everything else.

It is told the order on its standard input and says line by line how far it is. To give it up is to
end it, whatever it is at; what it was writing is cleared away here. Its standard input stays open
as long as somebody waits for it: when that ends, this process having died, it gives up by itself.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import signal
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

from visualizer.anatomy.body_model import BodyModel
from visualizer.catalog.catalog import Catalog
from visualizer.catalog.kept_catalog import from_bytes, to_bytes
from visualizer.child import NO_WINDOW, child_main, last_words
from visualizer.errors import VisualizerError
from visualizer.export.orders.order import Order, Sent
from visualizer.export.output import Tell
from visualizer.files import clear_scratch
from visualizer.kept import kept_in
from visualizer.texts import language, tr

__all__ = ["beside"]

_log = logging.getLogger(__name__)
_PROCESS = "visualizer.export.orders.process"
# So often it is asked whether to go on; so long a process may take to end that has no answer.
_ASK_S, _END_S = 0.05, 5.0
# How far it steps back: on Windows by a flag, elsewhere by a number.
_LOW: int = getattr(subprocess, "BELOW_NORMAL_PRIORITY_CLASS", 0)
_NICE = 19

# An answer with what comes behind it. Before it is said how much is done, and of how much; where
# there is none, the process has ended.
_Answer = tuple[dict[str, Any], bytes]
_Said = list[int] | _Answer | None


def beside(order: Order, catalog: Catalog, body: BodyModel, tell: Tell) -> object:
    """Carry an order out in a process of its own, and return what comes back of it.

    Parameters
    ----------
    order : Order
        What is to be made.
    catalog : Catalog
        The data.
    body : BodyModel
        Who does it.
    tell : callable
        Takes how much is done, and of how much; what it raises ends the process.

    Raises
    ------
    VisualizerError
        When it cannot be done, or the process has failed; nothing is left behind.
    """
    order.check()
    kept, data = str(kept_in() or ""), to_bytes(catalog)
    try:
        # whatever it puts aside lies here, and goes with it
        with tempfile.TemporaryDirectory(
            prefix="hip-thrust-", ignore_cleanup_errors=True
        ) as folder:
            sent = Sent(order, data, str(body.folder), language(), kept, folder)
            return _carried_out(sent, tell)
    except OSError as error:
        raise _failed(error.strerror or str(error)) from None


def _carried_out(sent: Sent, tell: Tell) -> object:
    path = Path(sent.order.path) if sent.order.path else None
    before = _stamp(path)
    errors = Path(sent.aside, "errors")
    with errors.open("wb") as said:
        process = subprocess.Popen(
            child_main(_PROCESS),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=said,
            creationflags=NO_WINDOW | _LOW,
            # with all that it starts itself; in the session of this one, within which Linux
            # shares the processors by priority
            process_group=None if sys.platform == "win32" else 0,
        )
    if sys.platform != "win32":  # from its first import on, which is much of its work
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, _NICE)
    heard: SimpleQueue[_Said] = SimpleQueue()
    ear = threading.Thread(target=_converse, args=(process, to_bytes(sent), heard), daemon=True)
    answer: _Answer | None = None
    given_up: VisualizerError | None = None
    with process:
        ear.start()
        try:
            answer = _answer(heard, tell)
            if answer is None:  # then it says how it ended
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(_END_S)
        except VisualizerError as error:
            given_up = error
        finally:
            _end(process)
            ear.join()
            if path is not None:
                clear_scratch(path, process.pid)
    if given_up is not None:
        if path is not None and _stamp(path) != before:  # too late: it is in its place
            return None
        raise given_up
    if answer is None:
        told = errors.read_bytes()
        status = process.returncode
        _log.error("an export failed (%s):\n%s", status, told.decode("utf-8", "replace"))
        raise _failed(last_words(told) or _ended(status))
    head, rest = answer
    if "refused" in head:
        raise VisualizerError(head["refused"])
    return from_bytes(rest, object) if rest else None


def _answer(heard: SimpleQueue[_Said], tell: Tell) -> _Answer | None:
    """Pass on how far it is until there is an answer; None where the process ends without."""
    while True:
        try:
            said = heard.get(timeout=_ASK_S)
        except Empty:
            tell(0, 1)
            continue
        if not isinstance(said, list):
            return said
        tell(*said)


def _converse(process: subprocess.Popen[bytes], sent: bytes, heard: SimpleQueue[_Said]) -> None:
    """Send the order and take what is said, until the answer or the end of the process."""
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(b"%d\n" % len(sent) + sent)
        process.stdin.flush()
        while line := process.stdout.readline():
            said = json.loads(line)
            if isinstance(said, dict):
                rest = process.stdout.read(said["size"])
                heard.put((said, rest) if len(rest) == said["size"] else None)
                return
            heard.put(said)
    except (OSError, ValueError):  # it has ended meanwhile
        with contextlib.suppress(OSError):
            process.stdin.close()  # which would try once more to send
    heard.put(None)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End a process, with all that it has started."""
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        words = ["taskkill", "/T", "/F", "/PID", str(process.pid)]
        with contextlib.suppress(OSError):
            subprocess.run(words, capture_output=True, check=False, creationflags=NO_WINDOW)
    process.kill()
    process.wait()


def _stamp(path: Path | None) -> tuple[int, int] | None:
    """Return what differs when another file has taken a path."""
    try:
        status = None if path is None else path.stat()
    except OSError:
        return None
    return None if status is None else (status.st_ino, status.st_mtime_ns)


def _failed(reason: str) -> VisualizerError:
    return VisualizerError(tr("this could not be made: {reason}").format(reason=reason))


def _ended(status: int) -> str:
    """Return how the process ended, which has not said it."""
    try:
        how = signal.Signals(-status).name
    except ValueError:
        how = tr("status {}").format(status)
    return tr("the process that makes it ended early ({how})").format(how=how)
