"""Films of a repetition: GIF and WebP by Pillow, MP4 by an encoder that is found on the machine.

The moments of a film lie evenly on its way, and the one after the last is the first again, so that
a whole repetition runs on without a jump. How long a picture stays is what a format can say: GIF
counts in hundredths of a second, and players slow down what is shorter than two; the number of
pictures follows from that, so that the speed is right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from visualizer.analysis.words import change_word, muscle_name, phase_word
from visualizer.catalog.variation import Role
from visualizer.errors import UsageError
from visualizer.exercise.repetition import Instant, Repetition
from visualizer.export.mp4 import encoder, write_mp4
from visualizer.export.output import by_ending, check_output, unknown_ending, write_output
from visualizer.export.png import to_image
from visualizer.lifts.vocabulary import PhaseId
from visualizer.render import Rasterizer
from visualizer.scene.request import RenderRequest
from visualizer.scene.scene import StageScene
from visualizer.scene.spots import SpotKeeper
from visualizer.texts import tr

__all__ = [
    "FILM_FILES",
    "Film",
    "FilmFile",
    "captions",
    "check_film",
    "film_file_of",
    "frames",
    "save_film",
    "srt",
]

# Bands per second of the repetition, as on the stage.
_BANDS_PER_S = 0.8
# So many pictures are drawn beforehand: marks stand as they do when the film comes round.
_RUN_UP = 8
_PALETTE_PICTURES, _PALETTE_SHRINK = 6, 4
_MOST_PICTURES = 3000


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
    """

    repetition: Repetition
    request: RenderRequest
    phase: PhaseId | None = None
    speed: float = 1.0
    loop: bool = True

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


