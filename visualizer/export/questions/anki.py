"""Questions as a deck for Anki: a card for each question, and names that are covered on a picture.

A package is a zip file of a SQLite database (schema 11, which every version reads) and the
pictures. Ids follow from our own: a second import adds only what is new, and changes texts where
the user lets it update notes always. The names use Anki's own note type for covered pictures, with
which they stay editable.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Mapping, Sequence
from contextlib import closing
from html import escape
from typing import Any, BinaryIO

from visualizer.export.questions.sheet import QuestionSheet, reason_html
from visualizer.export.questions.zipped import write_zip
from visualizer.export.writable import writable
from visualizer.texts import tr

__all__ = ["write_anki"]

# Some moment is needed, and must not be that of the export: the same sheet is the same file.
_MADE_S = 1_700_000_000
_LETTERS = "ABCDEF"
_FIELD_END = "\x1f"
# What Anki calls its own kind of note with a covered picture; without it masks cannot be edited.
_OCCLUSION_STOCK, _CLOZE = 6, 1

_TABLES = """
create table col (id integer primary key, crt integer not null, mod integer not null,
  scm integer not null, ver integer not null, dty integer not null, usn integer not null,
  ls integer not null, conf text not null, models text not null, decks text not null,
  dconf text not null, tags text not null);
create table notes (id integer primary key, guid text not null, mid integer not null,
  mod integer not null, usn integer not null, tags text not null, flds text not null,
  sfld integer not null, csum integer not null, flags integer not null, data text not null);
create table cards (id integer primary key, nid integer not null, did integer not null,
  ord integer not null, mod integer not null, usn integer not null, type integer not null,
  queue integer not null, due integer not null, ivl integer not null, factor integer not null,
  reps integer not null, lapses integer not null, left integer not null, odue integer not null,
  odid integer not null, flags integer not null, data text not null);
create table revlog (id integer primary key, cid integer not null, usn integer not null,
  ease integer not null, ivl integer not null, lastIvl integer not null, factor integer not null,
  time integer not null, type integer not null);
