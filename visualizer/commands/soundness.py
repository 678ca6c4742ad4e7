"""What a sound installation has; each function says what it found, or raises with what is wrong."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from importlib import import_module, metadata
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

import numpy as np

from visualizer import resources
from visualizer.child import NO_WINDOW, child_main, last_words
from visualizer.errors import VisualizerError
from visualizer.texts import N_, ntr, tr

if TYPE_CHECKING:
    from visualizer.anatomy.body_model import BodyModel
    from visualizer.render import Picture, Rasterizer

__all__ = ["CHECKS"]

_KERNELS = ("visualizer.render._kernel", "visualizer.anatomy._strands")
# A freezer compiles and packs these, so they are not the files that came with the wheel.
_CODE = (".py", ".pyc", ".c", ".h", ".so", ".pyd", ".typed")
_SMALL = (160, 90)
# Colours may differ by rounding, and by more in few pixels; see the tests of the renderer.
_LEVELS, _SHARE = 4, 0.01
_KNOT_M = 1e-3
# A picture of the body covers this much of its own frame in every shipped variation.
_LEAST_BODY, _LEAST_MUSCLE = 0.03, 0.002
_LETTERS = "Hüftstreckung é ř ñ → − ° ² µ"
_WINDOW_S = 60


# ---------------------------------------------------------------------------------- what is there
def files() -> str:
    """Compare assets and data with the list that came with the installation."""
    listed = list(_listed())
    if not listed:
        count = sum(1 for _ in _shipped())
        if not count:
            raise VisualizerError(tr("there are no assets and no data"))
        return ntr(
            "{n} file; these are sources, which no list was made of",
            "{n} files; these are sources, which no list was made of",
            count,
        ).format(n=count)
    wrong = [
        tr("{file} is {problem}").format(file=path.name, problem=problem)
        for path, wanted in listed
        if (problem := _differs(path, wanted))
    ]
    if wrong:
        raise VisualizerError(", ".join(wrong))
    count = len(listed)
    return ntr("{n} file is as it was shipped", "{n} files are as they were shipped", count).format(
        n=count
    )


def _shipped() -> Iterator[Path]:
    for folder in (resources.asset_folder(), resources.data_folder()):
        yield from (path for path in folder.rglob("*") if path.is_file())


def _listed() -> Iterator[tuple[Path, str]]:
    """Yield the files that a wheel listed with their SHA-256, where this package came from one."""
    try:
        found = metadata.distribution(resources.APPLICATION)
    except metadata.PackageNotFoundError:
        return
    package = Path(import_module("visualizer").__file__ or "").resolve().parent
    for file in found.files or ():
        path = Path(str(found.locate_file(PurePosixPath(file)))).resolve()
        if file.hash is not None and path.is_relative_to(package) and path.suffix not in _CODE:
            yield path, file.hash.value


def _differs(path: Path, wanted: str) -> str:
    try:
        digest = hashlib.sha256(path.read_bytes()).digest()
    except FileNotFoundError:
        return tr("missing")
    except OSError as error:
        return tr("not readable ({reason})").format(reason=error.strerror)
    # as wheels write it: without the filling at the end
    return "" if base64.urlsafe_b64encode(digest).decode().rstrip("=") == wanted else tr("changed")


def licences() -> str:
    """Look for our licence and notice, and in a frozen program for those of all it carries."""
    from visualizer.notices import components

    known = components()
    if not known or known[0].name != resources.APPLICATION:
        raise VisualizerError(tr("the package has no metadata, so nothing tells its licence"))
    names = {file.name for file in known[0].texts}
    lacking = sorted({"LICENSE", "NOTICE"} - names)
    if resources.licence_folder() is not None:
        lacking += [c.name for c in known if not any(file.is_file() for file in c.texts)]
    elif getattr(sys, "frozen", False):
        lacking.append(tr("the folder of the libraries' licences"))
    if lacking:
        raise VisualizerError(tr("licence texts are missing: {}").format(", ".join(lacking)))
    texts = len({file for component in known for file in component.texts})
    return tr("components: {n}, texts: {texts}").format(n=len(known), texts=texts)


# ------------------------------------------------------------------------------- what it computes
def kernels() -> str:
    """Load both native extensions and hold them against numpy on a small picture."""
    from visualizer.anatomy.body_model import BodyModel
    from visualizer.render import Rasterizer

    names = [Path(import_module(name).__file__ or name).name for name in _KERNELS]
    body = BodyModel.load()
    apart_m = _strands_apart(body)
    if apart_m > _KNOT_M:
        raise VisualizerError(
            tr("{kernel} moves the muscles by {m:.3g} m from the reference").format(
                kernel="_strands", m=apart_m
            )
        )
    one, other = (_plain_picture(body, Rasterizer(kernel=kernel)) for kernel in ("native", "numpy"))
    levels = np.abs(one.pixels.astype(int) - other.pixels).max(axis=-1)
    share = float(((levels > _LEVELS) | (one.part != other.part)).mean())
    if share > _SHARE:
        raise VisualizerError(
            tr("{kernel} draws {share:.1%} of the picture otherwise than the reference").format(
                kernel="_kernel", share=share
            )
        )
    return tr("{} agree with the reference").format(", ".join(names))


def _strands_apart(body: BodyModel) -> float:
    """Return by how much the native frames differ from those of numpy, metres."""
    strands, pose = body.surface.strands, body.skeleton.pose(body.surface.rest_angles)
    if strands.native is None:
        raise VisualizerError(tr("{kernel} does not fit this package").format(kernel="_strands"))
    native, one = strands.native, body.surface.frames(pose)
    strands.native = None
    try:
        other = body.surface.frames(pose)
    finally:
        strands.native = native
    return float(np.abs(one - other).max())


def _plain_picture(body: BodyModel, rasterizer: Rasterizer) -> Picture:
    """Return the standing body, every part in a colour of its own."""
    from visualizer.render import Camera, Materials
    from visualizer.scene.scene import body_mesh

    mesh = body_mesh(body.surface)
    frames = body.surface.frames(body.skeleton.pose(body.surface.rest_angles))
    position, normal = rasterizer.skin(mesh, frames)
    materials = Materials.plain(mesh.part_count)
    materials.colour[:] = np.random.default_rng(1).uniform(size=materials.colour.shape)
    low, high = position.min(axis=0), position.max(axis=0)
    x, y, z = (float(v) for v in (low + high) / 2)
    camera = Camera((x, y, z), 0.4, 0.1, 1.1 * float(high[2] - low[2]))
    return rasterizer.draw(mesh, position, normal, materials, camera, _SMALL)


def variations() -> str:
    """Read the shipped data, solve every variation and draw it."""
    from visualizer.anatomy.body_model import BodyModel
    from visualizer.catalog.catalog import load_catalog
    from visualizer.exercise.repetition import Repetition
    from visualizer.export.picture import Pictures
    from visualizer.lifts.vocabulary import PhaseId
    from visualizer.render import Rasterizer
    from visualizer.scene.request import BARE, RenderRequest

    load = load_catalog([])
    if load.problems:
        raise VisualizerError("; ".join(map(str, load.problems)))
    catalog, body, rasterizer = load.catalog, BodyModel.load(), Rasterizer()
    if not catalog.variations:
        raise VisualizerError(tr("there is no variation"))
    for variation in catalog.variations:
        repetition = Repetition(variation, catalog, body)
        instant = repetition.instant_of(PhaseId.LIFT, 0.5)
        request = RenderRequest(instant, _SMALL, layers=BARE)
        shown = Pictures(body.surface, repetition, rasterizer).view(request)
        working = {s for action in variation.muscles for s in catalog.surfaces(action.muscle)}
        parts = [i for i, part in enumerate(shown.parts) if part.muscle in working]
        _check_picture(variation.id, shown.picture, parts)
    count = len(catalog.variations)
    return ntr("{n} variation solved and drawn", "{n} variations solved and drawn", count).format(
        n=count
    )


def _check_picture(name: str, picture: Picture, working: Sequence[int]) -> None:
    """Refuse a picture without the body or without its working muscles, or of one colour."""
    body, muscle = (picture.part >= 0).mean(), np.isin(picture.part, working).mean()
    if body < _LEAST_BODY or muscle < _LEAST_MUSCLE:
        raise VisualizerError(
            tr(
                "the picture of {name} shows {body:.1%} body and {muscle:.1%} working muscles"
            ).format(name=name, body=body, muscle=muscle)
        )
    if not np.ptp(picture.pixels[..., :3][picture.part >= 0]):
        raise VisualizerError(tr("the picture of {} has one colour only").format(name))


def letters() -> str:
    """Look whether exported pictures have letters for the texts of the data."""
    from visualizer.export.lettering import fonts_tried, missing_letters, text_width

    lacking = missing_letters(_LETTERS)
    if lacking:
        raise VisualizerError(
            tr("no font has {letters} (fonts of this machine: {fonts})").format(
                letters=" ".join(lacking), fonts=fonts_tried()
            )
        )
    if text_width("i", 40) >= text_width("M", 40):
        raise VisualizerError(tr("letters are drawn as boxes"))
    return tr("pictures have all letters")


def pdf() -> str:
    """Set a page as PDF, tagged, in a process of its own as from the window.

    Only a frozen program must have what sets it.
    """
    from visualizer.anatomy.body_model import BodyModel
    from visualizer.catalog.catalog import Catalog
    from visualizer.export.document import Paragraph, Printed
    from visualizer.export.orders.beside import beside
    from visualizer.export.orders.documents import DocumentOrder, MadeContent
    from visualizer.export.output import go_on
    from visualizer.export.typesetting import check_typesetter

    try:
        check_typesetter()
    except VisualizerError:
        if getattr(sys, "frozen", False):
            raise
        return tr("no PDF files, as the extra 'pdf' is not installed")
    page = MadeContent(Printed("self-test", "en", (Paragraph(_LETTERS),)))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.pdf"
        beside(DocumentOrder(str(path), page), Catalog((), {}, {}), BodyModel.load(), go_on)
        made = path.read_bytes()
    if not made.startswith(b"%PDF-") or b"/StructTreeRoot" not in made:
        raise VisualizerError(tr("a PDF file came out without its structure"))
    return tr("a tagged PDF file is set")


def films() -> str:
    """Write two pictures as a film of each kind that needs no program beside this one."""
    from PIL import Image, features

    lacking = [kind for kind in ("webp",) if not features.check(kind)]
    if lacking:
        text = tr("Pillow is without {}, so films of that kind cannot be saved")
        raise VisualizerError(text.format(", ".join(lacking)))
    first, last = (Image.new("RGB", _SMALL, colour) for colour in ("#ffffff", "#d55e00"))
    for kind in ("GIF", "WEBP"):
        stream = io.BytesIO()
        first.save(stream, kind, save_all=True, append_images=[last], duration=100)
        with Image.open(stream) as made:
            if getattr(made, "n_frames", 1) != 2:
                raise VisualizerError(tr("a film lost one of its pictures: {}").format(kind))
    return tr("GIF and WebP films are written")


# ----------------------------------------------------------------------------- where it may write
def folders() -> str:
    """Write and remove a file where settings and the user's data go."""
    places = list(dict.fromkeys([resources.user_settings_folder(), resources.user_data_folder()]))
    for place in places:
        # what is not there yet would be made within the first folder above it that is
        there = next(folder for folder in (place, *place.parents) if folder.exists())
        try:
            with tempfile.TemporaryFile(dir=there) as file:
                file.write(b"self-test")
        except OSError as error:
            raise VisualizerError(
                tr("nothing can be written to {place} ({reason})").format(
                    place=place, reason=error.strerror or error
                )
            ) from None
    return ", ".join(map(str, places))