def frames(
    film: Film,
    frame_ms: float,
    tell: Callable[[int, int], object] = lambda done, of: None,
    scene: StageScene | None = None,
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
    scene : StageScene, optional
        Of the film's repetition, where one is at hand.
    """
    instants = film.instants(frame_ms)
    scene = scene or _scene(film)
    keeper = SpotKeeper(scene.part_vertices)
    # a whole number of bands on the way: they run on at the seam
    bands = max(round(_BANDS_PER_S * film.length_s), 1)

    def drawn(k: int, request: RenderRequest) -> Image.Image:
        options = replace(request.options, clock=bands * k / len(instants) % 1.0)
        request = replace(request, instant=instants[k], options=options)
        return to_image(scene.render(request, keeper))

    if film.loop and film.phase is None:
        small = replace(film.request, supersample=1, moving=True)
        for k in range(max(len(instants) - _RUN_UP, 0), len(instants)):
            drawn(k, small)
    for k in range(len(instants)):
        yield drawn(k, film.request)
        tell(k + 1, len(instants))


def _scene(film: Film) -> StageScene:
    return StageScene(film.repetition.body.surface, film.repetition, Rasterizer())


def captions(film: Film) -> tuple[tuple[float, float, str], ...]:
    """Return (start, end, text) in seconds of the film: the phase, and what drives it."""
    repetition = film.repetition
    movers = [a for a in repetition.variation.muscles if a.role is Role.PRIME_MOVER]
    found = []
    for span in repetition.schedule.spans:
        if film.phase not in (None, span.id):
            continue
        lines = [phase_word(span.id)]
        for action in movers:
            change = change_word(repetition.contraction(action, span.id))
            lines.append(f"{muscle_name(repetition, action.muscle)}: {change}")
        start, end = ((t - film.start_s) / film.speed for t in (span.start_s, span.end_s))
        found.append((start, end, "\n".join(lines)))
    return tuple(found)


def _gif_ms(fps: float) -> int:
    """Return the time of a picture that players of GIF files keep, nearest to a rate."""
    return max(round(100.0 / fps), 2) * 10


def _write_gif(
    stream: BinaryIO, film: Film, fps: float, tell: Callable[[int, int], object]
) -> None:
    frame_ms = _gif_ms(fps)
    scene = _scene(film)
    palette = _palette(film, frame_ms, scene)
    # one palette for all, and no dither: else grounds that stand still would boil
    pictures = (
        image.quantize(palette=palette, dither=Image.Dither.NONE)
        for image in frames(film, frame_ms, tell, scene)
    )
    # without the word a player shows it once
    again = {"loop": 0} if film.loop else {}
    _save(stream, "GIF", pictures, frame_ms, optimize=False, **again)


def _palette(film: Film, frame_ms: int, scene: StageScene) -> Image.Image:
    """Return a picture with the palette of a whole film, from a few of its pictures."""
    width, height = (max(n // _PALETTE_SHRINK, 1) for n in film.request.size)
    step = film.length_s / film.speed * 1e3 / _PALETTE_PICTURES
    few = frames(replace(film, loop=False), max(step, frame_ms), scene=scene)
    montage = Image.new("RGB", (width, height * _PALETTE_PICTURES))
    for k, image in enumerate(few):
        montage.paste(image.resize((width, height), Image.Resampling.NEAREST), (0, height * k))
    return montage.quantize(256, Image.Quantize.MEDIANCUT, kmeans=1)


def _write_webp(
    stream: BinaryIO, film: Film, fps: float, tell: Callable[[int, int], object]
) -> None:
    frame_ms = max(round(1e3 / fps), 1)
    pictures = frames(film, frame_ms, tell)
    again = 0 if film.loop else 1
    _save(stream, "WEBP", pictures, frame_ms, quality=80, method=4, loop=again)


def _save(
    stream: BinaryIO,
    kind: str,
    pictures: Iterator[Image.Image],
    frame_ms: int,
    **settings: object,
) -> None:
    first = next(pictures)
    first.save(stream, kind, save_all=True, append_images=pictures, duration=frame_ms, **settings)


def _write_mp4(
    stream: BinaryIO, film: Film, fps: float, tell: Callable[[int, int], object]
) -> None:
    write_mp4(stream, film.request.size, fps, frames(film, 1e3 / fps, tell))


@dataclass(frozen=True)
class FilmFile:
    """A kind of file.

    Attributes
    ----------
    suffix : str
        How its name ends.
    write : callable
        ``write(stream, film, fps, tell)``.
    even : bool
        Whether width and height must be even.
    subtitles : bool
        Whether captions stand in a file beside it.
    """

    suffix: str
    write: Callable[[BinaryIO, Film, float, Callable[[int, int], object]], None]
    even: bool = False
    subtitles: bool = False


FILM_FILES: Mapping[str, FilmFile] = {
    kind.suffix: kind
    for kind in (
        FilmFile(".gif", _write_gif),
        FilmFile(".mp4", _write_mp4, even=True, subtitles=True),
        FilmFile(".webp", _write_webp),
    )
}


def film_file_of(path: Path) -> FilmFile | None:
    """Return what writes a file with such a name, None where its end is none that is known."""
    return by_ending(path, FILM_FILES)


def check_film(path: Path) -> FilmFile:
    """Return what writes a film, after a look at whether it can be written.

    Parameters
    ----------
    path : Path
        The file.

    Raises
    ------
    VisualizerError
        When its name ends otherwise, its place cannot be written to, or an encoder is missing.
    """
    kind = film_file_of(path)
    if kind is None:
        raise unknown_ending(path, FILM_FILES)
    check_output(path)
    if kind.subtitles:
        encoder()  # before the work: it may be missing
        check_output(path.with_suffix(".srt"))
    return kind


def save_film(
    path: Path,
    film: Film,
    fps: float,
    tell: Callable[[int, int], object] = lambda done, of: None,
    *,
    subtitled: bool = True,
) -> None:
    """Write a film, and its captions beside it where its kind has them in a file of their own.

    Parameters
    ----------
    path : Path
        The file.
    film : Film
        What is filmed.
    fps : float
        Pictures per second.
    tell : callable
        Takes how many pictures are done, and of how many; what it raises ends the work.
    subtitled : bool
        Whether captions are wanted.

    Raises
    ------
    VisualizerError
        When it cannot be written; nothing is left behind.
    """
    kind = check_film(path)
    write_output(path, lambda stream: kind.write(stream, film, fps, tell))
    if kind.subtitles and subtitled:
        words = srt(film).encode()
        write_output(path.with_suffix(".srt"), lambda stream: stream.write(words))


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
