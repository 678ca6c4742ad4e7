"""Questions as GIFT, plain text that most teaching systems read. It knows no pictures."""

from __future__ import annotations

import re
from typing import BinaryIO

from visualizer.export.questions.sheet import QuestionSheet, SheetQuestion
from visualizer.export.writable import writable

__all__ = ["write_gift"]


def write_gift(stream: BinaryIO, sheet: QuestionSheet) -> None:
    """Write questions in a category of their own.

    Parameters
    ----------
    stream : binary stream
        Where to.
    sheet : QuestionSheet
        The questions.
    """
    blocks = [f"$CATEGORY: {writable(sheet.category)}"]
    blocks += [_question(question, name) for name, question in sheet.named]
    stream.write(("\n\n".join(blocks) + "\n").encode())


def _question(question: SheetQuestion, name: str) -> str:
    lines = [f"// [id:{question.id}]", f"::{_escaped(name)}::{_plain(question.text)} {{"]
    for place, choice in enumerate(question.choices):
        lines.append(("\t=" if place == question.key else "\t~") + _plain(choice))
    reason = f"{question.why} {question.ground}"
    return "\n".join([*lines, f"\t####{_plain(reason)}", "}"])


def _plain(text: str) -> str:
    """Return a text in which no letter means anything to the format.

    A text is taken for HTML unless it says otherwise; its beginning may be a format or a share.
    """
    written = _escaped(text)
    return f"[plain]{written}" if re.search(r"^[\[%]|[<&]", written) else written


def _escaped(text: str) -> str:
    return re.sub(r"([\\~=#{}:])", r"\\\1", " ".join(writable(text).split()))
