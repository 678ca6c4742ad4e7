"""The kinds of files that a document can be written into, by the end of their names."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from visualizer.export.document import Printed
from visualizer.export.document_html import html_text
from visualizer.export.document_pdf import document_pdf
from visualizer.export.output import Writer, by_ending, check_output, go_on, unknown_ending
from visualizer.export.typesetting import check_typesetter

__all__ = ["DOCUMENT_FILES", "check_document"]

DOCUMENT_FILES: Mapping[str, Writer[Printed]] = {
    ".pdf": lambda stream, document, tell=go_on: stream.write(document_pdf(document, tell)),
    ".html": lambda stream, document, tell=go_on: stream.write(html_text(document).encode()),
}


def check_document(path: Path) -> Writer[Printed]:
    """Return what writes a document, after a look at whether it can be written.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    VisualizerError
        When its name ends otherwise, its place cannot be written to, or Typst is missing.
    """
    write = by_ending(path, DOCUMENT_FILES)
    if write is None:
        raise unknown_ending(path, DOCUMENT_FILES)
    check_output(path)
    if path.suffix.lower() == ".pdf":
        check_typesetter()
    return write
