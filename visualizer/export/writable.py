"""Texts without letters that no file can hold.

What is pasted into a lesson or written into a data file may have any letter: a slide's line break
is a vertical tab. XML forbids most such letters, and one alone makes a file that nothing opens.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element, ElementTree, indent

__all__ = ["writable", "writable_all", "xml_bytes"]

_BREAKS = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1b\x7f\ufeff\ufffe\uffff\ud800-\udfff]")


def writable(text: str) -> str:
    """Return a text that any file can hold: rare line breaks become spaces, other controls go.

    Parameters
    ----------
    text : str
        Any text.
    """
    if text.isprintable():  # a picture as text is long, and this is quick
        return text
    return _FORBIDDEN.sub("", _BREAKS.sub(" ", text))


def writable_all(data: Any) -> Any:
    """Return mappings and lists, with all texts in them writable.

    Parameters
    ----------
    data : anything
        As JSON has it.
    """
    if isinstance(data, str):
        return writable(data)
    if isinstance(data, Mapping):
        return {name: writable_all(value) for name, value in data.items()}
    if isinstance(data, list):
        return [writable_all(value) for value in data]
    return data


def xml_bytes(root: Element, *, indented: bool = True) -> bytes:
    """Return an XML file that any parser reads.

    Parameters
    ----------
    root : Element
        What is in it; its texts become writable.
    indented : bool
        Whether each element stands on a line of its own.
    """
    for element in root.iter():
        element.text = element.text and writable(element.text)
        for name, value in element.attrib.items():
            element.set(name, writable(value))
    if indented:
        indent(root)
    stream = io.BytesIO()
    ElementTree(root).write(stream, encoding="utf-8", xml_declaration=True)
    return stream.getvalue() + b"\n"
