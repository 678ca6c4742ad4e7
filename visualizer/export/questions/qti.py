"""Questions as a QTI 2.1 package, the exchange format of the IMS Global Learning Consortium."""

from __future__ import annotations

from typing import BinaryIO
from xml.etree.ElementTree import Element, SubElement

from visualizer.export.questions.sheet import QuestionSheet, SheetQuestion
from visualizer.export.questions.zipped import write_zip
from visualizer.export.writable import xml_bytes

__all__ = ["write_qti"]

# Names, not places: nothing is fetched from there.
_ITEM = "http://www.imsglobal.org/xsd/imsqti_v2p1"
_PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
_MATCH = "http://www.imsglobal.org/question/qti_v2p1/rptemplates/match_correct"
_LETTERS = "ABCDEF"


def write_qti(stream: BinaryIO, sheet: QuestionSheet) -> None:
    """Write a package of items with their pictures.

    Parameters
    ----------
    stream : binary stream
        Where to.
    sheet : QuestionSheet
        The questions.
    """
    files = {"imsmanifest.xml": xml_bytes(_manifest(sheet))}
    for name, question in sheet.named:
        files[f"{question.id}.xml"] = xml_bytes(_item(question, name, sheet.language))
    files |= {figure.name: figure.png for figure in sheet.figures}
    write_zip(stream, files)


def _manifest(sheet: QuestionSheet) -> Element:
    root = Element("manifest", xmlns=_PACKAGE, identifier=f"manifest-{sheet.id}")
    metadata = SubElement(root, "metadata")
    SubElement(metadata, "schema").text = "QTIv2.1 Package"
    SubElement(metadata, "schemaversion").text = "1.0.0"
    SubElement(root, "organizations")
    resources = SubElement(root, "resources")
    for question in sheet.questions:
        name = f"{question.id}.xml"
        resource = SubElement(
            resources,
            "resource",
            identifier=f"resource-{question.id}",
            type="imsqti_item_xmlv2p1",
            href=name,
        )
        for file in (name, question.figure.name):
            SubElement(resource, "file", href=file)
    return root


def _item(question: SheetQuestion, name: str, language: str) -> Element:
    root = Element(
        "assessmentItem",
        {
            "xmlns": _ITEM,
            "identifier": question.id,
            "title": name,
            "adaptive": "false",
            "timeDependent": "false",
            "xml:lang": language,
        },
    )
    response = SubElement(
        root,
        "responseDeclaration",
        identifier="RESPONSE",
        cardinality="single",
        baseType="identifier",
    )
    right = SubElement(response, "correctResponse")
    SubElement(right, "value").text = _LETTERS[question.key]
    outcome = SubElement(
        root, "outcomeDeclaration", identifier="SCORE", cardinality="single", baseType="float"
    )
    SubElement(SubElement(outcome, "defaultValue"), "value").text = "0"
    body = SubElement(root, "itemBody")
    # seen by those who mark, not by those who answer
    rubric = SubElement(body, "rubricBlock", view="scorer tutor")
    for text in (question.why, question.ground):
        SubElement(rubric, "p").text = text
    picture = SubElement(body, "p")
    SubElement(picture, "img", src=question.figure.name, alt=question.figure.alt)
    choice = SubElement(
        body, "choiceInteraction", responseIdentifier="RESPONSE", shuffle="true", maxChoices="1"
    )
    SubElement(choice, "prompt").text = question.text
    for letter, text in zip(_LETTERS, question.choices, strict=False):
        SubElement(choice, "simpleChoice", identifier=letter).text = text
    SubElement(root, "responseProcessing", template=_MATCH)
    return root
