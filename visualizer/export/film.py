"""Films of a repetition, or of two that are compared: which moments, and what each shows.

The moments of a film lie evenly on its way, and the one after the last is the first again, so that
a whole repetition runs on without a jump. :mod:`visualizer.export.film_files` writes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from PIL import Image

from visualizer.analysis.words import change_word, muscle_name, phase_word
from visualizer.catalog.variation import Role
from visualizer.errors import UsageError
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.export.compared import ComparedBody, draw_compared
from visualizer.export.drawing import WAY_SIGN, way_word
from visualizer.export.film_title import film_title
from visualizer.export.picture import Pictures
from visualizer.export.picture_files import painted
from visualizer.export.png import to_image
from visualizer.lifts.schedule import Playhead
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Rasterizer
from visualizer.scene.doubt import explained, signs_of
from visualizer.scene.palette import theme
from visualizer.scene.request import RenderRequest
from visualizer.scene.spots import SpotKeeper
from visualizer.texts import language, tr

__all__ = ["Film", "FilmStage", "SecondFilmed", "captions", "frames", "srt"]

# Bands per second of the repetition, as on the stage.
_BANDS_PER_S = 0.8
# So many pictures are drawn beforehand: marks stand as they do when the film comes round.
_RUN_UP = 8
_MOST_PICTURES = 3000


@dataclass(frozen=True)
class SecondFilmed:
    """The second body of a film of a comparison.

    Attributes
    ----------
    repetition : Repetition
        What it does, at the place of the first body by phase and share.
    request : RenderRequest
        What each picture shows of it, in the size of the first body's.
    size : (int, int)
        Width and height of the whole picture, pixels.
    overlaid : bool
        Whether it is an outline over the first body, rather than a body beside it.
    stays : Playhead or None
        Where it stays; None while it follows.
    names : (str, str)
        What stands above the two; empty for the names of their variations.
    """

    repetition: Repetition
    request: RenderRequest
    size: tuple[int, int]
    overlaid: bool = False
    stays: Playhead | None = None
    names: tuple[str, str] = ("", "")

    def instant(self, first: Instant) -> Instant:
        """Return what it does while the first body does something."""
        place = self.place(Playhead(first.phase, first.fraction))
        return self.repetition.instant_of(place.phase, place.fraction)

    def place(self, first: Playhead) -> Playhead:
        """Return where it is while the first body is somewhere."""
        return self.repetition.schedule.nearest(self.stays or first)


@dataclass(frozen=True)
class Film:
    """What is filmed, and how fast.

    Attributes
    ----------
    repetition : Repetition
        What is done.
    request : RenderRequest
        What each picture shows; the moment is set for each.
    phase : PhaseId or None
        The phase that is filmed, None for all of them.
    speed : float
        1 as in life, less is slower.
    loop : bool
        Whether it begins anew at its end.
    second : SecondFilmed or None
        The body that it is compared with.
    title_px : int
        How high the band above its pictures is, which says what is done and in which phase it is;
        0 for none. See :mod:`visualizer.export.film_title`.
    """

    repetition: Repetition
    request: RenderRequest
    phase: PhaseId | None = None
    speed: float = 1.0
    loop: bool = True
    second: SecondFilmed | None = None
    title_px: int = 0

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of its pictures, the band included, pixels."""
        width, height = self.request.size if self.second is None else self.second.size
        return width, height + self.title_px

    @property
    def phases(self) -> tuple[PhaseId, ...]:
        """The phases that it shows, in their order."""
        every = tuple(span.id for span in self.repetition.schedule.spans)
        return every if self.phase is None else (self.phase,)

    @property
    def title(self) -> str:
        """What is done."""
        own = self.repetition.variation.display_name(language())
        if self.second is None:
            return own
        other = self.second.repetition.variation.display_name(language())
        if own == other:
            return own
        return tr("{first} and {second}").format(first=own, second=other)

    @property
    def start_s(self) -> float:
        """Where it begins, seconds of the repetition."""
        schedule = self.repetition.schedule
        return 0.0 if self.phase is None else schedule.span(self.phase).start_s

    @property
    def length_s(self) -> float:
        """How much of the repetition it shows, seconds."""
        schedule = self.repetition.schedule
        if self.phase is None:
            return schedule.duration_s
        span = schedule.span(self.phase)
        return span.end_s - span.start_s

    def instants(self, frame_ms: float) -> tuple[Instant, ...]:
        """Return the moments of the pictures.

        Parameters
        ----------
        frame_ms : float
            How long each is shown.

        Raises
        ------
        UsageError
            When it would be too many.
        """
        count = max(round(1e3 * self.length_s / self.speed / frame_ms), 1)
        if count > _MOST_PICTURES:
            text = tr("the film would have {count} pictures; {most} are possible")
            raise UsageError(text.format(count=count, most=_MOST_PICTURES))
        if self.phase is not None:
            # a phase alone is shown to its very end
            ends = max(count - 1, 1)
            shares = [k / ends for k in range(count)]
            return tuple(self.repetition.instant_of(self.phase, share) for share in shares)
        return tuple(self.repetition.instant(self.length_s * k / count) for k in range(count))


