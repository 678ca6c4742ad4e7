"""A strict reader of Moodle XML: what Moodle's importer reads of a question with several answers.

By ``question/format/xml/format.php`` and ``question/format.php`` of Moodle: which elements it looks
at, which values it knows, what it refuses or leaves out without a word.
"""

from __future__ import annotations

import base64
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass

__all__ = ["MoodleQuestion", "read_moodle"]

_READ = {
    "name", "questiontext", "generalfeedback", "defaultgrade", "penalty", "idnumber", "single",
    "shuffleanswers", "answernumbering", "correctfeedback", "partiallycorrectfeedback",
    "incorrectfeedback", "answer",
}  # fmt: skip
_NUMBERINGS = ("abc", "ABCD", "123", "iii", "IIII", "none")
_NAME, _IDNUMBER = 255, 100  # letters that the database keeps


@dataclass(frozen=True)
class MoodleQuestion:
    """What Moodle knows of a question after the import.

    Attributes
    ----------
    idnumber, name, text, feedback : str
        Texts; the last two are HTML.
    answers : tuple of (str, float)
        HTML, and the share of the points.
    files : dict of str to bytes
        What the text shows.
    """

    idnumber: str
    name: str
    text: str
    feedback: str
    answers: tuple[tuple[str, float], ...]
    files: dict[str, bytes]


def _html(element: ET.Element | None, allowed: tuple[str, ...] = ("text",)) -> str:
    assert element is not None
    assert element.get("format") == "html"
    assert {child.tag for child in element} <= {*allowed, "text"}
    (text,) = element.findall("text")
    assert not list(text)
    return (text.text or "").strip()


def _one(element: ET.Element, tag: str) -> str:
    (found,) = element.findall(tag)
    assert not list(found)
    return (found.text or "").strip()


def read_moodle(content: bytes) -> tuple[str, list[MoodleQuestion]]:
    """Return the category's path and the questions of a file.

    Raises
    ------
    AssertionError
        Where the importer would refuse something, take a default for it, or not look at it.
    """
    quiz = ET.fromstring(content)
    assert quiz.tag == "quiz"
    category, *others = quiz
    assert category.get("type") == "category"
    path = (category.findtext("category/text") or "").strip()
    # in the course that is imported into; a double slash would be one letter of a name
    assert re.fullmatch(r"\$course\$/top/[^/]+", path)
    questions = [_question(element) for element in others]
    assert len({q.idnumber for q in questions}) == len(questions)  # doubles lose it
    return path, questions


def _question(element: ET.Element) -> MoodleQuestion:
    assert element.get("type") == "multichoice"
    tags = [child.tag for child in element]
    assert set(tags) == _READ
    assert all(tags.count(tag) == 1 for tag in _READ - {"answer"})
    name = (element.findtext("name/text") or "").strip()
    assert 0 < len(name) <= _NAME
    asked = element.find("questiontext")
    text = _html(asked, ("file",))
    files = {}
    for file in element.findall("questiontext/file"):
        assert (file.get("path"), file.get("encoding")) == ("/", "base64")
        files[file.get("name", "")] = base64.b64decode(file.text or "", validate=True)
    shown = set(re.findall(r'src="@@PLUGINFILE@@/([^"]+)"', text))
    assert shown == set(files)
    assert _one(element, "single") == "true"
    assert _one(element, "shuffleanswers") == "true"
    assert _one(element, "answernumbering") in _NUMBERINGS
    assert float(_one(element, "defaultgrade")) == 1.0
    assert 0.0 <= float(_one(element, "penalty")) <= 1.0
    number = _one(element, "idnumber")
    assert 0 < len(number) <= _IDNUMBER
    answers = []
    for answer in element.findall("answer"):
        said = _html(answer, ("feedback",))
        assert re.sub("<[^>]*>", "", said).strip()  # an empty one is left out
        _html(answer.find("feedback"))
        answers.append((said, float(answer.get("fraction", "")) / 100))
    assert len(answers) >= 2
    # of the shares only some are known, and of a single answer the best one must be whole
    assert {share for _, share in answers} == {0.0, 1.0}
    assert sum(share for _, share in answers) == 1.0
    for tag in ("correctfeedback", "partiallycorrectfeedback", "incorrectfeedback"):
        _html(element.find(tag))
    return MoodleQuestion(
        number, name, text, _html(element.find("generalfeedback")), tuple(answers), files
    )
