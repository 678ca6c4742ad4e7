"""Documents as tagged PDF, set by Typst; see :mod:`visualizer.export.pdf`."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from typing import Any

from PIL import Image

from visualizer.export.document import (
    GUTTER_MM,
    MARGIN_MM,
    QUESTION_PICTURE_MM,
    WRITTEN_MM,
    Bullets,
    Heading,
    PageBreak,
    Paragraph,
    PictureRow,
    Printed,
    PrintedPicture,
    PrintedQuestion,
    PrintedTable,
)
from visualizer.export.output import Tell, go_on
from visualizer.export.pdf import compiled, pages
from visualizer.export.writable import writable_all
from visualizer.texts import tr

__all__ = ["document_pages", "document_pdf"]

# No letter is smaller than 9.5 points.
_SOURCE = """#let d = json(bytes(sys.inputs.data))
#set document(title: d.title, date: none)
#set text(lang: d.lang, size: 9.5pt, ..d.fonts)
#set par(leading: 0.5em, spacing: 0.75em)
#let (side, above, below) = d.margin.map(m => m * 1mm)
#set page(paper: d.paper, margin: (x: side, top: above, bottom: below), numbering: "1")
#set table(align: left, stroke: 0.5pt + luma(45%), inset: (x: 3pt, y: 3.2pt))
#show table.cell.where(y: 0): set text(weight: "bold")
#show heading.where(level: 1): set text(size: 18pt)
#show heading.where(level: 2): set text(size: 11.5pt)
#show heading.where(level: 2): set block(sticky: true, above: 1.1em, below: 0.6em)
#let rtl-first = regex("^\\P{L}*[\\p{Hebrew}\\p{Arabic}\\p{Syriac}\\p{Thaana}\\p{Nko}]")
#let way(t) = if t.match(rtl-first) == none { ltr } else { rtl }
#let picture(p) = image(bytes(p.svg), format: "svg", alt: p.alt, width: 100%)
#heading(level: 1, d.title)
#for b in d.blocks {
  if b.kind == "heading" { heading(level: 2, b.text) }
  else if b.kind == "page" { pagebreak() }
  else if b.kind == "paragraph" {
    set text(dir: way(b.text))
    let said = if b.small { text(fill: luma(27%), b.text) } else { b.text }
    if b.keep { block(sticky: true, par(said)) } else { said }
    parbreak()
  } else if b.kind == "list" {
    set text(dir: way(b.items.at(0)))
    block(sticky: b.keep, list(spacing: 0.6em, ..b.items))
  } else if b.kind == "pictures" {
    block(width: b.width * 100%, spacing: 0.8em, sticky: b.keep, grid(
      columns: b.row.map(p => p.aspect * 1fr), column-gutter: d.gutter * 1mm,
      ..b.row.map(p => stack(
        spacing: 1.2mm, picture(p), ..if p.caption != "" { (p.caption,) }
      ))
    ))
  } else if b.kind == "table" {
    block(sticky: true, above: 0.9em, below: 0.6em, text(weight: "bold", b.caption))
    table(
      columns: b.shares.map(w => w * 1fr),
      table.header(..b.head),
      ..b.rows.map(row => row.enumerate().map(((k, cell)) => table.cell(
        breakable: false,
        if k > 0 { cell } else {
          grid(columns: (0pt, 1fr), box(height: b.row_mm * 1mm - 6.4pt), cell)
        }
      ))).flatten(),
    )
  } else if b.kind == "question" {
    let said = [
      #set text(dir: way(b.text))
      *#b.number.* #b.text
      #if b.choices.len() > 0 { enum(numbering: "A.", spacing: 0.5em, ..b.choices) }
      #if b.answer != "" [*#d.answer:* #b.answer]
      #for _ in range(b.lines) {
        let rule = (bottom: 0.5pt + luma(45%))
        block(height: d.written * 1mm, width: 100%, spacing: 0pt, stroke: rule)
      }
    ]
    block(breakable: false, width: 100%, above: 0.9em, below: 0.9em,
      if b.picture == none { said } else {
        grid(columns: (1fr, d.pictured * 1mm), column-gutter: 4mm, said, picture(b.picture))
      })
  }
}
"""
_PAPERS = {"a4": "a4", "letter": "us-letter"}


def document_pdf(document: Printed, tell: Tell = go_on) -> bytes:
    """Return a document as a PDF file.

    Parameters
    ----------
    document : Printed
        What it says.
    tell : callable
        Asked now and then whether to go on; what it raises ends the work.

    Raises
    ------
    VisualizerError
        When Typst is not there, or refuses.
    """
    return compiled(_SOURCE, _data(document), tell)


def document_pages(document: Printed, ppi: float, tell: Tell = go_on) -> list[bytes]:
    """Return the pages of a document as PNG pictures, as they stand in its PDF file.

    Parameters
    ----------
    document : Printed
        What it says.
    ppi : float
        Pixels per inch of paper.
    tell : callable
        As for :func:`document_pdf`.

    Raises
    ------
    VisualizerError
        When Typst is not there, or refuses.
    """
    return pages(_SOURCE, _data(document), ppi, tell)


def _data(document: Printed) -> dict[str, Any]:
    data: dict[str, Any] = {
        "title": document.title,
        "lang": document.language.split("-")[0],
        "paper": _PAPERS[document.paper],
        "margin": MARGIN_MM,
        "gutter": GUTTER_MM,
        "pictured": QUESTION_PICTURE_MM,
        "written": WRITTEN_MM,
        "answer": tr("Answer"),
        "blocks": list(_blocks(document)),
    }
    made: dict[str, Any] = writable_all(data)
    return made


def _blocks(document: Printed) -> Iterator[dict[str, Any]]:
    for number, block in document.numbered:
        match block:
            case Heading(text):
                yield {"kind": "heading", "text": text}
            case Paragraph(text, small, keep):
                yield {"kind": "paragraph", "text": text, "small": small, "keep": keep}
            case Bullets(items, keep):
                yield {"kind": "list", "items": list(items), "keep": keep}
            case PageBreak():
                yield {"kind": "page"}
            case PictureRow(row, width, keep):
                shown = list(map(_picture, row))
                yield {"kind": "pictures", "row": shown, "width": width, "keep": keep}
            case PrintedTable(caption, head, rows):
                cells = [list(row) for row in rows]
                yield {
                    "kind": "table",
                    "caption": caption,
                    "head": list(head),
                    "rows": cells,
                    "shares": list(block.widths),
                    # what stands above and below a cell's text is part of the row
                    "row_mm": max(block.row_mm, 2.5),
                }
            case PrintedQuestion(text, choices, answer, picture):
                yield {
                    "kind": "question",
                    "number": str(number),
                    "text": text,
                    "choices": list(choices),
                    "answer": answer,
                    "lines": block.lines,
                    "picture": None if picture is None else _picture(picture),
                }


def _picture(picture: PrintedPicture) -> dict[str, Any]:
    return {
        "svg": _svg(picture.png),
        "alt": picture.alt,
        "caption": picture.caption,
        "aspect": picture.aspect,
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
