"""The hand-out of a variation: what moves, who works how, and why, on a page or two.

Three sheets are made of the same data: the plain one tells all but the answers of its questions;
the blank one is to be filled in and holds no answer anywhere, neither in words nor in pictures nor
in what a screen reader is told; the one with answers is the teacher's.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property

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
from visualizer.catalog.variation import MuscleAction
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
    PrintedTable,
    page_mm,
    question_height_mm,
    row_height_mm,
)
from visualizer.export.drawing import WAY_SIGN, moment_words, way_word
from visualizer.export.handout_notes import (
    NOTHING,
    possible_words,
    signed,
    table_notes,
    who,
    word_notes,
)
from visualizer.export.handout_questions import handout_questions
from visualizer.export.lettering import text_width
from visualizer.export.numbered import (
    Numbered,
    bare,
    cropped,
    numbered,
    ringed,
    with_key,
    with_numbers,
)
from visualizer.export.png import bare_image, paint
from visualizer.export.questions.sheet import png_bytes
from visualizer.export.sheet import strip_moments
from visualizer.lifts.base import ViewName
from visualizer.lifts.vocabulary import PhaseId
from visualizer.scene.doubt import doubt_signs
from visualizer.scene.labels import APART, LabelRoom
from visualizer.scene.legend import LegendRoom, legend, legend_words
from visualizer.scene.palette import theme
from visualizer.scene.request import BARE, Layers, RenderedView, RenderRequest
from visualizer.texts import language, tr

__all__ = ["Sheet", "View", "make_handout"]

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
_COLOURS = 256
# Of the blank sheet: pictures of the strip of an upright body, digits, and what is left to write
# in. A row of 9 mm takes handwriting, more than 22 mm is more than anyone fills.
_SQUARE = (400, 440)
_DIGIT_PX = 27.5
_NUMBER_SHARE = 0.28
_LEAST_ROW_MM, _GOOD_ROW_MM, _MOST_ROW_MM = 9.5, 11.5, 22.0
_LEAST_LARGE_MM = 60.0
# What stands on the blank sheet's pages beside pictures, rows and questions, millimetres.
_OTHERWISE_MM = 38.0, 41.0

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
    sheet: Sheet
    paper: str

    @property
    def blank(self) -> bool:
        return self.sheet is Sheet.BLANK

    def picture(self, request: RenderRequest, caption: str = "") -> PrintedPicture:
        """Return a picture; on the blank sheet the body alone."""
        if self.blank:
            image = bare_image(self.view(bare(request)))
        else:
            shown = self.view(request)
            image = bare_image(shown)
            paint(image, shown.overlay)
            if request.layers.labels is not None and self.sheet is Sheet.ANSWERS:
                paint(image, ringed(shown.overlay))
            if request.chart and self.sheet is Sheet.ANSWERS:
                paint(image, self.numbered.chart)  # as on the sheet that was filled in
            elif request.chart:
                paint(image, chart_letters(shown, self.repetition, _LETTER_PX / _CHART[1]))
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

    @cached_property
    def stands(self) -> bool:
        """Return whether body and gear are higher than wide."""
        middle = self.instant(PhaseId.LIFT, 0.5)
        seen = self.view(RenderRequest(middle, _GLANCE, layers=BARE)).picture.part >= 0
        return bool(seen.any(axis=1).sum() > seen.any(axis=0).sum())

    @cached_property
    def named(self) -> RenderRequest:
        """What draws the large picture, with names."""
        room = LabelRoom(text_width, _NAME_PX, above_px=_ROOM_PX, language=language(), apart=APART)
        layers = Layers(labels=room, least_letter_px=_LETTER_PX)
        middle = self.instant(PhaseId.LIFT, 0.5)
        return RenderRequest(middle, _NAMED, ViewName.SIDE, layers=layers, supersample=2)

    @cached_property
    def chart(self) -> RenderRequest:
        """What draws the chart."""
        middle = self.instant(PhaseId.LIFT, 0.5)
        return RenderRequest(middle, _CHART, supersample=2, chart=True)

    @cached_property
    def numbered(self) -> Numbered:
        """The numbers that stand on the blank sheet in the place of names."""
        request = with_numbers(self.named, self.repetition, beside=self.stands)
        picture = self.view(replace(request, supersample=1))
        chart = self.view(replace(bare(self.chart), supersample=1))
        return numbered(self.repetition, picture, chart, _DIGIT_PX / _CHART[1])

    @property
    def numbers(self) -> Mapping[str, int] | None:
        """The numbers of the muscles on the blank sheet and in its key, None on the other."""
        return None if self.sheet is Sheet.PLAIN else self.numbered.numbers

    def strip(self) -> list[PictureRow]:
        """Return the phases."""
        size, in_row = (_STANDING, 4) if self.stands else (_LYING, 2)
        if self.blank:  # without letters a small picture tells as much
            size, in_row = (_SQUARE if self.stands else _SMALL), 4
        lettered = Layers(least_letter_px=_STRIP_LETTER_PX, near=True)
        strip = [
            self.picture(RenderRequest(instant, size, layers=lettered, supersample=2), caption)
            for caption, instant in strip_moments(self.repetition)
        ]
        return [PictureRow(tuple(strip[k : k + in_row])) for k in range(0, len(strip), in_row)]

    def large(self, room_mm: float) -> PictureRow:
        """Return the body half-way up and the chart, on the blank sheet not higher than that."""
        captions = tr("Half-way up"), tr("Front and back")
        if not self.blank:
            request = self.named
            if self.numbers is not None:
                request = with_key(request, self.numbers, beside=self.stands)
            return PictureRow(
                (self.picture(request, captions[0]), self.picture(self.chart, captions[1]))
            )
        made = self.numbered
        pictures = []
        for request, over, caption, span in (
            (self.named, made.picture, captions[0], (1, made.on_picture)),
            (self.chart, made.chart, captions[1], (made.on_picture + 1, len(made.numbers))),
        ):
            image = cropped(self.view(bare(request)), over)
            alt = self.alt(request)
            if span[0] <= span[1]:
                text = tr("Muscles are numbered from {first} to {last}.")
                alt += " " + text.format(first=span[0], last=span[1])
            pictures.append(PrintedPicture(png_bytes(image, _COLOURS), alt, caption))
        row = PictureRow(tuple(pictures))
        # an upright body would take all of the page
        return replace(row, width=min(1.0, room_mm / row_height_mm(row, self.paper)))

    @property
    def ordered(self) -> tuple[MuscleAction, ...]:
        """The muscles in the order of the table."""
        actions, numbers = self.repetition.variation.muscles, self.numbers
        if numbers is None:
            return actions
        return tuple(sorted(actions, key=lambda action: numbers[action.muscle]))

    def muscles(self, row_mm: float = 0.0) -> PrintedTable:
        """Return who works, in which role, and how in each phase."""
        phases = [span.id for span in self.repetition.schedule.spans]
        head = (tr("Muscle"), tr("Role"), *map(phase_word, phases))
        rows = tuple(
            (
                self.repetition.name_of(action, language()),
                role_word(action.role),
                *(signed(action, p, self.repetition) for p in phases),
            )
            for action in self.ordered
        )
        caption = tr("Muscles, roles and contractions")
        if self.numbers is None:
            return PrintedTable(caption, head, rows)
        rows = tuple(
            (str(self.numbers[action.muscle]), *row)
            for action, row in zip(self.ordered, rows, strict=True)
        )
        shares = (_NUMBER_SHARE, 1.5, *(1.0 for _ in head[1:]))
        return PrintedTable(caption, (tr("No."), *head), self.covered(rows, 1), shares, row_mm)

    def movements(self) -> PrintedTable:
        """Return the movement analysis."""
        rows = []
        for row in movements_of(self.repetition, language()):
            contraction = NOTHING
            if row.contraction is not None:
                contraction = contraction_word(row.contraction)
            names = (who(muscles, row, self.repetition) for muscles in row.columns.values())
            place = f"{phase_word(PhaseId(row.phase))}: {movement_word(row.joint)}"
            rows.append((place, movement_phrase(row), contraction, *names))
        columns = (capitalised(movement_word(column)) for column in COLUMNS)
        head = (tr("Phase: joint"), tr("Movement"), tr("Contraction"), *columns)
        cells = self.covered(tuple(rows), 1)
        return PrintedTable(tr("Movement analysis"), head, cells, _MOVEMENT_SHARES)

    def covered(self, rows: tuple[tuple[str, ...], ...], shown: int) -> tuple[tuple[str, ...], ...]:
        """Return rows with nothing behind their first cells on the blank sheet."""
        if not self.blank:
            return rows
        return tuple((*row[:shown], *("" for _ in row[shown:])) for row in rows)


def _row_mm(paper: str, used_mm: float, rows: int) -> float:
    """Return how high the rows of a table are that fills the rest of a page."""
    left_mm = page_mm(paper)[1] - used_mm
    return min(max(left_mm / max(rows, 1), _LEAST_ROW_MM), _MOST_ROW_MM)


def _legend_picture(repetition: Repetition) -> PrintedPicture:
    """Return what colours, letters and marks mean."""
    look, signs = theme("light"), doubt_signs(disputed_roles(repetition))
    signs = (*signs, (WAY_SIGN, way_word([repetition])))
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
    others: Sequence[Repetition] = (),
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
    others : sequence of Repetition
        Variations that it may be compared with.
    """
    blank = sheet is Sheet.BLANK
    maker, variation = _Maker(repetition, view, sheet, paper), repetition.variation
    blocks: list[Block] = []
    if blank:
        blocks.append(Paragraph(tr("Name: ____________________   Class: __________")))
        blocks.append(
            Paragraph(
                tr(
                    "Write into each row the name of the muscle with that number, its role, and "
                    "how it contracts in each phase."
                )
            )
        )
        blocks.append(Paragraph(possible_words(), small=True))
    else:
        blocks.append(Paragraph(text_in(variation.summary.text)))
    strip = maker.strip()
    used = _OTHERWISE_MM[0] + sum(row_height_mm(row, paper) for row in strip)
    room = page_mm(paper)[1] - used - _GOOD_ROW_MM * len(variation.muscles)
    large = maker.large(max(room, _LEAST_LARGE_MM))
    blocks += [*strip, large]
    tell(1, 3)
    if blank:
        used += row_height_mm(large, paper)
        blocks.append(maker.muscles(_row_mm(paper, used, len(variation.muscles))))
    else:
        blocks += [PictureRow((_legend_picture(repetition),)), maker.muscles()]
    if not blank and variation.muscles:
        first = variation.muscles[0]
        name = repetition.name_of(first, language())
        blocks.append(Paragraph(f"{name}: {text_in(first.why)}"))
    blocks.append(PageBreak())
    if blank:
        blocks.append(
            Paragraph(
                tr(
                    "Write for each phase how the joint moves and which muscles work there: their "
                    "numbers, or the names of others."
                )
            )
        )
        blocks.append(Paragraph(word_notes(filled=False), small=True))
    answered = sheet is Sheet.ANSWERS
    asked = handout_questions(repetition, view, others, maker.numbers, answered=answered)
    tell(2, 3)
    movements = maker.movements()
    if blank:
        used = _OTHERWISE_MM[1] + sum(map(question_height_mm, asked))
        row_mm = _row_mm(paper, used, len(movements.rows))
        movements = replace(movements, row_mm=row_mm)
    blocks.append(movements)
    if not blank:
        notes = table_notes(repetition, members=answered)
        blocks.append(Paragraph(" ".join((word_notes(filled=True), *notes)), small=True))
    if asked:
        blocks += [Heading(tr("Questions")), *asked]
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
