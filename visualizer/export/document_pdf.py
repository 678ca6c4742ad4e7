"""Documents as tagged PDF, set by Typst; see :mod:`visualizer.export.pdf`."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import Any

from PIL import Image

from visualizer.export.document import (
    Heading,
    Paragraph,
    PictureRow,
    Printed,
    PrintedQuestion,
    PrintedTable,
)
from visualizer.export.pdf import compiled, pages
from visualizer.texts import tr

__all__ = ["document_pages", "document_pdf"]

_SOURCE = """#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, date: none)
#set text(lang: d.lang, size: 9.5pt)
#set page(paper: d.paper, margin: 14mm, numbering: "1")
#set table(align: left, stroke: 0.5pt + luma(45%), inset: (x: 4pt, y: 4pt))
#show table.cell.where(y: 0): set text(weight: "bold")
#show heading.where(level: 1): set text(size: 18pt)
#show heading.where(level: 2): set block(sticky: true)
#heading(level: 1, d.title)
#for b in d.blocks {
  if b.kind == "heading" { heading(level: 2, b.text) }
  else if b.kind == "paragraph" {
    if b.small { text(size: 7.5pt, fill: luma(33%), b.text) } else { b.text }
    parbreak()
  } else if b.kind == "pictures" {
    box(width: b.width * 100%, grid(
      columns: b.row.map(p => p.aspect * 1fr), gutter: 3mm,
      ..b.row.map(p => [
        #image(bytes(p.svg), format: "svg", alt: p.alt, width: 100%)
        #text(size: 8.5pt, p.caption)
      ])
    ))
    parbreak()
  } else if b.kind == "table" {
    block(sticky: true, text(weight: "bold", b.caption))
    text(size: 8.5pt, table(
      columns: (1.5fr,) + (1fr,) * (b.head.len() - 1),
      table.header(..b.head),
      ..b.rows.flatten().map(cell => if cell == "" { box(height: 14pt) } else { cell }),
    ))
  } else if b.kind == "question" {
    block(breakable: false)[
      *#b.number.* #b.text
      #if b.choices.len() > 0 { enum(numbering: "A.", ..b.choices) }
      #if b.answer != "" [*#d.answer:* #b.answer]
    ]
  }
}
"""
_PAPERS = {"a4": "a4", "letter": "us-letter"}


def document_pdf(document: Printed) -> bytes:
    """Return a document as a PDF file.

    Parameters
    ----------
    document : Printed
        What it says.

    Raises
    ------
    VisualizerError
        When Typst is not there, or refuses.
    """
    return compiled(_SOURCE, _data(document))


def document_pages(document: Printed, ppi: float) -> list[bytes]:
    """Return the pages of a document as PNG pictures, as they stand in its PDF file.

    Parameters
    ----------
    document : Printed
        What it says.
    ppi : float
        Pixels per inch of paper.

    Raises
    ------
    VisualizerError
        When Typst is not there, or refuses.
    """
    return pages(_SOURCE, _data(document), ppi)


def _data(document: Printed) -> dict[str, Any]:
    return {
        "title": document.title,
        "lang": document.language.split("-")[0],
        "paper": _PAPERS[document.paper],
        "answer": tr("Answer"),
        "blocks": list(_blocks(document)),
    }


def _blocks(document: Printed) -> Iterator[dict[str, Any]]:
    number = 0
    for block in document.blocks:
        match block:
            case Heading(text):
                yield {"kind": "heading", "text": text}
            case Paragraph(text, small):
                yield {"kind": "paragraph", "text": text, "small": small}
            case PictureRow(row, width):
                shown = [
                    {
                        "svg": _svg(picture.png),
                        "alt": picture.alt,
                        "caption": picture.caption,
                        "aspect": picture.aspect,
                    }
                    for picture in row
                ]
                yield {"kind": "pictures", "row": shown, "width": width}
            case PrintedTable(caption, head, rows):
                cells = [list(row) for row in rows]
                yield {"kind": "table", "caption": caption, "head": list(head), "rows": cells}
            case PrintedQuestion(text, choices, answer):
                number += 1
                yield {
                    "kind": "question",
                    "number": str(number),
                    "text": text,
                    "choices": list(choices),
                    "answer": answer,
                }


def _svg(png: bytes) -> str:
    """Return a picture as text, which goes through JSON where bytes do not."""
    with Image.open(io.BytesIO(png)) as image:
        width, height = image.size
    data = base64.b64encode(png).decode()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><image width="{width}" height="{height}" '
        f'href="data:image/png;base64,{data}"/></svg>'
    )
