"""The hand-out of a variation: what moves, who works how, and why, on a page or two.

Three sheets are made of the same data: the plain one tells all but the answers of its questions;
the blank one is to be filled in and holds no answer anywhere, neither in words nor in pictures nor
in what a screen reader is told; the one with answers is the teacher's.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from PIL import Image

from visualizer import __version__
from visualizer.analysis.dispute import disputed_roles
from visualizer.analysis.evidence import sources_of
from visualizer.analysis.movement import (
    COLUMNS,
    movement_phrase,
    movement_word,
    movements_of,
)
from visualizer.analysis.words import (
    capitalised,
    contraction_word,
    phase_word,
    role_word,
    text_in,
)
from visualizer.catalog.citation import found_by
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.export.chart_letters import chart_letters
from visualizer.export.document import (
    Block,
    Heading,
    PageBreak,
    Paragraph,
    PictureRow,
    Printed,
    PrintedPicture,
    PrintedQuestion,
    PrintedTable,
    answer_text,
)
from visualizer.export.drawing import moment_words
from visualizer.export.lettering import text_width
from visualizer.export.png import bare_image, paint
from visualizer.export.questions.sheet import make_sheet, png_bytes
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.doubt import doubt_signs
from visualizer.scene.labels import LabelRoom
from visualizer.scene.legend import LegendRoom, legend, legend_words
from visualizer.scene.overlay import Overlay, Stroke, Text
from visualizer.scene.palette import theme
from visualizer.scene.request import BARE, Layers, RenderedView, RenderRequest, SceneOptions
from visualizer.texts import N_, language, tr

__all__ = ["Sheet", "View", "make_handout"]

_STRIP = (
    (N_("Bottom"), PhaseId.LIFT, 0.0),
    (N_("Lifting"), PhaseId.LIFT, 0.5),
    (N_("Top"), PhaseId.LIFT, 1.0),
    (N_("Lowering"), PhaseId.LOWERING, 0.5),
)
# On a page 186 mm wide, where two pictures of a lying body or four of a standing one are side by
# side, and the named body beside the chart. The letters of names and legend are 9.5 points high
# there, or nearly; those of the roles, in pixels of each picture, 7.5 points.
_LYING, _STANDING, _SMALL = (800, 340), (400, 560), (520, 310)
_NAMED, _CHART = (1280, 640), (620, 640)
_NAME_PX, _ROOM_PX = 31.0, 20.0
_LEGEND_PX, _LEGEND_WIDTH = 34.0, 1860.0
_STRIP_LETTER_PX, _LETTER_PX = 24.5, 27.5
_GLANCE = (160, 160)  # enough to see whether a body lies or stands
# Widths of the columns of the movement analysis to each other.
_MOVEMENT_SHARES = (1.1, 1.25, 1.1, 1.1, 1.5, 1.5, 1.2)
_QUESTIONS, _COLOURS = 3, 256
_RULE_PX, _PAPER_PX = 2.0, 20.0

View = Callable[[RenderRequest], RenderedView]


class Sheet(StrEnum):
    """Which of the sheets."""

    PLAIN = "plain"
    BLANK = "blank"
    ANSWERS = "answers"


@dataclass(frozen=True)
class _Maker:
    repetition: Repetition
    view: View
    blank: bool

    def picture(self, request: RenderRequest, caption: str = "") -> PrintedPicture:
        """Return a picture; on the blank sheet the body alone, and lines without names."""
        if not self.blank:
            shown = self.view(request)
            image = bare_image(shown)
            paint(image, shown.overlay)
            if request.chart:
                paint(image, chart_letters(shown, self.repetition, _LETTER_PX / _CHART[1]))
        else:
            # nothing that works is told by colour; lines lead to where names are to be written,
            # on the same picture: names take room, and so the body stands as it does with them
            options = replace(request.options, only=frozenset(), swelling=False)
            layers = replace(request.layers, marks=False, outline=False)
            image = bare_image(self.view(replace(request, options=options, layers=layers)))
            if layers.labels is not None:
                lines = self.view(replace(request, layers=layers)).overlay
                paint(image, _to_fill_in(lines))
        return PrintedPicture(png_bytes(image, _COLOURS), self.alt(request), caption)

    def alt(self, request: RenderRequest) -> str:
        """Return what a picture shows; on the blank sheet not who works."""
        instant = request.instant
        if not self.blank:
            return moment_words(self.repetition, instant)
        text = tr("{variation}: {phase}, {percent} %.")
        return text.format(
            variation=self.repetition.variation.display_name(language()),
            phase=phase_word(instant.phase),
            percent=round(100 * instant.fraction),
        )

    def instant(self, phase: PhaseId, share: float) -> Instant:
        """Return a moment."""
        return self.repetition.instant_of(phase, share)

    def stands(self) -> bool:
        """Return whether body and gear are higher than wide."""
        middle = self.instant(PhaseId.LIFT, 0.5)
        seen = self.view(RenderRequest(middle, _GLANCE, layers=BARE)).picture.part >= 0
        return bool(seen.any(axis=1).sum() > seen.any(axis=0).sum())

    def pictures(self) -> list[Block]:
        """Return the phases as a strip, then the named body and the chart."""
        plain, lettered = SceneOptions(), Layers(least_letter_px=_STRIP_LETTER_PX)
        size, in_row = (_STANDING, 4) if self.stands() else (_LYING, 2)
        if self.blank:  # without letters a small picture tells as much
            size, in_row = _SMALL, 4
        strip = [
            self.picture(
                RenderRequest(
                    self.instant(phase, share), size,
                    options=plain, layers=lettered, supersample=2,
                ),
                tr(name),
            )
            for name, phase, share in _STRIP
        ]  # fmt: skip
        rows = [PictureRow(tuple(strip[k : k + in_row])) for k in range(0, len(strip), in_row)]
        middle = self.instant(PhaseId.LIFT, 0.5)
        room = LabelRoom(text_width, _NAME_PX, above_px=_ROOM_PX, language=language())
        named = RenderRequest(
            middle, _NAMED, ViewName.SIDE, plain,
            Layers(labels=room, least_letter_px=_LETTER_PX), supersample=2,
        )  # fmt: skip
        chart = RenderRequest(middle, _CHART, options=plain, supersample=2, chart=True)
        large = (
            self.picture(named, tr("Half-way up")),
            self.picture(chart, tr("Front and back")),
        )
        return [
            *rows,
            PictureRow(large),
            # nothing is coloured or marked on the blank sheet
            *([] if self.blank else [PictureRow((_legend_picture(self.repetition),))]),
        ]

    def muscles(self) -> PrintedTable:
        """Return who works, in which role, and how in each phase."""
        phases = [span.id for span in self.repetition.schedule.spans]
        head = (tr("Muscle"), tr("Role"), *map(phase_word, phases))
        rows = tuple(
            (
                self.repetition.name_of(action, language()),
                role_word(action.role),
                *(contraction_word(self.repetition.contraction(action, p)) for p in phases),
            )
            for action in self.repetition.variation.muscles
        )
        return PrintedTable(tr("Muscles, roles and contractions"), head, self.covered(rows, 0))

    def movements(self) -> PrintedTable:
        """Return the movement analysis."""
        rows = []
        for row in movements_of(self.repetition, language()):
            contraction = "–" if row.contraction is None else contraction_word(row.contraction)
            who = (", ".join(m.name for m in muscles) or "–" for muscles in row.columns.values())
            place = f"{phase_word(PhaseId(row.phase))}: {movement_word(row.joint)}"
            rows.append((place, movement_phrase(row), contraction, *who))
        columns = (capitalised(movement_word(column)) for column in COLUMNS)
        head = (tr("Phase: joint"), tr("Movement"), tr("Contraction"), *columns)
        cells = self.covered(tuple(rows), 1)
        return PrintedTable(tr("Movement analysis"), head, cells, _MOVEMENT_SHARES)

    def covered(self, rows: tuple[tuple[str, ...], ...], shown: int) -> tuple[tuple[str, ...], ...]:
        """Return rows with nothing behind their first cells on the blank sheet."""
        if not self.blank:
            return rows
        return tuple((*row[:shown], *("" for _ in row[shown:])) for row in rows)


def _to_fill_in(names: Overlay) -> Overlay:
    """Return the lines that lead to names, each with a line to write on in the name's place.

    All are equally long, as long as the shortest line of a name: their lengths tell nothing, and
    they stand clear of each other.
    """
    texts = list(names.texts)
    last = [
        text
        for k, text in enumerate(texts)
        if not (k + 1 < len(texts) and _goes_on(text, texts[k + 1]))
    ]
    wide = min((text_width(text.text, text.size_px) for text in last), default=0.0)
    # the paper behind a name is as wide as the name, and as high as its lines
    lines = [stroke for stroke in names.strokes if stroke.width_px < _PAPER_PX]
    rules = []
    for text in last:
        left = text.x - {"left": 0.0, "centre": wide / 2.0, "right": wide}[text.align]
        # a name above the body may have one line or two; where its leader begins tells neither
        begins = [s.points[0][1] for s in lines if abs(s.points[0][0] - text.x) < 1.0]
        y = min(begins, default=text.y + text.size_px / 2.0)
        rules.append(Stroke(((left, y), (left + wide, y)), text.colour, _RULE_PX))
    return replace(names, texts=(), shapes=(), discs=(), strokes=(*lines, *rules))


def _goes_on(text: Text, below: Text) -> bool:
    """Return whether a text is the line of a name that another one is the next of."""
    return (text.x, text.align) == (
        below.x,
        below.align,
    ) and 0 < below.y - text.y < 2 * text.size_px


def _legend_picture(repetition: Repetition) -> PrintedPicture:
    """Return what colours, letters and marks mean."""
    look, signs = theme("light"), doubt_signs(disputed_roles(repetition))
    made = legend(LegendRoom(text_width, _LEGEND_PX, _LEGEND_WIDTH, paper=False, signs=signs), look)
    words = [*legend_words(), *(f"{sign} {word}" for sign, word in signs)]
    image = Image.new("RGB", (round(_LEGEND_WIDTH), made.size_px[1]), "#ffffff")
    paint(image, made.overlay)
    return PrintedPicture(png_bytes(image, _COLOURS), ", ".join(words))


def make_handout(
    repetition: Repetition,
    view: View,
    sheet: Sheet = Sheet.PLAIN,
    paper: str = "a4",
    date: datetime.date | None = None,
    tell: Callable[[int, int], object] = lambda done, of: None,
) -> Printed:
    """Return the hand-out of a variation, in the language of the interface.

    Parameters
    ----------
    repetition : Repetition
        What it is about.
    view : callable
        Draws its pictures.
    sheet : Sheet
        Which of the three.
    paper : str
        ``"a4"`` or ``"letter"``.
    date : date, optional
        The day that stands at its foot; today by default.
    tell : callable
        Takes how much is done, and of how much.
    """
    blank = sheet is Sheet.BLANK
    maker, variation = _Maker(repetition, view, blank), repetition.variation
    blocks: list[Block] = []
    if blank:
        blocks.append(Paragraph(tr("Name: ____________________   Class: __________")))
    else:
        blocks.append(Paragraph(text_in(variation.summary.text)))
    blocks += maker.pictures()
    tell(1, 3)
    blocks.append(maker.muscles())
    if not blank and variation.muscles:
        first = variation.muscles[0]
        name = repetition.name_of(first, language())
        blocks.append(Paragraph(f"{name}: {text_in(first.why)}"))
    blocks += [PageBreak(), maker.movements()]
    asked = make_sheet(repetition, view, _QUESTIONS).questions
    tell(2, 3)
    if asked:
        blocks.append(Heading(tr("Questions")))
    for question in asked:
        pictured = PrintedPicture(question.figure.png, question.figure.alt)
        answer = ""
        if sheet is Sheet.ANSWERS:
            answer = answer_text(question.choices, question.key, question.why)
        blocks.append(PrintedQuestion(question.text, question.choices, answer, pictured))
    if not blank:
        blocks.append(Heading(tr("Sources")))
        found = sources_of(variation, repetition.catalog)
        blocks.append(Paragraph("; ".join(map(found_by, found)) + ".", small=True))
    day = (date or datetime.date.today()).isoformat()
    foot = tr("Made on {date} with the app “Hip thrust visualizer” {version}.").format(
        date=day, version=__version__
    )
    blocks.append(Paragraph(foot, small=True))
    title = variation.display_name(language())
    if sheet is Sheet.ANSWERS:
        title = tr("{title}: answers").format(title=title)
    tell(3, 3)
    return Printed(capitalised(title), language(), tuple(blocks), paper)
