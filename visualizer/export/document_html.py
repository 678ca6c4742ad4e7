"""Documents as one HTML file that screen readers can read: pictures and style are inside it."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from html import escape

from visualizer.export.document import (
    WRITTEN_MM,
    Block,
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
from visualizer.export.writable import writable
from visualizer.texts import tr

__all__ = ["html_text"]

# Black and one dark grey on white: 17:1 and 7:1. What is printed in grey stays readable.
_STYLE = """
@page { size: %s; margin: 12mm }
body { font: 11pt/1.35 system-ui, sans-serif; color: #1b1b1b; background: #ffffff;
       max-width: 190mm; margin: 0 auto; padding: 4mm }
h1 { font-size: 20pt; margin: 0 0 2mm }
h2 { font-size: 13pt; margin: 5mm 0 2mm; break-after: avoid }
p { margin: 1mm 0 2mm }
.small { font-size: 9.5pt; color: #444444 }
.row { display: flex; gap: 3mm; margin: 2mm 0 }
figure { flex: 1 1 0; margin: 0; min-width: 0; break-inside: avoid }
img { width: 100%%; height: auto; border: 1px solid #767676 }
figcaption { font-size: 9.5pt }
table { border-collapse: collapse; width: 100%%; font-size: 10pt }
caption { text-align: left; font-weight: 600; padding-bottom: 1mm }
th, td { border: 1px solid #767676; padding: 1mm 2mm; text-align: left; vertical-align: top;
         height: 6mm }
thead th { background: #eeeeee }
ul { margin: 1mm 0 2mm; padding-left: 6mm }
.keep { break-after: avoid }
tr, .question { break-inside: avoid }
ol { margin: 1mm 0; list-style: upper-alpha }
.question { display: flex; gap: 4mm; align-items: start; margin: 0 0 3mm }
.question > div { flex: 1 1 0 }
.line { height: %gmm; border-bottom: 1px solid #767676 }
.question figure { flex: 0 0 38mm }
@media print { body { font-size: 9.5pt; max-width: none; padding: 0 } table { font-size: 9.5pt }
  th, td { padding: .6mm 1.5mm } .page { break-before: page } }
"""
_PAGES = {"a4": "A4", "letter": "letter"}


def html_text(document: Printed) -> str:
    """Return a document as HTML.

    Parameters
    ----------
    document : Printed
        What it says.
    """
    title = _said(document.title)
    lines = [
        "<!DOCTYPE html>",
        f'<html lang="{_said(document.language)}">',
        "<head>",
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>{title}</title>",
        f"<style>{_STYLE % (_PAGES[document.paper], WRITTEN_MM)}</style>",
        "</head>",
        "<body>",
        "<main>",
        f'<h1 dir="auto">{title}</h1>',
    ]
    for number, block in document.numbered:
        lines += _lines(block, number)
    return "\n".join([*lines, "</main>", "</body>", "</html>", ""])


def _lines(block: Block, number: int) -> Iterator[str]:
    match block:
        case Heading(text):
            yield f'<h2 dir="auto">{_said(text)}</h2>'
        case Paragraph(text, small, keep):
            kinds = " ".join(["small"] * small + ["keep"] * keep)
            kind = f' class="{kinds}"' if kinds else ""
            # what a teacher writes may run from right to left
            yield f'<p dir="auto"{kind}>{_said(text)}</p>'
        case Bullets(said, keep):
            kept = ' class="keep"' if keep else ""
            points = "".join(f'<li dir="auto">{_said(point)}</li>' for point in said)
            yield f"<ul{kept}>{points}</ul>"
        case PictureRow(row, width, keep):
            kept = " keep" if keep else ""
            yield f'<div class="row{kept}" style="width: {100 * width:g}%">'
            yield from map(_figure, row)
            yield "</div>"
        case PageBreak():
            yield '<div class="page"></div>'
        case PrintedTable(caption, head, rows):
            yield f"<table><caption>{_said(caption)}</caption>"
            whole = sum(block.widths)
            shares = "".join(f'<col style="width: {100 * w / whole:.1f}%">' for w in block.widths)
            yield f"<colgroup>{shares}</colgroup>"
            names = "".join(f'<th scope="col">{_said(cell)}</th>' for cell in head)
            yield f"<thead><tr>{names}</tr></thead><tbody>"
            high = f' style="height: {block.row_mm:g}mm"' if block.row_mm else ""
            for first, *others in rows:
                cells = "".join(f"<td>{_said(cell)}</td>" for cell in others)
                # what is to be filled in heads nothing yet
                named = f'<th scope="row">{_said(first)}</th>' if first else "<td></td>"
                yield f"<tr{high}>{named}{cells}</tr>"
            yield "</tbody></table>"
        case PrintedQuestion(text, choices, answer, picture):
            yield '<div class="question"><div>'
            yield f'<p dir="auto"><strong>{number}.</strong> {_said(text)}</p>'
            if choices:
                items = "".join(f'<li dir="auto">{_said(choice)}</li>' for choice in choices)
                yield f"<ol>{items}</ol>"
            if answer:
                yield f"<p><strong>{_said(tr('Answer'))}:</strong> {_said(answer)}</p>"
            # only for the eye: a reader hears the question
            yield '<div class="line" aria-hidden="true"></div>' * block.lines
            yield "</div>"
            if picture is not None:
                yield _figure(picture)
            yield "</div>"


def _figure(picture: PrintedPicture) -> str:
    data = base64.b64encode(picture.png).decode()
    caption = f"<figcaption>{_said(picture.caption)}</figcaption>" if picture.caption else ""
    image = f'<img src="data:image/png;base64,{data}" alt="{_said(picture.alt)}">'
    style = f'style="flex-grow: {picture.aspect:.3f}"'
    return f"<figure {style}>{image}{caption}</figure>"


def _said(text: str) -> str:
    return escape(writable(text))
