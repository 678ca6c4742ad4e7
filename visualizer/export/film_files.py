"""The kinds of files that a film can be written into: GIF and WebP by Pillow, MP4 by an encoder.

How long a picture stays is what a format can say: GIF counts in hundredths of a second, and players
slow down what is shorter than two; the number of pictures follows from that, so that the speed is
right.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from visualizer.export.film import Film, FilmStage, frames, srt
from visualizer.export.mp4 import encoder, write_mp4
from visualizer.export.output import (
    Tell,
    by_ending,
    check_output,
    go_on,
    unknown_ending,
    write_output,
)
from visualizer.export.png import few_colours

__all__ = ["FILM_FILES", "FilmFile", "check_film", "film_file_of", "save_film"]

_PALETTE_PICTURES, _PALETTE_SHRINK = 6, 4


def _gif_ms(fps: float) -> int:
    """Return the time of a picture that players of GIF files keep, nearest to a rate."""
    return max(round(100.0 / fps), 2) * 10


def _write_gif(stream: BinaryIO, film: Film, fps: float, tell: Tell) -> None:
    frame_ms = _gif_ms(fps)
    stage = FilmStage(film)
    palette = _palette(film, frame_ms, stage)
    # one palette for all, and no dither: else grounds that stand still would boil
    pictures = (
        image.quantize(palette=palette, dither=Image.Dither.NONE)
        for image in frames(film, frame_ms, tell, stage)
    )
    # without the word a player shows it once
    again = {"loop": 0} if film.loop else {}
    _save(stream, "GIF", pictures, frame_ms, optimize=False, **again)


def _palette(film: Film, frame_ms: int, stage: FilmStage) -> Image.Image:
    """Return a picture with the palette of a whole film, from a few of its pictures."""
    width, height = (max(n // _PALETTE_SHRINK, 1) for n in film.size)
    step = film.length_s / film.speed * 1e3 / _PALETTE_PICTURES
    few = frames(replace(film, loop=False), max(step, frame_ms), stage=stage)
    montage = Image.new("RGB", (width, height * _PALETTE_PICTURES))
    for k, image in enumerate(few):
        montage.paste(image.resize((width, height), Image.Resampling.NEAREST), (0, height * k))
    return few_colours(montage, 256)


def _write_webp(stream: BinaryIO, film: Film, fps: float, tell: Tell) -> None:
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


def _write_mp4(stream: BinaryIO, film: Film, fps: float, tell: Tell) -> None:
    write_mp4(stream, film.size, fps, frames(film, 1e3 / fps, tell))


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
    write: Callable[[BinaryIO, Film, float, Tell], None]
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


def check_film(path: Path, *, subtitled: bool = True) -> FilmFile:
    """Return what writes a film, after a look at whether it can be written.

    Parameters
    ----------
    path : Path
        The file.
    subtitled : bool
        Whether captions are wanted.

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
        if subtitled:
            check_output(path.with_suffix(".srt"))
    return kind


def save_film(
    path: Path,
    film: Film,
    fps: float,
    tell: Tell = go_on,
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
        Takes how many pictures are done, and of how many; what it raises ends the work. Called
        with 0 it is only asked whether to go on.
    subtitled : bool
        Whether captions are wanted.

    Raises
    ------
    VisualizerError
        When it cannot be written; nothing is left behind.
    """
    kind = check_film(path, subtitled=subtitled)

    def write(stream: BinaryIO) -> None:
        kind.write(stream, film, fps, tell)
        tell(0, 1)  # the last chance to give up, before the file is put into its place

    def write_both(captions: BinaryIO) -> None:
        captions.write(srt(film).encode())
        captions.flush()
        write_output(path, write)

    if kind.subtitles and subtitled:
        write_output(path.with_suffix(".srt"), write_both)  # both, or neither
    else:
        write_output(path, write)
