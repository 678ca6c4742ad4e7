"""Asking Typst, in a process of its own, so that the window never waits for it.

To load Typst holds the interpreter for a tenth of a second and more, which no other thread can
help. In a process of its own it can also be given up at any moment, and what it needs of memory,
or does wrong, ends with it.
"""

from __future__ import annotations

import importlib.util
import json
import signal
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from itertools import accumulate, pairwise
from typing import Any

from visualizer.child import NO_WINDOW, child_main, last_words
from visualizer.errors import VisualizerError
from visualizer.export.output import Tell
from visualizer.texts import tr

__all__ = ["TypstRefusalError", "check_typesetter", "font_families", "set_pages"]

_PROCESS = "visualizer.export.typst_process"
# So often it is asked whether to go on.
_ASK_S = 0.05


class TypstRefusalError(Exception):
    """Typst does not set a document; the text is its own."""


def check_typesetter() -> None:
    """Refuse before the work where nothing can set PDF files.

    Raises
    ------
    VisualizerError
        When Typst is not there; it says what to install.
    """
    if importlib.util.find_spec("typst") is None:
        raise _lacking()


def _lacking() -> VisualizerError:
    return VisualizerError(
        tr(
            "PDF needs typst, which this installation does not have: install the extra 'pdf' "
            "with pip, or choose another kind of file"
        )
    )


def set_pages(source: str, data: str, how: Mapping[str, Any], tell: Tell) -> list[bytes]:
    """Return what Typst makes of a source: one PDF file, or a picture for each page.

    Parameters
    ----------
    source : str
        Text in Typst's language.
    data : str
        What ``sys.inputs.data`` gives.
    how : mapping
        What ``typst.compile`` is told besides.
    tell : callable
        Asked now and then whether to go on; what it raises ends the process.

    Raises
    ------
    TypstRefusalError
        When Typst does not set it.
    VisualizerError
        When Typst is not there, or its process has failed.
    """
    answer, rest = _ask({"source": source, "how": how}, data, tell)
    if "refused" in answer:
        raise TypstRefusalError(answer["refused"])
    return [rest[a:b] for a, b in pairwise(accumulate(answer["sizes"], initial=0))]


def font_families(tell: Tell) -> list[str]:
    """Return the names of the fonts that Typst finds on this machine and brings along.

    Parameters
    ----------
    tell : callable
        Asked now and then whether to go on; what it raises ends the process.

    Raises
    ------
    VisualizerError
        When Typst is not there, or its process has failed.
    """
    families: list[str] = _ask({}, "", tell)[0]["families"]
    return families


def _ask(asked: Mapping[str, Any], data: str, tell: Tell) -> tuple[dict[str, Any], bytes]:
    """Return what a process answers: a mapping, and the bytes behind it."""
    given = json.dumps(asked).encode() + b"\n" + data.encode()
    try:
        process = subprocess.Popen(
            child_main(_PROCESS),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            creationflags=NO_WINDOW,
        )
    except OSError as error:
        raise _failed(error.strerror or str(error)) from None
    # a thread talks with it: what has a time limit forgets the rest of what it is to send
    with process, ThreadPoolExecutor(1) as pool:
        try:
            talk = pool.submit(process.communicate, given)
            while wait([talk], _ASK_S).not_done:
                tell(0, 1)
            told, said = talk.result()
        finally:
            process.kill()  # where it has not ended by itself
    head, _, rest = told.partition(b"\n")
    try:
        answer: dict[str, Any] = json.loads(head)
        whole = sum(answer["sizes"]) == len(rest)
    except (ValueError, TypeError, KeyError):
        whole = False
    if process.returncode != 0 or not whole:
        raise _failed(last_words(said) or _ended(process.returncode))
    if "lacking" in answer:
        raise _lacking()
    return answer, rest


def _failed(reason: str) -> VisualizerError:
    return VisualizerError(tr("the PDF could not be made: {reason}").format(reason=reason))


def _ended(status: int) -> str:
    """Return how the process ended, which has not said it."""
    try:
        how = signal.Signals(-status).name
    except ValueError:
        how = tr("status {}").format(status)
    return tr("the process that sets it ended early ({how})").format(how=how)
