"""Asking Typst, which holds the interpreter for a tenth of a second and more.

So the window never asks it: see :mod:`visualizer.export.orders`.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Mapping
from typing import Any

from visualizer.errors import VisualizerError
from visualizer.export.output import Tell
from visualizer.texts import tr

__all__ = ["TypstRefusalError", "check_typesetter", "font_families", "set_pages"]


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


def _typst() -> Any:
    try:
        return importlib.import_module("typst")
    except ImportError:  # or it is of another kind of processor
        raise _lacking() from None


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
        Asked before whether to go on; what it raises ends the work.

    Raises
    ------
    TypstRefusalError
        When Typst does not set it.
    VisualizerError
        When Typst is not there.
    """
    tell(0, 1)
    typst = _typst()
    try:
        made = typst.compile(source.encode(), sys_inputs={"data": data}, **how)
    except RuntimeError as error:
        raise TypstRefusalError(str(error)) from None
    return made if isinstance(made, list) else [made]


def font_families() -> list[str]:
    """Return the names of the fonts that Typst finds on this machine and brings along.

    Raises
    ------
    VisualizerError
        When Typst is not there.
    """
    families: list[str] = _typst().Fonts().families()
    return families