create table graves (usn integer not null, oid integer not null, type integer not null);
create index ix_notes_usn on notes (usn);
create index ix_cards_usn on cards (usn);
create index ix_revlog_usn on revlog (usn);
create index ix_cards_nid on cards (nid);
create index ix_cards_sched on cards (did, queue, due);
create index ix_revlog_cid on revlog (cid);
create index ix_notes_csum on notes (csum);
"""
_STYLE = (
    ".card { font-family: sans-serif; font-size: 20px; text-align: left; } img { max-width: 100%; }"
)


def write_anki(stream: BinaryIO, sheet: QuestionSheet) -> None:
    """Write a deck.

    Parameters
    ----------
    stream : binary stream
        Where to.
    sheet : QuestionSheet
        The questions.
    """
    figures = {f.name: f.png for f in (*sheet.figures, sheet.labelled.figure)}
    # all decks of a collection share one folder of pictures
    names = {
        name: f"{sheet.id}-{sheet.language}-{_digest(png)}.png" for name, png in figures.items()
    }
    # in memory: nothing of it can be on a disk that is full
    with closing(sqlite3.connect(":memory:")) as database:
        _fill(database, sheet, names)
        collection = database.serialize()
    media = {str(k): names[name] for k, name in enumerate(figures)}
    files = {"collection.anki2": collection, "media": json.dumps(media).encode()}
    files |= {str(k): png for k, png in enumerate(figures.values())}
    write_zip(stream, files)


def _fill(database: sqlite3.Connection, sheet: QuestionSheet, names: Mapping[str, str]) -> None:
    database.executescript(_TABLES)
    deck = _number(f"deck/{sheet.id}/{sheet.language}")
    asks, covers = _number("model/question"), _number("model/names")
    models = {str(asks): _question_model(asks, deck), str(covers): _names_model(covers, deck)}
    notes: list[tuple[str, int, Sequence[str], int]] = []
    for question in sheet.questions:
        choices = "".join(
            f"<div>{letter}&emsp;{escape(choice)}</div>"
            for letter, choice in zip(_LETTERS, question.choices, strict=False)
        )
        image = _image(names[question.figure.name], question.figure.alt)
        answer = f"{_LETTERS[question.key]}&emsp;{escape(question.right)}"
        fields = escape(question.text), image, choices, answer, reason_html(question)
        notes.append((f"{question.id}-{sheet.language}", asks, fields, 1))
    figure, boxes = sheet.labelled.figure, sheet.labelled.boxes
    if boxes:
        masks = "<br>".join(
            f"{{{{c{k}::image-occlusion:rect:left={left:.4f}:top={top:.4f}"
            f":width={width:.4f}:height={height:.4f}:oi=1}}}}"
            for k, (left, top, width, height) in enumerate(boxes, 1)
        )
        covered = masks, _image(names[figure.name], figure.alt), escape(sheet.title), "", ""
        notes.append((f"names-{sheet.id}-{sheet.language}", covers, covered, len(boxes)))
    decks = {str(k): _deck(k, name) for k, name in ((1, "Default"), (deck, sheet.title))}
    database.execute(
        "insert into col values (1,?,?,?,11,0,0,0,?,?,?,?,?)",
        (
            _MADE_S,
            1000 * _MADE_S,
            1000 * _MADE_S,
            json.dumps({"curDeck": deck, "curModel": str(asks), "nextPos": 1, "schedVer": 2}),
            json.dumps(models),
            json.dumps(decks),
            json.dumps({"1": _DECK_OPTIONS}),
            "{}",
        ),
    )
    for place, (guid, model, texts, cards) in enumerate(notes):
        note = _number(f"note/{guid}")
        first = writable(texts[0])
        checksum = int(hashlib.sha1(first.encode()).hexdigest()[:8], 16)
        database.execute(
            "insert into notes values (?,?,?,?,-1,'',?,?,?,0,'')",
            (note, guid, model, _MADE_S, _FIELD_END.join(map(writable, texts)), first, checksum),
        )
        for card in range(cards):
            database.execute(
                "insert into cards values (?,?,?,?,?,-1,0,0,?,0,0,0,0,0,0,0,0,'')",
                (note + card, note, deck, card, _MADE_S, place + 1),
            )
    database.commit()


def _image(name: str, alt: str) -> str:
    return f'<img src="{name}" alt="{escape(alt)}">'


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


def _number(text: str) -> int:
    """Return a number that stands for a text, within what Anki takes for moments in ms."""
    return 1000 * (1_000_000_000 + zlib.crc32(text.encode()) % 600_000_000)


def _model(number: int, deck: int, name: str, fields: Sequence[str]) -> dict[str, Any]:
    return {
        "id": number,
        "name": name,
        "type": 0,
        "mod": _MADE_S,
        "usn": -1,
        "sortf": 0,
        "did": deck,
        "css": _STYLE,
        "latexPre": "",
        "latexPost": "",
        "req": [[0, "any", [0]]],
        "tags": [],
        "vers": [],
        "flds": [
            {"name": field, "ord": k, "font": "Arial", "size": 20, "media": [], "rtl": False,
             "sticky": False}
            for k, field in enumerate(fields)
        ],
    }  # fmt: skip


def _template(name: str, front: str, back: str) -> dict[str, Any]:
    return {
        "name": name, "ord": 0, "qfmt": front, "afmt": back, "bqfmt": "", "bafmt": "", "did": None,
    }  # fmt: skip


def _question_model(number: int, deck: int) -> dict[str, Any]:
    fields = tr("Question"), tr("Picture"), tr("Choices"), tr("Answer"), tr("Why")
    model = _model(number, deck, tr("Question about a lift"), fields)
    asked, picture, choices, answer, why = (f"{{{{{field}}}}}" for field in fields)
    front = f"<p>{asked}</p>{picture}{choices}"
    back = f"{{{{FrontSide}}}}<hr id=answer><p><b>{answer}</b></p>{why}"
    return model | {"tmpls": [_template(tr("Question"), front, back)]}


def _names_model(number: int, deck: int) -> dict[str, Any]:
    """Return Anki's own kind of note for a picture with covered places."""
    fields = "Occlusion", "Image", "Header", "Back Extra", "Comments"
    model = _model(number, deck, "Image Occlusion", fields)
    shown = """{{#Header}}<div>{{Header}}</div>{{/Header}}
<div style="display: none">{{cloze:Occlusion}}</div>
<div id="err"></div>
<div id="image-occlusion-container">{{Image}}<canvas id="image-occlusion-canvas"></canvas></div>
<script>
try { anki.imageOcclusion.setup(); }
catch (exc) { document.getElementById("err").innerHTML = `${exc}`; }
</script>
"""
    back = shown + "{{#Back Extra}}<div>{{Back Extra}}</div>{{/Back Extra}}"
    style = (
        _STYLE + " #image-occlusion-canvas { --inactive-shape-color: #d8d6d0; "
        "--active-shape-color: #f0b429; }"
    )
    return model | {
        "type": _CLOZE,
        "css": style,
        "originalStockKind": _OCCLUSION_STOCK,
        "tmpls": [_template("Image Occlusion", shown, back)],
    }


def _deck(number: int, name: str) -> dict[str, Any]:
    return {
        "id": number, "name": name, "mod": _MADE_S, "usn": -1, "conf": 1, "dyn": 0, "desc": "",
        "collapsed": False, "browserCollapsed": False, "extendNew": 0, "extendRev": 0,
        "newToday": [0, 0], "revToday": [0, 0], "lrnToday": [0, 0], "timeToday": [0, 0],
    }  # fmt: skip


_DECK_OPTIONS: Mapping[str, Any] = {
    "id": 1, "name": "Default", "mod": 0, "usn": 0, "maxTaken": 60, "autoplay": True, "timer": 0,
    "replayq": True, "dyn": False,
    "new": {"bury": True, "delays": [1, 10], "initialFactor": 2500, "ints": [1, 4, 7],
            "order": 1, "perDay": 20, "separate": True},
    "rev": {"bury": True, "ease4": 1.3, "fuzz": 0.05, "ivlFct": 1, "maxIvl": 36500,
            "minSpace": 1, "perDay": 200},
    "lapse": {"delays": [10], "leechAction": 0, "leechFails": 8, "minInt": 1, "mult": 0},
}  # fmt: skip
