"""Questions as Moodle XML: with pictures, feedback and a number each.

Moodle reads a file a second time as other questions, without the numbers that it knows already: to
renew a category, empty it first.
"""

from __future__ import annotations

import base64
from html import escape
from typing import BinaryIO
from xml.etree.ElementTree import Element, SubElement

from visualizer.export.questions.sheet import QuestionSheet, SheetQuestion, reason_html
from visualizer.export.writable import xml_bytes

__all__ = ["write_moodle"]


def write_moodle(stream: BinaryIO, sheet: QuestionSheet) -> None:
    """Write a question bank in a category of its own.

    Parameters
    ----------
    stream : binary stream
        Where to.
    sheet : QuestionSheet
        The questions.
    """
    quiz = Element("quiz")
    category = SubElement(quiz, "question", type="category")
    _text(SubElement(category, "category"), sheet.category)
    for name, question in sheet.named:
        quiz.append(_question(question, name))
    stream.write(xml_bytes(quiz))


def _question(question: SheetQuestion, name: str) -> Element:
    made, figure = Element("question", type="multichoice"), question.figure
    _text(SubElement(made, "name"), name)
    asked = SubElement(made, "questiontext", format="html")
    image = f'<img src="@@PLUGINFILE@@/{figure.name}" alt="{escape(figure.alt)}" width="640">'
    _text(asked, f"<p>{escape(question.text)}</p><p>{image}</p>")
    file = SubElement(asked, "file", name=figure.name, path="/", encoding="base64")
    file.text = base64.b64encode(figure.png).decode()
    _text(SubElement(made, "generalfeedback", format="html"), reason_html(question))
    for tag, text in (
        ("defaultgrade", "1"),
        ("penalty", "0.3333333"),
        ("idnumber", question.id),
        ("single", "true"),
        ("shuffleanswers", "true"),
        ("answernumbering", "ABCD"),
    ):
        SubElement(made, tag).text = text
    for tag in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        _text(SubElement(made, tag, format="html"), "")
    for place, choice in enumerate(question.choices):
        fraction = "100" if place == question.key else "0"
        answer = SubElement(made, "answer", fraction=fraction, format="html")
        _text(answer, f"<p>{escape(choice)}</p>")
        _text(SubElement(answer, "feedback", format="html"), "")
    return made


def _text(parent: Element, text: str) -> None:
    SubElement(parent, "text").text = text
