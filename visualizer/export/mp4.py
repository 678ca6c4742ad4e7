"""MP4 files, by an ffmpeg of this machine: no encoder comes with the program.

Encoders of H.264 that are any good carry licences that our packages cannot; whoever wants MP4 has
ffmpeg, or installs it beside the program.
"""

from __future__ import annotations

import contextlib
import importlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import BinaryIO

from PIL import Image

from visualizer.child import NO_WINDOW
from visualizer.errors import VisualizerError
from visualizer.texts import tr

__all__ = ["encoder", "write_mp4"]

# Encoders of H.264 that an ffmpeg may have, the best first, with what they are told.
_ENCODERS = (
    ("libx264", ("-preset", "medium", "-crf", "20")),
    ("h264_videotoolbox", ("-b:v", "6M")),
    ("h264_mf", ("-b:v", "6M")),
    ("libopenh264", ("-b:v", "6M")),
)
_TAIL = 300


def encoder() -> str:
    """Return the program that makes MP4 files.

    Raises
    ------
    VisualizerError
        When there is none; it says what to install.
    """
    found = shutil.which("ffmpeg")
    if found is None:
        try:
            found = importlib.import_module("imageio_ffmpeg").get_ffmpeg_exe()
        except (ImportError, RuntimeError):
            found = None
    if found is None:
        text = tr(
            "MP4 needs ffmpeg, which is not on this machine: install it ({how}), or choose .gif or "
            ".webp, which need nothing"
        )
        raise VisualizerError(text.format(how=_how_to_install()))
    return str(found)


def _how_to_install() -> str:
    """Return what to type on this system."""
    if sys.platform == "win32":
        # a program that runs does not learn of what was installed meanwhile
        return tr("{command}, then start this program again").format(
            command="winget install Gyan.FFmpeg"
        )
    if sys.platform == "darwin":
        return "brew install ffmpeg"
    return tr("on Debian and Ubuntu {command}").format(command="sudo apt install ffmpeg")


def write_mp4(
    stream: BinaryIO, size: tuple[int, int], fps: float, pictures: Iterable[Image.Image]
) -> None:
    """Write a film.

    Parameters
    ----------
    stream : binary stream
        Where to.
    size : (int, int)
        Width and height in pixels, both even.
    fps : float
        Pictures per second.
    pictures : iterable of Image
        The film, picture by picture.

    Raises
    ------
    VisualizerError
        When there is no encoder, or it fails.
    """
    program = encoder()
    codec, settings = _codec(program)
    # of standard definition players think one matrix of colours, of high definition another
    matrix = "bt709" if size[1] >= 720 else "smpte170m"
    with tempfile.TemporaryDirectory() as folder:
        path, log = Path(folder) / "film.mp4", Path(folder) / "log"
        words = [
            program, "-hide_banner", "-loglevel", "error", "-y",
            "-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{size[0]}x{size[1]}", "-r", f"{fps:g}",
            "-i", "-", "-an",
            "-vf", f"scale=out_color_matrix={'bt709' if size[1] >= 720 else 'bt601'}",
            "-colorspace", matrix, "-pix_fmt", "yuv420p", "-c:v", codec, *settings,
            "-movflags", "+faststart", str(path),
        ]  # fmt: skip
        with log.open("wb") as told:
            process = subprocess.Popen(
                words, stdin=subprocess.PIPE, stderr=told, creationflags=NO_WINDOW
            )
            assert process.stdin is not None
            try:
                for picture in pictures:
                    process.stdin.write(picture.tobytes())
                process.stdin.close()
                status = process.wait()
            except BrokenPipeError:
                status = process.wait()
            finally:
                if process.poll() is None:
                    process.kill()
                    process.wait()
                with contextlib.suppress(BrokenPipeError):
                    process.stdin.close()
        if status != 0 or not path.is_file():
            said = log.read_text("utf-8", "replace").strip().splitlines()
            reason = said[-1][:_TAIL] if said else _ended(status)
            raise VisualizerError(
                tr("ffmpeg could not make the film: {reason}").format(reason=reason)
            )
        with path.open("rb") as made:
            shutil.copyfileobj(made, stream)


def _ended(status: int) -> str:
    """Return how a program ended that said nothing."""
    if status < 0:  # by a signal: somebody or the system has ended it
        return tr("it was ended from outside")
    return tr("it ended with status {status}").format(status=status)


def _codec(program: str) -> tuple[str, tuple[str, ...]]:
    """Return the encoder of H.264 that a program has, and its settings."""
    words = [program, "-hide_banner", "-encoders"]
    known = subprocess.run(
        words, capture_output=True, check=False, creationflags=NO_WINDOW
    ).stdout.decode("utf-8", "replace")
    names = {line.split()[1] for line in known.splitlines() if len(line.split()) > 1}
    for name, settings in _ENCODERS:
        if name in names:
            return name, settings
    raise VisualizerError(tr("{name} has no encoder for H.264").format(name=program))