def _explained(
    request: RenderRequest, pictures: Pictures, repetition: Repetition, phases: Sequence[PhaseId],
    way: str,
) -> RenderRequest:  # fmt: skip
    """Return a request whose legend explains the signs of all phases, and the large arrow."""
    if request.layers.legend is None:
        return request
    signs = signs_of(request, repetition, phases)
    rough = pictures.view(replace(request, supersample=1, moving=True))
    if rough.overlay.under:  # it stands where there is room, not where the load is
        signs = (*signs, (WAY_SIGN, way))
    return explained(request, signs)


class FilmStage:
    """Draws the pictures of a film; what they share is made once.

    Parameters
    ----------
    film : Film
        What is filmed.
    """

    def __init__(self, film: Film) -> None:
        self._film, rasterizer = film, Rasterizer()
        # a legend that followed the moment would jump
        shown_in = list(film.phases)
        shown = [film.repetition] + ([film.second.repetition] if film.second else [])
        self._pictures = [Pictures(own.body.surface, own, rasterizer) for own in shown]
        way = way_word(shown)
        self._request = _explained(film.request, self._pictures[0], film.repetition, shown_in, way)
        self._second: RenderRequest | None = None
        if (second := film.second) is not None:
            shown_in = [second.place(Playhead(phase, 0.5)).phase for phase in shown_in]
            self._second = _explained(
                second.request, self._pictures[1], second.repetition, shown_in, way
            )
        self._titles: dict[PhaseId, Image.Image] = {}

    def keepers(self) -> list[SpotKeeper]:
        """Return the memory of one who sees the film, for each body; see :meth:`draw`."""
        return [SpotKeeper(pictures.stage.part_vertices) for pictures in self._pictures]

    def draw(
        self, instant: Instant, clock: float, keepers: list[SpotKeeper], *, rough: bool = False
    ) -> Image.Image:
        """Return a picture of the film.

        Parameters
        ----------
        instant : Instant
            What the first body does.
        clock : float
            Moves the bands of the pattern.
        keepers : list of SpotKeeper
            Hold the marks on their places from picture to picture.
        rough : bool
            Whether nobody sees it: it only settles where marks stand.
        """
        drawn = self._bodies(instant, clock, keepers, rough=rough)
        if rough or not self._film.title_px:
            return drawn
        image = Image.new("RGB", self._film.size)
        image.paste(self._title(instant.phase), (0, 0))
        image.paste(drawn, (0, self._film.title_px))
        return image

    def _title(self, phase: PhaseId) -> Image.Image:
        """Return the band above the pictures of a phase."""
        if phase not in self._titles:
            film, look = self._film, theme(self._film.request.options.theme)
            size = film.size[0], film.title_px
            self._titles[phase] = film_title(film.title, film.phases, phase, size, look)
        return self._titles[phase]

    def _bodies(
        self, instant: Instant, clock: float, keepers: list[SpotKeeper], *, rough: bool
    ) -> Image.Image:
        """Return what stands below the band."""
        film = self._film

        def at(request: RenderRequest, moment: Instant) -> RenderRequest:
            options = replace(request.options, clock=clock)
            request = replace(request, instant=moment, options=options)
            return replace(request, supersample=1, moving=True) if rough else request

        second, request = film.second, at(self._request, instant)
        if second is None or self._second is None:
            return to_image(self._pictures[0].view(request, keepers[0]))
        other = at(self._second, second.instant(instant))
        shown = (film.repetition, request), (second.repetition, other)
        bodies = [
            ComparedBody(pictures, own, asked, name, keeper)
            for pictures, (own, asked), name, keeper in zip(
                self._pictures, shown, second.names, keepers, strict=True
            )
        ]
        return painted(draw_compared(bodies[0], bodies[1], second.size, overlaid=second.overlaid))