# ------------------------------------------------------------------------------------- the window
def window() -> str:
    """Open the window off screen, in a process of its own: Qt ends one that it cannot serve."""
    from visualizer.system import missing_libraries

    missing = missing_libraries(x11=False)
    if missing:
        raise VisualizerError(
            tr("system libraries are missing: {}").format(", ".join(sorted(missing)))
        )
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONIOENCODING": "utf-8"}
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "window.json"
        try:
            done = subprocess.run(
                child_main("visualizer.commands.window_check", str(report)),
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                timeout=_WINDOW_S,
                creationflags=NO_WINDOW,
            )
        except subprocess.TimeoutExpired:
            text = tr("the window did not come within {s} s").format(s=_WINDOW_S)
            raise VisualizerError(text) from None
        if not report.is_file():
            last = last_words(done.stderr) or tr("status {}").format(done.returncode)
            raise VisualizerError(tr("the window failed: {}").format(last))
        found = json.loads(report.read_text(encoding="utf-8"))
    return _judged(found)


def _judged(found: dict[str, object]) -> str:
    """Return what the window's process found in words, or raise with what is wrong in it."""
    wrong = [
        tr(problem)
        for key, problem in (
            ("first_picture_s", N_("no picture came")),
            ("timeline", N_("the timeline did not come")),
            ("colours", N_("it shows hardly any colours")),
            ("letters", N_("its letters are drawn as boxes")),
        )
        if not found.get(key)
    ]
    if wrong:
        raise VisualizerError(tr("the window opened, but {}").format(", ".join(wrong)))
    return tr("Qt {qt}, first picture after {s} s, timeline, letters of {font}").format(
        qt=found["qt"],
        s=found["first_picture_s"],
        font=found["font"] or tr("an unnamed font"),
    )


# In the order of the report.
CHECKS: Mapping[str, Callable[[], str]] = {
    check.__name__: check
    for check in (files, licences, kernels, variations, letters, pdf, films, folders, window)
}