def frames(
    film: Film,
    frame_ms: float,
    tell: Callable[[int, int], object] = lambda done, of: None,
    stage: FilmStage | None = None,
) -> Iterator[Image.Image]:
    """Yield the pictures of a film.

    Parameters
    ----------
    film : Film
        What is filmed.
    frame_ms : float
        How long each picture is shown.
    tell : callable
        Takes how many pictures are done, and of how many.
    stage : FilmStage, optional
        Of the same repetitions, where one is at hand.
    """
    instants = film.instants(frame_ms)
    stage = stage or FilmStage(film)
    keepers = stage.keepers()
    # a whole number of bands on the way: they run on at the seam
    bands = max(round(_BANDS_PER_S * film.length_s), 1)
    clock = [bands * k / len(instants) % 1.0 for k in range(len(instants))]
    if film.loop and film.phase is None:
        for k in range(max(len(instants) - _RUN_UP, 0), len(instants)):
            stage.draw(instants[k], clock[k], keepers, rough=True)
    for k in range(len(instants)):
        yield stage.draw(instants[k], clock[k], keepers)
        tell(k + 1, len(instants))


def captions(film: Film) -> tuple[tuple[float, float, str], ...]:
    """Return (start, end, text) in seconds of the film: the phase, and what drives each body."""
    second, found = film.second, []
    shown = [(film.repetition, None)] + ([(second.repetition, second.stays)] if second else [])
    for span in film.repetition.schedule.spans:
        if film.phase not in (None, span.id):
            continue
        lines = [phase_word(span.id)]
        for repetition, stays in shown:
            name = repetition.variation.display_name(language()) if second else ""
            place = repetition.schedule.nearest(stays or Playhead(span.id, 1.0))
            lines += [f"{name}: {said}" if name else said for said in _driven(repetition, place)]
        start, end = ((t - film.start_s) / film.speed for t in (span.start_s, span.end_s))
        found.append((start, end, "\n".join(lines)))
    return tuple(found)


def _driven(repetition: Repetition, place: Playhead) -> Iterator[str]:
    """Yield what each prime mover does in the phase of a place."""
    for action in repetition.variation.muscles:
        if action.role is Role.PRIME_MOVER:
            change = change_word(repetition.contraction(action, place.phase))
            yield f"{muscle_name(repetition, action.muscle)}: {change}"


def srt(film: Film) -> str:
    """Return the captions as a SubRip text."""
    blocks = [
        f"{k}\n{_stamp(start)} --> {_stamp(end)}\n{text}\n"
        for k, (start, end, text) in enumerate(captions(film), 1)
    ]
    return "\n".join(blocks)


def _stamp(seconds: float) -> str:
    ms = round(1e3 * seconds)
    return f"{ms // 3_600_000:02}:{ms // 60_000 % 60:02}:{ms // 1000 % 60:02},{ms % 1000:03}"
